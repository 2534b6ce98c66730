import type { Book, BookProblem, Origin } from './book';
import { isOwn, type ReadPage } from './check-pages';
import { fileStart, problem } from './problems';

/** A page that a thing of the Book names. */
interface Guide {
  /** What names it, for the reader. */
  readonly of: string;
  readonly target: string;
  readonly origin: Origin;
  /** What names it is written behind. */
  readonly key: 'guide' | 'page';
}

/** Every guide of rules, types, terms, phases and gates. */
export function guidesOf(book: Book): readonly Guide[] {
  const of = (name: string, target: string | undefined, origin: Origin, key: Guide['key']): readonly Guide[] => (target === undefined ? [] : [{ of: name, target, origin, key }]);
  return [
    ...rulesOf(book).flatMap((rule) => of(rule.id, rule.guide, rule.origin, 'guide')),
    ...[...book.types.values()].flatMap((type) => of(type.title.text, type.guide, type.origin, 'guide')),
    ...book.terms.flatMap((term) => of(term.preferred, term.page, term.origin, 'page')),
    ...[...book.lifecycle.phases, ...book.lifecycle.gates].flatMap((one) => of(one.title.text, one.page, one.origin, 'page')),
  ];
}

/** Rules of the Book and those that overlays add. */
function rulesOf(book: Book): Book['rules'] {
  return [...book.rules, ...[...book.overlays.values()].flatMap((overlay) => overlay.addedRules)];
}

/**
 * Guides that open no heading or an empty one, and rules that have none. Loading has told of missing pages. A heading that
 * a replacing page lost is told at that page.
 */
export function guideProblems(book: Book, pages: ReadonlyMap<string, ReadPage>): readonly BookProblem[] {
  const found: BookProblem[] = [];
  for (const guide of guidesOf(book)) {
    const [path = '', anchor = ''] = guide.target.split('#', 2);
    const to = pages.get(path);
    if (to === undefined || anchor === '') continue;
    const section = to.document.sections[to.anchors.get(anchor) ?? -1];
    const own = isOwn(book, guide);
    if (!own && !isOwn(book, to.page)) continue;
    if (section === undefined) {
      found.push(problem(own ? guide.origin.path : path, own ? guide.origin.span : fileStart, 'warning', 'guide-anchor',
        `「${guide.of}」が案内する見出し「#${anchor}」が「${to.page.title}」にありません。`,
        `"${guide.of}" points to "#${anchor}", which "${to.page.title}" does not have.`, own ? { about: guide.key } : {}));
    } else if (section.empty) {
      found.push(problem(path, section.titleSpan, 'warning', 'guide-empty',
        `「${guide.of}」が案内する「${section.title}」に説明がありません。`, `"${section.title}", to which "${guide.of}" points, says nothing.`));
    }
  }
  for (const rule of rulesOf(book)) {
    if (rule.guide !== undefined || rule.stage.name === 'retired' || !isOwn(book, rule)) continue;
    found.push(problem(rule.origin.path, rule.origin.span, 'warning', 'no-guide',
      `決まり「${rule.id}」に説明のページがありません。guide を書いてください。`, `The rule "${rule.id}" has no page that explains it. Write guide.`));
  }
  return found;
}
