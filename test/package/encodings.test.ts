import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startPlainEditor } from './lsp-client';

const kobo = 'format: 1\nproduct: { id: p, name: P }\ndocuments:\n  議事録/*.md: minutes\n';
const cp932 = new Map([['議', [0x8b, 0x63]], ['事', [0x8e, 0x96]], ['録', [0x98, 0x5e]]]);
const encodings: Readonly<Record<string, Buffer>> = {
  'UTF-8': Buffer.from(kobo),
  'UTF-8 with a mark': Buffer.from(`\ufeff${kobo}`),
  CP932: Buffer.from(Array.from(kobo).flatMap((char) => cp932.get(char) ?? [char.charCodeAt(0)])),
  'UTF-16': Buffer.from(`\ufeff${kobo}`, 'utf16le'),
};

describe('a kobo.yaml in another encoding', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-encoding-')));
    mkdirSync(join(root, '議事録'));
    writeFileSync(join(root, '議事録', 'a.md'), '# 定例\n');
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  for (const [name, bytes] of Object.entries(encodings)) {
    it(`says on the command line what it says in the editor (${name})`, async () => {
      writeFileSync(join(root, 'kobo.yaml'), bytes);
      const { stdout, stderr } = spawnSync(process.execPath, [join(process.cwd(), 'dist', 'cli.js'), 'check', '--no-cache', '--format', 'json'], { cwd: root, encoding: 'utf8' });
      assert.equal(stderr, '');
      const { summary, findings } = JSON.parse(stdout) as { readonly summary: { readonly files: number }; readonly findings: readonly { readonly rule: string }[] };
      const editor = await startPlainEditor({ root: { rootUri: pathToFileURL(root).href } });
      const all = await editor.client.sendRequest<{ readonly summary: { readonly files: number }; readonly files: readonly { readonly diagnostics: readonly { readonly code: string }[] }[] }>('kobo/check/all', { folder: '' });
      await editor.stop();
      assert.deepEqual([summary.files, all.summary.files], [1, 1]);
      assert.deepEqual(findings.map(({ rule }) => rule).sort(), all.files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code)).sort());
    });
  }
});
