import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { gitHistory } from '../../../src/host/git-history';

/** A line of random numbers that is the same every time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.parentPath.includes('.git')).map((entry) => join(entry.parentPath, entry.name)).sort();
}

/** Texts that differ enough for git not to take one for another. */
const textOf = (name: string): string => Array.from({ length: 30 }, (_, i) => `${name} の ${String(i)} 行目`).join('\n');

/** A repository of documents that are written, changed, renamed, moved and deleted, a day a commit. */
function grow(seed: number, commits: number): string {
  const root = mkdtempSync(join(tmpdir(), 'kobo-log-'));
  const git = (...args: readonly string[]): void => void execFileSync('git', ['-C', root, '-c', 'user.name=x', '-c', 'user.email=x@example.com', ...args], { env: { ...process.env, GIT_COMMITTER_DATE: date, GIT_AUTHOR_DATE: date } });
  let date = '2026-01-01T09:00:00+0900';
  git('init', '-q');
  const pick = random(seed);
  mkdirSync(join(root, 'product/文書'), { recursive: true });
  for (let i = 0; i < commits; i++) {
    date = new Date(Date.UTC(2026, 0, 1 + i, 3)).toISOString();
    const files = filesBelow(root);
    const file = files[pick(files.length)];
    const name = `${pick(2) === 0 ? 'product/文書' : 'product'}/d${String(i)} ${String(pick(9))}.md`;
    const what = pick(8);
    if (file === undefined || what < 3) writeFileSync(join(root, name), textOf(name));
    else if (what < 6) writeFileSync(file, `${String(i)}\n`, { flag: 'a' });
    else if (what === 6) renameSync(file, join(root, name));
    else rmSync(file);
    git('add', '-A');
    git('commit', '-q', '--allow-empty', '-m', 'x');
    if (i % 9 === 4) {
      git('checkout', '-q', '-b', `side${String(i)}`);
      writeFileSync(join(root, `product/side${String(i)}.md`), textOf(`side${String(i)}`));
      git('add', '-A');
      git('commit', '-q', '-m', 'x');
      git('checkout', '-q', '-');
      git('merge', '-q', '--no-ff', '-m', 'x', `side${String(i)}`);
    }
  }
  return root;
}

describe('the history of many files', function () {
  this.timeout(60_000);

  for (const seed of [1, 2]) {
    it(`is what git says of each by itself, ${String(seed)}`, async () => {
      const root = join(grow(seed, 30), 'product');
      const paths = filesBelow(root).map((path) => relative(root, path));
      assert.ok(paths.length > 3);
      const together = gitHistory(root);
      for (const path of paths) await together.of(path);
      for (const path of paths) {
        const own = execFileSync('git', ['-C', root, 'log', '--follow', '--format=%cs', '--', path], { encoding: 'utf8' }).trim().split('\n');
        const known = await together.of(path);
        assert.deepEqual([known?.lastSaved, known?.firstSaved], [own[0], own.at(-1)], path);
        assert.equal(await known?.textAt('2027-01-01'), execFileSync('git', ['-C', root, 'show', `HEAD:./${path}`], { encoding: 'utf8' }), path);
        assert.ok((await known?.textAt(own.at(-1) ?? ''))?.includes('行目'), `${path}: its first text`);
      }
    });
  }

  it('knows a new commit a moment later, and nothing of files that were never committed', async () => {
    const root = grow(4, 12);
    const history = gitHistory(root);
    const paths = filesBelow(root).map((path) => relative(root, path));
    for (const path of paths) await history.of(path);
    writeFileSync(join(root, 'new.md'), '新しい\n');
    assert.equal(await history.of('new.md'), undefined);
    execFileSync('git', ['-C', root, 'add', '.']);
    execFileSync('git', ['-C', root, '-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '-qm', 'x'], { env: { ...process.env, GIT_COMMITTER_DATE: '2026-06-01T12:00:00Z' } });
    await new Promise((resolve) => setTimeout(resolve, 1100));
    assert.equal((await history.of('new.md'))?.firstSaved, '2026-06-01');
  });
});
