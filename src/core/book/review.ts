import { daysBetween, isIsoDay } from '../text/calendar';
import { addDuration, parseDuration } from '../text/duration';
import type { Page } from './book';

/**
 * Day on which a page is to be reviewed next.
 * @param cycle the Book's cycle, for pages that name none
 * @returns an ISO day, or empty when the page has no review date or cycle
 */
export function nextReview(page: Pick<Page, 'reviewed' | 'reviewCycle'>, cycle: string): string {
  const duration = parseDuration(page.reviewCycle === '' ? cycle : page.reviewCycle);
  return duration === undefined || !isIsoDay(page.reviewed) ? '' : addDuration(page.reviewed, duration);
}

/** Days a review is late; 0 when it is not. `today` is an ISO day. */
export function daysOverdue(page: Pick<Page, 'reviewed' | 'reviewCycle'>, cycle: string, today: string): number {
  const due = nextReview(page, cycle);
  return due === '' || due >= today ? 0 : (daysBetween(due, today) ?? 0);
}
