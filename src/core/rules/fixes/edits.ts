import type { DocumentFormat } from '../../document/document';
import type { TypedDocument, TypedField } from '../../product/meaning';
import type { TypedTable } from '../../product/typed-tables';
import type { Span } from '../../text/position';
import type { TextChange } from '../finding';

/** What a fix leaves for the person to fill in. It counts as an unfilled part of a template until somebody writes over it. */
export const blank = '＿＿';

/** How many columns a text takes in a fixed-width editor: East Asian wide characters take two (UAX #11, roughly). */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) width += /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(char) ? 2 : 1;
  return width;
}

/** A value as it is written in a cell of a format. */
function escaped(value: string, format: DocumentFormat): string {
  switch (format) {
    case 'markdown':
      return value.replace(/\r\n|\r|\n/gu, '<br>').replace(/(?<!\\)\|/gu, '\\|');
    case 'csv':
      return /[",\r\n]/u.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
    case 'yaml':
      return yamlScalar(value);
  }
}

/** A YAML scalar that reads back as this text: plain where YAML allows it, else in double quotes. */
function yamlScalar(value: string): string {
  const plain = /^[^\s\-?:,[\]{}#&*!|>'"%@`][^\r\n]*$/u.test(value) && !/: |:$| #|\s$/u.test(value) && !/^(?:true|false|yes|no|null|on|off|~)$/iu.test(value);
  return plain || /^\d{4}-\d{2}-\d{2}$/u.test(value) ? value : JSON.stringify(value);
}

/** Writes a value into a cell, keeping the table's alignment where its blanks allow it. */
export function cellEdit(document: TypedDocument, table: TypedTable, row: number, column: number, value: string): TextChange | undefined {
  const { text, format } = document.document;
  const written = table.table.rows[row];
  if (written === undefined) return undefined;
  const cell = written.cells[column];
  const content = escaped(value, format);
  if (cell === undefined) return missingCell(document, table, row, column, value);
  if (format === 'yaml') return yamlCell(document, table, row, column, value);
  if (format === 'csv') {
    if (cell.text === '') return change(csvGap(text, cell.span, written.span, column), content);
    if (text.charAt(cell.span.start - 1) === '"' && text.charAt(cell.span.end) === '"') return change(cell.span, value.replaceAll('"', '""'));
    return change(cell.span, content);
  }
  if (cell.text === '') return emptyCell(text, cell.span, content);
  const room = /^ */u.exec(text.slice(cell.span.end, cell.span.end + 200))?.[0].length ?? 0;
  const atPipe = text.charAt(cell.span.end + room) === '|';
  const grows = widthOf(content) - widthOf(text.slice(cell.span.start, cell.span.end));
  if (!atPipe || room < 2 || grows === 0) return change(cell.span, content);
  const blanks = Math.max(1, room - grows);
  return change({ start: cell.span.start, end: cell.span.end + room }, content + ' '.repeat(blanks));
}

function change(span: Span, text: string): TextChange {
  return { path: undefined, span, text };
}

/** The gap between two pipes; a blank stays on either side. */
function emptyCell(text: string, span: Span, content: string): TextChange {
  let start = span.start;
  if (text.charAt(start) === '|') start++;
  let end = start;
  while (text.charAt(end) === ' ' || text.charAt(end) === '\t') end++;
  const blanks = Math.max(1, end - start - 1 - widthOf(content));
  return change({ start, end }, ` ${content}${' '.repeat(blanks)}`);
}

/** Where an empty cell's text goes: behind the comma it is underlined by, but the first cell of a row has none before it. */
function csvGap(text: string, span: Span, row: Span, column: number): Span {
  const underlined = column > 0 && text.charAt(span.start) === ',' && span.end > span.start;
  const at = underlined ? span.start + 1 : column === 0 ? row.start : span.start;
  if (text.slice(at, at + 2) === '""') return { start: at, end: at + 2 };
  const inside = Math.min(at, row.end);
  return { start: inside, end: inside };
}

/** A cell that a short row does not have: the cells before it are added empty. */
function missingCell(document: TypedDocument, table: TypedTable, row: number, column: number, value: string): TextChange | undefined {
  const { text, format } = document.document;
  const written = table.table.rows[row];
  if (written === undefined) return undefined;
  const count = written.cells.length;
  const content = escaped(value, format);
  if (format === 'yaml') return yamlCell(document, table, row, column, value);
  if (format === 'csv') return change({ start: written.span.end, end: written.span.end }, ','.repeat(column - count + 1) + content);
  const line = text.slice(written.span.start, written.span.end).trimEnd();
  const end = written.span.start + line.length;
  const closed = line.endsWith('|') && !line.endsWith('\\|');
  const cells = [...Array.from({ length: column - count }, () => ' '), ` ${content} `];
  return change({ start: end, end }, closed ? cells.map((cell) => `${cell}|`).join('') : ` |${cells.join('|')}`.trimEnd());
}

function yamlCell(document: TypedDocument, table: TypedTable, row: number, column: number, value: string): TextChange | undefined {
  const { text } = document.document;
  const written = table.table.rows[row];
  const key = table.table.header.cells[column]?.text;
  if (written === undefined || key === undefined) return undefined;
  const cell = written.cells[column];
  if (cell !== undefined && cell.text !== '') return change(cell.span, yamlScalar(value));
  const body = text.slice(written.span.start, written.span.end);
  const lineStart = text.lastIndexOf('\n', written.span.start - 1) + 1;
  for (const match of body.matchAll(/(^|\n)([ \t]*(?:- +)?)([^\s:#][^:\n]*):[ \t]*(?=\r?\n|$)/gu)) {
    if ((match[3] ?? '').trim().replace(/^["']|["']$/gu, '') !== key) continue;
    const at = written.span.start + match.index + match[0].trimEnd().length;
    return change({ start: at, end: at }, ` ${yamlScalar(value)}`);
  }
  const first = /^([ \t]*)(- +)?/u.exec(text.slice(lineStart, written.span.start + 1));
  const indent = ' '.repeat(Math.max(written.span.start - lineStart, (first?.[0] ?? '').length));
  const end = written.span.start + body.trimEnd().length;
  return change({ start: end, end }, `${lineEnd(text)}${indent}${key}: ${yamlScalar(value)}`);
}

/** The line end a text uses. */
export function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Cells for a new row, as one line of the table's format without its line end. `undefined` for YAML, which has no such line. */
function rowLine(cells: readonly string[], format: DocumentFormat): string | undefined {
  if (format === 'markdown') return `| ${cells.map((cell) => escaped(cell, format)).join(' | ')} |`;
  return format === 'csv' ? cells.map((cell) => escaped(cell, format)).join(',') : undefined;
}

/** Adds a row behind another (-1 = behind the last). */
export function rowEdit(document: TypedDocument, table: TypedTable, after: number, cells: readonly string[]): TextChange | undefined {
  const { text, format } = document.document;
  const rows = table.table.rows;
  const before = rows[after < 0 ? rows.length - 1 : after];
  const line = rowLine(cells, format);
  if (line === undefined) {
    if (before === undefined) return undefined;
    const start = text.lastIndexOf('\n', before.span.start - 1) + 1;
    const dash = text.slice(start, before.span.start);
    const indent = dash.length === 0 ? '- ' : dash;
    const inner = ' '.repeat(indent.length);
    const filled = cells.map((cell, i) => [table.table.header.cells[i]?.text ?? '', cell] as const).filter(([, cell]) => cell !== '');
    const body = filled.map(([key, cell], i) => `${i === 0 ? indent : inner}${key}: ${yamlScalar(cell)}`).join(lineEnd(text));
    const end = before.span.start + text.slice(before.span.start, before.span.end).trimEnd().length;
    return change({ start: end, end }, lineEnd(text) + body);
  }
  // The table's span ends behind its last line; without rows that is the delimiter line.
  const end = before?.span.end ?? trimmedEnd(text, table.table.span);
  return change({ start: end, end }, lineEnd(text) + line);
}

function trimmedEnd(text: string, span: Span): number {
  return span.start + text.slice(span.start, span.end).trimEnd().length;
}

/** Adds an empty column at the right of a Markdown or CSV table. */
export function columnEdits(document: TypedDocument, table: TypedTable, title: string): readonly TextChange[] | undefined {
  const { text, format } = document.document;
  if (format === 'yaml') return undefined;
  const { header, rows } = table.table;
  const at = (span: Span, content: string): TextChange => {
    const end = trimmedEnd(text, span);
    if (format === 'csv') return change({ start: span.end, end: span.end }, `,${escaped(content, format)}`);
    const closed = text.charAt(end - 1) === '|' && text.charAt(end - 2) !== '\\';
    return change({ start: end, end }, closed ? ` ${content} |` : ` | ${content}`);
  };
  const edits = [at(header.span, title)];
  if (format === 'markdown') {
    const from = text.indexOf('\n', header.span.end) + 1;
    const to = text.indexOf('\n', from);
    edits.push(at({ start: from, end: to < 0 ? text.length : to }, '---'));
  }
  for (const row of rows) edits.push(at(row.span, ''));
  return edits;
}

/** Writes a field that is there, or adds it where the document keeps such fields. */
export function fieldEdit(document: TypedDocument, field: TypedField, value: string): TextChange {
  const { text, frontMatter, format } = document.document;
  const { attribute } = field;
  const written = field.field;
  const inYaml = written?.source === 'front_matter' || written?.source === 'yaml';
  if (written !== undefined) {
    if (written.value !== '') return change(written.valueSpan, inYaml ? yamlScalar(value) : value);
    const { start, end } = written.valueSpan;
    // An empty value's span may reach back to its name, so that there is something to see.
    const at = Math.max(start === written.nameSpan.start ? end : start, written.nameSpan.end);
    const colon = /^[*_ \t]*[:：][*_]*/u.exec(text.slice(written.nameSpan.end, written.nameSpan.end + 12));
    const from = Math.max(at, written.nameSpan.end + (colon?.[0].length ?? 0));
    const gap = text.charAt(from - 1) === '：' || text.charAt(from - 1) === ' ' ? '' : ' ';
    return change({ start: from, end: from }, gap + (inYaml ? yamlScalar(value) : value));
  }
  const end = lineEnd(text);
  if (frontMatter !== undefined) {
    const head = text.slice(0, frontMatter.span.end);
    const japanese = (head.match(/^[ぁ-んァ-ヶ一-龠][^:\n]*:/gmu) ?? []).length > (head.match(/^[A-Za-z_]+:/gmu) ?? []).length;
    return change({ start: frontMatter.insertAt, end: frontMatter.insertAt }, `${japanese ? attribute.title : attribute.id}: ${yamlScalar(value)}${end}`);
  }
  if (format === 'yaml') return change({ start: 0, end: 0 }, `${attribute.id}: ${yamlScalar(value)}${end}`);
  const label = [...document.document.fields].reverse().find((each) => each.source === 'label');
  const top = document.document.sections.find((section) => section.kind === 'heading' && section.level === 1);
  if (attribute.foundIn.includes('label') && format === 'markdown' && (label !== undefined || top !== undefined)) {
    if (label !== undefined) {
      const lineStart = text.lastIndexOf('\n', label.nameSpan.start) + 1;
      const lead = text.slice(lineStart, label.nameSpan.start);
      const between = text.slice(label.nameSpan.end, Math.min(label.nameSpan.end + 4, label.valueSpan.start));
      const separator = /^[^\n]*[:：][^\n]*$/u.test(between) ? between : '：';
      const lineStop = text.indexOf('\n', label.valueSpan.end);
      const at = lineStop < 0 ? text.length : lineStop - (text.charAt(lineStop - 1) === '\r' ? 1 : 0);
      return change({ start: at, end: at }, `${end}${lead}${attribute.title}${separator}${value}`);
    }
    const lineStop = top === undefined ? -1 : text.indexOf('\n', top.titleSpan.end);
    const at = lineStop < 0 ? text.length : lineStop + 1;
    return change({ start: at, end: at }, `${lineStop < 0 ? end : ''}${attribute.title}：${value}${end}`);
  }
  return change({ start: 0, end: 0 }, `---${end}${attribute.id}: ${yamlScalar(value)}${end}---${end}${end}`);
}

/** Adds a section at its place in the type's order, with its hint as a comment. */
export function sectionEdit(document: TypedDocument, id: string): TextChange | undefined {
  const { text, sections } = document.document;
  if (document.document.format !== 'markdown') return undefined;
  const type = document.vocabulary.sections.find((section) => section.id === id);
  const title = type?.title ?? id;
  const typed = [...document.sections.values()].flatMap((section) => section.indexes).map((index) => sections[index]).filter((section) => section?.kind === 'heading');
  const levels = typed.map((section) => section?.level ?? 2);
  const level = levels.length === 0 ? 2 : Math.min(...levels);
  const order = document.vocabulary.sections.map((section) => section.id);
  const own = type?.after ?? order[order.indexOf(id) - 1];
  let at = text.length;
  for (let i = own === undefined ? -1 : order.indexOf(own); i >= 0; i--) {
    const index = document.sections.get(order[i] ?? '')?.indexes.at(-1);
    const section = index === undefined ? undefined : sections[index];
    if (section?.kind !== 'heading') continue;
    at = section.span.end;
    break;
  }
  if (at === text.length && typed.length > 0) {
    // Nothing before it is there: it goes before the first section that comes after it.
    const next = order.slice(order.indexOf(id) + 1).map((each) => document.sections.get(each)?.indexes[0]).find((index) => index !== undefined);
    const section = next === undefined ? undefined : sections[next];
    if (section?.kind === 'heading' && section.level <= level) at = section.span.start;
  }
  const end = lineEnd(text);
  const before = text.slice(0, at);
  const lead = before === '' || /(?:\r?\n){2}$/u.test(before) ? '' : before.endsWith("\n") ? end : end + end;
  const hint = type?.hint === undefined || type.hint === '' ? '' : `<!-- ${type.hint.replaceAll('--', '—')} -->${end}`;
  return change({ start: at, end: at }, `${lead}${'#'.repeat(level)} ${title}${end}${end}${hint}${blank}${end}${at < text.length ? end : ''}`);
}
