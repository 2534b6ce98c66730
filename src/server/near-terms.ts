import type { Book } from '../core/book/book';

const mostTerms = 3;
const leastLikeness = 0.2;
/** A longer query is compared by its beginning. */
const longestQuery = 60;

/**
 * Terms of the glossary that are spelled most like words nothing was found for, the likest first: Dice's coefficient of
 * pairs of signs (L. R. Dice 1945), over every spelling of a term.
 * @param words as typed
 * @param others what is offered already
 */
export function nearTerms(book: Pick<Book, 'terms'>, words: string, others: readonly string[]): readonly { readonly text: string; readonly path: string }[] {
  const query = pairs(words.slice(0, longestQuery));
  if (query.size === 0) return [];
  const near = book.terms.flatMap((term) => {
    const spellings = [term.preferred, term.reading, ...term.english, ...term.aliases, ...term.variants];
    const likeness = Math.max(...spellings.map((spelling) => dice(query, pairs(spelling))));
    return likeness < leastLikeness || others.includes(term.preferred) ? [] : [{ text: term.preferred, path: `${term.origin.path}#${term.preferred}`, likeness }];
  });
  near.sort((a, b) => b.likeness - a.likeness || (a.text < b.text ? -1 : 1));
  return near.slice(0, mostTerms).map(({ text, path }) => ({ text, path }));
}

function dice(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let common = 0;
  for (const pair of one) if (other.has(pair)) common++;
  return common === 0 ? 0 : (2 * common) / (one.size + other.size);
}

function pairs(text: string): Set<string> {
  const folded = text.normalize('NFKC').toLowerCase();
  const found = new Set<string>();
  for (let i = 0; i + 1 < folded.length; i++) if (!/[\s"-]/u.test(folded.slice(i, i + 2))) found.add(folded.slice(i, i + 2));
  return found;
}
