import type { LiveSegment } from './live';
import { kindOrder, pageString } from './packed-index';
import type { SearchKind } from './search';

/** A page found, with its best section. */
export interface Ranked {
  readonly live: LiveSegment;
  readonly page: number;
  readonly section: number;
  readonly score: number;
  readonly path: string;
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
export class BestPages {
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

  sorted(): Ranked[] {
    return this.#heap.map((candidate) => ({ ...candidate, path: pathOf(candidate) })).sort(byScore);
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

function before(a: Candidate, b: Candidate): number {
  if (a.score !== b.score) return b.score - a.score;
  return byScore({ ...a, path: pathOf(a) }, { ...b, path: pathOf(b) });
}

function pathOf({ live, page }: Candidate): string {
  return live.segment.pageText(page, pageString.path);
}

/** Scores of all pages found, to count those within reach of the best one by kind. */
export class Tally {
  #scores = new Float64Array(1024);
  #kinds = new Uint8Array(1024);
  #count = 0;
  #top = 0;

  add(kind: number, score: number): void {
    if (this.#count === this.#scores.length) {
      const scores = new Float64Array(this.#count * 2);
      scores.set(this.#scores);
      this.#scores = scores;
      const kinds = new Uint8Array(this.#count * 2);
      kinds.set(this.#kinds);
      this.#kinds = kinds;
    }
    this.#scores[this.#count] = score;
    this.#kinds[this.#count++] = kind;
    if (score > this.#top) this.#top = score;
  }

  /** Pages by kind with at least `reach` of the best value. */
  counts(reach: number): Record<SearchKind, number> {
    const counts: Record<SearchKind, number> = { page: 0, rule: 0, template: 0, kit: 0, term: 0, gate: 0, document: 0 };
    for (let i = 0; i < this.#count; i++) {
      const kind = kindOrder[this.#kinds[i] ?? 0];
      if (kind !== undefined && (this.#scores[i] ?? 0) >= this.#top * reach) counts[kind]++;
    }
    return counts;
  }
}
