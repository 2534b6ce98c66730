import { lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { baselineFileName, createBaseline, isBaselineText } from '../core/product/baseline';
import { baselinePath } from '../core/product/baseline-path';
import { koboFileName } from '../core/product/product';
import { UsageError } from './args';
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
 * @param named as `--baseline` names it: the file of the one product, in place of the product's own
 * @returns 2 also where there is no such product
 */
export async function writeBaselines(paths: readonly string[], options: ProductsOptions, io: CommandIo, named: string | undefined): Promise<ExitStatus> {
  let status: ExitStatus = 0;
  // What the baseline says now is of no account, be it broken: another is written.
  const products = (await readProducts(paths, options, { baseline: false })).flatMap(({ koboFile, ...product }) => (koboFile === undefined ? [] : [{ ...product, koboFile }]));
  if (named !== undefined && products.length > 1) {
    throw new UsageError(`--baseline は1つのファイルですが、ここにはプロダクトが ${String(products.length)} つあります。プロダクトのフォルダーを1つ指定するか、--baseline を外してください（それぞれのフォルダーに書きます）。 / --baseline names one file, but there are ${String(products.length)} products here. Name the folder of one, or leave --baseline out to write one in each.`);
  }
  for (const { root, koboFile, project, bookFolder } of products) {
    const shown = shownIn(root, io.cwd);
    const own = koboFile.settings.baseline;
    const name = named ?? own ?? baselineFileName;
    const path = baselinePath(name);
    const file = named !== undefined ? resolve(io.cwd, named) : path === undefined ? undefined : resolve(root, path);
    const errors = await bookErrorsOf(project.bookErrors, project.book, bookFolder, project.language);
    const refused = [...project.unreadable.map(({ path, line, message }) => `${printable(shown(path))}:${String(line)}: ${printableSentence(message)}\n`), ...(await refusals(named === undefined ? root : undefined, file, printable(named ?? (isAbsolute(name) ? name : shown(name))), io.language))].join('');
    if (file === undefined || refused !== '' || errors.length > 0) {
      io.err(`${refused}${bookErrorLines(errors, io)}`);
      status = 2;
      continue;
    }
    const all = await project.reportAll();
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, createBaseline(all.uncapped, (path) => project.textOf(path), project.today));
    io.err(io.language === 'ja' ? `${printable(file)} に書きました。\n` : `Wrote ${printable(file)}.\n`);
    if (own !== undefined && resolve(root, own) === file) continue;
    const inside = relative(root, file).split(sep).join('/');
    const option = printable(named ?? shown(name));
    const line = baselinePath(inside) === undefined ? undefined : printable(inside);
    io.err(io.language === 'ja'
      ? `次から使うには、${line === undefined ? '' : `kobo.yaml に「baseline: ${line}」と書くか、`}--baseline ${option} を付けてください。\n`
      : `To use it, ${line === undefined ? '' : `write "baseline: ${line}" in ${printable(shown(koboFileName))}, or `}give --baseline ${option}.\n`);
  }
  if (products.length > 0) return status;
  io.err(io.language === 'ja'
    ? '何も書きませんでした。ここには kobo.yaml がないので、これまでの指摘の一覧を置くプロダクトがありません。kobo init で作れます。\n'
    : 'Nothing was written. There is no kobo.yaml here, so no product to keep a baseline for; kobo init makes one.\n');
  return 2;
}

/**
 * Why no baseline may be written to a file: a `kobo.yaml` of others must not make this command write over what is no baseline.
 * @param root the file must lie inside of; `undefined` for one that was named on the command line
 */
async function refusals(root: string | undefined, file: string | undefined, shown: string, language: 'ja' | 'en'): Promise<readonly string[]> {
  const ja = language === 'ja';
  if (file === undefined || (root !== undefined && !(await staysInside(root, file)))) {
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
