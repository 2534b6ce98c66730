import assert from 'node:assert/strict';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Editor } from './support/editor';
import { inOneLanguage, legible, outlined } from './support/legible';
import { gateDay, rulesWorkspace } from './support/rules-workspace';
import { openEditor, type Theme } from './support/windows';

type Language = 'ja' | 'en';

/** What the screens say; a screen in one language never shows the words of the other. */
const words = {
  why: { ja: 'なぜ？', en: 'Why?' },
  guide: { ja: '手引き「ID」', en: 'Guide “ID”' },
  waiveLink: { ja: '見送る…', en: 'Waive…' },
  duplicate: { ja: 'でも使われています', en: 'also used' },
  fixBulk: { ja: 'XDC-010 の指摘をこの文書でまとめて直す（2 件）', en: 'Fix all findings of XDC-010 in this document (2)' },
  waive: { ja: '見送る…', en: 'Waive…' },
  scopes: { ja: ['この行だけ', 'この文書では', 'このプロダクトでは'], en: ['Only this row', 'In this document', 'In this product'] },
  written: { ja: 'kobo.yaml の見送りの一覧', en: 'list of waivers in kobo.yaml' },
  later: { ja: 'あとで', en: 'later' },
  laterRefused: { ja: '「あとで」だけでは、読む人が判断できません', en: '“Later” alone tells the reader nothing' },
  reason: { ja: '番号は次の版でまとめて付け直すと決めた', en: 'Numbers are given anew with the next version' },
  until: { ja: ['次のゲートまで', '1 か月', '3 か月', '日付を'], en: ['Until the next gate', '1 month', '3 months', 'Write a date'] },
  approver: { ja: 'だれが承認しましたか。', en: 'Who has approved this?' },
  waivers: { ja: 'Focus on 見送り View', en: 'Focus on Waivers View' },
  groups: { ja: ['期限切れ', 'まもなく', '使われていない', '有効'], en: ['Expired', 'Expiring soon', 'Unused', 'In force'] },
  endWaiver: { ja: ['期限を延ばす', 'やめる'], en: ['Extend…', 'End'] },
  failing: { ja: '例 2 件中 1 件が期待どおりではありません', en: '1 of 2 examples do not behave' },
  notBehaving: { ja: '期待どおりではありません', en: 'does not behave' },
  expected: { ja: '期待', en: 'expected' },
  impact: { ja: '影響を確かめる', en: 'Preview Impact' },
  impactAdded: { ja: /^新しい \d+/, en: /^\d+ new/ },
  compared: { ja: '文書を比べました', en: 'Compared documents' },
  impactDiff: { ja: '前と後を並べて見る', en: 'Show Before and After Side by Side' },
  closeImpact: { ja: '閉じる', en: 'Close' },
  levels: { ja: '次の水準で増える指摘', en: 'What the Next Level Would Ask' },
  levelNow: { ja: 'いまの水準', en: 'This product stands here' },
  levelMore: { ja: /増える指摘 \d+ 件/, en: /\d+ more findings/ },
  stages: { ja: ['試行中', '予告中'], en: ['On trial', 'Announced'] },
  whyChecked: { ja: 'この文書はなぜ確かめられないのか', en: 'Why Is This File Not Checked?' },
  whyNot: { ja: ['種別がどこにも書かれておらず', 'この文書の種別を決める…', '水準：L2'], en: ['its type is written nowhere', 'Manage this file as…', 'Level: L2'] },
  quoted: { ja: [], en: ['シフトナビ'] },
  nextId: { ja: /^I-\d{3}/, en: /^I-\d{3}/ },
} as const;

interface Look {
  readonly theme: Theme;
  readonly locale: Language;
}
const looks: readonly Look[] = [{ theme: 'light', locale: 'ja' }, { theme: 'high-contrast', locale: 'ja' }, { theme: 'dark', locale: 'en' }];

const minutes = 'product/docs/minutes/2026-11-10_定例.md';
const squiggle = '.squiggly-error, .squiggly-warning';

/** Opens a document and waits for its findings. */
async function openChecked(editor: Editor, path: string): Promise<void> {
  await editor.openFile(path);
  await editor.page.locator(squiggle).first().waitFor();
}

async function goToWords(editor: Editor, path: string, text: string): Promise<void> {
  const lines = (await readFile(join(editor.folder, path), 'utf8')).split('\n');
  const line = lines.findIndex((one) => one.includes(text));
  await editor.goTo(line + 1, (lines[line] ?? '').indexOf(text) + 2);
}

/** Each of some texts stands in another, one behind the other. */
function inOrder(text: string, parts: readonly string[]): void {
  let from = 0;
  for (const part of parts) {
    const at = text.indexOf(part, from);
    assert.ok(at >= 0, `「${part}」 is missing or out of order in:\n${text}`);
    from = at + part.length;
  }
}

async function closeImpact(editor: Editor, locale: Language): Promise<void> {
  const view = editor.page.locator('.part.sidebar .pane').filter({ has: editor.page.locator('.codicon-law') });
  await view.hover();
  await view.locator(`.pane-header .action-label[aria-label^="${words.closeImpact[locale]}"]`).click();
  await view.waitFor({ state: 'hidden' });
}

const sideBarRows = (editor: Editor): Locator => editor.page.locator('.part.sidebar .monaco-list-row');
const title = (editor: Editor): Locator => editor.quickInput.locator('.quick-input-title');
const rowTexts = async (rows: Locator): Promise<readonly string[]> => (await rows.allInnerTexts()).map((text) => text.replaceAll(/\s+/gu, ' '));

describe('rules in the editor', () => {
  const folders = new Map<Language, string>();
  before(async () => {
    for (const language of ['ja', 'en'] as const) folders.set(language, await rulesWorkspace(language));
  });
  after(async () => {
    for (const folder of folders.values()) await rm(folder, { recursive: true, force: true });
  });

  for (const { theme, locale } of looks) {
    const open = (): Promise<Editor> => openEditor({ theme, locale, workspace: folders.get(locale) ?? '' });
    const shot = (editor: Editor, name: string): Promise<void> => editor.screenshot(`rules-${name}-${theme}-${locale}`);
    const scene = (what: string, act: (editor: Editor) => Promise<void>): void => {
      it(`${what} (${theme}, ${locale})`, async () => {
        const editor = await open();
        try {
          await act(editor);
        } catch (error) {
          await shot(editor, 'failed');
          throw error;
        } finally {
          await editor.clear();
        }
      });
    };

    scene('a hover says what is wrong, why, where the guide is and how to waive, and offers the fixes', async (editor) => {
      await openChecked(editor, 'risks.md');
      await goToWords(editor, 'product/docs/risks.md', 'R-004');
      const { hover, said } = await editor.showHover(words.why[locale]);
      inOrder(said, [words.duplicate[locale], words.why[locale], words.guide[locale], words.waiveLink[locale], 'Quick Fix']);
      await legible(theme, hover.locator('.rendered-markdown'));
      await shot(editor, 'hover');
      await editor.page.keyboard.press('Escape');
    });

    scene('a person at the keyboard goes from a finding to why, to the fix and to the next finding, and hears each', async (editor) => {
      await openChecked(editor, 'risks.md');
      // Said aloud as soon as it is there.
      const said = editor.page.locator('.marker-widget [role="alert"]').first();
      const goOnTo = async (rule: string): Promise<readonly string[]> => {
        const all: string[] = [];
        for (let tries = 0; tries < 12; tries++) {
          await editor.page.keyboard.press('F8');
          await said.waitFor();
          const text = await said.innerText();
          all.push(text);
          if (text.includes(rule)) return all;
        }
        return assert.fail(`${rule} is not reached:\n${all.join('\n')}`);
      };
      await editor.goTo(1);
      const first = (await goOnTo('REG-004')).at(-1) ?? '';
      assert.match(first, /R-004.*REG-004/s);
      assert.ok(first.includes(words.duplicate[locale]), first);
      assert.equal(await said.getAttribute('aria-live'), 'assertive');
      assert.match((await said.getAttribute('aria-label')) ?? '', /R-004/);
      await legible(theme, said.locator('.message > div > span:first-child'));
      await shot(editor, 'walk-finding');
      await editor.page.keyboard.press('Escape');

      // Why: the second time the focus goes into the hover, where its words are read and its links are reached.
      const { hover } = await editor.showHover(words.why[locale]);
      assert.equal(await hover.getAttribute('role'), 'tooltip');
      await editor.chord('Control+K', 'Control+I');
      await editor.page.locator('.monaco-hover:focus, .monaco-hover :focus').first().waitFor();
      const links = hover.getByRole('link').or(hover.locator('a'));
      const ours: readonly string[] = [words.guide[locale], words.waiveLink[locale]];
      assert.deepEqual((await links.allInnerTexts()).filter((text) => ours.includes(text)), ours);
      await outlined(theme, editor.page.locator('.monaco-hover:focus, .monaco-hover :focus'));
      await shot(editor, 'walk-hover');
      await editor.page.keyboard.press('Escape');

      // The fix: each row has a name, the first is what is meant; Enter makes it, as an edit that is not saved.
      const found = editor.page.locator('#status\\.problems');
      const before = await found.innerText();
      const rows = await editor.showActions('R-008');
      const names = await rows.evaluateAll((all) => all.filter((row) => row.classList.contains('action')).map((row) => row.getAttribute('aria-label') ?? ''));
      assert.ok(names.length >= 4 && names.every((name) => name !== ''), names.join(' | '));
      assert.match(names[0] ?? '', /R-008/);
      await legible(theme, rows);
      await outlined(theme, rows.and(editor.page.locator('.focused')));
      await shot(editor, 'walk-actions');
      await editor.page.keyboard.press('Enter');
      await editor.page.locator('.tab.active.dirty').waitFor();
      await editor.page.waitForFunction((text) => document.querySelector<HTMLElement>('#status\\.problems')?.innerText !== text, before);

      // The next findings are said in their turn; the mended one is gone.
      const others = await goOnTo('OWN-001');
      assert.match(others.at(-1) ?? '', /渡辺、伊藤.*OWN-001/s);
      assert.ok(others.every((text) => !text.includes('REG-004')), others.join('\n'));
      await editor.page.keyboard.press('Escape');
    });

    scene('fixes in bulk are shown before they are made', async (editor) => {
      await editor.openFile('2026-11-10_定例.md');
      await editor.page.locator(squiggle).first().waitFor();
      await goToWords(editor, minutes, 'マイルストン');
      const actions = await editor.showActions(words.fixBulk[locale]);
      inOneLanguage(locale, (await rowTexts(actions)).join('\n'), 'マイルストーン', 'マイルストン', '用語');
      await legible(theme, actions);
      await outlined(theme, actions.and(editor.page.locator('.focused')));
      await shot(editor, 'fix-actions');
      for (let tries = 0; tries < 7 && !((await actions.and(editor.page.locator('.focused')).innerText()).includes(words.fixBulk[locale])); tries++) await editor.page.keyboard.press('ArrowDown');
      await editor.page.keyboard.press('Enter');
      const preview = editor.page.locator('.bulk-edit-panel');
      await preview.locator('.monaco-list-row').filter({ hasText: 'マイルストーン' }).first().waitFor();
      await legible(theme, preview.locator('.monaco-list-row'));
      await shot(editor, 'fix-preview');
      assert.equal((await editor.visibleText()).includes('マイルストーンの日付'), false, 'nothing is changed before it is applied');
      // Nothing is ticked yet: a person says yes to the whole file or to each place.
      await preview.locator('.monaco-list-row').first().click();
      await editor.chord('Space', 'Control+Enter');
      await editor.page.locator('.tab.active.dirty').waitFor();
      const text = await editor.visibleText();
      assert.ok(text.includes('マイルストーンの日付') && text.includes('マイルストーンは来月'), text);
      await editor.chord('Control+Z');
      await editor.page.locator('.tab.active:not(.dirty)').waitFor();
    });

    scene('a finding is waived in native steps, and what they write is there to see, unsaved', async (editor) => {
      await openChecked(editor, 'risks.md');
      await goToWords(editor, 'product/docs/risks.md', 'R-004');
      await editor.runCommand(words.waive[locale]);
      await title(editor).filter({ hasText: 'REG-004' }).filter({ hasText: '(1/4)' }).waitFor();
      inOrder((await rowTexts(editor.quickRows)).join('\n'), words.scopes[locale]);
      inOrder((await rowTexts(editor.quickRows)).join('\n'), [words.written[locale]]);
      inOneLanguage(locale, await editor.quickInput.innerText());
      await legible(theme, editor.quickInput);
      await outlined(theme, editor.quickInput.locator('.monaco-list-row.focused'));
      await shot(editor, 'waive-1-scope');
      await editor.chord('ArrowDown', 'ArrowDown', 'Enter');
      await title(editor).filter({ hasText: '(2/4)' }).waitFor();
      await editor.page.keyboard.insertText(words.later[locale]);
      const message = editor.quickInput.locator('.quick-input-message');
      await message.filter({ hasText: words.laterRefused[locale] }).waitFor();
      await editor.page.keyboard.press('Enter');
      inOneLanguage(locale, await editor.quickInput.innerText());
      await legible(theme, editor.quickInput);
      await shot(editor, 'waive-2-reason');
      await editor.chord('Control+A');
      await editor.page.keyboard.insertText(words.reason[locale]);
      await editor.page.keyboard.press('Enter');
      await title(editor).filter({ hasText: '(3/4)' }).waitFor();
      inOrder((await rowTexts(editor.quickRows)).join('\n'), words.until[locale]);
      inOneLanguage(locale, await editor.quickInput.innerText());
      await shot(editor, 'waive-3-until');
      await editor.page.keyboard.insertText('2026-12-10');
      await editor.page.keyboard.press('Enter');
      await title(editor).filter({ hasText: '(4/4)' }).waitFor();
      await editor.quickInput.locator('.codicon-quick-input-back').click();
      await title(editor).filter({ hasText: '(3/4)' }).waitFor();
      await editor.page.keyboard.press('Enter');
      await title(editor).filter({ hasText: '(4/4)' }).waitFor();
      await editor.quickRows.filter({ hasText: '鈴木' }).waitFor();
      assert.equal(await editor.quickInput.locator('input').first().getAttribute('placeholder'), words.approver[locale]);
      await shot(editor, 'waive-4-approver');
      await editor.page.keyboard.insertText('鈴木');
      await editor.quickRows.filter({ hasText: '鈴木' }).first().waitFor();
      await editor.page.keyboard.press('Enter');
      await editor.page.locator('.tab.active.dirty[data-resource-name="kobo.yaml"]').waitFor();
      await editor.page.locator('.editor-group-container.active .view-lines').getByText('REG-004').first().waitFor();
      const text = await editor.visibleText();
      await shot(editor, 'waive-5-written');
      for (const part of ['REG-004', words.reason[locale], gateDay, '鈴木']) assert.ok(text.includes(part), `${part} is not written:\n${text}`);
      assert.equal((await readFile(join(editor.folder, 'product/kobo.yaml'), 'utf8')).includes('REG-004'), false, 'nothing is saved');
    });

    scene('waivers are listed by what has become of them', async (editor) => {
      await editor.runCommand(words.waivers[locale]);
      const rows = sideBarRows(editor);
      await rows.filter({ hasText: '鈴木' }).first().waitFor();
      inOrder((await rowTexts(rows)).join('\n'), words.groups[locale]);
      const expired = rows.filter({ hasText: '鈴木' }).first();
      assert.match((await expired.getAttribute('aria-label')) ?? '', new RegExp(`${words.groups[locale][0]}.*鈴木`));
      await expired.hover();
      assert.deepEqual(await expired.locator('.action-label').evaluateAll((all) => all.map((one) => one.getAttribute('aria-label'))), words.endWaiver[locale]);
      await legible(theme, rows);
      await shot(editor, 'waivers');
      await expired.click();
      await editor.page.locator('.tab.active[data-resource-name="kobo.yaml"]').waitFor();
      await outlined(theme, rows.and(editor.page.locator('.focused')));
      assert.match(await editor.page.locator('.monaco-editor .current-line').first().evaluate(() => document.querySelector('#status\\.editor\\.selection')?.textContent ?? ''), /2\d/);
    });

    scene('the words of a column are offered where the caret stands', async (editor) => {
      await editor.openFile('issues.csv');
      await editor.page.locator('.view-lines').first().waitFor();
      await editor.goTo(2, 1);
      await editor.chord('End', 'Enter', 'Control+Space');
      const suggest = editor.page.locator('.suggest-widget.visible');
      await suggest.locator('.monaco-list-row').filter({ hasText: words.nextId[locale] }).first().waitFor();
      await editor.chord('Enter');
      await editor.page.keyboard.insertText(',2026-11-24,通知が届かない,当日の欠員が増える,高,加藤,2026-12-01,,');
      await editor.chord('Control+Space');
      await suggest.locator('.monaco-list-row').filter({ hasText: '対応中' }).first().waitFor();
      assert.match((await suggest.locator('.monaco-list-row.focused').getAttribute('aria-label')) ?? '', /未着手/);
      await legible(theme, suggest.locator('.monaco-list-row'));
      await outlined(theme, suggest);
      await shot(editor, 'completion');
      await editor.page.keyboard.press('Escape');
    });

    scene('an example that does not behave is told above its rule, at its place and in the test view', async (editor) => {
      await openChecked(editor, 'failing.yaml');
      const lens = editor.page.locator('.contentWidgets .codelens-decoration').filter({ hasText: words.failing[locale] });
      // What was shown when the file was open before is only text until the answer comes.
      await lens.locator('a').first().waitFor();
      await editor.runCommand('Testing: Focus on Test Explorer View');
      await editor.runCommand('Test: Run All Tests');
      await editor.page.locator('.part.panel').getByText('Test Results').first().waitFor();
      const tests = sideBarRows(editor);
      await tests.filter({ has: editor.page.locator('.codicon-testing-failed-icon, .codicon-testing-error-icon') }).first().waitFor();
      await legible(theme, lens);
      await legible(theme, tests);
      await shot(editor, 'failing-example');
      await lens.locator('a').first().click();
      await editor.quickRows.filter({ hasText: words.notBehaving[locale] }).first().waitFor();
      await legible(theme, editor.quickInput);
      await outlined(theme, editor.quickInput.locator('.monaco-list-row.focused'));
      await shot(editor, 'failing-examples');
      await editor.page.keyboard.press('Enter');
      await editor.page.locator('.monaco-diff-editor').first().waitFor();
      await editor.page.locator('.tab.active').filter({ hasText: words.expected[locale] }).waitFor();
      await shot(editor, 'failing-diff');
      // As it was found: the next look waits for results of its own.
      await editor.runCommand('Test: Clear All Results');
      await editor.runCommand('View: Hide Panel');
    });

    scene('the impact of a rule that is not saved is a tree by rule and file, and a diff', async (editor) => {
      await editor.openFile('ours.yaml');
      await editor.page.locator('.view-lines').getByText('OUR-001').first().waitFor();
      await goToWords(editor, 'book/rules/ours.yaml', '全員, 各自');
      await editor.page.keyboard.insertText('佐藤, ');
      await editor.page.locator(`.editor-actions .action-label[aria-label^="${words.impact[locale]}"]`).click();
      const rows = sideBarRows(editor);
      const rule = rows.filter({ hasText: 'OUR-001' }).first();
      await rule.waitFor();
      await rule.click();
      await editor.page.keyboard.press('ArrowRight');
      const place = rows.filter({ has: editor.page.locator('.codicon-diff-added') }).first();
      await place.waitFor();
      assert.match((await rule.locator('.label-description').innerText()), words.impactAdded[locale]);
      await editor.page.locator('.notifications-toasts .notification-toast').first().waitFor({ state: 'hidden' });
      await legible(theme, rows);
      await outlined(theme, rows.and(editor.page.locator('.focused')));
      await shot(editor, 'impact');
      await editor.page.locator(`.part.sidebar .action-label[aria-label^="${words.impactDiff[locale]}"]`).first().click();
      await editor.page.locator('.monaco-diff-editor').first().waitFor();
      await shot(editor, 'impact-diff');
      await place.click();
      await editor.page.locator('.tab.active').filter({ hasText: /risks\.md|issues\.csv|schedule\.yaml|\d_定例\.md/u }).first().waitFor();
      await closeImpact(editor, locale);
    });

    scene('the next levels say what they would ask, and which rules are on their way', async (editor) => {
      await openChecked(editor, 'risks.md');
      await editor.runCommand(words.levels[locale]);
      await editor.quickRows.filter({ hasText: words.levelNow[locale] }).first().waitFor();
      const texts = (await rowTexts(editor.quickRows)).join('\n');
      inOrder(texts, ['L1', 'L2', words.levelNow[locale], 'L3']);
      assert.match(texts, words.levelMore[locale]);
      inOrder(texts, words.stages[locale]);
      inOneLanguage(locale, await editor.quickInput.innerText(), ...words.quoted[locale]);
      await legible(theme, editor.quickInput);
      await outlined(theme, editor.quickInput.locator('.monaco-list-row.focused'));
      await shot(editor, 'levels');
      await editor.page.keyboard.insertText('L3');
      await editor.quickRows.filter({ hasText: 'L3' }).first().waitFor();
      await editor.page.keyboard.press('Enter');
      await editor.page.locator('.part.sidebar').getByText(words.compared[locale]).first().waitFor();
      const rows = sideBarRows(editor);
      await rows.locator('.label-description').filter({ hasText: words.impactAdded[locale] }).first().waitFor();
      assert.ok((await rowTexts(rows)).every((text) => !text.includes('OUR-001')), 'nothing is left of the preview before');
      await editor.page.locator('.notifications-toasts .notification-toast').first().waitFor({ state: 'hidden' });
      await shot(editor, 'levels-impact');
      await closeImpact(editor, locale);
    });

    scene('a file that is not checked says why', async (editor) => {
      await editor.openFile('memo.md');
      await editor.runCommand(words.whyChecked[locale]);
      await editor.page.locator('.view-lines').filter({ hasText: words.whyNot[locale][2] }).first().waitFor();
      await editor.page.locator('.editor-group-container.active .detected-link').first().waitFor();
      await shot(editor, 'why');
      const text = (await editor.visibleText()).replaceAll(/\s/gu, '');
      inOneLanguage(locale, text, 'シフトナビ', 'コボブック', 'メモ');
      await legible(theme, editor.page.locator('.editor-group-container.active .view-lines'));
      for (const part of words.whyNot[locale]) assert.ok(text.includes(part.replaceAll(' ', '')), `${part} is missing in:\n${text}`);
    });
  }
});
