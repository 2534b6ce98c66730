import type { Book, BookProblem } from './book';
import { guidesOf } from './check-guides';
import { isOwn, type ReadPage } from './check-pages';
import { fileStart, problem } from './problems';

const entrances = new Set(['index.md', '_index.md', 'readme.md']);

/** Pages that no other page, rule, type, term or gate leads to. The entrance of a folder needs no link. */
export function orphanProblems(book: Book, pages: ReadonlyMap<string, ReadPage>): readonly BookProblem[] {
  const reached = new Set(guidesOf(book).map((guide) => guide.target.split('#', 1)[0] ?? ''));
  for (const [path, { targets }] of pages) {
    for (const target of targets) if (target.kind === 'page' && target.path !== path) reached.add(target.path);
  }
  return book.pages
    .filter((page) => isOwn(book, page) && !reached.has(page.path) && !entrances.has(page.path.slice(page.path.lastIndexOf('/') + 1).toLowerCase()))
    .map((page) => problem(page.path, fileStart, 'warning', 'orphan',
      'どのページからもリンクされていません。入口か関係するページにリンクを足してください。', 'No page links here. Add a link on an index or related page.'));
}
