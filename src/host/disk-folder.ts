import ignore, { type Ignore } from 'ignore';
import { readFileSync } from 'node:fs';
import { lstat, readFile, readdir, readlink, realpath, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Cancellation, FileContent, FileEntry, FileErrorCode, Folder, FolderLink } from '../core/workspace';

/** Files above this many bytes are listed but not read; the check reports them. */
const maxFileBytes = 50 * 1024 * 1024;
/** Reads under way at once: enough to keep a disk busy, few enough to be cancelled quickly. */
const parallelReads = 16;

/**
 * A folder on this machine's disk as the core sees it. Skips what `.gitignore` files (also those above it) name, `node_modules`, dot-folders
 * and symbolic links that leave the folder or run in a circle; what a link leads to has the path it really lies at, where that is listed.
 * @param root absolute path
 * @param within asked at each use: folders outside of which nothing is listed or read, whatever links lead there; `undefined` = read everything
 */
export function diskFolder(root: string, within: Within = () => undefined): Folder {
  return {
    uri: pathToFileURL(root).href,
    list: (cancellation, onLink = () => undefined) => listFiles(root, within, cancellation, onLink),
    kindOf: (path) => kindAt(root, within, path),
    sameAs: (path) => namedAs(root, within, path),
    lists: (path) => isListed(root, within, path),
    read: (paths, cancellation) => readFiles(root, paths, within, cancellation),
  };
}

type Within = () => readonly string[] | undefined;

/**
 * The same for a process that has nothing else to do meanwhile: files are read one after the other, a third of the time for many small ones.
 * @param root absolute path
 */
export function waitingFolder(root: string): Folder {
  return {
    ...diskFolder(root),
    read: (paths, cancellation) => Promise.resolve(paths.map((path) => (cancellation.isCancelled ? cancelled(path) : readOneWaiting(root, path)))),
  };
}

interface IgnoreLayer {
  /** Folder of the `.gitignore`, relative to the root; empty at the root and above it. */
  readonly base: string;
  /** What a path of the root begins with in a folder above it; empty, or ending in `/`. */
  readonly prefix: string;
  readonly rules: Ignore;
}

/** What a folder's `.gitignore` says. As git does: one that is a link is not read. */
async function ignoreLayer(folder: string, base: string, prefix: string): Promise<readonly IgnoreLayer[]> {
  const file = join(folder, '.gitignore');
  const isOwn = await lstat(file).then((info) => info.isFile(), () => false);
  return isOwn ? [{ base, prefix, rules: ignore().add(await readFile(file, 'utf8').catch(() => '')) }] : [];
}

/**
 * The `.gitignore` files above a folder, up to the top of its repository: which files are there must not depend on where somebody begins to look.
 * None where git ignores the folder itself: who names it means it.
 * @param root real absolute path
 */
async function layersAbove(root: string, within: Within): Promise<readonly IgnoreLayer[]> {
  const isTop = async (folder: string): Promise<boolean> => (await stat(join(folder, '.git')).catch(() => undefined)) !== undefined;
  const layers: IgnoreLayer[] = [];
  for (let at = root; !(await isTop(at)); ) {
    const above = dirname(at);
    if (above === at || !(await isAllowed(above, within))) return [];
    layers.unshift(...await ignoreLayer(above, '', `${relative(above, root).split(sep).join('/')}/`));
    at = above;
  }
  return isIgnored(layers, '') ? [] : layers;
}

/** A symbolic link that is gone to once everything that lies in the folder itself is known. */
interface Way {
  readonly path: string;
  readonly layers: readonly IgnoreLayer[];
}

async function listFiles(root: string, within: Within, cancellation: Cancellation, onLink: (link: FolderLink) => void): Promise<readonly FileEntry[]> {
  const entries: FileEntry[] = [];
  const real = await realpath(root).catch(() => root);
  if (!(await isAllowed(real, within))) return [];
  /** Where things really are, with the path they are listed by. */
  const files = new Map<string, string>();
  const folders = new Set<string>();
  const ways: Way[] = [];
  /** Ways to folders that are listed already. */
  const again: (Way & { readonly target: string })[] = [];

  const addFile = (path: string, target: string, layers: readonly IgnoreLayer[]): void => {
    if (isIgnored(layers, path)) return;
    const sameAs = files.get(target);
    if (sameAs === undefined) files.set(target, path);
    entries.push({ path, size: -1, ...(sameAs === undefined ? {} : { sameAs }) });
  };
  const visit = async (folder: string, target: string, layers: readonly IgnoreLayer[]): Promise<void> => {
    if (cancellation.isCancelled) return;
    if (folders.has(target)) {
      again.push({ path: folder, target, layers });
      return;
    }
    folders.add(target);
    const absolute = join(root, folder);
    const children = await readdir(absolute, { withFileTypes: true }).catch((error: unknown) => {
      // One that is gone meanwhile holds nothing.
      if (errorCode(error, folder) !== 'missing') entries.push({ path: folder === '' ? './' : `${folder}/`, size: -1 });
      return [];
    });
    const own = children.some((child) => child.name === '.gitignore') ? [...layers, ...await ignoreLayer(absolute, folder, '')] : layers;
    for (const child of children) {
      const path = folder === '' ? child.name : `${folder}/${child.name}`;
      if (child.isSymbolicLink()) ways.push({ path, layers: own });
      else if (child.isFile()) addFile(path, join(target, child.name), own);
      else if (child.isDirectory() && !isPassedOver(child.name) && !isIgnored(own, `${path}/`)) await visit(path, join(target, child.name), own);
    }
  };
  await visit('', real, await layersAbove(real, within));
  // What lies in the folder has the path it lies at; a link names only what is not reached otherwise, whichever the disk gives first.
  for (let way = firstOf(ways); way !== undefined; way = firstOf(ways)) {
    const { path, layers } = way;
    onLink({ path, to: await leadsTo(root, real, path) });
    const { kind, target } = await linked(join(root, path), real);
    if (kind === 'file') addFile(path, target, layers);
    else if (kind === 'folder' && !isPassedOver(basename(path)) && !isIgnored(layers, `${path}/`)) await visit(path, target, layers);
  }
  const listed = [...files];
  for (const { path, target, layers } of again) {
    // One that leads to a folder around it has no end.
    if (isInside(target, await realpath(join(root, dirname(path))).catch(() => target))) continue;
    for (const [at, sameAs] of listed) {
      if (!isInside(target, at)) continue;
      const further = `${path}/${relative(target, at).split(sep).join('/')}`;
      if (!isIgnored(layers, further)) entries.push({ path: further, size: -1, sameAs });
    }
  }
  return entries.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** Takes out the first in order of paths. */
function firstOf(ways: Way[]): Way | undefined {
  ways.sort((a, b) => (a.path < b.path ? 1 : -1));
  return ways.pop();
}

/** Where a link says that it leads, relative to the root; `undefined`: out of it. */
async function leadsTo(root: string, real: string, path: string): Promise<string | undefined> {
  const link = join(root, path);
  const target = await readlink(link).catch(() => undefined);
  if (target === undefined) return undefined;
  const absolute = resolve(dirname(link), target);
  return pathInside(root, absolute) ?? pathInside(real, absolute) ?? (absolute === root || absolute === real ? '' : undefined);
}

/** The path by which a listing names the file or folder at a path; `undefined`: by this one, or not at all. */
async function namedAs(root: string, within: Within, path: string): Promise<string | undefined> {
  if (!(await isThroughLink(root, path))) return undefined;
  const real = await realpath(root).catch(() => root);
  const target = await realpath(join(root, path)).catch(() => undefined);
  const inside = target === undefined ? undefined : pathInside(real, target);
  if (target === undefined || inside === undefined || inside === path) return undefined;
  const isFolder = (await stat(target).catch(() => undefined))?.isDirectory() === true;
  return (await isListed(root, within, isFolder ? `${inside}/a.md` : inside)) ? inside : undefined;
}

async function isThroughLink(root: string, path: string): Promise<boolean> {
  for (let at = path; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    if ((await lstat(join(root, at)).catch(() => undefined))?.isSymbolicLink() === true) return true;
  }
  return false;
}

/** What is at a path, links not followed. */
async function kindAt(root: string, within: Within, path: string): Promise<'file' | 'folder' | 'link' | 'none'> {
  const at = join(root, path);
  const info = (await isAllowed(dirname(at), within)) ? await lstat(at).catch(() => undefined) : undefined;
  return info === undefined ? 'none' : info.isSymbolicLink() ? 'link' : info.isDirectory() ? 'folder' : 'file';
}

/** The way of {@link listFiles} to a single file. */
async function isListed(root: string, within: Within, path: string): Promise<boolean> {
  const real = await realpath(root).catch(() => root);
  if (!(await isAllowed(real, within))) return false;
  const layers = [...await layersAbove(real, within)];
  const names = path.split('/');
  for (let i = 0; i < names.length; i++) {
    const base = names.slice(0, i).join('/');
    layers.push(...await ignoreLayer(join(root, base), base, ''));
    const name = names[i] ?? '';
    const at = base === '' ? name : `${base}/${name}`;
    if (i === names.length - 1) {
      if (isIgnored(layers, at)) return false;
    } else if (isPassedOver(name) || isIgnored(layers, `${at}/`)) {
      return false;
    }
  }
  const target = await realpath(join(root, path)).catch(() => undefined);
  return target === undefined || isInside(real, target);
}

/** Folders that are never looked into. */
function isPassedOver(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules';
}

/** What a link leads to, and where that really is. */
async function linked(path: string, root: string): Promise<{ readonly kind: 'file' | 'folder' | 'other'; readonly target: string }> {
  const target = await realpath(path).catch(() => undefined);
  if (target === undefined || !isInside(root, target)) return { kind: 'other', target: '' };
  const info = await stat(target).catch(() => undefined);
  return { kind: info?.isDirectory() === true ? 'folder' : info?.isFile() === true ? 'file' : 'other', target };
}

function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

function isIgnored(layers: readonly IgnoreLayer[], path: string): boolean {
  let ignored = false;
  for (const { base, prefix, rules } of layers) {
    const verdict = rules.test(base === '' ? `${prefix}${path}` : path.slice(base.length + 1));
    if (verdict.ignored) ignored = true;
    else if (verdict.unignored) ignored = false;
  }
  return ignored;
}

async function readFiles(root: string, paths: readonly string[], within: Within, cancellation: Cancellation): Promise<readonly FileContent[]> {
  const answers = new Array<FileContent>(paths.length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let i = next++; i < paths.length; i = next++) {
      const path = paths[i] ?? '';
      answers[i] = cancellation.isCancelled ? cancelled(path) : await readOne(root, path, within);
    }
  };
  await Promise.all(Array.from({ length: Math.min(parallelReads, paths.length) }, work));
  return answers;
}

function cancelled(path: string): FileContent {
  return { path, ok: false, code: 'unreadable', message: 'cancelled' };
}

async function readOne(root: string, path: string, within: Within): Promise<FileContent> {
  const absolute = placeOf(root, path);
  if (absolute === undefined) return outside(root, path);
  try {
    if (!(await isAllowed(absolute, within))) return outside(root, path);
    return contentOf(path, await readFile(absolute));
  } catch (error) {
    return failed(path, error);
  }
}

/** Whether a file or folder may be read; one that is not there may, and is found missing. */
async function isAllowed(path: string, within: Within): Promise<boolean> {
  const folders = within();
  if (folders === undefined) return true;
  const real = await realpath(path).catch(() => undefined);
  if (real === undefined) return true;
  for (const folder of folders) if (isInside(await realpath(folder).catch(() => folder), real)) return true;
  return false;
}

function readOneWaiting(root: string, path: string): FileContent {
  const absolute = placeOf(root, path);
  if (absolute === undefined) return outside(root, path);
  try {
    return contentOf(path, readFileSync(absolute));
  } catch (error) {
    return failed(path, error);
  }
}

/** Absolute; `undefined` for what lies outside of the root. */
function placeOf(root: string, path: string): string | undefined {
  const absolute = resolve(root, path);
  return isInside(resolve(root), absolute) ? absolute : undefined;
}

function outside(root: string, path: string): FileContent {
  return { path, ok: false, code: 'forbidden', message: `outside of ${root}` };
}

function contentOf(path: string, bytes: Uint8Array): FileContent {
  return bytes.byteLength > maxFileBytes ? { path, ok: false, code: 'too_large', message: `${String(bytes.byteLength)} bytes` } : { path, ok: true, bytes };
}

function failed(path: string, error: unknown): FileContent {
  return { path, ok: false, code: errorCode(error, path), message: error instanceof Error ? error.message : String(error) };
}

/** @param path as it was listed: a name that is not UTF-8 was garbled then, and is not found under it */
function errorCode(error: unknown, path: string): FileErrorCode {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code === 'ENOENT' && path.includes('\uFFFD')) return 'unreadable';
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'missing';
  if (code === 'EACCES' || code === 'EPERM') return 'forbidden';
  if (code === 'ERR_FS_FILE_TOO_LARGE') return 'too_large';
  return 'unreadable';
}

/** Path of `file` relative to `root` with `/`, or `undefined` when it lies outside. */
export function pathInside(root: string, file: string): string | undefined {
  const path = relative(root, file);
  if (path === '' || path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path) || resolve(root, path) !== resolve(file)) return undefined;
  return path.split(sep).join('/');
}
