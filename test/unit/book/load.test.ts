import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { checkBook } from '../../../src/core/book/check';
import { gatesOfPhase } from '../../../src/core/book/lifecycle';
import { loadBook } from '../../../src/core/book/load';
import type { PackedBook } from '../../../src/core/book/pack';
import { packBook, packProblems, packedLayer, unpackBook } from '../../../src/core/book/pack';
import { filesBelow, fixtures, memoryFolder, shared } from './folders';

const starterFiles = new Map([
  ['book.yaml', 'format: 1\nid: starter\nname: コボブック\nname_en: Kobo Book\n'],
  ['types/common.yaml', [
    'type: common', 'title: 共通', 'fields:', '  owner: { title: 責任者, kind: person, required: true }', '  place: { title: 場所 }',
    'aliases_of_columns: { owner: [担当者] }',
    'words:', '  status:', '    open: [未着手]', '    done: [完了]', '    unfinished: { group: [open] }', ''].join('\n')],
  ['types/minutes.yaml', [
    'type: minutes', 'title: 議事録', 'guide: guide.md', 'fields:', '  held: { title: 日時, kind: date }', '  owner: { hint: 書いた人 }',
    'tables: { actions: { main: true, columns: { owner: { title: 担当 } } } }', 'words: { status: { open: [未対応], doing: [対応中] } }', ''].join('\n')],
  ['rules/all.yaml', [
    'group: all', 'title: すべて', 'guide: guide.md', 'types: [minutes]', 'level: L2', 'track: progress', 'severity: hint', 'today: 2026-11-24', 'rules:',
    ...[1, 2, 3, 4].flatMap((n) => [
      `  - { id: AAA-00${n}, title: 決まり${n}, on: document, require: { owner: filled }, message: だめ, guide: "#節${n}", params: { days: { default: 7, min: 1, max: 8 } }${n === 3 ? ', locked: true' : ''} }`]), ''].join('\n')],
  ['pages/guide.md', '# 説明\n'],
  ['templates/minutes.md', '---\nversion: 1.2.0\ntype: minutes\ntitle: 議事録\nasks: [{ id: held, title: 開催日, kind: date, default: today }]\n---\n---\ntype: minutes\n---\n# {{held}}\n'],
  ['templates/register/risks.csv', 'ID,内容\n'],
  ['templates/register/risks.yaml', 'title: リスク（CSV）\nversion: 1\n'],
]);
const starter = JSON.parse(JSON.stringify(packBook(starterFiles))) as PackedBook;

describe('loadBook', function () {
  this.timeout(60_000);

  it('reads a packed starter as written, without problems', () => {
    assert.deepEqual(packProblems(starter), []);
    const book = unpackBook(starter);
    assert.equal(book.id, 'starter');
    assert.deepEqual(book.name, { text: 'コボブック', en: 'Kobo Book' });
    const rule = book.rules.find((one) => one.id === 'AAA-001');
    assert.deepEqual([rule?.severity, rule?.level, rule?.track, rule?.guide], ['hint', 'L2', 'progress', 'pages/guide.md#節1']);
    assert.deepEqual([rule?.definition.types, rule?.definition.today, rule?.definition.guide], [['minutes'], '2026-11-24', '#節1']);
    const text = starterFiles.get('rules/all.yaml') ?? '';
    assert.equal(text.slice(rule?.origin.span.start, rule?.origin.span.end), 'AAA-001');
    const template = book.templates.find((one) => one.id === 'minutes');
    assert.deepEqual([template?.version, template?.body, template?.asks[0]?.default], ['1.2.0', '---\ntype: minutes\n---\n# {{held}}\n', 'today']);
    const csv = book.templates.find((one) => one.id === 'risks');
    assert.deepEqual([csv?.format, csv?.body], ['csv', 'ID,内容\n']);
  });

  it('puts common fields, column aliases and words under each type', () => {
    const minutes = unpackBook(starter).types.get('minutes');
    assert.deepEqual(minutes?.fields.map((field) => field.id), ['held', 'owner', 'place']);
    const owner = minutes.fields[1];
    assert.deepEqual([owner?.title, owner?.kind, owner?.required, owner?.hint], ['責任者', 'person', true, '書いた人']);
    assert.deepEqual(minutes.tables[0]?.columns[0]?.aliases, ['担当者']);
    assert.deepEqual([...(minutes.words.get('status')?.words ?? [])], [['open', ['未対応']], ['doing', ['対応中']], ['done', ['完了']]]);
    assert.deepEqual(minutes.words.get('status')?.groups.get('unfinished'), ['open']);
  });

  it('lays a Book over the starter, lists what it replaces, and leaves locked rules alone', async () => {
    const book = await loadBook(memoryFolder(filesBelow(`${fixtures}/overlaid`)), { starter });
    assert.deepEqual(book.problems.map((one) => [one.path, one.code]), [['book.yaml', 'book.locked'], ['products/alpha/overlay.yaml', 'book.param'], ['products/alpha/overlay.yaml', 'book.locked']]);
    assert.equal(book.id, 'hoshi');
    assert.deepEqual(book.rules.map((rule) => rule.id), ['AAA-001', 'AAA-002', 'AAA-003', 'AAA-004', 'OWN-100']);
    assert.equal(book.rules.find((rule) => rule.id === 'AAA-004')?.title.text, '置き換えた決まり');
    assert.deepEqual(book.rules.find((rule) => rule.id === 'OWN-100')?.stage, { name: 'announced', from: '2026-12-01' });
    assert.deepEqual(book.replacements.map((one) => [one.kind, one.id, one.by.layer, one.replaced.layer]), [['rule', 'AAA-004', 'hoshi', 'starter']]);
    assert.deepEqual([...book.adjustments.keys()], ['AAA-001', 'AAA-002']);
    assert.equal(book.adjustments.get('AAA-001')?.off, true);
    assert.deepEqual(book.types.get('minutes')?.words.get('status')?.words.get('done'), ['済み']);
    assert.equal(book.rules.find((rule) => rule.id === 'AAA-004')?.guide, 'pages/rules.md#責任者');
    const overlay = book.overlays.get('alpha');
    assert.deepEqual(overlay?.addedRules.map((rule) => rule.id), ['ALP-001']);
    assert.deepEqual([...overlay.rules.keys()], ['AAA-002']);
    assert.equal(book.pages.find((page) => page.path === 'products/alpha/index.md')?.product, 'alpha');
    assert.deepEqual(book.terms[0]?.english, ['rollback']);
    assert.equal(book.terms[0].page, 'pages/rules.md');
  });

  it('keeps a locked rule of the starter where a Book has a rule of the same id, and says so', async () => {
    const own = 'group: own\ntitle: 自分\nguide: guide.md\nrules:\n  - { id: AAA-003, title: 弱めた決まり, types: [minutes], on: document, require: { owner: filled }, severity: hint, message: よい }\n';
    const book = await loadBook(memoryFolder(new Map([['book.yaml', 'format: 1\nid: hoshi\nname: ほし\nextends: starter\n'], ['rules/own.yaml', own]])), { starter });
    assert.deepEqual(book.problems.map((one) => [one.path, one.code, one.severity, own.slice(one.span.start, one.span.end)]), [['rules/own.yaml', 'book.locked', 'error', 'AAA-003']]);
    const rule = book.rules.find((one) => one.id === 'AAA-003');
    assert.deepEqual([rule?.title.text, rule?.origin.layer, rule?.locked], ['決まり3', 'starter', true]);
    assert.deepEqual(book.replacements, []);
  });

  it('takes format: 1 in every kind of file, plain, with a comment or in quotes', async () => {
    for (const format of ['format: 1', 'format: 1   # 形式の版', 'format: "1"']) {
      const files = new Map([
        ['book.yaml', `${format}\nid: hoshi\nname: ほし\n`], ['pages/a.md', `---\n${format}\ntitle: 題\n---\n# 題\n`],
        ['templates/memo.md', `---\n${format}\nversion: 1.0.0\ntitle: メモ\n---\n# メモ\n`], ['terms.yaml', `${format}\nterms: []\n`],
      ]);
      assert.deepEqual((await loadBook(memoryFolder(files), { starter: undefined })).problems, [], format);
    }
    const book = await loadBook(memoryFolder(new Map([['book.yaml', 'name: ほし\n'], ['pages/a.md', '---\nformat: 2\n---\n# 題\n']])), { starter: undefined });
    assert.deepEqual(book.problems.map((one) => one.code), ['book.format']);
  });

  it('lays phases and gates over the starter one by one', async () => {
    const lower = packBook(new Map([
      ['book.yaml', 'format: 1\nid: starter\nname: 付属\n'], ['types/plan.yaml', 'type: plan\ntitle: 計画\n'],
      ['lifecycle.yaml', 'phases:\n  - { id: yoken, title: 要件, gate: G1 }\n  - { id: sekkei, title: 設計 }\ngates:\n  - { id: G0, title: 企画, phase: yoken }\n  - { id: G1, title: 要件承認, phase: yoken }\n  - { id: G2, title: 設計承認, phase: sekkei }\nlevels:\n  - { id: L1, title: 最低限 }\n'],
    ]));
    const load = (text: string) => loadBook(memoryFolder(new Map([['book.yaml', 'format: 1\nid: hoshi\nname: ほし\nextends: starter\n'], ['lifecycle.yaml', text]])), { starter: lower });
    const one = await load('format: 1\ngates:\n  - { id: TR, title: 審査, phase: yoken, documents: [plan] }\n');
    assert.deepEqual(one.problems, []);
    assert.deepEqual(one.lifecycle.phases.map(({ id, gate }) => [id, gate]), [['yoken', 'G1'], ['sekkei', 'G2']]);
    assert.deepEqual(one.lifecycle.gates.map(({ id }) => id), ['G0', 'TR', 'G1', 'G2']);
    assert.deepEqual(gatesOfPhase(one.lifecycle, 'yoken').map(({ id }) => id), ['G0', 'TR', 'G1']);
    assert.deepEqual(one.lifecycle.levels.map(({ id }) => id), ['L1']);
    assert.deepEqual(one.replacements, []);
    const replaced = await load('phases:\n  - { id: yoken, title: 要件定義, gate: G1 }\n  - { id: shisaku, title: 試作 }\ngates:\n  - { id: G1, title: 要件会議, phase: yoken }\n  - { id: GS, title: 試作会, phase: shisaku }\n');
    assert.deepEqual(replaced.lifecycle.phases.map(({ id, gate }) => [id, gate]), [['yoken', 'G1'], ['shisaku', 'GS'], ['sekkei', 'G2']]);
    assert.deepEqual(replaced.lifecycle.gates.map(({ id, title }) => [id, title.text]), [['G0', '企画'], ['G1', '要件会議'], ['GS', '試作会'], ['G2', '設計承認']]);
    assert.deepEqual(replaced.replacements.map(({ kind, id, by, replaced: { layer } }) => [kind, id, by.path, layer]), [['phase', 'yoken', 'lifecycle.yaml', 'starter'], ['gate', 'G1', 'lifecycle.yaml', 'starter']]);
    const alone = await load('extends: none\nphases:\n  - { id: all, title: 全体 }\n');
    assert.deepEqual([alone.problems, alone.lifecycle.phases.map(({ id }) => id), alone.lifecycle.gates], [[], ['all'], []]);
  });

  it('says what lifecycle, pages and templates name that nobody has', async () => {
    const files = new Map([
      ['book.yaml', 'format: 1\nid: hoshi\nname: ほし\n'], ['types/minutes.yaml', 'type: minutes\ntitle: 議事録\n'],
      ['lifecycle.yaml', 'phases:\n  - { id: yoken, title: 要件, gate: G11 }\ngates:\n  - { id: G1, title: 要件承認, phase: youken, documents: [minute], page: none.md }\n  - { id: G1, title: もう1つ, phase: yoken }\n'],
      ['terms.yaml', 'terms:\n  - { preferred: 常盤, page: nowhere.md }\n'],
      ['pages/a.md', '---\ntitle: 題\naudience: [everyone, cordinator]\nphase: [youken]\n---\n# 題\n'],
      ['templates/minutes.md', '---\nversion: 1.0.0\ntype: minutes\ntitle: 議事録\nasks:\n  - { id: customer, title: お客様 }\n---\n# {{costumer}} {{customer}} {{today}} {{kokyaku}}\n'],
      ['templates/list.yaml', 'title: 一覧\n'], ['templates/list.csv', 'ID,件名\n1,{{kenmei}}\n'],
    ]);
    const found = checkBook(await loadBook(memoryFolder(files), { starter: undefined }), undefined).map((one) =>
      `${one.path} ${one.severity} ${one.code} ${(files.get(one.path) ?? '').slice(one.span.start, one.span.end)} ${/「([^」]*)」のことですか/u.exec(one.message.text)?.[1] ?? ''}`.trim());
    for (const expected of [
      'lifecycle.yaml warning book.unknown-gate yoken G1', 'lifecycle.yaml warning book.unknown-phase G1 yoken', 'lifecycle.yaml warning book.unknown-type G1 minutes',
      'lifecycle.yaml error book.duplicate-gates G1', 'lifecycle.yaml warning book.guide-missing G1', 'terms.yaml warning book.guide-missing 常盤',
      'pages/a.md info book.unknown-audience [everyone, cordinator]', 'pages/a.md warning book.unknown-audience [everyone, cordinator] coordinator', 'pages/a.md warning book.unknown-phase [youken] yoken',
      'templates/minutes.md warning book.unknown-variable {{costumer}} {{customer}}', 'templates/minutes.md warning book.unknown-variable {{kokyaku}}', 'templates/list.csv warning book.unknown-variable {{kenmei}}',
    ]) assert.ok(found.includes(expected), `${expected}\n${found.join('\n')}`);
    const missing = checkBook(await loadBook(memoryFolder(files), { starter: undefined }), undefined).filter((one) => one.code === 'book.guide-missing');
    assert.deepEqual(missing.map((one) => [one.about, one.message.text.includes('page を直して')]), [['page', true], ['page', true]]);
  });

  it('loads what is sound in a broken Book and places each problem', async () => {
    const files = filesBelow(`${fixtures}/hostile`);
    const book = await loadBook(memoryFolder(files), { starter });
    const found = book.problems.map((one) => `${one.path} ${one.code} ${(files.get(one.path) ?? '').slice(one.span.start, one.span.end).split('\n', 1)[0] ?? ''}`.trim());
    for (const expected of [
      'book.yaml book.unknown-key vresion',
      'book.yaml book.not-allowed other',
      'rules/mixed.yaml book.not-allowed warnning',
      'rules/mixed.yaml book.unknown-key requier',
      'rules/mixed.yaml book.form bbb3',
      'rules/mixed.yaml book.not-allowed documents',
      'rules/mixed.yaml book.duplicate-rules BBB-001',
      'types/future.yaml book.format 2',
      'types/named.yaml book.id-differs other',
      'types/named.yaml book.not-allowed wrong',
      'kits/out.yaml book.kit-path ../../etc/passwd.md',
      'kits/out.yaml book.kit-path .git/x.md',
      'templates/plain.md book.template-head',
      'pages/a.md book.unknown-key owenr',
      'pages/a.md book.form きのう',
      'lifecycle.yaml book.duplicate-key phases',
    ]) assert.ok(found.includes(expected), `${expected}\n${found.join('\n')}`);
    assert.ok(found.some((one) => one.startsWith('terms.yaml book.aliases')));
    assert.ok(found.some((one) => one.startsWith('rules/broken.yaml book.yaml')));
    assert.ok(found.some((one) => one.startsWith('pages/b.md book.yaml')));
    assert.deepEqual(book.rules.map((rule) => rule.id), ['BBB-001']);
    assert.deepEqual(book.pages.map((page) => page.path), ['pages/a.md', 'pages/b.md']);
    assert.deepEqual([...book.types.keys()], ['other']);
    assert.deepEqual(book.kits[0]?.items.map((item) => item.path), ['docs/a.md']);
    for (const one of book.problems) assert.ok(one.message.text !== '' && one.message.en !== undefined, one.code);
  });

  it('suggests the nearest name', async () => {
    const book = await loadBook(memoryFolder(new Map([['book.yaml', 'name: x\nadjust: { AAA-01: off, AAA-010: off }\nextends: starter\n']])), { starter });
    const messages = book.problems.map((one) => one.message.text);
    assert.ok(messages.some((text) => text.includes('「AAA-001」のことですか')), messages.join());
  });

  it('reads a plain folder of Markdown as pages, with nothing to complain about', async () => {
    const files = new Map<string, string | Uint8Array>([
      ['index.md', '---\ntitle: "入口: ここから"\nweird: [a\n---\nx'],
      ['a/b.md', '```\n# コード\n```\n# 題名 #\n'],
      ['a/README.md', 'text'], ['c.md', '---\ntitle: 会社案内\ndescription: >\n  長い\n  説明\nowner: 総務\n---\n'],
      ['bad.md', new Uint8Array([0xff, 0xfe, 0x00])], ['note.txt', 'x'], ['types/x.yaml', 'a: ['],
    ]);
    const book = await loadBook(memoryFolder(files, 'file:///home/%E4%BC%9A%E7%A4%BE'), { starter });
    assert.equal(book.id, '会社');
    assert.deepEqual(book.problems, []);
    assert.deepEqual(book.pages.map((page) => [page.path, page.title]), [['a/README.md', 'a'], ['a/b.md', '題名'], ['c.md', '会社案内'], ['index.md', 'index']]);
    assert.deepEqual([book.pages[2]?.summary, book.pages[2]?.owner], ['長い 説明', '総務']);
    assert.equal(book.rules.length + book.types.size, 0);
  });

  it('reports files that are no text, too large, or gone', async () => {
    const files = new Map<string, string | Uint8Array>([
      ['book.yaml', 'name: x'], ['pages/nul.md', 'a\0b'], ['pages/sjis.md', new Uint8Array([0x83, 0x52])], ['types/big.yaml', `type: big\ntitle: ${'x'.repeat(1_000_001)}\n`], ['types/long.yaml', `type: long\ntitle: ${'x'.repeat(250_000)}\n`],
    ]);
    const folder = memoryFolder(files);
    const book = await loadBook({ ...folder, list: async (c) => [...(await folder.list(c)), { path: 'pages/loop.md', size: -1 }] }, { starter: undefined });
    assert.deepEqual(book.problems.map((one) => [one.path, one.code]), [
      ['pages/loop.md', 'book.unreadable'], ['pages/nul.md', 'book.encoding'], ['pages/sjis.md', 'book.encoding'], ['types/big.yaml', 'book.too-large'], ['types/long.yaml', 'book.too-large']]);
  });

  it('says when there is no starter to extend', async () => {
    const book = await loadBook(memoryFolder(new Map([['book.yaml', 'name: x\nextends: starter\n']])), { starter: undefined });
    assert.deepEqual(book.problems.map((one) => one.code), ['book.no-starter']);
    assert.equal(packedLayer({ format: 2 }), undefined);
  });

  it('reports progress, and stops when cancelled', async () => {
    const files = new Map(Array.from({ length: 250 }, (_, i): [string, string] => [`${i}.md`, `# ${i}`]));
    const steps: number[] = [];
    const cancellation = { get isCancelled() { return steps.at(-1) === 200; } };
    const book = await loadBook(memoryFolder(files), { starter: undefined, cancellation, progress: (done) => { steps.push(done); } });
    assert.deepEqual(steps, [0, 100, 200]);
    assert.equal(book.pages.length, 200);
  });

  it('survives nesting, lone surrogates and hostile keys', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const dashes = `terms:\n  - ${'- '.repeat(20_000)}x\n`;
    const stairs = Array.from({ length: 200 }, (_, i) => `${' '.repeat(i)}a:`).join('\n');
    for (const text of [deep, dashes, stairs, '"\\ud800": 1\nname: x', '__proto__: { polluted: 1 }\nname: x', 'name: !!js/function "x"', '{[a]: b}: c', '%YAML 9\n---\na: b', '- a', '\u2028: x']) {
      const book = await loadBook(memoryFolder(new Map([['book.yaml', 'name: x'], ['terms.yaml', text], ['types/t.yaml', text]])), { starter: undefined });
      assert.ok(book.problems.some((one) => one.path === 'terms.yaml'), text.slice(0, 40));
      assert.ok(book.problems.some((one) => one.path === 'types/t.yaml'), text.slice(0, 40));
    }
    assert.equal(({} as Record<string, unknown>).polluted, undefined);
  });

  it('loads the starter Book of the project without errors', function () {
    const files = filesBelow('templates', (path) => !path.startsWith('samples/'));
    if (!files.has('book.yaml')) this.skip();
    const errors = packProblems(packBook(files)).filter((one) => one.severity === 'error');
    assert.deepEqual(errors.map((one) => `${one.path} ${one.message.text}`), []);
  });

  it('loads all reference types and rules', function () {
    const root = `${shared}/rule-language`;
    if (!existsSync(root)) {
      process.stdout.write('skipped: no corpora\n');
      this.skip();
    }
    const files = filesBelow(root, (path) => path.startsWith('types/') || path.startsWith('rules/'));
    for (const [path, text] of filesBelow(`${root}/book`)) files.set(path, text);
    files.set('book.yaml', 'name: 参照\n');
    // The one expression of the reference rules became a comparison.
    const numbers = files.get('rules/numbers.yaml') ?? '';
    files.set('rules/numbers.yaml', numbers.replace(/\{ expr: .*\}/u, '{ actual: { exceeds: planned, by: $tolerance } }'));
    for (const path of [...files.keys()]) {
      for (const match of (files.get(path) ?? '').matchAll(/guide: "?([\w/.-]+\.md)/gu)) files.set(match[1]?.startsWith('products/') ? match[1] : `pages/${match[1]}`, '# x\n');
    }
    const book = unpackBook(packBook(files));
    assert.deepEqual(book.problems.map((one) => `${one.path} ${one.message.text}`), []);
    assert.deepEqual([book.rules.length, book.types.size], [137, 6]);
  });
});
