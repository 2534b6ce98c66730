/** Compares two numbers with dots (`1.10`, `v2.0`) part by part: below, above or equal to 0. */
export function compareNumbered(a: string, b: string): number {
  const [x, y] = [a, b].map((text) => (text.normalize('NFKC').match(/\d+/gu) ?? []).map(Number));
  for (let i = 0; i < Math.max(x?.length ?? 0, y?.length ?? 0); i++) {
    const by = (x?.[i] ?? 0) - (y?.[i] ?? 0);
    if (by !== 0) return by;
  }
  return 0;
}
