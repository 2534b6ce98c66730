/** What can be found; also the values of `kobo search --kind`. */
export type SearchKind = 'page' | 'rule' | 'template' | 'kit' | 'term' | 'gate' | 'document';

/** One thing handed to the index: a page, a rule, a template, …, or a project document. */
export interface SearchSource {
  readonly kind: SearchKind;
  /** Identity and what `hits[].path` prints: relative to the Book folder, or to the product for documents. */
  readonly path: string;
  readonly title: string;
  /** Markdown for pages and documents; plain text for the rest. */
  readonly text: string;
  readonly aliases: readonly string[];
  readonly tags: readonly string[];
  readonly product: string | undefined;
  readonly phase: readonly string[];
  readonly audience: readonly string[];
  /** Hash of the content, to find what changed. */
  readonly hash: string;
}

export interface SearchQuery {
  readonly text: string;
  readonly limit: number;
  readonly offset: number;
  readonly kinds: readonly SearchKind[];
  readonly products: readonly string[];
  readonly phases: readonly string[];
  readonly audiences: readonly string[];
  readonly tags: readonly string[];
  /** While typing, the last word is a prefix. */
  readonly typing: boolean;
}

/** A hit: the best section of a page (or the thing itself). Highlights are UTF-16 ranges in `snippet` / `title`. */
export interface SearchHit {
  readonly kind: SearchKind;
  readonly path: string;
  /** GitHub slug of the section heading, empty for the top of the page. */
  readonly anchor: string;
  readonly title: string;
  readonly titleHighlights: readonly (readonly [number, number])[];
  readonly heading: string;
  readonly score: number;
  readonly snippet: string;
  readonly highlights: readonly (readonly [number, number])[];
  readonly product: string | undefined;
}

/** How many pages have a value, most first, equal ones in code unit order. */
export type FacetCounts = readonly { readonly value: string; readonly count: number }[];

export interface SearchFacets {
  readonly phases: FacetCounts;
  readonly audiences: FacetCounts;
  readonly tags: FacetCounts;
  readonly products: FacetCounts;
}

export interface SearchAnswer {
  /** Found ones first; behind the first `total`, counted from the start of the list, those that hold little of the query. */
  readonly hits: readonly SearchHit[];
  readonly total: number;
  /** Over everything found, filters included, and not only the hits at hand. */
  readonly facets: SearchFacets;
  /** Hits of this query by kind, filters by kind left out. */
  readonly counts: Readonly<Record<SearchKind, number>>;
  /** Queries that may have been meant, each with what it finds under the same filters; those that find nothing are left out. */
  readonly didYouMean: readonly { readonly text: string; readonly total: number }[];
  readonly tookMs: number;
}
