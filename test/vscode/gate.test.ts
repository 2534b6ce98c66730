import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileUri, until } from './support';

describe('Check Gate', () => {
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
    await closeAll();
  });

  /** Opens the list and goes some rows down. */
  async function goDown(rows: number): Promise<void> {
    await vscode.commands.executeCommand('kobo.checkGate');
    // The rows come a moment after the answer, and nobody can ask for them.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    for (let i = 0; i < rows; i++) await vscode.commands.executeCommand('workbench.action.quickOpenSelectNext');
  }

  it('opens the place of a finding: after the other gates and two missing documents comes what is not solved', async () => {
    await closeAll();
    await goDown(3);
    await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    const editor = await until('the register is shown', () => {
      const active = vscode.window.activeTextEditor;
      return active?.document.uri.toString() === fileUri('docs/issues.csv').toString() ? active : undefined;
    });
    await until('the caret is at the issue', () => (editor.document.lineAt(editor.selection.active.line).text.startsWith('I-002,') ? true : undefined));
  });

  it('is a command of the palette where there is a product', async () => {
    assert.ok((await vscode.commands.getCommands(true)).includes('kobo.checkGate'));
  });
});
