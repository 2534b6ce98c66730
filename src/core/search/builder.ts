import { Analyser, firstBigram, termKind } from './analyse';
import { BigramNumbers, IntList } from './bytes';
import { kindOrder, pageField, type SegmentTables } from './packed-index';
import { PackedWriter } from './packed-writer';
import type { SearchSource } from './search';
import { pathWords, readPage, sectionText, type PageText } from './sections';

/** Collects sources and packs them into the tables of one segment. */
export class SegmentBuilder {
  readonly #writer = new PackedWriter();
  readonly #analyser = new Analyser();
  readonly #words = new Map<string, number>();
  readonly #bigrams = new BigramNumbers();
  /** Key of each term that is a bigram; words have 0 there and their text in `#wordTexts`. */
  readonly #keys = new IntList();
  readonly #wordTexts = new Map<number, string>();
  readonly #pagePostings = new PostingPile();
  readonly #sectionPostings = new PostingPile();
  /** Frequencies of the page or section at hand by term, and the terms that have any. */
  #first = new Uint8Array(1 << 14);
  #second = new Uint8Array(1 << 14);
  readonly #touched = new IntList();

  get pageCount(): number {
    return this.#writer.pageCount;
  }

  get sectionCount(): number {
    return this.#writer.sectionCount;
  }

  /** Adds one source; linear in its text. */
  add(source: SearchSource): void {
    const read = readSource(source);
    const title = source.title === '' ? read.title : source.title;
    const headline = read.headline === title ? '' : read.headline;
    const fields: string[][] = [];
    fields[pageField.title] = [title, headline];
    fields[pageField.alias] = [...new Set([...source.aliases, ...read.aliases, ...source.tags, ...read.tags])];
    fields[pageField.path] = [pathWords(source.path)];
    fields[pageField.summary] = [read.summary];
    const lengths = fields.map((texts, field) => {
      let length = 0;
      for (const text of texts) length += this.#count(text, true, (term) => this.#addPage(term, field));
      return length;
    });
    const page = this.#writer.page({
      kind: kindOrder.indexOf(source.kind),
      path: source.path,
      title,
      hash: source.hash,
      product: source.product ?? '',
      headline,
      textLength: source.text.length,
      lengths,
      facets: facetsOf(source, read),
    });
    this.#flush(page, this.#pagePostings);
    for (const section of read.sections) this.#addSection(source.text, section);
  }

  /** The tables of everything added. The builder is spent. `pause` is awaited between batches of terms. */
  async finish(pause: () => Promise<void>): Promise<SegmentTables> {
    const keys = this.#keys.values();
    const pages = this.#pagePostings.byTerm(keys.length);
    const sections = this.#sectionPostings.byTerm(keys.length);
    const bigrams: number[] = [];
    for (let term = 0; term < keys.length; term++) if (keys[term] !== 0) bigrams.push(term);
    bigrams.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
    let batch = 0;
    for (const term of bigrams) {
      this.#writer.bigram(keys[term] ?? 0, pages.pages(term), sections.sections(term));
      if ((++batch & 255) === 0) await pause();
    }
    const words = [...this.#wordTexts].sort((a, b) => (a[1] < b[1] ? -1 : 1));
    for (const [term, word] of words) {
      this.#writer.word(word, pages.pages(term), sections.sections(term));
      if ((++batch & 255) === 0) await pause();
    }
    return this.#writer.finish();
  }

  #addSection(text: string, section: PageText['sections'][number]): void {
    const { prose, code } = sectionText(text, section);
    const headingLength = this.#count(section.heading, true, (term) => (this.#second[term] = Math.min(15, (this.#second[term] ?? 0) + 1)));
    let bodyLength = this.#count(prose, false, (term) => (this.#first[term] = Math.min(15, (this.#first[term] ?? 0) + 1)));
    // Code counts once a section, however often a word is repeated in it.
    if (code !== '') bodyLength += this.#count(code, false, (term) => (this.#first[term] = Math.max(1, this.#first[term] ?? 0))) >> 2;
    const number = this.#writer.section({ ...section, bodyLength, headingLength });
    this.#flush(number, this.#sectionPostings);
  }

  /** Counts the terms of a text; gives its length in terms. Bigrams of hiragana alone are kept for short fields only. */
  #count(text: string, hiragana: boolean, add: (term: number) => void): number {
    if (text === '') return 0;
    const analyser = this.#analyser;
    analyser.analyse(text, this.#wordId);
    let length = 0;
    for (let i = 0; i < analyser.count; i++) {
      const kind = analyser.kinds[i] ?? 0;
      if (kind === termKind.hiragana && !hiragana) continue;
      if (kind <= termKind.mixed || kind === termKind.word) length++;
      const id = analyser.ids[i] ?? 0;
      const term = id < firstBigram ? id : this.#bigramId(id);
      if ((this.#first[term] ?? 0) === 0 && (this.#second[term] ?? 0) === 0) this.#touched.push(term);
      add(term);
    }
    return length;
  }

  readonly #wordId = (word: string): number => {
    const known = this.#words.get(word);
    if (known !== undefined) return known;
    const term = this.#newTerm(0);
    this.#words.set(word, term);
    this.#wordTexts.set(term, word);
    return term;
  };

  #bigramId(key: number): number {
    const known = this.#bigrams.get(key);
    if (known >= 0) return known;
    const term = this.#newTerm(key);
    this.#bigrams.add(key, term);
    return term;
  }

  #newTerm(key: number): number {
    const term = this.#keys.length;
    this.#keys.push(key);
    if (term >= this.#first.length) {
      const first = new Uint8Array(this.#first.length * 2);
      first.set(this.#first);
      this.#first = first;
      const second = new Uint8Array(this.#second.length * 2);
      second.set(this.#second);
      this.#second = second;
    }
    return term;
  }

  /** Two bits a field in one byte. */
  #addPage(term: number, field: number): void {
    const code = this.#first[term] ?? 0;
    if (((code >> (field * 2)) & 3) < 3) this.#first[term] = code + (1 << (field * 2));
  }

  #flush(owner: number, pile: PostingPile): void {
    const touched = this.#touched.values();
    for (const term of touched) {
      pile.add(term, owner, (this.#first[term] ?? 0) | ((this.#second[term] ?? 0) << 8));
      this.#first[term] = 0;
      this.#second[term] = 0;
    }
    this.#touched.clear();
  }
}

/** Markdown is split into sections; everything else is one. */
function readSource(source: SearchSource): PageText {
  const markdown = (source.kind === 'page' || source.kind === 'document') && /\.(?:md|markdown)$/i.test(source.path);
  if (markdown) return readPage(source.text, source.path);
  const whole = { heading: '', level: 0, repeat: 0, start: 0, end: source.text.length };
  return { title: source.title || source.path, headline: '', summary: '', tags: [], aliases: [], sections: [whole] };
}

function facetsOf(source: SearchSource, read: PageText): string[] {
  return [
    ...new Set([...source.tags, ...read.tags].map((tag) => `t:${tag}`)),
    ...source.phase.map((phase) => `p:${phase}`),
    ...source.audience.map((audience) => `a:${audience}`),
  ];
}

/** Postings in the order they come: term, owner (page or section), code. Sorted by term in one counting pass. */
class PostingPile {
  readonly #terms = new IntList();
  readonly #owners = new IntList();
  readonly #codes = new IntList();

  add(term: number, owner: number, code: number): void {
    this.#terms.push(term);
    this.#owners.push(owner);
    this.#codes.push(code);
  }

  byTerm(terms: number): SortedPostings {
    const of = this.#terms.values();
    const owners = this.#owners.values();
    const codes = this.#codes.values();
    const offsets = new Uint32Array(terms + 1);
    for (const term of of) offsets[term + 1] = (offsets[term + 1] ?? 0) + 1;
    for (let i = 0; i < terms; i++) offsets[i + 1] = (offsets[i + 1] ?? 0) + (offsets[i] ?? 0);
    const next = offsets.slice();
    const ids = new Uint32Array(of.length);
    const first = new Uint8Array(of.length);
    const second = new Uint8Array(of.length);
    for (let i = 0; i < of.length; i++) {
      const term = of[i] ?? 0;
      const at = next[term] ?? 0;
      next[term] = at + 1;
      ids[at] = owners[i] ?? 0;
      first[at] = (codes[i] ?? 0) & 255;
      second[at] = (codes[i] ?? 0) >> 8;
    }
    return new SortedPostings(offsets, ids, first, second);
  }
}

class SortedPostings {
  readonly #offsets: Uint32Array;
  readonly #ids: Uint32Array;
  readonly #first: Uint8Array;
  readonly #second: Uint8Array;

  constructor(offsets: Uint32Array, ids: Uint32Array, first: Uint8Array, second: Uint8Array) {
    this.#offsets = offsets;
    this.#ids = ids;
    this.#first = first;
    this.#second = second;
  }

  pages(term: number): { ids: Uint32Array; codes: Uint8Array; count: number } {
    const { ids, first, count } = this.#of(term);
    return { ids, codes: first, count };
  }

  sections(term: number): { ids: Uint32Array; body: Uint8Array; heading: Uint8Array; count: number } {
    const { ids, first, second, count } = this.#of(term);
    return { ids, body: first, heading: second, count };
  }

  #of(term: number): { ids: Uint32Array; first: Uint8Array; second: Uint8Array; count: number } {
    const from = this.#offsets[term] ?? 0;
    const to = this.#offsets[term + 1] ?? from;
    return { ids: this.#ids.subarray(from, to), first: this.#first.subarray(from, to), second: this.#second.subarray(from, to), count: to - from };
  }
}
