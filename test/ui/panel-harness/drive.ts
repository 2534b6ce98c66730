/** Opens the harness in a browser for tests and pictures. */
import type { Browser, Page } from 'playwright-core';
import { collectCspMessages, startBrowser } from '../../host/window.mjs';
import type { FromPanel, Run, ToPanel } from '../../../src/extension/webview/messages';
import type { Harness } from './fake-host';
import { serveHarness, type HarnessServer } from './serve';

declare global {
  interface Window {
    readonly harness: Harness;
  }
}

export interface PanelWindow {
  readonly page: Page;
  /** Everything that must not be: script errors, refusals of the security policy, messages of unknown shape. */
  readonly complaints: string[];
  sent(): Promise<readonly FromPanel[]>;
  /** What VS Code was asked to do. */
  runs(): Promise<readonly Run[]>;
  type(words: string): Promise<void>;
  post(message: ToPanel): Promise<void>;
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Further parameters of the page: `&book=loading`. */
  readonly query?: string;
  readonly width?: number;
  readonly height?: number;
  readonly language?: 'ja' | 'en';
  readonly theme?: string;
}

export class HarnessBrowser {
  readonly #browser: Browser;
  readonly #server: HarnessServer;

  private constructor(browser: Browser, server: HarnessServer) {
    this.#browser = browser;
    this.#server = server;
  }

  static async start(): Promise<HarnessBrowser> {
    const server = await serveHarness();
    return new HarnessBrowser(await startBrowser(), server);
  }

  async open(options: OpenOptions = {}): Promise<PanelWindow> {
    const { query = '', width = 300, height = 760, language = 'ja', theme = 'light' } = options;
    const context = await this.#browser.newContext({ viewport: { width, height } });
    const page = await context.newPage();
    const complaints = collectCspMessages(page);
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') complaints.push(message.text());
    });
    await page.goto(`${this.#server.url}?lang=${language}&theme=${theme}${query}`);
    await page.locator('#query').waitFor({ state: 'attached' });
    const sent = (): Promise<readonly FromPanel[]> => page.evaluate(() => window.harness.sent);
    return {
      page,
      complaints,
      sent,
      runs: async () => (await sent()).flatMap((message) => (message.kind === 'run' ? [message.run] : [])),
      type: async (words) => {
        await page.locator('#query').fill(words);
        await page.locator('.results .option, .empty').first().waitFor();
      },
      post: (message) => page.evaluate((value) => window.harness.post(value), message),
      close: async () => {
        const unreadable = await page.evaluate(() => window.harness.unreadable);
        complaints.push(...unreadable.map((message) => JSON.stringify(message)));
        await context.close();
      },
    };
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.close();
  }
}
