import type { Span } from '../text/position';
import { displayWidth } from '../text/width';
import type { ProjectDocument } from './document';
import { isDelimiterRow } from './table';

/** A replacement of a part of the text. */
export interface TableEdit {
  readonly span: Span;
  readonly text: string;
}

/** Longer tables stay as they are: one edit of thousands of lines helps nobody. */
const mostRows = 1000;
/** Wider cells stick out, so that one long sentence does not widen all rows. */
const widest = 60;

/**
 * Aligns the pipes of Markdown tables by the width of what is in the cells. Nothing but spaces and the dashes of delimiter
 * rows changes: cells keep every character, rows keep their number of cells. Tables that are indented, stand in quotes or
 * leave out outer pipes stay as they are; CSV and YAML have none.
 * @param within only tables that overlap this part of the text
 */
export function formatTables(document: ProjectDocument, within?: Span): readonly TableEdit[] {
  if (document.format !== 'markdown') return [];
  return document.tables.flatMap((table) => {
    if (within !== undefined && (table.span.end < within.start || table.span.start > within.end)) return [];
    const edit = formatted(document, table.span);
    return edit === undefined ? [] : [edit];
  });
}

interface Line {
  readonly cells: readonly string[];
  readonly end: string;
}

function formatted({ text, lines }: ProjectDocument, table: Span): TableEdit | undefined {
  const first = lines.lineAt(table.start);
  const last = lines.lineAt(Math.max(table.start, table.end - 1));
  if (last - first > mostRows || last <= first) return undefined;
  const start = lines.startOf(first);
  const rows: Line[] = [];
  for (let at = first; at <= last; at++) {
    const raw = text.slice(lines.startOf(at), lines.startOf(at + 1));
    const end = /[\r\n]*$/u.exec(raw)?.[0] ?? '';
    const cells = cellsOf(raw.slice(0, raw.length - end.length));
    if (cells === undefined) return undefined;
    rows.push({ cells, end });
  }
  const delimiter = rows[1]?.cells ?? [];
  const source = `|${delimiter.join('|')}|`;
  if (isDelimiterRow(source, 0, source.length) !== delimiter.length) return undefined;
  const widths = delimiter.map((_, column) => Math.max(3, ...rows.map(({ cells }, i) => {
    const width = i === 1 ? 0 : displayWidth(cells[column] ?? '');
    return width > widest ? 0 : width;
  })));
  const out = rows.map(({ cells, end }, i) => `|${cells.map((cell, column) => ` ${i === 1 ? dashes(cell, widths[column] ?? 3) : padded(cell, widths[column] ?? 0)} `).join('|')}|${end}`).join('');
  const span = { start, end: start + rows.reduce((sum, _, i) => sum + (lines.startOf(first + i + 1) - lines.startOf(first + i)), 0) };
  return out === text.slice(span.start, span.end) ? undefined : { span, text: out };
}

/** The cells of a row with both outer pipes at the line's start and end, trimmed; `undefined` for any other line. */
function cellsOf(line: string): readonly string[] | undefined {
  const row = line.replace(/[ \t]+$/u, '');
  if (!row.startsWith('|') || row.length < 2) return undefined;
  const cells: string[] = [];
  let from = 1;
  let closed = false;
  for (let i = 1; i < row.length; i++) {
    const c = row[i];
    if (c === '\\') i++;
    else if (c === '|') {
      cells.push(row.slice(from, i).replace(/^[ \t]+|[ \t]+$/gu, ''));
      from = i + 1;
      closed = i === row.length - 1;
    }
  }
  return closed ? cells : undefined;
}

function padded(cell: string, width: number): string {
  return cell + ' '.repeat(Math.max(0, width - displayWidth(cell)));
}

/** Dashes of a column with the colons that say its alignment. */
function dashes(cell: string, width: number): string {
  const [left, right] = [cell.startsWith(':') ? ':' : '', cell.length > 1 && cell.endsWith(':') ? ':' : ''];
  return `${left}${'-'.repeat(Math.max(1, width - left.length - right.length))}${right}`;
}
