import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface Contributions {
  readonly commands: readonly { readonly command: string }[];
}

function guide(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('kobo-guide.kobo-guide');
  assert.ok(extension, 'the extension is not there');
  return extension;
}

describe('activation', () => {
  it('succeeds', async () => {
    await guide().activate();
    assert.equal(guide().isActive, true);
  });

  it('registers every command that the manifest names', async () => {
    await guide().activate();
    const manifest = guide().packageJSON as { readonly contributes: Contributions };
    const named = manifest.contributes.commands.map(({ command }) => command);
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(named.includes('kobo.search'));
    assert.deepEqual(named.filter((command) => !registered.has(command)), []);
  });
});
