import assert from 'node:assert/strict';
import { loadBook } from '../../../src/core/book/load';
import { readDocument } from '../../../src/core/document/read';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import { proposeSetup } from '../../../src/core/product/setup';
import type { Book } from '../../../src/core/book/book';
import { filesBelow, memoryFolder } from '../book/folders';

/**
 * Documents as teams write them before they know this Book: their own file names, folders, numbers, headings and cover
 * lines. What is only written differently must be understood; what is left out must be found.
 */
const files = filesBelow('test/fixtures/grown');

function project(book: Book, level: string): Project {
  const koboText = files.get('kobo.yaml') ?? '';
  const made = new Project({
    book, settings: { ...readKoboFile(koboText).settings, level }, koboText, files: [...files.keys()], editorRules: {}, clock: () => 0, now: () => 0,
    history: undefined, today: '2026-11-24',
  });
  for (const path of made.wanted()) made.put(path, files.get(path) ?? '');
  return made;
}

async function said(book: Book, level: string): Promise<readonly string[]> {
  const { findings } = await project(book, level).reportAll();
  return findings.map(({ rule, path, range }) => `${path.slice(path.lastIndexOf('/') + 1)}:${String(range.start.line + 1)} ${rule}`);
}

describe('documents as teams wrote them', function () {
  this.timeout(60_000);
  let book: Book;

  before(async () => {
    book = await loadBook(memoryFolder(filesBelow('templates', (path) => !path.startsWith('samples/')), 'mem:/templates'), { starter: undefined });
  });

  it('are recognised, in the phase whose own documents are there', () => {
    const documents = [...files].filter(([path]) => path !== 'kobo.yaml').map(([path, text]) => readDocument(path, text));
    const listing = [...files].map(([path, text]) => ({ path, size: text.length }));
    const proposal = proposeSetup(listing, documents, book, { folderName: 'p' });
    const types = new Map(proposal.lines.filter((line) => line.ticked).flatMap((line) => line.files.map((file) => [file, line.type])));
    assert.deepEqual(Object.fromEntries(types), {
      'リリース/リリース判定チェックリスト.md': 'release-checklist', '報告/月次報告_2026年10月.md': 'status-report', '報告/週報_20261113.md': 'status-report',
      '管理表/リスク管理表.md': 'risk-register', '管理表/課題管理表.csv': 'issue-log', '要件/要件定義書.md': 'requirements', '計画/WBS.csv': 'wbs',
      '計画/プロジェクト計画書.md': 'project-plan', '計画/変更管理表.md': 'change-log', '設計/基本設計書.md': 'design',
      '保守/risks.yaml': 'risk-register', '保守/課題管理表.csv': 'issue-log', '保守/議事録_20261117.md': 'minutes', '保守/進捗報告.md': 'status-report',
      '保守/運用手順書.md': 'runbook', '議事録/2026-11-10_定例会議.md': 'minutes', '障害/20261105_受注登録エラー.md': 'postmortem',
    });
    assert.equal(proposal.phase?.value, 'release');
    const early = documents.filter((document) => !/リリース|手順書/u.test(document.path));
    assert.equal(proposeSetup(listing, early, book, { folderName: 'p' }).phase?.value, 'kaihatsu');
  });

  it('give at the first level what is left out, and nothing for what is written in another way', async () => {
    assert.deepEqual(await said(book, 'L1'), [
      'risks.yaml:3 CMP-001', 'risks.yaml:10 FRS-001', 'risks.yaml:18 REG-021', '課題管理表.csv:7 FRS-001', '課題管理表.csv:8 OWN-001', '課題管理表.csv:8 FRS-001',
      '運用手順書.md:1 CMP-001', 'リスク管理表.md:7 FRS-001', 'リスク管理表.md:9 OWN-001',
      '課題管理表.csv:3 FRS-001', '課題管理表.csv:4 OWN-001', '課題管理表.csv:4 FRS-001', '課題管理表.csv:5 REG-004', '課題管理表.csv:6 REG-004', '課題管理表.csv:6 REG-009',
      '要件定義書.md:10 APR-001', 'WBS.csv:7 FRS-001', '変更管理表.md:1 CMP-001', '基本設計書.md:17 XDC-002',
      '2026-11-10_定例会議.md:14 FRS-001', '2026-11-10_定例会議.md:29 FRS-001', '2026-11-10_定例会議.md:30 REG-021', '2026-11-10_定例会議.md:31 FRS-001',
      '20261105_受注登録エラー.md:29 OWN-002',
    ]);
  });

  it('give no more than that about names, places and numbers at the highest level', async () => {
    const more = (await said(book, 'L3')).filter((line) => /NAM-00[12]|REG-00[135]/u.test(line));
    assert.deepEqual(more, []);
  });

  it('name the other places of a number shortly', async () => {
    const { findings } = await project(book, 'L1').reportAll();
    assert.deepEqual(findings.filter(({ rule }) => rule === 'REG-004').map(({ message }) => message), [
      '「4」は管理表/課題管理表.csv:6でも使われています。番号を付け直してください。', '「4」は管理表/課題管理表.csv:5でも使われています。番号を付け直してください。',
    ]);
  });
});
