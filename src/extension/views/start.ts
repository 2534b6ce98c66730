import * as vscode from 'vscode';

/** The Start view has no rows of its own: its text and links are `viewsWelcome` in the manifest. */
export function registerStartView(): vscode.Disposable {
  const empty: vscode.TreeDataProvider<never> = {
    getChildren: () => [],
    getTreeItem: (row) => row,
  };
  return vscode.window.createTreeView('kobo.start', { treeDataProvider: empty });
}
