import { CompletionItemKind, InsertTextFormat, type CompletionItem } from 'vscode-languageserver';
import type { Template } from '../core/book/book';
import { homeFolder, type Homes } from '../core/product/home-folder';
import { lineFor } from '../core/product/recognise';
import { renderTemplate, type TemplateValues } from '../core/templates/render';
import { answersWithName, suggestPath, titleOf } from '../core/templates/path';
import type { ServerContext } from './context';
import type { Product } from './products';
import { methods, type RenderedTemplate, type RenderTemplateParams, type TemplateAsk, type TemplateChoice, type TemplatesParams } from './protocol';
import { canonicalUri } from './uri';
import { inLanguage, type Language } from './words';

/** Templates for new documents. */
export function serveTemplates(context: ServerContext): void {
  const { connection, products, language } = context;

  connection.onRequest(methods.templates, async ({ uri }: TemplatesParams): Promise<TemplateChoice[]> => {
    const product = await products.locateOrFirst(canonicalUri(uri));
    const book = product?.shelved.book ?? (await context.shelf.openAddress(context.products.settingsBook(''))).book;
    const phase = product?.koboFile?.settings.phase;
    const homes = homesOf(product);
    return book.templates.map((template): TemplateChoice => ({
      id: template.id,
      title: inLanguage(template.title, language),
      description: template.description,
      kind: template.kind,
      type: template.type ?? '',
      forThisPhase: phase !== undefined && template.phase.includes(phase),
      asks: asksOf(template, product, valuesOf(context, product), language),
      path: product === undefined ? '' : pathOf(template, product, homes, valuesOf(context, product), titleOf(template, {})),
    }));
  });

  connection.onRequest(methods.renderTemplate, async ({ id, uri, answers }: RenderTemplateParams): Promise<RenderedTemplate | null> => {
    const product = await products.locateOrFirst(canonicalUri(uri));
    const book = product?.shelved.book ?? (await context.shelf.openAddress(context.products.settingsBook(''))).book;
    const template = book.templates.find((one) => one.id === id);
    if (template === undefined) return null;
    // Where such documents are kept, those know that name their type themselves.
    if (product?.koboFile !== undefined && template.kind === 'document') await product.load();
    const values = valuesOf(context, product);
    const path = product === undefined ? `${template.id}.${template.format === 'csv' ? 'csv' : 'md'}` : pathOf(template, product, homesOf(product), values, titleOf(template, answers));
    const type = product?.project.types.get(template.type ?? '');
    return { ...renderTemplate(template, values, answersWithName(template, type, path, answers)), folder: product?.root ?? '', path };
  });
}

/** Template bodies that are put into a Markdown document, as snippets. */
export function snippetItems(context: ServerContext, product: Product): CompletionItem[] {
  const { language, client } = context;
  const values = valuesOf(context, product);
  return product.shelved.book.templates
    .filter((template) => template.kind === 'snippet' && template.format === 'markdown')
    .map((template): CompletionItem => {
      const { text, snippet } = renderTemplate(template, values, {});
      return {
        label: template.prefix === '' ? inLanguage(template.title, language) : template.prefix,
        labelDetails: { description: inLanguage(template.title, language) },
        kind: CompletionItemKind.Snippet,
        filterText: `${template.prefix} ${template.title.text} ${template.title.en ?? ''}`,
        documentation: template.description,
        ...(client.takesSnippets ? { insertText: snippet, insertTextFormat: InsertTextFormat.Snippet } : { insertText: text }),
      };
    });
}

/** What a template may use without asking. */
export function valuesOf(context: ServerContext, product: Product | undefined): TemplateValues {
  const settings = product?.koboFile?.settings;
  return {
    today: product?.project.today ?? new Date(context.platform.clock()).toISOString().slice(0, 10),
    product: settings?.name ?? '',
    product_id: settings?.id ?? '',
    phase: settings?.phase ?? '',
    author: '',
  };
}

function asksOf(template: Template, product: Product | undefined, values: TemplateValues, language: Language): readonly TemplateAsk[] {
  return template.asks.map((ask) => ({
    id: ask.id,
    title: inLanguage(ask.title, language),
    kind: ask.kind,
    default: ask.default.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole: string, id: string) => new Map<string, string>(Object.entries(values)).get(id) ?? whole),
    choices: ask.kind === 'person' ? (product?.project.people ?? []) : [],
  }));
}

function pathOf(template: Template, product: Product, homes: Homes, values: TemplateValues, title: string): string {
  const type = template.type === undefined ? undefined : product.project.types.get(template.type);
  const folder = type === undefined ? undefined : homeFolder(type.id, homes);
  return suggestPath(template, type, { today: values.today, title, existing: product.project.files, ...(folder === undefined ? {} : { folder }) });
}

/** Types of a product's documents; of those that are not read yet, what `kobo.yaml` says. */
function homesOf(product: Product | undefined): Homes {
  const types = new Map<string, string>();
  const lines = product?.koboFile?.settings.documents ?? [];
  for (const path of product?.project.files ?? []) {
    const typed = product?.project.typed(path);
    const type = typed === undefined ? lineFor(path, lines)?.type : typed.guessed ? undefined : typed.type?.id;
    if (type !== undefined) types.set(path, type);
  }
  return { types, lines, today: product?.project.today ?? '' };
}
