import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openEditor } from './support/windows';

describe('at the desk of a head of department', () => {
  it('counts the findings of the product unasked, says so until it knows, and leads to the list', async () => {
    const editor = await openEditor({ fresh: true });
    const item = editor.page.locator('.statusbar-item[id$="kobo.findings"]');
    await item.waitFor();
    await item.filter({ hasText: /指摘\s+[1-9]/u }).waitFor({ timeout: 60_000 });
    await editor.screenshot('desk-1-counts');
    await item.click();
    await editor.page.locator('.markers-panel .monaco-list-row').first().waitFor({ timeout: 60_000 });
    await editor.screenshot('desk-2-list');
  });

  it('puts a part read in the panel in at the cursor', async () => {
    const editor = await openEditor({ fresh: true });
    await editor.openFile('docs/minutes/2026-11-17_定例.md');
    const lines = (await readFile(join(editor.folder, 'docs/minutes/2026-11-17_定例.md'), 'utf8')).split('\n').length;
    await editor.goTo(lines);
    await editor.runCommand('コボブックを開く');
    const box = editor.webview().locator('#query');
    await box.fill('切り戻し');
    await editor.webview().locator('.kind').filter({ hasText: 'テンプレート' }).or(editor.webview().getByRole('radio', { name: /^テンプレート/u })).first().click();
    await editor.webview().locator('#results [role="option"]').filter({ hasText: '条件・時刻・決める人・手順' }).first().click();
    await editor.screenshot('desk-3-part');
    await editor.webview().getByRole('button', { name: 'カーソルの位置に入れる' }).click();
    await editor.page.locator('.view-lines').getByText('切り戻し').first().waitFor();
    assert.match(await editor.visibleText(), /## 切り戻し/u);
    await editor.screenshot('desk-4-put-in');
  });
});
