import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeHits, WordScanner } from '../../../src/core/rules/words';

const fold = (text: string): string => Array.from({ length: text.length }, (_, i) => {
  const unit = text.charAt(i).normalize('NFKC').toLowerCase();
  return unit.length === 1 ? unit : text.charAt(i);
}).join('');
const isWord = (unit: string): boolean => /^[a-z0-9_]$/.test(unit);

/** Letters with the marks behind them as one, and where each unit stood. */
function whole(text: string): { readonly text: string; readonly starts: readonly number[] } {
  const starts: number[] = [];
  let out = '';
  for (let i = 0; i < text.length; ) {
    let end = i + ((text.codePointAt(i) ?? 0) > 0xffff ? 2 : 1);
    while (/^[\u0301\u3099ﾞ]$/.test(text.charAt(end)) && !/^[\u0301\u3099ﾞ]/.test(text.charAt(i))) end++;
    const written = text.slice(i, end);
    const normal = written.normalize('NFKC');
    const unit = normal.length < written.length ? normal : written;
    for (let k = 0; k < unit.length; k++) starts.push(i + k);
    out += unit;
    i = end;
  }
  return { text: out, starts: [...starts, text.length] };
}

/** Every place of a word, by trying every place. */
function slowHits(written: string, word: string): readonly number[] {
  const { text, starts } = whole(written);
  const folded = fold(text);
  const places: number[] = [];
  for (let start = folded.indexOf(word); start >= 0; start = folded.indexOf(word, start + 1)) {
    const end = start + word.length;
    const isInside = (isWord(folded.charAt(start)) && isWord(folded.charAt(start - 1))) || (isWord(folded.charAt(end - 1)) && isWord(folded.charAt(end)));
    if (!isInside) places.push(starts[start] ?? 0, starts[end] ?? 0);
  }
  return places;
}

const letters = fc.constantFrom('a', 'B', 'ｂ', 'Ａ', '1', '１', '_', ' ', '\u3000', 'の', 'ア', 'ｱ', '確', '認', '㈱', '😀', '-', 'ー', 'ﾃ', 'ﾞ', 'ﾞ', 'か', 'が', '\u3099', 'デ', 'e', 'é', '\u0301');
const anyText = fc.array(letters, { maxLength: 60 }).map((all) => all.join(''));
const anyWords = fc.array(fc.array(letters, { minLength: 1, maxLength: 4 }).map((all) => all.join('')), { maxLength: 12 });

describe('the search for the words of all rules', () => {
  it('finds every word where trying every place finds it', () => {
    fc.assert(fc.property(anyWords, anyText, (words, text) => {
      const scanner = new WordScanner();
      const ids = words.map((word) => scanner.add(word));
      const hits = scanner.scan(text);
      words.forEach((word, i) => {
        const folded = fold(whole(word.trim()).text);
        assert.equal(ids[i] === -1, folded === '');
        if (folded !== '') assert.deepEqual(hits.get(ids[i] ?? -1) ?? [], slowHits(text, folded));
      });
    }), { numRuns: 2000 });
  });

  it('takes a letter and its mark for one, and gives where they stand', () => {
    const scanner = new WordScanner();
    const [data = -1, garden = -1] = ['データ', 'ガーデン'].map((word) => scanner.add(word));
    assert.deepEqual(scanner.scan('本番ﾃﾞｰﾀを').get(data), [2, 6]);
    assert.deepEqual(scanner.scan('旧カ\u3099ーデンの').get(garden), [1, 6]);
    assert.equal(scanner.has('ｶﾞｰﾃﾞﾝ'), true);
  });

  it('gives the places of several words as one list: leftmost, then longest, without overlaps', () => {
    fc.assert(fc.property(anyWords, anyText, (words, text) => {
      const scanner = new WordScanner();
      const ids = [...new Set(words.map((word) => scanner.add(word)).filter((id) => id >= 0))];
      const hits = scanner.scan(text);
      const all = ids.flatMap((id) => {
        const places = hits.get(id) ?? [];
        return places.flatMap((start, i) => (i % 2 === 0 ? [{ start, end: places[i + 1] ?? 0 }] : []));
      }).sort((a, b) => a.start - b.start || b.end - a.end);
      const expected: { start: number; end: number }[] = [];
      for (const span of all) if (span.start >= (expected.at(-1)?.end ?? 0)) expected.push(span);
      assert.deepEqual(mergeHits(hits, ids), expected);
    }), { numRuns: 1000 });
  });

  it('takes words that are added after a search', () => {
    const scanner = new WordScanner();
    const first = scanner.add('確認');
    assert.deepEqual(scanner.scan('確認する').get(first), [0, 2]);
    const second = scanner.add('する');
    assert.deepEqual(scanner.scan('確認する').get(second), [2, 4]);
  });
});
