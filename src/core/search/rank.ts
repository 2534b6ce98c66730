import { byScore, type PageFilter, type Ranked, type Tally } from './best-pages';
import { documentFrequency, ln, statisticsOf, termOf, type IndexStatistics, type LiveSegment } from './live';
import { Postings, type Segment } from './packed-index';
import { TitleTerms } from './title-terms';

/** One thing the query asks for: a term, or several that may stand for each other. */
export interface Slot {
  readonly weight: number;
  /** Bigram keys (numbers) and words, each with its weight against the others. */
  readonly terms: readonly { readonly key: number | string; readonly weight: number }[];
  /** The terms count only where all of them stand in one section or in the fields of one page: words of a phrase. */
  readonly together?: true;
  /** Another word for what is asked: who holds what was typed lacks nothing without it. */
  readonly synonym?: true;
  /** Terms typed that are covered in a title, heading or path where this one stands there. */
  readonly covers?: readonly (number | string)[];
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
}

export const defaultWeights: RankWeights = {
  k1: 1.2, title: 3, alias: 2, path: 1.5, summary: 1, heading: 1, bodyB: 0.75, shortB: 0.6, lead: 0.4,
  cover: 1, dice: 0.9, diceLong: 0.5, exact: 0.4, general: 0.5, diceMixed: 0.3, diceBridge: 1, headCover: 0.3,
  mixed: 0.6, katakana: 0, fragment: 0.7, prefix: 0.8, near: 0.7, synonym: 0.5, everyday: 0.2, usual: 0.5, reading: 0.95,
};

/** What occurrences in the body of each section count. */
interface BodyNorms {
  /** One occurrence: the length normalisation, and more for the lead. */
  readonly norms: Float32Array;
  /** One and two occurrences, saturated. */
  readonly once: Float32Array;
  readonly twice: Float32Array;
}

/** Share of the best page's final score from which on a page counts as found though it holds little of the query. */
const reachOfLike = 0.5;
/** Pages reranked by title and heading likeness. */
const headSize = 60;
/** Terms from which on a query is long, and the share of the rarest term's weight below which a term of it is common. */
const longQuery = 16;
const commonShare = 0.12;
/** Words of titles that name no thing of their own. */
const generalWords = 'の概要\nの全体像\nの基本\noverview\nintroduction\nbasics';
/** Scores are compared as integers of millionths: the last bits never decide an order. */
const precision = 1_000_000;

/** BM25F (Robertson, Zaragoza, Taylor, CIKM 2004) over segments: pages by their best section, then a rerank of the head. */
export class Ranker {
  readonly #weights: RankWeights;
  readonly #titles: TitleTerms;
  readonly #postings = new Postings();
  #pageScore = new Float64Array(0);
  #pageTf = new Float64Array(0);
  #pageCover = new Float64Array(0);
  #sectionScore = new Float64Array(0);
  #sectionTf = new Float64Array(0);
  #sectionCover = new Float32Array(0);

  /** What was worked out for the segments asked last. */
  #segments: readonly LiveSegment[] = [];
  #statistics: IndexStatistics = statisticsOf([]);
  #norms = new Map<Segment, BodyNorms>();

  constructor(weights: RankWeights) {
    this.#weights = weights;
    this.#titles = new TitleTerms(weights);
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
    accept: PageFilter,
    show: PageFilter | undefined,
    tally: Tally,
  ): readonly Ranked[] {
    if (this.#segments !== segments) {
      this.#statistics = statisticsOf(segments);
      this.#segments = segments;
      this.#norms = new Map();
    }
    const statistics = this.#statistics;
    const idfs = slots.map((slot) => {
      const frequencies = slot.terms.map((term) => documentFrequency(segments, term.key));
      const frequency = slot.together === true ? Math.min(...frequencies) : frequencies.reduce((sum, one) => sum + one, 0);
      const df = Math.min(frequency, statistics.pages);
      return df === 0 ? 0 : slot.weight * ln(1 + (statistics.pages - df + 0.5) / (df + 0.5));
    });
    dropCommon(idfs);
    let mass = 0;
    for (const idf of idfs) mass += idf;
    if (mass === 0) return [];
    let asked = 0;
    slots.forEach((slot, i) => (asked += slot.synonym === true ? 0 : (idfs[i] ?? 0)));
    for (const live of segments) this.#score(live, slots, idfs, mass, asked === 0 ? mass : asked, statistics, accept, tally);
    const everything = this.#rerank(tally.best(Math.max(count, headSize), undefined), slots, idfs, asked === 0 ? mass : asked, readings);
    const strong = (everything[0]?.score ?? 0) * reachOfLike;
    for (const ranked of everything) if (!ranked.isFound && ranked.score >= strong) tally.promote(ranked);
    const isListed = (ranked: Ranked): boolean => ranked.isFound || (show === undefined && ranked.score >= strong);
    const listed = show === undefined
      ? everything
      : this.#rerank(tally.best(Math.max(count, headSize), show), slots, idfs, asked === 0 ? mass : asked, readings);
    return [...listed.filter(isListed), ...listed.filter((ranked) => !isListed(ranked))].slice(0, count);
  }

  #score(
    live: LiveSegment,
    slots: readonly Slot[],
    idfs: readonly number[],
    mass: number,
    asked: number,
    statistics: IndexStatistics,
    accept: PageFilter,
    tally: Tally,
  ): void {
    const { segment, dead } = live;
    this.#reset(segment);
    slots.forEach((slot, i) => {
      const idf = idfs[i] ?? 0;
      if (idf > 0) this.#addSlot(segment, slot, idf, statistics);
    });
    const { cover } = this.#weights;
    const { firstSection } = segment.tables;
    const pageScore = this.#pageScore;
    const pageCover = this.#pageCover;
    const sectionScore = this.#sectionScore;
    const sectionCover = this.#sectionCover;
    const coverShare = cover / mass;
    const rows = tally.rows(live);
    let row = rows.from;
    for (let page = 0; page < segment.pageCount; page++) {
      if (dead[page] === 1) continue;
      const base = pageScore[page] ?? 0;
      const baseCover = pageCover[page] ?? 0;
      let topSection = firstSection[page] ?? 0;
      let top = base * (1 + coverShare * baseCover);
      let topCover = baseCover;
      const to = firstSection[page + 1] ?? 0;
      for (let section = topSection; section < to; section++) {
        const own = sectionScore[section] ?? 0;
        if (own === 0) continue;
        const covered = baseCover + (sectionCover[section] ?? 0);
        const score = (base + own) * (1 + coverShare * covered);
        if (score > top) {
          top = score;
          topCover = covered;
          topSection = section;
        }
      }
      if (top <= 0) continue;
      if (!accept(segment, page)) continue;
      rows.pages[row] = page;
      rows.sections[row] = topSection;
      rows.scores[row] = Math.round(top * precision);
      rows.covers[row++] = Math.min(topCover, asked);
    }
    tally.added(row);
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
      this.#sectionCover = new Float32Array(segment.sectionCount);
    }
    this.#pageScore.fill(0, 0, segment.pageCount);
    this.#pageCover.fill(0, 0, segment.pageCount);
    this.#sectionScore.fill(0, 0, segment.sectionCount);
    this.#sectionCover.fill(0, 0, segment.sectionCount);
  }

  #bodyNorms(segment: Segment, statistics: IndexStatistics): BodyNorms {
    const known = this.#norms.get(segment);
    if (known !== undefined) return known;
    const { bodyB, lead, k1 } = this.#weights;
    const { bodyLengths, firstSection } = segment.tables;
    const norms = new Float32Array(segment.sectionCount);
    for (let section = 0; section < norms.length; section++) {
      norms[section] = 1 / (1 - bodyB + (bodyB * (bodyLengths[section] ?? 0)) / statistics.averageBody);
    }
    for (let page = 0; page < segment.pageCount; page++) {
      const first = firstSection[page] ?? 0;
      if (first < (firstSection[page + 1] ?? 0)) norms[first] = (norms[first] ?? 0) * (1 + lead);
    }
    const found: BodyNorms = { norms, once: norms.map((norm) => norm / (k1 + norm)), twice: norms.map((norm) => (2 * norm) / (k1 + 2 * norm)) };
    this.#norms.set(segment, found);
    return found;
  }

  /** Adds a slot's share to pages (title, aliases, path, summary) and, above what its page already has, to sections. */
  #addSlot(segment: Segment, slot: Slot, idf: number, statistics: IndexStatistics): void {
    const { k1 } = this.#weights;
    const postings = this.#postings;
    const pageTf = this.#pageTf;
    const touchedPages: number[] = [];
    if (slot.together === true) {
      this.#addTogether(segment, slot, idf, statistics);
      return;
    }
    if (slot.terms.length === 1) {
      const term = termOf(segment, slot.terms[0]?.key ?? '');
      if (term < 0) return;
      const bytes = segment.decodePages(term, postings);
      this.#addPages(segment, statistics, 1, touchedPages);
      this.#scorePages(touchedPages, idf);
      this.#scoreSections(segment, statistics, bytes, idf);
    } else {
      const touchedSections: number[] = [];
      const sectionTf = this.#sectionTf;
      for (const { key, weight } of slot.terms) {
        const term = termOf(segment, key);
        if (term < 0) continue;
        segment.decode(term, postings);
        this.#addPages(segment, statistics, weight, touchedPages);
        this.#sectionFrequencies(segment, statistics);
        for (let i = 0; i < postings.sectionCount; i++) {
          const section = postings.sections[i] ?? 0;
          if ((sectionTf[section] ?? 0) === 0) touchedSections.push(section);
          sectionTf[section] = (sectionTf[section] ?? 0) + (postings.frequency[i] ?? 0) * weight;
        }
      }
      this.#scorePages(touchedPages, idf);
      for (const section of touchedSections) {
        this.#scoreSection(segment, section, sectionTf[section] ?? 0, idf, k1);
        sectionTf[section] = 0;
      }
    }
    for (const page of touchedPages) pageTf[page] = 0;
  }

  /** A slot whose terms stand together counts as often as the least frequent of them. */
  #addTogether(segment: Segment, slot: Slot, idf: number, statistics: IndexStatistics): void {
    const postings = this.#postings;
    let pages: ReadonlyMap<number, number> | undefined;
    let sections: ReadonlyMap<number, number> | undefined;
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
      this.#sectionFrequencies(segment, statistics);
      const sectionsNow = new Map<number, number>();
      for (let i = 0; i < postings.sectionCount; i++) {
        const section = postings.sections[i] ?? 0;
        sectionsNow.set(section, least(sections, section, postings.frequency[i] ?? 0));
      }
      pages = pagesNow;
      sections = sectionsNow;
    }
    const { k1 } = this.#weights;
    const touched = [...(pages ?? [])].flatMap(([page, tf]) => (tf > 0 ? [page] : []));
    for (const page of touched) this.#pageTf[page] = pages?.get(page) ?? 0;
    this.#scorePages(touched, idf);
    for (const [section, tf] of sections ?? []) if (tf > 0) this.#scoreSection(segment, section, tf, idf, k1);
    for (const page of touched) this.#pageTf[page] = 0;
  }

  /** Weighted, normalised frequency of the decoded term in its pages' own fields. */
  #addPages(segment: Segment, statistics: IndexStatistics, weight: number, touched: number[]): void {
    const { title, alias, path, summary, shortB } = this.#weights;
    const { pageLengths } = segment.tables;
    const postings = this.#postings;
    const fieldWeights = [title, alias, path, summary];
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
      if ((this.#pageTf[page] ?? 0) === 0) touched.push(page);
      this.#pageTf[page] = (this.#pageTf[page] ?? 0) + tf * weight;
    }
  }

  /** Weighted, normalised frequency of the decoded term in its sections, into `postings.frequency`. */
  #sectionFrequencies(segment: Segment, statistics: IndexStatistics): void {
    const { heading, shortB } = this.#weights;
    const { headingLengths } = segment.tables;
    const { norms } = this.#bodyNorms(segment, statistics);
    const { sections, body, heading: headings, frequency, sectionCount } = this.#postings;
    for (let i = 0; i < sectionCount; i++) {
      const section = sections[i] ?? 0;
      let tf = (body[i] ?? 0) * (norms[section] ?? 0);
      const times = headings[i] ?? 0;
      if (times > 0) tf += (heading * times) / (1 - shortB + (shortB * (headingLengths[section] ?? 0)) / statistics.averageHeading);
      frequency[i] = tf;
    }
  }

  #scorePages(pages: readonly number[], idf: number): void {
    const { k1 } = this.#weights;
    for (const page of pages) {
      const tf = this.#pageTf[page] ?? 0;
      this.#pageScore[page] = (this.#pageScore[page] ?? 0) + (idf * tf) / (k1 + tf);
      this.#pageCover[page] = (this.#pageCover[page] ?? 0) + idf;
    }
  }

  /**
   * {@link Segment.decode}, {@link #sectionFrequencies} and {@link #scoreSection} of a single term in one pass over its bytes:
   * most of the time of a query is spent here. The pages of the term are decoded, and their frequencies known.
   */
  #scoreSections(segment: Segment, statistics: IndexStatistics, [from, end]: readonly [number, number], idf: number): void {
    const { heading, shortB, k1 } = this.#weights;
    const { headingLengths, firstSection, postings } = segment.tables;
    const { once, twice, norms } = this.#bodyNorms(segment, statistics);
    const { pages, pageCount } = this.#postings;
    const limit = segment.sectionCount;
    const pageTf = this.#pageTf;
    const sectionScore = this.#sectionScore;
    const sectionCover = this.#sectionCover;
    // Sections of the next page that has the term in fields of its own.
    let nextPage = 0;
    let pageFrom = pageCount > 0 ? (firstSection[pages[0] ?? 0] ?? 0) : limit;
    let pageTo = pageCount > 0 ? (firstSection[(pages[0] ?? 0) + 1] ?? 0) : limit;
    let section = -1;
    for (let at = from; at < end; ) {
      let value = postings[at++] ?? 0;
      if (value >= 0x80) {
        value &= 0x7f;
        for (let shift = 7; shift < 35; shift += 7) {
          const byte = postings[at++] ?? 0;
          value |= (byte & 0x7f) << shift;
          if (byte < 0x80) break;
        }
      }
      const form = value & 3;
      section += (value >>> 2) + 1;
      if (section >= limit) break;
      let base = 0;
      if (section >= pageFrom) {
        while (section >= pageTo && ++nextPage < pageCount) {
          const page = pages[nextPage] ?? 0;
          pageFrom = firstSection[page] ?? 0;
          pageTo = firstSection[page + 1] ?? 0;
        }
        if (section >= pageTo) pageFrom = limit;
        else if (section >= pageFrom) base = pageTf[pages[nextPage] ?? 0] ?? 0;
      }
      if (base === 0 && form < 2) {
        sectionScore[section] = (sectionScore[section] ?? 0) + idf * ((form === 0 ? once : twice)[section] ?? 0);
        sectionCover[section] = (sectionCover[section] ?? 0) + idf;
        continue;
      }
      let body = form + 1;
      let times = 0;
      if (form === 2) {
        const both = postings[at++] ?? 0;
        body = both & 15;
        times = both >> 4;
      } else if (form === 3) {
        body = 0;
        times = 1;
      }
      let tf = base + body * (norms[section] ?? 0);
      if (times > 0) tf += (heading * times) / (1 - shortB + (shortB * (headingLengths[section] ?? 0)) / statistics.averageHeading);
      sectionScore[section] = (sectionScore[section] ?? 0) + idf * (tf / (k1 + tf) - base / (k1 + base));
      if (base === 0) sectionCover[section] = (sectionCover[section] ?? 0) + idf;
    }
  }

  #scoreSection(segment: Segment, section: number, frequency: number, idf: number, k1: number): void {
    const base = this.#pageTf[segment.pageOf[section] ?? 0] ?? 0;
    const tf = base + frequency;
    const sectionScore = this.#sectionScore;
    if (base === 0) {
      sectionScore[section] = (sectionScore[section] ?? 0) + (idf * tf) / (k1 + tf);
      this.#sectionCover[section] = (this.#sectionCover[section] ?? 0) + idf;
    } else {
      sectionScore[section] = (sectionScore[section] ?? 0) + idf * (tf / (k1 + tf) - base / (k1 + base));
    }
  }

  #rerank(head: readonly Ranked[], slots: readonly Slot[], idfs: readonly number[], mass: number, readings: readonly string[]): readonly Ranked[] {
    const top = head[0]?.score ?? 1;
    const { dice, diceLong, exact, headCover } = this.#weights;
    const titles = this.#titles;
    titles.begin();
    const general = new Set(titles.of(generalWords).ids);
    const queries = readings.map((reading, i) => {
      const { ids, weights } = titles.of(reading);
      return { ids, size: weights.reduce((sum, weight) => sum + weight, 0), trust: i === 0 ? 1 : this.#weights.reading };
    });
    /** The readings that hold a term. */
    const holders = new Map<number, number[]>();
    queries.forEach((query, i) => {
      for (const id of query.ids) {
        const holding = holders.get(id);
        if (holding === undefined) holders.set(id, [i]);
        else holding.push(i);
      }
    });
    const common = new Float64Array(queries.length);
    /** By slot: whether it is covered. */
    const covered = new Uint8Array(slots.length);
    // From 12 terms on a query becomes more of a sentence and less of a title; at 40 it is one.
    const long = Math.max(0, Math.min(1, ((queries[0]?.ids.length ?? 0) - 12) / 28));
    const diceWeight = dice + (diceLong - dice) * long;
    const slotOf = new Map<number, number>();
    slots.forEach((slot, i) => {
      if (slot.together !== true) for (const { key } of slot.terms) slotOf.set(titles.id(key), i);
    });
    const reranked = head.slice(0, headSize).map((ranked) => {
      const { segment } = ranked.live;
      let likeness = 0;
      let bonus = 0;
      covered.fill(0);
      for (const { ids, weights } of titles.ofPage(segment, ranked.page)) {
        let size = 0;
        common.fill(0);
        for (let t = 0; t < ids.length; t++) {
          const id = ids[t] ?? 0;
          const weight = weights[t] ?? 0;
          const holding = holders.get(id);
          size += holding === undefined && general.has(id) ? weight * this.#weights.general : weight;
          const slot = slotOf.get(id);
          if (slot !== undefined) covered[slot] = 1;
          if (holding !== undefined) for (const i of holding) common[i] = (common[i] ?? 0) + weight;
        }
        for (let i = 0; i < queries.length; i++) {
          const query = queries[i];
          if (query === undefined) break;
          const alike = (2 * (common[i] ?? 0)) / (query.size + size);
          if (alike > 0.999) bonus = exact;
          likeness = Math.max(likeness, query.trust * alike);
        }
      }
      const { ids } = titles.ofHeading(segment, ranked.section);
      for (const id of ids) {
        const slot = slotOf.get(id);
        if (slot !== undefined) covered[slot] = 1;
      }
      for (let i = 0; i < covered.length; i++) {
        // What a synonym in a title covers is covered once: it covers nothing in its turn.
        const covers = covered[i] === 1 ? slots[i]?.covers : undefined;
        if (covers === undefined) continue;
        for (const key of covers) {
          const slot = slotOf.get(titles.id(key));
          if (slot !== undefined && covered[slot] === 0) covered[slot] = 2;
        }
      }
      let share = 0;
      for (let i = 0; i < covered.length; i++) if (covered[i] !== 0) share += idfs[i] ?? 0;
      const score = ranked.score / top + diceWeight * likeness + headCover * Math.min(1, share / mass) + bonus;
      return withScore(ranked, Math.round(score * precision) / precision);
    });
    const rest = head.slice(headSize).map((ranked) => withScore(ranked, ranked.score / top / 10));
    return [...reranked.sort(byScore), ...rest];
  }
}

function withScore({ live, page, section, path, isFound }: Ranked, score: number): Ranked {
  return { live, page, section, score, path, isFound };
}

/** In a long query the terms that are nearly everywhere say nothing and cost most: they are left out. */
function dropCommon(idfs: number[]): void {
  if (idfs.length <= longQuery) return;
  let rarest = 0;
  for (const idf of idfs) rarest = Math.max(rarest, idf);
  for (let i = 0; i < idfs.length; i++) if ((idfs[i] ?? 0) < rarest * commonShare) idfs[i] = 0;
}
