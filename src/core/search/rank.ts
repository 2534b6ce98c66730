import { Tally, TallyColumns, type PageFilter, type Ranked } from './best-pages';
import { documentFrequency, ln, statisticsOf, termOf, type IndexStatistics, type LiveSegment } from './live';
import { HeadRanker, headSize } from './head-ranker';
import { Postings, type Segment } from './packed-index';
import { SectionScores } from './section-scores';

/** One thing the query asks for: a term, or several that may stand for each other. */
export interface Slot {
  readonly weight: number;
  /** Bigram keys (numbers) and words, each with its weight against the others. */
  readonly terms: readonly { readonly key: number | string; readonly weight: number }[];
  /** The terms count only where all of them stand in one section or in the fields of one page: words of a phrase. */
  readonly together: boolean;
  /** Another word for what is asked: who holds what was typed lacks nothing without it. */
  readonly synonym: boolean;
  /** Terms typed that are covered in a title, heading or path where this one stands there. */
  readonly covers: readonly (number | string)[];
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
  /** More for a title that is the query, as typed or as it is read. */
  readonly exact: number;
  /** Weight of words that say what kind of page it is (X の概要 answers X), where they are not asked for. */
  readonly general: number;
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
  /** A synonym that the index has far more often than the word typed. */
  readonly usual: number;
  /** How much a title counts that is like the query with a synonym put in. */
  readonly reading: number;
  /** What a term, a rule or a gate counts, and a template or kit, where the query says more than its name and does not ask for its kind. */
  readonly card: number;
  readonly blank: number;
}

export const defaultWeights: RankWeights = {
  k1: 1.2, title: 3, alias: 2, path: 1.5, summary: 1, heading: 1, bodyB: 0.75, shortB: 0.6, lead: 0.4,
  cover: 1, dice: 0.9, diceLong: 0.5, exact: 0.4, general: 0.5, diceMixed: 0.3, diceBridge: 1, headCover: 0.3,
  mixed: 0.6, katakana: 0, fragment: 0.7, prefix: 0.8, near: 0.7, synonym: 0.5, everyday: 0.2, usual: 0.5, reading: 0.95,
  card: 0.5, blank: 0.8,
};

/** Share of the best page's final score from which on a page counts as found though it holds little of the query. */
const reachOfLike = 0.5;
/** Terms from which on a query is long, and the share of the rarest term's weight below which a term of it is common. */
const longQuery = 16;
const commonShare = 0.12;
/** BM25F (Robertson, Zaragoza, Taylor, CIKM 2004) over segments: pages by their best section, then a rerank of the head. */
export class Ranker {
  readonly #weights: RankWeights;
  readonly #head: HeadRanker;
  readonly #postings = new Postings();
  #columns = new TallyColumns(0);
  #pageScore = new Float64Array(0);
  #pageTf = new Float64Array(0);
  #pageCover = new Float64Array(0);
  /** Frequency of the decoded term in the fields of each of its pages. */
  #frequencies = new Float64Array(0);
  #sectionTf = new Float64Array(0);

  /** What was worked out for the segments asked last. */
  #segments: readonly LiveSegment[] = [];
  #statistics: IndexStatistics = statisticsOf([]);
  #sections = new Map<Segment, SectionScores>();

  constructor(weights: RankWeights) {
    this.#weights = weights;
    this.#head = new HeadRanker(weights);
  }

  /** A tally for {@link rank}. It lasts until another one is asked for: whoever asks reads it before anything else can run. */
  tally(pages: number): Tally {
    if (this.#columns.pages.length < pages) this.#columns = new TallyColumns(pages);
    return new Tally(this.#columns);
  }

  /**
   * Ranks the pages that hold any of the slots. Gives the best `count` pages that pass `accept`, best first: equal scores by
   * path in code unit order. `accept` decides what counts at all and goes into `tally`; of these, `show` what is given back.
   */
  rank(
    segments: readonly LiveSegment[],
    slots: readonly Slot[],
    readings: readonly string[],
    count: number,
    accept: PageFilter | undefined,
    show: PageFilter | undefined,
    tally: Tally,
  ): readonly Ranked[] {
    if (this.#segments !== segments) {
      this.#statistics = statisticsOf(segments);
      this.#segments = segments;
      this.#sections = new Map();
    }
    const statistics = this.#statistics;
    const idfs = slots.map((slot) => {
      const frequencies = slot.terms.map((term) => documentFrequency(segments, term.key));
      const frequency = slot.together ? Math.min(...frequencies) : frequencies.reduce((sum, one) => sum + one, 0);
      const df = Math.min(frequency, statistics.pages);
      return df === 0 ? 0 : slot.weight * ln(1 + (statistics.pages - df + 0.5) / (df + 0.5));
    });
    dropCommon(idfs);
    let mass = 0;
    for (const idf of idfs) mass += idf;
    if (mass === 0) return [];
    let asked = 0;
    slots.forEach((slot, i) => (asked += slot.synonym ? 0 : (idfs[i] ?? 0)));
    for (const live of segments) this.#score(live, slots, idfs, mass, asked === 0 ? mass : asked, statistics, accept, tally);
    const everything = this.#head.rerank(tally.best(Math.max(count, headSize), undefined), slots, idfs, asked === 0 ? mass : asked, readings);
    const strong = (everything[0]?.score ?? 0) * reachOfLike;
    for (const ranked of everything) if (!ranked.isFound && ranked.score >= strong) tally.promote(ranked);
    const isListed = (ranked: Ranked): boolean => ranked.isFound || (show === undefined && ranked.score >= strong);
    const listed = show === undefined
      ? everything
      : this.#head.rerank(tally.best(Math.max(count, headSize), show), slots, idfs, asked === 0 ? mass : asked, readings);
    return [...listed.filter(isListed), ...listed.filter((ranked) => !isListed(ranked))].slice(0, count);
  }

  #score(
    live: LiveSegment,
    slots: readonly Slot[],
    idfs: readonly number[],
    mass: number,
    asked: number,
    statistics: IndexStatistics,
    accept: PageFilter | undefined,
    tally: Tally,
  ): void {
    const { segment, dead } = live;
    const sections = this.#sectionsOf(segment, statistics);
    this.#reset(segment);
    sections.begin();
    for (let i = 0; i < slots.length; i++) {
      const slot = slots[i];
      const idf = idfs[i] ?? 0;
      if (slot !== undefined && idf > 0) this.#addSlot(sections, slot, idf, statistics);
    }
    const pages = { dead, scores: this.#pageScore, covers: this.#pageCover };
    tally.added(sections.best(pages, this.#weights.cover / mass, asked, accept, tally.rows(live)));
  }

  #reset(segment: Segment): void {
    if (this.#pageScore.length < segment.pageCount) {
      this.#pageScore = new Float64Array(segment.pageCount);
      this.#pageTf = new Float64Array(segment.pageCount);
      this.#pageCover = new Float64Array(segment.pageCount);
    }
    if (this.#sectionTf.length < segment.sectionCount) this.#sectionTf = new Float64Array(segment.sectionCount);
    this.#pageScore.fill(0, 0, segment.pageCount);
    this.#pageCover.fill(0, 0, segment.pageCount);
  }

  #sectionsOf(segment: Segment, statistics: IndexStatistics): SectionScores {
    const known = this.#sections.get(segment);
    if (known !== undefined) return known;
    const found = new SectionScores(segment, { ...this.#weights, ...statistics });
    this.#sections.set(segment, found);
    return found;
  }

  /** Adds a slot's share to pages (title, aliases, path, summary), and asks for it, above what its page already has, in sections. */
  #addSlot(sections: SectionScores, slot: Slot, idf: number, statistics: IndexStatistics): void {
    if (slot.together) this.#addTogether(sections, slot, idf, statistics);
    else if (slot.terms.length === 1) this.#addTerm(sections, slot.terms[0]?.key ?? '', idf, statistics);
    else this.#addAny(sections, slot, idf, statistics);
  }

  #addTerm(sections: SectionScores, key: number | string, idf: number, statistics: IndexStatistics): void {
    const { segment } = sections;
    const term = termOf(segment, key);
    if (term < 0) return;
    const lists = segment.decodePages(term, this.#postings);
    const { pages, pageCount } = this.#postings;
    this.#countFields(segment, statistics);
    this.#scorePages(pages, this.#frequencies, pageCount, idf);
    sections.ask(lists, pages, this.#frequencies, pageCount, idf);
  }

  /** Terms that may stand for each other count together. */
  #addAny(sections: SectionScores, slot: Slot, idf: number, statistics: IndexStatistics): void {
    const { segment } = sections;
    const postings = this.#postings;
    const sectionTf = this.#sectionTf;
    const touchedPages: number[] = [];
    const touchedSections: number[] = [];
    for (const { key, weight } of slot.terms) {
      const term = termOf(segment, key);
      if (term < 0) continue;
      segment.decode(term, postings);
      this.#addPages(segment, statistics, weight, touchedPages);
      for (let i = 0; i < postings.sectionCount; i++) {
        const section = postings.sections[i] ?? 0;
        if ((sectionTf[section] ?? 0) === 0) touchedSections.push(section);
        sectionTf[section] = (sectionTf[section] ?? 0) + sections.frequency(section, postings.body[i] ?? 0, postings.heading[i] ?? 0) * weight;
      }
    }
    this.#addTouched(sections, touchedPages, touchedSections, idf);
  }

  /** Adds what lies in the frequencies of pages and sections, and takes it out of them. */
  #addTouched(sections: SectionScores, touchedPages: readonly number[], touchedSections: readonly number[], idf: number): void {
    const pageTf = this.#pageTf;
    const sectionTf = this.#sectionTf;
    const pages = Uint32Array.from(touchedPages);
    this.#scorePages(pages, Float64Array.from(pages, (page) => pageTf[page] ?? 0), pages.length, idf);
    sections.askIn(Uint32Array.from(touchedSections).sort(), sectionTf, pageTf, idf);
    for (const page of touchedPages) pageTf[page] = 0;
    for (const section of touchedSections) sectionTf[section] = 0;
  }

  /** A slot whose terms stand together counts as often as the least frequent of them. */
  #addTogether(sections: SectionScores, slot: Slot, idf: number, statistics: IndexStatistics): void {
    const { segment } = sections;
    const postings = this.#postings;
    let pages: ReadonlyMap<number, number> | undefined;
    let together: ReadonlyMap<number, number> | undefined;
    const least = (before: ReadonlyMap<number, number> | undefined, at: number, frequency: number): number =>
      before === undefined ? frequency : Math.min(frequency, before.get(at) ?? 0);
    for (const { key } of slot.terms) {
      const term = termOf(segment, key);
      if (term < 0) return;
      segment.decode(term, postings);
      const touched: number[] = [];
      this.#addPages(segment, statistics, 1, touched);
      const pagesNow = new Map(touched.map((page) => [page, least(pages, page, this.#pageTf[page] ?? 0)]));
      for (const page of touched) this.#pageTf[page] = 0;
      const sectionsNow = new Map<number, number>();
      for (let i = 0; i < postings.sectionCount; i++) {
        const section = postings.sections[i] ?? 0;
        sectionsNow.set(section, least(together, section, sections.frequency(section, postings.body[i] ?? 0, postings.heading[i] ?? 0)));
      }
      pages = pagesNow;
      together = sectionsNow;
    }
    const touchedPages = [...(pages ?? [])].flatMap(([page, tf]) => (tf > 0 ? [page] : []));
    const touchedSections = [...(together ?? [])].flatMap(([section, tf]) => (tf > 0 ? [section] : []));
    for (const page of touchedPages) this.#pageTf[page] = pages?.get(page) ?? 0;
    for (const section of touchedSections) this.#sectionTf[section] = together?.get(section) ?? 0;
    this.#addTouched(sections, touchedPages, touchedSections, idf);
  }

  /** Adds the weighted, normalised frequency of the decoded term in its pages' own fields. `touched`: gets the pages that had none before. */
  #addPages(segment: Segment, statistics: IndexStatistics, weight: number, touched: number[]): void {
    const { pages, pageCount } = this.#postings;
    this.#countFields(segment, statistics);
    for (let i = 0; i < pageCount; i++) {
      const page = pages[i] ?? 0;
      if ((this.#pageTf[page] ?? 0) === 0) touched.push(page);
      this.#pageTf[page] = (this.#pageTf[page] ?? 0) + (this.#frequencies[i] ?? 0) * weight;
    }
  }

  /** The normalised frequency of the decoded term in the fields of each of its pages. */
  #countFields(segment: Segment, statistics: IndexStatistics): void {
    const { pages, pageCodes, pageCount } = this.#postings;
    if (this.#frequencies.length < pageCount) this.#frequencies = new Float64Array(pages.length);
    countFields(pages, pageCodes, pageCount, segment.tables.pageLengths, this.#weights, statistics.averagePage, this.#frequencies);
  }

  #scorePages(pages: Uint32Array, frequencies: Float64Array, count: number, idf: number): void {
    scorePages(pages, frequencies, count, idf, this.#weights.k1, this.#pageScore, this.#pageCover);
  }
}

/** A function of its own, as all long loops. Four fields, two bits each in a code. */
function countFields(pages: Uint32Array, codes: Uint8Array, count: number, pageLengths: Uint8Array, weights: RankWeights, averages: readonly number[], frequencies: Float64Array): void {
  const { title, alias, path, summary, shortB } = weights;
  const fieldWeights = [title, alias, path, summary];
  for (let i = 0; i < count; i++) {
    const page = pages[i] ?? 0;
    let tf = 0;
    for (let code = codes[i] ?? 0, field = 0; code !== 0; code >>= 2, field++) {
      if ((code & 3) === 0) continue;
      const length = (pageLengths[page * 4 + field] ?? 0) / (averages[field] ?? 1);
      tf += ((fieldWeights[field] ?? 0) * (code & 3)) / (1 - shortB + shortB * length);
    }
    frequencies[i] = tf;
  }
}

function scorePages(pages: Uint32Array, frequencies: Float64Array, count: number, idf: number, k1: number, scores: Float64Array, covers: Float64Array): void {
  for (let i = 0; i < count; i++) {
    const page = pages[i] ?? 0;
    const tf = frequencies[i] ?? 0;
    scores[page] = (scores[page] ?? 0) + (idf * tf) / (k1 + tf);
    covers[page] = (covers[page] ?? 0) + idf;
  }
}

/** In a long query the terms that are nearly everywhere say nothing and cost most: they are left out. */
function dropCommon(idfs: number[]): void {
  if (idfs.length <= longQuery) return;
  let rarest = 0;
  for (const idf of idfs) rarest = Math.max(rarest, idf);
  for (let i = 0; i < idfs.length; i++) if ((idfs[i] ?? 0) < rarest * commonShare) idfs[i] = 0;
}
