import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { atTheirWords } from '../core/authoring/places';
import type { Book, BookProblem } from '../core/book/book';
import { LineIndex, type Range } from '../core/text/position';
import type { BookError } from './book-errors';

/** A problem of a Book with the lines and characters of its file. */
export interface PlacedProblem extends BookProblem {
  readonly range: Range;
}

/** Texts of files of the Book, as far as they can be read. */
export async function textsOf(paths: readonly string[], book: Book, folder: string | undefined): Promise<ReadonlyMap<string, string>> {
  const pages = new Map(book.pages.map((page) => [page.path, page.text]));
  const texts = new Map<string, string>();
  for (const path of new Set(paths)) {
    const text = pages.get(path) ?? (folder === undefined ? undefined : await readFile(join(folder, path), 'utf8').catch(() => undefined));
    if (text !== undefined) texts.set(path, text.replace(/^\uFEFF/u, ''));
  }
  return texts;
}

/**
 * The errors among problems of a Book, each at its line.
 * @param folder where the Book's files are, `undefined` for the starter Book
 */
export async function bookErrorsOf(problems: readonly BookProblem[], book: Book, folder: string | undefined, language: 'ja' | 'en'): Promise<readonly BookError[]> {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length === 0) return [];
  const texts = await textsOf(errors.map(({ path }) => path), book, folder);
  return placed(errors, texts).map(({ path, range, message, leavesOut }) => ({
    path: folder === undefined ? path : resolve(folder, path), line: range.start.line + 1,
    message: language === 'ja' ? message.text : (message.en ?? message.text), ...(leavesOut === undefined ? {} : { rule: leavesOut }),
  }));
}

/** The problems at their words, with lines and characters, in the order of path and place. */
export function placed(problems: readonly BookProblem[], texts: ReadonlyMap<string, string>): readonly PlacedProblem[] {
  return [...new Set(problems.map((problem) => problem.path))].sort(compare).flatMap((path) => {
    const text = texts.get(path) ?? '';
    const index = new LineIndex(text);
    return atTheirWords(problems.filter((problem) => problem.path === path), path.endsWith('.md') ? '' : text)
      .map((problem) => ({ ...problem, range: { start: index.positionAt(problem.span.start), end: index.positionAt(problem.span.end) } }))
      .sort((a, b) => a.span.start - b.span.start || compare(a.code, b.code));
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
