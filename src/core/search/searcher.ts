import { neverCancelled, type Breath, type Cancellation, type Progress } from '../workspace';
import { SegmentBuilder } from './builder';
import { commonTerms } from './common-terms';
import { Expander } from './expand';
import { makeLive, type LiveSegment } from './live';
import { mergeSegments } from './merge';
import { pageString, Segment } from './packed-index';
import { answerQuery, queryMarks, type QueryContext, type TextProvider } from './answer';
import { defaultWeights, Ranker, type RankWeights } from './rank';
import type { SearchAnswer, SearchKind, SearchQuery, SearchSource } from './search';
import { decodeIndex, encodeIndex, type IndexFault } from './store';
import { Synonyms, type SearchTerm } from './synonyms';

/** What names a source: its kind and path. */
export interface SourceKey {
  readonly kind: SearchKind;
  readonly path: string;
}

/** What the index holds of a source, to find what changed since. */
export interface IndexedSource extends SourceKey {
  readonly title: string;
  readonly hash: string;
}

export interface BuildOptions {
  readonly progress?: Progress;
  readonly cancellation?: Cancellation;
}

export interface SearcherOptions {
  /** The organisation's words: all spellings of a term find each other. */
  readonly terms: readonly SearchTerm[];
  /** Text of a source as it was indexed, for passages and phrases; `undefined` when it cannot be had. */
  readonly read: TextProvider;
  /** Milliseconds, for `tookMs` and for when to breathe. */
  readonly now: () => number;
  readonly breath?: Breath;
  readonly weights?: Partial<RankWeights>;
}

/** Search over pages, rules, templates, terms, gates and documents. Messages in and out are plain data: it can live in a worker. */
export interface Searcher {
  /** Indexes all sources in place of what was there. While it runs, {@link search} answers from what is read so far. */
  build(sources: Iterable<SearchSource> | AsyncIterable<SearchSource>, options?: BuildOptions): Promise<{ readonly pages: number; readonly cancelled: boolean }>;
  /** Adds sources, or replaces those of the same kind and path. Searchable when the promise resolves. */
  update(sources: readonly SearchSource[]): Promise<void>;
  remove(keys: readonly SourceKey[]): Promise<void>;
  search(query: SearchQuery): Promise<SearchAnswer>;
  /** Ranges (UTF-16) of any text that match the words of a query, for marking a page. */
  marks(query: string): (text: string) => readonly (readonly [number, number])[];
  /** The whole index as one buffer to store or to hand to another thread; the caller owns it. */
  encode(): Promise<ArrayBuffer>;
  /** Replaces the index by a stored one. On a fault the index stays as it was. The buffer belongs to the searcher from then on. */
  load(buffer: ArrayBuffer): IndexFault | undefined;
  /** What is indexed, in no particular order. */
  manifest(): readonly IndexedSource[];
}

/** Sections of the segments that a build makes: the first ones small, so that there is something to find at once. */
const firstChunk = 300;
const chunk = 3000;
/** Small segments that pile up before they are merged. */
const maxSegments = 8;
/** Time between two breaths. */
const breathEvery = 10;

/** Makes a searcher with an empty index. */
export function createSearcher(options: SearcherOptions): Searcher {
  const { now } = options;
  const weights = { ...defaultWeights, ...options.weights };
  const ranker = new Ranker(weights);
  const expander = new Expander(new Synonyms(options.terms, commonTerms), weights);
  let segments: readonly LiveSegment[] = [];
  /** Changes run one after the other; searches read whatever `segments` is at the moment. */
  let turn: Promise<unknown> = Promise.resolve();
  let lastBreath = now();

  const pause = async (): Promise<void> => {
    if (options.breath === undefined || now() - lastBreath < breathEvery) return;
    await options.breath();
    lastBreath = now();
  };
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const result = turn.then(work, work);
    turn = result.catch(() => undefined);
    return result;
  };
  const merged = async (parts: readonly LiveSegment[]): Promise<LiveSegment> => packed(await mergeSegments(parts, pause));

  const build: Searcher['build'] = (sources, { progress, cancellation = neverCancelled } = {}) =>
    inTurn(async () => {
      const before = segments;
      let parts: LiveSegment[] = [];
      let builder = new SegmentBuilder();
      const seen = new Map<string, string>();
      let done = 0;
      const flush = async (): Promise<void> => {
        if (builder.pageCount === 0) return;
        parts.push(packed(await builder.finish(pause)));
        builder = new SegmentBuilder();
        segments = parts;
      };
      const total = Array.isArray(sources) ? sources.length : -1;
      for await (const source of sources) {
        if (cancellation.isCancelled) break;
        const key = keyOf(source);
        if (seen.has(key)) {
          await flush();
          parts = parts.map((part) => without(part, new Set([key])));
        }
        seen.set(key, source.hash);
        builder.add(source);
        done++;
        progress?.(done, Math.max(total, done));
        if (builder.sectionCount >= (parts.length === 0 ? firstChunk : chunk)) await flush();
        await pause();
      }
      await flush();
      const cancelled = cancellation.isCancelled;
      if (cancelled && before.length > 0) segments = before;
      else if (parts.length > 1) segments = [await merged(parts)];
      else segments = parts;
      return { pages: done, cancelled };
    });

  const change = (removed: ReadonlySet<string>, added: readonly SearchSource[]): Promise<void> =>
    inTurn(async () => {
      let parts = segments.map((part) => without(part, removed));
      const last = new Map(added.map((source) => [keyOf(source), source]));
      const builder = new SegmentBuilder();
      for (const source of last.values()) {
        builder.add(source);
        await pause();
      }
      if (builder.pageCount > 0) parts.push(packed(await builder.finish(pause)));
      parts = parts.filter((part) => part.deadCount < part.segment.pageCount);
      segments = parts;
      if (parts.length > maxSegments) {
        const [large, ...small] = [...parts].sort((a, b) => b.segment.sectionCount - a.segment.sectionCount);
        if (large !== undefined) segments = [large, await merged(small)];
      }
    });

  const encode: Searcher['encode'] = () =>
    inTurn(async () => {
      const only = segments.length === 1 ? segments[0] : undefined;
      const whole = only?.deadCount === 0 ? only : await merged(segments);
      segments = whole.segment.pageCount === 0 ? [] : [whole];
      return encodeIndex(whole.segment.tables);
    });

  const context = (): QueryContext => ({ segments, ranker, expander, read: options.read, now });

  return {
    build,
    update: (sources) => change(new Set(sources.map(keyOf)), sources),
    remove: (keys) => change(new Set(keys.map(keyOf)), []),
    search: (query) => answerQuery(context(), query),
    marks: (query) => queryMarks(context(), query),
    encode,
    load: (buffer) => {
      const decoded = decodeIndex(buffer);
      if (!decoded.ok) return decoded.fault;
      segments = decoded.segment.pageCount === 0 ? [] : [makeLive(decoded.segment)];
      return undefined;
    },
    manifest: () => segments.flatMap(indexedSources),
  };
}

function packed(tables: ConstructorParameters<typeof Segment>[0]): LiveSegment {
  const decoded = decodeIndex(encodeIndex(tables));
  return makeLive(decoded.ok ? decoded.segment : new Segment(tables));
}

function keyOf(key: SourceKey): string {
  return `${key.kind}\u0000${key.path}`;
}

function pageKey(segment: Segment, page: number): string {
  return `${segment.kind(page)}\u0000${segment.pageText(page, pageString.path)}`;
}

/** The same segment with the named pages dead. */
function without(live: LiveSegment, keys: ReadonlySet<string>): LiveSegment {
  const dead = live.dead.slice();
  let { deadCount } = live;
  for (let page = 0; page < live.segment.pageCount; page++) {
    if (dead[page] === 1 || !keys.has(pageKey(live.segment, page))) continue;
    dead[page] = 1;
    deadCount++;
  }
  return { segment: live.segment, dead, deadCount };
}

function indexedSources(live: LiveSegment): IndexedSource[] {
  const found: IndexedSource[] = [];
  for (let page = 0; page < live.segment.pageCount; page++) {
    if (live.dead[page] === 1) continue;
    found.push({
      kind: live.segment.kind(page),
      path: live.segment.pageText(page, pageString.path),
      title: live.segment.pageText(page, pageString.title),
      hash: live.segment.pageText(page, pageString.hash),
    });
  }
  return found;
}
