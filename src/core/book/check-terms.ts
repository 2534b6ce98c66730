import { maskOpaque } from '../document/prose';
import { normalise } from '../text/normalise';
import { createWordMatcher } from '../text/words';
import type { Book, BookProblem, Term } from './book';
import { isOwn, type ReadPage } from './check-pages';
import { problem } from './problems';

/**
 * Rejected spellings of terms in the prose of pages. Left alone: code, front matter, addresses of links, the page of the
 * term, and lines that show the preferred form beside the rejected one.
 */
export function termProblems(book: Book, pages: ReadonlyMap<string, ReadPage>): readonly BookProblem[] {
  const rejected = new Map<string, Term>();
  const accepted = new Set<string>();
  for (const term of book.terms) for (const word of [term.preferred, ...term.aliases, ...term.english]) accepted.add(word);
  for (const term of book.terms) for (const word of term.variants) if (!accepted.has(word)) rejected.set(word, term);
  // Accepted words are matched too: a rejected one inside a longer accepted one is no mistake.
  const matcher = createWordMatcher([...accepted, ...rejected.keys()]);
  return [...pages.values()].filter(({ page }) => isOwn(book, page)).flatMap(({ page, document }) => {
    const opaque = [...document.opaque, ...document.links.map((link) => ({ kind: 'inline' as const, ...link.targetSpan }))];
    const prose = maskOpaque({ text: document.text, opaque: opaque.sort((a, b) => a.start - b.start) });
    return matcher.find(prose).flatMap((match) => {
      const term = rejected.get(match.word);
      if (term === undefined || term.page?.split('#', 1)[0] === page.path) return [];
      const line = document.lines.lineAt(match.start);
      const [from, to] = [document.lines.startOf(line), document.lines.startOf(line + 1)];
      const beside = normalise(`${document.text.slice(from, match.start)}\n${document.text.slice(match.end, to)}`);
      if (beside.includes(normalise(term.preferred))) return [];
      return [problem(page.path, { start: match.start, end: match.end }, 'warning', 'term',
        `「${match.word}」は「${term.preferred}」と書きます（用語集）。`, `Write "${term.preferred}" instead of "${match.word}" (glossary).`)];
    });
  });
}

/** Spellings that a term both rejects and uses: such a line corrects nothing. */
export function spellingProblems(book: Book): readonly BookProblem[] {
  return book.terms.filter((term) => isOwn(book, term)).flatMap((term) => {
    const { path, span } = term.origin;
    return term.variants.flatMap((variant) => {
      const isPreferred = variant === term.preferred;
      if (!isPreferred && !term.aliases.includes(variant)) return [];
      return [problem(path, span, 'warning', 'variant-used',
        isPreferred ? `「${variant}」は使う形（preferred）と同じです。variants から消してください。` : `「${variant}」が aliases（使ってよい言いかえ）と variants（直す書き方）の両方にあります。どちらかから消してください。`,
        isPreferred ? `"${variant}" is the preferred form itself. Remove it from variants.` : `"${variant}" stands in both aliases and variants. Remove it from one of them.`, { about: variant, under: 'variants' })];
    });
  });
}
