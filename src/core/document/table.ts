import type { Span } from '../text/position';
import type { Cell, Row } from './document';

/**
 * GFM table rows: cells stand between pipes that no backslash escapes, code spans do not protect a pipe (GFM 0.29,
 * Tables). A row costs its own length; missing cells are not made up.
 */

function isBlank(c: number): boolean {
  return c === 32 || c === 9;
}

/** Number of columns of a delimiter row (`| --- | :-: |`), 0 for any other line. */
export function isDelimiterRow(text: string, start: number, end: number): number {
  let columns = 0;
  let at = start;
  let pipes = 0;
  const skip = (): void => {
    while (at < end && isBlank(text.charCodeAt(at))) at++;
  };
  skip();
  if (text.charCodeAt(at) === 124 && at < end) {
    pipes++;
    at++;
  }
  for (;;) {
    skip();
    if (at >= end) break;
    if (text.charCodeAt(at) === 58) at++;
    const dashes = at;
    while (at < end && text.charCodeAt(at) === 45) at++;
    if (at === dashes) return 0;
    if (at < end && text.charCodeAt(at) === 58) at++;
    columns++;
    skip();
    if (at >= end) break;
    if (text.charCodeAt(at) !== 124) return 0;
    pipes++;
    at++;
  }
  return pipes > 0 ? columns : 0;
}

/** Number of cells of a row, without the outer pipes. */
export function countCells(text: string, start: number, end: number): number {
  let first = start;
  let last = end;
  while (first < last && isBlank(text.charCodeAt(first))) first++;
  while (last > first && isBlank(text.charCodeAt(last - 1))) last--;
  if (first === last) return 0;
  let count = 1;
  let at = first;
  if (text.charCodeAt(at) === 124) at++;
  for (; at < last; at++) {
    const c = text.charCodeAt(at);
    if (c === 92) at++;
    else if (c === 124 && at < last - 1) count++;
  }
  return count;
}

/** A row or cell without the blanks around it. */
export function rowSpan(text: string, start: number, end: number): Span {
  let first = start;
  let last = end;
  while (first < last && isBlank(text.charCodeAt(first))) first++;
  while (last > first && isBlank(text.charCodeAt(last - 1))) last--;
  return { start: first, end: last };
}

/** Reads a row; `plain` gives the words of a cell from its trimmed span. */
export function readRow(text: string, start: number, end: number, plain: (start: number, end: number) => string): Row {
  const span = rowSpan(text, start, end);
  const { start: first, end: last } = span;
  const cells: Cell[] = [];
  let at = first;
  // The pipe to the left of the current cell, or the start of the row when there is none.
  let left = first;
  if (at < last && text.charCodeAt(at) === 124) at++;
  let from = at;
  for (; at <= last; at++) {
    const c = at === last ? 124 : text.charCodeAt(at);
    if (c === 92 && at + 1 < last) {
      at++;
      continue;
    }
    if (c !== 124) continue;
    // A pipe that ends the row closes the cell before it and opens none.
    if (at === last && from === last && cells.length > 0) break;
    cells.push(readCell(text, left, from, at, plain));
    left = at;
    from = at + 1;
  }
  return { span, cells };
}

/** A row without marks, whose cells are read when first asked for: most are not while somebody types in another. */
export class PlainRow implements Row {
  readonly span: Span;
  readonly #text: string;
  #cells: readonly Cell[] | undefined;

  constructor(text: string, span: Span) {
    this.#text = text;
    this.span = span;
  }

  get cells(): readonly Cell[] {
    this.#cells ??= plainCells(this.#text, this.span);
    return this.#cells;
  }

  /** The words of one cell, empty where there is none, without the others being read. */
  textAt(column: number): string {
    if (this.#cells !== undefined) return this.#cells[column]?.text ?? '';
    const { start, end } = this.span;
    let from = this.#text.charCodeAt(start) === 124 ? start + 1 : start;
    for (let i = 0; i < column; i++) {
      const pipe = this.#text.indexOf('|', from);
      if (pipe < 0 || pipe >= end) return '';
      from = pipe + 1;
    }
    const pipe = this.#text.indexOf('|', from);
    const cell = rowSpan(this.#text, from, pipe < 0 || pipe > end ? end : pipe);
    return this.#text.slice(cell.start, cell.end);
  }
}

/** The words of a cell of a row, empty where there is none. */
export function cellText(row: Row, column: number): string {
  return row instanceof PlainRow ? row.textAt(column) : (row.cells[column]?.text ?? '');
}

/** A cell without marks; its text and span are made when first asked for: of most cells only the place counts. */
class PlainCell implements Cell {
  readonly #source: string;
  readonly #start: number;
  readonly #end: number;
  #text: string | undefined;
  #span: Span | undefined;

  constructor(source: string, start: number, end: number, isEmpty: boolean) {
    this.#source = source;
    this.#start = start;
    this.#end = end;
    if (isEmpty) this.#text = '';
  }

  get text(): string {
    return (this.#text ??= this.#source.slice(this.#start, this.#end));
  }

  get span(): Span {
    return (this.#span ??= { start: this.#start, end: this.#end });
  }
}

/** What {@link readRow} gives for a row without marks and outer blanks: no backslash stands in it, so every pipe divides. */
function plainCells(text: string, { start: first, end: last }: Span): readonly Cell[] {
  const cells: Cell[] = [];
  let left = first;
  let from = text.charCodeAt(first) === 124 && first < last ? first + 1 : first;
  for (;;) {
    const pipe = text.indexOf('|', from);
    const to = pipe < 0 || pipe > last ? last : pipe;
    // A pipe that ends the row closes the cell before it and opens none.
    if (to === last && from === last && cells.length > 0) return cells;
    const { start, end } = rowSpan(text, from, to);
    cells.push(start === end ? new PlainCell(text, left, Math.max(to, left + 1), true) : new PlainCell(text, start, end, false));
    if (to === last) return cells;
    left = to;
    from = to + 1;
  }
}

function readCell(text: string, left: number, from: number, to: number, plain: (start: number, end: number) => string): Cell {
  let start = from;
  let end = to;
  while (start < end && isBlank(text.charCodeAt(start))) start++;
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
  if (start === end) return { text: '', span: { start: left, end: Math.max(to, left + 1) } };
  return { text: plain(start, end), span: { start, end } };
}
