import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findNumbers, parseNumber } from '../../../src/core/text/number';
import { writeLike } from '../../../src/core/text/write-number';

describe('numbers', () => {
  it('are read with sign, thousands, scale, currency and unit', () => {
    const read = ['1,200円', '¥3,000', '１２.5％', '3万円', '1億2,000万円', '-5', '△300', '(1,000)', '3人日', '99.9 %', '100ms', '税込 5,000円', '約3か月', '120千円', '**12**'].map((text) => {
      const number = parseNumber(text);
      return number === undefined ? text : [number.value, number.unit, number.kind];
    });
    assert.deepEqual(read, [
      [1200, '円', 'money'], [3000, '', 'money'], [12.5, '%', 'percent'], [30_000, '円', 'money'], [120_000_000, '円', 'money'], [-5, '', 'number'], [-300, '', 'number'], [-1000, '', 'number'],
      [3, '人日', 'quantity'], [99.9, '%', 'percent'], [100, 'ms', 'quantity'], [5000, '円', 'money'], [3, 'か月', 'quantity'], [120_000, '円', 'money'], [12, '', 'number'],
    ]);
  });

  it('mean less than nothing with a mark or in brackets, also in bold', () => {
    assert.deepEqual(['**△100**', '**(1,000)**', '**▲5**', '（１００）', '**100**'].map((text) => parseNumber(text)?.value), [-100, -1000, -5, -100, 100]);
  });

  it('are written the way another was: scale, thousands, minus, unit', () => {
    const cases: readonly (readonly [string, number, string])[] = [
      ['1,600千円', 1_500_000, '1,500千円'], ['140万円', 1_500_000, '150万円'], ['1.2億円', 150_000_000, '1.5億円'], ['2千万円', 30_000_000, '3千万円'],
      ['3千円', 1_500_400.5, '1500400.5円'], ['1億2,000万円', 125_000_000, '1億2,500万円'], ['1億2,000万円', 90_000_000, '9,000万円'],
      ['△100', 100, '100'], ['△100', -150, '△150'], ['100', -150, '-150'], ['(100)', 100, '100'], ['（100）', -150, '（150）'], ['▲1,000', 2000, '2,000'],
      ['**△100**', 100, '**100**'], ['**(100)**', 100, '**100**'], ['+60', 70, '+70'], ['+60', -70, '-70'], ['−5', 5, '5'], ['-5', -6, '-6'], ['-5', 0, '0'],
      ['¥1,000', 2500, '¥2,500'], ['¥-60', 60, '¥60'], ['△¥60', 60, '¥60'], ['13件', 3, '3件'], ['１３件', 3, '3件'], ['1,500（税込）', 1600, '1,600（税込）'], ['99.9%', 98.25, '98.25%'],
    ];
    assert.deepEqual(cases.map(([written, number]) => writeLike(written, number)), cases.map(([, , expected]) => expected));
    for (const [written, number] of cases) assert.equal(parseNumber(writeLike(written, number))?.value, number, written);
  });

  it('are not parts of ids, versions, dates or times', () => {
    assert.deepEqual(findNumbers('A-001 v1.2 2026-11-24 10:30 x86 1/2 192.168.0.1'), []);
    assert.deepEqual(['', '高', '3と4', '1.2.3'].map(parseNumber), Array.from({ length: 4 }, () => undefined));
  });

  it('have exact spans in running text', () => {
    const text = '応答は３秒以内、稼働率 99.9% 以上、費用は1.2万円。';
    assert.deepEqual(findNumbers(text).map((n) => text.slice(n.span.start, n.span.end)), ['３秒', '99.9%', '1.2万円']);
  });

  it('never throw, and their spans stay inside', () => {
    const unit = fc.constantFrom('1', '0', ',', '.', '万', '億', '円', '%', '-', '¥', ' ', '９', 'a', '㌔', '/', ':');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
        let last = 0;
        for (const { span, value } of findNumbers(text)) {
          assert.ok(span.start >= last && span.end > span.start && span.end <= text.length);
          assert.ok(Number.isFinite(value));
          last = span.end;
        }
        parseNumber(text);
      }),
      { numRuns: 2000 },
    );
  });
});
