import { foldedText } from './fold';
import type { LiveSegment } from './live';
import { pageString, stringAt } from './packed-index';
import { kindNamed, type FieldFilter } from './query';
import type { PageFilter } from './best-pages';
import type { SearchKind, SearchQuery } from './search';

/** The filters of a query, from its words and from its settings. */
export interface PageFilters {
  /** Passes every filter but the kinds; `undefined`: there is none. */
  readonly accept: PageFilter | undefined;
  readonly ofKind: PageFilter;
  readonly shows: (kind: SearchKind) => boolean;
  /** Kinds named in the words. */
  readonly kinds: readonly SearchKind[];
  /** Whether no kind is left out. */
  readonly showsAll: boolean;
  /** Whether anything is filtered at all. */
  readonly active: boolean;
  /** Filters no page can pass, as written: they are words after all. */
  readonly unused: readonly string[];
}

/**
 * Resolves the filters of a query against what is indexed. Values of one field are alternatives, fields add up. `種別:` names
 * a kind, else a tag (a document's type is among its tags). A value fits when the indexed one contains it.
 */
export function filterPages(segments: readonly LiveSegment[], written: readonly FieldFilter[], query: SearchQuery): PageFilters {
  const kinds: SearchKind[] = [];
  const unused: string[] = [];
  const groups = new Map<string, string[]>();
  for (const { field, value, raw } of written) {
    const kind = field === 'kind' ? kindNamed(value) : undefined;
    if (kind !== undefined) kinds.push(kind);
    else {
      const prefix = field === 'product' ? 'product' : field === 'phase' ? 'p' : field === 'audience' ? 'a' : 't';
      const folded = foldedText(value);
      const group = groups.get(prefix) ?? [];
      if (known(segments, prefix, folded)) groups.set(prefix, [...group, folded]);
      else unused.push(raw);
    }
  }
  const tests: PageFilter[] = [...groups].map(([prefix, values]) => contains(prefix, values));
  if (query.products.length > 0) tests.push((segment, page) => query.products.includes(segment.pageText(page, pageString.product)));
  const listed: readonly (readonly [string, readonly string[]])[] = [['p', query.phases], ['a', query.audiences], ['t', query.tags]];
  for (const [prefix, values] of listed) {
    const wanted = new Set(values.map((value) => `${prefix}:${value}`));
    if (values.length > 0) tests.push((segment, page) => segment.facets(page).some((facet) => wanted.has(facet)));
  }
  const shows = (kind: SearchKind): boolean =>
    (query.kinds.length === 0 || query.kinds.includes(kind)) && (kinds.length === 0 || kinds.includes(kind));
  return {
    accept: allOf(tests),
    ofKind: (segment, page) => shows(segment.kind(page)),
    shows,
    showsAll: kinds.length + query.kinds.length === 0,
    kinds,
    active: tests.length + kinds.length + query.kinds.length > 0,
    unused,
  };
}

/** Asked of every page found: nothing is made for each. */
function allOf(tests: readonly PageFilter[]): PageFilter | undefined {
  if (tests.length === 0) return undefined;
  return (segment, page) => {
    for (const test of tests) if (!test(segment, page)) return false;
    return true;
  };
}

function contains(prefix: string, values: readonly string[]): PageFilter {
  return (segment, page) => {
    if (prefix === 'product') {
      const product = foldedText(segment.pageText(page, pageString.product));
      return values.some((value) => product === value);
    }
    return segment.facets(page).some((facet) => facet.startsWith(`${prefix}:`) && values.some((value) => foldedText(facet.slice(2)).includes(value)));
  };
}

/** Whether any segment has such a value at all. */
function known(segments: readonly LiveSegment[], prefix: string, folded: string): boolean {
  return segments.some(({ segment }) => {
    if (prefix === 'product') {
      for (let page = 0; page < segment.pageCount; page++) if (foldedText(segment.pageText(page, pageString.product)) === folded) return true;
      return false;
    }
    const { facets } = segment.tables;
    for (let i = 0; i + 1 < facets.offsets.length; i++) {
      const facet = stringAt(facets, i);
      if (facet.startsWith(`${prefix}:`) && foldedText(facet.slice(2)).includes(folded)) return true;
    }
    return false;
  });
}

/** A test whether a text holds some words as written, spelling variants of width, case and kana apart. */
export function wordTest(words: string): (text: string) => boolean {
  const wanted = foldedText(words);
  return (text) => foldedText(text).includes(wanted);
}
