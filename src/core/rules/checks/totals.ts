import type { TypedDocument } from '../../product/meaning';
import type { TypedTable } from '../../product/typed-tables';
import { bareWord } from '../../text/words';
import { likeWritten } from '../compare';
import { numberOf } from '../numbers';
import { isTotal, totalCells } from '../totals';
import { TableUnit } from '../table-units';
import { NO } from '../truth';
import type { Value } from '../value';
import type { Check, Fault } from './check';

const subtotal = /^(?:小計|subtotal)/iu;

/**
 * Rows named 合計, 計, 小計 or Total against the sum of the rows above. A subtotal sums the rows since the last
 * subtotal, a total the rows (or, where there are subtotals, may sum them). Percentages and texts are left alone. A
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
  let all = 0;
  let part = 0;
  let seen = 0;
  let subtotals = 0;
  let hasText = false;
  const faults: Fault[] = [];
  for (let row = 0; row < table.table.rows.length; row++) {
    const value = document.cell(table, row, column);
    if (value === undefined || value.empty) continue;
    const number = /[%％]/u.test(value.text) ? undefined : value.number;
    const label = labelOf(document, table, row, column);
    const isSum = label !== undefined;
    if (number === undefined) {
      if (!isSum) hasText = true;
      continue;
    }
    if (!isSum) {
      all += number;
      part += number;
      seen++;
      continue;
    }
    if (seen < 2 || hasText) continue;
    const expected = subtotal.test(label) ? part : all;
    if (Math.abs(expected - number) > tolerance && Math.abs(subtotals - number) > tolerance) faults.push(faultAt(unit, value, expected));
    if (subtotal.test(label)) {
      subtotals += number;
      part = 0;
    }
  }
  return faults;
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
  return { unit, match: { span: value.span, text: value.text }, note: { result: NO, value, subject: 'value', expected: likeWritten(value.text, expected) } };
}

