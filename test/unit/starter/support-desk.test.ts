import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { readDocument } from '../../../src/core/document/read';
import { guessPhase } from '../../../src/core/product/guess-phase';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import { recognise } from '../../../src/core/product/recognise';
import { proposeSetup, type SetupProposal } from '../../../src/core/product/setup';
import { defaultChoices, renderKoboFile } from '../../../src/core/product/setup-file';
import { starterBook } from './starter-book';

/** The folder of a support desk, with the names such files have there. */
const folder = new Map<string, string>([
  ['引継書.md', '# 引継書（受付システム）\n\n作成：三浦\n\n## 1. 担当していた仕事\n\n| 仕事 | 頻度 |\n|---|---|\n| 週次定例 | 毎週 |\n'],
  ['FAQ.md', '# よくある質問（FAQ）\n\n## Q1. ログインできません\nパスワードの再発行をご案内ください。\n'],
  ['リリース手順と判定チェックリスト.md', '# リリース手順と判定チェックリスト（1.4.2）\n\n## 判定チェックリスト\n\n- [x] 試験が終わっている\n'],
  ['要望一覧.md', '# 要望一覧\n\n| 番号 | 受付 | 要望 | 依頼元 | 優先 | 状況 |\n|---|---|---|---|---|---|\n| Y-01 | 2026-04-20 | スマホで見たい | 山本商事 | 中 | 検討中 |\n'],
  ['問い合わせ管理表.csv', 'No,受付日,件名,担当,回答期限,状況\n101,2026/10/05,ログインできない,佐々木,2026/10/06,完了\n'],
  ['連絡体制図.md', '# 連絡体制図\n\n障害のときは上から順に電話する。\n'],
  ['月次報告_2026年10月.md', '# 月次報告（2026年10月）\n\n## 要約\n順調です。\n'],
  ['手順書/再起動手順書_v2.md', '# 受付サーバー 再起動手順書\n\n## 準備\n- 連絡する\n'],
  ['手順書/月次バッチ.md', '# 月次の集計\n\n毎月1日の朝に行う。\n'],
  ['障害/20260915_受付画面停止_障害報告.md', '# 受付画面が開けない\n\n## 経過\n- 9:12 開けない\n'],
  ['障害/【ご報告】メール遅延について.md', 'From: 三浦\nTo: 上田部長\nSubject: 【ご報告】メール遅延について\n\n昨日のメール遅延についてご報告します。\n'],
]);

describe('the folder of a support desk', () => {
  let book: Book;
  before(async () => (book = await starterBook()));

  const propose = (files: ReadonlyMap<string, string> = folder): SetupProposal =>
    proposeSetup([...files].map(([path, text]) => ({ path, size: text.length })), [...files].map(([path, text]) => readDocument(path, text)), book, { folderName: 'uketsuke' });
  const ticked = (proposal: SetupProposal) => Object.fromEntries(proposal.lines.filter((line) => line.ticked).map((line) => [line.pattern, line.type]));

  it('is known by the names people use, where a name says the kind plainly', () => {
    assert.deepEqual(ticked(propose()), {
      '引継書.md': 'ops-handover', 'リリース手順と判定チェックリスト.md': 'release-checklist', '要望一覧.md': 'requirements', '問い合わせ管理表.csv': 'issue-log',
      '連絡体制図.md': 'raci', '月次報告_2026年10月.md': 'status-report', '手順書/**': 'runbook', '障害/20260915_受付画面停止_障害報告.md': 'incident-report',
    });
  });

  it('names the documents of unknown kind, in the file as comments that wait for a type', () => {
    const notes = ['1', '2', '3', '4'].map((n): [string, string] => [`メモ/${n}.md`, '# x\n']);
    const files = new Map([...folder, ...notes, ['.github/x.md', '# x\n'], ['README.md', '# x\n'], ['ci.yaml', 'a: 1\n'], ['kobo-book/book.yaml', 'id: x\n'], ['kobo-book/pages/a.md', '# x\n']]);
    const proposal = propose(files);
    assert.deepEqual(proposal.unknown, ['FAQ.md', 'メモ/1.md', 'メモ/2.md', 'メモ/3.md', 'メモ/4.md', '障害/【ご報告】メール遅延について.md']);
    const text = renderKoboFile(proposal, defaultChoices(proposal), book);
    const waiting = text.split('\n').filter((line) => line.startsWith('#  ') && line.includes(': none')).map((line) => line.slice(1));
    assert.deepEqual(waiting, ['  "FAQ.md": none', '  "メモ/*": none  # 4 件', '  "障害/【ご報告】メール遅延について.md": none']);
    // Without its mark such a line is one of documents:.
    const { settings, problems } = readKoboFile(text.replace('#  "FAQ.md": none', '  "FAQ.md": lessons'));
    assert.deepEqual([problems, settings.documents.at(-1)?.pattern, settings.documents.at(-1)?.type], [[], 'FAQ.md', 'lessons']);
  });

  it('tells which documents are not checked, but not of those that are left out on purpose', async () => {
    const untyped = async (koboText: string): Promise<readonly string[]> => {
      const files = [...folder, ['README.md', '# x\n'], ['表/a.yaml', 'a: 1\n']] as const;
      const project = new Project({ book, settings: readKoboFile(koboText).settings, koboText, files: files.map(([path]) => path), editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
      for (const [path, text] of files) project.put(path, text);
      return (await project.reportAll()).documents.filter((report) => report.untyped).map((report) => report.path);
    };
    const proposal = propose();
    const koboText = renderKoboFile(proposal, defaultChoices(proposal), book);
    assert.deepEqual(await untyped(koboText), ['FAQ.md', '障害/【ご報告】メール遅延について.md']);
    assert.deepEqual(await untyped(koboText.replace('#  "FAQ.md": none', '  "FAQ.md": none')), ['障害/【ご報告】メール遅延について.md']);
  });

  it('is in operation: incidents and runbooks say so, a status report says nothing', () => {
    assert.deepEqual(propose().phase, { value: 'unyo', evidence: '運用手順書、障害報告があるため' });
    const phaseOf = (...types: readonly string[]) => guessPhase(new Set(types), book)?.phase;
    assert.equal(phaseOf('status-report', 'minutes', 'issue-log', 'glossary'), undefined);
    assert.equal(phaseOf('runbook'), 'unyo');
    assert.equal(phaseOf('slo', 'runbook', 'requirements', 'issue-log'), 'unyo');
    // What is being made has its plans and designs, whatever has happened to the version before.
    assert.equal(phaseOf('project-plan', 'wbs', 'requirements', 'design', 'runbook', 'postmortem'), 'test');
    assert.equal(phaseOf('requirements', 'project-plan', 'change-log', 'postmortem'), 'kaihatsu');
    assert.equal(phaseOf('runbook', 'incident-report', 'project-closure'), 'shuryo');
  });

  it('is asked about in each file that its folder or name tells the kind of', () => {
    for (const [path, type] of [['手順書/月次バッチ.md', 'runbook'], ['手順書/再起動手順書_v2.md', 'runbook'], ['docs/画面設計書.md', 'design'], ['a/引継書（最新版）.md', 'ops-handover']] as const) {
      const found = recognise(readDocument(path, folder.get(path) ?? '# 何か\n\n文。\n'), book, undefined);
      assert.deepEqual([found.by, found.by === 'guess' && found.type], ['guess', type], path);
    }
  });

  it('is asked about where nothing could be written into the file: a table gets its line for kobo.yaml', async () => {
    const path = '問い合わせ管理表.csv';
    const koboText = 'product: { id: p, name: p }\nlanguage: ja\n';
    const project = new Project({ book, settings: readKoboFile(koboText).settings, koboText, files: [path, '手順書/月次バッチ.md'], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
    for (const each of [path, '手順書/月次バッチ.md']) project.put(each, folder.get(each) ?? '');
    const hints = async (each: string) => (await project.report(each, { network: true }))?.findings.map(({ rule, severity, message, fixes }) => [rule, severity, message, fixes.length]);
    assert.deepEqual(await hints(path), [['DOC-005', 'hint', 'この文書を「課題管理表」として確かめますか。kobo.yaml の documents に「"問い合わせ管理表.csv": issue-log」と足してください。', 0]]);
    assert.deepEqual(await hints('手順書/月次バッチ.md'), [['DOC-005', 'hint', 'この文書を「運用手順書」として確かめますか。', 1]]);
  });

  it('is not guessed at by what only begins so, has another kind\'s name at its end, or is a word for other things too', () => {
    const typeOf = (path: string): string | undefined => ticked(propose(new Map([[path, '# 何か\n\n文。\n']])))[path];
    assert.equal(typeOf('手順書/リリース手順書.md'), 'release-plan');
    for (const path of ['議事録の書き方.md', '引継書のひな形.md', '事業計画書.md', 'design.md', '設計書/ロゴ案のプロンプト.md', '画面/課題一覧画面.md', 'policy/a.md']) assert.equal(typeOf(path), undefined, path);
  });
});
