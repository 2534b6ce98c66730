import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LineIndex } from '../../../src/core/text/position';

describe('LineIndex', () => {
  it('knows the lines that splitting at \\n, \\r\\n and \\r gives', () => {
    const unit = fc.constantFrom('a', 'あ', '\n', '\r', '\r\n', '😀');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 200 }), (text) => {
        const index = new LineIndex(text);
        const lines = text.split(/\r\n|\r|\n/);
        assert.equal(index.count, lines.length);
        let start = 0;
        lines.forEach((line, i) => {
          assert.equal(index.startOf(i), start);
          assert.deepEqual(index.positionAt(start + line.length), { line: i, character: line.length });
          assert.equal(index.offsetAt({ line: i, character: line.length }), start + line.length);
          start += line.length;
          start += text.startsWith('\r\n', start) ? 2 : 1;
        });
      }),
      { numRuns: 1000 },
    );
  });

  it('clamps what lies outside', () => {
    const index = new LineIndex('ab\ncd');
    assert.deepEqual(index.positionAt(99), { line: 1, character: 2 });
    assert.deepEqual(index.positionAt(-1), { line: 0, character: 0 });
    assert.equal(index.startOf(7), 5);
    assert.equal(index.offsetAt({ line: 0, character: 99 }), 3);
    assert.deepEqual(index.rangeOf({ start: 1, end: 4 }), { start: { line: 0, character: 1 }, end: { line: 1, character: 1 } });
  });
});
