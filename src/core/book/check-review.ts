import { isIsoDay } from '../text/calendar';
import type { Book, BookProblem } from './book';
import { isOwn } from './check-pages';
import { fileStart, problem } from './problems';
import { daysOverdue, nextReview } from './review';

/** Pages without owner or review date, and (with `today`) reviews that are late. */
export function reviewProblems(book: Book, today: string | undefined): readonly BookProblem[] {
  const cycle = book.review?.defaultCycle ?? '';
  return book.pages.filter((page) => isOwn(book, page)).flatMap((page) => {
    const found: BookProblem[] = [];
    if (page.owner === '') found.push(problem(page.path, fileStart, 'warning', 'no-owner',
      'ページの責任者がありません。先頭の --- の中に owner を役割で書いてください。', 'The page has no owner. Write owner, as a role, in the front matter.'));
    if (!isIsoDay(page.reviewed)) found.push(problem(page.path, fileStart, 'warning', 'no-review-date',
      '最後に見直した日がありません。先頭の --- の中に reviewed: 2026-11-01 の形で書いてください。', 'The day of the last review is missing. Write it as reviewed: 2026-11-01 in the front matter.'));
    const late = today === undefined ? 0 : daysOverdue(page, cycle, today);
    if (late > 0) found.push(problem(page.path, fileStart, 'info', 'review-overdue',
      `見直しの予定日（${nextReview(page, cycle)}）を${String(late)}日過ぎています。読み直して reviewed を改めてください。`,
      `The review was due on ${nextReview(page, cycle)}, ${String(late)} days ago. Read the page again and renew reviewed.`));
    return found;
  });
}
