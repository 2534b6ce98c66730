import { bareWord } from '../text/words';

/** Longer words compare by their beginnings. */
const compared = 40;

/** Words that something mistyped may have been meant as, prepared for many questions. */
export interface Candidates {
  readonly words: readonly string[];
  readonly bare: readonly string[];
  /** The characters of each, as bits: what two words do not share has to be edited. */
  readonly bits: Int32Array;
}

/** Prepares words to be looked up with {@link nearestOf}. */
export function candidatesOf(words: readonly string[]): Candidates {
  const bare = words.map((word) => bareWord(word).slice(0, compared));
  return { words, bare, bits: Int32Array.from(bare, bitsOf) };
}

/** The word nearest to a text by edits, if at most about a third of it differs; the first of those equally near. */
export function nearestOf(text: string, candidates: Iterable<string> | Candidates): string | undefined {
  const plain = bareWord(text).slice(0, compared);
  if (plain === '') return undefined;
  const { words, bare, bits } = 'bits' in candidates ? candidates : candidatesOf([...candidates]);
  return withDistanceFrom(plain, (distance) => nearestTo(plain, words, bare, bits, distance));
}

function nearestTo(plain: string, words: readonly string[], bare: readonly string[], bits: Int32Array, distanceTo: Distance): string | undefined {
  const own = bitsOf(plain);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(plain.length / 3)) + 1;
  for (let i = 0; i < bare.length; i++) {
    const other = bare[i] ?? '';
    if (other === '' || Math.abs(other.length - plain.length) >= least) {
      // A longer word that begins with what is written is what was meant (対応 → 対応中).
      if (best !== undefined || plain.length < 2 || !(other.startsWith(plain) || plain.startsWith(other)) || other.length < 2) continue;
      best = words[i];
      continue;
    }
    const theirs = bits[i] ?? 0;
    if (Math.max(ones(own & ~theirs), ones(theirs & ~own)) > least) continue;
    const distance = distanceTo(other, least - 1);
    if (distance >= least || distance >= Math.max(plain.length, other.length)) continue;
    least = distance;
    best = words[i];
  }
  return best;
}

function bitsOf(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) bits |= 1 << (text.charCodeAt(i) & 31);
  return bits;
}

function ones(bits: number): number {
  let left = bits - ((bits >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Edit distance of a prepared word to others: neighbouring swaps count once (optimal string alignment); above `most` it may be anything above. */
type Distance = (other: string, most: number) => number;

/** Bits of an integer: what one step of the bit-parallel method takes. */
const wordSize = 32;

/** Where each UTF-16 unit stands in the beginning of the word that is compared, as bits; empty between calls. */
const standing = new Int32Array(0x10000);

/**
 * Calls with the distance from a word. Its first 32 units are compared a whole column at a time.
 * Source: H. Hyyrö, "A Bit-Vector Algorithm for Computing Levenshtein and Damerau Edit Distances" (2003).
 */
function withDistanceFrom<T>(word: string, use: (distance: Distance) => T): T {
  const length = Math.min(word.length, wordSize);
  for (let i = 0; i < length; i++) standing[word.charCodeAt(i)] = (standing[word.charCodeAt(i)] ?? 0) | (1 << i);
  // Every way to the end of a longer word leads past its 32nd unit: what costs too much there costs too much.
  const result = use(word.length <= wordSize ? (other, most) => bitDistance(length, other, most, false)
    : (other, most) => (bitDistance(length, other, most, true) > most ? most + 1 : tableDistance(word, other, most)));
  for (let i = 0; i < length; i++) standing[word.charCodeAt(i)] = 0;
  return result;
}

/** @param anywhere the least distance to any beginning of the other word, not that to all of it */
function bitDistance(length: number, other: string, most: number, anywhere: boolean): number {
  const last = 1 << (length - 1);
  let up = -1;
  let down = 0;
  let diagonal = 0;
  let before = 0;
  let distance = length;
  let least = distance;
  for (let j = 0; j < other.length; j++) {
    const here = standing[other.charCodeAt(j)] ?? 0;
    const swapped = ((~diagonal & here) << 1) & before;
    diagonal = (((here & up) + up) ^ up) | here | down | swapped;
    let right = down | ~(diagonal | up);
    const left = diagonal & up;
    if ((right & last) !== 0) distance++;
    else if ((left & last) !== 0) distance--;
    if (distance < least) least = distance;
    // Each of the units left makes it one less at best.
    if (least > most && distance - (other.length - j - 1) > most) return most + 1;
    right = (right << 1) | 1;
    up = (left << 1) | ~(diagonal | right);
    down = right & diagonal;
    before = here;
  }
  return anywhere ? least : distance;
}

const rows = [new Uint8Array(compared + 1), new Uint8Array(compared + 1), new Uint8Array(compared + 1)] as const;

/** The same by the table of all beginnings. */
function tableDistance(a: string, b: string, most: number): number {
  let [before, previous, current]: readonly [Uint8Array, Uint8Array, Uint8Array] = rows;
  for (let j = 0; j <= b.length; j++) previous[j] = j;
  let leastBefore = 0;
  for (let i = 1; i <= a.length; i++) {
    current[0] = i;
    let least = i;
    const letter = a.charCodeAt(i - 1);
    for (let j = 1; j <= b.length; j++) {
      const other = b.charCodeAt(j - 1);
      let cost = Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (letter === other ? 0 : 1));
      if (i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === other) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      current[j] = cost;
      if (cost < least) least = cost;
    }
    // A swap reaches back two rows, nothing further.
    if (least > most && leastBefore > most) return most + 1;
    leastBefore = least;
    [before, previous, current] = [previous, current, before];
  }
  return previous[b.length] ?? 0;
}
