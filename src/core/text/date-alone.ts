/** What a day of a month in English without a year stands beside, so that `May 4 people` and `March 10 km` are none. */

/** How far the words beside a day are looked at. */
const near = 40;

/** In front: another part of a number, a year, or what counts things and versions. */
const notBefore = /(?:[\d#$€£¥]|\d[,:]|[-/._@'’]|(?:19|20)\d\d[ ,.:]{0,3}|\b(?:step|phase|part|chapter|section|version|release|sprint|iteration|week|day|page|level|top|item|issue|task|team|room|rev|no\.?|q[1-4]|v\d+)\s)$/iu;
/** Directly behind: more of a number, a year, or a second day that nobody has read (`Dec 4-6`, `Dec 4, 5`). */
const notBehind = /^(?:[\w%+'’°]|[.,:/]\d|[ \t,(（]{0,3}(?:of )?(?:['’]\d\d|(?:19|20)\d\d)(?!\d)|[ \t]{0,2}(?:[-–—~〜～/,]|to\b|and\b|or\b|&)[ \t]{0,2}\d{1,2}(?:st|nd|rd|th)?(?!\d|:\d|\s?(?:[ap]\.?m|h\b|:|of\s|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))/iu;
const time = /^[ \t\u00a0]{1,2}\d{1,2}(?::\d{2}|\s?[ap]\.?m\b)/iu;
const counted = /^[ \t\u00a0]{0,2}(?:\d|[件名人個回本社])/u;
const word = /^[ \u00a0\u202f]{1,3}([A-Za-z]+)/u;
const smallWords = new Set(
  'a am an and as at because before after but by cob deadline due eod for from he her his if in inclusive into is it latest midnight morning afternoon evening night noon not on only onward onwards or our pm please she since so still than that the their then they this through till to unless until via was we when which while will with would you are were mon tue tues wed thu thur thurs fri sat sun monday tuesday wednesday thursday friday saturday sunday'.split(' '),
);

/** Whether a day of a month, `Dec 4` or `4 December`, is one to whoever reads it; where it may be a count of something, it is not. */
export function standsAsDay(text: string, start: number, end: number, month: string, dayFirst: boolean): boolean {
  const before = text.slice(Math.max(0, start - 16), start);
  if (notBefore.test(dayFirst ? before : before.replace(/#$/u, ' '))) return false;
  const behind = text.slice(end, end + near);
  if (notBehind.test(behind)) return time.test(behind);
  if (counted.test(behind)) return time.test(behind);
  const next = word.exec(behind)?.[1];
  if (next === undefined || smallWords.has(next.toLowerCase())) return true;
  // `Dec 4 Beth: quote` begins with a day; `May 4 Teams` need not.
  return /^[A-Z]/u.test(next) && !/^(?:may|mar|march)$/iu.test(month);
}
