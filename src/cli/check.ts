import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Severity } from '../core/book/book';
import { createBaseline } from '../core/product/baseline';
import { byPlace } from '../core/product/order';
import { summarise } from '../core/product/summary';
import type { Finding } from '../core/rules/finding';
import { isIsoDay } from '../core/text/calendar';
import { changedSince } from '../host/git-history';
import { choice, count, option, parseArguments, UsageError, type Arguments } from './args';
import { applySafeFixes } from './fix';
import { github } from './formats/github';
import { json } from './formats/json';
import { junit } from './formats/junit';
import { markdown } from './formats/markdown';
import { pretty } from './formats/pretty';
import type { Format } from './formats/report';
import { sarif } from './formats/sarif';
import type { CommandIo, ExitStatus } from './io';
import { readProducts, type CliProduct, type ProductsOptions } from './products';

const formats = ['pretty', 'json', 'markdown', 'sarif', 'junit', 'github'] as const;
const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** `kobo check [PATH…]`: findings of documents. Exit status 1 when one is at or above the failing severity. */
export async function checkCommand(args: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, {
    options: ['format', 'since', 'today', 'baseline', 'max-warnings', 'fail-on', 'book', 'lang'],
    switches: ['fix', 'write-baseline'],
  });
  const format = formatOf(choice(parsed, 'format', formats, 'pretty'), io);
  const failOn = choice(parsed, 'fail-on', [...severities, 'never'] as const, 'error');
  const options = productsOptions(parsed, io);

  let products = await readProducts(parsed.words, options);
  if (parsed.switches.has('fix')) {
    const changed = await applySafeFixes(products);
    if (changed > 0) io.err(io.language === 'ja' ? `${String(changed)} 件の文書を直しました。\n` : `Fixed ${String(changed)} documents.\n`);
    products = await readProducts(parsed.words, options);
  }
  await useBaseline(parsed, products, io);
  const report = await checkProducts(products, io, await sinceFilter(parsed, products));
  if (parsed.switches.has('write-baseline')) return writeBaselines(products, io);
  for (const problem of report.unreadable) io.err(`${problem}\n`);
  io.out(format(report));

  if (report.unreadable.length > 0) return 2;
  const limit = count(parsed, 'max-warnings');
  if (limit !== undefined && report.summary.warnings > limit) return 1;
  return report.findings.some((finding) => fails(finding, failOn)) ? 1 : 0;
}

/** Time alone never turns a build red; nor does what is waived or was there before. */
function fails(finding: Finding, failOn: Severity | 'never'): boolean {
  if (failOn === 'never' || finding.suppression !== undefined || finding.timeOnly) return false;
  return severities.indexOf(finding.severity) <= severities.indexOf(failOn);
}

function formatOf(name: (typeof formats)[number], io: CommandIo): Format {
  switch (name) {
    case 'pretty':
      return pretty(io.colour);
    case 'json':
      return json;
    case 'markdown':
      return markdown;
    case 'sarif':
      return sarif;
    case 'junit':
      return junit;
    case 'github':
      return github;
  }
}

/** The options that every command over documents understands. */
export function productsOptions(parsed: Arguments, io: CommandIo): ProductsOptions {
  const today = option(parsed, 'today');
  if (today !== undefined && !isIsoDay(today)) throw new UsageError(`--today は 2026-11-24 のように書きます（いまは ${today}）。 / --today takes a day like 2026-11-24.`);
  const language = option(parsed, 'lang');
  if (language !== undefined && language !== 'ja' && language !== 'en') throw new UsageError('--lang は ja か en です。 / --lang is ja or en.');
  return { cwd: io.cwd, book: option(parsed, 'book'), today, language, clock: io.clock, now: io.now };
}

async function sinceFilter(parsed: Arguments, products: readonly CliProduct[]): Promise<(product: CliProduct, path: string) => boolean> {
  const revision = option(parsed, 'since');
  if (revision === undefined) return () => true;
  const changed = new Map<CliProduct, ReadonlySet<string>>();
  for (const product of products) {
    const paths = await changedSince(product.root, revision);
    if (paths === undefined) throw new UsageError(`git で ${revision} からの変更を調べられません。 / git cannot tell what changed since ${revision}.`);
    changed.set(product, new Set(paths));
  }
  return (product, path) => changed.get(product)?.has(path) ?? false;
}

async function checkProducts(products: readonly CliProduct[], io: CommandIo, wanted: (product: CliProduct, path: string) => boolean) {
  const findings: Finding[] = [];
  const texts = new Map<string, string>();
  const unreadable: string[] = [];
  let files = 0;
  let notJudged = 0;
  for (const product of products) {
    const asked = new Set(product.asked);
    const all = await product.project.reportAll();
    for (const { path, message } of product.project.unreadable) unreadable.push(`${shown(io, product, path)}: ${message}`);
    for (const report of all.documents) {
      if (!asked.has(report.path) || !wanted(product, report.path)) continue;
      if (report.managed) files++;
      notJudged += report.notJudged;
      for (const rule of report.slowRules) io.err(io.language === 'ja' ? `${shown(io, product, report.path)}：決まり ${rule} は時間がかかりすぎたため途中で止めました。\n` : `${shown(io, product, report.path)}: rule ${rule} took too long and was stopped.\n`);
      const path = shown(io, product, report.path);
      const text = product.project.textOf(report.path);
      if (text !== undefined) texts.set(path, text);
      findings.push(...report.findings.map((finding) => ({ ...finding, path, related: finding.related.map((one) => ({ ...one, path: shown(io, product, one.path) })) })));
    }
  }
  findings.sort(byPlace);
  return {
    findings,
    summary: summarise(findings, files, notJudged),
    textOf: (path: string) => texts.get(path),
    language: products[0]?.project.language ?? io.language,
    unreadable,
  };
}

/** A path of a product as this command prints it: relative to the working directory, with `/`. */
function shown(io: CommandIo, product: CliProduct, path: string): string {
  return relative(io.cwd, join(product.root, path)).split(sep).join('/');
}

async function useBaseline(parsed: Arguments, products: readonly CliProduct[], io: CommandIo): Promise<void> {
  const file = option(parsed, 'baseline');
  if (file === undefined || parsed.switches.has('write-baseline')) return;
  const text = await readFile(join(io.cwd, file), 'utf8').catch(() => undefined);
  if (text === undefined) throw new UsageError(`${file} を読めません。 / ${file} cannot be read.`);
  for (const product of products) product.project.setBaseline(text);
}

async function writeBaselines(products: readonly CliProduct[], io: CommandIo): Promise<ExitStatus> {
  for (const { root, koboFile, project } of products) {
    if (koboFile === undefined) continue;
    const all = await project.reportAll();
    const file = join(root, koboFile.settings.baseline ?? '.kobo-baseline.json');
    await writeFile(file, createBaseline(all.findings, (path) => project.textOf(path), project.today));
    io.err(io.language === 'ja' ? `${file} に書きました。\n` : `Wrote ${file}.\n`);
  }
  return 0;
}
