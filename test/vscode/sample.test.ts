import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { copySample } from '../../src/extension/commands/sample';
import { fileUri } from './support';

const scheme = 'kobo-shipped';

/** The extension's files as a web address gives them: each can be read, no folder can be listed. */
function readOnly(extension: vscode.Uri): vscode.FileSystemProvider {
  const refuse = (): never => {
    throw vscode.FileSystemError.Unavailable();
  };
  return {
    onDidChangeFile: new vscode.EventEmitter<vscode.FileChangeEvent[]>().event,
    watch: () => new vscode.Disposable(() => undefined),
    stat: (uri) => vscode.workspace.fs.stat(vscode.Uri.joinPath(extension, uri.path)),
    readFile: (uri) => Promise.resolve(vscode.workspace.fs.readFile(vscode.Uri.joinPath(extension, uri.path))),
    readDirectory: refuse,
    createDirectory: refuse,
    writeFile: refuse,
    delete: refuse,
    rename: refuse,
  };
}

describe('the sample product', () => {
  it('is copied whole from where no folder can be listed', async () => {
    const extension = vscode.extensions.getExtension('kobo-guide.kobo-guide');
    assert.ok(extension);
    const provider = vscode.workspace.registerFileSystemProvider(scheme, readOnly(extension.extensionUri), { isReadonly: true });
    const target = fileUri('copied-sample');
    try {
      await copySample(vscode.Uri.from({ scheme, path: '/' }), target);
      // The workspace is a copy of the sample, so both must hold the same documents.
      const listed = async (folder: vscode.Uri): Promise<readonly string[]> => (await vscode.workspace.fs.readDirectory(folder)).map(([name]) => name).sort();
      for (const folder of ['docs', 'docs/minutes', 'docs/reports']) {
        assert.deepEqual(await listed(vscode.Uri.joinPath(target, folder)), await listed(fileUri(folder)), folder);
      }
      const text = async (uri: vscode.Uri): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
      assert.equal(await text(vscode.Uri.joinPath(target, 'kobo.yaml')), await text(fileUri('kobo.yaml')));
    } finally {
      provider.dispose();
      await vscode.workspace.fs.delete(target, { recursive: true });
    }
  });
});
