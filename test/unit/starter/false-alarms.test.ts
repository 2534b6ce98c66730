import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { findingsIn, sayingType } from './checked';
import { starterBook } from './starter-book';

const today = '2026-11-24';

/** What the starter Book must leave alone, each beside its neighbour that it must find. */
describe('false alarms of the starter Book', () => {
  let book: Book;
  before(async () => (book = await starterBook()));

  /** Findings of a rule in one document of a type, as `path:line`. */
  async function found(rule: string, type: string, text: string, path = 'x.md', more: Readonly<Record<string, string>> = {}): Promise<readonly string[]> {
    const files = new Map([[path, text], ...Object.entries(more)]);
    const all = await findingsIn(files, book, today, { [path]: type });
    return all.filter((finding) => finding.rule === rule && finding.path === path).map((finding) => `${finding.path}:${String(finding.range.start.line + 1)}`);
  }

  it('leave records alone that are old by their name, their update or their folder', async () => {
    const adr = '# キュー\n\n## 状態\n\n承認\n\n## 決定\n\n使う。\n';
    assert.deepEqual(await found('CMP-013', 'adr', adr, 'docs/キュー.md'), ['docs/キュー.md:1']);
    for (const path of ['docs/PM2019-010 キュー.md', 'docs/20190113/キュー.md', 'docs/2024/キュー.md']) assert.deepEqual(await found('CMP-013', 'adr', adr, path), [], path);
    assert.deepEqual(await found('CMP-013', 'adr', `---\nupdated: 2026-01-10\n---\n${adr}`), []);
    assert.deepEqual((await found('CMP-013', 'adr', `---\nupdated: 2026-11-10\n---\n${adr}`)).length, 1);
    // What is being edited is not old, whatever it is called.
    assert.deepEqual((await found('CMP-013', 'adr', `---\nupdated: 2026-11-10\n---\n${adr}`, 'docs/2019/キュー.md')).length, 1);
  });

  /** Rule and severity of what is said about one document of a type. */
  async function weighed(rule: string, type: string, text: string): Promise<readonly string[]> {
    const all = await findingsIn(new Map([['x.md', sayingType(text, type)]]), book, today);
    return all.filter((finding) => finding.rule === rule).map((finding) => finding.severity);
  }

  it('name figures in full: with scale, unit and sign', async () => {
    const said = async (rule: string, files: Readonly<Record<string, string>>): Promise<readonly string[]> =>
      (await findingsIn(new Map(Object.entries(files)), book, today)).filter((finding) => finding.rule === rule).map((finding) => finding.message);
    const budget = (rows: string) => `---\ntype: budget\n---\n# 予算\n\n| 費目 | 予算 | 実績 | 差異 |\n|---|---|---|---|\n${rows}`;
    assert.deepEqual(await said('NUM-001', { 'b.md': budget('| 開発 | 1,000千円 | | |\n| 運用 | 500千円 | | |\n| 合計 | 1,600千円 | | |\n') }),
      ['合計は1,500千円のはずですが、1,600千円になっています。内訳を確かめてください。']);
    assert.deepEqual(await said('NUM-002', { 'b.md': budget('| 開発 | 1,000 | 900 | △100 |\n') }), ['差異は100のはずですが、△100になっています。計算を確かめてください。']);
    assert.deepEqual(await said('XDC-006', {
      'i.md': '---\ntype: issue-log\n---\n# 課題\n\n| ID | 課題 | 状態 |\n|---|---|---|\n| I-001 | 遅い | 対応中 |\n',
      'r.md': '---\ntype: status-report\n---\n# 週報\n\n未完了の課題：13件\n',
    }), ['「未完了の課題」は「13件」とありますが、登録簿では1件です。そろえてください。']);
  });

  it('read a day without a year as one of the next year where that is near', async () => {
    const issues = (rows: string, head = '') => `${head}# 課題\n\n| ID | 課題 | 起票日 | 期限 | 担当 | 状態 |\n|---|---|---|---|---|---|\n${rows}`;
    const said = async (rule: string, text: string): Promise<readonly string[]> =>
      (await findingsIn(new Map([['i.md', sayingType(text, 'issue-log')]]), book, today)).filter((finding) => finding.rule === rule).map((finding) => finding.message);
    assert.deepEqual(await said('FRS-001', issues('| I-001 | 遅い | 11/20 | 1/8 | 佐藤 | 対応中 |\n| I-002 | 遅い | | 1/8 | 佐藤 | 対応中 |\n| I-003 | 遅い | | Jan 8 | 佐藤 | 対応中 |\n')), []);
    assert.deepEqual(await said('FRS-001', issues('| I-001 | 遅い | | 9/8 | 佐藤 | 対応中 |\n| I-002 | 遅い | 1/5 | 1/8 | 佐藤 | 対応中 |\n')),
      ['期限の9/8（火）を77日過ぎています。状態か期限を改めてください。', '期限の1/8（木）を320日過ぎています。状態か期限を改めてください。']);
    // Plans name days of the next year so; long past, nobody can tell.
    assert.deepEqual(await said('FRS-001', issues('| I-001 | 遅い | | Week 38 (May 2) | 佐藤 | 対応中 |\n')), []);
    assert.equal((await said('FRS-001', issues('| I-001 | 遅い | | Week 38 (Nov 2) | 佐藤 | 対応中 |\n'))).length, 1);
    // In a register of January, what began in December began in the year before.
    assert.deepEqual(await said('FRS-001', issues('| I-001 | 遅い | 12/20 | 1/8 | 佐藤 | 対応中 |\n', '---\nupdated: 2026-01-20\n---\n')), ['期限の1/8（木）を320日過ぎています。状態か期限を改めてください。']);
    assert.deepEqual(await said('FRS-012', issues('| I-001 | 遅い | 11/20 | 1/8 | 佐藤 | 対応中 |\n| I-002 | 遅い | | Jan 8 | 佐藤 | 対応中 |\n')), [
      '「11/20」に年がありません。2026/11/20のことなら、年から書いてください。', '「1/8」に年がありません。2027/1/8のことなら、年から書いてください。',
      '「Jan 8」に年がありません。Jan 8, 2027のことなら、年から書いてください。',
    ]);
    assert.deepEqual(await said('FRS-003', issues('| I-001 | 遅い | 11/20 | 1/9 | 佐藤 | 対応中 |\n')), ['1/9は土曜日です。次の営業日の2027/1/12（火）にしませんか。']);
    const minutes = (due: string) => `# 定例\n\n日時：2026-11-20\n\n## 宿題\n\n- [ ] Beth to send the quote ${due}\n`;
    for (const due of ['by Dec 4', 'by 4 December', '(due: Dec 4th)']) assert.deepEqual(await found('REG-021', 'minutes', minutes(due)), [], due);
    assert.equal((await found('REG-021', 'minutes', minutes('to 4 people'))).length, 1);
    const task = (text: string) => `# 定例\n\n日時：2026-11-05\n\n## 宿題\n\n- [ ] ${text}\n`;
    assert.deepEqual(await found('FRS-001', 'minutes', task('Next meeting 12th November')), []);
    assert.equal((await found('FRS-001', 'minutes', task('Beth: book the next meeting by 12th November'))).length, 1);
  });

  it('take words and numbers for the same in half, in full width and with their marks apart', async () => {
    for (const text of ['ﾊﾟｽﾜｰﾄﾞ：Tg7-kobo-22', 'パスワード：Tg7-kobo-22'.normalize('NFD')]) assert.equal((await found('SEC-002', 'runbook', `# 手順\n\n${text}\n`)).length, 1, text);
    assert.equal((await found('SEC-009', 'test-plan', '# 計画\n\n本番ﾃﾞｰﾀの個人情報を使う。\n')).length, 1);
    const log = { 'i.md': '---\ntype: issue-log\n---\n# 課題\n\n| ID | 課題 | 状態 |\n|---|---|---|\n| I-001 | 遅い | 対応中 |\n| I-002 | 遅い | 対応中 |\n' };
    assert.deepEqual(await found('XDC-001', 'design', '# 設計\n\nＩ－００１とＩ－９９９を直す。\n\nＩ-００２とI-998を直す。\n', 'x.md', log), ['x.md:3', 'x.md:5']);
  });

  it('take a history with its newest row first for one in order', async () => {
    const plan = (version: string, rows: readonly string[]) =>
      `---\ntitle: 計画\nversion: "${version}"\n---\n# 計画\n\n## 改訂履歴\n\n| 版 | 日付 | 内容 | 作成者 |\n|---|---|---|---|\n${rows.map((row) => `| ${row} | 直した | 佐藤 |\n`).join('')}`;
    const said = async (version: string, ...rows: readonly string[]): Promise<readonly string[]> =>
      [...(await found('APR-003', 'project-plan', plan(version, rows))), ...(await found('APR-004', 'project-plan', plan(version, rows)))];
    assert.deepEqual(await said('1.2', '1.2 | 2026-11-10', '1.1 | 2026-10-01', '1.0 | 2026-09-01'), []);
    assert.deepEqual(await said('1.10', '1.10 | 2026-11-10', '1.9 | 2026-10-01', '1.8 | 2026-09-01'), []);
    assert.equal((await said('1.3', '1.2 | 2026-11-10', '1.1 | 2026-10-01', '1.0 | 2026-09-01')).length, 1);
    // Two rows may have been swapped.
    assert.equal((await said('1.1', '1.1 | 2026-11-10', '1.0 | 2026-10-01')).length, 2);
    // Versions that rise tell a day that was mistyped.
    assert.equal((await said('1.1', '1.0 | 2026-09-01', '1.1 | 2026-05-01')).length, 1);
    assert.equal((await said('1.2', '1.2 | 2026-11-10', '1.1 | 2026-12-01', '1.0 | 2026-09-01')).length, 2);
  });

  it('see through quotes of CSV and fields, underlines and underscores', async () => {
    const csv = (due: string) => `ID,課題,起票日,期限,担当,状態\nI-001,遅い,2026-11-20,${due},佐藤,対応中\n`;
    for (const [text, ends] of [[csv('12/18'), 1], [csv('"12/18"'), 1], [csv('12/18').replaceAll(',', ';'), 1], [csv('12/18').replaceAll(',', '\t'), 1], [csv('2026-12-18'), 0]] as const) {
      assert.equal((await found('FRS-012', 'issue-log', text, 'issues.csv')).length, ends, text);
    }
    assert.equal((await found('CMP-005', 'issue-log', csv('"【理由を記入】"'), 'issues.csv')).length, 1);
    assert.deepEqual(await found('CMP-005', 'runbook', '---\nupdated: "YYYY-MM-DD"\n---\n# 手順\n'), ['x.md:2']);
    assert.deepEqual(await found('CMP-005', 'runbook', '# 手順\n\n題名は "【概要を記入】" とある。\n'), []);
    for (const heading of ['【書く順番】', '【記入のしかた】', '【記入方法】']) assert.deepEqual(await found('CMP-005', 'runbook', `# 手順\n\n## ${heading}\n\n上から。\n`), [], heading);
    assert.equal((await found('CMP-005', 'runbook', '# 手順\n\n## 【ここに概要を記入】\n\n上から。\n')).length, 1);
    const minutes = (who: string, when: string) => `# 定例\n\n${who}\n${when}\n\n## 決定事項\n\n- 進める。\n`;
    for (const [who, when] of [['__参加者__ 佐藤', '__日時__ 2026-11-20'], ['- __参加者__: 佐藤', '- __日時__: 2026-11-20']] as const) {
      for (const rule of ['CMP-011', 'CMP-005']) assert.deepEqual(await found(rule, 'minutes', minutes(who, when)), [], `${rule} ${who}`);
    }
    assert.equal((await found('CMP-005', 'minutes', '# 定例\n\n日時：__年__月__日\n')).length, 3);
    const other = { 'docs/incidents/b.md': '---\ntype: postmortem\n---\n# 前の障害\n\nINC-903 と同じ。\n' };
    for (const head of ['---\nid: "INC-903"\n---\n# 落ちた\n', "---\nid: 'INC-903'\n---\n# 落ちた\n", 'INC-903 落ちた\n======\n', '# INC-903 落ちた\n']) {
      const files = new Map(Object.entries({ 'docs/incidents/a.md': sayingType(head, 'postmortem'), ...other }));
      assert.deepEqual((await findingsIn(files, book, today)).filter(({ rule }) => rule === 'XDC-001').map(({ path }) => path), [], head);
    }
  });

  it('count neither the address of a link nor a badge', async () => {
    const link = `[手順](https://example.com/${'%E6%89%8B'.repeat(30)}/a)`;
    assert.deepEqual(await found('VAG-010', 'runbook', `# 手順\n\n## 概要\n\n設定は${link}を見る。\n`), []);
    assert.equal((await found('VAG-010', 'runbook', `# 手順\n\n## 概要\n\n設定は${'とても長く、'.repeat(20)}${link}を見る。\n`)).length, 1);
    const traced = async (text: string) => (await findingsIn(new Map([['x.md', text]]), book, today, { 'x.md': 'adr' }, 'L3')).filter(({ rule }) => rule === 'TRC-003');
    const adr = (text: string) => `# 0003 索引\n\n## 決定\n\n${text}\n\n索引を使う。\n`;
    for (const badge of ['![状態](https://img.shields.io/badge/a.svg)', '[![状態](https://img.shields.io/badge/a.svg)](https://ci.example.com/a)']) assert.equal((await traced(adr(badge))).length, 1, badge);
    assert.deepEqual(await traced(adr('[定例](https://example.com/minutes/1)で決めた。')), []);
  });

  it('read the hours of morning and afternoon', async () => {
    const log = (...times: readonly string[]) => `# 障害\n\n## 時系列\n\n| 時刻 | 事象 |\n|---|---|\n${times.map((time) => `| ${time} | 見た |\n`).join('')}`;
    for (const times of [['午前11時50分', '午後0時10分'], ['午後0時10分', '午後1時5分'], ['11:50 AM', '12:10 PM', '1:05 PM'], ['午前0時10分', '午前1時'], ['10時', '10時半', '10時40分']]) assert.deepEqual(await found('NUM-008', 'postmortem', log(...times)), [], times.join());
    for (const times of [['午後1時', '午前11時'], ['1:05 PM', '12:10 PM'], ['10時半', '10時20分']]) assert.equal((await found('NUM-008', 'postmortem', log(...times))).length, 1, times.join());
  });

  it('count no part of a row a second time, but one whose row says no number', async () => {
    const table = (rows: string) => `# 予算\n\n| 費目 | 予算 | 備考 |\n|---|---|---|\n${rows}`;
    for (const part of ['うち外注', '　うち外注', '（うち外注）', '└ うち外注', '（内）外注', '内、外注', '内訳：外注', 'of which travel']) {
      assert.deepEqual(await found('NUM-001', 'budget', table(`| 開発 | 1,000 | |\n| ${part} | 400 | |\n| 運用 | 500 | |\n| 合計 | 1,500 | |\n`)), [], part);
      assert.deepEqual(await found('NUM-001', 'budget', table(`| 開発 | 1,000 | |\n| ${part} | 400 | |\n| 運用 | 500 | |\n| 合計 | 1,900 | |\n`)), ['x.md:8'], part);
    }
    assert.deepEqual(await found('NUM-001', 'budget', table('| 開発 | | |\n| うち外注 | 400 | |\n| うち社内 | 600 | |\n| 運用 | 500 | |\n| 合計 | 1,500 | |\n')), []);
    // 「うち」 in a remark says nothing of the row.
    assert.deepEqual(await found('NUM-001', 'budget', table('| 開発 | 1,000 | |\n| 保守 | 400 | うち100は外注 |\n| 合計 | 1,400 | |\n')), []);
    for (const item of ['うちわ', '内部監査', '家庭内']) {
      assert.deepEqual(await found('NUM-001', 'budget', table(`| 開発 | 1,000 | |\n| ${item} | 400 | |\n| 合計 | 1,400 | |\n`)), [], item);
    }
  });

  it('only mention cells left out at the end of a row, and warn of a cell left out before', async () => {
    const table = (row: string) => `# 予定\n\n| 作業 | 期限 | 備考 |\n| --- | --- | --- |\n| 設計 | 2026-12-01 | 済 |\n| 実装 | 2026-12-08 | 急ぎ |\n${row}\n`;
    assert.deepEqual(await weighed('REG-002', 'design', table('| 試験 | 2026-12-15 |')), ['info']);
    assert.deepEqual(await weighed('REG-002', 'design', table('| 試験 |  |')), ['info']);
    assert.deepEqual(await weighed('REG-002', 'design', table('| 試験 | 2社で分ける |')), ['warning']);
    assert.deepEqual(await weighed('REG-002', 'design', table('| 試験 | 2026-12-15 | 急ぎ | 佐藤 |')), ['warning']);
    assert.deepEqual(await weighed('REG-002', 'design', table('※ 日付は予定。')), ['warning']);
  });

  it('only mention a status or a decision that has no place of its own', async () => {
    const head = (fields: string) => `---\ntitle: 命名\n${fields}---\n# 命名\n\n## 目的\n\nそろえる。\n\n## 適用範囲\n\n全員。\n\n## ルール\n\n守る。\n\n## 例外手続き\n\n申請する。\n`;
    assert.deepEqual(await weighed('CMP-001', 'guideline', head('owner: 佐藤\nupdated: 2026-11-20\n')), ['info']);
    assert.deepEqual(await weighed('CMP-001', 'guideline', head('owner: 佐藤\nstatus: 承認済み\n')), ['warning']);
    assert.deepEqual(await weighed('CMP-001', 'guideline', head('owner: 佐藤\nstatus: 承認済み\nlast_reviewed_at: 2026-11-20\n')), []);
    const adr = (parts: string) => `---\nstatus: 承認\n---\n# キューを使う\n\n## 背景\n\n遅い。\n\n${parts}`;
    assert.deepEqual(await weighed('CMP-013', 'adr', adr('## 影響\n\n速くなる。\n')), ['info']);
    assert.deepEqual(await weighed('CMP-013', 'adr', adr('## 決定\n\n使う。\n')), ['info']);
    assert.deepEqual(await weighed('CMP-013', 'adr', '---\nstatus: 承認\n---\n# キューを使う\n\n## 決定\n\n使う。\n\n## 影響\n\n速くなる。\n'), ['warning']);
  });

  it('know what is left out by an item of the scope, and steps between two levels', async () => {
    assert.deepEqual(await found('CMP-008', 'requirements', '# 要件\n\n## スコープ\n\n- 対象\n  - 画面\n- 非対象\n  - 帳票\n'), []);
    assert.deepEqual(await found('CMP-008', 'requirements', '# 要件\n\n## スコープ\n\n- 画面\n'), ['x.md:1']);
    const risk = (level: string) => `# リスク\n\n| ID | リスク | 発生確率 |\n| --- | --- | --- |\n| R-001 | 遅れる | ${level} |\n`;
    assert.deepEqual(await found('REG-007', 'risk-register', risk('中-低')), []);
    assert.deepEqual(await found('REG-007', 'risk-register', risk('中-ぼちぼち')), ['x.md:5']);
  });

  it('only mention a column that keeps to words of its own', async () => {
    const log = (states: readonly string[]) => `# 課題\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- | --- |\n${states.map((state, i) => `| I-00${String(i + 1)} | 遅い | 佐藤 | 2026-12-01 | ${state} |\n`).join('')}`;
    assert.deepEqual(await weighed('REG-006', 'issue-log', log(['公開待ちの列', '検収', '対応中', '完了'])), ['info', 'info']);
    assert.deepEqual(await weighed('REG-006', 'issue-log', log(['ぼちぼち', '対応中', '対処済', '修正済み'])), ['warning']);
  });

  it('find numbers in the closed rows of a register and in the names of files', async () => {
    const log = '# 課題管理表\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- | --- |\n| I-005 | 遅い | 佐藤 | 2026-12-01 | 対応中 |\n\n## クローズ済み（参照用）\n\n| 番号 | 内容 | 結果 |\n| --- | --- | --- |\n| I-001〜003 | 文字 | 済み |\n| **I-004** | 色 | 済み |\n';
    const files = { 'x.md': '# 定例\n\nI-002、I-004、I-009、ADR-43、ADR-44 を見た。\n', 'docs/課題管理表.md': log, 'docs/adr/0043-鍵.md': '# 43. 鍵\n\n## 背景\n\n必要。\n' };
    const all = await findingsIn(new Map(Object.entries(files)), book, today, { 'x.md': 'minutes', 'docs/課題管理表.md': 'issue-log', 'docs/adr/0043-鍵.md': 'adr' });
    const unknown = all.filter((finding) => finding.rule === 'XDC-001');
    assert.deepEqual(unknown.map((finding) => files['x.md'].slice(finding.span.start, finding.span.end)), ['I-009', 'ADR-44']);
  });

  it('leave a lost character that a text is about, and keys and passwords that only stand for some', async () => {
    assert.deepEqual(await found('DOC-002', 'minutes', '# 定例\n\n「�」と出る。 � だけか。\n'), []);
    assert.deepEqual(await found('DOC-002', 'minutes', '# 定例\n\n情報ソー��を見た。\n'), ['x.md:3']);
    const key = 'eyJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJzdXBhYmFzZSJ9.';
    assert.deepEqual(await found('SEC-001', 'runbook', `# 手順\n\n鍵は ${key}example_key です。\n`), []);
    assert.deepEqual(await found('SEC-001', 'runbook', `# 手順\n\n鍵は ${key}q8Zt4kPn2Wx です。\n`), ['x.md:3']);
    assert.deepEqual(await found('SEC-002', 'runbook', '# 手順\n\nパスワード: test1234\n'), []);
  });

  it('know the other names of the parts of a decision record', async () => {
    assert.deepEqual(await found('CMP-013', 'adr', '# キュー\n\n## 概要\n\n遅い。\n\n## 提案されたソリューション: Kafka\n\n使う。\n\n## メリット\n\n速い。\n'), ['x.md:1']);
    assert.deepEqual(await found('CMP-013', 'adr', '# キュー\n\n## 概要\n\n遅い。\n\n## 提案されたソリューション\n\n使う。\n\n## メリット\n\n速い。\n'), []);
    assert.deepEqual(await found('CMP-013', 'adr', '# Queue\n\n## Context\n\nSlow.\n\n## What’s proposed\n\nUse one.\n\n## Pros and cons\n\nFast.\n'), []);
  });

  it('take an opening paragraph for the purpose', async () => {
    const rules = '\n## ルール\n\n守る。\n\n## 適用範囲\n\n全員。\n\n## 例外手続き\n\n申請する。\n';
    assert.deepEqual(await found('CMP-003', 'guideline', `# 命名のガイド\n\nこのフォルダには、メンテナーが実装に向けて動くための短い文書を置きます。\n${rules}`), []);
    assert.deepEqual(await found('CMP-003', 'guideline', `# 命名のガイド\n\n短い。\n${rules}`), ['x.md:1']);
  });

  it('take the heading a document begins with for its title', async () => {
    assert.deepEqual(await found('CMP-001', 'guideline', '---\nowner: 佐藤\nstatus: 承認済み\nupdated: 2026-11-20\n---\n\n## 命名\n\n## 目的\n\nそろえる。\n'), []);
    assert.deepEqual(await found('CMP-001', 'guideline', '---\nowner: 佐藤\nstatus: 承認済み\nupdated: 2026-11-20\n---\n\nそろえる。\n\n## 命名\n'), ['x.md:1']);
  });

  it('say once that goals inside goals have no figure, and nothing once the planned end is long past', async () => {
    const charter = (end: string) => `# 憲章\n\n| 属性 | 値 |\n| --- | --- |\n| 目標終了日 | ${end} |\n\n## 目標\n\n良くする。\n\n### 目標\n\n- 良くする\n`;
    assert.deepEqual(await found('CMP-009', 'project-charter', charter('2027-03-31')), ['x.md:7']);
    assert.deepEqual(await found('CMP-009', 'project-charter', charter('2026-03-31')), []);
    assert.deepEqual(await found('CMP-009', 'project-charter', charter('2027-03-31').replaceAll('良くする', '2割早くする')), []);
  });

  it('let several teams take part where a table gives out no work', async () => {
    const table = (third: string) => `# 計画\n\n| 依存関係 | オーナー | ${third} |\n| --- | --- | --- |\n| 決済 | 決済チーム、経理 | 12/1 |\n`;
    assert.deepEqual(await found('OWN-001', 'design', table('影響する対象')), []);
    assert.deepEqual(await found('OWN-001', 'design', table('期限')), ['x.md:5']);
    const one = (owner: string) => found('OWN-001', 'design', table('期限').replace('決済チーム、経理', owner));
    assert.deepEqual(await one('AI / Cloud Connector'), []);
    for (const two of ['Alice Smith / Bob Jones', 'CEO / CFO', '佐藤 / 鈴木', 'CEO/CFO']) assert.deepEqual(await one(two), ['x.md:5'], two);
  });

  it('let a row of one cell head the rows below it, and links be defined right below a table', async () => {
    const rows = (row: string) => `# 表\n\n| 指標 | 値 | 単位 |\n| --- | --- | --- |\n${row}\n| 件数 | 1 | 件 |\n`;
    for (const row of ['| **成長** |', '[chat]: https://chat.example/']) assert.deepEqual(await found('REG-002', 'design', rows(row)), [], row);
    for (const row of ['| 件数 | 2 |', '| 件数 | 2 | 件 | x |']) assert.deepEqual(await found('REG-002', 'design', rows(row)), ['x.md:5'], row);
  });

  it('do not take a table of five other columns for the register', async () => {
    assert.deepEqual(await found('REG-001', 'risk-register', '# 報告\n\n| 報告種別 | 頻度 | 対象 | 主要内容 | 責任者 |\n| --- | --- | --- | --- | --- |\n| 四半期 | 3か月 | 全員 | 業績 | 佐藤 |\n'), []);
    assert.deepEqual(await found('REG-001', 'risk-register', '# リスク\n\n| 内容 | 影響度 |\n| --- | --- |\n| 遅れる | 高 |\n'), ['x.md:3']);
  });

  it('read likelihoods in percent and words between two steps of the scale', async () => {
    const risk = (chance: string) => found('REG-007', 'risk-register', `# リスク\n\n| ID | 内容 | 発生確率 | 影響度 |\n| --- | --- | --- | --- |\n| R-001 | 遅れる | ${chance} | 高 |\n`);
    for (const chance of ['70%', '30〜50%', '中高(60%)', '極高', 'Critical']) assert.deepEqual(await risk(chance), [], chance);
    assert.deepEqual(await risk('すごく高い'), ['x.md:5']);
  });

  it('let a list or heading say what a number of no register stands for', async () => {
    const more = { 'list.md': '---\ntype: guideline\n---\n# 一覧\n\n| ID | 内容 | 適用 |\n| --- | --- | --- |\n| RG-001 | 守る | 全員 |\n' };
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\n- RG-004: 文書を直す\n- [x] RG-005：確かめる\n\nRG-004 と RG-005 を終えた。\n', 'x.md', more), []);
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\nRG-004 を終えた。\n', 'x.md', more), ['x.md:3']);
    // Numbers of a register are defined there and nowhere else.
    const risks = { 'risks.md': '---\ntype: risk-register\n---\n# リスク\n\n| ID | 内容 |\n| --- | --- |\n| R-001 | 遅れる |\n' };
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\n- R-009：遅れる\n', 'x.md', risks), ['x.md:3']);
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\nCVE-2021-34527 に対応した。\n', 'x.md', { 'list.md': more['list.md'].replaceAll('RG-001', 'CVE-2020-00001') }), []);
  });

  it('know the other names of what is left out, and a signpost', async () => {
    assert.deepEqual(await found('CMP-008', 'scope-statement', '# 計画\n\n## 非目的\n\n- 性能\n'), []);
    assert.deepEqual(await found('CMP-003', 'design', '---\ntitle: 復旧\n---\n\nここに移しました：[方針](https://example.com/)\n'), []);
    assert.deepEqual(await found('CMP-003', 'design', '# 復旧\n\n## 方針\n\n[方針](https://example.com/)\n'), ['x.md:1']);
  });

  it('read a month in the title as the period of a report', async () => {
    for (const title of ['2026年10月 月報', '月報（2026-10）', '2026年10月度 進捗報告']) assert.deepEqual(await found('CMP-018', 'status-report', `# ${title}\n\n順調。\n`), [], title);
    assert.deepEqual(await found('CMP-018', 'status-report', '# 月報\n\n順調。\n'), ['x.md:1']);
  });

  it('leave the type of another tool alone', async () => {
    const typed = (type: string) => found('CMP-002', 'guideline', `---\ntype: ${type}\n---\n# ガイド\n`);
    assert.deepEqual([await typed('docs'), (await typed('guidline')).length], [[], 1]);
  });

  it('ask who and when of tasks, not of a state or an instruction', async () => {
    const report = (row: string) => found('VAG-003', 'status-report', `# 週報\n\n| 画面 | 原因 | 操作 |\n| --- | --- | --- |\n| 締切 | 超過 | ${row} |\n`);
    assert.deepEqual(await report('運営へ当日案内を確認'), []);
    assert.deepEqual(await found('VAG-003', 'minutes', '# 定例\n\n## アクション\n\n- 費用は未確認\n'), []);
    assert.deepEqual(await found('VAG-003', 'minutes', '# 定例\n\n## アクション\n\n- 費用を確認\n'), ['x.md:5']);
  });

  it('ask softly where a document follows another form, or is an old record', async () => {
    const severities = async (rule: string, type: string, text: string, path = 'x.md') => {
      const all = await findingsIn(new Map([[path, sayingType(text, type)]]), book, today);
      return all.filter((finding) => finding.rule === rule).map(({ severity }) => severity);
    };
    const head = '---\nowner: 佐藤\nstatus: 承認済み\nupdated: 2026-11-20\n---\n# 指針\n';
    const part = (title: string) => `\n## ${title}\n\nそろえる。\n`;
    assert.deepEqual(await severities('CMP-003', 'guideline', head + ['目的', 'ルール', '例外手続き'].map(part).join('')), ['warning']);
    assert.deepEqual(await severities('CMP-003', 'guideline', head + ['目的', '適用範囲', 'ルール'].map(part).join('')), ['info']);
    assert.deepEqual(await severities('CMP-003', 'guideline', head + ['目的', '約束'].map(part).join('')), ['info']);
    assert.deepEqual(await severities('CMP-001', 'guideline', head.replace('owner: 佐藤\n', '')), ['info']);
    const whole = ['目的', '適用範囲', 'ルール', '例外手続き'].map(part).join('');
    assert.deepEqual(await severities('CMP-001', 'guideline', head.replace('updated: 2026-11-20\n', '') + whole), ['warning']);
    // One person's project has no owner to name.
    assert.deepEqual(await severities('CMP-001', 'guideline', head.replace('owner: 佐藤\n', '') + whole), ['info']);
    assert.deepEqual(await severities('CMP-001', 'guideline', `# 指針\n${whole}`), ['info']);
    const minutes = (day: string) => `# 定例\n\n日時：${day}\n`;
    assert.deepEqual(await severities('NAM-003', 'minutes', minutes('2026-11-20'), '2026-11-21_定例.md'), ['warning']);
    assert.deepEqual(await severities('NAM-003', 'minutes', minutes('2018-11-20'), '2018-11-21_定例.md'), ['info']);
    const task = '# 定例\n\n## アクション\n\n- 担当：____\n';
    assert.deepEqual(await severities('CMP-005', 'minutes', task, '261110_定例.md'), ['warning']);
    assert.deepEqual(await severities('CMP-005', 'minutes', task, '250603_定例.md'), ['info']);
    assert.deepEqual(await severities('CMP-005', 'minutes', task, '259903_定例.md'), ['warning']);
  });

  it('leave a signpost and what is done away with alone', async () => {
    assert.deepEqual(await found('CMP-003', 'runbook', '# 通知\n\nここに移しました：[手順](https://example.com/)\n'), []);
    assert.deepEqual(await found('CMP-003', 'runbook', '# 通知 [Deprecated]\n\nこの通知は無視してください。\n'), []);
    assert.deepEqual(await found('CMP-003', 'runbook', '# 通知\n\nこの通知は大事です。\n'), ['x.md:1']);
  });

  it('read a register that is spread over two tables', async () => {
    const list = '# リスク\n\n| ID | リスク | 発生確率 | 影響度 | 状態 |\n| --- | --- | --- | --- | --- |\n| R-001 | 遅れる | 中 | 高 | 監視中 |\n';
    assert.deepEqual(await found('REG-001', 'risk-register', list), ['x.md:3']);
    assert.deepEqual(await found('REG-001', 'risk-register', `${list}\n| 対策 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- |\n| 早く始める | 佐藤 | 2026-12-01 | ☐ |\n`), []);
  });

  it('take a row with nothing but a running number for a blank one', async () => {
    const row = (cells: string) => found('REG-003', 'issue-log', `# 課題\n\n| 順位 | ID | 課題 | 担当 |\n| --- | --- | --- | --- |\n${cells}\n`);
    assert.deepEqual(await row('| 1 | | | 🔴 |'), []);
    assert.deepEqual(await row('| 1 | | 遅い | |'), ['x.md:5']);
  });

  it('propose no number that another table of the register has', async () => {
    const head = '| ID | 課題 | 担当 |\n| --- | --- | --- |\n';
    const text = `# 課題\n\n## 対応中\n\n${head}| 7 | 遅い | 佐藤 |\n| | 落ちる | 佐藤 |\n\n## 完了\n\n${head}| 8 | 重い | 佐藤 |\n`;
    const all = await findingsIn(new Map([['x.md', text]]), book, today, { 'x.md': 'issue-log' });
    assert.deepEqual(all.filter((finding) => finding.rule === 'REG-003').map((finding) => /[0-9]+/.exec(finding.message)?.[0]), ['9']);
  });

  it('know the number a document gives itself, and no number inside a longer one', async () => {
    const records = { 'a.md': '---\ntype: adr\n---\n# 方針\n\n**Doc-ID**: ADR-2025-003\n' };
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\nADR-2025-003 を読んだ。\n', 'x.md', records), []);
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\nADR-2025-004 を読んだ。\n', 'x.md', records), ['x.md:3']);
    const risks = { 'risks.md': '---\ntype: risk-register\n---\n# リスク\n\n| ID | 内容 |\n| --- | --- |\n| R-001 | 遅れる |\n' };
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\n部屋は R104-20250119-001 です。\n', 'x.md', risks), []);
  });

  it('take a list of paths for a form of dates', async () => {
    assert.deepEqual(await found('CMP-005', 'design', '# 保存\n\ndate path:\n\n- hourly: YYYY/MM/DD\n'), []);
    assert.deepEqual(await found('CMP-005', 'design', '# 保存\n\n予定:\n\n- 公開: YYYY/MM/DD\n'), ['x.md:5']);
  });

  it('see one cell in a named link, and a format in a table that describes columns', async () => {
    const rows = (row: string) => found('REG-002', 'design', `# 表\n\n| 画面 | 内容 | 状態 |\n| --- | --- | --- |\n${row}\n`);
    assert.deepEqual(await rows('| [[UI-001|一覧]] | [[UI-002|詳細]]を開く | 済み |'), []);
    assert.deepEqual(await rows('| [[UI-001|一覧]] | 開く | 済み | x |'), ['x.md:5']);
    const value = (header: string) => found('CMP-005', 'design', `# 出力\n\n| ${header} | 内容 |\n| --- | --- |\n| 開始日 | YYYY-MM-DD |\n`);
    assert.deepEqual(await value('カラム'), []);
    assert.deepEqual(await value('項目'), ['x.md:5']);
  });

  it('take numbers in a section about numbering for examples', async () => {
    const register = { 'list.md': '---\ntype: requirements\n---\n# 要件\n\n| ID | 要件 |\n| --- | --- |\n| REQ-A01 | 開く |\n' };
    assert.deepEqual(await found('XDC-001', 'guideline', '# 規約\n\n## ID規約\n\n- 要件: `REQ-001`\n', 'x.md', register), []);
    assert.deepEqual(await found('XDC-001', 'guideline', '# 規約\n\n## 範囲\n\n- 要件: `REQ-001`\n', 'x.md', register), ['x.md:5']);
  });

  it('take the first day of the minutes for their own', async () => {
    const minutes = '# 打ち合わせ\n\n**開催日時**: 2026-11-20\n\n## 次の会議\n\n- **日時**: 2026-11-27\n';
    assert.deepEqual(await found('NAM-003', 'minutes', minutes, '2026-11-20_打ち合わせ.md'), []);
    assert.deepEqual(await found('NAM-003', 'minutes', minutes, '2026-11-27_打ち合わせ.md'), ['2026-11-27_打ち合わせ.md:1']);
  });

  it('take a description at the top for an overview', async () => {
    const design = (description: string) => found('CMP-003', 'design', `---\ndescription: ${description}\n---\n# 構成\n\n## 構成\n\n3つの部品。\n`);
    assert.deepEqual(await design('部品の並びとそれぞれの役割を決める'), []);
    assert.deepEqual((await design('部品')).length, 1);
  });

  it('read further names of parts, and one owner with two roles', async () => {
    assert.deepEqual(await found('CMP-003', 'minutes', '# 定例\n\n## Next Action\n\n- 佐藤が費用を出す\n'), []);
    assert.deepEqual(await found('CMP-001', 'guideline', '---\nowner: 佐藤\nstatus: 承認済み\nupdated_date: 2026-11-20\n---\n# 指針\n'), []);
    assert.deepEqual(await found('CMP-008', 'scope-statement', '# 計画\n\n## 非対象\n\n- 性能\n'), []);
    const owned = (owner: string) => found('OWN-001', 'runbook', `---\nowner: ${owner}\n---\n# 手順\n`);
    assert.deepEqual(await owned('佐藤（営業/企画）'), []);
    assert.deepEqual((await owned('佐藤/鈴木（企画）')).length, 1);
  });

  it('see numbers that a log gives in its headings, and whose purpose a heading tells', async () => {
    const log = { 'log.md': '---\ntype: decision-log\n---\n# 判断記録\n\n### D-19-1　受付を止める\n\n二重に登録される。\n' };
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\nD-19-1 と D-19 を読んだ。\n', 'x.md', log), []);
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\nD-20-1 を読んだ。\n', 'x.md', log), ['x.md:3']);
    const about = { 'log.md': '---\ntype: decision-log\n---\n# 判断記録\n\n### D-21 との関係\n\n二重に登録される。\n' };
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\nD-21 を読んだ。\n', 'x.md', about), ['x.md:3']);
    assert.deepEqual(await found('CMP-011', 'minutes', '# Sync 2026-11-20\n\n## Meeting attendees\n\n- Sato\n- Suzuki\n'), []);
    const scope = (heading: string) => found('CMP-008', 'requirements', `# 要件\n\n## ${heading}\n\n- 通知\n`);
    assert.deepEqual(await scope('第1版では実装しない範囲'), []);
    assert.deepEqual((await scope('第1版で実装する範囲')).length, 1);
    assert.deepEqual((await scope('個人情報を含まない画面')).length, 1);
    const plan = (heading: string) => found('CMP-008', 'requirements', `# 要件\n\n## ${heading}\n\n- 画面\n- 通知はスコープ外\n`);
    assert.deepEqual(await plan('プロジェクトスコープ'), []);
    assert.deepEqual((await plan('画面一覧')).length, 1);
  });

  it('see numbers in small letters in the names of files, and marks behind a backslash in anchors', async () => {
    const model = { 'adr-015-model.md': '---\ntype: adr\n---\n# Model\n' };
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\nADR-15 を読んだ。\n', 'x.md', model), []);
    assert.deepEqual(await found('XDC-001', 'minutes', '# 定例\n\nADR-16 を読んだ。\n', 'x.md', model), ['x.md:3']);
    const link = (anchor: string) => found('XDC-002', 'design', `# 構成\n\n[部品](#${anchor})\n\n## 部品 {#parts-(new)}\n`);
    assert.deepEqual(await link('parts-\\(new\\)'), []);
    assert.deepEqual(await link('parts-\\(old\\)'), ['x.md:3']);
  });

  it('leave braces alone that a program fills in, and days that are to be recorded when the time comes', async () => {
    const titles = (said: string) => found('CMP-005', 'design', `# 題名\n\n検索結果は「{{店名}}の一覧」とする。\n\n${said}\n`);
    assert.deepEqual(await titles('※テンプレート部分（`{{ }}`）は応答から動的に埋め込む。'), []);
    assert.deepEqual(await titles('※テンプレートの部分を置き換えてください。'), ['x.md:3']);
    assert.deepEqual(await found('CMP-005', 'runbook', '# 手順\n\n以下の項目を記録する:\n\n1. 発生日時: YYYY-MM-DD HH:MM\n'), []);
  });

  it('read what a section about the document itself says as its head', async () => {
    const head = (title: string) => found('OWN-001', 'design', `# 設計\n\n## 1. ${title}\n\n- **責任者：** 佐藤、鈴木\n`);
    assert.equal((await head('文書情報')).length, 1);
    assert.deepEqual(await head('画面'), []);
  });

  it('follow links to the id of any element, and to lines of another document as long as it has them', async () => {
    const notes = { 'notes.md': '# メモ\n\n1行目\n2行目\n' };
    const link = (target: string) => found('XDC-002', 'design', `# 構成<sup id="a1">[1](${target})</sup>\n\n- <b class="mark" id="f1">1</b> 注\n`, 'x.md', notes);
    for (const target of ['#f1', '#a1', 'notes.md#L3', 'notes.md#L2-L4', 'notes.md#L2-3', 'notes.md#L3C1-L3C2']) assert.deepEqual(await link(target), [], target);
    for (const target of ['#f2', '#mark', 'notes.md#L9', 'notes.md#L0', 'notes.md#Lines']) assert.deepEqual(await link(target), ['x.md:1'], target);
  });

  it('take a title between two lines for no fields', async () => {
    assert.deepEqual(await found('DOC-004', 'design', '---\n補助金の決まり\n---\n\n2017年夏\n'), []);
    assert.deepEqual(await found('DOC-004', 'design', '---\nowner：佐藤\n---\n\n2017年夏\n'), ['x.md:2']);
  });
});
