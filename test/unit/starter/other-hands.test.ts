import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import type { Finding } from '../../../src/core/rules/finding';
import { findingsIn } from './checked';
import { starterBook } from './starter-book';

/** What people who wrote none of the rules put into their documents: what is found there, and what is left in peace. */
describe('documents of other hands', () => {
  let book: Book;
  before(async () => (book = await starterBook()));

  const day = '2026-11-30';

  async function all(files: Readonly<Record<string, string>>, types: Readonly<Record<string, string>> = {}, level = 'L2'): Promise<readonly Finding[]> {
    return findingsIn(new Map(Object.entries(files)), book, day, types, level);
  }

  /** The marked words of the findings of one rule in one document. */
  async function marked(rule: string, type: string, text: string, path = 'docs/x.md'): Promise<readonly string[]> {
    return (await all({ [path]: text }, { [path]: type })).filter((finding) => finding.rule === rule).map(({ span }) => text.slice(span.start, span.end));
  }

  it('say that work of a breakdown and a milestone are overdue when their planned end has passed', async () => {
    const wbs = '# WBS\n\n| WBS番号 | 作業 | 担当 | 開始予定日 | 終了予定日 | 状態 |\n|---|---|---|---|---|---|\n| T-001 | 要件 | 鈴木 | 2026-10-01 | 2026-10-30 | 対応中 |\n| T-002 | 設計 | 鈴木 | 2026-10-01 | 2026-10-30 | 完了 |\n| T-003 | 実装 | 鈴木 | 2026-12-01 | 2026-12-11 | 未着手 |\n';
    assert.deepEqual(await marked('FRS-001', 'wbs', wbs), ['2026-10-30']);
    const milestones = '# 日程\n\n| ID | マイルストーン | 予定日 | 実績日 | 状態 |\n|---|---|---|---|---|\n| M1 | 要件確定 | 2026-11-20 | | 未着手 |\n| M2 | 設計確定 | 2026-12-21 | | 未着手 |\n';
    assert.deepEqual(await marked('FRS-001', 'schedule', milestones), ['2026-11-20']);
  });

  it('ask for a day where only next week is written', async () => {
    const list = '# 課題\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| I-001 | 遅い | 佐藤 | 来週中 | 対応中 |\n| I-002 | 重い | 佐藤 | 来週 | 完了 |\n| I-003 | 暗い | 佐藤 | 来週（12/4） | 対応中 |\n| I-004 | 狭い | 佐藤 | 12月末 | 対応中 |\n';
    assert.deepEqual(await marked('FRS-013', 'issue-log', list), ['来週']);
  });

  it('take the row of sums for nobody\'s work, and check the sum in any table', async () => {
    const wbs = '番号,作業,担当,開始,終了,工数,状態\nT-001,要件,鈴木,2026-12-01,2026-12-04,5,未着手\nT-002,設計,鈴木,2026-12-07,2026-12-11,6,未着手\n合計,,,,,11,\n';
    const budget = 'No,費目,予算,実績\n1,人件費,100,90\n2,委託費,200,210\n合計,,300,300\n';
    const found = (await all({ 'a.csv': wbs, 'b.csv': budget }, { 'a.csv': 'wbs', 'b.csv': 'budget' })).map(({ rule }) => rule);
    for (const rule of ['REG-003', 'REG-004', 'REG-005', 'OWN-001', 'NUM-001']) assert.ok(!found.includes(rule), rule);
    assert.deepEqual(await marked('NUM-001', 'wbs', wbs.replace(',11,', ',12,'), 'docs/a.csv'), ['12']);
    assert.deepEqual(await marked('NUM-001', 'test-report', '# 報告\n\n| 週 | 件数 |\n|---|---|\n| 10月第4週 | 41 |\n| 10月第5週 | 43 |\n| 合計 | 80 |\n'), ['80']);
  });

  it('know the number a document has itself', async () => {
    const register = { 'docs/p.md': '# 振り返り INC-001\n\n番号：INC-001\n' };
    const unknown = async (text: string): Promise<readonly string[]> =>
      (await all({ ...register, 'docs/x.md': text }, { 'docs/p.md': 'postmortem', 'docs/x.md': 'incident-report' })).filter(({ rule, path }) => rule === 'XDC-001' && path === 'docs/x.md').map(({ span }) => text.slice(span.start, span.end));
    assert.deepEqual(await unknown('# 入場記録の遅れ（INC-003）\n\nINC-003 の続報です。\n'), []);
    assert.deepEqual(await unknown('# 入場記録の遅れ\n\n障害番号：INC-003\n'), []);
    assert.deepEqual(await unknown('# 入場記録の遅れ\n\n| 項目 | 内容 |\n|---|---|\n| 番号 | INC-003 |\n'), []);
    assert.deepEqual(await unknown('# 入場記録の遅れ\n\n関連番号：INC-003\n'), ['INC-003']);
    assert.deepEqual(await unknown('# 入場記録の遅れ\n\n原因は INC-003 と同じです。\n'), ['INC-003']);
    assert.deepEqual(await unknown('# 入場記録の遅れ\n\n- INC-003 (pending): 続報\n'), []);
  });

  it('ask no table by itself for sections or fields, and read the keys of YAML as both', async () => {
    const csv = '要望番号,要望,必須度,受け入れ条件,状況\nREQ-101,定型文を入れたい,推奨,20件まで登録できる,合意\n';
    const asked = ['CMP-001', 'CMP-003', 'CMP-008', 'CMP-017', 'SEC-008', 'CMP-007'];
    assert.deepEqual((await all({ 'a.csv': csv }, { 'a.csv': 'requirements' })).map(({ rule }) => rule).filter((rule) => asked.includes(rule)), []);
    const yaml = 'type: slo\ntitle: 目標\nowner: 佐藤\nstatus: 承認済み\nupdated: 2026-11-20\n対象: 予約API（5:00から22:00まで）\n指標:\n  - 可用性は、成功した要求を全部の要求で割った値\n目標値:\n  - ID: S1\n    目標: 99.5%\n    期間: 暦月\n    測定元: 記録\n測定: 記録から毎時\n報告: 毎月5日に堀内が送る。\n未達時の対応: 止めて直す。\n';
    const missing = async (text: string): Promise<readonly string[]> => (await all({ 'a.yaml': text })).filter(({ rule }) => rule === 'CMP-003' || rule === 'CMP-007').map(({ message }) => message);
    assert.deepEqual(await missing(yaml), []);
    assert.match((await missing(yaml.replace(/報告: .*\n/u, '')))[0] ?? '', /「報告」がありません/u);
  });

  it('read people and days from attribute tables and from bold names without a colon', async () => {
    const end = '\n## 決定事項\n\n- なし\n';
    const asked = async (head: string): Promise<readonly string[]> => (await all({ 'docs/x.md': `${head}${end}` }, { 'docs/x.md': 'minutes' })).map(({ rule }) => rule).filter((rule) => rule === 'CMP-011' || rule === 'REG-001');
    assert.deepEqual(await asked('定例会\n======\n\n| 項目 | 内容 |\n|---|---|\n| 開催日 | 令和8年11月24日（火） |\n| 参加者 | 佐藤、小川 |\n'), []);
    assert.deepEqual(await asked('**会議名** 設計の会\n**開催日** 2026-11-19（木）\n**出席** 西村、浜田\n\n# 設計の会\n'), []);
    assert.deepEqual(await asked('# 定例会\n\n**開催日** は 2026-11-19 です。\n'), ['CMP-011']);
  });

  it('know a section by what its document is about, without の, and two that share their last word', async () => {
    const plan = (headings: readonly string[]) => `# 移行計画書\n\n${headings.map((heading) => `## ${heading}\n\n決めたとおりにします。\n`).join('\n')}`;
    const missing = async (type: string, text: string): Promise<string> => (await all({ 'docs/x.md': text }, { 'docs/x.md': type })).filter(({ rule }) => rule === 'CMP-003' || rule === 'CMP-017').map(({ message }) => message).join('');
    const named = ['1. 移行の対象', '2. 移行の方式', '3. 移行手順', '4. 移行リハーサル', '5. 移行の検証', '6. 切り戻し', '7. 移行の体制', '8. 移行スケジュール'];
    assert.equal(await missing('migration-plan', plan(named)), '');
    assert.match(await missing('migration-plan', plan(named.filter((name) => !name.includes('検証')))), /「検証」がありません/u);
    assert.doesNotMatch(await missing('test-plan', '# 計画\n\n## 開始・終了基準\n\n合格です。\n'), /終了基準/u);
  });

  it('know the weekday of a day near the document\'s own, and one in front of an English date', async () => {
    const report = (words: string, from = '2026-11-16') => `# 週報\n\n対象期間：${from}〜\n\n## 総括\n\n${words}\n`;
    // 8 December is a Tuesday in 2026 and a Wednesday in 2027; 23 September a Wednesday and a Thursday.
    assert.deepEqual(await marked('FRS-004', 'status-report', report('渡辺が12/8（水）までに終える。'), 'docs/2026-11-20_週報.md'), ['水']);
    assert.deepEqual(await marked('FRS-004', 'status-report', report('渡辺が12/8（火）までに終える。'), 'docs/2026-11-20_週報.md'), []);
    assert.deepEqual(await marked('FRS-004', 'status-report', report('会場は9/23（木）から借りる。', '2026-05-16'), 'docs/2026-05-20_週報.md'), []);
    assert.deepEqual(await marked('FRS-004', 'minutes', '# Meeting\n\nNext: Thursday, December 18, 2026, 10:00\n'), ['Thursday']);
    assert.deepEqual(await marked('FRS-004', 'minutes', '# Meeting\n\nNext: Friday, December 18, 2026, 10:00. On Thu 17 December 2026 the draft is sent.\n'), []);
  });

  it('see a comma too many in a CSV row, and none in the tags of a site', async () => {
    const list = (row: string) => `番号,課題,担当,期限,状態\nI-001,遅い,佐藤,2026-12-04,対応中\n${row}\nI-003,暗い,佐藤,2026-12-04,対応中\n`;
    assert.deepEqual(await marked('REG-002', 'issue-log', list('I-002,重い,佐藤,2026-12-04,対応中,'), 'docs/a.csv'), []);
    assert.equal((await marked('REG-002', 'issue-log', list('I-002,重い、狭い,と暗い,佐藤,2026-12-04,'), 'docs/a.csv')).length, 1);
    const page = (cell: string) => `# 規約\n\n| ページ | 内容 |\n|---|---|\n| ${cell} | 目的 |\n| [b](b.md) | 範囲 |\n`;
    assert.deepEqual(await marked('REG-002', 'guideline', page("[a]({{ '/a' | relative_url }})")), []);
    assert.equal((await marked('REG-002', 'guideline', page('a | b'))).length, 1);
  });

  it('see no key where the line behind its name is empty', async () => {
    const lines = (value: string) => `# 手順\n\nAWS_SECRET_ACCESS_KEY=${value}\nAWS_REGION=ap-northeast-1-local-zone-a7Qz\n`;
    assert.deepEqual(await marked('SEC-001', 'runbook', lines('')), []);
    assert.equal((await marked('SEC-001', 'runbook', lines('q8Zt4kPn2WxR7vBm3LdY6sHc9JfG5aEt'))).length, 1);
  });

  it('take several people and everybody of a team for no owner', async () => {
    const list = (owner: string) => `# 課題\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| I-001 | 遅い | ${owner} | 2026-12-04 | 対応中 |\n`;
    for (const owner of ['三浦 or 永井', '三浦または永井', '教育課と各SV']) assert.deepEqual(await marked('OWN-001', 'issue-log', list(owner)), [owner]);
    for (const owner of ['開発課の全員', '窓口全体', '関係者全員']) assert.equal((await marked('OWN-002', 'issue-log', list(owner))).length, 1, owner);
    for (const owner of ['三浦', '開発課', 'Oreste']) assert.deepEqual([...(await marked('OWN-001', 'issue-log', list(owner))), ...(await marked('OWN-002', 'issue-log', list(owner)))], [], owner);
    const raci = (second: string) => `# 体制\n\n| Task | Responsible | ${second} | Status |\n|---|---|---|---|\n| Build | Sato, Suzuki | Kato | open |\n`;
    assert.deepEqual(await marked('OWN-001', 'design', raci('Accountable')), []);
    assert.deepEqual(await marked('OWN-001', 'design', raci('Reviewer')), ['Sato, Suzuki']);
  });

  it('use the words of the product\'s own glossary', async () => {
    const text = '# 手順\n\n夜間窓口のオペレータが守る。\n';
    const hits = async (header: string): Promise<readonly string[]> =>
      (await all({ 'docs/words.csv': `用語,意味,${header}\nオペレーター,応対をする人,オペレータ\n`, 'docs/x.md': text }, { 'docs/words.csv': 'glossary', 'docs/x.md': 'guideline' }, 'L3')).filter(({ rule }) => rule === 'XDC-010').map(({ message }) => message);
    assert.deepEqual(await hits('使わない言い方'), ['「オペレータ」は「オペレーター」と書きます。']);
    assert.deepEqual(await hits('別名'), []);
  });

  it('read the status of work from its progress where no column tells it', async () => {
    const wbs = (rows: readonly string[]) => `WBS番号,作業名,担当,予定開始日,予定終了日,実績終了日,進捗率(%)\n${rows.join('\n')}\n`;
    const text = wbs(['1.0,設計,佐藤,2026/08/01,2026/10/30,2026/10/30,100', '2.0,製造,田村,2026/09/14,2026/10/30,,85', '2.1,登録,木下,2026/09/14,2026/12/11,,10']);
    assert.deepEqual(await marked('FRS-001', 'wbs', text, 'docs/a.csv'), ['2026/10/30']);
    assert.deepEqual([...(await marked('REG-001', 'wbs', text, 'docs/a.csv')), ...(await marked('REG-005', 'wbs', text, 'docs/a.csv'))], []);
  });

  it('add up the parts of work once, and only where they agree with what they are parts of', async () => {
    const wbs = (parts: readonly string[], total: string) => `WBS番号,作業名,担当,工数\n1.0,設計,佐藤,40\n2.0,製造,田村,55\n2.1,登録,木下,${parts[0] ?? ''}\n2.2,照合,林,${parts[1] ?? ''}\n合計,,,${total}\n`;
    assert.deepEqual(await marked('NUM-001', 'wbs', wbs(['25', '30'], '95'), 'docs/a.csv'), []);
    assert.deepEqual(await marked('NUM-001', 'wbs', wbs(['25', '30'], '150'), 'docs/a.csv'), []);
    assert.deepEqual(await marked('NUM-001', 'wbs', wbs(['25', '30'], '120'), 'docs/a.csv'), ['120']);
    assert.deepEqual(await marked('NUM-001', 'wbs', wbs(['25', '20'], '120'), 'docs/a.csv'), [], 'nobody can tell which of them is wrong');
    const finding = (await all({ 'a.csv': wbs(['25', '30'], '120') }, { 'a.csv': 'wbs' })).find(({ rule }) => rule === 'NUM-001');
    assert.match(finding?.message ?? '', /合計は95のはず/u);
  });

  it('leave numbers of a form of their own, and take なし for no response to a high risk', async () => {
    const list = (response: string) => `# リスク\n\n| ID | リスク | 確率 | 影響 | 対応策 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|---|---|---|\n| R01 | 遅れる | 高 | 高 | ${response} | 佐藤 | 2026-12-11 | 対応中 |\n| R02 | 漏れる | 低 | 低 | 鍵を替える | 佐藤 | 2026-12-11 | 対応中 |\n`;
    assert.deepEqual(await marked('REG-005', 'risk-register', list('予備を用意する')), []);
    assert.deepEqual(await marked('REG-013', 'risk-register', list('予備を用意する')), []);
    assert.deepEqual(await marked('REG-013', 'risk-register', list('なし')), ['なし']);
  });

  it('ask for no section that the title of the document is about', async () => {
    const plan = (title: string) => `# ${title}\n\n| ID | マイルストーン | 予定日 | 状態 |\n|---|---|---|---|\n| M1 | 要件確定 | 2026-12-21 | 未着手 |\n`;
    const asked = async (title: string): Promise<string> => (await all({ 'docs/x.md': plan(title) }, { 'docs/x.md': 'schedule' })).filter(({ rule }) => rule === 'CMP-003').map(({ message }) => message).join('');
    assert.doesNotMatch(await asked('マイルストーン表'), /「マイルストーン/u);
    assert.match(await asked('全体の日程'), /マイルストーン/u);
  });
});
