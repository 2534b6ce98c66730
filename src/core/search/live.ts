import { Postings, type Segment } from './packed-index';

/** A segment with the pages that were removed or replaced since it was packed. */
export interface LiveSegment {
  readonly segment: Segment;
  /** 1 for a dead page. */
  readonly dead: Uint8Array;
  readonly deadCount: number;
}

/** What BM25F needs to know of the whole index; integers divided once, so that it is the same in any segmentation. */
export interface IndexStatistics {
  readonly pages: number;
  readonly sections: number;
  readonly averageBody: number;
  readonly averageHeading: number;
  /** In the order of `pageField`. */
  readonly averagePage: readonly number[];
}

export function makeLive(segment: Segment): LiveSegment {
  return { segment, dead: new Uint8Array(segment.pageCount), deadCount: 0 };
}

/** Sums over the live pages of all segments. */
export function statisticsOf(segments: readonly LiveSegment[]): IndexStatistics {
  let pages = 0;
  let sections = 0;
  let body = 0;
  let heading = 0;
  const fields = [0, 0, 0, 0];
  for (const { segment, dead } of segments) {
    const { firstSection, pageLengths, bodyLengths, headingLengths } = segment.tables;
    for (let page = 0; page < segment.pageCount; page++) {
      if (dead[page] === 1) continue;
      pages++;
      for (let field = 0; field < 4; field++) fields[field] = (fields[field] ?? 0) + (pageLengths[page * 4 + field] ?? 0);
      const to = firstSection[page + 1] ?? 0;
      for (let section = firstSection[page] ?? 0; section < to; section++) {
        sections++;
        body += bodyLengths[section] ?? 0;
        heading += headingLengths[section] ?? 0;
      }
    }
  }
  const per = (sum: number, count: number): number => Math.max(1, sum / Math.max(1, count));
  return {
    pages,
    sections,
    averageBody: per(body, sections),
    averageHeading: per(heading, sections),
    averagePage: fields.map((sum) => per(sum, pages)),
  };
}

const scratch = new Postings();

/** Live pages that hold a term of one segment. */
function livePagesWith(live: LiveSegment, term: number): number {
  if (live.deadCount === 0) return live.segment.pagesWith(term);
  live.segment.decode(term, scratch);
  let count = 0;
  let at = 0;
  let before = -1;
  for (let i = 0; i < scratch.pageCount; i++) if (live.dead[scratch.pages[i] ?? 0] !== 1) count++;
  for (let i = 0; i < scratch.sectionCount; i++) {
    const page = live.segment.pageOf[scratch.sections[i] ?? 0] ?? 0;
    if (page === before) continue;
    before = page;
    while (at < scratch.pageCount && (scratch.pages[at] ?? 0) < page) at++;
    const counted = at < scratch.pageCount && scratch.pages[at] === page;
    if (!counted && live.dead[page] !== 1) count++;
  }
  return count;
}

/** Term number of a bigram key or a word. */
export function termOf(segment: Segment, key: number | string): number {
  return typeof key === 'number' ? segment.bigramTerm(key) : segment.wordTerm(key);
}

/** Live pages of a term over all segments. */
export function documentFrequency(segments: readonly LiveSegment[], key: number | string): number {
  let count = 0;
  for (const live of segments) {
    const term = termOf(live.segment, key);
    if (term >= 0) count += livePagesWith(live, term);
  }
  return count;
}

const ln2 = 0.6931471805599453;

/**
 * Natural logarithm of a positive number by addition, multiplication and division alone (halving into [1, 2), then the
 * area tangent series): `Math.log` may differ in the last bit between engines, and scores must not.
 */
export function ln(x: number): number {
  let exponent = 0;
  let mantissa = x;
  while (mantissa >= 2) {
    mantissa /= 2;
    exponent++;
  }
  while (mantissa < 1) {
    mantissa *= 2;
    exponent--;
  }
  const t = (mantissa - 1) / (mantissa + 1);
  const t2 = t * t;
  let sum = 0;
  for (let k = 25; k >= 1; k -= 2) sum = sum * t2 + 1 / k;
  return exponent * ln2 + 2 * t * sum;
}
