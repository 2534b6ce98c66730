import type { Row, Table } from '../document/document';
import { cellText } from '../document/table';
import { bareWord } from '../text/words';

const total = /^(?:総?合計|計|小計|総計|total|subtotal|sum|grand total)(?:\s*[(（].*)?$/iu;

/** Cells at the start of a row that can say that it is a sum. */
export const totalCells = 3;

/** Most cells begin with another character, and rows are asked often. */
const mayBeTotal = /^[\s*_~`（(【<]*[総合計小tsg]/iu;

/** Whether the words of a cell say that its row is a sum: 合計, 小計（9月）, Total. */
export function isTotal(text: string): boolean {
  return text.length <= 40 && mayBeTotal.test(text) && total.test(bareWord(text));
}

const none: ReadonlySet<number> = new Set();

/** The rows of a table that sum up others: their first filled cell says so. */
export function totalRows(table: Table): ReadonlySet<number> {
  const found = table.rows.flatMap((row, i) => (isTotalRow(row) ? i : []));
  return found.length === 0 ? none : new Set(found);
}

function isTotalRow(row: Row): boolean {
  for (let i = 0; i < totalCells; i++) {
    const text = cellText(row, i);
    if (text !== '') return isTotal(text);
  }
  return false;
}
