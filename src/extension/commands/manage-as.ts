import * as vscode from 'vscode';
import type { GuideClient } from '../client';

/** `kobo.manageAs`: writes the type of the document at hand into its fields at the top, as an edit that can be undone. */
export function registerManageAs(client: GuideClient): vscode.Disposable {
  return vscode.commands.registerCommand('kobo.manageAs', async () => {
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) return;
    const uri = editor.document.uri.toString();
    const types = await client.types({ uri });
    const picked = await vscode.window.showQuickPick(
      types.map((type) => ({ label: type.title, description: type.id, detail: type.guess ? vscode.l10n.t('Looks like this one') : '', id: type.id })),
      { title: vscode.l10n.t('Manage this file as…'), matchOnDescription: true, placeHolder: vscode.l10n.t('What kind of document is this?') },
    );
    if (picked === undefined) return;
    const edit = await client.manageAs({ uri, type: picked.id });
    if (edit === null) return;
    const change = new vscode.WorkspaceEdit();
    for (const { range, newText } of edit.edits) {
      change.replace(vscode.Uri.parse(edit.uri), new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character), newText);
    }
    await vscode.workspace.applyEdit(change);
  });
}
