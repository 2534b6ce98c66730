import type { LiveSegment } from './live';
import { kindOrder, pageString, stringAt, type Segment } from './packed-index';
import type { SearchFacets, SearchKind } from './search';

/** Whether a live page passes the filters. */
export type PageFilter = (segment: Segment, page: number) => boolean;

/** A page with its best section. */
interface Candidate {
  readonly live: LiveSegment;
  readonly page: number;
  readonly section: number;
  readonly score: number;
}

/** A page found. */
export interface Ranked extends Candidate {
  /** Whether it holds most of what the best page holds of the query, or is like the query. */
  readonly isFound: boolean;
}

export function pathOf({ live, page }: Ranked): string {
  return live.segment.pageText(page, pageString.path);
}

/** Best first; equal scores by path in code unit order, then by kind. */
export function byScore(a: Candidate, b: Candidate): number {
  if (a.score !== b.score) return b.score - a.score;
  const first = a.live.segment;
  const second = b.live.segment;
  const paths = first.comparePaths(a.page, second, b.page);
  return paths !== 0 ? paths : (first.tables.kinds[a.page] ?? 0) - (second.tables.kinds[b.page] ?? 0);
}

/** The best pages so far, in a heap with the worst on top. */
class BestPages {
  /** Pages with less need not be offered. */
  least = -Infinity;
  readonly #limit: number;
  readonly #heap: Candidate[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(live: LiveSegment, page: number, section: number, score: number): void {
    const heap = this.#heap;
    const worst = heap[0];
    const candidate = { live, page, section, score };
    if (heap.length < this.#limit) {
      heap.push(candidate);
      this.#up(heap.length - 1);
    } else if (worst !== undefined && byScore(candidate, worst) < 0) {
      heap[0] = candidate;
      this.#down(0);
    }
    if (heap.length === this.#limit) this.least = heap[0]?.score ?? Infinity;
  }

  /** In no order. */
  all(isFound: boolean): Ranked[] {
    return this.#heap.map(({ live, page, section, score }) => ({ live, page, section, score, isFound }));
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

/** Pages that hold less than this share of what the best one holds of the query are not found, unless they are promoted. */
const reachOfBest = 0.6;

/** Columns of a {@link Tally}, a row a page. Whoever asks again and again hands them from one tally to the next. */
export class TallyColumns {
  readonly pages: Uint32Array;
  readonly sections: Uint32Array;
  readonly scores: Float64Array;
  readonly covers: Float64Array;

  /** `most`: no more pages than this are added. */
  constructor(most: number) {
    this.pages = new Uint32Array(most);
    this.sections = new Uint32Array(most);
    this.scores = new Float64Array(most);
    this.covers = new Float64Array(most);
  }
}

/** Where the rows of a segment begin. */
export interface TallyRows {
  readonly columns: TallyColumns;
  readonly from: number;
}

/** Every page that holds anything of a query, with how much: tells what counts as found, and counts it. */
export class Tally {
  readonly #lives: LiveSegment[] = [];
  /** Index of the first page of each of `#lives`. */
  readonly #from: number[] = [];
  readonly #columns: TallyColumns;
  #count = 0;
  #top = 0;
  readonly #promoted = new Map<LiveSegment, Set<number>>();

  constructor(columns: TallyColumns) {
    this.#columns = columns;
  }

  /** `cover`: how much of the query the page holds, in any unit. */
  add(live: LiveSegment, page: number, section: number, score: number, cover: number): void {
    const { columns, from } = this.rows(live);
    columns.pages[from] = page;
    columns.sections[from] = section;
    columns.scores[from] = score;
    columns.covers[from] = cover;
    this.added(from + 1);
  }

  /** Room for many pages of one segment, to be filled from `from` on and then told to {@link added}: numbers handed over one by one would each be an object. */
  rows(live: LiveSegment): TallyRows {
    if (this.#lives.at(-1) !== live) {
      this.#lives.push(live);
      this.#from.push(this.#count);
    }
    return { columns: this.#columns, from: this.#count };
  }

  /** The rows are filled up to `to`. */
  added(to: number): void {
    const { covers } = this.#columns;
    let top = this.#top;
    for (let i = this.#count; i < to; i++) top = Math.max(top, covers[i] ?? 0);
    this.#top = top;
    this.#count = to;
  }

  /** Counts a page as found that holds little of the query but is like it. */
  promote({ live, page }: Ranked): void {
    const pages = this.#promoted.get(live);
    if (pages === undefined) this.#promoted.set(live, new Set([page]));
    else pages.add(page);
  }

  /** The best `count` of the pages found and the best `count` of the others, together in one order, that pass `show`. */
  best(count: number, show: PageFilter | undefined): readonly Ranked[] {
    const found = new BestPages(count);
    const others = new BestPages(count);
    const { pages, sections, scores, covers } = this.#columns;
    const reach = this.#top * reachOfBest;
    this.#lives.forEach((live, k) => {
      const promoted = this.#promoted.get(live);
      const to = this.#from[k + 1] ?? this.#count;
      for (let i = this.#from[k] ?? 0; i < to; i++) {
        const page = pages[i] ?? 0;
        const score = scores[i] ?? 0;
        const list = (covers[i] ?? 0) >= reach || promoted?.has(page) === true ? found : others;
        if (score < list.least || show?.(live.segment, page) === false) continue;
        list.offer(live, page, sections[i] ?? 0, score);
      }
    });
    return [...found.all(true), ...others.all(false)].sort(byScore);
  }

  /** Found pages by kind, and how many of those that pass `show` have each phase, audience, tag and product. */
  counted(show: PageFilter | undefined): { readonly counts: Record<SearchKind, number>; readonly facets: SearchFacets } {
    const byNumber = new Uint32Array(kindOrder.length);
    const byFacet = new Map<string, number>();
    const count = (facet: string, times: number): void => void byFacet.set(facet, (byFacet.get(facet) ?? 0) + times);
    const { pages, covers } = this.#columns;
    const reach = this.#top * reachOfBest;
    this.#lives.forEach((live, k) => {
      const { segment } = live;
      const { kinds, facetOffsets, facetIds, facets } = segment.tables;
      const byId = new Uint32Array(facets.offsets.length);
      const promoted = this.#promoted.get(live);
      const to = this.#from[k + 1] ?? this.#count;
      for (let i = this.#from[k] ?? 0; i < to; i++) {
        const page = pages[i] ?? 0;
        if ((covers[i] ?? 0) < reach && promoted?.has(page) !== true) continue;
        const kind = kinds[page] ?? 0;
        byNumber[kind] = (byNumber[kind] ?? 0) + 1;
        if (show?.(segment, page) === false) continue;
        const end = facetOffsets[page + 1] ?? 0;
        for (let at = facetOffsets[page] ?? 0; at < end; at++) byId[facetIds[at] ?? 0] = (byId[facetIds[at] ?? 0] ?? 0) + 1;
        if (!segment.lacks(page, pageString.product)) count(`:${segment.pageText(page, pageString.product)}`, 1);
      }
      byId.forEach((times, id) => times > 0 && count(stringAt(facets, id), times));
    });
    const counts: Record<SearchKind, number> = { page: 0, rule: 0, template: 0, kit: 0, term: 0, gate: 0, document: 0 };
    kindOrder.forEach((kind, i) => (counts[kind] = byNumber[i] ?? 0));
    const sorted = [...byFacet].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const of = (prefix: string): SearchFacets['tags'] => sorted.flatMap(([facet, times]) => (facet.startsWith(prefix) ? [{ value: facet.slice(prefix.length), count: times }] : []));
    return { counts, facets: { phases: of('p:'), audiences: of('a:'), tags: of('t:'), products: of(':') } };
  }
}
