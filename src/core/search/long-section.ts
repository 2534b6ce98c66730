import { densest, type Match } from './dense';
import { stem } from './analyse';
import { closesFence, openingFence } from './plain';

/** What is asked for: weights by id, where the id of a pair of units is its key and words have numbers. */
export interface Wanted {
  readonly weights: ReadonlyMap<number, number>;
  readonly numbers: ReadonlyMap<string, number>;
  /** 1 for the units that something asked for begins with. */
  readonly begins: Uint8Array;
  /** Whether a word of hiragana alone is asked for. */
  readonly hiragana: boolean;
}

/** A part of a text, UTF-16. */
interface Part {
  readonly start: number;
  readonly end: number;
}

/** A section longer than this is reduced to the lines around its best place before it is read closely. */
const longSection = 3_000;
/** What is kept on each side of the best place, and how much more to reach the end of a line. */
const around = 600;
const toLineEnd = 1_000;

/** Sorted out once a query, for all its passages. */
export function wantedOf(weights: Wanted['weights'], numbers: Wanted['numbers'], hiragana: boolean): Wanted {
  const begins = new Uint8Array(65_536);
  for (const id of weights.keys()) if (id > 0xffff) begins[id >>> 16] = 1;
  for (const word of numbers.keys()) begins[word.charCodeAt(0)] = 1;
  return { weights, numbers, begins, hiragana };
}

/** A match on the text as it is read, and where it stands in the text as it is written. */
interface PlacedMatch extends Match {
  readonly at: number;
}

/**
 * The part of a long section (Markdown) whose lines hold most of what is asked for, seen at a glance: units are folded one by one
 * and only code fences, comments and link targets are passed over. A short section is kept whole, and so is one without a match.
 */
export function densePart(text: string, part: Part, wanted: Wanted): Part {
  if (part.end - part.start <= longSection) return part;
  const matches = glance(text, part, wanted);
  const [first, last] = densest(matches, wanted.weights);
  const from = matches[first]?.at;
  const to = matches[last]?.at;
  if (from === undefined || to === undefined) return part;
  return { start: lineStart(text, part.start, from - around), end: lineEnd(text, part.end, to + around) };
}

function lineStart(text: string, least: number, at: number): number {
  if (at <= least) return least;
  const before = text.lastIndexOf('\n', at) + 1;
  return Math.max(least, at - before <= toLineEnd ? before : at);
}

function lineEnd(text: string, most: number, at: number): number {
  if (at >= most) return most;
  const after = text.indexOf('\n', at);
  return Math.min(most, after >= 0 && after - at <= toLineEnd ? after : at);
}

function glance(text: string, { start, end }: Part, { weights, numbers, begins, hiragana }: Wanted): readonly PlacedMatch[] {
  const found: PlacedMatch[] = [];
  let fence = '';
  /** Units that are read, without what is passed over. */
  let read = 0;
  for (let at = start; at < end; ) {
    const newline = text.indexOf('\n', at);
    const to = newline < 0 || newline > end ? end : newline;
    const mark = text.charCodeAt(at);
    if (fence !== '' || mark === 0x60 || mark === 0x7e || mark === 0x20 || mark === 0x3e) {
      const line = text.slice(at, to);
      const opened = fence === '' ? openingFence(line) : '';
      if (fence !== '' || opened !== '') {
        if (opened !== '') fence = opened;
        else if (closesFence(line, fence)) fence = '';
        at = to + 1;
        continue;
      }
    }
    let before = 0;
    let wasHiragana = false;
    for (let i = at; i < to; i++) {
      const raw = text.charCodeAt(i);
      const c = folded(raw);
      const afterHiragana = wasHiragana;
      wasHiragana = raw >= 0x3041 && raw <= 0x3096;
      if (c === 0x3c && text.startsWith('<!--', i)) {
        const close = text.indexOf('-->', i);
        i = close < 0 || close > end ? end : close + 2;
        before = 0;
        continue;
      }
      if (c === 0x5d && text.charCodeAt(i + 1) === 0x28) {
        const close = text.indexOf(')', i);
        if (close > 0 && close < to) i = close;
        before = 0;
        continue;
      }
      read++;
      // Two hiragana are mostly particles.
      if (before > 0x7f && c > 0x7f && begins[before] === 1 && (hiragana || !wasHiragana || !afterHiragana)) {
        const key = ((before << 16) | c) >>> 0;
        if (weights.has(key)) found.push({ start: read - 2, end: read, id: key, at: i - 1 });
      }
      if (isWordUnit(c) && !isWordUnit(before)) {
        let wordEnd = i + 1;
        while (wordEnd < to && isWordUnit(folded(text.charCodeAt(wordEnd)))) wordEnd++;
        if (begins[c] === 1 && wordEnd - i <= 64) {
          const id = numbers.get(stem(text.slice(i, wordEnd).normalize('NFKC').toLowerCase()));
          if (id !== undefined) found.push({ start: read - 1, end: read - 1 + wordEnd - i, id, at: i });
        }
        read += wordEnd - i - 1;
        i = wordEnd - 1;
        before = 0x61;
        continue;
      }
      before = c;
    }
    read++;
    at = to + 1;
  }
  return found;
}

/** The folding of search for the units that are most of any text. */
function folded(c: number): number {
  if (c >= 0x41 && c <= 0x5a) return c + 32;
  if (c < 0x3041) return c;
  if (c <= 0x3096) return c + 0x60;
  if (c >= 0xff01 && c <= 0xff5e) return folded(c - 0xfee0);
  return c;
}

function isWordUnit(c: number): boolean {
  return (c >= 0x61 && c <= 0x7a) || (c >= 0x30 && c <= 0x39);
}
