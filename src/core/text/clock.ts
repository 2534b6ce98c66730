const clock = /(午前|午後|(?<![a-z])[ap]\.?m\.?)?\s?(\d{1,2})(?::\d|[:時])/iu;
const minutes = /^\d{1,2}(?::|時)\s?(?:(半)|(\d{1,2}))?/u;
const behind = /^[\d:時分半\s]{1,12}([ap])\.?m/iu;

/** Minutes since midnight of the first time of day in a text: `9:05`, `10時半`, `午後0時10分`, `1:30 pm`; `undefined` for none. */
export function minutesOfDay(text: string): number | undefined {
  const normal = text.normalize('NFKC');
  const found = clock.exec(normal);
  if (found === null) return undefined;
  const at = found.index + found[0].lastIndexOf(found[2] ?? '');
  const rest = normal.slice(at);
  const half = (behind.exec(rest)?.[1] ?? found[1] ?? '').toLowerCase();
  const hour = Number(found[2]);
  const [, isHalf, minute] = minutes.exec(rest) ?? [];
  const isLate = half.startsWith('p') || half === '午後';
  const of = isLate && hour < 12 ? hour + 12 : (half.startsWith('a') || half === '午前') && hour === 12 ? 0 : hour;
  return of * 60 + (isHalf === undefined ? Number(minute ?? 0) : 30);
}
