import type { TypedDocument } from '../../../src/core/product/meaning';
import type { TypedTable } from '../../../src/core/product/typed-tables';
import type { Cell } from '../../../src/core/document/document';

/** Numbers from 0 to below 1. */
export type Random = () => number;

/** Mulberry32 of Tommy Ettinger: the same numbers for the same seed, everywhere. */
export function seeded(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export function pick<T>(random: Random, list: readonly T[]): T | undefined {
  return list[Math.floor(random() * list.length)];
}

export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Expected {
  readonly path: string;
  readonly line: number;
}

/** A clean document with one defect in it. */
export interface Mutant {
  readonly path: string;
  /** Where the document is after the defect; another path where the defect is its name. */
  readonly to: string;
  readonly text: string;
  /** Where the rule must speak: all of these. */
  readonly expected: readonly Expected[];
}

export type Documents = ReadonlyMap<string, TypedDocument>;

/** A kind of defect. `inject` gives `undefined` where a document has no place for it. */
export interface Kind {
  readonly kind: string;
  readonly rule: string;
  /** Needs the other documents of the product. */
  readonly network?: true;
  /** Rules that cannot but speak too, anywhere. */
  readonly also?: readonly string[];
  readonly inject: (document: TypedDocument, random: Random, all: Documents) => Mutant | undefined;
}

/** The document with edits made; the rule must speak on the line of `at`, an offset of the text before. */
export function mutant(document: TypedDocument, edits: readonly Edit[], at: number, to = document.path): Mutant {
  const { text } = document.document;
  const ordered = [...edits].sort((a, b) => a.start - b.start);
  let out = '';
  let from = 0;
  let moved = at;
  for (const edit of ordered) {
    out += text.slice(from, edit.start) + edit.text;
    from = edit.end;
    if (edit.end <= at && edit.start < at) moved += edit.text.length - (edit.end - edit.start);
  }
  return { path: document.path, to, text: out + text.slice(from), expected: [{ path: to, line: lineOf(out + text.slice(from), moved) }] };
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length - 1;
}

export interface RowPlace {
  readonly document: TypedDocument;
  readonly table: TypedTable;
  readonly row: number;
}

/** The rows of tables with these columns. */
export function rowsOf(document: TypedDocument, columns: readonly string[] = []): readonly RowPlace[] {
  return document.tables
    .filter((table) => table.id !== undefined && columns.every((column) => table.positions.has(column)))
    .flatMap((table) => table.table.rows.map((_, row) => ({ document, table, row })));
}

export function cellOf(place: RowPlace, column: string): Cell | undefined {
  const at = place.table.positions.get(column);
  return at === undefined ? undefined : place.table.table.rows[place.row]?.cells[at];
}

export function textOf(place: RowPlace, column: string): string {
  return cellOf(place, column)?.text ?? '';
}

/** Writes a cell, in the way of the format. */
export function written(place: RowPlace, cell: Cell, text: string): Edit {
  const { format, text: source } = place.document.document;
  const { start, end } = cell.span;
  const quoted = source.charAt(start - 1) === '"';
  if (format === 'yaml' && quoted) return { start, end, text };
  if (format === 'yaml') return { start, end, text: text === '' || /[:#[\]{}"',&*!|>%@`-]/u.test(text) ? JSON.stringify(text) : text };
  const lead = cell.text === '' ? source.slice(start, end).charAt(0).replace(/[^|,]/u, '') : '';
  if (format === 'csv') return { start, end, text: lead + (/[",\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text) };
  return { start, end, text: cell.text === '' ? `${lead} ${text} ` : text };
}

/** Writes some columns of a row; the rule must speak where the first of them, or `at`, stands. */
export function rewrite(place: RowPlace, values: Readonly<Record<string, string>>, at = Object.keys(values)[0] ?? ''): Mutant | undefined {
  const edits: Edit[] = [];
  for (const [column, value] of Object.entries(values)) {
    const cell = cellOf(place, column);
    if (cell === undefined) return undefined;
    edits.push(written(place, cell, value));
  }
  const marked = cellOf(place, at);
  return marked === undefined ? undefined : mutant(place.document, edits, marked.span.start);
}

/** One of the rows that hold a condition, rewritten. */
export function rowMutant(
  document: TypedDocument,
  random: Random,
  columns: readonly string[],
  suits: (place: RowPlace) => boolean,
  values: Readonly<Record<string, string>>,
  at?: string,
): Mutant | undefined {
  const place = pick(random, rowsOf(document, columns).filter(suits));
  return place === undefined ? undefined : rewrite(place, values, at);
}

export const isDone = (place: RowPlace): boolean => ['完了', '実装済み'].includes(textOf(place, 'status'));
export const isOpen = (place: RowPlace): boolean => ['対応中', '未着手'].includes(textOf(place, 'status'));
export const isType = (document: TypedDocument, ...types: readonly string[]): boolean => types.includes(document.type?.id ?? '') || types.includes(document.type?.class ?? '');

/** A field of the front matter (or of a YAML document) with another value; without a value its line goes. */
export function fieldMutant(document: TypedDocument, name: string, value: string | undefined, at?: number): Mutant | undefined {
  const field = document.document.fields.find((each) => each.name === name && (each.source === 'front_matter' || each.source === 'yaml'));
  if (field === undefined) return undefined;
  if (value !== undefined) return mutant(document, [{ start: field.valueSpan.start, end: field.valueSpan.end, text: value }], at ?? field.nameSpan.start);
  return mutant(document, [lineAt(document, field.nameSpan.start)], at ?? headOf(document));
}

/** More lines in the front matter. */
export function headMutant(document: TypedDocument, lines: string, at: 'head' | 'line' = 'head', also: readonly Edit[] = []): Mutant | undefined {
  const insert = document.document.frontMatter?.insertAt;
  if (insert === undefined) return undefined;
  return mutant(document, [{ start: insert, end: insert, text: lines }, ...also], at === 'head' ? headOf(document) : insert);
}

/** The line of an offset, its end included. */
export function lineAt(document: TypedDocument, offset: number): Edit {
  const { text } = document.document;
  const end = text.indexOf('\n', offset);
  return { start: text.lastIndexOf('\n', offset - 1) + 1, end: end < 0 ? text.length : end + 1, text: '' };
}

/** Where rules about the document as a whole speak: its first heading, else its start. */
export function headOf(document: TypedDocument): number {
  return document.document.sections[0]?.titleSpan.start ?? 0;
}

export function sectionOf(document: TypedDocument, id: string) {
  const index = document.sections.get(id)?.indexes[0];
  return index === undefined ? undefined : document.document.sections[index];
}

/** The section with another heading, so that it is no longer there for the rules. */
export function withoutSection(document: TypedDocument, id: string, also: readonly Edit[] = []): Mutant | undefined {
  const section = sectionOf(document, id);
  if (section === undefined) return undefined;
  return mutant(document, [{ start: section.titleSpan.start, end: section.titleSpan.end, text: 'そのほかの話' }, ...also], headOf(document));
}

/** A sentence put behind one of the paragraphs, or into one section. */
export function say(document: TypedDocument, random: Random, sentence: string, sections?: readonly string[]): Mutant | undefined {
  const indexes = sections?.flatMap((id) => document.sections.get(id)?.indexes ?? []);
  const places = document.document.paragraphs.filter((each) => !each.quote && each.section >= 0 && (indexes === undefined || indexes.includes(each.section)));
  const place = pick(random, places);
  if (place === undefined) return undefined;
  const { end } = place.span;
  const inserted = mutant(document, [{ start: end, end, text: `\n\n${sentence}` }], end);
  return { ...inserted, expected: [{ path: document.path, line: lineOf(document.document.text, end) + 2 }] };
}

/** A list item put before one of the items of a section. */
export function item(document: TypedDocument, random: Random, words: string, sections: readonly string[]): Mutant | undefined {
  const indexes = sections.flatMap((id) => document.sections.get(id)?.indexes ?? []);
  const place = pick(random, document.document.items.filter((each) => each.kind === 'bullet' && indexes.includes(each.section)));
  if (place === undefined) return undefined;
  const { start } = lineAt(document, place.span.start);
  return mutant(document, [{ start, end: start, text: `- ${words}\n` }], start);
}

/** Words put behind a sentence: in a paragraph, or in a text cell of a register that has no prose. */
export function sayAnywhere(document: TypedDocument, random: Random, words: string): Mutant | undefined {
  if (random() < 0.5 && document.document.format === 'markdown') {
    const said = say(document, random, words);
    if (said !== undefined) return said;
  }
  const cells = rowsOf(document).flatMap((place) => place.table.columns.flatMap((column, i) => {
    const cell = column?.kind === 'text' && !['evidence', 'area', 'planned', 'actual'].includes(column.id) ? place.table.table.rows[place.row]?.cells[i] : undefined;
    return cell === undefined || cell.text === '' || cell.text.includes('](') ? [] : [{ place, cell }];
  }));
  const chosen = pick(random, cells);
  if (chosen === undefined) return undefined;
  return mutant(document, [written(chosen.place, chosen.cell, `${chosen.cell.text}。${words}`)], chosen.cell.span.start);
}

/** A record of more than 90 days ago: nobody is asked to complete it any more. */
export function isOldRecord(document: TypedDocument): boolean {
  const day = document.fields.get(document.type?.date ?? '')?.value.days(2026)?.to;
  return document.type?.class === 'record' && (day === undefined || day < '2026-08-27');
}

/** The day of the record moved to this month, so that it is asked about. */
export function freshDay(document: TypedDocument): readonly Edit[] {
  const field = document.document.fields.find((each) => each.name === document.type?.date);
  return field === undefined ? [] : [{ ...field.valueSpan, text: '2026-11-10' }];
}
