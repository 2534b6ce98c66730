import type { Span } from '../text/position';

/** What stands before a day by which something is to be done, and behind it. */
const asksBy = /(?:期限|期日|締切り?|締め切り|〆切?|納期|目標|予定日?|(?<![a-z])(?:due|by|until|before|deadline|eta)|[@📅⏳🗓])\s*[:：は]?\s*[（(「]?$/iu;
const until = /^[）)」]?\s*(?:[（(][月火水木金土日・祝]{1,3}曜?日?[)）])?\s*(?:\d{1,2}[:時]\d{0,2}分?)?\s*(?:まで|迄|中に|締|〆|期限|期日|必着|厳守|予定|目標)/u;

/** Behind a day, or beside it in the same brackets: when something became known. */
const became = /^(?:に)?(?:発見|追加|指摘|提案|メモ|判明|記録|起票|追記|発生|時点|付)/u;
const told = /発見|追加|指摘|提案|承認|メモ|判明|起票|追記|実装済|確定|より|(?<![a-z])(?:added|found|raised|reported|noted|opened|since|as of|created|discovered)(?![a-z])/iu;
const since = /(?:(?<![a-z])(?:added|found|raised|reported|noted|opened|since|as of|created|discovered|from|now|today|started|starting)(?: on| at| in)?|起票|発見|追加)\s*[:：]?\s*[（(]?$/iu;

/** `Next meeting 7th July`: when people meet again, not when something is due. */
const isAppointment = /^\s*(?:[-*+]\s*)?(?:\[[ xX]\]\s*)?(?:the )?next (?:meeting|call|session|sync)(?![a-z])/iu;

/** A task of so many characters tells a story, in which a day may be anything. */
const longestOrder = 150;
const longestRemark = 100;

/**
 * Which of the days in a line of a task is the one it is due on: one that says so, else the first that does not tell when
 * something became known.
 *
 * @param text of the task
 * @param days in order; offsets count in the text
 * @returns the day; `sure: false` where it is one that nothing calls a due day, in a text too long to be an order
 */
export function dueDayOf(text: string, days: readonly Span[]): { readonly day: Span; readonly sure: boolean } | undefined {
  const asked = days.find(({ start, end }) => asksBy.test(text.slice(Math.max(0, start - 16), start)) || until.test(text.slice(end, end + 24)));
  if (asked !== undefined) return { day: asked, sure: true };
  const open = days.find((day) => !isPastEvent(text, day));
  const day = open ?? days[0];
  return day === undefined ? undefined : { day, sure: open !== undefined && text.length <= longestOrder && !isAppointment.test(text) };
}

function isPastEvent(text: string, { start, end }: Span): boolean {
  if (became.test(text.slice(end, end + 4)) || since.test(text.slice(Math.max(0, start - 16), start))) return true;
  // A remark in brackets is short; a text of nothing but days must not be read once for each.
  const before = text.slice(Math.max(0, start - longestRemark), start);
  const after = text.slice(end, end + longestRemark);
  const opens = Math.max(before.lastIndexOf('（'), before.lastIndexOf('('));
  const closes = after.search(/[）)]/u);
  if (opens < 0 || closes < 0 || /[）)]/u.test(before.slice(opens))) return false;
  return told.test(before.slice(opens)) || told.test(after.slice(0, closes));
}
