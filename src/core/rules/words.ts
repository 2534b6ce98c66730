import { composed } from '../text/compose';
import type { Span } from '../text/position';

/** What a text is asked with, packed: between two texts other work fills the processor's memory, and a large table has to come back. */
interface Branches {
  /** Node × 65,536 + character, for {@link nodes}: open addressing, -1 where nothing is. */
  readonly keys: Float64Array;
  /** The next node behind a node and a character. */
  readonly nodes: Int32Array;
  readonly mask: number;
  /** A bit for each {@link pairOf} the first two characters of a word: set for few others. */
  readonly pairs: Int32Array;
  /** A bit for each character that is a word. */
  readonly alone: Int32Array;
}

/** By word: where it stands, a start and an end in turns. */
export type WordHits = ReadonlyMap<number, readonly number[]>;

/**
 * One pass over a text for the words of all rules: a trie walked from every character that can begin a word. Text and
 * words are compared character by character after NFKC and lower case, letters with their marks (ﾃﾞ) as one; offsets are those of the text. Words that
 * begin or end with an ASCII letter or digit need a word boundary there; Japanese words do not.
 */
export class WordScanner {
  readonly #ids = new Map<string, number>();
  readonly #words: string[] = [];
  /** By node, from the root on. */
  readonly #next: Map<number, number>[] = [new Map<number, number>()];
  /** Word that ends at a node, -1 for none. */
  readonly #ends: number[] = [-1];
  #branches: Branches | undefined;

  /** Number of the word, the same for equal words; -1 for a word without any character. Words are cut at 100 characters. */
  add(word: string): number {
    const folded = keyOf(word);
    if (folded === '') return -1;
    const known = this.#ids.get(folded);
    if (known !== undefined) return known;
    const id = this.#words.length;
    this.#ids.set(folded, id);
    this.#words.push(folded);
    this.#branches = undefined;
    let node = 0;
    for (let i = 0; i < folded.length; i++) {
      const code = folded.charCodeAt(i);
      let child = this.#next[node]?.get(code);
      if (child === undefined) {
        child = this.#next.length;
        this.#next.push(new Map());
        this.#ends.push(-1);
        this.#next[node]?.set(code, child);
      }
      node = child;
    }
    this.#ends[node] = id;
    return id;
  }

  /** Whether a word was added, in any of its spellings. */
  has(word: string): boolean {
    return this.#ids.has(keyOf(word));
  }

  #pack(): Branches {
    let size = 16;
    while (size < this.#next.length * 2) size *= 2;
    const keys = new Float64Array(size).fill(-1);
    const nodes = new Int32Array(size);
    for (const [node, branches] of this.#next.entries()) {
      for (const [code, child] of branches) {
        let at = slotOf(node, code) & (size - 1);
        while (keys[at] !== -1) at = (at + 1) & (size - 1);
        keys[at] = node * 0x10000 + code;
        nodes[at] = child;
      }
    }
    const pairs = new Int32Array(0x10000 >> 5);
    const alone = new Int32Array(0x10000 >> 5);
    for (const word of this.#words) {
      const bits = word.length === 1 ? alone : pairs;
      const bit = word.length === 1 ? word.charCodeAt(0) : pairOf(word.charCodeAt(0), word.charCodeAt(1));
      bits[bit >> 5] = (bits[bit >> 5] ?? 0) | (1 << (bit & 31));
    }
    return { keys, nodes, mask: size - 1, pairs, alone };
  }

  /** Every occurrence of every word: starts and ends in turns, in order. */
  scan(text: string): WordHits {
    const whole = composed(text);
    if (whole === undefined) return this.#scan(text);
    const hits = this.#scan(whole.text);
    for (const places of hits.values()) for (const [i, place] of places.entries()) places[i] = whole.map[place] ?? text.length;
    return hits;
  }

  #scan(text: string): Map<number, number[]> {
    const hits = new Map<number, number[]>();
    const ends = this.#ends;
    const { keys, nodes, mask, pairs, alone } = (this.#branches ??= this.#pack());
    const last = text.length;
    let code = foldCode(text.charCodeAt(0));
    let isWord = false;
    for (let start = 0; start < last; start++) {
      const first = code;
      const wasWord = isWord;
      code = start + 1 < last ? foldCode(text.charCodeAt(start + 1)) : 0;
      isWord = isFoldedWord(first);
      // One look at two characters leaves out nearly every place where no word begins.
      const pair = pairOf(first, code);
      if (((((pairs[pair >> 5] ?? 0) >>> (pair & 31)) | ((alone[first >> 5] ?? 0) >>> (first & 31))) & 1) === 0 || (isWord && wasWord)) continue;
      let node = 0;
      for (let end = start; end < last; end++) {
        const letter = foldCode(text.charCodeAt(end));
        const key = node * 0x10000 + letter;
        let at = slotOf(node, letter) & mask;
        while (keys[at] !== key && keys[at] !== -1) at = (at + 1) & mask;
        if (keys[at] === -1) break;
        node = nodes[at] ?? 0;
        const id = ends[node] ?? -1;
        if (id < 0 || (end + 1 < last && isFoldedWord(letter) && isFoldedWord(foldCode(text.charCodeAt(end + 1))))) continue;
        const list = hits.get(id);
        if (list === undefined) hits.set(id, [start, end + 1]);
        else list.push(start, end + 1);
      }
    }
    return hits;
  }
}

function keyOf(word: string): string {
  const cut = word.trim().slice(0, 100);
  return fold(composed(cut)?.text ?? cut);
}

function pairOf(first: number, second: number): number {
  return (Math.imul(first, 0x9e3779b1) + Math.imul(second, 0x85ebca6b)) >>> 16;
}

function slotOf(node: number, code: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** The occurrences of several words, each given once, as one list: leftmost, then longest, without overlaps. */
export function mergeHits(hits: WordHits, ids: readonly number[]): readonly Span[] {
  if (hits.size === 0) return [];
  let lists: (readonly number[])[] = [];
  for (const id of ids) {
    const places = hits.get(id);
    if (places !== undefined) lists.push(places);
  }
  // Two and two: each list is in order already.
  while (lists.length > 1) lists = lists.flatMap((list, i) => (i % 2 === 1 ? [] : [interleaved(list, lists[i + 1] ?? [])]));
  const [all = []] = lists;
  const kept: Span[] = [];
  let before = -1;
  for (let i = 0; i < all.length; i += 2) {
    const start = all[i] ?? 0;
    if (start < before) continue;
    before = all[i + 1] ?? 0;
    kept.push({ start, end: before });
  }
  return kept;
}

/** Two lists in order as one; of places that begin together the longer comes first. */
function interleaved(left: readonly number[], right: readonly number[]): readonly number[] {
  const all: number[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i] ?? Infinity;
    const b = right[j] ?? Infinity;
    if (a < b || (a === b && (left[i + 1] ?? 0) >= (right[j + 1] ?? 0))) {
      all.push(a, left[i + 1] ?? 0);
      i += 2;
    } else {
      all.push(b, right[j + 1] ?? 0);
      j += 2;
    }
  }
  return all;
}

const folds = buildFolds();

function buildFolds(): Uint16Array {
  const table = new Uint16Array(0x10000);
  for (let code = 0; code < 0x10000; code++) table[code] = code;
  const ranges = [[0x41, 0x5a], [0xa0, 0x24f], [0x370, 0x4ff], [0x2000, 0x2fdf], [0x3000, 0x33ff], [0xf900, 0xfaff], [0xff00, 0xffef]] as const;
  for (const [from, to] of ranges) {
    for (let code = from; code <= to; code++) {
      const folded = String.fromCharCode(code).normalize('NFKC').toLowerCase();
      if (folded.length === 1) table[code] = folded.charCodeAt(0);
    }
  }
  return table;
}

/** A UTF-16 unit after NFKC and lower case; units that become several characters stay as they are. */
function foldCode(code: number): number {
  return folds[code] ?? code;
}

/** A text after NFKC and lower case, unit by unit: the same length as the text. */
function fold(text: string): string {
  let out = '';
  for (let i = 0; i < text.length; i++) out += String.fromCharCode(foldCode(text.charCodeAt(i)));
  return out;
}

/** ASCII letter, digit or underscore; in full width too, as folding makes them these. */
function isFoldedWord(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code === 95;
}
