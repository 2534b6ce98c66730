import type * as vscode from 'vscode';

/**
 * Keeps the rows of a QuickPick in our order, with their separators. VS Code re-sorts rows by how their label matches the
 * typed text; the switch for that exists at run time and is only in proposed typings.
 * @returns false where the switch is missing: then rows must do without separators
 */
export function keepOrder(pick: vscode.QuickPick<vscode.QuickPickItem>): boolean {
  const switchable = pick as vscode.QuickPick<vscode.QuickPickItem> & { sortByLabel?: boolean };
  if (!('sortByLabel' in switchable)) return false;
  switchable.sortByLabel = false;
  return true;
}
