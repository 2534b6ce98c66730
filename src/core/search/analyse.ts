import { Folder, unitClass } from './fold';

/** Changes whenever the same text would give other terms; a stored index of another version is not used. */
export const analysisVersion = 1;

/** What a term is. `fragment` is a part of a compound Latin word, `end` the last ideograph of a run. */
export const termKind = { bigram: 0, mixed: 1, hiragana: 2, katakana: 3, word: 4, fragment: 5, end: 6 } as const;

/** Term ids below are words (given by the caller's {@link WordIds}); from here on they are bigrams: first unit << 16 | second. */
export const firstBigram = 0x2e000000;

/** Gives a word its id (below {@link firstBigram}); a negative id leaves the word out. */
export type WordIds = (word: string) => number;

const seenWords = 4096;

/** Words met lately, each where its units say: most words come again and again, and making a string of each leaves much behind. */
class SeenWords {
  readonly #texts: string[] = Array.from({ length: seenWords }, () => '');
  readonly #stems: string[] = Array.from({ length: seenWords }, () => '');

  text(codes: Uint16Array, from: number, to: number): string {
    return this.#texts[this.#place(codes, from, to)] ?? '';
  }

  stem(codes: Uint16Array, from: number, to: number): string {
    const place = this.#place(codes, from, to);
    return (this.#stems[place] ||= stem(this.#texts[place] ?? ''));
  }

  /** Where the word is, put there if it was not. */
  #place(codes: Uint16Array, from: number, to: number): number {
    let hash = 0x811c9dc5;
    for (let i = from; i < to; i++) hash = Math.imul(hash ^ (codes[i] ?? 0), 0x01000193);
    const place = (hash ^ (hash >>> 15)) & (seenWords - 1);
    const known = this.#texts[place] ?? '';
    if (known.length === to - from) {
      let i = from;
      while (i < to && known.charCodeAt(i - from) === codes[i]) i++;
      if (i === to) return place;
    }
    let text = '';
    for (let i = from; i < to; i++) text += String.fromCharCode(codes[i] ?? 0);
    this.#texts[place] = text;
    this.#stems[place] = '';
    return place;
  }
}

const seen = new SeenWords();

/**
 * The one analysis of index, query and marks. The result lies in scratch arrays that the next call overwrites: term `i`
 * is `ids[i]`, of `kinds[i]`, and covers the folded units `from[i]` (inclusive) to `to[i]` (exclusive).
 */
export class Analyser {
  readonly folder = new Folder();
  ids = new Uint32Array(4096);
  kinds = new Uint8Array(4096);
  from = new Uint32Array(4096);
  to = new Uint32Array(4096);
  count = 0;

  /** Analyses `text`; linear in its length. */
  analyse(text: string, wordIds: WordIds): void {
    const folder = this.folder;
    folder.fold(text);
    this.count = 0;
    const { classes, length } = folder;
    for (let i = 0; i < length; ) {
      const cls = classes[i] ?? 0;
      if (cls === unitClass.separator) i++;
      else if (cls >= unitClass.hiragana) i = this.#japanese(i, wordIds);
      else i = this.#latin(i, wordIds);
    }
  }

  /** Original offset at which term `index` begins. */
  startOf(index: number): number {
    return this.folder.starts[this.from[index] ?? 0] ?? 0;
  }

  /** Original offset at which term `index` ends. */
  endOf(index: number): number {
    return this.folder.endOf((this.to[index] ?? 1) - 1);
  }

  #emit(id: number, kind: number, from: number, to: number): void {
    if (this.count === this.ids.length) this.#grow();
    const n = this.count++;
    this.ids[n] = id;
    this.kinds[n] = kind;
    this.from[n] = from;
    this.to[n] = to;
  }

  #grow(): void {
    const size = this.ids.length * 2;
    const ids = new Uint32Array(size);
    const kinds = new Uint8Array(size);
    const from = new Uint32Array(size);
    const to = new Uint32Array(size);
    ids.set(this.ids);
    kinds.set(this.kinds);
    from.set(this.from);
    to.set(this.to);
    this.ids = ids;
    this.kinds = kinds;
    this.from = from;
    this.to = to;
  }

  #word(word: string, kind: number, from: number, to: number, wordIds: WordIds): void {
    const id = wordIds(word);
    if (id >= 0) this.#emit(id, kind, from, to);
  }

  /** A run of kana and ideographs: overlapping bigrams, and each katakana word whole. */
  #japanese(start: number, wordIds: WordIds): number {
    const { codes, classes, length } = this.folder;
    let end = start;
    let katakana = -1;
    for (; end < length; end++) {
      const cls = classes[end] ?? 0;
      if (cls < unitClass.hiragana) break;
      if (cls === unitClass.katakana) {
        if (katakana < 0) katakana = end;
      } else if (katakana >= 0) {
        this.#katakana(katakana, end, wordIds);
        katakana = -1;
      }
      if (end === start) continue;
      const before = classes[end - 1] ?? 0;
      const hiragana = (cls === unitClass.hiragana ? 1 : 0) + (before === unitClass.hiragana ? 1 : 0);
      // Handed over as a signed number, which needs no object of its own; the array it is put into has it unsigned.
      const id = ((codes[end - 1] ?? 0) << 16) | (codes[end] ?? 0);
      this.#emit(id, hiragana === 0 ? termKind.bigram : hiragana === 1 ? termKind.mixed : termKind.hiragana, end - 1, end + 1);
    }
    if (katakana >= 0) this.#katakana(katakana, end, wordIds);
    if (classes[end - 1] === unitClass.ideograph) this.#emit((codes[end - 1] ?? 0) << 16, termKind.end, end - 1, end);
    return end;
  }

  #katakana(from: number, to: number, wordIds: WordIds): void {
    if (to - from < 2 || to - from > 24) return;
    this.#word(this.#text(from, to), termKind.katakana, from, to, wordIds);
  }

  #text(from: number, to: number): string {
    return seen.text(this.folder.codes, from, to);
  }

  #stem(from: number, to: number): string {
    return seen.stem(this.folder.codes, from, to);
  }

  /**
   * Latin words and numbers: `emailAddr` → emailaddr, email, addr; `R-001` and `23.2` whole and in parts; a hyphen between
   * letters separates.
   */
  #latin(start: number, wordIds: WordIds): number {
    const { codes, classes, length } = this.folder;
    let end = start;
    let digits = false;
    let connected = false;
    for (; end < length; end++) {
      const cls = classes[end] ?? 0;
      if (cls === unitClass.digit) digits = true;
      if (cls === unitClass.separator) {
        const next = classes[end + 1] ?? 0;
        if (!isConnector(codes[end] ?? 0) || next === unitClass.separator || next >= unitClass.hiragana) break;
        connected = true;
      } else if (cls >= unitClass.hiragana) break;
    }
    const whole = connected && digits && end - start <= 40;
    if (whole) this.#word(this.#text(start, end), termKind.word, start, end, wordIds);
    for (let i = start; i < end; ) {
      let to = i;
      while (to < end && classes[to] !== unitClass.separator) to++;
      this.#parts(i, to, whole, wordIds);
      i = to + 1;
    }
    this.#counter(end, wordIds);
    return end;
  }

  /** A number with the ideograph it counts, spaced or not (第 1 四半期, 23年): the number alone says little. */
  #counter(end: number, wordIds: WordIds): void {
    const { codes, classes } = this.folder;
    let from = end;
    while (from > 0 && classes[from - 1] === unitClass.digit) from--;
    const next = codes[end] === 0x20 ? end + 1 : end;
    if (from === end || end - from > 8 || classes[next] !== unitClass.ideograph) return;
    this.#word(this.#text(from, end) + this.#text(next, next + 1), termKind.fragment, from, next + 1, wordIds);
  }

  #parts(from: number, to: number, inWhole: boolean, wordIds: WordIds): void {
    if (to - from > 64) return;
    const { classes } = this.folder;
    let begin = from;
    for (let i = from + 1; i < to; i++) {
      const before = classes[i - 1] ?? 0;
      const cls = classes[i] ?? 0;
      const hump = before === unitClass.lower && cls === unitClass.upper;
      const acronymEnd = before === unitClass.upper && cls === unitClass.upper && classes[i + 1] === unitClass.lower && i + 1 < to;
      const number = (before === unitClass.digit) !== (cls === unitClass.digit);
      if (hump || acronymEnd || number) {
        this.#word(this.#stem(begin, i), termKind.fragment, begin, i, wordIds);
        begin = i;
      }
    }
    const kind = inWhole || begin > from ? termKind.fragment : termKind.word;
    this.#word(this.#stem(begin, to), kind, begin, to, wordIds);
    if (begin > from) this.#word(this.#stem(from, to), termKind.word, from, to, wordIds);
  }
}

function isConnector(c: number): boolean {
  return c === 0x2d || c === 0x2e || c === 0x5f;
}

/**
 * Plural and singular English words are one (the "S" stemmer: Harman, "How effective is suffixing?", JASIS 42, 1991).
 * `word` is folded.
 */
export function stem(word: string): string {
  const n = word.length;
  if (n < 4 || word.charCodeAt(n - 1) !== 0x73) return word;
  if (word.endsWith('ies') && n > 4 && !word.endsWith('aies') && !word.endsWith('eies')) return `${word.slice(0, -3)}y`;
  if (word.endsWith('sses') || word.endsWith('xes') || word.endsWith('ches') || word.endsWith('shes')) return word.slice(0, -2);
  if (word.endsWith('ss') || word.endsWith('us') || word.endsWith('is')) return word;
  return word.slice(0, -1);
}
