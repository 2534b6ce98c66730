import type { Span } from '../text/position';
import { recognisers, type RecogniserName } from './recognisers/index';
import type { Hit, Surroundings } from './recognisers/recogniser';
import { firstFrom, mergeHits, type WordScanner } from './words';

/** Words of one condition, numbered in the scanner of their rule set. */
export interface WordList {
  readonly words: readonly string[];
  readonly ids: readonly number[];
}

/** What is looked for in texts: the words of all rules, and what recognisers know. */
export interface Lexicon {
  readonly scanner: WordScanner;
  readonly surroundings: Surroundings;
}

/**
 * A text that is searched once for everything: a whole document, or a value that stands for itself. Conditions on its
 * parts (a line, a cell) are answered by looking up where they lie.
 */
export class TextSource {
  readonly text: string;
  readonly #lexicon: Lexicon;
  readonly #code: readonly Span[];
  readonly #recognised = new Map<RecogniserName, readonly Hit[]>();
  readonly #listed = new Map<WordList, readonly Span[]>();
  #words: ReadonlyMap<number, readonly Span[]> | undefined;

  constructor(text: string, lexicon: Lexicon, code: readonly Span[] = []) {
    this.text = text;
    this.#lexicon = lexicon;
    this.#code = code;
  }

  /** Everything a recogniser finds, in order. */
  recognised(name: RecogniserName): readonly Hit[] {
    let hits = this.#recognised.get(name);
    if (hits === undefined) {
      hits = name === 'code' ? this.#code : recognisers[name](this.text, this.#lexicon.surroundings);
      this.#recognised.set(name, hits);
    }
    return hits;
  }

  /** Everywhere one of the words stands, in order. */
  listed(list: WordList): readonly Span[] {
    let hits = this.#listed.get(list);
    if (hits === undefined) {
      this.#words ??= this.#lexicon.scanner.scan(this.text);
      hits = mergeHits(this.#words, list.ids);
      this.#listed.set(list, hits);
    }
    return hits;
  }
}

/** A part of a source as the text of a unit. `toDocument` maps its offsets; hits of a text of its own lie on `whole`. */
export interface Prose {
  readonly source: TextSource;
  readonly from: number;
  readonly to: number;
  /** Offset of the source in the document, `undefined` when its text is not the document's. */
  readonly offset: number | undefined;
  /** Where a hit is shown when `offset` is unknown. */
  readonly whole: Span;
}

export function textOf(prose: Prose): string {
  return prose.source.text.slice(prose.from, prose.to);
}

/** The hits that lie wholly in a part. */
export function within<T extends Span>(hits: readonly T[], prose: Prose): readonly T[] {
  if (hits.length === 0) return hits;
  const first = firstFrom(hits, prose.from);
  let last = first;
  while (last < hits.length && (hits[last]?.end ?? Infinity) <= prose.to) last++;
  return first === 0 && last === hits.length ? hits : hits.slice(first, last);
}

/** Whether any hit lies wholly in a part. */
export function anyWithin(hits: readonly Span[], prose: Prose): boolean {
  if (hits.length === 0) return false;
  return (hits[firstFrom(hits, prose.from)]?.end ?? Infinity) <= prose.to;
}

/** Where a hit lies in the document. */
export function placeOf(hit: Span, prose: Prose): Span {
  return prose.offset === undefined ? prose.whole : { start: hit.start + prose.offset, end: hit.end + prose.offset };
}
