// Bundles the suites of test/vscode for an extension host and lists the windows they run in.
import { build } from 'esbuild';
import { existsSync, readdirSync } from 'node:fs';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { root } from './paths.mjs';

const testRoot = join(root, 'test', 'vscode');

/**
 * The windows: suites of the folder `tests` (not of its sub-folders) run in a copy of `workspace`.
 * `<name>.node.test.ts` runs in the Node host only and may import Node modules; `<name>.web.test.ts` in the Web Worker
 * host only; all others in both.
 */
const workspaces = [
  { name: 'sample', tests: '', workspace: 'templates/samples/trouble', locale: 'ja' },
  { name: 'bare', tests: 'bare', workspace: 'test/fixtures/bare', locale: 'ja' },
  { name: 'english', tests: 'en', workspace: 'templates/samples/trouble', locale: 'en' },
];

const belongs = (file, host) => file.endsWith('.test.ts') && !file.endsWith(host === 'node' ? '.web.test.ts' : '.node.test.ts');

function testFiles(folder, host) {
  const path = join(testRoot, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path).filter((file) => belongs(file, host)).sort().map((file) => join(path, file));
}

/**
 * The windows that have something to run in a host.
 * @param {'node' | 'web'} host
 * @returns {{ name: string, workspace: string, locale: 'ja' | 'en', files: string[] }[]} absolute paths
 */
export function windowsOf(host) {
  return workspaces
    .map(({ tests, workspace, ...rest }) => ({ ...rest, workspace: join(root, workspace), files: testFiles(tests, host) }))
    .filter(({ files }) => files.length > 0);
}

/**
 * Bundles suite files and the runner into one file that exports `run`.
 * @param {string[]} files absolute paths
 * @param {'node' | 'web'} host
 * @param {string} outfile
 */
export async function bundleSuites(files, host, outfile) {
  const quoted = (file) => JSON.stringify(`./${relative(root, file).replaceAll('\\', '/')}`);
  await build({
    stdin: {
      contents: [`import { run } from './test/vscode/index';`, ...files.map((file) => `import ${quoted(file)};`), 'module.exports.suite = { run };'].join('\n'),
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    external: ['vscode', ...(host === 'node' ? ['node:*'] : [])],
    // Mocha's UMD build puts itself into module.exports; the runner is put back last.
    footer: { js: 'module.exports = module.exports.suite;' },
    alias: host === 'web' ? { 'node:assert/strict': join(root, 'test', 'host', 'assert.mjs') } : {},
    define: { KOBO_GREP: JSON.stringify(process.env.GREP ?? '') },
    sourcemap: 'inline',
    outfile,
    logLevel: 'warning',
  });
}

/** Copies a workspace into a scratch folder; one that is not there is an empty folder. */
export async function copyWorkspace(from, to) {
  await mkdir(to, { recursive: true });
  if (existsSync(from)) await cp(from, to, { recursive: true });
  return to;
}

/**
 * Writes the manifest variant that VS Code for the Web would choose: without `main`, so that a server with a Node
 * extension host runs the extension in the Web Worker host all the same.
 * @param {string} extension the unpacked extension, changed in place
 */
export async function makeWebOnly(extension) {
  const file = join(extension, 'package.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  delete manifest.main;
  await writeFile(file, JSON.stringify({ ...manifest, extensionKind: ['web'] }, null, 2));
}
