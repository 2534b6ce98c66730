import type { TypedDocument } from '../product/meaning';
import type { TypedTable } from '../product/typed-tables';
import { compareNumbered } from '../text/numbered';
import type { Env } from './env';

const fewestRows = 3;

/**
 * Whether a table of changes has its newest row first: versions and days both fall from row to row, over three rows or more, as two
 * may have been swapped. A day that was mistyped makes no such table, as its versions still rise.
 */
export function isNewestFirst(document: TypedDocument, table: TypedTable, env: Env): boolean {
  if (table.id !== 'history') return false;
  const version = table.positions.get('version');
  const date = table.positions.get('date');
  if (version === undefined || date === undefined) return false;
  const year = env.yearOf(document);
  let before: { readonly version: string; readonly day: string } | undefined;
  let rows = 0;
  for (let row = 0; row < table.table.rows.length; row++) {
    const written = document.cell(table, row, version)?.text.trim() ?? '';
    const day = document.cell(table, row, date)?.days(year)?.from;
    if (written === '' || day === undefined) continue;
    if (before !== undefined && (compareNumbered(written, before.version) >= 0 || day > before.day)) return false;
    rows++;
    before = { version: written, day };
  }
  return rows >= fewestRows;
}
