import type { Row, Table } from '../document/document';
import { cellText } from '../document/table';
import { bareWord } from '../text/words';

const total = /^(?:総?合計|計|小計|総計|total|subtotal|sum|grand total)(?:\s*[(（].*)?$/iu;

/** Cells at the start of a row that can say that it is a sum. */
export const totalCells = 3;
const firstCells = Array.from({ length: totalCells }, (_, i) => i);

/** Most cells begin with another character, and rows are asked often. */
const mayBeTotal = /^[\s*_~`（(【<]*[総合計小tsg]/iu;

/** Whether the words of a cell say that its row is a sum: 合計, 小計（9月）, Total. */
export function isTotal(text: string): boolean {
  return text.length <= 40 && mayBeTotal.test(text) && total.test(bareWord(text));
}

const part = /^(?:うち(?!わ(?!け))|[（(]\s*[うち内]{1,2}\s*[)）]|内\s*[、,：:]|内訳\s*[、,：:\s]|of which\b|thereof\b)/iu;

/** Most cells begin with another character. */
const mayBePart = /^[\s*_~`（(【<・└├│┗┣‐–—→-]*[う内ot]/iu;

/** Whether the words of a cell say that its row is a part of the row above: うち外注, （内）保守, of which travel. */
function isPartOfAbove(text: string): boolean {
  return text.length <= 80 && mayBePart.test(text) && (part.test(text.trim()) || part.test(bareWord(text.replace(/^[\s└├│┗┣‐–—→-]+/u, ''))));
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

const partsOfTables = new WeakMap<Table, ReadonlyMap<number, number>>();

/** Whether a row says in its first cells, before a column, that it is a part of the row above it. */
export function isPartRow(table: Table, row: number, column: number): boolean {
  let parts = partsOfTables.get(table);
  if (parts === undefined) {
    parts = new Map(table.rows.flatMap((each, i) => {
      const cell = firstCells.find((at) => isPartOfAbove(cellText(each, at)));
      return cell === undefined ? [] : [[i, cell] as const];
    }));
    partsOfTables.set(table, parts);
  }
  const cell = parts.size === 0 ? undefined : parts.get(row);
  return cell !== undefined && cell < column;
}
