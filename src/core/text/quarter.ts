import { daysInMonth, isoDay } from './calendar';
import type { Span } from './position';

/** A quarter of a year as written, and its first and last day (ISO). */
export interface FoundQuarter {
  readonly span: Span;
  readonly from: string;
  readonly to: string;
}

const yearFirst = /(?<![A-Za-z0-9])(FY ?)?((?:19|20)\d{2})(年度|年)?[ _-]{0,2}(?:第? ?([1-4]) ?四半期|([1-4])Q|Q([1-4]))(?![A-Za-z0-9])/iu;
const quarterFirst = /(?<![A-Za-z0-9])(?:Q([1-4])|([1-4])Q)[ _'’-]{0,2}(FY ?)?((?:19|20)\d{2})(?![A-Za-z0-9])/iu;

/**
 * The first quarter a text names: `2024 Q3`, `2024-Q3`, `Q3 2024`, `2024年第3四半期`. A business year (`2024年度`, `FY2024`)
 * begins in April, as it does at most Japanese companies.
 */
export function findQuarter(text: string): FoundQuarter | undefined {
  const first = yearFirst.exec(text);
  const match = first ?? quarterFirst.exec(text);
  if (match === null) return undefined;
  const year = Number(first === null ? match[4] : match[2]);
  const quarter = Number(first === null ? (match[1] ?? match[2]) : (match[4] ?? match[5] ?? match[6]));
  const business = first === null ? match[3] !== undefined : match[1] !== undefined || match[3] === '年度';
  const start = (quarter - 1) * 3 + (business ? 3 : 0);
  const month = (start % 12) + 1;
  const of = year + Math.floor(start / 12);
  return {
    span: { start: match.index, end: match.index + match[0].length },
    from: isoDay(of, month, 1),
    to: isoDay(of, month + 2, daysInMonth(of, month + 2)),
  };
}
