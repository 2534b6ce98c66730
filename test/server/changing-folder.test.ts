import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods, type CheckAllResult, type SearchParams, type SearchResult } from '../../src/server/protocol';
import { sample, startSession, type Session } from './support';

const created = 1, changed = 2, deleted = 3;

describe('a folder that changes while it is open', function () {
  this.timeout(60_000);
  let scratch: string;
  let folder: string;
  const sessions: Session[] = [];
  beforeEach(() => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-changing-')));
    folder = join(scratch, 'w');
    cpSync(sample, folder, { recursive: true });
  });
  afterEach(async () => {
    for (const session of sessions.splice(0)) await session.stop();
    rmSync(scratch, { recursive: true, force: true });
  });
  const start = async (): Promise<Session> => {
    const session = await startSession({ folder });
    sessions.push(session);
    return session;
  };
  const tell = (to: Session, ...changes: readonly (readonly [number, string])[]): Promise<void> =>
    to.client.sendNotification('workspace/didChangeWatchedFiles', { changes: changes.map(([type, path]) => ({ uri: to.uri(path), type })) });
  /** Paths of documents with what is said of them, and how many were checked. */
  const checked = async (from: Session): Promise<{ readonly files: readonly string[]; readonly count: number }> => {
    const { files, summary } = await from.client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });
    const start = from.uri('').length;
    return { files: files.map(({ uri, diagnostics }) => `${decodeURIComponent(uri.slice(start))} ${diagnostics.map((one) => JSON.stringify([one.code, one.message])).sort().join(' ')}`).sort(), count: summary.files };
  };
  const found = async (from: Session, text: string): Promise<readonly string[]> => {
    const params: SearchParams = { number: 1, text, kinds: ['document'], scope: 'all', phases: [], audiences: [], tags: [], offset: 0, limit: 50, uri: '' };
    for (;;) {
      const result = await from.client.sendRequest<SearchResult>(methods.search, params);
      if (result.progress === null || result.progress === undefined) return result.hits.map((hit) => /w\/[^"]+/u.exec(decodeURIComponent(JSON.stringify(hit.place)))?.[0] ?? '').sort();
      await new Promise((done) => setTimeout(done, 20));
    }
  };
  const isLinkless = process.platform === 'win32';

  const makeFolder = (path: string): void => {
    mkdirSync(path);
    cpSync(join(scratch, 'o.md'), join(path, 'i.md'));
  };
  const becomings: readonly { readonly what: string; readonly make: (path: string) => void; readonly told: readonly (readonly [number, string])[] }[] = [
    { what: 'a link out of the folder', make: (path) => symlinkSync(join(scratch, 'o.md'), path), told: [[changed, 'docs/risks.md']] },
    { what: 'a link in a circle', make: (path) => symlinkSync('risks.md', path), told: [[changed, 'docs/risks.md']] },
    { what: 'a link to another document', make: (path) => symlinkSync('charter.md', path), told: [[changed, 'docs/risks.md']] },
    { what: 'a folder', make: makeFolder, told: [[changed, 'docs/risks.md'], [created, 'docs/risks.md/i.md']] },
    { what: 'a folder, told as gone and come', make: makeFolder, told: [[deleted, 'docs/risks.md'], [created, 'docs/risks.md']] },
  ];
  for (const { what, make, told } of becomings) {
    it(`is read as it is when a document becomes ${what}`, async function () {
      if (isLinkless) this.skip();
      const one = await start();
      cpSync(join(folder, 'docs/risks.md'), join(scratch, 'o.md'));
      await checked(one);
      rmSync(join(folder, 'docs/risks.md'));
      make(join(folder, 'docs/risks.md'));
      await tell(one, ...told);
      assert.deepEqual(await checked(one), await checked(await start()));
    });
  }

  it('is read as it is when a folder becomes a document', async () => {
    mkdirSync(join(folder, 'docs/x.md'));
    cpSync(join(folder, 'docs/risks.md'), join(folder, 'docs/x.md/i.md'));
    const one = await start();
    await checked(one);
    rmSync(join(folder, 'docs/x.md'), { recursive: true });
    cpSync(join(folder, 'docs/charter.md'), join(folder, 'docs/x.md'));
    await tell(one, [changed, 'docs/x.md']);
    assert.deepEqual(await checked(one), await checked(await start()));
  });

  it('is read as it is when another folder stands where one went', async () => {
    const one = await start();
    await checked(one);
    rmSync(join(folder, 'docs/minutes'), { recursive: true });
    mkdirSync(join(folder, 'docs/minutes'));
    cpSync(join(folder, 'docs/charter.md'), join(folder, 'docs/minutes/other.md'));
    await tell(one, [deleted, 'docs/minutes'], [created, 'docs/minutes']);
    assert.deepEqual(await checked(one), await checked(await start()));
  });

  it('knows files of a product below it that come and go, for links to them', async () => {
    cpSync(sample, join(folder, 'docs/sub'), { recursive: true });
    appendFileSync(join(folder, 'docs/risks.md'), '\n[中の文書](sub/docs/new.md)と[別の文書](sub/docs/charter.md)\n');
    const one = await start();
    await checked(one);
    cpSync(join(folder, 'docs/charter.md'), join(folder, 'docs/sub/docs/new.md'));
    rmSync(join(folder, 'docs/sub/docs/charter.md'));
    await tell(one, [created, 'docs/sub/docs/new.md'], [deleted, 'docs/sub/docs/charter.md']);
    assert.deepEqual(await checked(one), await checked(await start()));
  });

  it('has links in a new folder lead to the rest of the product', async function () {
    if (isLinkless) this.skip();
    const one = await start();
    await checked(one);
    mkdirSync(join(folder, 'docs/new'));
    symlinkSync('../charter.md', join(folder, 'docs/new/c.md'));
    cpSync(join(folder, 'docs/charter.md'), join(folder, 'docs/new/r.md'));
    appendFileSync(join(folder, 'docs/new/r.md'), '\n[憲章](c.md)\n');
    await tell(one, [created, 'docs/new']);
    assert.deepEqual(await checked(one), await checked(await start()));
  });

  it('checks a document once that a link leads to, and takes the link for a way to it', async function () {
    if (isLinkless) this.skip();
    appendFileSync(join(folder, 'docs/charter.md'), '\n[最新のリスク](latest.md)\n');
    const before = await checked(await start());
    symlinkSync('risks.md', join(folder, 'docs/latest.md'));
    const one = await start();
    const after = await checked(one);
    assert.equal(after.count, before.count);
    assert.ok(after.files.every((file) => !file.startsWith('docs/latest.md')));
    const broken = (files: readonly string[]): boolean => files.some((file) => file.includes('latest.md'));
    assert.ok(broken(before.files) && !broken(after.files));
    // Nor where it is open.
    await one.open('docs/latest.md');
    assert.deepEqual(await one.pull('docs/latest.md'), []);
    assert.deepEqual(await checked(one), after);
    assert.match(await one.client.sendRequest<string>(methods.why, { uri: one.uri('docs/latest.md') }), /「risks\.md」へのリンク/u);
    // What it leads to goes: so does the way.
    rmSync(join(folder, 'docs/risks.md'));
    await tell(one, [deleted, 'docs/risks.md']);
    await one.client.sendNotification('textDocument/didClose', { textDocument: { uri: one.uri('docs/latest.md') } });
    assert.deepEqual(await checked(one), await checked(await start()));
  });

  it('knows a Book that comes or goes as a folder, of which nothing else is told', async () => {
    const book = join(folder, 'handbook');
    mkdirSync(join(book, 'rules'), { recursive: true });
    writeFileSync(join(book, 'book.yaml'), 'format: 1\nid: hb\nname: 手引\nextends: starter\n');
    writeFileSync(join(book, 'rules/tst.yaml'), 'foo: 1\nrules: 5\n');
    appendFileSync(join(folder, 'kobo.yaml'), 'book: ./handbook\n');
    renameSync(book, join(scratch, 'away'));
    const one = await start();
    await one.open('handbook/rules/tst.yaml', 'foo: 1\nrules: 5\n');
    assert.deepEqual(await one.pull('handbook/rules/tst.yaml'), []);
    renameSync(join(scratch, 'away'), book);
    await tell(one, [created, 'handbook']);
    const other = await start();
    await other.open('handbook/rules/tst.yaml');
    const expected = await other.pull('handbook/rules/tst.yaml');
    assert.ok(expected.length > 0);
    await checked(one);
    assert.deepEqual(await one.pull('handbook/rules/tst.yaml'), expected);
    renameSync(book, join(scratch, 'away'));
    await tell(one, [deleted, 'handbook']);
    await checked(one);
    assert.deepEqual(await one.pull('handbook/rules/tst.yaml'), []);
  });

  it('has search find what was saved while its document stays open', async () => {
    const one = await start();
    await checked(one);
    assert.deepEqual(await found(one, '熊手置場'), []);
    const text = `${await one.open('docs/risks.md')}\n熊手置場の件は解決しました。\n`;
    const textDocument = { uri: one.uri('docs/risks.md'), version: 2 };
    await one.client.sendNotification('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
    writeFileSync(join(folder, 'docs/risks.md'), text);
    await one.client.sendNotification('textDocument/didSave', { textDocument });
    await tell(one, [changed, 'docs/risks.md']);
    await checked(one);
    assert.deepEqual(await found(one, '熊手置場'), ['w/docs/risks.md']);
  });

  it('has search forget the documents of a product whose kobo.yaml is gone', async () => {
    cpSync(sample, join(folder, 'inner'), { recursive: true });
    const one = await start();
    await checked(one);
    assert.ok((await found(one, 'シフト')).some((path) => !path.startsWith('w/inner/')));
    rmSync(join(folder, 'kobo.yaml'));
    await tell(one, [deleted, 'kobo.yaml']);
    await checked(one);
    const hits = await found(one, 'シフト');
    assert.ok(hits.length > 0 && hits.every((path) => path.startsWith('w/inner/')), hits.join(' '));
    // Nor does a document come back that changes.
    writeFileSync(join(folder, 'docs/risks.md'), readFileSync(join(folder, 'docs/risks.md'), 'utf8').replace('\n---', '\ntype: risk-register\n---'));
    await tell(one, [changed, 'docs/risks.md']);
    await checked(one);
    assert.ok((await found(one, 'シフト')).every((path) => path.startsWith('w/inner/')));
  });

  it('tells what is there once it was told, however much was told before', async () => {
    const one = await start();
    const before = await checked(one);
    const text = readFileSync(join(folder, 'docs/risks.md'), 'utf8');
    for (let n = 0; n < 40; n++) {
      writeFileSync(join(folder, `docs/n${String(n)}.md`), text);
      await tell(one, [created, `docs/n${String(n)}.md`]);
    }
    assert.equal((await checked(one)).files.length, before.files.length + 40);
  });
});
