import { CompletionItemKind, CompletionTriggerKind, type CompletionItem } from 'vscode-languageserver';
import { suggestAt, type Suggestion } from '../core/product/writing';
import type { Authoring } from './authoring';
import { completeInBook } from './book-writing';
import type { ServerContext } from './context';
import type { Located } from './products';
import { snippetItems } from './templates';
import { canonicalUri } from './uri';

/** A list opens by itself behind these. */
export const completionTriggers = [' ', ':', '|', ',', '#'];

const kinds: Readonly<Record<Suggestion['kind'], CompletionItemKind>> = {
  key: CompletionItemKind.Property,
  value: CompletionItemKind.EnumMember,
  heading: CompletionItemKind.Class,
};

/** Everything that is offered while something is written: names and keys in files of a Book; in documents what belongs at the caret, else template bodies. */
export function serveCompletion(context: ServerContext, authoring: Authoring): void {
  const { connection, products, documents } = context;
  connection.onCompletion(async ({ textDocument, position, context: asked }): Promise<CompletionItem[]> => {
    const uri = canonicalUri(textDocument.uri);
    const inBook = await completeInBook(context, authoring, uri, position);
    if (inBook !== undefined) return inBook;
    const open = documents.get(uri);
    const located = open === undefined ? undefined : await products.locate(uri);
    if (open === undefined || located === undefined) return [];
    located.product.project.put(located.path, open.text);
    const written = writingItems(located, position);
    if (written.length > 0 || asked?.triggerKind === CompletionTriggerKind.TriggerCharacter || open.languageId !== 'markdown') return written;
    return snippetItems(context, located.product);
  });
}

function writingItems({ product, path }: Located, position: { readonly line: number; readonly character: number }): CompletionItem[] {
  const { project } = product;
  const typed = project.typed(path);
  if (typed === undefined) return [];
  const { lines } = typed.document;
  const found = suggestAt(typed, lines.offsetAt(position), { today: project.today, people: project.people, types: project.types });
  if (found === undefined) return [];
  const range = lines.rangeOf(found.span);
  return found.items.map(({ text, kind, detail }, i) => ({
    label: text.trim(),
    kind: kinds[kind],
    detail,
    filterText: text,
    sortText: String(i).padStart(4, '0'),
    textEdit: { range, newText: text },
  }));
}
