import { matches, type Recogniser } from './recogniser';

const digit = '[0-9０-９]';
const amount = `${digit}[0-9０-９,，]{0,30}(?:[.．]${digit}{1,12})?`;
const kanji = '[一二三四五六七八九十百千万億兆〇]{1,12}';
const units =
  '[%％‰]|パーセント|ポイント|pt|件|人(?:月|日)?|名|個|回|倍|点|円|ドル|千円|万円|億円|日(?:間|以内)?|営業日|週(?:間)?|か月|ヶ月|カ月|ヵ月|月|年(?:間)?|時間|分|秒|ミリ秒|ms|s\\b|[kmgt]b\\b|[kmgt]?bps|行|社|店舗?|台|本|枚|ページ|割|段階|級|世代|rps|qps|req|users?\\b|days?\\b|hours?\\b|minutes?\\b|seconds?\\b|times?\\b|people\\b';

const anyNumber = new RegExp(amount, 'g');
const percents = new RegExp(`${amount}\\s?(?:[%％]|パーセント)`, 'g');
const quantities = new RegExp(`(?:${amount}|${kanji})\\s?(?:${units})`, 'gi');
const sums = new RegExp(
  `[¥￥$＄€]\\s?${amount}(?:\\s?[千万億]円?)?|(?:${amount})\\s?(?:[十百千万億兆]{0,3}円|ドル|ユーロ|JPY|USD|EUR)`,
  'gi',
);
const fullWidth = /[０-９]+(?:[．，][０-９]+)*/g;

/** A number in digits, half or full width. */
export const number: Recogniser = (text) => matches(text, anyNumber);
export const percent: Recogniser = (text) => matches(text, percents);
/** A number with a unit: `20%`, `3件`, `5営業日`, `三か月`. */
export const quantity: Recogniser = (text) => matches(text, quantities, (match, start) => {
  // 2026年, 3月 and 12月5日 are dates, not quantities; 3か月 and 2年間 are.
  if (/^[0-9０-９]{1,4}\s?[年月]$/u.test(match[0])) return undefined;
  if (/[0-9０-９]\s?日$/u.test(match[0]) && text.charAt(start - 1) === '月') return undefined;
  return { start, end: start + match[0].length };
});
export const money: Recogniser = (text) => matches(text, sums);

/** Digits in full width, with their half-width form. */
export const fullWidthDigit: Recogniser = (text) =>
  matches(text, fullWidth, (match, start) => ({ start, end: start + match[0].length, better: match[0].normalize('NFKC') }));
