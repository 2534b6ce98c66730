import type { TypedDocument, TypedTable } from '../product/meaning';
import { daysBetween } from '../text/calendar';
import { DocumentUnit, sectionUnits } from './document-units';
import type { Env } from './env';

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

/** By table and column; a table is read anew with its document. */
const otherScales = new WeakMap<TypedTable, Map<number, boolean>>();

/**
 * Whether a column of a table has a scale of its own: two or more of its filled cells, and at least half, are no words of
 * the one it should have.
 */
export function hasOtherScale(document: TypedDocument, table: TypedTable, column: number): boolean {
  const known = otherScales.get(table)?.get(column);
  if (known !== undefined) return known;
  const cells = table.table.rows.map((_, row) => document.cell(table, row, column)).filter((value) => value !== undefined && !value.empty);
  const others = cells.filter((value) => value?.word === undefined).length;
  const answer = others >= 2 && others * 2 >= cells.length;
  const columns = otherScales.get(table) ?? new Map<number, boolean>();
  otherScales.set(table, columns.set(column, answer));
  return answer;
}

const oldAfterDays = 90;

/** Whether a document is a record that gives itself a last day over 90 days ago. */
export function isOldRecord(document: TypedDocument, env: Env): boolean {
  if (document.type?.class !== 'record') return false;
  const written = new DocumentUnit(document).value('written', env)?.days(env.yearOf(document))?.to;
  return written !== undefined && (daysBetween(written, env.context.today) ?? 0) > oldAfterDays;
}
