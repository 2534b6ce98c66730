import type { Book, BookProblem } from './book';
import { aliasProblems } from './check-aliases';
import { duplicateProblems } from './check-duplicates';
import { guideProblems } from './check-guides';
import { idProblems } from './check-ids';
import { lifecycleProblems } from './check-lifecycle';
import { linkProblems } from './check-links';
import { orphanProblems } from './check-orphans';
import { pageHeadProblems } from './check-page-heads';
import { readPages } from './check-pages';
import { reviewProblems } from './check-review';
import { ruleProblems } from './check-rules';
import { spellingProblems, termProblems } from './check-terms';

/**
 * Everything wrong with a Book that its files show: what loading found (schemas, unknown names), and what only shows when
 * pages, rules, types and terms are seen together. Linear in the size of the Book. Of a Book over the starter Book only
 * what its own files cause is told.
 *
 * @param today ISO day for overdue reviews; `undefined` leaves them out
 * @returns problems in the order of path and place
 */
export function checkBook(book: Book, today: string | undefined): readonly BookProblem[] {
  const pages = readPages(book);
  const found = [
    ...checkDefinitions(book),
    ...linkProblems(book, pages),
    ...reviewProblems(book, today),
    ...orphanProblems(book, pages),
    ...duplicateProblems(book, pages),
    ...termProblems(book, pages),
    ...pageHeadProblems(book),
  ];
  return found.sort((a, b) => (a.path === b.path ? a.span.start - b.span.start || compare(a.code, b.code) : compare(a.path, b.path)));
}

/** The part of {@link checkBook} that is about what the YAML files say: quick enough to be asked while one is written. */
export function checkDefinitions(book: Book): readonly BookProblem[] {
  return [...book.problems, ...guideProblems(book, readPages(book)), ...aliasProblems(book), ...idProblems(book), ...lifecycleProblems(book), ...spellingProblems(book), ...ruleProblems(book)];
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
