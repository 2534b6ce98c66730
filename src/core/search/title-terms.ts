import { Analyser, termKind } from './analyse';
import { unitClass } from './fold';
import { pageString, type Segment } from './packed-index';
import { pathWords } from './sections';

/** Distinct terms of a text with how much each counts for its likeness to another. Ids are signed: most need no object when they are looked up. */
export interface WeightedTerms {
  readonly ids: Int32Array;
  readonly weights: Float64Array;
}

/** What a term counts in {@link TitleTerms}. */
export interface LikenessWeights {
  /** A bigram with one hiragana. */
  readonly diceMixed: number;
  /** Two units with one to three hiragana between them (を削除 = の削除, 切り替え = 切替). */
  readonly diceBridge: number;
}

/** Texts whose terms are remembered, and words that are numbered, before all are forgotten. */
const mostTexts = 20_000;
const mostWords = 20_000;
/** Terms of a text that are looked at. */
const mostTerms = 1_000;

/**
 * Terms of titles, paths and headings, for the likeness to a query: who types meets the same pages at every key, so that the
 * terms of a page are remembered. Ids stay the same until {@link begin} forgets them.
 */
export class TitleTerms {
  readonly #weights: LikenessWeights;
  readonly #analyser = new Analyser();
  readonly #numbers = new Map<string, number>();
  #pages = new WeakMap<Segment, Map<number, readonly WeightedTerms[]>>();
  #headings = new WeakMap<Segment, Map<number, WeightedTerms>>();
  #texts = 0;
  /** Scratch of {@link of}. */
  readonly #ids = new Int32Array(mostTerms);
  readonly #counts = new Float64Array(mostTerms);
  #count = 0;

  constructor(weights: LikenessWeights) {
    this.#weights = weights;
  }

  /** Before each query: ids of an earlier one may be forgotten here, and only here. */
  begin(): void {
    if (this.#texts < mostTexts && this.#numbers.size < mostWords) return;
    this.#numbers.clear();
    this.#pages = new WeakMap();
    this.#headings = new WeakMap();
    this.#texts = 0;
  }

  /** Id of a term: of a bigram its key, of a word its number. */
  id(key: number | string): number {
    return typeof key === 'number' ? key | 0 : this.#number(key);
  }

  /** Title, headline and words of the path of a page. */
  ofPage(segment: Segment, page: number): readonly WeightedTerms[] {
    const known = this.#pages.get(segment) ?? new Map<number, readonly WeightedTerms[]>();
    this.#pages.set(segment, known);
    let terms = known.get(page);
    if (terms === undefined) {
      terms = [segment.pageText(page, pageString.title), segment.pageText(page, pageString.headline), pathWords(segment.pageText(page, pageString.path))].map((text) => this.of(text));
      known.set(page, terms);
      this.#texts += terms.length;
    }
    return terms;
  }

  ofHeading(segment: Segment, section: number): WeightedTerms {
    const known = this.#headings.get(segment) ?? new Map<number, WeightedTerms>();
    this.#headings.set(segment, known);
    let terms = known.get(section);
    if (terms === undefined) {
      terms = this.of(segment.heading(section));
      known.set(section, terms);
      this.#texts++;
    }
    return terms;
  }

  of(text: string): WeightedTerms {
    const analyser = this.#analyser;
    analyser.analyse(text, (word) => this.#number(word));
    this.#count = 0;
    for (let i = 0; i < analyser.count; i++) {
      const kind = analyser.kinds[i] ?? 0;
      if (kind === termKind.mixed) this.#put((analyser.ids[i] ?? 0) | 0, this.#weights.diceMixed, true);
      else if (kind === termKind.bigram || kind === termKind.word || kind === termKind.fragment) this.#put((analyser.ids[i] ?? 0) | 0, 1, true);
    }
    const { codes, classes, length } = analyser.folder;
    let run = 0;
    for (let i = 1; i < length; i++) {
      if (classes[i] === unitClass.hiragana) run++;
      else {
        const left = i - run - 1;
        if (run > 0 && run <= 3 && left >= 0 && (classes[i] ?? 0) > unitClass.hiragana && (classes[left] ?? 0) > unitClass.hiragana) {
          this.#put(((codes[left] ?? 0) << 16) | (codes[i] ?? 0), this.#weights.diceBridge, false);
        }
        run = 0;
      }
    }
    return { ids: this.#ids.slice(0, this.#count), weights: this.#counts.slice(0, this.#count) };
  }

  /** Titles are short: looking through them is quicker than a map, and leaves nothing behind. */
  #put(id: number, weight: number, replace: boolean): void {
    const ids = this.#ids;
    const count = this.#count;
    let at = 0;
    while (at < count && ids[at] !== id) at++;
    if (at === count) {
      if (count === mostTerms) return;
      ids[at] = id;
      this.#count++;
    } else if (!replace) return;
    this.#counts[at] = weight;
  }

  #number(word: string): number {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const next = this.#numbers.size;
    this.#numbers.set(word, next);
    return next;
  }
}
