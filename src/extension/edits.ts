import * as vscode from 'vscode';
import type { FileEdit } from '../server/protocol';
import { editFits } from './edit-fits';

export function rangeOf({ range: { start, end } }: FileEdit['edits'][number]): vscode.Range {
  return new vscode.Range(start.line, start.character, end.line, end.character);
}

/**
 * Makes the server's edits, all or none: where a document has changed since they were thought out they would land in other words.
 * Says so where they are not made.
 * @param metadata with it the person sees them first
 */
export async function makeEdits(edits: readonly FileEdit[], metadata?: vscode.WorkspaceEditEntryMetadata): Promise<boolean> {
  const change = new vscode.WorkspaceEdit();
  for (const { uri: address, version, edits: ofFile } of edits) {
    const uri = vscode.Uri.parse(address);
    const document = vscode.workspace.textDocuments.find((one) => one.uri.toString() === uri.toString());
    if (!editFits(version, document)) {
      void vscode.window.showWarningMessage(vscode.l10n.t('{0} has changed meanwhile. Nothing was changed; please do it again.', vscode.workspace.asRelativePath(uri)));
      return false;
    }
    for (const edit of ofFile) change.replace(uri, rangeOf(edit), edit.newText, metadata);
  }
  if (await vscode.workspace.applyEdit(change, metadata === undefined ? {} : { isRefactoring: true })) return true;
  // Who does not want what the preview shows need not be told.
  if (metadata === undefined) void vscode.window.showWarningMessage(vscode.l10n.t('{0} could not be changed.', edits.map(({ uri }) => vscode.workspace.asRelativePath(vscode.Uri.parse(uri))).join(', ')));
  return false;
}
