import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');

describe('kobo book check', function () {
  this.timeout(60_000);
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-check-'));
    mkdirSync(join(root, 'book/pages'), { recursive: true });
    writeFileSync(join(root, 'book/book.yaml'), 'format: 1\nid: hoshi\nname: ほし\nextends: starter\n');
    writeFileSync(join(root, 'book/pages/index.md'), '---\ntitle: 入口\nowner: PMO\nreviewed: 2026-11-01\nreview_cycle: 90d\n---\n# 入口\n\n- [ここ](nowhere.md)\n');
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  const run = (...args: readonly string[]): { readonly status: number | null; readonly out: string } => {
    const { status, stdout } = spawnSync(process.execPath, [cli, 'book', 'check', '--today', '2026-11-24', ...args], { cwd: root, encoding: 'utf8' });
    return { status, out: stdout };
  };

  it('looks at the folder that is given, by itself or with --book, and calls none clean that it does not look at', () => {
    for (const args of [['book'], ['--book', 'book']]) {
      const { status, out } = run(...args);
      assert.equal(status, 1);
      assert.match(out, /nowhere\.md/u);
    }
    for (const args of [['nowhere'], ['book', 'other'], ['book', '--book', 'other']]) assert.equal(run(...args).status, 2, args.join(' '));
    assert.deepEqual(run().status, 0);
  });
});
