import type { Attribute, DocumentType, Template } from '../../../src/core/book/book';
import { renderTemplate } from '../../../src/core/templates/render';

/** The day on which the filled documents are checked. */
export const today = '2026-11-24';

const values = { today, product: 'シフトナビ', product_id: 'shift-navi', phase: 'テスト', author: '佐藤' } as const;

const answers: Readonly<Record<string, string>> = {
  text: 'シフト案の作成', person: '佐藤', people: '佐藤、高橋、小川', date: '2026-12-18', period: '2026-11-16〜2026-11-20', level: 'Sev2', id: 'C-004',
};

/** Columns whose day lies behind. */
const past = new Set(['closed', 'checked', 'decided', 'received', 'raised']);

/** Numbers that agree with each other. */
const numbers: Readonly<Record<string, string>> = {
  planned: '100', executed: '100', passed: '100', failed: '0', not_executed: '0', actual: '90', forecast: '95', variance: '10',
};

const sentence = '店長の操作が10秒を超えることにより、問い合わせが月20件増える';

/** What a person may write under a column. */
function cellFor(column: Attribute | undefined, header: string, type: DocumentType): string {
  if (column === undefined) {
    if (['期限', '期日', '承認日', '予定日'].includes(header)) return '2026-12-18';
    return ['担当', '名前', '承認者', '判定者'].includes(header) ? '高橋' : sentence;
  }
  switch (column.kind) {
    case 'date': return past.has(column.id) ? '2026-11-20' : '2026-12-18';
    case 'person': return column.id === 'approver' ? '鈴木' : '高橋';
    case 'people': return '佐藤、高橋';
    case 'number': case 'money': return numbers[column.id] ?? '10';
    case 'percent': return '50%';
    case 'level': case 'status': return [...(type.words.get(column.words ?? '')?.words.values() ?? [])][0]?.[0] ?? '高';
    case 'period': return '2026-11-16〜2026-12-18';
    case 'id': return column.id === 'requirement' ? 'REQ-001' : 'X-001';
    default: return sentence;
  }
}

function columnsFor(headers: readonly string[], type: DocumentType): ReadonlyMap<string, Attribute> {
  let best = new Map<string, Attribute>();
  let most = 0;
  for (const table of type.tables) {
    const columns = new Map(table.columns.map((column) => [column.title, column]));
    const known = headers.filter((header) => columns.has(header)).length;
    if (known > most) [best, most] = [columns, known];
  }
  return best;
}

const blank = /【[^】]*】/gu;

function fillCells(cells: readonly string[], headers: readonly string[], type: DocumentType): string[] {
  const columns = columnsFor(headers, type);
  let marks = 0;
  return cells.map((cell, index) => {
    if (!cell.includes('【')) return cell;
    const header = headers[index] ?? '';
    // A RACI row has one A and at least one R.
    if (isMark(type, header)) return 'ARCI'[Math.min(marks++, 3)] ?? 'I';
    return /^【[^】]*】$/u.test(cell) ? cellFor(columns.get(header), header, type) : cell.replace(blank, '10秒');
  });
}

/** A column of marks: one of those that stand for all without a name of their own. */
function isMark(type: DocumentType, header: string): boolean {
  return type.tables.some((table) => table.columns.some((column) => column.each) && !table.columns.some((column) => !column.each && column.title === header));
}

const cellsOf = (line: string): string[] => line.trim().replace(/^\||\|$/gu, '').split('|').map((cell) => cell.trim());

/** Numbers of a total are the sums of those above it. */
function withTotals(cells: readonly string[], above: readonly (readonly string[])[]): readonly string[] {
  if (cells[0] !== '合計') return cells;
  return cells.map((cell, index) => (/^\d+$/u.test(cell) ? String(above.reduce((sum, row) => sum + Number(row[index] ?? 0), 0)) : cell));
}

/** The risks of a register: a template shows one row, a rule asks for three. */
function threeOf(row: string, type: DocumentType): string {
  return type.id === 'risk-register' && row.includes('R-001') ? [1, 2, 3].map((n) => row.replace('R-001', `R-00${String(n)}`)).join('\n') : row;
}

function fillMarkdown(text: string, type: DocumentType): string {
  let headers: string[] | undefined;
  let above: (readonly string[])[] = [];
  const lines = text.split('\n').map((line) => {
    if (!line.startsWith('|')) {
      headers = undefined;
      return line;
    }
    const cells = cellsOf(line);
    if (headers === undefined) [headers, above] = [cells, []];
    else if (!/^[|\s:-]+$/u.test(line)) {
      const row = withTotals(fillCells(cells, headers, type), above);
      above.push(row);
      return threeOf(`| ${row.join(' | ')} |`, type);
    }
    return line;
  });
  return lines.join('\n')
    .replace(/【記入：(?:期限|期日|日付|承認日|判定日|判定した日|締めの日|次の日時)[^】]*】/gu, '2026-12-18')
    .replace(/(?<=\d{4}-\d\d-\d\d )【[^】]*】/gu, '10:00〜10:50')
    .replace(/【記入：(?:HH:MM|時刻)[^】]*】/gu, '22:30')
    .replace(/【記入：承認／[^】]*】/gu, '承認')
    .replace(/【記入：順調[^】]*】/gu, '注意')
    .replace(/【記入：[^】]*件数】/gu, '0')
    .replace(/【記入：(?:担当|判定した人|承認者)[^】]*】/gu, '鈴木')
    .replace(blank, '2026-12-18までに10件を確かめる')
    .replace('status: 下書き', 'status: レビュー中');
}

function fillCsv(text: string, type: DocumentType): string {
  const [head = '', row = ''] = text.trim().split('\n');
  const headers = head.split(',');
  const filledRow = fillCells(row.split(','), headers, type).map((cell) => cell.replaceAll(',', '、')).join(',');
  return `${head}\n${threeOf(filledRow, type)}\n`;
}

/** A template as a person may have filled it in, ready for review. Fields with their own fixed values stay as they are. */
export function filled(template: Template, type: DocumentType): string {
  const given = template.asks.filter((ask) => ask.default === '').map((ask): [string, string] => [ask.id, answers[ask.kind] ?? 'シフト案の作成']);
  const { text } = renderTemplate(template, values, Object.fromEntries(given));
  return template.format === 'csv' ? fillCsv(text, type) : fillMarkdown(text, type);
}
