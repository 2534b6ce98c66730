import { lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { baselineFileName, createBaseline, isBaselineText } from '../core/product/baseline';
import { baselinePath } from '../core/product/baseline-path';
import { bookErrorLines } from './book-errors';
import { bookErrorsOf } from './book-places';
import type { CommandIo, ExitStatus } from './io';
import type { ProductsOptions } from './options';
import { shownIn } from './places';
import { printable, printableSentence } from './printable';
import { readProducts } from './products';

/**
 * Writes what is found today into the baseline of every product below the paths that has a `kobo.yaml`. Where `kobo.yaml` or a Book cannot
 * be read nothing is written for its products: what its rules find would be new the day it is mended.
 * @returns 2 also where there is no such product
 */
export async function writeBaselines(paths: readonly string[], options: ProductsOptions, io: CommandIo): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  let isAnyProduct = false;
  // What the baseline says now is of no account, be it broken: another is written.
  for (const { root, koboFile, project, bookFolder } of await readProducts(paths, options, { baseline: false })) {
    if (koboFile === undefined) continue;
    isAnyProduct = true;
    const shown = shownIn(root, io.cwd);
    const name = koboFile.settings.baseline ?? baselineFileName;
    const path = baselinePath(name);
    const file = path === undefined ? undefined : resolve(root, path);
    const errors = await bookErrorsOf(project.bookErrors, project.book, bookFolder, project.language);
    const refused = [...project.unreadable.map(({ path, message }) => `${printable(shown(path))}: ${printableSentence(message)}\n`), ...(await refusals(root, file, printable(isAbsolute(name) ? name : shown(name)), io.language))].join('');
    if (file === undefined || refused !== '' || errors.length > 0) {
      io.err(`${refused}${bookErrorLines(errors, io)}`);
      status = 2;
      continue;
    }
    const all = await project.reportAll();
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, createBaseline(all.uncapped, (path) => project.textOf(path), project.today));
    io.err(io.language === 'ja' ? `${printable(file)} に書きました。\n` : `Wrote ${printable(file)}.\n`);
    if (koboFile.settings.baseline !== undefined) continue;
    io.err(io.language === 'ja'
      ? `次から使うには、kobo.yaml に「baseline: ${baselineFileName}」と書くか、--baseline ${baselineFileName} を付けてください。\n`
      : `To use it, write "baseline: ${baselineFileName}" in kobo.yaml, or give --baseline ${baselineFileName}.\n`);
  }
  if (isAnyProduct) return status;
  io.err(io.language === 'ja'
    ? '何も書きませんでした。ここには kobo.yaml がないので、これまでの指摘の一覧を置くプロダクトがありません。kobo init で作れます。\n'
    : 'Nothing was written. There is no kobo.yaml here, so no product to keep a baseline for; kobo init makes one.\n');
  return 2;
}

/** Why no baseline may be written to a file: a `kobo.yaml` of others must not make this command write over what is no baseline. */
async function refusals(root: string, file: string | undefined, shown: string, language: 'ja' | 'en'): Promise<readonly string[]> {
  const ja = language === 'ja';
  if (file === undefined || !(await staysInside(root, file))) {
    return [ja ? `${shown}: フルパスの名前と、プロダクトのフォルダーの外には書きません。kobo.yaml の baseline をフォルダーの中の名前にしてください。\n` : `${shown}: nothing is written to an absolute path or outside the folder of the product. Name a file inside it as baseline in kobo.yaml.\n`];
  }
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined ? file.endsWith('.json') : isBaselineText(text, file)) return [];
  return [ja
    ? `${shown}: これまでの指摘の一覧ではないファイルのため、上書きしません。kobo.yaml の baseline を「${baselineFileName}」のような .json の名前にしてください。\n`
    : `${shown}: not written over, as it is no baseline. Name a .json file such as ${baselineFileName} as baseline in kobo.yaml.\n`];
}

/** Whether a file to be written stays inside of a folder also where the way to it leads over symbolic links. */
async function staysInside(root: string, file: string): Promise<boolean> {
  const isBelow = (folder: string, path: string): boolean => {
    const [first] = relative(folder, path).split(sep);
    return first !== '' && first !== '..' && resolve(folder, relative(folder, path)) === path && !/^[A-Za-z]:$/u.test(first ?? '');
  };
  if (!isBelow(root, file)) return false;
  const real = await realpath(root);
  for (let at = file; at !== root; at = dirname(at)) {
    const there = await realpath(at).catch(() => undefined);
    if (there !== undefined) return isBelow(real, there);
    // A link that leads nowhere yet leads somewhere once it is written to.
    if ((await lstat(at).catch(() => undefined)) !== undefined) return false;
  }
  return true;
}
