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

describe('writing rules by keyboard', () => {
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
