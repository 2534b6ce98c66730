// Windows of the editor in a headless Chromium.
import { chromium as playwright } from 'playwright-core';
import { chromium as chromiumPath } from './chromium.mjs';
import { resultIn } from './results.mjs';

/** What the editor says in every window without native addons, network and sign-in. */
const noise =
  /bindings file|native-watchdog|open-vsx|getaddrinfo|ERR_NAME_NOT_RESOLVED|serviceWorker|Service Worker|\/\.vscode\/\w+\.json|authentication provider|connection token|Creating a socket|reconnection-grace|AgentHost|AccountPolicyGate|builtin extensions cache|^Canceled|\[lifecycle\]|No search provider|ChatModelSelection|chatSessionInput|default agent/u;

/** Starts the browser; `close()` it at the end. */
export async function startBrowser() {
  return await playwright.launch({
    executablePath: await chromiumPath(),
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
}

/** The address of a window: a folder of this machine and what the window is told at its start. */
export function windowUrl(server, folder, payload = []) {
  const url = new URL(server.url);
  url.searchParams.set('folder', slashed(folder));
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

function slashed(path) {
  const forward = path.replaceAll('\\', '/');
  return forward.startsWith('/') ? forward : `/${forward}`;
}

/** Refusals of a Content Security Policy are silent in a page: here they become messages that a test can fail on. */
export function collectCspMessages(page) {
  const messages = [];
  page.on('console', (message) => {
    if (/Content.Security.Policy/iu.test(message.text())) messages.push(message.text());
  });
  return messages;
}

/**
 * Opens a window that runs one bundled suite in the extension host, and waits for its end.
 * @param {import('playwright-core').Browser} browser
 * @param {{ server: { url: string, authority: string }, folder: string, extension: string, tests: string, timeout?: number }} options
 *   folder: the workspace; extension: the unpacked extension; tests: the bundled suite; timeout in ms (default 420,000)
 * @param {(result: { state: 'passed' | 'failed' | 'pending', title: string, error?: string }) => void} onResult as they come
 * @returns {Promise<{ code: number, log: string[], csp: string[] }>} code: 0 when every test passed, -1 when the suite did not end in time
 */
export async function runSuite(browser, options, onResult) {
  const remote = (path) => `vscode-remote://${options.server.authority}${slashed(path)}`;
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  const page = await context.newPage();
  const log = [];
  let ended = false;
  const csp = collectCspMessages(page);
  page.on('pageerror', (error) => log.push(`[window] ${error.message}`));
  try {
    const code = await new Promise((resolve, reject) => {
      const timer = setTimeout(() => resolve(-1), options.timeout ?? 420_000);
      const take = (type, args) => {
        const text = (Array.isArray(args) ? args : [args]).map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join(' ');
        const result = resultIn(text);
        if (result !== undefined) onResult(result);
        else if (!ended && !noise.test(text)) log.push(`[${type}] ${text.split('\n', 6).join('\n')}`);
      };
      const settle = (value) => {
        ended = true;
        clearTimeout(timer);
        resolve(value);
      };
      const open = async () => {
        await page.exposeFunction('codeAutomationLog', take);
        await page.exposeFunction('codeAutomationExit', settle);
        await page.goto(
          windowUrl(options.server, options.folder, [
            ['extensionDevelopmentPath', remote(options.extension)],
            ['extensionTestsPath', remote(options.tests)],
            ['skipWelcome', 'true'],
          ]),
        );
      };
      open().catch(reject);
    });
    return { code, log, csp };
  } finally {
    await context.close();
  }
}
