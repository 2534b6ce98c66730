import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdtemp, readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { root } from '../host/paths.mjs';
import { openEditor } from './support/windows';

const shared = resolve(root, process.env.KOBO_SHARED ?? '../shared');
const corpus = join(shared, 'corpora', 'kompox__kompox', 'design');

/** A folder of real documents that knows nothing of us. */
async function folderOfDocuments(): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'kobo-first-')), 'project');
  await cp(corpus, join(folder, 'design'), { recursive: true });
  return folder;
}

describe('the first ten minutes', () => {
  it('leads from a folder of real documents to the first finding in at most 6 steps, and shows nothing before', async function () {
    if (!existsSync(corpus)) {
      console.log('skipped: no corpora');
      this.skip();
    }
    const editor = await openEditor({ fresh: true, workspace: await folderOfDocuments() });
    const [first = ''] = (await readdir(join(editor.folder, 'design', 'adr'))).filter((name) => name.endsWith('.md'));
    await editor.openFile(first);
    await editor.page.waitForTimeout(1500);
    assert.equal(await editor.page.locator('.squiggly-error, .squiggly-warning, .squiggly-info').count(), 0, 'something is shown before set-up');
    await editor.screenshot('first-0-before');

    let steps = 0;
    const step = async (name: string, act: () => Promise<void>): Promise<void> => {
      steps++;
      await act();
      await editor.screenshot(`first-${String(steps)}-${name}`);
    };
    const enter = async (): Promise<void> => {
      await editor.page.keyboard.press('Enter');
      await editor.page.waitForTimeout(600);
    };
    await step('view', async () => {
      await editor.page.locator('.part.activitybar [class*="extension-kobo"], .part.activitybar a[aria-label*="コボガイド"]').first().click();
      await editor.page.getByRole('button', { name: 'このフォルダーを使う' }).first().waitFor();
    });
    await step('name', async () => {
      await editor.page.getByRole('button', { name: 'このフォルダーを使う' }).first().click();
      await editor.quickInput.locator('input').first().waitFor({ timeout: 60_000 });
    });
    await step('phase', enter);
    await step('lines', enter);
    await step('baseline', enter);
    await step('findings', async () => {
      await enter();
      await editor.page.locator('.markers-panel .monaco-list-row').first().waitFor({ timeout: 60_000 });
    });
    assert.ok(steps <= 6, `${String(steps)} steps`);
    assert.match(readFileSync(join(editor.folder, 'kobo.yaml'), 'utf8'), /design\/adr\/\*\*"?: adr/);
  });

  it('writes nothing when the person cancels', async () => {
    const editor = await openEditor({ fresh: true, workspace: '' });
    await editor.runCommand('このフォルダーを使う');
    await editor.quickInput.locator('input').first().waitFor({ timeout: 60_000 });
    await editor.page.keyboard.press('Enter');
    await editor.page.waitForTimeout(500);
    await editor.page.keyboard.press('Escape');
    await editor.quickInput.waitFor({ state: 'hidden' });
    assert.ok(!existsSync(join(editor.folder, 'kobo.yaml')));
  });
});
