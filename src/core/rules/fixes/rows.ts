import type { TypedDocument } from '../../product/meaning';
import type { TypedTable } from '../../product/typed-tables';
import { minutesOfDay } from '../../text/clock';
import type { Env } from '../env';
import type { TextChange } from '../finding';
import { splitSentences } from '../text-units';
import { pipesInCode } from '../code-pipes';
import { cellEdit, rowEdit } from './edits';

/** Puts the rows of a Markdown or CSV table in the order of a column; rows without a value stay behind the row above them. */
export function sortedRows(document: TypedDocument, table: TypedTable, column: string, env: Env): readonly TextChange[] {
  const position = table.positions.get(column);
  if (position === undefined || document.document.format === 'yaml') return [];
  const { text } = document.document;
  let last = '';
  const rows = table.table.rows.map((row, index) => {
    const value = document.cell(table, index, position);
    const day = value?.days(env.yearOf(document))?.from ?? '';
    const time = String(minutesOfDay(value?.text ?? '') ?? '').padStart(4, '0');
    const key = value === undefined || value.empty ? last : `${day} ${time}`;
    last = key;
    return { row, index, key };
  });
  const sorted = [...rows].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index));
  return rows.flatMap(({ row }, i) => {
    const other = sorted[i]?.row;
    if (other === undefined || other === row) return [];
    return [{ path: undefined, span: row.span, text: text.slice(other.span.start, other.span.end) }];
  });
}

/** Fills a short row with empty cells; in Markdown pipes in code are escaped, else too many cells are joined in the last one. */
export function repairedRow(document: TypedDocument, table: TypedTable, row: number): TextChange | undefined {
  const written = table.table.rows[row];
  const wanted = table.table.header.cells.length;
  const { text, format } = document.document;
  if (written === undefined || format === 'yaml') return undefined;
  if (written.cells.length < wanted) return filledUp(document, table, row) ?? cellEdit(document, table, row, wanted - 1, '');
  const first = written.cells[wanted - 1];
  const last = written.cells.at(-1);
  if (format === 'csv' || first === undefined || last === undefined) return undefined;
  const line = text.slice(written.span.start, written.span.end);
  const pipes = pipesInCode(line);
  if (pipes.length > 0 && pipes.length === written.cells.length - wanted) {
    const from = pipes[0] ?? 0;
    const to = (pipes.at(-1) ?? 0) + 1;
    const escaped = Array.from({ length: to - from }, (_, i) => `${pipes.includes(from + i) ? '\\' : ''}${line.charAt(from + i)}`).join('');
    return { path: undefined, span: { start: written.span.start + from, end: written.span.start + to }, text: escaped };
  }
  // The place of an empty cell begins with its pipe, which stays.
  const start = first.span.start + (text.charAt(first.span.start) === '|' ? 1 : 0);
  const span = { start, end: last.span.end };
  const joined = text.slice(span.start, span.end).replace(/(?<!\\)\|/gu, '\\|');
  return { path: undefined, span, text: joined };
}

/** Empty cells behind a row whose last pipe was forgotten too: one edit that gives it all its cells. */
function filledUp(document: TypedDocument, table: TypedTable, row: number): TextChange | undefined {
  const written = table.table.rows[row];
  const { text, format } = document.document;
  if (written === undefined || format !== 'markdown') return undefined;
  const { start, end } = written.span;
  if (text.charAt(start) !== '|' || text.charAt(end - 1) === '|') return undefined;
  return { path: undefined, span: { start: end, end }, text: ` |${' |'.repeat(table.table.header.cells.length - written.cells.length)}` };
}

/** Cuts a cell with several sentences after the first; the rest becomes a row of its own with the same other cells. */
export function splitRow(document: TypedDocument, table: TypedTable, row: number, column: number, id: string | undefined): readonly TextChange[] {
  const value = document.cell(table, row, column);
  if (value === undefined) return [];
  const lines = value.text.split('\n').filter((line) => line.trim() !== '');
  const parts = lines.length >= 2 ? lines : splitSentences(value.text, { start: 0, end: value.text.length }).map((span) => value.text.slice(span.start, span.end));
  const [first, ...rest] = parts;
  if (first === undefined || rest.length === 0) return [];
  const position = table.positions.get('id');
  const cells = table.table.header.cells.map((_, i) => {
    if (i === column) return rest.join(lines.length >= 2 ? '\n' : '').replace(/^(?:また|さらに|なお)、/u, '');
    if (i === position) return id ?? '';
    return document.cell(table, row, i)?.text ?? '';
  });
  const own = cellEdit(document, table, row, column, first);
  const added = rowEdit(document, table, row, cells);
  return own === undefined || added === undefined ? [] : [own, added];
}
