import * as vscode from 'vscode';
import type { FileEdit } from '../../server/protocol';

/** Shows edits in VS Code's own refactor preview; they are made when the person applies them there, and can be undone. */
export async function previewEdits(edits: readonly FileEdit[], label: string): Promise<boolean> {
  const change = new vscode.WorkspaceEdit();
  const metadata: vscode.WorkspaceEditEntryMetadata = { needsConfirmation: true, label };
  for (const { uri, edits: ofFile } of edits) {
    for (const { range, newText } of ofFile) {
      change.replace(vscode.Uri.parse(uri), new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character), newText, metadata);
    }
  }
  return vscode.workspace.applyEdit(change, { isRefactoring: true });
}
