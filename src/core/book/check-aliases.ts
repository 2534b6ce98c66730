import { normalise } from '../text/normalise';
import type { Book, BookProblem, Page } from './book';
import { isOwn } from './check-pages';
import { fileStart, problem } from './problems';

/** Aliases that stand for two pages, so that they lead to neither; titles count, also of product pages among their own. */
export function aliasProblems(book: Book): readonly BookProblem[] {
  const found: BookProblem[] = [];
  const owners = new Map<string, Page>();
  for (const page of book.pages) owners.set(keyOf(page, page.title), page);
  for (const page of book.pages) {
    for (const alias of page.aliases) {
      const key = keyOf(page, alias);
      const owner = owners.get(key);
      if (owner === undefined) owners.set(key, page);
      else if (owner !== page) found.push(...told(book, page, owner, alias));
    }
  }
  return found;
}

function keyOf(page: Page, name: string): string {
  return `${page.product ?? ''}\u0000${normalise(name).trim()}`;
}

function told(book: Book, page: Page, owner: Page, alias: string): readonly BookProblem[] {
  const [at, other] = isOwn(book, page) ? [page, owner] : [owner, page];
  if (!isOwn(book, at)) return [];
  const start = at.text.indexOf(alias, Math.max(0, at.text.indexOf('\naliases')));
  return [problem(at.path, start < 0 ? fileStart : { start, end: start + alias.length }, 'warning', 'alias-twice',
    `別名「${alias}」は「${other.title}」（${other.path}）でも使われています。どちらか1つのページに残してください。`,
    `The alias "${alias}" also stands for "${other.title}" (${other.path}). Keep it on one page.`)];
}
