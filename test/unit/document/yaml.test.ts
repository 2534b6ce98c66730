import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parse, stringify } from 'yaml';
import { readDocument } from '../../../src/core/document/read';
import type { YamlNode } from '../../../src/core/document/yaml-nodes';
import { readPlainYaml } from '../../../src/core/document/yaml-plain';

function plainValue(node: YamlNode | undefined): unknown {
  if (node === undefined) return null;
  if (node.kind === 'scalar') return node.text;
  if (node.kind === 'list') return node.items.map(plainValue);
  return Object.fromEntries(node.entries.map(({ key, value }) => [key.text, plainValue(value)]));
}

/** What the full parser reads, as plain words. */
function parsedValue(value: unknown): unknown {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return ['null', '~', 'Null', 'NULL'].includes(value) ? '' : value.trim();
  if (Array.isArray(value)) return value.map(parsedValue);
  return Object.fromEntries(Object.entries(value as Record<string, unknown>).map(([key, below]) => [key, parsedValue(below)]));
}

describe('YAML documents', () => {
  it('are read by hand as the full parser reads them', function () {
    this.timeout(20_000);
    const word = fc.oneof(
      fc.constantFrom('課題', 'I-001', '2026-11-30', 'a b', '高', "it's", 'a: b', '#x', '- y', '"q"', '[z', '１２', 'x#y', 'a:b', ''),
      fc.string({ unit: fc.constantFrom('a', 'あ', ' ', ':', '#', '-', "'", ',', '\n'), maxLength: 8 }),
    );
    const key = fc.constantFrom('id', '内容', 'due date', 'owner', 'a-b');
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof({ depthSize: 'small' }, fc.dictionary(key, tie('value'), { minKeys: 1, maxKeys: 4 }), fc.array(tie('value'), { minLength: 1, maxLength: 3 })),
      value: fc.oneof({ depthSize: 'small', maxDepth: 3 }, { weight: 3, arbitrary: word }, tie('tree')),
    }));
    let byHand = 0;
    fc.assert(
      fc.property(tree, fc.boolean(), (value, narrow) => {
        const text = stringify(value, { lineWidth: narrow ? 20 : 0 });
        const read = readPlainYaml(text, 0, text.length);
        if (read.stoppedAt >= 0) return;
        byHand++;
        assert.deepEqual(plainValue(read.root), parsedValue(parse(text, { schema: 'failsafe' })), text);
      }),
      { numRuns: 1500 },
    );
    assert.ok(byHand > 500, `only ${String(byHand)} were plain`);
  });

  it('are read where a quoted value goes on in the next lines without being indented', () => {
    const text = '---\ntitle: "会計"\ndescription: "一行目。\n二行目。"\nowner: 佐藤\n---\n# 会計\n';
    const document = readDocument('a.md', text);
    assert.deepEqual(document.problems, []);
    assert.deepEqual(document.fields.map((field) => [field.name, text.slice(field.valueSpan.start, field.valueSpan.end)]).at(-1), ['owner', '佐藤']);
    assert.equal(readDocument('a.md', text.replace('。"', '。')).problems.length > 0, true);
  });

  it('give fields, a section for every key with something below, and a table for a list of maps', () => {
    const text = readFileSync('test/fixtures/documents/risks.yaml', 'utf8');
    const document = readDocument('risks.yaml', text);
    const at = (span: { start: number; end: number }): string => text.slice(span.start, span.end);
    assert.deepEqual(document.problems, []);
    assert.deepEqual(document.fields.map((f) => [f.name, f.value, at(f.valueSpan)]), [
      ['type', 'risk-register', 'risk-register'],
      ['title', 'リスク一覧', 'リスク一覧'],
      ['reviewers', '山田、佐藤', '[山田, "佐藤"]'],
      ['note', '評価は四半期ごとに行う。\n例外は PMO に相談する。', '評価は四半期ごとに行う。\n  例外は PMO に相談する。'],
    ]);
    assert.deepEqual(document.sections.map((s) => s.title), ['reviewers', 'note', 'risks']);
    const [table] = document.tables;
    assert.deepEqual(table?.header.cells.map((c) => [c.text, text.lastIndexOf('\n', c.span.start) < c.span.start]), [
      ['id', true], ['event', true], ['owner', true], ['due', true], ['status', true], ['level', true],
    ]);
    assert.deepEqual(table.rows.map((r) => r.cells.map((c) => c.text)), [
      ['R-001', '委託先の納品が遅れる', '山田', '2026-11-30'],
      ['R-002', '要員が足りない', '', '', ''],
      ['R-003', '', '', '', '', '高'],
    ]);
    assert.equal(at(table.rows[1]!.cells[4]!.span), 'status');
    assert.equal(document.sections[table.section]?.title, 'risks');
    assert.deepEqual(document.opaque.map((o) => [o.kind, at(o)]), [['comment', '# リスク登録簿']]);
  });

  it('give one table for each key of a map of lists', () => {
    const document = readDocument('a.yaml', 'log:\n  risks:\n    - id: R-1\n  issues:\n    - id: I-1\n    - id: I-2\n');
    assert.deepEqual(document.tables.map((t) => [document.sections[t.section]?.title, t.rows.length]), [['risks', 1], ['issues', 2]]);
  });

  it('keep what can be read beside what is broken, and say where', () => {
    const document = readDocument('a.yaml', 'title: 課題\nissues:\n  - id: I-1\n bad\nowner: 山田\n');
    assert.equal(document.problems[0]?.kind, 'yaml');
    assert.ok(document.problems[0].span.start >= 10);
    assert.equal(document.fields[0]?.value, '課題');
    const large = `title: 課題\nrows:\n${'  - id: I-1\n'.repeat(20_000)}bad: {a\n`;
    const read = readDocument('a.yaml', large);
    assert.equal(read.tables[0]?.rows.length, 20_000);
    assert.equal(large.slice(read.problems[0]!.span.start, read.problems[0]!.span.end), '{a');
  });

  it('bound what aliases and nesting can cost', () => {
    const laughs = ['a: &a [x, x, x, x, x, x, x, x, x]', ...Array.from({ length: 20 }, (_, i) => `b${String(i)}: &b${String(i)} [${Array.from({ length: 9 }, () => (i === 0 ? '*a' : `*b${String(i - 1)}`)).join(', ')}]`)].join('\n');
    const document = readDocument('a.yaml', laughs);
    assert.ok(document.fields.every((field) => field.value.length < 1000));
    assert.equal(readDocument('a.yaml', '['.repeat(100_000)).problems[0]?.kind, 'yaml');
    assert.equal(readDocument('a.yaml', '- '.repeat(50_000)).problems[0]?.kind, 'yaml');
  });
});
