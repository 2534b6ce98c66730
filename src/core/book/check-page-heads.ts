import type { Book, BookProblem, Page } from './book';
import { isOwn } from './check-pages';
import { readPageHead } from './front-matter';
import { nearest, unknownName } from './problems';

/** Readers that the interface has a name for; a Book may have others. */
export const knownAudiences = ['coordinator', 'product-team', 'analyst', 'manager', 'director', 'product-pmo', 'book-editor'] as const;

/** Phases that pages name and the lifecycle does not have, and readers that look mistyped or that nothing else is for. */
export function pageHeadProblems(book: Book): readonly BookProblem[] {
  const own = book.pages.filter((page) => isOwn(book, page));
  const { phases } = book.lifecycle;
  const phaseNames = phases.flatMap(({ id, title }) => [id, title.text, ...(title.en === undefined ? [] : [title.en])]);
  const told = new Set<string>();
  return own.flatMap((page) => [
    ...(phases.length === 0 ? [] : page.phase.filter((phase) => !phaseNames.includes(phase)).map((phase) =>
      unknownName(placeOf(page, 'phase'), 'unknown-phase', '工程', 'phase', phase, phases.map(({ id }) => id)))),
    ...page.audience.flatMap((audience) => {
      if (knownAudiences.some((one) => one === audience) || told.has(audience)) return [];
      told.add(audience);
      const near = nearest(audience, knownAudiences);
      const found = unknownName(placeOf(page, 'audience'), 'unknown-audience', '読み手', 'audience', audience, knownAudiences);
      // A Book may have readers of its own: these are told once, for information.
      return [near === undefined ? { ...found, severity: 'info' as const } : found];
    }),
  ]);
}

function placeOf(page: Page, key: string): Page['origin'] {
  return { ...page.origin, span: readPageHead(page.text).spanOf(key) };
}
