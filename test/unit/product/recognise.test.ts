import assert from 'node:assert/strict';
import { existsSync, readdirSync } from 'node:fs';
import { packBook, unpackBook } from '../../../src/core/book/pack';
import { guessTypes } from '../../../src/core/product/guess';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { recognise, typeByName } from '../../../src/core/product/recognise';
import { filesBelow, shared } from '../book/folders';
import { readDocument, smallBook } from './books';

const book = smallBook();
const kobo = (text: string) => readKoboFile(text).settings;
const see = (path: string, text: string, settings?: ReturnType<typeof kobo>) => recognise(readDocument(path, text), book, settings);

describe('recognise', () => {
  it('takes the id of a type in the front matter, with and without kobo.yaml', () => {
    for (const key of ['type', '種別']) {
      assert.deepEqual(see('a.md', `---\n${key}: minutes\n---\n`), { by: 'front_matter', type: 'minutes' });
      assert.deepEqual(see('a.md', `---\n${key}: minutes\n---\n`, kobo('documents: { a.md: adr }')), { by: 'front_matter', type: 'minutes' });
    }
  });

  it('leaves foreign front matter alone', () => {
    assert.deepEqual(see('a.md', '---\ntype: docs\n---\n'), { by: 'none' });
    assert.deepEqual(see('a.md', '---\n種別: 議事録\n---\n'), { by: 'none' });
    assert.deepEqual(see('a.md', '---\n種別: 議事録\n---\n', kobo('level: L1')), { by: 'front_matter', type: 'minutes' });
    assert.deepEqual(see('a.md', '---\ntype: docs\n---\n', kobo('documents: { "*.md": adr }')), { by: 'pattern', type: 'adr' });
  });

  it('lets the last matching pattern win, and none unmanage', () => {
    const settings = kobo('documents:\n  docs/**: minutes\n  docs/adr/**: adr\n  "**/README.md": none\n');
    assert.deepEqual(see('docs/adr/1.md', '', settings), { by: 'pattern', type: 'adr' });
    assert.deepEqual(see('docs/x/1.md', '', settings), { by: 'pattern', type: 'minutes' });
    assert.deepEqual(see('docs/README.md', '# 議事録', settings), { by: 'none' });
    assert.deepEqual(see('other/1.md', '', settings), { by: 'none' });
  });

  it('takes no entry page of the folder and no template where a pattern has a wildcard', () => {
    const settings = kobo('documents:\n  "docs/adr/**": adr\n  "notes/*/minutes/*.md": minutes\n  "docs/template.md": adr\n');
    for (const path of ['docs/adr/README.md', 'docs/adr/_index.md', 'docs/adr/index.ja.md', 'docs/adr/x/_template.md', 'docs/adr/0000-template.md', 'docs/adr/ADRのひな形.md', 'notes/a/minutes/YYYY-MM-DD_会議名.md', 'notes/a/minutes/20xx-xx-xx.TEMPLATE.md', 'notes/a/minutes/README.md']) {
      assert.deepEqual(see(path, '# 議事録', settings), { by: 'none' }, path);
    }
    // A document with a folder of its own, one about templates, and what a line names itself.
    for (const [path, type] of [['docs/adr/0001-queue/README.md', 'adr'], ['docs/adr/0002-template-engine.md', 'adr'], ['docs/template.md', 'adr'], ['notes/a/minutes/1.md', 'minutes']]) {
      assert.deepEqual(see(path ?? '', '', settings), { by: 'pattern', type }, path);
    }
    assert.deepEqual(see('docs/adr/README.md', '---\ntype: adr\n---\n', settings), { by: 'front_matter', type: 'adr' });
  });

  it('guesses from path, title, headings and table headers, with the evidence', () => {
    const minutes = see('work/minutes/2026-11-20.md', '# 定例会議 議事録\n\n## 1. 決定事項\nなし\n\n## アクション\n- a\n');
    assert.equal(minutes.by, 'guess');
    assert.deepEqual([minutes.type, minutes.evidence], ['minutes', ['フォルダー minutes', '見出し 2/2', '題名 議事録']]);
    const register = see('docs/issues-2026.md', '| ID | 課題 | 担当者 | 期限 |\n|---|---|---|---|\n| I-1 | a | b | c |\n');
    assert.equal(register.by === 'guess' && register.type, 'issue-log');
  });

  it('does not guess from one clue alone, nor index pages, templates, archives and cancelled meetings', () => {
    const body = '# 議事録\n\n## 決定事項\nなし\n\n## アクション\n- a\n';
    assert.equal(see('minutes/a.md', body).by, 'guess');
    for (const path of ['minutes/README.md', 'minutes/index.md', 'templates/minutes.md', 'minutes/議事録テンプレート.md', 'minutes/archive/a.md', 'minutes/minutes-template.md']) {
      assert.deepEqual(see(path, body), { by: 'none' }, path);
    }
    assert.deepEqual(see('minutes/a.md', '# 議事録\n\n今回は中止。\n'), { by: 'none' });
    assert.deepEqual(see('minutes/a.md', '# Minutes 2026-11-20 (cancelled)\n'), { by: 'none' });
    assert.deepEqual(see('notes/minutes.md', '# メモ\n'), { by: 'none' });
    assert.deepEqual(see('design/a.md', `<<<<<<< HEAD\n${body}=======\n>>>>>>> x\n`), { by: 'none' });
  });

  it('knows the types and templates of a Book from documents of the type', () => {
    assert.deepEqual(see('minutes.md', '---\ntype: minutes\ntitle: 議事録\nasks: []\n---\n# x\n'), { by: 'none' });
    assert.deepEqual(see('minutes.md', '---\ntype: minutes\nversion: 1\n---\n---\ntype: minutes\n---\n# x\n'), { by: 'none' });
    assert.deepEqual(see('minutes.yaml', 'type: minutes\ntitle: 議事録\nclass: record\nguide: a.md\nsections: { a: { title: b } }\n'), { by: 'none' });
    assert.deepEqual(see('issues-csv.yaml', 'id: issues-csv\nversion: 1.0.0\ntype: issue-log\ntitle: 課題\n'), { by: 'none' });
    assert.deepEqual(see('issues.yaml', 'type: issue-log\ntitle: 課題\nissues:\n  - { ID: I-1, 課題: a }\n'), { by: 'front_matter', type: 'issue-log' });
    assert.equal(see('minutes/a.md', '# 議事録の書き方\n').by, 'none');
  });

  it('takes columns that many types have for no clue by themselves', () => {
    const starter = unpackBook(packBook(filesBelow('templates', (path) => !path.startsWith('samples/'))));
    const tasks = '| タスク | 担当 | 期限 | 状態 |\n|---|---|---|---|\n| 作る | 佐藤 | 2026-12-01 | 対応中 |\n';
    assert.deepEqual(guessTypes(readDocument('docs/dashboard.md', `# 進み具合\n\n${tasks}`), starter).filter((guess) => guess.evidence.some((each) => each.startsWith('表の列'))), []);
    const [best] = guessTypes(readDocument('docs/250804_定例.md', `# 定例 議事録\n\n${tasks}`), starter);
    assert.deepEqual([best?.type, best?.evidence.some((each) => each.startsWith('表の列'))], ['minutes', true]);
  });

  it('finds a type by what people call it', () => {
    assert.equal(typeByName('ＡＤＲ', book)?.id, 'adr');
    assert.equal(typeByName(' meeting minutes ', book)?.id, 'minutes');
    assert.equal(typeByName('', book), undefined);
  });

  it('says little about real repositories that never asked', function () {
    this.timeout(120_000);
    const corpora = `${shared}/corpora`;
    if (!existsSync(corpora)) {
      process.stdout.write('skipped: no corpora\n');
      this.skip();
    }
    const starter = unpackBook(packBook(filesBelow('templates', (path) => !path.startsWith('samples/'))));
    if (starter.types.size === 0) this.skip();
    let documents = 0;
    let guessed = 0;
    for (const repository of readdirSync(corpora).filter((name) => name !== 'jsquad' && !name.startsWith('AdobeDocs') && !name.endsWith('.md'))) {
      for (const [path, text] of filesBelow(`${corpora}/${repository}`, (one) => one.endsWith('.md'))) {
        const document = readDocument(path, text);
        const found = recognise(document, starter, undefined);
        assert.notEqual(found.by, 'pattern');
        assert.notEqual(found.by, 'front_matter', `${repository}/${path}`);
        documents++;
        if (found.by === 'guess') guessed++;
        for (const guess of guessTypes(document, starter)) assert.ok(guess.confidence >= 0 && guess.confidence <= 1);
      }
    }
    assert.ok(documents > 3000);
    assert.ok(guessed < documents * 0.05, `${guessed} of ${documents}`);
    // What was written from one template is known by its headings.
    const postmortems = filesBelow(`${corpora}/dfds__postmortems`, (path) => path.startsWith('PM2'));
    const known = [...postmortems].filter(([path, text]) => {
      const found = recognise(readDocument(path, text), starter, undefined);
      return found.by === 'guess' && found.type === 'postmortem';
    });
    assert.ok(known.length >= postmortems.size * 0.8, `${known.length} of ${postmortems.size}`);
  });
});
