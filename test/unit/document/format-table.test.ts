import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatTables } from '../../../src/core/document/format-table';
import { readDocument } from '../../../src/core/document/read';
import { displayWidth } from '../../../src/core/text/width';

function format(text: string): string {
  let out = text;
  for (const { span, text: put } of [...formatTables(readDocument('docs/a.md', text))].reverse()) out = out.slice(0, span.start) + put + out.slice(span.end);
  return out;
}

/** What the tables of a text say. */
function meaning(text: string) {
  return readDocument('docs/a.md', text).tables.map(({ header, rows }) => [header, ...rows].map((row) => row.cells.map((cell) => cell.text)));
}

describe('aligning tables', () => {
  it('aligns the pipes by the width of Japanese and keeps the alignment of columns', () => {
    assert.equal(format('| ID | 内容 |\n|:--|--:|\n| R-001 | 遅れる |\n| R-2 | a |\n'), '| ID    | 内容   |\n| :---- | -----: |\n| R-001 | 遅れる |\n| R-2   | a      |\n');
  });

  it('leaves alone tables in quotes, in lists, without outer pipes, and CSV', () => {
    for (const text of ['> | a | b |\n> |---|---|\n> | 1 | 2 |\n', '- x\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |\n', 'a | b\n---|---\n1 | 2\n']) assert.equal(format(text), text);
    assert.deepEqual(formatTables(readDocument('docs/a.csv', 'a,b\n1,2\n')), []);
  });

  it('keeps rows that are too short or too long as they are', () => {
    const text = '| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n';
    assert.deepEqual(meaning(format(text)), meaning(text));
  });

  it('leaves a table of many rows alone, and lets a long cell stick out', () => {
    const many = `| a | b |\n|---|---|\n${'| 1 | 22 |\n'.repeat(2000)}`;
    assert.equal(format(many), many);
    const long = format(`| a | b |\n|---|---|\n| ${'長'.repeat(100)} | 2 |\n| 1 | 2 |\n`);
    assert.equal(long.split('\n')[3], '| 1   | 2   |');
  });

  it('changes nothing but spaces and dashes, and nothing a second time', () => {
    const cell = fc.stringMatching(/^[ a-zあ漢ｱ😀\\|*`:-]{0,12}$/u).map((text) => text.replace(/(^|[^\\])\|/gu, '$1').replace(/\\+$/u, ''));
    const table = fc.tuple(fc.integer({ min: 1, max: 4 }), fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }), fc.constantFrom('\n', '\r\n'));
    fc.assert(fc.property(table, fc.constantFrom('', '# 見出し\n\n本文 | a\n\n'), ([columns, rows, newline], before) => {
      const line = (cells: readonly string[]): string => `|${cells.join('|')}|`;
      const header = Array.from({ length: columns }, (_, i) => `列${String(i)}`);
      const text = before + [line(header), line(header.map(() => ':-')), ...rows.map(line), '', '後ろ'].join(newline);
      const once = format(text);
      assert.equal(format(once), once);
      assert.deepEqual(meaning(once), meaning(text));
      const bare = (one: string): string => one.replace(/[ \t-]+/gu, '');
      assert.equal(bare(once), bare(text));
    }), { numRuns: 300 });
  });

  it('counts columns as an editor of fixed width does', () => {
    assert.deepEqual(['a', '漢', 'ｱ', 'é', 'が', '😀', '（', '①'].map(displayWidth), [1, 2, 1, 1, 2, 2, 2, 1]);
  });
});
