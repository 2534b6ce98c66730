import assert from 'node:assert/strict';
import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkBookCommand } from '../../../src/cli/book-check';
import { loadBook } from '../../../src/core/book/load';
import { packBook } from '../../../src/core/book/pack';
import { memoryFolder } from '../book/folders';

const files = new Map([
  ['book.yaml', 'format: 1\nid: hoshi\nname: ほしブック\nextends: starter\n'],
  ['pages/index.md', '---\ntitle: 入口\nowner: 全社PMO\nreviewed: 2026-11-01\nreview_cycle: 90d\n---\n# 入口\n\n- [ここ](nowhere.md)\n'],
  ['types/memo.yaml', '# 覚え書き\ntype: memo\ntitle: 覚え書き\ntemplate: memo\n'],
]);
const starter = packBook(new Map([['book.yaml', 'format: 1\nid: starter\nname: 付属\n'], ['pages/index.md', '# 付属の入口\n']]));

describe('kobo book check', () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'kobo-book-'));
    for (const [path, text] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
  });

  after(() => rm(folder, { recursive: true, force: true }));

  async function run(asJson: boolean, today: string, language: 'ja' | 'en' = 'ja') {
    const book = await loadBook(memoryFolder(files), { starter });
    let out = '';
    let err = '';
    const io = { cwd: folder, out: (text: string) => void (out += text), err: (text: string) => void (err += text), now: () => 0, clock: () => 0, cacheFolder: '', colour: false, language };
    const status = await checkBookCommand(book, folder, today, asJson, io);
    return { status, out, err };
  }

  it('prints path, line, severity, sentence and code, then what is replaced', async () => {
    const { status, out, err } = await run(false, '2026-11-24');
    assert.equal(status, 1);
    assert.deepEqual(out.trimEnd().split('\n'), [
      'pages/index.md:9: warning: リンク先「nowhere.md」のページがありません。場所を直すか、リンクを外してください。 (book.dead-link)',
      'types/memo.yaml:2: warning: 「memo」というテンプレートはありません。 (book.unknown-template)',
      'page pages/index.md: pages/index.md → starter/pages/index.md',
    ]);
    assert.match(err, /ページ 1 .* 2 件/u);
    assert.match((await run(false, '2026-11-24', 'en')).out, /There is no page "nowhere\.md"/u);
  });

  it('gives the same as JSON, with late reviews as information', async () => {
    const { status, out } = await run(true, '2027-03-01');
    const { problems, replacements, summary } = JSON.parse(out) as {
      problems: { code: string; range: unknown; message: string; message_en: string }[]; replacements: unknown; summary: Record<string, number>;
    };
    assert.equal(status, 1);
    assert.deepEqual(problems.map(({ code, range }) => [code, range]), [
      ['book.review-overdue', { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }],
      ['book.dead-link', { start: { line: 8, character: 7 }, end: { line: 8, character: 17 } }],
      ['book.unknown-template', { start: { line: 1, character: 6 }, end: { line: 1, character: 10 } }],
    ]);
    for (const { message, message_en: english } of problems) assert.ok(message !== '' && english !== '' && message !== english);
    assert.deepEqual(replacements, [{ kind: 'page', id: 'pages/index.md', path: 'pages/index.md', replaced: { book: 'starter', path: 'pages/index.md' } }]);
    assert.deepEqual([summary.errors, summary.warnings, summary.infos], [0, 2, 1]);
  });
});
