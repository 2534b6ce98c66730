import { breadcrumb } from '../core/book/breadcrumb';
import { splitAddress } from '../core/search/book-sources';
import type { SearchHit, SearchQuery } from '../core/search/search';
import { createSearcher, type Searcher } from '../core/search/searcher';
import { neverCancelled, type Folder } from '../core/workspace';
import type { Hit, SearchParams, SearchResult } from './protocol';
import { thingKinds } from './protocol';
import { audienceTitle, say, type Language } from './words';

/** Passages are read from the files one by one: as many as a person sees at first. */
const mostHits = 20;

/** A Book that is still being read, answering from the index that was kept of it. */
export interface EarlyIndex {
  /** The first hits, with what is known of them without the Book. A page whose file is gone is left out. */
  search(params: SearchParams, query: SearchQuery): Promise<SearchResult>;
}

/**
 * Makes a kept index answer before its Book is read.
 * @param buffer the index; only read from
 * @param folder where the pages lie, for passages
 * @param key what the Book is called in addresses of its pages until its id is known
 * @returns `undefined` for an index that cannot be used: the Book will say so when it is read
 */
export function earlyIndex(buffer: ArrayBuffer, folder: Folder, key: string, language: Language, now: () => number): EarlyIndex | undefined {
  const texts = new Map<string, Promise<string | undefined>>();
  let asked: string[] = [];
  let answer: Promise<ReadonlyMap<string, string>> | undefined;
  /** Reads what is asked for in one turn in one request: each takes its way through the editor where there is no disk. */
  const readAsked = async (): Promise<ReadonlyMap<string, string>> => {
    await Promise.resolve();
    const paths = asked;
    asked = [];
    answer = undefined;
    const files = await folder.read(paths, neverCancelled).catch(() => []);
    return new Map(files.flatMap((file) => (file.ok ? [[file.path, new TextDecoder().decode(file.bytes)] as const] : [])));
  };
  const read = (path: string): Promise<string | undefined> => {
    let text = texts.get(path);
    if (text === undefined) {
      asked.push(path);
      answer ??= readAsked();
      text = answer.then((found) => found.get(path));
      texts.set(path, text);
    }
    return text;
  };
  const searcher = createSearcher({ terms: [], read: (kind, path) => (kind === 'page' ? read(path) : undefined), now });
  if (searcher.load(buffer) !== undefined) return undefined;
  const pages = indexPages(searcher);
  // The first search is slow, whatever it asks for: it has passed before somebody has typed.
  void searcher.search({ text: pages[0]?.title ?? '', limit: mostHits, offset: 0, kinds: [], products: [], phases: [], audiences: [], tags: [], typing: false });
  return {
    search: async (params, query) => {
      const found = await searcher.search({ ...query, limit: Math.min(mostHits, query.limit) });
      const there = await Promise.all(found.hits.map(async (hit) => hit.kind !== 'page' || (await read(hit.path)) !== undefined));
      const hits = found.hits.filter((_, index) => there[index]).map((hit) => viewOf(hit, key, pages, language));
      return {
        number: params.number,
        hits,
        total: found.total - (found.hits.length - hits.length),
        counts: Object.fromEntries(thingKinds.map((kind) => [kind, found.counts[kind]])) as SearchResult['counts'],
        facets: {
          phases: found.facets.phases.map(({ value, count }) => ({ value, label: value, count })),
          audiences: found.facets.audiences.map(({ value, count }) => ({ value, label: audienceTitle(value, language), count })),
          tags: [],
        },
        didYouMean: [],
        nearTerms: [],
        progress: { done: 0, total: pages.length },
        tookMs: found.tookMs,
      };
    },
  };
}

/** Path and title of every page, for breadcrumbs. */
function indexPages(searcher: Searcher): readonly { readonly path: string; readonly title: string }[] {
  return searcher.manifest().filter(({ kind }) => kind === 'page');
}

function viewOf(hit: SearchHit, key: string, pages: ReturnType<typeof indexPages>, language: Language): Hit {
  const { path, anchor } = splitAddress(hit.path);
  const where = hit.kind === 'page' ? [...breadcrumb({ pages }, hit.path), hit.heading].filter((part) => part !== '').join(' › ') : say(language, hit.kind, anchor);
  return {
    kind: hit.kind,
    title: hit.title,
    titleHighlights: hit.titleHighlights,
    where,
    snippet: hit.snippet,
    highlights: hit.highlights,
    place: { kind: 'page', book: key, path: anchor === '' ? path : hit.path, anchor: hit.anchor },
    staleDays: 0,
    template: '',
  };
}
