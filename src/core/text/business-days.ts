import holidays from '@holiday-jp/holiday_jp/lib/holidays.js';
import { dayNumber, dayOfNumber, weekdayOf } from './calendar';

const holidayTable: Readonly<Record<string, { readonly name: string; readonly name_en: string } | undefined>> = holidays;

/** Name of the Japanese holiday on a day (1970-2050, data of the holiday-jp project), `undefined` on any other day. */
export function holidayName(day: string, language: 'ja' | 'en' = 'ja'): string | undefined {
  if (!Object.hasOwn(holidayTable, day)) return undefined;
  const holiday = holidayTable[day];
  return language === 'ja' ? holiday?.name : holiday?.name_en;
}

/** Days on which nobody works, beside weekends. */
export interface DaysOff {
  has(day: string): boolean;
  /** People work on Japanese holidays: they are elsewhere. */
  readonly abroad?: boolean;
}

/** The days off of a product by its language and time zone: whoever writes in another language elsewhere works on Japanese holidays. */
export function daysOffOf(language: string, timezone: string): DaysOff {
  return { has: () => false, abroad: language !== 'ja' && timezone !== 'Asia/Tokyo' };
}

/** Whether people work: not Saturday, Sunday, a Japanese holiday (unless abroad) or one of the days off given (company holidays). */
export function isBusinessDay(day: string, daysOff?: DaysOff): boolean {
  const weekday = weekdayOf(day);
  return weekday !== undefined && weekday !== 0 && weekday !== 6 && (daysOff?.abroad === true || holidayName(day) === undefined) && daysOff?.has(day) !== true;
}

/** Caps the walk of {@link addBusinessDays}: about 40 years, more than any plan. */
const mostBusinessDays = 10_000;

/** The `count`-th business day after a day (before it when negative). 0 gives the day itself. */
export function addBusinessDays(day: string, count: number, daysOff?: DaysOff): string {
  let number = dayNumber(day);
  if (number === undefined) return day;
  const step = count < 0 ? -1 : 1;
  let left = Math.min(Math.abs(Math.trunc(count)), mostBusinessDays);
  let walked = 0;
  while (left > 0 && walked++ < mostBusinessDays * 3) {
    number += step;
    if (isBusinessDay(dayOfNumber(number), daysOff)) left--;
  }
  return dayOfNumber(number);
}

/** The day itself when people work on it, else the next day they do. */
export function nextBusinessDay(day: string, daysOff?: DaysOff): string {
  return isBusinessDay(day, daysOff) ? day : addBusinessDays(day, 1, daysOff);
}

/** Business days after `from` up to and including `to`, negative when `to` is earlier; `undefined` for no ISO day. */
export function businessDaysBetween(from: string, to: string, daysOff?: DaysOff): number | undefined {
  const a = dayNumber(from);
  const b = dayNumber(to);
  if (a === undefined || b === undefined) return undefined;
  const low = Math.min(a, b);
  const high = Math.min(Math.max(a, b), low + mostBusinessDays * 3);
  let count = 0;
  for (let at = low + 1; at <= high; at++) {
    // Counting backwards leaves out the later end instead of the earlier one.
    if (isBusinessDay(dayOfNumber(b >= a ? at : at - 1), daysOff)) count++;
  }
  return b >= a ? count : -count;
}
