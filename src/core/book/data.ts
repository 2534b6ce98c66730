/** Reading values out of plain data of unknown shape; what has the wrong shape reads as absent (validation reports it). */

export type Data = Readonly<Record<string, unknown>>;

export function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A map, or an empty one. */
export function mapOf(value: unknown): Data {
  return isData(value) ? value : {};
}

/** A map without the keys that nothing is written behind: a blank is not yet filled in, no mistake. */
export function withoutBlanks(map: Data): Data {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== null && value !== ''));
}

/** Own entries of a map in file order; none for anything else. */
export function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return isData(value) ? Object.entries(value) : [];
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** Text of a scalar: numbers and booleans as written in YAML's plain form; anything else is empty. */
export function textOf(value: unknown): string {
  if (typeof value === 'string') return value.trim();
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** Like {@link textOf}, but `undefined` for what is empty. */
export function optionalText(value: unknown): string | undefined {
  return textOf(value) || undefined;
}

/** A word or a list of words, without empty ones. */
export function wordsOf(value: unknown): readonly string[] {
  const list = Array.isArray(value) ? (value as readonly unknown[]) : [value];
  return list.map(textOf).filter((word) => word !== '');
}
