import type * as vscode from 'vscode';

/**
 * Keeps the rows of a QuickPick in our order. VS Code re-sorts rows by how their label matches the typed text; the switch for
 * that exists at run time and is only in proposed typings. Where it is missing VS Code's order stands.
 */
export function keepOrder(pick: vscode.QuickPick<vscode.QuickPickItem>): void {
  const switchable = pick as vscode.QuickPick<vscode.QuickPickItem> & { sortByLabel?: boolean };
  if ('sortByLabel' in switchable) switchable.sortByLabel = false;
}
