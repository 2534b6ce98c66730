/** The panel as data: what is asked, found and read, and how each event changes it. Nothing here touches the page. */
import type { BookState, ContextView, Hit, PageView, Place, SearchResult, ThingKind } from '../../server/protocol';
import type { FromPanel, RecentPage, Run, RunKind, Scope } from './messages';
import { emptyFilters, kindsOf, sameFilters, type FilterValue, type Filters, type KindChoice } from './filters';

/** Hits shown at first, and added by "show more". */
const pageSize = 50;
/** Pages the history remembers. */
const longestHistory = 50;

export interface PageEntry {
  readonly book: string;
  readonly path: string;
  readonly anchor: string;
  /** What was searched for when the page was opened: its matches are marked. */
  readonly query: string;
  readonly scroll: number;
}

export interface Answer {
  readonly text: string;
  readonly filters: Filters;
  readonly hits: readonly Hit[];
  readonly result: SearchResult;
}

export interface PanelState {
  /** Nothing is remembered from before: the scope comes from the settings. */
  readonly fresh: boolean;
  readonly text: string;
  readonly filters: Filters;
  readonly filtersOpen: boolean;
  /** Number of the newest question; answers to older ones are dropped. */
  readonly asked: number;
  readonly waiting: boolean;
  /** Enter was pressed before the answer came: its first hit is opened. */
  readonly readNext: boolean;
  readonly failed: boolean;
  readonly answer: Answer | undefined;
  /** Index of the active option, -1 for none; `answer.hits.length` is "show more". */
  readonly active: number;
  readonly scroll: number;
  /** Pages read, and where in them: -1 is the list. */
  readonly pages: readonly PageEntry[];
  readonly at: number;
  readonly pageAsked: number;
  /** `undefined` while it is being read, `null` when the Book has no such page. */
  readonly page: PageView | null | undefined;
  readonly focusPage: boolean;
  readonly match: number;
  readonly matchesClosed: boolean;
  readonly book: BookState | undefined;
  readonly context: ContextView | undefined;
  readonly recent: readonly RecentPage[];
  readonly runs: ReadonlySet<RunKind>;
  /** The person chose to go on with the starter Book. */
  readonly starter: boolean;
  /** Text that was written to the list of unanswered searches. */
  readonly noted: string;
}

export type PanelEvent =
  | { readonly kind: 'snapshot'; readonly scope: Scope; readonly book: BookState | null; readonly context: ContextView | null; readonly recent: readonly RecentPage[]; readonly runs: readonly RunKind[] }
  | { readonly kind: 'book'; readonly book: BookState }
  | { readonly kind: 'context'; readonly context: ContextView }
  | { readonly kind: 'recent'; readonly recent: readonly RecentPage[] }
  | { readonly kind: 'results'; readonly number: number; readonly offset: number; readonly result: SearchResult }
  | { readonly kind: 'searchFailed'; readonly number: number }
  | { readonly kind: 'page'; readonly number: number; readonly view: PageView | null }
  | { readonly kind: 'noted'; readonly text: string }
  | { readonly kind: 'typed' | 'ask'; readonly text: string }
  | { readonly kind: 'kind'; readonly choice: KindChoice }
  | { readonly kind: 'scope'; readonly scope: Scope }
  | { readonly kind: 'filter'; readonly filter: FilterValue }
  | { readonly kind: 'noFilters' | 'toggleFilters' | 'escape' }
  | { readonly kind: 'move'; readonly by: number }
  | { readonly kind: 'activate'; readonly index: number }
  | { readonly kind: 'first' | 'last' | 'read' | 'more' | 'refresh' }
  | { readonly kind: 'open'; readonly place: Place; readonly query: string }
  | { readonly kind: 'back' | 'forward' | 'list' }
  | { readonly kind: 'match'; readonly by: number; readonly count: number }
  | { readonly kind: 'matchAt'; readonly index: number }
  | { readonly kind: 'closeMatches' | 'useStarter' | 'readAgain' | 'forget' }
  | { readonly kind: 'scrolled'; readonly on: 'list' | 'page'; readonly top: number };

export type Effect =
  | { readonly kind: 'send'; readonly message: FromPanel }
  | { readonly kind: 'focus'; readonly on: 'box' | 'title' }
  | { readonly kind: 'scroll'; readonly on: 'list' | 'page'; readonly top: number }
  | { readonly kind: 'showActive' | 'showMatch' | 'announce' }
  | { readonly kind: 'showAnchor'; readonly anchor: string };

export type Step = readonly [PanelState, readonly Effect[]];

export function initialState(): PanelState {
  return {
    fresh: true, text: '', filters: emptyFilters, filtersOpen: false, asked: 0, waiting: false, readNext: false, failed: false, answer: undefined, active: -1, scroll: 0,
    pages: [], at: -1, pageAsked: 0, page: undefined, focusPage: false, match: 0, matchesClosed: false, book: undefined, context: undefined,
    recent: [], runs: new Set(), starter: false, noted: '',
  };
}

/** Which of the three screens stands where there is room for one. */
export function screenOf(state: PanelState): 'home' | 'list' | 'page' {
  if (state.at >= 0) return 'page';
  return state.text.trim() === '' ? 'home' : 'list';
}

/** Options of the list: the hits and, when there are more, "show more". */
export function optionCount(state: PanelState): number {
  const { answer } = state;
  return answer === undefined ? 0 : answer.hits.length + (restOf(answer) > 0 ? 1 : 0);
}

/** Hits that are not in the list yet. */
export function restOf(answer: Answer): number {
  return Math.max(0, answer.result.total - answer.hits.length);
}

/** Says which thing a hit is, to find it again in another answer. */
export function placeKey(place: Place): string {
  return place.kind === 'page' ? `page ${place.book} ${place.path}#${place.anchor}` : `file ${place.uri}#${place.line}`;
}

export function hitKey(hit: Hit): string {
  return `${hit.kind} ${placeKey(hit.place)} ${hit.title}`;
}

/** The next state and what has to happen in the page and at the host. */
export function step(state: PanelState, event: PanelEvent): Step {
  switch (event.kind) {
    case 'snapshot': {
      const filters = state.fresh ? { ...state.filters, scope: event.scope } : state.filters;
      const next = { ...state, fresh: false, filters, book: event.book ?? undefined, context: event.context ?? state.context, recent: event.recent, runs: new Set(event.runs) };
      const [searched, search] = ask(next, 0);
      const [paged, page] = askPage(searched, false);
      return [paged, [...search, ...page]];
    }
    case 'book':
      return bookChanged(state, event.book);
    case 'context':
      return [{ ...state, context: event.context }, []];
    case 'recent':
      return [{ ...state, recent: event.recent }, []];
    case 'results':
      return results(state, event.number, event.offset, event.result);
    case 'searchFailed':
      return event.number === state.asked ? [{ ...state, waiting: false, failed: true }, []] : [state, []];
    case 'page':
      return pageRead(state, event.number, event.view);
    case 'noted':
      return [{ ...state, noted: event.text }, []];
    case 'forget':
      return [{ ...state, noted: '' }, [send({ kind: 'forget', text: state.noted })]];
    case 'typed':
      return event.text === state.text ? [state, []] : newQuestion({ ...state, text: event.text });
    case 'ask': {
      const [next, effects] = newQuestion({ ...leave(state), text: event.text, at: -1 });
      return [next, [...effects, { kind: 'focus', on: 'box' }]];
    }
    case 'kind':
      return newQuestion({ ...state, filters: { ...state.filters, kind: event.choice } });
    case 'scope':
      return newQuestion({ ...state, filters: { ...state.filters, scope: event.scope } });
    case 'filter':
      return newQuestion({ ...state, filters: { ...state.filters, values: toggled(state.filters.values, event.filter) } });
    case 'noFilters':
      return newQuestion({ ...state, filters: emptyFilters });
    case 'toggleFilters':
      return [{ ...state, filtersOpen: !state.filtersOpen }, []];
    case 'escape':
      return escape(state);
    case 'move':
      return activate(state, Math.max(0, Math.min(optionCount(state) - 1, state.active + event.by)));
    case 'first':
      return activate(state, 0);
    case 'last':
      return activate(state, optionCount(state) - 1);
    case 'activate':
      return activate(state, event.index);
    case 'read': {
      if (state.waiting && !sameQuestion(state)) return [{ ...state, readNext: true }, []];
      const hit = state.answer?.hits[state.active];
      if (hit !== undefined) return open(state, hit.place, state.text);
      return state.active >= 0 && state.active === state.answer?.hits.length ? ask(state, state.active) : [state, []];
    }
    case 'more':
      return state.answer === undefined ? [state, []] : ask(state, state.answer.hits.length);
    case 'refresh':
      return ask(state, 0);
    case 'open':
      return open(state, event.place, event.query);
    case 'back':
      return state.at < 0 ? [state, []] : goTo(state, state.at - 1);
    case 'forward':
      return state.at >= state.pages.length - 1 ? [state, []] : goTo(state, state.at + 1);
    case 'list':
      return goTo(state, -1);
    case 'match': {
      if (event.count === 0) return [state, []];
      const match = (state.match + event.by + event.count) % event.count;
      return [{ ...state, match, matchesClosed: false }, [{ kind: 'showMatch' }]];
    }
    case 'matchAt':
      return [{ ...state, match: event.index }, []];
    case 'closeMatches':
      return [{ ...state, matchesClosed: true }, [{ kind: 'focus', on: 'title' }]];
    case 'useStarter':
      return [{ ...state, starter: true }, [{ kind: 'focus', on: 'box' }]];
    case 'readAgain':
      return [{ ...state, starter: false }, [send({ kind: 'readAgain' })]];
    case 'scrolled':
      return [event.on === 'list' ? { ...state, scroll: event.top } : withPageScroll(state, event.top), []];
  }
}

function send(message: FromPanel): Effect {
  return { kind: 'send', message };
}

function run(wish: Run): Effect {
  return send({ kind: 'run', run: wish });
}

function toggled(values: readonly FilterValue[], filter: FilterValue): readonly FilterValue[] {
  const rest = values.filter((v) => v.facet !== filter.facet || v.value !== filter.value);
  return rest.length === values.length ? [...values, filter] : rest;
}

function newQuestion(state: PanelState): Step {
  return ask({ ...state, active: state.answer === undefined ? -1 : 0, scroll: 0, readNext: false, failed: false }, 0);
}

/** Asks the question at hand from `offset` on; an empty box asks nothing and forgets what was found. */
function ask(state: PanelState, offset: number): Step {
  const number = state.asked + 1;
  if (state.text.trim() === '') return [{ ...state, asked: number, waiting: false, answer: undefined, active: -1 }, []];
  const { kind, scope, values } = state.filters;
  const kinds: readonly ThingKind[] = kindsOf(kind);
  const of = (facet: FilterValue['facet']): readonly string[] => values.filter((v) => v.facet === facet).map((v) => v.value);
  const limit = offset > 0 ? pageSize : Math.min(200, Math.max(pageSize, sameQuestion(state) ? (state.answer?.hits.length ?? 0) : 0));
  return [
    { ...state, asked: number, waiting: true },
    [send({ kind: 'search', number, text: state.text, kinds, scope, phases: of('phases'), audiences: of('audiences'), tags: of('tags'), offset, limit })],
  ];
}

function sameQuestion(state: PanelState): boolean {
  return state.answer?.text === state.text && sameFilters(state.answer.filters, state.filters);
}

function results(state: PanelState, number: number, offset: number, result: SearchResult): Step {
  if (number !== state.asked) return [state, []];
  const before = state.answer;
  const same = sameQuestion(state);
  const hits = offset > 0 && before !== undefined && same ? [...before.hits.slice(0, offset), ...result.hits] : result.hits;
  let active = state.active;
  if (same) {
    // The same question again (the index grew): the same thing stays active wherever it stands now.
    const old = before?.hits[state.active];
    const key = old === undefined ? undefined : hitKey(old);
    const found = key === undefined ? -1 : hits.findIndex((hit) => hitKey(hit) === key);
    if (found >= 0) active = found;
  }
  const answer = { text: state.text, filters: state.filters, hits, result };
  const last = hits.length - (restOf(answer) > 0 ? 0 : 1);
  active = hits.length === 0 ? -1 : Math.max(0, Math.min(active, last));
  const next = { ...state, waiting: false, readNext: false, failed: false, answer, active };
  const first = hits[0];
  if (state.readNext && first !== undefined) return open({ ...next, active: 0 }, first.place, state.text);
  return [next, same ? [{ kind: 'announce' }] : [{ kind: 'announce' }, { kind: 'scroll', on: 'list', top: state.scroll }]];
}

function bookChanged(state: PanelState, book: BookState): Step {
  const before = state.book;
  const next = { ...state, book, starter: before?.id === book.id && state.starter };
  const changed = before?.id !== book.id || before.phase !== book.phase;
  // While the Book is read, a new question follows each answer: results grow from what is read so far.
  const grown = book.phase === 'loading' && before?.done !== book.done && !state.waiting;
  const [searched, effects] = (changed || grown) && state.text.trim() !== '' ? ask(next, 0) : ([next, []] as const);
  if (changed && state.at >= 0 && state.page === null) {
    const [paged, page] = askPage(searched, false);
    return [paged, [...effects, ...page]];
  }
  return [searched, effects];
}

function activate(state: PanelState, index: number): Step {
  if (index < 0 || index >= optionCount(state)) return [state, []];
  return [{ ...state, active: index }, [{ kind: 'showActive' }]];
}

function escape(state: PanelState): Step {
  if (state.filtersOpen) return [{ ...state, filtersOpen: false }, [{ kind: 'focus', on: 'box' }]];
  if (state.text !== '') {
    const [next, effects] = newQuestion({ ...state, text: '' });
    return [next, [...effects, { kind: 'focus', on: 'box' }]];
  }
  return [state, [run({ kind: 'focusEditor' })]];
}

function open(state: PanelState, place: Place, query: string): Step {
  if (place.kind === 'file') return [state, [run({ kind: 'openFile', uri: place.uri, line: place.line })]];
  const left = leave(state);
  const entry: PageEntry = { book: place.book, path: place.path, anchor: place.anchor, query: query.trim(), scroll: 0 };
  const pages = [...left.pages.slice(0, left.at + 1), entry].slice(-longestHistory);
  return askPage({ ...left, pages, at: pages.length - 1 }, true);
}

function goTo(state: PanelState, at: number): Step {
  const next = { ...leave(state), at };
  if (at >= 0) return askPage(next, true);
  return [{ ...next, page: undefined, pageAsked: next.pageAsked + 1 }, [{ kind: 'focus', on: 'box' }, { kind: 'scroll', on: 'list', top: next.scroll }]];
}

/** The filter popup does not wait for the person to come back. */
function leave(state: PanelState): PanelState {
  return { ...state, filtersOpen: false };
}

function withPageScroll(state: PanelState, top: number): PanelState {
  // Until the page stands there, scroll events come from the page before it.
  if (state.at < 0 || state.page === undefined || state.page === null) return state;
  return { ...state, pages: state.pages.map((entry, index) => (index === state.at ? { ...entry, scroll: top } : entry)) };
}

function askPage(state: PanelState, focus: boolean): Step {
  const entry = state.pages[state.at];
  const number = state.pageAsked + 1;
  if (entry === undefined) return [{ ...state, at: -1, pageAsked: number, page: undefined }, []];
  return [
    { ...state, pageAsked: number, page: undefined, focusPage: focus, match: 0, matchesClosed: false },
    [send({ kind: 'page', number, book: entry.book, path: entry.path, query: entry.query })],
  ];
}

function pageRead(state: PanelState, number: number, view: PageView | null): Step {
  const entry = state.pages[state.at];
  if (number !== state.pageAsked || entry === undefined) return [state, []];
  const effects: Effect[] = [entry.scroll > 0 ? { kind: 'scroll', on: 'page', top: entry.scroll } : { kind: 'showAnchor', anchor: entry.anchor }];
  if (state.focusPage) effects.push({ kind: 'focus', on: 'title' });
  return [{ ...state, page: view, focusPage: false }, effects];
}
