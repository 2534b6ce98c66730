// Warm start: the extension in the real editor on a large Book. Opens windows without and then with a kept index, in the Node
// and in the Web Worker extension host, each time with the panel closed and other words, and measures
//   · from the panel's box being there to the first result with the words, and from the command that opens the panel;
//   · how long the extension host's event loop was held up while the Book was read, indexed and kept.
// In the folder `plain` only a setting names the Book, in the folder `product` a kobo.yaml does; both have woken the extension some
// seconds before the command. The folder `hurried` is like `plain`, but the command follows as soon as the window lets it: nothing is awake.
//   npm run bench -- warm-start [node|web] [plain|product|hurried] [--trace FILE] [FOLDER OF MARKDOWN]
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

/** Words searched for in the first and in the second window: the second must not live on what the first had found. */
const words = { cold: 'オンボーディング', warm: 'リリース' };

const args = process.argv.slice(2);
const hosts = ['node', 'web'].filter((host) => args.includes(host));
const kinds = ['plain', 'product', 'hurried'];
const places = kinds.filter((place) => args.includes(place));
const traceFile = args.includes('--trace') ? args.splice(args.indexOf('--trace'), 2)[1] : undefined;
const corpus = resolve(args.find((arg) => !['node', 'web', ...kinds].includes(arg)) ?? join(shared, 'corpora/kyama0__gitlab-handbook-ja'));

/** Runs in every frame: tells when the panel's box and its first result with the words are there. */
function watchPanel(words) {
  const seen = new Set();
  const look = () => {
    const rows = [...globalThis.document.querySelectorAll('#results [role="option"]')];
    const there = { box: globalThis.document.querySelector('#query') !== null, results: rows.some((row) => row.textContent.includes(words)) };
    for (const what of ['box', 'results']) {
      if (seen.has(what) || !there[what]) continue;
      seen.add(what);
      console.log(`@@warm ${JSON.stringify({ what, value: Date.now() })}`);
    }
  };
  // An observer would not outlive the rewriting of the document that the editor does in the panel's frame.
  globalThis.setInterval(look, 5);
}

/**
 * Longest pieces of work of the thread that made the mark `kobo-host`, of a trace: milliseconds on the clock and of processor
 * time, and when; from when the extension is awake.
 */
function longestTasks(trace, told) {
  const { traceEvents } = JSON.parse(trace);
  const mark = traceEvents.find(({ name }) => name === 'kobo-host');
  if (mark === undefined) return undefined;
  const tasks = traceEvents.filter(({ pid, tid, ph, name, ts }) => pid === mark.pid && tid === mark.tid && ph === 'X' && name === 'ThreadControllerImpl::RunTask' && ts > mark.ts + (told.awake - told.open) * 1000);
  return tasks.map(({ ts, dur, tdur = dur }) => ({ at: Math.round((ts - mark.ts) / 1000), late: dur / 1000, worked: tdur / 1000 })).sort((a, b) => b.worked - a.worked).slice(0, 5);
}

/** One window from its opening to the end of the suite. @returns what was told, by name */
async function openWindow({ context, server, folder, extension, tests, words, traced }) {
  const page = await context.newPage();
  await page.addInitScript(watchPanel, words);
  const told = {};
  let tracing;
  let tasks;
  try {
    await new Promise((done, fail) => {
      const timer = setTimeout(() => fail(new Error('the suite did not end in time')), 240_000);
      const take = (text) => {
        const at = text.indexOf('@@warm ');
        if (at < 0) return;
        const { what, value } = JSON.parse(text.slice(at + 7));
        // Each line comes twice.
        if (told[what] !== undefined) return;
        told[what] = value;
        if (traced && what === 'settled') tracing = context.browser().startTracing(page, { categories: ['toplevel', 'blink.user_timing', ...(traceFile === undefined ? [] : ['devtools.timeline', 'disabled-by-default-v8.cpu_profiler'])] });
        if (traced && what === 'holds') tasks = tracing.then(() => context.browser().stopTracing());
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
    const trace = await tasks;
    if (trace !== undefined && traceFile !== undefined) await writeFile(traceFile, trace);
    if (trace !== undefined) told.tasks = longestTasks(trace.toString(), told);
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
  const plain = (what, value) => console.log(`  ${what.padEnd(48)}${ms(value)}`);
  const list = (holds, by) => console.log(`    ${holds.map((hold) => `${hold[by].toFixed(0)} (at ${hold.at})`).join(', ')}`);
  const show = (host, place, start, told) => {
    console.log(`${host} host, ${place} folder, ${start} start, ${told.pages} pages; ${told.active ? 'already awake' : 'not awake before the command'}`);
    if (told.box < told.open) throw new Error('the panel was open before the command');
    if (told.results === undefined) throw new Error('no result came');
    if (start === 'warm') judge('first result after the panel’s box is there', told.results - told.box, firstResults);
    else plain('first result after the panel’s box is there', told.results - told.box);
    if (!told.active) plain('extension awake after the command', told.awake - told.open);
    plain('panel’s box after the command', told.box - told.open);
    plain('first result after the command', told.results - told.open);
    plain('Book ready after the command', told.ready - told.open);
    const { late, worked, looks } = told.holds;
    // Where the thread's own time can be asked, what others do on the machine is left out.
    const work = worked[0].worked >= 0 ? worked : told.tasks;
    if (told.idle !== undefined) plain('host doing nothing: latest timer', told.idle.late[0].late);
    if (!told.active) plain('latest timer while it wakes', told.waking.late[0].late);
    if (work !== undefined) {
      judge('longest work at a stretch while indexing', work[0].worked, longestHold);
      list(work, 'worked');
      plain('latest timer while indexing', late[0].late);
    } else if (told.idle === undefined) plain('latest timer while indexing and the window starts', late[0].late);
    else judge('latest timer while indexing', late[0].late, longestHold);
    if (told.histogram > 0) plain('the same by perf_hooks', told.histogram);
    list(late, 'late');
    console.log(`    ${looks} looks`);
  };
  try {
    const book = join(scratch, 'handbook');
    await cp(corpus, book, { recursive: true });
    console.log(`machine load at the start: ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
    for (const host of hosts.length > 0 ? hosts : ['node', 'web']) {
      const extension = join(scratch, host);
      await unpackVsix(vsix, extension);
      if (host === 'web') await makeWebOnly(extension);
      for (const place of places.length > 0 ? places : kinds) {
        const folder = join(scratch, `${host}-${place}`);
        await mkdir(join(folder, '.vscode'), { recursive: true });
        if (place === 'product') await writeFile(join(folder, 'kobo.yaml'), 'id: p\nname: ハンドブックの製品\nbook: ../handbook\n');
        else await writeFile(join(folder, '.vscode/settings.json'), JSON.stringify({ 'kobo.book': `${host === 'web' ? `vscode-remote://${server.authority}` : ''}${book}` }));
        // One context for both windows: in the browser the index is kept in it.
        const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'ja-JP' });
        for (const start of ['cold', 'warm']) {
          const tests = join(extension, 'suites', `${start}.js`);
          await build({
            entryPoints: [join(root, 'test/bench/warm-start/suite.ts')], outfile: tests, bundle: true, format: 'cjs', platform: 'browser',
            external: ['vscode', 'node:*'], logLevel: 'warning', define: { KOBO_WORDS: JSON.stringify(words[start]), KOBO_WAITS: JSON.stringify(place !== 'hurried') },
          });
          const traced = host === 'web' && place === 'plain';
          show(host, place, start, await openWindow({ context, server, folder, extension, tests, words: words[start], traced }));
        }
        await context.close();
      }
    }
    console.log(`machine load at the end: ${loadavg().map((load) => load.toFixed(1)).join(' ')}`);
  } finally {
    await browser.close();
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
  if (missed) process.exitCode = 1;
}
