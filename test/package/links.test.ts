import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');

interface Report {
  readonly findings: readonly { readonly rule: string; readonly path: string }[];
  readonly summary: { readonly files: number; readonly errors: number };
}

/** What is reached twice is checked once, under the path it really lies at. */
describe('kobo check of a product with links', function () {
  this.timeout(120_000);
  let root: string;
  beforeEach(function () {
    if (process.platform === 'win32') this.skip();
    root = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-links-')));
    cpSync('templates/samples/trouble', root, { recursive: true });
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const check = (...words: readonly string[]): Report => {
    const { stdout, stderr } = spawnSync(process.execPath, [cli, 'check', ...words, '--no-cache', '--format', 'json', '--today', '2026-11-24'], { cwd: root, encoding: 'utf8' });
    assert.equal(stderr, '');
    return JSON.parse(stdout) as Report;
  };
  const git = (...args: readonly string[]): void => void execFileSync('git', ['-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { cwd: root, stdio: 'ignore' });

  it('says what it says without them', () => {
    const before = check();
    symlinkSync('minutes', join(root, 'docs/current'));
    symlinkSync('risks.md', join(root, 'docs/latest.md'));
    assert.deepEqual(check(), before);
    const minutes = check('docs/minutes');
    assert.equal(minutes.summary.files, 3);
    // Who names the link means what it leads to.
    assert.deepEqual(check('docs/current'), minutes);
    assert.deepEqual(check('docs/current/'), minutes);
    const risks = check('docs/risks.md');
    assert.equal(risks.summary.files, 1);
    assert.deepEqual(check('docs/latest.md'), risks);
  });

  it('takes a link for a way to what it leads to', () => {
    symlinkSync('minutes', join(root, 'docs/current'));
    symlinkSync('risks.md', join(root, 'docs/latest.md'));
    appendFileSync(join(root, 'docs/charter.md'), '\n[会議](current/2026-11-17_定例.md)、[リスク](latest.md)、[ない](current/none.md)\n');
    assert.equal(check('docs/charter.md').findings.filter(({ rule }) => rule === 'XDC-002').length, 1);
  });

  it('finds with --since what changed, also what only a link reaches', () => {
    symlinkSync('minutes', join(root, 'docs/current'));
    mkdirSync(join(root, '.shared'));
    renameSync(join(root, 'docs/risks.md'), join(root, '.shared/risks.md'));
    symlinkSync('../.shared/risks.md', join(root, 'docs/risks.md'));
    git('init', '-q');
    git('add', '-A');
    git('commit', '-qm', 'a');
    assert.equal(check('--since', 'HEAD').summary.files, 0);
    appendFileSync(join(root, 'docs/minutes/2026-11-17_定例.md'), '\n');
    assert.equal(check('--since', 'HEAD').summary.files, 1);
    appendFileSync(join(root, '.shared/risks.md'), '\n');
    assert.equal(check('--since', 'HEAD').summary.files, 2);
    assert.ok(check('--since', 'HEAD').findings.some(({ path }) => path === 'docs/risks.md'));
  });
});
