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

/** Terms and words that are remembered before all are forgotten. */
const mostTerms = 200_000;
const mostWords = 20_000;
/** Terms of a text that are looked at. */
const longestText = 1_000;
/** Texts of a page: title, headline, words of the path. */
export const pageTexts = 3;

/** Where the texts of a segment begin in {@link TitleTerms.ids}; 0: not known yet. */
interface Places {
  readonly pages: Int32Array;
  readonly headings: Int32Array;
}

/**
 * Terms of titles, paths and headings, for the likeness to a query: who types meets the same pages at every key, so that the
 * terms of a page are remembered. Ids stay the same until {@link begin} forgets them. Everything lies in a few long arrays.
 */
export class TitleTerms {
  /** A text is the number of its terms and then the terms. */
  ids = new Int32Array(16_384);
  /** What each term is: 0 plain, 1 with one hiragana, 2 across hiragana. */
  kinds = new Uint8Array(16_384);
  /** What a term of each kind counts. */
  readonly counts: Float64Array;
  /** Where the next text is put; the first place is for nothing. */
  #end = 1;
  readonly #analyser = new Analyser();
  readonly #numbers = new Map<string, number>();
  #places = new WeakMap<Segment, Places>();

  constructor({ diceMixed, diceBridge }: LikenessWeights) {
    this.counts = Float64Array.of(1, diceMixed, diceBridge);
  }

  /** Before each query: what an earlier one learnt may be forgotten here, and only here. */
  begin(): void {
    if (this.#end < mostTerms && this.#numbers.size < mostWords) return;
    this.#numbers.clear();
    this.#places = new WeakMap();
    this.#end = 1;
  }

  /** Id of a term: of a bigram its key, of a word its number. */
  id(key: number | string): number {
    return typeof key === 'number' ? key | 0 : this.#number(key);
  }

  /** Where the title, the headline and the words of the path of a page are, one after the other. */
  ofPage(segment: Segment, page: number): number {
    const { pages } = this.#placesIn(segment);
    const known = pages[page] ?? 0;
    if (known > 0) return known;
    const place = this.#put(segment.pageText(page, pageString.title));
    this.#put(segment.lacks(page, pageString.headline) ? '' : segment.pageText(page, pageString.headline));
    this.#put(pathWords(segment.pageText(page, pageString.path)));
    pages[page] = place;
    return place;
  }

  /** Where the terms of a heading are. */
  ofHeading(segment: Segment, section: number): number {
    const { headings } = this.#placesIn(segment);
    const known = headings[section] ?? 0;
    if (known > 0) return known;
    const place = this.#put(segment.heading(section));
    headings[section] = place;
    return place;
  }

  of(text: string): WeightedTerms {
    const place = this.#put(text);
    const from = place + 1;
    const to = from + (this.ids[place] ?? 0);
    // What a query says is not met again.
    this.#end = place;
    return { ids: this.ids.slice(from, to), weights: Float64Array.from(this.kinds.subarray(from, to), (kind) => this.counts[kind] ?? 0) };
  }

  #placesIn(segment: Segment): Places {
    let places = this.#places.get(segment);
    if (places === undefined) {
      places = { pages: new Int32Array(segment.pageCount), headings: new Int32Array(segment.sectionCount) };
      this.#places.set(segment, places);
    }
    return places;
  }

  /** Analyses a text. @returns where its terms are */
  #put(text: string): number {
    const place = this.#end;
    if (place + longestText + 1 > this.ids.length) this.#grow();
    this.ids[place] = 0;
    this.#end = place + 1;
    if (text === '') return place;
    const analyser = this.#analyser;
    analyser.analyse(text, this.#number);
    for (let i = 0; i < analyser.count; i++) {
      const kind = analyser.kinds[i] ?? 0;
      if (kind === termKind.mixed) this.#add(place, (analyser.ids[i] ?? 0) | 0, 1, true);
      else if (kind === termKind.bigram || kind === termKind.word || kind === termKind.fragment) this.#add(place, (analyser.ids[i] ?? 0) | 0, 0, true);
    }
    const { codes, classes, length } = analyser.folder;
    let run = 0;
    for (let i = 1; i < length; i++) {
      if (classes[i] === unitClass.hiragana) run++;
      else {
        const left = i - run - 1;
        if (run > 0 && run <= 3 && left >= 0 && (classes[i] ?? 0) > unitClass.hiragana && (classes[left] ?? 0) > unitClass.hiragana) {
          this.#add(place, ((codes[left] ?? 0) << 16) | (codes[i] ?? 0), 2, false);
        }
        run = 0;
      }
    }
    return place;
  }

  /** Titles are short: looking through them is quicker than a map, and leaves nothing behind. */
  #add(place: number, id: number, kind: number, replace: boolean): void {
    const { ids } = this;
    const end = this.#end;
    let at = place + 1;
    while (at < end && ids[at] !== id) at++;
    if (at === end) {
      if (end - place > longestText) return;
      ids[at] = id;
      ids[place] = end - place;
      this.#end++;
    } else if (!replace) return;
    this.kinds[at] = kind;
  }

  #grow(): void {
    const ids = new Int32Array(this.ids.length * 2);
    const kinds = new Uint8Array(this.ids.length * 2);
    ids.set(this.ids);
    kinds.set(this.kinds);
    this.ids = ids;
    this.kinds = kinds;
  }

  readonly #number = (word: string): number => {
    const known = this.#numbers.get(word);
    if (known !== undefined) return known;
    const next = this.#numbers.size;
    this.#numbers.set(word, next);
    return next;
  };
}
