import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import { findingsIn } from './checked';
import { starterBook } from './starter-book';

/** What the starter Book says softly, or not at all, because of what stands beside it. */
describe('findings of the starter Book that depend on their surroundings', () => {
  let book: Book;
  before(async () => (book = await starterBook()));

  /** Rule and severity of what is said about a document of a type. */
  async function told(rules: readonly string[], type: string, text: string, more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
    const all = await findingsIn(new Map([['docs/x.md', text], ...Object.entries(more)]), book, '2026-11-24', Object.fromEntries(['docs/x.md', ...Object.keys(more)].map((path) => [path, type])));
    return all.filter((finding) => rules.includes(finding.rule) && finding.path === 'docs/x.md').map((finding) => `${finding.rule} ${finding.severity}`);
  }

  it('ask for no number and no owner at the end of a phase, and for either where only one is left out', async () => {
    const wbs = (row: string) => `# WBS\n\n| ID | 作業 | 担当 | 期限 |\n|---|---|---|---|\n| T-001 | 設計 | 佐藤 | 2026-12-01 |\n${row}\n| T-003 | 実装 | 鈴木 | 2026-12-20 |\n`;
    const asked = ['REG-003', 'OWN-001'];
    assert.deepEqual(await told(asked, 'wbs', wbs('| | 設計完了 | | 2026-12-02 |')), []);
    assert.deepEqual(await told(asked, 'wbs', wbs('| | 設計の見直し | | 2026-12-02 |')), ['REG-003 error']);
    assert.deepEqual(await told(asked, 'wbs', wbs('| | 設計の見直し | 佐藤 | 2026-12-02 |')), ['REG-003 error']);
    assert.deepEqual(await told(asked, 'wbs', wbs('| T-002 | 設計完了 | | 2026-12-02 |')), ['OWN-001 warning']);
  });

  it('wait with a line to be signed until the boxes are ticked', async () => {
    const list = (box: string) => `# 公開の確認\n\n- [${box}] 退避を取った\n\n**承認者**: ________\n`;
    assert.deepEqual(await told(['CMP-005'], 'release-checklist', list(' ')), ['CMP-005 info']);
    assert.deepEqual(await told(['CMP-005'], 'release-checklist', list('x')), ['CMP-005 warning']);
  });

  it('ask the newest minutes for what is missing, and mention it in those before', async () => {
    const minutes = (day: string) => `---\ntype: minutes\n---\n# 定例 ${day}\n\n日時：${day} 10:00\n\n## 議題\n\n- 進捗\n`;
    const rules = ['CMP-003', 'CMP-010', 'CMP-011'];
    const severities = async (day: string): Promise<readonly string[]> => [...new Set((await told(rules, 'minutes', minutes('2026-11-13'), { 'docs/y.md': minutes(day) })).map((one) => one.split(' ')[1] ?? ''))];
    assert.deepEqual(await severities('2026-11-06'), ['warning']);
    assert.deepEqual(await severities('2026-11-20'), ['info']);
  });

  it('take minutes without a day for old where others of the same name have a higher number', async () => {
    const minutes = '# 定例\n\n参加者：佐藤、鈴木\n\n## 議題\n\n- 進捗\n\n## 決定事項\n\n- 公開は12月とする\n';
    const asked = async (others: readonly string[]): Promise<readonly string[]> => {
      const files = new Map(['docs/m/2/minutes.md', ...others].map((path) => [path, `---\ntype: minutes\n---\n${minutes}`]));
      return (await findingsIn(files, book, '2026-11-24')).filter(({ rule, path }) => rule === 'CMP-011' && path === 'docs/m/2/minutes.md').map(({ severity }) => severity);
    };
    assert.deepEqual(await asked(['docs/m/1/minutes.md']), ['warning']);
    assert.deepEqual(await asked(['docs/m/10/minutes.md']), ['info']);
  });

  it('ask for business checks only where a column says what areas there are', async () => {
    const list = (first: string, second: string) => `# 公開の確認\n\n| 項目 | 判定 | 区分 |\n|---|---|---|\n| 応答時間 | 合格 | ${first} |\n| 権限 | 合格 | ${second} |\n`;
    assert.deepEqual(await told(['GAT-009'], 'release-checklist', list('性能', 'セキュリティ')), ['GAT-009 warning']);
    assert.deepEqual(await told(['GAT-009'], 'release-checklist', list('必須', '推奨')), []);
  });

  it('see no owner in a table of what owners may do', async () => {
    const table = (cells: readonly string[]) => `# 申請\n\n| 操作 | Owner | 閲覧者 | 状態 |\n|---|---|---|---|\n${cells.map((cell) => `| 編集 | ${cell} | NG | 下書き |\n`).join('')}`;
    assert.deepEqual(await told(['OWN-001'], 'design', table(['OK', '—', 'NG'])), []);
    assert.deepEqual(await told(['OWN-001'], 'design', table(['佐藤', '—', '鈴木'])), ['OWN-001 warning']);
  });

  it('leave the braces of another language alone', async () => {
    assert.deepEqual(await told(['CMP-005'], 'design', '# 画面\n\n<div style={{ padding: 24 }}>\n'), []);
    assert.deepEqual(await told(['CMP-005'], 'design', '# 画面\n\n担当：{{ name }}\n'), ['CMP-005 warning']);
  });

  it('take a made-up company in a word for a name, and one that stands alone for a blank', async () => {
    const line = (cell: string) => `# 画面\n\n| 役割 | 人 |\n|---|---|\n| 管理 | ${cell} |\n`;
    assert.deepEqual(await told(['CMP-005'], 'design', line('〇〇社担当者')), ['CMP-005 info']);
    assert.deepEqual(await told(['CMP-005'], 'design', line('〇〇さん')), ['CMP-005 warning']);
  });

  it('leave a default alone that is named after what it is, and find what was chosen', async () => {
    const line = (value: string) => `# 手順\n\n- Password: ${value}\n`;
    assert.deepEqual(await told(['SEC-002'], 'runbook', line('attendance_password')), []);
    assert.deepEqual(await told(['SEC-002'], 'runbook', line('Tg7-kobo-22')), ['SEC-002 error']);
  });

  it('read a date at the top as that of the document', async () => {
    const head = (date: string) => `---\ntitle: 命名\nowner: 佐藤\nstatus: 承認済み\n${date}---\n# 命名\n`;
    assert.deepEqual(await told(['CMP-001'], 'guideline', head('')), ['CMP-001 info']);
    assert.deepEqual(await told(['CMP-001'], 'guideline', head('date: 2026-11-20\n')), []);
  });

  it('let plain numbers begin anew in each group, and a review tell of a record again', async () => {
    const rows = (second: string) => `# 進捗\n\n| 区分 | No | 作業 | 担当 | 状態 |\n|---|---|---|---|---|\n| 画面 | 1 | 一覧 | 佐藤 | 完了 |\n| 画面 | 2 | 詳細 | 佐藤 | 未着手 |\n| ${second} | 1 | 印刷 | 鈴木 | 未着手 |\n`;
    assert.deepEqual(await told(['REG-004'], 'wbs', rows('帳票')), []);
    assert.deepEqual(await told(['REG-004'], 'wbs', rows('画面')), ['REG-004 error', 'REG-004 error']);
    const risks = (name: string) => `# リスク\n\n| ID | リスク | 担当 | 状態 |\n|---|---|---|---|\n| R-001 | ${name} | 佐藤 | 対応中 |\n`;
    assert.deepEqual(await told(['REG-004'], 'risk-register', risks('要員の不足'), { 'docs/y.md': risks('要員の不足（再評価）') }), []);
    assert.deepEqual(await told(['REG-004'], 'risk-register', risks('要員の不足'), { 'docs/y.md': risks('回線の切断') }), ['REG-004 error']);
  });

  it('see one owner with helpers, and shares of the work behind names', async () => {
    const row = (owner: string) => `# 課題\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| I-001 | 遅い | ${owner} | 2026-12-01 | 対応中 |\n`;
    for (const owner of ['佐藤、全員', 'Sato and all members', '佐藤（設計）/ 鈴木（実装）']) assert.deepEqual(await told(['OWN-001'], 'issue-log', row(owner)), [], owner);
    for (const owner of ['佐藤、鈴木', 'Sato and Suzuki', '佐藤（営業）/ 鈴木（開発部）']) assert.deepEqual(await told(['OWN-001'], 'issue-log', row(owner)), ['OWN-001 warning'], owner);
  });

  it('mention what is overdue in a list that nobody keeps any more', async () => {
    const list = (last: string) => `# 課題\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n${['2026-07-01', '2026-07-02', '2026-07-03', '2026-07-06', last].map((due, i) => `| I-00${String(i + 1)} | 遅い${String(i)} | 佐藤 | ${due} | 未着手 |\n`).join('')}`;
    assert.deepEqual([...new Set(await told(['FRS-001'], 'issue-log', list('2026-07-07')))], ['FRS-001 info']);
    assert.deepEqual([...new Set(await told(['FRS-001'], 'issue-log', list('2026-11-30')))], ['FRS-001 warning']);
  });

  it('ask nothing of a row whose cells stand under other headers, beyond its width', async () => {
    const rows = (row: string) => `# 課題\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| I-001 | 遅い | 佐藤 | 2026-12-01 | 対応中 |\n${row}\n`;
    assert.deepEqual(await told(['REG-002', 'OWN-001', 'REG-006'], 'issue-log', rows('| I-002 | a || b | 佐藤 | 2026-12-01 | 対応中 |')), ['REG-002 warning']);
    // Empty cells too many, as spreadsheets write them, shift nothing.
    assert.deepEqual(await told(['REG-002', 'OWN-001', 'REG-006'], 'issue-log', rows('| I-002 | 遅い | 佐藤、鈴木 | 2026-12-01 | 対応中 | | |')), ['OWN-001 warning']);
  });

  it('read a key only where there is one, and a wrong weekday of long ago as past', async () => {
    assert.deepEqual(await told(['SEC-001'], 'runbook', "# 手順\n\nkey = '''-----BEGIN PRIVATE KEY-----\n（鍵の内容）\n'''\n"), []);
    assert.deepEqual(await told(['SEC-001'], 'runbook', '# 手順\n\n-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n'), ['SEC-001 error']);
    assert.deepEqual(await told(['FRS-004'], 'design', '# 設計\n\n2026年12月1日(月)に切り替える。\n'), ['FRS-004 warning']);
    assert.deepEqual(await told(['FRS-004'], 'design', '# 設計\n\n2026年10月1日(月)に切り替えた。\n'), ['FRS-004 info']);
  });

  it('leave versions, keys of handbooks, formats of parameters and what lasts alone', async () => {
    assert.deepEqual(await told(['FRS-007'], 'design', '# 構成\n\n- Intel MPI 2021.7.0\n- Spinnaker 2025.0.3\n'), []);
    assert.deepEqual(await told(['FRS-007'], 'design', '# 構成\n\n2021.7.32 に切り替える。\n'), ['FRS-007 error']);
    assert.deepEqual(await told(['SEC-001'], 'runbook', '# 手順\n\n❌ AKIAIOSFODNN7EXAMPLE\n'), []);
    const table = (header: string) => `# API\n\n| ${header} |\n|---|---|---|\n| date | string | YYYY-MM-DD |\n`;
    assert.deepEqual(await told(['CMP-005'], 'design', table('名前 | 型 | 説明')), []);
    assert.deepEqual(await told(['CMP-005'], 'design', table('項目 | 区分 | 開始')), ['CMP-005 warning']);
    const timeline = (second: string) => `# 障害\n\n## 時系列\n\n| 時刻 | 出来事 |\n|---|---|\n| 11:48 | 検知 |\n| ${second} | 影響 |\n`;
    assert.deepEqual(await told(['NUM-008'], 'postmortem', timeline('03:00 – 11:00')), []);
    assert.deepEqual(await told(['NUM-008'], 'postmortem', timeline('03:00')), ['NUM-008 warning']);
  });

  it('leave amounts that differ, formats behind a word and requirements in brackets alone', async () => {
    for (const line of ['| 朝食 | +○○○円 | -○○○円 |', '- `usageDate`: 利用日付 (yyyy-MM-dd)', '- [備考欄に理由を記入できる]']) {
      assert.deepEqual(await told(['CMP-005'], 'design', `# 画面\n\n${line.startsWith('|') ? '| 食事 | 追加 | 欠食 |\n|---|---|---|\n' : ''}${line}\n`), [], line);
    }
    for (const line of ['- 予算：○○○円', '- 開始日：yyyy-MM-dd', '- [備考を記入]']) assert.deepEqual(await told(['CMP-005'], 'design', `# 画面\n\n${line}\n`), ['CMP-005 warning'], line);
  });

  it('know the anchors of a site where its program is, and only those of GitHub elsewhere', async () => {
    const page = '# 手順\n\n- [復旧](#8.-復旧)\n- [報告](#報告-する)\n- [欠番](#9.-欠番)\n\n## 8. 復旧\n\n直す。\n\n## 報告 - する\n\n送る。\n';
    assert.deepEqual(await told(['XDC-002'], 'runbook', page), ['XDC-002 warning', 'XDC-002 warning', 'XDC-002 warning']);
    assert.deepEqual(await told(['XDC-002'], 'runbook', page, { 'eleventy.config.js': '' }), ['XDC-002 warning']);
    // A label of MyST leads there from every page.
    assert.deepEqual(await told(['XDC-002'], 'runbook', page, { 'myst.yml': '' }), []);
    assert.deepEqual(await told(['XDC-002'], 'runbook', '# 手順\n\n[復旧](#fix)\n\n(fix)=\n## 8. 復旧\n\n直す。\n'), []);
  });

  it('ask nothing of a table whose columns are the letters of RACI', async () => {
    const table = (head: string, row: string) => `# 体制\n\n| 作業 | ${head} |\n|---|---|---|---|---|\n| 要件定義 | ${row} |\n`;
    const rules = ['OWN-003', 'OWN-004', 'OWN-005'];
    assert.deepEqual(await told(rules, 'raci', table('R | A | C | I', '開発 | 佐藤 | 営業 | 全員')), []);
    assert.deepEqual(await told(rules, 'raci', table('Responsible (R) | Accountable (A) | C | I', '開発 | 佐藤 | 営業 | 全員')), []);
    assert.deepEqual(await told(rules, 'raci', table('佐藤 | 鈴木 | 高橋 | 田中', 'R | C | C | I')), ['OWN-003 error']);
  });

  it('take a day in a task for the one it is due on only where it may be one', async () => {
    const overdue = async (task: string): Promise<number> => (await told(['FRS-001'], 'issue-log', `---\ntype: issue-log\n---\n# 課題\n\n- [ ] ${task}\n`)).length;
    for (const task of ['佐藤：資料を作る（2026-11-01）', '佐藤：資料 11/01', '2026-10-01に発見した不具合を佐藤が11/10までに直す', '期限：11/1 資料を作る', 'fix it by 2026-11-01 (added 2026-10-01)']) assert.equal(await overdue(task), 1, task);
    for (const task of ['資料の更新（2026-11-01発見）', '共有ボタン（2026-11-01・鈴木さんより承認）', 'added on 2026-11-01: fix it', `${'長い話です。'.repeat(30)}2026-11-01`, '2026-10-01に発見、12/10までに直す']) assert.equal(await overdue(task), 0, task);
  });

  it('take the handle of a team for one owner', async () => {
    const owner = (value: string) => `# 手順\n\n**Owner:** ${value}\n\n## 手順\n\n1. 始める\n`;
    assert.deepEqual(await told(['OWN-001'], 'runbook', owner('`@example/secops`.')), []);
    assert.deepEqual(await told(['OWN-001'], 'runbook', owner('https://github.com/orgs/example/teams/team-a')), []);
    assert.deepEqual(await told(['OWN-001'], 'runbook', owner('Contributors who have the ability to commit directly to a repository, and are responsive to changes')), []);
    assert.deepEqual(await told(['OWN-001'], 'runbook', owner('@example/secops, @sato')), ['OWN-001 warning']);
  });

  it('see a number defined in a heading that says what it numbers', async () => {
    const spec = (heading: string) => `# 要件\n\n## 機能要件\n\n| ID | 要件 |\n|---|---|\n| US-001 | 一覧 |\n\n### ${heading}\n\n並べ替える。\n\nUS-002 は後で作る。\n`;
    assert.deepEqual(await told(['XDC-001'], 'requirements', spec('ユーザーストーリー: US-002')), []);
    assert.deepEqual(await told(['XDC-001'], 'requirements', spec('並べ替え')), ['XDC-001 warning']);
  });

  it('take a row of one item for a part of the row above, and a ticked row for one that is over', async () => {
    const wbs = (row: string) => `# WBS\n\n| ID | 作業 | 担当 | 状態 |\n|---|---|---|---|\n| T-001 | 設計 | 佐藤 | 対応中 |\n${row}\n`;
    assert.deepEqual(await told(['REG-003', 'OWN-001'], 'wbs', wbs('| | - 統計を出す | | |')), []);
    assert.deepEqual(await told(['REG-003', 'OWN-001'], 'wbs', wbs('| | 統計を出す | | 対応中 |')), ['REG-003 error']);
    assert.deepEqual(await told(['OWN-001'], 'wbs', wbs('| T-002 | 統計の限界 | - | ✅ 許容（設定で切る） |')), ['OWN-001 info']);
  });

  it('say once of a column that hardly any row fills in, and of each row where some do', async () => {
    const tasks = (owners: readonly string[]) => `# 作業\n\n| ID | 作業 | 担当 | 状態 |\n|---|---|---|---|\n${owners.map((owner, i) => `| T-${String(i + 1).padStart(3, '0')} | 設計${String(i)} | ${owner} | 未着手 |\n`).join('')}`;
    assert.deepEqual(await told(['OWN-001'], 'wbs', tasks(['', '', '', '', '-'])), ['OWN-001 warning']);
    assert.deepEqual(await told(['OWN-001'], 'wbs', tasks(['', '', '', ''])), Array<string>(4).fill('OWN-001 warning'));
    assert.deepEqual(await told(['OWN-001'], 'wbs', tasks(['佐藤', '', '', '', ''])), Array<string>(4).fill('OWN-001 warning'));
    const findings = await findingsIn(new Map([['docs/x.md', tasks(['', '', '', '', ''])]]), book, '2026-11-24', { 'docs/x.md': 'wbs' });
    assert.match(findings.find(({ rule }) => rule === 'OWN-001')?.message ?? '', /この列は5行のうち5行が空です。/u);
  });

  it('know the weekday of a date without a year where the document tells its own', async () => {
    const minutes = (title: string, day: string) => `# ${title}\n\n日時：${day}\n参加者：佐藤、鈴木\n\n## 決定事項\n\n- なし\n`;
    const rules = ['FRS-004'];
    // 27 November 2026 is a Friday; of 2025 a Thursday, of 2027 a Saturday.
    assert.deepEqual(await told(rules, 'minutes', minutes('2026年11月 定例会議', '11月27日（月）')), ['FRS-004 warning']);
    for (const weekday of ['金', '木', '土']) assert.deepEqual(await told(rules, 'minutes', minutes('2026年11月 定例会議', `11月27日（${weekday}）`)), [], weekday);
    assert.deepEqual(await told(rules, 'minutes', minutes('2026年度 定例会議', '11月27日（月）')), []);
    assert.deepEqual(await told(rules, 'minutes', minutes('定例会議', '11月27日（月）')), []);
  });

  it('mention a row without a number below a heading that says the work is over', async () => {
    const list = (heading: string) => `# 課題\n\n## ${heading}\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| I-001 | 遅い | 佐藤 | 2026-12-01 | 対応中 |\n| | 重い | 佐藤 | 2026-12-01 | 対応中 |\n`;
    for (const heading of ['解決済み', '完了した課題', '完了', 'クローズ', 'Closed issues', 'Done']) assert.deepEqual(await told(['REG-003'], 'issue-log', list(heading)), ['REG-003 info'], heading);
    for (const heading of ['未解決', '未完了の課題', '完了していない作業', '完了条件', 'Not closed', 'Unresolved', '課題']) assert.deepEqual(await told(['REG-003'], 'issue-log', list(heading)), ['REG-003 error'], heading);
  });

  it('ask for the state that one row leaves out, and take that row for open', async () => {
    const log = (rows: readonly string[]) => `# 課題\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n${rows.map((row, i) => `| I-00${String(i + 1)} | ${row} |\n`).join('')}`;
    const kept = ['遅い | 佐藤 | 2026-12-01 | 対応中', '止まる | 鈴木 | 2026-12-02 | 完了', '消える | 佐藤 | 2026-12-03 | 未着手'];
    const asked = ['REG-025', 'FRS-001'];
    assert.deepEqual(await told(asked, 'issue-log', `---\ntype: issue-log\n---\n${log([...kept, '重なる | 鈴木 | 2026-11-20 | '])}`), ['FRS-001 warning', 'REG-025 warning']);
    assert.deepEqual(await told(asked, 'issue-log', log([...kept, '重なる | 鈴木 | 2026-11-20 | －'])), []);
    // Nobody keeps the column; a row that is hardly begun; three rows are no custom.
    assert.deepEqual(await told(asked, 'issue-log', log(kept.map((row) => row.replace(/[^|]*$/u, '')).concat('重なる | 鈴木 | 2026-11-20 | 完了'))), []);
    assert.deepEqual(await told(asked, 'issue-log', log([...kept, '重なる | | | '])), []);
    assert.deepEqual(await told(asked, 'issue-log', log([...kept.slice(1), '重なる | 鈴木 | 2026-11-20 | '])), []);
  });

  it('keep the holidays of Japan for those who write in Japanese or sit there', async () => {
    const days = async (head: string): Promise<readonly string[]> => {
      const koboText = `product: { id: x, name: X }\nlevel: L2\n${head}`;
      const text = '---\ntype: issue-log\n---\n# Issues\n\n| ID | Issue | Due | Status |\n|---|---|---|---|\n| I-001 | Slow | 2027-02-11 | Open |\n| I-002 | Late | 2027-02-13 | Open |\n';
      const project = new Project({ book, settings: readKoboFile(koboText).settings, koboText, files: ['kobo.yaml', 'docs/x.md'], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
      for (const path of project.wanted()) project.put(path, path === 'docs/x.md' ? text : koboText);
      return (await project.reportAll()).findings.filter(({ rule }) => rule === 'FRS-003').map(({ range }) => text.split('\n')[range.start.line]?.slice(2, 7) ?? '');
    };
    assert.deepEqual(await days('language: en\ntimezone: Europe/London\n'), ['I-002']);
    assert.deepEqual(await days('language: en\ntimezone: Asia/Tokyo\n'), ['I-001', 'I-002']);
    assert.deepEqual(await days('language: ja\ntimezone: Europe/London\n'), ['I-001', 'I-002']);
  });
});
