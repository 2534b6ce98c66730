import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SearchSource } from '../../../src/core/search/search';
import { emptySearcher, page, query } from './support';

const words = ['リスク', '管理', '議事録の', 'を書く', 'サーバー', 'release', 'emailAddr', '第3四半期', 'テスト', 'けいひ', '経費精算', '。\n## 見出し\n'];
const questions = ['リスク管理', '議事録を書く', 'サーバ', 'relaese', 'email', '経費', 'てすと', '第3四半期 "テスト"', 'リスク -経費', 'テタト'];

const text = fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 12 }).map((parts) => `# ${parts[0] ?? ''}\n${parts.join('')}\n`);
const source = fc.tuple(fc.nat(9), text).map(([n, body]) => page(`p${n}.md`, body, { tags: n % 2 === 0 ? ['偶数'] : [] }));
const step = fc.oneof(
  fc.record({ put: fc.array(source, { minLength: 1, maxLength: 4 }) }),
  fc.record({ drop: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }) }),
  fc.constant({ store: true as const }),
);

describe('changes to the index', () => {
  it('answer exactly as an index built anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(source, { maxLength: 12 }), fc.array(step, { maxLength: 12 }), async (first, steps) => {
        const state = new Map<string, SearchSource>();
        const texts = new Map<string, string>();
        const put = (sources: readonly SearchSource[]): void => {
          for (const one of sources) {
            state.set(one.path, one);
            texts.set(`page:${one.path}`, one.text);
          }
        };
        const changed = emptySearcher(texts);
        put(first);
        await changed.build(first);
        for (const one of steps) {
          if ('put' in one) {
            put(one.put);
            await changed.update(one.put);
          } else if ('drop' in one) {
            for (const n of one.drop) state.delete(`p${n}.md`);
            await changed.remove(one.drop.map((n) => ({ kind: 'page' as const, path: `p${n}.md` })));
          } else {
            assert.equal(changed.load(await changed.encode()), undefined);
          }
        }
        const anew = emptySearcher(texts);
        await anew.build([...state.values()]);
        for (const asked of questions) assert.deepEqual(await changed.search(query(asked)), await anew.search(query(asked)), asked);
        assert.deepEqual(changed.manifest().map(({ path }) => path).sort(), [...state.keys()].sort());
      }),
      { numRuns: 60 },
    );
  });

  it('replace a page and remove one', async () => {
    const texts = new Map<string, string>();
    const searcher = emptySearcher(texts);
    await searcher.build([page('a.md', '# 古い題\n古い本文'), page('b.md', '# ほか\n本文')]);
    await searcher.update([page('a.md', '# 新しい題\n新しい本文')]);
    assert.equal((await searcher.search(query('新しい題'))).hits[0]?.title, '新しい題');
    assert.deepEqual((await searcher.search(query('古い'))).hits, []);
    await searcher.remove([{ kind: 'page', path: 'a.md' }]);
    assert.deepEqual((await searcher.search(query('新しい題'))).hits, []);
  });

  it('do not mix up kinds that share a path', async () => {
    const searcher = emptySearcher(new Map());
    await searcher.build([page('a.md', '# 頁\n共通の言葉'), page('a.md', '# 書類\n共通の言葉', { kind: 'document' })]);
    await searcher.remove([{ kind: 'page', path: 'a.md' }]);
    assert.deepEqual((await searcher.search(query('共通の言葉'))).hits.map(({ kind }) => kind), ['document']);
  });
});
