import type { Spelling } from '../../product/glossary';
import type { Span } from '../../text/position';

/** A thing found in a text, with the spelling it should have where the recogniser knows one. */
export interface Hit extends Span {
  readonly better?: string;
}

/** What recognisers may know beside the text. */
export interface Surroundings {
  /** Names of the roster, folded, without titles. */
  readonly people: ReadonlySet<string>;
  /** Mail domains of the organisation, lower case. */
  readonly ownDomains: readonly string[];
  readonly terms: readonly Spelling[];
}

/** Hits in order, without overlaps. Linear in the text's length. */
export type Recogniser = (text: string, surroundings: Surroundings) => readonly Hit[];

/** All matches of a pattern of ours as hits, dropping those `keep` refuses. Patterns come from code only, never from a Book. */
export function matches(text: string, pattern: RegExp, keep?: (match: RegExpMatchArray, start: number) => Hit | undefined): Hit[] {
  const hits: Hit[] = [];
  for (const match of text.matchAll(pattern)) {
    const start = match.index;
    if (match[0] === '') continue;
    const hit = keep === undefined ? { start, end: start + match[0].length } : keep(match, start);
    if (hit !== undefined) hits.push(hit);
  }
  return hits;
}

/** Several lists of hits as one, leftmost and longest first, without overlaps. */
export function union(...lists: readonly (readonly Hit[])[]): readonly Hit[] {
  const all = lists.flat();
  if (all.length < 2) return all;
  all.sort((a, b) => a.start - b.start || b.end - a.end);
  const kept: Hit[] = [];
  let end = -1;
  for (const hit of all) {
    if (hit.start < end) continue;
    kept.push(hit);
    end = hit.end;
  }
  return kept;
}
