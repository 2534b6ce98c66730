import { isAsciiWord, normalise, normaliseWithMap } from './normalise';
import { findDates } from './date';
import type { Span } from './position';

/** A word found in a text: where it stands there, and the word as it was given. */
export interface WordMatch extends Span {
  readonly word: string;
}

export interface WordMatcher {
  /** All matches, leftmost first, the longest at each place, without overlaps. Linear in the text. */
  find(text: string): readonly WordMatch[];
  /** Whether {@link find} would find anything; stops at the first. */
  has(text: string): boolean;
}

interface State {
  readonly next: Map<number, number>;
  fail: number;
  /** Index of the word that ends here, -1 for none. */
  word: number;
  /** Nearest state along the failure links at which a word ends, 0 for none. */
  output: number;
  readonly depth: number;
}

/**
 * Finds many words at once (Aho and Corasick, CACM 18, 1975). Words and text compare after NFKC and in lower case. A
 * word that begins or ends with a Latin letter or digit needs a word boundary there; Japanese words do not.
 */
export function createWordMatcher(words: readonly string[]): WordMatcher {
  const states: State[] = [{ next: new Map(), fail: 0, word: -1, output: 0, depth: 0 }];
  const given: string[] = [];
  for (const word of words) {
    const normal = normalise(word).trim();
    if (normal === '') continue;
    let at = 0;
    for (let i = 0; i < normal.length; i++) {
      const c = normal.charCodeAt(i);
      let next = states[at]?.next.get(c);
      if (next === undefined) {
        next = states.length;
        states.push({ next: new Map(), fail: 0, word: -1, output: 0, depth: i + 1 });
        states[at]?.next.set(c, next);
      }
      at = next;
    }
    const state = states[at];
    if (state !== undefined && state.word < 0) {
      state.word = given.length;
      given.push(word);
    }
  }
  link(states);
  const rootState = states[0];
  const matches = (text: string, onlyOne: boolean): readonly WordMatch[] => {
    if (given.length === 0 || rootState === undefined) return [];
    const { text: normal, map } = normaliseWithMap(text);
    const found: WordMatch[] = [];
    let at = 0;
    let state = rootState;
    for (let i = 0; i < normal.length; i++) {
      const c = normal.charCodeAt(i);
      let next = state.next.get(c);
      while (next === undefined && at !== 0) {
        at = state.fail;
        state = states[at] ?? rootState;
        next = state.next.get(c);
      }
      if (next === undefined) continue;
      at = next;
      state = states[at] ?? rootState;
      for (let o = state.word >= 0 ? at : state.output; o !== 0; ) {
        const ending = states[o];
        if (ending === undefined) break;
        const start = i + 1 - ending.depth;
        if (bounded(normal, start, i + 1)) {
          const match: WordMatch = {
            start: map?.[start] ?? start,
            end: map === undefined ? i + 1 : endIn(map, i + 1, text.length),
            word: given[ending.word] ?? '',
          };
          if (onlyOne) return [match];
          keep(found, match);
        }
        o = ending.output;
      }
    }
    return found;
  };
  return { find: (text) => matches(text, false), has: (text) => matches(text, true).length > 0 };
}

function link(states: readonly State[]): void {
  const queue: number[] = [...(states[0]?.next.values() ?? [])];
  // The queue grows while it is walked: breadth first.
  for (const at of queue) {
    const state = states[at];
    if (state === undefined) continue;
    const failed = states[state.fail];
    state.output = failed !== undefined && failed.word >= 0 ? state.fail : (failed?.output ?? 0);
    for (const [c, child] of state.next) {
      let fail = state.fail;
      while (fail !== 0 && states[fail]?.next.has(c) !== true) fail = states[fail]?.fail ?? 0;
      const target = states[fail]?.next.get(c) ?? 0;
      const childState = states[child];
      if (childState !== undefined) childState.fail = target === child ? 0 : target;
      queue.push(child);
    }
  }
}

/** Where the original ends that belongs to the units before `index`; a unit may be one of several of one character. */
function endIn(map: Uint32Array, index: number, length: number): number {
  const last = map[index - 1] ?? length;
  let next = index;
  while (next < map.length && map[next] === last) next++;
  return map[next] ?? length;
}

function bounded(text: string, start: number, end: number): boolean {
  if (start > 0 && isAsciiWord(text.charCodeAt(start)) && isAsciiWord(text.charCodeAt(start - 1))) return false;
  return !(end < text.length && isAsciiWord(text.charCodeAt(end - 1)) && isAsciiWord(text.charCodeAt(end)));
}

/** Matches come by their end; one that starts no later swallows those it covers, one that overlaps from the right waits. */
function keep(found: WordMatch[], match: WordMatch): void {
  let last = found[found.length - 1];
  while (last !== undefined && match.start <= last.start) {
    found.pop();
    last = found[found.length - 1];
  }
  if (last === undefined || match.start >= last.end) found.push(match);
}

const marks = new Set('*_~`✓✔☑✅✗✘❌☐⬜🟢🟡🔴🟠⚪●○◎◯■□◆◇▲△▼▽★☆・>#:.,、。![]【】「」()\uFE0F-');

/** 1: no mark, 2: a mark, 0: not yet looked at. By UTF-16 unit. */
const knownMarks = new Uint8Array(0x10000);

function isMark(character: string): boolean {
  if (character.length > 1) return isMarkWritten(character);
  const code = character.charCodeAt(0);
  if (knownMarks[code] === 0) knownMarks[code] = isMarkWritten(character) ? 2 : 1;
  return knownMarks[code] === 2;
}

function isMarkWritten(character: string): boolean {
  return marks.has(character) || character.trim() === '' || (character >= '\u2190' && /^[\p{Extended_Pictographic}\u200d]$/u.test(character));
}

/** A cell's words in comparable form without the decoration around them (`✓ **完了**` → `完了`). Marks alone stay: `✅` → `✅`. */
export function bareWord(text: string): string {
  const normal = normalise(text).trim();
  let start = 0;
  while (start < normal.length) {
    const character = String.fromCodePoint(normal.codePointAt(start) ?? 0);
    if (!isMark(character)) break;
    start += character.length;
  }
  if (start >= normal.length) return normal.replace(/\uFE0F/g, '');
  let end = normal.length;
  while (end > start) {
    const low = normal.charCodeAt(end - 1);
    const pair = low >= 0xdc00 && low < 0xe000 && end - start > 1;
    const character = normal.slice(end - (pair ? 2 : 1), end);
    if (!isMark(character)) break;
    end -= character.length;
  }
  return normal.slice(start, end);
}

const longestStatus = 80;

/** A status without what people write after it: a date, a share, a remark in brackets (`完了 2025年5月`, `対応中 60%` → the status). */
export function statusWord(text: string): string {
  let bare = bareWord(text.slice(0, longestStatus));
  const bracket = bare.search(/[(（[]/);
  if (bracket > 0) bare = bareWord(bare.slice(0, bracket));
  const date = findDates(bare)[0];
  if (date !== undefined && date.span.start > 0) bare = bareWord(bare.slice(0, date.span.start));
  return bareWord(bare.replace(/[\s:]*[\d.]+\s*(%|年\s*(\d+\s*月\s*末?)?|月\s*末?)\s*$/u, ''));
}

/** Words of a vocabulary (a set of status, level or other words of a type file), ready to be recognised. */
export interface Vocabulary {
  /** Id of the word a cell means, `undefined` when it is none of them. Tries the whole cell, then its beginning. */
  idOf(text: string): string | undefined;
}

/** The spelling to show of several of one word: the first, in English the first in Latin letters where there is one. */
export function spellingIn(spellings: readonly string[], language: 'ja' | 'en'): string | undefined {
  return (language === 'en' ? spellings.find((spelling) => /^[A-Za-z][A-Za-z '/-]+$/u.test(spelling)) : undefined) ?? spellings[0];
}

/**
 * A vocabulary of `id → spellings`. The id itself is a spelling. A spelling matches the whole cell after marks, a
 * trailing date and a share are removed, or its beginning when a space or bracket follows (`完了 2025年5月`).
 */
export function createVocabulary(spellings: Readonly<Record<string, readonly string[]>>): Vocabulary {
  const ids = new Map<string, string>();
  for (const [id, list] of Object.entries(spellings)) {
    for (const word of [id, ...list]) {
      const key = bareWord(word);
      if (key !== '' && !ids.has(key)) ids.set(key, id);
    }
  }
  return {
    idOf(text) {
      const bare = bareWord(text);
      const exact = ids.get(bare) ?? ids.get(statusWord(text));
      if (exact !== undefined) return exact;
      // `on target: foo`, `完了 田中さん確認`: the words before a gap, longest first.
      const beginning = bare.slice(0, 40);
      for (let end = beginning.length - 1; end > 0; end--) {
        if (!/[\s(:,、。/]/u.test(beginning[end] ?? '')) continue;
        const id = ids.get(bareWord(beginning.slice(0, end)));
        if (id !== undefined) return id;
      }
      return undefined;
    },
  };
}

/**
 * What a cell that says nothing means: `empty` (blank, dash, 未定, TBD: still to be filled in) or `answer` (なし, N/A,
 * 該当なし: an answer where the column is optional, empty where it is mandatory). `undefined`: it says something.
 */
export function nullMark(text: string): 'empty' | 'answer' | undefined {
  if (text.length > 24) return text.trim() === '' ? 'empty' : undefined;
  const normal = normalise(text).replace(/[\s*_`]+/gu, '');
  if (/^[-‐‑–—―ー−－─━~〜～…‥・.。?？]*$/u.test(normal)) return 'empty';
  if (emptyWords.has(normal)) return 'empty';
  return answerWords.has(normal) ? 'answer' : undefined;
}

const emptyWords = new Set(['未', '未定', 'tbd', 'tba', 'tbc', '未記入', '空欄', '未入力', '未設定', '要記入', '(未定)', '未決', 'todo', 'null']);
const answerWords = new Set(['なし', '無し', '無', 'ナシ', '該当なし', '該当無し', '特になし', '特に無し', 'n/a', 'na', 'none', 'notapplicable', '対象外', 'なし。', '特になし。', '該当なし。']);
