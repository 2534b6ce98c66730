import { documentFrequency, type LiveSegment } from './live';

export interface NearWord {
  readonly word: string;
  readonly distance: number;
  readonly pages: number;
}

/**
 * Words of the index within one slip of the pen of `word` (a letter wrong, missing, too many, or two swapped; two slips from
 * 8 units on when the first unit is right). Latin and katakana words are looked for among their own kind. Nearest first,
 * then the one on most pages, then by code unit; at most `limit`. Only words on live pages count.
 */
export function nearWords(segments: readonly LiveSegment[], word: string, limit: number): readonly NearWord[] {
  const distances = new Map<string, number>();
  const katakana = word.charCodeAt(0) >= 0x3000;
  const twice = word.length >= 8;
  for (const { segment } of segments) {
    const from = katakana ? segment.lowerWord('\u3000') : 0;
    const to = katakana ? segment.wordCount : segment.lowerWord('\u3000');
    const { offsets, units } = segment.tables.words;
    for (let i = from; i < to; i++) {
      const start = offsets[i] ?? 0;
      const length = (offsets[i + 1] ?? 0) - start;
      const difference = Math.abs(length - word.length);
      if (difference > 2 || (difference === 2 && !twice)) continue;
      if (slipApart(units, start, length, word)) distances.set(segment.word(i), 1);
      else if (twice && units[start] === word.charCodeAt(0)) {
        const near = segment.word(i);
        if (distance(near, word, 2) <= 2) distances.set(near, 2);
      }
    }
  }
  distances.delete(word);
  return [...distances]
    .map(([near, apart]) => ({ word: near, distance: apart, pages: documentFrequency(segments, near) }))
    .filter((near) => near.pages > 0)
    .sort((a, b) => a.distance - b.distance || b.pages - a.pages || (a.word < b.word ? -1 : 1))
    .slice(0, limit);
}

/** Whether a stored word differs from `word` by exactly one insertion, deletion, substitution or swap. */
function slipApart(units: Uint16Array, start: number, length: number, word: string): boolean {
  const shorter = Math.min(length, word.length);
  let head = 0;
  while (head < shorter && units[start + head] === word.charCodeAt(head)) head++;
  let tail = 0;
  while (tail < shorter - head && units[start + length - 1 - tail] === word.charCodeAt(word.length - 1 - tail)) tail++;
  const left = length - head - tail;
  const right = word.length - head - tail;
  if (left <= 1 && right <= 1) return left + right > 0;
  return (
    left === 2 && right === 2 && units[start + head] === word.charCodeAt(head + 1) && units[start + head + 1] === word.charCodeAt(head)
  );
}

/** Edit distance with swaps of neighbours (optimal string alignment); stops counting above `limit`. */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1);
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)) {
        cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      }
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return last[b.length] ?? limit + 1;
}
