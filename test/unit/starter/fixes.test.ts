import assert from 'node:assert/strict';
import { applied } from '../rules/apply';
import { findingsIn } from './checked';
import { today } from './fill';
import { starterBook } from './starter-book';

describe('fixes that create a document', () => {
  it('name a place of the type, with an ending, and a template that is there', async () => {
    const book = await starterBook();
    const findings = await findingsIn(new Map([['docs/memo.md', '# メモ\n']]), book, today);
    const created = findings.flatMap((finding) => finding.fixes).flatMap((fix) => fix.create ?? []);
    assert.ok(created.length >= 3, String(created.length));
    for (const { path, template } of created) {
      assert.match(path, /^docs\/.*[^/]\.(?:md|csv|yaml)$/u);
      assert.ok(book.templates.some(({ id }) => id === template), template);
    }
  }).timeout(60_000);
});

describe('fixes of a line', () => {
  /** The text after the first fix of a rule, and how often the rule still speaks then. */
  async function fixed(rule: string, text: string): Promise<readonly [text: string, still: number]> {
    const book = await starterBook();
    const ask = async (now: string) => (await findingsIn(new Map([['docs/x.md', now]]), book, today)).filter((finding) => finding.rule === rule);
    const [first] = await ask(text);
    const fix = first?.fixes[0];
    assert.ok(fix, rule);
    const after = applied(text, fix);
    return [after, (await ask(after)).length];
  }

  it('leave a blank, and no hole, where a template left a mark among words', async () => {
    const page = (line: string) => `---\ntype: design\n---\n# 設計\n\n${line}\n`;
    assert.deepEqual(await fixed('CMP-005', page('窓口のメールアドレスは【記入】とする。')), [page('窓口のメールアドレスは＿＿とする。'), 1]);
    assert.deepEqual(await fixed('CMP-005', page('【記入】')), ['---\ntype: design\n---\n# 設計\n\n', 0]);
  });

  it('give a row all its cells at once, also where its last pipe was forgotten', async () => {
    const table = (row: string) => `---\ntype: design\n---\n# 設計\n\n| 画面 | 用途 | 備考 |\n|---|---|---|\n${row}\n`;
    assert.deepEqual(await fixed('REG-002', table('| 一覧 | 見る')), [table('| 一覧 | 見る | |'), 0]);
    assert.deepEqual(await fixed('REG-002', table('| 一覧 | 見る |')), [table('| 一覧 | 見る |  |'), 0]);
  });

  it('keep the day that is put off', async () => {
    const log = (due: string) => `---\ntype: issue-log\n---\n# 課題\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| I-001 | 遅い | 佐藤 | ${due} | 対応中 |\n`;
    assert.deepEqual(await fixed('FRS-001', log('2026/11/20')), [log('2026/11/20 → ＿＿'), 1]);
    const after = log('2026/11/20 → 2026/12/04');
    assert.deepEqual((await findingsIn(new Map([['docs/x.md', after]]), await starterBook(), today)).filter(({ rule }) => rule === 'FRS-001'), []);
  });

  it('tell of a blank once, where it is to be filled in', async () => {
    const book = await starterBook();
    const told = async (owner: string, cell: string) => (await findingsIn(new Map([['docs/x.md', `---\ntype: issue-log\nowner: ${owner}\n---\n# 課題\n\n更新日：2026-11-20\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| I-001 | 遅い | ${cell} | 2026-12-01 | 対応中 |\n`]]), book, today))
      .filter(({ rule }) => ['CMP-001', 'CMP-005', 'OWN-001'].includes(rule)).map(({ rule, range, message }) => `${rule} ${String(range.start.line)} ${message}`);
    const owner = 'CMP-001 2 「責任者」が空です。書いてください。';
    const cell = 'OWN-001 10 責任者・担当を1人に決めてください。いまは＿＿です。';
    assert.deepEqual(await told('＿＿', '佐藤'), [owner]);
    assert.deepEqual(await told('', '＿＿'), [owner, cell]);
    assert.deepEqual(await told('佐藤', '佐藤'), []);
  });
});
