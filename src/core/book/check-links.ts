import type { Book, BookProblem } from './book';
import { isOwn, type ReadPage } from './check-pages';
import { fileStart, problem } from './problems';

/**
 * Links of pages that lead nowhere: to a page or heading the Book does not have. A link of a page below that broke
 * because its target was replaced is told at the page that replaces it.
 */
export function linkProblems(book: Book, pages: ReadonlyMap<string, ReadPage>): readonly BookProblem[] {
  const found: BookProblem[] = [];
  for (const from of pages.values()) {
    const own = isOwn(book, from.page);
    from.document.links.forEach((link, index) => {
      const target = from.targets[index];
      if (link.image || target === undefined || target.kind === 'web') return;
      if (target.kind === 'dead') {
        if (own) found.push(problem(from.page.path, link.targetSpan, 'warning', 'dead-link',
          `リンク先「${link.target}」のページがありません。場所を直すか、リンクを外してください。`,
          `There is no page "${link.target}". Correct the link or remove it.`));
        return;
      }
      const to = pages.get(target.path);
      if (target.anchor === '' || to === undefined || to.anchors.has(target.anchor)) return;
      if (own) found.push(problem(from.page.path, link.targetSpan, 'warning', 'dead-anchor',
        `「${to.page.title}」に見出し「#${target.anchor}」がありません。見出しの名前に合わせてください。`,
        `"${to.page.title}" has no heading "#${target.anchor}". Use the name of a heading.`));
      else if (isOwn(book, to.page)) found.push(problem(to.page.path, fileStart, 'warning', 'dead-anchor',
        `下敷きのページ「${from.page.title}」からリンクされている見出し「#${target.anchor}」がありません。見出しを残してください。`,
        `The page "${from.page.title}" of the Book below links to "#${target.anchor}", which is missing here. Keep the heading.`));
    });
  }
  return found;
}
