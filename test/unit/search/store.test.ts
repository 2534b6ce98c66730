import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Searcher } from '../../../src/core/search/searcher';
import { book, emptySearcher, paths, query, searcherOver } from './support';

const texts = new Map(book.map((source) => [`${source.kind}:${source.path}`, source.text]));
const questions = ['リスク', '議事録 会議', 'api', '期限', 'サーバ', 'risk', '登録簿 種別:テンプレート', 'りりーす判定'];

async function answers(searcher: Searcher): Promise<unknown> {
  return Promise.all(questions.map((text) => searcher.search(query(text))));
}

describe('stored index', () => {
  let stored: ArrayBuffer;
  before(async () => {
    stored = await (await searcherOver(book)).encode();
  });

  it('answers as before it was stored, and knows what it holds', async () => {
    const loaded = emptySearcher(texts);
    assert.equal(loaded.load(stored.slice(0)), undefined);
    assert.deepEqual(await answers(loaded), await answers(await searcherOver(book)));
    assert.deepEqual(
      new Set(loaded.manifest().map(({ kind, path, hash }) => `${kind}:${path}:${hash}`)),
      new Set(book.map(({ kind, path, hash }) => `${kind}:${path}:${hash}`)),
    );
  });

  it('is the same bytes for the same sources', async () => {
    assert.deepEqual(new Uint8Array(await (await searcherOver(book)).encode()), new Uint8Array(stored));
  });

  it('gives a fault for any changed byte, and keeps the index that was there', async () => {
    const searcher = await searcherOver(book);
    const before = await answers(searcher);
    fc.assert(
      fc.property(fc.nat(stored.byteLength - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const broken = stored.slice(0);
        const bytes = new Uint8Array(broken);
        bytes[at] = bytes[at]! ^ change;
        assert.notEqual(searcher.load(broken), undefined);
      }),
      { numRuns: 300 },
    );
    assert.deepEqual(await answers(searcher), before);
  });

  it('gives a fault when it is cut off anywhere, or longer than written', () => {
    const searcher = emptySearcher(texts);
    fc.assert(fc.property(fc.nat(stored.byteLength - 1), (length) => assert.notEqual(searcher.load(stored.slice(0, length)), undefined)));
    const longer = new Uint8Array(stored.byteLength + 4);
    longer.set(new Uint8Array(stored));
    assert.equal(searcher.load(longer.buffer), 'corrupt');
    assert.equal(searcher.load(new ArrayBuffer(0)), 'truncated');
  });

  it('tells other versions and other files apart', () => {
    const searcher = emptySearcher(texts);
    const other = (word: number): string | undefined => {
      const buffer = stored.slice(0);
      const header = new Uint32Array(buffer, 0, 4);
      header[word] = header[word]! + 1;
      return searcher.load(buffer);
    };
    assert.deepEqual([other(0), other(1), other(2)], ['not_an_index', 'other_format', 'other_analysis']);
    assert.equal(searcher.load(new TextEncoder().encode('{"some":"json file that is no index"}  ').buffer), 'not_an_index');
  });

  it('stores an empty index', async () => {
    const empty = emptySearcher(texts);
    const buffer = await empty.encode();
    assert.equal(empty.load(buffer), undefined);
    assert.deepEqual(paths(await empty.search(query('リスク'))), []);
  });
});
