import { defaultTimezone } from '../book/book';

const formats = new Map<string, Intl.DateTimeFormat>();

/** True for a time zone name this host knows (`Asia/Tokyo`). */
export function isTimezone(name: string): boolean {
  return formatOf(name) !== undefined;
}

/**
 * The calendar day (ISO) of an instant in a time zone. An unknown zone counts as Asia/Tokyo.
 * @param instant milliseconds since 1970-01-01T00:00Z, from the host's clock.
 */
export function todayIn(timezone: string | undefined, instant: number): string {
  const format = formatOf(timezone ?? defaultTimezone) ?? formatOf(defaultTimezone);
  if (!format) return new Date(instant).toISOString().slice(0, 10);
  const parts = new Map(format.formatToParts(new Date(instant)).map((part) => [part.type, part.value]));
  return `${parts.get('year') ?? ''}-${parts.get('month') ?? ''}-${parts.get('day') ?? ''}`;
}

function formatOf(timezone: string): Intl.DateTimeFormat | undefined {
  const known = formats.get(timezone);
  if (known) return known;
  try {
    const made = new Intl.DateTimeFormat('en-u-ca-gregory-nu-latn', { timeZone: timezone, year: 'numeric', month: '2-digit', day: '2-digit' });
    if (formats.size < 100) formats.set(timezone, made);
    return made;
  } catch {
    return undefined;
  }
}
