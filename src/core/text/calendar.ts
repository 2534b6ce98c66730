/**
 * Days of the proleptic Gregorian calendar as ISO strings (`YYYY-MM-DD`). Nothing here knows a time zone: a day is a
 * day. Day numbers count from 1970-01-01 (= 0).
 */

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Number of days of a month (1-12); 0 for a month that does not exist. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)) return 29;
  return monthLengths[month - 1] ?? 0;
}

/** Whether such a day exists. */
export function isRealDay(year: number, month: number, day: number): boolean {
  return day >= 1 && day <= daysInMonth(year, month);
}

/** ISO day of its parts, which must be real. */
export function isoDay(year: number, month: number, day: number): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

/** Whether a string is exactly `YYYY-MM-DD` and such a day exists. */
export function isIsoDay(text: string): boolean {
  return partsOf(text) !== undefined;
}

function partsOf(day: string): readonly [number, number, number] | undefined {
  if (day.length !== 10 || day[4] !== '-' || day[7] !== '-') return undefined;
  for (const at of [0, 1, 2, 3, 5, 6, 8, 9]) {
    const c = day.charCodeAt(at);
    if (c < 48 || c > 57) return undefined;
  }
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  const date = Number(day.slice(8, 10));
  return isRealDay(year, month, date) ? [year, month, date] : undefined;
}

/** Days since 1970-01-01, `undefined` for text that is not an ISO day. Shifts the year to March so that leap days come last. */
export function dayNumber(day: string): number | undefined {
  const parts = partsOf(day);
  if (parts === undefined) return undefined;
  const [year, month, date] = parts;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + date - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

/** ISO day of a day number; the inverse of {@link dayNumber}. */
export function dayOfNumber(number: number): string {
  const shifted = number + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shiftedMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const date = dayOfYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  return isoDay(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date);
}

/** The day `count` days later (earlier when negative); the day itself when it is no ISO day. */
export function addDays(day: string, count: number): string {
  const number = dayNumber(day);
  return number === undefined ? day : dayOfNumber(number + count);
}

/** The same day of the month `count` months later; the last of the month where it is shorter (01-31 + 1 = 02-28). */
export function addMonths(day: string, count: number): string {
  const parts = partsOf(day);
  if (parts === undefined) return day;
  const [year, month, date] = parts;
  const months = year * 12 + (month - 1) + count;
  const newYear = Math.floor(months / 12);
  const newMonth = months - newYear * 12 + 1;
  return isoDay(newYear, newMonth, Math.min(date, daysInMonth(newYear, newMonth)));
}

/** Days from `from` to `to` (negative when `to` is earlier); `undefined` when either is no ISO day. */
export function daysBetween(from: string, to: string): number | undefined {
  const a = dayNumber(from);
  const b = dayNumber(to);
  return a === undefined || b === undefined ? undefined : b - a;
}

/** 0 = Sunday … 6 = Saturday; `undefined` when it is no ISO day. */
export function weekdayOf(day: string): number | undefined {
  const number = dayNumber(day);
  return number === undefined ? undefined : (((number + 4) % 7) + 7) % 7;
}

/** Weekday names by {@link weekdayOf}. */
export const weekdayNames = {
  ja: ['日', '月', '火', '水', '木', '金', '土'],
  en: ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'],
} as const;
