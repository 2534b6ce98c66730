import { byScore, type Ranked } from './best-pages';
import { pageString } from './packed-index';
import { kindsAskedFor } from './query-form';
import type { RankWeights, Slot } from './rank';
import type { SearchKind } from './search';
import { pageTexts, TitleTerms } from './title-terms';

/** Pages reranked by title and heading likeness. */
export const headSize = 60;
/** Words of titles that name no thing of their own. */
const generalWords = 'の概要\nの全体像\nの基本\noverview\nintroduction\nbasics';
/** Scores are compared as integers of millionths: the last bits never decide an order. */
const precision = 1_000_000;
/** Share of a query from which on a title holds all of it: sums of floats miss 1 by a little. */
const whole = 0.99;
/** Endings and particles are shorter. */
const longHiragana = /[ぁ-ゖ]{4}/u;

/** What a query has to do with the terms of titles: which of its readings hold one (a bit each), which slot asks for it. */
class KnownTerms {
  readonly #places = new Map<number, number>();
  readings = new Int32Array(64);
  slots = new Int32Array(64);
  general = new Uint8Array(64);

  clear(): void {
    this.#places.clear();
  }

  /** Place of a term in the columns, -1 when the query has nothing to do with it. */
  get(id: number): number {
    return this.#places.get(id) ?? -1;
  }

  add(id: number): number {
    const known = this.#places.get(id);
    if (known !== undefined) return known;
    const place = this.#places.size;
    if (place === this.slots.length) this.#grow();
    this.#places.set(id, place);
    this.readings[place] = 0;
    this.slots[place] = -1;
    this.general[place] = 0;
    return place;
  }

  #grow(): void {
    const { readings, slots, general } = this;
    const size = slots.length * 2;
    this.readings = new Int32Array(size);
    this.slots = new Int32Array(size);
    this.general = new Uint8Array(size);
    this.readings.set(readings);
    this.slots.set(slots);
    this.general.set(general);
  }
}

/** What is known of a page from its titles. */
interface Likeness {
  /** The greatest likeness of a title to a reading of the query, 0 to 1. */
  best: number;
  /** Whether a title is the query. */
  same: boolean;
  /** Of a card: the greatest share that a title holds of a reading of the query that may be a name. */
  held: number;
}

/** Puts the best pages in order by the likeness of title and query, and by what of the query title and heading hold. */
export class HeadRanker {
  readonly #weights: RankWeights;
  readonly #titles: TitleTerms;
  readonly #known = new KnownTerms();
  /** By slot: 1 when a title or heading holds it, 2 when it holds another word for it. */
  #covered = new Uint8Array(64);
  /** By reading of the query: what its terms count, what it is trusted; what it has in common with the title at hand. */
  readonly #sizes = new Float64Array(32);
  readonly #trust = new Float64Array(32);
  readonly #common = new Float64Array(32);
  /** By reading: 1 when it says in hiragana, which no terms stand for, more than a name does. */
  readonly #tells = new Uint8Array(32);
  readonly #likeness: Likeness = { best: 0, same: false, held: 0 };

  constructor(weights: RankWeights) {
    this.#weights = weights;
    this.#titles = new TitleTerms(weights);
  }

  rerank(head: readonly Ranked[], slots: readonly Slot[], idfs: readonly number[], mass: number, readings: readonly string[]): readonly Ranked[] {
    const { dice, diceLong, exact, headCover } = this.#weights;
    const length = this.#learn(slots, readings);
    // From 12 terms on a query becomes more of a sentence and less of a title; at 40 it is one.
    const long = Math.max(0, Math.min(1, (length - 12) / 28));
    const diceWeight = dice + (diceLong - dice) * long;
    const likeness = this.#likeness;
    const titles = this.#titles;
    const covered = this.#covered;
    const askedFor = kindsAskedFor(readings[0] ?? '');
    let top = 0;
    const compared = head.slice(0, headSize).map((ranked) => {
      const { segment } = ranked.live;
      covered.fill(0);
      const kind = segment.kind(ranked.page);
      let prior = this.#priorOf(kind);
      this.#compare(titles.ofPage(segment, ranked.page), readings.length, prior < 1);
      this.#cover(titles.ofHeading(segment, ranked.section));
      this.#coverMeant(slots);
      let share = 0;
      for (let i = 0; i < slots.length; i++) if (covered[i] !== 0) share += idfs[i] ?? 0;
      if (prior < 1 && (likeness.held >= whole || askedFor.has(kind) || readings.includes(segment.pageText(ranked.page, pageString.title)))) prior = 1;
      const like = diceWeight * likeness.best + headCover * Math.min(1, share / mass) + (likeness.same ? exact : 0);
      if (prior === 1) top = Math.max(top, ranked.score);
      return { ranked, prior, like };
    });
    const most = head[0]?.score ?? 1;
    // A card holds every spelling of its name, and would make everything else look as if it held little of the query.
    if (!compared.some(({ ranked, prior }) => prior === 1 && ranked.isFound)) top = most;
    const reranked = compared.map(({ ranked, prior, like }) => {
      const held = prior < 1 ? Math.min(1, ranked.score / top) : ranked.score / top;
      return withScore(ranked, Math.round(prior * (held + like) * precision) / precision);
    });
    const rest = head.slice(headSize).map((ranked) => withScore(ranked, ranked.score / most / 10));
    return [...reranked.sort(byScore), ...rest];
  }

  /** A card says in a sentence what its name means or asks for: its name in a query is mostly what the question is about, not what answers it. */
  #priorOf(kind: SearchKind): number {
    switch (kind) {
      case 'term':
      case 'rule':
      case 'gate':
        return this.#weights.card;
      case 'template':
      case 'kit':
        return this.#weights.blank;
      case 'page':
      case 'document':
        return 1;
    }
  }

  /** Notes what the query has to do with which term. @returns the number of terms of the query as typed */
  #learn(slots: readonly Slot[], readings: readonly string[]): number {
    const titles = this.#titles;
    const known = this.#known;
    titles.begin();
    known.clear();
    let length = 0;
    readings.forEach((reading, i) => {
      const { ids, weights } = titles.of(reading);
      if (i === 0) length = ids.length;
      this.#sizes[i] = weights.reduce((sum, weight) => sum + weight, 0);
      this.#tells[i] = longHiragana.test(reading) ? 1 : 0;
      this.#trust[i] = i === 0 ? 1 : this.#weights.reading;
      for (const id of ids) {
        const place = known.add(id);
        known.readings[place] = (known.readings[place] ?? 0) | (1 << i);
      }
    });
    for (const id of titles.of(generalWords).ids) known.general[known.add(id)] = 1;
    slots.forEach((slot, i) => {
      if (!slot.together) for (const { key } of slot.terms) known.slots[known.add(titles.id(key))] = i;
    });
    if (this.#covered.length < slots.length) this.#covered = new Uint8Array(slots.length);
    return length;
  }

  /** Compares the titles of a page (from `place` on) with the readings of the query, and notes the slots that they hold. */
  #compare(place: number, readings: number, isCard: boolean): void {
    const { ids, kinds, counts } = this.#titles;
    const known = this.#known;
    const common = this.#common;
    const { general } = this.#weights;
    const likeness = this.#likeness;
    likeness.same = false;
    let best = 0;
    let held = 0;
    let at = place;
    for (let text = 0; text < pageTexts; text++) {
      const end = at + 1 + (ids[at] ?? 0);
      let size = 0;
      common.fill(0, 0, readings);
      for (at++; at < end; at++) {
        const weight = counts[kinds[at] ?? 0] ?? 0;
        const term = known.get(ids[at] ?? 0);
        if (term < 0) {
          size += weight;
          continue;
        }
        const holding = known.readings[term] ?? 0;
        size += holding === 0 && known.general[term] === 1 ? weight * general : weight;
        const slot = known.slots[term] ?? -1;
        if (slot >= 0) this.#covered[slot] = 1;
        for (let i = 0; holding >>> i !== 0; i++) if (((holding >>> i) & 1) === 1) common[i] = (common[i] ?? 0) + weight;
      }
      for (let i = 0; i < readings; i++) {
        const asked = this.#sizes[i] ?? 0;
        // Hiragana alone has no terms to compare.
        if (asked === 0) continue;
        const both = common[i] ?? 0;
        const alike = (2 * both) / (asked + size);
        if (alike > 0.999) likeness.same = true;
        best = Math.max(best, (this.#trust[i] ?? 0) * alike);
        if (isCard && this.#tells[i] === 0) held = Math.max(held, both / asked);
      }
    }
    likeness.best = best;
    likeness.held = held;
  }

  /** Notes the slots that a heading holds. */
  #cover(place: number): void {
    const { ids } = this.#titles;
    const end = place + 1 + (ids[place] ?? 0);
    for (let at = place + 1; at < end; at++) {
      const term = this.#known.get(ids[at] ?? 0);
      const slot = term < 0 ? -1 : (this.#known.slots[term] ?? -1);
      if (slot >= 0) this.#covered[slot] = 1;
    }
  }

  /** What a synonym in a title covers is covered once: it covers nothing in its turn. */
  #coverMeant(slots: readonly Slot[]): void {
    const covered = this.#covered;
    for (let i = 0; i < slots.length; i++) {
      const covers = covered[i] === 1 ? slots[i]?.covers : undefined;
      if (covers === undefined || covers.length === 0) continue;
      for (const key of covers) {
        const term = this.#known.get(this.#titles.id(key));
        const slot = term < 0 ? -1 : (this.#known.slots[term] ?? -1);
        if (slot >= 0 && covered[slot] === 0) covered[slot] = 2;
      }
    }
  }
}

function withScore({ live, page, section, isFound }: Ranked, score: number): Ranked {
  return { live, page, section, score, isFound };
}
