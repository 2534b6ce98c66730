import type { Attribute, Book } from '../book/book';
import { nearest } from '../book/problems';
import { isIsoDay } from '../text/calendar';
import { bookNames, columnsOf, key as wordKey } from './book-names';
import type { EffectiveSettings } from '../product/settings';
import type { Compiler } from './compiler';
import type { FixDefinition } from './fixes/definition';
import { nearestOf } from './nearest';
import type { CompiledRule } from './rule';
import { targetTypes } from './verify';

/** What a value of a fix may be beside a word, a subject and a text. */
const valueWords: readonly string[] = [
  'ask', 'today', 'next_id', 'next', 'expected', 'nearest', 'preferred', 'half_width', 'first', 'date', 'next_business_day', 'missing', 'value', 'title', 'mark', 'other', 'link',
];
/** What the verbs that take no value of their own are written with. */
const wordsOfVerbs: Readonly<Partial<Record<FixDefinition['verb'], readonly string[]>>> = {
  delete: ['mark'], mask: ['mark'], split_row: ['mark'], add_word: ['value'], add_column: ['missing'], repair: ['row', 'file'], open: ['other', 'target'], upgrade: ['template'],
  rename: ['expected'], move: ['expected'],
};

/** Finds values of fixes that nothing stands for: they would be put in as they are written. */
export function verifyFixValues(rule: CompiledRule, compiler: Compiler, book: Book, settings: EffectiveSettings): void {
  const names = bookNames(book, settings);
  const types = targetTypes(rule, settings);
  const subjects = new Set(rule.parts.flatMap(({ scope }) => names.subjectsOf(scope.kind, types)));
  for (const fix of rule.fixes) verifyFix(fix);

  function verifyFix(fix: FixDefinition): void {
    switch (fix.verb) {
      case 'fill':
      case 'set_field':
      case 'add_row':
        for (const [name, value] of fix.values) {
          const attributes = types.flatMap((type) => [...(fix.verb === 'set_field' ? [] : columnsOf(type)), ...(fix.verb === 'add_row' ? [] : type.fields)]).filter(({ id }) => id === name);
          if (fix.verb === 'add_row' && types.length > 0 && attributes.length === 0) unknown(name, types.flatMap((type) => columnsOf(type).map(({ id }) => id)), '列', 'column');
          valueOf(value, attributes);
        }
        return;
      case 'create_row':
        createRow(fix);
        return;
      case 'move_row':
        typeNamed(fix.value);
        return;
      case 'create':
        if (fix.value !== 'missing') typeNamed(fix.value);
        return;
      case 'sort':
        if (types.length > 0) oneOf(fix.value, types.flatMap((type) => columnsOf(type).map(({ id }) => id)));
        return;
      case 'replace':
      case 'append':
        valueOf(fix.value, []);
        return;
      default: {
        const known = wordsOfVerbs[fix.verb];
        if (known !== undefined) oneOf(fix.value, known);
      }
    }
  }

  function createRow({ values }: FixDefinition): void {
    const target = values.find(([name]) => name === 'in')?.[1] ?? '';
    typeNamed(target);
    const type = settings.types.get(target);
    if (type === undefined) return;
    for (const [name, value] of values) {
      if (name === 'in') continue;
      const columns = columnsOf(type).map(({ id }) => id);
      if (!columns.includes(name)) unknown(name, columns, '列', 'column');
      if (types.length > 0 && !subjects.has(value) && value !== 'value') unknown(value, [...subjects], '列や項目', 'column or field');
    }
  }

  function typeNamed(name: string): void {
    if (!settings.types.has(name)) unknown(name, [...settings.types.keys()], '文書の種類', 'document type');
  }

  function oneOf(word: string, known: readonly string[]): void {
    if (word === '' || known.includes(word)) return;
    unknown(word, known, '値', 'value');
  }

  /** A word of the column, `ask`, a subject or a text of its own; what is nearly one of the first three was meant as it. */
  function valueOf(word: string, attributes: readonly Attribute[]): void {
    if (word === '' || valueWords.includes(word) || subjects.has(word) || /^\d+$/u.test(word)) return;
    if (/^(?:document|product)\.[a-z_]+$/u.test(word) && names.attributeIds.has(word.slice(word.indexOf('.') + 1))) return;
    const words = names.wordsOf(attributes, types);
    if (words?.all.has(wordKey(word)) === true) return;
    const isOfDays = attributes.length > 0 && attributes.every(({ kind }) => kind === 'date' || kind === 'period');
    if (isOfDays && isIsoDay(word)) return;
    const known = [...valueWords, ...(words?.offered ?? []), ...subjects];
    if (words === undefined && !isOfDays) {
      const near = /^[a-z][a-z0-9_.]*$/u.test(word) ? nearest(word, known, 1) : undefined;
      if (near !== undefined) tell(word, near, `「${word}」はこのままの文字で書き込まれます。`, `"${word}" would be put in as it stands.`);
      return;
    }
    const near = nearestOf(word, words === undefined ? ['today', 'ask', 'date', ...subjects] : known);
    tell(word, near, isOfDays ? `日付の列に「${word}」は書けません。` : `「${word}」は使える言葉にありません。`, isOfDays ? `"${word}" cannot be written in a column of days.` : `"${word}" is no word of that column.`,
      isOfDays ? ['ask か 2026-12-31 の形の日付を書いてください。', ' Write ask, or a day like 2026-12-31.'] : [`使えるのは ${known.slice(0, 1).concat(words?.offered.slice(0, 10) ?? []).join('、')} です。`, ` Known: ask, ${(words?.offered.slice(0, 10) ?? []).join(', ')}.`]);
  }

  function unknown(word: string, known: readonly string[], ja: string, en: string): void {
    tell(word, nearestOf(word, known), `fix の「${word}」という${ja}はありません。`, `There is no ${en} ${word}, which fix names.`, known.length > 12 ? ['', ''] : [`使えるのは ${known.join('、')} です。`, ` Known: ${known.join(', ')}.`]);
  }

  function tell(word: string, near: string | undefined, ja: string, en: string, otherwise: readonly [string, string] = ['', '']): void {
    compiler.warn('rule.unknown-name', `${ja}${near === undefined ? otherwise[0] : `「${near}」のことですか。`}`, `${en}${near === undefined ? otherwise[1] : ` Did you mean ${near}?`}`, { about: word, under: 'fix', better: near });
  }
}
