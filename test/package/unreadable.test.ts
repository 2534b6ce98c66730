import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Diagnostic } from 'vscode-languageserver-protocol/node';
import { startPlainEditor } from './lsp-client';

const minutes = '---\ntype: minutes\ntitle: 定例\ndate: 2026-11-02\n---\n# 定例\n';
/** How a baseline calls a finding about a whole file. */
const wholeFile = '811c9dc501000193';
/** Root may read everything: there the command line runs as somebody who may not. */
const somebody = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

describe('what cannot be opened', function () {
  this.timeout(120_000);
  let scratch: string;
  let root: string;
  before(function () {
    if (process.platform === 'win32') this.skip();
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-unreadable-')));
    chmodSync(scratch, 0o755);
    // Where the program lies nobody else may come.
    mkdirSync(join(scratch, 'dist'));
    for (const name of readdirSync('dist')) if (/\.js(?:on)?$/.test(name)) cpSync(join('dist', name), join(scratch, 'dist', name));
  });
  after(() => {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true });
  });
  beforeEach(() => {
    root = join(scratch, 'product');
    mkdirSync(join(root, 'docs', 'sub'), { recursive: true });
    writeFileSync(join(root, 'kobo.yaml'), 'format: 1\nproduct: { id: p, name: P }\ndocuments:\n  docs/minutes-*.md: minutes\n  docs/kept/**: none\n');
    for (const name of ['a.md', 'b.md', 'sub/c.md']) writeFileSync(join(root, 'docs', name), minutes);
  });
  afterEach(() => {
    for (const path of ['docs/b.md', 'docs/sub', 'kobo.yaml']) chmodSync(join(root, path), 0o755);
    rmSync(root, { recursive: true, force: true });
  });

  const run = (args: readonly string[], cwd = root) => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [resolve(scratch, 'dist', 'cli.js'), ...args], { cwd, encoding: 'utf8', env: { PATH: process.env.PATH, LANG: 'ja_JP.UTF-8' }, ...somebody });
    return { status, stdout, stderr };
  };
  const check = (...args: readonly string[]) => {
    const { status, stdout } = run(['check', '--no-cache', '--format', 'json', ...args]);
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string; readonly path: string; readonly severity: string; readonly message: string }[] };
    return { status, found: findings.filter(({ rule }) => rule === 'DOC-003').map(({ path, severity }) => `${path} ${severity}`), findings };
  };

  it('is an error of the document, whatever it would be', () => {
    assert.deepEqual([check().status, check().found], [0, []]);
    chmodSync(join(root, 'docs', 'b.md'), 0);
    const { status, found, findings } = check();
    assert.deepEqual([status, found], [1, ['docs/b.md error']]);
    assert.match(findings.find(({ rule }) => rule === 'DOC-003')?.message ?? '', /開けない.*アクセス権/u);
    assert.equal(check('docs/a.md').status, 0);
    assert.deepEqual(check('docs/b.md').found, ['docs/b.md error']);
    // Nor without a kobo.yaml.
    rmSync(join(root, 'kobo.yaml'));
    assert.deepEqual(check().found, ['docs/b.md error']);
    writeFileSync(join(root, 'kobo.yaml'), '');
  });

  it('is in no baseline, and hidden by none', () => {
    chmodSync(root, 0o777);
    writeFileSync(join(root, 'kobo.yaml'), 'format: 1\nproduct: { id: p, name: P }\nbaseline: base.json\n');
    writeFileSync(join(root, 'docs', 'a.md'), `${minutes}<<<<<<< ours\n決定\n=======\n保留\n>>>>>>> theirs\n`);
    chmodSync(join(root, 'docs', 'b.md'), 0);
    assert.equal(run(['check', '--write-baseline']).status, 0);
    const text = readFileSync(join(root, 'base.json'), 'utf8');
    assert.doesNotMatch(text, /"DOC-00/u);
    assert.match(text, /"docs\/sub\/c\.md"/u);
    const open = () => {
      const { stdout } = run(['check', '--no-cache', '--format', 'json']);
      const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string; readonly path: string; readonly baselined?: boolean }[] };
      return findings.filter(({ baselined }) => baselined !== true).map(({ rule, path }) => `${path} ${rule}`);
    };
    assert.deepEqual([run(['check', '--no-cache']).status, open()], [1, ['docs/a.md DOC-001', 'docs/b.md DOC-003']]);
    // Nor where one of an earlier version lists it: nothing of the document is known.
    const entry = { rule: 'DOC-003', path: 'docs/b.md', fingerprint: wholeFile, count: 1 };
    writeFileSync(join(root, 'base.json'), text.replace('"findings": [', `"findings": [\n${JSON.stringify(entry)},`));
    assert.deepEqual(open(), ['docs/a.md DOC-001', 'docs/b.md DOC-003']);
  });

  it('is one of a folder too', () => {
    chmodSync(join(root, 'docs', 'sub'), 0);
    assert.deepEqual([check().status, check().found], [1, ['docs/sub/ error']]);
    assert.deepEqual(check('docs/sub').found, ['docs/sub/ error']);
    assert.deepEqual(check('docs/a.md').found, []);
    mkdirSync(join(root, 'docs', 'kept'));
    chmodSync(join(root, 'docs', 'kept'), 0);
    assert.deepEqual(check().found, ['docs/sub/ error']);
    chmodSync(join(root, 'docs', 'kept'), 0o755);
  });

  it('is not called a document without a type, and has the name of what it is', () => {
    for (const path of ['docs/b.md', 'docs/sub']) chmodSync(join(root, path), 0);
    const { stderr } = run(['check', '--no-cache']);
    assert.doesNotMatch(stderr, /種類がない/u);
    // Nor without a kobo.yaml.
    rmSync(join(root, 'kobo.yaml'));
    assert.deepEqual(check('docs/sub').found, ['docs/sub/ error']);
    assert.match(run(['check', '--no-cache', '--format', 'json', 'sub'], join(root, 'docs')).stdout, /"path": ?"sub\/"/u);
    mkdirSync(join(root, 'other'));
    assert.match(run(['check', '--no-cache', '--format', 'json', '../docs'], join(root, 'other')).stdout, /"path": ?"\.\.\/docs\/sub\/"/u);
    writeFileSync(join(root, 'kobo.yaml'), '');
  });

  it('is told of a kobo.yaml, by every command that needs it', () => {
    chmodSync(join(root, 'kobo.yaml'), 0);
    for (const args of [['check'], ['check', 'docs/a.md'], ['new', 'minutes', '--out', 'docs']]) {
      const { status, stderr } = run(args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, /kobo\.yaml を開けません/u);
    }
    assert.equal(run(['check'], scratch).status, 2);
  });

  it('is told of a folder of the Book', () => {
    const book = join(root, 'book');
    mkdirSync(join(book, 'rules'), { recursive: true });
    writeFileSync(join(book, 'book.yaml'), 'format: 1\nid: own\nname: own\nextends: starter\n');
    assert.equal(run(['check', '--book', book, '--no-cache']).status, 0);
    chmodSync(join(book, 'rules'), 0);
    const { status, stderr } = run(['check', '--book', book, '--no-cache']);
    chmodSync(join(book, 'rules'), 0o755);
    assert.equal(status, 2);
    assert.match(stderr, /rules:1: このフォルダーの中を見られない/u);
  });

  it('is a name that is not UTF-8, in the editor too', async function () {
    if (process.platform !== 'linux') this.skip();
    const sjis = Buffer.from([0x8b, 0x63, 0x8e, 0x96, 0x98, 0x5e]);
    writeFileSync(Buffer.concat([Buffer.from(`${join(root, 'docs')}/`), sjis, Buffer.from('.md')]), minutes);
    mkdirSync(Buffer.concat([Buffer.from(`${root}/`), sjis]));
    const { status, findings } = check();
    const found = findings.filter(({ rule }) => rule === 'DOC-003');
    assert.equal(status, 1);
    assert.deepEqual(found.map(({ message }) => /UTF-8|名前/u.test(message)), [true, true]);

    const editor = await startPlainEditor({ root: { rootUri: pathToFileURL(root).href } });
    const all = await editor.client.sendRequest<{ readonly files: readonly { readonly diagnostics: readonly Diagnostic[] }[] }>('kobo/check/all', { folder: '' });
    const told = all.files.flatMap(({ diagnostics }) => diagnostics).filter(({ code }) => code === 'DOC-003').map(({ message }) => JSON.stringify(message));
    await editor.stop();
    assert.deepEqual(told.sort(), found.map(({ message }) => JSON.stringify(message)).sort());
  });

  it('is no empty kobo.yaml to the editor', async () => {
    truncateSync(join(root, 'kobo.yaml'), 60 * 1024 * 1024);
    const editor = await startPlainEditor({ root: { rootUri: pathToFileURL(root).href } });
    const all = await editor.client.sendRequest<{ readonly files: readonly { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }[] }>('kobo/check/all', { folder: '' });
    await editor.stop();
    assert.match(JSON.stringify(all.files.find(({ uri }) => uri.endsWith('/kobo.yaml'))?.diagnostics), /開けません/u);
  });
});
