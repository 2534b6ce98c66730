import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import { starterBook } from '../starter/starter-book';

const kobo = 'level: L2\nlanguage: ja\ndocuments: { "design/**": design, "wbs/**": wbs, "guides/**": guideline, "issues/**": issue-log, "minutes/**": minutes }\n';

/** How heavy a finding is told, by what stands around it. */
describe('the severity of a finding', () => {
  let book: Book;
  before(async () => (book = await starterBook()));

  async function told(path: string, text: string, rule: string): Promise<readonly string[]> {
    const project = new Project({ book, settings: readKoboFile(kobo).settings, koboText: kobo, files: [path], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
    project.put(path, text);
    const { findings = [] } = (await project.report(path, { network: true })) ?? {};
    return findings.filter((finding) => finding.rule === rule).map(({ severity, span }) => `${severity} ${text.slice(span.start, span.end)}`);
  }

  it('is a warning for a mask that waits to be filled in', async () => {
    for (const line of ['担当：____', '- **予算**：XXX万円（税抜）以内', '| 開始 | YYYY-MM-DD |', '| 方式 | {{METHOD}} <!-- 預かる、または預からない --> |', '## 〇〇プロジェクトの目的', '責任者は【氏名を記入】です。', 'We ask {{Insert stakeholders here}} to decide about it.', '- 〇〇様']) {
      const text = `# 画面\n\n${line.startsWith('|') ? `| 項目 | 値 |\n|---|---|\n${line}` : line}\n`;
      assert.deepEqual((await told('design/a.md', text, 'CMP-005')).map((one) => one.split(' ')[0]), ['warning'], line);
    }
  });

  it('is information for one among other words, which may be meant as it stands', async () => {
    for (const line of ['株式会社〇〇は、雑貨を店で売っている会社である。', '## ○○株式会社 Web サイト', '| 客先 | 株式会社〇〇 |', '| date | 日付（YYYY-MM-DD、JST） |', '（〇〇〇の部分は英数字の番号）', '- 日付を省略すると今日、書くなら YYYY-MM-DD にする。', '国内だけで{{ NUM_OF_DOJOS }}か所より多くあります。']) {
      const text = `# 画面\n\n${line.startsWith('|') ? `| 項目 | 値 |\n|---|---|\n${line}` : line}\n`;
      assert.deepEqual((await told('design/a.md', text, 'CMP-005')).map((one) => one.split(' ')[0]), ['info'], line);
    }
  });

  it('is a warning in a cell of its own in CSV', async () => {
    const project = 'No,課題,担当,期限\nI-001,画面が遅い,XXX,2026-12-01\nI-002,"XXX という表示が出る場面がある",佐藤,2026-12-01\n';
    assert.deepEqual(await told('issues/a.csv', project, 'CMP-005'), ['warning XXX']);
  });

  it('is information for columns that three tables of a document leave out', async () => {
    const table = (name: string) => `## ${name}\n\n| # | タスク | 担当 | 開始 | 状態 |\n|---|---|---|---|---|\n| 1 | 作る | 佐藤 | 2026-11-01 | 完了 |\n\n`;
    const severities = async (names: readonly string[]) => (await told('wbs/a.md', `---\ntype: wbs\n---\n# WBS\n\n${names.map(table).join('')}`, 'REG-001')).map((one) => one.split(' ')[0]);
    assert.deepEqual(await severities(['設計', '実装', '試験']), ['info', 'info', 'info']);
    assert.deepEqual(await severities(['設計', '実装']), ['warning', 'warning']);
  });

  it('is none for an anchor that escapes the marks of a heading, as some sites make it', async () => {
    const text = (link: string) => `# 決まり\n\n- [手順](#${link})\n\n### You MUST build, test and release\n文。\n`;
    assert.deepEqual(await told('guides/a.md', text('you-must-build%2C-test-and-release'), 'XDC-002'), []);
    assert.deepEqual(await told('guides/a.md', text('you-must-build-test-and-release'), 'XDC-002'), []);
    assert.equal((await told('guides/a.md', text('you-must-build,-test-and-release'), 'XDC-002')).length, 1);
    assert.equal((await told('guides/a.md', text('you-must-build%2C-test'), 'XDC-002')).length, 1);
  });

  it('is none for an anchor in another form of its characters, of a site that marks digits, or behind a fence that stays open', async () => {
    const text = (link: string, rest = '') => `# 決まり\n\n- [手順](#${link})\n\n## ルーティング設計\n文。\n\n### ６．付加列\n文。\n${rest}`;
    assert.deepEqual(await told('guides/a.md', text('ルーティング設計'.normalize('NFD')), 'XDC-002'), []);
    assert.deepEqual(await told('guides/a.md', text('_6-付加列'), 'XDC-002'), []);
    assert.equal((await told('guides/a.md', text('7-付加列'), 'XDC-002')).length, 1);
    assert.deepEqual(await told('guides/a.md', text('terms', '\n```\ncode\n\n## Terms\nText.\n'), 'XDC-002'), []);
    assert.equal((await told('guides/a.md', text('terms', '\n```\n## Terms\n```\n'), 'XDC-002')).length, 1);
  });

  it('is none for the number of a document below a heading that says so, and one for a number of another', async () => {
    const text = (heading: string) => `---\ntype: requirements\n---\n# 要件\n\n## ${heading}\n\nREQ-901\n\n## 目的\n会員を増やす。\n`;
    assert.deepEqual(await told('design/a.md', text('文書ID'), 'XDC-001'), []);
    assert.equal((await told('design/a.md', text('背景'), 'XDC-001')).length, 1);
  });

  it('takes 作成 for a day or for a person, as what stands behind it is', async () => {
    const text = (made: string) => `---\ntype: design\nstatus: 下書き\n---\n# 設計書\n\n作成：${made}\n\n## 目的\n会員を増やす。\n`;
    const missing = async (made: string) => (await told('design/a.md', text(made), 'CMP-001')).join('');
    assert.equal(await missing('2026-11-10 ／ 対象：会員'), await missing('2026/11/10'));
    assert.notEqual(await missing('佐藤'), await missing('2026/11/10'));
  });

  it('is information in a record whose title names a year that is long over, however its day is written', async () => {
    const text = (day: string) => `---\ntype: minutes\n---\n# Minutes from ${day}\n\n## Agenda\n- Plans\n`;
    assert.deepEqual((await told('minutes/README2.md', text('12.03.2016'), 'CMP-003')).map((one) => one.split(' ')[0]), []);
    assert.deepEqual((await told('minutes/README2.md', text('12.11.2026'), 'CMP-003')).map((one) => one.split(' ')[0]), ['warning']);
  });

  it('says once that two masks beside each other are left', async () => {
    assert.deepEqual(await told('design/a.md', '# 画面\n\n| 役割 | 氏名 |\n|---|---|\n| 承認者 | 〇〇 〇〇様 |\n', 'CMP-005'), ['warning 〇〇 〇〇']);
  });

  it('is information for what is missing where only a path says what the document is', async () => {
    const scope = '# 要件\n\n## 目的\n会員を増やす。\n\n## スコープ\n会員の登録\n\n## 機能要件\n登録する\n\n## 非機能要件\n3秒\n';
    const severities = async (files: Readonly<Record<string, string>>, path: string, rule: string, level = 'L2'): Promise<readonly string[]> => {
      const koboText = `level: ${level}\nlanguage: ja\ndocuments: { "scope/**": requirements, "minutes/**": minutes, "issues/**": issue-log }\n`;
      const project = new Project({ book, settings: readKoboFile(koboText).settings, koboText, files: Object.keys(files), editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
      for (const [file, text] of Object.entries(files)) project.put(file, text);
      return ((await project.report(path, { network: true }))?.findings ?? []).filter((finding) => finding.rule === rule).map(({ severity }) => severity);
    };
    const one = 'scope/a.md';
    assert.deepEqual(await severities({ [one]: scope }, one, 'CMP-008'), ['info']);
    assert.deepEqual(await severities({ [one]: `---\ntype: requirements\n---\n${scope}` }, one, 'CMP-008'), ['warning']);
    // Who aims at the highest level wants every document complete.
    assert.deepEqual(await severities({ [one]: scope }, one, 'CMP-008', 'L3'), ['warning']);
    // A slip where the others have it.
    const minutes = (day: string, people: string) => `# 定例 ${day}\n\n日時：${day}\n${people}\n\n## 決定事項\nなし\n\n## アクション\nなし\n`;
    const newest = 'minutes/2026-11-20.md';
    const others = (people: string) => Object.fromEntries(['10-30', '11-06', '11-10', '11-13'].map((day) => [`minutes/2026-${day}.md`, minutes(`2026-${day}`, people)]));
    assert.deepEqual(await severities({ [newest]: minutes('2026-11-20', '') }, newest, 'CMP-011'), ['info']);
    assert.deepEqual(await severities({ ...others('参加者：佐藤'), [newest]: minutes('2026-11-20', '') }, newest, 'CMP-011'), ['warning']);
    // A register in CSV cannot say what it is.
    const register = 'ID,課題,担当,期限,状態\nI-001,遅い,佐藤,2026-12-01,もうちょっと\nI-002,重い,佐藤,2026-12-01,対応中\nI-003,暗い,佐藤,2026-12-01,対応中\n';
    assert.deepEqual(await severities({ 'issues/a.csv': register }, 'issues/a.csv', 'REG-006'), ['warning']);
  });
});
