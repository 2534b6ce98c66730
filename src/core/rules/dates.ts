import { addMonths, daysBetween, isIsoDay } from '../text/calendar';
import { parseDuration } from '../text/duration';
import type { Compiler } from './compiler';
import { daysOf, namesYear } from './days';
import type { Env } from './env';
import { valueOf } from './subjects';
import { truthOf, UNKNOWN, type Truth } from './truth';
import type { Unit } from './unit';
import type { DayRange, Value } from './value';

export const dateOperators = ['before', 'after', 'not_before', 'not_after', 'older_than', 'within'] as const;
type DateOperator = (typeof dateOperators)[number];

/** A day a rule names: `today`, an ISO day, a subject, each with `+` or `-` a duration. */
interface DayExpression {
  /** The first (or, for what lies after it, the last) day; `undefined` = not judged. */
  readonly day: (unit: Unit, env: Env, side: 'from' | 'to') => string | undefined;
  readonly dependsOnToday: boolean;
}

const form = /^([a-z0-9_.-]+)(?:\s+([+-])\s+(.+))?$/u;

export function compileDay(text: string, compiler: Compiler): DayExpression {
  const match = form.exec(text.trim());
  const base = match?.[1] ?? '';
  if (match === null) compiler.fail('rule.not-a-day', `「${text}」は日付として読めません。`, `${text} is not a date.`);
  const isToday = base === 'today';
  const isLiteral = isIsoDay(base);
  if (!isToday && !isLiteral) useSubject(base, compiler);
  const start = (unit: Unit, env: Env, side: 'from' | 'to'): string | undefined => {
    if (isToday) return env.context.today;
    if (isLiteral) return base;
    const value = valueOf(unit, base, env);
    return value === undefined || value.empty ? undefined : daysOf(value, unit, env)?.[side];
  };
  const sign = match?.[2] === '-' ? -1 : 1;
  const written = match?.[3]?.trim();
  if (written === undefined) return { day: start, dependsOnToday: isToday };
  const duration = compileDuration(written, compiler);
  return {
    day: (unit, env, side) => {
      const day = start(unit, env, side);
      const length = day === undefined ? undefined : duration(unit, env);
      return day === undefined || length === undefined ? undefined : env.shift(day, length, sign);
    },
    dependsOnToday: isToday,
  };
}

/** A duration as written: a literal, `$param`, or a field that holds one. */
export function compileDuration(text: string, compiler: Compiler): (unit: Unit, env: Env) => string | undefined {
  const name = compiler.param(text);
  if (name !== undefined) {
    return (_unit, env) => {
      const value = env.params.get(name);
      return value === undefined ? undefined : String(value);
    };
  }
  if (parseDuration(text) !== undefined) return () => text;
  if (!/^[a-z][a-z0-9_]*$/u.test(text)) {
    compiler.fail('rule.not-a-duration', `「${text}」は期間として読めません（例：30 days、3 business days）。`, `${text} is not a duration (30 days, 3 business days).`);
  } else {
    useSubject(text, compiler);
  }
  return (unit, env) => {
    const value = valueOf(unit, text, env);
    return value === undefined || value.empty || value.duration === undefined ? undefined : value.text;
  };
}

/** A subject beside the one asked (the right side of a comparison). */
export function useSubject(name: string, compiler: Compiler): void {
  // Fields of the document are compared as a whole; its text and headings are not.
  if (name.includes('.') && (!name.startsWith('document.') || /\.(?:text|heading|first_saved|last_saved)$/u.test(name))) compiler.looksBeyond();
  if (name.includes('.') && !name.startsWith('document.')) compiler.needsIndex();
  if (/(?:^|\.)(?:first_saved|last_saved)$/u.test(name)) compiler.needsHistory();
}

export type Predicate = (value: Value, unit: Unit, env: Env, subject: string) => Truth;

export function compileDatePredicate(operator: DateOperator, text: string, compiler: Compiler): Predicate {
  if (operator === 'older_than' || operator === 'within') {
    const duration = compileDuration(text, compiler);
    return (value, unit, env, subject) => {
      const days = daysOf(value, unit, env);
      const length = duration(unit, env);
      if (days === undefined || length === undefined) return UNKNOWN;
      const today = env.context.today;
      const limit = env.shift(today, length, operator === 'older_than' ? -1 : 1);
      if (limit === undefined) return UNKNOWN;
      const yes = operator === 'older_than' ? days.to < limit : days.from >= today && days.from <= limit;
      if (env.trace !== undefined) {
        const past = daysBetween(days.to, today);
        env.note({ result: truthOf(yes), subject, value, time: true, ...(past === undefined ? {} : { days: Math.abs(past) }) });
      }
      return truthOf(yes);
    };
  }
  const expression = compileDay(text, compiler);
  return (value, unit, env, subject) => {
    const days = daysOf(value, unit, env);
    if (days === undefined) return UNKNOWN;
    const side = operator === 'before' || operator === 'not_before' ? 'from' : 'to';
    const limit = expression.day(unit, env, side);
    if (limit === undefined) return UNKNOWN;
    const yes = holds(operator, days, limit);
    if (!yes && operator === 'not_before' && isOfNextYear(value.text, days.to, limit)) return UNKNOWN;
    if (env.trace !== undefined) {
      const late = Math.abs(daysBetween(days.to, limit) ?? 0);
      const byTime = expression.dependsOnToday && ((operator === 'before' && yes) || (operator === 'not_before' && !yes));
      env.note({ result: truthOf(yes), subject, value, days: late, expected: limit, time: byTime });
    }
    return truthOf(yes);
  };
}

function holds(operator: 'before' | 'after' | 'not_before' | 'not_after', days: DayRange, limit: string): boolean {
  switch (operator) {
    case 'before':
      return days.to < limit;
    case 'after':
      return days.from > limit;
    // `2026年11月` is not before a day in November, and not after it.
    case 'not_before':
      return days.to >= limit;
    case 'not_after':
      return days.from <= limit;
  }
}

const longestAhead = 183;

/** `1/15` beside `12/20`: without a year it may be the next one, where that is not far off. */
function isOfNextYear(text: string, day: string, limit: string): boolean {
  if (namesYear(text)) return false;
  const ahead = daysBetween(limit, addMonths(day, 12));
  return ahead !== undefined && ahead <= longestAhead;
}
