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

  it('stand in the passage of a long section wherever that is, with what stands around it', async () => {
    const filler = Array.from({ length: 400 }, (_, i) => `- 手順 ${String(i)} は [別の頁](../別/頁-${String(i)}.md) に書いてある。`);
    const where = 'ロールバックの判断は、水先人が入港の順番を見て三十分のうちに行う。';
    for (const at of [0, 200, 400]) {
      const lines = [...filler.slice(0, at), where, ...filler.slice(at)];
      const searcher = await searcherOver([page('pages/a.md', `# 手引き\n\n${lines.join('\n')}\n`)]);
      const [hit] = (await searcher.search(query('ロールバック 判断 水先人'))).hits;
      assert.ok(hit !== undefined);
      assert.ok(hit.snippet.includes('ロールバックの判断は、水先人が'), `${String(at)}: ${hit.snippet}`);
      assert.deepEqual(hit.highlights.map(([from, to]) => hit.snippet.slice(from, to)), ['ロールバック', '判断', '水先人']);
      assert.equal(hit.snippet.startsWith('…'), at > 0);
      assert.equal(hit.snippet.endsWith('…'), at < 400);
    }
  });

  it('are not looked for in code and link targets of a long section', async () => {
    const filler = Array.from({ length: 200 }, (_, i) => `行 ${String(i)} には何も書いていない。詳しくは [こちら](/水先人/入港/${String(i)}) を見る。`).join('\n');
    const text = `# 手引き\n\n\`\`\`\n水先人 入港 順番\n\`\`\`\n${filler}\n入港の順番は水先人が決める。\n`;
    const searcher = await searcherOver([page('pages/a.md', text)]);
    const [hit] = (await searcher.search(query('水先人 入港 順番'))).hits;
    assert.ok(hit?.snippet.includes('入港の順番は水先人が決める。'), hit?.snippet);
  });
});
