import type { DocumentType } from '../core/book/book';
import type { ServerContext } from './context';
import { versionOf } from './edits';
import type { Located } from './products';
import { methods, type FileEdit, type ManageAsParams, type TypeChoice, type TypesParams } from './protocol';
import { canonicalUri } from './uri';
import { inLanguage } from './words';

/** Lets a person say what kind of document a file is. */
export function serveTypes(context: ServerContext): void {
  const { connection, products, language } = context;
  connection.onRequest(methods.types, async ({ uri }: TypesParams): Promise<TypeChoice[]> => {
    const located = await locate(context, canonicalUri(uri));
    const types = (located?.product ?? (await products.locateOrFirst('')))?.project.types ?? new Map<string, DocumentType>();
    const guessed = located === undefined ? undefined : located.product.project.recognition(located.path);
    const guess = guessed === undefined || guessed.by === 'none' ? '' : guessed.type;
    const choices = [...types.values()].map((type) => ({ id: type.id, title: inLanguage(type.title, language), guess: type.id === guess }));
    return choices.sort((a, b) => Number(b.guess) - Number(a.guess));
  });
  connection.onRequest(methods.manageAs, async ({ uri, type }: ManageAsParams): Promise<FileEdit | null> => {
    const located = await locate(context, canonicalUri(uri));
    const edit = located?.product.project.manageAs(located.path, type);
    return edit === undefined ? null : { uri, version: versionOf(context, uri, located?.product.project.textOf(located.path) ?? ''), edits: [{ range: edit.range, newText: edit.text }] };
  });
}

async function locate(context: ServerContext, uri: string): Promise<Located | undefined> {
  const located = await context.products.locate(uri);
  const open = context.documents.get(uri);
  if (located !== undefined && open !== undefined) located.product.project.put(located.path, open.text);
  return located;
}
