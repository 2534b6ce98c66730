import { grown } from './bytes';
import { formCount } from './packed-index';

/** Behind every section. */
export const none = 0x7fffffff;

/** The form of a list of sections that are known: no bytes are read for it. */
const known = formCount;

/**
 * What a query asks of one segment, as lists of sections, each with the place up to which it was read: columns, a row a list.
 * They are kept from query to query, so that a query leaves nothing behind.
 */
export class PostingCursors {
  count = 0;
  /** `postingForm`, or the number behind them: the list is one of {@link sections}. */
  forms = new Uint8Array(64);
  idfs = new Float64Array(64);
  /** The next section, and where what comes behind it lies: in the postings, or in {@link sections}. */
  next = new Int32Array(64);
  at = new Int32Array(64);
  end = new Int32Array(64);
  /** The next of the {@link pages} that have the term in fields of their own. */
  pageAt = new Int32Array(64);
  pageEnd = new Int32Array(64);

  /** Pages with the frequency in their own fields, one stretch a term. */
  pages = new Uint32Array(1024);
  frequencies = new Float64Array(1024);
  /** What the frequency counts, saturated. */
  saturated = new Float64Array(1024);
  #pageFrom = 0;
  #pageCount = 0;

  /** Sections with what they gain in score and in coverage, one stretch a list. */
  sections = new Uint32Array(0);
  gains = new Float64Array(0);
  covers = new Float64Array(0);
  #sectionCount = 0;

  clear(): void {
    this.count = 0;
    this.#pageFrom = 0;
    this.#pageCount = 0;
    this.#sectionCount = 0;
  }

  /** The pages of the lists that are added next. `k1`: how slowly a frequency saturates. */
  addPages(pages: Uint32Array, frequencies: Float64Array, count: number, k1: number): void {
    this.#pageFrom = this.#pageCount;
    const needed = this.#pageCount + count;
    if (needed > this.pages.length) {
      this.pages = grown(this.pages, new Uint32Array(needed * 2));
      this.frequencies = grown(this.frequencies, new Float64Array(needed * 2));
      this.saturated = grown(this.saturated, new Float64Array(needed * 2));
    }
    for (let i = 0; i < count; i++) {
      this.pages[this.#pageCount + i] = pages[i] ?? 0;
      const base = frequencies[i] ?? 0;
      this.frequencies[this.#pageCount + i] = base;
      this.saturated[this.#pageCount + i] = base / (k1 + base);
    }
    this.#pageCount = needed;
  }

  /** Section postings from `from` to `end`. */
  addList(postings: Uint8Array, from: number, end: number, form: number, idf: number): void {
    if (from >= end) return;
    let at = from;
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = postings[at++] ?? 0;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) break;
    }
    this.#add(form, idf, value, at, end, this.#pageFrom, this.#pageCount);
  }

  /** Sections, rising; `put` puts what one gains into the place it is told. */
  addSections(sections: Uint32Array, idf: number, put: (section: number, at: number) => void): void {
    if (sections.length === 0) return;
    const from = this.#sectionCount;
    const end = from + sections.length;
    if (end > this.sections.length) {
      this.sections = grown(this.sections, new Uint32Array(end * 2));
      this.gains = grown(this.gains, new Float64Array(end * 2));
      this.covers = grown(this.covers, new Float64Array(end * 2));
    }
    this.sections.set(sections, from);
    sections.forEach((section, i) => put(section, from + i));
    this.#sectionCount = end;
    this.#add(known, idf, sections[0] ?? 0, from, end, 0, 0);
  }

  #add(form: number, idf: number, next: number, at: number, end: number, pageAt: number, pageEnd: number): void {
    if (this.count === this.forms.length) this.#grow(this.count * 2);
    const list = this.count++;
    this.forms[list] = form;
    this.idfs[list] = idf;
    this.next[list] = next;
    this.at[list] = at;
    this.end[list] = end;
    this.pageAt[list] = pageAt;
    this.pageEnd[list] = pageEnd;
  }

  #grow(size: number): void {
    this.forms = grown(this.forms, new Uint8Array(size));
    this.idfs = grown(this.idfs, new Float64Array(size));
    this.next = grown(this.next, new Int32Array(size));
    this.at = grown(this.at, new Int32Array(size));
    this.end = grown(this.end, new Int32Array(size));
    this.pageAt = grown(this.pageAt, new Int32Array(size));
    this.pageEnd = grown(this.pageEnd, new Int32Array(size));
  }
}
