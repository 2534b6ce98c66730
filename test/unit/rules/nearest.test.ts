import { deepEqual, equal } from 'node:assert/strict';
import { candidatesOf, nearestOf } from '../../../src/core/rules/nearest';

/** Edit distance where two swapped neighbours are one edit, by the whole table. */
function distance(a: string, b: string): number {
  const table: number[][] = [];
  const at = (i: number, j: number): number => table[i]?.[j] ?? 0;
  for (let i = 0; i <= a.length; i++) {
    const row: number[] = (table[i] = []);
    for (let j = 0; j <= b.length; j++) {
      if (i === 0 || j === 0) {
        row.push(i + j);
        continue;
      }
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, at(i - 2, j - 2) + 1);
      row.push(least);
    }
  }
  return at(a.length, b.length);
}

/** The same answer by trying every word. */
function slowNearest(text: string, words: readonly string[]): string | undefined {
  let least = Math.max(1, Math.floor(text.length / 3)) + 1;
  let best: string | undefined;
  for (const word of words) {
    if (Math.abs(word.length - text.length) >= least) {
      if (best === undefined && text.length > 1 && word.length > 1 && (word.startsWith(text) || text.startsWith(word))) best = word;
      continue;
    }
    const edits = distance(text, word);
    if (edits >= least || edits >= Math.max(text.length, word.length)) continue;
    least = edits;
    best = word;
  }
  return best;
}

/** A generator of the same numbers every time (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

describe('the nearest word', () => {
  it('is that of trying every word, from one letter up to the longest that are compared', () => {
    const number = numbers(7);
    const letters = 'abcde確認項目';
    const word = (length: number): string => Array.from({ length }, () => letters.charAt(number(letters.length))).join('');
    const changed = (text: string): string => {
      let now = text;
      for (let edits = number(6); edits > 0; edits--) {
        const at = number(now.length + 1);
        const kind = number(4);
        if (kind === 0) now = now.slice(0, at) + word(1) + now.slice(at);
        else if (kind === 1) now = now.slice(0, at) + now.slice(at + 1);
        else if (kind === 2) now = now.slice(0, at) + word(1) + now.slice(at + 1);
        else now = now.slice(0, at) + now.charAt(at + 1) + now.charAt(at) + now.slice(at + 2);
      }
      return now.slice(0, 40);
    };
    let found = 0;
    for (let round = 0; round < 3000; round++) {
      const text = word(1 + number(40));
      const words = [...new Set(Array.from({ length: 6 }, () => (number(3) === 0 ? word(1 + number(40)) : changed(text))))].filter((each) => each !== '');
      const expected = slowNearest(text, words);
      equal(nearestOf(text, words), expected, `${text} among ${words.join(' ')}`);
      if (expected !== undefined) found++;
    }
    equal(found > 1000, true);
  });

  it('compares a longer word by its beginning, and can be asked again with the same words', () => {
    const long = 'x'.repeat(60);
    const words = candidatesOf(['未着手', '対応中', `${long}1`]);
    deepEqual(['対応', '対王中', `${long}2`, 'zzz'].map((text) => nearestOf(text, words)), ['対応中', '対応中', `${long}1`, undefined]);
  });
});
