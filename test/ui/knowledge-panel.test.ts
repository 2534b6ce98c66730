import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import type { Editor } from './support/editor';
import { resizePanel } from './support/panel-size';
import { openEditor, type WindowOptions } from './support/windows';

const samples = 'templates/samples';

/** The knowledge panel in a window, with what its tests do again and again. */
class PanelInWindow {
  constructor(readonly editor: Editor) {}

  static async open(options: WindowOptions & { readonly fresh?: boolean } = {}): Promise<PanelInWindow> {
    const editor = await openEditor({ workspace: samples, ...options });
    await editor.runCommand(options.locale === 'en' ? 'Open the Kobo Book' : 'コボブックを開く');
    const panel = new PanelInWindow(editor);
    // The box is not to be seen while a page is read.
    await panel.box.waitFor({ state: 'attached' });
    await panel.reset();
    return panel;
  }

  at(selector: string): Locator {
    return this.editor.webview().locator(selector);
  }
  get box(): Locator {
    return this.at('#query');
  }
  get options(): Locator {
    return this.at('#results [role="option"]:not(.more)');
  }
  press(...keys: readonly string[]): Promise<void> {
    return keys.reduce<Promise<void>>((before, key) => before.then(() => this.editor.page.keyboard.press(key)), Promise.resolve());
  }

  /** As a person finds it who begins: nothing read, typed or filtered. */
  async reset(): Promise<void> {
    const { page } = this.editor;
    while ((await this.at('.pane:not(.none)').count()) > 0) {
      await this.at('#page-title').focus();
      await page.keyboard.press('Escape');
      await this.at('.pane.none').waitFor({ state: 'attached' });
    }
    if ((await this.at('.popup').count()) > 0) await this.at('#filter').click();
    while ((await this.at('.chip').count()) > 0) await this.at('.chip').first().dispatchEvent('click');
    await this.box.fill('切り戻し');
    await this.at('.kind').first().click();
    await this.box.fill('');
    await this.at('.home').waitFor({ state: 'attached' });
  }

  /** Types words into the box and waits for the answer of the whole Book. */
  async ask(words: string): Promise<void> {
    await this.box.fill(words);
    await this.at('.count-line').filter({ hasText: /^(?:\d[\d,]* 件|\d[\d,]* results?)/u }).waitFor();
    await this.at('#results [role="option"], .empty').first().waitFor();
    await this.editor.page.waitForTimeout(150);
  }

  async found(): Promise<number> {
    return Number((await this.at('.count-line span').first().innerText()).replace(/[^\d]/gu, ''));
  }

  async titles(): Promise<readonly string[]> {
    return this.at('.option-title').allInnerTexts();
  }

  async focus(selector: string): Promise<void> {
    await this.at(`${selector}:focus`).waitFor({ timeout: 5000 });
  }

  /** Reads the active option with the keyboard. */
  async read(): Promise<void> {
    await this.box.focus();
    await this.press('Enter');
    await this.at('#page-title:focus').waitFor();
    await this.at('.page-text').waitFor();
  }

  /** Chooses the first filter there is with the keyboard alone. @returns its name and how many hits it promised */
  async filterByKeyboard(): Promise<{ readonly name: string; readonly count: number }> {
    await this.box.focus();
    await this.press('Tab');
    await this.focus('#filter');
    await this.press('Space');
    await this.at('.popup').waitFor();
    await this.press('Tab', 'Tab', 'Tab');
    await this.focus('.choice');
    const choice = this.at('.choice:focus');
    const name = await choice.locator('.choice-label').innerText();
    const count = Number(await choice.locator('.choice-count').innerText());
    await this.press('Enter');
    await this.at('.chip').filter({ hasText: name }).waitFor();
    await this.editor.page.waitForTimeout(200);
    return { name, count };
  }

  /** Sends keys to the input method, as an IME does while it converts. */
  async whileConverting(key: string): Promise<void> {
    const session = await this.editor.page.context().newCDPSession(this.editor.page);
    await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key, code: key, windowsVirtualKeyCode: 229 });
    await session.detach();
  }
}

/** A product whose own Book has a page with a diagram and one that a test changes. */
async function ownBook(): Promise<string> {
  const folder = join(await mkdtemp(join(tmpdir(), 'kobo-own-')), 'own');
  const put = async (path: string, text: string): Promise<void> => {
    await mkdir(join(folder, path, '..'), { recursive: true });
    await writeFile(join(folder, path), text);
  };
  await put('kobo.yaml', 'format: 1\nproduct: { id: own, name: 自前の本, size: M }\nbook: book\n');
  await put('book/book.yaml', 'format: 1\nid: own\nname: 自前の本\nlanguage: ja\n');
  await put('book/pages/flow.md', '# 申請の流れ図\n\n鯨波の申請は次のように流れます。\n\n```mermaid\nflowchart LR\n  A[申請] --> B[承認]\n```\n\n[別のページ](other.md) も見ます。\n');
  await put('book/pages/other.md', '# 鯨波の別のページ\n\n鯨波のもう一つの説明です。\n');
  return folder;
}

describe('the knowledge panel in the window', function () {
  this.timeout(180_000);

  let own: PanelInWindow | undefined;
  /** The panel in the window of that product; asked for by tests that stand one after the other. */
  const ownPanel = async (): Promise<PanelInWindow> => {
    if (own === undefined || own.editor.page.isClosed()) own = await PanelInWindow.open({ fresh: true, workspace: await ownBook() });
    await own.reset();
    return own;
  };

  it('filters are reached with Tab, opened with Enter and with Space, and chosen without a mouse', async () => {
    const panel = await PanelInWindow.open();
    await panel.ask('議事録');
    const all = await panel.found();
    await panel.box.focus();
    await panel.press('Tab');
    await panel.focus('#filter');
    await panel.press('Enter');
    await panel.at('.popup').waitFor();
    await panel.press('Escape');
    await panel.at('.popup').waitFor({ state: 'detached' });
    await panel.focus('#query');
    const { count } = await panel.filterByKeyboard();
    assert.equal(await panel.found(), count, 'the filter finds what it promised');
    assert.ok(count < all, 'the filter filters');
  });

  it('filters stay when a result is opened, when going back, with new words and after the view was hidden', async () => {
    const panel = await PanelInWindow.open();
    await panel.ask('議事録');
    const { name, count } = await panel.filterByKeyboard();
    await panel.read();
    await panel.press('Escape');
    await panel.focus('#query');
    assert.match(await panel.at('.chip').innerText(), new RegExp(name, 'u'));
    assert.equal(await panel.found(), count);
    await panel.ask('リスク');
    const filtered = await panel.found();
    await panel.editor.runCommand('View: Toggle Secondary Side Bar Visibility');
    await panel.editor.page.locator('.part.auxiliarybar').waitFor({ state: 'hidden' });
    await panel.editor.runCommand('コボブックを開く');
    await panel.at('#results [role="option"]').first().waitFor();
    assert.equal(await panel.box.inputValue(), 'リスク');
    assert.match(await panel.at('.chip').innerText(), new RegExp(name, 'u'));
    await panel.editor.page.waitForTimeout(300);
    assert.equal(await panel.found(), filtered, 'what was restored is what is searched for');
    await panel.at('.chip').click();
    await panel.at('.chip').waitFor({ state: 'detached' });
    await panel.editor.page.waitForTimeout(300);
    assert.ok((await panel.found()) > filtered, 'without the filter there is more');
  });

  it('matches stay marked after a result is opened, the first of them in view', async () => {
    const panel = await PanelInWindow.open();
    await panel.ask('エスカレーション');
    await panel.read();
    const marks = panel.at('#page-body mark');
    assert.ok((await marks.count()) > 0);
    // Other spellings of the term are matches, too.
    assert.ok((await marks.allInnerTexts()).includes('エスカレーション'));
    await panel.press('F3');
    const seen = await panel.at('#page-body mark.current').evaluate((mark) => {
      const body = mark.closest('#page-body')?.getBoundingClientRect();
      const own = mark.getBoundingClientRect();
      return body !== undefined && own.top >= body.top && own.bottom <= body.bottom;
    });
    assert.ok(seen, 'the current match is in view');
    assert.match(await panel.at('.match-words').innerText(), /「エスカレーション」\s*\d+／\d+ か所/u);
  });

  it('going back shows the list of the words in the box, and new words never show the old list', async () => {
    const panel = await PanelInWindow.open();
    await panel.ask('議事録の書き方');
    const before = await panel.titles();
    assert.equal(before[0], '議事録の書き方');
    await panel.read();
    await panel.at('.page-body .group a, .page-body .group .link').last().click();
    await panel.at('.page-text').waitFor();
    await panel.press('Escape');
    await panel.focus('#query');
    assert.deepEqual(await panel.titles(), before);
    await panel.ask('リスク登録簿');
    assert.match((await panel.titles())[0] ?? '', /リスク/u);
    assert.notDeepEqual(await panel.titles(), before);
    await panel.read();
    await panel.press('Escape');
    assert.equal(await panel.box.inputValue(), 'リスク登録簿');
    assert.match((await panel.titles())[0] ?? '', /リスク/u);
  });

  it('results follow a page that changed on disk, also after something was read', async () => {
    const panel = await ownPanel();
    await panel.ask('鯨波');
    assert.equal(await panel.found(), 2);
    await panel.read();
    await panel.press('Escape');
    await writeFile(join(panel.editor.folder, 'book/pages/other.md'), '# 海猫のページ\n\n海猫の説明です。\n');
    const one = panel.at('.count-line').filter({ hasText: /^1 件/u });
    for (let i = 0; i < 20 && (await one.count()) === 0; i++) {
      await panel.box.fill('鯨');
      await panel.box.fill('鯨波');
      await panel.editor.page.waitForTimeout(500);
    }
    assert.deepEqual(await panel.titles(), ['申請の流れ図']);
    await panel.ask('海猫');
    assert.deepEqual(await panel.titles(), ['海猫のページ']);
  });

  it('a diagram stands as labelled code, and the preview draws it', async () => {
    const panel = await ownPanel();
    await panel.ask('流れ図');
    await panel.read();
    assert.equal(await panel.at('.diagram-name').innerText(), '図（Mermaid）');
    assert.match(await panel.at('.diagram pre').innerText(), /flowchart LR/u);
    await panel.editor.screenshot('panel-diagram-ja', { part: panel.editor.page.locator('.part.auxiliarybar') });
    await panel.at('.diagram-head .link').click();
    const drawn = async (): Promise<number> => {
      const counts = await Promise.all(panel.editor.page.frames().map((frame) => frame.locator('svg[aria-roledescription]').count().catch(() => 0)));
      return counts.reduce((sum, count) => sum + count, 0);
    };
    for (let i = 0; i < 60 && (await drawn()) === 0; i++) await panel.editor.page.waitForTimeout(500);
    assert.ok((await drawn()) > 0, 'the preview shows a drawing');
    await panel.editor.screenshot('diagram-preview');
  });

  it('an input method keeps its Enter: the conversion is committed, nothing is opened', async () => {
    const panel = await PanelInWindow.open();
    await panel.box.focus();
    await panel.editor.compose('きりもどし');
    await panel.editor.compose('切り戻し');
    await panel.options.first().waitFor();
    await panel.whileConverting('Enter');
    assert.equal(await panel.at('.pane.none').count(), 1);
    await panel.editor.commit('切り戻し');
    await panel.editor.page.waitForTimeout(120);
    assert.equal(await panel.box.inputValue(), '切り戻し');
    await panel.press('Enter');
    await panel.at('.page-text').waitFor();
  });

  it('the focus stays in the box while results come, and the list is heard as a list box', async () => {
    const panel = await PanelInWindow.open();
    await panel.box.focus();
    for (const sign of ['リス', 'ク', '登', '録', '簿']) {
      await panel.editor.page.keyboard.insertText(sign);
      await panel.options.first().waitFor();
      await panel.focus('#query');
    }
    await panel.press('ArrowDown', 'ArrowDown');
    await panel.focus('#query');
    assert.deepEqual([await panel.box.getAttribute('role'), await panel.box.getAttribute('aria-expanded'), await panel.box.getAttribute('aria-controls')], ['combobox', 'true', 'results']);
    assert.equal(await panel.at('#results').getAttribute('role'), 'listbox');
    const active = panel.at(`#${(await panel.box.getAttribute('aria-activedescendant')) ?? 'none'}`);
    assert.deepEqual([await active.getAttribute('role'), await active.getAttribute('aria-selected'), await active.getAttribute('aria-posinset')], ['option', 'true', '3']);
    assert.match((await active.getAttribute('aria-label')) ?? '', /^(?:ページ|ルール|テンプレート|一式|用語|ゲート|文書)、.+、3／\d+$/u);
    // Said aloud once typing has stopped for a while.
    await panel.at('.spoken').filter({ hasText: /^\d+ 件$/u }).waitFor();
    assert.equal(await panel.at('.spoken').getAttribute('role'), 'status');
  });

  it('with a document open and no words it shows what belongs to it: guide, findings, rules, missing parts, other products', async () => {
    const panel = await PanelInWindow.open();
    await panel.editor.openFile('trouble/docs/risks.md');
    await panel.editor.page.locator('.squiggly-error, .squiggly-warning').first().waitFor();
    await panel.at('.head-name').filter({ hasText: 'risks.md' }).waitFor();
    const titles = panel.at('.home .group-title');
    await titles.filter({ hasText: 'ほかのプロダクトの例' }).waitFor();
    const shown = (await titles.allInnerTexts()).map((title) => title.replace(/\s*\d+$/u, '').replace(/：.*/u, ''));
    assert.deepEqual(shown.filter((title) => title !== '足りないところ'), ['いま書いているところ', 'この文書の指摘', 'この文書を確かめるルール', 'よく使う操作', 'ほかのプロダクトの例']);
    assert.ok((await panel.at('[aria-labelledby="group-rules-here"] .row').count()) >= 3);
    assert.match(await panel.at('[aria-labelledby="group-rules-here"] .row').first().innerText(), /指摘 \d+ 件|見送り|指摘なし/u);
    // A rule opens in the reading pane, a finding in the editor.
    await panel.at('[aria-labelledby="group-rules-here"] .link').first().click();
    await panel.at('.page-text').waitFor();
    await panel.press('Escape');
    await panel.editor.chord('Escape', 'Control+K', 'Control+W');
  });

  it('a missing part is put in as an edit of the document, unsaved', async () => {
    const panel = await PanelInWindow.open();
    const file = 'trouble/docs/runbooks';
    const { readdir } = await import('node:fs/promises');
    const [name = ''] = (await readdir(join(panel.editor.folder, file))).filter((one) => one.endsWith('.md'));
    const path = join(panel.editor.folder, file, name);
    // Its first section is all there is.
    const text = await readFile(path, 'utf8');
    const at = text.indexOf('\n## ', text.indexOf('\n## ') + 1);
    await writeFile(path, text.slice(0, at + 1));
    await panel.editor.openFile(`${file}/${name}`);
    await panel.at('.head-name').filter({ hasText: name }).waitFor();
    const insert = panel.at('[aria-labelledby="group-missing"] vscode-button').first();
    await insert.waitFor();
    await insert.click();
    await panel.editor.page.locator('.tab.active.dirty').waitFor();
    assert.equal(await readFile(path, 'utf8'), text.slice(0, at + 1), 'nothing is saved unasked');
    await panel.editor.clear();
    await writeFile(path, text);
  });

  it('nothing found: what may have been meant, and a note that stays on this computer', async () => {
    const panel = await PanelInWindow.open();
    await panel.ask('"リスク登録表"');
    assert.deepEqual((await panel.at('.empty-title').allInnerTexts()).slice(0, 1), ['もしかして']);
    await panel.at('.empty .link').filter({ hasText: 'リスク登録簿' }).first().click();
    await panel.options.first().waitFor();
    assert.equal(await panel.box.inputValue(), 'リスク登録簿');
    await panel.focus('#query');
    await panel.ask('ぬるぽけ');
    await panel.at('.note.info').waitFor();
    await panel.at('.note.info .link').last().click();
    await panel.at('.note.info').waitFor({ state: 'detached' });
  });

  const looks: readonly { readonly theme: WindowOptions['theme'] & string; readonly locale: 'ja' | 'en'; readonly widths: readonly number[] }[] = [
    { theme: 'light', locale: 'ja', widths: [300, 250, 780] },
    { theme: 'dark', locale: 'en', widths: [300, 780] },
    { theme: 'high-contrast', locale: 'ja', widths: [300] },
  ];
  for (const { theme, locale, widths } of looks) {
    it(`looks right: results, reading, guidance, nothing found (${theme}, ${locale})`, async () => {
      const panel = await PanelInWindow.open({ theme, locale, width: 1500 });
      const { editor } = panel;
      const part = editor.page.locator('.part.auxiliarybar');
      const sideways = (): Promise<readonly string[]> =>
        panel.at('body').evaluate((body) =>
          Array.from(body.querySelectorAll('.root, .main, .home, .results, .page-body, .empty, .popup')).filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.className),
        );
      for (const width of widths) {
        await resizePanel(editor, width);
        const shot = async (state: string): Promise<void> => {
          await editor.page.mouse.move(600, 5);
          await editor.screenshot(`panel-${state}-${theme}-${locale}-${String(width)}`, { part });
          assert.deepEqual(await sideways(), [], `${state} at ${String(width)} px scrolls sideways`);
        };
        await editor.openFile('trouble/docs/risks.md');
        await panel.at('.head-name').filter({ hasText: 'risks.md' }).waitFor();
        await panel.at('[aria-labelledby="group-examples"]').waitFor();
        await shot('guidance');
        await panel.ask('切り戻し');
        await panel.at('#filter').click();
        await panel.at('.choice').first().click();
        await panel.at('.chip').waitFor();
        await shot('filters');
        await panel.at('#filter').click();
        await panel.box.focus();
        await panel.press('ArrowDown');
        await shot('results');
        // At 250 px there is no room for it, but the list of filters says what is chosen.
        await panel.at('.chip').first().dispatchEvent('click');
        await panel.ask('リリース計画・手順の作り方');
        await panel.read();
        await shot('reading');
        await panel.at('.page-body .group').first().scrollIntoViewIfNeeded();
        await shot('reading-rules');
        await panel.press('Escape');
        await panel.ask('"リスク登録表"');
        await panel.at('.note.info').waitFor();
        await shot('empty');
        await panel.at('.note.info .link').last().click();
        await panel.reset();
      }
      await editor.chord('Escape', 'Control+K', 'Control+W');
    });
  }
});

describe('the palette in the window', function () {
  this.timeout(120_000);
  const open = async (editor: Editor, words: string): Promise<void> => {
    await editor.runCommand('コボブックを検索');
    await editor.quickInput.locator('input').first().fill(words);
    await editor.quickRows.filter({ hasText: words }).first().waitFor();
    await editor.page.waitForTimeout(400);
  };
  const rowButton = (editor: Editor, name: string): Locator => editor.quickRows.first().locator(`.action-label[aria-label^="${name}"]`);

  it('searches while typing, in the order of the panel', async () => {
    const panel = await PanelInWindow.open();
    const { editor } = panel;
    for (const words of ['議事録', '障害が起きたら最初に何をする']) {
      await panel.ask(words);
      const wanted = (await panel.titles()).slice(0, 5);
      await editor.runCommand('コボブックを検索');
      await editor.quickInput.locator('input').first().fill(words);
      await editor.quickRows.filter({ hasText: wanted[0] ?? '' }).first().waitFor();
      await editor.page.waitForTimeout(400);
      // Rows are drawn again in any order; their index says where they stand.
      const rows = await editor.quickRows.evaluateAll((all) =>
        all.sort((x, y) => Number(x.getAttribute('data-index')) - Number(y.getAttribute('data-index'))).map((row) => row.querySelector('.monaco-icon-name-container, .label-name')?.textContent?.trim() ?? ''));
      assert.deepEqual(rows.slice(0, wanted.length), wanted, words);
      await editor.escape();
    }
  });

  it('kinds are toggles inside the box, with the number of each', async () => {
    const editor = await openEditor({ workspace: samples });
    await open(editor, '議事録');
    const toggles = editor.quickInput.locator('.quick-input-header [role="checkbox"], .quick-input-header .monaco-custom-toggle');
    const names = await toggles.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label') ?? '').filter((name) => name !== 'Toggle all checkboxes'));
    assert.deepEqual(names.map((name) => name.replace(/\d+/u, 'n')), ['ページ（n）', 'ルール（n）', 'テンプレート（n）', '用語（n）', '文書（n）']);
    await toggles.and(editor.page.locator('[aria-label^="ルール"]')).first().click();
    await editor.quickRows.filter({ hasNot: editor.page.locator('.codicon-law') }).first().waitFor({ state: 'detached' });
    await editor.page.waitForTimeout(300);
    const icons = await editor.quickRows.evaluateAll((rows) => rows.map((row) => row.querySelector('.codicon-law') !== null));
    assert.ok(icons.length > 0 && icons.every(Boolean), 'only rules are left');
    await editor.screenshot('palette-rules');
    await editor.escape();
  });

  it('a row opens to the side, is inserted as a link, and is copied in both forms', async () => {
    const editor = await openEditor({ workspace: samples });
    await editor.page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    /** What is copied, once it begins as wanted. */
    const copied = async (start: string): Promise<string> => {
      let text = '';
      for (let tries = 0; tries < 40 && !text.startsWith(start); tries++) {
        await editor.page.waitForTimeout(250);
        text = await editor.page.evaluate(() => navigator.clipboard.readText());
      }
      return text;
    };
    await editor.openFile('trouble/docs/risks.md');
    await open(editor, '議事録の書き方');
    await rowButton(editor, 'リンクをコピー').click();
    assert.match(await copied('['), /^\[議事録の書き方\]\(<kobo-book:\/[\w-]+\/pages\/[^>]+>\)$/u);
    await rowButton(editor, 'Slack 用にリンクをコピー').click();
    assert.match(await copied('<'), /^<[\w-]+:\/\/kobo-guide\.kobo-guide\/guide\?kobo-book%3A%2F[^|>]+\|議事録の書き方>$/u);
    assert.ok(await editor.quickInput.isVisible(), 'copying leaves the list open');
    await rowButton(editor, 'リンクを入れる').click();
    await editor.quickInput.waitFor({ state: 'hidden' });
    await editor.page.locator('.tab.active.dirty').waitFor();
    await editor.page.locator('.view-lines').getByText('[議事録の書き方]').first().waitFor();
    await open(editor, '議事録の書き方');
    await rowButton(editor, '横に開く').click();
    await editor.page.locator('.tab').filter({ hasText: /Preview/u }).waitFor();
    await editor.clear();
  });

  it('a template is used from its row, and nothing found leads somewhere', async () => {
    const editor = await openEditor({ workspace: samples });
    await editor.runCommand('コボブックを検索');
    await editor.quickInput.locator('input').first().fill('種別:テンプレート 議事録');
    await editor.quickRows.locator('.codicon-new-file').first().waitFor();
    const use = editor.quickRows.filter({ has: editor.page.locator('.codicon-new-file') }).first().locator('.action-label[aria-label^="このテンプレートを使う"]');
    await use.click();
    await editor.quickInput.locator('.quick-input-title, .quick-input-titlebar').filter({ hasText: /議事録|テンプレート|1\// }).first().waitFor();
    await editor.escape();
    await editor.runCommand('コボブックを検索');
    await editor.quickInput.locator('input').first().fill('"リスク登録表"');
    await editor.quickRows.filter({ hasText: 'もしかして' }).first().waitFor();
    await editor.screenshot('palette-nothing');
    await editor.quickRows.filter({ hasText: 'もしかして' }).first().click();
    await editor.quickRows.filter({ hasText: 'リスク登録簿' }).first().waitFor();
    await editor.escape();
  });
});
