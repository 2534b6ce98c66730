import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import type { Finding } from '../../../src/core/rules/finding';
import { applied } from '../rules/apply';
import { starterBook } from '../starter/starter-book';

const kobo = 'level: L2\nlanguage: ja\ndocuments: { "docs/minutes/**": minutes, "docs/plan.md": migration-plan, "docs/issues.md": issue-log, "docs/scope.md": requirements }\n';
const minutes = 'docs/minutes/2026-11-20_定例.md';

describe('what a document calls by a name of its own', () => {
  let book: Book;
  before(async () => (book = await starterBook()));

  async function findings(path: string, text: string, rule: string, koboText = kobo): Promise<readonly Finding[]> {
    const project = new Project({ book, settings: readKoboFile(koboText).settings, koboText, files: [path], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
    project.put(path, text);
    return ((await project.report(path, { network: true }))?.findings ?? []).filter((finding) => finding.rule === rule);
  }

  const ours = '---\ntype: minutes\n---\n# 定例 2026-11-20\n\n日時：2026-11-20\n出席メンバー：佐藤、鈴木\n\n## 決定事項\nなし\n\n## 宿題\nなし\n';

  it('is a question, which names it; what resembles nothing is a warning as before', async () => {
    const [finding] = await findings(minutes, ours, 'CMP-011');
    assert.equal(finding?.severity, 'info');
    assert.match(finding.message, /^議事録に「参加者」がありません。.*「出席メンバー」が「参加者」のことなら、名前をそろえるか、kobo\.yaml に別名として書いてください。$/u);
    const [other] = await findings(minutes, ours.replace('出席メンバー', '場所'), 'CMP-011');
    assert.equal(other?.severity, 'warning');
    assert.doesNotMatch(other.message, /のことなら/u);
    assert.equal(other.fixes.length, 1);
    const english = await findings(minutes, '# Weekly 2026-11-20\n\nWho attended: Sato, Suzuki\n\n## Decisions\nNone\n', 'CMP-011', kobo.replace('language: ja', 'language: en'));
    assert.match(english[0]?.message ?? '', / If "Who attended" is what is meant by Attendees, use that name, or give it as an alias in kobo\.yaml\.$/u);
  });

  it('is renamed, or told to kobo.yaml, by a fix that takes the finding away', async () => {
    const [finding] = await findings(minutes, ours, 'CMP-011');
    const rename = finding?.fixes.find((fix) => fix.title === '「出席メンバー」を「参加者」に変える');
    assert.ok(rename !== undefined && !rename.safe);
    const renamed = applied(ours, rename);
    assert.ok(renamed.includes('\n参加者：佐藤、鈴木\n'));
    assert.deepEqual(await findings(minutes, renamed, 'CMP-011'), []);
    const alias = finding?.fixes.find((fix) => fix.title === '「出席メンバー」をこのプロダクトでの「参加者」の別名にする');
    assert.ok(alias !== undefined && !alias.safe);
    assert.deepEqual(alias.edits.map((edit) => edit.path), ['kobo.yaml']);
    const after = applied(kobo, { ...alias, edits: alias.edits.map((edit) => ({ ...edit, path: undefined })) });
    assert.deepEqual(await findings(minutes, ours, 'CMP-011', after), []);
  });

  it('is no name to change where the field would stand too far down under any', async () => {
    const spec = '---\ntype: requirements\ntitle: 仕様\nowner: 佐藤\nupdated: 2026-11-20\n---\n# 仕様\n\n## 画面\n\n- ステータスチップ：緑は有効、灰は無効\n';
    const [finding] = await findings('docs/requirements.md', spec, 'CMP-001');
    assert.match(finding?.message ?? '', /下のほうの「ステータスチップ」がそれなら、冒頭に移してください。$/u);
    assert.ok(finding?.fixes.every((fix) => !fix.title.includes('ステータスチップ')));
  });

  it('may be a heading or a column', async () => {
    const plan = (heading: string) => `---\ntype: migration-plan\n---\n# 会員データの移行\n\n## 対象\n会員\n\n## 手順\n1. 止める\n\n## ${heading}\n- 10:30までに終わらない場合は戻す。\n`;
    const [heading] = await findings('docs/plan.md', plan('ロールバックの条件と手順'), 'CMP-016');
    assert.equal(heading?.severity, 'info');
    // It holds the steps too: neither a new name nor an alias would leave these.
    assert.match(heading.message, /「ロールバックの条件と手順」に書いてあるなら、見出しを分けてください。$/u);
    assert.equal(heading.fixes.length, 1);
    const [numbered] = await findings('docs/plan.md', plan('6. ロールバックプラン'), 'CMP-016');
    assert.ok(numbered !== undefined);
    assert.match(applied(plan('6. ロールバックプラン'), numbered.fixes[1] ?? { title: '', edits: [], safe: false, preferred: false, create: undefined, ask: undefined }), /## 6\. 切り戻し\n/u);
    const [none] = await findings('docs/plan.md', plan('連絡'), 'CMP-016');
    assert.equal(none?.severity, 'error');
    const table = (column: string) => `---\ntype: issue-log\n---\n# 課題\n\n| ID | 課題 | ${column} | 期限 | 状態 |\n|---|---|---|---|---|\n| I-001 | 遅い | 佐藤 | 2026-12-01 | 対応中 |\n`;
    const [column] = await findings('docs/issues.md', table('部署の担当'), 'REG-001');
    assert.equal(column?.severity, 'info');
    assert.match(column.message, /「部署の担当」が「担当」のことなら/u);
    assert.equal((await findings('docs/issues.md', table('備考'), 'REG-001'))[0]?.severity, 'warning');
  });

  it('is not what belongs to another part, nor the subject of the document, nor a long sentence', async () => {
    const requirements = (heading: string) => `---\ntype: requirements\n---\n# 要件\n\n## スコープ\n会員の登録\n\n## 機能要件\n登録する\n\n## 非機能要件\n3秒\n\n## ${heading}\n会員\n`;
    for (const heading of ['スコープの決め方', '目的', '要件の一覧']) assert.doesNotMatch((await findings('docs/scope.md', requirements(heading), 'CMP-008'))[0]?.message ?? 'のことなら', /のことなら/u, heading);
    assert.equal((await findings('docs/scope.md', requirements('今回の対象外'), 'CMP-008')).length, 0);
    const [finding] = await findings(minutes, ours.replace('出席メンバー：佐藤、鈴木', '来月から参加者が増えるので会議室の大きさを考え直す件：後日'), 'CMP-011');
    assert.equal(finding?.severity, 'warning');
  });

  it('is told to move where it has the right name in a place where nobody looks', async () => {
    const text = '---\ntype: project-plan\ntitle: 計画\nstatus: 承認済み\nupdated: 2026-11-20\n---\n# 計画\n\n## 連絡\n\n責任者：佐藤\n';
    const [finding] = await findings('docs/x.md', text, 'CMP-001');
    assert.equal(finding?.severity, 'info');
    assert.match(finding.message, /下のほうの「責任者」がそれなら、冒頭に移してください。$/u);
    assert.equal(finding.fixes.length, 1);
  });

  it('comes from aliases of kobo.yaml, which win over names of the Book for another part', async () => {
    assert.deepEqual(await findings(minutes, ours, 'CMP-011', `${kobo}aliases: { minutes: { attendees: 出席メンバー } }\n`), []);
    const taken = '# 定例 2026-11-20\n\n日時：2026-11-20\n担当：佐藤、鈴木\n\n## 決定事項\nなし\n';
    assert.equal((await findings(minutes, taken, 'CMP-011')).length, 1);
    assert.deepEqual(await findings(minutes, taken, 'CMP-011', `${kobo}aliases: { minutes: { attendees: [担当] } }\n`), []);
  });
});
