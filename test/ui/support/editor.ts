// A window of the browser-hosted VS Code with the packaged extension installed, as the user-interface tests drive it.
import type { CDPSession, FrameLocator, Locator, Page } from 'playwright-core';
import { copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { out, root } from '../../host/paths.mjs';

const modifier = process.platform === 'darwin' ? 'Meta' : 'Control';

export class Editor {
  #input: CDPSession | undefined;

  /**
   * @param page the window
   * @param folder the workspace: a copy, absolute path
   * @param refused what a Content Security Policy refused so far
   */
  constructor(
    readonly page: Page,
    readonly folder: string,
    readonly refused: string[],
  ) {}

  /** The open quick input: command palette, QuickPick, InputBox. */
  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget:visible');
  }

  /** The rows of the open QuickPick. */
  get quickRows(): Locator {
    return this.quickInput.locator('.quick-input-list .monaco-list-row');
  }

  /** Opens the command palette. */
  async openCommandPalette(): Promise<void> {
    const box = this.quickInput.locator('input').first();
    for (let tries = 3; tries > 0; tries--) {
      await this.page.keyboard.press('F1');
      if (await box.waitFor(tries > 1 ? { timeout: 2500 } : {}).then(() => true, (error: unknown) => (tries > 1 ? false : Promise.reject(error as Error)))) return;
      // A webview that is only coming up keeps the key to itself: the window takes the focus back.
      await this.page.evaluate(() => {
        if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
      });
    }
  }

  /** Runs a command by its title as the palette shows it (`Kobo: コボブックを検索`). */
  async runCommand(title: string): Promise<void> {
    // A palette that is closed by a focus which comes late is opened again.
    for (let tries = 3; tries > 0; tries--) {
      const patience = tries > 1 ? { timeout: 4000 } : {};
      await this.openCommandPalette();
      const found = this.quickInput.locator('input').first().fill(`>${title}`, patience).then(() => this.quickRows.filter({ hasText: title }).first().waitFor(patience));
      if (await found.then(() => true, (error: unknown) => (tries > 1 ? false : Promise.reject(error as Error)))) break;
      await this.page.keyboard.press('Escape');
    }
    await this.page.keyboard.press('Enter');
  }

  /** Closes whatever quick input, menu or widget is open. */
  async escape(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** Opens a file of the workspace by its path below the folder. */
  async openFile(path: string): Promise<void> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const tab = this.page.locator(`.tab.active[data-resource-name="${name}"]`);
    // A list that is drawn anew while Enter comes opens nothing: then it is asked again.
    for (let tries = 3; tries > 0; tries--) {
      await this.page.keyboard.press(`${modifier}+P`);
      await this.quickInput.locator('input').first().fill(path);
      // Until the files are filtered, the first row is the file that was open last.
      await this.quickInput.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: name }).waitFor();
      await this.page.keyboard.press('Enter');
      if (await tab.waitFor(tries > 1 ? { timeout: 8000 } : {}).then(() => true, (error: unknown) => (tries > 1 ? false : Promise.reject(error as Error)))) return;
      await this.page.keyboard.press('Escape');
    }
  }

  /** Puts the cursor of the active text editor on a line and column, both 1-based as VS Code shows them. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.page.keyboard.press('Control+G');
    await this.quickInput.locator('input').first().fill(`:${String(line)},${String(column)}`);
    await this.quickRows.filter({ hasText: String(line) }).first().waitFor();
    await this.page.keyboard.press('Enter');
    await this.quickInput.waitFor({ state: 'hidden' });
  }

  /** The document inside the webview that is shown: two frames deep. `which` of several, in document order. */
  webview(which = 0): FrameLocator {
    return this.page.locator('iframe.webview.ready').nth(which).contentFrame().locator('iframe#active-frame').contentFrame();
  }

  /** Shows a conversion in progress of an IME in the focused field, undecided: `けいひせいさん`. */
  async compose(text: string): Promise<void> {
    this.#input ??= await this.page.context().newCDPSession(this.page);
    await this.#input.send('Input.imeSetComposition', { text, selectionStart: text.length, selectionEnd: text.length });
  }

  /** Decides the conversion: the field holds `text` instead of what was being composed. */
  async commit(text: string): Promise<void> {
    this.#input ??= await this.page.context().newCDPSession(this.page);
    await this.#input.send('Input.insertText', { text });
  }

  /** Closes every editor without saving, and the quick input. */
  async clear(): Promise<void> {
    await this.page.keyboard.press('Escape');
    // From the palette: in a webview the keys are its own.
    await this.runCommand('View: Close All Editors');
    const unsaved = this.page.locator('.monaco-dialog-box:visible .monaco-button').filter({ hasText: "Don't Save" });
    const none = this.page.locator('.editor-group-container.empty').first();
    await unsaved.or(none).first().waitFor();
    if (await unsaved.isVisible()) await unsaved.click();
    await none.waitFor();
  }

  /**
   * Shows the hover at the caret by keyboard, with the fixes it offers. A hover that is drawn anew while it asks for fixes
   * (the findings have just come again) says that there are none, or nothing, until it is opened again.
   * @returns the hover and its text
   */
  async showHover(text: string): Promise<{ readonly hover: Locator; readonly said: string }> {
    const hover = this.page.locator('.monaco-hover:visible').filter({ hasText: text }).first();
    const fix = hover.getByRole('button', { name: /^Quick Fix/ });
    let said = '';
    for (const end = Date.now() + 40_000; Date.now() < end; ) {
      await this.chord('Control+K', 'Control+I');
      await hover.waitFor();
      await fix.or(hover.getByText('No quick fixes available')).first().waitFor({ timeout: 4000 }).catch(() => undefined);
      said = await hover.innerText();
      if (said.includes('Quick Fix')) return { hover, said };
      await this.page.keyboard.press('Escape');
      await hover.waitFor({ state: 'hidden' });
    }
    throw new Error(`the hover offers no fix:\n${said}`);
  }

  /** Opens the quick fixes at the caret and waits for one; a list that was asked before the finding came is asked again. */
  async showActions(wanted: string): Promise<Locator> {
    const rows = this.page.locator('.action-widget:visible .monaco-list-row');
    for (const end = Date.now() + 40_000; Date.now() < end; ) {
      await this.page.keyboard.press('Control+.');
      if (await rows.filter({ hasText: wanted }).waitFor({ timeout: 4000 }).then(() => true, () => false)) return rows;
      await this.page.keyboard.press('Escape');
    }
    throw new Error(`no quick fix 「${wanted}」`);
  }

  /** Presses keys one after the other. */
  async chord(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.page.keyboard.press(key);
  }

  /** The text of the lines that the active editor shows, line by line as far as they are not wrapped. */
  async visibleText(): Promise<string> {
    const text = await this.page.locator('.editor-group-container.active .monaco-editor .view-lines').last().innerText();
    return text.replaceAll('\u00a0', ' ');
  }

  /**
   * Keeps a picture of the window in `out/screenshots/<name>.png`.
   * @param options.publish with UPDATE_SCREENSHOTS=1 it also becomes `docs/images/<name>.png`
   * @param options.part only this part of the window
   */
  async screenshot(name: string, options: { readonly publish?: boolean; readonly part?: Locator } = {}): Promise<void> {
    const file = join(out, 'screenshots', `${name}.png`);
    await mkdir(join(out, 'screenshots'), { recursive: true });
    // What is being faded in is not there yet.
    await this.page.evaluate(async () => {
      const fading = document.getAnimations().filter((one) => one.effect?.getComputedTiming().iterations !== Infinity);
      await Promise.race([Promise.allSettled(fading.map((one) => one.finished)), new Promise((resolve) => setTimeout(resolve, 1000))]);
    });
    await (options.part ?? this.page).screenshot({ path: file, animations: 'disabled', caret: 'initial' });
    if (options.publish === true && process.env.UPDATE_SCREENSHOTS === '1') {
      await mkdir(join(root, 'docs', 'images'), { recursive: true });
      await copyFile(file, join(root, 'docs', 'images', `${name}.png`));
    }
  }
}
