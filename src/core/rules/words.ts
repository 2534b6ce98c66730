import type { Span } from '../text/position';

/** The next node behind a node and a character, packed for looking up: open addressing, keys are node × 65,536 + character. */
interface Branches {
  readonly keys: Float64Array;
  readonly nodes: Int32Array;
  readonly mask: number;
}

/**
 * One pass over a text for the words of all rules: a trie walked from every character that can begin a word. Text and
 * words are compared character by character after NFKC and lower case, so offsets stay those of the text. Words that
 * begin or end with an ASCII letter or digit need a word boundary there; Japanese words do not.
 */
export class WordScanner {
  readonly #ids = new Map<string, number>();
  readonly #words: string[] = [];
  /** First node by character as written; 0 = no word begins with it. */
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
      for (const code of unfolded(first)) this.#root[code] = node;
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
    return { keys, nodes, mask: size - 1 };
  }

  /** Every occurrence of every word, by word; spans of one word are in order. */
  scan(text: string): ReadonlyMap<number, readonly Span[]> {
    const hits = new Map<number, Span[]>();
    const root = this.#root;
    const ends = this.#ends;
    const { keys, nodes, mask } = (this.#branches ??= this.#pack());
    let previous = 0;
    for (let start = 0; start < text.length; start++) {
      const first = text.charCodeAt(start);
      const before = previous;
      previous = first;
      let node = root[first] ?? 0;
      if (node === 0 || (isWordCode(first) && isWordCode(before))) continue;
      let end = start + 1;
      while (true) {
        const id = ends[node] ?? -1;
        if (id >= 0 && !(end < text.length && isWordCode(text.charCodeAt(end - 1)) && isWordCode(text.charCodeAt(end)))) {
          const list = hits.get(id);
          if (list === undefined) hits.set(id, [{ start, end }]);
          else list.push({ start, end });
        }
        if (end >= text.length) break;
        const code = foldCode(text.charCodeAt(end));
        const key = node * 0x10000 + code;
        let at = slotOf(node, code) & mask;
        while (keys[at] !== key && keys[at] !== -1) at = (at + 1) & mask;
        if (keys[at] === -1) break;
        node = nodes[at] ?? 0;
        end++;
      }
    }
    return hits;
  }
}

function slotOf(node: number, code: number): number {
  const mixed = Math.imul(node, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
  return mixed ^ (mixed >>> 15);
}

/** The occurrences of several words, each given once, as one list: leftmost, then longest, without overlaps. */
export function mergeHits(hits: ReadonlyMap<number, readonly Span[]>, ids: readonly number[]): readonly Span[] {
  if (hits.size === 0) return [];
  let lists: (readonly Span[])[] = [];
  for (const id of ids) {
    const spans = hits.get(id);
    if (spans !== undefined) lists.push(spans);
  }
  // Two and two: each list is in order already.
  while (lists.length > 1) lists = lists.flatMap((list, i) => (i % 2 === 1 ? [] : [interleaved(list, lists[i + 1] ?? [])]));
  const [all = []] = lists;
  if (all.length < 2) return all;
  const kept: Span[] = [];
  let end = -1;
  for (const span of all) {
    if (span.start < end) continue;
    kept.push(span);
    end = span.end;
  }
  return kept;
}

/** Two lists in order as one; of spans that begin together the longer comes first. */
function interleaved(left: readonly Span[], right: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  let i = 0;
  let j = 0;
  while (true) {
    const a = left[i];
    const b = right[j];
    if (a !== undefined && (b === undefined || a.start < b.start || (a.start === b.start && a.end >= b.end))) {
      all.push(a);
      i++;
    } else if (b !== undefined) {
      all.push(b);
      j++;
    } else {
      return all;
    }
  }
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

let writings: ReadonlyMap<number, readonly number[]> | undefined;

/** Every UTF-16 unit that is the given one after folding. */
function unfolded(folded: number): readonly number[] {
  if (writings === undefined) {
    const all = new Map<number, number[]>();
    for (const [code, to] of folds.entries()) if (code !== to) all.set(to, [...(all.get(to) ?? []), code]);
    writings = all;
  }
  const others = writings.get(folded) ?? [];
  return foldCode(folded) === folded ? [folded, ...others] : others;
}
