import { digitValue } from './normalise';
import { parseNumber } from './number';

const scales: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 億: 1e8, 兆: 1e12 };
const figures = /[0-9０-９][0-9０-９,，.．]*(?:[千万億兆][0-9０-９,，.．千万億兆]*)?/u;
const signs = /[△▲+＋\-－−]\s*/u;

/**
 * A number (in ones) written the way another was: its scale (`1,600千円` → `1,500千円`), grouped thousands, minus (`△`, `(…)`), currency and
 * unit. What does not go into the scale evenly is written out.
 */
export function writeLike(written: string, number: number): string {
  const match = figures.exec(written);
  const rounded = Math.round(number * 1000) / 1000;
  if (match === null) return String(rounded);
  const before = written.slice(0, match.index);
  const after = written.slice(match.index + match[0].length);
  const text = inScale(match[0].normalize('NFKC'), Math.abs(rounded));
  const sign = signs.exec(before);
  const wasNegative = (parseNumber(written)?.value ?? 0) < 0;
  if ((rounded < 0) === wasNegative && !/^[+＋]/u.test(sign?.[0] ?? '')) return before + text + after;
  if (sign !== null) {
    const plus = !wasNegative && rounded > 0 ? sign[0] : '';
    return before.slice(0, sign.index) + (rounded < 0 ? '-' : plus) + before.slice(sign.index + sign[0].length) + text + after;
  }
  if (rounded < 0) return `${before}-${text}${after}`;
  // Brackets alone said that it was negative.
  return before.replace(/[(（]/u, '') + text + after.replace(/[)）](?=[^)）]*$)/u, '');
}

function inScale(written: string, number: number): string {
  const group = /\d,\d{3}/u.test(written);
  const plain = (value: number): string => (group ? value.toLocaleString('en-US', { maximumFractionDigits: 3 }) : String(Math.round(value * 1000) / 1000));
  let at = 0;
  while (at < written.length && (digitValue(written.charCodeAt(at)) >= 0 || /[,.]/u.test(written.charAt(at)))) at++;
  const scale = written.slice(at);
  if (scale === '') return plain(number);
  if (/\d/u.test(scale)) return inSteps(number, plain) ?? plain(number);
  const factor = Array.from(scale).reduce((product, letter) => product * (scales[letter] ?? 1), 1);
  const shown = number / factor;
  return Math.abs(shown * 1000 - Math.round(shown * 1000)) < 1e-6 ? plain(shown) + scale : plain(number);
}

/** `1億2,500万`, `undefined` for what has decimals. */
function inSteps(number: number, plain: (value: number) => string): string | undefined {
  if (!Number.isInteger(number) || number === 0) return undefined;
  let rest = number;
  let text = '';
  for (const letter of ['兆', '億', '万']) {
    const factor = scales[letter] ?? 1;
    if (rest >= factor) text += plain(Math.floor(rest / factor)) + letter;
    rest %= factor;
  }
  return rest === 0 ? text : text + plain(rest);
}
