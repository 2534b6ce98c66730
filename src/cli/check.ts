import { readFile, writeFile } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';
import type { Severity } from '../core/book/book';
import { createBaseline } from '../core/product/baseline';
import { byPlace } from '../core/product/order';
import { koboFileName } from '../core/product/kobo-file';
import { summarise } from '../core/product/summary';
import { isIsoDay } from '../core/text/calendar';
import { changedSince, historyState } from '../host/git-history';
import { choice, count, option, parseArguments, UsageError, type Arguments } from './args';
import { applySafeFixes } from './fix';
import { github } from './formats/github';
import { json } from './formats/json';
import { junit } from './formats/junit';
import { markdown } from './formats/markdown';
import { pretty } from './formats/pretty';
import type { Format, ReportedFinding } from './formats/report';
import { sarif } from './formats/sarif';
import type { CommandIo, ExitStatus } from './io';
import { KeptReports } from './kept-report';
import { reportOf, type ReportedProduct } from './reported-product';
import { findProducts, readProducts, type CliProduct, type ProductPlace, type ProductsOptions } from './products';

const formats = ['pretty', 'json', 'markdown', 'sarif', 'junit', 'github'] as const;
const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** `kobo check [PATH…]`: findings of documents. Exit status 1 when one is at or above the failing severity. */
export async function checkCommand(args: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, {
    options: ['format', 'since', 'today', 'baseline', 'max-warnings', 'fail-on', 'book', 'lang', 'cache'],
    switches: ['fix', 'write-baseline', 'no-cache'],
  });
  const format = formatOf(choice(parsed, 'format', formats, 'pretty'), io);
  const failOn = choice(parsed, 'fail-on', [...severities, 'never'] as const, 'error');
  const options = productsOptions(parsed, io);

  if (parsed.switches.has('fix')) {
    const changed = await applySafeFixes(await readProducts(parsed.words, options));
    if (changed > 0) io.err(io.language === 'ja' ? `${String(changed)} 件の文書を直しました。\n` : `Fixed ${String(changed)} documents.\n`);
  }
  if (parsed.switches.has('write-baseline')) return writeBaselines(await readProducts(parsed.words, options), io);
  const places = await findProducts(parsed.words, options);
  const wanted = await sinceFilter(parsed, places);
  const report = await checkPlaces(places, io, { kept: keptReports(parsed, options, io), baseline: await baselineText(parsed, io), wanted });
  for (const problem of report.unreadable) io.err(`${problem}\n`);
  io.out(format(report));

  if (report.unreadable.length > 0) return 2;
  const limit = count(parsed, 'max-warnings');
  if (limit !== undefined && report.summary.warnings > limit) return 1;
  return report.findings.some((finding) => fails(finding, failOn)) ? 1 : 0;
}

function keptReports(parsed: Arguments, options: ProductsOptions, io: CommandIo): KeptReports | undefined {
  const folder = option(parsed, 'cache');
  if (parsed.switches.has('no-cache')) return undefined;
  return new KeptReports(folder === undefined ? io.cacheFolder : resolve(io.cwd, folder), options);
}

/** Time alone never turns a build red; nor does what is waived or was there before. */
function fails(finding: ReportedFinding, failOn: Severity | 'never'): boolean {
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

type Wanted = (place: ProductPlace, path: string) => boolean;

async function sinceFilter(parsed: Arguments, places: readonly ProductPlace[]): Promise<Wanted> {
  const revision = option(parsed, 'since');
  if (revision === undefined) return () => true;
  const changed = new Map<ProductPlace, ReadonlySet<string>>();
  for (const place of places) {
    const paths = await changedSince(place.root, revision);
    if (paths === undefined) throw new UsageError(`git で ${revision} からの変更を調べられません。 / git cannot tell what changed since ${revision}.`);
    changed.set(place, new Set(paths));
  }
  return (place, path) => changed.get(place)?.has(path) ?? false;
}

interface CheckOptions {
  readonly kept: KeptReports | undefined;
  /** Text of `--baseline`. */
  readonly baseline: string | undefined;
  readonly wanted: Wanted;
}

async function checkPlaces(places: readonly ProductPlace[], io: CommandIo, options: CheckOptions) {
  const findings: ReportedFinding[] = [];
  const unreadable: string[] = [];
  let language: 'ja' | 'en' | undefined;
  let files = 0;
  let notJudged = 0;
  for (const place of places) {
    const asked = new Set(place.asked.filter((path) => options.wanted(place, path)));
    const report = await checkPlace(place, asked, options);
    language ??= report.language;
    for (const { path, message } of report.unreadable) unreadable.push(`${shown(io, place, path)}: ${message}`);
    for (const document of report.documents) {
      if (!asked.has(document.path)) continue;
      if (document.managed) files++;
      notJudged += document.notJudged;
      const path = shown(io, place, document.path);
      for (const rule of document.slowRules) io.err(io.language === 'ja' ? `${path}：決まり ${rule} は時間がかかりすぎたため途中で止めました。\n` : `${path}: rule ${rule} took too long and was stopped.\n`);
      for (const finding of document.findings) findings.push({ ...finding, path });
    }
  }
  findings.sort(byPlace);
  return { findings, summary: summarise(findings, files, notJudged), language: language ?? io.language, unreadable };
}

/**
 * The kept report of a product in which nothing has changed, else that of a check.
 * @param asked the documents that are reported; what is said at `kobo.yaml` takes all of them
 */
async function checkPlace(place: ProductPlace, asked: ReadonlySet<string>, { kept, baseline }: CheckOptions): Promise<ReportedProduct> {
  const files = await place.files();
  const key = await kept?.keyOf(place, files, baseline);
  const known = key === undefined ? undefined : await kept?.read(place, key);
  if (known !== undefined) return known;
  const { project } = await place.read(undefined, files);
  if (baseline !== undefined) project.setBaseline(baseline);
  if (!asked.has(koboFileName) && place.settings !== undefined) return await reportOf(project, asked);
  // As it is before rules ask for it: a commit made meanwhile counts as new.
  const history = kept !== undefined && project.usesHistory ? await historyState(place.root) : undefined;
  const report = await reportOf(project, undefined);
  // What was stopped for taking too long may get further next time.
  if (key !== undefined && report.documents.every((document) => document.slowRules.length === 0)) await kept?.write(place, key, history, report);
  return report;
}

/** A path of a product as this command prints it: relative to the working directory, with `/`. */
function shown(io: CommandIo, place: ProductPlace, path: string): string {
  return relative(io.cwd, join(place.root, path)).split(sep).join('/');
}

async function baselineText(parsed: Arguments, io: CommandIo): Promise<string | undefined> {
  const file = option(parsed, 'baseline');
  if (file === undefined) return undefined;
  const text = await readFile(join(io.cwd, file), 'utf8').catch(() => undefined);
  if (text === undefined) throw new UsageError(`${file} を読めません。 / ${file} cannot be read.`);
  return text;
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
