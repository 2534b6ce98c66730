import type { TypedDocument } from '../../product/meaning';
import type { TypedTable } from '../../product/typed-tables';
import { bareWord } from '../../text/words';
import { writeLike } from '../../text/write-number';
import { numberOf } from '../numbers';
import { isPartRow, isTotal, totalCells } from '../../product/totals';
import { TableUnit } from '../table-units';
import { NO } from '../truth';
import type { Value } from '../value';
import type { Check, Fault } from './check';

const subtotal = /^(?:小計|subtotal)/iu;

/**
 * Rows named 合計, 計, 小計 or Total against the sum of the rows above. A subtotal sums the rows since the last
 * subtotal, a total the rows (or, where there are subtotals, may sum them). Rows that are parts of the one above (うち外注) are
 * in it already. Percentages and texts are left alone. A
 * column called 合計 is compared with the sum of the numeric columns before it only where more than one row agrees.
 */
export const totals: Check = (unit, env) => {
  if (!(unit instanceof TableUnit)) return [];
  const { document, table } = unit;
  const tolerance = numberOf(env.params.get('tolerance')) ?? 0.5;
  const faults: Fault[] = [];
  for (let column = 1; column < table.columns.length; column++) {
    if (table.columns[column]?.kind === 'percent' || table.columns[column]?.kind === 'id' || table.columns[column]?.kind === 'date') continue;
    faults.push(...columnFaults(unit, document, table, column, tolerance));
  }
  return faults;
};

function columnFaults(unit: TableUnit, document: TypedDocument, table: TypedTable, column: number, tolerance: number): readonly Fault[] {
  const outline = outlineOf(document, table);
  let all = 0;
  let tops = 0;
  let leaves = 0;
  let part = 0;
  let seen = 0;
  let subtotals = 0;
  let hasText = false;
  /** Whether the row that parts (うち外注) are parts of says a number here. */
  let isCounted = false;
  const faults: Fault[] = [];
  for (let row = 0; row < table.table.rows.length; row++) {
    const value = document.cell(table, row, column);
    const isPart = isPartRow(table.table, row, column);
    if (value === undefined || value.empty) {
      isCounted &&= isPart;
      continue;
    }
    const number = /[%％]/u.test(value.text) ? undefined : value.number;
    if (isPart && isCounted && number !== undefined) continue;
    if (!isPart) isCounted = number !== undefined;
    const label = labelOf(document, table, row, column);
    const isSum = label !== undefined;
    if (number === undefined) {
      if (!isSum) hasText = true;
      continue;
    }
    if (!isSum) {
      all += number;
      if (outline?.tops.has(row) === true) tops += number;
      if (outline?.parents.has(row) === false) leaves += number;
      part += number;
      seen++;
      continue;
    }
    if (seen < 2 || hasText) continue;
    const isOff = (sum: number): boolean => Math.abs(sum - number) > tolerance;
    const expected = subtotal.test(label) ? part : outline === undefined ? all : tops;
    // Where those below do not add up to those above them, nobody can tell which of them the total is of.
    const isKnown = outline === undefined || (Math.abs(tops - leaves) <= tolerance && isOff(all) && isOff(tops));
    if (isKnown && isOff(expected) && isOff(subtotals)) faults.push(faultAt(unit, value, expected));
    if (subtotal.test(label)) {
      subtotals += number;
      part = 0;
    }
  }
  return faults;
}

interface Outline {
  /** Rows that others are parts of: 2.0 or 2 above 2.1. */
  readonly parents: ReadonlySet<number>;
  /** Rows that are part of no other. */
  readonly tops: ReadonlySet<number>;
}

const outlines = new WeakMap<TypedTable, Outline | null>();

/** How the numbers in a table's first column divide work into parts; `undefined` where they do not. */
function outlineOf(document: TypedDocument, table: TypedTable): Outline | undefined {
  let outline = outlines.get(table);
  if (outline === undefined) {
    outline = readOutline(table.table.rows.map((_, row) => document.cell(table, row, 0)?.text ?? '')) ?? null;
    outlines.set(table, outline);
  }
  return outline ?? undefined;
}

function readOutline(numbers: readonly string[]): Outline | undefined {
  const keys = numbers.map((text) => /^\d{1,4}(?:\.\d{1,4}){0,6}$/u.exec(text.normalize('NFKC').trim())?.[0].replace(/(?:\.0)+$/u, ''));
  const known = new Map(keys.flatMap((key, row) => (key === undefined ? [] : [[key, row] as const])));
  const parents = new Set<number>();
  const tops = new Set<number>();
  for (const [row, key] of keys.entries()) {
    if (key === undefined) continue;
    let above = key.lastIndexOf('.');
    while (above > 0 && !known.has(key.slice(0, above))) above = key.lastIndexOf('.', above - 1);
    const parent = above > 0 ? known.get(key.slice(0, above)) : undefined;
    if (parent === undefined) tops.add(row);
    else parents.add(parent);
  }
  return parents.size === 0 ? undefined : { parents, tops };
}

/** The words of a row's first cells, before the column. */
function labelOf(document: TypedDocument, table: TypedTable, row: number, column: number): string | undefined {
  for (let i = 0; i < Math.min(column, totalCells); i++) {
    const text = document.cell(table, row, i)?.text ?? '';
    if (isTotal(text)) return bareWord(text);
  }
  return undefined;
}

function faultAt(unit: TableUnit, value: Value, expected: number): Fault {
  return { unit, match: { span: value.span, text: value.text }, note: { result: NO, value, subject: 'value', expected: writeLike(value.text, expected) } };
}

