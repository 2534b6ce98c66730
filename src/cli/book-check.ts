import { exampleProblems, runRules } from '../core/authoring/book-file';
import type { Book, Severity } from '../core/book/book';
import { checkBook } from '../core/book/check';
import { effectiveSettings } from '../core/product/settings';
import { todayIn } from '../core/product/today';
import { compileRules } from '../core/rules/compile';
import { placed, textsOf, type PlacedProblem } from './book-places';
import type { CommandIo, ExitStatus } from './io';
import { printable, printableSentence } from './printable';

/**
 * `kobo book check`: what is wrong with a Book, and what it replaces. Exit status 1 for an error or a warning.
 * @param folder where the Book's files are, `undefined` for the starter Book beside this program
 * @param today ISO day; the clock's when left out
 */
export async function checkBookCommand(
  book: Book, folder: string | undefined, today: string | undefined, asJson: boolean, io: CommandIo,
): Promise<ExitStatus> {
  const day = today ?? todayIn(book.timezone, io.clock());
  const { problems: ofRules } = compileRules(book, effectiveSettings(book, undefined, day));
  const found = [...checkBook(book, day), ...ofRules];
  const own = book.rules.filter((rule) => rule.origin.layer === book.id);
  const texts = await textsOf([...found, ...own.map((rule) => rule.origin)].map(({ path }) => path), book, folder);
  const problems = placed([...found, ...exampleProblems(await runRules(own, book, texts, asJson ? 'ja' : io.language))], texts);
  if (asJson) io.out(`${JSON.stringify(asData(book, problems))}\n`);
  else printed(book, problems, io);
  return problems.some(({ severity }) => severity === 'error' || severity === 'warning') ? 1 : 0;
}

function asData(book: Book, problems: readonly PlacedProblem[]): Readonly<Record<string, unknown>> {
  const count = (severity: Severity): number => problems.filter((problem) => problem.severity === severity).length;
  return {
    problems: problems.map(({ code, severity, path, range, message }) => ({
      code, severity, path, range, message: message.text, message_en: message.en ?? message.text,
    })),
    replacements: book.replacements.map(({ kind, id, by, replaced }) => ({ kind, id, path: by.path, replaced: { book: replaced.layer, path: replaced.path } })),
    summary: {
      pages: book.pages.length, types: book.types.size, rules: book.rules.length, templates: book.templates.length, kits: book.kits.length,
      terms: book.terms.length, errors: count('error'), warnings: count('warning'), infos: count('info'), hints: count('hint'),
    },
  };
}

function printed(book: Book, problems: readonly PlacedProblem[], io: CommandIo): void {
  const ja = io.language === 'ja';
  for (const { path, range, severity, code, message } of problems) {
    io.out(`${printable(path)}:${String(range.start.line + 1)}: ${severity}: ${printableSentence(ja ? message.text : (message.en ?? message.text))} (${code})\n`);
  }
  for (const { kind, id, by, replaced } of book.replacements) io.out(`${printable(`${kind} ${id}: ${by.path} → ${replaced.layer}/${replaced.path}`)}\n`);
  const { pages, types, rules, templates, kits, terms } = book;
  io.err(ja
    ? `ページ ${String(pages.length)} · 種類 ${String(types.size)} · 決まり ${String(rules.length)} · テンプレート ${String(templates.length)} · 一式 ${String(kits.length)} · 用語 ${String(terms.length)}：気になるところ ${String(problems.length)} 件\n`
    : `${String(pages.length)} pages, ${String(types.size)} types, ${String(rules.length)} rules, ${String(templates.length)} templates, ${String(kits.length)} kits, ${String(terms.length)} terms: ${String(problems.length)} problems\n`);
}
