import type { DocumentLink, Location } from 'vscode-languageserver';
import { wordAt } from '../core/authoring/hints';
import { guideLinksOf, placeOfThing, placesOfWord } from '../core/authoring/navigation';
import { placeOf } from '../core/book/book-folder';
import type { Book } from '../core/book/book';
import type { IdPlace } from '../core/product/records';
import { decodeText } from '../core/text/decode';
import { LineIndex, type Position } from '../core/text/position';
import { neverCancelled } from '../core/workspace';
import type { Authoring } from './authoring';
import type { ServerContext } from './context';
import { guideTarget } from './guides';
import { uriOf } from './products';
import { canonicalUri, encodePath } from './uri';

/**
 * Going from a rule id, a type, a template or a guide of a Book, and from the number of a record in documents, to where it is
 * written, and to all places that name it.
 */
export function serveNavigation(context: ServerContext, authoring: Authoring): void {
  const { connection, products } = context;

  /** The Book that a file is part of or names things of. */
  const bookFor = async (uri: string): Promise<{ readonly book: Book; readonly folder: string | undefined; readonly path: string; readonly text: string } | undefined> => {
    const located = await authoring.locate(uri);
    if (located !== undefined) return { book: (await authoring.open(located)).book, folder: located.folder, path: located.path, text: located.text };
    const open = context.documents.get(uri);
    if (open === undefined || !uri.endsWith('/kobo.yaml')) return undefined;
    const product = await products.locateOrFirst(uri);
    if (product === undefined) return undefined;
    const { key, book } = product.shelved;
    return { book, folder: key === 'starter' ? undefined : key, path: 'kobo.yaml', text: open.text };
  };

  connection.onDefinition(async ({ textDocument, position }): Promise<Location[]> => {
    const at = await bookFor(canonicalUri(textDocument.uri));
    if (at === undefined) return (await placesOfNumber(context, canonicalUri(textDocument.uri), position))?.defined ?? [];
    if (at.folder === undefined) return [];
    const word = wordAt(at.text, new LineIndex(at.text).offsetAt(position));
    const place = word === undefined ? undefined : placeOfThing(at.book, at.path, at.text, word);
    if (place === undefined) return [];
    const uri = `${at.folder}/${encodePath(place.path)}`;
    const text = await authoring.textOf(uri);
    return text === undefined ? [] : [{ uri, range: new LineIndex(text).rangeOf(place.spanIn(text)) }];
  });

  connection.onReferences(async ({ textDocument, position, context: { includeDeclaration } }): Promise<Location[]> => {
    const uri = canonicalUri(textDocument.uri);
    const at = await bookFor(uri);
    if (at === undefined) {
      const places = await placesOfNumber(context, uri, position);
      return places === undefined ? [] : [...(includeDeclaration ? places.defined : []), ...places.named];
    }
    const word = wordAt(at.text, new LineIndex(at.text).offsetAt(position));
    if (word === undefined) return [];
    const found: Location[] = [];
    for (const [file, text] of await yamlTexts(context, authoring, at.folder)) {
      const lines = new LineIndex(text);
      for (const span of placesOfWord(text, word.text)) found.push({ uri: file, range: lines.rangeOf(span) });
    }
    return found;
  });

  connection.onDocumentLinks(async ({ textDocument }): Promise<DocumentLink[]> => {
    const located = await authoring.locate(canonicalUri(textDocument.uri));
    if (located === undefined) return [];
    const { book } = await authoring.open(located);
    const lines = new LineIndex(located.text);
    return guideLinksOf(book, located.text).flatMap(({ span, guide, title }): DocumentLink[] => {
      const target = guideTarget(context, { book, folder: located.folder }, guide);
      return target === undefined ? [] : [{ range: lines.rangeOf(span), target, tooltip: title }];
    });
  });
}

/** Where the number at a position is defined and named in its product; `undefined` where there is none. */
async function placesOfNumber(context: ServerContext, uri: string, position: Position): Promise<{ readonly defined: Location[]; readonly named: Location[] } | undefined> {
  const located = await context.products.locate(uri);
  const open = context.documents.get(uri);
  if (located === undefined || open === undefined) return undefined;
  const { product, path } = located;
  await product.load();
  product.project.put(path, open.text);
  const id = product.project.numberAt(path, new LineIndex(open.text).offsetAt(position));
  if (id === undefined) return undefined;
  const location = ({ document, span }: IdPlace): Location => ({ uri: uriOf(product, document.path), range: document.document.lines.rangeOf(span) });
  const { defined, named } = product.project.placesOfNumber(id);
  return { defined: defined.map(location), named: named.map(location) };
}

/** Every YAML file of a Book, and the `kobo.yaml` files of the workspace. */
async function yamlTexts({ products }: ServerContext, authoring: Authoring, folder: string | undefined): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  if (folder !== undefined) {
    const door = products.door(folder);
    const entries = await door.list(neverCancelled).catch(() => []);
    const paths = entries.filter(({ sameAs }) => sameAs === undefined).map(({ path }) => path).filter((path) => /\.ya?ml$/u.test(path) && placeOf(path) !== undefined);
    for (const content of await door.read(paths, neverCancelled)) {
      const uri = `${folder}/${encodePath(content.path)}`;
      const open = authoring.openText(uri);
      if (open !== undefined || content.ok) texts.set(uri, open ?? (content.ok ? decodeText(content.bytes).text : ''));
    }
  }
  for (const product of await products.all()) {
    if (product.koboFile === undefined) continue;
    const uri = `${product.root}/kobo.yaml`;
    const text = await authoring.textOf(uri);
    if (text !== undefined) texts.set(uri, text);
  }
  return texts;
}
