import * as vscode from 'vscode';
import type { GuideClient } from '../client';

const scheme = 'kobo-why';
/** Links of the page may run these commands and no others. */
const commands = ['kobo.manageAs', 'kobo.setup'];

/** `kobo.whyNotChecked`: how the file at hand is checked, as a read-only page beside it. */
export function registerWhy(client: GuideClient): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const status = vscode.languages.createLanguageStatusItem('kobo.why', [{ language: 'markdown' }, { language: 'yaml' }, { pattern: '**/*.csv' }]);
  status.name = vscode.l10n.t('Kobo Guide: how this file is checked');
  status.text = vscode.l10n.t('How this file is checked');
  status.command = { command: 'kobo.whyNotChecked', title: vscode.l10n.t('Show') };
  return vscode.Disposable.from(
    changed,
    status,
    vscode.workspace.registerTextDocumentContentProvider(scheme, { onDidChange: changed.event, provideTextDocumentContent: (uri) => client.why({ uri: uri.query }) }),
    vscode.languages.registerDocumentLinkProvider({ scheme }, { provideDocumentLinks: (document) => linksOf(document) }),
    vscode.commands.registerCommand('kobo.whyNotChecked', async () => {
      const file = vscode.window.activeTextEditor?.document.uri;
      if (file === undefined || file.scheme === scheme) return;
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      const uri = vscode.Uri.from({ scheme, path: `/${name}.md`, query: file.toString() });
      changed.fire(uri);
      const document = await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), 'markdown');
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true, preserveFocus: false });
    }),
    vscode.commands.registerCommand('kobo.why.act', async (file: unknown, command: unknown) => {
      if (typeof file !== 'string' || typeof command !== 'string' || !commands.includes(command)) return;
      await vscode.window.showTextDocument(vscode.Uri.parse(file), { viewColumn: vscode.ViewColumn.One });
      await vscode.commands.executeCommand(command);
    }),
  );
}

/** Commands act on the file that the page is about, not on the page. */
function linksOf(document: vscode.TextDocument): vscode.DocumentLink[] {
  return [...document.getText().matchAll(/\]\(command:([\w.]+)\)/g)].flatMap((match) => {
    const command = match[1] ?? '';
    if (!commands.includes(command)) return [];
    const range = new vscode.Range(document.positionAt(match.index + 2), document.positionAt(match.index + match[0].length - 1));
    const target = vscode.Uri.parse(`command:kobo.why.act?${encodeURIComponent(JSON.stringify([document.uri.query, command]))}`);
    return [new vscode.DocumentLink(range, target)];
  });
}
