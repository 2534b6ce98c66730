import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Severity } from '../core/book/book';
import { byPlace } from '../core/product/order';
import { summarise } from '../core/product/summary';
import { changedSince } from '../host/git-history';
import { choice, count, option, parseArguments, UsageError, type Arguments } from './args';
import { bookErrorLines, type BookError } from './book-errors';
import { github } from './formats/github';
import { json } from './formats/json';
import { junit } from './formats/junit';
import { markdown } from './formats/markdown';
import { pretty } from './formats/pretty';
import type { Format, ReportedFinding } from './formats/report';
import { sarif } from './formats/sarif';
import type { CommandIo, ExitStatus } from './io';
import { KeptReports } from './kept-report';
import { inLanguage, productsOptions, type ProductsOptions } from './options';
import { findPlaces, shownIn, unlistedWords, type ProductPlace, type UnlistedWord } from './places';
import { printable, printableSentence } from './printable';
import type { ReportedProduct } from './reported-product';

const formats = ['pretty', 'json', 'markdown', 'sarif', 'junit', 'github'] as const;
const severities: readonly Severity[] = ['error', 'warning', 'info', 'hint'];

/** `kobo check [PATH…]`: findings of documents. Exit status 1 when one is at or above the failing severity. */
export async function checkCommand(args: readonly string[], world: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, {
    options: ['format', 'since', 'today', 'baseline', 'max-warnings', 'fail-on', 'book', 'lang', 'cache'],
    switches: ['fix', 'write-baseline', 'no-cache'],
  });
  const failOn = choice(parsed, 'fail-on', [...severities, 'never'] as const, 'error');
  const options = productsOptions(parsed, world);
  const io = inLanguage(world, options);
  const format = formatOf(choice(parsed, 'format', formats, 'pretty'), io);

  if (parsed.switches.has('fix')) {
    const { changed, skipped } = await (await import('./engine')).applySafeFixes(parsed.words, options);
    if (changed > 0 || !skipped) io.err(io.language === 'ja'
      ? `${changed === 0 ? '書き方だけで直せる文書はありませんでした' : `${String(changed)} 件の文書を直しました`}。\n`
      : changed === 0 ? 'No document has a fix of form alone.\n' : `Fixed ${String(changed)} documents.\n`);
  }
  if (parsed.switches.has('write-baseline')) {
    return (await import('./engine')).writeBaselines(parsed.words, options, io);
  }
  const places = await findPlaces(parsed.words, options.cwd);
  const unlisted = await unlistedWords(parsed.words, options.cwd, places);
  const wanted = await sinceFilter(parsed, places);
  const baseline = await namedBaseline(parsed, io);
  const kept = keptReports(parsed, options, io, baseline?.text);
  let checked: ((place: ProductPlace, asked: ReadonlySet<string>) => Promise<ReportedProduct>) | undefined;
  const report = await collect(places, wanted, io, async (place, asked) => {
    const known = await kept?.read(place);
    if (known !== undefined) return known;
    checked ??= (await import('./engine')).checker({ ...options, kept, baseline });
    return checked(place, asked);
  });
  for (const problem of report.unreadable) io.err(`${problem}\n`);
  io.err(bookErrorLines(report.bookErrors, io));
  io.out(format(report));
  for (const one of unlisted) io.err(notListed(one, io));
  if (unlisted.length > 0 && unlisted.length === parsed.words.length) return 2;
  if (report.summary.files === 0 && option(parsed, 'since') === undefined) io.err(nothingChecked(places, io));
  else if (report.untyped.length > 0) io.err(leftOut(report.untyped, io));

  if (report.unreadable.length > 0 || report.bookErrors.length > 0) return 2;
  const limit = count(parsed, 'max-warnings');
  if (limit !== undefined && report.warnings > limit) {
    io.err(io.language === 'ja'
      ? `警告が ${String(report.warnings)} 件あり、--max-warnings で決めた ${String(limit)} 件を超えています。\n`
      : `There are ${String(report.warnings)} warnings, more than the ${String(limit)} of --max-warnings.\n`);
    return 1;
  }
  return fails(report.failing, failOn) ? 1 : 0;
}

/** Why no document was checked: else a build in the wrong folder is green for ever. */
function nothingChecked(places: readonly ProductPlace[], { language }: CommandIo): string {
  const ja = language === 'ja';
  if (places.some(({ koboText }) => koboText !== undefined)) {
    return ja ? '確かめた文書はありません。kobo.yaml の documents に、ここの文書にあたる行を足してください。\n' : 'No document was checked. Add a line for these files to documents in kobo.yaml.\n';
  }
  return ja ? '確かめた文書はありません。ここには kobo.yaml がありません。kobo init で作れます。\n' : 'No document was checked. There is no kobo.yaml here; kobo init makes one.\n';
}

/** Why something that was named was not checked. */
function notListed({ word, reason }: UnlistedWord, { language }: CommandIo): string {
  const name = printable(word);
  switch (reason) {
    case 'folder':
      return language === 'ja'
        ? `${name} は確かめていません。名前が「.」で始まるフォルダーと node_modules の中は見ません。確かめるなら、文書を別のフォルダーへ移してください。\n`
        : `${name} was not checked: folders whose names begin with “.” and node_modules are not looked into. Move the documents to another folder to have them checked.\n`;
    case 'ignored':
      return language === 'ja'
        ? `${name} は確かめていません。git が無視するもの（.gitignore）か、フォルダーの外へのリンクです。確かめるなら、.gitignore の行を直してください。\n`
        : `${name} was not checked: git ignores it (.gitignore), or it is a link that leads out of the folder. Change the line of .gitignore to have it checked.\n`;
    case 'name':
      return language === 'ja'
        ? `${name} は確かめていません。ディスクにある名前と違います。大文字と小文字まで同じ名前で指定してください。\n`
        : `${name} was not checked: on the disk it has another name. Give the name as it is there, with the same capital letters.\n`;
  }
}

const mostNamed = 3;

/** Which documents were not checked because nothing says what they are: else they are never missed. */
function leftOut(paths: readonly string[], { language }: CommandIo): string {
  const ja = language === 'ja';
  const named = `${paths.slice(0, mostNamed).join(ja ? '、' : ', ')}${paths.length > mostNamed ? (ja ? ' ほか' : ' …') : ''}`;
  return ja
    ? `${String(paths.length)} 件の文書は kobo.yaml に種類がないので、確かめていません（${named}）。確かめるなら documents に、そうでなければ none として足してください。\n`
    : `Not checked, as kobo.yaml says no type: ${String(paths.length)} documents (${named}). Add them to documents, as none where they need no check.\n`;
}

function keptReports(parsed: Arguments, options: ProductsOptions, io: CommandIo, baseline: string | undefined): KeptReports | undefined {
  const named = option(parsed, 'cache');
  const folder = named === undefined ? io.cacheFolder : resolve(io.cwd, named);
  return folder === undefined || parsed.switches.has('no-cache') ? undefined : new KeptReports(folder, options, baseline);
}

function fails(failing: ReadonlySet<Severity>, failOn: Severity | 'never'): boolean {
  return failOn !== 'never' && severities.slice(0, severities.indexOf(failOn) + 1).some((severity) => failing.has(severity));
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

/** All of what a check of these places says. @param reportOf of one place; `asked` are its documents that are told of */
async function collect(places: readonly ProductPlace[], wanted: Wanted, io: CommandIo, reportOf: (place: ProductPlace, asked: ReadonlySet<string>) => Promise<ReportedProduct>) {
  const findings: ReportedFinding[] = [];
  const unreadable: string[] = [];
  const bookErrors: BookError[] = [];
  const untyped: string[] = [];
  let language: 'ja' | 'en' | undefined;
  let files = 0;
  let notJudged = 0;
  let warnings = 0;
  const failing = new Set<Severity>();
  for (const place of places) {
    const asked = new Set(place.asked.filter((path) => wanted(place, path)));
    const report = await reportOf(place, asked);
    const shown = shownIn(place.root, io.cwd);
    language ??= report.language;
    bookErrors.push(...report.bookErrors);
    for (const { path, message } of report.unreadable) unreadable.push(`${printable(shown(path))}: ${printableSentence(message)}`);
    for (const document of report.documents) {
      if (!asked.has(document.path)) continue;
      if (document.managed) files++;
      notJudged += document.notJudged;
      warnings += document.warnings;
      for (const severity of document.failing) failing.add(severity);
      const path = shown(document.path);
      if (document.untyped) untyped.push(path);
      for (const rule of document.slowRules) io.err(`${printable(io.language === 'ja' ? `${path}：決まり ${rule} は時間がかかりすぎたため途中で止めました。` : `${path}: rule ${rule} took too long and was stopped.`)}\n`);
      for (const finding of document.findings) findings.push({ ...finding, path });
    }
  }
  findings.sort(byPlace);
  return { findings, warnings, failing, summary: summarise(findings, files, notJudged), language: language ?? io.language, unreadable, bookErrors, untyped };
}

async function namedBaseline(parsed: Arguments, io: CommandIo): Promise<{ readonly name: string; readonly text: string } | undefined> {
  const file = option(parsed, 'baseline');
  if (file === undefined) return undefined;
  const text = await readFile(resolve(io.cwd, file), 'utf8').catch(() => undefined);
  if (text === undefined) throw new UsageError(`${file} を読めません。 / ${file} cannot be read.`);
  return { name: file, text };
}
