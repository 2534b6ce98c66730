import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { GuideApi } from '../../../src/extension/activate';
import { startWhenNeeded } from '../../../src/extension/start-when-needed';
import { until } from '../support';

/** Long enough for whatever a window does by itself. */
const settled = 2000;

/** How often the server is asked to start in this window, once it has settled. */
async function startsWith(isIndexKept: boolean): Promise<number> {
  let starts = 0;
  const client = {
    started: false,
    start: () => {
      starts++;
      return Promise.reject(new Error('not here'));
    },
  };
  const listening = startWhenNeeded(client, { holdsAny: () => Promise.resolve(isIndexKept) });
  await new Promise((resolve) => setTimeout(resolve, settled));
  listening.dispose();
  return starts;
}

describe('a window without anything of Kobo Guide', () => {
  it('wakes the extension when the editor has started, and no server', async () => {
    const extension = vscode.extensions.getExtension<GuideApi>('kobo-guide.kobo-guide');
    await until('the extension is awake by itself', () => (extension?.isActive === true ? true : undefined));
    await new Promise((resolve) => setTimeout(resolve, settled));
    assert.equal(extension?.exports.isStarted(), false);
  });

  it('starts the server early where the index of a Book is kept', async () => {
    assert.equal(await startsWith(false), 0);
    assert.equal(await startsWith(true), 1);
  });

  it('starts the server early where the settings name a Book', async () => {
    const book = (value: string | undefined): Thenable<void> => vscode.workspace.getConfiguration('kobo').update('book', value, vscode.ConfigurationTarget.Workspace);
    await book('./book');
    try {
      assert.equal(await startsWith(false), 1);
    } finally {
      await book(undefined);
    }
  });
});
