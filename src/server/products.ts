import { decodeText } from '../core/text/decode';
import { baselinePath } from '../core/product/baseline-path';
import { Project } from '../core/product/project';
import type { ProjectOptions } from '../core/product/project-options';
import { formatOf } from '../core/document/format';
import { readKoboFile, type KoboFile } from '../core/product/kobo-file';
import { filesByProduct, type OwnFiles } from '../core/product/own-files';
import { koboFileName } from '../core/product/product';
import type { SearchSource } from '../core/search/search';
import { hashed, typeTags } from '../core/search/book-sources';
import { neverCancelled, type Cancellation, type FileEntry, type Folder, type FolderLink, type History, type Progress } from '../core/workspace';
import { inBackground } from './background';
import { isWithin, readBookAddress, type BookAddress } from './book-address';
import type { Bookshelf, OpenBook } from './bookshelf';
import type { ServerPlatform } from './platform';
import type { ServerSettings, WorkspaceState } from './protocol';
import { SharedLoad } from './shared-load';
import { decodePath, encodePath } from './uri';

/** A product (or a workspace folder without one) with its documents. */
export interface Product {
  /** URI of its root folder, without a slash at the end. */
  readonly root: string;
  /** `undefined` for a folder without `kobo.yaml`: only documents that name a known type are looked at. */
  readonly koboFile: KoboFile | undefined;
  readonly koboText: string | undefined;
  readonly project: Project;
  readonly shelved: OpenBook;
  /** Every document of the product is known. */
  readonly isLoaded: boolean;
  /** Reads every document of the product, once for all who ask; resolves when all are known or the asker has given up. */
  load(cancellation?: Cancellation, progress?: Progress): Promise<void>;
}

/** A document with the product it belongs to. */
export interface Located {
  readonly product: Product;
  /** Relative to the product's root. */
  readonly path: string;
}

export interface ProductsOptions {
  readonly platform: ServerPlatform;
  readonly shelf: Bookshelf;
  readonly folder: (uri: string) => Folder;
  /** Git history of a folder; `undefined` where git cannot or must not be asked. */
  readonly history: (uri: string) => History | undefined;
  readonly settings: () => ServerSettings;
  /** Text of an open document; `undefined` when it is not open. */
  readonly openText: (uri: string) => string | undefined;
  readonly onState: (state: WorkspaceState) => void;
  readonly log: (message: string) => void;
}

const filesAtOnce = 100;
/** Milliseconds of reading after which a key is let through. */
const readsAtOnce = 10;
/** Milliseconds without a change after which products are looked for although nobody asks. */
const announceAfter = 100;
/** What git writes with every commit. */
const commitLog = '/.git/logs/HEAD';

type FileChange = 'created' | 'changed' | 'deleted';

/** A look through a workspace folder. */
interface Scan {
  /** `undefined` until somebody asks. */
  products: Promise<readonly Product[]> | undefined;
  /** Something has changed since it began. */
  isStale: boolean;
  /** It begins when the one before has ended. */
  isWaiting: boolean;
  /** Symbolic links that it came by. */
  links: readonly FolderLink[];
}

/** What the files say of a product before its Book is read. */
interface Head {
  readonly root: string;
  readonly koboFile: KoboFile | undefined;
  readonly koboText: string | undefined;
  /** It is there but cannot be opened. */
  readonly isKoboUnreadable: boolean;
  readonly files: OwnFiles;
  readonly book: BookAddress;
}

/** All products of the workspace. A document belongs to the nearest `kobo.yaml` above it inside its workspace folder. */
export class Products {
  readonly #options: ProductsOptions;
  readonly #folders = new Map<string, Scan>();
  /** Products that others have taken the place of. */
  readonly #replaced = new WeakSet<Product>();
  readonly #heads = new Map<string, Promise<readonly Head[]>>();
  readonly #isCovered = new Map<string, Promise<boolean>>();
  #told: Promise<void> = Promise.resolve();
  #announcing: ReturnType<typeof setTimeout> | undefined;

  constructor(options: ProductsOptions) {
    this.#options = options;
  }

  /** URIs of the workspace folders, without a slash at the end. */
  get folders(): readonly string[] {
    return [...this.#folders.keys()];
  }

  /** Replaces the workspace folders; folders that stay keep what is known of them. */
  setFolders(uris: readonly string[]): void {
    this.#isCovered.clear();
    for (const [known, { products }] of this.#folders) {
      if (uris.includes(known)) continue;
      this.#folders.delete(known);
      this.#heads.delete(known);
      if (products !== undefined) inBackground(this.#options.log, this.#forget(products));
    }
    for (const uri of uris) if (!this.#folders.has(uri)) this.#folders.set(uri, { products: undefined, isStale: false, isWaiting: false, links: [] });
    inBackground(this.#options.log, this.#announce());
  }

  /**
   * Has `kobo.yaml` files looked for anew, in all workspace folders or those that hold a file: when somebody asks next, else
   * soon. However often that is said meanwhile, it is done once.
   */
  rescan(around?: string): void {
    this.#isCovered.clear();
    const folders = around === undefined ? this.folders : this.#foldersOf(around);
    if (folders.length === 0) return;
    for (const folder of folders) {
      const scan = this.#folders.get(folder);
      // One that has not begun yet will see it.
      if (scan !== undefined && !scan.isWaiting) scan.isStale = true;
    }
    this.stop();
    this.#announcing = setTimeout(() => inBackground(this.#options.log, this.#announce()), announceAfter);
  }

  /** Nothing more is announced. */
  stop(): void {
    clearTimeout(this.#announcing);
  }

  async all(): Promise<readonly Product[]> {
    const covered = await Promise.all(this.folders.map((folder) => this.#covered(folder)));
    return (await Promise.all(this.folders.filter((_, i) => covered[i] === false).map((folder) => this.#productsOf(folder)))).flat();
  }

  /** The workspace folder of a file, or `undefined`. */
  folderOf(uri: string): string | undefined {
    return this.#foldersOf(uri)[0];
  }

  /** The innermost first. */
  #foldersOf(uri: string): readonly string[] {
    return this.folders.filter((folder) => uri.startsWith(`${folder}/`)).sort((a, b) => b.length - a.length);
  }

  /** The workspace folder in which a file is looked for: of those that lie in one another the outermost that reaches it. */
  async #homeOf(uri: string): Promise<string | undefined> {
    for (const folder of this.#foldersOf(uri)) if (!(await this.#covered(folder))) return folder;
    return undefined;
  }

  /** Whether a look through another workspace folder comes through this one too: what is in it would count twice. */
  #covered(folder: string): Promise<boolean> {
    let covered = this.#isCovered.get(folder);
    if (covered === undefined) {
      const outer = this.#foldersOf(folder);
      covered = Promise.all(outer.map((one) => this.#lists(one, `${folder}/${koboFileName}`))).then((all) => all.includes(true));
      this.#isCovered.set(folder, covered);
    }
    return covered;
  }

  async #lists(folder: string, uri: string): Promise<boolean> {
    return (await this.#options.folder(folder).lists?.(decodePath(uri.slice(folder.length + 1)))) !== false;
  }

  /** Whether a `kobo.yaml` is that of a product we have. */
  async isKnown(uri: string): Promise<boolean> {
    return (await this.all()).some((product) => product.koboFile !== undefined && `${product.root}/${koboFileName}` === uri);
  }

  /** The product of a document; `undefined` for files outside of every workspace folder and for those that no listing names. */
  async locate(uri: string): Promise<Located | undefined> {
    const located = await this.#placeOf(uri);
    return located === undefined || located.product.project.holds(located.path) || (!(await this.isLeftOut(uri)) && (await this.realOf(uri)) === undefined) ? located : undefined;
  }

  /** The product around a file, whether listings name it or not. */
  async #placeOf(uri: string): Promise<Located | undefined> {
    const folder = await this.#homeOf(uri);
    const product = folder === undefined ? undefined : nearest(await this.#productsOf(folder), uri);
    return product === undefined ? undefined : { product, path: decodePath(uri.slice(product.root.length + 1)) };
  }

  /** Whether a file of a workspace folder is no part of any product, because git ignores it or because of the folder it lies in. */
  async isLeftOut(uri: string): Promise<boolean> {
    const folder = await this.#homeOf(uri);
    return folder !== undefined && !(await this.#lists(folder, uri));
  }

  /** URI under which a file that is reached through a link is part of a product; `undefined`: under its own. */
  async realOf(uri: string): Promise<string | undefined> {
    const folder = await this.#homeOf(uri);
    const path = folder === undefined ? undefined : await this.#options.folder(folder).sameAs?.(decodePath(uri.slice(folder.length + 1)));
    return path === undefined ? undefined : `${folder ?? ''}/${encodePath(path)}`;
  }

  /** The product of a document, else the first one: for requests that only want a Book. */
  async locateOrFirst(uri: string): Promise<Product | undefined> {
    const located = await this.locate(uri);
    if (located !== undefined) return located.product;
    const all = await this.all();
    return all.find((product) => product.koboFile !== undefined) ?? all[0];
  }

  /** Where the Book is that {@link locateOrFirst} would find; known before it is read. */
  async bookAddress(uri: string): Promise<BookAddress> {
    for (const one of this.folders) if (!(await this.#covered(one))) inBackground(this.#options.log, this.#productsOf(one));
    const folder = await this.#homeOf(uri);
    const own = nearest((await this.#heads.get(folder ?? '')) ?? [], uri);
    const all = own === undefined ? (await Promise.all(this.#heads.values())).flat() : [];
    const head = own ?? all.find((one) => one.koboFile !== undefined) ?? all[0];
    return head?.book ?? this.settingsBook('');
  }

  /** The Book that the settings of the editor name. @param folder URI of the workspace folder it counts from, or empty */
  settingsBook(folder: string): BookAddress {
    const { settings, platform } = this.#options;
    return readBookAddress(settings().book, folder, platform.home);
  }

  /** Every file below a folder, for a look before there is a product. */
  filesBelow(uri: string, cancellation: Cancellation): Promise<readonly FileEntry[]> {
    return this.#options.folder(uri).list(cancellation);
  }

  /** The folder itself, to read files of it. */
  door(uri: string): Folder {
    return this.#options.folder(uri);
  }

  /** Takes in what the client tells of the disk: one piece of news after the other, in the order they came. */
  inTurn(take: () => Promise<void>): void {
    this.#told = this.#told.then(take).catch((error: unknown) => this.#options.log(`changes on disk: ${String(error)}`));
  }

  /** Resolves when everything that was told of the disk so far is taken in. */
  settled(): Promise<void> {
    return this.#told;
  }

  /** A file appeared, changed or went away on disk. @returns whether checks may come out differently now */
  async fileChanged(uri: string, told: FileChange): Promise<boolean> {
    const home = await this.#homeOf(uri);
    if (home === undefined) {
      // A workspace folder itself came or went.
      if (this.#folders.has(uri)) this.rescan();
      return this.#folders.has(uri);
    }
    if (uri.endsWith(`/${koboFileName}`)) {
      this.rescan(uri);
      return true;
    }
    if (uri.endsWith(commitLog)) {
      const repository = uri.slice(0, -commitLog.length);
      for (const { root, project } of await this.all()) if (isWithin(root, [repository])) project.committed();
      return true;
    }
    if ((await this.all()).some((product) => baselineOf(product) === uri)) {
      this.rescan(uri);
      return true;
    }
    const now = await this.#options.folder(home).kindOf?.(decodePath(uri.slice(home.length + 1)));
    if (now === 'link' || (await this.#changesLinks(home, uri, told))) {
      this.rescan(uri);
      return true;
    }
    if (now === 'folder') return this.#folderChanged(uri, told);
    const kind = now === 'none' ? 'deleted' : now === 'file' && told === 'deleted' ? 'changed' : told;
    const isAffected = await this.#plainFileChanged(uri, kind);
    const place = await this.#placeOf(uri);
    return (place !== undefined && (await this.#tellAround(place.product, [place.path], kind !== 'deleted'))) || isAffected;
  }

  /** Files of a product came or went: links in products around it may lead to them. @returns whether that is news to one */
  async #tellAround({ root, project }: Product, paths: readonly string[], isThere: boolean): Promise<boolean> {
    let isNews = false;
    for (const outer of await this.all()) {
      if (outer.root === root || !isWithin(root, [outer.root])) continue;
      const way = `${decodePath(root.slice(outer.root.length + 1))}/`;
      for (const path of paths) isNews = outer.project.setOther(`${way}${path}`, isThere && project.holds(path)) || isNews;
    }
    return isNews;
  }

  /** Whether a link may lead elsewhere now, or to another kind of thing. */
  async #changesLinks(home: string, uri: string, told: FileChange): Promise<boolean> {
    await this.#productsOf(home);
    const path = decodePath(uri.slice(home.length + 1));
    const isConcerned = this.#folders.get(home)?.links.some((link) => touches(path, link.path) || (link.to !== undefined && touches(path, link.to))) === true;
    if (!isConcerned || told !== 'changed') return isConcerned;
    const place = await this.#placeOf(uri);
    return place?.product.project.holds(place.path) !== true;
  }

  /** An open document is on the disk as it is in the editor: search finds what is in it now. */
  async saved(uri: string): Promise<void> {
    const located = await this.locate(uri);
    if (located?.product.project.holds(located.path) === true && formatOf(uri) !== undefined) await this.#read(located.product, [located.path], neverCancelled);
  }

  /** There is a folder, where a document may have been before. */
  async #folderChanged(uri: string, told: FileChange): Promise<boolean> {
    const located = await this.#placeOf(uri);
    const wasFile = located?.product.project.holds(located.path) === true && this.#options.openText(uri) === undefined;
    if (wasFile) {
      await this.#remove(located.product, [located.path]);
      await this.#tellAround(located.product, [located.path], false);
    }
    // Another folder may stand there already when it is told that one went.
    const went = told === 'deleted' && (await this.#folderWent(uri));
    const came = (told !== 'changed' || wasFile) && (await this.#folderCame(uri));
    return wasFile || went || came;
  }

  async #plainFileChanged(uri: string, kind: FileChange): Promise<boolean> {
    const isDocument = formatOf(uri) !== undefined;
    // Who lends files cannot say what is there.
    if (!isDocument && kind === 'created') return (await this.#folderCame(uri)) || this.#otherFileCame(uri);
    const located = await this.locate(uri);
    if (located === undefined) return false;
    const { product, path } = located;
    if (kind === 'deleted' && !product.project.holds(path)) return this.#folderWent(uri);
    if (!isDocument) {
      // What is in a picture or workbook is nobody's concern, but links may lead to it.
      if (kind === 'deleted') product.project.remove(path);
      return kind === 'deleted';
    }
    const wasFolder = kind !== 'deleted' && !product.project.holds(path) && (await this.#folderWent(uri));
    // What is open is as the editor has it until it is closed.
    if (kind === 'deleted' && this.#options.openText(uri) !== undefined) return false;
    const before = product.project.typed(path);
    if (kind === 'deleted') await this.#remove(product, [path]);
    else await this.#read(product, [path], neverCancelled);
    return wasFolder || product.project.typed(path) !== before;
  }

  /** Who watches files often tells of a folder alone when one is moved here with all that is in it. */
  async #folderCame(uri: string): Promise<boolean> {
    if (await this.isLeftOut(`${uri}/${koboFileName}`)) return false;
    const links: FolderLink[] = [];
    const entries = await this.#options.folder(uri).list(neverCancelled, (link) => links.push(link)).catch(this.#unread(uri, []));
    // Where they lead is seen from the workspace folder alone.
    if (links.length > 0) {
      this.rescan(uri);
      return true;
    }
    const uris = entries.filter(({ path }) => !path.endsWith('/')).map(({ path }) => `${uri}/${encodePath(path)}`);
    if (uris.some((one) => one.endsWith(`/${koboFileName}`))) {
      this.rescan(uri);
      return true;
    }
    const byProduct = new Map<Product, string[]>();
    for (const one of uris) {
      // What was listed below a folder that is not left out is not left out.
      const located = await this.#placeOf(one);
      if (located === undefined) continue;
      const paths = byProduct.get(located.product) ?? [];
      byProduct.set(located.product, paths);
      paths.push(located.path);
    }
    for (const [product, paths] of byProduct) {
      for (const path of paths) if (formatOf(path) === undefined) product.project.addFile(path);
      await this.#read(product, paths.filter((path) => formatOf(path) !== undefined), neverCancelled);
      await this.#tellAround(product, paths, true);
    }
    return byProduct.size > 0;
  }

  /** A file that is no document: links may lead to it. */
  async #otherFileCame(uri: string): Promise<boolean> {
    const located = await this.locate(uri);
    if (located === undefined || located.product.project.holds(located.path)) return false;
    const { product, path } = located;
    // A folder in which nothing is yet cannot be read.
    const [content] = await this.#options.folder(product.root).read([path], neverCancelled).catch(this.#unread(product.root, []));
    if (content?.ok !== true && content?.code !== 'too_large') return false;
    product.project.addFile(path);
    return true;
  }

  /** A folder is gone, with everything that was in it. */
  async #folderWent(uri: string): Promise<boolean> {
    const all = await this.all();
    if (all.some(({ root, koboFile }) => koboFile !== undefined && isWithin(root, [uri]))) {
      this.rescan(uri);
      return true;
    }
    let isAffected = false;
    for (const product of all) {
      if (!isWithin(uri, [product.root])) continue;
      const below = `${decodePath(uri.slice(product.root.length + 1))}/`;
      const inside = product.project.files.filter((path) => path.startsWith(below));
      const gone = inside.filter((path) => this.#options.openText(uriOf(product, path)) === undefined);
      await this.#remove(product, gone);
      await this.#tellAround(product, inside, false);
      isAffected ||= gone.length > 0;
    }
    return isAffected;
  }

  async #remove(product: Product, paths: readonly string[]): Promise<void> {
    for (const path of paths) product.project.remove(path);
    await product.shelved.removeDocuments(paths.map((path) => uriOf(product, path)));
  }

  /** Documents that are open are read as they are in the editor now, also those that nobody has asked about since they changed. */
  takeOpen({ project, root }: Product): void {
    for (const path of project.files) {
      const text = this.#options.openText(`${root}/${encodePath(path)}`);
      if (text !== undefined) project.put(path, text);
    }
  }

  async #announce(): Promise<void> {
    const products = (await this.all()).filter((product) => product.koboFile !== undefined);
    this.#options.onState({
      products: products.map(({ root, koboFile }) => ({
        folder: root,
        id: koboFile?.settings.id ?? '',
        name: koboFile?.settings.name ?? '',
        phase: koboFile?.settings.phase ?? '',
      })),
    });
  }

  /** What is no document of any product any more is not found any more either. */
  async #forget(products: Promise<readonly Product[]>): Promise<void> {
    const before = await products;
    for (const product of before) this.#replaced.add(product);
    const now = await this.all();
    for (const { project, root, shelved } of before) {
      const others = now.filter((product) => product.shelved === shelved);
      const gone = project.files.filter((path) => {
        const uri = `${root}/${encodePath(path)}`;
        const home = nearest(others, uri);
        // Nothing is read unasked where there is no `kobo.yaml`.
        return home?.koboFile === undefined || !home.project.holds(decodePath(uri.slice(home.root.length + 1)));
      });
      await shelved.removeDocuments(gone.map((path) => `${root}/${encodePath(path)}`));
    }
  }

  /** The products of a workspace folder, looked for where that has not been done since something changed. */
  #productsOf(folder: string): Promise<readonly Product[]> {
    const scan = this.#folders.get(folder);
    if (scan === undefined) return Promise.resolve([]);
    const before = scan.products;
    if (before !== undefined && !scan.isStale) return before;
    scan.isStale = false;
    if (before === undefined) return (scan.products = this.#scan(folder));
    // One look at a time: those who ask while it goes on share the next.
    scan.isWaiting = true;
    scan.products = before.then(() => {
      scan.isWaiting = false;
      return this.#scan(folder);
    });
    inBackground(this.#options.log, this.#forget(before));
    return scan.products;
  }

  #scan(folder: string): Promise<readonly Product[]> {
    const heads = this.#readHeads(folder);
    this.#heads.set(folder, heads);
    return heads.then((found) => Promise.all(found.map((head) => this.#make(head))));
  }

  async #readHeads(folder: string): Promise<readonly Head[]> {
    const door = this.#options.folder(folder);
    const links: FolderLink[] = [];
    const entries = await door.list(neverCancelled, (link) => links.push(link)).catch(this.#unread(folder, []));
    const scan = this.#folders.get(folder);
    if (scan !== undefined) scan.links = links;
    const paths = entries.map((entry) => entry.path);
    const products = filesByProduct(entries);
    const koboPaths = [...products.keys()].map((place) => `${place}${koboFileName}`).filter((path) => path !== koboFileName || paths.includes(path));
    const contents = await door.read(koboPaths, neverCancelled).catch(this.#unread(folder, []));
    const isBook = paths.includes('book.yaml');
    const heads = contents.map((content) => {
      const root = content.path === koboFileName ? folder : `${folder}/${encodePath(content.path.slice(0, -koboFileName.length - 1))}`;
      const text = this.#options.openText(`${root}/${koboFileName}`) ?? (content.ok ? decodeText(content.bytes).text : undefined);
      return this.#head(folder, root, text ?? '', text === undefined, products.get(content.path.slice(0, -koboFileName.length)), '');
    });
    if (!koboPaths.includes(koboFileName)) heads.push(this.#head(folder, folder, undefined, false, products.get(''), isBook ? folder : ''));
    return heads;
  }

  /** A folder that does not answer counts as empty until it is looked through again. */
  #unread<T>(folder: string, instead: T): (error: unknown) => T {
    return (error) => {
      this.#options.log(`${folder}: ${error instanceof Error ? error.message : String(error)}`);
      return instead;
    };
  }

  #head(folder: string, root: string, koboText: string | undefined, isKoboUnreadable: boolean, files: OwnFiles = { own: [], others: [] }, ownBook: string): Head {
    const koboFile = koboText === undefined ? undefined : readKoboFile(koboText);
    const named = koboFile?.settings.book;
    const unnamed = this.#options.settings().book.trim() === '' ? readBookAddress(ownBook, '') : this.settingsBook(folder);
    const book = named === undefined ? unnamed : readBookAddress(named, root);
    return { root, koboFile, koboText, isKoboUnreadable, files, book };
  }

  async #make({ root, koboFile, koboText, isKoboUnreadable, files, book }: Head): Promise<Product> {
    const { platform, shelf, history, settings: readSettings } = this.#options;
    const settings = koboFile?.settings;
    const editor = readSettings();
    const shelved = await shelf.openAddress(book);
    const options: ProjectOptions = {
      book: shelved.book,
      settings,
      koboText,
      isKoboUnreadable,
      files: files.own,
      others: files.others,
      editorRules: editor.rules,
      clock: platform.clock,
      now: platform.now,
      history: history(root),
    };
    const project = new Project(options);
    if (settings?.baseline !== undefined) {
      const path = baselinePath(settings.baseline);
      project.setBaseline(path === undefined ? undefined : await this.#textBelow(root, path));
    }
    const loading = new SharedLoad((cancellation, progress) => this.#read(product, project.wanted(), cancellation, progress));
    const product: Product = {
      get isLoaded() {
        return loading.isDone;
      },
      root,
      koboFile,
      koboText,
      project,
      shelved,
      load: (cancellation = neverCancelled, progress) => loading.wait(cancellation, progress),
    };
    return product;
  }

  async #textBelow(root: string, path: string): Promise<string | undefined> {
    const [content] = await this.#options.folder(root).read([path], neverCancelled).catch(this.#unread(root, []));
    return content?.ok === true ? decodeText(content.bytes).text : undefined;
  }

  async #read(product: Product, paths: readonly string[], cancellation: Cancellation, progress?: Progress): Promise<void> {
    const { folder, openText, platform } = this.#options;
    const door = folder(product.root);
    const isCancelled = (): boolean => cancellation.isCancelled;
    for (let from = 0; from < paths.length && !isCancelled(); from += filesAtOnce) {
      const batch = paths.slice(from, from + filesAtOnce);
      const closed = batch.filter((path) => openText(uriOf(product, path)) === undefined);
      for (const path of batch) {
        const text = openText(uriOf(product, path));
        if (text !== undefined) product.project.put(path, text);
      }
      let since = platform.now();
      for (const content of await door.read(closed, cancellation)) {
        if (platform.now() - since > readsAtOnce) {
          await platform.breath();
          since = platform.now();
        }
        // It may have been opened meanwhile: then the editor has the newer text.
        if (openText(uriOf(product, content.path)) !== undefined) continue;
        if (!content.ok && content.code === 'missing') product.project.remove(content.path);
        // What was not read because nobody waits any more is not unreadable.
        else if (content.ok || !isCancelled()) product.project.putFile(content);
      }
      progress?.(Math.min(from + filesAtOnce, paths.length), paths.length);
      await platform.breath();
    }
    // Those that took its place tell the search themselves.
    if (this.#replaced.has(product)) return;
    const sources = documentSources(product, paths);
    const found = new Set(sources.map(({ path }) => path));
    await product.shelved.removeDocuments(paths.map((path) => uriOf(product, path)).filter((uri) => !found.has(uri)));
    await product.shelved.addDocuments(sources);
  }
}

/** What search calls a product: its id, else the name of its folder. */
export function productIdOf({ koboFile, root }: Product): string {
  const id = koboFile?.settings.id ?? '';
  return id === '' ? decodePath(root.slice(root.lastIndexOf('/') + 1)) : id;
}

/** URI of the baseline that a product names; `undefined` where it names none inside. */
export function baselineOf({ koboFile, root }: Product): string | undefined {
  const named = koboFile?.settings.baseline;
  const path = named === undefined ? undefined : baselinePath(named);
  return path === undefined ? undefined : `${root}/${encodePath(path)}`;
}

/** URI of a document of a product. */
export function uriOf(product: Product, path: string): string {
  return `${product.root}/${encodePath(path)}`;
}

/** What search knows of project documents: their address is their URI. Nothing of a folder without `kobo.yaml`, which nobody reads as a whole. */
function documentSources(product: Product, paths: readonly string[]): readonly SearchSource[] {
  if (product.koboFile === undefined) return [];
  return paths.flatMap((path): SearchSource[] => {
    const typed = product.project.typed(path);
    if (typed?.type === undefined || typed.guessed) return [];
    const { text } = typed.document;
    return [
      hashed({
        kind: 'document',
        path: uriOf(product, path),
        title: typed.fields.get('title')?.value.text || path.slice(path.lastIndexOf('/') + 1),
        text,
        aliases: [typed.type.title.text],
        // What `種別:` asks for.
        tags: typeTags(typed.type),
        product: productIdOf(product),
        phase: [],
        audience: [],
      }),
    ];
  });
}

/** Whether one is the other, or lies in it. */
function touches(a: string, b: string): boolean {
  return a === b || a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
}

function nearest<T extends { readonly root: string }>(products: readonly T[], uri: string): T | undefined {
  return products.filter((product) => uri.startsWith(`${product.root}/`)).sort((a, b) => b.root.length - a.root.length)[0];
}
