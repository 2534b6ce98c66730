import type { Span } from '../text/position';

/** The next node behind a node and a character, packed for looking up: open addressing, keys are node × 65,536 + character. */
interface Branches {
  readonly keys: Float64Array;
  readonly nodes: Int32Array;
  readonly mask: number;
  /** 1 for the first two characters of a word, and for few others. */
  readonly pairs: Uint8Array;
  /** 1 for a word of one character. */
  readonly alone: Uint8Array;
}

/** By word: where it stands, a start and an end in turns. */
export type WordHits = ReadonlyMap<number, readonly number[]>;

/**
 * One pass over a text for the words of all rules: a trie walked from every character that can begin a word. Text and
 * words are compared character by character after NFKC and lower case, so offsets stay those of the text. Words that
 * begin or end with an ASCII letter or digit need a word boundary there; Japanese words do not.
 */
export class WordScanner {
  readonly #ids = new Map<string, number>();
  readonly #words: string[] = [];
  /** First node by folded character; 0 = no word begins with it. */
  readonly #root = new Int32Array(0x10000);
  readonly #next: (Map<number, number> | undefined)[] = [undefined];
  /** Word that ends at a node, -1 for none. */
  readonly #ends: number[] = [-1];
  #branches: Branches | undefined;

  /** Number of the word, the same for equal words; -1 for a word without any character. Words are cut at 100 characters. */
  add(word: string): number {
    const folded = fold(word.trim().slice(0, 100));
    if (folded === '') return -1;
    const known = this.#ids.get(folded);
    if (known !== undefined) return known;
    const id = this.#words.length;
    this.#ids.set(folded, id);
    this.#words.push(folded);
    this.#branches = undefined;
    const first = folded.charCodeAt(0);
    let node = this.#root[first] ?? 0;
    if (node === 0) {
      node = this.#node();
      this.#root[first] = node;
    }
    for (let i = 1; i < folded.length; i++) {
      const code = folded.charCodeAt(i);
      let branches = this.#next[node];
      if (branches === undefined) {
        branches = new Map();
        this.#next[node] = branches;
      }
      let child = branches.get(code);
      if (child === undefined) {
        child = this.#node();
        branches.set(code, child);
      }
      node = child;
    }
    this.#ends[node] = id;
    return id;
  }

  #node(): number {
    this.#next.push(undefined);
    this.#ends.push(-1);
    return this.#next.length - 1;
  }

  #pack(): Branches {
    const count = this.#next.reduce((sum, branches) => sum + (branches?.size ?? 0), 0);
    let size = 16;
    while (size < count * 2) size *= 2;
    const keys = new Float64Array(size).fill(-1);
    const nodes = new Int32Array(size);
    for (const [node, branches] of this.#next.entries()) {
      for (const [code, child] of branches ?? []) {
        let at = slotOf(node, code) & (size - 1);
        while (keys[at] !== -1) at = (at + 1) & (size - 1);
        keys[at] = node * 0x10000 + code;
        nodes[at] = child;
      }
    }
    const pairs = new Uint8Array(0x10000);
    const alone = new Uint8Array(0x10000);
    for (const word of this.#words) {
      if (word.length === 1) alone[word.charCodeAt(0)] = 1;
      else pairs[pairOf(word.charCodeAt(0), word.charCodeAt(1))] = 1;
    }
    return { keys, nodes, mask: size - 1, pairs, alone };
  }

  /** Every occurrence of every word: starts and ends in turns, in order. */
  scan(text: string): WordHits {
    const hits = new Map<number, number[]>();
    const root = this.#root;
    const ends = this.#ends;
    const { keys, nodes, mask, pairs, alone } = (this.#branches ??= this.#pack());
    const last = text.length;
    let code = foldCode(text.charCodeAt(0));
    let isWord = 0;
    for (let start = 0; start < last; start++) {
      const first = code;
      const wasWord = isWord;
      code = start + 1 < last ? foldCode(text.charCodeAt(start + 1)) : 0;
      isWord = wordCodes[first] ?? 0;
      // One look at two characters leaves out nearly every place where no word begins.
      if ((((pairs[pairOf(first, code)] ?? 0) | (alone[first] ?? 0)) & ~(isWord & wasWord)) === 0) continue;
      let node = root[first] ?? 0;
      let end = start + 1;
      while (node !== 0) {
        const id = ends[node] ?? -1;
        if (id >= 0 && !(end < last && isWordCode(text.charCodeAt(end - 1)) && isWordCode(text.charCodeAt(end)))) {
          const list = hits.get(id);
          if (list === undefined) hits.set(id, [start, end]);
          else list.push(start, end);
        }
        if (end >= last) break;
        const next = foldCode(text.charCodeAt(end));
        const key = node * 0x10000 + next;
        let at = slotOf(node, next) & mask;
        while (keys[at] !== key && keys[at] !== -1) at = (at + 1) & mask;
        if (keys[at] === -1) break;
        node = nodes[at] ?? 0;
        end++;
      }
    }
    return hits;
  }
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

const wordCodes = Uint8Array.from(folds, (folded) =>
  (folded >= 48 && folded <= 57) || (folded >= 97 && folded <= 122) || folded === 95 ? 1 : 0);

/** ASCII letter, digit or underscore, also in full width. */
function isWordCode(code: number): boolean {
  return wordCodes[code] === 1;
}
