import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { methods } from '../../src/server/protocol';
import { startSession, type Session, type SessionOptions } from './support';

describe('a Book, wherever it lies and however that is written', function () {
  this.timeout(60_000);
  const home = process.env.HOME;
  let scratch: string;
  let folder: string;
  let session: Session | undefined;
  beforeEach(() => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-place-')));
    folder = join(scratch, 'ws');
    mkdirSync(folder);
    process.env.HOME = scratch;
  });
  afterEach(async () => {
    process.env.HOME = home;
    await session?.stop();
    session = undefined;
    rmSync(scratch, { recursive: true, force: true });
  });
  const write = (book: string, name: string): void => {
    mkdirSync(join(book, 'rules'), { recursive: true });
    writeFileSync(join(book, 'book.yaml'), `format: 1\nid: ours\nname: ${name}\nextends: starter\n`);
    writeFileSync(join(book, 'rules', 'own.yaml'), 'group: own\ntitle: 決まり\nguide: pages/rules.md\nlevel: L1\nseverity: warning\nrules: []\n');
  };
  const open = async (options: Partial<SessionOptions>): Promise<Session> => {
    session = await startSession({ folder, ...options });
    return session;
  };
  const stateOf = async ({ client, bookStates }: Session) => {
    await client.sendRequest(methods.checkAll, { folder: '' });
    return bookStates.at(-1);
  };

  for (const [name, addressOf] of [
    ['b:2', (path: string) => path], ['コボ b', (path: string) => `file://${path}`], ['c', (path: string) => `file://localhost${path.replace('/c', '/./x/../c')}`], ['d', () => '../d'],
  ] as const) {
    it(`is read anew when a file of it changes, at ${name}`, async () => {
      const book = join(scratch, name);
      write(book, 'ONE');
      writeFileSync(join(folder, 'kobo.yaml'), `format: 1\nproduct: { id: p, name: P }\nbook: "${addressOf(book)}"\n`);
      const one = await open({});
      assert.equal((await stateOf(one))?.name, 'ONE');
      write(book, 'TWO');
      // As VS Code writes it.
      const uri = pathToFileURL(join(book, 'rules', 'own.yaml')).href.replace('b:2', 'b%3A2');
      await one.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri, type: 2 }] });
      assert.equal((await stateOf(one))?.name, 'TWO');
    });
  }

  for (const [setting, place] of [['./own', 'ws/own'], ['../beside', 'beside'], ['~/mine', 'mine'], ['own', 'ws/own']] as const) {
    it(`is the one of the settings, ${setting}`, async () => {
      write(join(scratch, place), 'OURS');
      writeFileSync(join(folder, 'kobo.yaml'), 'format: 1\nproduct: { id: p, name: P }\n');
      assert.equal((await stateOf(await open({ settings: { book: setting } })))?.name, 'OURS');
    });
  }

  for (const setting of ['\\\\server\\share\\book', './none', '~/none', 'none']) {
    it(`is told to be unreadable, not silently another, where the settings say ${setting}`, async () => {
      writeFileSync(join(folder, 'kobo.yaml'), 'format: 1\nproduct: { id: p, name: P }\n');
      const state = await stateOf(await open({ settings: { book: setting } }));
      assert.equal(state?.phase, 'failed');
      assert.match(state.message, /読めませんでした/u);
    });
  }
});
