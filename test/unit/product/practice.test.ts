import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import { starterBook } from '../starter/starter-book';

const kobo = 'format: 1\nlevel: L2\nlanguage: ja\ndocuments:\n  "design/**": design\n  "minutes/**": minutes\n';

/** `rule path` of the findings of some rules in a product of these files. */
async function findings(book: Book, files: Readonly<Record<string, string>>, rules: readonly string[], koboText = kobo): Promise<readonly string[]> {
  const project = new Project({
    book, settings: readKoboFile(koboText).settings, koboText, files: Object.keys(files), editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24',
  });
  for (const [path, text] of Object.entries(files)) project.put(path, text);
  const { findings: all } = await project.reportAll();
  return all.filter((finding) => rules.includes(finding.rule)).map((finding) => `${finding.rule} ${finding.path}${finding.path === 'kobo.yaml' ? `: ${finding.message}` : ''}`);
}

const design = (head: string) => `---\n${head}---\n\n# 画面\n\n## 概要\n要点。\n\n## 構成\n部品。\n`;
const whole = 'title: 画面\nowner: 佐藤\nstatus: 承認済み\nupdated: 2026-11-20\n';
const minutes = (day: string, rest = '') => `# 定例 ${day}\n\n日時：${day}\n参加者：佐藤、鈴木\n\n## 決定事項\nなし\n${rest}`;

describe('what a team does not keep', () => {
  let book: Book;
  before(async () => (book = await starterBook()));

  it('is said once, at kobo.yaml, when more than half of eight documents lack it', async () => {
    const files = Object.fromEntries(['01', '02', '03', '04', '05', '06', '07', '08'].map((day) => [`minutes/2026-11-${day}_定例.md`, minutes(`2026-11-${day}`)]));
    const found = await findings(book, files, ['CMP-003', 'kobo.practice']);
    assert.equal(found.filter((line) => line.startsWith('kobo.practice')).length, 1);
    assert.match(found.find((line) => line.startsWith('kobo.practice')) ?? '', /「議事録」8件の半分より多くに「アクション」/u);
    // Whoever writes the newest minutes can begin with it.
    assert.deepEqual(found.filter((line) => line.startsWith('CMP-003')), ['CMP-003 minutes/2026-11-08_定例.md']);
  });

  it('is a question and no slip in the newest', async () => {
    const days = ['01', '02', '03', '04', '05', '06', '07', '08'];
    const bare = (day: string) => minutes(day).replace('## 決定事項\nなし\n', '## 議事\n進み具合を確かめた。\n');
    const severities = async (files: Readonly<Record<string, string>>) => {
      const project = new Project({ book, settings: readKoboFile(kobo).settings, koboText: kobo, files: Object.keys(files), editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
      for (const [path, text] of Object.entries(files)) project.put(path, text);
      return (await project.reportAll()).findings.filter(({ rule }) => ['CMP-003', 'CMP-010'].includes(rule)).map(({ rule, severity, path }) => `${rule} ${severity} ${path.slice(-16, -6)}`);
    };
    assert.deepEqual(await severities(Object.fromEntries(days.map((day) => [`minutes/2026-11-${day}_定例.md`, bare(`2026-11-${day}`)]))), ['CMP-003 info 2026-11-08', 'CMP-010 info 2026-11-08']);
    // Where the others have it, it is one.
    const kept = Object.fromEntries(days.map((day) => [`minutes/2026-11-${day}_定例.md`, minutes(`2026-11-${day}`, '\n## アクション\nなし\n')]));
    assert.deepEqual(await severities({ ...kept, 'minutes/2026-11-09_定例.md': bare('2026-11-09') }), ['CMP-003 warning 2026-11-09', 'CMP-010 warning 2026-11-09']);
  });

  it('is said once for sections that hardly any of four minutes in a folder has', async () => {
    const files = Object.fromEntries(['01', '02', '03', '04'].map((day) => [`minutes/2026-11-${day}_定例.md`, minutes(`2026-11-${day}`)]));
    const found = await findings(book, files, ['CMP-003', 'kobo.practice']);
    assert.deepEqual(found.map((line) => line.split(' ').slice(0, 2).join(' ')), ['kobo.practice kobo.yaml:', 'CMP-003 minutes/2026-11-04_定例.md']);
    assert.match(found[0] ?? '', /フォルダー minutes の文書のほとんどに「アクション」/u);
  });

  it('is asked of each of fewer documents', async () => {
    const files = { 'minutes/2026-11-01_定例.md': minutes('2026-11-01'), 'minutes/2026-11-02_定例.md': minutes('2026-11-02') };
    assert.equal((await findings(book, files, ['CMP-003'])).length, 2);
  });

  it('is asked of every document at the highest level', async () => {
    const files = Object.fromEntries(['01', '02', '03', '04', '05', '06', '07', '08'].map((day) => [`minutes/2026-11-${day}_定例.md`, minutes(`2026-11-${day}`)]));
    assert.equal((await findings(book, files, ['CMP-003', 'kobo.practice'], kobo.replace('L2', 'L3'))).length, 8);
  });

  it('is said once for fields that hardly any document of a folder has', async () => {
    const files = {
      ...Object.fromEntries(['a', 'b', 'c'].map((name) => [`design/${name}.md`, design(whole)])),
      ...Object.fromEntries(['p', 'q', 'r', 's'].map((name) => [`design/parts/${name}.md`, design(whole.replace(/status:.*\n/u, ''))])),
    };
    const found = await findings(book, files, ['CMP-001', 'kobo.practice']);
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /フォルダー design\/parts の文書のほとんどに「状態」/u);
  });

  it('asks no page below an entry page for a field that the entry page carries', async () => {
    const part = design('title: 部品\n');
    assert.deepEqual(await findings(book, { 'design/push/_index.md': design(whole), 'design/push/part.md': part, 'design/push/more/part.md': part }, ['CMP-001']), []);
    assert.deepEqual(await findings(book, { 'design/push/_index.md': design(whole), 'design/pull/part.md': part }, ['CMP-001']), ['CMP-001 design/pull/part.md']);
  });

  it('does not depend on the order in which documents are read, nor on what was there before', async () => {
    const files = Object.fromEntries(['01', '02', '03', '04', '05', '06', '07', '08'].map((day) => [`minutes/2026-11-${day}_定例.md`, minutes(`2026-11-${day}`)]));
    const turned = Object.fromEntries(Object.entries(files).reverse());
    assert.deepEqual(await findings(book, files, ['CMP-003', 'kobo.practice']), await findings(book, turned, ['CMP-003', 'kobo.practice']));
    const project = new Project({ book, settings: readKoboFile(kobo).settings, koboText: kobo, files: [], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
    for (const [path, text] of Object.entries(files)) project.put(path, text);
    for (const path of Object.keys(files).slice(2)) project.remove(path);
    const { findings: left } = await project.reportAll();
    assert.deepEqual(left.filter((finding) => finding.rule === 'CMP-003').map((finding) => finding.path), Object.keys(files).slice(0, 2));
  });

  it('is said once of fields that a rule asks for by name', async () => {
    const bare = (day: string) => minutes(day, '\n## アクション\nなし\n').replace(/参加者：.*\n/u, '');
    const days = ['01', '02', '03', '04', '05', '06', '07', '08'];
    const files = Object.fromEntries(days.map((day) => [`minutes/2026-11-${day}_定例.md`, bare(`2026-11-${day}`)]));
    const found = await findings(book, files, ['CMP-011', 'kobo.practice']);
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /「議事録」8件の半分より多くに「参加者」/u);
    assert.equal((await findings(book, files, ['CMP-011', 'kobo.practice'], kobo.replace('L2', 'L3'))).length, 8);
  });

  it('is said once of numbers that nobody defines, where more of their form are unknown than known', async () => {
    const issues = '| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| I-001 | 遅い | 佐藤 | 2026-12-01 | 対応中 |\n| I-002 | 重い | 佐藤 | 2026-12-01 | 対応中 |\n';
    const documents = `${kobo}  issues.md: issue-log\n`;
    const of = (...ids: readonly string[]) => findings(book, { 'issues.md': issues, 'minutes/2026-11-20_定例.md': minutes('2026-11-20', ids.map((id) => `- ${id} を確かめた。\n`).join('')) }, ['XDC-001', 'kobo.practice'], documents);
    assert.deepEqual(await of('I-001', 'I-007', 'I-008'), Array(2).fill('XDC-001 minutes/2026-11-20_定例.md'));
    assert.deepEqual(await of('I-001', 'I-002', 'I-006', 'I-007'), Array(2).fill('XDC-001 minutes/2026-11-20_定例.md'));
    const found = await of('I-001', 'I-006', 'I-007', 'I-008', 'I-008');
    assert.equal(found.length, 1);
    assert.match(found[0] ?? '', /「I」で始まる番号のうち3個（I-006、I-007、I-008）/u);
  });

  it('leaves open what stands in older minutes to the newest ones, as soon as these are there', async () => {
    const open = (day: string) => `---\ntype: minutes\n---\n${minutes(day, '\n## アクション\n- [ ] 費用を見積もる\n')}`;
    const project = new Project({ book, settings: readKoboFile(kobo).settings, koboText: kobo, files: [], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
    const severities = async (day: string) => ((await project.report(`minutes/${day}_定例.md`, { network: true }))?.findings ?? []).filter(({ rule }) => rule === 'REG-021').map(({ severity }) => severity);
    project.put('minutes/2026-11-13_定例.md', open('2026-11-13'));
    assert.deepEqual(await severities('2026-11-13'), ['warning']);
    project.put('minutes/2026-11-20_定例.md', open('2026-11-20'));
    assert.deepEqual([await severities('2026-11-13'), await severities('2026-11-20')], [['info'], ['warning']]);
    project.remove('minutes/2026-11-20_定例.md');
    assert.deepEqual(await severities('2026-11-13'), ['warning']);
    // Every incident has actions of its own: the next postmortem does not take them over.
    const actions = (day: string) => `---\ntype: postmortem\ndate: ${day}\n---\n# 障害 ${day}\n\n## 再発防止\n\n| アクション | 担当 | 期限 | 状態 |\n|---|---|---|---|\n| 監視を足す | 佐藤 | 2026-11-16 | 未着手 |\n`;
    for (const day of ['2026-11-10', '2026-11-18']) project.put(`pm/${day}.md`, actions(day));
    for (const day of ['2026-11-10', '2026-11-18']) {
      assert.deepEqual(((await project.report(`pm/${day}.md`, { network: true }))?.findings ?? []).filter(({ rule }) => rule === 'FRS-001').map(({ severity }) => severity), ['warning'], day);
    }
  });

  it('makes a row that is over information, where the rule says so', async () => {
    const row = (state: string) => `| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| I-001 | 遅い | 佐藤、鈴木 | 2026-12-01 | ${state} |\n`;
    const project = new Project({ book, settings: readKoboFile(`${kobo}  issues.md: issue-log\n`).settings, koboText: kobo, files: [], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
    for (const [state, severity] of [['対応中', 'warning'], ['完了', 'info'], ['Superseded', 'info'], ['対応中', 'warning']]) {
      project.put('issues.md', row(state ?? ''));
      assert.deepEqual(((await project.report('issues.md', { network: false }))?.findings ?? []).filter(({ rule }) => rule === 'OWN-001').map((one) => one.severity), [severity], state);
    }
  });

  it('names its parts in English where messages are English', async () => {
    const files = Object.fromEntries(['01', '02', '03', '04', '05', '06', '07', '08'].map((day) => [`minutes/2026-11-${day}_x.md`, minutes(`2026-11-${day}`)]));
    const found = await findings(book, files, ['kobo.practice'], kobo.replace('language: ja', 'language: en'));
    assert.match(found[0] ?? '', /more than half have no Action items/u);
  });
});
