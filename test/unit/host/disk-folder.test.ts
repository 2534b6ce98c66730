import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neverCancelled } from '../../../src/core/workspace';
import { diskFolder, pathInside, waitingFolder } from '../../../src/host/disk-folder';

function folder(files: Readonly<Record<string, string>>): string {
  const root = mkdtempSync(join(tmpdir(), 'kobo-disk-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

async function paths(root: string): Promise<readonly string[]> {
  return (await diskFolder(root).list(neverCancelled)).map((entry) => entry.path);
}

describe('a folder on disk', () => {
  it('leaves out what git ignores, node_modules and dot-folders, and sorts by code unit', async () => {
    const root = folder({
      '.gitignore': 'out/\n*.tmp\n!keep.tmp\n', 'b.md': '', 'a.md': '', 'あ.md': '', 'out/x.md': '', 'c.tmp': '', 'keep.tmp': '', 'node_modules/p/README.md': '',
      '.git/config': '', 'sub/.gitignore': 'secret.md\n', 'sub/secret.md': '', 'sub/open.md': '',
    });
    assert.deepEqual(await paths(root), ['.gitignore', 'a.md', 'b.md', 'keep.tmp', 'sub/.gitignore', 'sub/open.md', 'あ.md']);
  });

  it('says of a single file what the listing says, also before it is there', async () => {
    const root = folder({ '.gitignore': 'out/\n*.tmp\n!keep.tmp\n', 'a.md': '', 'out/x.md': '', 'node_modules/p/README.md': '', '.git/config': '', 'sub/.gitignore': 'secret.md\n', 'sub/secret.md': '', 'sub/open.md': '' });
    const said: Record<string, boolean | undefined> = {};
    for (const path of ['a.md', 'out/x.md', 'c.tmp', 'keep.tmp', 'node_modules/p/README.md', '.git/config', '.x', 'sub/secret.md', 'sub/open.md', 'sub/new.md', 'new/new.md']) said[path] = await diskFolder(root).lists?.(path);
    assert.deepEqual(said, {
      'a.md': true, 'out/x.md': false, 'c.tmp': false, 'keep.tmp': true, 'node_modules/p/README.md': false, '.git/config': false, '.x': true, 'sub/secret.md': false, 'sub/open.md': true, 'sub/new.md': true, 'new/new.md': true,
    });
  });

  it('survives links that run in a circle and does not follow those that leave the folder', async function () {
    if (process.platform === 'win32') this.skip();
    const outside = folder({ 'secret.md': 'x' });
    const root = folder({ 'a/b.md': '' });
    symlinkSync(root, join(root, 'a', 'loop'));
    symlinkSync(outside, join(root, 'out'));
    symlinkSync(join(outside, 'secret.md'), join(root, 'leak.md'));
    assert.deepEqual(await paths(root), ['a/b.md']);
  });

  it('names what is reached twice by the path it really lies at, whichever the disk gives first', async function () {
    if (process.platform === 'win32') this.skip();
    const root = folder({ '.gitignore': 'aside/\n', 'docs/minutes/a.md': '', 'docs/risks.md': '', 'aside/b.md': '', 'aside/sub/c.md': '' });
    const links: Readonly<Record<string, string>> = {
      'docs/all': 'minutes', 'docs/zz': '../docs/minutes', 'docs/first.md': 'risks.md', 'docs/twice.md': 'first.md', 'docs/b.md': '../aside/b.md', 'docs/bb.md': '../aside/b.md', 'docs/c': '../aside/sub', 'docs/minutes/up': '..', 'docs/none.md': 'nothing.md',
    };
    for (const [path, to] of Object.entries(links)) symlinkSync(to, join(root, path));
    const seen: Record<string, string | undefined> = {};
    const entries = await diskFolder(root).list(neverCancelled, ({ path, to }) => void (seen[path] = to));
    assert.deepEqual(Object.fromEntries(entries.map(({ path, sameAs }) => [path, sameAs])), {
      '.gitignore': undefined, 'docs/all/a.md': 'docs/minutes/a.md', 'docs/b.md': undefined, 'docs/bb.md': 'docs/b.md', 'docs/c/c.md': undefined, 'docs/first.md': 'docs/risks.md', 'docs/minutes/a.md': undefined,
      'docs/risks.md': undefined, 'docs/twice.md': 'docs/risks.md', 'docs/zz/a.md': 'docs/minutes/a.md',
    });
    assert.deepEqual(seen, {
      'docs/all': 'docs/minutes', 'docs/zz': 'docs/minutes', 'docs/first.md': 'docs/risks.md', 'docs/twice.md': 'docs/first.md', 'docs/b.md': 'aside/b.md', 'docs/bb.md': 'aside/b.md', 'docs/c': 'aside/sub', 'docs/minutes/up': 'docs', 'docs/none.md': 'docs/nothing.md',
    });
    const door = diskFolder(root);
    const kinds: (string | undefined)[] = [];
    for (const path of ['docs/all', 'docs/minutes', 'docs/risks.md', 'docs/none.md', 'docs/nothing.md']) kinds.push(await door.kindOf?.(path));
    assert.deepEqual(kinds, ['link', 'folder', 'file', 'link', 'none']);
    const same: (string | undefined)[] = [];
    for (const path of ['docs/all', 'docs/all/a.md', 'docs/first.md', 'docs/b.md', 'docs/risks.md', 'docs/none.md']) same.push(await door.sameAs?.(path));
    assert.deepEqual(same, ['docs/minutes', 'docs/minutes/a.md', 'docs/risks.md', undefined, undefined, undefined]);
  });

  it('answers with a reason where a file cannot be had, in the order asked', async () => {
    const root = folder({ 'a.md': 'text' });
    for (const door of [diskFolder(root), waitingFolder(root)]) {
      const answers = await door.read(['a.md', 'no.md', '../x.md'], neverCancelled);
      assert.deepEqual(answers.map((answer) => (answer.ok ? new TextDecoder().decode(answer.bytes) : answer.code)), ['text', 'missing', 'forbidden']);
      assert.deepEqual((await door.read(['a.md'], { isCancelled: true })).map((answer) => answer.ok), [false]);
    }
  });

  it('knows what lies inside', () => {
    assert.equal(pathInside(join('/a', 'b'), join('/a', 'b', 'c', 'd.md')), 'c/d.md');
    assert.equal(pathInside(join('/a', 'b'), join('/a', 'b', '..x', 'd.md')), '..x/d.md');
    assert.equal(pathInside(join('/a', 'b'), join('/a', 'c', 'd.md')), undefined);
    assert.equal(pathInside(join('/a', 'b'), join('/a', 'bc', 'd.md')), undefined);
    assert.equal(pathInside(join('/a', 'b'), join('/a', 'b')), undefined);
  });
});
