import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Book } from '../core/book/book';
import { formatOf } from '../core/document/read';
import { koboFileName, readKoboFile, type KoboFile } from '../core/product/kobo-file';
import { Project } from '../core/product/project';
import { decodeText } from '../core/text/decode';
import { neverCancelled } from '../core/workspace';
import { diskFolder, pathInside } from '../host/disk-folder';
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

const filesAtOnce = 200;

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
  readonly koboFile: KoboFile | undefined;
  /** @param book another Book than the product's own */
  read(book?: Book): Promise<CliProduct>;
}

/**
 * The products that {@link readProducts} reads, in order of their roots.
 * @throws UsageError for a path that does not exist
 */
export async function findProducts(paths: readonly string[], options: ProductsOptions): Promise<readonly ProductPlace[]> {
  const wanted = new Map<string, { readonly settings: FoundSettings | undefined; readonly files: Set<string> }>();
  const add = (root: string, settings: FoundSettings | undefined, file: string): void => {
    const entry = wanted.get(root) ?? { settings, files: new Set<string>() };
    wanted.set(root, entry);
    const path = pathInside(root, file);
    if (path !== undefined) entry.files.add(path);
  };
  for (const word of paths.length === 0 ? ['.'] : paths) {
    const target = resolve(options.cwd, word);
    const info = await stat(target).catch(() => undefined);
    if (info === undefined) throw new UsageError(`${word} がありません。 / ${word} does not exist.`);
    const folder = info.isDirectory() ? target : dirname(target);
    const above = await findSettings(folder);
    if (!info.isDirectory()) {
      add(above?.root ?? options.cwd, above, target);
      continue;
    }
    const entries = await diskFolder(folder).list(neverCancelled);
    const below = await Promise.all(
      entries.filter((entry) => entry.path === koboFileName || entry.path.endsWith(`/${koboFileName}`)).map((entry) => findSettings(dirname(join(folder, entry.path)))),
    );
    const roots = [above, ...below].filter((one) => one !== undefined).sort((a, b) => b.root.length - a.root.length);
    for (const root of roots) if (!wanted.has(root.root)) wanted.set(root.root, { settings: root, files: new Set() });
    for (const { path } of entries) {
      const file = join(folder, path);
      const owner = roots.find((one) => pathInside(one.root, file) !== undefined);
      add(owner?.root ?? folder, owner, file);
    }
  }
  // Products of one Book share it.
  const books = new Map<string, Promise<Book>>();
  const bookOf = (settings: FoundSettings | undefined, root: string): Promise<Book> => {
    const address = options.book ?? settings?.koboFile.settings.book;
    const from = options.book === undefined ? root : options.cwd;
    const key = bookFolder(address, from) ?? '';
    const book = books.get(key) ?? openBook(address, from);
    books.set(key, book);
    return book;
  };
  return [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([root, { settings, files }]) => ({
      root,
      koboFile: settings?.koboFile,
      read: async (book) => readProduct(root, settings, [...files].sort(), book ?? (await bookOf(settings, root)), options),
    }));
}

async function readProduct(root: string, settings: FoundSettings | undefined, asked: readonly string[], book: Book, options: ProductsOptions): Promise<CliProduct> {
  const door = diskFolder(root);
  const files = settings === undefined ? asked : (await door.list(neverCancelled)).map((entry) => entry.path);
  const project = new Project({
    book,
    settings: settings?.koboFile.settings,
    koboText: settings?.text,
    files,
    editorRules: {},
    clock: options.clock,
    now: options.now,
    history: gitHistory(root),
    // The same findings on a slow machine: nobody waits for a key here.
    ruleBudget: 60_000,
    ...(options.today === undefined ? {} : { today: options.today }),
    ...(options.language === undefined ? {} : { language: options.language }),
  });
  const paths = settings === undefined ? files.filter((path) => formatOf(path) !== undefined) : project.wanted();
  for (let from = 0; from < paths.length; from += filesAtOnce) {
    for (const content of await door.read(paths.slice(from, from + filesAtOnce), neverCancelled)) {
      if (content.ok) project.put(content.path, decodeText(content.bytes).text);
      else if (content.code === 'too_large') project.putTooLarge(content.path);
    }
  }
  const baseline = settings?.koboFile.settings.baseline;
  if (baseline !== undefined) {
    const text = await readFile(join(root, baseline), 'utf8').catch(() => undefined);
    if (text !== undefined) project.setBaseline(text);
  }
  return { root, koboFile: settings?.koboFile, project, asked };
}
