import type { BookProblem, DocumentType, RuleSource } from '../book/book';
import type { ProjectDocument } from '../document/document';
import type { Finding } from '../rules/finding';
import { ownGuides } from '../rules/reading';
import type { Span } from '../text/position';
import type { Guides } from './guides';
import { numberMessages, practiceMessages, type Practice } from './practice';
import { koboFileName, type ProductSettings } from './product';

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
  const finding = (message: string, span: Span) => findingAt(document, span, { rule: 'kobo.practice', severity: 'info', message, guide });
  const top = { start: 0, end: 0 };
  return [
    ...numberMessages(numbers, language).map((message) => finding(message, top)),
    ...types.flatMap((type) => practiceMessages(type, practice, rules, language).map((message) => finding(message, patterns.get(type.id) ?? top))),
  ];
}

/** The words of a problem in a language. */
export function wordsOf(problem: BookProblem, language: 'ja' | 'en'): string {
  return language === 'en' ? (problem.message.en ?? problem.message.text) : problem.message.text;
}

function findingAt(document: ProjectDocument, span: Span, about: Pick<Finding, 'rule' | 'severity' | 'message' | 'guide'>): Finding {
  return { ...about, path: koboFileName, span, range: document.lines.rangeOf(span), fixes: [], related: [], suppression: undefined, timeOnly: false };
}
