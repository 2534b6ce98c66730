import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { ProjectDocument } from '../../../src/core/document/document';
import { linesOf, maskOpaque, sentencesOf } from '../../../src/core/document/prose';
import { readDocument } from '../../../src/core/document/read';
import { anchorsOf } from '../../../src/core/document/slug';
import { cellText, readRow } from '../../../src/core/document/table';
import type { Span } from '../../../src/core/text/position';

const pieces = [
  '# ', '## ', '####### ', '\n', '\n\n', '\r\n', '\r', '---\n', '===\n', '| a | b |\n', '| - | - |\n', '|', '\\', '- ', '- [ ] ', '- [x] ', '1. ', '10) ', '  ', '    ', '\t',
  '> ', '```\n', '~~~', '`', '``', '<!-- ', ' -->', '<div>', '</b>', '<br>', '[', ']', '(', ')', '](a.md)', '![', '[k]: ./k.md\n', '[k]', '<https://e.com>', 'https://e.com/a',
  '**', '*', '_', '~~', '日時：', '**参加者:** ', '■ ', '【連絡】', '本文。', 'word ', '2026-11-24', 'key: value\n', 'key:\n', '  - ', '&amp;', '"', "'", ',', ';', '\ud83d', '\ude00', '😀', '\uFEFF', '\u3000', '<<<<<<< a\n', '=======\n', '>>>>>>> b\n',
  'a: &a b\n', '*a', '|\n', '>-\n', '{', '}', '#',
];
const anyText = fc.oneof(
  { weight: 6, arbitrary: fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
const anyPath = fc.constantFrom('a.md', 'a.yaml', 'a.csv');

function check(document: ProjectDocument): void {
  const { text } = document;
  const inside = (span: Span, what: string): void => {
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${what} ${JSON.stringify(span)} of ${String(text.length)}`);
  };
  const within = (inner: Span, outer: Span, what: string): void => {
    inside(inner, what);
    assert.ok(inner.start >= outer.start && inner.end <= outer.end, `${what}: ${JSON.stringify([inner, outer])}`);
  };
  const section = (index: number, at: number, what: string): void => {
    assert.ok(index >= -1 && index < document.sections.length, what);
    const holder = document.sections[index];
    if (holder !== undefined) assert.ok(at >= holder.span.start && at <= holder.span.end, `${what} lies outside its section`);
  };
  document.sections.forEach((s, i) => {
    inside(s.span, 'section');
    within(s.bodySpan, s.span, 'body');
    within(s.titleSpan, s.span, 'title');
    assert.ok(s.parent < i);
    const parent = document.sections[s.parent];
    if (parent !== undefined) {
      within(s.span, parent.span, 'nested section');
      assert.ok(parent.level < s.level || s.kind === 'label');
      if (!s.empty) assert.ok(!parent.empty);
    }
    const next = document.sections[i + 1];
    if (next !== undefined) assert.ok(next.span.start >= s.span.start);
  });
  for (const field of document.fields) {
    within(field.nameSpan, { start: 0, end: text.length }, 'name');
    inside(field.valueSpan, 'value');
    assert.equal(field.value, field.values.join('、'));
    if (field.source === 'label') assert.equal(text.slice(field.nameSpan.start, field.nameSpan.end), field.name);
  }
  for (const table of document.tables) {
    inside(table.span, 'table');
    section(table.section, table.span.end, 'table');
    for (const row of [table.header, ...table.rows]) {
      inside(row.span, 'row');
      for (const cell of row.cells) {
        inside(cell.span, 'cell');
        if (cell.text !== '') assert.ok(cell.span.end > cell.span.start);
      }
    }
  }
  for (const item of document.items) {
    inside(item.span, 'item');
    section(item.section, item.span.start, 'item');
  }
  for (const paragraph of document.paragraphs) {
    inside(paragraph.span, 'paragraph');
    section(paragraph.section, paragraph.span.start, 'paragraph');
  }
  for (const link of document.links) {
    inside(link.span, 'link');
    assert.equal(text.slice(link.targetSpan.start, link.targetSpan.end), link.target);
  }
  let last = 0;
  for (const span of document.opaque) {
    within(span, { start: last, end: text.length }, `opaque ${span.kind}`);
    last = span.end;
  }
  for (const problem of document.problems) inside(problem.span, 'problem');
  assert.equal(maskOpaque(document).length, text.length);
  for (const sentence of sentencesOf(document)) assert.ok(text.slice(sentence.span.start, sentence.span.end).trim() !== '');
  for (const line of linesOf(document)) inside(line.span, 'line');
  assert.equal(anchorsOf(document).length, document.sections.length);
}

/** What stays the same when only the line ends change. */
function shape(document: ProjectDocument): unknown {
  const flat = (text: string): string => text.replace(/\r\n?/g, '\n');
  return {
    sections: document.sections.map((s) => [s.level, flat(s.title), s.parent, s.empty]),
    fields: document.fields.map((f) => [f.name, flat(f.value)]),
    rows: document.tables.map((t) => [t.header, ...t.rows].map((r) => r.cells.map((c) => flat(c.text)))),
    items: document.items.map((i) => [i.kind, flat(i.text), i.depth, i.section]),
    paragraphs: document.paragraphs.map((p) => [p.section, p.quote]),
    links: document.links.map((l) => l.target),
    opaque: document.opaque.map((o) => o.kind),
    problems: document.problems.map((p) => p.kind),
  };
}

describe('Reading any text', () => {
  it('never throws, and every span lies where it should (10 seconds)', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(anyPath, anyText, (path, text) => {
        check(readDocument(path, text));
      }),
      { numRuns: 200_000, interruptAfterTimeLimit: 10_000, markInterruptAsFailure: false },
    );
  });

  it('gives the same structure with LF and CRLF', function () {
    this.timeout(20_000);
    fc.assert(
      fc.property(anyPath, anyText, (path, text) => {
        const unix = text.replace(/\r\n?/g, '\n');
        // How the full parser mends broken YAML is its own affair.
        if (readDocument(path, unix).problems.some((problem) => problem.kind === 'yaml' || problem.kind === 'front_matter')) return;
        assert.deepEqual(shape(readDocument(path, unix.replace(/\n/g, '\r\n'))), shape(readDocument(path, unix)));
      }),
      { numRuns: 3000 },
    );
  });
});

describe('Hostile text', function () {
  this.timeout(10_000);
  const repeated = (part: string, times: number): string => part.repeat(times).slice(0, 2_000_000);
  const markdown: Readonly<Record<string, string>> = {
    'quotes nested 10,000 deep': `${'>'.repeat(10_000)} x\n`.repeat(20),
    'lists nested 1,000 deep': Array.from({ length: 1000 }, (_, i) => `${' '.repeat(2 * i)}- x`).join('\n'),
    'a table of 27,000 rows': `| a | b |\n| - | - |\n${'| 課題 | x |\n'.repeat(27_000)}`,
    'open brackets': repeated('[', 500_000),
    'links that never close': repeated('[a](', 200_000),
    'titles that never close': repeated('[](a "', 200_000),
    'backtick runs of every length': Array.from({ length: 1000 }, (_, i) => '`'.repeat(i)).join(' '),
    'emphasis that never closes': repeated('**a*', 200_000),
    'tags that never close': repeated('<a x="', 200_000),
    'comments that never close': repeated('<!-- ', 200_000),
    'delimiter rows': repeated('|-|\n', 99_000),
    'label lines': repeated('**参加者:**\n- a\n', 19_000),
    'backslashes': repeated('\\', 1_000_000),
    'lone surrogates': repeated('\ud800', 500_000),
    'blank items': repeated('- \n', 50_000),
    'front matter of 99,000 keys': `---\n${'a: b\n'.repeat(99_000)}---\n`,
  };
  for (const [name, text] of Object.entries(markdown)) {
    it(`Markdown: ${name}`, () => {
      const document = readDocument('a.md', text);
      assert.ok(document.problems.every((problem) => problem.kind === 'front_matter' || problem.kind === 'too_large'));
    });
  }

  const yaml: Readonly<Record<string, string>> = {
    'flow nested 100,000 deep': '['.repeat(100_000),
    'maps nested by indentation': Array.from({ length: 700 }, (_, i) => `${' '.repeat(i)}a:`).join('\n'),
    'quotes': '"'.repeat(1_000_000),
    'anchors': '&a '.repeat(200_000),
    'braces': 'a: }\n'.repeat(99_000),
    'tabs': '\ta: b\n'.repeat(99_000),
    'question marks': '? '.repeat(100_000),
  };
  for (const [name, text] of Object.entries(yaml)) {
    it(`YAML: ${name} gives a problem`, () => {
      assert.equal(readDocument('a.yaml', text).problems[0]?.kind, 'yaml');
    });
  }

  it('CSV: quotes and delimiters without end', () => {
    assert.equal(readDocument('a.csv', `a,b\n${'"a\n'.repeat(99_001)}`).problems[0]?.kind, 'csv');
    assert.deepEqual(readDocument('a.csv', ','.repeat(500_000)).tables, []);
    assert.deepEqual(readDocument('a.csv', '\n'.repeat(500_000)).tables, []);
  });

  it('50 MB: one problem and nothing else', () => {
    for (const path of ['a.md', 'a.yaml', 'a.csv']) {
      const document = readDocument(path, 'a,b\n'.repeat(12_500_000));
      assert.deepEqual(document.problems.map((p) => p.kind), ['too_large']);
    }
  });

  it('reads a cell alone as it reads the row, and rows without marks as those with', () => {
    const parts = fc.array(fc.constantFrom('|', ' ', '\t', 'a', '確認', '\u3000', '1', 'R-1'), { maxLength: 20 }).map((all) => all.join(''));
    fc.assert(fc.property(parts, (line) => {
      const text = `| x | y |\n| - | - |\n${line}\n`;
      for (const row of readDocument('a.md', text).tables[0]?.rows ?? []) {
        const alone = Array.from({ length: 12 }, (_, i) => cellText(row, i));
        const slow = readRow(text, row.span.start, row.span.end, (start, end) => text.slice(start, end));
        assert.deepEqual(row.cells.map((cell) => ({ text: cell.text, span: cell.span })), slow.cells);
        assert.deepEqual(alone, alone.map((_, i) => slow.cells[i]?.text ?? ''));
      }
    }), { numRuns: 500 });
  });
});
