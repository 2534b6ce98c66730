import type { Book, BookProblem } from './book';
import { isOwn } from './check-pages';
import { textOf } from './data';
import { nearest, problem } from './problems';

/** What rules name that the lifecycle does not have, and messages that exist in one language only. */
export function ruleProblems(book: Book): readonly BookProblem[] {
  const found: BookProblem[] = [];
  const { levels, tracks, gates } = book.lifecycle;
  const bilingual = (book.languages ?? []).includes('en') && book.language !== 'en';
  for (const rule of [...book.rules, ...[...book.overlays.values()].flatMap((overlay) => overlay.addedRules)]) {
    if (!isOwn(book, rule)) continue;
    const { path, span } = rule.origin;
    const unknown = (code: string, ja: string, en: string, id: string | undefined, known: readonly { readonly id: string }[]): void => {
      if (id === undefined || id === '' || known.length === 0 || known.some((one) => one.id === id)) return;
      const ids = known.map((one) => one.id);
      const near = nearest(id, ids);
      found.push(problem(path, span, 'warning', code,
        near ? `${rule.id}：「${id}」という${ja}はありません。「${near}」のことですか。` : `${rule.id}：「${id}」という${ja}はありません。使えるのは ${ids.join('、')} です。`,
        near ? `${rule.id}: There is no ${en} "${id}". Did you mean "${near}"?` : `${rule.id}: There is no ${en} "${id}". Use one of: ${ids.join(', ')}.`, { about: id, better: near }));
    };
    unknown('unknown-level', '水準', 'level', rule.level, levels);
    unknown('unknown-track', 'トラック', 'track', rule.track, tracks);
    unknown('unknown-gate', 'ゲート', 'gate', rule.gate, gates);
    if (bilingual && rule.stage.name !== 'retired' && textOf(rule.definition.message_en) === '') {
      found.push(problem(path, span, 'info', 'message-language',
        `${rule.id}：英語のメッセージがありません。message_en を書き足してください。`, `${rule.id}: There is no English message. Add message_en.`, { about: 'message' }));
    }
  }
  return found;
}
