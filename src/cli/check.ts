import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Severity } from '../core/book/book';
import { byPlace } from '../core/product/order';
import { summarise } from '../core/product/summary';
import { choice, count, option, parseArguments, UsageError, type Arguments } from './args';
import { bookErrorLines, shownPath, type BookError } from './book-errors';
import { selection, stagedPlaces, type GoneFiles, type Selection } from './changes';
import { fixed, leftOut, notListed, nothingChecked, tooManyWarnings } from './check-words';
import { github } from './formats/github';
import { json } from './formats/json';
import { junit } from './formats/junit';
import { markdown } from './formats/markdown';
import { pretty } from './formats/pretty';
import { isAtLeast, severities, type CheckNote, type CheckReport, type Format, type ReportedFinding, type RuleText } from './formats/report';
import { sarif } from './formats/sarif';
import type { CommandIo, ExitStatus } from './io';
import { KeptReports } from './kept-report';
import { inLanguage, productsOptions, writtenLanguage, type ProductsOptions } from './options';
import { findPlaces, shownIn, unlistedWords, type ProductPlace } from './places';
import { printable, printableSentence } from './printable';
import type { ReportedProduct } from './reported-product';
import { reportBase } from './repository';

const formats = ['pretty', 'json', 'markdown', 'sarif', 'junit', 'github'] as const;

/** `kobo check [PATH…]`: findings of documents. Exit status 1 when one is at or above the failing severity. */
export async function checkCommand(args: readonly string[], world: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, {
    options: ['format', 'since', 'today', 'baseline', 'max-warnings', 'fail-on', 'severity', 'book', 'lang', 'cache'],
    switches: ['fix', 'write-baseline', 'no-cache', 'staged', 'hide-baselined', 'fail-empty'],
  });
  const failOn = choice(parsed, 'fail-on', [...severities, 'never'] as const, 'error');
  const least = choice(parsed, 'severity', severities, 'hint');
  const limit = count(parsed, 'max-warnings');
  const options = productsOptions(parsed, world);
  const found = await findPlaces(parsed.words, options.cwd);
  const io = speaking(world, options, found);
  const format = formatOf(choice(parsed, 'format', formats, 'pretty'), io);
  const say = (text: string): void => io.err(`${text}\n`);
  expectApart(parsed);

  if (parsed.switches.has('fix')) {
    const { changed, skipped } = await (await import('./engine')).applySafeFixes(parsed.words, options);
    if (changed > 0 || !skipped) say(fixed(changed, io));
  }
  if (parsed.switches.has('write-baseline')) {
    return (await import('./engine')).writeBaselines(parsed.words, options, io, option(parsed, 'baseline'));
  }
  const unlisted = await unlistedWords(parsed.words, options.cwd, found);
  const staged = parsed.switches.has('staged') ? await stagedPlaces(found, parsed.words, options.cwd) : undefined;
  const places = staged === undefined ? found : [...staged.keys()];
  const selected = await selection(parsed, places, staged);
  const baseline = await namedBaseline(parsed, io);
  const kept = staged === undefined ? keptReports(parsed, options, io, baseline?.text) : undefined;
  let checked: ((place: ProductPlace, asked: ReadonlySet<string>) => Promise<ReportedProduct>) | undefined;
  const report = await collect(places, selected, io, {
    reportOf: async (place, asked) => {
      const known = await kept?.read(place);
      if (known !== undefined) return known;
      checked ??= (await import('./engine')).checker({ ...options, kept, baseline });
      return checked(place, asked);
    },
    goneFindings: async (place, gone) => (await import('./engine')).goneFindings(place, gone, { ...options, baseline }),
  });

  const isUnread = report.unreadable.length > 0 || report.bookErrors.length > 0;
  const isUnlisted = unlisted.length > 0 && unlisted.length === parsed.words.length;
  // Where only changes are asked for, there may be none.
  const isAll = staged === undefined && option(parsed, 'since') === undefined;
  const isEmpty = report.summary.files === 0 && report.unreadable.length === 0 && !isUnlisted && (isAll || (!report.hasDocuments && places.every(({ koboText }) => koboText === undefined)));
  const isOverLimit = limit !== undefined && report.warnings > limit;
  const notes: readonly CheckNote[] = [
    ...report.unreadable.map((problem): CheckNote => ({ level: 'error', ...problem })),
    ...report.bookErrors.map(({ message, path, line }): CheckNote => ({ level: 'error', message, path: shownPath(path, io), line })),
    ...unlisted.map((one): CheckNote => ({ level: isUnlisted ? 'error' : 'warning', message: notListed(one, io) })),
    ...(isEmpty ? [{ level: parsed.switches.has('fail-empty') ? 'error' as const : 'warning' as const, message: nothingChecked(places, io) }] : []),
    ...(isOverLimit ? [{ level: 'error' as const, message: tooManyWarnings(report.warnings, limit, io) }] : []),
  ];
  for (const { path, line, message } of report.unreadable) say(`${printable(path)}:${String(line)}: ${printableSentence(message)}`);
  io.err(bookErrorLines(report.bookErrors, io));
  io.out(format({
    ...report, notes, base: reportBase(io.cwd, process.env), hidesBaselined: parsed.switches.has('hide-baselined'),
    ...(format === json ? {} : shownOf(report.findings, leastShown(least, failOn, isOverLimit))),
    fails: ({ severity, suppression, timeOnly }) => failOn !== 'never' && suppression === undefined && !timeOnly && isAtLeast(severity, failOn),
  }));
  for (const one of unlisted) say(notListed(one, io));
  if (isUnlisted) return 2;
  // What follows from a kobo.yaml that cannot be read is no advice.
  if (isEmpty) say(nothingChecked(places, io));
  else if (report.untyped.length > 0 && report.unreadable.length === 0) say(leftOut(report.untyped, io));

  if (isUnread || (isEmpty && parsed.switches.has('fail-empty'))) return 2;
  if (isOverLimit) {
    say(tooManyWarnings(report.warnings, limit, io));
    return 1;
  }
  return failOn !== 'never' && [...report.failing].some((severity) => isAtLeast(severity, failOn)) ? 1 : 0;
}

/** @throws UsageError for switches of which one makes nonsense of the other */
function expectApart({ switches, options }: Arguments): void {
  if (!switches.has('staged')) return;
  const other = [...switches, ...options.keys()].find((name) => ['fix', 'write-baseline', 'since'].includes(name));
  if (other !== undefined) throw new UsageError(`--staged と --${other} は一緒に使えません。 / --staged and --${other} do not go together.`);
}

/** In the language of `--lang`, else of the environment, else, as build servers have none, of the first product. */
function speaking(world: CommandIo, options: ProductsOptions, places: readonly ProductPlace[]): CommandIo {
  if (options.language !== undefined || world.namesLanguage === true) return inLanguage(world, options);
  const [language] = places.flatMap(({ koboText }) => (koboText === undefined ? [] : (writtenLanguage(koboText) ?? [])));
  return inLanguage(world, { language });
}

/** What makes the command fail is shown, however little was asked for. */
function leastShown(least: Severity, failOn: Severity | 'never', isOverLimit: boolean): Severity {
  const needed = [least, ...(failOn === 'never' ? [] : [failOn]), ...(isOverLimit ? ['warning' as const] : [])];
  return severities.findLast((severity) => needed.includes(severity)) ?? least;
}

function shownOf(findings: readonly ReportedFinding[], least: Severity): Pick<CheckReport, 'findings' | 'lesser'> {
  const shown = findings.filter(({ severity }) => isAtLeast(severity, least));
  return { findings: shown, lesser: findings.filter(({ severity, suppression }) => suppression === undefined && !isAtLeast(severity, least)).length };
}

function keptReports(parsed: Arguments, options: ProductsOptions, io: CommandIo, baseline: string | undefined): KeptReports | undefined {
  const named = option(parsed, 'cache');
  const folder = named === undefined ? io.cacheFolder : resolve(io.cwd, named);
  return folder === undefined || parsed.switches.has('no-cache') ? undefined : new KeptReports(folder, options, baseline);
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

/** Where what is said of a place comes from. */
interface Sources {
  /** `asked` are the documents that are told of. */
  readonly reportOf: (place: ProductPlace, asked: ReadonlySet<string>) => Promise<ReportedProduct>;
  readonly goneFindings: (place: ProductPlace, gone: GoneFiles) => Promise<readonly ReportedFinding[]>;
}

/** All of what a check of these places says. */
async function collect(places: readonly ProductPlace[], selected: Selection, io: CommandIo, { reportOf, goneFindings }: Sources) {
  const findings: ReportedFinding[] = [];
  const unreadable: { readonly path: string; readonly line: number; readonly message: string }[] = [];
  const bookErrors: BookError[] = [];
  const untyped: string[] = [];
  const documents: string[] = [];
  const rules = new Map<string, RuleText>();
  let language: 'ja' | 'en' | undefined;
  let hasDocuments = false;
  let notJudged = 0;
  let warnings = 0;
  const failing = new Set<Severity>();
  for (const place of places) {
    const asked = new Set(place.asked.filter((path) => selected.wants(place, path)));
    const report = await reportOf(place, asked);
    const gone = selected.goneOf(place);
    const left = gone === undefined ? [] : await goneFindings(place, gone);
    const shown = shownIn(place.root, io.cwd);
    const isNamed = new Set(place.asked);
    // A folder without kobo.yaml has no language of its own.
    if (place.koboText !== undefined || report.documents.some((document) => document.findings.length > 0)) language ??= report.language;
    bookErrors.push(...report.bookErrors);
    for (const rule of report.rules) rules.set(rule.id, rule);
    for (const { path, line, message } of report.unreadable) unreadable.push({ path: shown(path), line, message });
    for (const document of report.documents) {
      const path = shown(document.path);
      if (document.managed && isNamed.has(document.path)) hasDocuments = true;
      if (!asked.has(document.path)) continue;
      if (document.managed) documents.push(path);
      notJudged += document.notJudged;
      warnings += document.warnings;
      for (const severity of document.failing) failing.add(severity);
      if (document.untyped) untyped.push(path);
      for (const rule of document.slowRules) io.err(`${printable(io.language === 'ja' ? `${path}：決まり ${rule} は時間がかかりすぎたため途中で止めました。` : `${path}: rule ${rule} took too long and was stopped.`)}\n`);
      for (const finding of document.findings) findings.push({ ...finding, path });
    }
    for (const finding of left) {
      if (asked.has(finding.path) || !isNamed.has(finding.path)) continue;
      findings.push({ ...finding, path: shown(finding.path) });
      if (finding.suppression !== undefined) continue;
      if (finding.severity === 'warning') warnings++;
      if (!finding.timeOnly) failing.add(finding.severity);
    }
  }
  findings.sort(byPlace);
  return { findings, warnings, failing, summary: summarise(findings, documents.length, notJudged), language: language ?? io.language, unreadable, bookErrors, untyped, documents, hasDocuments, rules: [...rules.values()] };
}

async function namedBaseline(parsed: Arguments, io: CommandIo): Promise<{ readonly name: string; readonly text: string } | undefined> {
  const file = option(parsed, 'baseline');
  if (file === undefined) return undefined;
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch(() => undefined);
  if (text === undefined) throw new UsageError(`${file} を読めません。 / ${file} cannot be read.`);
  return { name: file, text };
}
