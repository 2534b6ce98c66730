import assert from 'node:assert/strict';
import type { SearchResult } from '../../src/server/protocol';
import type { FromPanel } from '../../src/extension/webview/messages';
import { HarnessBrowser, type OpenOptions, type PanelWindow } from './panel-harness/drive';

/** The knowledge panel's page in a plain browser, with a stand-in for the extension. */
describe('knowledge panel (page)', () => {
  let browser: HarnessBrowser;
  let panel: PanelWindow;

  before(async () => {
    browser = await HarnessBrowser.start();
  });
  after(() => browser.close());
  afterEach(async () => {
    await panel.close();
    assert.deepEqual(panel.complaints, []);
  });

  const open = async (options?: OpenOptions): Promise<PanelWindow> => (panel = await browser.open(options));
  const at = (selector: string) => panel.page.locator(selector);
  const press = (...keys: readonly string[]) => keys.reduce<Promise<void>>((before, key) => before.then(() => panel.page.keyboard.press(key)), Promise.resolve());
  const focused = () => panel.page.evaluate(() => document.activeElement?.id ?? '');
  const activeTitle = async (): Promise<string> => {
    const id = await at('#query').getAttribute('aria-activedescendant');
    return id === null ? '' : at(`#${id} .option-title`).innerText();
  };
  const searches = async () => (await panel.sent()).filter((message): message is Extract<FromPanel, { kind: 'search' }> => message.kind === 'search');
  const titles = () => at('.option-title').allInnerTexts();
  const spoken = () => at('.spoken').innerText();

  describe('with nothing searched for', () => {
    it('shows what belongs to the document at hand', async () => {
      await open();
      assert.deepEqual(await at('.group-title').allInnerTexts(), ['いま書いているところ：リスク一覧', 'この文書の指摘5', 'この文書を確かめるルール4', '足りないところ', 'よく使う操作', 'ほかのプロダクトの例']);
      assert.deepEqual(await at('[aria-labelledby="group-rules-here"] [role="img"]').evaluateAll((signs) => signs.map((sign) => sign.getAttribute('aria-label'))), ['エラー', '警告']);
      assert.equal(await at('.head-facts').innerText(), '9／10 項目が埋まっています · テスト工程');
      await panel.page.getByRole('progressbar', { name: '9／10 項目が埋まっています' }).waitFor({ state: 'attached' });
      await panel.page.getByRole('button', { name: '直す：R-007 の所有者が 2 人います' }).click();
      await panel.page.getByRole('button', { name: '入れる：見直し記録に 11/24 の行がありません' }).click();
      await panel.page.getByRole('button', { name: '起きたリスクを課題へ移す' }).click();
      await panel.page.getByRole('button', { name: 'ほか 2 件を見る' }).click();
      assert.deepEqual(await panel.runs(), [
        { kind: 'fix', uri: 'file:///shift-navi/docs/risks.md', line: 24, character: 60 },
        { kind: 'insertMissing', index: 0 },
        { kind: 'contextAction', index: 1 },
        { kind: 'showProblems' },
      ]);
    });

    it('shows ways to begin when no document is open', async () => {
      await open({ query: '&document=no' });
      assert.deepEqual(await at('.group-title').allInnerTexts(), ['探し方の例', '最近読んだページ', 'シフトナビ · テスト工程']);
      await panel.page.getByRole('button', { name: '切り戻し いつ' }).click();
      assert.equal(await at('#query').inputValue(), '切り戻し いつ');
      assert.equal(await focused(), 'query');
      await at('.results .option').first().waitFor();
    });

    it('is walked through with the arrow keys from the box', async () => {
      await open({ query: '&document=no' });
      await at('#query').focus();
      await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowUp');
      assert.equal(await panel.page.evaluate(() => document.activeElement?.textContent), '種別:テンプレート 議事録');
      await press('ArrowUp', 'ArrowUp');
      assert.equal(await focused(), 'query');
    });
  });

  describe('search', () => {
    it('is a combobox with a list box for those who hear it', async () => {
      await open();
      const box = at('#query');
      assert.equal(await box.getAttribute('role'), 'combobox');
      assert.equal(await box.getAttribute('aria-expanded'), 'false');
      await panel.type('切り戻し');
      assert.equal(await box.getAttribute('aria-expanded'), 'true');
      assert.equal(await box.getAttribute('aria-controls'), await panel.page.getByRole('listbox', { name: '検索結果' }).getAttribute('id'));
      await panel.page.getByRole('option', { name: 'ページ、切り戻しの条件と判断時刻、リリース › リリース計画の書き方、1／7' }).waitFor();
      await panel.page.getByRole('option', { name: 'ページ、移行リハーサルで確かめること、テスト › 移行計画、見直し期限切れ、6／7' }).waitFor();
      assert.equal(await panel.page.getByRole('option', { selected: true }).count(), 1);
      assert.deepEqual(await panel.page.getByRole('radio').evaluateAll((radios) => radios.map((radio) => radio.getAttribute('aria-label'))), [
        'すべて 7 件', 'ページ 3 件', 'ルール 1 件', 'テンプレート 1 件', '用語 1 件', '文書 1 件',
      ]);
    });

    it('says the number of results once typing has stopped for 600 ms', async () => {
      await open();
      await at('#query').focus();
      await panel.page.clock.install({ time: 0 });
      await panel.page.clock.pauseAt(1000);
      await panel.page.keyboard.insertText('切り');
      await at('.results .option').first().waitFor();
      await panel.page.clock.runFor(400);
      await panel.page.keyboard.insertText('戻し');
      await panel.page.waitForFunction(() => window.harness.sent.filter((message) => message.kind === 'search').length === 2);
      await panel.page.clock.runFor(500);
      assert.equal(await spoken(), '');
      await panel.page.clock.runFor(200);
      assert.equal(await spoken(), '7 件');
      assert.equal(await at('.spoken').getAttribute('role'), 'status');
    });

    it('moves through the list while the focus stays in the box', async () => {
      await open();
      await at('#query').focus();
      await panel.type('切り戻し');
      assert.equal(await activeTitle(), '切り戻しの条件と判断時刻');
      await press('ArrowDown', 'ArrowDown');
      assert.equal(await activeTitle(), 'リリース計画・手順');
      await press('ArrowUp');
      assert.equal(await activeTitle(), 'リリース計画に切り戻しと判断時刻がある');
      await press('End');
      assert.equal(await activeTitle(), 'リリース判定会の進め方');
      // Home belongs to the caret until it stands at the start of the text.
      await press('Home');
      assert.equal(await activeTitle(), 'リリース判定会の進め方');
      await press('Home');
      assert.equal(await activeTitle(), '切り戻しの条件と判断時刻');
      await press('PageDown');
      assert.notEqual(await activeTitle(), '切り戻しの条件と判断時刻');
      assert.equal(await focused(), 'query');
      const seen = await at('.results .option.active').evaluate((option) => {
        const list = option.closest('.results')?.getBoundingClientRect();
        const own = option.getBoundingClientRect();
        return list !== undefined && own.top >= list.top - 1 && own.bottom <= list.bottom + 1;
      });
      assert.ok(seen);
    });

    it('opens to the side, inserts and copies links by key', async () => {
      await open();
      await at('#query').focus();
      await panel.type('切り戻し');
      await press('ArrowDown', 'Control+Enter', 'Control+l', 'Control+c');
      const place = { kind: 'page', book: 'kobo', path: 'rules/CMP-016', anchor: '' };
      const title = 'リリース計画に切り戻しと判断時刻がある';
      assert.deepEqual(await panel.runs(), [
        { kind: 'openToSide', place, title }, { kind: 'insertLink', place, title }, { kind: 'copyLink', place, title },
      ]);
      // With text selected, copying is the box's own.
      await press('Control+a', 'Control+c');
      assert.equal((await panel.runs()).length, 3);
    });

    it('opens project files in the editor', async () => {
      await open();
      await panel.type('切り戻し');
      await at('.option').filter({ hasText: 'D-014' }).click();
      assert.deepEqual(await panel.runs(), [{ kind: 'openFile', uri: 'file:///shift-navi/docs/minutes/2026-11-20.md', line: 41 }]);
      assert.equal(await at('.pane.none').count(), 1);
    });

    it('drops answers that come late', async () => {
      await open();
      await panel.page.evaluate(() => {
        window.harness.hold = true;
      });
      await at('#query').fill('切り戻し');
      await at('#query').fill('議事録');
      await panel.page.evaluate(() => {
        for (const held of window.harness.held.reverse()) window.harness.post(held);
      });
      await at('.option').first().waitFor();
      await panel.page.waitForTimeout(50);
      assert.match((await titles())[0] ?? '', /^議事録/u);
      assert.equal((await titles()).some((title) => title.startsWith('切り戻し')), false);
    });

    it('replaces results in place: no jump of focus, option or scroll', async () => {
      await open({ query: '&book=loading' });
      await at('#query').focus();
      await panel.type('議事録');
      await press('PageDown', 'PageDown', 'PageDown');
      const [before, top] = [await activeTitle(), await at('#results').evaluate((list) => list.scrollTop)];
      assert.ok(top > 0);
      await panel.page.evaluate(() => window.harness.setBook('loading', 2000));
      await panel.page.locator('.loading-foot', { hasText: '2,000／3,078 ページ' }).waitFor();
      await panel.page.waitForFunction(() => window.harness.sent.filter((message) => message.kind === 'search').length === 2);
      assert.deepEqual([await activeTitle(), await at('#results').evaluate((list) => list.scrollTop), await focused()], [before, top, 'query']);
    });

    it('shows 50 and then more', async () => {
      await open();
      await at('#query').focus();
      await panel.type('議事録');
      assert.equal((await titles()).length, 50);
      await press('End');
      assert.equal(await at('.results .option.active').innerText(), 'もっと見る（残り 70 件）');
      await press('Enter');
      await panel.page.waitForFunction(() => document.querySelectorAll('.option-title').length === 100);
      assert.equal(await activeTitle(), '議事録の書き方 その 51');
      assert.deepEqual((await searches()).map(({ offset }) => offset), [0, 50]);
    });

    it('shows markup in titles and passages as text', async () => {
      await open();
      await panel.type('切り戻し');
      const number = (await searches()).at(-1)?.number ?? 0;
      const evil = '<img src=x onerror="document.title=1"> <b>太字</b>';
      const hit = { kind: 'page', title: evil, titleHighlights: [[0, 4]], where: evil, snippet: evil, highlights: [[2, 9]], place: { kind: 'page', book: 'kobo', path: 'a.md', anchor: '' }, staleDays: 0, template: '' } as const;
      const counts = { page: 1, rule: 0, template: 0, kit: 0, term: 0, gate: 0, document: 0 };
      const answer: SearchResult = { number, hits: [hit], total: 1, counts, facets: { phases: [], audiences: [], tags: [] }, didYouMean: [], nearTerms: [], progress: null, tookMs: 0 };
      await panel.post({ kind: 'results', number, offset: 0, result: answer });
      await at('.option').filter({ hasText: 'onerror' }).waitFor();
      assert.equal(await at('.option-title').innerText(), evil);
      assert.equal(await at('.option img').count(), 0);
    });
  });

  describe('input method', () => {
    const composing = async (words: string) => {
      const session = await panel.page.context().newCDPSession(panel.page);
      await session.send('Input.imeSetComposition', { text: words, selectionStart: words.length, selectionEnd: words.length });
      return session;
    };

    it('leaves Enter and Esc to the conversion, and searches meanwhile', async () => {
      await open();
      await at('#query').focus();
      const session = await composing('切り戻し');
      await at('.results .option').first().waitFor();
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Enter', code: 'Enter', windowsVirtualKeyCode: 229 });
      await session.send('Input.dispatchKeyEvent', { type: 'rawKeyDown', key: 'Escape', code: 'Escape', windowsVirtualKeyCode: 229 });
      assert.equal(await at('.pane.none').count(), 1);
      assert.equal(await at('#query').inputValue(), '切り戻し');
      await session.send('Input.insertText', { text: '切り戻し' });
      await panel.page.waitForTimeout(80);
      await press('Enter');
      await at('.page-text').waitFor();
    });

    it('ignores the Enter that some systems report right after the conversion', async () => {
      await open();
      await at('#query').focus();
      await panel.type('切り戻し');
      await at('#query').evaluate((box) => {
        box.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
        box.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }));
      });
      assert.equal(await at('.pane.none').count(), 1);
      await panel.page.waitForTimeout(80);
      await press('Enter');
      await at('.page-text').waitFor();
    });

    it('notes no half-converted words as unanswered', async () => {
      await open();
      await at('#query').focus();
      await panel.page.clock.install();
      const session = await composing('ぬるぽけ');
      await at('.empty').waitFor();
      await panel.page.clock.runFor(3000);
      const notes = async () => (await panel.sent()).filter((message) => message.kind === 'note');
      assert.deepEqual(await notes(), []);
      await session.send('Input.insertText', { text: '塗る' });
      await at('.empty-head').filter({ hasText: '塗る' }).waitFor();
      await panel.page.clock.runFor(3000);
      assert.deepEqual(await notes(), [{ kind: 'note', text: '塗る' }]);
    });

    it('does not rewrite the box while it converts', async () => {
      await open();
      await at('#query').focus();
      await composing('きりもど');
      await panel.page.evaluate(() => window.harness.setBook('ready'));
      await panel.page.waitForTimeout(50);
      const session = await composing('きりもどし');
      await session.send('Input.insertText', { text: '切り戻し' });
      assert.equal(await at('#query').inputValue(), '切り戻し');
    });
  });

  describe('filters', () => {
    const choosePhase = async () => {
      await at('#filter').click();
      await panel.page.getByRole('checkbox', { name: 'リリース 3 件' }).click();
      await at('.chip').waitFor();
    };
    const asked = async () => (await searches()).slice(-1).map(({ text, kinds, phases, scope }) => ({ text, kinds, phases, scope }))[0];

    it('are reached by Tab and opened with Enter and with Space', async () => {
      await open();
      await at('#query').focus();
      await panel.type('切り戻し');
      await press('Tab');
      assert.equal(await focused(), 'filter');
      await press('Enter');
      await at('.popup').waitFor();
      await press('Escape');
      await at('.popup').waitFor({ state: 'detached' });
      assert.equal(await focused(), 'query');
      await press('Tab', 'Space');
      await at('.popup').waitFor();
      // Kinds are one stop, then the scope, then the choices.
      await press('Tab');
      assert.equal(await panel.page.evaluate(() => document.activeElement?.getAttribute('role')), 'radio');
      await press('Tab');
      assert.equal(await panel.page.evaluate(() => document.activeElement?.localName), 'vscode-single-select');
      await press('Tab');
      assert.equal(await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'リリース 3 件');
      await press('Space');
      await at('.chip').waitFor();
      assert.deepEqual((await asked())?.phases, ['release']);
    });

    it('choose one kind with the arrow keys', async () => {
      await open();
      await at('#query').focus();
      await panel.type('切り戻し');
      await press('Tab', 'Tab', 'ArrowRight', 'ArrowRight');
      assert.equal(await panel.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'ルール 1 件');
      assert.equal(await at('[role=radio][aria-checked=true]').count(), 1);
      await panel.page.waitForFunction(() => document.querySelectorAll('.option-title').length === 1);
      assert.deepEqual((await asked())?.kinds, ['rule']);
    });

    it('choose the scope', async () => {
      await open();
      await panel.type('切り戻し');
      await at('vscode-single-select').click();
      await panel.page.getByRole('option', { name: '範囲：全社' }).click();
      await panel.page.waitForFunction(() => window.harness.sent.some((message) => message.kind === 'search' && message.scope === 'company'));
    });

    it('survive opening a result, going back, a new query and the view being hidden', async () => {
      await open();
      await panel.type('切り戻し');
      await choosePhase();
      await at('#query').focus();
      await press('Enter');
      await at('.page-text').waitFor();
      await press('Escape');
      assert.equal(await at('.chip').innerText(), '工程：リリース');
      await panel.type('判定');
      assert.deepEqual(await asked(), { text: '判定', kinds: [], phases: ['release'], scope: 'all' });
      await panel.page.reload();
      await at('.results .option').first().waitFor();
      assert.equal(await at('#query').inputValue(), '判定');
      assert.equal(await at('.chip').innerText(), '工程：リリース');
      assert.deepEqual(await asked(), { text: '判定', kinds: [], phases: ['release'], scope: 'all' });
    });

    it('stay visible where they find nothing, and can be removed', async () => {
      await open();
      await panel.type('切り戻し');
      await choosePhase();
      await panel.type('ロールバック手順');
      assert.deepEqual(await at('.kind-count').allInnerTexts(), ['0', '0', '0', '0', '0', '0']);
      await panel.page.getByRole('button', { name: '「工程：リリース」を外す' }).first().click();
      await at('.chip').waitFor({ state: 'detached' });
      assert.equal(await focused(), 'query');
      assert.deepEqual((await asked())?.phases, []);
    });
  });

  describe('reading', () => {
    const readFirst = async () => {
      await at('#query').focus();
      await panel.type('切り戻し');
      await press('Enter');
      await at('.page-text').waitFor();
    };

    it('shows the page with its matches, owner, rules and related pages', async () => {
      await open();
      await readFirst();
      assert.equal(await focused(), 'page-title');
      await panel.page.getByRole('region', { name: '切り戻しの条件と判断時刻' }).waitFor();
      assert.equal(await at('.match-words').textContent(), '「切り戻し」 3／3 か所');
      assert.equal(await at('.page-body mark').count(), 3);
      assert.equal(await at('.page-body').getAttribute('lang'), 'ja');
      assert.deepEqual(await at('.facts span').allInnerTexts(), ['担当：全社PMO', '確認：2026-08-18', '次の見直し：2027-02-18']);
      assert.deepEqual(await at('.page-body .group').first().locator('.row').allInnerTexts(), [
        'リリース計画に切り戻しと判断時刻がある CMP-016\n指摘 1 件：リリース計画.md 24 行目', '時系列が順番どおり NUM-008 · 指摘なし', '条件付き承認に担当と期限 GAT-004 · 見送り中（12/31 まで）',
      ]);
      assert.equal(await at('.page-body .group').first().locator('.row [role="img"]').getAttribute('aria-label'), '警告');
      assert.equal(await at('.stale').last().innerText(), '見直し期限切れ');
      await panel.page.getByRole('button', { name: 'このテンプレートを使う' }).click();
      await panel.page.getByRole('button', { name: 'リリース計画.md 24 行目' }).click();
      await press('Control+Enter');
      assert.deepEqual((await panel.runs()).map((run) => run.kind), ['useTemplate', 'openFile', 'openToSide']);
    });

    it('steps through the matches with F3', async () => {
      await open();
      await readFirst();
      await press('F3');
      assert.equal(await at('.match-count').innerText(), '1／3 か所');
      assert.equal(await at('mark.current').count(), 1);
      assert.ok(await at('h1 mark.current').isVisible());
      await press('Shift+F3');
      assert.equal(await at('.match-count').innerText(), '3／3 か所');
    });

    it('goes back to the same option at the same scroll', async () => {
      await open({ height: 420 });
      await at('#query').focus();
      await panel.type('議事録');
      await press('PageDown', 'PageDown', 'ArrowDown');
      const before = [await activeTitle(), await at('#results').evaluate((list) => list.scrollTop)];
      await press('Enter');
      await at('.page-text').waitFor();
      await press('Escape');
      assert.deepEqual([await activeTitle(), await at('#results').evaluate((list) => list.scrollTop)], before);
      assert.equal(await focused(), 'query');
    });

    it('has a history of pages, each where it was left', async () => {
      await open();
      await readFirst();
      await at('.page-body').evaluate((body) => body.scrollTo(0, 300));
      await panel.page.waitForTimeout(50);
      await at('.page-text a').first().click();
      await at('h1').filter({ hasText: '移行リハーサルで確かめること' }).waitFor();
      assert.equal(await at('.note.warning').innerText(), '見直し期限を 41 日過ぎています');
      await press('Alt+ArrowLeft');
      await at('h1').filter({ hasText: '切り戻しの条件' }).waitFor();
      assert.equal(await at('.page-body').evaluate((body) => body.scrollTop), 300);
      assert.equal(await at('.page-body mark').count(), 3);
      await press('Alt+ArrowRight');
      await at('h1').filter({ hasText: '移行リハーサル' }).waitFor();
      await press('Alt+ArrowLeft', 'Alt+ArrowLeft');
      assert.equal(await focused(), 'query');
      assert.deepEqual((await titles()).length, 7);
      await press('Alt+ArrowRight');
      await at('.page-text').waitFor();
    });

    it('is there again, at its place, after the view was hidden', async () => {
      await open();
      await readFirst();
      await at('.page-body').evaluate((body) => body.scrollTo(0, 250));
      await panel.page.waitForTimeout(50);
      await panel.page.reload();
      await at('.page-text').waitFor();
      assert.equal(await at('.page-body').evaluate((body) => body.scrollTop), 250);
      await press('Escape');
      assert.equal(await at('#query').inputValue(), '切り戻し');
    });

    it('follows links through the extension and leaves dead ones as text', async () => {
      await open();
      await readFirst();
      await at('.page-text a[data-do=web]').click();
      assert.deepEqual(await panel.runs(), [{ kind: 'openWeb', url: 'https://example.com/rollback' }]);
      assert.equal(await at('.dead').evaluate((dead) => dead.localName), 'span');
      assert.equal(new URL(panel.page.url()).pathname, '/');
    });

    it('says so when the page is gone', async () => {
      await open();
      await panel.post({ kind: 'open', book: 'kobo', path: 'pages/gone.md', anchor: '', query: '' });
      await at('h1').filter({ hasText: 'このページはもうコボブックにありません。' }).waitFor();
    });

    it('stands beside the list where there is room', async () => {
      await open({ width: 760 });
      await readFirst();
      const [list, pane] = await Promise.all([at('#results').boundingBox(), at('.page-body').boundingBox()]);
      assert.ok(list !== null && pane !== null && list.x + list.width <= pane.x);
    });
  });

  describe('Esc', () => {
    it('closes the filters, then clears the text, then gives the focus to the editor', async () => {
      await open();
      await panel.type('切り戻し');
      await at('#filter').click();
      await at('#query').focus();
      await press('Escape');
      assert.equal(await at('.popup').count(), 0);
      assert.equal(await at('#query').inputValue(), '切り戻し');
      await press('Escape');
      assert.equal(await at('#query').inputValue(), '');
      assert.deepEqual(await panel.runs(), []);
      await press('Escape');
      assert.deepEqual(await panel.runs(), [{ kind: 'focusEditor' }]);
    });
  });

  describe('states of the Book', () => {
    it('loading: results from what is read so far, progress and a way to stop', async () => {
      await open({ query: '&book=loading' });
      await panel.type('切り戻し');
      assert.equal(await at('.loading-title').innerText(), 'コボブックを読み込んでいます');
      assert.equal(await at('.loading-foot span').innerText(), '1,240／3,078 ページ');
      assert.equal(await at('.count-line span').first().innerText(), '読み込みずみの中から 7 件');
      await panel.page.getByRole('progressbar', { name: 'コボブックを読み込んでいます' }).waitFor();
      await panel.page.getByRole('button', { name: 'やめる' }).click();
      assert.ok((await panel.sent()).some((message) => message.kind === 'stopIndexing'));
      await panel.page.evaluate(() => window.harness.setBook('ready'));
      await at('.loading').waitFor({ state: 'detached' });
      assert.equal(await at('.count-line span').first().innerText(), '7 件');
    });

    it('unreadable: the cause, a folder to choose, and the search goes on', async () => {
      await open({ query: '&book=broken' });
      assert.match(await at('.broken .note').innerText(), /コボブックを読めませんでした\s+kobo\.yaml の book が指すフォルダー「\.\.\/kobo-book」がありません。/u);
      await panel.page.getByRole('button', { name: 'フォルダーを選ぶ' }).click();
      await panel.page.getByRole('button', { name: 'くわしい記録を開く' }).click();
      await panel.page.getByRole('button', { name: 'もう一度読む' }).click();
      await panel.page.getByRole('button', { name: '付属のコボブックで続ける' }).click();
      await at('.home .group').first().waitFor();
      assert.deepEqual((await panel.runs()).map((run) => run.kind), ['chooseBook', 'openLog']);
      assert.ok((await panel.sent()).some((message) => message.kind === 'readAgain'));
      await panel.type('切り戻し');
      assert.equal((await titles()).length, 7);
    });

    it('nothing found: ways on, and a note that stays on this computer', async () => {
      await open();
      await panel.type('経費せいさん　海外出張');
      assert.equal(await at('.empty-head').innerText(), '「経費せいさん　海外出張」に合うものはありません。');
      assert.deepEqual(await at('.empty-title').allInnerTexts(), ['もしかして', '言葉を減らす', '近い用語']);
      await at('.note.info').waitFor();
      await panel.page.getByRole('button', { name: '書きとめない' }).click();
      await panel.page.getByRole('button', { name: 'この言葉でページの下書きを作る' }).click();
      assert.deepEqual((await panel.sent()).filter(({ kind }) => kind === 'note' || kind === 'forget'), [
        { kind: 'note', text: '経費せいさん　海外出張' }, { kind: 'forget', text: '経費せいさん　海外出張' },
      ]);
      assert.deepEqual(await panel.runs(), [{ kind: 'draftPage', query: '経費せいさん　海外出張' }]);
      await panel.page.getByRole('button', { name: '経費精算　海外出張' }).click();
      assert.equal(await at('#query').inputValue(), '経費精算　海外出張');
    });
  });

  describe('width, language and theme', () => {
    for (const language of ['ja', 'en'] as const) {
      it(`never scrolls sideways at 250 px (${language})`, async () => {
        await open({ width: 250, language });
        const sideways = () =>
          panel.page.evaluate(() => Array.from(document.querySelectorAll('.root, .main, .home, .results, .page-body, .empty')).filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.className));
        assert.deepEqual(await sideways(), []);
        await panel.type('切り戻し');
        assert.deepEqual(await sideways(), []);
        await at('#query').focus();
        await press('Enter');
        await at('.page-text').waitFor();
        assert.deepEqual(await sideways(), []);
        await press('Escape');
        await panel.type('ない言葉 ふたつ');
        assert.deepEqual(await sideways(), []);
      });
    }

    it('folds the filters into the button below 280 px and says how many there are', async () => {
      await open({ width: 270 });
      await panel.type('切り戻し');
      assert.equal(await at('.scope').isVisible(), false);
      assert.equal(await at('.hints').isVisible(), false);
      await at('#filter').click();
      assert.ok(await at('.scope').isVisible());
      await panel.page.getByRole('checkbox', { name: 'リリース 3 件' }).click();
      await at('#filter').click();
      assert.equal(await at('#filter').getAttribute('aria-label'), '絞り込み中 1 件');
      assert.equal(await at('.filter-count').innerText(), '1');
    });

    it('speaks English over a Japanese Book, whose text keeps its language', async () => {
      await open({ language: 'en' });
      await panel.type('rollback');
      assert.equal(await at('.count-line span').first().innerText(), '7 results');
      await panel.page.getByRole('option', { name: 'Page, 切り戻しの条件と判断時刻, リリース › リリース計画の書き方, 1 of 7' }).waitFor();
      assert.equal(await at('#results').getAttribute('lang'), 'ja');
      assert.equal(await panel.page.evaluate(() => document.documentElement.lang), 'en');
    });

    it('uses the fonts of the editor and lines at least one and a half high', async () => {
      await open();
      await panel.type('切り戻し');
      const styles = await at('.option-snippet, .option-where, .kind, .count-line, #query').evaluateAll((elements) =>
        elements.map((element) => {
          const style = getComputedStyle(element);
          return { family: style.fontFamily, ratio: Number.parseFloat(style.lineHeight) / Number.parseFloat(style.fontSize) };
        }),
      );
      const editor = await panel.page.evaluate(() => getComputedStyle(document.body).fontFamily);
      for (const { family, ratio } of styles) {
        assert.equal(family, editor);
        assert.ok(ratio >= 1.5, String(ratio));
      }
    });

    it('shows the active option by an outline in forced colours', async () => {
      await open({ theme: 'contrast' });
      await panel.page.emulateMedia({ forcedColors: 'active', reducedMotion: 'reduce' });
      await panel.type('切り戻し');
      assert.equal(await at('.results .option.active').evaluate((option) => getComputedStyle(option).outlineStyle), 'solid');
    });
  });
});
