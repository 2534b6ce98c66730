import * as vscode from 'vscode';
import type { GuideClient } from '../client';
import type { BookPanel } from '../views/book-panel';

/** Open the panel (with words to search for), choose another Book, rebuild its index, open the log. */
export function registerBookCommands(client: GuideClient, panel: BookPanel, log: vscode.LogOutputChannel): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('kobo.openBook', (text?: unknown) => (typeof text === 'string' && text !== '' ? panel.search(text) : panel.reveal())),
    vscode.commands.registerCommand('kobo.chooseBook', chooseBook),
    vscode.commands.registerCommand('kobo.rebuildIndex', () => client.rebuild()),
    vscode.commands.registerCommand('kobo.openLog', () => log.show()),
  );
}

/** Writes `kobo.book` into the workspace's settings, or the user's when no folder is open. */
async function chooseBook(): Promise<void> {
  const chosen = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: vscode.l10n.t('Use as the Book'),
    title: vscode.l10n.t('Choose the folder of the Book'),
  });
  const folder = chosen?.[0];
  if (folder === undefined) return;
  const target = vscode.workspace.workspaceFolders === undefined ? vscode.ConfigurationTarget.Global : vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration('kobo').update('book', folder.scheme === 'file' ? folder.fsPath : folder.toString(), target);
}
