import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { matchesPath, pathPattern } from '../../../src/core/product/patterns';
import { recognise } from '../../../src/core/product/recognise';
import { proposeSetup } from '../../../src/core/product/setup';
import { defaultChoices, renderKoboFile } from '../../../src/core/product/setup-file';
import { readDocument, smallBook } from './books';

const book = smallBook();
const minutes = (n: number) => `# 定例会議 議事録 第${n}回\n\nプロダクト: シフトナビ\n\n## 決定事項\nなし\n\n## アクション\n- a\n`;
const files = new Map<string, string>([
  ['README.md', '# シフト管理のしくみ\n'],
  ['docs/issues.md', '# 課題管理表\n\n| ID | 課題 | 担当 | 期限 |\n|---|---|---|---|\n'],
  ...[1, 2, 3, 4].map((n): [string, string] => [`docs/minutes/2026-11-0${n}_定例.md`, minutes(n)]),
  ['docs/minutes/README.md', '# 議事録の置き場\n'], ['docs/minutes/minutes-template.md', minutes(0)],
  ['docs/adr/0001-db.md', '---\ntype: adr\nフェーズ: 設計\n---\n# DB\n'],
  ['docs/notes/minutes.md', '# メモ\n'], ['src/main.md', '# コード\n'],
]);
const documents = [...files].map(([path, text]) => readDocument(path, text));
const listing = [...files].map(([path, text]) => ({ path, size: text.length }));
const propose = () => proposeSetup(listing, documents, book, { folderName: 'Shift Navi 2' });

describe('the proposed kobo.yaml', () => {
  it('covers folders in one line, with evidence, and leaves unsure lines unticked', () => {
    const proposal = propose();
    assert.deepEqual(proposal.lines.map((line) => [line.pattern, line.type, line.ticked]), [
      ['docs/issues.md', 'issue-log', true], ['docs/minutes/**', 'minutes', true], ['docs/notes/minutes.md', 'minutes', false],
      ['**/README.md', 'none', true], ['docs/minutes/minutes-template.md', 'none', true]]);
    assert.equal(proposal.lines[1]?.evidence[0], '4 件中 4 件が当てはまる');
    assert.deepEqual(proposal.typed, ['docs/adr/0001-db.md']);
    assert.deepEqual([proposal.id.value, proposal.name.value, proposal.phase], ['shift-navi-2', 'シフトナビ', { value: 'sekkei', evidence: 'docs/adr/0001-db.md の「フェーズ」' }]);
  });

  it('is a file in plain view that reads back as chosen', () => {
    const proposal = propose();
    const text = renderKoboFile(proposal, { ...defaultChoices(proposal), baseline: '.kobo-baseline.json' }, book);
    const { settings, problems } = readKoboFile(text);
    assert.deepEqual(problems, []);
    assert.deepEqual([settings.id, settings.name, settings.phase, settings.level, settings.baseline, settings.book], ['shift-navi-2', 'シフトナビ', 'sekkei', 'L1', '.kobo-baseline.json', undefined]);
    assert.ok(text.includes('#  "docs/notes/minutes.md": minutes'));
    assert.ok(text.includes('議事録：4 件中 4 件が当てはまる'));
    const types = new Map(documents.map((document) => [document.path, recognise(document, book, settings)]));
    assert.deepEqual(types.get('docs/minutes/2026-11-01_定例.md'), { by: 'pattern', type: 'minutes' });
    assert.deepEqual(types.get('docs/minutes/README.md'), { by: 'none' });
    assert.deepEqual(types.get('docs/minutes/minutes-template.md'), { by: 'none' });
    assert.deepEqual(types.get('docs/adr/0001-db.md'), { by: 'front_matter', type: 'adr' });
  });

  it('takes files of one kind beside others by the start of their names', () => {
    const some = ['PM2020-001 a.md', 'PM2020-002 b.md', 'PM2021-003 c.md'].map((path) => readDocument(path, minutes(1)));
    const { lines } = proposeSetup([], [...some, readDocument('other.md', '# x\n')], book, { folderName: '会議' });
    assert.deepEqual(lines.map((line) => line.pattern), ['PM*.md']);
  });

  it('has patterns that match the files they are shown with, whatever those are called', () => {
    for (const folder of ['議事録{a,b}', '議事録{a{b,c}}', 'a*b', 'a\\b', ' 議事録 ', '}{', '[x]?', 'か\u3099{b,c}']) {
      const paths = [1, 2].map((n) => `${folder}/${String(n)}.md`);
      const proposal = proposeSetup([], paths.map((path) => readDocument(path, minutes(1))), book, { folderName: 'x' });
      const { settings, problems } = readKoboFile(renderKoboFile(proposal, { ...defaultChoices(proposal), lines: proposal.lines }, book));
      assert.deepEqual(problems, [], folder);
      for (const path of paths) assert.deepEqual(recognise(readDocument(path, minutes(1)), book, settings), { by: 'pattern', type: 'minutes' }, path);
    }
  });

  it('has patterns that match their files, each once (property)', () => {
    const name = fc.string({ unit: fc.constantFrom('{', '}', ',', '*', '?', '\\', '[', ']', '!', ' ', '.', 'a', 'b', '議', '1'), minLength: 1, maxLength: 8 }).filter((text) => !/^\.{1,2}$/u.test(text));
    fc.assert(fc.property(fc.uniqueArray(fc.tuple(fc.array(name, { maxLength: 2 }), name), { minLength: 1, maxLength: 8, selector: ([folders, file]) => [...folders, file].join('/') }), (all) => {
      const paths = all.map(([folders, file]) => [...folders, `${file}.md`].join('/'));
      const { lines } = proposeSetup([], paths.map((path, i) => readDocument(path, i % 3 === 2 ? '# メモ\n' : minutes(i))), book, { folderName: 'x' });
      for (const { pattern, files: own } of lines) for (const path of own) assert.ok(matchesPath(pathPattern(pattern), path), `${pattern} ${path}`);
      assert.equal(new Set(lines.map(({ pattern }) => pattern)).size, lines.length);
    }));
  });

  it('names the roster when there is one', () => {
    const roster = { ...book.types.get('adr')!, id: 'roster', title: { text: '名簿', en: undefined } };
    const withRoster = { ...book, types: new Map([...book.types, ['roster', roster]]) };
    const people = (...paths: string[]) => proposeSetup([], paths.map((path) => readDocument(path, '---\ntype: roster\n---\n')), withRoster, { folderName: 'x' });
    const proposal = people('docs/members.md');
    assert.deepEqual(proposal.people, { value: 'docs/members.md', evidence: '名簿' });
    assert.equal(readKoboFile(renderKoboFile(proposal, defaultChoices(proposal), withRoster)).settings.people, 'docs/members.md');
    assert.equal(people('a.md', 'b.md').people, undefined);
  });

  it('speaks the language of the documents', () => {
    const texts = [
      '# Weekly minutes\n\nThe team met (議事録 in the Japanese folder).\n\n## Decisions\n\n- We ship on Friday.\n',
      '# Weekly minutes\n\n## Decisions\n\n- None today.\n',
    ];
    const proposal = proposeSetup([], [...texts.map((text, i) => readDocument(`minutes/${String(i)}.md`, text)), readDocument('a.md', '# メモ\n\n日本語の文書です。\n')], book, { folderName: 'shop' });
    const text = renderKoboFile(proposal, defaultChoices(proposal), book);
    assert.equal(readKoboFile(text).settings.language, 'en');
    assert.deepEqual(proposal.lines.map((line) => [line.pattern, line.type, line.evidence[0]]), [['minutes/**', 'minutes', '2 of 2 fit']]);
    assert.match(text, /# The phase the product is in/u);
    assert.doesNotMatch(text, /フォルダー|いまの工程|水準/u);
    assert.equal(readKoboFile(renderKoboFile(propose(), defaultChoices(propose()), book)).settings.language, undefined);
  });

  it('of an empty folder is a file too', () => {
    const proposal = proposeSetup([], [], book, { folderName: '業務' });
    const { settings, problems } = readKoboFile(renderKoboFile(proposal, defaultChoices(proposal), book));
    assert.deepEqual([problems, settings.id, settings.name, settings.documents], [[], 'product', '業務', []]);
  });

  it('keeps any name, address and pattern', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => text.trim()).filter((text) => text !== '' && !text.includes('\0'));
    fc.assert(fc.property(word, word, word, (name, address, pattern) => {
      const proposal = propose();
      const line = { ...proposal.lines[0]!, pattern };
      const text = renderKoboFile(proposal, { ...defaultChoices(proposal), name, book: address, lines: [line] }, book);
      const { settings } = readKoboFile(text);
      assert.deepEqual([settings.name, settings.book, settings.documents.map((one) => one.pattern)], [name, address, [pattern]]);
    }));
  });
});
