import type { Cell, ProjectDocument, ReadingProblem, Row } from './document';
import { plainLinks } from './plain-links';

type Reading = Omit<ProjectDocument, 'path' | 'format' | 'text' | 'lines'>;

const mostProblems = 50;
const delimiters = [',', '\t', ';'] as const;

/**
 * Reads CSV (RFC 4180, and what Excel makes of it: tab or semicolon between cells, a byte order mark, line breaks in
 * quotes). The first row that says something is the header, titles above it set aside; rows of blanks are left out. Linear.
 */
export function readCsv(text: string): Reading {
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const { rows, problems } = readRows(text, from, findDelimiter(text, from));
  const [header, ...body] = rows.slice(titleRows(rows));
  if (header !== undefined) {
    const width = header.cells.length;
    for (const row of body) {
      // Cells missing at the end are blanks people left out; cells too many come from a comma that wanted quotes.
      if (problems.length >= mostProblems) break;
      if (row.cells.slice(width).some((cell) => cell.text !== '')) {
        problems.push({ kind: 'csv', span: row.cells[width]?.span ?? row.span, detail: 'too_many_cells' });
      }
    }
    problems.sort((a, b) => a.span.start - b.span.start);
  }
  const last = body[body.length - 1] ?? header;
  return {
    frontMatter: undefined,
    fields: [],
    sections: [],
    tables: header === undefined || last === undefined ? [] : [{ span: { start: header.span.start, end: last.span.end }, header, rows: body, section: -1 }],
    items: [],
    paragraphs: [],
    links: plainLinks(text, 0),
    opaque: [],
    problems,
  };
}

const mostTitleRows = 10;

/**
 * How many rows stand above the header: a sheet's title, its date, its author. They fill less than half of the cells that
 * the widest row near the top fills.
 */
function titleRows(rows: readonly Row[]): number {
  const filled = rows.slice(0, mostTitleRows * 2).map((row) => row.cells.reduce((sum, cell) => sum + (cell.text === '' ? 0 : 1), 0));
  const widest = Math.max(0, ...filled);
  const header = filled.findIndex((count) => count * 2 >= widest);
  return header > mostTitleRows ? 0 : Math.max(0, header);
}

/** The delimiter that the first line with words has most of, outside quotes; a comma when it has none. */
function findDelimiter(text: string, from: number): string {
  const counts = [0, 0, 0];
  let quoted = false;
  let words = false;
  for (let i = from; i < text.length; i++) {
    const c = text.charAt(i);
    if (c === '"') quoted = !quoted;
    else if (quoted) continue;
    else if (c === '\n' || c === '\r') {
      if (words) break;
      counts.fill(0);
    } else {
      const which = delimiters.indexOf(c as (typeof delimiters)[number]);
      if (which >= 0) counts[which] = (counts[which] ?? 0) + 1;
      else words = true;
    }
  }
  let best = 0;
  counts.forEach((count, which) => {
    if (count > (counts[best] ?? 0)) best = which;
  });
  return delimiters[best] ?? ',';
}

function readRows(text: string, from: number, delimiter: string): { rows: Row[]; problems: ReadingProblem[] } {
  const rows: Row[] = [];
  const problems: ReadingProblem[] = [];
  const comma = delimiter.charCodeAt(0);
  const length = text.length;
  let cells: Cell[] = [];
  let rowStart = from;
  let filled = false;
  // A quote that never closes would swallow all the rest: from then on cells end with their line.
  let oneLine = false;
  const problem = (start: number, end: number, detail: string): void => {
    if (problems.length < mostProblems) problems.push({ kind: 'csv', span: { start, end }, detail });
  };
  for (let at = from; at <= length; ) {
    if (cells.length === 0) {
      // Rows of blanks cost nothing, however many there are.
      at = afterBlankRows(text, at, comma);
      if (at >= length) break;
      rowStart = at;
    }
    const cellStart = at;
    let value: string;
    let spanStart = at;
    let spanEnd: number;
    let close = -1;
    if (text.charCodeAt(at) === 34) {
      close = closingQuote(text, at, oneLine);
      if (close < 0 && !oneLine) {
        problem(at, lineEnd(text, at), 'unclosed_quote');
        oneLine = true;
        close = closingQuote(text, at, true);
      }
    }
    if (close >= 0) {
      value = text.slice(at + 1, close);
      if (value.includes('"')) value = value.replaceAll('""', '"');
      at = close + 1;
      const stray = at;
      while (at < length && !endsCell(text.charCodeAt(at), comma)) at++;
      const rest = text.slice(stray, at);
      if (rest.trim() !== '') {
        problem(cellStart, at, 'stray_quote');
        value += rest;
      }
      spanEnd = at;
    } else {
      while (at < length && !endsCell(text.charCodeAt(at), comma)) at++;
      spanEnd = at;
      value = text.slice(cellStart, at);
    }
    const trimmed = value.trim();
    if (trimmed !== '') {
      filled = true;
      while (spanStart < spanEnd && isBlank(text.charCodeAt(spanStart))) spanStart++;
      while (spanEnd > spanStart && isBlank(text.charCodeAt(spanEnd - 1))) spanEnd--;
    } else if (spanStart === spanEnd) {
      // The gap: the delimiter to the left, in the first cell the one to the right.
      if (cells.length > 0) spanStart--;
      else if (spanEnd < length && text.charCodeAt(spanEnd) === comma) spanEnd++;
    }
    cells.push({ text: trimmed, span: { start: spanStart, end: spanEnd } });
    if (at < length && text.charCodeAt(at) === comma) {
      at++;
      continue;
    }
    if (filled) rows.push({ span: { start: rowStart, end: at }, cells });
    cells = [];
    filled = false;
    if (at >= length) break;
    at += text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? 2 : 1;
    rowStart = at;
  }
  return { rows, problems };
}

/** Start of the first row from `at` on that holds more than delimiters and blanks. */
function afterBlankRows(text: string, at: number, comma: number): number {
  let row = at;
  for (let i = at; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 10 || c === 13) row = i + 1;
    else if (c !== comma && !isBlank(c)) return row;
  }
  return text.length;
}

function endsCell(c: number, comma: number): boolean {
  return c === comma || c === 10 || c === 13;
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9 || c === 0x3000;
}

function lineEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  return end;
}

/** Offset of the quote that closes the one at `at`; -1 when none does. */
function closingQuote(text: string, at: number, oneLine: boolean): number {
  for (let i = at + 1; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 34) {
      if (text.charCodeAt(i + 1) !== 34) return i;
      i++;
    } else if (oneLine && (c === 10 || c === 13)) return -1;
  }
  return -1;
}
