import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { createBaseline } from '../../src/core/product/baseline';
import type { Finding } from '../../src/core/rules/finding';
import { LineIndex } from '../../src/core/text/position';
import { methods, type CheckAllResult, type SearchResult, type WaiverRow, type WorkspaceState } from '../../src/server/protocol';
import { startSession, type Session, type SessionOptions } from './support';

const waived = '  - { rule: REG-006, path: "docs/**", reason: 次のリリースで直すことに合意した, approved_by: 鈴木, until: 2027-03-31 }';
const kobo = `format: 1\nproduct: { id: p, name: P }\nwaivers:\n${waived}\n`;
const head = '---\ntype: risk-register\ntitle: 台帳\n---\n# 台帳\n\n| ID | リスク | 影響 | 発生確率 | 対策 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n';
const register = (id: string, state = '対応中'): string => `${head}| ${id} | 通知が遅れる | 高 | 高 | 手順を作る | 山田 | 2027-01-01 | ${state} |\n`;

let folder: string;
let session: Session | undefined;

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

async function start(options: SessionOptions = {}): Promise<Session> {
  session = await startSession({ folder, ...options });
  return session;
}

/** What comes of a notification takes its time. */
async function eventually(look: () => boolean | Promise<boolean>): Promise<void> {
  for (const until = Date.now() + 40_000; Date.now() < until; await new Promise((resolve) => setTimeout(resolve, 20))) if (await look()) return;
  assert.fail('it did not come');
}

const checkAll = (from: Session) => from.client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });

describe('reading a product over the protocol', function () {
  this.timeout(60_000);
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kobo-reading-'));
    put('kobo.yaml', kobo);
  });
  afterEach(async () => {
    await session?.stop();
    session = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes on for whoever still waits when another gives up', async () => {
    // The finding that the waiver covers comes last.
    for (let i = 0; i < 60; i++) put(`docs/r${String(i).padStart(2, '0')}.md`, register(`R-${String(100 + i)}`, i === 59 ? 'へん' : '対応中'));
    let release = (): void => undefined;
    let held = (): void => undefined;
    const holding = new Promise<void>((resolve) => (held = resolve));
    const gate = new Promise<void>((resolve) => (release = resolve));
    const from = await start({
      files: 'client',
      beforeRead: async (paths) => {
        if (!paths.some((path) => path.startsWith('docs/'))) return;
        held();
        await gate;
      },
    });
    const source = new CancellationTokenSource();
    const all = from.client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' }, source.token);
    await holding;
    const waivers = from.client.sendRequest<WaiverRow[]>(methods.waivers, {});
    source.cancel();
    // The server has taken both once it answers what comes after them.
    await from.client.sendRequest(methods.types, { uri: from.uri('kobo.yaml') });
    release();
    await all.catch(() => undefined);
    assert.deepEqual((await waivers).map(({ rule, group }) => [rule, group]), [['REG-006', 'valid']]);
    assert.equal((await checkAll(from)).files.length, 61);
  });

  it('begins again after it has failed, and the server lives on', async () => {
    put('docs/r.md', register('R-001', 'へん'));
    put('docs/s.md', register('R-001'));
    let fails = true;
    const from = await start({
      files: 'client',
      beforeRead: (paths) => (fails && paths.some((path) => path.startsWith('docs/')) ? Promise.reject(new Error('the editor is busy')) : Promise.resolve()),
    });
    await assert.rejects(checkAll(from), /busy/u);
    await from.open('docs/r.md');
    await from.pull('docs/r.md');
    fails = false;
    assert.deepEqual((await checkAll(from)).files.map(({ uri }) => uri), [from.uri('docs/r.md'), from.uri('docs/s.md'), from.uri('kobo.yaml')]);
  });

  it('tells of the other products where one cannot be read, and names that one', async () => {
    put('one/kobo.yaml', kobo.replace('id: p', 'id: one'));
    put('two/kobo.yaml', kobo.replace('id: p', 'id: two'));
    for (const path of ['one/docs/r.md', 'two/docs/r.md']) put(path, register('R-001', 'へん'));
    rmSync(join(folder, 'kobo.yaml'));
    let fails = true;
    const from = await start({ files: 'client', beforeRead: (paths, at) => (fails && at.endsWith('/two') && paths.some((path) => path.startsWith('docs/')) ? Promise.reject(new Error('offline')) : Promise.resolve()) });
    const told: string[] = [];
    from.client.onNotification('window/showMessage', ({ message }: { readonly message: string }) => void told.push(message));
    const one = ['one/docs/r.md', 'one/kobo.yaml'].map((path) => from.uri(path));
    assert.deepEqual((await checkAll(from)).files.map(({ uri }) => uri), one);
    await eventually(() => told.length === 1);
    assert.match(told[0] ?? '', /\/two.*offline/u);
    const waivers = async () => (await from.client.sendRequest<WaiverRow[]>(methods.waivers, {})).map(({ uri }) => uri);
    assert.deepEqual(await waivers(), [from.uri('one/kobo.yaml')]);
    await eventually(() => told.length === 2);
    fails = false;
    assert.equal((await checkAll(from)).files.length, 4);
    assert.deepEqual((await waivers()).sort(), [from.uri('one/kobo.yaml'), from.uri('two/kobo.yaml')]);
    assert.equal(told.length, 2);
  });

  it('goes on where the listing of a kobo.yaml cannot be read, and looks again', async () => {
    put('docs/r.md', register('R-001', 'へん'));
    let fails = true;
    const from = await start({
      files: 'client',
      beforeRead: (paths) => (fails && paths.includes('kobo.yaml') ? Promise.reject(new Error('the editor is busy')) : Promise.resolve()),
    });
    assert.equal((await checkAll(from)).files.length, 0);
    fails = false;
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: from.uri('kobo.yaml'), type: 2 }] });
    assert.equal((await checkAll(from)).files.length, 2);
  });

  it('asks git again after a commit, at once where the client tells of it', async () => {
    const plan = (words: string): string => `---\ntype: project-plan\ntitle: 計画書\nstatus: 承認済み\napprover: 鈴木\napproved: 2026-10-01\nversion: 1.0\nowner: 山田\nupdated: 2026-11-01\n---\n# 計画書\n\n${words}\n`;
    const git = (day: string, ...args: readonly string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], { cwd: folder, stdio: 'ignore', env: { ...process.env, GIT_AUTHOR_DATE: day, GIT_COMMITTER_DATE: day } });
    const commit = (day: string): void => {
      git(day, 'add', '-A');
      git(day, 'commit', '-qm', 'saved');
    };
    put('kobo.yaml', 'format: 1\nproduct: { id: p, name: P }\nlevel: L3\n');
    put('docs/plan.md', plan('範囲は本部だけ。'));
    git('', 'init', '-q');
    commit('2026-09-01T10:00:00Z');
    put('docs/plan.md', plan('範囲に店舗を足した。受入の条件も変えた。'));
    const from = await start({ history: true });
    await checkAll(from);
    await from.open('docs/plan.md');
    const codes = async (): Promise<readonly unknown[]> => (await from.pull('docs/plan.md')).map(({ code }) => code);
    assert.ok(!(await codes()).includes('FRS-006'));
    let refreshed = (): void => undefined;
    const told = new Promise<void>((resolve) => (refreshed = resolve));
    from.client.onRequest('workspace/diagnostic/refresh', () => (refreshed(), null));
    commit('2026-11-10T10:00:00Z');
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: from.uri('.git/logs/HEAD'), type: 2 }] });
    await told;
    assert.ok((await codes()).includes('FRS-006'));
    git('', 'reset', '-q', '--soft', 'HEAD~1');
    // Without being told, the newest commit is looked for once a second.
    await new Promise((resolve) => setTimeout(resolve, 1100));
    assert.ok(!(await codes()).includes('FRS-006'));
  });

  it('leaves out what git ignores, also when it changes or is opened, and says so', async () => {
    for (const path of ['docs/a.md', 'build/b.md', 'node_modules/x/c.md', '.cache/d.md']) put(path, register('R-001'));
    put('.gitignore', 'build/\n');
    const from = await start();
    const checked = async (): Promise<readonly string[]> => (await checkAll(from)).files.map(({ uri }) => uri);
    const own = ['docs/a.md', 'kobo.yaml'].map((path) => from.uri(path));
    assert.deepEqual(await checked(), own);
    const changes = ['build/b.md', 'node_modules/x/c.md', '.cache/d.md'].map((path) => ({ uri: from.uri(path), type: 2 }));
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes });
    for (const path of ['build/b.md', 'node_modules/x/c.md', 'build/new.md']) {
      await from.open(path, register('R-001'));
      assert.deepEqual(await from.pull(path), []);
      assert.match(await from.client.sendRequest<string>(methods.why, { uri: from.uri(path) }), /確かめる対象に入っていません/u);
    }
    assert.deepEqual(await checked(), own);
    await from.open('docs/new.md', register('R-002'));
    assert.notDeepEqual(await from.pull('docs/new.md'), []);
    put('.gitignore', '');
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: from.uri('.gitignore'), type: 2 }] });
    assert.ok((await checked()).includes(from.uri('build/b.md')));
  });

  it('has a Book beside the workspace watched, and takes the saving of its files for a change', async () => {
    const book = join(folder, 'book');
    folder = join(folder, 'ws');
    const rules = (list: string): string => `format: 1\ngroup: our\ntitle: 自社の決まり\nguide: rules.md\nlevel: L1\nseverity: warning\nrules: ${list}\n`;
    const ours = '\n  - { id: OUR-001, title: 版, types: [risk-register], on: document, require: { version: filled }, message: 版を書いてください。 }';
    put('kobo.yaml', 'format: 1\nproduct: { id: p, name: P }\nbook: ../book\n');
    put('docs/r.md', register('R-001'));
    put('../book/book.yaml', 'format: 1\nid: ours\nname: 自社のブック\nlanguage: ja\nextends: starter\n');
    put('../book/pages/rules.md', '# 決まり\n');
    put('../book/rules/our.yaml', rules('[]'));
    const from = await start();
    await from.open('docs/r.md');
    const codes = async (): Promise<readonly unknown[]> => (await from.pull('docs/r.md')).map(({ code }) => code);
    assert.ok(!(await codes()).includes('OUR-001'));
    await eventually(() => JSON.stringify(from.registrations.filter(({ method }) => method === 'workspace/didChangeWatchedFiles')).includes(`"baseUri":"${pathToFileURL(book).href}"`));
    await from.open('../book/rules/our.yaml');
    put('../book/rules/our.yaml', rules(ours));
    const textDocument = { uri: from.uri('../book/rules/our.yaml') };
    await from.client.sendNotification('textDocument/didChange', { textDocument: { ...textDocument, version: 2 }, contentChanges: [{ text: rules(ours) }] });
    await from.client.sendNotification('textDocument/didSave', { textDocument });
    assert.ok((await codes()).includes('OUR-001'));
    put('../book/rules/our.yaml', rules('[]'));
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ ...textDocument, type: 2 }] });
    assert.ok(!(await codes()).includes('OUR-001'));
    folder = join(folder, '..');
  });

  it('finds no document that is gone, in a folder that is looked through again and in one that was closed', async () => {
    const other = join(folder, 'other');
    folder = join(folder, 'ws');
    put('kobo.yaml', 'format: 1\nproduct: { id: p, name: P }\n');
    put('docs/a.md', register('R-001').replace('title: 台帳', 'title: 鯨波の台帳 a'));
    put('docs/b.md', register('R-002').replace('title: 台帳', 'title: 鯨波の台帳 b'));
    put('docs/c.md', register('R-003').replace('title: 台帳', 'title: 鯨波の台帳 c'));
    put('../other/kobo.yaml', 'format: 1\nproduct: { id: q, name: Q }\n');
    put('../other/docs/d.md', register('R-004').replace('title: 台帳', 'title: 鯨波の台帳 d'));
    const from = await start();
    const params = { number: 1, text: '鯨波', kinds: ['document'], scope: 'all', phases: [], audiences: [], tags: [], offset: 0, limit: 20, uri: '' };
    const found = async (): Promise<string> => {
      await checkAll(from);
      let result = await from.client.sendRequest<SearchResult>(methods.search, params);
      for (let i = 0; i < 500 && result.progress !== null; i++) result = await from.client.sendRequest<SearchResult>(methods.search, params);
      return result.hits.map(({ title }) => title.at(-1)).sort().join('');
    };
    const folders = (event: object) => from.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [], ...event } });
    const workspaceFolder = { uri: pathToFileURL(other).href, name: 'other' };
    await folders({ added: [workspaceFolder] });
    assert.equal(await found(), 'abcd');
    await folders({ removed: [workspaceFolder] });
    assert.equal(await found(), 'abc');
    rmSync(join(folder, 'docs/b.md'));
    // Of a type no longer.
    put('docs/c.md', '# 鯨波\n');
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: from.uri('kobo.yaml'), type: 2 }] });
    assert.equal(await found(), 'a');
    folder = join(folder, '..');
  });

  it('keeps a file that was deleted outside as long as it is open, and no longer', async () => {
    put('docs/a.md', register('R-001'));
    put('docs/b.md', register('R-001'));
    const from = await start();
    const paths = async (): Promise<readonly string[]> => (await checkAll(from)).files.map(({ uri }) => uri);
    await from.open('docs/a.md');
    await from.pull('docs/a.md');
    rmSync(join(folder, 'docs/a.md'));
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: from.uri('docs/a.md'), type: 3 }] });
    assert.ok((await from.pull('docs/a.md')).length > 0);
    assert.deepEqual(await paths(), ['docs/a.md', 'docs/b.md', 'kobo.yaml'].map((path) => from.uri(path)));
    await from.client.sendNotification('textDocument/didClose', { textDocument: { uri: from.uri('docs/a.md') } });
    await eventually(async () => (await from.pull('docs/a.md')).length === 0);
    assert.deepEqual(await paths(), ['docs/b.md', 'kobo.yaml'].map((path) => from.uri(path)));
  });

  it('has a baseline of any name watched, and reads it again', async () => {
    put('kobo.yaml', 'format: 1\nproduct: { id: p, name: P }\nbaseline: ./quality/base.json\n');
    put('docs/r.md', register('R-001', 'へん'));
    put('quality/base.json', '{"format":1,"findings":[]}');
    const from = await start();
    const before = (await checkAll(from)).summary;
    await eventually(() => JSON.stringify(from.registrations).includes(`"baseUri":"${from.uri('quality')}","pattern":"base.json"`));
    const text = await from.open('docs/r.md');
    const lines = new LineIndex(text);
    const findings = (await from.pull('docs/r.md')).map(({ code, severity, range, message }): Finding => ({
      rule: String(code), severity: severity === 1 ? 'error' : 'warning', path: 'docs/r.md', span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, range,
      message: typeof message === 'string' ? message : message.value, guide: undefined, fixes: [], related: [], suppression: undefined, timeOnly: false,
    }));
    assert.ok(findings.length > 0);
    put('quality/base.json', createBaseline(findings, () => text, '2026-11-24'));
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: from.uri('quality/base.json'), type: 2 }] });
    let after = before;
    await eventually(async () => JSON.stringify((after = (await checkAll(from)).summary)) !== JSON.stringify(before));
    assert.equal(after.baselined, findings.length);
    assert.deepEqual(await from.pull('docs/r.md'), []);
  });

  it('takes a folder inside another for a part of it, and looks through both once however often kobo.yaml changes', async () => {
    put('.gitignore', 'apart/\n');
    put('kobo.yaml', 'format: 1\nproduct: { id: p, name: P }\n');
    for (const path of ['docs/a.md', 'in/docs/b.md', 'plain/docs/c.md', 'apart/docs/d.md']) put(path, register('R-001'));
    put('plain/docs/c.md', register('R-001').replace('通知が遅れる', '人が足りない'));
    put('in/kobo.yaml', 'format: 1\nproduct: { id: q, name: Q }\n');
    put('apart/kobo.yaml', 'format: 1\nproduct: { id: r, name: R }\n');
    const from = await start();
    const states: WorkspaceState[] = [];
    from.client.onNotification(methods.workspaceState, (state: WorkspaceState) => void states.push(state));
    const workspaceFolders = ['in', 'plain', 'apart'].map((path) => ({ uri: from.uri(path), name: path }));
    await from.client.sendNotification('workspace/didChangeWorkspaceFolders', { event: { added: workspaceFolders, removed: [] } });
    const paths = async (): Promise<readonly string[]> => (await checkAll(from)).files.map(({ uri }) => uri.slice(pathToFileURL(folder).href.length + 1)).sort();
    const expected = ['apart/docs/d.md', 'apart/kobo.yaml', 'docs/a.md', 'in/docs/b.md', 'in/kobo.yaml', 'kobo.yaml', 'plain/docs/c.md'];
    await eventually(async () => JSON.stringify(await paths()) === JSON.stringify(expected));
    assert.deepEqual(states.at(-1)?.products.map(({ id }) => id).sort(), ['p', 'q', 'r']);
    // It is judged with the product around it, as the command line does.
    await from.open('plain/docs/c.md');
    assert.ok((await from.pull('plain/docs/c.md')).some(({ code }) => code === 'REG-004'));

    await from.open('kobo.yaml');
    const before = states.length;
    const change = (version: number) => from.client.sendNotification('textDocument/didChange', {
      textDocument: { uri: from.uri('kobo.yaml'), version }, contentChanges: [{ text: `format: 1\nproduct: { id: p${String(version)}, name: P }\n` }],
    });
    for (let version = 2; version < 60; version++) await change(version);
    await eventually(() => states.at(-1)?.products.some(({ id }) => id === 'p59') === true);
    assert.ok(states.length - before <= 3, String(states.length - before));

    // The text of an older commit, and one without a file.
    const last = states.length;
    for (const uri of [`git:${decodeURIComponent(new URL(from.uri('kobo.yaml')).pathname)}?%7B%7D`, 'untitled:kobo.yaml']) {
      await from.client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId: 'yaml', version: 1, text: 'format: 1\n' } });
    }
    await new Promise((resolve) => setTimeout(resolve, 400));
    assert.equal(states.length, last);
  });

  it('sees folders that come and go where only they are told of', async () => {
    put('.gitignore', 'build/\n');
    for (const path of ['docs/a.md', 'docs/deep/b.md', 'docsother/c.md']) put(path, register('R-001'));
    put('in/kobo.yaml', 'format: 1\nproduct: { id: q, name: Q }\n');
    put('in/docs/d.md', register('R-001'));
    const from = await start();
    const paths = async (): Promise<string> => (await checkAll(from)).files.map(({ uri }) => uri.slice(pathToFileURL(folder).href.length + 1)).sort().join(' ');
    const tell = (path: string, type: number) => from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: from.uri(path), type }] });
    assert.equal(await paths(), 'docs/a.md docs/deep/b.md docsother/c.md in/docs/d.md in/kobo.yaml kobo.yaml');
    renameSync(join(folder, 'docs'), join(folder, 'kept.d'));
    await tell('docs', 3);
    await tell('kept.d', 1);
    await eventually(async () => (await paths()) === 'docsother/c.md in/docs/d.md in/kobo.yaml kept.d/a.md kept.d/deep/b.md kobo.yaml');
    // Ignored where it is now.
    mkdirSync(join(folder, 'build'));
    renameSync(join(folder, 'kept.d'), join(folder, 'build/kept'));
    await tell('kept.d', 3);
    await tell('build/kept', 1);
    await eventually(async () => (await paths()) === 'docsother/c.md in/docs/d.md in/kobo.yaml kobo.yaml');
    renameSync(join(folder, 'in'), join(folder, 'there'));
    await tell('in', 3);
    await tell('there', 1);
    await eventually(async () => (await paths()) === 'docsother/c.md kobo.yaml there/docs/d.md there/kobo.yaml');
    // A picture is neither.
    put('docsother/p.png', '');
    await tell('docsother/p.png', 1);
    assert.equal(await paths(), 'docsother/c.md kobo.yaml there/docs/d.md there/kobo.yaml');
  });

  it('sees pictures and workbooks that come and go, as links lead to them', async () => {
    put('.gitignore', '*.tmp\n');
    put('docs/a.md', `${register('R-001')}\n![a](img/a.png)\n\n[b](b.xlsx) [c](c.tmp) [d](img/deep/d.pdf)\n`);
    const from = await start();
    const broken = async (): Promise<string> =>
      (await checkAll(from)).files.flatMap(({ diagnostics }) => diagnostics).filter(({ code }) => code === 'XDC-002')
        .map(({ message }) => /[a-z]+\.(?:png|xlsx|tmp|pdf)/u.exec(typeof message === 'string' ? message : message.value)?.[0]).sort().join(' ');
    const tell = (type: number, ...paths: readonly string[]) =>
      from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: paths.map((path) => ({ uri: from.uri(path), type })) });
    assert.equal(await broken(), 'a.png b.xlsx c.tmp d.pdf');
    for (const path of ['docs/img/a.png', 'docs/img/deep/d.pdf', 'docs/b.xlsx', 'docs/c.tmp']) put(path, 'x');
    mkdirSync(join(folder, 'docs/empty'));
    // Of the folder alone, as when it is moved here.
    await tell(1, 'docs/img', 'docs/b.xlsx', 'docs/c.tmp', 'docs/empty');
    await eventually(async () => (await broken()) === 'c.tmp');
    rmSync(join(folder, 'docs/b.xlsx'));
    await tell(3, 'docs/b.xlsx');
    await eventually(async () => (await broken()) === 'b.xlsx c.tmp');
    rmSync(join(folder, 'docs/img'), { recursive: true });
    await tell(3, 'docs/img');
    await eventually(async () => (await broken()) === 'a.png b.xlsx c.tmp d.pdf');
    put('docs/img/a.png', 'x');
    await tell(1, 'docs/img/a.png');
    await eventually(async () => (await broken()) === 'b.xlsx c.tmp d.pdf');
  });

  it('offers to format a document as long as it is open', async () => {
    put('docs/r.md', register('R-001'));
    const from = await start();
    const offers = (): number => from.registrations.filter(({ method }) => method === 'textDocument/formatting').length;
    for (let round = 0; round < 2; round++) {
      await from.open('docs/r.md');
      await from.pull('docs/r.md');
      await eventually(() => offers() === 1);
      await from.client.sendNotification('textDocument/didClose', { textDocument: { uri: from.uri('docs/r.md') } });
      await eventually(() => offers() === 0);
    }
  });
});
