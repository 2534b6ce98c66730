import * as vscode from 'vscode';
import { LanguageClient } from 'vscode-languageclient/browser';
import { clonedWire } from '../server/protocol';
import { activateGuide, type GuideApi } from './activate';

/** Entry of the extension in a Web Worker extension host: the server is a worker, files come through the editor. */
export function activate(context: vscode.ExtensionContext): GuideApi {
  /** The server's code, read beside the starter Book: each takes its way through the editor. */
  let code: Promise<Uint8Array<ArrayBuffer>> | undefined;
  return activateGuide(context, () => ({
    files: 'client',
    wire: clonedWire,
    indexFolder: undefined,
    // As bytes: decoding a megabyte is for the worker to do.
    starter: async () => {
      code = readBytes(context, 'dist/browser/server.js');
      const [bytes] = await Promise.all([readBytes(context, 'dist/starter-book.json'), code]);
      return { bytes };
    },
    start: async (options) => {
      // A worker cannot be started from the address of a remote extension; from a Blob it can. The URL must stay valid:
      // the host imports it later.
      const worker = new Worker(URL.createObjectURL(new Blob([await (code ?? readBytes(context, 'dist/browser/server.js'))], { type: 'text/javascript' })));
      // The server begins with its first message: whatever comes before it listens would be lost.
      worker.postMessage('begin');
      return new LanguageClient('kobo', 'Kobo Guide', worker, options);
    },
  }));
}

/** A file of the extension, in a buffer of its own. */
async function readBytes(context: vscode.ExtensionContext, path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(context.extensionUri, path)));
}
