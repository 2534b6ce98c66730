import type { Book } from '../../../src/core/book/book';
import { packBook, unpackBook } from '../../../src/core/book/pack';
import { readDocument } from '../../../src/core/document/read';
import type { ProjectDocument } from '../../../src/core/document/document';
import type { Finding } from '../../../src/core/rules/finding';
import type { Severity } from '../../../src/core/book/book';

/** A small Book: minutes, issue log and ADR, four rules, two phases. */
export function smallBook(): Book {
  const rule = (id: string, rest: string) => `  - { id: ${id}, title: 決まり, types: all, on: document, require: { owner: filled }, message: だめ, ${rest} }`;
  return unpackBook(packBook(new Map([
    ['book.yaml', 'id: small\nname: 小さなブック\nname_en: Small\nadjust: { AAA-001: { severity: info, params: { days: 5 } } }\n'],
    ['types/common.yaml', 'type: common\ntitle: 共通\nwords: { status: { open: [未着手], done: [完了] } }\n'],
    ['types/minutes.yaml', [
      'type: minutes', 'title: 議事録', 'title_en: Minutes', 'aliases: [会議録, meeting minutes, minutes]', 'places: { folder: docs/minutes, file: "YYYY-MM-DD_*.md" }',
      'sections: { decisions: { title: 決定事項, aliases: [decisions], required: true }, actions: { title: アクション, aliases: [宿題], required: true } }', ''].join('\n')],
    ['types/issue-log.yaml', [
      'type: issue-log', 'title: 課題管理表', 'aliases: [課題一覧, issue log]', 'places: { folder: docs, file: "issues*.md" }',
      'tables: { issues: { main: true, columns: { id: { title: ID, required: true }, title: { title: 課題, required: true }, owner: { title: 担当, aliases: [担当者], required: true }, due: { title: 期限, required: true } } } }', ''].join('\n')],
    ['types/adr.yaml', 'type: adr\ntitle: 設計判断の記録\naliases: [ADR]\nplaces: { folder: docs/adr, file: "NNNN-*.md" }\nsections: { context: { title: 背景, aliases: [Context], required: true }, decision: { title: 決定, aliases: [Decision], required: true } }\n'],
    ['rules/all.yaml', [
      'group: all', 'title: すべて', 'guide: a.md', 'level: L1', 'severity: warning', 'rules:',
      rule('AAA-001', 'severity: error, params: { days: { default: 7, min: 1, max: 10 } }'), rule('AAA-002', 'level: L2'), rule('AAA-003', 'locked: true'),
      rule('AAA-004', 'stage: { pilot: [alpha] }'), rule('AAA-005', 'stage: { announced: 2026-12-01 }'), rule('AAA-006', 'stage: draft'), ''].join('\n')],
    ['products/alpha/overlay.yaml', 'product: alpha\nrules: { AAA-001: { params: { days: 9 } }, AAA-002: off }\nwords: { status: { done: [納品済み] } }\nplaces: { minutes: { folder: gijiroku } }\nadd_rules:\n' + rule('ALP-001', 'severity: hint') + '\n'],
    ['lifecycle.yaml', [
      'phases: [{ id: kikaku, title: 企画 }, { id: sekkei, title: 設計 }]', 'gates:',
      '  - { id: G0, title: 企画承認, phase: kikaku, documents: [issue-log, { type: minutes, need: optional }] }',
      '  - { id: G1, title: 設計レビュー, phase: sekkei, documents: [{ type: adr, need: approved, sizes: [M, L] }] }',
      'levels: [{ id: L0, title: 未整備 }, { id: L1, title: 最低限 }, { id: L2, title: 標準 }]', ''].join('\n')],
  ])));
}

export function finding(rule: string, path: string, line: number, document?: ProjectDocument, severity: Severity = 'warning'): Finding {
  const start = document ? document.lines.startOf(line) : 0;
  return {
    rule, severity, path, span: { start, end: start + (document ? 3 : 0) }, range: { start: { line, character: 0 }, end: { line, character: 3 } },
    message: 'だめ', guide: undefined, fixes: [], related: [], suppression: undefined, timeOnly: false,
  };
}

export { readDocument };
