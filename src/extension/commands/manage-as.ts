import * as vscode from 'vscode';
import type { GuideClient } from '../client';
import { makeEdits } from '../edits';
import type { LastDocument } from '../last-document';
import { fileOfWhyPage } from './why';

/**
 * `kobo.manageAs`: writes the type of a document into its fields at the top, as an edit that can be undone. Where a page of
 * another kind is in front, the document is the one that it is about, else the one used last; the question names it.
 */
export function registerManageAs(client: GuideClient, last: LastDocument): vscode.Disposable {
  return vscode.commands.registerCommand('kobo.manageAs', async () => {
    const target = fileOfWhyPage(vscode.window.activeTextEditor?.document.uri) ?? last.document?.uri;
    if (target === undefined) {
      void vscode.window.showInformationMessage(vscode.l10n.t('Open the document first.'));
      return;
    }
    const uri = target.toString();
    const name = target.path.slice(target.path.lastIndexOf('/') + 1);
    const types = await client.types({ uri });
    const picked = await vscode.window.showQuickPick(
      types.map((type) => ({ label: type.title, description: type.id, detail: type.guess ? vscode.l10n.t('Looks like this one') : '', id: type.id })),
      { title: vscode.l10n.t('Manage {0} as…', name), matchOnDescription: true, placeHolder: vscode.l10n.t('What kind of document is this?') },
    );
    if (picked === undefined) return;
    const document = await vscode.workspace.openTextDocument(target);
    const edit = await client.manageAs({ uri, type: picked.id });
    if (edit === null) {
      void vscode.window.showInformationMessage(vscode.l10n.t('{0} has no place for its type. Write a line under “documents:” of kobo.yaml: {1}', name, `"${name}": ${picked.id}`));
      return;
    }
    if (await makeEdits([edit])) await vscode.window.showTextDocument(document);
  });
}
