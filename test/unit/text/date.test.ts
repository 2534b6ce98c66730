import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, dayOfNumber, weekdayNames, weekdayOf } from '../../../src/core/text/calendar';
import { findDates, parseDate } from '../../../src/core/text/date';

const day = fc.integer({ min: -25567, max: 47481 }).map(dayOfNumber); // 1900-2099
const fullWidth = (text: string): string => text.replace(/\d/g, (d) => String.fromCharCode(d.charCodeAt(0) + 0xfee0));

describe('parseDate', () => {
  const forms: Readonly<Record<string, (y: number, m: number, d: number) => string>> = {
    iso: (y, m, d) => `${String(y)}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`,
    slash: (y, m, d) => `${String(y)}/${String(m)}/${String(d)}`,
    dot: (y, m, d) => `${String(y)}.${String(m)}.${String(d)}`,
    kanji: (y, m, d) => `${String(y)}年${String(m)}月${String(d)}日`,
    spaced: (y, m, d) => `${String(y)} 年 ${String(m)} 月 ${String(d)} 日`,
  };
  for (const [name, write] of Object.entries(forms)) {
    it(`reads every day written as ${name}, in full-width digits too, and knows its weekday`, () => {
      fc.assert(
        fc.property(day, fc.boolean(), (iso, wide) => {
          const [y = 0, m = 0, d = 0] = iso.split('-').map(Number);
          const index = weekdayOf(iso) ?? 0;
          const plain = write(y, m, d);
          const text = `${wide ? fullWidth(plain) : plain}（${weekdayNames.ja[index] ?? ''}）`;
          const read = parseDate(text);
          assert.ok(read.ok, text);
          assert.deepEqual([read.day, read.weekday, read.weekdayRight, read.yearWritten], [iso, weekdayNames.ja[index], true, true]);
          assert.equal(text.slice(read.span.start, read.span.end), wide ? fullWidth(plain) : plain);
        }),
      );
    });
  }

  it('reads eras: 令和, 平成, 昭和 and their letters, 元年 too', () => {
    const days = ['令和8年11月24日', 'R8.11.24', '令和元年5月1日', 'H31/4/30', '平成31年4月30日', 'S63.1.7'].map((text) => {
      const read = parseDate(text);
      return read.ok ? read.day : read.reason;
    });
    assert.deepEqual(days, ['2026-11-24', '2026-11-24', '2019-05-01', '2019-04-30', '2019-04-30', '1988-01-07']);
  });

  it('reads a day with dots from either end, and takes no version for one', () => {
    assert.deepEqual(['2026.11.24', '24.11.2026', '01.02.2026'].map((text) => findDates(text).map(({ day }) => day)), [['2026-11-24'], ['2026-11-24'], ['2026-02-01']]);
    for (const text of ['2025.0.3', '2021.7.0', '24.11.2026.1', '24.13.2026', '10.24.2026x', '1.24.11.2026']) assert.deepEqual(findDates(text), [], text);
  });

  it('reads days in English words without a year where they stand as days', () => {
    const read = (text: string): string => findDates(text, { year: 2026 }).map((date) => date.day ?? '').join(' ');
    for (const text of [
      'send the quote by Dec 4', 'December 4', '4 December', 'Dec 4th', 'Fri 4 Dec', '(due: Dec 4)', '| Dec 4 | 5 |', '**Dec 4**', 'the 4th of December', 'Dec 4 (Fri)', 'Dec 4, 10:00', 'Dec 4 10am',
      'Dec 4 Beth: quote', 'Dec. 4.', 'Dec 4まで', 'Dec 4 at noon', 'Dec 4\n5 people', 'Dec 4\n- 5 people', 'Dec\u00a04', '4 Dec, Beth',
    ]) assert.equal(read(text), '2026-12-04', text);
    assert.equal(read('Dec 4 – Dec 8'), '2026-12-04 2026-12-08');
    assert.equal(read('See you May 4!'), '2026-05-04');
    for (const text of [
      'May 4 people', 'March 10 km', 'You may 4', 'dec 4', 'Dec 4 items', 'Jun 31', 'Dec 2026', 'Dec 4-6', 'Dec 4 to 6', 'Dec 4, 5 and 6', 'Dec 4.5', 'Dec 4%', '2024 Dec 4', '4 Marketing people',
      'Sprint 4 Dec release', 'Dec 4 (2025)', "4 Dec '26", 'Team of 4 May begin', 'Step 4 May fail', '12.0.4 Dec', '1,4 Dec', 'Mar 3 Rovers', 'Dec 4 件', '$4 March', 'Nov 10 000',
    ]) assert.equal(read(text), '', text);
    assert.deepEqual(findDates('notes Dec 4.md', { year: 2026, inName: true }), []);
  });

  it('reads days whose parts no line breaks between', () => {
    assert.deepEqual(['Nov\u00a025,\u00a02026', '25\u00a0Nov\u00a02026', '2026\u00a0年\u202f11 月 25 日'].map((text) => findDates(text).map(({ day }) => day)), [['2026-11-25'], ['2026-11-25'], ['2026-11-25']]);
  });

  it('takes a time, まで and brackets behind, and says so when more stands there', () => {
    for (const text of ['2026-11-24 10:00', '2026-11-24T10:00:00+09:00', '2026/11/24（火）まで', '2026年11月24日 15時', ' 2026-11-24 ', '2026-11-24（予定）']) {
      assert.equal(parseDate(text).ok, true, text);
    }
    assert.deepEqual(['2026-11-24 に山田が確認', '納品は2026-11-24'].map((text) => reason(text)), ['more_text', 'more_text']);
  });

  it('gives the reason when there is no day', () => {
    assert.deepEqual(
      ['', '未定', '2026-02-30', '2026年2月29日', '11/24', '2026年11月末', '2026-11', '2026/11/24〜11/30', '2026-13-01', '来週金曜'].map((text) => reason(text)),
      ['empty', 'not_a_date', 'impossible', 'impossible', 'no_year', 'month_only', 'month_only', 'range', 'impossible', 'not_a_date'],
    );
  });

  it('fills in a year that is given, and says that it was not written', () => {
    assert.deepEqual(parseDate('11月24日（火）', { year: 2026 }), {
      ok: true, day: '2026-11-24', weekday: '火', weekdayRight: true, yearWritten: false, span: { start: 0, end: 6 },
    });
  });

  function reason(text: string): string {
    const read = parseDate(text);
    return read.ok ? read.day : read.reason;
  }
});

describe('findDates', () => {
  const found = (text: string, options = {}): unknown[] => findDates(text, options).map((d) => [text.slice(d.span.start, d.span.end), d.day ?? (d.valid ? 'no year' : 'impossible')]);

  it('finds dates in running text with exact spans', () => {
    assert.deepEqual(found('開始は2026-11-24、終了は令和8年12月1日（火）です。11月30日(月)と12/3に会う。20261224'), [
      ['2026-11-24', '2026-11-24'],
      ['令和8年12月1日', '2026-12-01'],
      ['11月30日', 'no year'],
      ['12/3', 'no year'],
      ['20261224', '2026-12-24'],
    ]);
  });

  it('finds days as spreadsheets in English show them', () => {
    assert.deepEqual(found('due 20-Nov-2026, 9-Dec-26 or 5/Jan/2027'), [['20-Nov-2026', '2026-11-20'], ['9-Dec-26', '2026-12-09'], ['5/Jan/2027', '2027-01-05']]);
    assert.deepEqual(found('31-Nov-2026'), [['31-Nov-2026', 'impossible']]);
    assert.deepEqual(found('x-20-Nov-2026, 1.2-may-20 and 20-Nov/26'), []);
  });

  it('finds days that do not exist', () => {
    assert.deepEqual(found('2026-02-30 と 2026年4月31日'), [['2026-02-30', 'impossible'], ['2026年4月31日', 'impossible']]);
  });

  it('knows a weekday that is wrong, with its place', () => {
    const text = '2025/3/3（木）';
    const [date] = findDates(text);
    assert.equal(date?.weekdayRight, false);
    assert.equal(text.slice(date.weekday?.span.start, date.weekday?.span.end), '木');
  });

  it('gives the end of a range the year and month of its start', () => {
    const ends = (text: string): unknown[] => findDates(text).map((d) => [d.day, d.range]);
    assert.deepEqual(ends('2026/11/24〜11/30'), [['2026-11-24', 'start'], ['2026-11-30', 'end']]);
    assert.deepEqual(ends('2026年11月24日（火）～26日'), [['2026-11-24', 'start'], ['2026-11-26', 'end']]);
    assert.deepEqual(ends('2026-11-24 - 2026-11-30'), [['2026-11-24', 'start'], ['2026-11-30', 'end']]);
  });

  it('takes no ids, versions, addresses, amounts, shares or phone numbers for dates', () => {
    for (const text of ['INC-20261124-1', 'v1.2.3', '10.0.12.31', '192.168.1.1', '3/4件', '1/2', '24/7', '99999999', '¥20261124', '03-1234-5678', 'ADR-2026-11-24x', '2026-11', 'a2026-11-24', '24時間', '100/12/3']) {
      const dates = findDates(text).filter((date) => date.certain);
      assert.deepEqual(dates, [], text);
    }
  });

  it('reads dates in file names', () => {
    for (const name of ['minutes-20261124.md', '2026-11-24-minutes.md', '20261124_議事録.md', 'minutes_2026-11-24.md', '議事録2026_11_24.md']) {
      assert.deepEqual(findDates(name, { inName: true }).map((d) => d.day), ['2026-11-24'], name);
    }
  });

  it('never throws and keeps spans inside the text', () => {
    const unit = fc.constantFrom('2', '0', '6', '1', '年', '月', '日', '/', '-', '.', '令和', 'R', '（', '火', '）', '〜', ' ', '１', '元', 'a');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
        let last = 0;
        for (const date of findDates(text)) {
          assert.ok(date.span.start >= last && date.span.end > date.span.start && date.span.end <= text.length);
          last = date.span.end;
          if (date.day !== undefined) assert.equal(addDays(date.day, 0), date.day);
          assert.equal(date.valid || date.day === undefined, true);
        }
        parseDate(text);
      }),
      { numRuns: 3000 },
    );
  });
});
