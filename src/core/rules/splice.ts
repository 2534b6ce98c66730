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

/** Whether two lists of spans agree on what lies wholly outside of the changed part. */
export function sameOutside(before: readonly Span[], after: readonly Span[], { inner, by }: Splice): boolean {
  const heads = (spans: readonly Span[]): readonly Span[] => spans.filter((span) => span.end <= inner.start);
  const tails = (spans: readonly Span[], end: number): readonly Span[] => spans.filter((span) => span.start >= end);
  const agree = (a: readonly Span[], b: readonly Span[], moved: number): boolean =>
    a.length === b.length && a.every((span, i) => span.start + moved === b[i]?.start && span.end + moved === b[i].end);
  return agree(heads(before), heads(after), 0) && agree(tails(before, inner.end - by), tails(after, inner.end), by);
}
