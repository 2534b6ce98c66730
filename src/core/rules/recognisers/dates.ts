import { findDates, type FoundDate } from '../../text/date';
import { matches, type Hit, type Recogniser } from './recogniser';

let last: { readonly text: string; readonly dates: readonly FoundDate[] } | undefined;

/** The dates of a text; asked of the same text again, they are at hand (rules on dates and on words share a document). */
export function datesOf(text: string): readonly FoundDate[] {
  if (last?.text !== text) last = { text, dates: findDates(text) };
  return last.dates;
}

/** `2026年12月`, 来年3月, `2027年度末`, `Q2 2027`, `March 2027`, without a day: how goals name the time by which. */
const months = /(?<![0-9０-９])(?:[0-9０-９]{4}|令和[0-9０-９元]{1,2})\s?年\s?(?:[0０]?[1-9１-９]|[1１][0-2０-２])\s?月(?!\s?[0-9０-９]{1,2}\s?日)|(?:来年|今年|本年|翌年)の?\s?(?:0?[1-9１-９]|[1１][0-2０-２])\s?月|(?<![0-9０-９])(?:20|２０)[0-9０-９]{2}\s?年(?:度(?:末|内|中|[上下前後]期|[前後]半)|末|内|中|[春夏秋冬]|[上下前後]期|[前後]半|度?の?第[1-4一二三四]四半期)|(?<![A-Za-z0-9])(?:(?:FY ?)?20[0-9]{2}[ -]?Q[1-4]|Q[1-4],? (?:of )?(?:FY ?)?20[0-9]{2}|(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\.?,? 20[0-9]{2}|(?:[Bb]y|[Bb]efore|[Uu]ntil|end of)(?: the)?(?: end of)? (?:FY ?)?20[0-9]{2})(?![A-Za-z0-9-])/gu;

/** A date as people write it, with its year or (`12/5`, `12月5日`) without; also the month of a year. */
export const date: Recogniser = (text) => {
  const days = datesOf(text).filter((found) => found.valid && (found.certain || isAlone(text, found.span.start, found.span.end))).map((found): Hit => found.span);
  const named = matches(text, months).filter((month) => !days.some((day) => day.start < month.end && month.start < day.end));
  return named.length === 0 ? days : [...days, ...named].sort((a, b) => a.start - b.start);
};

/** `3/4` may be a share; it counts as a date where no digit or share word stands around it. */
function isAlone(text: string, start: number, end: number): boolean {
  return !/[0-9０-９A-Za-z/]/u.test(text.charAt(start - 1)) && !/^\s?(?:件|名|人|個|[0-9A-Za-z/%])/u.test(text.slice(end, end + 3));
}

const times = /(?<![0-9０-９:：])(?:(?:午前|午後|AM|PM)\s?)?(?:[01]?[0-9]|2[0-9]|[０-２]?[０-９])(?:[:：][0-5０-５][0-9０-９](?:[:：][0-5][0-9])?(?![0-9０-９])|\s?時(?!間|点|期|系)(?:半|\s?[0-9０-９]{1,2}分)?)/giu;

/** A time of day: `23:30`, `10時半`, `午後3時`. */
export const time: Recogniser = (text) => matches(text, times);
