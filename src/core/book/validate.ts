import { Validator } from '@cfworker/json-schema';
import type { OutputUnit, Schema } from '@cfworker/json-schema';
import type { BookProblem, Severity } from './book';
import { entriesOf, isData, textOf, wordsOf, type Data } from './data';
import { nearest, problem } from './problems';
import bookSchema from './schemas/book.schema.json';
import kitSchema from './schemas/kit.schema.json';
import koboSchema from './schemas/kobo.schema.json';
import lifecycleSchema from './schemas/lifecycle.schema.json';
import overlaySchema from './schemas/overlay.schema.json';
import pageSchema from './schemas/page.schema.json';
import ruleSchema from './schemas/rule.schema.json';
import templateSchema from './schemas/template.schema.json';
import termsSchema from './schemas/terms.schema.json';
import typeSchema from './schemas/type.schema.json';
import type { YamlPath, YamlSource } from './yaml-source';

const schemas = {
  book: bookSchema, kit: kitSchema, kobo: koboSchema, lifecycle: lifecycleSchema, overlay: overlaySchema, page: pageSchema,
  rule: ruleSchema, template: templateSchema, terms: termsSchema, type: typeSchema,
} as const;

export type SchemaName = keyof typeof schemas;

/** What a value is checked against: a whole file, or one rule of a rule file. */
export type Shape = SchemaName | 'one-rule';

/** The schema of a kind of file as plain data. */
export function schemaNamed(name: SchemaName): Data {
  return schemas[name];
}

/** A base of our own, so that references between schemas resolve alike in every host. */
const base = 'kobo:/schemas/';
const mostProblems = 20;

const validators = new Map<string, Validator>();
const copies = new Map<SchemaName, Schema>();

/** The validator marks the schemas it reads, hence one copy of each; its marks are alike in all of ours. */
function copyOf(name: SchemaName): Schema {
  const known = copies.get(name);
  if (known) return known;
  const made = { ...(JSON.parse(JSON.stringify(schemas[name])) as Schema), $id: `${base}${name}.schema.json` };
  copies.set(name, made);
  return made;
}

function validatorOf(shape: Shape, all: boolean): Validator {
  const key = `${shape} ${all}`;
  const known = validators.get(key);
  if (known) return known;
  const main = shape === 'one-rule' ? { $id: `${base}one-rule`, $ref: 'rule.schema.json#/$defs/rule' } : copyOf(shape);
  const made = new Validator(main, '2020-12', !all);
  for (const name of Object.keys(schemas) as SchemaName[]) if (name !== shape) made.addSchema(copyOf(name));
  validators.set(key, made);
  return made;
}

/** True when `value` has the shape its schema asks for. Stops at the first fault. */
export function hasShape(shape: Shape, value: unknown): boolean {
  return faultsOf(shape, value, false).length === 0;
}

function faultsOf(shape: Shape, value: unknown, all: boolean): readonly OutputUnit[] {
  try {
    return validatorOf(shape, all).validate(value).errors;
  } catch {
    // The validator encodes names as URIs, which lone surrogates are not.
    return [{ keyword: 'unreadable', keywordLocation: '#', instanceLocation: '#', error: '' }];
  }
}

/**
 * Every fault of `value`, at its place in the YAML, in plain words and in their order there; at most 20.
 * @param at where `value` stands in `source`.
 */
export function shapeProblems(
  shape: Shape, value: unknown, path: string, source: Pick<YamlSource, 'spanOf'>, at: YamlPath = [], severity: Severity = 'error',
): readonly BookProblem[] {
  if (hasShape(shape, value)) return [];
  const faults = leaves(placed(faultsOf(shape, value, true)));
  const seen = new Set<string>();
  const found: BookProblem[] = [];
  for (const fault of faults) {
    const steps = pointerSteps(fault.instanceLocation);
    const words = describe(fault, steps, shape, value);
    const key = `${fault.instanceLocation} ${words.code} ${words.ja}`;
    if (seen.has(key)) continue;
    seen.add(key);
    const span = source.spanOf([...at, ...steps], words.onKey ? 'key' : 'value');
    found.push(problem(path, span, severity, words.code, words.ja, words.en, { about: words.about, under: words.about === undefined ? undefined : steps.map(String).findLast((step) => step !== words.about && !/^\d+$/u.test(step)), better: words.better }));
    if (found.length === mostProblems) break;
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

const wrappers: ReadonlySet<string> = new Set([
  'properties', 'additionalProperties', 'patternProperties', 'propertyNames', 'items', 'prefixItems', '$ref', 'allOf',
]);

/** The validator gives a refused key the place of the instance; what refused it is the wrapper before it. */
function placed(units: readonly OutputUnit[]): readonly OutputUnit[] {
  return units.map((unit, i) => (unit.keyword === 'false' ? { ...unit, keywordLocation: `${units[i - 1]?.keywordLocation ?? '#'}/false` } : unit));
}

/** The faults that mean something: wrappers dropped, of alternatives only the one that was meant. */
function leaves(units: readonly OutputUnit[]): OutputUnit[] {
  const found: OutputUnit[] = [];
  for (let i = 0; i < units.length; i++) {
    const unit = units[i];
    if (!unit || wrappers.has(unit.keyword)) continue;
    if (unit.keyword !== 'anyOf' && unit.keyword !== 'oneOf') {
      found.push(unit);
      continue;
    }
    const prefix = `${unit.keywordLocation}/`;
    const branches = new Map<string, OutputUnit[]>();
    while (units[i + 1]?.keywordLocation.startsWith(prefix)) {
      const inner = units[++i];
      if (!inner) break;
      const branch = inner.keywordLocation.slice(prefix.length).split('/', 1)[0] ?? '';
      branches.set(branch, [...(branches.get(branch) ?? []), inner]);
    }
    // Of keys that rule each other out, none is the one that was meant.
    const meant = unit.keyword === 'oneOf' ? undefined : meantBranch(unit, [...branches.values()]);
    found.push(...(meant ? leaves(meant) : [unit]));
  }
  return found;
}

/** The alternative whose outer form fits, so that the fault lies inside it; `undefined` when none fits. */
function meantBranch(union: OutputUnit, branches: readonly OutputUnit[][]): OutputUnit[] | undefined {
  const here = (branch: readonly OutputUnit[], keywords: readonly string[]) =>
    branch.some((unit) => unit.instanceLocation === union.instanceLocation && keywords.includes(unit.keyword));
  const ofKind = branches.filter((branch) => !here(branch, ['type']));
  if (ofKind.length === 1) return ofKind[0];
  const fitting = branches.filter((branch) => !here(branch, ['type', 'enum', 'const', 'required', 'pattern']));
  if (fitting.length === 1) return fitting[0];
  const deepest = branches.filter((branch) => branch.some((unit) => unit.instanceLocation.length > union.instanceLocation.length));
  return deepest.length === 1 ? deepest[0] : undefined;
}

interface Description {
  readonly code: string;
  readonly ja: string;
  readonly en: string;
  readonly onKey: boolean;
  /** A word that is no id: maybe a title, for which the Book has one. */
  readonly about?: string | undefined;
  /** The name that was probably meant. */
  readonly better?: string | undefined;
}

function describe(fault: OutputUnit, steps: YamlPath, shape: Shape, value: unknown): Description {
  const keyword = fault.keyword;
  const name = String(steps.at(-1) ?? '');
  const node = schemaAt(shape, fault.keywordLocation);
  const here = valueAt(value, steps);
  const written = textOf(here);
  if (keyword === 'not') {
    return { code: 'reserved', ja: `「${name}」は将来のための言葉で、まだ使えません。`, en: `"${name}" is reserved and cannot be used yet.`, onKey: true };
  }
  if (keyword === 'false') {
    const known = Object.keys(entriesMap(schemaAt(shape, parentOf(parentOf(fault.keywordLocation))), 'properties'));
    const near = saidForKey.get(name)?.find((key) => known.includes(key)) ?? nearest(name, known);
    const elsewhere = near === undefined ? keyElsewhere(shape, steps) : undefined;
    if (elsewhere !== undefined) return { code: 'unknown-key', ...elsewhere, onKey: true };
    return {
      code: 'unknown-key',
      ja: near ? `「${name}」という項目はありません。「${near}」のことですか。` : `「${name}」という項目はありません。使えるのは ${known.join('、')} です。`,
      en: near ? `There is no key "${name}". Did you mean "${near}"?` : `There is no key "${name}". Known keys: ${known.join(', ')}.`,
      onKey: true,
      better: near,
    };
  }
  if (keyword === 'required') {
    const missing = wordsOf(node).filter((key) => !isData(here) || !(key in here));
    return { code: 'missing-key', ja: `「${missing.join('」「')}」がありません。書き足してください。`, en: `"${missing.join('", "')}" is missing. Add it.`, onKey: true };
  }
  if (keyword === 'oneOf') {
    return { code: 'one-of', ja: 'require、forbid、check のうち、どれか1つだけを書きます。', en: 'Write exactly one of require, forbid and check.', onKey: true };
  }
  if (keyword === 'enum' || keyword === 'const') {
    const allowed = (Array.isArray(node) ? node : [node]).map(String);
    const isKey = fault.keywordLocation.includes('/propertyNames');
    const word = isKey ? name : written;
    const near = saidFor.get(word)?.find((word) => allowed.includes(word)) ?? nearest(word, allowed);
    if (name === 'stage' && near === undefined) return stageForms(written);
    return {
      code: 'not-allowed',
      ja: near ? `「${word}」は使えません。「${near}」のことですか。` : `「${word || name}」は使えません。使えるのは ${allowed.join('、')} です。`,
      en: near ? `"${word}" is not allowed. Did you mean "${near}"?` : `"${word || name}" is not allowed. Use one of: ${allowed.join(', ')}.`,
      onKey: isKey,
      better: near,
    };
  }
  if (keyword === 'pattern') {
    const inName = fault.keywordLocation.includes('/propertyNames');
    const shown = inName ? name : written;
    const examples = wordsOf(entriesMap(schemaAt(shape, parentOf(fault.keywordLocation)), '').examples);
    const such = examples.length > 0 ? `（例：${examples.join('、')}）` : '';
    const suchEn = examples.length > 0 ? ` Example: ${examples.join(', ')}.` : '';
    return { code: 'form', ja: `「${shown}」の書き方が合いません${such}。`, en: `"${shown}" does not have the expected form.${suchEn}`, onKey: inName, about: titleIn(shown) };
  }
  if (keyword === 'type') {
    const expected = wordsOf(node);
    return {
      code: 'kind',
      ja: `${name ? `「${name}」` : 'この部分'}は${expected.map((one) => kindsJa[one] ?? one).join('か')}で書きます。`,
      en: `${name ? `"${name}"` : 'This'} must be ${expected.map((one) => kindsEn[one] ?? one).join(' or ')}.`,
      onKey: false,
    };
  }
  if (keyword === 'minItems' || keyword === 'minLength' || keyword === 'minProperties') {
    const least = Number(node);
    return {
      code: 'too-few',
      ja: least > 1 ? `「${name}」には${least}つ以上書きます。` : `「${name}」が空です。書くか、この行を消してください。`,
      en: least > 1 ? `"${name}" needs at least ${least}.` : `"${name}" is empty. Write something, or remove the line.`,
      onKey: true,
    };
  }
  if (keyword === 'maxProperties') {
    return { code: 'one-key', ja: `「${name}」に書ける条件は1つだけです。まとめるときは all か any を使います。`, en: `"${name}" takes one condition only. Use all or any to combine.`, onKey: true };
  }
  return { code: 'form', ja: `${name ? `「${name}」` : 'この部分'}の書き方が合いません。`, en: `${name ? `"${name}"` : 'This'} does not have the expected form.`, onKey: false, about: titleIn(written) };
}

/** Keys that people write at a rule to have it off in one folder. */
const placeKeys: ReadonlySet<string> = new Set(['path', 'paths', 'off_in', 'in', 'folder', 'folders', 'file', 'files', 'except', 'exclude', 'ignore', 'only']);

/** What is written at a rule in `kobo.yaml`, a Book or an overlay and belongs somewhere else. */
function keyElsewhere(shape: Shape, steps: YamlPath): { readonly ja: string; readonly en: string } | undefined {
  const name = String(steps.at(-1) ?? '');
  if (steps.length !== 3 || (steps[0] !== 'rules' && steps[0] !== 'adjust')) return undefined;
  if (name === 'locked' && shape !== 'book') {
    return { ja: '「locked」は、コボブックの book.yaml の adjust にだけ書けます。この行を消してください。', en: '"locked" can only be written under adjust in the book.yaml of a Book. Remove this line.' };
  }
  if (!placeKeys.has(name)) return undefined;
  return {
    ja: `「${name}」は書けません。決まりは文書の種類かプロダクト全体で切ります。場所ごとに止めるには、kobo.yaml の waivers に path、理由、承認した人、期限を書くか、documents でそのフォルダーを none にします。`,
    en: `"${name}" cannot be written here: a rule is switched off for a type of document or for the whole product. For one place, write a waiver with its path, reason, approver and last day, or map the folder to none under documents.`,
  };
}

/** Words of people, with the words of the files for them. */
const saidFor: ReadonlyMap<string, readonly string[]> = new Map([
  ['小', ['S', 'low']], ['中', ['M', 'middle', 'medium']], ['大', ['L', 'high']], ['高', ['high', 'L']], ['低', ['low', 'S']],
  ['エラー', ['error']], ['警告', ['warning']], ['情報', ['info']], ['ヒント', ['hint']], ['必須', ['required']],
  ['下書き', ['draft']], ['書きかけ', ['draft']], ['廃止', ['retired']], ['適用中', ['in_force']],
  ['文書', ['document', 'documents']], ['行', ['rows', 'row']], ['文', ['sentences']], ['見出し', ['heading', 'headings', 'sections']], ['節', ['sections', 'section']], ['表', ['tables']],
]);

/** Keys as people write them who know other languages, with those of the rule language. */
const saidForKey: ReadonlyMap<string, readonly string[]> = new Map([
  ['is_not', ['not']], ['isnt', ['not']], ['not_in', ['not']], ['in', ['is']], ['equals', ['is']], ['eq', ['is']], ['contains', ['words']], ['matches', ['words']],
  ['not_empty', ['filled']], ['is_empty', ['empty']], ['min', ['at_least']], ['max', ['at_most']], ['gt', ['more_than']], ['lt', ['less_than']], ['earlier_than', ['before']], ['later_than', ['after']], ['newer_than', ['within', 'not_before']],
]);

/** All forms of `stage`: which one was meant nobody can tell. */
function stageForms(written: string): Description {
  return {
    code: 'not-allowed', onKey: false,
    ja: `stage の「${written}」は使えません。draft（書きかけ）、{ pilot: [プロダクトのid] }（試行）、{ announced: 2026-12-01 }（その日から）、in_force（効いている）、retired（廃止）のどれかを書きます。`,
    en: `"${written}" is no stage. Write draft, { pilot: [product ids] }, { announced: 2026-12-01 }, in_force or retired.`,
  };
}

/** A word in another script than ids are written in. */
function titleIn(word: string): string | undefined {
  return /[^\p{ASCII}]/u.test(word) ? word : undefined;
}

const kindsJa: Readonly<Record<string, string>> = {
  string: '文字', number: '数', integer: '整数', boolean: 'true か false', array: '一覧（- で始まる行）', object: '「名前: 値」の組', null: '空',
};
const kindsEn: Readonly<Record<string, string>> = {
  string: 'text', number: 'a number', integer: 'a whole number', boolean: 'true or false', array: 'a list', object: 'a map of keys', null: 'empty',
};

function pointerSteps(pointer: string): readonly string[] {
  return pointer.split('/').slice(1).map((step) => decode(step).replaceAll('~1', '/').replaceAll('~0', '~'));
}

function decode(step: string): string {
  try {
    return decodeURI(step);
  } catch {
    return step;
  }
}

function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf('/'));
}

function valueAt(value: unknown, steps: YamlPath): unknown {
  let at = value;
  for (const step of steps) {
    if (Array.isArray(at)) at = (at as readonly unknown[])[Number(step)];
    else if (isData(at)) at = at[String(step)];
    else return undefined;
  }
  return at;
}

function entriesMap(value: unknown, key: string): Readonly<Record<string, unknown>> {
  return Object.fromEntries(entriesOf(key === '' ? value : isData(value) ? value[key] : undefined));
}

/** The part of a schema that a keyword location names, references followed. */
function schemaAt(shape: Shape, location: string): unknown {
  let file: SchemaName = shape === 'one-rule' ? 'rule' : shape;
  let at: unknown = shape === 'one-rule' ? { $ref: '#/$defs/rule' } : schemas[shape];
  for (const step of pointerSteps(location)) {
    if (step === '$ref' && isData(at)) {
      const [name = '', pointer = ''] = textOf(at.$ref).split('#');
      if (name) file = name.replace('.schema.json', '') as SchemaName;
      at = valueAt(schemas[file], pointerSteps(pointer));
    } else {
      at = valueAt(at, [step]);
    }
  }
  return at;
}
