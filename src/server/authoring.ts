import type { BookLayer } from '../core/book/layer';
import { placeOf } from '../core/book/book-folder';
import { loadedLayers } from '../core/book/load';
import type { Book, BookProblem } from '../core/book/book';
import { exampleProblems, fileProblems, openBookFile, runFile, type BookFile, type RuleRun } from '../core/authoring/book-file';
import { todayIn } from '../core/product/today';
import { decodeText } from '../core/text/decode';
import { neverCancelled } from '../core/workspace';
import type { ServerContext } from './context';
import { readBookAddress } from './book-address';
import type { OpenBook } from './bookshelf';
import { decodePath } from './uri';

/** The folder in which a Book is made for the first rule of a workspace. */
const ownBookName = 'kobo-book';

const noLayers: readonly BookLayer[] = [];

/** Whether a Book was read from a folder: not the starter Book, and not one that it stands in for. */
export function isRead({ key, state }: OpenBook): boolean {
  return key !== 'starter' && state.message === '';
}

/** What a Book was made of; nothing of one that could not be read. */
export function layersOf(book: Book): readonly BookLayer[] {
  return loadedLayers(book) ?? noLayers;
}

/** A file of a Book that is open in the editor or on disk. */
export interface LocatedBookFile {
  /** URI of the Book's folder. */
  readonly folder: string;
  /** Relative to the Book folder. */
  readonly path: string;
  readonly text: string;
}

/** The Books of the workspace whose files are written here: which Book a file belongs to, and the Book as it would be. */
export class Authoring {
  readonly #context: ServerContext;
  readonly #isBook = new Map<string, Promise<boolean>>();
  readonly #opened = new Map<string, { readonly layers: readonly BookLayer[]; readonly text: string; readonly file: BookFile }>();

  readonly #runs = new WeakMap<BookFile, Promise<readonly RuleRun[]>>();

  constructor(context: ServerContext) {
    this.#context = context;
  }

  /** The Book file at a URI: below the nearest `book.yaml` inside the workspace, or in a Book that a product uses, in a place that a Book reads. */
  async locate(uri: string): Promise<LocatedBookFile | undefined> {
    if (!/\.ya?ml$/u.test(uri) || decodePath(uri).split('/').includes('..')) return undefined;
    const folder = await this.#bookOf(uri);
    if (folder === undefined) return undefined;
    const path = decodePath(uri.slice(folder.length + 1));
    const kind = placeOf(path)?.kind;
    if (kind === undefined || kind === 'page' || kind === 'template' || kind === 'template-csv' || kind === 'template-head') return undefined;
    const text = await this.textOf(uri);
    return text === undefined ? undefined : { folder, path, text };
  }

  /** Text of a file that is open in the editor. */
  openText(uri: string): string | undefined {
    return this.#context.documents.get(uri)?.text;
  }

  /** Text of a file, as it is in the editor or on disk. */
  async textOf(uri: string): Promise<string | undefined> {
    const open = this.openText(uri);
    if (open !== undefined) return open;
    const slash = uri.lastIndexOf('/');
    const [content] = await this.#context.products.door(uri.slice(0, slash)).read([decodePath(uri.slice(slash + 1))], neverCancelled);
    return content?.ok === true ? decodeText(content.bytes).text : undefined;
  }

  /** The Book with the file as it is being written; the same answer until the file or the Book changes. */
  async open({ folder, path, text }: LocatedBookFile): Promise<BookFile> {
    const { book } = await this.#context.shelf.openAddress(readBookAddress(folder, ''));
    const layers = layersOf(book);
    const key = `${folder}/${path}`;
    const known = this.#opened.get(key);
    if (known?.text === text && known.layers === layers) return known.file;
    const file = openBookFile(layers, path, text, todayIn(book.timezone, this.#context.platform.clock()));
    if (this.#opened.size > 20) this.#opened.clear();
    this.#opened.set(key, { layers, text, file });
    return file;
  }

  /** The examples of the file's rules, run once for each text. */
  async runs(located: LocatedBookFile): Promise<readonly RuleRun[]> {
    const file = await this.open(located);
    let runs = this.#runs.get(file);
    if (runs === undefined) {
      runs = runFile(file, this.#context.language);
      this.#runs.set(file, runs);
    }
    return runs;
  }

  /** Everything wrong in the file, at its words. */
  async problems(located: LocatedBookFile): Promise<readonly BookProblem[]> {
    const file = await this.open(located);
    return [...fileProblems(file), ...exampleProblems(await this.runs(located))];
  }

  /** Folders of the workspace that hold a Book: those that are one, those that were made for a rule, and those that products use from inside the workspace. */
  async books(): Promise<readonly string[]> {
    const { products } = this.#context;
    const folders = new Set<string>();
    for (const folder of products.folders) for (const at of [folder, `${folder}/${ownBookName}`]) if (await this.#holdsBook(at)) folders.add(at);
    for (const product of await products.all()) {
      const { key } = product.shelved;
      if (key !== 'starter' && products.folderOf(`${key}/x`) !== undefined) folders.add(key);
    }
    return [...folders];
  }

  /**
   * Folders of all Books that a rule can be written into: those of the workspace, and those outside of it that products use.
   * The Book of the product at hand comes first.
   * @param uri of the document at hand, or empty
   */
  async writable(uri: string): Promise<readonly string[]> {
    const { products } = this.#context;
    const folders = new Set(await this.books());
    for (const { shelved } of await products.all()) if (isRead(shelved)) folders.add(shelved.key);
    const own = (await products.locateOrFirst(uri))?.shelved.key;
    return [...folders].sort((a, b) => Number(b === own) - Number(a === own));
  }

  /** A `book.yaml` came or went. */
  forget(): void {
    this.#isBook.clear();
  }

  async #bookOf(uri: string): Promise<string | undefined> {
    const top = this.#context.products.folderOf(uri);
    if (top === undefined) {
      const used = (await this.#context.products.all()).find(({ shelved }) => isRead(shelved) && uri.startsWith(`${shelved.key}/`));
      return used?.shelved.key;
    }
    for (let at = uri.slice(0, uri.lastIndexOf('/')); at.length >= top.length; at = at.slice(0, at.lastIndexOf('/'))) {
      if (await this.#holdsBook(at)) return at;
    }
    return undefined;
  }

  #holdsBook(folder: string): Promise<boolean> {
    if (this.#context.documents.get(`${folder}/book.yaml`) !== undefined) return Promise.resolve(true);
    let known = this.#isBook.get(folder);
    if (known === undefined) {
      known = this.#context.products.door(folder).read(['book.yaml'], neverCancelled).then(([file]) => file?.ok === true, () => false);
      this.#isBook.set(folder, known);
    }
    return known;
  }
}
