import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Editor } from './support/editor';
import { legible } from './support/legible';
import { openEditor } from './support/windows';

const title = (editor: Editor): Locator => editor.quickInput.locator('.quick-input-title');

async function checkGate(editor: Editor, command: string): Promise<void> {
  await editor.runCommand(command);
  await editor.quickRows.filter({ hasText: 'GAT-008' }).first().waitFor({ timeout: 60_000 });
}

describe('the gate of a product', () => {
  it('is a list of what is left, walked by keyboard: a document is made, another gate is a row away', async () => {
    const editor = await openEditor({ fresh: true });
    await checkGate(editor, 'ゲートを確認');
    assert.match(await title(editor).innerText(), /^G4 テスト完了まで あと \d+ 件$/u);
    const rows = await editor.quickRows.allInnerTexts();
    assert.match(rows[0] ?? '', /ほかのゲートを選ぶ/u);
    assert.match(rows[1] ?? '', /「テスト報告書」がありません[^]*必須[^]*テンプレートから作ります/u);
    // What a screen reader says of a row is all of its words.
    const spoken = await editor.quickRows.nth(1).getAttribute('aria-label');
    assert.match(spoken ?? '', /「テスト報告書」がありません.*必須/u);
    await editor.screenshot('gate-light');
    await legible('light', editor.quickRows.locator('.label-name, .label-description'));

    // The questions for people stand last.
    await editor.page.keyboard.press('ArrowUp');
    await editor.quickRows.filter({ hasText: '合格率と不具合の傾向' }).waitFor();
    await editor.quickInput.getByText('人が確かめること').first().waitFor();
    await editor.screenshot('gate-questions');
    await editor.page.keyboard.press('ArrowDown');
    await editor.quickInput.locator('.monaco-list-row.focused').filter({ hasText: 'ほかのゲートを選ぶ' }).waitFor();
    await editor.page.keyboard.press('Enter');
    await title(editor).filter({ hasText: 'ゲートを選ぶ' }).waitFor();
    await editor.screenshot('gate-others');
    await editor.quickInput.locator('input').first().fill('G5');
    await editor.quickRows.filter({ hasText: 'リリース判定会' }).first().waitFor();
    await editor.page.keyboard.press('Enter');
    await title(editor).filter({ hasText: /^G5 リリース判定会まで あと \d+ 件$/u }).waitFor({ timeout: 60_000 });
    await editor.screenshot('gate-g5');
    await editor.escape();

    await checkGate(editor, 'ゲートを確認');
    await editor.page.keyboard.press('ArrowDown');
    await editor.page.keyboard.press('Enter');
    await title(editor).filter({ hasText: 'テスト報告書' }).waitFor();
    await editor.screenshot('gate-new-document');
    await editor.escape();
  });

  it('reads in English, and in a dark theme', async () => {
    const editor = await openEditor({ fresh: true, theme: 'dark', locale: 'en' });
    await checkGate(editor, 'Check Gate');
    assert.match(await title(editor).innerText(), /^\d+ left to G4 /u);
    await legible('dark', editor.quickRows.locator('.label-name, .label-description'));
    await editor.screenshot('gate-dark-en');
    await editor.page.keyboard.press('ArrowUp');
    await editor.quickInput.getByText('For people to answer').first().waitFor();
    await editor.escape();
  });
});
