import type { FileEntry } from '../workspace';
import { koboFileName } from './product';

/** The files below a `kobo.yaml`, relative to its folder. */
export interface OwnFiles {
  /** Those that belong to the product: the nearest `kobo.yaml` above them is its own. */
  readonly own: readonly string[];
  /** Those of products deeper down. They are not its documents, but links may lead to them. */
  readonly others: readonly string[];
}

/**
 * Which files belong to which product. The editor and the command line both ask here, so that both see the same products.
 * @param paths of a listed folder, relative to it
 * @returns by the folder of each `kobo.yaml`, empty or ending in `/`; the listed folder itself is always there, last if it has none
 */
export function filesByProduct(paths: readonly string[]): ReadonlyMap<string, OwnFiles> {
  const found = new Map<string, { readonly own: string[]; readonly others: string[] }>();
  for (const path of paths) {
    if (path === koboFileName || path.endsWith(`/${koboFileName}`)) found.set(path.slice(0, -koboFileName.length), { own: [], others: [] });
  }
  if (!found.has('')) found.set('', { own: [], others: [] });
  for (const path of paths) {
    let isOwned = false;
    for (let end = path.lastIndexOf('/'); ; end = path.lastIndexOf('/', end - 1)) {
      const folder = path.slice(0, end + 1);
      const product = found.get(folder);
      if (product !== undefined) {
        product[isOwned ? 'others' : 'own'].push(path.slice(folder.length));
        isOwned = true;
      }
      if (end <= 0) break;
    }
  }
  return found;
}

/** Those of a listed folder that a product in it has, or would have. */
export function ownEntries(entries: readonly FileEntry[]): readonly FileEntry[] {
  const own = new Set(filesByProduct(entries.map(({ path }) => path)).get('')?.own);
  return entries.filter(({ path }) => own.has(path));
}
