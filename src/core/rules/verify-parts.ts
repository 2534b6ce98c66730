import type { Book } from '../book/book';
import type { EffectiveSettings } from '../product/settings';
import { isIsoDay } from '../text/calendar';
import { parseDuration } from '../text/duration';
import { parseNumber } from '../text/number';
import { bookNames, type BookNames } from './book-names';
import { isData, textsOf, type Compiler, type Data } from './compiler';
import { nearestOf } from './nearest';
import type { CompiledRule } from './rule';
import { targetTypes } from './verify';
import { ConditionReader, type ParamUse, type Told } from './verify-conditions';

const conditions = ['when', 'unless', 'require', 'forbid'] as const;

/** Finds names, words, units and days in a rule that nothing has, so that a part of it could never work. */
export function verifyParts(rule: CompiledRule, compiler: Compiler, book: Book, settings: EffectiveSettings): void {
  const { definition } = rule.source;
  const names = bookNames(book, settings);
  const types = targetTypes(rule, settings);
  const uses = new Map<string, ParamUse>();
  // A word that only one of several scopes does not have still works in the others.
  for (const part of ['on', 'in', ...conditions, 'messages']) {
    const readers = rule.parts.map(({ scope }) => {
      const reader = new ConditionReader(names);
      const narrowed = (scope.selector ?? []).filter((one) => one.startsWith('type:'));
      const own = narrowed.length > 0 ? names.typesNamed(narrowed) : scope.kind === 'product' || scope.kind === 'gate' ? names.types : types;
      const asked = { kind: scope.kind, types: own, of: scope.selector };
      if (part === 'on') reader.selector(scope.name, scope.selector ?? [], { kind: scope.kind, types: scope.name === 'document' ? names.types : own });
      else if (part === 'in') reader.places(scope.places ?? [], own);
      else if (part === 'messages') for (const one of listOf(definition.messages)) reader.condition(one.when, asked);
      else reader.condition(definition[part], asked);
      for (const [name, use] of reader.uses) uses.set(name, use);
      return reader.told;
    });
    const [first = [], ...others] = readers;
    const isIn = (told: Told, list: readonly Told[]): boolean => list.some((other) => other.about === told.about && other.code === told.code);
    for (const told of part === 'on' ? readers.flat() : first.filter((one) => others.every((list) => isIn(one, list)))) tell(told, part);
  }
  for (const { of } of listOf(definition.messages)) {
    const keys = isData(definition.require) ? Object.keys(definition.require) : [];
    const name = textsOf(of)[0];
    if (name === undefined || keys.includes(name)) continue;
    const near = nearestOf(name, keys);
    compiler.warn('rule.unknown-part', `require に「${name}」という項目はありません。${near === undefined ? '' : `「${near}」のことですか。`}`, `require has no key ${name}.${near === undefined ? '' : ` Did you mean ${near}?`}`, { about: name, under: 'messages', better: near });
  }
  verifyParams(definition, uses, names, compiler);
  verifySeverity(definition.severity, names, compiler);
  verifyDays(definition, compiler);
  verifyContext(definition, names, compiler);

  function tell({ code, ja, en, about, better }: Told, under: string): void {
    if (compiler.problems.some(({ meant }) => meant.about === about && meant.under === under) || compiler.problems.some((problem) => problem.code === 'rule.like-state' && problem.meant.about === about)) return;
    compiler.warn(code, ja, en, { about, under, better });
  }
}

function listOf(value: unknown): readonly Data[] {
  return Array.isArray(value) ? (value as readonly unknown[]).filter(isData) : [];
}

/** Values of parameters that cannot be what they are used as. */
function verifyParams({ params }: Data, uses: ReadonlyMap<string, ParamUse>, names: BookNames, compiler: Compiler): void {
  if (!isData(params)) return;
  for (const [name, param] of Object.entries(params)) {
    const use = uses.get(name);
    const byType = isData(param) && isData(param.types) ? param.types : {};
    for (const type of Object.keys(byType)) if (!names.isType(type)) unknownType(type, 'params', names, compiler);
    if (use === undefined) continue;
    for (const value of isData(param) ? [param.default, param.min, param.max, ...Object.values(byType)] : [param]) {
      if (typeof value !== 'string' && typeof value !== 'number') continue;
      const fault = paramFaultOf(use, value);
      if (fault !== undefined) compiler.warn('rule.bad-param', `params の ${name}：${fault[0]}`, `Parameter ${name}: ${fault[1]}`, { about: String(value), under: 'params' });
    }
  }
}

/** Why a value cannot be used as a duration or number, in both languages. */
function paramFaultOf(use: ParamUse, value: string | number): readonly [string, string] | undefined {
  if (use === 'duration') {
    return typeof value === 'string' && parseDuration(value) !== undefined ? undefined
      : [`「${String(value)}」は期間として読めません。30 days、3 business days、2 weeks、1 month のように書きます。`, `"${String(value)}" is not a duration. Write 30 days, 3 business days, 2 weeks or 1 month.`];
  }
  return typeof value === 'number' || parseNumber(value) !== undefined ? undefined : [`「${value}」は数として読めません。`, `"${value}" is not a number.`];
}

/** Types and parts in the table of severities. */
function verifySeverity(severity: unknown, names: BookNames, compiler: Compiler): void {
  if (!isData(severity)) return;
  for (const type of Object.keys(isData(severity.types) ? severity.types : {})) if (!names.isType(type)) unknownType(type, 'severity', names, compiler);
  for (const part of Object.keys(isData(severity.missing) ? severity.missing : {})) {
    if (names.attributeIds.has(part) || names.sectionIds.has(part)) continue;
    const near = nearestOf(part, [...names.sectionIds, ...names.attributeIds]);
    compiler.warn('rule.unknown-part', `severity の「${part}」という見出しや項目、列はどの種類にもありません。${near === undefined ? '' : `「${near}」のことですか。`}`,
      `No type has a section, field or column ${part}, which severity names.${near === undefined ? '' : ` Did you mean ${near}?`}`, { about: part, under: 'severity', better: near });
  }
}

function unknownType(type: string, under: string, names: BookNames, compiler: Compiler): void {
  const near = nearestOf(type, names.typeNames);
  compiler.warn('rule.unknown-type', `種類「${type}」がありません。${near === undefined ? '' : `「${near}」のことですか。`}`, `There is no type ${type}.${near === undefined ? '' : ` Did you mean ${near}?`}`, { about: type, under, better: near });
}

/** Days that no calendar has: a rule announced for one never comes into force. */
function verifyDays({ stage, applies, today, good, bad }: Data, compiler: Compiler): void {
  const examples = [good, bad].flatMap((value) => (Array.isArray(value) ? (value as readonly unknown[]) : [value])).filter(isData);
  const saved = examples.flatMap((example) => (isData(example.saved) ? [example.saved.first, example.saved.last] : []));
  const days: readonly (readonly [string, unknown])[] = [
    ['stage', isData(stage) ? stage.announced : undefined], ['applies', isData(applies) ? applies.since : undefined], ['today', today],
    ...[good, bad].flatMap((_, i) => examples.map((example) => [i === 0 ? 'good' : 'bad', example.today] as const)),
    ...saved.map((day) => ['bad', day] as const),
  ];
  const told = new Set<string>();
  for (const [under, value] of days) {
    const day = textsOf(value)[0];
    if (day === undefined || isIsoDay(day) || told.has(day)) continue;
    told.add(day);
    compiler.warn('rule.not-a-day', `「${day}」という日はありません。日付は 2026-12-31 の形で書きます。`, `There is no day ${day}. Days are written like 2026-12-31.`, { about: day, under });
  }
}

/** What an example says of where it stands: names of types, phases and gates. */
function verifyContext({ good, bad, applies }: Data, names: BookNames, compiler: Compiler): void {
  if (isData(applies) && applies.roles !== undefined) {
    compiler.warn('rule.not-read', 'applies の roles は読まれません。決まりはどの役割の人にも効きます。消してください。', 'roles in applies is not read: the rule holds for every role. Remove it.', { about: 'roles', under: 'applies' });
  }
  const { phases, gates } = names.book.lifecycle;
  for (const [under, value] of [['good', good], ['bad', bad]] as const) {
    for (const example of (Array.isArray(value) ? (value as readonly unknown[]) : [value]).filter(isData)) {
      const isForm = example.row !== undefined || example.rows !== undefined || example.text !== undefined || example.name !== undefined || example.files !== undefined;
      for (const [key, known, ja, en] of [
        ['type', isForm ? names.typeNames : undefined, '文書の種類', 'document type'], ['phase', phases.map(({ id }) => id), '工程', 'phase'], ['gate', gates.map(({ id }) => id), 'ゲート', 'gate'],
      ] as const) {
        const word = textsOf(example[key])[0];
        if (word === undefined || known === undefined || known.length === 0 || known.includes(word)) continue;
        const near = nearestOf(word, known);
        compiler.warn('rule.unknown-example-key', `例の「${word}」という${ja}はありません。${near === undefined ? '' : `「${near}」のことですか。`}`, `Examples name the ${en} ${word}, which does not exist.${near === undefined ? '' : ` Did you mean ${near}?`}`, { about: word, under, better: near });
      }
    }
  }
}
