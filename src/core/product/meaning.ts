import type { Attribute, DocumentType, SectionType, TableType, WordSet } from '../book/book';
import type { Cell, Field, ProjectDocument, Table } from '../document/document';
import { findDates } from '../text/date';
import { normalise } from '../text/normalise';
import type { Span } from '../text/position';
import { findQuarter } from '../text/quarter';
import { bareWord } from '../text/words';
import { shapeInUse } from '../rules/shape';
import { Memory, Value, type ValueFacts } from '../rules/value';
import { dayAtHead, dayInPath } from './head-day';

/** A field of the type, written in the document or not. */
export interface TypedField {
  readonly attribute: Attribute;
  /** Empty and at the document's head when it is not written. */
  readonly value: Value;
  readonly written: boolean;
  /** The metadata it was read from; `undefined` when it came from a heading, the file's name, a section or a sentence. */
  readonly field: Field | undefined;
}

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
}

/** The cells of a table that were asked for, and what those of a column share. */
interface TypedCells {
  readonly table: TypedTable;
  readonly rows: (Value | undefined)[][];
  readonly facts: readonly ValueFacts[];
}

/** A section of the type with all places where the document has it. */
interface TypedSection {
  readonly type: SectionType;
  /** Indexes into `document.sections`. */
  readonly indexes: readonly number[];
  /** A label line or a line of the attribute table that stands for it (`決定事項：なし`). */
  readonly label: Field | undefined;
}

/** A document read through its type: what its headings, labels and columns mean. */
export class TypedDocument {
  readonly document: ProjectDocument;
  readonly type: DocumentType | undefined;
  /** The type, or what all types share where there is none. */
  readonly vocabulary: DocumentType;
  /** True when the type is a guess: such a document gives one hint at most. */
  readonly guessed: boolean;
  readonly fields: ReadonlyMap<string, TypedField>;
  readonly sections: ReadonlyMap<string, TypedSection>;
  readonly tables: readonly TypedTable[];
  #idShape: { readonly shape: string | undefined } | undefined;
  readonly #cells = new Map<TypedTable, TypedCells>();
  #lastCells: TypedCells | undefined;

  constructor(document: ProjectDocument, type: DocumentType | undefined, common: DocumentType, guessed: boolean) {
    this.document = document;
    this.type = type;
    this.vocabulary = type ?? common;
    this.guessed = guessed;
    this.tables = readTables(document, this.vocabulary);
    this.sections = readSections(document, this.vocabulary);
    this.fields = readFields(document, this.vocabulary, new Set(common.fields.map((field) => field.id)), this.tables);
  }

  get path(): string {
    return this.document.path;
  }

  /** Shape of the ids of this document: the one it keeps to itself, else its type's. */
  get idShape(): string | undefined {
    this.#idShape ??= { shape: shapeInUse(this.type?.idShape, this.#ids()) };
    return this.#idShape.shape;
  }

  *#ids(): Iterable<string> {
    for (const table of this.tables) {
      const column = table.main ? table.positions.get('id') : undefined;
      if (column !== undefined) for (const row of table.table.rows) yield row.cells[column]?.text.trim() ?? '';
    }
  }

  /** Word set a field's or column's values come from. */
  wordsOf(attribute: Attribute | undefined): WordSet | undefined {
    return attribute === undefined ? undefined : wordSetOf(this.vocabulary, attribute);
  }

  /** The value of a cell; cells a short row lacks are empty at the row's end. `undefined` when the table has no such column. */
  cell(table: TypedTable, row: number, column: number): Value | undefined {
    if (column < 0 || column >= table.columns.length) return undefined;
    const { rows, facts } = this.#cellsOf(table);
    const cells = (rows[row] ??= []);
    const known = cells[column];
    if (known !== undefined) return known;
    const written = table.table.rows[row];
    if (written === undefined) return undefined;
    const cell = written.cells[column];
    const value = new Value(cell?.text ?? '', cell?.span ?? { start: written.span.end, end: written.span.end }, facts[column]);
    cells[column] = value;
    return value;
  }

  /** Asked for every cell of a table in a row, so the last table is at hand. */
  #cellsOf(table: TypedTable): TypedCells {
    let cells = this.#lastCells?.table === table ? this.#lastCells : this.#cells.get(table);
    if (cells === undefined) {
      cells = { table, rows: [], facts: table.columns.map((attribute) => ({ attribute, words: this.wordsOf(attribute), inText: true })) };
      this.#cells.set(table, cells);
    }
    this.#lastCells = cells;
    return cells;
  }

  /** Year that completes dates without one: that of the document's date, its file's name, else `undefined`. */
  get year(): number | undefined {
    const id = this.type?.date;
    const dated = id === undefined ? undefined : this.fields.get(id)?.value.text;
    const found = findDates(dated ?? '')[0]?.year ?? findDates(this.document.path, { inName: true })[0]?.year;
    return found ?? findDates(this.fields.get('updated')?.value.text ?? '')[0]?.year;
  }
}

/**
 * Reads a document through its type. Fields are found wherever the type says people write them, sections by title or
 * alias, tables by the columns they share with the type's tables.
 *
 * @param type the document's type, `undefined` when it has none
 * @param common what all types share
 * @param guessed whether the type is only a guess
 */
export function understand(document: ProjectDocument, type: DocumentType | undefined, common: DocumentType, guessed = false): TypedDocument {
  return new TypedDocument(document, type, common, guessed);
}

function wordSetOf(type: DocumentType, attribute: Attribute): WordSet | undefined {
  if (attribute.words !== undefined) return type.words.get(attribute.words);
  return attribute.kind === 'status' ? type.words.get('status') : undefined;
}

/** A heading, label or column header as it is compared: NFKC, lower case, without numbers, marks and blanks in front (`日 時` = `日時`). */
export function titleKey(text: string): string {
  return text.length > 80 ? readTitleKey(text) : titleForms.of(text).key;
}

/** The forms in which a title is looked for, {@link titleKey} first. */
interface TitleForms {
  readonly key: string;
  readonly withoutBrackets: string;
  readonly inBrackets: string;
}

/** The same headings, labels and columns come again in document after document. */
const titleForms = new Memory(20_000, readTitleForms);

function readTitleForms(text: string): TitleForms {
  const key = readTitleKey(text);
  const shown = key || normalise(text).trim();
  if (!/[([【「]/u.test(shown)) return { key, withoutBrackets: shown, inBrackets: '' };
  return { key, withoutBrackets: withoutBrackets(shown), inBrackets: inBrackets(shown) ?? '' };
}

function readTitleKey(text: string): string {
  const bare = bareWord(bareWord(normalise(text)).replace(/^[<《〈]+|[>》〉]+$/gu, ''));
  return bareWord(bare.replace(/^(?:[第§]?\s*\d+(?:[.-]\d+)*\s*[章節条項.):]?\s*|[(]?\d+[)]\s*|[①-⑳]\s*|(?:[a-z]|[ivx]{2,4})[.)]\s+|[ァ-ヶ][.)]\s*)(?=\D)/u, '')).replace(/(?<=[\u3040-\u30ff\u4e00-\u9fff])\s+(?=[\u3040-\u30ff\u4e00-\u9fff])/gu, '').replace(/\s+/gu, ' ');
}

/** `宿題(todo)` and, as {@link titleKey} leaves it, `宿題(todo` → `宿題`. */
function withoutBrackets(key: string): string {
  return bareWord(key.replace(/[([【「][^)\]】」]{0,40}(?:[)\]】」]|$)/gu, ''));
}

/** The other name a title has in brackets at its end: `やること(todo` → `todo`. */
function inBrackets(key: string): string | undefined {
  const inner = /.[([【「]([^()[\]【】「」]{2,40})[)\]】」]?$/u.exec(key)?.[1];
  return inner === undefined ? undefined : bareWord(inner);
}

function spellingsOf(attribute: { readonly id: string; readonly title: string; readonly aliases: readonly string[] }): readonly string[] {
  return [attribute.title, ...attribute.aliases, attribute.id];
}

/** Title → thing; what comes first wins. Titles win over aliases of others. */
function indexByTitle<T extends { readonly id: string; readonly title: string; readonly aliases: readonly string[] }>(things: readonly T[]): ReadonlyMap<string, T> {
  const index = new Map<string, T>();
  for (const thing of things) {
    const key = titleKey(thing.title);
    if (key !== '' && !index.has(key)) index.set(key, thing);
  }
  for (const thing of things) {
    for (const spelling of spellingsOf(thing)) {
      const key = titleKey(spelling) || normalise(spelling).trim();
      if (key !== '' && !index.has(key)) index.set(key, thing);
    }
  }
  return index;
}

const indexes = new WeakMap<readonly object[], ReadonlyMap<string, object>>();

function indexOf<T extends { readonly id: string; readonly title: string; readonly aliases: readonly string[] }>(things: readonly T[]): ReadonlyMap<string, T> {
  const known = indexes.get(things);
  if (known !== undefined) return known as ReadonlyMap<string, T>;
  const made = indexByTitle(things);
  indexes.set(things, made);
  return made;
}

const lists = new WeakMap<object, readonly object[]>();

/** A thing as a list of one, the same list every time, so that it is indexed once. */
function listOf<T extends object>(thing: T): readonly T[] {
  const known = lists.get(thing) as readonly T[] | undefined;
  if (known !== undefined) return known;
  const made = [thing];
  lists.set(thing, made);
  return made;
}

const keysOf = new WeakMap<Attribute, readonly string[]>();

/** How the names of an attribute are compared, its id first. */
function attributeKeys(attribute: Attribute): readonly string[] {
  const known = keysOf.get(attribute);
  if (known !== undefined) return known;
  const made = [...new Set([attribute.id, attribute.title, ...attribute.aliases].map(titleKey))];
  keysOf.set(attribute, made);
  return made;
}

function lookUp<T>(index: ReadonlyMap<string, T>, text: string): T | undefined {
  const forms = text.length > 80 ? readTitleForms(text) : titleForms.of(text);
  return index.get(forms.key || normalise(text).trim()) ?? index.get(forms.withoutBrackets) ?? index.get(forms.inBrackets);
}

/** A heading: as {@link lookUp}, but also `Decisions` for `Decision`, and `Issues for the council` by the words before the preposition. */
function lookUpHeading<T>(index: ReadonlyMap<string, T>, text: string): T | undefined {
  const key = titleKey(text);
  const exact = lookUp(index, text) ?? lookUpOwn(index, key);
  if (exact !== undefined || !/^[a-z]/.test(key)) return exact;
  const head = key.slice(0, 80).replace(/ (?:for|of|in|on|from) .*$/u, '');
  for (const each of head === key ? [key] : [key, head]) {
    const found = index.get(each) ?? index.get(`${each}s`) ?? (each.endsWith('s') ? index.get(each.slice(0, -1)) : undefined);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** What a heading may say in front about whose section it is: `システムの目的`, `プロジェクトスコープ`, `Project scope`. */
const whose = /^(?:(?:本書|本文書|本資料|この文書|本計画|本手順|本手順書)の|本?(?:システム|プロジェクト|プロダクト|サービス|アプリ)の?|(?:project|product|system|meeting|service) )(?=.{2})/u;

function lookUpOwn<T>(index: ReadonlyMap<string, T>, key: string): T | undefined {
  const rest = key.replace(whose, '');
  return rest === key ? undefined : lookUp(index, rest);
}

/* Tables */

function readTables(document: ProjectDocument, type: DocumentType): readonly TypedTable[] {
  const known = document.tables.map((table) => bestTable(document, table, type));
  const best = Math.max(0, ...known.map((match) => (match?.type.main === true ? match.score : 0)));
  return document.tables.map((table, i) => {
    let match = known[i];
    // A small table beside the register that shares a few headers (the scale of its levels) is not the register.
    if (match?.type.main === true && match.score * 2 < best) match = undefined;
    const main = type.tables.find((each) => each.main);
    if (match === undefined && document.tables.length === 1 && main !== undefined && isMost(overlap(table, main), table)) match = { type: main, score: 1 };
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

function typeTable(table: Table, type: TableType | undefined, vocabulary: DocumentType): TypedTable {
  const index = indexOf(type?.columns ?? []);
  const others = type === undefined ? indexOf(sharedColumns(vocabulary)) : undefined;
  const each = type?.columns.find((column) => column.each);
  const positions = new Map<string, number>();
  const columns = table.header.cells.map((cell, position): Attribute | undefined => {
    let attribute = lookUp(index, cell.text);
    if (attribute === undefined && others !== undefined) attribute = lookUp(others, cell.text);
    if (attribute !== undefined && positions.has(attribute.id)) attribute = undefined;
    if (attribute === undefined) return cell.text.trim() === '' ? undefined : each;
    positions.set(attribute.id, position);
    return attribute;
  });
  return { table, id: type?.id, main: type?.main ?? false, type, columns, positions };
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

/* Sections */

function readSections(document: ProjectDocument, type: DocumentType): ReadonlyMap<string, TypedSection> {
  const index = indexOf(type.sections);
  const found = new Map<string, { type: SectionType; indexes: number[]; label: Field | undefined }>();
  const entryOf = (section: SectionType) => {
    let entry = found.get(section.id);
    if (entry === undefined) {
      entry = { type: section, indexes: [], label: undefined };
      found.set(section.id, entry);
    }
    return entry;
  };
  document.sections.forEach((section, i) => {
    const whole = lookUpHeading(index, section.title);
    const parts = whole === undefined ? titleKey(section.title).split(/\s*(?:[・、,/&]|と|および|及び|\band\b)\s*/u) : [];
    const types = whole === undefined ? parts.map((part) => lookUpHeading(index, part)).filter((part) => part !== undefined) : [whole];
    for (const each of new Set(types)) entryOf(each).indexes.push(i);
  });
  for (const field of document.fields) {
    if (field.source !== 'label' && field.source !== 'table') continue;
    const section = lookUp(index, field.name) ?? lookUpOwn(index, titleKey(field.name));
    if (section !== undefined && !found.has(section.id)) entryOf(section).label = field;
  }
  return found;
}

/* Fields */

function readFields(document: ProjectDocument, type: DocumentType, common: ReadonlySet<string>, tables: readonly TypedTable[]): ReadonlyMap<string, TypedField> {
  const written = new Map<string, Field[]>();
  for (const field of document.fields) {
    const key = titleKey(field.name);
    const list = written.get(key);
    if (list === undefined) written.set(key, [field]);
    else list.push(field);
  }
  const fields = new Map<string, TypedField>();
  const head = headSpan(document);
  for (const attribute of type.fields) {
    const words = wordSetOf(type, attribute);
    const from = writtenField(document, attribute, written, common.has(attribute.id));
    const facts = { attribute, words };
    if (from !== undefined && from.value !== '') {
      fields.set(attribute.id, { attribute, field: from, written: true, value: new Value(from.value, from.valueSpan, { ...facts, inText: true }) });
      continue;
    }
    const elsewhere = found(document, attribute, type, tables);
    fields.set(attribute.id, {
      attribute,
      field: from,
      written: from !== undefined || elsewhere !== undefined,
      value: new Value(elsewhere?.text ?? '', elsewhere?.span ?? from?.valueSpan ?? head, elsewhere === undefined ? facts : { ...facts, inText: elsewhere.inText }),
    });
  }
  return fields;
}

/** Where a document as a whole is underlined: its top heading, the first key of its front matter, else its beginning. */
export function headSpan(document: ProjectDocument): Span {
  const top = document.sections.find((section) => section.kind === 'heading');
  if (top?.level === 1) return top.titleSpan;
  return { start: 0, end: 0 };
}

function writtenField(document: ProjectDocument, attribute: Attribute, written: ReadonlyMap<string, readonly Field[]>, isCommon: boolean): Field | undefined {
  let empty: Field | undefined;
  let first: Field | undefined;
  for (const key of written.size === 0 ? [] : attributeKeys(attribute)) {
    for (const field of written.get(key) ?? []) {
      const inFrontMatter = field.source === 'front_matter' || field.source === 'yaml';
      if (!inFrontMatter && !attribute.foundIn.includes(field.source === 'table' ? 'table' : 'label')) continue;
      // `担当：佐藤` far down belongs to what stands around it, not to the document.
      if (!inFrontMatter && isCommon && !isHead(document, field.section)) continue;
      // `Date:` below 次回 is of another meeting.
      if (!inFrontMatter && attribute.kind === 'date' && ofAnother.test(document.sections[field.section]?.title ?? '')) continue;
      if (field.value === '') empty ??= field;
      // Of several days the first is the document's own, however it is called: 開催日時 at the top before 日時 of the next meeting.
      else if (inFrontMatter || attribute.kind !== 'date') return field;
      else if (first === undefined || field.nameSpan.start < first.nameSpan.start) first = field;
    }
  }
  return first ?? empty;
}

/** A section about the meeting after or before this one. */
const ofAnother = /^[\d\s.．・■●#()（）-]{0,6}(?:次回|前回|next|previous|last)(?! ?(?:updated|revised|[A-Za-z]*ed\b))(?![A-Za-z])/iu;

/** A section that holds what others write at the top. */
const aboutDocument = /^(?:文書|ドキュメント|資料|文書管理|文書基本)情報$|^document (?:information|control)$/u;

function isHead(document: ProjectDocument, section: number): boolean {
  if (section <= 0) return true;
  const { level, title } = document.sections[section] ?? { level: 1, title: '' };
  return level === 1 || aboutDocument.test(titleKey(title));
}

interface Found {
  readonly text: string;
  readonly span: Span;
  readonly inText: boolean;
}

function found(document: ProjectDocument, attribute: Attribute, type: DocumentType, tables: readonly TypedTable[]): Found | undefined {
  for (const place of attribute.foundIn) {
    if (place === 'heading') {
      const top = document.sections.find((section) => section.kind === 'heading' && section.level === 1) ?? (attribute.id === 'title' ? openingHeading(document) : undefined);
      const part = top === undefined ? undefined : partOfTitle(top.title, attribute);
      if (top !== undefined && part !== undefined) return { text: part, span: top.titleSpan, inText: false };
    } else if (place === 'name') {
      const name = document.path.slice(document.path.lastIndexOf('/') + 1).replace(/\.[a-z]+$/iu, '');
      const part = partOfName(name, attribute, type) ?? (attribute.kind === 'date' ? dayInPath(document.path) : undefined);
      if (part !== undefined) return { text: part, span: { start: 0, end: 0 }, inText: false };
    } else if (place === 'section') {
      const index = indexOf(listOf(attribute));
      const section = document.sections.find((each) => lookUp(index, each.title) !== undefined);
      if (section !== undefined && !section.empty) {
        const body = document.text.slice(section.bodySpan.start, section.bodySpan.end);
        const start = section.bodySpan.start + (body.length - body.trimStart().length);
        const trimmed = body.trim();
        return { text: plainBody(trimmed), span: { start, end: start + firstLine(trimmed).length }, inText: false };
      }
    } else if (place === 'head') {
      const said = inCoverLine(document, attribute) ?? (attribute.kind === 'date' && type.class === 'record' ? dayOfRecord(document) : undefined);
      if (said !== undefined) return said;
    } else if (place === 'history') {
      const cell = cellOfHistory(attribute, tables);
      if (cell !== undefined) return { text: cell.text.trim(), span: cell.span, inText: true };
    } else if (place === 'text') {
      const counted = countInText(document, attribute);
      if (counted !== undefined) return counted;
    }
  }
  return undefined;
}

const longestHead = 600;
const longestCoverLine = 60;

/** The date or version in a cover line (`第1.1版 2026年6月30日  作成：佐藤`): above the first heading below the title, in no sentence and no table. */
function inCoverLine(document: ProjectDocument, attribute: Attribute): Found | undefined {
  if (document.format !== 'markdown') return undefined;
  const from = document.sections[0]?.level === 1 ? document.sections[0].bodySpan.start : (document.frontMatter?.span.end ?? 0);
  const next = document.sections.find((section) => section.span.start > from)?.span.start ?? document.text.length;
  const head = document.text.slice(from, Math.min(next, from + longestHead));
  for (let at = 0; at < head.length; ) {
    const line = firstLine(head.slice(at));
    const span = line.length <= longestCoverLine && !/[。|]/u.test(line) ? (attribute.kind === 'version' ? versionIn(line) : dayIn(line)) : undefined;
    if (span !== undefined) return { text: line.slice(span.start, span.end), span: { start: from + at + span.start, end: from + at + span.end }, inText: true };
    at += line.length + 1;
  }
  return undefined;
}

function dayOfRecord(document: ProjectDocument): Found | undefined {
  if (document.format !== 'markdown') return undefined;
  const day = dayAtHead(document.text, document.frontMatter?.span.end ?? 0, document.path);
  return day && { ...day, inText: true };
}

function dayIn(line: string): Span | undefined {
  return findDates(line).find((each) => each.day !== undefined && each.yearWritten)?.span;
}

function versionIn(line: string): Span | undefined {
  const match = /(?:第\s?|版数?\s?|\bver(?:sion)?\.?\s?|\bv)([0-9]{1,3}(?:\.[0-9]{1,3}){0,3})(?=\s?版|[^0-9.年月日]|$)/iu.exec(line);
  const number = match?.[1];
  if (match === null || number === undefined) return undefined;
  const start = match.index + match[0].length - number.length;
  return { start, end: start + number.length };
}

/** What the table of changes says of a document: column by field. */
const historyColumns: ReadonlyMap<string, string> = new Map([['updated', 'date'], ['version', 'version'], ['author', 'author']]);

/** The cell in the newest row of the table of changes (改訂履歴). */
function cellOfHistory(attribute: Attribute, tables: readonly TypedTable[]): Cell | undefined {
  const history = tables.find((table) => table.id === 'history');
  const column = history?.positions.get(historyColumns.get(attribute.id) ?? '');
  const date = history?.positions.get('date');
  if (history === undefined || column === undefined || date === undefined) return undefined;
  let newest: { readonly day: string; readonly cell: Cell } | undefined;
  for (const row of history.table.rows) {
    const cell = row.cells[column];
    const day = findDates(row.cells[date]?.text ?? '')[0]?.day;
    if (cell !== undefined && cell.text.trim() !== '' && day !== undefined && (newest === undefined || day >= newest.day)) newest = { day, cell };
  }
  return newest?.cell;
}

/** A heading of a lower level with which a document begins, where none is of the first: it stands for the title. */
function openingHeading(document: ProjectDocument): ProjectDocument['sections'][number] | undefined {
  const first = document.sections.find((section) => section.kind === 'heading');
  if (first === undefined) return undefined;
  const before = document.text.slice(document.frontMatter?.span.end ?? 0, Math.min(first.span.start, (document.frontMatter?.span.end ?? 0) + 5000));
  return before.replace(/<!--[\s\S]*?-->/gu, '').trim() === '' ? first : undefined;
}

function firstLine(text: string): string {
  const end = text.search(/[\r\n]/u);
  return end < 0 ? text : text.slice(0, end);
}

/** Lines of a section's body as one value, list marks removed, joined like a list. */
function plainBody(body: string): string {
  return body.slice(0, 2000).split(/\r\n|\r|\n/u).map((line) => line.replace(/^\s*(?:[-*+]|\d+[.)])\s+/u, '').trim()).filter((line) => line !== '').join('、');
}

function partOfTitle(title: string, attribute: Attribute): string | undefined {
  if (attribute.kind === 'date') return dateIn(title, false);
  if (attribute.kind === 'period') return periodIn(title, false);
  if (attribute.kind === 'id') return /[A-Z]{1,6}-?\d{1,8}/u.exec(title.normalize('NFKC'))?.[0];
  return title === '' ? undefined : title;
}

function partOfName(name: string, attribute: Attribute, type: DocumentType): string | undefined {
  if (attribute.kind === 'date') return dateIn(name, true);
  if (attribute.kind === 'period') return periodIn(name, true);
  if (attribute.kind !== 'id') return undefined;
  const prefix = type.idShape?.replace(/[-_]?N+$/u, '') ?? '';
  const digits = /^(\d{1,6})(?=[-_ ])/u.exec(name)?.[1];
  if (digits !== undefined && prefix !== '') return `${prefix}-${digits}`;
  return /[A-Z]{1,6}-\d{1,8}/u.exec(name)?.[0];
}

/** `2026年10月`, `2026-10`, `2026/10`: a month without a day. */
function monthIn(text: string): string | undefined {
  return /(?<![0-9A-Za-z])(?:19|20)\d{2}(?:\s?年\s?(?:1[0-2]|0?[1-9])\s?月|[-/._](?:1[0-2]|0[1-9])(?![-/._]?\d))/u.exec(text.normalize('NFKC'))?.[0];
}

function periodIn(text: string, inName: boolean): string | undefined {
  const quarter = findQuarter(text);
  return dateIn(text, inName) ?? (quarter === undefined ? undefined : text.slice(quarter.span.start, quarter.span.end)) ?? monthIn(text);
}

function dateIn(text: string, inName: boolean): string | undefined {
  const dates = findDates(text, { inName });
  const first = dates[0];
  const last = dates[dates.length - 1];
  return first === undefined || last === undefined ? undefined : text.slice(first.span.start, last.span.end);
}

/** `未完了の課題：3件`, `課題 3 件` in running text. */
function countInText(document: ProjectDocument, attribute: Attribute): Found | undefined {
  const text = document.text;
  for (const spelling of [attribute.title, ...attribute.aliases]) {
    for (let at = text.indexOf(spelling); at >= 0; at = text.indexOf(spelling, at + spelling.length)) {
      const rest = text.slice(at + spelling.length, at + spelling.length + 24);
      const number = /^\s{0,3}(?:は|が|の件数|件数)?\s{0,3}[:：]?\s{0,3}([0-9０-９]{1,6})/u.exec(rest);
      const digits = number?.[1];
      if (number === null || digits === undefined) continue;
      const unit = attribute.unit === '' || /^\s?[件個名本]/u.test(rest.slice(number[0].length)) || rest.slice(number[0].length).trimStart().startsWith(attribute.unit);
      if (!unit) continue;
      const start = at + spelling.length + number[0].length - digits.length;
      return { text: digits, span: { start, end: start + digits.length }, inText: true };
    }
  }
  return undefined;
}
