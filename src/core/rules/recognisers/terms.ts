import type { Spelling } from '../../product/glossary';
import { mergeHits, WordScanner } from '../words';
import { union, type Hit, type Recogniser } from './recogniser';

interface Variants {
  readonly matcher: WordScanner;
  readonly ids: readonly number[];
  readonly preferred: readonly string[];
  /** Accepted words, which may contain a variant (サーバー for サーバ): inside them a variant is none. Most texts have no variant, and are not asked. */
  readonly accepted: { readonly matcher: WordScanner; readonly ids: readonly number[] };
}

const compiled = new WeakMap<readonly Spelling[], Variants>();

function variantsOf(terms: readonly Spelling[]): Variants {
  const known = compiled.get(terms);
  if (known !== undefined) return known;
  const matcher = new WordScanner();
  const preferred: string[] = [];
  const ids: number[] = [];
  const accepted = { matcher: new WordScanner(), ids: [] as number[] };
  for (const term of terms) {
    for (const word of [term.preferred, ...term.aliases, ...term.english]) {
      const id = accepted.matcher.add(word);
      if (id >= 0) accepted.ids.push(id);
    }
  }
  for (const term of terms) {
    for (const word of term.variants) {
      // A word that one term replaces and another accepts is accepted.
      if (accepted.matcher.has(word)) continue;
      const id = matcher.add(word);
      if (id < 0) continue;
      ids.push(id);
      preferred[id] = term.preferred;
    }
  }
  const result = { matcher, ids, preferred, accepted };
  compiled.set(terms, result);
  return result;
}

/** A spelling the glossary replaces, with the preferred one. Addresses are left alone. */
export const termVariant: Recogniser = (text, { terms }) => {
  const { matcher, ids, preferred, accepted } = variantsOf(terms);
  if (ids.length === 0) return [];
  const found = matcher.scan(text);
  const hits = ids.flatMap((id) =>
    mergeHits(found, [id]).map(({ start, end }): Hit => ({ start, end, better: preferred[id] ?? '' })));
  if (hits.length === 0) return hits;
  const good = mergeHits(accepted.matcher.scan(text), accepted.ids);
  let at = 0;
  return union(hits).filter((hit) => {
    while (at < good.length && (good[at]?.end ?? 0) <= hit.start) at++;
    const around = good[at];
    if (around !== undefined && around.start <= hit.start && around.end >= hit.end && around.end - around.start > hit.end - hit.start) return false;
    return !insideAddress(text, hit.start);
  });
};

function insideAddress(text: string, at: number): boolean {
  let start = at;
  while (start > 0 && at - start < 300 && /[!-~]/.test(text.charAt(start - 1))) start--;
  return /(?:https?:\/\/|www\.|\]\()/.test(text.slice(start, at));
}
