import { isPartRow } from '../product/totals';
import { writeLike } from '../text/write-number';
import { tablesOf } from './document-units';
import type { Env } from './env';
import { RowUnit } from './table-units';
import { truthOf, UNKNOWN, type Truth } from './truth';
import type { Unit } from './unit';
import type { Value } from './value';

/** `rows.amount`: a column as a whole. */
const ofRows = /^rows\.([a-z][a-z0-9_]*)$/u;

/** The column that `sum_of: rows.amount` adds up, `undefined` for the names of single values. */
export function summedColumn(operands: readonly string[]): string | undefined {
  return operands.length === 1 ? ofRows.exec(operands[0] ?? '')?.[1] : undefined;
}

/**
 * `total: { sum_of: rows.amount }`: a value against the sum of a column over the rows of its table, else of the document's main table.
 * Rows of sums, and parts of the row above (うち外注), are not added; unknown where a cell says something else than a number, or none does.
 */
export function isSumOfColumn(column: string, value: Value, unit: Unit, env: Env, subject: string): Truth {
  const written = value.number;
  const { document } = unit;
  if (written === undefined || document === undefined) return UNKNOWN;
  let sum = 0;
  let count = 0;
  for (const table of unit instanceof RowUnit ? [unit.table] : tablesOf(document, undefined)) {
    const position = table.positions.get(column);
    if (position === undefined) continue;
    let isCounted = false;
    for (let row = 0; row < table.table.rows.length; row++) {
      const cell = document.cell(table, row, position);
      const isPart = isPartRow(table.table, row, position);
      if (isPart && isCounted) continue;
      if (!isPart) isCounted = cell?.number !== undefined;
      if (cell === undefined || cell.empty || table.sums.has(row)) continue;
      if (cell.number === undefined) return UNKNOWN;
      sum += cell.number;
      count++;
    }
  }
  if (count === 0) return UNKNOWN;
  const result = truthOf(Math.abs(sum - written) < 0.0051);
  if (env.trace !== undefined) env.note({ result, subject, value, expected: writeLike(value.text, sum) });
  return result;
}
