import { daysBetween } from '../text/calendar';
import type { Env } from './env';
import { isWithin, longestAhead, ownDay } from './likely-year';
import { CellUnit, RowUnit } from './table-units';
import type { Unit } from './unit';
import type { DayRange, Value } from './value';

/** Whether a text that names a day names its year too, or an era. */
export function namesYear(text: string): boolean {
  return /\d{4}/u.test(text) || /\d{4}|令和|平成|昭和|元年|(?<![a-z])[rhs]\d/iu.test(text.normalize('NFKC'));
}

/** Columns of a row that lie before its other days. */
const begins = ['start', 'raised', 'received', 'occurred'] as const;
/** Columns and properties of what is still to come when it is written down. */
const lieAhead = new Set(['due', 'end', 'planned', 'until', 'forecast', 'target_end']);

/** Days by which a day without a year may lie ahead of the one beside it, or of the day of a record. */
const longestBehind = 183;

/** Days past which a day in English words is not judged: plans name those of the next year so (`Week 38 (Jan 2)`). */
const longestSure = 60;

/**
 * The days a value of a unit names. Without a year it is a day of its document's year, else of this one, or of the next: `1/8` due
 * beside a start on `12/1`, or read in November.
 */
export function daysOf(value: Value, unit: Unit, env: Env): DayRange | undefined {
  const { document } = unit;
  const year = env.yearOf(document);
  const days = value.days(year);
  if (days === undefined || value.facts.days !== undefined || namesYear(value.text)) return days;
  const next = value.days(year + 1);
  if (next === undefined || next.from === days.from) return days;
  const row = unit instanceof RowUnit ? unit : unit instanceof CellUnit ? unit.row : undefined;
  const id = unit.kind === 'task' ? 'due' : value.attribute?.id;
  if (id === undefined || (begins as readonly string[]).includes(id)) return days;
  const own = document === undefined ? undefined : ownDay(document);
  const today = own ?? env.context.today;
  for (const column of row?.cell(id) === value ? begins : []) {
    const start = row?.cell(column);
    const from = start?.empty === false ? start.days(year)?.from : undefined;
    if (from === undefined) continue;
    // Far ahead, the beginning is one of the year before.
    const isPast = !namesYear(start?.text ?? '') && (daysBetween(today, from) ?? 0) > longestBehind;
    return days.to < from && !isPast && isWithin(next.to, from, longestBehind) ? next : days;
  }
  if (!lieAhead.has(id) || days.to >= today) return days;
  if (isWithin(next.to, today, own !== undefined && document?.type?.class === 'record' ? longestBehind : longestAhead)) return next;
  return /[A-Za-z]{3}/u.test(value.text) && (daysBetween(days.to, env.context.today) ?? 0) > longestSure ? undefined : days;
}
