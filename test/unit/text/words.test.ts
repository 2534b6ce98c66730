import assert from 'node:assert/strict';
import fc from 'fast-check';
import { normalise, normaliseWithMap } from '../../../src/core/text/normalise';
import { bareWord, createVocabulary, createWordMatcher, nullMark, statusWord } from '../../../src/core/text/words';

describe('normaliseWithMap', () => {
  it('gives the text of NFKC in lower case, and offsets that grow with it', () => {
    const unit = fc.constantFrom('a', 'Ｂ', 'ｶ', 'ﾞ', 'が', 'か\u3099', '㈱', 'é', 'e\u0301', '①', '…', '　', '😀', '𝐀', 'İ', 'ー', '。', 'ﾊﾟ', '\ud800', '１');
    fc.assert(
      fc.property(fc.string({ unit, maxLength: 20 }), (text) => {
        const { text: normal, map } = normaliseWithMap(text);
        assert.equal(normal, normalise(text));
        if (map === undefined) {
          assert.equal(normal.length, text.length);
          return;
        }
        assert.equal(map.length, normal.length + 1);
        assert.equal(map[normal.length], text.length);
        for (let i = 0; i < normal.length; i++) assert.ok((map[i] ?? 0) <= (map[i + 1] ?? 0));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('createWordMatcher', () => {
  it('finds what a search word by word finds: leftmost, longest, no overlaps', () => {
    const words = ['あ', 'あい', 'いう', 'うえお', 'い', 'おあい'];
    const matcher = createWordMatcher(words);
    const slow = (text: string): string[] => {
      const found: string[] = [];
      for (let at = 0; at < text.length; ) {
        const word = words.filter((w) => text.startsWith(w, at)).sort((a, b) => b.length - a.length)[0];
        if (word === undefined) at++;
        else {
          found.push(`${String(at)}${word}`);
          at += word.length;
        }
      }
      return found;
    };
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('あ', 'い', 'う', 'え', 'お'), maxLength: 30 }), (text) => {
        assert.deepEqual(matcher.find(text).map((m) => `${String(m.start)}${m.word}`), slow(text));
        assert.equal(matcher.has(text), slow(text).length > 0);
      }),
      { numRuns: 2000 },
    );
  });

  it('wants word boundaries around Latin words only, and maps back to what is written', () => {
    const text = 'ｔｂｄです。xTBD TBD2 Tbd、なるべく早く㈱';
    const found = createWordMatcher(['TBD', 'なるべく', '(株)']).find(text);
    assert.deepEqual(found.map((m) => text.slice(m.start, m.end)), ['ｔｂｄ', 'Tbd', 'なるべく', '㈱']);
  });

  it('finds nothing without words', () => {
    assert.deepEqual(createWordMatcher(['', ' ']).find('text'), []);
  });
});

describe('vocabularies', () => {
  const status = createVocabulary({ open: ['未着手', '新規'], doing: ['対応中', 'in progress'], done: ['完了', '済', '✅'], cancel: ['中止', 'n/a'] });

  it('see through decoration, dates, shares and remarks', () => {
    const seen = ['✓ 完了', '**完了**', '完了 2025 年 5 月', '完了（11/24）', '完了 2026-11-24', '完了2025年5月', '✅', '対応中 60%', 'In Progress', '対応中：山田', '【未着手】', 'Ｎ／Ａ', 'done'];
    assert.deepEqual(seen.map((text) => status.idOf(text)), ['done', 'done', 'done', 'done', 'done', 'done', 'done', 'doing', 'doing', 'doing', 'open', 'cancel', 'done']);
  });

  it('do not guess', () => {
    assert.deepEqual(['', '完了予定', '未完了', '対応', 'progress', '？'].map((text) => status.idOf(text)), Array.from({ length: 6 }, () => undefined));
  });

  it('keep marks that are all there is', () => {
    assert.equal(bareWord(' ✅️ '), '✅');
    assert.equal(bareWord('- 済'), '済');
    assert.equal(statusWord('完了 100%'), '完了');
  });
});

describe('nullMark', () => {
  it('tells blanks from answers', () => {
    assert.deepEqual(['', ' ', '-', 'ー', '－', '―', '未定', 'TBD', 'ＴＢＤ', '...'].map(nullMark), Array.from({ length: 10 }, () => 'empty'));
    assert.deepEqual(['なし', '無し', 'N/A', '該当なし', '特になし。', '**なし**'].map(nullMark), Array.from({ length: 6 }, () => 'answer'));
    assert.deepEqual(['山田', '0', 'なしの礫', '-5'].map(nullMark), Array.from({ length: 4 }, () => undefined));
  });
});
