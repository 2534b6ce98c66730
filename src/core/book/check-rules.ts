import type { Book, BookProblem, RuleSource } from './book';
import { isOwn } from './check-pages';
import { mapOf, textOf, wordsOf } from './data';
import { nearest, problem } from './problems';

/** What rules name that the lifecycle does not have, and messages that exist in one language only. */
export function ruleProblems(book: Book): readonly BookProblem[] {
  const found: BookProblem[] = [];
  const { levels, tracks, gates, phases, sizes } = book.lifecycle;
  const bilingual = (book.languages ?? []).includes('en') && book.language !== 'en';
  for (const rule of [...book.rules, ...[...book.overlays.values()].flatMap((overlay) => overlay.addedRules)]) {
    if (!isOwn(book, rule)) continue;
    const { path, span } = rule.origin;
    const unknown = (code: string, ja: string, en: string, id: string | undefined, known: readonly { readonly id: string }[], under?: string): void => {
      if (id === undefined || id === '' || known.length === 0 || known.some((one) => one.id === id)) return;
      const ids = known.map((one) => one.id);
      const near = nearest(id, ids);
      found.push(problem(path, span, 'warning', code,
        near ? `${rule.id}：「${id}」という${ja}はありません。「${near}」のことですか。` : `${rule.id}：「${id}」という${ja}はありません。使えるのは ${ids.join('、')} です。`,
        near ? `${rule.id}: There is no ${en} "${id}". Did you mean "${near}"?` : `${rule.id}: There is no ${en} "${id}". Use one of: ${ids.join(', ')}.`, { about: id, under, better: near }));
    };
    unknown('unknown-level', '水準', 'level', rule.level, levels);
    unknown('unknown-track', 'トラック', 'track', rule.track, tracks);
    unknown('unknown-gate', 'ゲート', 'gate', rule.gate, gates);
    const applies = mapOf(rule.definition.applies);
    for (const key of ['phases', 'from', 'to'] as const) for (const phase of wordsOf(applies[key])) unknown('unknown-phase', '工程', 'phase', phase, phases, 'applies');
    for (const gate of wordsOf(applies.gates)) unknown('unknown-gate', 'ゲート', 'gate', gate, gates, 'applies');
    for (const size of wordsOf(applies.sizes)) unknown('unknown-size', '大きさ', 'size', size, sizes ?? [], 'applies');
    found.push(...productProblems(rule, [...(rule.stage.name === 'pilot' ? rule.stage.products : []), ...wordsOf(applies.products)], [...book.overlays.keys()]));
    if (bilingual && rule.stage.name !== 'retired' && textOf(rule.definition.message_en) === '') {
      found.push(problem(path, span, 'info', 'message-language',
        `${rule.id}：英語のメッセージがありません。message_en を書き足してください。`, `${rule.id}: There is no English message. Add message_en.`, { about: 'message' }));
    }
  }
  return found;
}

/** A product that nothing in the Book is kept for may be one all the same: only a name near to a known one is told. */
function productProblems({ id, origin: { path, span } }: RuleSource, products: readonly string[], known: readonly string[]): readonly BookProblem[] {
  return products.flatMap((product) => {
    const near = known.includes(product) ? undefined : nearest(product, known);
    if (near === undefined) return [];
    return [problem(path, span, 'info', 'unknown-product', `${id}：「${product}」というプロダクトの決まりはコボブックにありません。「${near}」のことですか。`,
      `${id}: The Book has nothing of a product "${product}". Did you mean "${near}"?`, { about: product, better: near })];
  });
}
