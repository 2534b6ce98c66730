import { CompletionItemKind, MarkupKind, type CompletionItem, type Hover } from 'vscode-languageserver';
import { hintInBook } from '../core/authoring/hints';
import { suggestInBook, type AuthoringFacts, type AuthoringItem } from '../core/authoring/suggest';
import type { Book } from '../core/book/book';
import { LineIndex, type Position } from '../core/text/position';
import type { Authoring } from './authoring';
import type { ServerContext } from './context';
import { guideInHover, homeOf } from './guides';
import { escapeMarkdown } from './markdown';
import { canonicalUri } from './uri';

const kinds: Readonly<Record<AuthoringItem['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  reference: CompletionItemKind.Reference,
};

/** A YAML file that is written for a Book, or `kobo.yaml`, with the Book it is about. */
interface Written {
  readonly path: string;
  readonly text: string;
  readonly book: Book;
  /** URI of the Book's folder; the starter Book has none. */
  readonly folder: string | undefined;
}

async function writtenAt(context: ServerContext, authoring: Authoring, uri: string): Promise<Written | undefined> {
  const located = await authoring.locate(uri);
  if (located !== undefined) return { path: located.path, text: located.text, book: (await authoring.open(located)).book, folder: located.folder };
  const open = context.documents.get(uri);
  if (open === undefined || !uri.endsWith('/kobo.yaml')) return undefined;
  const product = await context.products.locateOrFirst(uri);
  return product === undefined ? undefined : { path: 'kobo.yaml', text: open.text, ...homeOf(product) };
}

async function factsFor({ products, language }: ServerContext, book: Book): Promise<AuthoringFacts> {
  const all = await products.all();
  return {
    book, language,
    people: [...new Set(all.flatMap((product) => product.project.people))],
    products: all.flatMap(({ koboFile }) => (koboFile?.settings.id === undefined || koboFile.settings.id === '' ? [] : [koboFile.settings.id])),
  };
}

/** What can be written in a file of a Book or in `kobo.yaml`; `undefined` for other files. */
export async function completeInBook(context: ServerContext, authoring: Authoring, uri: string, position: Position): Promise<CompletionItem[] | undefined> {
  const written = await writtenAt(context, authoring, uri);
  if (written === undefined) return undefined;
  const lines = new LineIndex(written.text);
  const found = suggestInBook(written.path, written.text, lines.offsetAt(position), await factsFor(context, written.book));
  if (found === undefined) return [];
  const range = lines.rangeOf(found.span);
  return found.items.map(({ text, kind, detail, example }, i): CompletionItem => ({
    label: text.replace(/: $/u, '').replaceAll('"', ''),
    labelDetails: { description: detail.length > 40 ? `${detail.slice(0, 39)}…` : detail },
    kind: kinds[kind],
    documentation: { kind: MarkupKind.Markdown, value: [escapeMarkdown(detail), ...(example === undefined ? [] : [fenced(example)])].join('\n\n') },
    filterText: `${text} ${detail}`,
    sortText: String(i).padStart(5, '0'),
    textEdit: { range, newText: text },
  }));
}

/** What a word of such a file means. */
export async function hoverInBook(context: ServerContext, authoring: Authoring, uri: string, position: Position): Promise<Hover | null | undefined> {
  const written = await writtenAt(context, authoring, canonicalUri(uri));
  if (written === undefined) return undefined;
  const lines = new LineIndex(written.text);
  const hint = hintInBook(written.path, written.text, lines.offsetAt(position), await factsFor(context, written.book));
  if (hint === undefined) return null;
  const parts = [`**${escapeMarkdown(hint.title)}** ${escapeMarkdown(hint.text)}`];
  if (hint.example !== undefined) parts.push(fenced(hint.example));
  if (hint.guide !== undefined) {
    const page = written.book.pages.find((one) => one.path === hint.guide?.split('#', 1)[0]);
    if (page !== undefined) parts.push(guideInHover(context, written, hint.guide, page.title, context.language));
  }
  return { contents: { kind: MarkupKind.Markdown, value: parts.join('\n\n') }, range: lines.rangeOf(hint.span) };
}

/** An example of ours in a fence; it holds no fence itself. */
function fenced(yaml: string): string {
  return `\`\`\`yaml\n${yaml}\n\`\`\``;
}
