import type { Book } from '../core/book/book';
import { baselinePath } from '../core/product/baseline-path';
import { defaultSettings, readKoboFile, type KoboFile } from '../core/product/kobo-file';
import type { OwnFiles } from '../core/product/own-files';
import { Project } from '../core/product/project';
import { decodeText } from '../core/text/decode';
import { neverCancelled, type FileContent } from '../core/workspace';
import { waitingFolder } from '../host/disk-folder';
import { gitHistory } from '../host/git-history';
import { bookFolder } from './book-place';
import { writtenLanguage, type ProductsOptions } from './options';
import { documentPaths, findKoboFile, findPlaces, type FoundKoboFile, type ProductPlace } from './places';
import { openBook } from './starter';

/** A `kobo.yaml` with the folder it stands in. */
export interface FoundSettings extends FoundKoboFile {
  readonly koboFile: KoboFile;
}

/** As `kobo.yaml` of the nearest folder at or above says. */
export async function findSettings(folder: string): Promise<FoundSettings | undefined> {
  const found = await findKoboFile(folder);
  return found === undefined ? undefined : { ...found, koboFile: readKoboFile(found.text) };
}

/** A product (or a folder without `kobo.yaml`) with all its documents read. */
interface CliProduct {
  /** Absolute. */
  readonly root: string;
  readonly koboFile: KoboFile | undefined;
  readonly project: Project;
  /** Absolute; `undefined` for the starter Book. */
  readonly bookFolder: string | undefined;
  /** Paths below the arguments, relative to the root: what is reported. */
  readonly asked: readonly string[];
}

/** Every byte of a product that a check looks at. */
interface ProductFiles {
  readonly files: OwnFiles;
  /** Of those worth reading. */
  readonly contents: readonly FileContent[];
  /** Text of the baseline that `kobo.yaml` names, as far as it can be read; `undefined` where it names none. */
  readonly baseline: { readonly text: string | undefined } | undefined;
}

/** A place of which `kobo.yaml` has been read. */
interface KnownPlace extends ProductPlace {
  readonly koboFile: KoboFile | undefined;
  /** As {@link openBook} takes it: of `--book`, else the product's own. */
  readonly book: { readonly address: string | undefined; readonly from: string };
}

/** Reads the products of one command; those of one Book share it. */
export class ProductReader {
  readonly #options: ProductsOptions;
  readonly #books = new Map<string, Promise<Book>>();

  constructor(options: ProductsOptions) {
    this.#options = options;
  }

  knownPlace(place: ProductPlace): KnownPlace {
    const koboFile = place.koboText === undefined ? undefined : readKoboFile(place.koboText);
    const { book, cwd } = this.#options;
    return { ...place, koboFile, book: book === undefined ? { address: koboFile?.settings.book, from: place.root } : { address: book, from: cwd } };
  }

  async files(place: KnownPlace): Promise<ProductFiles> {
    const files = await place.files();
    const folder = waitingFolder(place.root);
    const contents = (await folder.read(documentPaths(place, files), neverCancelled)).map((content): FileContent => {
      const bytes = place.contents?.get(content.path);
      return bytes === undefined ? content : { path: content.path, ok: true, bytes };
    });
    const name = place.koboFile?.settings.baseline;
    const path = name === undefined ? undefined : baselinePath(name);
    const [baseline] = path === undefined ? [] : await folder.read([path], neverCancelled);
    return { files, contents, baseline: name === undefined ? undefined : { text: baseline?.ok === true ? decodeText(baseline.bytes).text : undefined } };
  }

  /**
   * @param book another Book than the product's own
   * @param files as {@link files} gave them; left out: read anew
   */
  async read(place: KnownPlace, book?: Book, files?: ProductFiles): Promise<CliProduct> {
    return makeProduct(place, book ?? (await this.bookOf(place)), files ?? (await this.files(place)), this.#options);
  }

  /** The Book of a product. */
  bookOf({ book: { address, from } }: KnownPlace): Promise<Book> {
    const key = bookFolder(address, from) ?? '';
    const book = this.#books.get(key) ?? openBook(address, from);
    this.#books.set(key, book);
    return book;
  }
}

/**
 * Reads every product that the given paths touch, as {@link findPlaces} finds them.
 * @param reading `baseline: false` leaves out what `kobo.yaml` names as baseline
 * @throws UsageError for a path that does not exist
 */
export async function readProducts(paths: readonly string[], options: ProductsOptions, reading: { readonly baseline: boolean } = { baseline: true }): Promise<readonly CliProduct[]> {
  const reader = new ProductReader(options);
  const products = [];
  for (const found of await findPlaces(paths, options.cwd)) {
    const place = reader.knownPlace(found);
    const files = await reader.files(place);
    products.push(await reader.read(place, undefined, reading.baseline ? files : { ...files, baseline: undefined }));
  }
  return products;
}

function makeProduct({ root, koboText, koboFile, asked, book: { address, from } }: KnownPlace, book: Book, files: ProductFiles, options: ProductsOptions): CliProduct {
  // One that cannot be read says nothing of its language: its readers are told in theirs.
  const language = options.language ?? (koboFile?.settings === defaultSettings ? (writtenLanguage(koboText ?? '') ?? options.environment) : undefined);
  const project = new Project({
    book,
    settings: koboFile?.settings,
    koboText,
    files: files.files.own,
    others: files.files.others,
    editorRules: {},
    clock: options.clock,
    now: options.now,
    history: gitHistory(root),
    // The same findings on a slow machine: nobody waits for a key here.
    ruleBudget: 60_000,
    ...(options.today === undefined ? {} : { today: options.today }),
    ...(language === undefined ? {} : { language }),
  });
  for (const content of files.contents) project.putFile(content);
  if (files.baseline !== undefined) project.setBaseline(files.baseline.text);
  return { root, koboFile, project, asked, bookFolder: bookFolder(address, from) };
}
