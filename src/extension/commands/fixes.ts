import * as vscode from 'vscode';

/** What quick fixes and the panel's 直す button lead to. */
export function registerFixes(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('kobo.fixed', () => vscode.commands.executeCommand('setContext', 'kobo.fixedOnce', true)),
    vscode.commands.registerCommand('kobo.fixAt', async (uri: unknown, line: unknown, character: unknown) => {
      if (typeof uri !== 'string' || typeof line !== 'number' || typeof character !== 'number') return;
      const place = new vscode.Position(line, character);
      await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(place, place) });
      await vscode.commands.executeCommand('editor.action.quickFix');
    }),
  );
}
