import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { formatOf } from '../core/document/format';
import { koboFileName } from '../core/product/product';
import { decodeText } from '../core/text/decode';
import { neverCancelled } from '../core/workspace';
import { diskFolder, pathInside } from '../host/disk-folder';
import { UsageError } from './args';

/** The text of a `kobo.yaml` with the folder it stands in. */
export interface FoundKoboFile {
  /** Absolute. */
  readonly root: string;
  readonly text: string;
}

/** A product (or a folder without `kobo.yaml`) that is there but not read yet. */
export interface ProductPlace {
  /** Absolute. */
  readonly root: string;
  /** Of `kobo.yaml`. */
  readonly koboText: string | undefined;
  /** Paths below the arguments, relative to the root: what is reported. */
  readonly asked: readonly string[];
  /** Of all files, relative to the root, in order. */
  readonly paths: () => Promise<readonly string[]>;
}

/**
 * The nearest `kobo.yaml` at or above a folder; the search ends at the top of a git repository.
 * @throws UsageError for one that is there but cannot be opened: without it nothing would be checked
 */
export async function findKoboFile(folder: string): Promise<FoundKoboFile | undefined> {
  for (let at = resolve(folder); ; at = dirname(at)) {
    const text = await koboTextAt(join(at, koboFileName));
    if (text !== undefined) return { root: at, text };
    const isTop = (await stat(join(at, '.git')).catch(() => undefined)) !== undefined;
    if (isTop || dirname(at) === at) return undefined;
  }
}

async function koboTextAt(file: string): Promise<string | undefined> {
  if ((await stat(file).catch(() => undefined))?.isFile() !== true) return undefined;
  const bytes = await readFile(file).catch(() => undefined);
  if (bytes === undefined) throw new UsageError(`${file} を開けません。アクセス権を確かめてください。 / ${file} cannot be opened. Check its permissions.`);
  // As the editor reads it: Japanese Windows also writes CP932.
  return decodeText(bytes).text;
}

/**
 * The products that the given paths touch: those of the `kobo.yaml` files below them and of the nearest one above, in order of their
 * roots; files that belong to none are taken together as a folder without `kobo.yaml`.
 * @param cwd absolute; relative paths count from it, and it stands for no path
 * @throws UsageError for a path that does not exist
 */
export async function findPlaces(paths: readonly string[], cwd: string): Promise<readonly ProductPlace[]> {
  const wanted = new Map<string, { readonly text: string | undefined; readonly asked: Set<string> }>();
  const listed = new Map<string, readonly string[]>();
  const askedAt = (root: string, text: string | undefined): Set<string> => {
    const entry = wanted.get(root) ?? { text, asked: new Set<string>() };
    wanted.set(root, entry);
    return entry.asked;
  };
  const found = new Map<string, ReturnType<typeof findKoboFile>>();
  const koboFileOf = (folder: string): ReturnType<typeof findKoboFile> => {
    const known = found.get(folder) ?? findKoboFile(folder);
    found.set(folder, known);
    return known;
  };
  for (const word of paths.length === 0 ? ['.'] : paths) {
    const target = resolve(cwd, word);
    const info = await stat(target).catch(() => undefined);
    if (info === undefined) throw new UsageError(`${word} がありません。 / ${word} does not exist.`);
    const folder = info.isDirectory() ? target : dirname(target);
    const above = await koboFileOf(folder);
    if (!info.isDirectory()) {
      const root = above?.root ?? cwd;
      const path = pathInside(root, target);
      if (path !== undefined) askedAt(root, above?.text).add(path);
      continue;
    }
    const entries = await diskFolder(folder).list(neverCancelled);
    listed.set(folder, entries.map((entry) => entry.path));
    const below = await Promise.all(
      entries.filter((entry) => entry.path === koboFileName || entry.path.endsWith(`/${koboFileName}`)).map((entry) => koboFileOf(dirname(join(folder, entry.path)))),
    );
    const inside = below.filter((one) => one !== undefined).map((one) => ({ ...one, start: startOf(folder, one.root) })).sort((a, b) => b.start.length - a.start.length);
    for (const { root, text } of [...inside, ...(above === undefined ? [] : [above])]) askedAt(root, text);
    // Paths below the folder begin with it: nothing has to be resolved a thousand times.
    const prefix = above === undefined ? '' : startOf(above.root, folder);
    for (const { path } of entries) {
      const owner = inside.find(({ start }) => path.startsWith(start));
      if (owner !== undefined) askedAt(owner.root, owner.text).add(path.slice(owner.start.length));
      else if (path === './' && prefix !== '') askedAt(above?.root ?? folder, above?.text).add(prefix);
      else askedAt(above?.root ?? folder, above?.text).add(`${prefix}${path}`);
    }
  }
  return [...wanted]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([root, { text, asked: paths }]): ProductPlace => {
      const asked = [...paths].sort();
      const list = async (): Promise<readonly string[]> => (await diskFolder(root).list(neverCancelled)).map((entry) => entry.path);
      return { root, koboText: text, asked, paths: text === undefined ? () => Promise.resolve(asked) : async () => listed.get(root) ?? (await list()) };
    });
}

/** Paths of a product as commands print them: relative to the working directory, with `/`. */
export function shownIn(root: string, cwd: string): (path: string) => string {
  const start = relative(cwd, root).split(sep).join('/');
  // Below the working directory a path need not be resolved each time.
  if (!start.startsWith('..')) return (path) => (start === '' ? path : `${start}/${path}`);
  return (path) => relative(cwd, join(root, path)).split(sep).join('/');
}

/** What paths below `folder` begin with, seen from `root`: empty, or ending in `/`. */
function startOf(root: string, folder: string): string {
  const path = pathInside(root, folder);
  return path === undefined ? '' : `${path}/`;
}

/** Those of a product's paths that a check reads. `kobo.yaml` is read as what it is. */
export function documentPaths({ koboText }: ProductPlace, paths: readonly string[]): readonly string[] {
  return paths.filter((path) => formatOf(path) !== undefined && (koboText === undefined || path !== koboFileName));
}
