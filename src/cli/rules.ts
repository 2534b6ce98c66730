import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Book, BookProblem, RuleSource, Severity } from '../core/book/book';
import { ruleFileOf } from '../core/book/rule-text';
import { effectiveSettings } from '../core/product/settings';
import { todayIn } from '../core/product/today';
import { compileRules } from '../core/rules/compile';
import { runExamples } from '../core/rules/examples';
import { decodeText } from '../core/text/decode';
import { option, parseArguments, UsageError } from './args';
import { bookErrorLines } from './book-errors';
import { bookHere, type BookHere } from './book-here';
import { bookErrorsOf } from './book-places';
import { ruleLines } from './explain-rule';
import { firedRules } from './fired';
import { impactCommand } from './impact';
import type { CommandIo, ExitStatus } from './io';
import { inLanguage, productsOptions } from './options';
import { printable, printableLines, printableSentence } from './printable';
import { starterRuleFiles } from './starter';

/** `kobo rules list|test|explain|show|impact`. */
export async function rulesCommand(args: readonly string[], world: CommandIo): Promise<ExitStatus> {
  if (args[0] === 'impact') return impactCommand(args.slice(1), world);
  const parsed = parseArguments(args, { options: ['book', 'today', 'lang'], switches: ['json', 'fired'] });
  const options = productsOptions(parsed, world);
  const io = inLanguage(world, options);
  const { today } = options;
  const [verb, ...ids] = parsed.words;
  if (verb !== 'list' && verb !== 'test' && verb !== 'explain' && verb !== 'show') {
    throw new UsageError('kobo rules list [--json] [--book DIR] / kobo rules list --fired [PATH…] [--json] / kobo rules test [RULE…] [--book DIR] / kobo rules explain RULE [--book DIR] / kobo rules show RULE [--book DIR] / kobo rules impact --help');
  }
  if (parsed.switches.has('fired')) {
    if (verb !== 'list') throw new UsageError('kobo rules list --fired [PATH…]');
    return firedRules(ids, options, parsed.switches.has('json'), io);
  }
  const here = await bookHere(option(parsed, 'book'), io);
  const { book, folder, settings } = here;
  const day = today ?? todayIn(book.timezone, io.clock());
  const { problems } = compileRules(book, effectiveSettings(book, verb === 'explain' ? settings?.koboFile.settings : undefined, day));
  const errors = await bookErrorsOf([...book.problems, ...problems], book, folder, io.language);
  io.err(bookErrorLines(errors, io));
  switch (verb) {
    case 'list':
      return list(book, parsed.switches.has('json'), io);
    case 'test':
      return test(here, ids, problems, errors.length > 0, io);
    case 'explain':
      return explain(here, ids, day, io);
    case 'show':
      return show(here, ids, io);
  }
}

/** What to say of a rule that the Book does not have: why it was left out, if it was. */
async function noRule(id: string, { book, folder }: BookHere, { language }: CommandIo): Promise<UsageError> {
  const [why] = await bookErrorsOf(book.problems.filter(({ leavesOut }) => leavesOut === id), book, folder, language);
  if (why === undefined) return new UsageError(`「${id}」という決まりはありません。 / There is no rule ${id}.`);
  return new UsageError(language === 'ja'
    ? `「${id}」は書き方に誤りがあるため、読み込まずに外しました。${String(why.line)}行目：${why.message}`
    : `${id} was left out, for it is not written as it should be. Line ${String(why.line)}: ${why.message}`);
}

function list(book: Book, asJson: boolean, io: CommandIo): ExitStatus {
  if (asJson) {
    io.out(`${JSON.stringify(book.rules.map(({ id, title, group, level, track, guide, locked, stage, origin }) => ({
      id, title: title.text, title_en: title.en ?? title.text, group, level, track, guide: guide ?? null, locked, stage: stage.name, path: origin.path,
    })))}\n`);
    return 0;
  }
  for (const rule of book.rules) io.out(`${printable(`${rule.id}  ${rule.level}  ${severityText(rule.severity).padEnd(7)}  ${titleOf(rule, io)}`)}\n`);
  return 0;
}

/** Runs the examples of rules: the same loader and engine as everywhere. Exit status 1 when one does not behave. */
async function test(here: BookHere, ids: readonly string[], problems: readonly BookProblem[], hasErrors: boolean, io: CommandIo): Promise<ExitStatus> {
  const { book } = here;
  for (const id of ids) if (!book.rules.some((rule) => rule.id === id)) throw await noRule(id, here, io);
  for (const { path, message, severity } of problems) if (severity !== 'error') io.err(`${printable(path)}: ${printableSentence(io.language === 'ja' ? message.text : (message.en ?? message.text))}\n`);
  let good = 0;
  let bad = 0;
  for (const rule of book.rules.filter((one) => ids.length === 0 || ids.includes(one.id))) {
    for (const result of await runExamples(rule, book, io.language)) {
      if (result.ok) good++;
      else {
        bad++;
        io.out(`${printable(`${rule.origin.path}: ${rule.id} ${result.kind}`)} ${String(result.index + 1)}: ${printableSentence(io.language === 'ja' ? result.reason : result.reasonEn)}\n`);
      }
    }
  }
  io.err(io.language === 'ja' ? `例 ${String(good + bad)} 件：そのとおり ${String(good)} · 直したい ${String(bad)}\n` : `${String(good + bad)} examples: ${String(good)} behave, ${String(bad)} do not\n`);
  return bad === 0 && !hasErrors ? 0 : 1;
}

/** Prints what a rule asks and what each layer says about it, from the rule itself down to `kobo.yaml`. */
async function explain(here: BookHere, ids: readonly string[], today: string, io: CommandIo): Promise<ExitStatus> {
  const { book, settings: found } = here;
  const [id] = ids;
  if (id === undefined) throw new UsageError('kobo rules explain RULE');
  const effective = effectiveSettings(book, found?.koboFile.settings, today);
  const rule = effective.rules.find((one) => one.id === id);
  const setting = effective.ruleSetting(id);
  if (rule === undefined || setting === undefined) throw await noRule(id, here, io);
  io.out(`${printableLines(ruleLines(rule, setting, effective, found === undefined ? undefined : effective.level, book, io.language).join('\n'))}\n`);
  return 0;
}

/** Prints a rule as its file says it, as a rule file by itself; where it is written goes to standard error. */
async function show(here: BookHere, ids: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const { book, folder, settings } = here;
  const [id] = ids;
  if (id === undefined || ids.length > 1) throw new UsageError('kobo rules show RULE');
  const rule = [...book.rules, ...(book.overlays.get(settings?.koboFile.settings.id ?? '')?.addedRules ?? [])].find((one) => one.id === id);
  if (rule === undefined) throw await noRule(id, here, io);
  const { layer, path, span } = rule.origin;
  const isOwn = folder !== undefined && layer === book.id;
  const text = isOwn ? decodeText(await readFile(join(folder, path))).text : (await starterRuleFiles())[path];
  if (text === undefined) throw new UsageError(`${path} を読めません。 / ${path} cannot be read.`);
  io.err(`${printable(isOwn ? path : io.language === 'ja' ? `付属のコボブックの ${path}` : `${path} of the starter Book`)}\n`);
  io.out(printableLines(ruleFileOf(text.replaceAll('\r\n', '\n'), text.slice(0, span.start).replaceAll('\r\n', '\n').length)));
  return 0;
}

function severityText(severity: RuleSource['severity']): Severity {
  return typeof severity === 'string' ? severity : severity.default;
}

function titleOf(rule: RuleSource, io: CommandIo): string {
  return io.language === 'ja' ? rule.title.text : (rule.title.en ?? rule.title.text);
}
