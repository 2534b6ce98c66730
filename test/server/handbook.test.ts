import assert from 'node:assert/strict';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { methods, type SearchParams, type SearchResult } from '../../src/server/protocol';
import { startSession } from './support';

const handbook = resolve(process.env.KOBO_SHARED ?? '../shared', 'corpora', 'kyama0__gitlab-handbook-ja');
const query: SearchParams = { number: 1, text: '経費精算', kinds: [], scope: 'all', phases: [], audiences: [], tags: [], offset: 0, limit: 20, uri: '' };

describe('a Book of 3,078 pages', () => {
  it('tells its progress, answers from what is read so far, and stops when asked', async function () {
    this.timeout(120_000);
    if (!existsSync(handbook)) {
      console.log('skipped: no corpora');
      this.skip();
    }
    const session = await startSession({ folder: mkdtempSync(join(tmpdir(), 'kobo-handbook-')), settings: { book: handbook } });
    const ask = (): Promise<SearchResult> => session.client.sendRequest<SearchResult>(methods.search, query);
    const early = await ask();
    assert.ok(early.progress !== null && early.progress.done < early.progress.total, 'the first answer should come before everything is read');
    await session.client.sendNotification(methods.stopIndexing, { book: session.bookStates.at(-1)?.id ?? '' });
    for (let i = 0; i < 200 && (await ask()).progress !== null; i++) await new Promise((done) => setTimeout(done, 20));
    const loading = session.bookStates.filter((state) => state.phase === 'loading');
    assert.ok(loading.some((state) => state.done > 0 && state.done < state.total), 'no progress was told');
    assert.notEqual(session.bookStates.at(-1)?.phase, 'loading');
    await session.stop();
  });
});
