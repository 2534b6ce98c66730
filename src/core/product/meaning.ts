import type { Attribute, DocumentType, SectionType, WordSet } from '../book/book';
import type { Cell, Field, ProjectDocument } from '../document/document';
import { findDates } from '../text/date';
import type { Span } from '../text/position';
import { findQuarter } from '../text/quarter';
import { shapeInUse } from '../rules/shape';
import { Value, type ValueFacts } from '../rules/value';
import { dayAtHead, dayInPath } from './head-day';
import { attributeKeys, indexOf, listOf, lookUp, lookUpHeading, lookUpOwn, titleKey } from './part-names';
import { readTables, type TypedTable } from './typed-tables';

/** A field of the type, written in the document or not. */
export interface TypedField {
  readonly attribute: Attribute;
  /** Empty and at the document's head when it is not written. */
  readonly value: Value;
  readonly written: boolean;
  /** The metadata it was read from; `undefined` when it came from a heading, the file's name, a section or a sentence. */
  readonly field: Field | undefined;
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
  /** A label line, a line of the attribute table or a key of a YAML document that stands for it (`決定事項：なし`). */
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
  readonly #common: DocumentType;
  #idShape: { readonly shape: string | undefined } | undefined;
  readonly #cells = new Map<TypedTable, TypedCells>();
  #lastCells: TypedCells | undefined;

  constructor(document: ProjectDocument, type: DocumentType | undefined, common: DocumentType, guessed: boolean) {
    this.document = document;
    this.type = type;
    this.vocabulary = type ?? common;
    this.guessed = guessed;
    this.#common = common;
    this.tables = readTables(document, this.vocabulary);
    this.sections = readSections(document, this.vocabulary);
    this.fields = readFields(document, this.vocabulary, new Set(common.fields.map((field) => field.id)), this.tables);
  }

  /** Whether a label is too far down to be a field that all types share: there it belongs to what stands around it. */
  isTooFarDown({ source, section }: Field, id: string): boolean {
    return source !== 'front_matter' && source !== 'yaml' && this.#common.fields.some((field) => field.id === id) && !isHead(this.document, section);
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
      if (column !== undefined) for (const [i, row] of table.table.rows.entries()) if (!table.sums.has(i)) yield row.cells[column]?.text.trim() ?? '';
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

  /** The day a document gives for itself: its date, that in its file's name, else its update. */
  get day(): string | undefined {
    const id = this.type?.date;
    const dated = id === undefined ? undefined : this.fields.get(id)?.value.text;
    return findDates(dated ?? '')[0]?.day ?? findDates(this.document.path, { inName: true })[0]?.day ?? findDates(this.fields.get('updated')?.value.text ?? '')[0]?.day;
  }

  /** Year that completes dates without one: that of the document's date, its file's name, its update or its title, else `undefined`. */
  get year(): number | undefined {
    const id = this.type?.date;
    const dated = id === undefined ? undefined : this.fields.get(id)?.value.text;
    const found = findDates(dated ?? '')[0]?.year ?? findDates(this.document.path, { inName: true })[0]?.year;
    return found ?? findDates(this.fields.get('updated')?.value.text ?? '')[0]?.year ?? yearIn(this.document.sections.find(({ kind }) => kind === 'heading')?.title ?? '');
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

/** `2026年11月 定例会議`; a fiscal year (年度) spans two. */
function yearIn(title: string): number | undefined {
  const year = /(?<![\d.])(?:19|20)\d\d(?=年(?!度))/u.exec(title.normalize('NFKC'))?.[0];
  return year === undefined ? undefined : Number(year);
}

function wordSetOf(type: DocumentType, attribute: Attribute): WordSet | undefined {
  if (attribute.words !== undefined) return type.words.get(attribute.words);
  return attribute.kind === 'status' ? type.words.get('status') : undefined;
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
    const whole = lookUpHeading(index, section.title, type);
    const parts = whole === undefined ? partsOf(titleKey(section.title)) : [];
    const types = whole === undefined ? parts.map((part) => lookUpHeading(index, part, type)).filter((part) => part !== undefined) : [whole];
    for (const each of new Set(types)) entryOf(each).indexes.push(i);
  });
  for (const field of document.fields) {
    if (field.source === 'front_matter') continue;
    const section = lookUp(index, field.name) ?? lookUpOwn(index, titleKey(field.name));
    if (section !== undefined && !found.has(section.id)) entryOf(section).label = field;
  }
  return found;
}

/** The names in a heading that has several: `体制とスケジュール`; `開始・終了基準` shares its last two characters. */
function partsOf(key: string): readonly string[] {
  const parts = key.split(/\s*(?:[・、,/&]|と|および|及び|\band\b)\s*/u);
  const [first = '', second = ''] = parts;
  const shared = second.slice(-2);
  return parts.length === 2 && first.length === 2 && second.length === 4 && /^[\u4e00-\u9fff]{2}$/u.test(shared) ? [first, first + shared, second] : parts;
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

const madeKey = titleKey('作成');

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
      // `作成：` is said of a person and of a day alike.
      if (key === madeKey && field.value !== '' && /^\D{0,6}\d/u.test(field.value.normalize('NFKC')) !== (attribute.kind === 'date')) continue;
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
