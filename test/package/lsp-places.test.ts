import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CheckAllResult } from '../../src/server/protocol';
import { startPlainEditor, type PlainEditor } from './lsp-client';

const kobo = (id: string, more = ''): string => `format: 1\nproduct: { id: ${id}, name: ${id} }\n${more}`;
const risks = '---\ntype: risk-register\n---\n# リスク管理表\n\n| ID | リスク | 確率 | 影響 | 対応 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|---|---|---|\n| R-001 | 通知が遅れる | 高 | 高 |  |  |  | 対応中 |\n';

/** Whatever one folder or one address is, the server goes on, and so do the checks of all others. */
describe('kobo lsp --stdio, with places that are not on this disk', function () {
  this.timeout(60_000);
  let scratch: string;
  let good: string;
  let editor: PlainEditor | undefined;
  beforeEach(() => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-places-')));
    good = folder('good', kobo('good'));
  });
  afterEach(async () => {
    await editor?.stop();
    editor = undefined;
    rmSync(scratch, { recursive: true, force: true });
  });
  const folder = (name: string, text: string): string => {
    const root = join(scratch, name);
    mkdirSync(join(root, 'docs'), { recursive: true });
    writeFileSync(join(root, 'kobo.yaml'), text);
    writeFileSync(join(root, 'docs', 'risks.md'), risks);
    return root;
  };
  const start = async (uris: readonly string[], trusted = true): Promise<PlainEditor> => {
    editor = await startPlainEditor({
      root: { rootUri: null, workspaceFolders: uris.map((uri) => ({ uri, name: 'x' })) },
      capabilities: { workspace: { workspaceFolders: true } },
      initializationOptions: { trusted },
    });
    return editor;
  };
  const isChecked = async (one: PlainEditor): Promise<void> => {
    await one.findings(await one.open(join(good, 'docs', 'risks.md')), (found) => found.length > 0);
    const { files } = await one.client.sendRequest<{ readonly files: readonly unknown[] }>('kobo/check/all', { folder: '' });
    assert.ok(files.length > 0);
    await one.client.sendRequest('kobo/waivers', {});
    assert.equal(await one.stop(), 0);
  };

  for (const uri of ['vscode-vfs://github/a/b', 'memfs:/x', 'file://server/share/ws', 'file:///a%2Fb', 'file:///a%00b', 'untitled:x']) {
    it(`works where a folder is ${uri}`, async () => isChecked(await start([uri, pathToFileURL(good).href])));
  }

  it('works on when such a folder is added, and such a document opened', async () => {
    const one = await start([pathToFileURL(good).href]);
    for (const uri of ['vscode-vfs://github/a/b', 'file://server/share/ws']) {
      await one.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [{ uri, name: 'v' }], removed: [] } });
      await one.client.sendNotification('textDocument/didOpen', { textDocument: { uri: `${uri}/docs/risks.md`, languageId: 'markdown', version: 1, text: risks } });
    }
    await isChecked(one);
  });

  it('works for such a document alone', async () => {
    const one = await start([]);
    for (const uri of ['vscode-vfs://github/a/b/risks.md', 'file://server/share/risks.md', 'file:///a%2Fb/risks.md']) {
      await one.client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text: risks } });
    }
    await isChecked(one);
  });

  for (const [address, trusted] of [
    ['file:///x/%E3%81', true], ['file:///x/%E3%81', false], ['../\\uD800', true], ['../\\uD800', false], ['../100%', true], ['file://server/share', true],
    ['vscode-vfs://github/a/b', true], ['file:///x/%00y', true], ['file:///a%2Fb', false], ['file://%zz/x', true], ['file:///', false],
  ] as const) {
    it(`works where a kobo.yaml names the Book ${address}${trusted ? '' : ', untrusted'}`, async () => {
      const bad = folder('bad', kobo('bad', `book: "${address}"\n`));
      const one = await start([pathToFileURL(good).href, pathToFileURL(bad).href], trusted);
      const failed: string[] = [];
      one.client.onNotification('kobo/state/book', ({ phase, message }: { readonly phase: string; readonly message: string }) => {
        if (phase === 'failed') failed.push(message);
      });
      await one.findings(await one.open(join(bad, 'docs', 'risks.md')), (found) => found.length > 0);
      await isChecked(one);
      assert.match(failed.join(''), /コボブック「.+」/u);
    });
  }

  it('reads no baseline that a link leads to outside of an untrusted workspace, until it is trusted', async () => {
    writeFileSync(join(good, 'kobo.yaml'), kobo('good', 'baseline: up/base.json\n'));
    mkdirSync(join(good, 'up'));
    execFileSync(process.execPath, ['dist/cli.js', 'check', good, '--write-baseline'], { stdio: 'pipe' });
    renameSync(join(good, 'up'), join(scratch, 'outside'));
    symlinkSync(join(scratch, 'outside'), join(good, 'up'));
    const one = await start([pathToFileURL(good).href], false);
    const baselined = async (): Promise<number> => (await one.client.sendRequest<CheckAllResult>('kobo/check/all', { folder: '' })).summary.baselined;
    assert.equal(await baselined(), 0);
    await one.client.sendNotification('kobo/trusted', {});
    assert.ok((await baselined()) > 0);
  });
});
