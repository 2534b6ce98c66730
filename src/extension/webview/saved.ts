import { emptyFilters, facetNames, kindChoices, type Filters, type FilterValue } from './filters';
import { initialState, type PageEntry, type PanelState } from './state';

/** What outlives the page of the panel (VS Code throws it away when the view is hidden). */
export interface Saved {
  readonly version: 1;
  readonly text: string;
  readonly filters: Filters;
  readonly active: number;
  readonly scroll: number;
  readonly pages: readonly PageEntry[];
  readonly at: number;
  readonly starter: boolean;
}

export function savedOf(state: PanelState): Saved {
  const { text, filters, active, scroll, pages, at, starter } = state;
  return { version: 1, text, filters, active, scroll, pages, at, starter };
}

/** The state to begin with. Anything unreadable, as from another version, begins empty. */
export function restore(value: unknown): PanelState {
  const state = initialState();
  if (!isRecord(value) || value.version !== 1) return state;
  const { text, active, scroll, at, pages, starter } = value;
  const entries = Array.isArray(pages) ? pages.map(entryOf) : [];
  const kept = entries.filter((entry) => entry !== undefined);
  return {
    ...state,
    fresh: false,
    text: typeof text === 'string' ? text : '',
    filters: filtersOf(value.filters),
    active: typeof active === 'number' ? active : -1,
    scroll: typeof scroll === 'number' ? scroll : 0,
    pages: kept,
    at: typeof at === 'number' && kept.length === entries.length && at < kept.length ? Math.max(-1, at) : -1,
    starter: starter === true,
  };
}

function filtersOf(value: unknown): Filters {
  if (!isRecord(value)) return emptyFilters;
  const kind = kindChoices.find((choice) => choice === value.kind) ?? 'all';
  const scope = (['product', 'company', 'all'] as const).find((choice) => choice === value.scope) ?? 'all';
  const values = Array.isArray(value.values) ? value.values.map(filterOf).filter((filter) => filter !== undefined) : [];
  return { kind, scope, values };
}

function filterOf(value: unknown): FilterValue | undefined {
  if (!isRecord(value)) return undefined;
  const facet = facetNames.find((name) => name === value.facet);
  const { value: chosen, label } = value;
  return facet !== undefined && typeof chosen === 'string' && typeof label === 'string' ? { facet, value: chosen, label } : undefined;
}

function entryOf(value: unknown): PageEntry | undefined {
  if (!isRecord(value)) return undefined;
  const { book, path, anchor, query, scroll } = value;
  return typeof book === 'string' && typeof path === 'string' && typeof anchor === 'string' && typeof query === 'string' && typeof scroll === 'number'
    ? { book, path, anchor, query, scroll }
    : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
