/**
 * What the panel's page and the extension say to each other. The page is not trusted: the extension reads each message
 * with {@link readFromPanel}, which gives `undefined` for anything that does not have exactly a known shape.
 */
import type { BookState, ContextView, PageView, Place, SearchResult, ThingKind } from '../../server/protocol';
import type { PanelStrings } from './strings';

export interface RecentPage {
  readonly book: string;
  readonly path: string;
  readonly title: string;
}

export type Scope = 'product' | 'company' | 'all';

/** Things the panel may ask VS Code to do; each maps to one command of the extension or of VS Code. */
export type Run =
  | { readonly kind: 'openToSide' | 'insertLink' | 'copyLink'; readonly place: Place; readonly title: string }
  | { readonly kind: 'useTemplate'; readonly id: string }
  | { readonly kind: 'openFile'; readonly uri: string; readonly line: number }
  | { readonly kind: 'openWeb'; readonly url: string }
  /** Indexes into the guidance that the extension sent last: edits and commands never come back from the page. */
  | { readonly kind: 'insertMissing' | 'contextAction'; readonly index: number }
  | { readonly kind: 'fix'; readonly uri: string; readonly line: number; readonly character: number }
  | { readonly kind: 'draftPage'; readonly query: string }
  | { readonly kind: 'chooseBook' | 'openLog' | 'unanswered' | 'showProblems' | 'whyChecked' | 'focusEditor' };

export type RunKind = Run['kind'];

export type FromPanel =
  | { readonly kind: 'ready' }
  | {
      readonly kind: 'search';
      readonly number: number;
      readonly text: string;
      readonly kinds: readonly ThingKind[];
      readonly scope: Scope;
      readonly phases: readonly string[];
      readonly audiences: readonly string[];
      readonly tags: readonly string[];
      readonly offset: number;
      readonly limit: number;
    }
  | { readonly kind: 'page'; readonly number: number; readonly book: string; readonly path: string; readonly query: string }
  | { readonly kind: 'stopIndexing' | 'readAgain' }
  | { readonly kind: 'note' | 'forget'; readonly text: string }
  | { readonly kind: 'run'; readonly run: Run };

export type ToPanel =
  | {
      readonly kind: 'snapshot';
      readonly strings: PanelStrings;
      /** Language of the interface. */
      readonly language: string;
      /** Scope to begin with, where the person has not chosen one yet. */
      readonly scope: Scope;
      readonly book: BookState | null;
      readonly context: ContextView | null;
      readonly recent: readonly RecentPage[];
      /** What can be run here: buttons for anything else are not shown. */
      readonly runs: readonly RunKind[];
    }
  | { readonly kind: 'book'; readonly book: BookState }
  | { readonly kind: 'context'; readonly context: ContextView }
  | { readonly kind: 'recent'; readonly recent: readonly RecentPage[] }
  | { readonly kind: 'results'; readonly number: number; readonly offset: number; readonly result: SearchResult }
  | { readonly kind: 'searchFailed'; readonly number: number }
  | { readonly kind: 'page'; readonly number: number; readonly view: PageView | null }
  | { readonly kind: 'noted'; readonly text: string }
  | { readonly kind: 'open'; readonly book: string; readonly path: string; readonly anchor: string; readonly query: string }
  | { readonly kind: 'ask'; readonly text: string }
  | { readonly kind: 'focus' };

const longest = 2000;
const kinds: ReadonlySet<string> = new Set<ThingKind>(['page', 'rule', 'template', 'kit', 'term', 'gate', 'document']);

/** Reads a message of the page. Texts over 2,000 characters, lists over 100 entries and odd numbers make it unreadable. */
export function readFromPanel(value: unknown): FromPanel | undefined {
  if (!isRecord(value)) return undefined;
  switch (value.kind) {
    case 'ready':
    case 'stopIndexing':
    case 'readAgain':
      return { kind: value.kind };
    case 'search':
      return readSearch(value);
    case 'page': {
      const { number, book, path, query } = value;
      return isCount(number) && isText(book) && isText(path) && isText(query) ? { kind: 'page', number, book, path, query } : undefined;
    }
    case 'note':
    case 'forget':
      return isText(value.text) ? { kind: value.kind, text: value.text } : undefined;
    case 'run': {
      const run = readRun(value.run);
      return run === undefined ? undefined : { kind: 'run', run };
    }
    default:
      return undefined;
  }
}

function readSearch(value: Readonly<Record<string, unknown>>): FromPanel | undefined {
  const { number, text, scope, phases, audiences, tags, offset, limit } = value;
  const chosen = value.kinds;
  if (!isCount(number) || !isCount(offset) || !isCount(limit) || limit > 200 || !isText(text)) return undefined;
  if (scope !== 'product' && scope !== 'company' && scope !== 'all') return undefined;
  if (!isTexts(phases) || !isTexts(audiences) || !isTexts(tags) || !isKinds(chosen)) return undefined;
  return { kind: 'search', number, text, kinds: chosen, scope, phases, audiences, tags, offset, limit };
}

function readRun(value: unknown): Run | undefined {
  if (!isRecord(value)) return undefined;
  const kind = value.kind;
  switch (kind) {
    case 'openToSide':
    case 'insertLink':
    case 'copyLink': {
      const place = readPlace(value.place);
      return place && isText(value.title) ? { kind, place, title: value.title } : undefined;
    }
    case 'useTemplate':
      return isText(value.id) ? { kind, id: value.id } : undefined;
    case 'openFile':
      return isText(value.uri) && isCount(value.line) ? { kind, uri: value.uri, line: value.line } : undefined;
    case 'openWeb':
      return isText(value.url) && isWebAddress(value.url) ? { kind, url: value.url } : undefined;
    case 'insertMissing':
    case 'contextAction':
      return isCount(value.index) ? { kind, index: value.index } : undefined;
    case 'fix':
      return isText(value.uri) && isCount(value.line) && isCount(value.character)
        ? { kind, uri: value.uri, line: value.line, character: value.character }
        : undefined;
    case 'draftPage':
      return isText(value.query) ? { kind, query: value.query } : undefined;
    case 'chooseBook':
    case 'openLog':
    case 'unanswered':
    case 'showProblems':
    case 'whyChecked':
    case 'focusEditor':
      return { kind };
    default:
      return undefined;
  }
}

function readPlace(value: unknown): Place | undefined {
  if (!isRecord(value)) return undefined;
  const { book, path, anchor, uri, line } = value;
  if (value.kind === 'page') return isText(book) && isText(path) && isText(anchor) ? { kind: 'page', book, path, anchor } : undefined;
  if (value.kind === 'file') return isText(uri) && isCount(line) ? { kind: 'file', uri, line } : undefined;
  return undefined;
}

/** Links out of the Book that a person may follow. */
export function isWebAddress(url: string): boolean {
  const lower = url.toLowerCase();
  return lower.startsWith('https://') || lower.startsWith('http://') || lower.startsWith('mailto:');
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
function isText(value: unknown): value is string {
  return typeof value === 'string' && value.length <= longest;
}
function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.length <= 100 && value.every(isText);
}
function isKinds(value: unknown): value is readonly ThingKind[] {
  return isTexts(value) && value.every((kind) => kinds.has(kind));
}
function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
