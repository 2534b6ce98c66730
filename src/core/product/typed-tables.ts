import type { Attribute, DocumentType, TableType } from '../book/book';
import type { ProjectDocument, Table } from '../document/document';
import { nullMark } from '../text/words';
import { indexOf, lookUp } from './part-names';
import { totalRows } from './totals';

/** A table with the meaning of its columns. */
export interface TypedTable {
  readonly table: Table;
  /** Table of the type it is, `undefined` when it is none of them. */
  readonly id: string | undefined;
  readonly main: boolean;
  readonly type: TableType | undefined;
  /** By position; `undefined` for a column nobody knows. */
  readonly columns: readonly (Attribute | undefined)[];
  /** Position by column id. */
  readonly positions: ReadonlyMap<string, number>;
  /** Rows that sum up others: nobody's work, and without a number of their own. */
  readonly sums: ReadonlySet<number>;
}

export function readTables(document: ProjectDocument, type: DocumentType): readonly TypedTable[] {
  const attributes = document.fields.find((field) => field.source === 'table')?.nameSpan.start ?? -1;
  // The attribute table (`項目 | 内容`) is read as fields, whatever its headers are called elsewhere.
  const isRegister = (table: Table) => attributes < table.span.start || attributes >= table.span.end;
  const known = document.tables.map((table) => isRegister(table) ? bestTable(document, table, type) : undefined);
  const best = Math.max(0, ...known.map((match) => (match?.type.main === true ? match.score : 0)));
  return document.tables.map((table, i) => {
    let match = known[i];
    // A small table beside the register that shares a few headers (the scale of its levels) is not the register.
    if (match?.type.main === true && match.score * 2 < best) match = undefined;
    const main = type.tables.find((each) => each.main);
    if (match === undefined && document.tables.length === 1 && main !== undefined && isRegister(table) && !isTurned(table, main, type) && isMost(overlap(table, main), table)) match = { type: main, score: 1 };
    return typeTable(table, match?.type, type);
  });
}

/** One known column tells a small table, not one of five columns about something else. */
function isMost(known: number, table: Table): boolean {
  return known > 0 && known * 3 >= table.header.cells.length;
}

function overlap(table: Table, type: TableType): number {
  const index = indexOf(type.columns);
  const seen = new Set<string>();
  for (const cell of table.header.cells) {
    const column = lookUp(index, cell.text);
    if (column !== undefined) seen.add(column.id);
  }
  return seen.size;
}

function bestTable(document: ProjectDocument, table: Table, type: DocumentType): { readonly type: TableType; readonly score: number } | undefined {
  let best: { readonly type: TableType; readonly score: number; readonly rank: number } | undefined;
  const section = document.sections[table.section];
  for (const candidate of type.tables) {
    if (isTurned(table, candidate, type)) continue;
    const known = overlap(table, candidate);
    // A column of each (`each`) is told by headers that nothing else has: the names beside 作業 in a RACI table.
    const open = known > 0 && known < table.header.cells.length && candidate.columns.some((column) => column.each);
    const score = open ? known + 1 : known;
    if (score < 2) continue;
    const named = section !== undefined && lookUp(indexOf(type.sections), section.title)?.id === candidate.id;
    const rank = score * 4 + (named ? 3 : 0) + (candidate.main ? 1 : 0);
    if (best === undefined || rank > best.rank) best = { type: candidate, score, rank };
  }
  return best;
}

/** `| Process | R | A | C | I |` with roles in its cells: the marks that columns of each (`each`) hold head columns instead. */
function isTurned(table: Table, type: TableType, vocabulary: DocumentType): boolean {
  const each = type.columns.find((column) => column.each);
  const marks = each === undefined ? undefined : marksOf(each, vocabulary);
  if (marks === undefined) return false;
  return table.header.cells.filter((cell) => marks.has(headKey(cell.text))).length >= 2;
}

/** The marks that a column of each (`each`) may hold, `undefined` where it may hold anything. */
function marksOf(each: Attribute, vocabulary: DocumentType): ReadonlySet<string> | undefined {
  const words = each.words === undefined ? undefined : vocabulary.words.get(each.words)?.words;
  return words === undefined ? undefined : new Set([...words.values()].flat().map(headKey));
}

/** What is written beside the marks of a row: remarks, when it is done, what comes of it. */
const aside = /^(?:備考.*|補足.*|メモ|コメント|説明|内容|成果物|時期|期間|期限|期日|頻度|タイミング|フェーズ|工程|段階|分類|区分|カテゴリー?|領域|notes?|remarks?|comments?|description|deliverables?|outputs?|timing|when|due(?: date)?|deadline|frequency|phase|stage|category|area)$/iu;

/** Longer than any mark, also of a team's own (○, 主担当). */
const longestMark = 4;

/** Tells a column of marks from one of words: by its header, or, where other columns hold the marks, by what is written in it. */
function asidesOf(table: Table, marks: ReadonlySet<string> | undefined): ((position: number) => boolean) | undefined {
  if (marks === undefined) return undefined;
  const isMark = (text: string): boolean => text.split(/[/・,、\s]+/u).every((part) => marks.has(headKey(part)));
  const columns = table.header.cells.map((_, position) => {
    const written = table.rows.map((row) => row.cells[position]?.text.trim() ?? '').filter((text) => text !== '');
    return { marked: written.some(isMark), worded: written.filter((text) => text.length > longestMark).length * 2 > written.length };
  });
  const isMarked = columns.some((column) => column.marked);
  return (position) => {
    const column = columns[position];
    if (column === undefined || column.marked) return false;
    return (isMarked && column.worded) || aside.test((table.header.cells[position]?.text ?? '').normalize('NFKC').replace(/[*`]/gu, '').trim());
  };
}

/** The letter of `Responsible (R)`, else the header itself. */
function headKey(text: string): string {
  const plain = text.normalize('NFKC').replace(/[*`\s]/gu, '').toLowerCase();
  return /\(([a-z])\)$/u.exec(plain)?.[1] ?? plain;
}

function typeTable(table: Table, type: TableType | undefined, vocabulary: DocumentType): TypedTable {
  const index = indexOf(type?.columns ?? []);
  const others = type === undefined ? indexOf(sharedColumns(vocabulary)) : undefined;
  const each = type?.columns.find((column) => column.each);
  const isAside = each === undefined ? undefined : asidesOf(table, marksOf(each, vocabulary));
  const positions = new Map<string, number>();
  // Beside those who do it, one column names who answers for it: the first are no owners.
  const isAccountable = table.header.cells.some((cell) => accountable.test(cell.text));
  const columns = table.header.cells.map((cell, position): Attribute | undefined => {
    let attribute = lookUp(index, cell.text);
    if (attribute === undefined && others !== undefined) attribute = lookUp(others, cell.text);
    if (isAccountable && attribute?.id === 'owner' && !accountable.test(cell.text)) attribute = undefined;
    if (attribute !== undefined && (positions.has(attribute.id) || (type === undefined && attribute.kind === 'person' && holdsSigns(table, position)))) attribute = undefined;
    if (attribute === undefined) return cell.text.trim() === '' || isAside?.(position) === true ? undefined : each;
    positions.set(attribute.id, position);
    return attribute;
  });
  const end = positions.get('end') ?? positions.get('planned');
  // Where the type knows no due date, a row is due when it is planned to end.
  if (type !== undefined && end !== undefined && columns[end]?.kind === 'date' && !type.columns.some((column) => column.id === 'due')) positions.set('due', end);
  return { table, id: type?.id, main: type?.main ?? false, type, columns, positions, sums: totalRows(table) };
}

const accountable = /accountable|説明責任|最終責任/iu;

const signs = /^(?:[○◯〇×✕✗✘✓✔△▲●☑✅❌☓]\uFE0F?|OK|NG|可|不可|有|無|yes|no|[YNRACIW])$/iu;

/** A column `Owner` whose cells are OK, NG, ○ or × says what an owner may do, and names none. */
function holdsSigns(table: Table, position: number): boolean {
  const written = table.rows.map((row) => row.cells[position]?.text.trim() ?? '').filter((text) => nullMark(text) === undefined);
  return written.length > 0 && written.every((text) => signs.test(text));
}

const shared = new WeakMap<DocumentType, readonly Attribute[]>();

/** Columns a table of no known kind may have: those of the type's tables, then the fields of all documents. */
function sharedColumns(type: DocumentType): readonly Attribute[] {
  let columns = shared.get(type);
  if (columns === undefined) {
    columns = [...type.tables.flatMap((table) => table.columns.filter((column) => !column.each)), ...type.fields];
    shared.set(type, columns);
  }
  return columns;
}
