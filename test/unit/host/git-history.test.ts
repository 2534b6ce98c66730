import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { committedText, gitHistory } from '../../../src/host/git-history';

function commit(root: string, author: string, day: string): void {
  execFileSync('git', ['-C', root, 'add', '.']);
  execFileSync('git', ['-C', root, '-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '-qm', 'x', `--author=${author} <a@example.com>`, `--date=${day}T23:30:00+0900`]);
}

function repository(): string {
  const root = mkdtempSync(join(tmpdir(), 'kobo-git-'));
  execFileSync('git', ['-C', root, 'init', '-q']);
  writeFileSync(join(root, 'a.md'), 'いち\nに\n');
  commit(root, '鈴木', '2026-11-02');
  writeFileSync(join(root, 'a.md'), 'いち\nに改\n');
  commit(root, '田中', '2026-11-20');
  return root;
}

describe('what git knows of a file', function () {
  this.timeout(20_000);

  it('is who committed each line last, on the day where they were; nobody for lines that are not committed', async () => {
    const root = repository();
    writeFileSync(join(root, 'a.md'), 'いち\nに改\nさん\n');
    const lines = await (await gitHistory(root).of('a.md'))?.lines?.();
    assert.deepEqual(lines, [
      { text: 'いち', author: '鈴木', day: '2026-11-02' }, { text: 'に改', author: '田中', day: '2026-11-20' }, { text: 'さん', author: '', day: '' },
    ]);
  });

  it('is the text as it was committed last, empty for a new file, nothing outside of a repository', async () => {
    const root = repository();
    writeFileSync(join(root, 'a.md'), '別\n');
    writeFileSync(join(root, 'b.md'), '新しい\n');
    assert.deepEqual([await committedText(root, 'a.md'), await committedText(root, 'b.md')], ['いち\nに改\n', '']);
    assert.equal(await committedText(mkdtempSync(join(tmpdir(), 'kobo-none-')), 'a.md'), undefined);
  });
});
