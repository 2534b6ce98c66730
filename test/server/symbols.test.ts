import assert from 'node:assert/strict';
import type { DocumentSymbol, FoldingRange, TextEdit } from 'vscode-languageserver-protocol/node';
import { startSession, type Session } from './support';

let session: Session | undefined;
const text = '---\ntype: risk-register\ntitle: リスク\n---\n# リスク登録簿\n\n| ID | 内容 | 状態 |\n|---|---|---|\n| R-001 | 納期が遅れる | 対応中 |\n| R-002 | 人が足りない | 未対応 |\n\n<!--\nメモ\n-->\n';

async function start(): Promise<Session> {
  session = await startSession();
  return session;
}

describe('outline, folding and formatting of documents', () => {
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  it('lists fields and register rows, and leaves headings to the editor', async () => {
    const from = await start();
    await from.open('docs/risks.md', text);
    const symbols = await from.client.sendRequest<DocumentSymbol[]>('textDocument/documentSymbol', { textDocument: { uri: from.uri('docs/risks.md') } });
    const names = symbols.map(({ name }) => name);
    assert.ok(names.includes('題名'), names.join());
    const rows = symbols.flatMap(({ children }) => children ?? []);
    assert.deepEqual(rows.map(({ name, detail }) => [name, detail]), [['R-001', '納期が遅れる'], ['R-002', '人が足りない']]);
    assert.ok(!rows.concat(symbols).some(({ selectionRange }) => selectionRange.start.line === 4));
  });

  it('folds the head, the table and comments', async () => {
    const from = await start();
    await from.open('docs/risks.md', text);
    const folds = await from.client.sendRequest<FoldingRange[]>('textDocument/foldingRange', { textDocument: { uri: from.uri('docs/risks.md') } });
    assert.deepEqual(folds.map(({ startLine, endLine }) => [startLine, endLine]), [[0, 3], [6, 9], [11, 13]]);
  });

  it('formats tables of managed documents and nothing else', async () => {
    const from = await start();
    const format = (path: string): Promise<TextEdit[]> => from.client.sendRequest('textDocument/formatting', { textDocument: { uri: from.uri(path) }, options: { tabSize: 2, insertSpaces: true } });
    await from.open('docs/risks.md', text);
    const [edit] = await format('docs/risks.md');
    assert.equal(edit?.newText.split('\n')[0], '| ID    | 内容         | 状態   |');
    await from.open('README.md', text.replace('type: risk-register\n', ''));
    assert.deepEqual(await format('README.md'), []);
  });

  it('registers a formatter for managed documents with tables only', async () => {
    const from = await start();
    const registered: string[] = [];
    from.client.onRequest('client/registerCapability', ({ registrations }: { readonly registrations: readonly { readonly method: string; readonly registerOptions: { readonly documentSelector: unknown } }[] }) => {
      registered.push(...registrations.map(({ method, registerOptions }) => `${method} ${JSON.stringify(registerOptions.documentSelector)}`));
      return null;
    });
    await from.open('docs/risks.md', text);
    await from.pull('docs/risks.md');
    await from.open('notes.md', '# メモ\n\n| a | b |\n|---|---|\n| 1 | 2 |\n');
    await from.pull('notes.md');
    assert.equal(registered.length, 2, registered.join('\n'));
    assert.ok(registered.every((one) => one.includes('docs/risks.md')));
  });
});
