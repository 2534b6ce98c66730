import { isRealDay, isoDay, weekdayOf } from './calendar';
import { beginsMonth, isMonthName, readEnglishDate } from './date-english';
import { digitValue, isAsciiWord } from './normalise';
import type { Span } from './position';

/** How a date is written. `month_day` has no year: `11月24日`, `11/24`. */
export type DateFormat = 'iso' | 'slash' | 'dot' | 'compact' | 'kanji' | 'era' | 'english' | 'month_day';

/** A weekday behind a date, `（火）`, or in front of one in English. `index` 0 = Sunday … 6 = Saturday. */
export interface FoundWeekday {
  readonly name: string;
  readonly index: number;
  /** The name alone, without brackets. */
  readonly span: Span;
}

/** A date as written in a text, possible or not. */
export interface FoundDate {
  /** The date without its weekday. */
  readonly span: Span;
  readonly format: DateFormat;
  /** The ISO day; `undefined` when there is no such day or no year is known. */
  readonly day: string | undefined;
  /** False for days that do not exist: 2026-02-30. */
  readonly valid: boolean;
  readonly yearWritten: boolean;
  /** The year written, or the one taken from the options or the start of the range. */
  readonly year: number | undefined;
  readonly month: number;
  readonly date: number;
  readonly weekday: FoundWeekday | undefined;
  /** Whether the weekday is that of the day; `undefined` when either is missing. */
  readonly weekdayRight: boolean | undefined;
  /** Which end of `A〜B` this is. */
  readonly range: 'start' | 'end' | undefined;
  /** False for `3/4` alone, which may as well be a share. */
  readonly certain: boolean;
}

export interface DateOptions {
  /** Year for dates that have none. */
  readonly year?: number;
  /** Reading a file name, where `-` and `_` separate words: `minutes-20261124.md`. */
  readonly inName?: boolean;
}

export type DateReading =
  | {
      readonly ok: true;
      readonly day: string;
      readonly weekday?: string;
      readonly weekdayRight?: boolean;
      readonly yearWritten: boolean;
      /** The date alone. */
      readonly span: Span;
    }
  | { readonly ok: false; readonly reason: DateProblem; readonly span: Span };

/**
 * Why a text is not a day: nothing there; no date at all; a day that does not exist; no year and none given; only a
 * month (`2026年11月末`); two days (`A〜B`); more words than the date.
 */
export type DateProblem = 'empty' | 'not_a_date' | 'impossible' | 'no_year' | 'month_only' | 'range' | 'more_text';

interface Raw {
  readonly end: number;
  readonly format: DateFormat;
  readonly year: number | undefined;
  readonly month: number;
  readonly date: number;
}

const YEAR = 0x5e74;
const MONTH = 0x6708;
const DAY = 0x65e5;
const eras: Readonly<Record<string, number>> = { 令和: 2018, 平成: 1988, 昭和: 1925, 大正: 1911, 明治: 1867 };
const eraLetters: Readonly<Record<string, number>> = { R: 2018, H: 1988, S: 1925, T: 1911, M: 1867 };

/**
 * Every date in a text, in order. Reads ISO, `2026/11/24`, `2026.11.24`, `24.11.2026`, `20261124` (only where plausible), `2026年11月24日`,
 * `令和8年11月24日`, `R8.11.24`, `11月24日`, `11/24`, `Nov 24, 2026`, `24 November`, in full-width digits too, with a weekday behind. Linear.
 */
export function findDates(text: string, options: DateOptions = {}): readonly FoundDate[] {
  const found: FoundDate[] = [];
  let previous: FoundDate | undefined;
  for (let i = 0; i < text.length; ) {
    const c = text.charCodeAt(i);
    const begins = beginnings[c] ?? 0;
    if (begins === 0) {
      i++;
      continue;
    }
    const digit = (begins & DIGIT) !== 0;
    const month = (begins & LETTER) !== 0 && isMonthName(text, i);
    const era = (begins & ERA) !== 0 && mayBeEra(c, text.charCodeAt(i + 1));
    if (!digit && !month && !era) {
      i++;
      continue;
    }
    const joined = previous !== undefined && joins(text, endOf(previous), i) ? previous : undefined;
    const raw = (era ? readEra(text, i) : undefined) ?? (digit ? readAt(text, i, options, joined) : undefined) ?? (digit || month ? readEnglish(text, i, options) : undefined);
    if (raw === undefined) {
      i++;
      // The rest of a number is no date of its own.
      if (digit) while (i < text.length && digitValue(text.charCodeAt(i)) >= 0) i++;
      continue;
    }
    const date = complete(text, i, raw, options, joined);
    if (joined !== undefined) found[found.length - 1] = { ...joined, range: 'start', certain: true };
    found.push(date);
    previous = date;
    i = endOf(date);
  }
  return found;
}

/** Reads a text that should be one date and nothing else (a weekday, a time, まで and brackets may follow). */
export function parseDate(text: string, options: DateOptions = {}): DateReading {
  const start = text.length - text.trimStart().length;
  const whole: Span = { start, end: Math.max(start, text.trimEnd().length) };
  if (whole.start === whole.end) return { ok: false, reason: 'empty', span: whole };
  if (whole.end - whole.start > 80) return { ok: false, reason: 'not_a_date', span: whole };
  const dates = findDates(text, options);
  const date = dates[0];
  if (date === undefined) return { ok: false, reason: isMonthOnly(text) ? 'month_only' : 'not_a_date', span: whole };
  if (dates.length > 1) return { ok: false, reason: date.range === 'start' ? 'range' : 'more_text', span: whole };
  if (!/^[\s(（~〜～]*$/u.test(text.slice(0, date.span.start)) || !isTail(text.slice(endOf(date), whole.end))) {
    return { ok: false, reason: 'more_text', span: whole };
  }
  if (!date.valid) return { ok: false, reason: 'impossible', span: date.span };
  if (date.day === undefined) return { ok: false, reason: 'no_year', span: date.span };
  return {
    ok: true,
    day: date.day,
    yearWritten: date.yearWritten,
    span: date.span,
    ...(date.weekday === undefined ? {} : { weekday: date.weekday.name }),
    ...(date.weekdayRight === undefined ? {} : { weekdayRight: date.weekdayRight }),
  };
}

/** Just behind a date and its weekday, brackets included. */
function endOf(date: FoundDate): number {
  return date.weekday === undefined ? date.span.end : Math.max(date.span.end, date.weekday.span.end);
}

function isTail(rest: string): boolean {
  const tail = rest.normalize('NFKC').replace(/[()[\]\s、,。.]/gu, '');
  return /^(曜日?)?(・?祝日?)?(T?\d{1,2}[:時]\d{0,2}分?(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?([-~〜]\d{1,2}[:時]\d{0,2}分?)?(まで|迄|より|から|必着|厳守|予定|中|付け?|頃|ごろ|時点|現在)?[~〜]?$/u.test(tail);
}

function isMonthOnly(text: string): boolean {
  return /^(\d{4}年\d{1,2}月|\d{4}[-/.]\d{1,2}|(令和|平成|昭和)[元\d]{1,2}年\d{1,2}月|\d{1,2}月)(初旬|上旬|中旬|下旬|末|中|頃|ごろ|初め|末日)?(まで)?$/u.test(
    text.normalize('NFKC').replace(/\s+/gu, ''),
  );
}

/** What a UTF-16 unit may begin, as bits. */
const DIGIT = 1;
const LETTER = 2;
const ERA = 4;
const beginnings = new Uint8Array(0x10000);
// What is not below begins nothing: no digit of full width, no kanji of an era.
for (const [from, to] of [[0, 0x7f], [0x4ee4, 0x4ee4], [0x5927, 0x5927], [0x5e73, 0x5e73], [0x660e, 0x660e], [0x662d, 0x662d], [0xff10, 0xff19]] as const) {
  for (let c = from; c <= to; c++) beginnings[c] = (digitValue(c) >= 0 ? DIGIT : 0) | (c < 0x80 && beginsMonth(c) ? LETTER : 0) | (beginsEra(c) ? ERA : 0);
}

function beginsEra(c: number): boolean {
  // 令 平 昭 大 明 and the letters R H S (T and M stand for too much else to be looked for in running text).
  return c === 0x4ee4 || c === 0x5e73 || c === 0x662d || c === 0x5927 || c === 0x660e || c === 82 || c === 72 || c === 83;
}

/** Whether what follows the first unit of an era goes with it: 和 成 和 正 治, a digit or 元 behind a letter. */
function mayBeEra(first: number, second: number): boolean {
  if (first < 128) return digitValue(second) >= 0 || second === 0x5143;
  return second === 0x548c || second === 0x6210 || second === 0x6b63 || second === 0x6cbb;
}

/** A number of at most `most` digits, ASCII or full-width; `undefined` when there is none or it is longer. */
function readNumber(text: string, at: number, most: number): { value: number; end: number; count: number } | undefined {
  let end = at;
  let value = 0;
  for (; end < text.length; end++) {
    const digit = digitValue(text.charCodeAt(end));
    if (digit < 0) break;
    if (end - at >= most) return undefined;
    value = value * 10 + digit;
  }
  return end === at ? undefined : { value, end, count: end - at };
}

function skipSpaces(text: string, at: number): number {
  let end = at;
  while (end < at + 3 && isBlank(text.charCodeAt(end))) end++;
  return end;
}

/** A blank between the parts of a date, also one at which no line breaks. */
function isBlank(c: number): boolean {
  return c === 32 || c === 0x3000 || c === 0xa0 || c === 0x202f;
}

/** A number followed by a kanji, with spaces allowed around: `11 月`. */
function readUnit(text: string, at: number, most: number, unit: number): { value: number; end: number } | undefined {
  const number = readNumber(text, skipSpaces(text, at), most);
  if (number === undefined) return undefined;
  const end = skipSpaces(text, number.end);
  return text.charCodeAt(end) === unit ? { value: number.value, end: end + 1 } : undefined;
}

function readEra(text: string, at: number): Raw | undefined {
  const two = eras[text.slice(at, at + 2)];
  const letter = two === undefined && !isAsciiWord(at > 0 ? text.charCodeAt(at - 1) : 32) ? eraLetters[text.charAt(at)] : undefined;
  const base = two ?? letter;
  if (base === undefined) return undefined;
  let i = at + (two === undefined ? 1 : 2);
  i = two === undefined ? i : skipSpaces(text, i);
  let year: number;
  if (text[i] === '元') {
    year = base + 1;
    i++;
  } else {
    const number = readNumber(text, i, 2);
    if (number === undefined || number.value === 0) return undefined;
    year = base + number.value;
    i = number.end;
  }
  const afterYear = two === undefined ? i : skipSpaces(text, i);
  if (text.charCodeAt(afterYear) === YEAR) {
    const rest = readMonthDay(text, afterYear + 1);
    return rest === undefined ? undefined : { ...rest, format: 'era', year };
  }
  const separator = text[i];
  if (separator !== '.' && separator !== '/' && separator !== '-' && separator !== '．' && separator !== '／') return undefined;
  const month = readNumber(text, i + 1, 2);
  if (month === undefined || text[month.end] !== separator) return undefined;
  const date = readNumber(text, month.end + 1, 2);
  if (date === undefined || month.value > 12 || date.value > 31) return undefined;
  return { end: date.end, format: 'era', year, month: month.value, date: date.value };
}

function readEnglish(text: string, at: number, options: DateOptions): Raw | undefined {
  const date = readEnglishDate(text, at);
  // `May 27 Release.md` says nothing of a year, and names of files are asked for whole days.
  return date === undefined || (date.year === undefined && options.inName === true) ? undefined : { ...date, format: 'english' };
}

function readMonthDay(text: string, at: number): { end: number; month: number; date: number } | undefined {
  const month = readUnit(text, at, 2, MONTH);
  if (month === undefined) return undefined;
  const date = readUnit(text, month.end, 2, DAY);
  if (date === undefined) return undefined;
  return { end: date.end, month: month.value, date: date.value };
}

function readAt(text: string, at: number, options: DateOptions, joined: FoundDate | undefined): Raw | undefined {
  const before = at > 0 ? text.charCodeAt(at - 1) : 32;
  const first = readNumber(text, at, 8);
  if (first === undefined) return undefined;
  const inName = options.inName === true;
  if (isAsciiWord(before) && !(inName && before === 95)) return undefined;
  if (first.count === 8) return readCompact(text, at, first.value, before, inName);
  const kanji = skipSpaces(text, first.end);
  const next = text.charCodeAt(kanji);
  if (next === YEAR && (first.count === 4 || first.count === 2)) {
    const rest = readMonthDay(text, kanji + 1);
    if (rest === undefined) return undefined;
    return { ...rest, format: 'kanji', year: first.count === 4 ? first.value : 2000 + first.value };
  }
  if (next === MONTH && first.count <= 2) {
    const rest = readMonthDay(text, at);
    return rest === undefined ? undefined : { ...rest, format: 'month_day', year: undefined };
  }
  // `11月24日〜30日`: the month comes from the start of the range.
  if (next === DAY && joined !== undefined && first.count <= 2 && !['間', '目', '以', '後', '前'].includes(text.charAt(kanji + 1))) {
    return { end: kanji + 1, format: joined.format, year: undefined, month: joined.month, date: first.value };
  }
  return readSeparated(text, at, first, before, inName);
}

function readCompact(text: string, at: number, value: number, before: number, inName: boolean): Raw | undefined {
  const year = Math.floor(value / 10000);
  const month = Math.floor(value / 100) % 100;
  const date = value % 100;
  if (year < 1990 || year > 2099 || month < 1 || month > 12 || date < 1 || date > 31) return undefined;
  const after = text.charCodeAt(at + 8);
  if (isAsciiWord(after) && !(inName && after === 95)) return undefined;
  // Part of an id, a path, a decimal or an amount.
  if (!inName && (isJoint(before) || (isJoint(after) && isAsciiWord(text.charCodeAt(at + 9))))) return undefined;
  return { end: at + 8, format: 'compact', year, month, date };
}

function isJoint(c: number): boolean {
  return c === 45 || c === 46 || c === 47 || c === 44 || c === 35 || c === 92 || c === 61 || c === 0xa5 || c === 0xffe5 || c === 36;
}

function separatorAt(text: string, at: number): string {
  const c = text.charAt(at);
  return c === '／' ? '/' : c === '．' ? '.' : c === '－' || c === '‐' || c === '−' ? '-' : c;
}

function readSeparated(
  text: string,
  at: number,
  first: { value: number; end: number; count: number },
  before: number,
  inName: boolean,
): Raw | undefined {
  const separator = separatorAt(text, first.end);
  if (separator !== '-' && separator !== '/' && separator !== '.' && !(inName && separator === '_')) return undefined;
  const second = readNumber(text, first.end + 1, 2);
  if (second === undefined) return undefined;
  // Part of something longer: a version, an address, an id.
  if (!inName && (before === 46 || before === 45 || before === 95)) return undefined;
  if (first.count === 4) {
    if (separatorAt(text, second.end) !== separator || first.value < 1600 || first.value > 2999) return undefined;
    const third = readNumber(text, second.end + 1, 2);
    if (third === undefined) return undefined;
    // `2021.7.0` and `2025.0.3` are versions: nobody writes a day or month before the first with one figure.
    if (separator === '.' && [second, third].some(({ count, value }) => count === 1 && value === 0)) return undefined;
    const after = text.charCodeAt(third.end);
    if (isAsciiWord(after) && after !== 84 && !(inName && after === 95)) return undefined;
    if (!inName && separatorAt(text, third.end) === separator && isAsciiWord(text.charCodeAt(third.end + 1))) return undefined;
    // Behind a stroke it is part of an address, which may hold anything.
    if (!inName && before === 47 && !isRealDay(first.value, second.value, third.value)) return undefined;
    const format = separator === '/' ? 'slash' : separator === '.' ? 'dot' : 'iso';
    return { end: third.end, format, year: first.value, month: second.value, date: third.value };
  }
  if (separator === '.' && first.count === 2 && second.count === 2) return readDayFirst(text, first.value, second);
  if (separator !== '/' || first.count > 2 || before === 47 || inName) return undefined;
  const after = text.charCodeAt(second.end);
  if (isAsciiWord(after) || after === 47 || after === 37 || after === 0xff05 || (after === 46 && digitValue(text.charCodeAt(second.end + 1)) >= 0)) return undefined;
  if (after === 0x4ef6 || after === 0x540d || after === 0x4eba || after === 0x500b) return undefined; // 件 名 人 個: a share
  if (first.value < 1 || first.value > 12 || second.value < 1 || second.value > 31) return undefined;
  return { end: second.end, format: 'month_day', year: undefined, month: first.value, date: second.value };
}

/** `30.04.2024`, as most of Europe writes days; with dots nobody puts the month first. What is no day is no date. */
function readDayFirst(text: string, date: number, month: { value: number; end: number }): Raw | undefined {
  const year = separatorAt(text, month.end) === '.' ? readNumber(text, month.end + 1, 4) : undefined;
  if (year?.count !== 4 || year.value < 1900 || year.value > 2099 || !isRealDay(year.value, month.value, date)) return undefined;
  if (isAsciiWord(text.charCodeAt(year.end)) || (separatorAt(text, year.end) === '.' && digitValue(text.charCodeAt(year.end + 1)) >= 0)) return undefined;
  return { end: year.end, format: 'dot', year: year.value, month: month.value, date };
}

function complete(text: string, start: number, raw: Raw, options: DateOptions, joined: FoundDate | undefined): FoundDate {
  const yearWritten = raw.year !== undefined;
  const year = raw.year ?? joined?.year ?? options.year;
  const valid = isRealDay(year ?? 2000, raw.month, raw.date);
  const day = valid && year !== undefined ? isoDay(year, raw.month, raw.date) : undefined;
  const weekday = readWeekday(text, raw.end) ?? weekdayBefore(text, start, raw.end);
  const bareSlash = raw.format === 'month_day' && text.charCodeAt(raw.end - 1) !== DAY;
  return {
    span: { start, end: raw.end },
    format: raw.format,
    day,
    valid,
    yearWritten,
    year,
    month: raw.month,
    date: raw.date,
    weekday,
    weekdayRight: weekday === undefined || day === undefined ? undefined : weekdayOf(day) === weekday.index,
    range: joined === undefined ? undefined : 'end',
    certain: !bareSlash || weekday !== undefined || joined !== undefined || /^(まで|迄|〜|～)/u.test(text.slice(raw.end, raw.end + 2)),
  };
}

const weekdays = '日月火水木金土';
const englishWeekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function readWeekday(text: string, at: number): FoundWeekday | undefined {
  let i = skipSpaces(text, at);
  const opened = text[i] === '(' || text[i] === '（' || text[i] === '[' || text[i] === '［';
  if (opened) i = skipSpaces(text, i + 1);
  const index = weekdays.indexOf(text.charAt(i));
  if (index >= 0 && i < text.length) {
    const next = text.charAt(i + 1);
    if (opened ? /^[)）\]］曜・、,/祝休]/u.test(next) : next === '曜') {
      return { name: weekdays.charAt(index), index, span: { start: i, end: i + 1 } };
    }
    return undefined;
  }
  const english = englishWeekdays.indexOf(text.slice(i, i + 3).toLowerCase());
  if (english < 0) return undefined;
  let end = i + 3;
  while (end < i + 10 && isAsciiWord(text.charCodeAt(end))) end++;
  if (!/^(sun|mon|tue|tues|wed|thu|thur|thurs|fri|sat|(sun|mon|tues|wednes|thurs|fri|satur)day)$/iu.test(text.slice(i, end))) return undefined;
  return { name: text.slice(i, end), index: english, span: { start: i, end } };
}

/** `Thursday, 18 December 2026`: where the month is a word, its weekday stands in front. */
function weekdayBefore(text: string, start: number, end: number): FoundWeekday | undefined {
  if (!/[A-Za-z]{3}/u.test(text.slice(start, end))) return undefined;
  const found = /(?<![A-Za-z])([A-Za-z]{3,9})\.?,? (?:the )?$/u.exec(text.slice(Math.max(0, start - 16), start));
  if (found === null) return undefined;
  const at = Math.max(0, start - 16) + found.index;
  const read = readWeekday(text, at);
  return read?.span.start === at ? read : undefined;
}

/** Whether nothing but a range sign stands between two dates. */
function joins(text: string, from: number, to: number): boolean {
  if (to - from > 12 || to <= from) return false;
  const between = text.slice(from, to);
  return /^(曜日?)?[)）\]］]?\s*(〜|～|~|から|より|–|—|-|to|‐|－)\s*$/u.test(between) && !/^-$/u.test(between);
}
