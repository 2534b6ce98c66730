// Runs the suites of test/vscode in the Node and in the Web Worker extension host of the browser-hosted VS Code.
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, countFailure, emptyTally, indent } from './results.mjs';
import { startServer } from './server.mjs';
import { bundleSuites, copyWorkspace, makeWebOnly, windowsOf } from './suites.mjs';
import { runSuite, startBrowser } from './window.mjs';
import { unpackVsix } from './zip.mjs';

/**
 * @param {string} vsix the packaged extension
 * @param {{ hosts?: ('node' | 'web')[] }} [options]
 * @returns {Promise<import('./results.mjs').Tally & { notes: string[] }>}
 */
export async function runInVscode(vsix, options = {}) {
  const tally = { ...emptyTally(), notes: [] };
  const folder = await mkdtemp(join(tmpdir(), 'kobo-vscode-'));
  const servers = new Map();
  const browser = await startBrowser();
  const serverOf = async (locale) => {
    if (!servers.has(locale)) servers.set(locale, await startServer({ locale }));
    return servers.get(locale);
  };
  try {
    const extensions = { node: await unpackVsix(vsix, join(folder, 'node')), web: join(folder, 'web') };
    await cp(extensions.node, extensions.web, { recursive: true });
    await makeWebOnly(extensions.web);
    for (const host of options.hosts ?? ['node', 'web']) {
      for (const window of windowsOf(host)) {
        const where = `[${host} host, ${window.name}] `;
        const started = performance.now();
        const before = { ...tally };
        // Inside the extension: the editor runs a suite in the host of the extension that it lies in.
        const tests = join(extensions[host], 'suites', `${window.name}.js`);
        await bundleSuites(window.files, host, tests);
        const { code, log, csp } = await runSuite(
          browser,
          {
            server: await serverOf(window.locale),
            folder: await copyWorkspace(window.workspace, join(folder, 'workspaces', host, window.name)),
            extension: extensions[host],
            tests,
          },
          (result) => count(tally, result, where),
        );
        if (csp.length > 0) countFailure(tally, `${where}refused by the Content Security Policy:\n${indent(csp.join('\n'))}`);
        if (code === -1) countFailure(tally, `${where}did not end in time`);
        else if (code !== 0 && tally.failed === before.failed) countFailure(tally, `${where}did not run`);
        if (tally.failed > before.failed) tally.failures.push(`${where}last lines of the console:\n${indent(log.slice(-15).join('\n'))}`);
        const seconds = ((performance.now() - started) / 1000).toFixed(1);
        tally.notes.push(`${where}${tally.passed - before.passed} passed, ${tally.failed - before.failed} failed, ${seconds} s`);
      }
    }
  } finally {
    await browser.close();
    for (const server of servers.values()) await server.stop();
    await rm(folder, { recursive: true, force: true });
  }
  return tally;
}
