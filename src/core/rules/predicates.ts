import type { WordSet } from '../book/book';
import type { TypedDocument } from '../product/meaning';
import { typeByName } from '../product/recognise';
import { partKey } from '../product/practice';
import { idKey } from '../product/records';
import { holidayName, isBusinessDay, type DaysOff } from '../text/business-days';
import { weekdayOf } from '../text/calendar';
import { writeLike } from '../text/write-number';
import { isDay, isLiteral, isSame, isSameTitle, literalOf, type Literal } from './compare';
import { isData, isYes, textsOf, type Compiler, type Data } from './compiler';
import { compileDatePredicate, dateOperators, useSubject, type Predicate } from './dates';
import { daysOf } from './days';
import type { Env } from './env';
import { compileHistory } from './history';
import { nearestOf } from './nearest';
import { compare, numberOf, rangeOperators, type RangeOperator } from './numbers';
import { phaseWords } from './product-units';
import { isSumOfColumn, summedColumn } from './column-sum';
import { isDivided, namesIn, plainName, withoutDepartment } from './recognisers/people';
import { hasScaleOfSigns, isSign } from './form';
import { hasShape, reshapedId } from './shape';
import { isSkipped } from './skipped';
import { referenced, valueOf } from './subjects';
import { CellUnit } from './table-units';
import { compileUnique, rowsByKey } from './unique';
import { FieldUnit } from './document-units';
import { compileTextOperator, isTextOperator } from './text-operators';
import { and, NO, not, truthOf, UNKNOWN, YES, type Truth } from './truth';
import type { Unit } from './unit';
import type { Value} from './value';
import { wordsOfSet } from './value';
import type { CountOf } from './collections';

/** A predicate on a subject; the value is `undefined` where the unit has no such subject. */
type SubjectTest = (value: Value | undefined, unit: Unit, env: Env, subject: string) => Truth;

/** What a subject may be asked for beside words and operators. */
export const states = ['filled', 'empty', 'valid', 'exists', 'single', 'holiday', 'skipped'] as const;
const computed = ['product_of', 'sum_of', 'difference_of'] as const;

/**
 * What a condition says of a subject: a word or list of words (is one of), a state, or operators that must all hold.
 * Empty is not judged: only `filled` and `empty` look at what is not there.
 *
 * @param countOf compiles the collection of `count_of`
 */
export function compilePredicate(definition: unknown, compiler: Compiler, countOf: (definition: Data) => CountOf): SubjectTest {
  if (typeof definition === 'string' && (states as readonly string[]).includes(definition)) return compileState(definition as (typeof states)[number], compiler);
  if (!isData(definition)) return judged(is(textsOf(definition), compiler));
  const tests = Object.entries(definition).flatMap(([key, value]) => {
    const test = compileOne(key, value, definition, compiler, countOf);
    return test === undefined ? [] : [test];
  });
  if (tests.length === 0) compiler.fail('rule.empty-condition', '条件の中身がありません。', 'The condition says nothing.');
  if (tests.length === 1 && tests[0] !== undefined) return tests[0];
  return (value, unit, env, subject) => {
    let truth: Truth = YES;
    for (const test of tests) {
      truth = and(truth, test(value, unit, env, subject));
      if (truth === NO && env.trace === undefined) return NO;
    }
    return truth;
  };
}

function compileOne(key: string, value: unknown, all: Data, compiler: Compiler, countOf: (definition: Data) => CountOf): SubjectTest | undefined {
  const state = states.find((each) => each === key);
  if (state !== undefined) {
    if (!isYes(value)) compiler.fail('rule.not-yes', `「${key}」には true と書きます。`, `${key} takes true.`);
    return compileState(state, compiler);
  }
  const range = rangeOperators.find((each) => each === key);
  if (range !== undefined) return judged(compileRank(range, value, compiler));
  const date = dateOperators.find((each) => each === key);
  if (date !== undefined) return judged(compileDatePredicate(date, textsOf(value)[0] ?? '', compiler));
  if (isTextOperator(key)) {
    const operator = compileTextOperator(key, value, compiler);
    return judged((subject, unit, env) => operator.test(env.proseOf(subject, unit.document), undefined, env));
  }
  const formula = computed.find((each) => each === key);
  if (formula !== undefined) return judged(compileFormula(formula, textsOf(value), compiler));
  switch (key) {
    case 'is':
      return judged(is(textsOf(value), compiler));
    case 'not': {
      const test = is(textsOf(value), compiler);
      return judged((subject, unit, env, name) => not(test(subject, unit, env, name)));
    }
    case 'same_as':
    case 'differs_from':
      return compileSame(key, textsOf(value)[0] ?? '', compiler);
    case 'unique_in':
      return judged(compileUnique(textsOf(value)[0] ?? '', compiler));
    case 'agrees_with':
      return judged(compileAgrees(textsOf(value)[0] ?? '', textsOf(all.by)[0] ?? 'id', compiler));
    case 'by':
      if (all.agrees_with === undefined && all.exceeds === undefined) compiler.fail('rule.by-alone', '「by」は agrees_with か exceeds と一緒に書きます。', 'by needs agrees_with or exceeds.');
      return undefined;
    case 'exceeds':
      return judged(compileExceeds(textsOf(value)[0] ?? '', all.by, compiler));
    case 'count_of': {
      const count = countOf(isData(value) ? value : {});
      return judged((subject, unit, env, name) => {
        const expected = count(unit, env);
        const written = subject.number;
        if (expected === undefined || written === undefined) return UNKNOWN;
        if (env.trace !== undefined) env.note({ result: truthOf(written === expected), subject: name, value: subject, expected: writeLike(subject.text, expected), count: expected });
        return truthOf(written === expected);
      });
    }
    case 'changed_since':
      return judged(compileHistory(textsOf(value)[0] ?? '', compiler));
    default:
      compiler.fail('rule.unknown-key', `条件に「${key}」は使えません。`, `${key} is not a predicate.`);
      return undefined;
  }
}

/** Unknown where there is no value or nothing is written. */
function judged(test: Predicate): SubjectTest {
  return (value, unit, env, subject) => (value === undefined || value.empty ? UNKNOWN : test(value, unit, env, subject));
}

/** Whether most documents beside it leave a field out too: that is one question to the product. */
function isLeftOut(unit: Unit, value: Value, env: Env): boolean {
  const { document } = unit;
  const id = value.attribute?.id;
  if (unit.kind !== 'document' || document?.type === undefined || id === undefined) return false;
  return env.context.lacking?.(document.type.id, document.path).has(partKey('fields', id)) === true;
}

function compileState(state: (typeof states)[number], compiler: Compiler): SubjectTest {
  switch (state) {
    case 'filled':
    case 'empty':
      return (value, unit, env, subject) => {
        if (value === undefined || (value.empty && state === 'filled' && isLeftOut(unit, value, env))) return UNKNOWN;
        const yes = value.empty === (state === 'empty');
        if (env.trace !== undefined) {
          const title = value.attribute?.title ?? subject;
          env.note({ result: truthOf(yes), subject, value, ...(value.empty ? { missing: [title], missingIds: [value.attribute?.id ?? subject] } : {}), ...(value.facts.expected === undefined ? {} : { expected: value.facts.expected }) });
        }
        return truthOf(yes);
      };
    case 'valid':
      return judged(valid);
    case 'exists':
      compiler.needsIndex();
      return judged(exists);
    case 'single':
      return judged((value, _unit, env, subject) => {
        const names = namesIn(value.text);
        // A sentence about whoever has the part names nobody.
        if (names.some((name) => name.length > longestName && !name.includes('://'))) return UNKNOWN;
        const result = truthOf(names.length === 1 || isDivided(value.text));
        if (env.trace !== undefined) env.note({ result, subject, value, expected: names[0] ?? '', count: names.length });
        return result;
      });
    case 'holiday':
      return judged((value, unit, env, subject) => {
        const days = daysOf(value, unit, env);
        if (days === undefined || days.from !== days.to) return UNKNOWN;
        const yes = !isBusinessDay(days.from, env.context.daysOff);
        if (env.trace !== undefined) env.note({ result: truthOf(yes), subject, value, expected: days.from });
        return truthOf(yes);
      });
    case 'skipped':
      return (value, unit, env, subject) => {
        if (value === undefined) return UNKNOWN;
        const yes = isSkipped(value, unit, subject, env);
        if (env.trace !== undefined) env.note({ result: truthOf(yes), subject, value });
        return truthOf(yes);
      };
  }
}

/** UTF-16 units of what may still be one name, or the name of a team with its work. */
const longestName = 60;

/** What a day off is called: 日曜日, 勤労感謝の日. */
export function dayName(day: string, language: 'ja' | 'en', daysOff: DaysOff): string {
  const name = daysOff.abroad === true ? undefined : holidayName(day, language);
  if (name !== undefined) return name;
  const weekday = weekdayOf(day) ?? 0;
  return language === 'ja' ? `${'日月火水木金土'.charAt(weekday)}曜日` : (['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'][weekday] ?? '');
}

function is(literals: readonly string[], compiler: Compiler): Predicate {
  if (literals.length === 0) compiler.fail('rule.no-words', '言葉が1つもありません。', 'There is no word.');
  const named = literals.map(literalOf);
  return (value, _unit, env, subject) => {
    const yes = isOneOf(value, named);
    if (env.trace !== undefined) env.note({ result: truthOf(yes), subject, value, matches: yes ? [{ span: value.span, text: value.text }] : [] });
    return truthOf(yes);
  };
}

function isOneOf(value: Value, literals: readonly Literal[]): boolean {
  for (const literal of literals) if (isLiteral(value, literal)) return true;
  return false;
}

const valid: Predicate = (value, unit, env, subject) => {
  const yes = isValid(value, unit, env);
  if (yes === undefined) return UNKNOWN;
  if (env.trace !== undefined) env.note({ result: truthOf(yes), subject, value, ...validForms(value, unit, env) });
  return truthOf(yes);
};

/** Whether a value is one of its kind; `undefined` where nobody can say. */
function isValid(value: Value, unit: Unit, env: Env): boolean | undefined {
  if ('valid' in value.facts) return value.facts.valid;
  switch (value.kind) {
    case 'date':
    case 'period':
      return value.days(env.yearOf(unit.document)) !== undefined;
    case 'number':
    case 'percent':
    case 'money':
      return value.number !== undefined;
    case 'duration':
      return value.duration !== undefined;
    case 'type': {
      const known = typeByName(value.text, env.book) !== undefined;
      // A word unlike every type is another tool's (`type: docs`).
      return known || (nearestType(value, env) === undefined ? undefined : false);
    }
    case 'template':
      return env.book.templates.some((template) => template.id === value.text.replace(/@.*$/u, '').trim());
    case 'id': {
      const shape = idShapeOf(value, unit, env);
      return shape === undefined ? undefined : hasShape(shape, value.text.trim());
    }
    default: {
      const set = value.facts.words;
      if (set === undefined || set.words.size === 0) return undefined;
      // A share says how likely something is more exactly than a word of the scale.
      if (value.kind === 'level' && /^\s*[約~〜<>≦≧]?\s?\d{1,3}(?:\.\d{1,2})?\s?(?:[-~〜]\s?\d{1,3}\s?)?[%％]/u.test(value.text)) return undefined;
      if (value.kind === 'level' && value.word === undefined && (isBetween(value.text, set) || isStepOfOwn(value, unit, env))) return undefined;
      if (value.kind !== 'mark') return value.word !== undefined;
      const words = wordsOfSet(set);
      return value.text.split(/[/・,、\s]+|(?<=^[A-Z])(?=[A-Z]$)/u).every((part) => part === '' || words.idOf(part) !== undefined);
    }
  }
}

/** Whether a letter or figure (A to C, 1 to 5) stands in a column that keeps to such. */
function isStepOfOwn(value: Value, unit: Unit, env: Env): boolean {
  if (!(unit instanceof CellUnit) || !isSign(value.text)) return false;
  env.lookBeside();
  return hasScaleOfSigns(unit.document, unit.row.table, unit.column);
}

/** Two steps of a scale with a stroke between them, 中-低 or 高〜中: as exact as the scale, and no other. */
function isBetween(text: string, set: WordSet): boolean {
  const steps = text.trim().split(/\s*[-‐–~〜～/／]\s*/u);
  const words = wordsOfSet(set);
  return steps.length === 2 && steps.every((step) => words.idOf(step) !== undefined);
}

/** What a value could be instead, for messages and fixes. */
function validForms(value: Value, unit: Unit, env: Env): { readonly expected?: string; readonly nearest?: string; readonly allowed?: readonly string[]; readonly shape?: string } {
  if ('valid' in value.facts) {
    const file = unit.document?.type?.places.file;
    return { ...(value.facts.expected === undefined ? {} : { expected: value.facts.expected }), ...(file === undefined ? {} : { shape: file }) };
  }
  switch (value.kind) {
    case 'date':
    case 'period':
    case 'number':
    case 'percent':
    case 'money':
    case 'duration':
    case 'template':
      return {};
    case 'type': {
      const near = nearestType(value, env);
      return near === undefined ? {} : { nearest: near };
    }
    case 'id': {
      const shape = idShapeOf(value, unit, env);
      if (shape === undefined) return {};
      const near = reshapedId(shape, value.text);
      return { shape, ...(near === undefined ? {} : { nearest: near }) };
    }
    default: {
      const set = value.facts.words;
      if (set === undefined) return {};
      const words = wordsOfSet(set);
      const near = nearestOf(value.text, [...set.words.values()].flat());
      const nearId = near === undefined ? undefined : words.idOf(near);
      return { allowed: words.ids.map((id) => words.spellingOf(id, env.context.language)), ...(near === undefined || nearId === undefined ? {} : { nearest: value.kind === 'status' ? near : words.spellingOf(nearId, env.context.language) }) };
    }
  }
}

function nearestType(value: Value, env: Env): string | undefined {
  return nearestOf(value.text, env.settings.types.keys());
}

/** The form of an id: of the register that its column refers to, else of its own document. */
function idShapeOf(value: Value, unit: Unit, env: Env): string | undefined {
  const refers = value.attribute?.refersTo;
  return refers === undefined ? unit.document?.idShape : (env.product?.ofType(refers)[0]?.idShape ?? env.typeOf(refers)?.idShape);
}

function beginsOne(words: ReadonlySet<string>, beginning: string): boolean {
  for (const word of words) if (word.startsWith(beginning)) return true;
  return false;
}

/** Whether a name is one of the roster's, or begins one. */
function isKnown(people: ReadonlySet<string>, name: string): boolean {
  const plain = plainName(name);
  return people.has(plain) || (plain.length >= 2 && beginsOne(people, plain));
}

const exists: Predicate = (value, unit, env, subject) => {
  const product = env.product;
  if ('valid' in value.facts) {
    const there = value.facts.valid;
    if (there === undefined) return UNKNOWN;
    if (env.trace !== undefined) {
      const near = there ? undefined : nearestOf(value.text, value.kind === 'id' ? env.nearIds() : env.nearFiles(unit.document?.path ?? '', value.text));
      env.note({ result: truthOf(there), subject, value, ...(near === undefined ? {} : { nearest: near }) });
    }
    return truthOf(there);
  }
  switch (value.kind) {
    case 'person':
    case 'people': {
      const { people } = env;
      if (people.size === 0) return UNKNOWN;
      const unknown = namesIn(value.text).filter((name) => !isKnown(people, name) && !isKnown(people, withoutDepartment(name)));
      if (env.trace === undefined) return truthOf(unknown.length === 0);
      const near = unknown[0] === undefined ? undefined : nearestOf(plainName(unknown[0]), people);
      env.note({ result: truthOf(unknown.length === 0), subject, value, ...(near === undefined ? {} : { nearest: near }) });
      return truthOf(unknown.length === 0);
    }
    case 'template':
      return truthOf(env.book.templates.some((template) => template.id === value.text.replace(/@.*$/u, '').trim()));
    case 'id': {
      if (product === undefined) return UNKNOWN;
      const refers = value.attribute?.refersTo;
      const ids = /[、,，\s/]/u.test(value.text) ? value.text.split(/[、,，\s/]+/u).filter((id) => id !== '') : [value.text];
      const there = ids.length > 0 && ids.every((id) => product.definitions(id).some((place) => refers === undefined || place.document.type?.id === refers));
      if (env.trace === undefined) return truthOf(there);
      const near = there ? undefined : nearestOf(value.text, env.nearIds());
      env.note({ result: truthOf(there), subject, value, ...(near === undefined ? {} : { nearest: near }) });
      return truthOf(there);
    }
    default: {
      if (product === undefined) return UNKNOWN;
      const there = referenced(value.text, unit.document, env) !== undefined;
      if (env.trace !== undefined) env.note({ result: truthOf(there), subject, value });
      return truthOf(there);
    }
  }
};

/** `at_least` and the like: numbers by size, words by rank (what is listed first ranks highest; phases the other way). */
function compileRank(operator: RangeOperator, bound: unknown, compiler: Compiler): Predicate {
  const text = textsOf(bound)[0] ?? '';
  const param = typeof bound === 'string' ? compiler.param(bound) : undefined;
  if (/^[a-z_]+\./u.test(text)) compiler.looksBeyond();
  return (value, unit, env, subject) => {
    const limit = param === undefined ? bound : env.params.get(param);
    const asNumber = typeof limit === 'number' ? limit : numberOf(typeof limit === 'string' ? limit : undefined);
    const written = value.number;
    let result: Truth = UNKNOWN;
    if (asNumber !== undefined) {
      if (written !== undefined) result = truthOf(compare(operator, written, asNumber));
    } else {
      const set = value.facts.words;
      const name = typeof limit === 'string' ? limit : text;
      const words = set === undefined ? undefined : wordsOfSet(set);
      const wanted = words?.idsOf(name);
      const own = value.word;
      if (words !== undefined && own !== undefined && wanted?.size === 1) {
        const sign = set === phaseWords(env) ? 1 : -1;
        result = truthOf(compare(operator, sign * words.rankOf(own), sign * words.rankOf([...wanted][0] ?? '')));
      } else if (words === undefined && param === undefined) {
        const other = valueOf(unit, name, env);
        if (other?.number !== undefined && written !== undefined) result = truthOf(compare(operator, written, other.number));
      }
    }
    if (env.trace !== undefined) env.note({ result, subject, value });
    return result;
  };
}

function compileSame(operator: 'same_as' | 'differs_from', other: string, compiler: Compiler): SubjectTest {
  useSubject(other, compiler);
  return judged((value, unit, env, subject) => {
    const right = valueOf(unit, other, env) ?? env.outer?.value(other, env);
    if (right === undefined || right.empty) return UNKNOWN;
    // What no day can be read from is another rule's business.
    if (isDay(value) || isDay(right)) {
      const year = env.yearOf(unit.document);
      if (value.days(year) === undefined || right.days(year) === undefined) return UNKNOWN;
    }
    const same = isSame(value, right, unit, env) || (isTitle(subject) && isTitle(other) && isSameTitle(value.text, right.text, unit));
    const result = truthOf(same === (operator === 'same_as'));
    if (env.trace !== undefined) env.note({ result, subject, value, expected: displayed(right, env) });
    return result;
  });
}

function isTitle(subject: string): boolean {
  return subject === 'heading' || subject === 'title';
}

/** A value as a document would write it: a phase by its title. */
function displayed(value: Value, env: Env): string {
  if (value.facts.words === phaseWords(env)) return wordsOfSet(phaseWords(env)).spellingOf(value.text, env.context.language);
  return value.text;
}

/** The same record or role in documents of another type; the first that has it is the one to follow. */
function compileAgrees(source: string, by: string, compiler: Compiler): Predicate {
  compiler.needsIndex();
  const [type = '', table] = source.split('.');
  return (value, unit, env, subject) => {
    const product = env.product;
    if (product === undefined || unit.document === undefined) return UNKNOWN;
    for (const document of product.ofType(type)) {
      if (document === unit.document || document.guessed) continue;
      const other = by === 'field' ? sameField(document, unit) : sameRecord(document, table, by, subject, unit, env);
      if (other === undefined || other.empty) continue;
      // A date that does not exist has its own finding and is nothing to agree with.
      if (value.kind === 'date' && other.days(env.yearOf(document)) === undefined) return UNKNOWN;
      const same = isSame(value, other, unit, env);
      env.note({
        result: truthOf(same), subject, value, expected: other.text,
        other: [{ path: document.path, span: other.span, label: document.fields.get('title')?.value.text || document.path }],
      });
      return truthOf(same);
    }
    return UNKNOWN;
  };
}

function sameField(document: TypedDocument, unit: Unit): Value | undefined {
  return unit instanceof FieldUnit ? document.fields.get(unit.field.attribute.id)?.value : undefined;
}

function sameRecord(document: TypedDocument, tableId: string | undefined, by: string, subject: string, unit: Unit, env: Env): Value | undefined {
  const key = valueOf(unit, by, env);
  if (key === undefined || key.empty) return undefined;
  for (const table of document.tables) {
    if (tableId !== undefined && table.id !== undefined && table.id !== tableId) continue;
    const column = table.positions.get(by);
    const target = table.positions.get(subject);
    if (column === undefined || target === undefined) continue;
    const row = rowsByKey(document, table, column).get(idKey(key.text))?.[0];
    if (row !== undefined) return document.cell(table, row, target);
  }
  return undefined;
}

function compileFormula(formula: (typeof computed)[number], operands: readonly string[], compiler: Compiler): Predicate {
  const column = formula === 'sum_of' ? summedColumn(operands) : undefined;
  if (column !== undefined) {
    useSubject(column, compiler);
    // Another row changes the sum.
    compiler.looksBeyond();
    return (value, unit, env, subject) => isSumOfColumn(column, value, unit, env, subject);
  }
  if (operands.length < 2) compiler.fail('rule.no-operands', '計算する列を2つ以上書きます。sum_of には、表の列を rows.amount の形で1つ書くこともできます。', 'A formula needs two columns or more; sum_of also takes one column of a table as rows.amount.');
  return (value, unit, env, subject) => {
    const written = value.number;
    const numbers: number[] = [];
    for (const operand of operands) {
      const part = valueOf(unit, operand, env);
      const number = part === undefined || part.empty ? undefined : part.number;
      if (number === undefined) return UNKNOWN;
      numbers.push(number);
    }
    if (written === undefined) return UNKNOWN;
    const expected = numbers.reduce((sum, number) => (formula === 'product_of' ? sum * number : formula === 'sum_of' ? sum + number : sum - number));
    const same = Math.abs(expected - written) < 0.0051;
    if (env.trace !== undefined) env.note({ result: truthOf(same), subject, value, expected: writeLike(value.text, expected) });
    return truthOf(same);
  };
}

/** `actual: { exceeds: planned, by: 10 }`: larger than the other by more than so many percent of it. */
function compileExceeds(other: string, by: unknown, compiler: Compiler): Predicate {
  useSubject(other, compiler);
  const param = typeof by === 'string' ? compiler.param(by) : undefined;
  return (value, unit, env, subject) => {
    const written = value.number;
    const right = valueOf(unit, other, env);
    const base = right === undefined || right.empty ? undefined : right.number;
    const share = param === undefined ? numberOf(typeof by === 'number' || typeof by === 'string' ? by : 0) : numberOf(env.params.get(param));
    if (written === undefined || base === undefined || share === undefined) return UNKNOWN;
    const yes = written > base + (Math.abs(base) * share) / 100 + 1e-9;
    if (env.trace !== undefined) env.note({ result: truthOf(yes), subject, value, expected: right?.text ?? '' });
    return truthOf(yes);
  };
}
