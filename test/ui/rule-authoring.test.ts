import assert from 'node:assert/strict';
import type { Editor } from './support/editor';
import { openEditor, type Theme } from './support/windows';

const looks: readonly (readonly [Theme, 'ja' | 'en'])[] = [['light', 'ja']];
const words = {
  newRule: { ja: 'ルールを作る', en: 'New Rule' },
  filled: { ja: 'この列が空でない', en: 'This column is not empty' },
  newBook: { ja: '自分たちのコボブックを作って書く…', en: 'Make a Book of your own for it…' },
} as const;

/** Waits for the step with this number and answers it with Enter, after typing what narrows the rows. */
async function answer(editor: Editor, step: number, typed = ''): Promise<void> {
  await editor.quickInput.locator('.quick-input-title').filter({ hasText: `(${String(step)}/` }).waitFor();
  if (typed !== '') {
    await editor.page.keyboard.insertText(typed);
    await editor.quickRows.filter({ hasText: typed }).first().waitFor();
  }
  await editor.page.waitForTimeout(250);
  await editor.page.keyboard.press('Enter');
}

describe('writing rules and documents by keyboard', () => {
  for (const [theme, locale] of looks) {
    const named = (name: string): string => `${name}-${theme}-${locale}`;

    it(`goes from finding to why, to the fix and to the next finding (${theme}, ${locale})`, async () => {
      const editor = await openEditor({ theme, locale });
      await editor.openFile('docs/risks.md');
      await editor.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
      // Said aloud as soon as it is there.
      const said = editor.page.locator('.marker-widget [role="alert"]').first();
      await editor.goTo(1);
      for (let tries = 0; tries < 4; tries++) {
        await editor.page.keyboard.press('F8');
        await said.waitFor();
        if ((await said.innerText()).includes('REG-004')) break;
      }
      assert.match(await said.innerText(), /R-004.*REG-004/s);
      assert.equal(await said.getAttribute('aria-live'), 'assertive');
      assert.match((await said.getAttribute('aria-label')) ?? '', /R-004/);
      await editor.page.keyboard.press('Escape');

      // Why: the second time the focus goes into the hover, where its words are read and its links are reached.
      await editor.chord('Control+K', 'Control+I');
      const hover = editor.page.locator('.monaco-hover:visible').filter({ hasText: locale === 'ja' ? 'なぜ？' : 'Why?' }).first();
      await hover.getByRole('button', { name: /^Quick Fix/ }).waitFor();
      assert.equal(await hover.getAttribute('role'), 'tooltip');
      await editor.chord('Control+K', 'Control+I');
      await editor.page.locator('.monaco-hover:focus, .monaco-hover :focus').first().waitFor();
      const links = hover.getByRole('link').or(hover.locator('a'));
      assert.deepEqual((await links.allInnerTexts()).filter((text) => /手引き|見送る/u.test(text)), ['手引き「ID」', '見送る…']);
      await editor.screenshot(named('walk-hover'));
      await editor.page.keyboard.press('Escape');

      // The fix: each row has a name, the first is what is meant; Enter makes it, as an edit that is not saved.
      const found = editor.page.locator('#status\\.problems');
      const before = await found.innerText();
      await editor.page.keyboard.press('Control+.');
      const rows = editor.page.locator('.action-widget:visible .monaco-list-row');
      await rows.filter({ hasText: 'R-008' }).waitFor();
      const names = await rows.evaluateAll((all) => all.filter((row) => row.classList.contains('action')).map((row) => row.getAttribute('aria-label') ?? ''));
      assert.ok(names.length >= 4 && names.every((name) => name !== ''), names.join(' | '));
      assert.match(names[0] ?? '', /R-008/);
      await editor.screenshot(named('walk-actions'));
      await editor.page.keyboard.press('Enter');
      await editor.page.locator('.tab.active.dirty').waitFor();
      await editor.page.waitForFunction((text) => document.querySelector<HTMLElement>('#status\\.problems')?.innerText !== text, before);

      // The next finding is said in its turn; the mended one is gone.
      await editor.page.keyboard.press('F8');
      await said.waitFor();
      assert.match(await said.innerText(), /渡辺、伊藤.*OWN-001/s);
      await editor.page.keyboard.press('Escape');
      await editor.clear();
    });
  }

  for (const [theme, locale] of looks) {
    const named = (name: string): string => `${name}-${theme}-${locale}`;
    it(`makes a rule from answers, with examples that behave (${theme}, ${locale})`, async () => {
      const editor = await openEditor({ theme, locale, fresh: true });
      await editor.openFile('docs/risks.md');
      await editor.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
      await editor.runCommand(words.newRule[locale]);
      await editor.quickInput.locator('.quick-input-title').filter({ hasText: '(1/' }).waitFor();
      await editor.screenshot(named('new-rule-kinds'));
      await answer(editor, 1, words.filled[locale]);
      for (let step = 2; step <= 11; step++) await answer(editor, step);
      await editor.quickRows.filter({ hasText: words.newBook[locale] }).first().waitFor();
      await editor.screenshot(named('new-rule-place'));
      await answer(editor, 12, words.newBook[locale]);
      await editor.page.waitForTimeout(500);
      await editor.page.keyboard.press('Enter');
      await answer(editor, 13);
      await editor.page.waitForTimeout(500);
      await editor.screenshot(named('new-rule-example'));
      await answer(editor, 14);
      await editor.page.locator('.tab.active').filter({ hasText: '.yaml' }).waitFor();
      await editor.page.locator('.view-lines').getByText('OUR-001').first().waitFor();
      await editor.page.locator('.contentWidgets .codelens-decoration').filter({ hasText: locale === 'ja' ? '期待どおり' : 'behave' }).first().waitFor();
      await editor.screenshot(named('new-rule-written'));
    });
  }
});
