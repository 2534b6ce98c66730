import type { EffectiveSettings } from '../product/settings';
import { isData, type Compiler } from './compiler';
import { contextKeys } from './example-documents';
import { nearestOf } from './nearest';
import type { CompiledRule } from './rule';
import { namesOf, properties, targetTypes } from './verify';
import { idOfTitle } from './verify-names';

/** Finds keys of examples that are neither a column nor part of the form: what stands behind them is not looked at. */
export function verifyExamples(rule: CompiledRule, compiler: Compiler, settings: EffectiveSettings): void {
  const { definition } = rule.source;
  const types = targetTypes(rule, settings);
  const isOpen = types.length === 0 || types.some((type) => type.tables.some((table) => table.columns.some((column) => column.each)));
  const asked = compiler.subjects.map(({ name }) => name);
  const columns = new Set([...namesOf(settings), ...asked, ...rule.parts.flatMap(({ scope }) => [...(properties[scope.kind] ?? []), ...(scope.selector ?? [])])]);
  const told = new Set<string>();
  const tell = (under: 'good' | 'bad', key: string, near: string | undefined, ja: string, en: string): void => {
    if (told.has(key)) return;
    told.add(key);
    compiler.warn('rule.unknown-example-key', `例の「${key}」という${ja}はありません。${near === undefined ? '' : `「${near}」のことですか。`}`, `Examples have no ${en} ${key}.${near === undefined ? '' : ` Did you mean ${near}?`}`, { about: key, under, better: near });
  };
  verifyMarks(rule, compiler);
  for (const [under, example] of (['good', 'bad'] as const).flatMap((name) => listOf(definition[name]).map((one) => [name, one] as const))) {
    if (!isData(example)) continue;
    const rows = [...(Array.isArray(example.rows) ? (example.rows as readonly unknown[]) : []), example.row].filter(isData);
    const isTable = rule.parts.some(({ scope }) => ['rows', 'tables', 'cells', 'document'].includes(scope.name));
    for (const key of Object.keys(example)) {
      if (contextKeys.has(key) || (isTable && columns.has(key))) continue;
      const near = nearestOf(key, [...contextKeys]);
      if (near !== undefined || !isTable) tell(under, key, near, '項目', 'key');
      else if (!isOpen && rows.length === 0) tell(under, key, columnNear(key), '列', 'column');
    }
    if (isOpen) continue;
    for (const row of rows) for (const key of Object.keys(row)) if (!columns.has(key)) tell(under, key, columnNear(key), '列', 'column');
  }

  function columnNear(key: string): string | undefined {
    return idOfTitle(key, types) ?? nearestOf(key, columns);
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

/** Marks `《…》` that are left open, and bad examples of words that mark none: they test that something is found, not what. */
function verifyMarks(rule: CompiledRule, compiler: Compiler): void {
  const { good, bad } = rule.source.definition;
  const texts = (value: unknown): readonly string[] => listOf(value).flatMap((one) => (typeof one === 'string' ? [one] : isData(one) && typeof one.text === 'string' ? [one.text] : []));
  const open = [...texts(good), ...texts(bad)].find((text) => text.split('《').length !== text.split('》').length);
  if (open !== undefined) {
    compiler.inform('rule.open-mark', '例の「《」と「》」の数が合っていません。線の引かれる言葉を《至急》のように両側から囲みます。', 'An example has a 《 without its 》, or the reverse. Put the words that are to be underlined between 《 and 》.', { about: open, under: texts(good).includes(open) ? 'good' : 'bad' });
    return;
  }
  const isOfWords = rule.parts.every(({ scope, forbid }) => (scope.name === 'sentences' || scope.name === 'lines') && forbid?.text !== undefined);
  const plain = texts(bad);
  if (!isOfWords || plain.length === 0 || plain.some((text) => text.includes('《'))) return;
  compiler.inform('rule.no-mark', '直したい例に、どの言葉に線が引かれるかの印がありません。《至急》のように囲むと、そこに引かれることも確かめられます。', 'No bad example marks the words that are to be underlined. Put them between 《 and 》, and this is tested too.', { about: plain[0], under: 'bad' });
}
