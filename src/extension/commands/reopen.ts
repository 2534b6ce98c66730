import * as vscode from 'vscode';

/** `kobo.reopen`: opens a file that was read in the wrong encoding again; what is unsaved stays, and then it is not reopened. */
export function registerReopen(): vscode.Disposable {
  return vscode.commands.registerCommand('kobo.reopen', async (uri: unknown, encoding: unknown) => {
    if (typeof uri !== 'string' || typeof encoding !== 'string') return;
    try {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(vscode.Uri.parse(uri), { encoding }));
    } catch {
      void vscode.window.showWarningMessage(vscode.l10n.t('This file has changes that are not saved. Undo them first, or their characters would be lost.'));
    }
  });
}
