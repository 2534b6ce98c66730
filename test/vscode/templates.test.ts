import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileUri, show, until } from './support';

describe('templates', () => {
  afterEach(closeAll);

  it('offers template bodies as snippets in Markdown', async () => {
    const editor = await show('docs/minutes/2026-11-17_定例.md');
    const end = editor.document.lineAt(editor.document.lineCount - 1).range.end;
    const snippets = await until('five snippets', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', editor.document.uri, end);
      const found = list.items.filter((item) => item.kind === vscode.CompletionItemKind.Snippet && item.insertText instanceof vscode.SnippetString && item.insertText.value.includes('【'));
      return found.length >= 5 ? found : undefined;
    });
    for (const { insertText } of snippets) assert.doesNotMatch((insertText as vscode.SnippetString).value, /(?<!\\)\$\{?[A-Z_]{2,}/, 'a live variable');
  });

  it('breaks no line when a part is put in while the caret stands in one', async () => {
    const { document } = await show('docs/minutes/2026-11-17_定例.md');
    const before = document.getText();
    const line = before.split('\n').findIndex((one) => one.startsWith('# '));
    const editor = vscode.window.activeTextEditor ?? assert.fail();
    editor.selection = new vscode.Selection(line, 4, line, 4);
    await vscode.commands.executeCommand('kobo.new', 's-rollback');
    await until('the part is there', () => (document.getText().includes('## 切り戻し') ? true : undefined));
    const lines = document.getText().split('\n');
    assert.deepEqual(lines.slice(line, line + 3), [before.split('\n')[line], '', '## 切り戻し']);
    await vscode.commands.executeCommand('undo');
    await until('it is undone', () => (document.getText() === before ? true : undefined));
  });

  const rowAt = (lines: readonly string[]): number => lines.findIndex((line) => line.startsWith('| ---'));
  for (const [place, at, behind] of [
    ['the fields at the top', () => 0, (lines: readonly string[]) => lines.indexOf('---', 1)],
    ['a table', rowAt, (lines: readonly string[]) => rowAt(lines) + lines.slice(rowAt(lines)).findIndex((line) => !line.startsWith('|')) - 1],
  ] as const) {
    it(`puts a part behind ${place}, not into it`, async () => {
      const { document } = await show('docs/minutes/2026-11-17_定例.md');
      const before = document.getText();
      const lines = before.split('\n');
      const editor = vscode.window.activeTextEditor ?? assert.fail();
      editor.selection = new vscode.Selection(at(lines), 0, at(lines), 0);
      await vscode.commands.executeCommand('kobo.new', 's-rollback');
      await until('the part is there', () => (document.getText().includes('## 切り戻し') ? true : undefined));
      assert.deepEqual(document.getText().split('\n').slice(0, behind(lines) + 3), [...lines.slice(0, behind(lines) + 1), '', '## 切り戻し']);
      await vscode.commands.executeCommand('undo');
      await until('it is undone', () => (document.getText() === before ? true : undefined));
    });
  }

  it('puts a part of a document in at the cursor of the editor used last, with its blanks, as one step back', async () => {
    const { document } = await show('docs/minutes/2026-11-17_定例.md');
    const before = document.getText();
    const end = document.lineAt(document.lineCount - 1).range.end;
    (vscode.window.activeTextEditor ?? assert.fail()).selection = new vscode.Selection(end, end);
    // A page of another kind is in front.
    const page = vscode.window.createWebviewPanel('test', 'page', vscode.ViewColumn.Active);
    try {
      await until('no text editor is active', () => (vscode.window.activeTextEditor === undefined ? true : undefined));
      await vscode.commands.executeCommand('kobo.new', 's-rollback');
      await until('the part is there', () => (document.getText().includes('## 切り戻し') ? true : undefined));
      const editor = vscode.window.activeTextEditor;
      assert.equal(editor?.document.uri.toString(), document.uri.toString());
      assert.ok(document.getText().startsWith(before));
      assert.match(document.getText(editor.selection), /^【記入：[^】]*】$/u, 'the first blank is selected');
      await vscode.commands.executeCommand('undo');
      await until('it is undone', () => (document.getText() === before ? true : undefined));
    } finally {
      page.dispose();
    }
  });

  it('begins a new document with the part where none is open', async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await vscode.commands.executeCommand('kobo.new', 's-rollback');
    const document = await until('a document with the part', () => vscode.window.activeTextEditor?.document);
    assert.equal(document.uri.scheme, 'untitled');
    assert.equal(document.languageId, 'markdown');
    await until('the part is there', () => (document.getText().includes('## 切り戻し') ? true : undefined));
  });

  it('selects the next blank, so that typing replaces it', async () => {
    const file = fileUri('docs/minutes/2026-11-30_空欄.md');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode('---\ntype: minutes\nowner: 田中\n---\n# 定例\n\n- 参加者：【記入：参加者（、で区切る）】\n- 欠席者：【記入：いなければ「なし」】\n'));
    try {
      const editor = await show('docs/minutes/2026-11-30_空欄.md');
      const { document } = editor;
      await vscode.commands.executeCommand('kobo.nextBlank');
      assert.equal(document.getText(editor.selection), '【記入：参加者（、で区切る）】');
      await vscode.commands.executeCommand('type', { text: '田中、鈴木' });
      await vscode.commands.executeCommand('kobo.nextBlank');
      assert.equal(document.getText(editor.selection), '【記入：いなければ「なし」】');
      await vscode.commands.executeCommand('type', { text: 'なし' });
      assert.ok(document.getText().endsWith('- 参加者：田中、鈴木\n- 欠席者：なし\n'), document.getText());
    } finally {
      await closeAll();
      await vscode.workspace.fs.delete(file);
    }
  });

  it('ships the sample that "Open the Sample" copies', async () => {
    const extension = vscode.extensions.getExtension('kobo-guide.kobo-guide');
    const sample = vscode.Uri.joinPath(extension?.extensionUri ?? fileUri(''), 'templates', 'samples', 'trouble', 'kobo.yaml');
    assert.ok((await vscode.workspace.fs.stat(sample)).size > 0);
  });
});
