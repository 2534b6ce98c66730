import type { DocumentLink, Location } from 'vscode-languageserver';
import { wordAt } from '../core/authoring/hints';
import { guideLinksOf, placeOfThing, placesOfWord } from '../core/authoring/navigation';
import { placeOf } from '../core/book/book-folder';
import type { Book } from '../core/book/book';
import { decodeText } from '../core/text/decode';
import { LineIndex } from '../core/text/position';
import { neverCancelled } from '../core/workspace';
import type { Authoring } from './authoring';
import type { ServerContext } from './context';
import { bookAddress } from './diagnostics';
import { canonicalUri, encodePath } from './uri';

/** Going from a rule id, a type, a template or a guide to where it is written, and to all places that name it. */
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
    if (at?.folder === undefined) return [];
    const word = wordAt(at.text, new LineIndex(at.text).offsetAt(position));
    const place = word === undefined ? undefined : placeOfThing(at.book, at.path, at.text, word);
    if (place === undefined) return [];
    const uri = `${at.folder}/${encodePath(place.path)}`;
    const text = await authoring.textOf(uri);
    return text === undefined ? [] : [{ uri, range: new LineIndex(text).rangeOf(place.spanIn(text)) }];
  });

  connection.onReferences(async ({ textDocument, position }): Promise<Location[]> => {
    const uri = canonicalUri(textDocument.uri);
    const at = await bookFor(uri);
    const word = at === undefined ? undefined : wordAt(at.text, new LineIndex(at.text).offsetAt(position));
    if (at === undefined || word === undefined) return [];
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
    return guideLinksOf(book, located.text).map(({ span, guide, title }) => ({ range: lines.rangeOf(span), target: bookAddress(book.id, guide), tooltip: title }));
  });
}

/** Every YAML file of a Book, and the `kobo.yaml` files of the workspace. */
async function yamlTexts({ products }: ServerContext, authoring: Authoring, folder: string | undefined): Promise<ReadonlyMap<string, string>> {
  const texts = new Map<string, string>();
  if (folder !== undefined) {
    const door = products.door(folder);
    const entries = await door.list(neverCancelled).catch(() => []);
    const paths = entries.map(({ path }) => path).filter((path) => /\.ya?ml$/u.test(path) && placeOf(path) !== undefined);
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
