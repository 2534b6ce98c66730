import { distance } from './fuzzy';
import type { LiveSegment } from './live';
import { pageString } from './packed-index';

const maxSuggestions = 3;

/**
 * What the person may have meant: the query with unknown words replaced by the nearest known ones, and, when nothing was
 * found, the titles most like it. Empty when there is nothing sensible to offer.
 */
export function suggest(
  segments: readonly LiveSegment[],
  words: string,
  corrections: readonly { readonly typed: string; readonly near: string }[],
  found: number,
): readonly string[] {
  const suggestions: string[] = [];
  let corrected = words;
  for (const { typed, near } of corrections) corrected = replaceFolded(corrected, typed, near);
  if (corrected !== words) suggestions.push(corrected);
  if (found === 0 && words !== '') suggestions.push(...nearestTitles(segments, words));
  return [...new Set(suggestions)].slice(0, maxSuggestions);
}

/** Replaces a folded word in what was typed; when the typed form is spelled otherwise, the near word is offered alone. */
function replaceFolded(text: string, typed: string, near: string): string {
  const at = text.normalize('NFKC').toLowerCase().indexOf(typed);
  if (at < 0) return near;
  const plain = text.normalize('NFKC');
  return plain.slice(0, at) + near + plain.slice(at + typed.length);
}

function nearestTitles(segments: readonly LiveSegment[], words: string): string[] {
  const wanted = words.normalize('NFKC').toLowerCase().slice(0, 60);
  const near: { title: string; likeness: number }[] = [];
  const query = pairsOf(wanted);
  // One or two signs are not a slip of anything.
  const most = Math.min(2, (wanted.length - 1) >> 1);
  for (const { segment, dead } of segments) {
    for (let page = 0; page < segment.pageCount; page++) {
      if (dead[page] === 1) continue;
      const title = segment.pageText(page, pageString.title);
      const folded = title.normalize('NFKC').toLowerCase();
      let likeness = likenessOf(query, pairsOf(folded));
      if (likeness === 0 && most > 0 && folded.length <= 12) {
        const apart = distance(folded, wanted, most);
        if (apart <= most) likeness = 1 / (2 + apart);
      }
      if (likeness >= 0.25) near.push({ title, likeness });
    }
  }
  near.sort((a, b) => b.likeness - a.likeness || (a.title < b.title ? -1 : 1));
  return near.slice(0, maxSuggestions).map(({ title }) => title);
}

/** Dice likeness of two sets of pairs, 0 to 1. */
function likenessOf(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of a) if (b.has(pair)) common++;
  return (2 * common) / Math.max(1, a.size + b.size);
}

/** The distinct pairs of neighbouring units. */
function pairsOf(text: string): Set<string> {
  const found = new Set<string>();
  for (let i = 0; i + 1 < text.length; i++) found.add(text.slice(i, i + 2));
  return found;
}
