import { stem } from './analyse';
import { DensestStretch } from './dense';
import { closesFence, openingFence } from './plain';

/** A part of a text, UTF-16. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** A section longer than this is reduced to the lines around its best place before it is read closely. */
export const longSection = 3_000;
/** What is kept on each side of the best place, and how much more to reach the end of a line. */
const around = 600;
const toLineEnd = 1_000;
/** Words longer than this are not looked up. */
const longestWord = 64;

/** What a unit of the text, as it is written, is good for. A unit without any of these is passed over. */
const flags = { line: 1, mark: 2, word: 4, askedWord: 8, first: 16, second: 32 } as const;
/** A unit that only goes on with something is looked at with the unit before it. */
const begins = ~flags.second & 0xff;

/** Units of words, marks and ends of lines: the same for every query. */
const plainUnits = new Uint8Array(65_536);
plainUnits[0x0a] = flags.line;
plainUnits[0x3c] = flags.mark;
plainUnits[0x5d] = flags.mark;
for (let c = 0; c <= 0xffff; c++) if (isWordUnit(folded(c))) plainUnits[c] = flags.word;

const stretch = new DensestStretch();

/** Finds the best place of long sections at a glance. Sorted out once a query, for all its passages. */
export class LongSections {
  readonly #units = plainUnits.slice();
  /** Number of a pair of folded units (first << 16 | second) and of a word, into `#weights`. */
  readonly #pairs = new Map<number, number>();
  readonly #words = new Map<string, number>();
  /** The first two units of the words that are asked for: few others are looked up. */
  readonly #heads = new Set<number>();
  /** No mixture of whole and other numbers: an array that turns from the one into the other has its readers compiled again. */
  readonly #weights: Float64Array;
  #count = 0;
  readonly #hiragana: boolean;

  /**
   * `weights`: what is asked for by id, where the id of a pair of units is its key and words have the ids of `numbers`.
   * `hiragana`: whether a word of hiragana alone is asked for.
   */
  constructor(weights: ReadonlyMap<number, number>, numbers: ReadonlyMap<string, number>, hiragana: boolean) {
    this.#hiragana = hiragana;
    this.#weights = new Float64Array(weights.size + numbers.size);
    for (const [id, weight] of weights) {
      if (id <= 0xffff) continue;
      this.#pairs.set(id | 0, this.#number(weight));
      this.#flag(id >>> 16, flags.first);
      this.#flag(id & 0xffff, flags.second);
    }
    for (const [word, id] of numbers) {
      this.#words.set(word, this.#number(weights.get(id) ?? 0.5));
      const c = word.charCodeAt(0);
      if (!isWordUnit(c)) continue;
      this.#heads.add(word.length === 1 ? c : (c << 8) | word.charCodeAt(1));
      for (const written of [c, c + 0xfee0, ...(c >= 0x61 ? [c - 32, c - 32 + 0xfee0] : [])]) this.#units[written] = (this.#units[written] ?? 0) | flags.askedWord;
    }
  }

  #number(weight: number): number {
    this.#weights[this.#count] = weight;
    return this.#count++;
  }

  /** Marks a folded unit, and the hiragana that is folded to it. */
  #flag(unit: number, flag: number): void {
    const units = this.#units;
    units[unit] = (units[unit] ?? 0) | flag;
    if (unit >= 0x30a1 && unit <= 0x30f6) units[unit - 0x60] = (units[unit - 0x60] ?? 0) | flag;
  }

  /**
   * The part of a long section (Markdown) whose lines hold most of what is asked for: units are folded one by one and only code
   * fences, comments and link targets are passed over. A short section is kept whole, and so is one without a match.
   */
  densePart(text: string, part: Part): Part {
    if (part.end - part.start <= longSection) return part;
    stretch.begin(this.#count);
    this.#glance(text, part);
    if (stretch.first < 0) return part;
    return { start: lineStart(text, part.start, stretch.first - around), end: lineEnd(text, part.end, stretch.last + around) };
  }

  #glance(text: string, { start, end }: Part): void {
    const units = this.#units;
    /** Units that are passed over: the distance of two places is what is read between them. */
    let at = afterFence(text, start, end);
    let skipped = at - start;
    /** End of the line, where it was looked for. */
    let newline = -1;
    while (at < end) {
      const raw = text.charCodeAt(at);
      const flag = units[raw] ?? 0;
      if ((flag & begins) === 0) at++;
      else if ((flag & flags.word) !== 0) {
        const from = at++;
        let all = raw;
        for (; at < end; at++) {
          const c = text.charCodeAt(at);
          if (((units[c] ?? 0) & flags.word) === 0) break;
          all |= c;
        }
        if ((flag & flags.askedWord) === 0 || at - from > longestWord) continue;
        // The stem of a word begins as the word does.
        const head = at - from === 1 ? folded(raw) : (folded(raw) << 8) | folded(text.charCodeAt(from + 1));
        if (!this.#heads.has(head)) continue;
        const written = text.slice(from, at);
        const word = this.#words.get(stem((all < 0x80 ? written : written.normalize('NFKC')).toLowerCase()));
        if (word !== undefined) stretch.add(from - skipped, at - skipped, word, this.#weights[word] ?? 0, from);
      } else if ((flag & flags.first) !== 0) {
        const next = at + 1 < end ? text.charCodeAt(at + 1) : 0;
        // Two hiragana are mostly particles.
        if (((units[next] ?? 0) & flags.second) !== 0 && (this.#hiragana || !isHiragana(raw) || !isHiragana(next))) {
          const pair = this.#pairs.get((folded(raw) << 16) | folded(next));
          if (pair !== undefined) stretch.add(at - skipped, at + 2 - skipped, pair, this.#weights[pair] ?? 0, at);
        }
        at++;
      } else {
        const from = at + 1;
        if ((flag & flags.line) !== 0) at = afterFence(text, from, end);
        else if (raw === 0x3c) at = afterComment(text, at, end);
        else if (text.charCodeAt(from) === 0x28) {
          if (newline < from) newline = newlineAt(text, from, end);
          const close = text.indexOf(')', from);
          at = close < 0 || close >= newline ? from : close + 1;
        } else at = from;
        skipped += at - from;
      }
    }
  }
}

/** Where reading goes on at the beginning of a line: behind the code that is fenced there. */
function afterFence(text: string, start: number, end: number): number {
  let at = start;
  for (;;) {
    let mark = at;
    while (mark < end && mark - at < 12 && (text.charCodeAt(mark) === 0x20 || text.charCodeAt(mark) === 0x3e)) mark++;
    const c = text.charCodeAt(mark);
    if (mark >= end || (c !== 0x60 && c !== 0x7e)) return at;
    let to = newlineAt(text, at, end);
    const fence = openingFence(text.slice(at, to));
    if (fence === '') return at;
    do {
      at = Math.min(end, to + 1);
      to = newlineAt(text, at, end);
    } while (at < end && !closesFence(text.slice(at, to), fence));
    at = Math.min(end, to + 1);
  }
}

/** Where reading goes on at `<`: behind a comment. */
function afterComment(text: string, at: number, end: number): number {
  if (!text.startsWith('<!--', at)) return at + 1;
  const close = text.indexOf('-->', at);
  return close < 0 ? end : Math.min(end, close + 3);
}

function newlineAt(text: string, at: number, end: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 || newline > end ? end : newline;
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

function isHiragana(c: number): boolean {
  return c >= 0x3041 && c <= 0x3096;
}
