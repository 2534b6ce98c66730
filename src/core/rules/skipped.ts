import { cellText } from '../document/table';
import type { TypedDocument } from '../product/meaning';
import type { TypedTable } from '../product/typed-tables';
import type { Env } from './env';
import { CellUnit, RowUnit, rowUnits } from './table-units';
import type { Unit } from './unit';
import type { Value } from './value';

/** From so many rows on, and from this share of them, a column is one that the team fills in. */
const fewestRows = 4;
const leastFilled = 0.75;

/** Of a row without a value at least this share of the other columns that are kept says something: else it is a heading, or a row that nobody has begun. */
const leastSaid = 0.6;

/** Whether a value is left out in its row alone: nothing stands there, and most rows of the column have something. */
export function isSkipped(value: Value, unit: Unit, subject: string, env: Env): boolean {
  if (value.text.trim() !== '') return false;
  const row = unit instanceof CellUnit ? unit.row : unit;
  if (!(row instanceof RowUnit)) return false;
  const { document, table } = row;
  const column = unit instanceof CellUnit && subject === 'value' ? unit.column : table.positions.get(subject);
  if (column === undefined) return false;
  env.lookBeside();
  return !table.sums.has(row.index) && keptColumns(document, table).has(column) && isWhole(row, column) && !isAboveItsParts(row);
}

const memory = new WeakMap<TypedTable, ReadonlySet<number>>();

/** Columns of a table that most of its rows fill in. */
function keptColumns(document: TypedDocument, table: TypedTable): ReadonlySet<number> {
  let kept = memory.get(table);
  if (kept === undefined) {
    const rows = rowUnits(document, table);
    kept = new Set(rows.length < fewestRows ? [] : table.columns.flatMap((known, column) => {
      if (known === undefined) return [];
      const filled = rows.filter((row) => isFilled(row, column)).length;
      return filled >= rows.length * leastFilled ? [column] : [];
    }));
    memory.set(table, kept);
  }
  return kept;
}

function isFilled({ table, index }: RowUnit, column: number): boolean {
  const row = table.table.rows[index];
  return row !== undefined && cellText(row, column) !== '';
}

/** Whether a row says most of what the others do, its number among it, and is no heading or part of the row above. */
function isWhole(row: RowUnit, skipped: number): boolean {
  const { document, table } = row;
  const id = table.positions.get('id');
  if (id !== undefined && id !== skipped && !isFilled(row, id)) return false;
  const others = [...keptColumns(document, table)].filter((column) => column !== skipped);
  const said = others.filter((column) => isFilled(row, column));
  if (said.length < 2 || said.length < others.length * leastSaid) return false;
  const { start, end } = row.extent;
  return !/(?:^|\|)\s*(?:\*\*[^|]+\*\*|[└├↳][^|]*)\s*(?:\||$)/u.test(document.document.text.slice(start, end));
}

/** `1` above `1.1`: what the parts say holds for the whole. */
function isAboveItsParts(row: RowUnit): boolean {
  const id = row.written('id').trim();
  const next = row.table.table.rows[row.index + 1];
  const column = row.table.positions.get('id');
  const below = column === undefined || next === undefined ? '' : cellText(next, column).trim();
  return id !== '' && below.length > id.length && below.startsWith(id) && /^[.\-_]/u.test(below.slice(id.length));
}
