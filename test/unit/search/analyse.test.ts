import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Analyser, firstBigram, stem, termKind } from '../../../src/core/search/analyse';

function terms(text: string, kinds?: readonly number[]): string[] {
  const words: string[] = [];
  const analyser = new Analyser();
  analyser.analyse(text, (word) => words.push(word) - 1);
  const found: string[] = [];
  for (let i = 0; i < analyser.count; i++) {
    const id = analyser.ids[i]!;
    if (kinds !== undefined && !kinds.includes(analyser.kinds[i]!)) continue;
    found.push(id < firstBigram ? words[id]! : String.fromCharCode(id >>> 16, id & 0xffff));
  }
  return found;
}

describe('search analysis', () => {
  const same: readonly (readonly [string, string, string])[] = [
    ['full-width Latin', 'Ａｄｏｂｅ ２０２６', 'adobe 2026'],
    ['upper case', 'WORKFRONT', 'workfront'],
    ['half-width kana', 'ｲﾝｽﾄｰﾙ ﾊﾞｯｸｱｯﾌﾟ', 'インストール バックアップ'],
    ['final long vowel', 'サーバー管理', 'サーバ管理'],
    ['final long vowel before hiragana', 'ボードビューでの', 'ボードビュでの'],
    ['spaced katakana', 'カスタム フォーム', 'カスタムフォーム'],
    ['spaced katakana with a long vowel inside', 'ユーザー アカウント', 'ユーザーアカウント'],
    ['full-width space between katakana', 'カスタム　フォーム', 'カスタムフォーム'],
    ['composed and decomposed kana', 'か\u3099ぞう', 'がぞう'],
    ['zero-width space', 'リリ\u200bース', 'リリース'],
    ['soft hyphen', 'frame\u00adwork', 'framework'],
    ['accents', 'résumé', 'resume'],
    ['plural', 'tasks', 'task'],
    ['compatibility ideograph', '㈱', '(株)'],
  ];
  for (const [name, a, b] of same) {
    it(`takes ${name} for the same: ${a} = ${b}`, () => assert.deepEqual(terms(a), terms(b)));
  }

  it('keeps the long vowel of a short word', () => assert.notDeepEqual(terms('キー'), terms('キ')));

  it('folds hiragana to katakana and tells its bigrams apart', () => {
    assert.deepEqual(terms('りりーす'), terms('リリース', [termKind.bigram]));
    assert.deepEqual(terms('りりーす', [termKind.bigram, termKind.mixed]), []);
  });

  it('splits camelCase, acronyms and letter-digit borders, and keeps the whole', () => {
    assert.deepEqual(terms('emailAddr'), ['email', 'addr', 'emailaddr']);
    assert.deepEqual(terms('XMLHttp'), ['xml', 'http', 'xmlhttp']);
    assert.deepEqual(terms('v2'), ['v', '2', 'v2']);
  });

  it('keeps ids and versions whole and in parts', () => {
    assert.deepEqual(terms('R-001'), ['r-001', 'r', '001']);
    assert.deepEqual(terms('23.2'), ['23.2', '23', '2']);
    assert.deepEqual(terms('sign-on'), ['sign', 'on']);
  });

  it('joins a number with what it counts, spaced or not', () => {
    assert.ok(terms('第 3 四半期').includes('3四'));
    assert.ok(terms('第3四半期').includes('3四'));
  });

  it('makes overlapping bigrams and the last ideograph of a run', () => {
    assert.deepEqual(terms('経費精算'), ['経費', '費精', '精算', '算\u0000']);
  });

  it('stems plurals only', () => {
    assert.deepEqual(['policies', 'boxes', 'status', 'analysis', 'class', 'is', 'users'].map(stem), ['policy', 'box', 'status', 'analysis', 'class', 'is', 'user']);
  });

  it('points every term at the text it came from', () => {
    const piece = fc.constantFrom('サーバー', 'ｻｰﾊﾞｰ', ' ', '　', '管理', 'の', 'をする', 'API', 'ａｐｉ', 'emailAddr', '。', '①', 'か\u3099', '𠮟る', '😀', 'R-001', '第3', '\u200b', '-', '\n', 'ー');
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
        const text = pieces.join('');
        const analyser = new Analyser();
        const words: string[] = [];
        analyser.analyse(text, (word) => words.push(word) - 1);
        for (let i = 0; i < analyser.count; i++) {
          const start = analyser.startOf(i);
          const end = analyser.endOf(i);
          assert.ok(start >= 0 && start < end && end <= text.length, `${start}-${end} of ${text.length}`);
          const id = analyser.ids[i]!;
          const units = id < firstBigram ? words[id]! : String.fromCharCode(id >>> 16);
          // What stands there folds to something that begins like the term.
          const there = new Analyser();
          there.folder.fold(text.slice(start, end));
          const folded = Array.from({ length: there.folder.length }, (_, k) => String.fromCharCode(there.folder.codes[k]!)).join('');
          assert.ok(folded.includes(units.charAt(0)), `${JSON.stringify(text.slice(start, end))} for ${units}`);
        }
      }),
    );
  });

  it('never throws and never loops on any text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void terms(text)));
  });
});
