import { findDates } from '../text/date';
import { monthName, monthNumber } from '../text/date-english';
import type { Span } from '../text/position';

/** A day at the head of a document, as text that reads as a date where the year is known, and where it is written. */
export interface HeadDay {
  readonly text: string;
  readonly span: Span;
}

const longestHead = 800;
const longestLine = 400;
/** A line without a label that is longer says something else and mentions a day. */
const longestPlainLine = 60;
/** What names the day of the document itself, and what names another one. */
const label = /^(?:meeting |call |開催)?(?:date|day|time|when|日時|日付|日程|開催日)(?:\s*(?:[/&]|and)\s*(?:date|time))?\s*[:：]/iu;
const otherDay = /次回|前回|期限|締切|〆切|予定日|\b(?:next|prev(?:ious)?|due (?:date|by|on)|deadline|updated|edited|until)\b/iu;

const monthDay = new RegExp(String.raw`(?<![A-Za-z])${monthName}\.?[ ,-]{1,3}(\d{1,2})(?:st|nd|rd|th)?(?![\d:])(?:,? {0,2}((?:19|20)\d{2}))?`, 'iu');
const dayMonth = new RegExp(String.raw`(?<!\d)(\d{1,2})(?:st|nd|rd|th)? {1,2}(?:of )?${monthName}(?![A-Za-z])(?:\.?,? {0,2}((?:19|20)\d{2}))?`, 'iu');
const yearMonthDay = new RegExp(String.raw`((?:19|20)\d{2})-${monthName}\.?-(\d{1,2})`, 'iu');
const numbers = /(?<![\d/.-])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)?\d{2})(?![\d/.-])/u;
/** `2022/0625`, `2022 0625`. */
const yearAndFigures = /(?<![\d/.-])((?:19|20)\d{2})[/. ](0[1-9]|1[0-2])([0-2]\d|3[01])(?![\d/.-])/u;
const numbersInName = /(?<!\d)(0[1-9]|1[0-2])[-_]([0-2]\d|3[01])(?:[-_]((?:19|20)\d{2}|[12]\d))?(?!\d)/u;
/** `0425.md` in a folder that names the year. */
const figuresInName = /^(0[1-9]|1[0-2])([0-2]\d|3[01])(?=[._\s-])/u;
const yearOfFolder = /(?:^|\/)[^/]*?((?:19|20)\d{2})[^/]*(?=\/)/gu;

/**
 * The day of a record as people write it above its text: behind a label that may be a heading (`### Meeting Date/Time: Friday
 * 11/17/17`), in a title (`May 27 project call`) or alone in a line, in English words or figures too, whose year may be that of a
 * folder. Days without a year are given as they are written.
 * @param from UTF-16 offset behind the front matter
 */
export function dayAtHead(text: string, from: number, path: string): HeadDay | undefined {
  for (let at = from; at < text.length && at < from + longestHead; ) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(at, Math.min(end, at + longestLine + 1));
    const words = line.replace(/<!--.*?-->/gu, '').replace(/\]\([^)\s]{0,300}\)/gu, ']').replace(/[*_`]/gu, '').replace(/^[\s>#+-]+/u, '').trim();
    const isHeading = line.trimStart().startsWith('#');
    if (line.length <= longestLine && !otherDay.test(words) && (isHeading || label.test(words) || words.length <= longestPlainLine) && !/[。|]/u.test(words)) {
      const said = dayIn(words, path);
      if (said !== undefined) return { text: said, span: { start: at, end: at + line.trimEnd().length } };
    }
    at = end + 1;
  }
  return undefined;
}

/** The day in the name of a file whose year is behind it or in the name of a folder: `2024/11-12-notes.md`, `2016/0425.md`, `call-07-23-2025.md`, `07-17-17.md`. */
export function dayInPath(path: string): string | undefined {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = numbersInName.exec(name) ?? (folderYear(path) === undefined ? null : figuresInName.exec(name));
  if (found === null) return undefined;
  const year = found[3]?.length === 2 ? `20${found[3]}` : (found[3] ?? folderYear(path));
  return year === undefined ? undefined : isoDay(year, Number(found[1]), Number(found[2]));
}

function dayIn(line: string, path: string): string | undefined {
  const date = findDates(line)[0];
  if (date !== undefined) return line.slice(date.span.start, date.span.end);
  const named = yearMonthDay.exec(line);
  if (named !== null) return isoDay(named[1], monthNumber(named[2] ?? ''), Number(named[3]));
  const written = monthDay.exec(line);
  if (written !== null) return isoDay(written[3] ?? folderYear(path), monthNumber(written[1] ?? ''), Number(written[2])) ?? written[0];
  const turned = dayMonth.exec(line);
  if (turned !== null) return isoDay(turned[3] ?? folderYear(path), monthNumber(turned[2] ?? ''), Number(turned[1])) ?? turned[0];
  const together = yearAndFigures.exec(line);
  if (together !== null) return isoDay(together[1], Number(together[2]), Number(together[3]));
  const figures = numbers.exec(line);
  if (figures === null) return undefined;
  const [first, second] = [Number(figures[1]), Number(figures[3])];
  const year = (figures[4] ?? '').padStart(4, '20');
  return first > 12 ? isoDay(year, second, first) : isoDay(year, first, second);
}

/** The year that the innermost folder names. */
function folderYear(path: string): string | undefined {
  return [...path.matchAll(yearOfFolder)].at(-1)?.[1];
}

function isoDay(year: string | undefined, month: number, day: number): string | undefined {
  if (year === undefined || month < 1 || month > 12 || day < 1 || day > 31) return undefined;
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
