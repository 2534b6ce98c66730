import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { loadBook } from '../../src/core/book/load';
import { bookSources } from '../../src/core/search/book-sources';
import { createSearcher } from '../../src/core/search/searcher';
import type { IndexFolder } from '../../src/core/search/kept-index';
import { IndexStore } from '../../src/extension/index-store';
import { diskFolder } from '../../src/host/disk-folder';
import { jsonWire, methods, type SearchResult } from '../../src/server/protocol';
import { startSession, starterBook, type Session, type SessionOptions } from './support';

/** Storage of an editor, in memory, that outlives a session. */
class Storage implements IndexFolder {
  readonly files = new Map<string, Uint8Array>();
  names = async (): Promise<readonly string[]> => Promise.resolve([...this.files.keys()]);
  read = async (name: string): Promise<Uint8Array | undefined> => Promise.resolve(this.files.get(name));
  write = async (name: string, bytes: Uint8Array): Promise<void> => Promise.resolve(void this.files.set(name, bytes));
  rename = async (from: string, to: string): Promise<void> => {
    this.files.set(to, this.files.get(from) ?? new Uint8Array());
    await this.remove(from);
  };
  remove = async (name: string): Promise<void> => Promise.resolve(void this.files.delete(name));

  get index(): string {
    return [...this.files.keys()].find((name) => name.endsWith('.kobo')) ?? '';
  }
}

/** Storage of an editor on a disk. */
class Disk implements IndexFolder {
  readonly #folder: string;
  constructor(folder: string) {
    this.#folder = folder;
  }
  names = (): Promise<readonly string[]> => Promise.resolve(readdirSync(this.#folder));
  read = (name: string): Promise<Uint8Array | undefined> => readFile(join(this.#folder, name)).catch(() => undefined);
  write = (name: string, bytes: Uint8Array): Promise<void> => writeFile(join(this.#folder, name), bytes);
  rename = (from: string, to: string): Promise<void> => rename(join(this.#folder, from), join(this.#folder, to));
  remove = (name: string): Promise<void> => rm(join(this.#folder, name));
}

/** A process that keeps an index as the extension does, and says after each step how far it is; it goes on when it is told to. */
const writer = `
import { appendFileSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync, readSync, writeSync } from 'node:fs';
import { basename, join } from 'node:path';
import { keepIndex } from './src/core/search/kept-index';
const [folder, key, file] = process.argv.slice(2);
const step = (name) => { writeSync(1, name + '\\n'); readSync(0, Buffer.alloc(1)); };
const store = {
  names: async () => readdirSync(folder),
  read: async () => undefined,
  write: async (name, bytes) => {
    const path = join(folder, name);
    writeFileSync(path, bytes.subarray(0, bytes.length >> 1));
    if (!name.endsWith('.next')) step('half');
    appendFileSync(path, bytes.subarray(bytes.length >> 1));
    step(name.endsWith('.next') ? 'pointer' : 'whole');
  },
  rename: async (from, to) => { renameSync(join(folder, from), join(folder, to)); step('renamed'); },
  remove: async (name) => rmSync(join(folder, name)),
};
await keepIndex(store, key, [readFileSync(file)]);
`;

/** Runs {@link writer} and kills it at a step. */
async function killedWriter(folder: string, key: string, bytes: string, at: string): Promise<void> {
  const script = join(folder, '../writer.mjs');
  await build({ stdin: { contents: writer, resolveDir: '.' }, outfile: script, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  const child = spawn(process.execPath, [script, folder, key, bytes], { stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.on('data', (data: Buffer) => {
    said += data.toString();
    if (said.endsWith(`${at}\n`)) child.kill('SIGKILL');
    else child.stdin.write('.');
  });
  const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
  assert.equal(signal, 'SIGKILL', said);
}

interface Ran {
  readonly paths: readonly string[];
  /** What the server logged about the index. */
  readonly log: string;
  readonly notice: string;
}

describe('the index that is kept', function () {
  this.timeout(30_000);
  let folder: string;
  let storage: Storage;
  let session: Session | undefined;
  const put = (path: string, text: string): void => writeFileSync(join(folder, path), text);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kobo-kept-'));
    storage = new Storage();
    mkdirSync(join(folder, 'pages'));
    put('book.yaml', 'format: 1\nid: kept\nname: 保存の試し\nlanguage: ja\n');
    for (const name of ['安全', '品質', '原価']) put(`pages/${name}.md`, `# ${name}の手引き\n\n鯨波という言葉がある${name}のページです。\n`);
  });
  afterEach(async () => {
    await session?.stop();
    session = undefined;
    rmSync(folder, { recursive: true });
  });

  /** One session: asks until the index is complete, waits until it is kept, ends. */
  async function run(text: string, options: SessionOptions = {}): Promise<Ran> {
    session = await startSession({ folder, ...('indexFolder' in options ? {} : { indexes: new IndexStore(storage, jsonWire) }), ...options });
    const { client, bookStates, logged } = session;
    const params = { number: 1, text, kinds: ['page'], scope: 'all', phases: [], audiences: [], tags: [], offset: 0, limit: 20, uri: '' };
    let result: SearchResult | undefined;
    for (let i = 0; i < 500 && result?.progress !== null; i++) result = await client.sendRequest<SearchResult>(methods.search, params);
    assert.equal(result?.progress, null);
    const log = (): string | undefined => logged.find((line) => line.includes(': index '));
    const isKept = (): boolean => log()?.endsWith(' 0 changed') === true || logged.some((line) => line.endsWith('the index is kept'));
    for (let i = 0; i < 500 && !isKept(); i++) await new Promise((done) => setTimeout(done, 10));
    await session.stop();
    session = undefined;
    const paths = result.hits.flatMap(({ place }) => (place.kind === 'page' ? [place.path] : []));
    return { paths: paths.sort(), log: log() ?? '', notice: bookStates.at(-1)?.notice ?? '' };
  }
  const all = ['pages/原価.md', 'pages/品質.md', 'pages/安全.md'];

  for (const files of ['disk', 'client'] as const) {
    it(`is loaded by the next session, and only changed files are read into it (files from ${files})`, async () => {
      const first = await run('鯨波', { files });
      assert.deepEqual(first.paths, all);
      assert.match(first.log, /index built/);
      const second = await run('鯨波', { files });
      assert.deepEqual(second.paths, all);
      assert.match(second.log, /index loaded, 0 changed/);
      put('pages/品質.md', '# 品質の手引き\n\n海猫のページです。\n');
      unlinkSync(join(folder, 'pages/原価.md'));
      const third = await run('鯨波', { files });
      assert.deepEqual(third.paths, ['pages/安全.md']);
      assert.match(third.log, /index loaded, 3 changed/);
      assert.deepEqual((await run('海猫', { files })).paths, ['pages/品質.md']);
      assert.equal(third.notice, '');
    });
  }

  it('is kept by the server itself where it has a folder for that', async () => {
    const indexFolder = join(folder, '../kept-by-server', basename(folder));
    try {
      assert.match((await run('鯨波', { indexFolder })).log, /index built/);
      assert.equal(readdirSync(indexFolder).length, 2);
      const second = await run('鯨波', { indexFolder });
      assert.match(second.log, /index loaded, 0 changed/);
      assert.deepEqual(second.paths, all);
    } finally {
      rmSync(indexFolder, { recursive: true });
    }
  });

  it('is read into again when only the front matter of a page changes', async () => {
    await run('鯨波');
    put('pages/安全.md', '---\ntags: [白熊]\n---\n# 安全の手引き\n\n鯨波という言葉がある安全のページです。\n');
    assert.deepEqual((await run('tag:白熊')).paths, ['pages/安全.md']);
  });

  const damages: readonly (readonly [string, RegExp, () => void])[] = [
    ['has a changed byte', /壊れて/, () => {
      const bytes = storage.files.get(storage.index);
      if (bytes !== undefined) bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1;
    }],
    ['was cut off', /途中/, () => void storage.files.set(storage.index, (storage.files.get(storage.index) ?? new Uint8Array()).slice(0, 500))],
    ['is of another version', /別の版/, () => storage.files.get(storage.index)?.set([99], 4)],
    ['is of another analysis', /別の版/, () => storage.files.get(storage.index)?.set([99], 8)],
    ['lost its file', /途中/, () => void storage.files.delete(storage.index)],
    ['was never written to its end', /途中/, () => {
      for (const name of storage.files.keys()) if (name.endsWith('.current')) storage.files.delete(name);
    }],
    ['has a pointer of rubbish', /途中/, () => {
      for (const name of storage.files.keys()) if (name.endsWith('.current')) storage.files.set(name, new TextEncoder().encode('{"files":["../../x"],"bytes":1}'));
    }],
  ];
  for (const [what, says, damage] of damages) {
    it(`is built anew when it ${what}, and that is said`, async () => {
      await run('鯨波');
      damage();
      const { paths, notice, log } = await run('鯨波');
      assert.deepEqual(paths, all);
      assert.match(notice, says);
      assert.match(log, /index built.*kept/);
      const after = await run('鯨波');
      assert.match(after.log, /index loaded, 0 changed$/, 'what was built is kept');
    });
  }

  it('answers before the Book is read, without pages that are gone, and then gives way to the Book', async () => {
    await run('鯨波', { files: 'client' });
    unlinkSync(join(folder, 'pages/原価.md'));
    put('pages/安全.md', '# 安全の手引き\n\n白熊という言葉があるページです。\n');
    let release = (): void => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    session = await startSession({ folder, indexes: new IndexStore(storage, jsonWire), files: 'client', beforeRead: (paths) => (paths.includes('book.yaml') ? held : Promise.resolve()) });
    const ask = async (text: string): Promise<SearchResult> =>
      session === undefined
        ? assert.fail()
        : session.client.sendRequest<SearchResult>(methods.search, { number: 1, text, kinds: [], scope: 'all', phases: [], audiences: [], tags: [], offset: 0, limit: 20, uri: '' });
    const early = await ask('鯨波');
    assert.notEqual(early.progress, null);
    assert.deepEqual(early.hits.map(({ title }) => title).sort(), ['品質の手引き', '安全の手引き']);
    const passage = early.hits.find(({ title }) => title === '品質の手引き');
    assert.match(passage?.snippet ?? '', /鯨波という言葉がある品質/);
    release();
    let late = early;
    for (let i = 0; i < 500 && late.progress !== null; i++) late = await ask('鯨波');
    assert.deepEqual(late.hits.map(({ title }) => title), ['品質の手引き']);
    assert.deepEqual((await ask('白熊')).hits.map(({ title }) => title), ['安全の手引き']);
  });

  for (const { at, before, says } of [
    { at: 'half', before: false, says: /途中/ }, { at: 'whole', before: false, says: /途中/ }, { at: 'pointer', before: false, says: /途中/ },
    { at: 'half', before: true, says: /^$/ }, { at: 'whole', before: true, says: /^$/ }, { at: 'pointer', before: true, says: /^$/ }, { at: 'renamed', before: true, says: /^$/ },
  ]) {
    it(`answers rightly after its process was killed in a write (${at}${before ? ', with one from before' : ''})`, async () => {
      const kept = join(folder, 'kept');
      mkdirSync(kept);
      const indexes = new IndexStore(new Disk(kept), jsonWire);
      await run('鯨波', { indexes });
      const name = readdirSync(kept).find((file) => file.endsWith('.kobo')) ?? '';
      const bytes = join(folder, 'bytes');
      writeFileSync(bytes, readFileSync(join(kept, name)));
      if (!before) for (const file of readdirSync(kept)) unlinkSync(join(kept, file));
      await killedWriter(kept, name.split('.')[0] ?? '', bytes, at);
      const left = readdirSync(kept);
      assert.ok(left.length >= (before ? 3 : 1), left.join(' '));
      put('pages/品質.md', '# 品質の手引き\n\n海猫のページです。\n');
      const after = await run('鯨波', { indexes });
      assert.deepEqual(after.paths, ['pages/原価.md', 'pages/安全.md']);
      assert.match(after.notice, says);
      assert.match(after.log, before ? /index loaded, 2 changed/ : /index built/);
      assert.match((await run('海猫', { indexes })).log, /index loaded, 0 changed$/);
      assert.equal(readdirSync(kept).length, 2, 'what the killed process left is cleared away');
    });
  }

  it('is built anew on request', async () => {
    await run('鯨波');
    session = await startSession({ folder, indexes: new IndexStore(storage, jsonWire) });
    const { client, logged } = session;
    for (let i = 0; i < 500 && logged.filter((line) => line.includes(': index ')).length < 1; i++) {
      await client.sendNotification(methods.wake, { uri: '' });
      await new Promise((done) => setTimeout(done, 10));
    }
    await client.sendNotification(methods.rebuild, {});
    for (let i = 0; i < 500 && logged.filter((line) => line.includes(': index ')).length < 2; i++) {
      await client.sendNotification(methods.wake, { uri: '' });
      await new Promise((done) => setTimeout(done, 10));
    }
    const told = logged.filter((line) => line.includes(': index '));
    assert.match(told[0] ?? '', /index loaded/);
    assert.match(told[1] ?? '', /index built/);
  });

  it('comes with the Book, and is checked like any other', async () => {
    const book = await loadBook(diskFolder(folder), { starter: starterBook() });
    const searcher = createSearcher({ terms: book.terms, read: () => undefined, now: () => 0 });
    await searcher.build(bookSources(book));
    const bytes = new Uint8Array(await searcher.encode());
    writeFileSync(join(folder, 'search-index.kobo'), bytes);
    put('pages/品質.md', '# 品質の手引き\n\n海猫のページです。\n');
    const good = await run('鯨波');
    assert.match(good.log, /index loaded, 2 changed$/);
    assert.deepEqual(good.paths, ['pages/原価.md', 'pages/安全.md']);
    storage.files.clear();
    writeFileSync(join(folder, 'search-index.kobo'), bytes.fill(7, bytes.length >> 1, (bytes.length >> 1) + 4));
    const bad = await run('鯨波');
    assert.match(bad.log, /index built.*prebuilt corrupt/);
    assert.match(bad.notice, /search-index\.kobo/);
    assert.deepEqual(bad.paths, ['pages/原価.md', 'pages/安全.md']);
  });
});
