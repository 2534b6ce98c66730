import { changeBetween } from '../text/change';
import type { Span } from '../text/position';
import type { Cell, ProjectDocument, Row, Section, Table } from './document';
import { isPlain } from './markdown-inline';
import { PlainRow } from './table';

/** Longer rows are read anew: they may have too many cells. */
const longestRow = 5000;
/** What makes of a row something else than a row, or of the document one that is not read. */
const breaks = /[\n\r\0\uFFFD]/u;

/**
 * Reads a document after an edit inside of one row of a Markdown table: such an edit moves what stands behind it and changes
 * nothing else. What is read is what reading all of it gives; only rows without marks are taken, before and after.
 *
 * @param before the document before the edit
 * @returns `undefined` for any other edit
 */
export function rereadRow(before: ProjectDocument, text: string): ProjectDocument | undefined {
  if (before.format !== 'markdown' || before.problems.length > 0 || before.tables.length === 0) return undefined;
  const { start, oldEnd, newEnd } = changeBetween(before.text, text);
  const table = before.tables.find(({ span }) => span.start <= start && oldEnd <= span.end);
  const index = table === undefined ? -1 : rowAround(table.rows, start, oldEnd);
  const row = table?.rows[index];
  if (table === undefined || !(row instanceof PlainRow) || before.text.charCodeAt(row.span.start) !== 124) return undefined;
  const by = newEnd - oldEnd;
  const end = row.span.end + by;
  // A table of two columns may be one of attributes, which are fields of the document.
  if (table.header.cells.length === 2 || end - row.span.start > longestRow || breaks.test(text.slice(start, newEnd)) || !isPlain(text, row.span.start, end)) return undefined;
  return new Mover(text, row.span.end, by).document(before, table, index);
}

/** The row that an edit lies in with its first and last character left as they are; -1 for none. */
function rowAround(rows: readonly Row[], start: number, end: number): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((rows[middle]?.span.start ?? 0) < start) low = middle + 1;
    else high = middle;
  }
  return end < (rows[low - 1]?.span.end ?? 0) ? low - 1 : -1;
}

/** Moves what stands at or behind an offset; what lies around it grows. */
class Mover {
  readonly #text: string;
  readonly #from: number;
  readonly #by: number;

  constructor(text: string, from: number, by: number) {
    this.#text = text;
    this.#from = from;
    this.#by = by;
  }

  document(before: ProjectDocument, edited: Table, index: number): ProjectDocument {
    const span = (each: Span): Span => this.#span(each);
    return {
      ...before,
      text: this.#text,
      lines: before.lines.moved(this.#text, this.#from, this.#by),
      fields: before.fields.map((field) => this.#isBefore(field.valueSpan) && this.#isBefore(field.nameSpan) ? field : { ...field, nameSpan: span(field.nameSpan), valueSpan: span(field.valueSpan) }),
      sections: before.sections.map((section) => this.#section(section)),
      tables: before.tables.map((table) => this.#table(table, table === edited ? index : -1)),
      items: before.items.map((item) => this.#isBefore(item.span) ? item : { ...item, span: span(item.span) }),
      paragraphs: before.paragraphs.map((paragraph) => this.#isBefore(paragraph.span) ? paragraph : { ...paragraph, span: span(paragraph.span) }),
      links: before.links.map((link) => this.#isBefore(link.span) && this.#isBefore(link.targetSpan) ? link : { ...link, span: span(link.span), targetSpan: span(link.targetSpan) }),
      opaque: before.opaque.map((each) => this.#isBefore(each) ? each : { ...each, ...span(each) }),
    };
  }

  #isBefore(span: Span): boolean {
    return span.end < this.#from;
  }

  #span(span: Span): Span {
    if (this.#by === 0 || this.#isBefore(span)) return span;
    return { start: span.start < this.#from ? span.start : span.start + this.#by, end: span.end + this.#by };
  }

  #section(section: Section): Section {
    if (this.#isBefore(section.span)) return section;
    return { ...section, titleSpan: this.#span(section.titleSpan), span: this.#span(section.span), bodySpan: this.#span(section.bodySpan) };
  }

  /** Rows that are read when asked for are made anew, so that they hold on to no text of before. */
  #table(table: Table, edited: number): Table {
    const rows: Row[] = [];
    for (const [i, row] of table.rows.entries()) rows.push(this.#row(row, i === edited));
    return { span: this.#span(table.span), header: this.#row(table.header, false), rows, section: table.section };
  }

  #row(row: Row, isEdited: boolean): Row {
    const { start, end } = row.span;
    if (isEdited) return new PlainRow(this.#text, { start, end: end + this.#by });
    if (row instanceof PlainRow) return new PlainRow(this.#text, this.#span(row.span));
    return this.#isBefore(row.span) ? row : { span: this.#span(row.span), cells: row.cells.map((cell): Cell => ({ text: cell.text, span: this.#span(cell.span) })) };
  }
}
