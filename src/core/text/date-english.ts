import { daysInMonth } from './calendar';
import { isAsciiWord } from './normalise';
import { standsAsDay } from './date-alone';

/** A date in English words. */
export interface EnglishDate {
  /** Just behind the year, or the day of the month where none is written. */
  readonly end: number;
  readonly year: number | undefined;
  readonly month: number;
  readonly date: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** The name of a month in English, whole or short, in one group of a regular expression. */
export const monthName = '(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)';
const blank = String.raw`[ \u00a0\u202f]{1,2}`;
const year = String.raw`(?:,?${blank}((?:19|20)\d{2})(?![\w-]))?`;
const monthFirst = new RegExp(String.raw`${monthName}\.?${blank}(\d{1,2})(?:st|nd|rd|th)?${year}`, 'iuy');
const dayFirst = new RegExp(String.raw`(\d{1,2})(?:st|nd|rd|th)?(?:${blank}of)?${blank}${monthName}(?![A-Za-z])\.?${year}`, 'iuy');

/** `20-Nov-2026`, `20-Nov-26`: how spreadsheets in English show a day. */
const joined = new RegExp(String.raw`(\d{1,2})([-/])${monthName}\2((?:19|20)?\d{2})(?![\w-])`, 'iuy');

/** 1 to 12 for what {@link monthName} matches. */
export function monthNumber(name: string): number {
  return months.indexOf(name.slice(0, 3).toLowerCase()) + 1;
}

/** Whether a character (its code unit) may begin the name of a month: A D F J M N O S. */
export function beginsMonth(c: number): boolean {
  const upper = c & ~32;
  return upper === 65 || upper === 68 || upper === 70 || upper === 74 || upper === 77 || upper === 78 || upper === 79 || upper === 83;
}

const monthKeys = new Set(months.map((name) => keyOf(name, 0)));

/** The next three letters as one number, lower case. */
function keyOf(text: string, at: number): number {
  return ((text.charCodeAt(at) | 32) << 16) | ((text.charCodeAt(at + 1) | 32) << 8) | (text.charCodeAt(at + 2) | 32);
}

/** Whether the name of a month may begin at a place: its first three letters, and no word before. */
export function isMonthName(text: string, at: number): boolean {
  return monthKeys.has(keyOf(text, at)) && !(at > 0 && isAsciiWord(text.charCodeAt(at - 1)));
}

/**
 * `February 17, 2023`, `Feb 17 2023`, `17 February 2023`, `17th Feb. 2023`, `17-Feb-2023`, `17-Feb-23` at a place of a text; also `Feb 17`
 * and `17th of February` where they stand as days.
 */
export function readEnglishDate(text: string, at: number): EnglishDate | undefined {
  if (at > 0 && isAsciiWord(text.charCodeAt(at - 1))) return undefined;
  const digit = isDigit(text.charCodeAt(at));
  if (digit) {
    const behind = at + (isDigit(text.charCodeAt(at + 1)) ? 2 : 1);
    const next = text.charCodeAt(behind);
    if (next === 45 || next === 47) return beginsMonth(text.charCodeAt(behind + 1)) ? readJoined(text, at) : undefined;
    if (!mayBeFollowed(next)) return undefined;
  }
  const pattern = digit ? dayFirst : monthFirst;
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  if (match === null) return undefined;
  const [whole, first = '', second = '', written] = match;
  // `12.0.0 October 2024`: the end of a version.
  if (digit && (Number(first) === 0 || text.charCodeAt(at - 1) === 46)) return undefined;
  const name = digit ? second : first;
  const month = monthNumber(name);
  const date = Number(digit ? first : second);
  const end = at + whole.length;
  if (written !== undefined) return { end, year: Number(written), month, date };
  // `Jun 31` may be a year, and `dec 4` code: what is no sure day is left alone.
  if (date < 1 || date > daysInMonth(2000, month) || !/^[A-Z]/u.test(name)) return undefined;
  return standsAsDay(text, at, end, name, digit) ? { end, year: undefined, month, date } : undefined;
}

function readJoined(text: string, at: number): EnglishDate | undefined {
  joined.lastIndex = at;
  const match = joined.exec(text);
  // `2026-01-20-Nov-26`, `1.2-may-20`: the end of something longer.
  if (match === null || text.charCodeAt(at - 1) === 45 || text.charCodeAt(at - 1) === 46) return undefined;
  const [whole, date = '', , name = '', year = ''] = match;
  return { end: at + whole.length, year: year.length === 2 ? 2000 + Number(year) : Number(year), month: monthNumber(name), date: Number(date) };
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

/** A blank, or the first letter of st nd rd th, behind the day. */
function mayBeFollowed(c: number): boolean {
  const lower = c | 32;
  return c === 32 || c === 0xa0 || c === 0x202f || lower === 115 || lower === 110 || lower === 114 || lower === 116;
}
