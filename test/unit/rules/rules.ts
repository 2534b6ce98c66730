import type { Book } from '../../../src/core/book/book';
import { loadBook } from '../../../src/core/book/load';
import { readDocument } from '../../../src/core/document/read';
import { understand } from '../../../src/core/product/meaning';
import { ProductIndex } from '../../../src/core/product/records';
import { effectiveSettings } from '../../../src/core/product/settings';
import { compileRules } from '../../../src/core/rules/compile';
import { contextOf, type CheckContext } from '../../../src/core/rules/context';
import type { Finding } from '../../../src/core/rules/finding';
import { checkDocument, checkProduct } from '../../../src/core/rules/run';
import { memoryFolder } from '../book/folders';

const types = `format: 1
type: register-x
title: 台帳
class: register
id: X-NNN
fields:
  owner: { title: 責任者, kind: person, required: true }
  approver: { title: 承認者, aliases: [決裁者], kind: person, found_in: [front_matter, label], required_when: { status: [approved] } }
sections:
  notes: { title: 補足, required: true }
tables:
  rows:
    main: true
    columns:
      id: { title: ID, kind: id, required: true }
      title: { title: 内容, kind: text, required: true }
      owner: { title: 担当, kind: person }
      due: { title: 期限, kind: date }
      closed: { title: 完了日, aliases: [実施日, closed on], kind: date, required_when: { status: done } }
      status: { title: 状態, kind: status, words: status }
      planned: { title: 予算, kind: number }
      actual: { title: 実績, kind: number }
      level: { title: 優先度, kind: level, words: level }
`;
const common = `format: 1
type: common
title: 共通
fields:
  title: { title: 題名, kind: text, found_in: [front_matter, heading] }
  status: { title: 状態, kind: status, words: document_status }
words:
  status: { open: [未着手], doing: [対応中], done: [完了], unfinished: { group: [open, doing] } }
  level: { high: [高], middle: [中], low: [低] }
  document_status: { draft: [下書き], approved: [承認済み] }
`;

/** A Book with one type of register and the rules of a YAML list (`- id: …`), each with a head that says where it applies. */
export async function bookWith(rules: string): Promise<Book> {
  const indented = rules.trim().split('\n').map((line) => `  ${line}`).join('\n');
  return loadBook(memoryFolder(new Map([
    ['book.yaml', 'format: 1\nid: t\nname: t\nlanguage: ja\n'],
    ['types/common.yaml', common], ['types/register-x.yaml', types],
    ['rules/x.yaml', `format: 1\ngroup: x\ntitle: x\nguide: pages/x.md\ntypes: [register-x]\nseverity: warning\nlevel: L1\nrules:\n${indented}\n`],
  ])), { starter: undefined });
}

/** Findings of some rules on one document, local and network ones. */
export async function check(rules: string, text: string, given: Partial<CheckContext> = {}, path = 'docs/x.md'): Promise<readonly Finding[]> {
  const book = await bookWith(rules);
  const settings = effectiveSettings(book, undefined, '2026-11-24');
  const set = compileRules(book, settings);
  const broken = [...book.problems, ...set.problems].filter((problem) => problem.severity === 'error');
  if (broken.length > 0) throw new Error(broken.map((problem) => problem.message.text).join('\n'));
  const document = understand(readDocument(path, text), settings.types.get('register-x'), settings.common);
  const product = new ProductIndex();
  product.set(document);
  const context = contextOf({ today: '2026-11-24', ...given });
  return [...checkDocument(set, document, context).findings, ...(await checkProduct(set, product, context)).findings];
}

/** A Markdown table of the register with some columns. */
export function table(columns: readonly string[], ...rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(columns) + `|${'---|'.repeat(columns.length)}\n` + rows.map(line).join('');
}
