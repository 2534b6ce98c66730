import assert from 'node:assert/strict';
import { createPalette, type PaletteItem } from '../../../src/core/search/palette';

const items: readonly PaletteItem[] = [
  { id: 'page:risk', title: 'リスク管理の進め方', detail: 'リスク' },
  { id: 'template:risk', title: 'リスク登録簿', detail: 'risk-register' },
  { id: 'term:gate', title: 'ゲート', detail: 'gate 関門' },
  { id: 'rule:REG-013', title: 'REG-013 期限切れの課題', detail: '' },
  { id: 'page:user', title: 'ユーザー アカウント', detail: 'account' },
];

function ids(text: string): string[] {
  const palette = createPalette();
  palette.put(items);
  return palette.search(text, 10).map(({ item }) => item.id);
}

describe('palette', () => {
  it('finds as one types', () => {
    assert.equal(ids('リスク登')[0], 'template:risk');
    assert.equal(ids('りすく管')[0], 'page:risk');
    assert.equal(ids('reg-0')[0], 'rule:REG-013');
    assert.equal(ids('acco')[0], 'page:user');
    assert.equal(ids('ﾕｰｻﾞｰｱｶｳﾝﾄ')[0], 'page:user');
    assert.deepEqual(ids('関'), ['term:gate']);
    assert.deepEqual(ids(''), []);
    assert.deepEqual(ids('まったく別の話'), []);
  });

  it('marks the title as written', () => {
    const palette = createPalette();
    palette.put(items);
    const hit = palette.search('ユーザーアカウント', 1)[0]!;
    assert.deepEqual(hit.highlights.map(([from, to]) => hit.item.title.slice(from, to)), ['ユーザー アカウント']);
  });

  it('replaces and removes items', () => {
    const palette = createPalette();
    palette.put(items);
    palette.put([{ id: 'term:gate', title: '関所', detail: '' }]);
    assert.deepEqual(palette.search('ゲート', 5), []);
    assert.equal(palette.search('関所', 5)[0]?.item.id, 'term:gate');
    palette.remove(['term:gate', 'unknown']);
    assert.deepEqual(palette.search('関所', 5), []);
    assert.equal(palette.size, items.length - 1);
  });
});
