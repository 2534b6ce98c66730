import assert from 'node:assert/strict';
import { parseQuery } from '../../../src/core/search/query';

describe('search query', () => {
  it('takes phrases, exclusions and filters out of the words', () => {
    assert.deepEqual(parseQuery('議事録 "決定 事項" -経費 種別:ルール tag："a b" product:shift-navi'), {
      words: '議事録 決定 事項',
      phrases: ['決定 事項'],
      excluded: ['経費'],
      filters: [
        { field: 'kind', value: 'ルール', raw: '種別:ルール' },
        { field: 'tag', value: 'a b', raw: 'tag："a b"' },
        { field: 'product', value: 'shift-navi', raw: 'product:shift-navi' },
      ],
    });
  });

  it('understands full-width marks and spaces', () => {
    const parsed = parseQuery('会議　－経費　“決定事項”　フェーズ：計画');
    assert.deepEqual([parsed.words, parsed.phrases, parsed.excluded, parsed.filters[0]?.field], ['会議 決定事項', ['決定事項'], ['経費'], 'phase']);
  });

  for (const text of ['表示：タスクの詳細', '2025 -2026', 'a - b', 'an "open quote', 'https://example.com', '題名: 副題', '-経費']) {
    it(`takes nothing out of ${text}`, () => {
      const { words, phrases, excluded, filters } = parseQuery(text);
      assert.deepEqual([words, phrases, excluded, filters], [text, [], [], []]);
    });
  }
});
