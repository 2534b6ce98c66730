import type { Book, Page } from '../core/book/book';
import { loadChanged, type ChangedFile } from '../core/book/change';
import { assembled, loadBook } from '../core/book/load';
import { packBook, packedLayer, type PackedBook } from '../core/book/pack';
import { bookSources, contentHash } from '../core/search/book-sources';
import { createPalette, type PaletteHit, type PaletteItem } from '../core/search/palette';
import type { SearchSource } from '../core/search/search';
import { createSearcher, type Searcher } from '../core/search/searcher';
import { neverCancelled, type Cancellation, type Folder } from '../core/workspace';
import { isWithin, readBookAddress, type BookAddress } from './book-address';
import { readyIndex, type IndexOffer, type IndexOutcome } from './book-index';
import { earlyIndex, type EarlyIndex } from './early-index';
import type { IndexStore } from './index-store';
import type { ServerPlatform } from './platform';
import type { BookState } from './protocol';
import { decodePath, nameOf } from './uri';
import { say, type Language, type WordKey } from './words';

/** A thing in the list of titles, which answers before the full index is there. */
export interface TitleItem extends PaletteItem {
  readonly source: SearchSource;
}

/** A Book that is read, with its search. */
export interface OpenBook {
  /** `starter`, or the URI of its folder. */
  readonly key: string;
  readonly book: Book;
  readonly searcher: Searcher;
  readonly state: BookState;
  /** Everything is in the full index. */
  readonly isIndexed: boolean;
  /** Titles, aliases and terms that match, without the full index. */
  titles(text: string, limit: number): readonly PaletteHit<TitleItem>[];
  /** Builds the index once; resolves when everything is searchable. Searching before that finds what is read so far. */
  index(): Promise<void>;
  /** Ends the building of the index; what is read stays searchable. */
  stopIndexing(): void;
  /** Adds or replaces project documents in the search. */
  addDocuments(sources: readonly SearchSource[]): Promise<void>;
  removeDocuments(uris: readonly string[]): Promise<void>;
  textOf(kind: SearchSource['kind'], path: string): string | undefined;
  page(path: string): Page | undefined;
}

export interface BookshelfOptions {
  readonly platform: ServerPlatform;
  readonly starter: () => Promise<string>;
  readonly folder: (uri: string) => Folder;
  readonly language: Language;
  readonly isTrusted: () => boolean;
  readonly workspaceFolders: () => readonly string[];
  readonly onState: (state: BookState) => void;
  /** Where indexes are kept; `undefined`: they are built anew at each start. */
  readonly indexes: IndexStore | undefined;
  readonly log: (message: string) => void;
}

/** One Book per address, shared by all products that use it. A Book that cannot be read is replaced by the starter Book. */
export class Bookshelf {
  readonly #options: BookshelfOptions;
  readonly #books = new Map<string, Promise<OpenBook>>();
  /** Books whose next index is built whatever is kept. */
  readonly #anew = new Set<string>();
  #packed: Promise<PackedBook | undefined> | undefined;
  /** What was kept of the index of each Book, fetched once for whoever asks first. */
  readonly #kept = new Map<string, ReturnType<IndexStore['load']>>();
  readonly #early = new Map<string, Promise<EarlyIndex | undefined>>();
  /** Books that answer themselves. */
  readonly #ready = new Set<string>();
  /** Answers of early indexes under way: reading a Book waits for them. */
  readonly #answers = new Set<Promise<unknown>>();

  constructor(options: BookshelfOptions) {
    this.#options = options;
  }

  /** Reads the Book that a `book:` text names, once. Never rejects. */
  open(text: string, from: string): Promise<OpenBook> {
    return this.openAddress(readBookAddress(text, from));
  }

  openAddress(address: BookAddress): Promise<OpenBook> {
    const key = address.kind === 'starter' ? 'starter' : address.kind === 'folder' ? address.uri : address.address;
    let book = this.#books.get(key);
    if (book === undefined) {
      book = this.#read(address, key);
      this.#books.set(key, book);
    }
    return book;
  }

  /**
   * The index that was kept of a Book, to answer from until the Book itself is read and its index ready. Never rejects.
   * @returns `undefined` where there is none, where it cannot be used or where the Book may not be read
   */
  early(address: BookAddress): Promise<EarlyIndex | undefined> {
    if (address.kind !== 'folder' || this.#ready.has(address.uri) || this.#anew.has(address.uri) || !this.#mayRead(address.uri)) return Promise.resolve(undefined);
    const key = address.uri;
    let early = this.#early.get(key);
    if (early === undefined) {
      const { folder, language, platform } = this.#options;
      early = this.#keptOf(key).then(({ buffer }) => {
        const index = buffer === undefined ? undefined : earlyIndex(buffer, folder(key), key, language, platform.now);
        return index && { search: (params, query) => this.#first(index.search(params, query)) };
      });
      this.#early.set(key, early);
    }
    return early;
  }

  #first<T>(answer: Promise<T>): Promise<T> {
    this.#answers.add(answer);
    return answer.finally(() => this.#answers.delete(answer));
  }

  /** A turn of the event loop, and more while somebody waits for an answer. */
  async #breath(): Promise<void> {
    await this.#options.platform.breath();
    while (this.#answers.size > 0) await Promise.allSettled(this.#answers);
  }

  #keptOf(key: string): ReturnType<IndexStore['load']> {
    let kept = this.#kept.get(key);
    if (kept === undefined) {
      kept = this.#options.indexes?.load(indexKey(key)) ?? Promise.resolve({ buffer: undefined, interrupted: false });
      this.#kept.set(key, kept);
    }
    return kept;
  }

  #letGo(key: string): void {
    this.#kept.delete(key);
    this.#early.delete(key);
    this.#ready.delete(key);
  }

  #mayRead(uri: string): boolean {
    return this.#options.isTrusted() || isWithin(uri, this.#options.workspaceFolders());
  }

  /** The Books that are open, for requests that name one. */
  async find(id: string): Promise<OpenBook | undefined> {
    for (const promise of this.#books.values()) {
      const open = await promise;
      if (open.book.id === id || open.key === id) return open;
    }
    return undefined;
  }

  /** Forgets every Book and what is kept of its index, so that the next use reads and builds it anew. */
  rebuild(): void {
    for (const key of this.#books.keys()) this.#anew.add(key);
    this.clear();
  }

  /** Forgets every Book, so that the next use reads it anew. */
  clear(): void {
    for (const book of this.#books.values()) void book.then((open) => open.stopIndexing());
    this.#books.clear();
    this.#kept.clear();
    this.#early.clear();
    this.#ready.clear();
  }

  /** Whether a file lies in the folder of an open Book, or such a folder in it. */
  holds(uri: string): boolean {
    return [...this.#books.keys()].some((key) => touches(uri, key));
  }

  /** The open Book in whose folder a file lies. */
  async holding(uri: string): Promise<OpenBook | undefined> {
    const key = [...this.#books.keys()].filter((one) => isWithin(uri, [one])).sort((a, b) => b.length - a.length)[0];
    return key === undefined ? undefined : this.#books.get(key);
  }

  /** A Book's folder as it would be with other texts of some files. @param open one of a folder */
  async changed(open: OpenBook, changes: readonly ChangedFile[]): Promise<Book> {
    return loadChanged(this.#options.folder(open.key), open.book, changes, { starter: await this.#starter() });
  }

  /** Forgets the Books whose folder holds a changed file, or lies in a changed folder. @returns whether there was one */
  forget(uri: string): boolean {
    let found = false;
    for (const [key, book] of this.#books) {
      if (!touches(uri, key)) continue;
      void book.then((open) => open.stopIndexing());
      this.#books.delete(key);
      this.#letGo(key);
      found = true;
    }
    return found;
  }

  async #read(address: BookAddress, key: string): Promise<OpenBook> {
    const { folder, language, log } = this.#options;
    const packed = await this.#starter();
    if (address.kind === 'starter') return this.#shelve('starter', starterBook(packed), '');
    if (address.kind === 'remote') return this.#shelve(key, starterBook(packed), say(language, 'bookRemote', address.address));
    if (address.kind === 'nowhere') return this.#shelve(key, starterBook(packed), say(language, 'bookFailed', address.address));
    if (!this.#mayRead(address.uri)) {
      return this.#shelve(key, starterBook(packed), say(language, 'bookUntrusted', decodePath(address.uri)));
    }
    try {
      // A link in the workspace may lead out of it.
      const head = this.#options.isTrusted() ? undefined : (await folder(address.uri).read(['book.yaml'], neverCancelled))[0];
      if (head?.ok === false && head.code === 'forbidden') return this.#shelve(key, starterBook(packed), say(language, 'bookUntrusted', decodePath(address.uri)));
      // What was kept of the index answers while the Book is read: it comes first.
      const early = await this.early(address);
      const started: BookState = { id: key, name: nameOf(address.uri), uri: address.uri, phase: 'loading', done: 0, total: 0, pages: 0, message: '' };
      this.#options.onState(started);
      const book = await loadBook(folder(address.uri), {
        starter: packed,
        progress: (done, total) => this.#options.onState({ ...started, done, total }),
        breath: () => this.#breath(),
      });
      if (book.pages.length === 0 && book.rules.length === 0) throw new Error('nothing to read');
      for (const problem of book.problems) log(`${address.uri}/${problem.path}: ${problem.message.text}`);
      const open = this.#shelve(key, book, '');
      // Comparing what was kept costs little and need not wait for the first search; building an index does.
      if (early !== undefined) void open.index();
      return open;
    } catch (error) {
      log(`${address.uri}: ${error instanceof Error ? error.message : String(error)}`);
      return this.#shelve(key, starterBook(packed), say(language, 'bookFailed', decodePath(address.uri)));
    }
  }

  /** Indexes that may spare building one: the kept one, and the one that the Book brings along. */
  async *#offers(key: string): AsyncGenerator<IndexOffer> {
    const { folder, log } = this.#options;
    if (this.#anew.delete(key)) return;
    const kept = await this.#keptOf(key);
    if (kept.buffer !== undefined) yield { from: 'kept', buffer: kept.buffer };
    else if (kept.interrupted) yield { from: 'kept', buffer: new ArrayBuffer(0) };
    if (key === 'starter') return;
    try {
      const [file] = await folder(key).read([prebuiltName], neverCancelled);
      if (file?.ok === true) yield { from: 'prebuilt', buffer: new Uint8Array(file.bytes).buffer };
    } catch (error) {
      log(`${key}/${prebuiltName}: ${String(error)}`);
    }
  }

  /** Logs how an index came to be ready. @returns a sentence when one that should have served had to be built anew */
  #tell(key: string, { how, changed, faults }: IndexOutcome): string {
    const { language, log } = this.#options;
    log(`${key}: index ${how}, ${String(changed)} changed${faults.map(({ from, fault }) => `, ${from} ${fault}`).join('')}`);
    const [first] = faults;
    if (first === undefined || how !== 'built') return '';
    const { from, fault } = first;
    const other = fault === 'other_format' || fault === 'other_analysis';
    const reason: WordKey =
      from === 'prebuilt' ? (other ? 'prebuiltOther' : 'prebuiltDamaged') : fault === 'truncated' ? 'indexInterrupted' : other ? 'indexOther' : 'indexDamaged';
    return say(language, 'indexRebuilt', say(language, reason));
  }

  #starter(): Promise<PackedBook | undefined> {
    this.#packed ??= this.#options.starter().then(
      (text) => {
        const packed: unknown = JSON.parse(text);
        return packedLayer(packed) === undefined ? undefined : (packed as PackedBook);
      },
      (error: unknown) => {
        this.#options.log(`starter Book: ${String(error)}`);
        return undefined;
      },
    );
    return this.#packed;
  }

  #shelve(key: string, book: Book, failure: string): OpenBook {
    const { platform, onState, indexes, log } = this.#options;
    const sources = bookSources(book);
    const pages = new Map(book.pages.map((page) => [page.path, page]));
    const texts = new Map<string, string>(sources.map((source) => [textKey(source.kind, source.path), source.text]));
    const searcher = createSearcher({
      terms: book.terms,
      read: (kind, path) => texts.get(textKey(kind, path)),
      now: platform.now,
      breath: platform.breath,
    });
    let state: BookState = {
      id: book.id, name: book.name.text === '' ? book.id : book.name.text, uri: key, language: book.language, phase: failure === '' ? 'ready' : 'failed',
      done: 0, total: sources.length, pages: book.pages.length, message: failure,
    };
    const report = (change: Partial<BookState>): void => {
      state = { ...state, ...change };
      onState(state);
    };
    let indexed = false;
    let titles: ReturnType<typeof createPalette<TitleItem>> | undefined;
    const titleList = (): ReturnType<typeof createPalette<TitleItem>> => {
      if (titles === undefined) {
        titles = createPalette<TitleItem>();
        titles.put(sources.map((source) => ({ id: textKey(source.kind, source.path), title: source.title, detail: source.aliases.join(' '), source })));
      }
      return titles;
    };
    /** Project documents; a build begins with those that came before it. */
    const documents = new Map<string, SearchSource>();
    const stop = { isCancelled: false };
    let building: Promise<void> | undefined;
    let lastReport = 0;
    /** Everything of the Book is in the index: from then on documents are added one by one. */
    let hasBook = false;
    const build = async (): Promise<void> => {
      report({ phase: 'loading' });
      // A Book that could not be read shows the starter Book, and shares its index.
      const home = failure === '' ? key : 'starter';
      const outcome = await readyIndex(searcher, sources, this.#offers(home), {
        cancellation: stop satisfies Cancellation,
        progress: (done, total) => {
          if (platform.now() - lastReport < 100) return;
          lastReport = platform.now();
          report({ done, total });
        },
      });
      const isKept = outcome.changed === 0 && outcome.faults.length === 0;
      const kept = indexes === undefined || isKept || outcome.how === 'cancelled' ? undefined : await searcher.encode();
      hasBook = true;
      this.#letGo(home);
      this.#letGo(key);
      if (documents.size > 0) await searcher.update([...documents.values()]);
      indexed = true;
      this.#ready.add(key);
      titles = undefined;
      const notice = this.#tell(home, outcome);
      report({ phase: failure === '' ? 'ready' : 'failed', done: sources.length, ...(notice === '' ? {} : { notice }) });
      if (indexes === undefined || kept === undefined) return;
      void indexes.save(indexKey(home), kept).then((isSaved) => log(`${key}: the index ${isSaved ? 'is kept' : 'could not be kept'}`));
    };
    onState(state);
    return {
      key,
      book,
      searcher,
      get state() {
        return state;
      },
      get isIndexed() {
        return indexed;
      },
      titles: (text, limit) => titleList().search(text, limit),
      index: () => (building ??= build().catch((error: unknown) => log(`${key}: ${String(error)}`))),
      stopIndexing: () => {
        stop.isCancelled = true;
      },
      addDocuments: async (added) => {
        for (const source of added) {
          texts.set(textKey(source.kind, source.path), source.text);
          documents.set(source.path, source);
        }
        // Until the Book is in the index, which takes them along.
        if (hasBook) await searcher.update(added);
      },
      removeDocuments: async (uris) => {
        const known = uris.filter((uri) => documents.delete(uri));
        if (known.length === 0) return;
        for (const uri of known) texts.delete(textKey('document', uri));
        await searcher.remove(known.map((path) => ({ kind: 'document', path }) as const));
      },
      textOf: (kind, path) => texts.get(textKey(kind, path)),
      page: (path) => pages.get(path),
    };
  }
}

/** File of a prebuilt index in the folder of a Book (`kobo book index --out search-index.kobo`). */
const prebuiltName = 'search-index.kobo';

function touches(uri: string, folder: string): boolean {
  return isWithin(uri, [folder]) || isWithin(folder, [uri]);
}

/** Name of a Book's index where indexes are kept. */
function indexKey(key: string): string {
  return contentHash(key);
}

function textKey(kind: SearchSource['kind'], path: string): string {
  return `${kind}\u0000${path}`;
}

/** Without even the starter Book, an empty one: search finds nothing and no rule speaks, but nothing breaks. */
function starterBook(packed: PackedBook | undefined): Book {
  return assembled([(packed ?? packBook(new Map())).layer]);
}
