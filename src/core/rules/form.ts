import type { TypedDocument } from '../product/meaning';
import type { TypedTable } from '../product/typed-tables';
import { daysBetween } from '../text/calendar';
import { normalise } from '../text/normalise';
import type { Value } from './value';
import { DocumentUnit, sectionUnits } from './document-units';
import type { Env } from './env';
import { CellUnit, RowUnit } from './table-units';
import type { Unit } from './unit';

/** Whether so many missing parts, of all that were asked for, mean another form rather than a slip: two or more, and a third. */
export function isOtherForm(missing: number, asked: number): boolean {
  return missing >= 2 && missing * 3 >= asked;
}

/**
 * Whether a document lacks a third or more of the sections its type requires. Somebody who forgets a section has the others; who
 * lacks several of them writes in another form, which is a question to the team and not a slip.
 */
export function hasOtherForm(document: TypedDocument): boolean {
  const required = document.type?.sections.filter((section) => section.required).length ?? 0;
  const held = new Set(sectionUnits(document, ['required']).map((unit) => unit.type.id)).size;
  return isOtherForm(required - held, required);
}

/** From so many tables on that lack the same, a document has tables of a form of its own. */
const fewestTables = 3;

/** Whether a document has three tables or more of a kind that all lack these columns: what is said of one holds for the form of all. */
export function hasOtherTables(document: TypedDocument, table: TypedTable, missing: readonly string[]): boolean {
  if (missing.length === 0) return false;
  const alike = document.tables.filter((each) => each.type === table.type && missing.every((id) => !each.positions.has(id)));
  return alike.length >= fewestTables;
}

interface Scale {
  /** Half of the filled cells, and two or more, are other words. */
  readonly isOther: boolean;
  /** Other words that stand in two or more cells. */
  readonly own: ReadonlySet<string>;
}

/** By table and column; a table is read anew with its document. */
const scales = new WeakMap<TypedTable, Map<number, Scale>>();

/**
 * Whether a cell belongs to a scale of the team's own: two or more of the filled cells of its column, and at least half, are no words of
 * the one it should have, or its word stands there twice or more, so that it is no slip.
 */
export function hasOtherScale(document: TypedDocument, table: TypedTable, column: number, word: string): boolean {
  let scale = scales.get(table)?.get(column);
  if (scale === undefined) {
    scale = readScale(document, table, column);
    const columns = scales.get(table) ?? new Map<number, Scale>();
    scales.set(table, columns.set(column, scale));
  }
  return scale.isOther || scale.own.has(normalise(word).trim());
}

function readScale(document: TypedDocument, table: TypedTable, column: number): Scale {
  const cells = cellsOf(document, table, column);
  const others = othersOf(cells);
  const once = new Set<string>();
  const own = new Set<string>();
  // A word of a document's other tables of the kind counts too.
  const id = table.columns[column]?.id;
  const beside = document.tables.flatMap((each) => {
    const position = each === table || each.type !== table.type || id === undefined ? undefined : each.positions.get(id);
    return position === undefined ? [] : othersOf(cellsOf(document, each, position));
  });
  for (const other of [...others, ...beside]) (once.has(other) ? own : once).add(other);
  return { isOther: others.length >= 2 && others.length * 2 >= cells.length, own };
}

function cellsOf(document: TypedDocument, table: TypedTable, column: number): readonly Value[] {
  return table.table.rows.flatMap((_, row) => {
    const value = document.cell(table, row, column);
    return value === undefined || value.empty ? [] : [value];
  });
}

function othersOf(cells: readonly Value[]): readonly string[] {
  return cells.filter((value) => value.word === undefined).map((value) => normalise(value.text).trim());
}

/** A letter or figure by itself, as the steps of a scale are called. */
export function isSign(text: string): boolean {
  return /^\s*(?:[SA-E]|[1-9])\s*$/u.test(text.normalize('NFKC'));
}

const signs = new WeakMap<TypedTable, Map<number, boolean>>();

/** Whether nothing else than letters, or than figures, stands in a column. */
export function hasScaleOfSigns(document: TypedDocument, table: TypedTable, column: number): boolean {
  const known = signs.get(table) ?? new Map<number, boolean>();
  let yes = known.get(column);
  if (yes === undefined) {
    const written = cellsOf(document, table, column).map((value) => value.text.normalize('NFKC').trim());
    yes = written.every(isSign) && new Set(written.map((text) => /\d/u.test(text))).size === 1;
    signs.set(table, known.set(column, yes));
  }
  return yes;
}

const oldAfterDays = 90;

/** A folder of what is only kept. */
const keptOnly = /(?:^|\/)_?(?:legacy|archived?|archives|old|obsolete|deprecated|旧|旧版|アーカイブ|保管|過去|廃止)\//iu;

/** Whether a document is a record that gives itself a last day over 90 days ago, or lies in a folder of what is only kept (`legacy/`, `旧/`). */
export function isOldRecord(document: TypedDocument, env: Env): boolean {
  if (keptOnly.test(document.path)) return true;
  if (document.type?.class !== 'record') return false;
  const written = new DocumentUnit(document).value('written', env)?.days(env.yearOf(document))?.to ?? lastDayOfTitle(document);
  return written !== undefined && (daysBetween(written, env.context.today) ?? 0) > oldAfterDays;
}

/** Days after which a wrong day leads nobody astray. */
const pastAfterDays = 14;

/** Whether a unit is a day that is over since two weeks or more. */
export function isPastDay(unit: Unit, env: Env): boolean {
  const day = unit.kind === 'date' ? unit.value('value', env)?.days(env.yearOf(unit.document))?.to : undefined;
  return day !== undefined && (daysBetween(day, env.context.today) ?? 0) >= pastAfterDays;
}

const dayColumns = ['due', 'end', 'closed', 'raised', 'updated'] as const;
/** From so many rows on a table is a list that somebody keeps, or kept. */
const fewestRows = 5;
/** By table, on the day it was looked at. */
const overRegisters = new WeakMap<TypedTable, { readonly today: string; readonly isOver: boolean }>();

/** Whether a unit is a row, or a cell, of a register of five rows or more in which nothing is dated within the last 90 days: whoever kept it has stopped. */
export function isInOverRegister(unit: Unit, env: Env): boolean {
  const row = unit instanceof CellUnit ? unit.row : unit;
  if (!(row instanceof RowUnit)) return false;
  const { document, table } = row;
  // What an incident was to change stays due.
  if (document.type?.class !== 'register' || table.table.rows.length < fewestRows) return false;
  const { today } = env.context;
  const known = overRegisters.get(table);
  if (known?.today === today) return known.isOver;
  const isOver = hasOnlyOldDays(document, table, env);
  overRegisters.set(table, { today, isOver });
  return isOver;
}

function hasOnlyOldDays(document: TypedDocument, table: TypedTable, env: Env): boolean {
  const columns = dayColumns.map((id) => table.positions.get(id)).filter((column) => column !== undefined);
  const year = env.yearOf(document);
  let some = false;
  // The newest rows stand at the end of most lists.
  for (let row = table.table.rows.length - 1; row >= 0; row--) {
    for (const column of columns) {
      const day = document.cell(table, row, column)?.days(year)?.to;
      if (day === undefined) continue;
      if ((daysBetween(day, env.context.today) ?? 0) <= oldAfterDays) return false;
      some = true;
    }
  }
  return some;
}

/** The last day of the year that a title names (`Minutes from 12.03.2016`, whose day can be read in two ways). */
function lastDayOfTitle({ document }: TypedDocument): string | undefined {
  const title = document.sections.find((section) => section.level === 1)?.title ?? '';
  const year = /(?<!\d)((?:19|20)\d{2})(?!\d)/u.exec(title)?.[1];
  return year === undefined ? undefined : `${year}-12-31`;
}
