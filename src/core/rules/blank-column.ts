import type { TypedDocument } from '../product/meaning';
import type { Env } from './env';
import type { Explained } from './messages';
import { CellUnit, RowUnit, rowUnits } from './table-units';
import type { Unit } from './unit';

/** From so many rows on, a column that at most one in ten of them fills in is one nobody keeps, and no slip in each row. */
const fewestRows = 5;
const mostFilled = 0.1;

/** A column that hardly any row of a document fills in, in whichever of its tables. */
export interface BlankColumn {
  readonly id: string;
  readonly rows: number;
  /** Rows in which it is empty. */
  readonly blank: number;
}

const columnsOf = new WeakMap<TypedDocument, Map<string, BlankColumn | undefined>>();

/** The column hardly any row fills in that a finding is about: its cell, or the one part of its row that is missing. */
export function blankColumnOf({ unit, notes }: Explained): BlankColumn | undefined {
  const ids = unit instanceof CellUnit ? [unit.row.table.columns[unit.column]?.id] : unit instanceof RowUnit ? notes.flatMap((note) => note.missingIds ?? []) : [];
  const [id] = ids;
  if (id === undefined || ids.length > 1 || unit.document === undefined) return undefined;
  return columnOf(unit.document, id);
}

/** Whether a cell, or any cell of a row, stands in such a column: what is said of it depends on the rows beside it. */
export function isInBlankColumn(unit: Unit): boolean {
  const row = unit instanceof CellUnit ? unit.row : unit;
  if (!(row instanceof RowUnit)) return false;
  const { columns } = row.table;
  const asked = unit instanceof CellUnit ? [columns[unit.column]] : columns;
  return asked.some((column) => column !== undefined && columnOf(row.document, column.id) !== undefined);
}

function columnOf(document: TypedDocument, id: string): BlankColumn | undefined {
  const known = columnsOf.get(document) ?? new Map<string, BlankColumn | undefined>();
  if (known.has(id)) return known.get(id);
  const column = readColumn(document, id);
  columnsOf.set(document, known.set(id, column));
  return column;
}

/** A column that is kept is known as one after a tenth of its rows. */
function readColumn(document: TypedDocument, id: string): BlankColumn | undefined {
  const tables = document.tables.filter((table) => table.positions.has(id)).map((table) => rowUnits(document, table));
  const rows = tables.reduce((sum, units) => sum + units.length, 0);
  if (rows < fewestRows) return undefined;
  let filled = 0;
  for (const units of tables) {
    for (const row of units) if (row.cell(id)?.empty === false && ++filled > rows * mostFilled) return undefined;
  }
  return { id, rows, blank: rows - filled };
}

/** A sentence that says so behind a message. */
export function tellBlankColumn({ rows, blank }: BlankColumn, env: Env): string {
  return env.context.language === 'ja'
    ? `この列は${String(rows)}行のうち${String(blank)}行が空です。使わない列なら消してください。`
    : ` This column is empty in ${String(blank)} of ${String(rows)} rows. Remove it if it is not used.`;
}
