import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import Papa from 'papaparse';
import { readDocument } from '../../../src/core/document/read';

/** Rows as papaparse reads them, without blank ones and the white space around cells. */
function papaRows(text: string, delimiter: string): string[][] {
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), { delimiter });
  return data.map((row) => row.map((cell) => cell.trim())).filter((row) => row.some((cell) => cell !== ''));
}

function ourRows(text: string): string[][] {
  const table = readDocument('a.csv', text).tables[0];
  return table === undefined ? [] : [table.header, ...table.rows].map((row) => row.cells.map((cell) => cell.text));
}

describe('CSV documents', () => {
  it('are read as papaparse reads them', () => {
    const cell = fc.oneof(
      fc.constantFrom('', '課題', 'I-001', '2026-11-30', 'a b'),
      fc.string({ unit: fc.constantFrom('a', 'あ', ',', '"', '\n', '\t', ';', ' ', '、'), maxLength: 6 }),
    );
    fc.assert(
      fc.property(
        fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { minLength: 1, maxLength: 6 }),
        fc.constantFrom(',', '\t', ';'),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        (rows, delimiter, newline, bom) => {
          // The header decides the delimiter, so it holds words only.
          const header = rows[0]!.map((_, i) => `列${String(i)}`);
          const text = (bom ? '\uFEFF' : '') + Papa.unparse([header, ...rows], { delimiter, newline });
          assert.deepEqual(ourRows(text), papaRows(text, delimiter));
        },
      ),
      { numRuns: 500 },
    );
  });

  it('have spans for every cell, quoted line breaks included', () => {
    const text = readFileSync('test/fixtures/documents/issues.csv', 'utf8');
    const document = readDocument('issues.csv', text);
    const [table] = document.tables;
    assert.deepEqual(table?.header.cells.map((c) => text.slice(c.span.start, c.span.end)), ['ID', '課題', '担当', '期限', '状態']);
    assert.equal(table.rows[0]?.cells[1]?.text, '改行を\n含む "引用" の課題');
    assert.equal(text.slice(table.rows[0].cells[1].span.start, table.rows[0].cells[1].span.end), '"改行を\n含む ""引用"" の課題"');
    const blank = table.rows[1]!.cells[1]!;
    assert.equal(blank.text, '');
    assert.equal(text.slice(blank.span.start, blank.span.end), ',');
    assert.deepEqual(document.problems.map((p) => [p.kind, p.detail, text.slice(p.span.start, p.span.end)]), [['csv', 'too_many_cells', '余り']]);
  });

  it('report quotes that leave the reading in doubt, and read on', () => {
    const document = readDocument('a.csv', 'a,b\n"x"y,1\n"open,2\nz,3\n');
    assert.deepEqual(document.problems.map((p) => p.detail), ['stray_quote', 'unclosed_quote']);
    assert.deepEqual(document.tables[0]?.rows.map((r) => r.cells[1]?.text), ['1', '2', '3']);
  });

  it('leave out blank rows and take the first row with words as the header', () => {
    const document = readDocument('a.csv', '\r\n,,\r\nID,担当,\r\n,,\r\n1,山田,\r\n');
    assert.deepEqual(document.tables[0]?.header.cells.map((c) => c.text), ['ID', '担当', '']);
    assert.equal(document.tables[0].rows.length, 1);
    assert.deepEqual(readDocument('a.csv', '').tables, []);
  });

  it('set the titles of a sheet aside, never a short header', () => {
    const header = (text: string) => readDocument('a.csv', text).tables[0]?.header.cells.map((c) => c.text).join(',');
    assert.equal(header('課題管理表,,,,\n最終更新,2026/11/20,,,\n,,,,\nID,課題,担当,期限,状態\n1,a,b,c,d\n'), 'ID,課題,担当,期限,状態');
    assert.equal(header('課題管理表\nID,課題,担当\n1,a,b\n'), 'ID,課題,担当');
    assert.equal(header('ID,課題\n1,a,b,c\n'), 'ID,課題');
    assert.equal(header('ID,課題,担当\n1,,\n2,,\n'), 'ID,課題,担当');
    assert.equal(header(`${'題\n'.repeat(30)}ID,課題,担当\n`), '題');
  });
});
