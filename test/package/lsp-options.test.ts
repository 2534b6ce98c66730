import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ClientCapabilities } from 'vscode-languageserver-protocol/node';
import { startPlainEditor, type PlainEditor } from './lsp-client';

/** Whatever a client sends in place of an option, it gets the usual one. */
describe('kobo lsp --stdio, told odd options', function () {
  this.timeout(60_000);
  let root: string;
  let editor: PlainEditor | undefined;
  before(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-options-')));
    cpSync('templates/samples/trouble', root, { recursive: true });
  });
  afterEach(async () => {
    await editor?.stop();
    editor = undefined;
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  for (const initializationOptions of [{ language: null }, { starter: null }, { settings: null }, { settings: { rules: null, book: null, minimumSeverity: 5 } }, { trusted: null, files: 7, indexFolder: 5 }, 5, 'x', []]) {
    it(`checks as usual after ${JSON.stringify(initializationOptions)}`, async () => {
      editor = await startPlainEditor({ root: { rootUri: pathToFileURL(root).href }, initializationOptions });
      const uri = await editor.open(join(root, 'docs/risks.md'));
      await editor.findings(uri, (found) => found.some(({ code }) => code === 'REG-004'));
      await editor.client.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } });
    });
  }

  it('sends findings to a client that says null to asking for them', async () => {
    const capabilities = { workspace: { diagnostics: { refreshSupport: true } }, textDocument: { diagnostic: null } } as unknown as ClientCapabilities;
    editor = await startPlainEditor({ root: { rootUri: pathToFileURL(root).href }, capabilities });
    await editor.findings(await editor.open(join(root, 'docs/risks.md')), (found) => found.length > 0);
  });

  it('looks at documents alone once the last folder is taken away', async () => {
    editor = await startPlainEditor({ root: { rootUri: null, workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'x' }] }, capabilities: { workspace: { workspaceFolders: true } } });
    const uri = await editor.open(join(root, 'docs/risks.md'));
    const before = await editor.findings(uri, (found) => found.some(({ code }) => code === 'REG-004'));
    editor.published.length = 0;
    await editor.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [{ uri: pathToFileURL(root).href, name: 'x' }] } });
    assert.deepEqual(await editor.findings(uri, (found) => found.some(({ code }) => code === 'REG-004')), before);
  });
});
