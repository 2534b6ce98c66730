import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');

/** A product on the sample's documents, and a Book that is a copy of the starter's, in a git repository. */
function workspace(): string {
  const root = mkdtempSync(join(tmpdir(), 'kobo-impact-'));
  cpSync('templates/samples/trouble', join(root, 'product'), { recursive: true });
  cpSync('templates', join(root, 'book'), { recursive: true, filter: (path) => !path.includes('samples') });
  const kobo = join(root, 'product/kobo.yaml');
  writeFileSync(kobo, `book: ../book\n${readFileSync(kobo, 'utf8')}`);
  for (const args of [['init', '-q'], ['add', '.'], ['-c', 'user.name=鈴木', '-c', 'user.email=s@example.com', 'commit', '-qm', 'はじめ']]) execFileSync('git', ['-C', root, ...args]);
  return root;
}

function run(cwd: string, args: readonly string[]): { readonly status: number | null; readonly out: string; readonly err: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [cli, 'rules', 'impact', '--today', '2026-11-24', ...args], { cwd, encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8' } });
  return { status, out: stdout, err: stderr };
}

interface Json {
  readonly entries: readonly { readonly change: string; readonly rule: string; readonly path: string; readonly product: string }[];
  readonly summary: { readonly products: number; readonly files: number; readonly added: number; readonly removed: number; readonly changed: number };
}

const json = (cwd: string, args: readonly string[]): Json => JSON.parse(run(cwd, [...args, '--format', 'json']).out) as Json;

describe('kobo rules impact', function () {
  this.timeout(180_000);
  let root: string;
  before(() => {
    root = workspace();
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const rules = (): string => readFileSync(join(root, 'book/rules/ownership.yaml'), 'utf8');
  /** OWN-001 from the second level on. */
  const edited = (): string => {
    const text = rules();
    const at = text.indexOf('level: L1', text.indexOf('id: OWN-001'));
    return `${text.slice(0, at)}level: L2${text.slice(at + 'level: L1'.length)}`;
  };

  it('compares a changed file outside of the Book with the file of the same name in it', () => {
    assert.notEqual(edited(), rules());
    writeFileSync(join(root, 'ownership.yaml'), edited());
    const result = json(root, ['product', '--rule', 'ownership.yaml']);
    assert.deepEqual(new Set(result.entries.map(({ change, rule, product }) => `${change} ${rule} ${product}`)), new Set(['removed OWN-001 shift-navi']));
    assert.equal(result.summary.removed, result.entries.length);
    assert.ok(result.entries.every(({ path }) => path.startsWith('product/docs/')));
    assert.equal(run(root, ['product', '--rule', 'ownership.yaml']).status, 0);
  });

  it('compares a file of the Book itself with its last commit', () => {
    const file = join(root, 'book/rules/ownership.yaml');
    const before = rules();
    writeFileSync(file, before.replace(/severity: \{ default: warning.*\}/u, 'severity: error'));
    const result = json(root, ['product', '--rule', 'book/rules/ownership.yaml']);
    const { status } = run(root, ['product', '--rule', 'book/rules/ownership.yaml']);
    writeFileSync(file, before);
    assert.deepEqual(new Set(result.entries.map(({ change, rule }) => `${change} ${rule}`)), new Set(['changed OWN-001']));
    assert.equal(status, 1);
  });

  it('says what the next level asks, in each form', () => {
    const result = json(root, ['product', '--level', 'L2']);
    assert.ok(result.summary.added > 0);
    const { out, status } = run(root, ['product', '--level', 'L2']);
    assert.match(out, new RegExp(`1 プロダクト、${String(result.summary.files)} 文書：新しい指摘 ${String(result.summary.added)} 件`));
    assert.equal(status, 1);
    assert.match(run(root, ['product', '--level', 'L2', '--format', 'markdown', '--lang', 'en', '--fail-on', 'never']).out, /^\| Rule \| Title \| Product \|/);
  });

  it('answers wrong use and files that cannot be read with status 2 and a sentence', () => {
    writeFileSync(join(root, 'broken.yaml'), 'group: x\nrules:\n  - id: OWN-001\n    on: nowhere\n');
    writeFileSync(join(root, 'unknown.yaml'), edited().replace('cells: owner, fields: owner', 'celsl: owner'));
    for (const args of [[], ['--level', 'L2', '--rule', 'a.yaml'], ['--rule', 'broken.yaml'], ['--rule', 'unknown.yaml'], ['--in-force', 'ZZZ-999'], ['--rule', 'book/pages/index.md']]) {
      const { status, out, err } = run(root, ['product', ...args]);
      assert.deepEqual([status, out], [2, ''], args.join(' '));
      assert.notEqual(err, '');
    }
    assert.equal(run(root, ['--help']).status, 0);
  });

  it('takes another Book as what was before', () => {
    cpSync(join(root, 'book'), join(root, 'old'), { recursive: true });
    writeFileSync(join(root, 'old/rules/ownership.yaml'), edited());
    const result = json(root, ['product', '--against', 'old']);
    assert.deepEqual(new Set(result.entries.map(({ change, rule }) => `${change} ${rule}`)), new Set(['added OWN-001']));
  });
});
