import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileUri, show } from './support';

describe('a link to a project file', () => {
  afterEach(closeAll);

  it('is written relative to the document it is put into', async () => {
    const title = '台帳';
    const place = { kind: 'file', uri: fileUri('docs/risks.md').toString(), line: 0 };
    for (const [path, link] of [['docs/minutes/2026-11-10_定例.md', '[台帳](<../risks.md>)'], ['docs/charter.md', '[台帳](<risks.md>)'], ['kobo.yaml', '[台帳](<docs/risks.md>)']] as const) {
      const editor = await show(path);
      await vscode.commands.executeCommand('kobo.insertLink', { title, place });
      assert.ok(editor.document.getText().includes(link), path);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    }
  });
});
