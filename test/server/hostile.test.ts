import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentSymbol } from 'vscode-languageserver-protocol/node';
import { hostiles } from '../unit/rules/hostile';
import { sample, startSession, type Session } from './support';

const folder = join(sample, '../healthy');
/** Sent through the protocol it would only cost time: what is too large to be read is among the others. */
const left = '50 MB of CSV';

describe('the language server, given hostile documents', function () {
  this.timeout(120_000);
  let session: Session;
  before(async () => {
    session = await startSession({ folder });
  });
  after(async () => {
    await session.stop();
  });

  for (const { name, path, text, says } of hostiles(10_000, 500).filter((each) => each.name !== left)) {
    it(`${name}: ${says?.join(' ') ?? 'answers'}`, async () => {
      const hostile = text();
      const { client, open, pull, uri } = session;
      const textDocument = { uri: uri(path) };
      const codes = async (): Promise<readonly unknown[]> => (await pull(path)).map(({ code }) => code);
      let version = 1;
      const change = (to: string) => client.sendNotification('textDocument/didChange', { textDocument: { ...textDocument, version: ++version }, contentChanges: [{ text: to }] });

      await open(path, hostile);
      const opened = await codes();
      if (says === undefined) assert.ok(opened.length <= 101, String(opened.length));
      else assert.deepEqual(opened, says);
      for (const { message } of await pull(path)) assert.match(typeof message === 'string' ? message : message.value, /^[^\n\r]+$/u);

      // A key in it, then the text as it should be: the server still takes changes and answers what it is asked next.
      const middle = hostile.length >> 1;
      await change(`${hostile.slice(0, middle)}あ${hostile.slice(middle)}`);
      if (says !== undefined) assert.deepEqual((await codes()).filter((code) => says.includes(String(code))), says);
      const healthy = readFileSync(join(folder, path), 'utf8');
      await change(healthy);
      assert.deepEqual((await codes()).filter((code) => String(code).startsWith('DOC-')), []);
      if (path.endsWith('.md')) assert.ok((await client.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument })).length > 0);
      await client.sendNotification('textDocument/didClose', { textDocument });
    });
  }
});
