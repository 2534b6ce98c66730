import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');

const rules = `format: 1
group: hoshi
title: ほしの決まり
guide: guide.md
rules:
  - id: HOS-001
    title: 至急を使わない
    types: all
    on: sentences
    forbid: { words: [至急] }
    message: 「{match}」は使いません。
    good: 12/4までに返事をください。
    bad: 《至急》返事をください。
  - id: HOS-002
    title: 次回がある
    types: [minutes]
    on: document
    require: { sections: next }
    message: 「次回」がありません。
    good: "## 次回\\n12/7"
    bad: "## 議題\\nいろいろ"
`;

describe('a Book of which a part cannot be read', function () {
  this.timeout(60_000);
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-broken-'));
    for (const folder of ['book/rules', 'book/pages', 'product/docs', 'elsewhere']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'book/book.yaml'), 'format: 1\nid: hoshi\nname: ほしブック\nname_en: Hoshi Book\n');
    writeFileSync(join(root, 'book/pages/guide.md'), '---\ntitle: 案内\n---\n# 案内\n');
    mkdirSync(join(root, 'book/types'));
    writeFileSync(join(root, 'book/types/minutes.yaml'), 'type: minutes\ntitle: 議事録\nsections: { next: { title: 次回 } }\n');
    writeFileSync(join(root, 'product/kobo.yaml'), 'format: 1\nbook: ../book\ndocuments: { "docs/*.md": minutes }\n');
    writeFileSync(join(root, 'product/docs/a.md'), '# 会議\n\n## 次回\n\n至急\n');
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const kobo = (cwd: string, ...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, ...args], { cwd: join(root, cwd), encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8', XDG_CACHE_HOME: join(root, 'cache') } });
    return { status, out: stdout, err: stderr };
  };
  const write = (text: string | Uint8Array): void => writeFileSync(join(root, 'book/rules/hoshi.yaml'), text);

  it('is no clean Book: the check and the test of rules name file, line and cause, and fail', () => {
    write(rules);
    assert.equal(kobo('product', 'check').status, 0);
    assert.equal(kobo('product', 'rules', 'test').status, 0);
    const broken: readonly (readonly [string | Uint8Array, number, RegExp])[] = [
      [rules.replace('    on: sentences', '\ton: sentences'), 9, /タブ|字下げ/u],
      // 「決まり」 in Shift_JIS.
      [Uint8Array.from([...Buffer.from('format: 1\ntitle: '), 0x8c, 0x88, 0x82, 0xdc, 0x82, 0xe8, 0x0a]), 1, /UTF-8/u],
      [rules.replace('on: sentences', 'on: sentence'), 9, /HOS-001：.*「sentences」のことですか/u],
    ];
    for (const [text, line, cause] of broken) {
      write(text);
      // The second answer is the one that was kept.
      for (const again of [1, 2]) {
        const check = kobo('product', 'check', '--format', 'json');
        assert.equal(check.status, 2, `${String(again)} ${check.err}`);
        assert.match(check.err, new RegExp(`^\\.\\./book/rules/hoshi\\.yaml:${String(line)}: `, 'mu'));
        assert.match(check.err, cause);
        assert.ok((JSON.parse(check.out) as { findings: unknown[] }).findings.every((one) => !JSON.stringify(one).includes('hoshi.yaml')));
      }
      const test = kobo('elsewhere', 'rules', 'test', '--book', '../book');
      assert.equal(test.status, 1);
      assert.match(test.err, new RegExp(`^\\.\\./book/rules/hoshi\\.yaml:${String(line)}: `, 'mu'));
      const baseline = kobo('product', 'check', '--write-baseline');
      assert.equal(baseline.status, 2);
      assert.doesNotMatch(baseline.err, /書きました/u);
    }
  });

  it('says why a rule was left out when that rule is asked for', () => {
    write(rules.replace('on: sentences', 'on: sentence'));
    for (const verb of ['test', 'explain']) {
      const { status, err } = kobo('book', 'rules', verb, 'HOS-001');
      assert.equal(status, 2);
      assert.match(err, /「HOS-001」は書き方に誤りがあるため.*9行目：「sentence」は使えません/u);
      assert.match(kobo('book', 'rules', verb, 'HOS-009').err, /「HOS-009」という決まりはありません/u);
    }
  });

  it('ends with 2 for a kobo.yaml that cannot be read', () => {
    write(rules);
    mkdirSync(join(root, 'other'));
    writeFileSync(join(root, 'other/kobo.yaml'), 'book: [x\n');
    const { status, err } = kobo('other', 'check');
    assert.equal(status, 2);
    assert.match(err, /^kobo\.yaml:1: /mu);
  });

  it('is found from inside its own folder, and the command says which Book it took', () => {
    write(rules);
    for (const [cwd, shown] of [['book', '.'], ['book/rules', '..'], ['product/docs', '../../book']] as const) {
      const list = kobo(cwd, 'rules', 'list');
      assert.deepEqual(list.out.match(/HOS-\d+/gu), ['HOS-001', 'HOS-002'], cwd);
      assert.equal(list.err, `コボブック：ほしブック（${shown}）\n`);
      assert.match(kobo(cwd, 'rules', 'explain', 'HOS-002').out, /次回がある/u);
      assert.match(kobo(cwd, 'search', '案内').out, /pages\/guide\.md/u);
      assert.match(kobo(cwd, 'book', 'check').err, /ほしブック[^]*決まり 2/u);
      assert.equal(kobo(cwd, 'book', 'index', '--out', join(root, 'index.bin')).status, 0);
      assert.match(kobo(cwd, 'templates', 'list').err, /ほしブック/u);
    }
    const shipped = kobo('elsewhere', 'rules', 'list');
    assert.equal(shipped.err, '');
    assert.doesNotMatch(shipped.out, /HOS-/u);
    assert.match(kobo('elsewhere', 'rules', '--help').out, /rules list .*--book DIR[^]*rules test .*--book DIR[^]*rules explain .*--book DIR/u);
  });
});

describe('a Book with one gate of its own', function () {
  this.timeout(60_000);
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-gate-'));
    for (const folder of ['book', 'product/docs']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'book/book.yaml'), 'format: 1\nid: hoshi\nname: ほし\nextends: starter\n');
    writeFileSync(join(root, 'book/lifecycle.yaml'), 'gates:\n  - { id: TR, title: 常盤審査, phase: yoken, documents: [raci] }\n');
    writeFileSync(join(root, 'product/kobo.yaml'), 'book: ../book\nproduct: { id: p, name: P }\nphase: yoken\nlevel: L3\ndocuments: { "docs/*.md": minutes }\n');
    writeFileSync(join(root, 'product/docs/a.md'), '# 会議\n');
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('is asked what both gates of the phase ask for, and for the record of neither', () => {
    const { stdout } = spawnSync(process.execPath, [cli, 'check', '--no-cache', '--format', 'json', '--lang', 'ja'], { cwd: join(root, 'product'), encoding: 'utf8' });
    const findings = (JSON.parse(stdout) as { findings: { rule: string; message: string }[] }).findings.filter(({ rule }) => rule.startsWith('GAT-'));
    assert.ok(findings.some(({ rule, message }) => rule === 'GAT-001' && /常盤審査.*RACI/u.test(message)), stdout);
    assert.ok(findings.some(({ rule, message }) => rule === 'GAT-001' && message.includes('G1')), stdout);
    assert.deepEqual(findings.filter(({ rule }) => rule === 'GAT-003').map(({ message }) => message.slice(0, 2)), ['G0']);
  });
});
