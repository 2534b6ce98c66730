import * as vscode from 'vscode';
import type { GuideClient } from '../client';
import { findingAtCaret, isPlace } from './waive';

/**
 * `kobo.proposeRuleChange`: a file for the owner of a rule that seems wrong, to be filled in and handed over by the person;
 * a piece of the document goes into it only after asking.
 */
export function registerProposal(client: GuideClient): vscode.Disposable {
  return vscode.commands.registerCommand('kobo.proposeRuleChange', async (argument: unknown) => {
    const place = isPlace(argument) ? argument : await findingAtCaret();
    if (place === undefined) return;
    const items = [
      { label: vscode.l10n.t('Without the document'), detail: vscode.l10n.t('Only the rule and its finding go into the proposal'), excerpt: false },
      { label: vscode.l10n.t('With a few lines of the document'), detail: vscode.l10n.t('The lines around the finding; you can change them before you hand the proposal over'), excerpt: true },
    ];
    const picked = await vscode.window.showQuickPick(items, {
      title: vscode.l10n.t('Tell the owner that this rule is wrong'), placeHolder: vscode.l10n.t('May a piece of this document go into the proposal? Nothing is sent.'),
    });
    if (picked === undefined) return;
    const { uri, rule, line, character } = place;
    const proposal = await client.proposal({ uri, rule, line, character, excerpt: picked.excerpt });
    if (proposal === null) {
      void vscode.window.showInformationMessage(vscode.l10n.t('This finding is gone.'));
      return;
    }
    await show(proposal.uri, proposal.text);
    const owner = proposal.owner === '' ? vscode.l10n.t('who keeps the Book') : proposal.owner;
    void vscode.window.showInformationMessage(
      proposal.uri === ''
        ? vscode.l10n.t('Write what is wrong, save the file where you like and hand it to {0}. Nothing was sent.', owner)
        : vscode.l10n.t('Write what is wrong and save: the file goes into the folder proposals of the Book, where {0} finds it.', owner),
    );
  });
}

/** A document that is not saved, in the Book's folder of proposals where there is one; the caret on the first blank. */
async function show(uri: string, text: string): Promise<void> {
  const document = uri === ''
    ? await vscode.workspace.openTextDocument({ language: 'markdown', content: text })
    : await vscode.workspace.openTextDocument(vscode.Uri.parse(uri).with({ scheme: 'untitled' }));
  const editor = await vscode.window.showTextDocument(document);
  if (uri !== '') await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), text));
  const blank = document.getText().indexOf('＿＿');
  if (blank < 0) return;
  editor.selection = new vscode.Selection(document.positionAt(blank), document.positionAt(blank + 2));
  editor.revealRange(editor.selection, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
