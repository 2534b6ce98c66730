import type { ProjectDocument } from '../document/document';
import { maskOpaque, maskPart } from '../document/prose';
import type { FoundDate } from '../text/date';
import type { Span } from '../text/position';
import { datesOf } from './recognisers/dates';
import { recognisers, type RecogniserName } from './recognisers/index';
import type { Hit, Surroundings } from './recognisers/recogniser';
import { Found, type Kind } from './found';
import { sameOutside, spliceBetween, type Splice } from './splice';
import { mergeHits, type WordHits, type WordScanner } from './words';

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

/** A text to be searched: as it is, or a document's with code and comments blanked out. */
export interface SearchedText {
  readonly text: string;
  readonly length: number;
  /** A part of it, cut out without making the whole of it where that can be. */
  slice(start: number, end: number): string;
  /** What has to be searched anew, this being the text after an edit; `undefined` when all of it has. */
  splice(before: SearchedText): Splice | undefined;
}

/** A text that is searched as it is. */
export class WholeText implements SearchedText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  get length(): number {
    return this.text.length;
  }

  slice(start: number, end: number): string {
    return this.text.slice(start, end);
  }

  splice(before: SearchedText): Splice | undefined {
    return spliceBetween(before.text, this.text);
  }
}

/** With more code and comments than these, cutting a part out costs as much as making the whole. */
const fewOpaque = 1000;

/** The text of a document without what prose rules leave alone. */
export class MaskedText implements SearchedText {
  readonly #document: ProjectDocument;
  #text: string | undefined;

  constructor(document: ProjectDocument) {
    this.#document = document;
  }

  get text(): string {
    this.#text ??= maskOpaque(this.#document);
    return this.#text;
  }

  get length(): number {
    return this.#document.text.length;
  }

  slice(start: number, end: number): string {
    return this.#text === undefined && this.#document.opaque.length <= fewOpaque ? maskPart(this.#document, start, end) : this.text.slice(start, end);
  }

  splice(before: SearchedText): Splice | undefined {
    if (!(before instanceof MaskedText)) return spliceBetween(before.text, this.text);
    const splice = spliceBetween(before.#document.text, this.#document.text);
    if (splice === undefined || leavesRestMasked(before.#document.opaque, this.#document.opaque, splice)) return splice;
    return spliceBetween(before.text, this.text);
  }
}

/** Whether outside of the changed part the same is blanked out as before. */
function leavesRestMasked(before: readonly Span[], after: readonly Span[], splice: Splice): boolean {
  const { inner, by } = splice;
  const crosses = (spans: readonly Span[], start: number, end: number): boolean =>
    spans.some((span) => (span.start < start && span.end > start) || (span.start < end && span.end > end));
  return sameOutside(before, after, splice) && !crosses(before, inner.start, inner.end - by) && !crosses(after, inner.start, inner.end);
}

/**
 * A text that is searched once for everything: a whole document, or a value that stands for itself. Conditions on its
 * parts (a line, a cell) are answered by looking up where they lie. A text that was edited is searched only around the
 * edit; the rest is taken from the source before.
 */
export class TextSource {
  readonly #source: SearchedText;
  readonly #lexicon: Lexicon;
  readonly #code: readonly Span[];
  #recognised: Map<RecogniserName, Found<Hit>> | undefined;
  #listed: Map<WordList, Found<Span>> | undefined;
  #words: WordHits | undefined;
  #held: Map<readonly string[], boolean> | undefined;
  #dates: Found<FoundDate> | undefined;
  #countedDates: Found<FoundDate> | undefined;
  #kept: Splice | undefined;

  /** @param before the text before an edit, searched with the same lexicon */
  constructor(source: SearchedText, lexicon: Lexicon, code: readonly Span[] = [], before?: TextSource) {
    this.#source = source;
    this.#lexicon = lexicon;
    this.#code = code;
    if (before !== undefined) this.#takeOver(before);
  }

  get text(): string {
    return this.#source.text;
  }

  get length(): number {
    return this.#source.length;
  }

  slice(start: number, end: number): string {
    return this.#source.slice(start, end);
  }

  /** Outside of this part everything found is what was found before, moved; `undefined`: that cannot be said. */
  get kept(): Splice | undefined {
    return this.#kept;
  }

  /** Everything a recogniser finds, in order. */
  recognised(name: RecogniserName): Found<Hit> {
    let hits = this.#recognised?.get(name);
    if (hits === undefined) {
      hits = new Found(hitKind, name === 'code' ? this.#code : recognisers[name](this.text, this.#lexicon.surroundings));
      this.#keep(name, hits);
    }
    return hits;
  }

  #keep(name: RecogniserName, hits: Found<Hit>): void {
    this.#recognised ??= new Map();
    this.#recognised.set(name, hits);
  }

  /** Everywhere one of the words stands, in order. */
  listed(list: WordList): Found<Span> {
    let hits = this.#listed?.get(list);
    if (hits === undefined) {
      this.#words ??= this.#lexicon.scanner.scan(this.text);
      hits = new Found(spanKind, mergeHits(this.#words, list.ids));
      this.#list(list, hits);
    }
    return hits;
  }

  #list(list: WordList, hits: Found<Span>): void {
    this.#listed ??= new Map();
    this.#listed.set(list, hits);
  }

  /** Whether one of some words may stand anywhere; after an edit that took out the last of them, it still says so. */
  mayHold(words: readonly string[]): boolean {
    const known = this.#held?.get(words) ?? words.some((word) => this.text.includes(word));
    this.#held ??= new Map();
    this.#held.set(words, known);
    return known;
  }

  /** Every date, possible or not, in order. */
  get dates(): Found<FoundDate> {
    this.#dates ??= new Found(dateKind, datesOf(this.text));
    return this.#dates;
  }

  /** Every date but what may as well be a share (`3/4`), which counts only alone in a cell. */
  get countedDates(): Found<FoundDate> {
    if (this.#countedDates === undefined) {
      const { text, dates } = this;
      this.#countedDates = new Found(dateKind, dates.all.filter((date) => counts(text, date)));
    }
    return this.#countedDates;
  }

  #takeOver(before: TextSource): void {
    const splice = this.#source.splice(before.#source);
    if (splice === undefined) return;
    const { start, end } = splice.window;
    const text = this.slice(start, end);
    let agrees = sameOutside(before.#code, this.#code, splice);
    if (before.#dates !== undefined) {
      const dates = datesOf(text);
      this.#dates = before.#dates.spliced(dates.map((date) => moveDate(date, start)), splice);
      agrees &&= this.#dates !== undefined;
      this.#countedDates = before.#countedDates?.spliced(dates.filter((date) => counts(text, date)).map((date) => moveDate(date, start)), splice);
    }
    for (const [name, known] of before.#recognised ?? []) {
      if (name === 'code') continue;
      const hits = known.spliced(recognisers[name](text, this.#lexicon.surroundings).map((hit) => moveHit(hit, start)), splice);
      if (hits === undefined) agrees = false;
      else this.#keep(name, hits);
    }
    if (before.#listed !== undefined) {
      const words = this.#lexicon.scanner.scan(text);
      for (const [list, known] of before.#listed) {
        const hits = known.spliced(mergeHits(words, list.ids).map((hit) => moveSpan(hit, start)), splice);
        if (hits === undefined) agrees = false;
        else this.#list(list, hits);
      }
    }
    for (const [words, known] of before.#held ?? []) {
      this.#held ??= new Map();
      this.#held.set(words, known || words.some((word) => text.includes(word)));
    }
    if (agrees) this.#kept = splice;
  }
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

function counts(text: string, { certain, span }: FoundDate): boolean {
  return certain || isAloneInCell(text, span);
}

function isAloneInCell(text: string, span: Span): boolean {
  let before = span.start;
  while (before > 0 && (text.charAt(before - 1) === ' ' || text.charAt(before - 1) === '\u3000')) before--;
  let after = span.end;
  while (after < text.length && (text.charAt(after) === ' ' || text.charAt(after) === '\u3000')) after++;
  // A cell of CSV may stand in quotes.
  if (text.charAt(before - 1) === '"' && text.charAt(after) === '"') {
    before--;
    after++;
    return /^[|,;\t\n]?$/u.test(text.charAt(before - 1)) && /^[|,;\t\r\n]?$/u.test(text.charAt(after));
  }
  return /^[|,;\t\n]?$/u.test(text.charAt(before - 1)) && /^[|,;\t\r\n]?$/u.test(text.charAt(after)) && text.charAt(before - 1) + text.charAt(after) !== '\n\n';
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
  return prose.source.slice(prose.from, prose.to);
}

/** The hits that lie wholly in a part. */
export function within<T extends Span>(hits: Found<T>, prose: Prose): readonly T[] {
  if (hits.length === 0) return [];
  const first = hits.firstFrom(prose.from);
  let last = first;
  while (hits.endOf(last) <= prose.to) last++;
  return hits.slice(first, last);
}

/** Whether any hit lies wholly in a part. */
export function anyWithin(hits: Found<Span>, prose: Prose): boolean {
  return hits.length > 0 && hits.endOf(hits.firstFrom(prose.from)) <= prose.to;
}

/** Where a hit lies in the document. */
export function placeOf(hit: Span, prose: Prose): Span {
  return prose.offset === undefined ? prose.whole : { start: hit.start + prose.offset, end: hit.end + prose.offset };
}
