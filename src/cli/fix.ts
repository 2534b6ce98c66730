import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bulkFixes, mergedEdits } from '../core/product/bulk-fixes';
import { applyEdits } from '../core/product/edits';
import { decodeText } from '../core/text/decode';
import type { ProductsOptions } from './options';
import { readProducts } from './products';

/**
 * Applies every fix that is marked `safe` to the documents below the paths and writes them; of two that touch one is left for the next run.
 * @returns how many documents changed, and whether products were left out because their settings cannot be read
 */
export async function applySafeFixes(paths: readonly string[], options: ProductsOptions): Promise<{ readonly changed: number; readonly skipped: boolean }> {
  let changed = 0;
  let skipped = false;
  for (const { root, project, asked } of await readProducts(paths, options)) {
    // Without the settings nobody knows which fixes are wanted; the check that follows says what is wrong with them.
    if (project.unreadable.length > 0) {
      skipped = true;
      continue;
    }
    const wanted = new Set(asked);
    const all = await project.reportAll();
    for (const report of all.documents) {
      if (!wanted.has(report.path)) continue;
      const own = bulkFixes(report.uncapped, undefined).filter(({ fix }) => fix.edits.every((edit) => edit.path === undefined));
      const edits = mergedEdits(own).get(report.path) ?? [];
      if (edits.length === 0) continue;
      const file = join(root, report.path);
      const { text, encoding, bom } = decodeText(await readFile(file));
      // Another encoding would come back as UTF-8: such a file is for a person to save.
      if (encoding !== 'utf-8' || text !== project.textOf(report.path)) continue;
      await writeFile(file, `${bom ? '\ufeff' : ''}${applyEdits(text, edits)}`);
      changed++;
    }
  }
  return { changed, skipped };
}
