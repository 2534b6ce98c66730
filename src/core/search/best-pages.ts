import type { LiveSegment } from './live';
import { kindOrder, pageString, stringAt, type Segment } from './packed-index';
import type { SearchFacets, SearchKind } from './search';

/** Whether a live page passes the filters. */
export type PageFilter = (segment: Segment, page: number) => boolean;

/** A page found, with its best section. */
export interface Ranked {
  readonly live: LiveSegment;
  readonly page: number;
  readonly section: number;
  readonly score: number;
  readonly path: string;
  /** Whether it holds most of what the best page holds of the query, or is like the query. */
  readonly isFound: boolean;
}

/** Best first; equal scores by path in code unit order, then by kind. */
export function byScore(a: Ranked, b: Ranked): number {
  if (a.score !== b.score) return b.score - a.score;
  if (a.path !== b.path) return a.path < b.path ? -1 : 1;
  return (a.live.segment.tables.kinds[a.page] ?? 0) - (b.live.segment.tables.kinds[b.page] ?? 0);
}

/** A page in the heap: its path is read only when it decides. */
interface Candidate {
  readonly live: LiveSegment;
  readonly page: number;
  readonly section: number;
  readonly score: number;
}

/** The best pages so far, in a heap with the worst on top. */
class BestPages {
  readonly #limit: number;
  readonly #heap: Candidate[] = [];

  constructor(limit: number) {
    this.#limit = limit;
  }

  offer(live: LiveSegment, page: number, section: number, score: number): void {
    const heap = this.#heap;
    const worst = heap[0];
    if (heap.length === this.#limit && worst !== undefined && score < worst.score) return;
    const candidate = { live, page, section, score };
    if (heap.length < this.#limit) {
      heap.push(candidate);
      this.#up(heap.length - 1);
    } else if (worst !== undefined && before(candidate, worst) < 0) {
      heap[0] = candidate;
      this.#down(0);
    }
  }

  /** Best first. */
  sorted(isFound: boolean): Ranked[] {
    this.#heap.sort(before);
    return this.#heap.map(({ live, page, section, score }) => ({ live, page, section, score, isFound, path: live.segment.pageText(page, pageString.path) }));
  }

  #worse(a: number, b: number): boolean {
    const first = this.#heap[a];
    const second = this.#heap[b];
    return first !== undefined && second !== undefined && before(first, second) > 0;
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

/** The order of {@link byScore}, without reading the paths. */
function before(a: Candidate, b: Candidate): number {
  if (a.score !== b.score) return b.score - a.score;
  const first = a.live.segment;
  const second = b.live.segment;
  const paths = first.comparePaths(a.page, second, b.page);
  return paths !== 0 ? paths : (first.tables.kinds[a.page] ?? 0) - (second.tables.kinds[b.page] ?? 0);
}

/** Pages that hold less than this share of what the best one holds of the query are not found, unless they are promoted. */
const reachOfBest = 0.6;

/** Columns of a {@link Tally}, a row a page. */
export interface TallyRows {
  readonly pages: Uint32Array;
  readonly sections: Uint32Array;
  readonly scores: Float64Array;
  readonly covers: Float64Array;
  readonly from: number;
}

/** Every page that holds anything of a query, with how much: tells what counts as found, and counts it. */
export class Tally {
  readonly #lives: LiveSegment[] = [];
  /** Index of the first page of each of `#lives`. */
  readonly #from: number[] = [];
  readonly #pages: Uint32Array;
  readonly #sections: Uint32Array;
  readonly #scores: Float64Array;
  readonly #covers: Float64Array;
  #count = 0;
  #top = 0;
  readonly #promoted = new Map<LiveSegment, Set<number>>();

  /** `most`: no more pages than this are added. */
  constructor(most: number) {
    this.#pages = new Uint32Array(most);
    this.#sections = new Uint32Array(most);
    this.#scores = new Float64Array(most);
    this.#covers = new Float64Array(most);
  }

  /** `cover`: how much of the query the page holds, in any unit. */
  add(live: LiveSegment, page: number, section: number, score: number, cover: number): void {
    const { pages, sections, scores, covers, from } = this.rows(live);
    pages[from] = page;
    sections[from] = section;
    scores[from] = score;
    covers[from] = cover;
    this.added(from + 1);
  }

  /** Room for many pages of one segment, to be filled from `from` on and then told to {@link added}: numbers handed over one by one would each be an object. */
  rows(live: LiveSegment): TallyRows {
    if (this.#lives.at(-1) !== live) {
      this.#lives.push(live);
      this.#from.push(this.#count);
    }
    return { pages: this.#pages, sections: this.#sections, scores: this.#scores, covers: this.#covers, from: this.#count };
  }

  /** The rows are filled up to `to`. */
  added(to: number): void {
    let top = this.#top;
    for (let i = this.#count; i < to; i++) top = Math.max(top, this.#covers[i] ?? 0);
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
    this.#each((live, page, i, isFound) => {
      if (show?.(live.segment, page) !== false) (isFound ? found : others).offer(live, page, this.#sections[i] ?? 0, this.#scores[i] ?? 0);
    });
    return [...found.sorted(true), ...others.sorted(false)].sort(byScore);
  }

  /** Found pages by kind. */
  counts(): Record<SearchKind, number> {
    const byNumber = new Uint32Array(kindOrder.length);
    this.#each(({ segment }, page, _, isFound) => {
      const kind = segment.tables.kinds[page] ?? 0;
      if (isFound) byNumber[kind] = (byNumber[kind] ?? 0) + 1;
    });
    const counts: Record<SearchKind, number> = { page: 0, rule: 0, template: 0, kit: 0, term: 0, gate: 0, document: 0 };
    kindOrder.forEach((kind, i) => (counts[kind] = byNumber[i] ?? 0));
    return counts;
  }

  /** How many of the found pages that pass `show` have each phase, audience, tag and product. */
  facets(show: PageFilter): SearchFacets {
    const counts = new Map<string, number>();
    const count = (facet: string, times: number): void => void counts.set(facet, (counts.get(facet) ?? 0) + times);
    const byId = new Map<LiveSegment, Uint32Array>();
    this.#each((live, page, _, isFound) => {
      const { segment } = live;
      if (!isFound || !show(segment, page)) return;
      const { facetOffsets, facetIds, facets } = segment.tables;
      let ids = byId.get(live);
      if (ids === undefined) byId.set(live, (ids = new Uint32Array(facets.offsets.length)));
      const to = facetOffsets[page + 1] ?? 0;
      for (let i = facetOffsets[page] ?? 0; i < to; i++) ids[facetIds[i] ?? 0] = (ids[facetIds[i] ?? 0] ?? 0) + 1;
      if (!segment.lacks(page, pageString.product)) count(`:${segment.pageText(page, pageString.product)}`, 1);
    });
    for (const [{ segment }, ids] of byId) ids.forEach((times, id) => times > 0 && count(stringAt(segment.tables.facets, id), times));
    const sorted = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
    const of = (prefix: string): SearchFacets['tags'] => sorted.flatMap(([facet, times]) => (facet.startsWith(prefix) ? [{ value: facet.slice(prefix.length), count: times }] : []));
    return { phases: of('p:'), audiences: of('a:'), tags: of('t:'), products: of(':') };
  }

  #each(see: (live: LiveSegment, page: number, index: number, isFound: boolean) => void): void {
    const reach = this.#top * reachOfBest;
    this.#lives.forEach((live, k) => {
      const to = this.#from[k + 1] ?? this.#count;
      const promoted = this.#promoted.get(live);
      for (let i = this.#from[k] ?? 0; i < to; i++) see(live, this.#pages[i] ?? 0, i, (this.#covers[i] ?? 0) >= reach || promoted?.has(this.#pages[i] ?? 0) === true);
    });
  }
}
