import { ByteWriter, IntList } from './bytes';
import { formCount, postingForm, type SegmentTables, type StringTable } from './packed-index';

/** What a page's row in the index says; `lengths` in the order of `pageField`. */
export interface PageRow {
  readonly kind: number;
  readonly path: string;
  readonly title: string;
  readonly hash: string;
  readonly product: string;
  /** The page's H1 where it is not its title, else empty. */
  readonly headline: string;
  readonly textLength: number;
  readonly lengths: readonly number[];
  readonly facets: readonly string[];
}

export interface SectionRow {
  readonly heading: string;
  readonly repeat: number;
  readonly start: number;
  readonly end: number;
  readonly bodyLength: number;
  readonly headingLength: number;
}

/** Writes the tables of a segment: pages with their sections first, then the terms in order (bigrams by key, words by code unit). */
export class PackedWriter {
  readonly #kinds: number[] = [];
  readonly #pageStrings = new StringWriter();
  readonly #textLengths = new IntList();
  readonly #pageLengths: number[] = [];
  readonly #firstSection = new IntList();
  readonly #facetOffsets = new IntList();
  readonly #facetIds = new IntList();
  readonly #facetNumbers = new Map<string, number>();
  readonly #facets = new StringWriter();
  readonly #starts = new IntList();
  readonly #ends = new IntList();
  readonly #bodyLengths = new IntList();
  readonly #headingLengths: number[] = [];
  readonly #repeats = new IntList();
  readonly #headings = new StringWriter();
  readonly #pageOf = new IntList();
  readonly #bigrams = new IntList();
  readonly #words = new StringWriter();
  readonly #offsets = new IntList();
  readonly #postings = new ByteWriter();
  /** Section postings of the term at hand, by form. */
  readonly #lists = Array.from({ length: formCount }, () => new ByteWriter());

  /** Adds a page; gives its number. Its sections follow by {@link section}. */
  page(row: PageRow): number {
    const page = this.#kinds.length;
    this.#kinds.push(row.kind);
    for (const text of [row.path, row.title, row.hash, row.product, row.headline]) this.#pageStrings.add(text);
    this.#textLengths.push(row.textLength);
    for (const length of row.lengths) this.#pageLengths.push(Math.min(255, length));
    this.#firstSection.push(this.#starts.length);
    this.#facetOffsets.push(this.#facetIds.length);
    for (const facet of row.facets) {
      let number = this.#facetNumbers.get(facet);
      if (number === undefined) {
        number = this.#facetNumbers.size;
        this.#facetNumbers.set(facet, number);
        this.#facets.add(facet);
      }
      this.#facetIds.push(number);
    }
    return page;
  }

  /** Adds a section of the page last added; gives its number. */
  section(row: SectionRow): number {
    const section = this.#starts.length;
    this.#starts.push(row.start);
    this.#ends.push(row.end);
    this.#bodyLengths.push(Math.min(65535, row.bodyLength));
    this.#headingLengths.push(Math.min(255, row.headingLength));
    this.#repeats.push(Math.min(65535, row.repeat));
    this.#headings.add(row.heading);
    this.#pageOf.push(this.#kinds.length - 1);
    return section;
  }

  get pageCount(): number {
    return this.#kinds.length;
  }

  get sectionCount(): number {
    return this.#starts.length;
  }

  bigram(key: number, pages: TermPages, sections: TermSections): void {
    this.#bigrams.push(key);
    this.#term(pages, sections);
  }

  word(word: string, pages: TermPages, sections: TermSections): void {
    this.#words.add(word);
    this.#term(pages, sections);
  }

  finish(): SegmentTables {
    this.#offsets.push(this.#postings.length);
    this.#firstSection.push(this.#starts.length);
    this.#facetOffsets.push(this.#facetIds.length);
    return {
      bigrams: this.#bigrams.values(),
      words: this.#words.table(),
      postingOffsets: this.#offsets.values(),
      postings: this.#postings.bytes(),
      firstSection: this.#firstSection.values(),
      pageStrings: this.#pageStrings.table(),
      kinds: Uint8Array.from(this.#kinds),
      textLengths: this.#textLengths.values(),
      pageLengths: Uint8Array.from(this.#pageLengths),
      facetOffsets: this.#facetOffsets.values(),
      facetIds: this.#facetIds.values(),
      facets: this.#facets.table(),
      sectionStarts: this.#starts.values(),
      sectionEnds: this.#ends.values(),
      bodyLengths: Uint16Array.from(this.#bodyLengths.values()),
      headingLengths: Uint8Array.from(this.#headingLengths),
      repeats: Uint16Array.from(this.#repeats.values()),
      headings: this.#headings.table(),
    };
  }

  /** Layout: see `Segment.decode`. */
  #term(pages: TermPages, sections: TermSections): void {
    const out = this.#postings;
    this.#offsets.push(out.length);
    const present = this.#split(sections);
    out.varint(countPages(pages, sections, this.#pageOf.values()));
    out.varint((pages.count << formCount) | present);
    let before = -1;
    for (let i = 0; i < pages.count; i++) {
      const page = pages.ids[i] ?? 0;
      out.varint(page - before - 1);
      out.byte(pages.codes[i] ?? 0);
      before = page;
    }
    for (let form = 0; form < formCount; form++) {
      const list = this.#lists[form];
      if (list === undefined || list.length === 0) continue;
      // The last list ends with the term.
      if (present >>> (form + 1) !== 0) out.varint(list.length);
      out.append(list.bytes());
    }
  }

  /** Writes the section postings of a term into a list for each form. @returns a bit for each form there is */
  #split(sections: TermSections): number {
    let present = 0;
    for (const list of this.#lists) list.length = 0;
    const before = [-1, -1, -1, -1];
    for (let i = 0; i < sections.count; i++) {
      const section = sections.ids[i] ?? 0;
      const body = Math.min(15, sections.body[i] ?? 0);
      const heading = Math.min(15, sections.heading[i] ?? 0);
      const form = heading === 0 && (body === 1 || body === 2) ? body - 1 : heading === 1 && body === 0 ? postingForm.heading : postingForm.more;
      const list = this.#lists[form];
      if (list === undefined) continue;
      list.varint(section - (before[form] ?? -1) - 1);
      if (form === postingForm.more) list.byte(body | (heading << 4));
      before[form] = section;
      present |= 1 << form;
    }
    return present;
  }
}

/** Pages of a term, rising, with their codes. */
export interface TermPages {
  readonly ids: Uint32Array;
  readonly codes: Uint8Array;
  readonly count: number;
}

/** Sections of a term, rising, with the frequencies in body and heading. */
export interface TermSections {
  readonly ids: Uint32Array;
  readonly body: Uint8Array;
  readonly heading: Uint8Array;
  readonly count: number;
}

/** Distinct pages of a term: two rising lists merged. */
function countPages(pages: TermPages, sections: TermSections, pageOf: Uint32Array): number {
  let count = pages.count;
  let at = 0;
  let before = -1;
  for (let i = 0; i < sections.count; i++) {
    const page = pageOf[sections.ids[i] ?? 0] ?? 0;
    if (page === before) continue;
    before = page;
    while (at < pages.count && (pages.ids[at] ?? 0) < page) at++;
    if (at >= pages.count || pages.ids[at] !== page) count++;
  }
  return count;
}

class StringWriter {
  readonly #offsets = new IntList();
  #units: Uint16Array<ArrayBuffer> = new Uint16Array(4096);
  #length = 0;

  add(text: string): void {
    this.#offsets.push(this.#length);
    while (this.#length + text.length > this.#units.length) {
      const grown = new Uint16Array(this.#units.length * 2);
      grown.set(this.#units);
      this.#units = grown;
    }
    for (let i = 0; i < text.length; i++) this.#units[this.#length++] = text.charCodeAt(i);
  }

  table(): StringTable {
    this.#offsets.push(this.#length);
    return { offsets: this.#offsets.values(), units: this.#units.subarray(0, this.#length) };
  }
}
