// Warm start: the extension in the real editor on a large Book. Opens a window twice, first without and then with a kept
// index, in the Node and in the Web Worker extension host, and measures
//   · from the panel's box being there to its first results, and from the command that opens the panel;
//   · how long the extension host's event loop was held up while the Book was read, indexed and kept.
//   npm run bench -- warm-start [node|web] [FOLDER OF MARKDOWN]
import { build } from 'esbuild';
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { packageExtension } from '../host/package.mjs';
import { out, root } from '../host/paths.mjs';
import { startServer } from '../host/server.mjs';
import { makeWebOnly } from '../host/suites.mjs';
import { startBrowser, windowUrl } from '../host/window.mjs';
import { unpackVsix } from '../host/zip.mjs';
import { shared } from './load.mjs';

/** Bars: milliseconds. */
const firstResults = 300;
const longestHold = 50;

const args = process.argv.slice(2);
const hosts = ['node', 'web'].filter((host) => args.includes(host));
const corpus = resolve(args.find((arg) => arg !== 'node' && arg !== 'web') ?? join(shared, 'corpora/kyama0__gitlab-handbook-ja'));

/** Runs in every frame: tells when the panel's box and its first result are there. */
function watchPanel() {
  const seen = new Set();
  const look = () => {
    for (const [what, selector] of [['box', '#query'], ['results', '#results [role="option"]']]) {
      if (seen.has(what) || globalThis.document.querySelector(selector) === null) continue;
      seen.add(what);
      console.log(`@@warm ${JSON.stringify({ what, value: Date.now() })}`);
    }
  };
  // An observer would not outlive the rewriting of the document that the editor does in the panel's frame.
  globalThis.setInterval(look, 5);
}

/** One window from its opening to the end of the suite. @returns what was told, by name */
async function openWindow(context, server, folder, extension, tests) {
  const page = await context.newPage();
  const told = {};
  try {
    await new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error('the suite did not end in time')), 240_000);
      const take = (text) => {
        const at = text.indexOf('@@warm ');
        if (at < 0) return;
        const { what, value } = JSON.parse(text.slice(at + 7));
        told[what] ??= value;
      };
      page.on('console', (message) => take(message.text()));
      const open = async () => {
        await page.exposeFunction('codeAutomationLog', (_, list) => take([list].flat().join(' ')));
        await page.exposeFunction('codeAutomationExit', (code) => {
          clearTimeout(timer);
          if (code === 0) done();
          else fail(new Error(`the suite ended with ${code}`));
        });
        const remote = (path) => `vscode-remote://${server.authority}${path}`;
        await page.goto(windowUrl(server, folder, [['extensionDevelopmentPath', remote(extension)], ['extensionTestsPath', remote(tests)], ['skipWelcome', 'true']]));
      };
      open().catch(fail);
    });
  } finally {
    await page.close();
  }
  return told;
}

const ms = (value) => `${value.toFixed(0)} ms`.padStart(8);

if (!existsSync(corpus)) {
  console.log(`skipped: ${corpus} is not there`);
} else {
  const vsix = process.env.KOBO_VSIX || (await packageExtension(join(out, 'kobo-guide.vsix')));
  const scratch = await mkdtemp(join(tmpdir(), 'kobo-warm-'));
  const browser = await startBrowser();
  const server = await startServer({ locale: 'ja' });
  let missed = false;
  const judge = (what, value, bar) => {
    missed ||= value > bar;
    console.log(`  ${what.padEnd(48)}${ms(value)}  ${value > bar ? `MISSED: at most ${bar} ms` : `at most ${bar} ms`}`);
  };
  try {
    const book = join(scratch, 'handbook');
    await cp(corpus, book, { recursive: true });
    const product = join(scratch, 'product');
    await mkdir(product);
    await writeFile(join(product, 'kobo.yaml'), 'id: p\nname: ハンドブックの製品\nbook: ../handbook\n');
    console.log(`machine load at the start: ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
    for (const host of hosts.length > 0 ? hosts : ['node', 'web']) {
      const extension = join(scratch, host);
      await unpackVsix(vsix, extension);
      if (host === 'web') await makeWebOnly(extension);
      const tests = join(extension, 'suites', 'warm-start.js');
      await build({
        entryPoints: [join(root, 'test/bench/warm-start/suite.ts')], outfile: tests, bundle: true, format: 'cjs', platform: 'browser',
        external: ['vscode', 'node:*'], logLevel: 'warning',
      });
      // One context for both windows: in the browser the index is kept in it.
      const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'ja-JP' });
      await context.addInitScript(watchPanel);
      for (const start of ['cold', 'warm']) {
        const told = await openWindow(context, server, product, extension, tests);
        console.log(`${host} host, ${start} start, ${told.pages} pages`);
        const results = told.results - Math.max(told.box, told.open);
        if (start === 'warm') judge('first results after the panel’s box is there', results, firstResults);
        else console.log(`  ${'first results after the panel’s box is there'.padEnd(48)}${ms(results)}`);
        console.log(`  ${'first results after the command'.padEnd(48)}${ms(told.results - told.open)}`);
        console.log(`  ${'Book ready after the command'.padEnd(48)}${ms(told.ready - told.open)}`);
        const { late, worked, looks } = told.holds;
        const list = (holds, by) => holds.map((hold) => `${hold[by].toFixed(0)} (at ${hold.at})`).join(', ');
        // Where the thread's own time can be asked, what others do on the machine is left out.
        const inNode = worked[0].worked >= 0;
        if (inNode) {
          console.log(`  ${'host doing nothing: longest work at a stretch'.padEnd(48)}${ms(told.idle.worked[0].worked)}`);
          judge('longest work at a stretch while indexing', worked[0].worked, longestHold);
          console.log(`    ${list(worked, 'worked')}`);
        }
        console.log(`  ${'host doing nothing: latest timer'.padEnd(48)}${ms(told.idle.late[0].late)}`);
        if (inNode) console.log(`  ${'latest timer while indexing'.padEnd(48)}${ms(late[0].late)}  (perf_hooks: ${told.histogram.toFixed(0)} ms)`);
        else judge('latest timer while indexing', late[0].late, longestHold);
        console.log(`    ${list(late, 'late')}; ${looks} looks`);
      }
      await context.close();
    }
    console.log(`machine load at the end: ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
  } finally {
    await browser.close();
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
  if (missed) process.exitCode = 1;
}
