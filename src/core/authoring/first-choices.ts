import type { Book, RuleSource } from '../book/book';
import type { RuleKind } from './new-rule';
import { guideChoices } from './suggest';

/** What rules of each kind have in their definition, as JSON. */
const signs: Readonly<Record<RuleKind, RegExp>> = {
  section: /"require":\{[^}]*"sections"/u, field: /"on":"document".*"require":\{(?:"fields"|[^}]*"filled")/u, column: /"on":(?:"rows"|\{"(?:cells|rows)").*"require":[^}]*"filled"/u,
  column_when: /"on":"rows".*"when":\{[^}]*"status".*"require":[^}]*"filled"/u, vocabulary: /"on":\{"cells".*"value":"valid"/u, words: /"on":"sentences".*"forbid":\{[^}]*"words"/u,
  overdue: /"before":"today"/u, stale: /"older_than"/u, unique: /"unique_in"/u, agrees: /"agrees_with"/u, traced: /"referenced_by"/u, figures: /"(?:product_of|sum_of)"/u,
  approval: /"approver":"filled"/u, gate: /"on":"gate".*"documents"/u, contains: /"forbid":\{[^}]*"has"/u,
};

/** The page that explains rules of this kind, at the heading that most of those for the type have; else the page of the type; or empty. */
export function guideFor(chosen: { readonly kind: RuleKind; readonly type: string }, book: Book): string {
  const known = new Set(guideChoices(book).map(({ address }) => address));
  const type = book.types.get(chosen.type);
  const ofKind = book.rules.flatMap((rule) => {
    const { on, when, require, forbid } = rule.definition;
    return rule.guide !== undefined && known.has(rule.guide) && signs[chosen.kind].test(JSON.stringify({ on, when, require, forbid })) ? [{ types: typesOf(rule), guide: rule.guide }] : [];
  });
  const isFor = (...names: readonly (string | undefined)[]) => ({ types }: { readonly types: readonly unknown[] }): boolean => names.some((name) => name !== undefined && types.includes(name));
  const applying = ofKind.filter(isFor(chosen.type, type?.class, 'all'));
  const like = applying.length > 0 ? applying : ofKind;
  const page = mostOf(like.map(({ guide }) => pageOf(guide)));
  const there = like.filter(({ guide }) => pageOf(guide) === page);
  const own = there.filter(isFor(chosen.type));
  const guides = (own.length > 0 ? own : there).map((rule) => rule.guide);
  const most = mostOf(guides);
  // One heading of many is about something else.
  const guide = guides.filter((one) => one === most).length * 2 > guides.length || page === undefined || !known.has(page) ? most : page;
  return guide ?? (type?.guide !== undefined && known.has(type.guide) ? type.guide : '');
}

/** The level that most rules of the Book have. */
export function usualLevel(book: Book): string {
  return mostOf(book.rules.map(({ level }) => level)) ?? 'L1';
}

/** The track that most rules made for a type have; `undefined` where none is. */
export function trackFor(type: string, book: Book): string | undefined {
  return mostOf(book.rules.filter((rule) => typesOf(rule).includes(type)).map(({ track }) => track).filter((track) => track !== ''));
}

function pageOf(guide: string): string {
  return guide.split('#', 1)[0] ?? guide;
}

function typesOf({ definition: { types } }: RuleSource): readonly unknown[] {
  return Array.isArray(types) ? (types as readonly unknown[]) : [types];
}

/** What occurs most often, the first of several. */
function mostOf(words: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  const most = Math.max(0, ...counts.values());
  return [...counts.keys()].find((word) => counts.get(word) === most);
}
