import type { Attribute, DocumentType } from '../book/book';
import { nextId } from '../rules/shape';
import { normalise } from '../text/normalise';
import type { Span } from '../text/position';
import { spellingIn } from '../text/words';
import type { TypedDocument } from './meaning';
import type { TypedTable } from './typed-tables';
import { writtenLanguage } from './written-language';

/** What may be offered that the document itself does not say. */
export interface WritingFacts {
  /** ISO day. */
  readonly today: string;
  /** Names of the roster. */
  readonly people: readonly string[];
  readonly types: ReadonlyMap<string, DocumentType>;
}

/** One thing that could be written. */
export interface Suggestion {
  readonly text: string;
  readonly kind: 'key' | 'value' | 'heading';
  /** What belongs there, or what the word means. */
  readonly detail: string;
}

/** Suggestions with the text they would replace. */
export interface Suggestions {
  readonly span: Span;
  readonly items: readonly Suggestion[];
}

const typeKey = 'type';
const mostWritten = 200;

/**
 * What could be written at an offset of a document whose type is known: keys and values of the front matter (or of a YAML
 * document's top level), sections that are not there yet behind `##`, and cells of tables. Words come from the type's
 * vocabulary and the roster; nothing is made up.
 * @returns `undefined` where nothing is known to belong
 */
export function suggestAt(typed: TypedDocument, offset: number, facts: WritingFacts): Suggestions | undefined {
  const { document } = typed;
  if (typed.type === undefined || typed.guessed) return undefined;
  const line = document.lines.lineAt(offset);
  const start = document.lines.startOf(line);
  const before = document.text.slice(start, offset);
  if (before.length > mostWritten * 10) return undefined;
  const head = document.frontMatter;
  const inHead = document.format === 'yaml' || (head !== undefined && offset > head.span.start + 3 && offset <= head.insertAt);
  if (inHead) return inFields(typed, start, before, facts);
  if (document.format === 'markdown' && before.startsWith('##')) return inHeading(typed, typed.type, start, before);
  return inTable(typed, line, offset, facts);
}

/** What belongs under the heading, in the column or behind the key at an offset; `undefined` where the type does not say. */
export function hintAt(typed: TypedDocument, offset: number): { readonly title: string; readonly hint: string; readonly span: Span } | undefined {
  const { document } = typed;
  if (typed.type === undefined || typed.guessed) return undefined;
  const within = (span: Span): boolean => span.start <= offset && offset <= span.end;
  const index = document.sections.findIndex((section) => within(section.titleSpan));
  if (index >= 0) {
    const section = [...typed.sections.values()].find(({ indexes }) => indexes.includes(index));
    const at = document.sections[index];
    if (section !== undefined && section.type.hint !== '' && at !== undefined) return { title: section.type.title, hint: section.type.hint, span: at.titleSpan };
  }
  for (const { table, columns } of typed.tables) {
    const column = table.header.cells.findIndex((cell) => within(cell.span));
    const attribute = columns[column];
    const cell = table.header.cells[column];
    if (attribute !== undefined && attribute.hint !== '' && cell !== undefined) return { title: attribute.title, hint: attribute.hint, span: cell.span };
  }
  for (const { attribute, field } of typed.fields.values()) {
    if (field !== undefined && within(field.nameSpan) && attribute.hint !== '') return { title: attribute.title, hint: attribute.hint, span: field.nameSpan };
  }
  return undefined;
}

function inFields(typed: TypedDocument, start: number, before: string, facts: WritingFacts): Suggestions | undefined {
  const colon = before.indexOf(':');
  if (colon < 0) {
    if (before !== before.trimStart()) return undefined;
    return { span: { start, end: start + before.length }, items: missingKeys(typed) };
  }
  const name = before.slice(0, colon).trim();
  const rest = before.slice(colon + 1);
  const from = start + colon + 1 + (rest.length - rest.trimStart().length);
  const lead = rest === '' ? ' ' : '';
  const attribute = attributeNamed(typed, name);
  const items =
    name === typeKey || name === '種別'
      ? [...facts.types.values()].map((type): Suggestion => ({ text: type.id, kind: 'value', detail: type.title.text }))
      : attribute === undefined
        ? []
        : valuesOf(typed, attribute, facts, []);
  return items.length === 0 ? undefined : { span: { start: from, end: start + before.length }, items: items.map((item) => ({ ...item, text: `${lead}${item.text}` })) };
}

/** Fields of the type that are not written yet, those it asks for first. */
function missingKeys(typed: TypedDocument): readonly Suggestion[] {
  const missing = [...typed.fields.values()].filter(({ attribute, written }) => !written && (attribute.foundIn.length === 0 || attribute.foundIn.includes('front_matter')));
  const sorted = missing.sort((a, b) => Number(b.attribute.required) - Number(a.attribute.required));
  return sorted.map(({ attribute }) => ({ text: `${attribute.id}: `, kind: 'key', detail: attribute.hint === '' ? attribute.title : `${attribute.title}：${attribute.hint}` }));
}

function inHeading(typed: TypedDocument, type: DocumentType, start: number, before: string): Suggestions | undefined {
  const marks = before.length - before.replace(/^#+/, '').length;
  const gap = before.charAt(marks) === ' ' ? 1 : 0;
  if (gap === 0 && before.length > marks) return undefined;
  const missing = type.sections.filter((section) => !typed.sections.has(section.id));
  if (missing.length === 0) return undefined;
  return {
    span: { start: start + marks + gap, end: start + before.length },
    items: missing.map((section) => ({ text: `${gap === 0 ? ' ' : ''}${section.title}`, kind: 'heading', detail: section.hint })),
  };
}

function inTable(typed: TypedDocument, line: number, offset: number, facts: WritingFacts): Suggestions | undefined {
  const { document } = typed;
  const { lines, text } = document;
  const start = lines.startOf(line);
  const isCsv = document.format === 'csv';
  const table = typed.tables.find(
    ({ table: { span, header } }) => lines.lineAt(header.span.start) < line && (lines.lineAt(Math.max(span.start, span.end - 1)) >= line || (isCsv && text.slice(span.end, offset).trim() === '')),
  );
  if (table === undefined) return undefined;
  const cell = isCsv ? csvCell(text.slice(start, offset)) : pipedCell(text.slice(start, offset));
  const attribute = cell === undefined ? undefined : table.columns[cell.column];
  if (cell === undefined || attribute === undefined) return undefined;
  const items = valuesOf(typed, attribute, facts, idsOf(typed, table, line));
  if (items.length === 0) return undefined;
  const lead = !isCsv && text.charAt(offset - 1) === '|' ? ' ' : '';
  return { span: { start: start + cell.from, end: offset }, items: items.map((item) => ({ ...item, text: `${lead}${item.text}` })) };
}

interface CellAt {
  readonly column: number;
  /** Where the words of the cell begin, from the line's start. */
  readonly from: number;
}

/** The cell of a Markdown row at the end of `before`; `undefined` before the first pipe. */
function pipedCell(before: string): CellAt | undefined {
  let pipes = 0;
  let from = 0;
  for (let i = 0; i < before.length; i++) {
    if (before[i] === '\\') i++;
    else if (before[i] === '|') {
      pipes++;
      from = i + 1;
    }
  }
  const bare = before.trimStart().startsWith('|') ? 0 : 1;
  if (pipes === 0) return undefined;
  while (before[from] === ' ') from++;
  return { column: pipes - 1 + bare, from };
}

/** The cell of a CSV row at the end of `before`; `undefined` inside quotes. */
function csvCell(before: string): CellAt | undefined {
  let column = 0;
  let from = 0;
  let quoted = false;
  for (let i = 0; i < before.length; i++) {
    if (before[i] === '"') quoted = !quoted;
    else if (before[i] === ',' && !quoted) {
      column++;
      from = i + 1;
    }
  }
  return quoted ? undefined : { column, from };
}

/** Ids of a table but that of one line. */
function idsOf(typed: TypedDocument, table: TypedTable, line: number): readonly string[] {
  const column = table.positions.get('id');
  if (column === undefined) return [];
  return table.table.rows.flatMap((row) => (typed.document.lines.lineAt(row.span.start) === line ? [] : (row.cells[column]?.text ?? [])));
}

function valuesOf(typed: TypedDocument, attribute: Attribute, facts: WritingFacts, ids: readonly string[]): readonly Suggestion[] {
  const value = (text: string, detail: string): Suggestion => ({ text, kind: 'value', detail });
  const words = typed.wordsOf(attribute);
  if (words !== undefined) {
    const language = writtenLanguage([typed.document]) ?? 'ja';
    return [...words.words.values()].flatMap((spellings) => spellingIn(spellings, language) ?? []).map((text) => value(text, attribute.title));
  }
  switch (attribute.kind) {
    case 'person':
    case 'people':
      return facts.people.slice(0, mostWritten).map((name) => value(name, attribute.title));
    case 'date':
      return [value(facts.today, attribute.title)];
    case 'type':
      return [...facts.types.values()].map((type) => value(type.id, type.title.text));
    case 'id': {
      const next = attribute.id === 'id' ? nextId(typed.idShape, ids) : undefined;
      return next === undefined ? [] : [value(next, attribute.title)];
    }
    default:
      return [];
  }
}

function attributeNamed(typed: TypedDocument, name: string): Attribute | undefined {
  const wanted = normalise(name).trim();
  const spelled = (attribute: Attribute): boolean => [attribute.id, attribute.title, ...attribute.aliases].some((one) => normalise(one).trim() === wanted);
  return [...typed.fields.values()].map(({ attribute }) => attribute).find(spelled);
}
