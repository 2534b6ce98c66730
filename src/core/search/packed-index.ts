import { grown } from './bytes';
import type { SearchKind } from './search';

/** Kinds in the order of their number in the index; new ones are added at the end. */
export const kindOrder: readonly SearchKind[] = ['page', 'rule', 'template', 'kit', 'term', 'gate', 'document'];

/** Page-level fields, two bits of term frequency each in a page posting. */
export const pageField = { title: 0, alias: 1, path: 2, summary: 3 } as const;
const pageFields = 4;

/**
 * How often a term stands in a section: once or twice in the body and not in the heading; else (a byte follows: body in the low
 * four bits, heading in the high ones); once in the heading alone. Each form has a list of its own.
 */
export const postingForm = { once: 0, twice: 1, more: 2, heading: 3 } as const;
export const formCount = 4;

/** Strings stored per page, in this order. */
export const pageString = { path: 0, title: 1, hash: 2, product: 3, headline: 4 } as const;
const pageStrings = 5;

/** Number and element size of the blocks, in their order in the buffer (docs/search.md has the table). */
const blockSizes = [4, 4, 2, 4, 1, 4, 4, 2, 1, 4, 1, 4, 4, 4, 2, 4, 4, 2, 1, 2, 4, 2] as const;
const blockCount = blockSizes.length;
/** Header words before the block directory. */
const headWords = 12;
const headerBytes = (headWords + blockCount * 2) * 4;

/** A list of strings as end-to-end UTF-16 units with offsets. */
export interface StringTable {
  readonly offsets: Uint32Array<ArrayBuffer>;
  readonly units: Uint16Array<ArrayBuffer>;
}

/** The tables of one segment, as written and as read. All typed arrays; a read segment's are views of one buffer. */
export interface SegmentTables {
  readonly bigrams: Uint32Array<ArrayBuffer>;
  /** Words in code unit order. */
  readonly words: StringTable;
  /** Offsets into `postings`: bigrams first, then words, then the end. */
  readonly postingOffsets: Uint32Array<ArrayBuffer>;
  readonly postings: Uint8Array<ArrayBuffer>;
  readonly firstSection: Uint32Array<ArrayBuffer>;
  readonly pageStrings: StringTable;
  readonly kinds: Uint8Array<ArrayBuffer>;
  readonly textLengths: Uint32Array<ArrayBuffer>;
  /** Field lengths in terms, {@link pageField} order, four a page. */
  readonly pageLengths: Uint8Array<ArrayBuffer>;
  /** Offsets into `facetIds`, one a page and the end. */
  readonly facetOffsets: Uint32Array<ArrayBuffer>;
  readonly facetIds: Uint32Array<ArrayBuffer>;
  readonly facets: StringTable;
  readonly sectionStarts: Uint32Array<ArrayBuffer>;
  readonly sectionEnds: Uint32Array<ArrayBuffer>;
  readonly bodyLengths: Uint16Array<ArrayBuffer>;
  readonly headingLengths: Uint8Array<ArrayBuffer>;
  readonly repeats: Uint16Array<ArrayBuffer>;
  readonly headings: StringTable;
}

/** Lays the tables out in one buffer. The header's checksum is left to the store. */
export function layOut(tables: SegmentTables, magic: number, format: number, analysis: number): ArrayBuffer {
  const blocks: readonly (Uint8Array | Uint16Array | Uint32Array)[] = [
    tables.bigrams, tables.words.offsets, tables.words.units, tables.postingOffsets, tables.postings, tables.firstSection,
    tables.pageStrings.offsets, tables.pageStrings.units, tables.kinds, tables.textLengths, tables.pageLengths,
    tables.facetOffsets, tables.facetIds, tables.facets.offsets, tables.facets.units, tables.sectionStarts, tables.sectionEnds,
    tables.bodyLengths, tables.headingLengths, tables.repeats, tables.headings.offsets, tables.headings.units,
  ];
  let size = headerBytes;
  for (const block of blocks) size = align(size + block.byteLength);
  const buffer = new ArrayBuffer(size);
  const header = new Uint32Array(buffer, 0, headerBytes / 4);
  header[0] = magic;
  header[1] = format;
  header[2] = analysis;
  header[3] = size;
  header[6] = tables.kinds.length;
  header[7] = tables.bodyLengths.length;
  let at = headerBytes;
  blocks.forEach((block, i) => {
    header[headWords + i * 2] = at;
    header[headWords + i * 2 + 1] = block.byteLength;
    new Uint8Array(buffer, at, block.byteLength).set(new Uint8Array(block.buffer, block.byteOffset, block.byteLength));
    at = align(at + block.byteLength);
  });
  return buffer;
}

function align(offset: number): number {
  return (offset + 3) & ~3;
}

/** Views of a buffer that {@link layOut} made, or `undefined` when a table does not lie inside it or does not fit the others. */
export function viewTables(buffer: ArrayBuffer): SegmentTables | undefined {
  if (buffer.byteLength < headerBytes || buffer.byteLength % 4 !== 0) return undefined;
  const header = new Uint32Array(buffer, 0, headerBytes / 4);
  const starts: number[] = [];
  const lengths: number[] = [];
  for (let i = 0; i < blockCount; i++) {
    const start = header[headWords + i * 2] ?? 0;
    const length = header[headWords + i * 2 + 1] ?? 0;
    const size = blockSizes[i] ?? 1;
    if (start < headerBytes || start % 4 !== 0 || start + length > buffer.byteLength || length % size !== 0) return undefined;
    starts.push(start);
    lengths.push(length / size);
  }
  const bytes = (i: number): Uint8Array<ArrayBuffer> => new Uint8Array(buffer, starts[i], lengths[i]);
  const shorts = (i: number): Uint16Array<ArrayBuffer> => new Uint16Array(buffer, starts[i], lengths[i]);
  const ints = (i: number): Uint32Array<ArrayBuffer> => new Uint32Array(buffer, starts[i], lengths[i]);
  const tables: SegmentTables = {
    bigrams: ints(0),
    words: { offsets: ints(1), units: shorts(2) },
    postingOffsets: ints(3),
    postings: bytes(4),
    firstSection: ints(5),
    pageStrings: { offsets: ints(6), units: shorts(7) },
    kinds: bytes(8),
    textLengths: ints(9),
    pageLengths: bytes(10),
    facetOffsets: ints(11),
    facetIds: ints(12),
    facets: { offsets: ints(13), units: shorts(14) },
    sectionStarts: ints(15),
    sectionEnds: ints(16),
    bodyLengths: shorts(17),
    headingLengths: bytes(18),
    repeats: shorts(19),
    headings: { offsets: ints(20), units: shorts(21) },
  };
  return fits(tables, header[6] ?? 0, header[7] ?? 0) ? tables : undefined;
}

/** Every count agrees with the others and every offset table rises to exactly the end of what it points into. */
function fits(tables: SegmentTables, pages: number, sections: number): boolean {
  const words = tables.words.offsets.length - 1;
  return (
    words >= 0 &&
    rises(tables.words.offsets, tables.words.units.length) &&
    tables.postingOffsets.length === tables.bigrams.length + words + 1 &&
    rises(tables.postingOffsets, tables.postings.length) &&
    tables.firstSection.length === pages + 1 &&
    rises(tables.firstSection, sections) &&
    tables.pageStrings.offsets.length === pages * pageStrings + 1 &&
    rises(tables.pageStrings.offsets, tables.pageStrings.units.length) &&
    tables.kinds.length === pages &&
    tables.kinds.every((kind) => kind < kindOrder.length) &&
    tables.textLengths.length === pages &&
    tables.pageLengths.length === pages * pageFields &&
    tables.facetOffsets.length === pages + 1 &&
    rises(tables.facetOffsets, tables.facetIds.length) &&
    tables.facetIds.every((id) => id < tables.facets.offsets.length - 1) &&
    rises(tables.facets.offsets, tables.facets.units.length) &&
    tables.sectionStarts.length === sections &&
    tables.sectionEnds.length === sections &&
    tables.bodyLengths.length === sections &&
    tables.headingLengths.length === sections &&
    tables.repeats.length === sections &&
    tables.headings.offsets.length === sections + 1 &&
    rises(tables.headings.offsets, tables.headings.units.length)
  );
}

function rises(offsets: Uint32Array, end: number): boolean {
  let before = 0;
  for (const at of offsets) {
    if (at < before) return false;
    before = at;
  }
  return offsets.length > 0 && offsets[0] === 0 && before === end;
}

/** Postings of one term, decoded into scratch arrays that the next term overwrites. */
export class Postings {
  pages = new Uint32Array(1024);
  /** Two bits of frequency a {@link pageField}. */
  pageCodes = new Uint8Array(1024);
  pageCount = 0;
  sections = new Uint32Array(1024);
  body = new Uint8Array(1024);
  heading = new Uint8Array(1024);
  sectionCount = 0;

  growPages(): void {
    this.pages = grown(this.pages, new Uint32Array(this.pages.length * 2));
    this.pageCodes = grown(this.pageCodes, new Uint8Array(this.pageCodes.length * 2));
  }

  growSections(): void {
    this.sections = grown(this.sections, new Uint32Array(this.sections.length * 2));
    this.body = grown(this.body, new Uint8Array(this.body.length * 2));
    this.heading = grown(this.heading, new Uint8Array(this.heading.length * 2));
  }
}

/** Where the section postings of a term lie, by {@link postingForm}. */
export interface PostingLists {
  readonly from: Uint32Array;
  readonly end: Uint32Array;
}

/** Behind every section. */
const none = 0xffffffff;

/** A searchable piece of the index, read only: everything is looked up in the tables of one buffer. */
export class Segment {
  readonly tables: SegmentTables;
  readonly pageCount: number;
  readonly sectionCount: number;
  /** Page of each section. */
  readonly pageOf: Uint32Array;
  readonly #lists = { from: new Uint32Array(formCount), end: new Uint32Array(formCount) };

  constructor(tables: SegmentTables) {
    this.tables = tables;
    this.pageCount = tables.kinds.length;
    this.sectionCount = tables.bodyLengths.length;
    this.pageOf = new Uint32Array(this.sectionCount);
    for (let page = 0; page < this.pageCount; page++) {
      this.pageOf.fill(page, tables.firstSection[page], tables.firstSection[page + 1]);
    }
  }

  get wordCount(): number {
    return this.tables.words.offsets.length - 1;
  }

  /** Term number of a bigram, -1 when the segment does not have it. */
  bigramTerm(key: number): number {
    const at = this.#lowerBigram(key);
    return this.tables.bigrams[at] === key ? at : -1;
  }

  /** Term numbers (from, to) of the bigrams that begin with `unit`. */
  bigramTerms(unit: number): readonly [number, number] {
    return [this.#lowerBigram((unit << 16) >>> 0), unit >= 0xffff ? this.tables.bigrams.length : this.#lowerBigram(((unit + 1) << 16) >>> 0)];
  }

  /** Term number of a word, -1 when the segment does not have it. */
  wordTerm(word: string): number {
    const at = this.lowerWord(word);
    return at < this.wordCount && this.word(at) === word ? this.tables.bigrams.length + at : -1;
  }

  /** Index of the first word not before `word` in code unit order. */
  lowerWord(word: string): number {
    const { offsets, units } = this.tables.words;
    let low = 0;
    let high = this.wordCount;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (compareUnits(units, offsets[middle] ?? 0, offsets[middle + 1] ?? 0, word) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  word(index: number): string {
    return stringAt(this.tables.words, index);
  }

  /** Whether the page has nothing there, without reading it. */
  lacks(page: number, which: number): boolean {
    const { offsets } = this.tables.pageStrings;
    const at = page * pageStrings + which;
    return offsets[at] === offsets[at + 1];
  }

  /** Order of the paths of two pages by code units. */
  comparePaths(page: number, other: Segment, otherPage: number): number {
    return compareStored(this.tables.pageStrings, page * pageStrings + pageString.path, other.tables.pageStrings, otherPage * pageStrings + pageString.path);
  }

  pageText(page: number, which: number): string {
    return stringAt(this.tables.pageStrings, page * pageStrings + which);
  }

  heading(section: number): string {
    return stringAt(this.tables.headings, section);
  }

  kind(page: number): SearchKind {
    return kindOrder[this.tables.kinds[page] ?? 0] ?? 'page';
  }

  /** Facets of a page, each as `t:tag`, `p:phase` or `a:audience`. */
  facets(page: number): string[] {
    const found: string[] = [];
    const to = this.tables.facetOffsets[page + 1] ?? 0;
    for (let i = this.tables.facetOffsets[page] ?? 0; i < to; i++) {
      found.push(stringAt(this.tables.facets, this.tables.facetIds[i] ?? 0));
    }
    return found;
  }

  /** Number of pages that hold the term. */
  pagesWith(term: number): number {
    const { postings, postingOffsets } = this.tables;
    let at = postingOffsets[term] ?? 0;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = postings[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    return value >>> 0;
  }

  /**
   * Decodes a term's postings. Layout: varint pages with the term; varint (page postings << 4 | a bit for each form there is);
   * the page postings, each (varint page delta, byte of codes); then for each form a list of section postings, each a varint
   * section delta, with its byte for {@link postingForm}`.more`. Before each list but the last stands its length in bytes.
   */
  decode(term: number, into: Postings): void {
    const lists = this.decodePages(term, into);
    const { postings } = this.tables;
    const next = [none, none, none, none];
    const at = [...lists.from];
    const step = (form: number, before: number): void => {
      let from = at[form] ?? 0;
      if (from >= (lists.end[form] ?? 0)) {
        next[form] = none;
        return;
      }
      let value = 0;
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = postings[from++] ?? 0;
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
      at[form] = from;
      next[form] = before + value + 1;
    };
    for (let form = 0; form < formCount; form++) step(form, -1);
    for (;;) {
      let form = 0;
      for (let other = 1; other < formCount; other++) if ((next[other] ?? none) < (next[form] ?? none)) form = other;
      const section = next[form] ?? none;
      if (section >= this.sectionCount) return;
      if (into.sectionCount === into.sections.length) into.growSections();
      const n = into.sectionCount++;
      into.sections[n] = section;
      if (form === postingForm.more) {
        const both = postings[at[form] ?? 0] ?? 0;
        at[form] = (at[form] ?? 0) + 1;
        into.body[n] = both & 15;
        into.heading[n] = both >> 4;
      } else {
        into.body[n] = form === postingForm.heading ? 0 : form + 1;
        into.heading[n] = form === postingForm.heading ? 1 : 0;
      }
      step(form, section);
    }
  }

  /** Decodes the page postings of a term only. @returns where its section postings lie, until the next call */
  decodePages(term: number, into: Postings): PostingLists {
    const { postings, postingOffsets } = this.tables;
    const { from, end } = this.#lists;
    let at = postingOffsets[term] ?? 0;
    const last = postingOffsets[term + 1] ?? 0;
    const read = (): number => {
      let value = 0;
      for (let shift = 0; shift < 35; shift += 7) {
        const byte = postings[at++] ?? 0;
        value |= (byte & 0x7f) << shift;
        if (byte < 0x80) break;
      }
      return value >>> 0;
    };
    from.fill(0);
    end.fill(0);
    into.pageCount = 0;
    into.sectionCount = 0;
    read();
    const head = read();
    const count = Math.min(head >>> formCount, this.pageCount);
    let page = -1;
    for (let i = 0; i < count && at < last; i++) {
      page += read() + 1;
      if (page >= this.pageCount) return this.#lists;
      if (into.pageCount === into.pages.length) into.growPages();
      into.pages[into.pageCount] = page;
      into.pageCodes[into.pageCount++] = postings[at++] ?? 0;
    }
    for (let form = 0; form < formCount; form++) {
      if (((head >>> form) & 1) === 0) continue;
      const isLast = (head & ((1 << formCount) - 1)) >>> (form + 1) === 0;
      const length = isLast ? last - at : read();
      from[form] = at;
      at = Math.min(last, at + length);
      end[form] = at;
    }
    return this.#lists;
  }

  #lowerBigram(key: number): number {
    const { bigrams } = this.tables;
    let low = 0;
    let high = bigrams.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((bigrams[middle] ?? 0) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** String `index` of a table; the empty string when there is none. */
export function stringAt(table: StringTable, index: number): string {
  const from = table.offsets[index] ?? 0;
  const to = table.offsets[index + 1] ?? from;
  if (to - from <= 4096) return textOf(table.units.subarray(from, to));
  let text = '';
  for (let at = from; at < to; at += 4096) text += textOf(table.units.subarray(at, Math.min(to, at + 4096)));
  return text;
}

/** `apply` takes an array-like; spreading one would go through its iterator, unit by unit. */
function textOf(units: Uint16Array): string {
  return Reflect.apply(String.fromCharCode, String, units) as string;
}

/** Order of two stored strings by code units. */
function compareStored(a: StringTable, first: number, b: StringTable, second: number): number {
  const fromA = a.offsets[first] ?? 0;
  const fromB = b.offsets[second] ?? 0;
  const lengthA = (a.offsets[first + 1] ?? fromA) - fromA;
  const lengthB = (b.offsets[second + 1] ?? fromB) - fromB;
  const length = Math.min(lengthA, lengthB);
  for (let i = 0; i < length; i++) {
    const difference = (a.units[fromA + i] ?? 0) - (b.units[fromB + i] ?? 0);
    if (difference !== 0) return difference;
  }
  return lengthA - lengthB;
}

function compareUnits(units: Uint16Array, from: number, to: number, word: string): number {
  const length = Math.min(to - from, word.length);
  for (let i = 0; i < length; i++) {
    const difference = (units[from + i] ?? 0) - word.charCodeAt(i);
    if (difference !== 0) return difference;
  }
  return to - from - word.length;
}
