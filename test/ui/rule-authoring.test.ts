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
    const open = (): Promise<Editor> => openEditor({ theme, locale, fresh: false, settings: { 'files.autoSave': 'off', 'workbench.startupEditor': 'none' } });
    const named = (name: string): string => `${name}-${theme}-${locale}`;

    it(`goes from finding to why, to the fix and to the next finding (${theme}, ${locale})`, async () => {
      const editor = await open();
      await editor.openFile('docs/risks.md');
      await editor.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
      await editor.goTo(1);
      await editor.page.keyboard.press('F8');
      const peek = editor.page.locator('.marker-widget').first();
      await peek.waitFor();
      const first = await peek.innerText();
      assert.match(first, /(?:Kobo Guide|コボガイド)\s*[A-Z]{3}-\d{3}/);
      await editor.page.keyboard.press('Escape');
      await editor.page.keyboard.press('Control+K');
      await editor.page.keyboard.press('Control+I');
      const hover = editor.page.locator('.monaco-hover:visible').first();
      await hover.filter({ hasText: locale === 'ja' ? 'なぜ' : 'Why' }).waitFor();
      await editor.screenshot(named('walk-hover'));
      await editor.page.keyboard.press('Escape');
      await editor.page.keyboard.press('Control+.');
      const actions = editor.page.locator('.action-widget:visible');
      await actions.waitFor();
      assert.ok((await actions.locator('.monaco-list-row').count()) >= 2);
      // What a screen reader says of a row.
      assert.notEqual((await actions.locator('.monaco-list-row').nth(1).getAttribute('aria-label')) ?? '', '');
      await editor.screenshot(named('walk-actions'));
      await editor.page.keyboard.press('Escape');
      // The editor shows the finding at the caret again before it goes on.
      await editor.page.keyboard.press('F8');
      await peek.waitFor();
      if ((await peek.innerText()) === first) await editor.page.keyboard.press('F8');
      const next = editor.page.locator('.marker-widget').filter({ hasText: 'REG-004' });
      await next.first().waitFor();
      assert.doesNotMatch(first, /REG-004/);
      await editor.page.keyboard.press('Escape');
      await editor.clear();
    });

    it(`offers the words of a column where the caret stands (${theme}, ${locale})`, async () => {
      const editor = await open();
      await editor.openFile('docs/issues.csv');
      await editor.page.locator('.view-lines').waitFor();
      await editor.goTo(2, 1);
      await editor.page.keyboard.press('End');
      await editor.page.keyboard.press('Enter');
      await editor.page.keyboard.press('Control+Space');
      const suggest = editor.page.locator('.suggest-widget.visible');
      await suggest.filter({ hasText: /I-\d{3}/ }).waitFor();
      await editor.screenshot(named('completion-register'));
      await editor.page.keyboard.press('Escape');
      await editor.page.keyboard.press('Control+Z');
      await editor.page.keyboard.press('Control+Z');
      await editor.clear();
    });
  }

  for (const [theme, locale] of looks) {
    const named = (name: string): string => `${name}-${theme}-${locale}`;
    it(`makes a rule from answers, with examples that behave (${theme}, ${locale})`, async () => {
      const editor = await openEditor({ theme, locale, fresh: true, settings: { 'files.autoSave': 'off', 'workbench.startupEditor': 'none' } });
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
