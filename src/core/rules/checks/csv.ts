import { NO } from '../truth';
import { pipesInCode } from '../code-pipes';
import { RowUnit } from '../table-units';
import type { Check } from './check';

/** What helps where a pipe in code divides a cell. */
const escapePipe = { ja: 'コードの中の「|」は「\\|」と書くと、列を分けません。', en: 'A | in code divides no cell when it is written as \\|.' } as const;

/** What helps where a line right below a table has become a row of it. */
const endTable = { ja: '表の行でなければ、上に空行を入れてください。', en: 'If it is no row of the table, leave a line blank above it.' } as const;

/**
 * A row with another number of cells than the header. Empty cells too many at the end are tolerated: they are shown
 * right. So is a Markdown row of one cell, which heads the rows below it.
 */
export const rowWidth: Check = (unit, env) => {
  if (!(unit instanceof RowUnit)) return [];
  const header = unit.table.table.header.cells.length;
  const row = unit.table.table.rows[unit.index];
  if (row === undefined) return [];
  let count = row.cells.length;
  while (count > header && row.cells[count - 1]?.text === '') count--;
  if (count > header && unit.document.document.format === 'markdown') count = Math.max(header, count - barsInside(lineAt(unit.document.document.text, row.span.start)));
  // In a CSV file an empty cell too many is one comma too many: where what stands before it fits no column, the row has shifted.
  const shifted = count === header && unit.document.document.format === 'csv' && row.cells.length > header && !isShownRight(unit);
  if (count === header && !shifted) return [];
  if (count < header && unit.document.document.format === 'yaml') return [];
  if (count === 1 && unit.document.document.format === 'markdown' && isApart(lineAt(unit.document.document.text, row.span.start), header)) return [];
  const last = row.cells[Math.min(count, row.cells.length) - 1];
  const extra = count > header ? row.cells[header] : last;
  const span = extra?.span ?? unit.span;
  const slight = count < header && isShownRight(unit);
  const line = unit.document.document.format === 'markdown' ? lineAt(unit.document.document.text, row.span.start) : undefined;
  const help = line === undefined ? undefined : count > header && pipesInCode(line).length === count - header ? escapePipe : line.includes('|') ? undefined : endTable;
  return [{ unit, match: { span, text: extra?.text ?? '' }, note: { result: NO, count: shifted ? row.cells.length : count, expected: String(header), slight, ...(help === undefined ? {} : { hint: help[env.context.language] }) } }];
};

/** Cells left out at the end of a row are shown empty. Where one was left out before, a date or figure stands below another heading. */
function isShownRight(unit: RowUnit): boolean {
  const { document, table, index } = unit;
  const { rows, header } = table.table;
  const row = rows[index];
  if (row === undefined) return false;
  if (document.document.format === 'markdown' && !lineAt(document.document.text, row.span.start).includes('|')) return false;
  const whole = rows.filter((other, at) => at !== index && other.cells.length === header.cells.length);
  return row.cells.every(({ text }, position) => {
    if (text === '') return true;
    const column = table.columns[position];
    const value = document.cell(table, index, position);
    if (column?.kind === 'date' && value !== undefined && !value.empty && value.days(document.year ?? 2000) === undefined) return false;
    if (column?.kind === 'status' && value !== undefined && !value.empty && value.word === undefined) return false;
    const others = whole.map((other) => kindOfText(other.cells[position]?.text ?? '')).filter((kind) => kind !== undefined);
    const kind = others[0];
    return others.length < 2 || others.some((other) => other !== kind) || kindOfText(text) === kind;
  });
}

/** What a cell holds by its looks; `undefined` for a blank or a dash. */
function kindOfText(text: string): 'date' | 'figure' | 'words' | undefined {
  if (/^[\s\p{Pd}ー]*$/u.test(text)) return undefined;
  if (/^\d{4}[-/.年]\d{1,2}|^\d{1,2}[/月]\d{1,2}/u.test(text)) return 'date';
  return /^[¥$€]?[\d,.]+\s?[%％円人件日h]?$/u.test(text) ? 'figure' : 'words';
}

/** Links like `[[page|words]]` and the filters of a site's tags (`{{ '/a' | relative_url }}`): the bars in them divide no cells for those who write them so. */
function barsInside(line: string): number {
  const links = line.match(/(?<!\\)\[\[[^[\]|\\]{1,200}\|[^[\]|]{1,200}\]\]/gu)?.length ?? 0;
  const tags = line.match(/\{\{[^{}]{1,200}\}\}|\{%[^{}]{1,200}%\}/gu) ?? [];
  return tags.reduce((sum, tag) => sum + tag.split(/\|(?=\s*[a-z_]+\s*[:|}%])/u).length - 1, links);
}

/** One cell alone in a wider table heads the rows below it; where links are defined right below a table, no row is meant. */
function isApart(line: string, header: number): boolean {
  return (header > 2 && /^\s*\|.*\|\s*$/u.test(line)) || /^ {0,3}\[[^\]]{1,200}\]:\s/u.test(line);
}

function lineAt(text: string, at: number): string {
  const end = text.indexOf('\n', at);
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, end < 0 ? text.length : end).replace(/\r$/u, '');
}

const reasons: Readonly<Record<string, readonly [string, string]>> = {
  quote: ['閉じていない引用符があります', 'a quote is not closed'],
  delimiter: ['区切りがタブまたはセミコロンです', 'the delimiter is a tab or semicolon'],
  encoding: ['文字コードがUTF-8ではありません', 'the encoding is not UTF-8'],
  other: ['列や引用符の形が崩れています', 'columns or quotes are broken'],
};

/** What the CSV reader could not read. A row with cells too many is read, and has a rule of its own. */
export const csvReadable: Check = (unit, env) => {
  const document = unit.document?.document;
  if (document?.format !== 'csv') return [];
  return document.problems.filter((problem) => problem.kind === 'csv' && problem.detail !== 'too_many_cells').slice(0, 1).map((problem) => {
    const key = /quote|引用/iu.test(problem.detail) ? 'quote' : /delimiter|tab|semicolon/iu.test(problem.detail) ? 'delimiter' : /encoding|utf/iu.test(problem.detail) ? 'encoding' : 'other';
    const reason = reasons[key]?.[env.context.language === 'ja' ? 0 : 1] ?? problem.detail;
    return { unit, match: { span: problem.span, text: '' }, note: { result: NO, reason } };
  });
};
