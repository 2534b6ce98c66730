import type { DocumentType } from '../book/book';
import { nearest } from '../book/problems';
import type { EffectiveSettings } from '../product/settings';
import { isCollection } from './collections';
import { isData, textsOf, type Compiler } from './compiler';
import type { FixDefinition } from './fixes/definition';
import { messageValues, namesIn } from './messages';
import { nearestOf } from './nearest';
import { states } from './predicates';
import type { CompiledRule } from './rule';
import { isTextOperator } from './text-operators';
import { namesOf, properties, targetTypes } from './verify';

/** What `mark` may say beside the names of columns and fields. */
const marks: readonly string[] = ['match', 'row', 'heading', 'section', 'name', 'text'];

/** Finds names that nothing has in what a rule says, underlines and repairs: they would be blanks in front of people. */
export function verifyNames(rule: CompiledRule, compiler: Compiler, settings: EffectiveSettings): void {
  const types = targetTypes(rule, settings);
  verifyMessage(rule, compiler, settings, types);
  const { definition } = rule.source;
  for (const key of ['when', 'unless', 'require', 'forbid']) verifyStates(definition[key], settings, compiler);
  for (const key of ['when', 'unless', 'require', 'forbid']) verifyValid(definition[key], definition.on, types, compiler);
  // Built-in types have columns that no file names.
  if (types.length === 0) return;
  const own = rule.parts.flatMap(({ scope }) => properties[scope.kind] ?? []);
  const names = [...namesOf(settings), ...own];
  if (rule.mark !== undefined) expect(rule.mark, [...marks, ...names], 'mark', compiler);
  for (const fix of rule.fixes) verifyFix(fix, names, settings, compiler);
}

/** What people write for a state. */
const saidFor: ReadonlyMap<string, string> = new Map([
  ['空でない', 'filled'], ['空ではない', 'filled'], ['空欄でない', 'filled'], ['記入済み', 'filled'], ['記入あり', 'filled'], ['入力済み', 'filled'], ['必須', 'filled'],
  ['空', 'empty'], ['空欄', 'empty'], ['未記入', 'empty'], ['正しい', 'valid'], ['存在する', 'exists'], ['1人', 'single'], ['一人', 'single'], ['休日', 'holiday'],
]);

/** Words of conditions that look like a mistyped state: as words they would be compared with what people write, and hold never. */
function verifyStates(condition: unknown, settings: EffectiveSettings, compiler: Compiler): void {
  if (Array.isArray(condition)) {
    for (const part of condition as readonly unknown[]) verifyStates(part, settings, compiler);
    return;
  }
  if (!isData(condition)) return;
  for (const [key, value] of Object.entries(condition)) {
    if (isTextOperator(key)) continue;
    if (['any', 'all', 'not', 'where', 'every'].includes(key)) verifyStates(value, settings, compiler);
    else if (isCollection(key)) verifyStates(isData(value) ? { where: value.where, every: value.every } : undefined, settings, compiler);
    else {
      for (const word of isData(value) ? [...textsOf(value.is), ...textsOf(value.not)] : textsOf(value)) {
        const meant = saidFor.get(word) ?? oneEditFrom(word);
        if (meant !== undefined && !isWordOf(key, word, settings)) compiler.warn('rule.like-state', `「${key}: ${word}」は、書かれた言葉が「${word}」かどうかを調べます。「${meant}」のことですか。`,
          `"${key}: ${word}" asks whether the word "${word}" is written. Did you mean "${meant}"?`, { about: word, better: meant });
      }
    }
  }
}

/** `valid` of a person: a name has no form, so that it would be answered never. */
function verifyValid(condition: unknown, scope: unknown, types: readonly DocumentType[], compiler: Compiler): void {
  if (Array.isArray(condition)) {
    for (const part of condition as readonly unknown[]) verifyValid(part, scope, types, compiler);
    return;
  }
  if (!isData(condition)) return;
  for (const [key, value] of Object.entries(condition)) {
    if (['any', 'all', 'not', 'where', 'every'].includes(key)) verifyValid(value, scope, types, compiler);
    else if (isCollection(key)) verifyValid(isData(value) ? { where: value.where, every: value.every } : undefined, isData(value) ? { [key]: value.of } : undefined, types, compiler);
    else if ((value === 'valid' || (isData(value) && value.valid === true)) && namesOfSubject(key, scope).some((name) => isOfPeople(name, types))) {
      compiler.warn('rule.valid-person', `「${key}: valid」は、人の名前には何も調べません（名前に決まった形はありません）。名簿にあるかを調べるには「${key}: exists」と書きます。`,
        `"${key}: valid" asks nothing of a person: names have no form. Write "${key}: exists" to ask whether the roster has them.`, { about: key });
    }
  }
}

/** Columns and fields that a subject stands for: itself, or for `value` those that the scope names. */
function namesOfSubject(subject: string, scope: unknown): readonly string[] {
  if (subject !== 'value') return [subject];
  return isData(scope) ? [...textsOf(scope.cells), ...textsOf(scope.fields)] : [];
}

function isOfPeople(name: string, types: readonly DocumentType[]): boolean {
  const id = name.split('.').at(-1);
  const kinds = id?.startsWith('kind:') === true ? [id.slice('kind:'.length)]
    : types.flatMap((type) => [...type.fields, ...type.tables.flatMap((table) => table.columns)]).flatMap((attribute) => (attribute.id === id ? [attribute.kind] : []));
  return kinds.length > 0 && kinds.every((kind) => kind === 'person' || kind === 'people');
}

function oneEditFrom(word: string): string | undefined {
  return (states as readonly string[]).includes(word) ? undefined : states.find((state) => Math.abs(state.length - word.length) <= 1 && nearest(word, [state], 1) === state);
}

/** Whether a vocabulary of a column or field has a word. */
function isWordOf(subject: string, word: string, { types }: EffectiveSettings): boolean {
  const name = subject.split('.').at(-1);
  return [...types.values()].some((type) => [...type.fields, ...type.tables.flatMap((table) => table.columns)].some(({ id, words }) => {
    const set = id === name && words !== undefined ? type.words.get(words) : undefined;
    return set !== undefined && (set.words.has(word) || set.groups.has(word) || [...set.words.values()].some((spellings) => spellings.includes(word)));
  }));
}

function verifyFix({ verb, value, values, names: listed }: FixDefinition, names: readonly string[], settings: EffectiveSettings, compiler: Compiler): void {
  const sections = [...settings.types.values()].flatMap((type) => type.sections.map(({ id }) => id));
  switch (verb) {
    case 'fill':
    case 'set_field':
      for (const [name] of values) expect(name, names, 'fix', compiler);
      break;
    case 'swap':
      for (const name of listed) expect(name, names, 'fix', compiler);
      break;
    case 'insert_field':
      if (value !== '' && value !== 'missing') expect(value, names, 'fix', compiler);
      break;
    case 'insert_section':
      if (value !== '' && value !== 'missing') expect(value, sections, 'fix', compiler);
      break;
    default:
      break;
  }
}

function expect(name: string, known: readonly string[], key: 'mark' | 'fix', compiler: Compiler): void {
  if (known.includes(name)) return;
  const near = nearestOf(name, known);
  compiler.warn('rule.unknown-name',
    `${key} の「${name}」という列や項目、見出しはどの種類にもありません。${near === undefined ? '種類の定義にある id を書いてください。' : `「${near}」のことですか。`}`,
    `No type has a column, field or section ${name}, which ${key} names.${near === undefined ? ' Write an id that a type has.' : ` Did you mean ${near}?`}`, { about: name, under: key, better: near });
}

function verifyMessage(rule: CompiledRule, compiler: Compiler, settings: EffectiveSettings, types: readonly DocumentType[]): void {
  const { definition } = rule.source;
  const params = isData(definition.params) ? Object.keys(definition.params) : [];
  const own = rule.parts.flatMap(({ scope }) => properties[scope.kind] ?? []);
  const known = new Set([...messageValues, ...own, ...namesOf(settings)]);
  const situations = Array.isArray(definition.messages) ? (definition.messages as readonly unknown[]).filter(isData) : [];
  const messages = [[definition, rule.message] as const, ...rule.situations.map((situation, i) => [situations[i] ?? {}, situation.message] as const)];
  for (const [source, key, parts] of messages.flatMap(([source, { ja, en }]) => [[source, 'message', ja], [source, 'message_en', en]] as const)) {
    const text = textsOf(source[key])[0];
    if (text === undefined) continue;
    const tell = (name: string, near: string | undefined): void => {
      compiler.warn('rule.unknown-value',
        `${key} の「{${name}}」という値はありません。${near === undefined ? 'そのままでは空欄に見えます。列や項目の id か、{match} などの値を書いてください。' : `「{${near}}」のことですか。`}`,
        `There is no value {${name}} for ${key}.${near === undefined ? ' Write the id of a column or field, or a value like {match}.' : ` Did you mean {${near}}?`}`, source === definition ? { about: key } : { about: text, under: 'messages' });
    };
    for (const name of new Set(namesIn(parts))) {
      const [first = '', second] = name.split('.');
      if (name.startsWith('$') || (second === undefined ? known.has(name) : first === 'document' || first === 'product' || known.has(first))) continue;
      if (types.length === 0 && second === undefined && nearestOf(name, messageValues) === undefined) continue;
      tell(name, params.includes(name) ? `$${name}` : nearestOf(name, [...messageValues, ...attributesOf(types), ...known]));
    }
    // What is in braces and no name is shown as it stands: mostly a title where the id belongs.
    for (const [, word = ''] of text.matchAll(/\{([^{}\n]{1,40})\}/gu)) {
      if (/^\$?[a-z_]+(?:\.[a-z_]+)?$/u.test(word)) continue;
      tell(word, idOfTitle(word.trim(), types.length > 0 ? types : [...settings.types.values()]) ?? nearestOf(word, known));
    }
  }
}

function attributesOf(types: readonly DocumentType[]): readonly string[] {
  return types.flatMap((type) => [...type.fields, ...type.tables.flatMap((table) => table.columns)].map(({ id }) => id));
}

/** The id of a column, field or section that people know by its title. */
export function idOfTitle(title: string, types: readonly DocumentType[]): string | undefined {
  for (const type of types) {
    for (const part of [...type.tables.flatMap((table) => table.columns), ...type.fields, ...type.sections]) {
      if (part.title === title || part.aliases.includes(title)) return part.id;
    }
  }
  return undefined;
}
