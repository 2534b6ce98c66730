import type { DocumentType } from '../book/book';
import type { EffectiveSettings } from '../product/settings';
import { isData, textsOf, type Compiler } from './compiler';
import type { FixDefinition } from './fixes/definition';
import { messageValues, namesIn } from './messages';
import { nearestOf } from './nearest';
import type { CompiledRule } from './rule';
import { namesOf, properties, targetTypes } from './verify';

/** What `mark` may say beside the names of columns and fields. */
const marks: readonly string[] = ['match', 'row', 'heading', 'section', 'name'];

/** Finds names that nothing has in what a rule says, underlines and repairs: they would be blanks in front of people. */
export function verifyNames(rule: CompiledRule, compiler: Compiler, settings: EffectiveSettings): void {
  const types = targetTypes(rule, settings);
  verifyMessage(rule, compiler, settings, types);
  // Built-in types have columns that no file names.
  if (types.length === 0) return;
  const own = rule.parts.flatMap(({ scope }) => properties[scope.kind] ?? []);
  const names = [...namesOf(settings), ...own];
  if (rule.mark !== undefined) expect(rule.mark, [...marks, ...names], 'mark', compiler);
  for (const fix of rule.fixes) verifyFix(fix, names, settings, compiler);
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
  for (const [key, parts] of [['message', rule.message.ja], ['message_en', rule.message.en]] as const) {
    const text = textsOf(definition[key])[0];
    if (text === undefined) continue;
    const tell = (name: string, near: string | undefined): void => {
      compiler.warn('rule.unknown-value',
        `${key} の「{${name}}」という値はありません。${near === undefined ? 'そのままでは空欄に見えます。列や項目の id か、{match} などの値を書いてください。' : `「{${near}}」のことですか。`}`,
        `There is no value {${name}} for ${key}.${near === undefined ? ' Write the id of a column or field, or a value like {match}.' : ` Did you mean {${near}}?`}`, { about: key });
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
