import type { TypedDocument } from '../product/meaning';
import { daysBetween } from '../text/calendar';
import type { Env } from './env';

/** Days by which a day without a year may lie ahead of today, or of the last update of what is kept up. */
export const longestAhead = 92;

/** The year a day without one most likely is of, seen from the day of its document, else from today. */
export function likelyYear(month: number, date: number, document: TypedDocument, env: Env): number {
  const year = env.yearOf(document);
  const today = ownDay(document) ?? env.context.today;
  const of = (each: number): string => `${String(each)}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  if (of(year) < today && isWithin(of(year + 1), today, longestAhead)) return year + 1;
  return of(year) > today && isWithin(today, of(year - 1), longestAhead) ? year - 1 : year;
}

/** Whether a day is another or lies at most so many days behind it. */
export function isWithin(day: string, from: string, most: number): boolean {
  const ahead = daysBetween(from, day);
  return ahead !== undefined && ahead >= 0 && ahead <= most;
}

const days = new WeakMap<TypedDocument, { readonly day: string | undefined }>();

/** The day a document gives for itself, read once. */
export function ownDay(document: TypedDocument): string | undefined {
  let known = days.get(document);
  if (known === undefined) days.set(document, (known = { day: document.day }));
  return known.day;
}
