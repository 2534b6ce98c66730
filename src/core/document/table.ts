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

/** A row without the blanks around it. */
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
    this.#cells ??= readRow(this.#text, this.span.start, this.span.end, (start, end) => this.#text.slice(start, end)).cells;
    return this.#cells;
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
