import assert from 'node:assert/strict';
import { dayAtHead, dayInPath } from '../../../src/core/product/head-day';

/** What is read as the day of a record with this text. */
const day = (text: string, path = 'docs/minutes/a.md'): string | undefined => dayAtHead(text, 0, path)?.text;

describe('day at the head of a record', () => {
  it('stands behind a label, which may be a heading, in words or figures', () => {
    for (const [line, expected] of [
      ['### Meeting Date/Time: Friday 11/17/17 at 14:00 UTC', '2017-11-17'],
      ['### Meeting Date/Time: Thursday 2019/3/14 at [14:00 GMT](https://example.com/2020/01/01)', '2019/3/14'],
      ['### Meeting Date/Time: **May** **14th**, **2021**, **14:00** **UTC** <!-- omit in toc -->', 'May 14th, 2021'],
      ['## Time: 2/10/2017 14:00PM UTC (Date shifted due to another event)', '2017-02-10'],
      ['- Date & Time: February 03, 2025, 12:00 UTC', 'February 03, 2025'],
      ['## Meeting Date/Time: 2022-Nov.-24- 14:00 UTC', '2022-11-24'],
      ['Date: 25/8/2017', '2017-08-25'],
      ['7月3日（金）', '7月3日'],
    ] as const) assert.equal(day(`# Call 28\n${line}\n\nHello.`), expected, line);
  });

  it('takes its year from a folder', () => {
    assert.equal(day('# May 27 project call\n', 'wasmtime/2026/call.md'), '2026-05-27');
    assert.equal(day('# June 17, 15:00 UTC\n'), 'June 17');
    assert.equal(dayInPath('SIG-Embedded/2024/11-12-Meeting-notes.md'), '2024-11-12');
    assert.equal(dayInPath('calls/guest-js-07-23-2025.md'), '2025-07-23');
    assert.equal(dayInPath('minutes/2016/0425.md'), '2016-04-25');
    assert.equal(dayInPath('minutes/0425.md'), undefined);
    assert.equal(dayAtHead('# 第26回 API 開発 2022/0625 14:00-17:00\n', 0, 'a.md')?.text, '2022-06-25');
    assert.equal(dayInPath('minutes/2016/0499.md'), undefined);
    assert.equal(dayInPath('calls/11-12-notes.md'), undefined);
    assert.equal(dayInPath('releases/2024/notes-13-40.md'), undefined);
  });

  it('is no other day, no sentence and nothing further down', () => {
    assert.equal(day('# Call\n次回：2026-12-01\n'), undefined);
    assert.equal(day('# Call\nNext meeting: June 17, 2026\n'), undefined);
    assert.equal(day('# Call\nこの資料は2026年7月3日に公開した版をもとに作り直しました。\n'), undefined);
    assert.equal(day(`# Call\n${'本文です。\n'.repeat(300)}2026-07-03\n`), undefined);
    assert.equal(day('# Call\nVersion 1.2.3 and 10:00\n'), undefined);
  });
});
