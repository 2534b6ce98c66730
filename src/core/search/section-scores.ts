import type { PageFilter, TallyRows } from './best-pages';
import { postingForm, type PostingLists, type Segment } from './packed-index';
import { PostingCursors, none } from './posting-cursors';

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

/** What is known of the pages of a segment when their sections are scored. */
export interface PageScores {
  readonly dead: Uint8Array;
  readonly scores: Float64Array;
  readonly covers: Float64Array;
}

/** Scores are compared as integers of millionths: the last bits never decide an order. */
const precision = 1_000_000;
/** Sections that are scored at a time: what is read and written for them stays in the cache next to the processor. */
const blockSize = 4096;

/**
 * Scores the sections of one segment: most of the time of a query is spent here. The terms of a query are added first, then
 * block by block all of them are read and the best section of each page is told. The loops are functions of their own, so that
 * they are optimised apart from what calls them, and have as few branches that cannot be foretold as can be.
 */
export class SectionScores {
  readonly segment: Segment;
  readonly weights: SectionWeights;
  /** What the query asks for. */
  readonly asked = new PostingCursors();
  /** Score and coverage of the sections of the block at hand, two numbers a section. */
  readonly sums: Float32Array;
  /** Sections that are equally long, and all lead or none, are of one class. */
  readonly classes: Uint16Array | Uint32Array;
  /** By class, what one and what two occurrences in the body count, saturated. */
  readonly counts: Float32Array;
  /** By class, one occurrence in the body: the length normalisation, and more for the lead. */
  readonly norms: Float32Array;
  /** First page of each block, and the end. */
  readonly #blocks: Uint32Array;

  constructor(segment: Segment, weights: SectionWeights) {
    this.segment = segment;
    this.weights = weights;
    const { k1, bodyB, lead, averageBody } = weights;
    const { keys, numbers } = classesOf(segment);
    this.classes = numbers;
    this.norms = new Float32Array(keys.length);
    this.counts = new Float32Array(keys.length * 2);
    keys.forEach((key, i) => {
      this.norms[i] = 1 / (1 - bodyB + (bodyB * (key >>> 1)) / averageBody);
      if ((key & 1) === 1) this.norms[i] = (this.norms[i] ?? 0) * (1 + lead);
      const norm = this.norms[i] ?? 0;
      this.counts[i * 2] = norm / (k1 + norm);
      this.counts[i * 2 + 1] = (2 * norm) / (k1 + 2 * norm);
    });
    const { firsts, most } = blocksOf(segment);
    this.#blocks = firsts;
    this.sums = new Float32Array(most * 2);
  }

  /** Weighted, normalised frequency of a term in a section. */
  frequency(section: number, body: number, headings: number): number {
    const tf = body * (this.norms[this.classes[section] ?? 0] ?? 0);
    return headings === 0 ? tf : tf + headingFrequency(this.segment, this.weights, section, headings);
  }

  /** A query begins. */
  begin(): void {
    this.asked.clear();
  }

  /**
   * Asks for a term. It counts in a section what it adds to its frequency in the fields of the page.
   * @param pages the pages, rising, that have the term in fields of their own, the first `pageCount` of them, with the frequency there
   */
  ask(lists: PostingLists, pages: Uint32Array, frequencies: Float64Array, pageCount: number, idf: number): void {
    const { asked } = this;
    asked.addPages(pages, frequencies, pageCount, this.weights.k1);
    for (let form = 0; form < lists.from.length; form++) asked.addList(this.segment.tables.postings, lists.from[form] ?? 0, lists.end[form] ?? 0, form, idf);
  }

  /**
   * Asks for something in sections (rising) that are known.
   * @param frequencies by section, the weighted, normalised frequency
   * @param bases by page, the frequency in the page's own fields
   */
  askIn(sections: Uint32Array, frequencies: Float64Array, bases: Float64Array, idf: number): void {
    const { asked, segment, weights } = this;
    const { k1 } = weights;
    asked.addSections(sections, idf, (section, i) => {
      const base = bases[segment.pageOf[section] ?? 0] ?? 0;
      const tf = base + (frequencies[section] ?? 0);
      asked.gains[i] = idf * (tf / (k1 + tf) - base / (k1 + base));
      asked.covers[i] = base === 0 ? idf : 0;
    });
  }

  /**
   * Gives each live page that holds anything and passes `accept` a row: its best section, score and coverage.
   * @param coverShare how much coverage raises a score
   * @param most the coverage that is not surpassed
   * @returns where the rows end
   */
  best(pages: PageScores, coverShare: number, most: number, accept: PageFilter | undefined, rows: TallyRows): number {
    const { asked, sums } = this;
    const { firstSection } = this.segment.tables;
    let row = rows.from;
    for (let block = 0; block + 1 < this.#blocks.length; block++) {
      const first = this.#blocks[block] ?? 0;
      const last = this.#blocks[block + 1] ?? 0;
      const from = firstSection[first] ?? 0;
      const to = firstSection[last] ?? 0;
      for (let list = 0; list < asked.count; list++) {
        if ((asked.next[list] ?? none) >= to) continue;
        const form = asked.forms[list] ?? 0;
        if (form <= postingForm.twice) addTimes(this, list, from, to);
        else if (form <= postingForm.heading) addMixed(this, list, from, to);
        else addGains(this, list, from, to);
      }
      row = bestOfPages(this, first, last, pages, coverShare, most, accept, rows, row);
      sums.fill(0, 0, (to - from) * 2);
    }
    return row;
  }
}

/** Numbers sections by their length in the body (doubled) and whether they lead (1 more). */
function classesOf(segment: Segment): { readonly keys: readonly number[]; readonly numbers: Uint16Array | Uint32Array } {
  const { bodyLengths, firstSection } = segment.tables;
  const leads = new Uint8Array(segment.sectionCount + 1);
  for (let page = 0; page < segment.pageCount; page++) leads[firstSection[page] ?? 0] = 1;
  const known = new Int32Array(2 << 16).fill(-1);
  const keys: number[] = [];
  const numbers = new Uint32Array(segment.sectionCount);
  for (let section = 0; section < numbers.length; section++) {
    const key = ((bodyLengths[section] ?? 0) << 1) | (leads[section] ?? 0);
    let number = known[key] ?? -1;
    if (number < 0) {
      number = keys.push(key) - 1;
      known[key] = number;
    }
    numbers[section] = number;
  }
  return { keys, numbers: keys.length <= 0x10000 ? Uint16Array.from(numbers) : numbers };
}

/** Cuts a segment into blocks of whole pages. */
function blocksOf(segment: Segment): { readonly firsts: Uint32Array; readonly most: number } {
  const { firstSection } = segment.tables;
  const firsts = [0];
  let most = 0;
  for (let page = 0; page < segment.pageCount; page++) {
    const begin = firsts.at(-1) ?? 0;
    if (page > begin && (firstSection[page + 1] ?? 0) - (firstSection[begin] ?? 0) > blockSize) firsts.push(page);
    most = Math.max(most, (firstSection[page + 1] ?? 0) - (firstSection[firsts.at(-1) ?? 0] ?? 0));
  }
  if (segment.pageCount > 0) firsts.push(segment.pageCount);
  return { firsts: Uint32Array.from(firsts), most };
}

function headingFrequency(segment: Segment, { heading, shortB, averageHeading }: SectionWeights, section: number, times: number): number {
  return (heading * times) / (1 - shortB + (shortB * (segment.tables.headingLengths[section] ?? 0)) / averageHeading);
}

/** The sections of a block (`from` to `to`) where a term stands once or twice in the body and not in the heading: nearly all that is read. */
function addTimes({ segment, sums, classes, counts, norms, weights, asked }: SectionScores, list: number, from: number, to: number): void {
  const { k1 } = weights;
  const { firstSection, postings } = segment.tables;
  const { pages, frequencies, saturated } = asked;
  const form = asked.forms[list] ?? 0;
  const idf = asked.idfs[list] ?? 0;
  const end = asked.end[list] ?? 0;
  const lastPage = asked.pageEnd[list] ?? 0;
  let at = asked.at[list] ?? 0;
  let section = asked.next[list] ?? none;
  // The sections of the next page that has the term in fields of its own.
  let page = asked.pageAt[list] ?? 0;
  let pageFrom = page < lastPage ? (firstSection[pages[page] ?? 0] ?? 0) : none;
  let pageTo = page < lastPage ? (firstSection[(pages[page] ?? 0) + 1] ?? 0) : none;
  do {
    const cell = (section - from) << 1;
    const cls = classes[section] ?? 0;
    while (section >= pageTo) {
      page++;
      pageFrom = page < lastPage ? (firstSection[pages[page] ?? 0] ?? 0) : none;
      pageTo = page < lastPage ? (firstSection[(pages[page] ?? 0) + 1] ?? 0) : none;
    }
    if (section < pageFrom) {
      sums[cell] = (sums[cell] ?? 0) + idf * (counts[(cls << 1) + form] ?? 0);
      sums[cell + 1] = (sums[cell + 1] ?? 0) + idf;
    } else {
      const base = frequencies[page] ?? 0;
      const tf = base + (form + 1) * (norms[cls] ?? 0);
      sums[cell] = (sums[cell] ?? 0) + idf * (tf / (k1 + tf) - (saturated[page] ?? 0));
    }
    if (at >= end) {
      section = none;
      break;
    }
    let value = postings[at++] ?? 0;
    if (value >= 0x80) {
      value &= 0x7f;
      for (let shift = 7; shift < 35; shift += 7) {
        const byte = postings[at++] ?? 0;
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
    }
    section += value + 1;
  } while (section < to);
  asked.next[list] = section;
  asked.at[list] = at;
  asked.pageAt[list] = page;
}

/** All other sections of a block with a term. */
function addMixed({ segment, sums, classes, norms, weights, asked }: SectionScores, list: number, from: number, to: number): void {
  const { k1 } = weights;
  const { firstSection, postings } = segment.tables;
  const { pages, frequencies, saturated } = asked;
  const form = asked.forms[list] ?? 0;
  const idf = asked.idfs[list] ?? 0;
  const end = asked.end[list] ?? 0;
  const lastPage = asked.pageEnd[list] ?? 0;
  let at = asked.at[list] ?? 0;
  let section = asked.next[list] ?? none;
  let page = asked.pageAt[list] ?? 0;
  let pageFrom = page < lastPage ? (firstSection[pages[page] ?? 0] ?? 0) : none;
  let pageTo = page < lastPage ? (firstSection[(pages[page] ?? 0) + 1] ?? 0) : none;
  do {
    const both = form === postingForm.heading ? 0x10 : (postings[at++] ?? 0);
    const cell = (section - from) << 1;
    while (section >= pageTo) {
      page++;
      pageFrom = page < lastPage ? (firstSection[pages[page] ?? 0] ?? 0) : none;
      pageTo = page < lastPage ? (firstSection[(pages[page] ?? 0) + 1] ?? 0) : none;
    }
    const own = (both & 15) * (norms[classes[section] ?? 0] ?? 0);
    if (section < pageFrom) {
      const tf = both > 15 ? own + headingFrequency(segment, weights, section, both >> 4) : own;
      sums[cell] = (sums[cell] ?? 0) + idf * (tf / (k1 + tf));
      sums[cell + 1] = (sums[cell + 1] ?? 0) + idf;
    } else {
      const base = frequencies[page] ?? 0;
      const tf = both > 15 ? base + own + headingFrequency(segment, weights, section, both >> 4) : base + own;
      sums[cell] = (sums[cell] ?? 0) + idf * (tf / (k1 + tf) - (saturated[page] ?? 0));
    }
    if (at >= end) {
      section = none;
      break;
    }
    let value = postings[at++] ?? 0;
    if (value >= 0x80) {
      value &= 0x7f;
      for (let shift = 7; shift < 35; shift += 7) {
        const byte = postings[at++] ?? 0;
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
    }
    section += value + 1;
  } while (section < to);
  asked.next[list] = section;
  asked.at[list] = at;
  asked.pageAt[list] = page;
}

/** The sections of a block that were asked for by {@link SectionScores.askIn}. */
function addGains({ sums, asked }: SectionScores, list: number, from: number, to: number): void {
  const { sections, gains, covers } = asked;
  const end = asked.end[list] ?? 0;
  let at = asked.at[list] ?? 0;
  while (at < end && (sections[at] ?? none) < to) {
    const cell = ((sections[at] ?? 0) - from) << 1;
    sums[cell] = (sums[cell] ?? 0) + (gains[at] ?? 0);
    sums[cell + 1] = (sums[cell + 1] ?? 0) + (covers[at] ?? 0);
    at++;
  }
  asked.at[list] = at;
  asked.next[list] = at < end ? (sections[at] ?? none) : none;
}

/** See {@link SectionScores.best}: the pages of one block. */
function bestOfPages(
  { segment, sums }: SectionScores,
  first: number,
  last: number,
  { dead, scores, covers }: PageScores,
  coverShare: number,
  most: number,
  accept: PageFilter | undefined,
  { columns }: TallyRows,
  from: number,
): number {
  const { firstSection } = segment.tables;
  const origin = firstSection[first] ?? 0;
  let row = from;
  let cell = 0;
  for (let page = first; page < last; page++) {
    const base = scores[page] ?? 0;
    const baseCover = covers[page] ?? 0;
    const to = ((firstSection[page + 1] ?? 0) - origin) << 1;
    let topCell = cell;
    let top = base * (1 + coverShare * baseCover);
    let topCover = baseCover;
    for (; cell < to; cell += 2) {
      const covered = baseCover + (sums[cell + 1] ?? 0);
      const score = (base + (sums[cell] ?? 0)) * (1 + coverShare * covered);
      if (score > top) {
        top = score;
        topCover = covered;
        topCell = cell;
      }
    }
    if (top <= 0 || dead[page] === 1 || (accept !== undefined && !accept(segment, page))) continue;
    columns.pages[row] = page;
    columns.sections[row] = origin + (topCell >>> 1);
    columns.scores[row] = Math.round(top * precision);
    columns.covers[row++] = Math.min(topCover, most);
  }
  return row;
}
