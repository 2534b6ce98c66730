import type { FileEntry } from '../workspace';
import { koboFileName } from './product';

/** The files below a `kobo.yaml`, relative to its folder. */
export interface OwnFiles {
  /** Those that belong to the product: the nearest `kobo.yaml` above them is its own. */
  readonly own: readonly string[];
  /** Those of products deeper down, and further ways to files that are listed already. They are not its documents, but links may lead to them. */
  readonly others: readonly string[];
}

/**
 * Which files belong to which product. The editor and the command line both ask here, so that both see the same products.
 * @param entries of a listed folder
 * @returns by the folder of each `kobo.yaml`, empty or ending in `/`; the listed folder itself is always there, last if it has none
 */
export function filesByProduct(entries: readonly FileEntry[]): ReadonlyMap<string, OwnFiles> {
  const found = new Map<string, { readonly own: string[]; readonly others: string[] }>();
  for (const { path, sameAs } of entries) {
    if (sameAs !== undefined) continue;
    if (path === koboFileName || path.endsWith(`/${koboFileName}`)) found.set(path.slice(0, -koboFileName.length), { own: [], others: [] });
  }
  if (!found.has('')) found.set('', { own: [], others: [] });
  for (const { path, sameAs } of entries) {
    let isOwned = sameAs !== undefined;
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

/** The files that the product in a listed folder has, or would have, and those of products deeper down. */
export function ownEntries(entries: readonly FileEntry[]): { readonly own: readonly FileEntry[]; readonly others: readonly string[] } {
  const files = filesByProduct(entries).get('');
  const own = new Set(files?.own);
  return { own: entries.filter(({ path }) => own.has(path)), others: files?.others ?? [] };
}
