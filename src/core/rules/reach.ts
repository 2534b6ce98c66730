import type { DocumentType } from '../book/book';
import type { EffectiveSettings } from '../product/settings';
import { normalise } from '../text/normalise';
import { isCollection } from './collections';
import { nearestOf } from './nearest';
import { isData, textsOf, type Compiler, type Data } from './compiler';
import type { CompiledRule } from './rule';
import type { ScopeName } from './scopes';
import { isTextOperator } from './text-operators';
import { builtInTypes, targetTypes } from './verify';

/** Words of the language that stand where ids stand. */
const anyPart = new Set(['all', 'required', 'prose', 'tables', 'code', 'headings', 'fields', 'everywhere']);
const states = new Set(['filled', 'empty', 'valid', 'exists', 'single', 'holiday', 'skipped', 'yes', 'no', 'true', 'false']);

/**
 * Finds rules that can never give a finding: all types left out, a condition that is asked for and ruled out at once,
 * sections, tables, columns and words that none of the rule's types has.
 */
export function verifyReach(rule: CompiledRule, compiler: Compiler, settings: EffectiveSettings): void {
  const { definition } = rule.source;
  const types = targetTypes(rule, settings);
  const { names, all } = rule.targets;
  if (!all && types.length === 0 && [...names].every((name) => settings.types.has(name))) {
    compiler.warn('rule.never', 'types と except が同じなので、どの文書でも働きません。except を見直してください。', 'types and except leave no document. Check except.', { about: 'except' });
  }
  const same = (a: string, b: string): boolean => definition[a] !== undefined && JSON.stringify(definition[a]) === JSON.stringify(definition[b]);
  for (const [a, b] of [['when', 'unless'], ['when', 'require'], ['forbid', 'unless']] as const) {
    if (same(a, b)) compiler.warn('rule.never', `${a} と ${b} が同じなので、指摘が出ることはありません。どちらかを直してください。`, `${a} and ${b} say the same, so there is never a finding. Change one of them.`, { about: b });
  }
  if (types.length === 0 || all) return;
  for (const { scope } of rule.parts) {
    verifyNames(scope.name, scope.selector ?? [], types, compiler);
    for (const place of scope.places ?? []) verifyName(place, [...sectionIds(types), ...tableIds(types)], compiler);
  }
  const onDocument = rule.parts.every(({ scope }) => scope.name === 'document' || scope.name === 'rows' || scope.name === 'tables');
  for (const key of ['when', 'unless', 'require', 'forbid']) verifyCondition(definition[key], types, settings, compiler, onDocument);
}

function verifyNames(scope: ScopeName, names: readonly string[], types: readonly DocumentType[], compiler: Compiler): void {
  const known = knownIn(scope, types);
  if (known !== undefined) for (const name of names) verifyName(name, known, compiler);
}

/** Ids a selector of a scope may name; `undefined` where anything may stand. */
function knownIn(scope: string, types: readonly DocumentType[]): readonly string[] | undefined {
  switch (scope) {
    case 'rows':
    case 'tables':
      return tableIds(types);
    case 'cells':
    case 'columns':
      return types.some((type) => type.tables.some((table) => table.columns.some((column) => column.each))) ? undefined : columnIds(types);
    case 'fields':
      return types.flatMap((type) => type.fields.map((field) => field.id));
    case 'sections':
    case 'sentences':
    case 'lines':
    case 'tasks':
    case 'steps':
      return sectionIds(types);
    default:
      return undefined;
  }
}

function verifyName(name: string, known: readonly string[], compiler: Compiler): void {
  if (anyPart.has(name) || name.includes(':') || name.includes('.') || name.startsWith('$') || known.includes(name)) return;
  const near = nearestOf(name, known);
  compiler.warn('rule.unknown-part',
    near === undefined ? `「${name}」という部分は、この種類の文書にありません。種類の定義にある名前を書いてください。` : `「${name}」という部分は、この種類の文書にありません。「${near}」のことですか。`,
    near === undefined ? `These documents have no part ${name}. Write a name that their type has.` : `These documents have no part ${name}. Did you mean ${near}?`, { about: name, better: near });
}

function verifyCondition(condition: unknown, types: readonly DocumentType[], settings: EffectiveSettings, compiler: Compiler, onDocument: boolean): void {
  if (!isData(condition)) return;
  for (const [key, value] of Object.entries(condition)) {
    if (key === 'any' || key === 'all') {
      for (const part of Array.isArray(value) ? (value as readonly unknown[]) : []) verifyCondition(part, types, settings, compiler, onDocument);
    } else if (key === 'not') verifyCondition(value, types, settings, compiler, onDocument);
    else if (isTextOperator(key)) continue;
    else if (isCollection(key)) verifyCollection(key, value, types, settings, compiler, onDocument);
    else verifyWords(key, value, types, compiler);
  }
}

function verifyCollection(key: string, value: unknown, types: readonly DocumentType[], settings: EffectiveSettings, compiler: Compiler, onDocument: boolean): void {
  const names = isData(value) ? textsOf(value.of ?? []) : textsOf(value);
  if (key === 'documents' || key === 'referenced_by') {
    for (const name of names) {
      const id = name.startsWith('type:') ? name.slice(5) : name;
      if (builtInTypes.has(id) || anyPart.has(id) || id.includes(':') || settings.types.has(id)) continue;
      const near = nearestOf(id, settings.types.keys());
      compiler.warn('rule.unknown-type', near === undefined ? `種類「${id}」がありません。` : `種類「${id}」がありません。「${near}」のことですか。`, near === undefined ? `There is no type ${id}.` : `There is no type ${id}. Did you mean ${near}?`, { about: name, better: near });
    }
  } else if (onDocument && (key === 'sections' || key === 'fields' || key === 'columns' || key === 'tables')) {
    const known = knownIn(key, types);
    if (known !== undefined) for (const name of names) verifyName(name, known, compiler);
  }
}

/** A word that no vocabulary of the rule's types knows for a column or field is one that nobody can have written. */
function verifyWords(subject: string, value: unknown, types: readonly DocumentType[], compiler: Compiler): void {
  if (subject.includes('.')) return;
  const sets = types.flatMap((type) => [...type.fields, ...type.tables.flatMap((table) => table.columns)].flatMap((attribute) => {
    if (attribute.id !== subject) return [];
    return [attribute.words === undefined ? undefined : type.words.get(attribute.words)];
  }));
  if (sets.length === 0 || sets.includes(undefined)) return;
  const known = new Set<string>();
  const ids: string[] = [];
  for (const set of sets) {
    if (set === undefined) continue;
    ids.push(...set.words.keys(), ...set.groups.keys());
    for (const [id, spellings] of set.words) for (const word of [id, ...spellings]) known.add(normalise(word).trim());
    for (const group of set.groups.keys()) known.add(group);
  }
  const map: Data = isData(value) ? value : {};
  const written = isData(value) ? [...textsOf(map.is ?? []), ...textsOf(map.not ?? [])] : textsOf(value);
  for (const word of written) {
    if (compiler.problems.some(({ code, meant }) => code === 'rule.like-state' && meant.about === word)) continue;
    if (states.has(word) || word.startsWith('$') || /^[0-9]/u.test(word) || known.has(normalise(word).trim())) continue;
    const near = nearestOf(word, ids);
    compiler.warn('rule.unknown-word',
      near === undefined ? `「${word}」は「${subject}」の言葉にありません。使えるのは ${ids.slice(0, 12).join('、')} です。` : `「${word}」は「${subject}」の言葉にありません。「${near}」のことですか。`,
      near === undefined ? `${word} is no word of ${subject}. Known: ${ids.slice(0, 12).join(', ')}.` : `${word} is no word of ${subject}. Did you mean ${near}?`, { about: word, better: near });
  }
}

function sectionIds(types: readonly DocumentType[]): readonly string[] {
  return types.flatMap((type) => type.sections.map((section) => section.id));
}

function tableIds(types: readonly DocumentType[]): readonly string[] {
  return types.flatMap((type) => type.tables.map((table) => table.id));
}

function columnIds(types: readonly DocumentType[]): readonly string[] {
  return types.flatMap((type) => type.tables.flatMap((table) => table.columns.map((column) => column.id)));
}
