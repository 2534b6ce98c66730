import type { TypedTable } from '../product/typed-tables';
import type { RowUnit } from './table-units';
import { Value, wordsOfSet } from './value';

/** Whether a table without a column for the status says by others how far each row is: its progress, or the day it was done. */
function tellsProgress({ type, positions }: TypedTable): boolean {
  return type?.columns.some((column) => column.id === 'status') === true && !positions.has('status') && positions.has('progress');
}

/** The status of a row that has a progress or a closing date instead: done, begun or open; `undefined` where neither tells. */
export function progressStatus(row: RowUnit): Value | undefined {
  if (!tellsProgress(row.table)) return undefined;
  const attribute = row.table.type?.columns.find((column) => column.id === 'status');
  const words = row.document.wordsOf(attribute);
  const progress = row.cell('progress');
  const closed = row.cell('closed');
  if (words === undefined || progress === undefined) return undefined;
  const share = progress.empty ? undefined : progress.number;
  const isClosed = closed !== undefined && !closed.empty;
  if (share === undefined && !isClosed) return undefined;
  const id = isClosed || (share ?? 0) >= 100 ? 'done' : (share ?? 0) > 0 ? 'doing' : 'open';
  return words.words.has(id) ? new Value(wordsOfSet(words).spellingOf(id, 'ja'), progress.empty ? (closed ?? progress).span : progress.span, { attribute, words }) : undefined;
}
