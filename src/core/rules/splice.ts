import { changeBetween } from '../text/change';
import type { Span } from '../text/position';

/**
 * What must be searched anew after an edit. Outside of `inner` everything that is found in a text stays as it was;
 * `window` lies around it, so that whatever looks a little before or behind a place sees there what it saw before.
 */
export interface Splice {
  readonly inner: Span;
  readonly window: Span;
  /** How far what lies behind the change has moved. */
  readonly by: number;
}

/** Farther than this no search looks from what it finds, line ends included. */
const reach = 128;

/** @returns `undefined` when so much has changed that searching all of it anew is as good */
export function spliceBetween(before: string, after: string): Splice | undefined {
  const { start, oldEnd, newEnd } = changeBetween(before, after);
  const by = newEnd - oldEnd;
  const inner = wholeLines(after, start - reach, newEnd + reach);
  const window = wholeLines(after, inner.start - 2 * reach, inner.end + 2 * reach);
  return window.end - window.start > after.length >> 1 ? undefined : { inner, window, by };
}

function wholeLines(text: string, start: number, end: number): Span {
  const from = start <= 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  const to = end >= text.length ? -1 : text.indexOf('\n', end);
  return { start: from, end: to < 0 ? text.length : to + 1 };
}

/** How found things of a kind are handled. */
export interface Kind<T> {
  readonly at: (thing: T) => Span;
  /** The thing moved by so many units. */
  readonly move: (thing: T, by: number) => T;
  /** Whether two things at the same place say the same. */
  readonly same: (a: T, b: T) => boolean;
}

/**
 * What a search finds in the edited text, from what it found before and what it finds in the window.
 *
 * @param found in the window, with offsets of the whole text
 * @returns `undefined` when the two do not agree at the edges of the window: then the whole text has to be searched
 */
export function spliced<T>(before: readonly T[], found: readonly T[], { inner, window, by }: Splice, { at, move, same }: Kind<T>): readonly T[] | undefined {
  const start = (things: readonly T[], i: number): number => placeAt(things, i, at)?.start ?? Infinity;
  const end = (things: readonly T[], i: number): number => placeAt(things, i, at)?.end ?? -1;
  const oldInnerEnd = inner.end - by;
  const head = firstWhere(before, 0, (thing) => at(thing).end > inner.start);
  const tail = firstWhere(before, head, (thing) => at(thing).start >= oldInnerEnd);
  const foundHead = firstWhere(found, 0, (thing) => at(thing).end > inner.start);
  const foundTail = firstWhere(found, foundHead, (thing) => at(thing).start >= inner.end);
  // Nothing may lie across the edges, neither then nor now.
  if (start(before, head) < inner.start || (tail > head && end(before, tail - 1) > oldInnerEnd)) return undefined;
  if (start(found, foundHead) < inner.start || (foundTail > foundHead && end(found, foundTail - 1) > inner.end)) return undefined;
  const agree = (own: T | undefined, known: T | undefined, moved: number): boolean => {
    if (own === undefined || known === undefined) return false;
    const a = at(own);
    const b = at(known);
    return a.start === b.start + moved && a.end === b.end + moved && same(own, known);
  };
  for (let i = foundHead - 1, k = head - 1; i >= 0 || (k >= 0 && start(before, k) >= window.start); i--, k--) if (!agree(found[i], before[k], 0)) return undefined;
  for (let i = foundTail, k = tail; i < found.length || (k < before.length && end(before, k) <= window.end - by); i++, k++) if (!agree(found[i], before[k], by)) return undefined;
  const behind = before.slice(tail);
  return [...before.slice(0, head), ...found.slice(foundHead, foundTail), ...(by === 0 ? behind : behind.map((thing) => move(thing, by)))];
}

function placeAt<T>(things: readonly T[], i: number, at: (thing: T) => Span): Span | undefined {
  const thing = things[i];
  return thing === undefined ? undefined : at(thing);
}

/** Index of the first thing from `from` on that a test holds for, which holds for all behind it too. */
function firstWhere<T>(things: readonly T[], from: number, test: (thing: T) => boolean): number {
  let low = from;
  let high = things.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const thing = things[middle];
    if (thing !== undefined && !test(thing)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether two lists of spans agree on what lies wholly outside of the changed part. */
export function sameOutside(before: readonly Span[], after: readonly Span[], { inner, by }: Splice): boolean {
  const heads = (spans: readonly Span[]): readonly Span[] => spans.filter((span) => span.end <= inner.start);
  const tails = (spans: readonly Span[], end: number): readonly Span[] => spans.filter((span) => span.start >= end);
  const agree = (a: readonly Span[], b: readonly Span[], moved: number): boolean =>
    a.length === b.length && a.every((span, i) => span.start + moved === b[i]?.start && span.end + moved === b[i].end);
  return agree(heads(before), heads(after), 0) && agree(tails(before, inner.end - by), tails(after, inner.end), by);
}
