import type { Finding } from '../rules/finding';
import { entryKey, fingerprintOf, wholeFile, type Baseline, type TextOf } from './baseline';

/** Files of a baseline that are no more; found once for each state of a product. */
export class GoneFiles {
  #known: { readonly baseline: Baseline | undefined; readonly revision: number; readonly paths: readonly string[] } | undefined;

  of(baseline: Baseline | undefined, files: ReadonlySet<string>, revision: number): readonly string[] {
    if (this.#known?.baseline !== baseline || this.#known?.revision !== revision) {
      this.#known = { baseline, revision, paths: [...(baseline?.files.keys() ?? [])].filter((path) => !files.has(path)).sort() };
    }
    return this.#known.paths;
  }
}

/**
 * The name that a document had when the baseline was written, where it was renamed or moved since: a file of the baseline that is no
 * more, of a like name or in the same folder, most of whose findings the document has. Findings about a whole file do not count
 * alone: many documents have the same ones.
 * @param gone files of the baseline that are no more
 */
export function formerPath(path: string, findings: readonly Finding[], baseline: Baseline, gone: readonly string[], textOf: TextOf): string | undefined {
  if (findings.length === 0 || gone.length === 0 || baseline.files.has(path)) return undefined;
  const ending = endingOf(path);
  const now = new Map<string, number>();
  for (const finding of findings) {
    const key = entryKey(finding.rule, fingerprintOf(finding, textOf(path)));
    now.set(key, (now.get(key) ?? 0) + 1);
  }
  let best: { readonly path: string; readonly shared: number } | undefined;
  for (const candidate of gone) {
    if (endingOf(candidate) !== ending) continue;
    const isSameName = nameOf(candidate) === nameOf(path);
    if (!isSameName && folderOf(candidate) !== folderOf(path)) continue;
    let total = 0;
    let shared = 0;
    let telling = 0;
    for (const [key, count] of baseline.files.get(candidate) ?? []) {
      const both = Math.min(count, now.get(key) ?? 0);
      total += count;
      shared += both;
      if (!key.endsWith(wholeFile)) telling += both;
    }
    const isIt = isSameName ? telling >= 1 && shared * 2 >= total : telling >= (isLikeName(candidate, path) ? 2 : 3) && shared * 3 >= total * 2;
    if (isIt && shared > (best?.shared ?? 0)) best = { path: candidate, shared };
  }
  return best?.path;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

function endingOf(path: string): string {
  return /\.[^./]*$/u.exec(path)?.[0].toLowerCase() ?? '';
}

/** Another number, the same words. */
function isLikeName(a: string, b: string): boolean {
  const words = (path: string): string => nameOf(path).toLowerCase().replace(/[\d_\-. ]+/gu, '');
  return words(a) === words(b);
}
