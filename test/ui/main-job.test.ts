import assert from 'node:assert/strict';
import { openEditor } from './support/windows';
import type { Editor } from './support/editor';

const panelBox = 'input[role="combobox"], [role="combobox"] input';

/** Opens the knowledge panel and gives its search box. */
async function openPanel(editor: Editor, title: string) {
  await editor.runCommand(title);
  const box = editor.webview().locator(panelBox).first();
  await box.waitFor();
  return box;
}

/** Line (1-based) of a file of the workspace that contains some words, as the editor shows it. */
async function goToWords(editor: Editor, path: string, words: string): Promise<void> {
  const { readFile } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const lines = (await readFile(join(editor.folder, path), 'utf8')).split('\n');
  const line = lines.findIndex((text) => text.includes(words));
  assert.ok(line >= 0, `${words} is not in ${path}`);
  await editor.goTo(line + 1, (lines[line] ?? '').indexOf(words) + 2);
}

describe('the main job', () => {
  it('answers a Japanese query in the panel, typed with an IME, and reads the page', async () => {
    const editor = await openEditor();
    const box = await openPanel(editor, 'コボブックを開く');
    await box.click();
    await editor.compose('きりもどし');
    await editor.commit('切り戻し');
    const first = editor.webview().locator('#results [role="option"]').first();
    await first.waitFor();
    assert.match((await first.textContent()) ?? '', /切り戻し/);
    // The whole Book has answered.
    await editor.webview().locator('.count-line').filter({ hasText: /^\d+ 件/u }).waitFor();
    await editor.screenshot('panel', { publish: true });
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.keyboard.press('ArrowUp');
    await editor.page.keyboard.press('Enter');
    await editor.webview().locator('.page-text').first().waitFor();
    await editor.screenshot('panel-page');
    await editor.page.keyboard.press('Escape');
    await box.waitFor();
  });

  it('searches from the palette while typing', async () => {
    const editor = await openEditor();
    await editor.runCommand('コボブックを検索');
    await editor.quickInput.locator('input').first().fill('議事録');
    await editor.quickRows.filter({ hasText: '議事録' }).first().waitFor();
    assert.ok((await editor.quickRows.count()) > 3);
    await editor.screenshot('palette', { publish: true });
    await editor.escape();
  });

  it('shows a finding with its reason, and a fix that is an edit', async () => {
    const editor = await openEditor();
    await editor.openFile('docs/risks.md');
    await editor.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await goToWords(editor, 'docs/risks.md', 'R-004');
    const { hover } = await editor.showHover('R-004');
    await hover.getByText('なぜ？').waitFor();
    await editor.screenshot('finding-hover', { publish: true });
    await editor.page.keyboard.press('Escape');
    await editor.page.keyboard.press('Control+.');
    await editor.page.locator('.action-widget:visible').waitFor();
    await editor.screenshot('quick-fix', { publish: true });
    await editor.page.keyboard.press('Escape');
    await editor.clear();
  });

  it('starts a document from a template and ends on the first blank', async () => {
    const editor = await openEditor({ fresh: true });
    await editor.runCommand('テンプレートから文書を作る');
    await editor.quickInput.locator('input').first().fill('議事録');
    await editor.quickRows.filter({ hasText: '議事録' }).first().waitFor();
    // A step is answered once its own title is there: an Enter too many would be written into the new document.
    const title = editor.quickInput.locator('.quick-input-title');
    const created = editor.page.locator('.tab.active[data-resource-name$=".md"]');
    for (let tries = 0; tries < 12 && !(await created.isVisible()); tries++) {
      const shown = await title.innerText();
      await editor.page.keyboard.press('Enter');
      await created.or(title.filter({ hasNotText: shown })).first().waitFor({ timeout: 5000 }).catch(() => undefined);
    }
    await editor.page.locator('.tab.active[data-resource-name*="議事録"], .tab.active[data-resource-name$=".md"]').first().waitFor();
    await editor.page.locator('.view-lines').getByText('決定事項').first().waitFor();
    await editor.screenshot('new-document', { publish: true });
  });

  for (const [theme, locale] of [['dark', 'en'], ['high-contrast', 'ja']] as const) {
    it(`looks right in ${theme}, ${locale}`, async () => {
      const editor = await openEditor({ theme, locale });
      await editor.openFile('docs/risks.md');
      await editor.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
      const box = await openPanel(editor, locale === 'ja' ? 'コボブックを開く' : 'Open the Kobo Book');
      await box.fill('切り戻し');
      await editor.webview().locator('#results [role="option"]').first().waitFor();
      await editor.screenshot(`window-${theme}-${locale}`);
      await box.fill('');
      await editor.runCommand('View: Toggle Secondary Side Bar Visibility');
      await editor.page.locator('.part.auxiliarybar').waitFor({ state: 'hidden' });
      await editor.clear();
    });
  }
});
