import type { PageFilter, TallyRows } from './best-pages';
import type { Segment } from './packed-index';

/** Weights and averages that the score of a section depends on. */
export interface SectionWeights {
  readonly k1: number;
  readonly bodyB: number;
  readonly lead: number;
  readonly heading: number;
  readonly shortB: number;
  readonly averageBody: number;
  readonly averageHeading: number;
}

/** Numbers of a section in {@link SectionScores.cells}: score and coverage so far; what one and what two occurrences in its body count, saturated. */
const width = 4;
const coverAt = 1;
const onceAt = 2;

/** Scores are compared as integers of millionths: the last bits never decide an order. */
const precision = 1_000_000;

/**
 * The sections of one segment while a query is scored. What is read and written for a section lies side by side: most of the
 * time of a query is spent here. The loops are functions of their own, so that they are optimised apart from what calls them.
 */
export class SectionScores {
  readonly segment: Segment;
  readonly weights: SectionWeights;
  readonly cells: Float32Array;
  /** One occurrence in the body: the length normalisation, and more for the lead. */
  readonly norms: Float32Array;

  constructor(segment: Segment, weights: SectionWeights) {
    this.segment = segment;
    this.weights = weights;
    const { k1, bodyB, lead, averageBody } = weights;
    const { bodyLengths, firstSection } = segment.tables;
    const norms = new Float32Array(segment.sectionCount);
    for (let section = 0; section < norms.length; section++) norms[section] = 1 / (1 - bodyB + (bodyB * (bodyLengths[section] ?? 0)) / averageBody);
    for (let page = 0; page < segment.pageCount; page++) {
      const first = firstSection[page] ?? 0;
      if (first < (firstSection[page + 1] ?? 0)) norms[first] = (norms[first] ?? 0) * (1 + lead);
    }
    const cells = new Float32Array(norms.length * width);
    for (let section = 0; section < norms.length; section++) {
      const norm = norms[section] ?? 0;
      cells[section * width + onceAt] = norm / (k1 + norm);
      cells[section * width + onceAt + 1] = (2 * norm) / (k1 + 2 * norm);
    }
    this.norms = norms;
    this.cells = cells;
  }

  /** Weighted, normalised frequency of a term in a section. */
  frequency(section: number, body: number, headings: number): number {
    const tf = body * (this.norms[section] ?? 0);
    return headings === 0 ? tf : tf + headingFrequency(this.segment, this.weights, section, headings);
  }

  /** Adds what a term counts in a section above `base`, its frequency in the fields of the page. */
  add(section: number, frequency: number, base: number, idf: number): void {
    const { k1 } = this.weights;
    const { cells } = this;
    const at = section * width;
    const tf = base + frequency;
    cells[at] = (cells[at] ?? 0) + idf * (tf / (k1 + tf) - base / (k1 + base));
    if (base === 0) cells[at + coverAt] = (cells[at + coverAt] ?? 0) + idf;
  }

  /**
   * Reads the postings of a term and adds what it counts in each section, in one pass over its bytes.
   * @param pages the pages, rising, that have the term in fields of their own, the first `pageCount` of them
   * @param pageTf the frequency in these fields, by page
   */
  addTerm([from, end]: readonly [number, number], pages: Uint32Array, pageCount: number, pageTf: Float64Array, idf: number): void {
    addPostings(this, from, end, pages, pageCount, pageTf, idf);
  }
}

function headingFrequency(segment: Segment, { heading, shortB, averageHeading }: SectionWeights, section: number, times: number): number {
  return (heading * times) / (1 - shortB + (shortB * (segment.tables.headingLengths[section] ?? 0)) / averageHeading);
}

/** The same as `Segment.decode` with {@link SectionScores.frequency} and {@link SectionScores.add} for each section. */
function addPostings({ segment, weights, cells, norms }: SectionScores, from: number, end: number, pages: Uint32Array, pageCount: number, pageTf: Float64Array, idf: number): void {
  const { k1 } = weights;
  const { firstSection, postings } = segment.tables;
  const limit = cells.length;
  // Cells of the next page that has the term in fields of its own.
  let nextPage = 0;
  let pageFrom = pageCount > 0 ? (firstSection[pages[0] ?? 0] ?? 0) * width : limit;
  let pageTo = pageCount > 0 ? (firstSection[(pages[0] ?? 0) + 1] ?? 0) * width : limit;
  let cell = -width;
  for (let at = from; at < end; ) {
    let byte = postings[at++] ?? 0;
    let value = byte & 0x7f;
    for (let shift = 7; byte >= 0x80 && shift < 35; shift += 7) {
      byte = postings[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
    }
    const form = value & 3;
    // The distance is stored in steps of four, as the cells are.
    cell += (value & ~3) + width;
    if (cell >= limit || cell < 0) break;
    let base = 0;
    if (cell >= pageFrom) {
      while (cell >= pageTo && ++nextPage < pageCount) {
        const page = pages[nextPage] ?? 0;
        pageFrom = (firstSection[page] ?? 0) * width;
        pageTo = (firstSection[page + 1] ?? 0) * width;
      }
      if (cell >= pageTo) pageFrom = limit;
      else if (cell >= pageFrom) base = pageTf[pages[nextPage] ?? 0] ?? 0;
    }
    if (base === 0 && form < 2) {
      cells[cell] = (cells[cell] ?? 0) + idf * (cells[cell + onceAt + form] ?? 0);
      cells[cell + coverAt] = (cells[cell + coverAt] ?? 0) + idf;
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
    const section = cell >>> 2;
    let tf = base + body * (norms[section] ?? 0);
    if (times > 0) tf += headingFrequency(segment, weights, section, times);
    cells[cell] = (cells[cell] ?? 0) + idf * (tf / (k1 + tf) - base / (k1 + base));
    if (base === 0) cells[cell + coverAt] = (cells[cell + coverAt] ?? 0) + idf;
  }
}

/** What is known of the pages of a segment when their sections are scored. */
export interface PageScores {
  readonly dead: Uint8Array;
  readonly scores: Float64Array;
  readonly covers: Float64Array;
}

/**
 * Gives each live page that holds anything and passes `accept` a row: its best section, score and coverage. Forgets the
 * scores of the sections: the next query begins.
 * @param coverShare how much coverage raises a score
 * @param asked the coverage that is not surpassed
 * @returns where the rows end
 */
export function bestSections({ segment, cells }: SectionScores, { dead, scores, covers }: PageScores, coverShare: number, asked: number, accept: PageFilter | undefined, { columns, from }: TallyRows): number {
  const { firstSection } = segment.tables;
  const { pageCount } = segment;
  let row = from;
  let cell = (firstSection[0] ?? 0) * width;
  for (let page = 0; page < pageCount; page++) {
    const base = scores[page] ?? 0;
    const baseCover = covers[page] ?? 0;
    const to = (firstSection[page + 1] ?? 0) * width;
    let topCell = cell;
    let top = base * (1 + coverShare * baseCover);
    let topCover = baseCover;
    for (; cell < to; cell += width) {
      const own = cells[cell] ?? 0;
      if (own === 0) continue;
      const covered = baseCover + (cells[cell + coverAt] ?? 0);
      cells[cell] = 0;
      cells[cell + coverAt] = 0;
      const score = (base + own) * (1 + coverShare * covered);
      if (score > top) {
        top = score;
        topCover = covered;
        topCell = cell;
      }
    }
    if (top <= 0 || dead[page] === 1 || (accept !== undefined && !accept(segment, page))) continue;
    columns.pages[row] = page;
    columns.sections[row] = topCell >>> 2;
    columns.scores[row] = Math.round(top * precision);
    columns.covers[row++] = Math.min(topCover, asked);
  }
  return row;
}
