// Builds dist/: the extension (Node and browser), the server for both, the CLI, the webview, the packed starter Book, the
// schemas of the Book's files and the notices of everything that is bundled. `--watch` builds on every change instead,
// with source maps and not minified.
import { build, context } from 'esbuild';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

const watch = process.argv.includes('--watch');
/** KOBO_DRAFT=1: problems of the starter Book are only told, for whoever is in the middle of changing it. */
const draft = process.env.KOBO_DRAFT === '1';
// A build gets its name when it is complete: whoever reads dist/ meanwhile sees the old one.
const dist = watch ? 'dist' : join('out', `dist-${process.pid}`);

const common = {
  bundle: true,
  minify: !watch,
  sourcemap: watch ? 'linked' : false,
  target: 'es2022',
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};
const node = { ...common, platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };
const browser = { ...common, platform: 'browser', mainFields: ['browser', 'module', 'main'] };

/** Leaves what is imported as `from` to another bundle. */
const apart = (from, bundle) => ({
  name: `apart ${bundle}`,
  setup: ({ onResolve }) => void onResolve({ filter: /^\.\// }, ({ path }) => (path === from ? { path: bundle, external: true } : undefined)),
});

/** One entry a bundle; a worker is an IIFE because a Blob worker cannot import. */
const bundles = [
  { ...node, entryPoints: ['src/extension/node.ts'], outfile: 'extension.js', external: ['vscode'] },
  { ...node, entryPoints: ['src/server/node.ts'], outfile: 'server.js' },
  // The engine of the command line is loaded when it is asked for: a check of what has not changed starts in half of the time without.
  // By `require`: `import()` has it read three times, to learn what kind of module it is, what it exports, and to run it.
  { ...node, supported: { 'dynamic-import': false }, entryPoints: ['src/cli/main.ts'], outfile: 'cli.js', banner: { js: '#!/usr/bin/env node' }, plugins: [apart('./engine', './cli-engine.js')] },
  { ...node, entryPoints: ['src/cli/engine.ts'], outfile: 'cli-engine.js' },
  { ...browser, entryPoints: ['src/extension/browser.ts'], outfile: 'browser/extension.js', format: 'cjs', external: ['vscode'] },
  // The schema validator makes a URL of its location as it loads; that of a Blob worker is none, and it would throw.
  { ...browser, entryPoints: ['src/server/browser.ts'], outfile: 'browser/server.js', format: 'iife', define: { 'self.location': 'undefined' } },
  { ...browser, entryPoints: ['src/extension/webview/book-panel.ts'], outfile: 'webview/book-panel.js', format: 'iife' },
].map((options) => ({ ...options, outfile: join(dist, options.outfile) }));

/** Copied as files, not bundled: named here for the notices. */
const copiedPackages = ['@vscode/codicons'];

/** Every text file below a folder, `/`-separated and sorted, without dot-files. */
async function textsBelow(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).split(sep).join('/'))
    .sort();
  return await Promise.all(paths.map(async (path) => ({ path, text: await readFile(join(folder, path), 'utf8') })));
}

/** Validates templates/ with the product's own loader and packs it into one file; the samples go as files. */
async function packStarterBook() {
  const files = (await textsBelow('templates')).filter(({ path }) => !path.startsWith('samples/'));
  const bundle = join(dist, 'pack.cjs');
  await build({ ...node, entryPoints: ['src/core/book/pack.ts'], outfile: bundle, sourcemap: false });
  const { packBook, packProblems } = await import(pathToFileURL(bundle).href);
  await rm(bundle);
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const packed = packBook(texts);
  const problems = packProblems(packed).map(({ path, span, code, message }) => {
    const line = (texts.get(path) ?? '').slice(0, span.start).split('\n').length;
    return `templates/${path}:${line} ${code}: ${message.text}`;
  });
  if (problems.length > 0) {
    const told = [...problems.slice(0, 20), ...(problems.length > 20 ? [`and ${problems.length - 20} more`] : [])].join('\n');
    if (!watch && !draft) throw new Error(`the starter Book has problems:\n${told}`);
    console.warn(told);
  }
  await writeFile(join(dist, 'starter-book.json'), JSON.stringify(packed));
  // As they were written, with their comments: for whoever begins a rule of their own with one of them.
  await writeFile(join(dist, 'starter-rules.json'), JSON.stringify(Object.fromEntries(files.filter(({ path }) => path.startsWith('rules/')).map(({ path, text }) => [path, text]))));
}

/** Names the files of the sample: an extension in a browser can read its own files, but not list their folder. */
async function listSample() {
  const files = await textsBelow('templates/samples/trouble');
  await writeFile(join(dist, 'sample-files.json'), JSON.stringify(files.map(({ path }) => path)));
}

async function copyFiles() {
  const codicons = 'node_modules/@vscode/codicons/dist';
  await mkdir(join(dist, 'webview'), { recursive: true });
  for (const file of ['codicon.css', 'codicon.ttf']) await cp(join(codicons, file), join(dist, 'webview', file));
  const schemas = 'src/core/book/schemas';
  await cp(schemas, join(dist, 'schemas'), { recursive: true, filter: (path) => !/\.[a-z]+$/u.test(path) || path.endsWith('.json') });
}

/** The package of an input of a bundle: the part behind the last node_modules. */
function packageFolder(input) {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(input)?.[1];
}

/** The MIT licence (https://spdx.org/licenses/MIT.html), for packages that name it without a file of it. */
const mit = (author) => `Copyright (c) ${author}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** The licence of every package that is in a bundle or copied, word for word. */
async function writeNotices(metafiles) {
  const inputs = metafiles.flatMap(({ outputs }) => Object.values(outputs).flatMap((output) => Object.keys(output.inputs)));
  const folders = [...inputs.map(packageFolder), ...copiedPackages.map((name) => `node_modules/${name}`)];
  const notices = new Map();
  for (const folder of new Set(folders.filter((folder) => folder !== undefined))) {
    const { name, version, license, author } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const texts = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)/iu.test(file)).sort();
    if (typeof license !== 'string' || (texts.length === 0 && license !== 'MIT')) throw new Error(`${folder} has no licence that could be passed on`);
    const body = texts.length === 0 ? mit(author?.name ?? author) : texts.map((file) => readFileSync(join(folder, file), 'utf8').trim()).join('\n\n');
    notices.set(`${name} ${version}`, `${name} ${version}\nLicence: ${license}\n\n${body}\n`);
  }
  const rule = `\n${'-'.repeat(80)}\n\n`;
  const head = 'Kobo Guide contains the following packages.\n';
  const sorted = [...notices].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, text]) => text);
  await writeFile(join(dist, 'ThirdPartyNotices.txt'), [head, ...sorted].join(rule));
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
if (watch) {
  await copyFiles();
  await packStarterBook();
  await listSample();
  for (const options of bundles) {
    if (existsSync(options.entryPoints[0])) await (await context(options)).watch();
    else console.warn(`${options.entryPoints[0]} is not there: ${options.outfile} is left out`);
  }
  console.log('watching');
} else {
  try {
    await copyFiles();
    await packStarterBook();
    await listSample();
    // All of them, so that none still writes while a failed build is cleared away.
    const results = await Promise.allSettled(bundles.map((options) => build(options)));
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed !== undefined) throw failed.reason;
    await writeNotices(results.map(({ value }) => value.metafile));
    await rm('dist', { recursive: true, force: true });
    await rename(dist, 'dist');
  } catch (error) {
    await rm(dist, { recursive: true, force: true });
    // What esbuild refuses it has printed itself.
    if (!('errors' in error)) console.error(error.message);
    process.exitCode = 1;
  }
}
