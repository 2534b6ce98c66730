import * as vscode from 'vscode';
import type { GuideClient } from './client';
import type { IndexStore } from './index-store';

/** A file that makes a folder ours. */
const markers = '**/{kobo,book}.yaml';

/**
 * Starts the language server when the workspace shows that it is wanted: a `kobo.yaml`, a Book, a document whose first
 * lines name a type, a Book named in the settings, or the index of a Book that was used here before. Nothing else starts it.
 */
export function startWhenNeeded(client: Pick<GuideClient, 'started' | 'start'>, indexes: Pick<IndexStore, 'holdsAny'>): vscode.Disposable {
  const start = (): void => void client.start().catch(() => undefined);
  const consider = (document: vscode.TextDocument): void => {
    if (!client.started && (isMarker(document.uri) || namesType(document))) start();
  };
  vscode.workspace.textDocuments.forEach(consider);
  const source = new vscode.CancellationTokenSource();
  // The window that opens the panel next should not wait for the server's start.
  if (vscode.workspace.getConfiguration('kobo').get<string>('book', '') !== '') start();
  else {
    void indexes.holdsAny().then((used) => {
      if (used && !source.token.isCancellationRequested) start();
    });
  }
  void vscode.workspace.findFiles(markers, '**/node_modules/**', 1, source.token).then((found) => {
    if (found.length > 0 && !source.token.isCancellationRequested) start();
  });
  const watcher = vscode.workspace.createFileSystemWatcher(markers);
  return vscode.Disposable.from(
    source,
    watcher,
    watcher.onDidCreate(start),
    vscode.workspace.onDidOpenTextDocument(consider),
    vscode.workspace.onDidChangeTextDocument((change) => consider(change.document)),
  );
}

function isMarker(uri: vscode.Uri): boolean {
  return uri.path.endsWith('/kobo.yaml') || uri.path.endsWith('/book.yaml');
}

/** Cheap look at the first lines: `type:` or `種別:` between two fences. Whether the type is known is for the server to say. */
function namesType(document: vscode.TextDocument): boolean {
  if (document.languageId !== 'markdown' || document.lineCount < 3 || document.lineAt(0).text.trimEnd() !== '---') return false;
  for (let i = 1; i < Math.min(document.lineCount, 40); i++) {
    const line = document.lineAt(i).text;
    if (line.startsWith('---')) return false;
    if (/^(type|種別|文書種別)\s*[:：]/.test(line)) return true;
  }
  return false;
}
