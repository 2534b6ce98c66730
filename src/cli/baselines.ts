import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { baselineFileName, createBaseline } from '../core/product/baseline';
import { bookErrorLines } from './book-errors';
import { bookErrorsOf } from './book-places';
import type { CommandIo, ExitStatus } from './io';
import type { ProductsOptions } from './options';
import { readProducts } from './products';

/**
 * Writes what is found today into the baseline of every product below the paths that has a `kobo.yaml`. Where a Book cannot be read
 * nothing is written for its products: what its rules find would be new the day it is mended.
 */
export async function writeBaselines(paths: readonly string[], options: ProductsOptions, io: CommandIo): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  for (const { root, koboFile, project, bookFolder } of await readProducts(paths, options)) {
    if (koboFile === undefined) continue;
    const errors = await bookErrorsOf(project.bookErrors, project.book, bookFolder, project.language);
    if (errors.length > 0) {
      io.err(bookErrorLines(errors, io));
      status = 2;
      continue;
    }
    const all = await project.reportAll();
    const file = join(root, koboFile.settings.baseline ?? baselineFileName);
    await writeFile(file, createBaseline(all.findings, (path) => project.textOf(path), project.today));
    io.err(io.language === 'ja' ? `${file} に書きました。\n` : `Wrote ${file}.\n`);
    if (koboFile.settings.baseline !== undefined) continue;
    io.err(io.language === 'ja'
      ? `次から使うには、kobo.yaml に「baseline: ${baselineFileName}」と書くか、--baseline ${baselineFileName} を付けてください。\n`
      : `To use it, write "baseline: ${baselineFileName}" in kobo.yaml, or give --baseline ${baselineFileName}.\n`);
  }
  return status;
}
