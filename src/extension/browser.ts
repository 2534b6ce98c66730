import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { activateGuide, type GuideApi } from './activate';

/** Entry of the extension in a Web Worker extension host: the server is a worker, files come through the editor. */
export async function activate(context: vscode.ExtensionContext): Promise<GuideApi> {
  const starter = await readText(context, 'dist/starter-book.json');
  return activateGuide(context, () => ({
    files: 'client',
    starter: { text: starter },
    start: async (options) => {
      const code = await readText(context, 'dist/browser/server.js');
      // A worker cannot be started from the address of a remote extension; from a Blob it can. The URL must stay valid:
      // the host imports it later.
      const worker = new Worker(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
      // The server begins with its first message: whatever comes before it listens would be lost.
      worker.postMessage('begin');
      return new LanguageClient('kobo', 'Kobo Guide', worker, options);
    },
  }));
}

async function readText(context: vscode.ExtensionContext, path: string): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, path)));
}
