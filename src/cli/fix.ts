import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { applyEdits } from '../core/product/edits';
import { decodeText } from '../core/text/decode';
import type { ProductsOptions } from './options';
import { readProducts } from './products';

/**
 * Applies every fix that is marked `safe` to the documents below the paths and writes them.
 * @returns how many documents changed
 */
export async function applySafeFixes(paths: readonly string[], options: ProductsOptions): Promise<number> {
  let changed = 0;
  for (const { root, project, asked } of await readProducts(paths, options)) {
    const wanted = new Set(asked);
    const all = await project.reportAll();
    for (const report of all.documents) {
      if (!wanted.has(report.path)) continue;
      const edits = report.findings.flatMap((finding) =>
        finding.suppression === undefined
          ? (finding.fixes.find((fix) => fix.safe && fix.create === undefined && fix.edits.every((edit) => edit.path === undefined))?.edits ?? [])
          : [],
      );
      if (edits.length === 0) continue;
      const file = join(root, report.path);
      const { text, encoding, bom } = decodeText(await readFile(file));
      // Another encoding would come back as UTF-8: such a file is for a person to save.
      if (encoding !== 'utf-8' || text !== project.textOf(report.path)) continue;
      await writeFile(file, `${bom ? '\ufeff' : ''}${applyEdits(text, edits)}`);
      changed++;
    }
  }
  return changed;
}
