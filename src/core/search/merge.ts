import type { LiveSegment } from './live';
import { pageString, Postings, type SegmentTables } from './packed-index';
import { PackedWriter } from './packed-writer';

/**
 * Merges segments into one, dead pages left out. `pause` is awaited between batches of terms.
 */
export async function mergeSegments(segments: readonly LiveSegment[], pause: () => Promise<void>): Promise<SegmentTables> {
  const writer = new PackedWriter();
  const pageMaps: Int32Array[] = [];
  const sectionMaps: Int32Array[] = [];
  for (const live of segments) {
    const maps = copyPages(writer, live);
    pageMaps.push(maps.pages);
    sectionMaps.push(maps.sections);
    await pause();
  }
  const gathered = new Gathered();
  const postings = new Postings();
  const gather = (which: number, term: number): void => {
    const live = segments[which];
    const pages = pageMaps[which];
    const sections = sectionMaps[which];
    if (live === undefined || pages === undefined || sections === undefined) return;
    live.segment.decode(term, postings);
    gathered.append(postings, pages, sections);
  };
  const next = segments.map(() => 0);
  for (let steps = 0; ; steps++) {
    let key = -1;
    segments.forEach(({ segment }, i) => {
      const candidate = segment.tables.bigrams[next[i] ?? 0];
      if (candidate !== undefined && (key < 0 || candidate < key)) key = candidate;
    });
    if (key < 0) break;
    gathered.clear();
    segments.forEach(({ segment }, i) => {
      const at = next[i] ?? 0;
      if (segment.tables.bigrams[at] !== key) return;
      gather(i, at);
      next[i] = at + 1;
    });
    if (!gathered.empty) writer.bigram(key, gathered.termPages(), gathered.termSections());
    if ((steps & 255) === 0) await pause();
  }
  next.fill(0);
  const heads = segments.map(({ segment }) => (segment.wordCount > 0 ? segment.word(0) : undefined));
  for (let steps = 0; ; steps++) {
    let word: string | undefined;
    for (const head of heads) if (head !== undefined && (word === undefined || head < word)) word = head;
    if (word === undefined) break;
    gathered.clear();
    segments.forEach(({ segment }, i) => {
      if (heads[i] !== word) return;
      const at = next[i] ?? 0;
      gather(i, segment.tables.bigrams.length + at);
      next[i] = at + 1;
      heads[i] = at + 1 < segment.wordCount ? segment.word(at + 1) : undefined;
    });
    if (!gathered.empty) writer.word(word, gathered.termPages(), gathered.termSections());
    if ((steps & 255) === 0) await pause();
  }
  return writer.finish();
}

function copyPages(writer: PackedWriter, live: LiveSegment): { pages: Int32Array; sections: Int32Array } {
  const { segment } = live;
  const { tables } = segment;
  const pages = new Int32Array(segment.pageCount).fill(-1);
  const sections = new Int32Array(segment.sectionCount).fill(-1);
  for (let page = 0; page < segment.pageCount; page++) {
    if (live.dead[page] === 1) continue;
    pages[page] = writer.page({
      kind: tables.kinds[page] ?? 0,
      path: segment.pageText(page, pageString.path),
      title: segment.pageText(page, pageString.title),
      hash: segment.pageText(page, pageString.hash),
      product: segment.pageText(page, pageString.product),
      headline: segment.pageText(page, pageString.headline),
      textLength: tables.textLengths[page] ?? 0,
      lengths: [...tables.pageLengths.subarray(page * 4, page * 4 + 4)],
      facets: segment.facets(page),
    });
    const to = tables.firstSection[page + 1] ?? 0;
    for (let section = tables.firstSection[page] ?? 0; section < to; section++) {
      sections[section] = writer.section({
        heading: segment.heading(section),
        repeat: tables.repeats[section] ?? 0,
        start: tables.sectionStarts[section] ?? 0,
        end: tables.sectionEnds[section] ?? 0,
        bodyLength: tables.bodyLengths[section] ?? 0,
        headingLength: tables.headingLengths[section] ?? 0,
      });
    }
  }
  return { pages, sections };
}

/** Postings of one term from several segments, renumbered. */
class Gathered {
  readonly #all = new Postings();

  get empty(): boolean {
    return this.#all.pageCount === 0 && this.#all.sectionCount === 0;
  }

  clear(): void {
    this.#all.pageCount = 0;
    this.#all.sectionCount = 0;
  }

  append(from: Postings, pageMap: Int32Array, sectionMap: Int32Array): void {
    const all = this.#all;
    for (let i = 0; i < from.pageCount; i++) {
      const page = pageMap[from.pages[i] ?? 0] ?? -1;
      if (page < 0) continue;
      if (all.pageCount === all.pages.length) all.growPages();
      all.pages[all.pageCount] = page;
      all.pageCodes[all.pageCount++] = from.pageCodes[i] ?? 0;
    }
    for (let i = 0; i < from.sectionCount; i++) {
      const section = sectionMap[from.sections[i] ?? 0] ?? -1;
      if (section < 0) continue;
      if (all.sectionCount === all.sections.length) all.growSections();
      all.sections[all.sectionCount] = section;
      all.body[all.sectionCount] = from.body[i] ?? 0;
      all.heading[all.sectionCount++] = from.heading[i] ?? 0;
    }
  }

  termPages(): { ids: Uint32Array; codes: Uint8Array; count: number } {
    return { ids: this.#all.pages, codes: this.#all.pageCodes, count: this.#all.pageCount };
  }

  termSections(): { ids: Uint32Array; body: Uint8Array; heading: Uint8Array; count: number } {
    return { ids: this.#all.sections, body: this.#all.body, heading: this.#all.heading, count: this.#all.sectionCount };
  }
}
