import type { DocumentType } from '../book/book';
import type { EffectiveSettings } from '../product/settings';
import { nearestOf } from './nearest';
import { textsOf, type Compiler } from './compiler';
import type { CompiledRule } from './rule';
import type { UnitKind } from './unit';

/** Class words and built-in types that a rule may name beside the types of the Book. */
export const builtInTypes: ReadonlySet<string> = new Set(['all', 'untyped', 'register', 'living', 'record', 'checklist', 'page', 'roster', 'waivers', 'gate-record', 'template']);

/** Properties of units that no type file names. */
export const properties: Readonly<Partial<Record<UnitKind, readonly string[]>>> = {
  document: ['heading', 'text', 'class', 'date', 'first_saved', 'last_saved', 'written'],
  field: ['value', 'field', 'column'],
  section: ['content', 'heading', 'title', 'level'],
  table: ['title', 'heading'],
  heading: ['title', 'level', 'heading', 'value'],
  column: ['title', 'value', 'id'],
  cell: ['value', 'column', 'field'],
  task: ['owner', 'due', 'status', 'id', 'text', 'value', 'action'],
  step: ['text', 'value'],
  item: ['text', 'value'],
  sentence: ['text', 'value'],
  line: ['text', 'value'],
  link: ['kind', 'target', 'text', 'to'],
  date: ['value', 'text', 'weekday', 'year'],
  name: ['file', 'folder', 'date', 'value', 'text'],
  product: ['phase', 'size', 'level', 'id'],
  gate: ['gate', 'id', 'previous', 'decision', 'phase', 'size', 'level'],
};

/** Finds what can never be: unknown types, parameters nobody uses. */
export function verify(rule: CompiledRule, compiler: Compiler, settings: EffectiveSettings): void {
  const { types = 'all', except = [] } = rule.source.definition;
  // What lower layers add is told where they do.
  const names = [...textsOf(types), ...textsOf(except)];
  for (const name of names) {
    if (builtInTypes.has(name) || settings.types.has(name)) continue;
    const near = nearestOf(name, settings.types.keys());
    compiler.warn('rule.unknown-type', near === undefined ? `種類「${name}」がありません。` : `種類「${name}」がありません。「${near}」のことですか。`, near === undefined ? `There is no type ${name}.` : `There is no type ${name}. Did you mean ${near}?`, { about: name, better: near });
  }
  const params = rule.source.definition.params;
  if (typeof params === 'object' && params !== null) {
    for (const name of Object.keys(params)) {
      if (!compiler.usedParams.has(name) && rule.parts.every((part) => part.check === undefined)) compiler.warn('rule.unused-param', `値「${name}」が使われていません。`, `The parameter ${name} is not used.`, { about: name });
    }
  }
}

/** The types of the Book that a rule is for; none for a rule on built-in types alone. */
export function targetTypes(rule: CompiledRule, settings: EffectiveSettings): readonly DocumentType[] {
  const all = [...settings.types.values()];
  if (rule.targets.all) return all;
  const { names, except } = rule.targets;
  return all.filter((type) => (names.has(type.id) || names.has(type.class)) && !except.has(type.id) && !except.has(type.class));
}

const namesByType = new WeakMap<EffectiveSettings['types'], ReadonlySet<string>>();

/** Fields and columns of all types: asked once for every subject of every rule. */
export function namesOf({ types }: EffectiveSettings): ReadonlySet<string> {
  const known = namesByType.get(types) ?? new Set([...types.values()].flatMap((type) => [...type.fields.map((field) => field.id), ...type.tables.flatMap((table) => table.columns.map((column) => column.id))]));
  namesByType.set(types, known);
  return known;
}
