import type { TypedDocument } from '../product/meaning';
import type { Env } from './env';
import type { Explained } from './messages';
import { CellUnit, RowUnit, rowUnits } from './table-units';

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

const columns = new WeakMap<TypedDocument, Map<string, BlankColumn | undefined>>();

/** The column hardly any row fills in that a finding is about: its cell, or the one part of its row that is missing. */
export function blankColumnOf({ unit, notes }: Explained): BlankColumn | undefined {
  const ids = unit instanceof CellUnit ? [unit.row.table.columns[unit.column]?.id] : unit instanceof RowUnit ? notes.flatMap((note) => note.missingIds ?? []) : [];
  const [id] = ids;
  if (id === undefined || ids.length > 1 || unit.document === undefined) return undefined;
  return columnOf(unit.document, id);
}

function columnOf(document: TypedDocument, id: string): BlankColumn | undefined {
  const known = columns.get(document) ?? new Map<string, BlankColumn | undefined>();
  if (known.has(id)) return known.get(id);
  const all = document.tables.filter((table) => table.positions.has(id)).flatMap((table) => rowUnits(document, table));
  const blank = all.filter((row) => row.cell(id)?.empty !== false).length;
  const column = all.length >= fewestRows && all.length - blank <= all.length * mostFilled ? { id, rows: all.length, blank } : undefined;
  columns.set(document, known.set(id, column));
  return column;
}

/** A sentence that says so behind a message. */
export function tellBlankColumn({ rows, blank }: BlankColumn, env: Env): string {
  return env.context.language === 'ja'
    ? `この列は${String(rows)}行のうち${String(blank)}行が空です。使わない列なら消してください。`
    : ` This column is empty in ${String(blank)} of ${String(rows)} rows. Remove it if it is not used.`;
}
