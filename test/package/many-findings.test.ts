import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');

/** A register of 150 rows, each with what `cells` makes of its number. */
function register(cells: (n: number) => string): string {
  const rows = Array.from({ length: 150 }, (_, i) => `| R-${String(i + 1).padStart(3, '0')} | サーバ${String(i)}が止まる | ${cells(i)} | 対応中 |`);
  return `---\ntype: risk-register\ntitle: リスク\nowner: 山田\nupdated: 2026-11-01\n---\n# リスク\n\n| ID | リスク | 影響 | 発生確率 | 対策 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
}

describe('kobo check of a document with more findings than are listed', function () {
  this.timeout(180_000);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-many-'));
    mkdirSync(join(root, 'docs'));
    write('kobo.yaml', 'format: 1\nproduct: { id: p, name: 製品 }\nlevel: L3\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const write = (path: string, text: string): void => {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const check = (...args: readonly string[]) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'check', '--today', '2026-11-24', '--cache', join(root, '.cache'), ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' } });
    return { status, out: stdout, err: stderr };
  };

  it('counts the warnings that a list leaves out', () => {
    // Two owners are a warning.
    write('docs/risks.md', register(() => '低 | 低 | 毎週見る | 山田、鈴木 | 2027-01-01'));
    // The second time the report is one that was kept.
    for (let time = 0; time < 2; time++) {
      const { status, err } = check('--max-warnings', '30');
      assert.equal(status, 1);
      assert.match(err, /警告が 15\d 件.*--max-warnings.*30/u);
    }
    assert.equal(check('--max-warnings', '200').status, 0);
  });

  it('fails for what a list leaves out behind what only time made', () => {
    write('book/book.yaml', 'format: 1\nid: b\nname: 本\n');
    write('book/pages/guide.md', '---\ntitle: 案内\n---\n# 案内\n');
    write('book/types/risk-register.yaml', 'type: risk-register\ntitle: リスク登録簿\nclass: register\ntables:\n  risks:\n    main: true\n    columns:\n      id: { title: ID, kind: id }\n      owner: { title: 担当, kind: person }\n      due: { title: 期限, kind: date }\n');
    write('book/rules/own.yaml', `format: 1
group: own
title: 決まり
guide: guide.md
rules:
  - id: OWN-001
    title: 期限と担当
    types: [risk-register]
    on: rows
    require: { due: { not_before: today }, owner: filled }
    severity: error
    message: 期限か担当です。
    good: { due: 2099-01-01, owner: 山田 }
    bad: { due: 2099-01-01 }
`);
    write('kobo.yaml', 'format: 1\nbook: book\nproduct: { id: p, name: 製品 }\n');
    write('docs/risks.md', register(() => '低 | 低 | 毎週見る | 山田 | 2026-11-01'));
    assert.equal(check().status, 0);
    write('docs/risks.md', register((n) => `低 | 低 | 毎週見る | ${n < 149 ? '山田' : ''} | 2026-11-01`));
    assert.equal(check().status, 1);
  });

  it('makes every fix of form in one run', () => {
    write('docs/risks.md', register(() => '低 | 低 | 毎週見る | 山田 | ２０27年1月1日'));
    assert.equal(check('--fix', '--fail-on', 'never').err, '1 件の文書を直しました。\n');
    assert.ok(!readFileSync(join(root, 'docs/risks.md'), 'utf8').includes('２'));
    assert.match(check('--fix', '--fail-on', 'never').err, /ありませんでした/u);
  });
});

describe('kobo check --fix', function () {
  this.timeout(180_000);
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-fix-'));
    for (const folder of ['docs', 'book/rules', 'book/types', 'book/pages']) mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'book/book.yaml'), 'format: 1\nid: b\nname: 本\n');
    writeFileSync(join(root, 'book/pages/guide.md'), '---\ntitle: 案内\n---\n# 案内\n');
    writeFileSync(join(root, 'book/rules/own.yaml'), `format: 1
group: own
title: 決まり
guide: guide.md
types: [wbs]
rules:
  - id: OWN-001
    title: 開始の順
    on: tables
    require: { rows: { ascending: start } }
    message: 開始の順ではありません。
    fix: { sort: start, safe: true }
  - id: OWN-002
    title: 終了の順
    on: tables
    require: { rows: { ascending: end } }
    message: 終了の順ではありません。
    fix: { sort: end, safe: true }
`);
    writeFileSync(join(root, 'book/types/wbs.yaml'), 'type: wbs\ntitle: WBS\ntables:\n  tasks:\n    main: true\n    columns:\n      id: { title: ID, kind: id }\n      title: { title: 作業, kind: text }\n      start: { title: 開始, kind: date }\n      end: { title: 終了, kind: date }\n');
    writeFileSync(join(root, 'docs/wbs.md'), wbs);
    writeFileSync(join(root, 'kobo.yaml'), kobo);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const kobo = 'format: 1\nbook: book\nproduct: { id: p, name: 製品 }\ndocuments: { "docs/*.md": wbs }\n';
  const rows = [
    '| T-001 | 設計 | 2026-11-02 | 2026-12-01 |',
    '| T-002 | 調査 | 2026-11-01 | 2026-12-03 |',
    '| T-003 | 製造 | 2026-11-03 | 2026-12-02 |',
  ];
  const wbs = `# WBS\n\n| ID | 作業 | 開始 | 終了 |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  const fix = (...args: readonly string[]) => spawnSync(process.execPath, [cli, 'check', '--fix', '--fail-on', 'never', '--no-cache', '--today', '2026-11-24', ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' } });
  const text = (): string => readFileSync(join(root, 'docs/wbs.md'), 'utf8');

  it('makes a fix of several edits whole or not at all', () => {
    // The one rule swaps the first two rows, the other the last two.
    assert.match(fix().stderr, /1 件の文書を直しました/u);
    assert.notEqual(text(), wbs);
    assert.deepEqual(text().split('\n').filter((line) => line.startsWith('| T-')).sort(), rows);
  });

  it('changes nothing where kobo.yaml cannot be read', () => {
    writeFileSync(join(root, 'kobo.yaml'), 'format: 1\nrules: { OWN-001: off, OWN-002: off }\nfoo: [\n');
    writeFileSync(join(root, 'docs/wbs.md'), `---\ntype: wbs\n---\n${wbs}`);
    const before = text();
    const { status, stderr } = fix('--book', 'book');
    assert.equal(status, 2);
    assert.match(stderr, /^kobo\.yaml:3: /u);
    assert.equal(text(), before);
  });
});
