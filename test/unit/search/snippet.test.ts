import assert from 'node:assert/strict';
import { page, query, searcherOver } from './support';

/** The pieces of a text that are marked for a query. */
async function marks(words: string, text: string): Promise<readonly string[]> {
  const searcher = await searcherOver([page('pages/rollback.md', 'ロールバックの手順とランブック、リスクの見方。')]);
  return searcher.marks(words)(text).map(([from, to]) => text.slice(from, to));
}

describe('marks of a query', () => {
  it('leave out a pair of kana that another katakana word shares by chance', async () => {
    assert.deepEqual(await marks('ロールバック', 'ランブックとチェックリスト'), []);
    assert.deepEqual(await marks('ロールバック', 'ロールバックのランブック'), ['ロールバック']);
  });

  it('keep a short word, as it is typed and where it is part of another', async () => {
    assert.deepEqual(await marks('リス', 'リスクの見方'), ['リス']);
    assert.deepEqual(await marks('リスク', 'リスクの見方'), ['リスク']);
    assert.deepEqual(await marks('バグ', 'バグの管理'), ['バグ']);
  });

  it('stand in a passage that reads rows of a table as facts', async () => {
    const searcher = await searcherOver([page('pages/a.md', '# 役割\n\n| 役割 | | 決められること |\n| --- | :-: | --- |\n| 水先人 | | 入港の順番 |\n')]);
    const [hit] = (await searcher.search(query('水先人'))).hits;
    assert.equal(hit?.snippet, '役割 · 決められること 水先人 · 入港の順番');
  });

  it('mark the same pieces in a passage', async () => {
    const searcher = await searcherOver([page('pages/a.md', '# 手引き\n\nロールバックはランブックに書く。')]);
    const [hit] = (await searcher.search(query('ロールバック'))).hits;
    assert.deepEqual(hit?.highlights.map(([from, to]) => hit.snippet.slice(from, to)), ['ロールバック']);
  });
});
