import type { Attribute, DocumentType } from '../book/book';
import { normalise } from '../text/normalise';
import { bareWord } from '../text/words';
import { Memory } from '../rules/value';

/** A heading, label or column header as it is compared: NFKC, lower case, without numbers, marks and blanks in front (`日 時` = `日時`). */
export function titleKey(text: string): string {
  return text.length > 80 ? readTitleKey(text) : titleForms.of(text).key;
}

/** The forms in which a title is looked for, {@link titleKey} first. */
interface TitleForms {
  readonly key: string;
  readonly withoutBrackets: string;
  readonly inBrackets: string;
}

/** The same headings, labels and columns come again in document after document. */
const titleForms = new Memory(20_000, readTitleForms);

function readTitleForms(text: string): TitleForms {
  const key = readTitleKey(text);
  const shown = key || normalise(text).trim();
  if (!/[([【「]/u.test(shown)) return { key, withoutBrackets: shown, inBrackets: '' };
  return { key, withoutBrackets: withoutBrackets(shown), inBrackets: inBrackets(shown) ?? '' };
}

function readTitleKey(text: string): string {
  const bare = bareWord(bareWord(normalise(text)).replace(/^[<《〈]+|[>》〉]+$/gu, ''));
  return bareWord(bare.replace(/^(?:[第§]?\s*\d+(?:[.-]\d+)*\s*[章節条項.):]?\s*|[(]?\d+[)]\s*|[①-⑳]\s*|(?:[a-z]|[ivx]{2,4})[.)]\s+|[ァ-ヶ][.)]\s*)(?=\D)/u, '')).replace(/(?<=[\u3040-\u30ff\u4e00-\u9fff])\s+(?=[\u3040-\u30ff\u4e00-\u9fff])/gu, '').replace(/\s+/gu, ' ');
}

/** `宿題(todo)` and, as {@link titleKey} leaves it, `宿題(todo` → `宿題`. */
function withoutBrackets(key: string): string {
  return bareWord(key.replace(/[([【「][^)\]】」]{0,40}(?:[)\]】」]|$)/gu, ''));
}

/** The other name a title has in brackets at its end: `やること(todo` → `todo`. */
function inBrackets(key: string): string | undefined {
  const inner = /.[([【「]([^()[\]【】「」]{2,40})[)\]】」]?$/u.exec(key)?.[1];
  return inner === undefined ? undefined : bareWord(inner);
}

function spellingsOf(attribute: { readonly id: string; readonly title: string; readonly aliases: readonly string[] }): readonly string[] {
  return [attribute.title, ...attribute.aliases, attribute.id];
}

/** Title → thing; what comes first wins. Titles win over aliases of others. */
function indexByTitle<T extends { readonly id: string; readonly title: string; readonly aliases: readonly string[] }>(things: readonly T[]): ReadonlyMap<string, T> {
  const index = new Map<string, T>();
  for (const thing of things) {
    const key = titleKey(thing.title);
    if (key !== '' && !index.has(key)) index.set(key, thing);
  }
  for (const thing of things) {
    for (const spelling of spellingsOf(thing)) {
      const key = titleKey(spelling) || normalise(spelling).trim();
      if (key !== '' && !index.has(key)) index.set(key, thing);
    }
  }
  for (const [key, thing] of [...index]) {
    const bare = withoutNo(key);
    if (!index.has(bare)) index.set(bare, thing);
  }
  return index;
}

/** `費用の実績` = `費用実績`. */
function withoutNo(key: string): string {
  return key.replace(/(?<=[^\u3040-\u309f])の(?=[^\u3040-\u309f])/gu, '');
}

const indexes = new WeakMap<readonly object[], ReadonlyMap<string, object>>();

export function indexOf<T extends { readonly id: string; readonly title: string; readonly aliases: readonly string[] }>(things: readonly T[]): ReadonlyMap<string, T> {
  const known = indexes.get(things);
  if (known !== undefined) return known as ReadonlyMap<string, T>;
  const made = indexByTitle(things);
  indexes.set(things, made);
  return made;
}

const lists = new WeakMap<object, readonly object[]>();

/** A thing as a list of one, the same list every time, so that it is indexed once. */
export function listOf<T extends object>(thing: T): readonly T[] {
  const known = lists.get(thing) as readonly T[] | undefined;
  if (known !== undefined) return known;
  const made = [thing];
  lists.set(thing, made);
  return made;
}

const keysOf = new WeakMap<Attribute, readonly string[]>();

/** How the names of an attribute are compared, its id first. */
export function attributeKeys(attribute: Attribute): readonly string[] {
  const known = keysOf.get(attribute);
  if (known !== undefined) return known;
  const made = [...new Set([attribute.id, attribute.title, ...attribute.aliases].map(titleKey))];
  keysOf.set(attribute, made);
  return made;
}

export function lookUp<T>(index: ReadonlyMap<string, T>, text: string): T | undefined {
  const forms = text.length > 80 ? readTitleForms(text) : titleForms.of(text);
  return index.get(forms.key || normalise(text).trim()) ?? index.get(forms.withoutBrackets) ?? index.get(forms.inBrackets);
}

/**
 * A heading: as {@link lookUp}, but also `費用の実績` for 費用実績, `移行の対象` for 対象 in a 移行計画書, `Decisions` for `Decision`,
 * `Issues for the council` by the words before the preposition, and `Context: what it is` by those before the colon.
 *
 * @param type whose sections they are
 */
export function lookUpHeading<T>(index: ReadonlyMap<string, T>, text: string, type: Named): T | undefined {
  const key = titleKey(text);
  const exact = lookUp(index, text) ?? lookUpOwn(index, key) ?? index.get(withoutNo(key));
  if (exact !== undefined) return exact;
  if (!/^[a-z]/.test(key)) return lookUpOfSubject(index, key, type);
  const colon = key.indexOf(': ');
  if (colon > 0) return lookUpHeading(index, key.slice(0, colon), type);
  const head = key.slice(0, 80).replace(/ (?:for|of|in|on|from) .*$/u, '');
  for (const each of head === key ? [key] : [key, head]) {
    const found = index.get(each) ?? index.get(`${each}s`) ?? (each.endsWith('s') ? index.get(each.slice(0, -1)) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

type Named = Pick<DocumentType, 'title' | 'aliases'>;

/** Words of which a document of any type can have some. */
const general: ReadonlySet<string> = new Set(['手順', '操作', '作業', '計画', '目標', '基本', '詳細', '方式', '変更', '完了', '終了']);
const subjects = new WeakMap<Named, readonly string[]>();

/** What documents of a type are about, the longest first: 移行 of a 移行計画書. */
function subjectsOf(type: Named): readonly string[] {
  const known = subjects.get(type);
  if (known !== undefined) return known;
  const made = [type.title.text, ...type.aliases].flatMap((name) => /^([^\u3040-\u309f ]{2,8}?)(?:実施|管理)?(?:計画|報告|定義|仕様|設計|手順|記録|一覧|判定)*(?:書|表|票|記録|書類)$/u.exec(titleKey(name))?.[1] ?? []);
  const sorted = [...new Set(made)].filter((subject) => !general.has(subject)).sort((a, b) => b.length - a.length);
  subjects.set(type, sorted);
  return sorted;
}

/** `移行の対象`: a section named after what the whole document is about. */
function lookUpOfSubject<T>(index: ReadonlyMap<string, T>, key: string, type: Named): T | undefined {
  for (const subject of subjectsOf(type)) {
    if (!key.startsWith(subject)) continue;
    const found = index.get(key.slice(subject.length).replace(/^の/u, ''));
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a heading may say in front about whose section it is: `システムの目的`, `プロジェクトスコープ`, `Project scope`. */
const whose = /^(?:(?:本書|本文書|本資料|この文書|本計画|本手順|本手順書)の|本?(?:システム|プロジェクト|プロダクト|サービス|アプリ)の?|(?:project|product|system|meeting|service) )(?=.{2})/u;

export function lookUpOwn<T>(index: ReadonlyMap<string, T>, key: string): T | undefined {
  const rest = key.replace(whose, '');
  return rest === key ? undefined : lookUp(index, rest);
}
