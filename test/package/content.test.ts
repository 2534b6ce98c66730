import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { filesBelow, readJson } from '../unit/project/files';
import { vsixOfThisRun } from '../host/vsix';
import { zipEntries } from '../host/zip.mjs';

const bytes = readFileSync(vsixOfThisRun());
const entries = zipEntries(bytes);
const paths = entries.map(({ path }) => path);
const textOf = (path: string) => entries.find((entry) => entry.path === path)?.read().toString('utf8') ?? '';

const expected = [
  'extension/package.json', 'extension/package.nls.json', 'extension/package.nls.ja.json', 'extension/l10n/bundle.l10n.ja.json',
  'extension/LICENSE.txt', 'extension/readme.md', 'extension/changelog.md', 'extension/dist/ThirdPartyNotices.txt',
  'extension/dist/extension.js', 'extension/dist/server.js', 'extension/dist/cli.js', 'extension/dist/cli-engine.js',
  'extension/dist/browser/extension.js', 'extension/dist/browser/server.js',
  'extension/dist/webview/book-panel.js', 'extension/dist/webview/codicon.css', 'extension/dist/webview/codicon.ttf',
  'extension/dist/starter-book.json', 'extension/dist/sample-files.json', 'extension/dist/schemas/rule.schema.json', 'extension/templates/samples/trouble/kobo.yaml',
];
/** Everything that may be in it besides. */
const allowed = [
  /^\[Content_Types\]\.xml$/, /^extension\.vsixmanifest$/, /^extension\/readme\.ja\.md$/i,
  /^extension\/dist\/(?:[\w-]+\.js|browser\/[\w-]+\.js|webview\/[\w-]+\.(?:js|css)|schemas\/[\w-]+\.schema\.json|starter-rules\.json)$/,
  /^extension\/media\/(?:[\w-]+\/)?[\w.-]+\.(?:svg|png|css|md)$/,
  /^extension\/templates\/samples\/.+\.(?:md|csv|yaml|json)$/,
];

describe('the packaged extension', () => {
  it('has everything it needs', () => {
    assert.deepEqual(expected.filter((path) => !paths.includes(path)), []);
  });

  it('has nothing else: no sources, maps, tests or fixtures', () => {
    assert.deepEqual(paths.filter((path) => !expected.includes(path) && !allowed.some((pattern) => pattern.test(path))), []);
    assert.deepEqual(paths.filter((path) => path.startsWith('extension/dist/') && path.endsWith('.js') && textOf(path).includes('sourceMappingURL')), []);
  });

  it('takes at most 2.5 MB', () => {
    assert.ok(bytes.length <= 2.5e6, `${String(bytes.length)} bytes`);
  });

  it('starts the command line without its engine', () => {
    const entry = textOf('extension/dist/cli.js');
    assert.ok(entry.includes('./cli-engine.js'));
    assert.ok(entry.length < 80_000, `${String(entry.length)} characters: something of the engine came into the entry`);
  });

  it('evaluates no text as code', () => {
    const scripts = paths.filter((path) => path.endsWith('.js'));
    assert.ok(scripts.length >= 6);
    const evaluating = scripts.filter((path) => /(?<![\w$.])eval\s*\(|new\s+Function\b|(?<![\w$.])Function\s*\(\s*["'`]/.test(textOf(path)));
    assert.deepEqual(evaluating, []);
  });

  it('carries every sample file as it is', () => {
    const samples = filesBelow('templates/samples', /\.\w+$/).filter(({ path }) => !path.includes('/.'));
    assert.ok(samples.length > 0);
    assert.deepEqual(samples.filter(({ path, text }) => textOf(`extension/${path}`) !== text).map(({ path }) => path), []);
  });

  it('carries the licence of every bundled package', () => {
    const notices = textOf('extension/dist/ThirdPartyNotices.txt');
    const { dependencies } = readJson('package.json') as { readonly dependencies: Readonly<Record<string, string>> };
    const named = [...Object.entries(dependencies), ['lit', '3'] as const, ['vscode-jsonrpc', '10'] as const];
    const missing = named.filter(([name, version]) => !new RegExp(`^${name} ${version.replaceAll('.', '\\.')}.*\\nLicence: .+\\n\\n.+`, 'm').test(notices));
    assert.deepEqual(missing.map(([name]) => name), []);
  });
});
