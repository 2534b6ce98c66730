import { Analyser, termKind } from './analyse';
import { unitClass } from './fold';
import { documentFrequency, ln, statisticsOf, termOf, type IndexStatistics, type LiveSegment } from './live';
import { pathWords } from './sections';
import { pageString, Postings, type Segment } from './packed-index';

/** One thing the query asks for: a term, or several that may stand for each other. */
export interface Slot {
  readonly weight: number;
  /** Bigram keys (numbers) and words, each with its weight against the others. */
  readonly terms: readonly { readonly key: number | string; readonly weight: number }[];
}

/** Levers of the ranking; docs/search.md says what was measured. */
export interface RankWeights {
  readonly k1: number;
  readonly title: number;
  readonly alias: number;
  readonly path: number;
  readonly summary: number;
  readonly heading: number;
  /** Length normalisation of the body and of the short fields. */
  readonly bodyB: number;
  readonly shortB: number;
  /** More weight for the section that opens a page. */
  readonly lead: number;
  /** How much the share of the query's weight that a page covers counts. */
  readonly cover: number;
  /** Rerank of the head: likeness of title and query, for short and for long queries. */
  readonly dice: number;
  readonly diceLong: number;
  /** Weight of a bigram with one hiragana in the likeness. */
  readonly diceMixed: number;
  /** Weight of two units with one to three hiragana between them (を削除 = の削除, 切り替え = 切替) in the likeness. */
  readonly diceBridge: number;
  /** Share of the query's weight found in title or heading. */
  readonly headCover: number;
  /** What the query asks for, against a plain bigram or word: bigrams with one hiragana, whole katakana words, parts of
   * compound words, words that go on, corrected words, the organisation's synonyms, everyday ones. */
  readonly mixed: number;
  readonly katakana: number;
  readonly fragment: number;
  readonly prefix: number;
  readonly near: number;
  readonly synonym: number;
  readonly everyday: number;
  /** How much a title counts that is like the query with a synonym put in. */
  readonly reading: number;
}

export const defaultWeights: RankWeights = {
  k1: 1.2, title: 3, alias: 2, path: 1.5, summary: 1, heading: 1, bodyB: 0.75, shortB: 0.6, lead: 0.4,
  cover: 1, dice: 0.9, diceLong: 0.5, diceMixed: 0.3, diceBridge: 1, headCover: 0.3,
  mixed: 0.6, katakana: 0, fragment: 0.7, prefix: 0.8, near: 0.7, synonym: 0.5, everyday: 0.2, reading: 0.95,
};

export interface Ranked {
  readonly live: LiveSegment;
  readonly page: number;
  readonly section: number;
  readonly score: number;
  readonly path: string;
}

/** Whether a live page passes the filters. */
export type PageFilter = (segment: Segment, page: number) => boolean;

/** Pages reranked by title and heading likeness. */
const headSize = 100;
/** Scores are compared as integers of millionths: the last bits never decide an order. */
const precision = 1_000_000;

/** BM25F (Robertson, Zaragoza, Taylor, CIKM 2004) over segments: pages by their best section, then a rerank of the head. */
export class Ranker {
  readonly #weights: RankWeights;
  readonly #analyser = new Analyser();
  readonly #postings = new Postings();
  #pageScore = new Float64Array(0);
  #pageTf = new Float64Array(0);
  #pageCover = new Float64Array(0);
  #sectionScore = new Float64Array(0);
  #sectionTf = new Float64Array(0);
  #sectionCover = new Float64Array(0);

  constructor(weights: RankWeights) {
    this.#weights = weights;
  }

  /**
   * Ranks the pages that hold any of the slots. Gives the best `count` pages that pass `accept`, best first: equal scores by
   * path in code unit order. `seen` is told every page within reach of the best one, accepted or not.
   */
  rank(
    segments: readonly LiveSegment[],
    slots: readonly Slot[],
    readings: readonly string[],
    count: number,
    accept: PageFilter,
    seen: (segment: Segment, page: number, score: number) => void,
  ): readonly Ranked[] {
    const statistics = statisticsOf(segments);
    const idfs = slots.map((slot) => {
      let frequency = 0;
      for (const term of slot.terms) frequency += documentFrequency(segments, term.key);
      const df = Math.min(frequency, statistics.pages);
      return df === 0 ? 0 : slot.weight * ln(1 + (statistics.pages - df + 0.5) / (df + 0.5));
    });
    let mass = 0;
    for (const idf of idfs) mass += idf;
    if (mass === 0) return [];
    const best = new BestPages(Math.max(count, headSize));
    for (const live of segments) this.#score(live, slots, idfs, mass, statistics, best, accept, seen);
    return this.#rerank(best.sorted(), slots, idfs, mass, readings).slice(0, count);
  }

  #score(
    live: LiveSegment,
    slots: readonly Slot[],
    idfs: readonly number[],
    mass: number,
    statistics: IndexStatistics,
    best: BestPages,
    accept: PageFilter,
    seen: (segment: Segment, page: number, score: number) => void,
  ): void {
    const { segment, dead } = live;
    this.#reset(segment);
    slots.forEach((slot, i) => {
      const idf = idfs[i] ?? 0;
      if (idf > 0) this.#addSlot(segment, slot, idf, statistics);
    });
    const { cover } = this.#weights;
    const { firstSection } = segment.tables;
    for (let page = 0; page < segment.pageCount; page++) {
      if (dead[page] === 1) continue;
      const base = this.#pageScore[page] ?? 0;
      const baseCover = this.#pageCover[page] ?? 0;
      const first = firstSection[page] ?? 0;
      const to = firstSection[page + 1] ?? 0;
      let top = 0;
      let topSection = first;
      for (let section = first; section < to; section++) {
        const raw = base + (this.#sectionScore[section] ?? 0);
        const score = raw * (1 + (cover * (baseCover + (this.#sectionCover[section] ?? 0))) / mass);
        if (score > top) {
          top = score;
          topSection = section;
        }
      }
      if (top === 0 && base > 0) top = base * (1 + (cover * baseCover) / mass);
      if (top <= 0) continue;
      seen(segment, page, top);
      if (accept(segment, page)) best.offer(live, page, topSection, Math.round(top * precision));
    }
  }

  #reset(segment: Segment): void {
    if (this.#pageScore.length < segment.pageCount) {
      this.#pageScore = new Float64Array(segment.pageCount);
      this.#pageTf = new Float64Array(segment.pageCount);
      this.#pageCover = new Float64Array(segment.pageCount);
    }
    if (this.#sectionScore.length < segment.sectionCount) {
      this.#sectionScore = new Float64Array(segment.sectionCount);
      this.#sectionTf = new Float64Array(segment.sectionCount);
      this.#sectionCover = new Float64Array(segment.sectionCount);
    }
    this.#pageScore.fill(0, 0, segment.pageCount);
    this.#pageCover.fill(0, 0, segment.pageCount);
    this.#sectionScore.fill(0, 0, segment.sectionCount);
    this.#sectionCover.fill(0, 0, segment.sectionCount);
  }

  /** Adds a slot's share to pages (title, aliases, path, summary) and, above what its page already has, to sections. */
  #addSlot(segment: Segment, slot: Slot, idf: number, statistics: IndexStatistics): void {
    const { k1, title, alias, path, summary, heading, bodyB, shortB, lead } = this.#weights;
    const { pageLengths, bodyLengths, headingLengths, firstSection } = segment.tables;
    const postings = this.#postings;
    const fieldWeights = [title, alias, path, summary];
    const touchedPages: number[] = [];
    const touchedSections: number[] = [];
    for (const { key, weight } of slot.terms) {
      const term = termOf(segment, key);
      if (term < 0) continue;
      segment.decode(term, postings);
      for (let i = 0; i < postings.pageCount; i++) {
        const page = postings.pages[i] ?? 0;
        const code = postings.pageCodes[i] ?? 0;
        let tf = 0;
        for (let field = 0; field < 4; field++) {
          const times = (code >> (field * 2)) & 3;
          if (times === 0) continue;
          const length = (pageLengths[page * 4 + field] ?? 0) / (statistics.averagePage[field] ?? 1);
          tf += ((fieldWeights[field] ?? 0) * times) / (1 - shortB + shortB * length);
        }
        if ((this.#pageTf[page] ?? 0) === 0) touchedPages.push(page);
        this.#pageTf[page] = (this.#pageTf[page] ?? 0) + tf * weight;
      }
      for (let i = 0; i < postings.sectionCount; i++) {
        const section = postings.sections[i] ?? 0;
        const body = postings.body[i] ?? 0;
        const inHeading = postings.heading[i] ?? 0;
        let tf = 0;
        if (body > 0) tf = body / (1 - bodyB + (bodyB * (bodyLengths[section] ?? 0)) / statistics.averageBody);
        if (lead > 0 && firstSection[segment.pageOf[section] ?? 0] === section) tf *= 1 + lead;
        if (inHeading > 0) {
          tf += (heading * inHeading) / (1 - shortB + (shortB * (headingLengths[section] ?? 0)) / statistics.averageHeading);
        }
        if ((this.#sectionTf[section] ?? 0) === 0) touchedSections.push(section);
        this.#sectionTf[section] = (this.#sectionTf[section] ?? 0) + tf * weight;
      }
    }
    for (const page of touchedPages) {
      const tf = this.#pageTf[page] ?? 0;
      this.#pageScore[page] = (this.#pageScore[page] ?? 0) + (idf * tf) / (k1 + tf);
      this.#pageCover[page] = (this.#pageCover[page] ?? 0) + idf;
    }
    for (const section of touchedSections) {
      const base = this.#pageTf[segment.pageOf[section] ?? 0] ?? 0;
      const tf = base + (this.#sectionTf[section] ?? 0);
      this.#sectionTf[section] = 0;
      const gain = base === 0 ? tf / (k1 + tf) : tf / (k1 + tf) - base / (k1 + base);
      this.#sectionScore[section] = (this.#sectionScore[section] ?? 0) + idf * gain;
      if (base === 0) this.#sectionCover[section] = (this.#sectionCover[section] ?? 0) + idf;
    }
    for (const page of touchedPages) this.#pageTf[page] = 0;
  }

  #rerank(head: readonly Ranked[], slots: readonly Slot[], idfs: readonly number[], mass: number, readings: readonly string[]): readonly Ranked[] {
    const top = head[0]?.score ?? 1;
    const { dice, diceLong, headCover } = this.#weights;
    const numbers = new Map<string, number>();
    const number = (word: string): number => {
      const known = numbers.get(word);
      if (known !== undefined) return known;
      numbers.set(word, numbers.size);
      return numbers.size - 1;
    };
    const queries = readings.map((reading, i) => {
      const terms = this.#terms(reading, number);
      let size = 0;
      for (const weight of terms.values()) size += weight;
      return { terms, size, trust: i === 0 ? 1 : this.#weights.reading };
    });
    // From 12 terms on a query becomes more of a sentence and less of a title; at 40 it is one.
    const long = Math.max(0, Math.min(1, ((queries[0]?.terms.size ?? 0) - 12) / 28));
    const diceWeight = dice + (diceLong - dice) * long;
    const slotOf = new Map<number, number>();
    slots.forEach((slot, i) => {
      for (const { key } of slot.terms) slotOf.set(typeof key === 'number' ? key : number(key), i);
    });
    const reranked = head.slice(0, headSize).map((ranked) => {
      const { segment } = ranked.live;
      let likeness = 0;
      const covered = new Set<number>();
      for (const text of [segment.pageText(ranked.page, pageString.title), segment.pageText(ranked.page, pageString.headline), pathWords(ranked.path)]) {
        const title = this.#terms(text, number);
        let size = 0;
        for (const [id, weight] of title) {
          size += weight;
          covered.add(slotOf.get(id) ?? -1);
        }
        for (const query of queries) {
          let common = 0;
          for (const [id, weight] of title) if (query.terms.has(id)) common += weight;
          if (common > 0) likeness = Math.max(likeness, (query.trust * 2 * common) / (query.size + size));
        }
      }
      for (const [id] of this.#terms(segment.heading(ranked.section), number)) covered.add(slotOf.get(id) ?? -1);
      let share = 0;
      for (const i of covered) share += idfs[i] ?? 0;
      const score = ranked.score / top + diceWeight * likeness + (headCover * share) / mass;
      return { ...ranked, score: Math.round(score * precision) / precision };
    });
    const rest = head.slice(headSize).map((ranked) => ({ ...ranked, score: ranked.score / top / 10 }));
    return [...reranked.sort(byScore), ...rest];
  }

  #terms(text: string, number: (word: string) => number): Map<number, number> {
    const analyser = this.#analyser;
    analyser.analyse(text, number);
    const found = new Map<number, number>();
    for (let i = 0; i < analyser.count; i++) {
      const kind = analyser.kinds[i] ?? 0;
      if (kind === termKind.mixed) found.set(analyser.ids[i] ?? 0, this.#weights.diceMixed);
      else if (kind === termKind.bigram || kind === termKind.word || kind === termKind.fragment) found.set(analyser.ids[i] ?? 0, 1);
    }
    const { codes, classes, length } = analyser.folder;
    let run = 0;
    for (let i = 1; i < length; i++) {
      if (classes[i] === unitClass.hiragana) run++;
      else {
        const left = i - run - 1;
        if (run > 0 && run <= 3 && left >= 0 && (classes[i] ?? 0) > unitClass.hiragana && (classes[left] ?? 0) > unitClass.hiragana) {
          const bridge = (((codes[left] ?? 0) << 16) | (codes[i] ?? 0)) >>> 0;
          if (!found.has(bridge)) found.set(bridge, this.#weights.diceBridge);
        }
        run = 0;
      }
    }
    return found;
  }
}

export function byScore(a: Ranked, b: Ranked): number {
  if (a.score !== b.score) return b.score - a.score;
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return (a.live.segment.tables.kinds[a.page] ?? 0) - (b.live.segment.tables.kinds[b.page] ?? 0);
}

/** The best pages so far, in a heap with the worst on top. */
class BestPages {
  readonly #limit: number;
  readonly #heap: Ranked[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(live: LiveSegment, page: number, section: number, score: number): void {
    const heap = this.#heap;
    const worst = heap[0];
    if (heap.length === this.#limit && worst !== undefined && score < worst.score) return;
    const candidate = { live, page, section, score, path: live.segment.pageText(page, pageString.path) };
    if (heap.length < this.#limit) {
      heap.push(candidate);
      this.#up(heap.length - 1);
    } else if (worst !== undefined && byScore(candidate, worst) < 0) {
      heap[0] = candidate;
      this.#down(0);
    }
  }

  sorted(): Ranked[] {
    return [...this.#heap].sort(byScore);
  }

  #worse(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    return first !== undefined && second !== undefined && byScore(first, second) > 0;
  }

  #swap(a: number, b: number): void {
    const first = this.#heap[a];
    const second = this.#heap[b];
    if (first === undefined || second === undefined) return;
    this.#heap[a] = second;
    this.#heap[b] = first;
  }

  #up(from: number): void {
    for (let i = from; i > 0; ) {
      const parent = (i - 1) >> 1;
      if (!this.#worse(i, parent)) return;
      this.#swap(i, parent);
      i = parent;
    }
  }

  #down(from: number): void {
    for (let i = from; ; ) {
      const left = i * 2 + 1;
      let worst = i;
      if (this.#worse(left, worst)) worst = left;
      if (this.#worse(left + 1, worst)) worst = left + 1;
      if (worst === i) return;
      this.#swap(i, worst);
      i = worst;
    }
  }
}
