import type { TypedDocument } from '../core/product/meaning';
import type { ServerContext } from './context';
import { canonicalUri } from './uri';

/** The open document at a URI, read through its type; `undefined` where its type is not known for sure. */
export async function managedAt(context: ServerContext, textDocument: string): Promise<TypedDocument | undefined> {
  const uri = canonicalUri(textDocument);
  const open = context.documents.get(uri);
  const located = open === undefined ? undefined : await context.products.locate(uri);
  if (open === undefined || located === undefined) return undefined;
  const { project } = located.product;
  project.put(located.path, open.text);
  const typed = project.typed(located.path);
  return typed?.type === undefined || typed.guessed ? undefined : typed;
}
