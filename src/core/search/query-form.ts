import { kindsNamedIn } from './query';
import type { SearchKind } from './search';

/** An id or one word in Latin letters: names are aliases of things more often than their titles. */
const oneName = /^[\p{Script=Latin}\p{Nd}_.-]+$/u;
/** The query asks what something is, or what sets two things apart. */
const meaning = [
  /(?:とは|って)(?:なに|なん|何)?(?:か|かな|だろう|ですか|でしょうか|のこと)?[\s?？。]*$/u,
  /意味|定義|の(?:違い|ちがい)|(?:どう|何が|なにが|どこが)(?:違|ちが)/u,
  /^what(?:'s|’s| is| are) |\b(?:difference|meaning|definition)\b|\bmeans?\b/u,
];

const everyKind: readonly SearchKind[] = ['page', 'rule', 'template', 'kit', 'term', 'gate', 'document'];

/**
 * Kinds of things that a query asks for by its form: terms and gates where it asks what something means, a kind that it
 * names (`議事録 テンプレート`), every kind where it is a single name.
 */
export function kindsAskedFor(words: string): ReadonlySet<SearchKind> {
  const text = words.normalize('NFKC').trim().toLowerCase();
  if (oneName.test(text)) return new Set(everyKind);
  const asked = new Set(kindsNamedIn(text));
  if (meaning.some((form) => form.test(text))) asked.add('term').add('gate');
  return asked;
}
