import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { startPlainEditor } from './lsp-client';

const cli = join(process.cwd(), 'dist', 'cli.js');
const kobo = (id: string): string => `format: 1\nproduct: { id: ${id}, name: ${id} }\n`;
const register = (risk: string, text = ''): string =>
  `---\ntype: risk-register\ntitle: リスク管理表\nowner: 山田\nupdated: 2026-11-01\n---\n# リスク管理表\n\n${text}| ID | リスク | 影響 | 発生確率 | 対策 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n| R-001 | ${risk} | 低 | 低 | 毎週見る | 山田 | 2027-01-01 | 対応中 |\n`;

describe('which files belong to which product', function () {
  this.timeout(60_000);
  let root: string;
  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-own-')));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const write = (files: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  const onCommandLine = (folder: string, ...words: readonly string[]): readonly string[] => {
    const { stdout, stderr } = spawnSync(process.execPath, [cli, 'check', '--no-cache', '--format', 'json', ...words], { cwd: join(root, folder), encoding: 'utf8' });
    assert.equal(stderr, '');
    const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly rule: string; readonly path: string }[] };
    return findings.map(({ rule, path }) => `${relative(root, join(root, folder, path))} ${rule}`).sort();
  };
  const inEditor = async (folder: string): Promise<readonly string[]> => {
    const editor = await startPlainEditor({ root: { rootUri: pathToFileURL(join(root, folder)).href } });
    const { files } = await editor.client.sendRequest<{ readonly files: readonly { readonly uri: string; readonly diagnostics: readonly { readonly code: string }[] }[] }>('kobo/check/all', { folder: '' });
    await editor.stop();
    return files.flatMap(({ uri, diagnostics }) => diagnostics.map(({ code }) => `${relative(root, fileURLToPath(uri))} ${code}`)).sort();
  };
  const isAbout = (...rules: readonly string[]) => (line: string): boolean => rules.some((rule) => line.endsWith(` ${rule}`));

  it('is told by the nearest kobo.yaml, on the command line as in the editor', async () => {
    write({
      'kobo.yaml': kobo('outer'), 'docs/r.md': register('外', '[中の表](../inner/docs/r.md)と[ない表](../inner/docs/none.md)\n\n'),
      'inner/kobo.yaml': kobo('inner'), 'inner/docs/r.md': register('中'),
      'inner/deep/er/kobo.yaml': kobo('deeper'), 'inner/deep/er/r.md': register('底'),
    });
    const all = onCommandLine('');
    assert.deepEqual(all, await inEditor(''));
    // The same number in three products, and a link from one into another.
    assert.deepEqual(all.filter(isAbout('REG-004')), []);
    assert.deepEqual(all.filter(isAbout('XDC-002')), ['docs/r.md XDC-002']);
    assert.deepEqual(onCommandLine('', 'docs'), all.filter((line) => line.startsWith('docs/')));
    assert.deepEqual(onCommandLine('docs', 'r.md'), all.filter((line) => line.startsWith('docs/')));
    assert.deepEqual(onCommandLine('inner'), await inEditor('inner'));
    assert.deepEqual(onCommandLine('inner'), all.filter((line) => line.startsWith('inner/')));
    // Two of one product are still told of.
    write({ 'inner/docs/s.md': register('もう1つ') });
    assert.equal(onCommandLine('').filter(isAbout('REG-004')).length > 0, true);
    assert.deepEqual(onCommandLine(''), await inEditor(''));
  });

  it('does not depend on where somebody looks: .gitignore files above count', async () => {
    write({
      '.gitignore': 'build/\n/app/tmp\n', 'sub/.gitignore': '*', 'app/kobo.yaml': kobo('app'), 'app/docs/r.md': register('本物'),
      'app/build/r.md': register('写し'), 'app/tmp/r.md': register('写し'), 'app/.gitignore': 'copy.md\n', 'app/docs/copy.md': register('写し'),
    });
    spawnSync('git', ['init', '-q'], { cwd: root });
    for (const found of [onCommandLine(''), onCommandLine('app'), onCommandLine('app/docs', '..'), onCommandLine('', 'app/docs'), await inEditor(''), await inEditor('app')]) {
      assert.deepEqual(found.filter(isAbout('REG-004')), []);
    }
  });

  it('is told without git too: what is looked through counts', async () => {
    write({ '.gitignore': 'build/\n', 'app/kobo.yaml': kobo('app'), 'app/docs/r.md': register('本物'), 'app/build/r.md': register('写し') });
    for (const folder of ['', 'app']) assert.deepEqual(onCommandLine(folder), await inEditor(folder));
    assert.deepEqual(onCommandLine('').filter(isAbout('REG-004')), []);
  });

  it('looks through a folder that git ignores where somebody names it', async () => {
    write({ '.gitignore': 'build/\n', 'build/kobo.yaml': kobo('built'), 'build/a.md': register('一'), 'build/b.md': register('二') });
    spawnSync('git', ['init', '-q'], { cwd: root });
    assert.equal(onCommandLine('build').filter(isAbout('REG-004')).length, 2);
    assert.deepEqual(onCommandLine('build'), await inEditor('build'));
  });

  it('has links into it counted by kobo init as by the check that follows', () => {
    write({
      'リスク登録簿.md': register('外', '[中の表](sub/docs/b.md)と[ない表](sub/docs/none.md)\n\n').replace('type: risk-register\n', ''),
      'sub/kobo.yaml': kobo('inner'), 'sub/docs/b.md': register('中'),
    });
    const { stderr } = spawnSync(process.execPath, [cli, 'init', '--yes'], { cwd: root, encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' } });
    const [, promised] = /^\[x\] リスク登録簿\.md .*警告 (\d+)/mu.exec(stderr) ?? [];
    const checked = spawnSync(process.execPath, [cli, 'check', '--no-cache', '--format', 'json'], { cwd: root, encoding: 'utf8' }).stdout;
    const { findings } = JSON.parse(checked) as { readonly findings: readonly { readonly path: string; readonly severity: string; readonly rule: string }[] };
    const own = findings.filter(({ path }) => path === 'リスク登録簿.md');
    assert.equal(own.filter(({ rule }) => rule === 'XDC-002').length, 1);
    assert.equal(promised, String(own.filter(({ severity }) => severity === 'warning').length), stderr);
  });

  it('is told by kobo init too for folders whose names mean something in a pattern', function () {
    if (process.platform === 'win32') this.skip();
    const folders = ['リスク{a,b}', 'リスク\\旧'];
    write(Object.fromEntries(folders.flatMap((folder) => ['一', '二'].map((name) => [`${folder}/${name}.md`, register(name).replace('type: risk-register\n', '')]))));
    spawnSync(process.execPath, [cli, 'init', '--yes'], { cwd: root });
    const { stdout } = spawnSync(process.execPath, [cli, 'check', '--no-cache', '--format', 'json'], { cwd: root, encoding: 'utf8' });
    assert.equal((JSON.parse(stdout) as { readonly summary: { readonly files: number } }).summary.files, 4, stdout);
  });

  it('proposes no lines for the documents of another product', () => {
    for (const folder of ['', 'inner']) cpSync('templates/samples/trouble', join(root, folder), { recursive: true });
    rmSync(join(root, 'kobo.yaml'));
    const { stdout } = spawnSync(process.execPath, [cli, 'init'], { cwd: root, encoding: 'utf8' });
    assert.match(stdout, /docs/u);
    assert.doesNotMatch(stdout, /inner/u);
  });
});
