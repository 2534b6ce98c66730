import { partKey } from '../product/practice';
import { daysBetween } from '../text/calendar';
import { minutesOfDay } from '../text/clock';
import type { Compiler, Data } from './compiler';
import { isData, textsOf } from './compiler';
import { compileDuration } from './dates';
import { FieldUnit, SectionUnit, sectionsNamed } from './document-units';
import { isNewestFirst } from './newest-first';
import { ColumnUnit, RowUnit } from './table-units';
import type { Env, OtherPlace } from './env';
import { compileNumber } from './numbers';
import { typeTitle } from './product-parts';
import { isOfType } from './references';
import { NO, truthOf, UNKNOWN, YES, type Truth } from './truth';
import { collectionNames, type CollectionName, type Parts, type Selector, type Unit, type UnitKind } from './unit';

export type Test = (unit: Unit, env: Env) => Truth;

/** How many parts there are; `undefined` = cannot be said. */
export type CountOf = (unit: Unit, env: Env) => number | undefined;

export function isCollection(name: string): name is CollectionName {
  return (collectionNames as readonly string[]).includes(name);
}

/** Kind of unit a collection is made of. */
function unitOf(name: CollectionName): UnitKind {
  switch (name) {
    case 'referenced_by':
    case 'documents':
      return 'document';
    default:
      return name.slice(0, -1) as UnitKind;
  }
}

/** Collections that, asked of a row, cell, line or sentence, are made of its own words. */
const insideUnit: ReadonlySet<CollectionName> = new Set(['cells', 'columns', 'sentences', 'items', 'links']);

interface Collection {
  readonly name: CollectionName;
  readonly of: Selector | undefined;
  readonly in: Selector | undefined;
  readonly where: Test | undefined;
  readonly every: Test | undefined;
}

/** Compiles a condition inside a collection, for the kind of unit it is asked of. */
type CompileCondition = (definition: unknown, kind: UnitKind) => Test;

function readCollection(name: CollectionName, definition: unknown, compiler: Compiler, condition: CompileCondition): Collection {
  const map: Data = isData(definition) ? definition : { of: definition };
  for (const key of Object.keys(map)) {
    if (!['of', 'in', 'where', 'every', 'at_least', 'at_most', 'exactly', 'ascending', 'gap'].includes(key)) {
      compiler.fail('rule.unknown-key', `「${name}」の中に「${key}」は使えません。`, `${key} cannot be used in ${name}.`);
    }
  }
  const of = map.of === undefined ? undefined : textsOf(map.of);
  if (!insideUnit.has(name) || map.in !== undefined) compiler.looksBeyond();
  if (name === 'documents' || name === 'referenced_by' || of?.some((each) => each.startsWith('type:')) === true) compiler.needsIndex();
  const kind = unitOf(name);
  return {
    name, of,
    in: map.in === undefined ? undefined : textsOf(map.in),
    where: map.where === undefined ? undefined : condition(map.where, kind),
    every: map.every === undefined ? undefined : condition(map.every, kind),
  };
}

/**
 * The parts that are asked for, narrowed by `in` and `where`.
 * @param most with `where`: more need not be found
 */
function select(collection: Collection, unit: Unit, env: Env, most = Infinity): Parts | undefined {
  const { where } = collection;
  if (where !== undefined && most < Infinity && collection.name === 'cells' && collection.in === undefined && unit instanceof ColumnUnit) {
    return { units: asking(unit, env, () => firstOf(unit.cells(), where, most, env)), missing: [] };
  }
  const parts = unit.parts(collection.name, collection.of, env);
  if (parts === undefined) return undefined;
  let units = parts.units;
  if (collection.in !== undefined && unit.document !== undefined) {
    const within = collection.in;
    const spans = [...sectionsNamed(unit.document, within), ...unit.document.tables.filter((table) => table.id !== undefined && within.includes(table.id)).map((table) => table.table.span)];
    units = units.filter((part) => spans.some((span) => span.start <= part.extent.start && part.extent.end <= span.end));
  }
  const all = units;
  if (where !== undefined) units = asking(unit, env, () => firstOf(all, where, most, env));
  return { units, missing: parts.missing };
}

function firstOf(units: Iterable<Unit>, where: Test, most: number, env: Env): readonly Unit[] {
  const found: Unit[] = [];
  for (const part of units) {
    if (found.length >= most) break;
    if (where(part, env) === YES) found.push(part);
  }
  return found;
}

/** Asks about the parts of a unit without their notes, which belong to the parts. */
function asking<T>(outer: Unit, env: Env, ask: () => T): T {
  const { trace, outer: before } = env;
  env.trace = undefined;
  env.outer = outer;
  const answer = ask();
  env.trace = trace;
  env.outer = before;
  return answer;
}

export function compileCount(definition: Data, compiler: Compiler, condition: CompileCondition): CountOf {
  const [entry] = Object.entries(definition);
  if (entry === undefined || !isCollection(entry[0])) {
    compiler.fail('rule.unknown-collection', 'count_of には rows などの集まりを1つ書きます。', 'count_of takes one collection.');
    return () => undefined;
  }
  const collection = readCollection(entry[0], entry[1], compiler, condition);
  const types = entry[0] === 'rows' ? (collection.of ?? []).filter((name) => name.startsWith('type:')) : [];
  return (unit, env) => {
    // What no document of the product keeps is counted elsewhere.
    if (types.length > 0 && env.product?.documents.some((document) => !document.guessed && isOfType(document, types)) !== true) return undefined;
    return select(collection, unit, env)?.units.length;
  };
}

export function compileCollection(name: CollectionName, definition: unknown, compiler: Compiler, condition: CompileCondition): Test {
  const collection = readCollection(name, definition, compiler, condition);
  const map: Data = isData(definition) ? definition : {};
  const least = map.at_least === undefined ? undefined : compileNumber(map.at_least, compiler);
  const most = map.at_most === undefined ? undefined : compileNumber(map.at_most, compiler);
  const exactly = map.exactly === undefined ? undefined : compileNumber(map.exactly, compiler);
  const ascending = map.ascending === undefined ? undefined : (textsOf(map.ascending)[0] ?? '');
  const gap = isData(map.gap) ? compileDuration(textsOf(map.gap.at_most)[0] ?? '', compiler) : undefined;
  const { every } = collection;
  const counted = least !== undefined || most !== undefined || exactly !== undefined;
  const byName = collection.of !== undefined && collection.where === undefined && !counted && every === undefined && ascending === undefined && gap === undefined;
  // Whether there are enough is known as soon as there are.
  const onlyEnough = every === undefined && ascending === undefined && gap === undefined && most === undefined && exactly === undefined;
  return (unit, env) => {
    const parts = select(collection, unit, env, onlyEnough && env.trace === undefined ? Math.max(1, least?.(env) ?? 1) : Infinity);
    if (parts === undefined) return UNKNOWN;
    if (ascending !== undefined) return inOrder(parts.units, ascending, env);
    if (gap !== undefined) return withoutGap(parts.units, gap(unit, env), env);
    if (every !== undefined) return all(parts.units, every, unit, env);
    if (byName && name !== 'rows' && name !== 'links' && name !== 'cells' && name !== 'referenced_by') {
      const missing = withoutLacking(parts.missing, name, unit, env);
      // What the product as a whole does not keep is not judged in one of its documents.
      if (missing.length === 0 && parts.missing.length > 0) return UNKNOWN;
      const there = missing.length === 0 && (parts.units.length > 0 || (collection.of.every((id) => id === 'required')));
      if (env.trace !== undefined) env.note({ result: truthOf(there), asked: missing.length + heldOf(parts, name, env), missing: missing.map((part) => part.title), missingIds: missing.map((part) => part.id), count: parts.units.length });
      return truthOf(there);
    }
    const count = parts.units.length;
    const yes = counted
      ? (exactly === undefined || count === exactly(env)) && (least === undefined || count >= (least(env) ?? 0)) && (most === undefined || count <= (most(env) ?? Infinity))
      : count >= 1;
    if (env.trace !== undefined) explainCount(truthOf(yes), !yes && count < (exactly?.(env) ?? least?.(env) ?? 0), parts, collection, unit, env);
    return truthOf(yes);
  };
}

/** Parts that are there, each counted once. Every document has a title: it says nothing about its form. */
function heldOf(parts: Parts, name: CollectionName, env: Env): number {
  const held = name === 'fields' ? parts.units.filter((part) => !(part instanceof FieldUnit) || part.field.attribute.id !== 'title') : parts.units;
  return new Set(held.map((part) => (name === 'sections' && part instanceof SectionUnit ? part.type.id : part.label(env)))).size;
}

function withoutLacking(missing: Parts['missing'], name: CollectionName, unit: Unit, env: Env): Parts['missing'] {
  const document = unit.document;
  const type = document?.type;
  if (document === undefined || type === undefined || missing.length === 0 || (name !== 'sections' && name !== 'fields')) return missing;
  const lacking = env.context.lacking?.(type.id, document.path);
  return lacking === undefined || lacking.size === 0 ? missing : missing.filter((part) => !lacking.has(partKey(name, part.id)));
}

function explainCount(result: Truth, tooFew: boolean, parts: Parts, collection: Collection, unit: Unit, env: Env): void {
  // Where there are too few, nothing is wrong with those that are there.
  const here = tooFew ? [] : parts.units.filter((part) => part.document === unit.document);
  const wanted = parts.units.length > 0 ? [] : (collection.of ?? []).map((id) => titleOf(id, parts, env));
  const first = parts.units[0];
  env.note({
    result, count: parts.units.length, missing: wanted,
    missingIds: parts.missing.map((part) => part.id),
    other: parts.units.map((part) => otherOf(part, env)),
    matches: here.slice(0, 10).map((part) => ({ span: part.span, text: part.label(env) })),
    ...(first?.kind === 'column' ? { part: first } : {}),
  });
}

function titleOf(id: string, parts: Parts, env: Env): string {
  return parts.missing.find((part) => part.id === id)?.title ?? typeTitle(id, env);
}

function otherOf(part: Unit, env: Env): OtherPlace {
  return { path: part.document?.path ?? '', span: part.span, label: part.label(env) };
}

function all(units: readonly Unit[], every: Test, outer: Unit, env: Env): Truth {
  const failing = asking(outer, env, () => units.filter((part) => every(part, env) === NO));
  const first = failing[0];
  if (env.trace !== undefined) {
    const status = first?.value('status', env);
    env.note({
      result: truthOf(failing.length === 0), count: failing.length, other: failing.map((part) => otherOf(part, env)),
      ...(first === undefined || first.document !== outer.document ? {} : { part: first, matches: [{ span: first.span, text: first.label(env) }] }),
      ...(status === undefined ? {} : { subject: 'status', value: status }),
    });
  }
  return truthOf(failing.length === 0);
}

/** Rows whose times, days or numbers go up; a time after midnight (a fall of more than half a day) counts as the next day. */
function inOrder(units: readonly Unit[], subject: string, env: Env): Truth {
  let previous: { readonly at: number; readonly text: string } | undefined;
  let day: string | undefined;
  const [top] = units;
  if (top instanceof RowUnit && isNewestFirst(top.document, top.table, env)) return YES;
  for (const unit of units) {
    const value = unit.value(subject, env);
    // `01:5x`, `10:??`, `~11:48`: nobody knows exactly. What lasts (`03:00 – 11:00`) began before what stands above it.
    if (value === undefined || value.empty || /\d[:：]\d?[xX?？]|(?:[~〜～約]|\bca?\.?) {0,2}\d{1,2}[:：]|\d[:：]\d{2}(?:[:：]\d{2})? ?(?:[-‐–—~〜～]|から|to) ?\d{1,2}[:：]/u.test(value.text)) continue;
    const found = value.days(env.yearOf(unit.document))?.from;
    const minutes = minutesOfDay(value.text.normalize('NFKC').replace(/^.*?\d{4}-\d{2}-\d{2}[T ]/u, ''));
    const number = found === undefined && minutes === undefined ? value.number : undefined;
    if (found === undefined && minutes === undefined && number === undefined) continue;
    if (found !== undefined && found !== day) {
      if (day !== undefined && found < day) return disorder(unit, value.text, previous?.text ?? day, env, value.span);
      day = found;
      previous = minutes === undefined ? { at: -1, text: value.text } : undefined;
    }
    const at = minutes ?? number;
    if (at === undefined) continue;
    if (previous !== undefined && at < previous.at && !(minutes !== undefined && previous.at - at > 720)) return disorder(unit, value.text, previous.text, env, value.span);
    previous = { at, text: value.text };
  }
  return YES;
}

function disorder(part: Unit, text: string, before: string, env: Env, span: Unit['span']): Truth {
  env.note({ result: NO, part, expected: before, matches: [{ span, text }] });
  return NO;
}

/** Dated documents without a longer gap between two of them, or between the last and today. */
function withoutGap(units: readonly Unit[], limit: string | undefined, env: Env): Truth {
  if (limit === undefined) return UNKNOWN;
  const days = units.flatMap((unit) => {
    const to = unit.value('date', env)?.days(env.yearOf(unit.document))?.to;
    return to === undefined ? [] : [to];
  }).sort();
  if (days.length === 0) return UNKNOWN;
  for (const [i, day] of days.entries()) {
    const next = days[i + 1] ?? env.context.today;
    const last = env.shift(day, limit, 1);
    if (last === undefined || next <= last) continue;
    env.note({ result: NO, from: day, days: daysBetween(day, next) ?? 0, time: i === days.length - 1 });
    return NO;
  }
  return YES;
}
