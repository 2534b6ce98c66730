import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');
const head = 'format: 1\nproduct: { id: p, name: 製品 }\n';
const named = `${head}baseline: .kobo-baseline.json\n`;
/** So many rows lack the same, and more of them than a list shows. */
const rows = Array.from({ length: 150 }, (_, i) => `| R-${String(i + 1).padStart(3, '0')} | サーバ${String(i)}が止まる | 高 | 高 |  | 山田 | 2027-01-01 | 対応中 |`);
const register = `---\ntype: risk-register\ntitle: リスク\nowner: 山田\nupdated: 2026-11-01\n---\n# リスク\n\n| ID | リスク | 影響 | 発生確率 | 対策 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;

interface Summary {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly baselined: number;
}

describe('the baseline of kobo check', function () {
  this.timeout(180_000);
  let root: string;
  let product: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-baseline-'));
    product = join(root, 'product');
    mkdirSync(join(product, 'docs'), { recursive: true });
    write('kobo.yaml', named);
    write('docs/risks.md', register);
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const write = (path: string, text: string): void => writeFileSync(join(product, path), text);
  const read = (path: string): string => readFileSync(join(product, path), 'utf8');

  function check(...args: readonly string[]) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'check', '--no-cache', '--today', '2026-11-24', '--format', 'json', ...args], { cwd: product, encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' } });
    assert.doesNotMatch(stderr, /^\s+at /mu);
    return { status, stderr, summary: () => (JSON.parse(stdout) as { readonly summary: Summary }).summary, stdout };
  }

  it('holds every finding, those too that a list leaves out', () => {
    check('--write-baseline');
    const { status, summary } = check();
    const { errors, warnings, baselined } = summary();
    assert.deepEqual([status, errors, warnings], [0, 0, 0]);
    assert.ok(baselined >= 150, String(baselined));
  });

  it('is written only inside the product, and only over a baseline', () => {
    writeFileSync(join(root, 'outside.json'), 'mine');
    symlinkSync(root, join(product, 'link'));
    symlinkSync(join(root, 'new.json'), join(product, 'dangling.json'));
    write('package.json', '{ "name": "mine" }\n');
    for (const [path, why] of [
      ['../outside.json', /フォルダーの外/u], [join(root, 'outside.json'), /フォルダーの外/u], ['link/outside.json', /フォルダーの外/u], ['dangling.json', /フォルダーの外/u],
      [join(product, 'abs.json'), /フルパス/u], ['docs/risks.md', /一覧ではない/u], ['package.json', /一覧ではない/u],
    ] as const) {
      write('kobo.yaml', `${head}baseline: ${path}\n`);
      const { status, stderr } = check('--write-baseline');
      assert.equal(status, 2, path);
      assert.match(stderr, why);
    }
    assert.equal(readFileSync(join(root, 'outside.json'), 'utf8'), 'mine');
    assert.ok(!existsSync(join(root, 'new.json')));
    assert.ok(!existsSync(join(product, 'abs.json')));
    assert.equal(read('docs/risks.md'), register);
    assert.match(read('package.json'), /mine/u);
    // One that a merge has broken is made anew, and a folder of its own is made.
    write('kobo.yaml', `${head}baseline: base/b.json\n`);
    assert.equal(check('--write-baseline').status, 0);
    write('base/b.json', `<<<<<<< ours\n${read('base/b.json')}`);
    assert.equal(check('--write-baseline').status, 0);
    assert.equal(check().status, 0);
  });

  it('is not written over what only speaks of findings', () => {
    const report = check().stdout;
    const others = { 'docs/n.md': '# 書き方\n\nthe key "findings" is explained here\n', 'report.json': report, 'cut.json': report.slice(0, -9), 'tool.json': '{ "format": 1, "findings": [{ "id": "x" }] }\n' };
    for (const [path, text] of Object.entries(others)) {
      write(path, text);
      write('kobo.yaml', `${head}baseline: ${path}\n`);
      const { status, stderr } = check('--write-baseline');
      assert.deepEqual([status, read(path)], [2, text], path);
      assert.match(stderr, /一覧ではない/u);
    }
    // One of a later version, one written by hand and one that holds nothing are baselines.
    for (const text of ['{ "format": 9, "findings": [] }', '{ "findings": [{ "rule": "REG-001", "path": "docs/risks.md", "fingerprint": "0" }] }', '']) {
      write('mine.json', text);
      write('kobo.yaml', `${head}baseline: mine.json\n`);
      assert.equal(check('--write-baseline').status, 0, text);
      assert.match(read('mine.json'), /"created"/u);
    }
  });

  it('is told to be written nowhere where there is no kobo.yaml', () => {
    rmSync(join(product, 'kobo.yaml'));
    for (const args of [[], ['docs/risks.md']]) {
      const { status, stderr } = check('--write-baseline', ...args);
      assert.equal(status, 2);
      assert.match(stderr, /何も書きませんでした.*kobo\.yaml がない.*kobo init/u);
    }
    assert.ok(!existsSync(join(product, '.kobo-baseline.json')));
    // A product further down is written for.
    mkdirSync(join(product, 'sub'));
    write('sub/kobo.yaml', head);
    const { status, stderr } = check('--write-baseline');
    assert.equal(status, 0);
    assert.doesNotMatch(stderr, /何も書きません/u);
    assert.ok(existsSync(join(product, 'sub', '.kobo-baseline.json')));
  });

  it('stays as it is where kobo.yaml cannot be read', () => {
    check('--write-baseline');
    const before = read('.kobo-baseline.json');
    write('kobo.yaml', `${named}foo: [\n`);
    const { status, stderr } = check('--write-baseline');
    assert.equal(status, 2);
    assert.match(stderr, /^kobo\.yaml:4: /mu);
    assert.equal(read('.kobo-baseline.json'), before);
  });

  it('is told of at kobo.yaml when it is missing, broken or outside, and the check fails', () => {
    for (const [path, text, why] of [
      ['nope.json', undefined, /「nope\.json」がありません.*--write-baseline/u],
      ['broken.json', '{', /「broken\.json」を読めません.*--write-baseline/u],
      ['later.json', '{ "format": 9, "findings": [] }', /later\.json/u],
      ['../outside.json', undefined, /「\.\.\/outside\.json」.*フォルダーの中/u],
      // The name of one machine leads nowhere on others, and is looked for at one place only.
      [join(product, 'abs.json'), undefined, /abs\.json」.*フォルダーの中/u],
    ] as const) {
      write('kobo.yaml', `${head}baseline: ${path}\n`);
      if (text !== undefined) write(path, text);
      for (const file of [join(root, 'outside.json'), join(product, 'abs.json')]) writeFileSync(file, '{ "format": 1, "findings": [] }');
      const { status, stderr, stdout } = check();
      assert.equal(status, 2, path);
      assert.match(stderr, why);
      const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string; readonly path: string; readonly range: { readonly start: object } }[] };
      assert.deepEqual(findings.filter(({ rule }) => /^kobo\.book\.(?:baseline|format)$/u.test(rule)).map((one) => [one.path, one.range.start]), [['kobo.yaml', { line: 2, character: 10 }]], path);
    }
  });

  it('that is named on the command line is read from any place, and in the place of the other', () => {
    check('--write-baseline');
    write('kobo.yaml', `${head}baseline: nope.json\n`);
    writeFileSync(join(root, 'base.json'), read('.kobo-baseline.json'));
    for (const file of ['../base.json', join(root, 'base.json')]) {
      const { status, summary, stderr } = check('--baseline', file);
      assert.deepEqual([status, summary().errors, stderr], [0, 0, ''], file);
    }
    for (const [text, why] of [['{', /を読めません/u], ['{ "format": 9, "findings": [] }', /9/u]] as const) {
      writeFileSync(join(root, 'bad.json'), text);
      const { status, stderr, stdout } = check('--baseline', '../bad.json');
      assert.deepEqual([status, stdout], [2, '']);
      assert.match(stderr, why);
      assert.match(stderr, /bad\.json/u);
    }
  });
});
