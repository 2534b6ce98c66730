import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { jsonWire } from '../server/protocol';
import { activateGuide, type GuideApi } from './activate';
import { indexesUri } from './files';

/** Entry of the extension in a Node extension host: the server is a process of its own. */
export function activate(context: vscode.ExtensionContext): GuideApi {
  const module = context.asAbsolutePath('dist/server.js');
  const indexes = indexesUri(context);
  return activateGuide(context, () => ({
    wire: jsonWire,
    indexFolder: indexes.scheme === 'file' ? indexes.fsPath : undefined,
    files: isOnDisk() ? 'disk' : 'client',
    starter: () => Promise.resolve({ path: context.asAbsolutePath('dist/starter-book.json') }),
    start: (options) =>
      new LanguageClient('kobo', 'Kobo Guide', {
        run: { module, transport: TransportKind.ipc, options: { env: serverEnvironment(context) } },
        debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=6019'], env: serverEnvironment(context) } },
      }, options),
  }));
}

function isOnDisk(): boolean {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.every((folder) => folder.uri.scheme === 'file');
}

/** The server reads its Japanese words from the same bundle as the extension. */
function serverEnvironment(context: vscode.ExtensionContext): NodeJS.ProcessEnv {
  const bundle = vscode.l10n.uri;
  return { ...process.env, KOBO_L10N: bundle?.scheme === 'file' ? bundle.fsPath : '', KOBO_EXTENSION: context.extensionPath };
}
