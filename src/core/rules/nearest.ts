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
    const distance = edits(plain, other, least);
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

const rows = [new Uint8Array(compared + 1), new Uint8Array(compared + 1), new Uint8Array(compared + 1)] as const;

/** Edit distance with neighbouring swaps (optimal string alignment), or something above `most` when it is above. */
function edits(a: string, b: string, most: number): number {
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
