import type { BookProblem, DocumentType, RuleAdjustment, RuleSource } from '../book/book';
import type { ProjectDocument } from '../document/document';
import type { Finding } from '../rules/finding';
import { ownGuides } from '../rules/reading';
import type { LineIndex, Span } from '../text/position';
import type { Guides } from './guides';
import { numberMessages, practiceMessages, type Practice } from './practice';
import { koboFileName, type ProductSettings } from './product';

/** Of what most documents of a type lack. No rule of the Book, but `rules:` of `kobo.yaml` may change it like one. */
export const practiceRule = 'kobo.practice';

/** Such findings as `rules:` of `kobo.yaml` wants them. */
export function underSetting(findings: readonly Finding[], setting: RuleAdjustment | undefined): readonly Finding[] {
  if (setting?.off === true) return [];
  const severity = setting?.severity;
  return severity === undefined ? findings : findings.map((finding) => ({ ...finding, severity }));
}

/** Of what leaves all of `kobo.yaml` unread. */
const unreadableCodes: ReadonlySet<string> = new Set(['book.yaml', 'book.unreadable', 'book.format', 'book.not-a-map', 'book.encoding', 'book.aliases', 'book.depth', 'book.too-large']);

/** Whether nothing of `kobo.yaml` is known for it: what only follows from that need not be told. */
export function leavesAllOut({ code }: BookProblem): boolean {
  return unreadableCodes.has(code);
}

/**
 * What of `kobo.yaml` or the baseline is not heeded, as it cannot be read, or names what is not there. Touching a locked rule is a fault, but read.
 * @param lines of `kobo.yaml`
 * @returns with lines from 1
 */
export function unreadParts(problems: readonly BookProblem[], lines: LineIndex | undefined, language: 'ja' | 'en'): readonly { readonly path: string; readonly line: number; readonly message: string }[] {
  return problems
    .filter(({ severity, code }) => severity === 'error' && code !== 'book.locked')
    .map((problem) => ({ path: problem.path, line: (lines?.positionAt(problem.span.start).line ?? 0) + 1, message: wordsOf(problem, language) }));
}

/** What is wrong in `kobo.yaml`, as findings in it. */
export function problemFindings(document: ProjectDocument, problems: readonly BookProblem[], language: 'ja' | 'en', guides: Guides): readonly Finding[] {
  return problems.map((problem) => findingAt(document, problem.span, {
    rule: `kobo.${problem.code}`, severity: problem.severity, message: wordsOf(problem, language), guide: guides.own(ownGuides.koboFile),
  }));
}

/** What is not said of each document because most of a type lack it is said once, at the type's line of `kobo.yaml`. */
export function practiceFindings(document: ProjectDocument, of: {
  readonly types: readonly DocumentType[];
  /** Those that ask something here. */
  readonly rules: readonly RuleSource[];
  readonly practice: Practice;
  /** Beginning of numbers that nobody explains → the numbers. */
  readonly numbers: ReadonlyMap<string, readonly string[]>;
  readonly patterns: ProductSettings['documents'];
  readonly language: 'ja' | 'en';
  readonly guides: Guides;
}): readonly Finding[] {
  const { types, rules, practice, numbers, language } = of;
  const patterns = new Map(of.patterns.map((pattern) => [pattern.type, pattern.span]));
  const guide = of.guides.own(ownGuides.practice);
  const finding = (message: string, span: Span) => findingAt(document, span, { rule: practiceRule, severity: 'info', message, guide });
  const top = { start: 0, end: 0 };
  return [
    ...numberMessages(numbers, language).map((message) => finding(message, top)),
    ...types.flatMap((type) => practiceMessages(type, practice, rules, language).map((message) => finding(message, patterns.get(type.id) ?? top))),
  ];
}

/** The words of a problem in a language. */
function wordsOf(problem: BookProblem, language: 'ja' | 'en'): string {
  return language === 'en' ? (problem.message.en ?? problem.message.text) : problem.message.text;
}

function findingAt(document: ProjectDocument, span: Span, about: Pick<Finding, 'rule' | 'severity' | 'message' | 'guide'>): Finding {
  return { ...about, path: koboFileName, span, range: document.lines.rangeOf(span), fixes: [], related: [], suppression: undefined, timeOnly: false };
}
