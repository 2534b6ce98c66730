import type { Book, BookProblem, RuleSource } from '../book/book';
import type { EffectiveSettings, RuleSetting } from '../product/settings';
import { checks } from './checks/index';
import { Compiler, isData, textsOf, type Data } from './compiler';
import { compileCondition, possibleOf, type CompiledCondition } from './conditions';
import type { ParamValue } from './env';
import { readFixes, type FixDefinition } from './fixes/definition';
import { readMessage, type MessageTemplate } from './messages';
import type { Applies, CompiledRule, RulePart, RuleSet, Situation, Targets } from './rule';
import { kindOf, readsSource, scopeNames, type Scope, type ScopeName } from './scopes';
import { verifyReach } from './reach';
import { verify } from './verify';
import { verifyExamples } from './verify-examples';
import { verifyFixValues } from './verify-fixes';
import { verifyNames } from './verify-names';
import { verifyParts } from './verify-parts';
import { WordScanner } from './words';

/**
 * Compiles the rules of a product. Never throws: a rule that cannot be understood is a problem at its place in the Book
 * and left out. Rules that are off, drafts or retired are compiled too, so that their files are checked, but not kept.
 */
export function compileRules(book: Book, settings: EffectiveSettings): RuleSet {
  const scanner = new WordScanner();
  const rules: CompiledRule[] = [];
  const problems: BookProblem[] = [];
  for (const source of settings.rules) {
    const setting = settings.ruleSetting(source.id);
    if (setting === undefined) continue;
    const compiled = compileRule(source, setting, scanner, settings, source.origin.layer === book.id ? book : undefined);
    problems.push(...compiled.problems);
    if (compiled.rule !== undefined && isLive(setting)) rules.push(compiled.rule);
  }
  rules.sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return { book, settings, scanner, rules, problems };
}

function isLive(setting: RuleSetting): boolean {
  return setting.state === 'on' || setting.state === 'announced' || setting.state === 'above_level';
}

/**
 * Compiles one rule; its words go into the scanner.
 * @param book to look whether it has the names that the rule uses; `undefined` for a rule of a Book below it, whose types may be replaced
 */
export function compileRule(
  source: RuleSource, setting: RuleSetting, scanner: WordScanner, settings: EffectiveSettings, book?: Book,
): { readonly rule: CompiledRule | undefined; readonly problems: readonly BookProblem[] } {
  const { definition } = source;
  const params = isData(definition.params) ? definition.params : {};
  const compiler = new Compiler(scanner, new Set(Object.keys(params)), setting.addWords, setting.removeWords);
  const scopes = readScopes(definition, compiler);
  const parts = scopes.map((scope) => compilePart(scope, definition, compiler));
  const situations = readSituations(definition.messages, scopes, compiler);
  const { staysInUnit } = compiler;
  const message = readMessage(textsOf(definition.message)[0] ?? '', textsOf(definition.message_en)[0], compiler);
  const fixes = readFixes(definition.fix, compiler);
  const rule: CompiledRule = {
    id: source.id, source, setting,
    parts, message, situations, fixes, staysInUnit,
    speaksOfUnit: speaksOfUnit([message, ...situations.map((situation) => situation.message)], fixes),
    targets: readTargets(definition, setting),
    applies: readApplies(definition.applies),
    pick: readPick(definition.pick, compiler),
    mark: textsOf(definition.mark)[0],
    aboutBlanks: JSON.stringify([definition.forbid, definition.require]).includes('"placeholder"'),
    paramsFor: paramsOf(params, setting.params),
    cost: compiler.cost,
  };
  verify(rule, compiler, settings);
  verifyNames(rule, compiler, settings);
  verifyReach(rule, compiler, settings);
  if (book !== undefined) {
    verifyParts(rule, compiler, book, settings);
    verifyFixValues(rule, compiler, book, settings);
  }
  verifyExamples(rule, compiler, settings);
  const problems = compiler.problems.map((problem): BookProblem => ({
    path: source.origin.path,
    span: source.origin.span,
    severity: problem.severity,
    code: problem.code,
    message: { text: `${source.id}：${problem.text}`, en: `${source.id}: ${problem.en}` },
    ...(problem.meant.about === undefined ? {} : { about: problem.meant.about }),
    ...(problem.meant.under === undefined ? {} : { under: problem.meant.under }),
    ...(problem.meant.better === undefined ? {} : { better: problem.meant.better }),
  }));
  return { rule: compiler.problems.some((problem) => problem.severity === 'error') ? undefined : rule, problems };
}

/** The scopes of a rule, for its examples. */
export function readScopesOf(definition: Data): readonly Scope[] {
  return readScopes(definition, new Compiler(new WordScanner(), new Set(), [], []));
}

function readScopes(definition: Data, compiler: Compiler): readonly Scope[] {
  const on = definition.on;
  const entries: readonly (readonly [string, unknown])[] = isData(on) ? Object.entries(on) : [[textsOf(on)[0] ?? '', undefined]];
  const places = definition.in === undefined ? undefined : textsOf(definition.in);
  const everyTable = textsOf(definition.types).includes('all');
  return entries.flatMap(([name, selector]) => {
    const scope: ScopeName | undefined = scopeNames.find((each) => each === name);
    if (scope === undefined) {
      compiler.fail('rule.unknown-scope', `on の「${name}」はありません。`, `There is no scope ${name}.`, { about: name });
      return [];
    }
    if (scope === 'product' || scope === 'gate') compiler.needsIndex();
    const narrowed = selector === undefined ? undefined : textsOf(selector);
    return [{ name: scope, kind: kindOf(scope), selector: narrowed, places, everyTable, key: JSON.stringify(['scope', scope, narrowed, places, everyTable]) }];
  });
}

function compilePart(scope: Scope, definition: Data, compiler: Compiler): RulePart {
  const given = ['require', 'forbid', 'check'].filter((key) => definition[key] !== undefined);
  if (given.length !== 1) compiler.fail('rule.one-of', 'require、forbid、check のどれか1つを書きます。', 'Write one of require, forbid and check.');
  const condition = (key: string): CompiledCondition | undefined =>
    definition[key] === undefined ? undefined : compileCondition(definition[key], compiler, scope.kind);
  const when = condition('when');
  const unless = condition('unless');
  const require = condition('require');
  const forbidden = condition('forbid');
  const forbid = forbidden?.keys[0];
  if (forbidden !== undefined && forbidden.keys.length > 1) {
    compiler.fail('rule.forbid-one', 'forbid に書けるのは1つの条件です。複数は all か any にまとめます。', 'forbid takes one key; use all or any for more.');
  }
  const name = textsOf(definition.check)[0];
  const check = name === undefined ? undefined : checks[name];
  if (name !== undefined && check === undefined) compiler.fail('rule.unknown-check', `check の「${name}」はありません。`, `There is no check ${name}.`, { about: name });
  if (name === 'same_content') compiler.needsIndex();
  if (name !== undefined && name !== 'row_width') compiler.looksBeyond();
  const possible = readsSource(scope) ? (forbid?.possible ?? (when === undefined ? undefined : possibleOf(when))) : undefined;
  return { scope, when, unless, require, forbid, check, possible };
}

/** Verbs of fixes that write into the unit itself; where they really write is looked at with each finding. */
const ownVerbs: ReadonlySet<string> = new Set(['replace', 'fill', 'append', 'delete', 'mask', 'swap', 'repair']);

function speaksOfUnit(messages: readonly MessageTemplate[], fixes: readonly FixDefinition[]): boolean {
  // The next number hangs on all rows.
  const names = messages.flatMap((message) => [...message.ja, ...message.en]).flatMap((part) => ('name' in part ? [part.name] : []));
  return !names.includes('next_id') &&
    fixes.every((fix) => ownVerbs.has(fix.verb) && fix.value !== 'next_id' && fix.values.every(([, value]) => value !== 'next_id'));
}

/** `messages: [{ when, message, message_en }]`: what a rule says of one of several causes. */
function readSituations(value: unknown, scopes: readonly Scope[], compiler: Compiler): readonly Situation[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  return list.filter(isData).map(({ of, when, message, message_en: english }) => ({
    of: textsOf(of)[0],
    holds: when === undefined ? undefined : new Map(scopes.map(({ kind }) => [kind, compileCondition(when, compiler, kind).test])),
    message: readMessage(textsOf(message)[0] ?? '', textsOf(english)[0], compiler),
  }));
}

function readTargets(definition: Data, setting: RuleSetting): Targets {
  const given = textsOf(definition.types ?? 'all');
  const names = new Set([...given, ...setting.addTypes].filter((name) => !setting.removeTypes.includes(name)));
  return { all: names.has('all'), untyped: names.has('untyped'), names, except: new Set([...textsOf(definition.except ?? []), ...setting.removeTypes]) };
}

function readApplies(value: unknown): Applies | undefined {
  if (!isData(value)) return undefined;
  const texts = (key: string) => (value[key] === undefined ? [] : textsOf(value[key]));
  return { phases: texts('phases'), from: texts('from')[0], to: texts('to')[0], sizes: texts('sizes'), products: texts('products'), gates: texts('gates'), since: texts('since')[0] };
}

function readPick(value: unknown, compiler: Compiler): CompiledRule['pick'] {
  if (value === undefined) return undefined;
  if (value === 'first' || value === 'last') return value;
  if (value === 'newest') {
    compiler.needsIndex();
    return value;
  }
  compiler.fail('rule.unknown-pick', 'pick は first、last、newest のどれかです。', 'pick is first, last or newest.');
  return undefined;
}

function paramsOf(params: Data, changed: Readonly<Record<string, ParamValue>>): (type: string) => ReadonlyMap<string, ParamValue> {
  const memory = new Map<string, ReadonlyMap<string, ParamValue>>();
  return (type) => {
    let known = memory.get(type);
    if (known === undefined) {
      known = new Map(Object.entries(params).flatMap(([name, value]) => {
        const own = changed[name] ?? paramFor(value, type);
        return own === undefined ? [] : [[name, own] as const];
      }));
      memory.set(type, known);
    }
    return known;
  };
}

function paramFor(value: unknown, type: string): ParamValue | undefined {
  if (typeof value === 'string' || typeof value === 'number') return value;
  if (!isData(value)) return undefined;
  const byType = isData(value.types) ? value.types[type] : undefined;
  const chosen = byType ?? value.default;
  return typeof chosen === 'string' || typeof chosen === 'number' ? chosen : undefined;
}
