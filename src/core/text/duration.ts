import { addBusinessDays, type DaysOff } from './business-days';
import { addDays, addMonths } from './calendar';
import { normalise } from './normalise';

export type DurationUnit = 'minute' | 'hour' | 'day' | 'business_day' | 'week' | 'month' | 'year';

export interface Duration {
  /** Never negative. */
  readonly amount: number;
  readonly unit: DurationUnit;
}

const units: Readonly<Record<string, DurationUnit>> = {
  min: 'minute', mins: 'minute', minute: 'minute', minutes: 'minute', 分: 'minute', 分間: 'minute', 分以内: 'minute',
  h: 'hour', hr: 'hour', hrs: 'hour', hour: 'hour', hours: 'hour', 時間: 'hour', 時間以内: 'hour',
  d: 'day', day: 'day', days: 'day', 日: 'day', 日間: 'day', 日以内: 'day', 日ごと: 'day', 日毎: 'day',
  bd: 'business_day', businessday: 'business_day', businessdays: 'business_day', workingday: 'business_day', workingdays: 'business_day',
  営業日: 'business_day', 営業日以内: 'business_day', 稼働日: 'business_day', 就業日: 'business_day',
  w: 'week', wk: 'week', week: 'week', weeks: 'week', 週: 'week', 週間: 'week', 週間以内: 'week', 週間ごと: 'week',
  m: 'month', mo: 'month', month: 'month', months: 'month', か月: 'month', ヶ月: 'month', カ月: 'month', ケ月: 'month', ヵ月: 'month', 箇月: 'month',
  か月間: 'month', ヶ月間: 'month', か月以内: 'month', ヶ月以内: 'month', か月ごと: 'month', ヶ月ごと: 'month', ヶ月毎: 'month', 月: 'month',
  y: 'year', yr: 'year', year: 'year', years: 'year', 年: 'year', 年間: 'year', 年以内: 'year', 年ごと: 'year',
};

const words: Readonly<Record<string, Duration>> = {
  毎日: { amount: 1, unit: 'day' }, daily: { amount: 1, unit: 'day' },
  毎週: { amount: 1, unit: 'week' }, 週次: { amount: 1, unit: 'week' }, weekly: { amount: 1, unit: 'week' },
  隔週: { amount: 2, unit: 'week' }, biweekly: { amount: 2, unit: 'week' },
  毎月: { amount: 1, unit: 'month' }, 月次: { amount: 1, unit: 'month' }, monthly: { amount: 1, unit: 'month' },
  四半期: { amount: 3, unit: 'month' }, 四半期ごと: { amount: 3, unit: 'month' }, quarterly: { amount: 3, unit: 'month' },
  半年: { amount: 6, unit: 'month' }, 半期: { amount: 6, unit: 'month' }, 半年ごと: { amount: 6, unit: 'month' },
  毎年: { amount: 1, unit: 'year' }, 年次: { amount: 1, unit: 'year' }, yearly: { amount: 1, unit: 'year' }, annually: { amount: 1, unit: 'year' },
};

/**
 * Reads a length of time: `90d`, `6 months`, `3 business days`, `30日`, `2週間`, `半年`, full-width digits too. A Latin
 * `m` is a month. `undefined` for anything else.
 */
export function parseDuration(text: string): Duration | undefined {
  if (text.length > 40) return undefined;
  const normal = normalise(text).replace(/\s+/gu, '');
  if (Object.hasOwn(words, normal)) return words[normal];
  const match = /^(\d{1,6}(?:\.\d{1,3})?)(\D{1,12})$/u.exec(normal);
  const unitName = match?.[2];
  if (match === null || unitName === undefined || !Object.hasOwn(units, unitName)) return undefined;
  const unit = units[unitName];
  return unit === undefined ? undefined : { amount: Number(match[1]), unit };
}

/**
 * The day that lies a length of time after a day, before it with `sign` -1. Hours and minutes change no day. Months
 * end with the month (01-31 + 1 month = 02-28); fractions count for weeks and years only.
 */
export function addDuration(day: string, duration: Duration, sign: 1 | -1 = 1, daysOff?: DaysOff): string {
  const amount = duration.amount * sign;
  switch (duration.unit) {
    case 'minute':
    case 'hour':
      return day;
    case 'day':
      return addDays(day, Math.trunc(amount));
    case 'business_day':
      return addBusinessDays(day, amount, daysOff);
    case 'week':
      return addDays(day, Math.round(amount * 7));
    case 'month':
      return addMonths(day, Math.trunc(amount));
    case 'year':
      return addMonths(day, Math.round(amount * 12));
  }
}
