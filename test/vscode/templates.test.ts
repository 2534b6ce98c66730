import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileUri, show } from './support';

describe('templates', () => {
  afterEach(closeAll);

  it('offers template bodies as snippets in Markdown', async () => {
    const editor = await show('docs/minutes/2026-11-17_定例.md');
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', editor.document.uri, end);
    const snippets = list.items.filter((item) => item.kind === vscode.CompletionItemKind.Snippet && item.insertText instanceof vscode.SnippetString && item.insertText.value.includes('【'));
    assert.ok(snippets.length >= 5, `${String(snippets.length)} snippets`);
    for (const { insertText } of snippets) assert.doesNotMatch((insertText as vscode.SnippetString).value, /(?<!\\)\$\{?[A-Z_]{2,}/, 'a live variable');
  });

  it('ships the sample that "Open the Sample" copies', async () => {
    const extension = vscode.extensions.getExtension('kobo-guide.kobo-guide');
    const sample = vscode.Uri.joinPath(extension?.extensionUri ?? fileUri(''), 'templates', 'samples', 'trouble', 'kobo.yaml');
    assert.ok((await vscode.workspace.fs.stat(sample)).size > 0);
  });
});
