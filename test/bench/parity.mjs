// Editor and command line over the mapped corpora: opens each corpus in the real editor, in the Node and in the Web Worker
// extension host, and compares path, range, rule, severity and message of every finding with `kobo check --format json`: of
// all documents as "check all" puts them into the editor, and of some (with and without findings, drawn by a seed) as they
// stand in the editor when the document is shown. Exits 1 on a difference.
//   npm run bench -- parity [node|web] [--corpus NAME]… [--shown N] [--seed N]
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { packageExtension } from '../host/package.mjs';
import { out, root } from '../host/paths.mjs';
import { startServer } from '../host/server.mjs';
import { makeWebOnly } from '../host/suites.mjs';
import { runSuite, startBrowser } from '../host/window.mjs';
import { unpackVsix } from '../host/zip.mjs';
import { shared } from './load.mjs';

const args = process.argv.slice(2);
const valuesOf = (name) => args.flatMap((arg, i) => (arg === name ? [args[i + 1]] : []));
const hosts = ['node', 'web'].filter((host) => args.includes(host));
const shownCount = Number(valuesOf('--shown')[0] ?? 40);
const seed = Number(valuesOf('--seed')[0] ?? 1);
const mappings = join(root, 'test/fixtures/corpora');
const mapped = (await readdir(mappings)).filter((name) => name.endsWith('.kobo.yaml')).map((name) => basename(name, '.kobo.yaml'));
const corpora = valuesOf('--corpus').length > 0 ? valuesOf('--corpus') : mapped.filter((name) => existsSync(join(shared, 'corpora', name)));
/** The largest takes long in a browser on a busy machine. */
const longest = 1_500_000;

/** What the command line finds, by document, in the form of the suite; and all documents it read. */
async function onCommandLine(dist, folder) {
  const options = { cwd: folder, maxBuffer: 1 << 30 };
  const { stdout } = await promisify(execFile)(process.execPath, [join(dist, 'cli.js'), 'check', '--format', 'json', '--fail-on', 'never'], options);
  const report = JSON.parse(stdout);
  const findings = {};
  for (const { path, range: { start, end }, rule, severity, message, waived, baselined } of report.findings) {
    if (waived || baselined === true) continue;
    (findings[path] ??= []).push([path, start.line, start.character, end.line, end.character, rule, severity, message].join('|'));
  }
  for (const list of Object.values(findings)) list.sort();
  return findings;
}

/** Some of a list, drawn by the seed. */
function drawn(list, count) {
  let state = seed >>> 0;
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return list.map((value) => ({ value, key: random() })).sort((a, b) => a.key - b.key).slice(0, count).map(({ value }) => value);
}

if (!existsSync(join(shared, 'corpora'))) {
  console.log('skipped: no corpora');
} else {
  const vsix = process.env.KOBO_VSIX || (await packageExtension(join(out, 'kobo-guide.vsix')));
  const scratch = await mkdtemp(join(tmpdir(), 'kobo-parity-'));
  const browser = await startBrowser();
  const server = await startServer({ locale: 'ja' });
  let bad = false;
  try {
    const dist = join(await unpackVsix(vsix, join(scratch, 'command-line')), 'dist');
    for (const name of corpora) {
      const folder = join(scratch, name);
      await cp(join(shared, 'corpora', name), folder, { recursive: true, filter: (path) => basename(path) !== '.git' });
      await cp(join(mappings, `${name}.kobo.yaml`), join(folder, 'kobo.yaml'));
      const findings = await onCommandLine(dist, folder);
      const markdown = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith('.md')).map((path) => path.replaceAll('\\', '/')).sort();
      const clean = markdown.filter((path) => findings[path] === undefined);
      const dirty = markdown.filter((path) => findings[path] !== undefined);
      const shown = [...drawn(dirty, Math.ceil(shownCount * 0.75)), ...drawn(clean, Math.floor(shownCount / 4))];
      console.log(`${name}: ${markdown.length} pages, ${Object.values(findings).flat().length} findings in ${Object.keys(findings).length} files`);
      for (const host of hosts.length > 0 ? hosts : ['node', 'web']) {
        const extension = await unpackVsix(vsix, join(scratch, host));
        if (host === 'web') await makeWebOnly(extension);
        const tests = join(extension, 'suites', 'parity.js');
        await build({ entryPoints: [join(root, 'test/bench/parity/suite.ts')], outfile: tests, bundle: true, format: 'cjs', platform: 'browser', external: ['vscode'], logLevel: 'warning' });
        await writeFile(join(extension, 'suites', 'expected.json'), JSON.stringify({ findings, shown }));
        const began = performance.now();
        const { code, log } = await runSuite(browser, { server, folder, extension, tests, timeout: longest }, ({ state, title, error }) => {
          console.log(`  ${host.padEnd(4)} ${state === 'passed' ? 'same' : 'DIFFERENT'}: ${title}${error === undefined ? '' : `\n${error.split('\n').map((line) => `      ${line.slice(0, 300)}`).join('\n')}`}`);
          bad ||= state !== 'passed';
        });
        if (code !== 0) {
          bad = true;
          console.log(`  ${host.padEnd(4)} ${code === -1 ? 'did not end in time' : `ended with ${String(code)}`}\n${log.slice(-10).join('\n')}`);
        }
        console.log(`  ${host.padEnd(4)} ${((performance.now() - began) / 1000).toFixed(0)} s`);
      }
    }
  } finally {
    await browser.close();
    await server.stop();
    await rm(scratch, { recursive: true, force: true });
  }
  if (bad) process.exitCode = 1;
}
