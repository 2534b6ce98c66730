import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addBusinessDays, businessDaysBetween, holidayName, isBusinessDay, nextBusinessDay } from '../../../src/core/text/business-days';
import { addDays, addMonths, dayNumber, dayOfNumber, daysBetween, isIsoDay, weekdayOf } from '../../../src/core/text/calendar';
import { addDuration, parseDuration } from '../../../src/core/text/duration';

const number = fc.integer({ min: -100_000, max: 100_000 });

describe('calendar', () => {
  it('counts days as the clock of the machine does in UTC', () => {
    fc.assert(
      fc.property(number, (n) => {
        const date = new Date(n * 86_400_000);
        const day = date.toISOString().slice(0, 10);
        assert.equal(dayOfNumber(n), day);
        assert.equal(dayNumber(day), n);
        assert.equal(weekdayOf(day), date.getUTCDay());
      }),
    );
  });

  it('adds months and stops at the end of the month', () => {
    assert.deepEqual(['2026-01-31', '2024-01-31', '2026-12-15'].map((day) => addMonths(day, 1)), ['2026-02-28', '2024-02-29', '2027-01-15']);
    assert.equal(addMonths('2026-03-31', -1), '2026-02-28');
  });

  it('knows days that do not exist', () => {
    assert.deepEqual(['2026-02-29', '2024-02-29', '2026-13-01', '2026-1-1', '２０２６-01-01', ''].map(isIsoDay), [false, true, false, false, false, false]);
    assert.equal(daysBetween('2026-02-30', '2026-03-01'), undefined);
  });

  it('knows Japanese holidays and no property names', () => {
    assert.equal(holidayName('2026-11-23'), '勤労感謝の日');
    assert.equal(holidayName('2026-11-24'), undefined);
    assert.equal(holidayName('constructor'), undefined);
  });

  it('skips weekends, holidays and days off', () => {
    assert.equal(addBusinessDays('2026-11-20', 1), '2026-11-24');
    assert.equal(addBusinessDays('2026-11-24', -1), '2026-11-20');
    assert.equal(nextBusinessDay('2026-11-21'), '2026-11-24');
    assert.equal(nextBusinessDay('2026-11-24', new Set(['2026-11-24'])), '2026-11-25');
  });

  it('counts business days as it adds them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 18_000, max: 25_000 }), fc.integer({ min: -60, max: 60 }), (n, count) => {
        const start = dayOfNumber(n);
        const end = addBusinessDays(start, count);
        const counted = businessDaysBetween(start, end) ?? Number.NaN;
        if (count >= 0 || isBusinessDay(start)) assert.equal(counted + 0, count + 0);
        if (count !== 0) assert.ok(isBusinessDay(end));
      }),
    );
  });

  it('adds durations as people write them', () => {
    const add = (text: string): string => addDuration('2026-11-24', parseDuration(text) ?? { amount: 0, unit: 'day' });
    assert.deepEqual(['90d', '30日', '2週間', '6 months', '３か月', '1年', '3 business days', '2営業日以内', '毎月', '24時間'].map(add), [
      '2027-02-22', '2026-12-24', '2026-12-08', '2027-05-24', '2027-02-24', '2027-11-24', '2026-11-27', '2026-11-26', '2026-12-24', '2026-11-24',
    ]);
    assert.deepEqual(['', '3', '日', 'three days', '3x', '-3d', 'constructor'].map(parseDuration), Array.from({ length: 7 }, () => undefined));
    assert.equal(addDays('x', 1), 'x');
  });
});
