import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');

interface Report {
  readonly findings: readonly { readonly rule: string; readonly path: string }[];
  readonly summary: { readonly files: number; readonly not_judged: number };
}

describe('kobo check', function () {
  this.timeout(120_000);
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-check-'));
    cpSync('templates/samples/trouble', root, { recursive: true });
    const kobo = join(root, 'kobo.yaml');
    // From this level on rules ask who saved a document and when.
    writeFileSync(kobo, readFileSync(kobo, 'utf8').replace('level: L1', 'level: L3'));
    // What a rule on the product as a whole finds stands in documents too.
    const copied = ['問い合わせは、受付の担当が当日のうちに一次の返事をし、翌営業日までに担当の班へ渡す。', '班の長は、渡された問い合わせを毎朝の会で読み合わせ、その日に返す人を1人ずつ決める。', '返事を送った人は、台帳の状態を「完了」にし、かかった時間を分で書き入れておく。'].join('\n\n');
    for (const path of ['docs/requirements.md', 'docs/charter.md']) writeFileSync(join(root, path), `${readFileSync(join(root, path), 'utf8')}\n${copied}\n`);
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  function check(...paths: readonly string[]): Report {
    const { stdout, stderr } = spawnSync(process.execPath, [cli, 'check', ...paths, '--no-cache', '--format', 'json', '--today', '2026-11-24'], { cwd: root, encoding: 'utf8' });
    assert.equal(stderr, '');
    return JSON.parse(stdout) as Report;
  }

  it('says of some documents what it says of them among all', () => {
    const all = check();
    assert.ok(all.findings.some(({ rule, path }) => rule === 'XDC-011' && path !== 'kobo.yaml'));
    for (const [paths, isAsked] of [
      [['docs/minutes', 'docs/risks.md'], (path: string) => path.startsWith('docs/minutes/') || path === 'docs/risks.md'],
      [['docs/requirements.md'], (path: string) => path === 'docs/requirements.md'],
      [['docs/charter.md'], (path: string) => path === 'docs/charter.md'],
      [['docs/issues.csv'], (path: string) => path === 'docs/issues.csv'],
      [['docs'], (path: string) => path.startsWith('docs/')],
    ] as const) {
      const some = check(...paths);
      assert.ok(some.findings.length > 0);
      assert.deepEqual(some.findings, all.findings.filter(({ path }) => isAsked(path)));
    }
  });

  it('counts the rules that it cannot judge without history, for the documents that are asked', () => {
    const all = check().summary.not_judged;
    const one = check('docs/risks.md').summary;
    assert.equal(one.files, 1);
    assert.ok(one.not_judged > 0 && one.not_judged < all);
    assert.equal(one.not_judged + check('docs/issues.csv').summary.not_judged, check('docs/risks.md', 'docs/issues.csv').summary.not_judged);
  });
});

describe('kobo check where something is not set up', () => {
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-check-'));
    writeFileSync(join(root, 'memo.md'), '# メモ\n');
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const run = (...args: readonly string[]) => spawnSync(process.execPath, [cli, 'check', '--no-cache', '--lang', 'ja', ...args], { cwd: root, encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' } });

  it('says why nothing was checked', () => {
    assert.match(run().stderr, /kobo\.yaml がありません/u);
    writeFileSync(join(root, 'kobo.yaml'), 'format: 1\nproduct: { id: p, name: 製品 }\nphase: build\ndocuments:\n  docs/**: minutes\n');
    assert.match(run('memo.md').stderr, /documents に、ここの文書にあたる行を足してください/u);
    assert.equal(run('memo.md').status, 0);
  });

  it('says at the end, beside the report, which documents it did not check for want of a type', () => {
    writeFileSync(join(root, 'FAQ.md'), '# よくある質問\n');
    const kobo = (lines: string) => writeFileSync(join(root, 'kobo.yaml'), `format: 1\nproduct: { id: p, name: 製品 }\ndocuments:\n  memo.md: minutes\n${lines}`);
    kobo('');
    const { stdout, stderr } = run('--format', 'json');
    assert.match(stderr, /^1 件の文書は kobo\.yaml に種類がないので、確かめていません（FAQ\.md）/u);
    assert.doesNotMatch(stdout, /FAQ|untyped/u);
    assert.equal(run('memo.md').stderr, '');
    kobo('  FAQ.md: none\n');
    assert.equal(run().stderr, '');
    rmSync(join(root, 'FAQ.md'));
  });

  it('looks at a file wherever it is named from', () => {
    const bare = mkdtempSync(join(tmpdir(), 'kobo-check-'));
    mkdirSync(join(bare, 'sub', '..x'), { recursive: true });
    const text = '---\ntype: minutes\n---\n# 定例\n';
    for (const path of ['r.md', 'sub/..x/r.md']) writeFileSync(join(bare, path), text);
    const rulesOf = (folder: string, ...words: readonly string[]): readonly string[] => {
      const { stdout } = spawnSync(process.execPath, [cli, 'check', '--no-cache', '--format', 'json', ...words], { cwd: join(bare, folder), encoding: 'utf8' });
      return (JSON.parse(stdout) as Report).findings.map(({ rule, path }) => `${path} ${rule}`);
    };
    const here = rulesOf('', 'r.md');
    assert.ok(here.length > 0);
    const from = (path: string): readonly string[] => here.map((line) => line.replace('r.md', path));
    assert.deepEqual(rulesOf('sub', '../r.md'), from('../r.md'));
    assert.deepEqual(rulesOf('sub', join(bare, 'r.md')), from('../r.md'));
    assert.deepEqual(rulesOf('sub', '..x/r.md'), from('..x/r.md'));
    rmSync(bare, { recursive: true });
  });

  it('says of what was named which of it no product has, and why', function () {
    this.timeout(60_000);
    const folder = mkdtempSync(join(tmpdir(), 'kobo-check-'));
    for (const path of ['docs', 'build/deep', '.hid', 'in/docs']) mkdirSync(join(folder, path), { recursive: true });
    const text = '---\ntype: minutes\ntitle: 定例\ndate: 2026-11-02\n---\n# 定例\n';
    for (const path of ['docs/a.md', 'build/b.md', 'build/deep/c.md', '.hid/c.md', 'in/docs/d.md']) writeFileSync(join(folder, path), text);
    writeFileSync(join(folder, '.gitignore'), 'build/\n');
    for (const path of ['kobo.yaml', 'in/kobo.yaml']) writeFileSync(join(folder, path), 'format: 1\nproduct: { id: p, name: P }\n');
    const check = (...words: readonly string[]) => {
      const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'check', '--no-cache', '--format', 'json', '--lang', 'ja', ...words], { cwd: folder, encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' } });
      return { status, stderr, files: (JSON.parse(stdout) as Report).summary.files };
    };
    for (const [word, reason] of [['build/b.md', /^build\/b\.md は確かめていません。git が無視/u], ['build', /^build は.*git が無視/u], ['./build/deep/', /git が無視/u], ['.hid/c.md', /^\.hid\/c\.md は.*「\.」で始まる/u], ['.hid', /「\.」で始まる/u]] as const) {
      const { status, stderr, files } = check(word);
      assert.deepEqual([status, files], [2, 0], word);
      assert.match(stderr, reason);
      assert.doesNotMatch(stderr, /documents に/u);
    }
    const { status, stderr, files } = check('docs/a.md', 'build/b.md');
    assert.deepEqual([status, files], [0, 1]);
    assert.match(stderr, /^build\/b\.md は確かめていません/u);
    for (const words of [['docs'], ['.'], ['in'], ['in/docs/d.md', 'docs'], [folder]]) assert.deepEqual([check(...words).status, check(...words).stderr], [0, ''], words.join(' '));
    rmSync(folder, { recursive: true });
  });

  it('says how a baseline that was written is used', () => {
    writeFileSync(join(root, 'kobo.yaml'), 'format: 1\nproduct: { id: p, name: 製品 }\nphase: build\nlevel: L1\ndocuments:\n  memo.md: minutes\n');
    assert.match(run('--write-baseline').stderr, /kobo\.yaml に「baseline: \.kobo-baseline\.json」と書くか/u);
    writeFileSync(join(root, 'kobo.yaml'), `${readFileSync(join(root, 'kobo.yaml'), 'utf8')}baseline: .kobo-baseline.json\n`);
    assert.doesNotMatch(run('--write-baseline').stderr, /baseline:/u);
  });
});

describe('kobo --version', () => {
  it('says which version it is', () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
    const { stdout, status } = spawnSync(process.execPath, [cli, '--version'], { encoding: 'utf8' });
    assert.deepEqual([stdout, status], [`kobo ${version}\n`, 0]);
  });
});
