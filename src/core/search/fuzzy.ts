import { documentFrequency, type LiveSegment } from './live';
import type { Segment } from './packed-index';

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
  for (const { segment } of segments) addNear(segment, word, distances);
  distances.delete(word);
  return [...distances]
    .map(([near, apart]) => ({ word: near, distance: apart, pages: documentFrequency(segments, near) }))
    .filter((near) => near.pages > 0)
    .sort((a, b) => a.distance - b.distance || b.pages - a.pages || (a.word < b.word ? -1 : 1))
    .slice(0, limit);
}

/** The long way over the words of a segment; a function of its own, so that it is optimised apart from what calls it. */
function addNear(segment: Segment, word: string, distances: Map<string, number>): void {
  const katakana = word.charCodeAt(0) >= 0x3000;
  const twice = word.length >= 8;
  let letters = 0;
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31);
  const from = katakana ? segment.lowerWord('\u3000') : 0;
  const to = katakana ? segment.wordCount : segment.lowerWord('\u3000');
  const { offsets, units } = segment.tables.words;
  for (let i = from; i < to; i++) {
    const start = offsets[i] ?? 0;
    const length = (offsets[i + 1] ?? 0) - start;
    const difference = Math.abs(length - word.length);
    if (difference > 2 || (difference === 2 && !twice)) continue;
    if (slipApart(units, start, length, word)) distances.set(segment.word(i), 1);
    else if (twice && units[start] === word.charCodeAt(0) && lettersApart(letters, units, start, length) <= 4) {
      const near = segment.word(i);
      if (distance(near, word, 2) <= 2) distances.set(near, 2);
    }
  }
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

/** How many letters, told apart by five bits, stand in one of two words only: a slip changes two at most. */
function lettersApart(letters: number, units: Uint16Array, start: number, length: number): number {
  let apart = letters;
  let own = 0;
  for (let i = start; i < start + length; i++) own |= 1 << ((units[i] ?? 0) & 31);
  apart ^= own;
  let count = 0;
  for (; apart !== 0; apart &= apart - 1) count++;
  return count;
}

/** Rows of {@link distance}: the one before the last, the last and the next. */
let rows: readonly [Int32Array, Int32Array, Int32Array] = [new Int32Array(64), new Int32Array(64), new Int32Array(64)];

/** Edit distance with swaps of neighbours (optimal string alignment); stops counting above `limit`. */
export function distance(a: string, b: string, limit: number): number {
  const width = b.length + 1;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  if (rows[0].length < width) rows = [new Int32Array(width), new Int32Array(width), new Int32Array(width)];
  let [beforeLast, last, row] = rows;
  for (let j = 0; j < width; j++) last[j] = j;
  for (let i = 1; i <= a.length; i++) {
    const c = a.charCodeAt(i - 1);
    row[0] = i;
    let least = i;
    for (let j = 1; j < width; j++) {
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + (c === b.charCodeAt(j - 1) ? 0 : 1));
      if (i > 1 && j > 1 && c === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1)) cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
      row[j] = cost;
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    const free = beforeLast;
    beforeLast = last;
    last = row;
    row = free;
  }
  return last[width - 1] ?? limit + 1;
}
