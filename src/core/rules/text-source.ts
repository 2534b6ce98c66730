import type { FoundDate } from '../text/date';
import type { Span } from '../text/position';
import { datesOf } from './recognisers/dates';
import { recognisers, type RecogniserName } from './recognisers/index';
import type { Hit, Surroundings } from './recognisers/recogniser';
import { sameOutside, spliceBetween, spliced, type Kind, type Splice } from './splice';
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
 * parts (a line, a cell) are answered by looking up where they lie. A text that was edited is searched only around the
 * edit; the rest is taken from the source before.
 */
export class TextSource {
  readonly text: string;
  readonly #lexicon: Lexicon;
  readonly #code: readonly Span[];
  #recognised: Map<RecogniserName, readonly Hit[]> | undefined;
  #listed: Map<WordList, readonly Span[]> | undefined;
  #words: ReadonlyMap<number, readonly Span[]> | undefined;
  #dates: readonly FoundDate[] | undefined;
  #kept: Splice | undefined;

  /** @param before the text before an edit, searched with the same lexicon */
  constructor(text: string, lexicon: Lexicon, code: readonly Span[] = [], before?: TextSource) {
    this.text = text;
    this.#lexicon = lexicon;
    this.#code = code;
    if (before !== undefined) this.#takeOver(before);
  }

  /** Outside of this part everything found is what was found before, moved; `undefined`: that cannot be said. */
  get kept(): Splice | undefined {
    return this.#kept;
  }

  /** Everything a recogniser finds, in order. */
  recognised(name: RecogniserName): readonly Hit[] {
    let hits = this.#recognised?.get(name);
    if (hits === undefined) {
      hits = name === 'code' ? this.#code : recognisers[name](this.text, this.#lexicon.surroundings);
      this.#keep(name, hits);
    }
    return hits;
  }

  #keep(name: RecogniserName, hits: readonly Hit[]): void {
    this.#recognised ??= new Map();
    this.#recognised.set(name, hits);
  }

  /** Everywhere one of the words stands, in order. */
  listed(list: WordList): readonly Span[] {
    let hits = this.#listed?.get(list);
    if (hits === undefined) {
      this.#words ??= this.#lexicon.scanner.scan(this.text);
      hits = mergeHits(this.#words, list.ids);
      this.#listed ??= new Map();
      this.#listed.set(list, hits);
    }
    return hits;
  }

  /** Every date, possible or not, in order. */
  get dates(): readonly FoundDate[] {
    this.#dates ??= datesOf(this.text);
    return this.#dates;
  }

  #takeOver(before: TextSource): void {
    const splice = spliceBetween(before.text, this.text);
    if (splice === undefined) return;
    const { start, end } = splice.window;
    const text = this.text.slice(start, end);
    let agrees = sameOutside(before.#code, this.#code, splice);
    if (before.#dates !== undefined) {
      this.#dates = spliced(before.#dates, datesOf(text).map((date) => moveDate(date, start)), splice, dateKind);
      agrees &&= this.#dates !== undefined;
    }
    for (const [name, known] of before.#recognised ?? []) {
      if (name === 'code') continue;
      const hits = spliced(known, recognisers[name](text, this.#lexicon.surroundings).map((hit) => moveHit(hit, start)), splice, hitKind);
      if (hits === undefined) agrees = false;
      else this.#keep(name, hits);
    }
    if (before.#words !== undefined) {
      const words = spliceWords(before.#words, this.#lexicon.scanner.scan(text), splice);
      if (words === undefined) agrees = false;
      else this.#words = words;
    }
    if (agrees) this.#kept = splice;
  }
}

function spliceWords(before: ReadonlyMap<number, readonly Span[]>, found: ReadonlyMap<number, readonly Span[]>, splice: Splice): ReadonlyMap<number, readonly Span[]> | undefined {
  const words = new Map<number, readonly Span[]>();
  for (const id of new Set([...before.keys(), ...found.keys()])) {
    const moved = (found.get(id) ?? []).map((span) => moveSpan(span, splice.window.start));
    const spans = spliced(before.get(id) ?? [], moved, splice, spanKind);
    if (spans === undefined) return undefined;
    if (spans.length > 0) words.set(id, spans);
  }
  return words;
}

function moveSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}

function moveHit(hit: Hit, by: number): Hit {
  return hit.better === undefined ? moveSpan(hit, by) : { start: hit.start + by, end: hit.end + by, better: hit.better };
}

function moveDate(date: FoundDate, by: number): FoundDate {
  const { format, day, valid, yearWritten, year, month, date: dayOfMonth, weekday, weekdayRight, range, certain } = date;
  return {
    span: moveSpan(date.span, by), format, day, valid, yearWritten, year, month, date: dayOfMonth,
    weekday: weekday === undefined ? undefined : { name: weekday.name, index: weekday.index, span: moveSpan(weekday.span, by) }, weekdayRight, range, certain,
  };
}

/** Whether two dates of the same place are read the same. */
export function sameDate(a: FoundDate, b: FoundDate): boolean {
  return a.day === b.day && a.valid === b.valid && a.year === b.year && a.certain === b.certain && a.range === b.range &&
    a.weekday?.name === b.weekday?.name && a.weekdayRight === b.weekdayRight;
}

const spanKind: Kind<Span> = { at: (span) => span, move: moveSpan, same: () => true };
const hitKind: Kind<Hit> = { at: (hit) => hit, move: moveHit, same: (a, b) => a.better === b.better };
const dateKind: Kind<FoundDate> = { at: (date) => date.span, move: moveDate, same: sameDate };

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
