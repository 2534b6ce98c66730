import { readFile, realpath, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { formatOf } from '../core/document/format';
import { filesByProduct, type OwnFiles } from '../core/product/own-files';
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
  /** Those of the product, relative to the root, in order. */
  readonly files: () => Promise<OwnFiles>;
  /** Bytes that stand in for those on the disk. */
  readonly contents?: ReadonlyMap<string, Uint8Array>;
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
  const listed = new Map<string, OwnFiles>();
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
    const named = resolve(cwd, word);
    const info = await stat(named).catch(() => undefined);
    if (info === undefined) throw new UsageError(`${word} がありません。 / ${word} does not exist.`);
    const folderOf = (path: string): string => (info.isDirectory() ? path : dirname(path));
    const target = await listedAs((await koboFileOf(folderOf(named)))?.root ?? cwd, named);
    const folder = folderOf(target);
    const above = await koboFileOf(folder);
    if (!info.isDirectory()) {
      // Without a kobo.yaml a file elsewhere is looked at where it lies.
      const root = above?.root ?? (pathInside(cwd, target) === undefined ? folder : cwd);
      const path = pathInside(root, target);
      if (path !== undefined) askedAt(root, above?.text).add(path);
      continue;
    }
    for (const [place, files] of await ownFilesBelow(folder)) {
      const here = resolve(folder, place);
      const kobo = place === '' ? above : await koboFileOf(here);
      const root = kobo?.root ?? here;
      // Paths below begin with it: nothing has to be resolved a thousand times.
      const prefix = startOf(root, here);
      const asked = askedAt(root, kobo?.text);
      for (const path of files.own) asked.add(path === './' && prefix !== '' ? prefix : `${prefix}${path}`);
      if (prefix === '' && !listed.has(root)) listed.set(root, files);
    }
  }
  return [...wanted]
    .filter(([, { text, asked }]) => text !== undefined || asked.size > 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([root, { text, asked: paths }]): ProductPlace => {
      const asked = [...paths].sort();
      const list = async (): Promise<OwnFiles> => {
        const known = listed.get(root);
        if (text === undefined) return { own: asked, others: known?.others ?? [] };
        return known ?? (await ownFilesBelow(root)).get('') ?? { own: [], others: [] };
      };
      // Several ask for them: all are to get the same.
      let files: Promise<OwnFiles> | undefined;
      return { root, koboText: text, asked, files: () => (files ??= list()) };
    });
}

/** A file or folder that is reached through a link as listings name it: where it really lies. @returns the same for all others */
async function listedAs(root: string, target: string): Promise<string> {
  const inside = pathInside(root, target);
  const real = inside === undefined ? undefined : await diskFolder(root).sameAs?.(inside);
  return real === undefined ? target : join(root, real);
}

/**
 * Those of a place's documents that are among the changed paths as git names them: of what only a link in the product reaches git has
 * the path it really lies at.
 */
export async function changedIn({ root, asked }: ProductPlace, changed: readonly string[]): Promise<ReadonlySet<string>> {
  const paths = new Set(changed);
  const real = await realpath(root).catch(() => root);
  for (const path of asked) {
    if (paths.has(path)) continue;
    const target = await realpath(join(root, path)).catch(() => undefined);
    const inside = target === undefined ? undefined : pathInside(real, target);
    if (inside !== undefined && paths.has(inside)) paths.add(path);
  }
  return paths;
}

/** A path that was named but of which nothing belongs to its product, and so nothing is checked. */
export interface UnlistedWord {
  readonly word: string;
  /** `folder`: it lies in one that is never looked into; `ignored`: by git, or it is a link that leads out; `name`: the disk has another name for it. */
  readonly reason: 'folder' | 'ignored' | 'name';
}

/**
 * The paths of a command of which no listing of a product names anything.
 * @param places as {@link findPlaces} gave them for these paths
 */
export async function unlistedWords(paths: readonly string[], cwd: string, places: readonly ProductPlace[]): Promise<readonly UnlistedWord[]> {
  if (paths.length === 0) return [];
  const own = new Map<ProductPlace, ReadonlySet<string>>();
  for (const place of places) own.set(place, new Set((await place.files()).own));
  const unlisted: UnlistedWord[] = [];
  for (const word of paths) {
    const named = resolve(cwd, word);
    const target = await listedAs((await findKoboFile(dirname(named)).catch(() => undefined))?.root ?? cwd, named);
    let first: { readonly root: string; readonly path: string } | undefined;
    let isListed = false;
    for (const place of places) {
      const { root, asked } = place;
      const inside = pathInside(root, target);
      // A product may lie below what was named.
      if (inside === undefined && root !== target && pathInside(target, root) === undefined) continue;
      for (const path of asked) {
        if (inside !== undefined && path !== inside && !path.startsWith(`${inside}/`)) continue;
        first ??= { root, path };
        isListed ||= own.get(place)?.has(path) === true;
      }
    }
    if (first === undefined || isListed) continue;
    const { root, path } = first;
    const isPassedOver = path.split('/').slice(0, -1).some((name) => name.startsWith('.') || name === 'node_modules');
    const isLeftOut = (await diskFolder(root).lists?.(path)) === false;
    unlisted.push({ word, reason: isPassedOver ? 'folder' : isLeftOut ? 'ignored' : 'name' });
  }
  return unlisted;
}

/** Paths of a product as commands print them: relative to the working directory, with `/`; folders end in one. */
export function shownIn(root: string, cwd: string): (path: string) => string {
  const start = relative(cwd, root).split(sep).join('/');
  // Below the working directory a path need not be resolved each time.
  if (!start.startsWith('..')) return (path) => (start === '' ? path : path === './' ? `${start}/` : `${start}/${path}`);
  return (path) => `${relative(cwd, join(root, path)).split(sep).join('/')}${path.endsWith('/') ? '/' : ''}`;
}

async function ownFilesBelow(folder: string): Promise<ReadonlyMap<string, OwnFiles>> {
  return filesByProduct(await diskFolder(folder).list(neverCancelled));
}

/** What paths below `folder` begin with, seen from `root`: empty, or ending in `/`. */
function startOf(root: string, folder: string): string {
  const path = pathInside(root, folder);
  return path === undefined ? '' : `${path}/`;
}

/** Those of a product's paths that a check reads. `kobo.yaml` is read as what it is. */
export function documentPaths({ koboText }: ProductPlace, { own }: OwnFiles): readonly string[] {
  return own.filter((path) => formatOf(path) !== undefined && (koboText === undefined || path !== koboFileName));
}
