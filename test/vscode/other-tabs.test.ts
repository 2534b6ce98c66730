import * as vscode from 'vscode';
import { closeAll, fileUri, show, until } from './support';

const path = 'docs/untyped.md';

describe('commands on a document while another kind of tab is in front', () => {
  let editor: vscode.TextEditor;
  const before = '# 覚え書き\n\n打ち合わせの前に見る。\n';

  beforeEach(async () => {
    await vscode.workspace.fs.writeFile(fileUri(path), new TextEncoder().encode(before));
    editor = await show(path);
  });
  afterEach(async () => {
    await closeAll();
    await vscode.workspace.fs.delete(fileUri(path));
  });

  /** Runs the command and takes the first kind it offers, once the list is there. */
  const chooseFirst = async (): Promise<void> => {
    const done = vscode.commands.executeCommand('kobo.manageAs');
    let ended = false;
    void Promise.resolve(done).then(() => (ended = true));
    await until('a kind is chosen', async () => {
      if (!ended) await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      return ended ? true : undefined;
    });
  };

  it('decides the type of the document that was used last', async () => {
    const page = vscode.window.createWebviewPanel('test', 'page', vscode.ViewColumn.Active);
    try {
      await until('no text editor is active', () => (vscode.window.activeTextEditor === undefined ? true : undefined));
      await chooseFirst();
      await until('the type is written', () => (/^---\ntype: [\w-]+\n---\n/u.test(editor.document.getText()) ? true : undefined));
    } finally {
      page.dispose();
    }
  });

  it('decides the type of the document that the page on how it is checked is about', async () => {
    await vscode.commands.executeCommand('kobo.whyNotChecked');
    await until('the page is in front', () => (vscode.window.activeTextEditor?.document.uri.scheme === 'kobo-why' ? true : undefined));
    await chooseFirst();
    await until('the type is written', () => (/^---\ntype: [\w-]+\n---\n/u.test(editor.document.getText()) ? true : undefined));
  });
});
