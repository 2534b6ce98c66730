import { cellText } from '../document/table';
import type { TypedDocument } from '../product/meaning';
import type { TypedTable } from '../product/typed-tables';
import { titleKey } from '../product/part-names';
import type { Span } from '../text/position';
import type { Env } from './env';
import { referencesTo } from './references';
import { isRequired } from './required';
import type { Prose } from './text-source';
import { linkUnits, splitSentences, TextUnit } from './text-units';
import type { CollectionName, Parts, Selector, Unit, Units } from './unit';
import { progressStatus } from './progress-status';
import { Value } from './value';

/** A table; underlined at its first header. */
export class TableUnit implements Unit {
  readonly kind = 'table';
  readonly document: TypedDocument;
  readonly table: TypedTable;

  constructor(document: TypedDocument, table: TypedTable) {
    this.document = document;
    this.table = table;
  }

  get span(): Span {
    return this.table.table.header.cells[0]?.span ?? this.table.table.header.span;
  }

  get extent(): Span {
    return this.table.table.span;
  }

  label(): string {
    return this.document.document.sections[this.table.table.section]?.title ?? this.document.path;
  }

  prose(env: Env): Prose {
    const { start, end } = this.extent;
    return { source: env.masked(this.document), from: start, to: end, offset: 0, whole: this.span };
  }

  value(name: string): Value | undefined {
    if (name === 'title' || name === 'heading') return new Value(this.label(), this.span);
    return undefined;
  }

  parts(name: CollectionName, of: Selector | undefined): Parts | undefined {
    switch (name) {
      case 'rows':
        return { units: rowUnits(this.document, this.table), missing: [] };
      case 'columns':
        return columnParts(this.document, this.table, of);
      case 'cells':
        return { units: rowUnits(this.document, this.table).flatMap((row) => cellUnits(row, of)), missing: [] };
      default:
        return undefined;
    }
  }
}

/** A body row; underlined at its id, else at its first filled cell. */
export class RowUnit implements Unit {
  readonly kind = 'row';
  readonly document: TypedDocument;
  readonly table: TypedTable;
  readonly index: number;

  constructor(document: TypedDocument, table: TypedTable, index: number) {
    this.document = document;
    this.table = table;
    this.index = index;
  }

  get span(): Span {
    const id = this.cell('id');
    if (id !== undefined && !id.empty) return id.span;
    const cells = this.table.table.rows[this.index]?.cells ?? [];
    return (cells.find((cell) => cell.text !== '') ?? cells[0])?.span ?? this.extent;
  }

  get extent(): Span {
    return this.table.table.rows[this.index]?.span ?? { start: 0, end: 0 };
  }

  cell(id: string): Value | undefined {
    const position = this.table.positions.get(id);
    if (position === undefined) return id === 'status' ? progressStatus(this) : undefined;
    const value = this.document.cell(this.table, this.index, position);
    // A sum has no number of its own, and nobody it is the work of.
    return value !== undefined && (value.empty || id === 'id') && this.table.sums.has(this.index) ? undefined : value;
  }

  /** The words of a cell, empty where there is none: for whoever looks at one column of every row. */
  written(id: string): string {
    const position = this.table.positions.get(id);
    const row = this.table.table.rows[this.index];
    return position === undefined || row === undefined ? '' : cellText(row, position);
  }

  label(): string {
    const id = this.cell('id');
    if (id !== undefined && !id.empty) return id.text;
    return (this.table.table.rows[this.index]?.cells.find((cell) => cell.text !== '')?.text ?? '').slice(0, 40);
  }

  prose(env: Env): Prose {
    const { start, end } = this.extent;
    return { source: env.masked(this.document), from: start, to: end, offset: 0, whole: this.span };
  }

  value(name: string): Value | undefined {
    return this.cell(name);
  }

  /** Cells that hold sentences: those of text columns, and of columns nobody knows. */
  get textCells(): readonly Value[] {
    const cells: Value[] = [];
    this.table.columns.forEach((column, position) => {
      if (column !== undefined && column.kind !== 'text') return;
      const value = this.document.cell(this.table, this.index, position);
      if (value !== undefined && !value.empty) cells.push(value);
    });
    return cells;
  }

  parts(name: CollectionName, of: Selector | undefined, env: Env): Parts | undefined {
    switch (name) {
      case 'cells':
        return { units: cellUnits(this, of), missing: [] };
      case 'columns':
        return columnParts(this.document, this.table, of);
      case 'links':
        return { units: linksIn(this.document, this.extent, env), missing: [] };
      case 'referenced_by': {
        const id = this.cell('id');
        if (id === undefined || id.empty) return undefined;
        return referencesTo(id.text, this.document, of, env);
      }
      default:
        return undefined;
    }
  }
}

export class CellUnit implements Unit {
  readonly kind = 'cell';
  readonly row: RowUnit;
  readonly column: number;

  constructor(row: RowUnit, column: number) {
    this.row = row;
    this.column = column;
  }

  /** Read when first asked for: most cells are never asked about while somebody types elsewhere. */
  get cell(): Value {
    return this.document.cell(this.row.table, this.row.index, this.column) ?? new Value('', this.row.extent);
  }

  get document(): TypedDocument {
    return this.row.document;
  }

  get span(): Span {
    return this.cell.span;
  }

  get extent(): Span {
    return this.row.extent;
  }

  label(): string {
    return this.row.label();
  }

  get title(): string {
    return this.row.table.table.header.cells[this.column]?.text ?? '';
  }

  prose(env: Env): Prose {
    return env.proseOf(this.cell, this.document);
  }

  value(name: string): Value | undefined {
    if (name === 'value') return this.cell;
    if (name === 'column') return new Value(this.title, this.cell.span);
    // A person column asked for `owner` answers for itself: the reporter of a row is somebody too.
    if (name === 'owner' && this.row.table.columns[this.column]?.kind === 'person') return this.cell;
    return this.row.cell(name);
  }

  parts(name: CollectionName, of: Selector | undefined, env: Env): Parts | undefined {
    switch (name) {
      case 'sentences':
        return { units: sentencesIn(this, env), missing: [] };
      case 'items':
        return { units: itemsIn(this), missing: [] };
      case 'links':
        return { units: linksIn(this.document, this.cell.span, env), missing: [] };
      default:
        return this.row.parts(name, of, env);
    }
  }
}

function linksIn(document: TypedDocument, span: Span, env: Env): readonly Unit[] {
  return linkUnits(document, env).filter((link) => link.span.start >= span.start && link.span.end <= span.end);
}

function sentencesIn(cell: CellUnit, env: Env): readonly Unit[] {
  const prose = cell.prose(env);
  if (prose.offset === undefined) return splitSentences(cell.cell.text, { start: 0, end: cell.cell.text.length }).map(() => new TextUnit('sentence', cell.document, cell.span, false));
  return splitSentences(prose.source.text, cell.cell.span).map((span) => new TextUnit('sentence', cell.document, span, false));
}

/** Points of a list inside a cell: `<br>` or line breaks, or ・ in front. */
function itemsIn(cell: CellUnit): readonly Unit[] {
  const lines = cell.cell.text.split(/\n|(?=[・•])/u).filter((line) => line.trim() !== '');
  return lines.length < 2 ? [] : lines.map(() => new TextUnit('item', cell.document, cell.span, false));
}

/** A column; underlined at its header. */
export class ColumnUnit implements Unit {
  readonly kind = 'column';
  readonly document: TypedDocument;
  readonly table: TypedTable;
  readonly column: number;
  /** Every row of a table may be asked about the titles of its columns. */
  #title: Value | undefined;
  #id: Value | undefined;

  constructor(document: TypedDocument, table: TypedTable, column: number) {
    this.document = document;
    this.table = table;
    this.column = column;
  }

  get span(): Span {
    return this.table.table.header.cells[this.column]?.span ?? this.table.table.header.span;
  }

  get extent(): Span {
    return this.span;
  }

  get title(): string {
    return this.table.table.header.cells[this.column]?.text ?? '';
  }

  label(): string {
    return this.title;
  }

  prose(env: Env): Prose {
    return env.proseOf(new Value(this.title, this.span, { inText: true }), this.document);
  }

  value(name: string): Value | undefined {
    if (name === 'title' || name === 'value') return (this.#title ??= new Value(this.title, this.span));
    if (name === 'id') return (this.#id ??= new Value(this.table.columns[this.column]?.id ?? '', this.span));
    return undefined;
  }

  /** Whether another column of the table has the same header. Columns without header are never the same. */
  get repeated(): boolean {
    const key = titleKey(this.title);
    if (key === '') return false;
    return this.table.table.header.cells.some((cell, i) => i !== this.column && titleKey(cell.text) === key);
  }

  *cells(): Iterable<CellUnit> {
    for (const row of rowUnits(this.document, this.table)) yield new CellUnit(row, this.column);
  }

  parts(name: CollectionName): Parts | undefined {
    if (name !== 'cells') return undefined;
    return { units: [...this.cells()], missing: [] };
  }
}

const rowMemory = new WeakMap<TypedTable, readonly RowUnit[]>();

/**
 * Body rows that hold anything; blank ones, also with a running number in front, are a person's next row, not a mistake. A
 * row of one item (`| | - 統計を出す | | |`) goes on with the row above.
 */
export function rowUnits(document: TypedDocument, table: TypedTable): readonly RowUnit[] {
  let rows = rowMemory.get(table);
  if (rows === undefined) {
    const { text } = document.document;
    const filled: RowUnit[] = [];
    for (const [index, row] of table.table.rows.entries()) if (hasLetter(text, row.span) ? !isPartOfAbove(text, row.span) : !isBlank(row.cells)) filled.push(new RowUnit(document, table, index));
    rows = filled;
    rowMemory.set(table, rows);
  }
  return rows;
}

const oneItem = /^\|(?:[ \t]*\|)+[ \t]*(?:[-*・•‐–] ?|[└├↳])[^|\r\n]+\|(?:[ \t]*\|)*$/u;

function isPartOfAbove(text: string, { start, end }: Span): boolean {
  // Nearly every row begins with a cell that says something.
  let at = start + 1;
  while (at < end && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at++;
  return text.charCodeAt(start) === 124 && text.charCodeAt(at) === 124 && oneItem.test(text.slice(start, end));
}

/** A letter says that a row is none of the blank ones, without its cells being read. */
function hasLetter(text: string, { start, end }: Span): boolean {
  for (let i = start; i < end; i++) {
    const c = text.charCodeAt(i);
    if ((c >= 65 && c <= 90) || (c >= 97 && c <= 122) || (c >= 0x3041 && c < 0x3097) || (c >= 0x30a1 && c < 0x30fb) || (c >= 0x4e00 && c < 0xa000)) return true;
  }
  return false;
}

/** No cell says anything, or only the first holds a running number and the others are empty or marks. */
function isBlank(cells: readonly { readonly text: string }[]): boolean {
  const [first, ...others] = cells;
  if (first === undefined || cells.every((cell) => cell.text === '')) return true;
  return others.length > 1 && /^\d{1,4}[.)]?$/u.test(first.text.normalize('NFKC').trim()) && others.every((cell) => !/[\p{L}\p{N}]/u.test(cell.text));
}

/** Cells of a row: of the columns named, of a kind (`kind:person`), or all. Only columns that somebody knows, unless all. */
export function cellUnits(row: RowUnit, of: Selector | undefined): readonly CellUnit[] {
  return cellPositions(row, of).map((position) => new CellUnit(row, position));
}

function cellPositions(row: RowUnit, of: Selector | undefined): readonly number[] {
  const known = positionsOf(row.table, of);
  const written = row.table.table.rows[row.index];
  const positions = written !== undefined && row.table.sums.has(row.index) ? known.filter((position) => cellText(written, position) !== '' && row.table.columns[position]?.id !== 'id') : known;
  if (of?.includes('required') !== true) return positions;
  // What a row needs may depend on what stands in it.
  return row.table.columns.flatMap((column, position) =>
    positions.includes(position) || (column !== undefined && isRequired(column, (id) => row.cell(id))) ? [position] : []);
}

/** The cells of rows, row by row, made as they are asked for: after an edit only those of one row are. */
export class CellList implements Units {
  readonly length: number;
  readonly rows: readonly RowUnit[];
  readonly #positions: readonly (readonly number[])[];
  /** Index of the first cell of each row. */
  readonly #starts: readonly number[];
  /** Of the cell asked for last. */
  #row = 0;

  constructor(rows: readonly RowUnit[], of: Selector | undefined) {
    this.rows = rows;
    const starts: number[] = [];
    let count = 0;
    this.#positions = rows.map((row) => {
      const positions = cellPositions(row, of);
      starts.push(count);
      count += positions.length;
      return positions;
    });
    this.#starts = starts;
    this.length = count;
  }

  /** Columns of the cells of a row. */
  columnsOf(row: number): readonly number[] {
    return this.#positions[row] ?? [];
  }

  /** Index of the first cell of a row. */
  startOf(row: number): number {
    return this.#starts[row] ?? this.length;
  }

  at(index: number): CellUnit | undefined {
    if (index < 0 || index >= this.length) return undefined;
    if (index < this.startOf(this.#row) || index >= this.startOf(this.#row + 1)) this.#row = this.#find(index);
    const row = this.rows[this.#row];
    const column = this.columnsOf(this.#row)[index - this.startOf(this.#row)];
    return row === undefined || column === undefined ? undefined : new CellUnit(row, column);
  }

  /** The last row that begins at or before a cell: rows without cells begin where the next one does. */
  #find(index: number): number {
    let low = 0;
    let high = this.#starts.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.startOf(middle) <= index) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }
}

const positionMemory = new WeakMap<TypedTable, Map<Selector, readonly number[]>>();
const allColumns: Selector = ['all'];

/** Positions of the columns a selector names. */
function positionsOf(table: TypedTable, of: Selector | undefined): readonly number[] {
  const selector = of ?? allColumns;
  let memory = positionMemory.get(table);
  if (memory === undefined) {
    memory = new Map();
    positionMemory.set(table, memory);
  }
  let positions = memory.get(selector);
  if (positions === undefined) {
    positions = table.columns.flatMap((column, i) => {
      if (selector.includes('all')) return [i];
      if (column === undefined) return [];
      const named = selector.includes(column.id) || selector.includes(`kind:${column.kind}`) || (selector.includes('required') && column.required);
      return named ? [i] : [];
    });
    memory.set(selector, positions);
  }
  return positions;
}

const columnMemory = new WeakMap<TypedTable, Map<Selector | undefined, Parts | undefined>>();

/** The columns of a table that a selector names; the same for each of its rows. */
function columnParts(document: TypedDocument, table: TypedTable, of: Selector | undefined): Parts | undefined {
  let memory = columnMemory.get(table);
  if (memory === undefined) {
    memory = new Map();
    columnMemory.set(table, memory);
  }
  if (!memory.has(of)) memory.set(of, readColumns(document, table, of));
  return memory.get(of);
}

function readColumns(document: TypedDocument, table: TypedTable, of: Selector | undefined): Parts | undefined {
  const units = (of === undefined ? table.columns.map((_, i) => i) : positionsOf(table, of)).map((i) => new ColumnUnit(document, table, i));
  if (of === undefined || of.includes('all')) return { units, missing: [] };
  if (of.includes('required') && table.type === undefined) return undefined;
  const wanted = (table.type?.columns ?? []).filter((column) => of.includes(column.id) || (of.includes('required') && column.required && !column.each && !column.instead.some((id) => table.positions.has(id))));
  // A register in several tables (the list, then the measures) has a column when one of them has it.
  const beside = of.includes('required') ? document.tables.filter((other) => other !== table && other.type === table.type) : [];
  const missing = wanted.filter((column) => !table.positions.has(column.id) && !beside.some((other) => other.positions.has(column.id))).map((column) => ({ id: column.id, title: column.title }));
  const unknown = of.filter((id) => id !== 'required' && !id.includes(':') && !wanted.some((column) => column.id === id) && !table.positions.has(id));
  return { units, missing: [...missing, ...unknown.map((id) => ({ id, title: id }))] };
}
