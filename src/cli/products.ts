import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Book } from '../core/book/book';
import { formatOf } from '../core/document/read';
import { koboFileName, readKoboFile, type KoboFile } from '../core/product/kobo-file';
import { Project } from '../core/product/project';
import { decodeText } from '../core/text/decode';
import { neverCancelled, type FileContent } from '../core/workspace';
import { diskFolder, pathInside, waitingFolder } from '../host/disk-folder';
import { gitHistory } from '../host/git-history';
import { UsageError } from './args';
import { bookFolder, openBook } from './starter';

/** A `kobo.yaml` with the folder it stands in. */
export interface FoundSettings {
  readonly root: string;
  readonly text: string;
  readonly koboFile: KoboFile;
}

/** A product (or a folder without `kobo.yaml`) with all its documents read. */
export interface CliProduct {
  /** Absolute. */
  readonly root: string;
  readonly koboFile: KoboFile | undefined;
  readonly project: Project;
  /** Paths below the arguments, relative to the root: what is reported. */
  readonly asked: readonly string[];
}

export interface ProductsOptions {
  readonly cwd: string;
  /** `--book`. */
  readonly book: string | undefined;
  /** `--today`. */
  readonly today: string | undefined;
  /** `--lang`. */
  readonly language: 'ja' | 'en' | undefined;
  readonly clock: () => number;
  readonly now: () => number;
}

/** The nearest `kobo.yaml` at or above a folder; the search ends at the top of a git repository. */
export async function findSettings(folder: string): Promise<FoundSettings | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const text = await readFile(join(at, koboFileName), 'utf8').catch(() => undefined);
    if (text !== undefined) return { root: at, text, koboFile: readKoboFile(text) };
    const isTop = (await stat(join(at, '.git')).catch(() => undefined)) !== undefined;
    if (isTop || dirname(at) === at) return undefined;
  }
}

/**
 * Reads every product that the given paths touch: those of the `kobo.yaml` files below them and of the nearest one above;
 * files that belong to none are taken together as a folder without `kobo.yaml`.
 * @throws UsageError for a path that does not exist
 */
export async function readProducts(paths: readonly string[], options: ProductsOptions): Promise<readonly CliProduct[]> {
  const products = [];
  for (const place of await findProducts(paths, options)) products.push(await place.read());
  return products;
}

/** A product that is there but not read yet. */
export interface ProductPlace {
  /** Absolute. */
  readonly root: string;
  readonly settings: FoundSettings | undefined;
  /** Paths below the arguments, relative to the root: what is reported. */
  readonly asked: readonly string[];
  /** As {@link openBook} takes it: of `--book`, else the product's own. */
  readonly book: { readonly address: string | undefined; readonly from: string };
  files(): Promise<ProductFiles>;
  /**
   * @param book another Book than the product's own
   * @param files as {@link files} gave them; left out: read anew
   */
  read(book?: Book, files?: ProductFiles): Promise<CliProduct>;
}

/** Every byte of a product that a check looks at. */
export interface ProductFiles {
  /** Of all files, relative to the root. */
  readonly paths: readonly string[];
  /** Of those worth reading. */
  readonly contents: readonly FileContent[];
  /** Text of the baseline that `kobo.yaml` names. */
  readonly baseline: string | undefined;
}

/**
 * The products that {@link readProducts} reads, in order of their roots.
 * @throws UsageError for a path that does not exist
 */
export async function findProducts(paths: readonly string[], options: ProductsOptions): Promise<readonly ProductPlace[]> {
  const wanted = new Map<string, { readonly settings: FoundSettings | undefined; readonly asked: Set<string> }>();
  const listed = new Map<string, readonly string[]>();
  const add = (root: string, settings: FoundSettings | undefined, file: string): void => {
    const entry = wanted.get(root) ?? { settings, asked: new Set<string>() };
    wanted.set(root, entry);
    const path = pathInside(root, file);
    if (path !== undefined) entry.asked.add(path);
  };
  const settingsAt = new Map<string, ReturnType<typeof findSettings>>();
  const settingsOf = (folder: string): ReturnType<typeof findSettings> => {
    const known = settingsAt.get(folder) ?? findSettings(folder);
    settingsAt.set(folder, known);
    return known;
  };
  for (const word of paths.length === 0 ? ['.'] : paths) {
    const target = resolve(options.cwd, word);
    const info = await stat(target).catch(() => undefined);
    if (info === undefined) throw new UsageError(`${word} がありません。 / ${word} does not exist.`);
    const folder = info.isDirectory() ? target : dirname(target);
    const above = await settingsOf(folder);
    if (!info.isDirectory()) {
      add(above?.root ?? options.cwd, above, target);
      continue;
    }
    const entries = await diskFolder(folder).list(neverCancelled);
    listed.set(folder, entries.map((entry) => entry.path));
    const below = await Promise.all(
      entries.filter((entry) => entry.path === koboFileName || entry.path.endsWith(`/${koboFileName}`)).map((entry) => settingsOf(dirname(join(folder, entry.path)))),
    );
    const roots = [above, ...below].filter((one) => one !== undefined).sort((a, b) => b.root.length - a.root.length);
    for (const root of roots) if (!wanted.has(root.root)) wanted.set(root.root, { settings: root, asked: new Set() });
    for (const { path } of entries) {
      const file = join(folder, path);
      const owner = roots.find((one) => pathInside(one.root, file) !== undefined);
      add(owner?.root ?? folder, owner, file);
    }
  }
  // Products of one Book share it.
  const books = new Map<string, Promise<Book>>();
  const bookAt = ({ address, from }: ProductPlace['book']): Promise<Book> => {
    const key = bookFolder(address, from) ?? '';
    const book = books.get(key) ?? openBook(address, from);
    books.set(key, book);
    return book;
  };
  return [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([root, { settings, asked: paths }]): ProductPlace => {
      const asked = [...paths].sort();
      const book = options.book === undefined ? { address: settings?.koboFile.settings.book, from: root } : { address: options.book, from: options.cwd };
      const files = () => readFiles(root, settings, settings === undefined ? asked : listed.get(root));
      return { root, settings, asked, book, files, read: async (other, known) => makeProduct(root, settings, asked, other ?? (await bookAt(book)), known ?? (await files()), options) };
    });
}

async function readFiles(root: string, settings: FoundSettings | undefined, listed: readonly string[] | undefined): Promise<ProductFiles> {
  const door = waitingFolder(root);
  const paths = listed ?? (await door.list(neverCancelled)).map((entry) => entry.path);
  const contents = await door.read(paths.filter((path) => formatOf(path) !== undefined && (settings === undefined || path !== koboFileName)), neverCancelled);
  const baseline = settings?.koboFile.settings.baseline;
  return { paths, contents, baseline: baseline === undefined ? undefined : await readFile(join(root, baseline), 'utf8').catch(() => undefined) };
}

function makeProduct(root: string, settings: FoundSettings | undefined, asked: readonly string[], book: Book, files: ProductFiles, options: ProductsOptions): CliProduct {
  const project = new Project({
    book,
    settings: settings?.koboFile.settings,
    koboText: settings?.text,
    files: files.paths,
    editorRules: {},
    clock: options.clock,
    now: options.now,
    history: gitHistory(root),
    // The same findings on a slow machine: nobody waits for a key here.
    ruleBudget: 60_000,
    ...(options.today === undefined ? {} : { today: options.today }),
    ...(options.language === undefined ? {} : { language: options.language }),
  });
  for (const content of files.contents) {
    if (content.ok) project.put(content.path, decodeText(content.bytes).text);
    else if (content.code === 'too_large') project.putTooLarge(content.path);
  }
  if (files.baseline !== undefined) project.setBaseline(files.baseline);
  return { root, koboFile: settings?.koboFile, project, asked };
}
