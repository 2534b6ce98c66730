import { digitValue, isAsciiWord, normaliseWithMap } from './normalise';
import type { Span } from './position';

/** A number as written, with what stands around it. */
export interface FoundNumber {
  /** With sign, currency and unit. */
  readonly span: Span;
  /** In ones: 1.2万 = 12000; 35% = 35. */
  readonly value: number;
  /** What stands directly behind, in comparable form: `%`, `円`, `人日`, `ms`; empty when nothing does. */
  readonly unit: string;
  readonly kind: 'number' | 'percent' | 'money' | 'quantity';
}

const scales: Readonly<Record<string, number>> = { 千: 1e3, 万: 1e4, 億: 1e8, 兆: 1e12 };
const currencySigns = '¥$€£';
const moneyUnits = new Set(['円', 'ドル', 'ユーロ', 'yen', 'jpy', 'usd', 'eur']);
const unitsByLength: readonly string[] = [
  'パーセント', 'ポイント', '営業日', 'ユーロ', '人日', '人月', '時間', '週間', 'か月', 'ヶ月', 'カ月', '箇所', 'か所', 'ヶ所', '日間', '年間', '分間',
  'ドル', 'yen', 'jpy', 'usd', 'eur', 'rps', 'tps', 'qps', 'fps', 'mbps', 'gbps', 'ms', 'kb', 'mb', 'gb', 'tb', 'kg', 'km', 'cm', 'mm', 'px', 'pt', 'hours', 'hour', 'days', 'day',
  'weeks', 'week', 'months', 'month', 'minutes', 'min', 'seconds', 'sec', 'users', 'people', 'times', 'hz', 'vcpu',
  '%', '円', '件', '名', '人', '個', '社', '回', '台', '枚', '本', '点', '秒', '分', '日', '週', '月', '年', '割', '倍', '字', '行', '頁', '階', '店', '票', '式', '%', 's', 'h', 'd', 'm',
].sort((a, b) => b.length - a.length);

/**
 * The numbers of a text, in order, after NFKC: signs, grouped thousands, decimals, 千万億兆, %, money and units. Parts of
 * words, ids, versions, dates with dashes and times are not numbers here. Linear.
 */
export function findNumbers(text: string): readonly FoundNumber[] {
  const { text: normal, map } = normaliseWithMap(text);
  const found: FoundNumber[] = [];
  for (let i = 0; i < normal.length; ) {
    if (digitValue(normal.charCodeAt(i)) < 0) {
      i++;
      continue;
    }
    const read = readNumberAt(normal, i);
    if (read.number !== undefined) {
      const { start, end } = read.number.span;
      const mapped = map === undefined ? { start, end } : { start: map[start] ?? start, end: map[end] ?? text.length };
      found.push({ ...read.number, span: mapped });
    }
    i = read.next;
  }
  return found;
}

/** Reads a cell that is one number and nothing else; accounting minus `△` `▲` and brackets mean negative. */
export function parseNumber(text: string): FoundNumber | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed.length > 60) return undefined;
  const offset = text.indexOf(trimmed);
  const bare = trimmed.replace(/^[\s*_]+|[\s*_]+$/gu, '');
  const negative = /^[△▲]/u.test(bare) || /^[(（][^()（）]*[\d０-９][^()（）]*[)）]$/u.test(bare);
  const numbers = findNumbers(trimmed);
  const number = numbers[0];
  if (number === undefined || numbers.length > 1) return undefined;
  const around = trimmed.slice(0, number.span.start) + trimmed.slice(number.span.end);
  if (!/^[\s△▲()（）*_約]*(税込|税抜|税別)?[\s()（）*_]*$/u.test(around)) return undefined;
  return {
    ...number,
    value: negative ? -number.value : number.value,
    span: { start: offset + number.span.start, end: offset + number.span.end },
  };
}

/** Scales nest no deeper than 兆, 億, 万. */
const deepestScale = 3;

function readNumberAt(text: string, at: number, depth = 0): { number: FoundNumber | undefined; next: number } {
  let i = at;
  let digits = '';
  let decimal = false;
  for (; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c >= 48 && c <= 57) digits += text.charAt(i);
    else if (c === 44 && !decimal && isGroup(text, i)) continue;
    else if (c === 46 && !decimal && digitAt(text, i + 1)) {
      decimal = true;
      digits += '.';
    } else break;
  }
  const before = at > 0 ? text.charCodeAt(at - 1) : 32;
  const after = text.charCodeAt(i);
  const partOfMore =
    isAsciiWord(before) ||
    before === 46 ||
    (before === 45 && at > 1 && isAsciiWord(text.charCodeAt(at - 2))) ||
    ((after === 46 || after === 45 || after === 47 || after === 58) && digitAt(text, i + 1));
  if (partOfMore) {
    // Versions, dates, times, addresses: skip the whole of it.
    while (i < text.length && (isAsciiWord(text.charCodeAt(i)) || (/[.\-/:]/u.test(text.charAt(i)) && digitAt(text, i + 1)))) i++;
    return { number: undefined, next: i };
  }
  let value = Number(digits);
  const scale = scales[text.charAt(i)];
  if (scale !== undefined) {
    value *= scale;
    i++;
    // 1億2,000万
    const more = depth < deepestScale && digitAt(text, i) ? readNumberAt(text.slice(i, i + 24), 0, depth + 1) : undefined;
    if (more?.number !== undefined && more.number.value < scale) {
      value += more.number.value;
      i += numberEnd(text.slice(i, i + 24));
    }
    if (text.charAt(i) === '万' || text.charAt(i) === '億') {
      value *= scales[text.charAt(i)] ?? 1;
      i++;
    }
  }
  let start = at;
  const signed = at > 0 && (before === 45 || before === 0x2212 || before === 43) && !isAsciiWord(text.charCodeAt(at - 2));
  if (signed) {
    start--;
    if (before !== 43) value = -value;
  }
  const currency = start > 0 && currencySigns.includes(text.charAt(start - 1));
  if (currency) start--;
  const gap = text.charAt(i) === ' ' ? i + 1 : i;
  const unit = unitsByLength.find((u) => text.startsWith(u, gap) && !(isAsciiWord(u.charCodeAt(u.length - 1)) && isAsciiWord(text.charCodeAt(gap + u.length)))) ?? '';
  if (unit === '' && isAsciiWord(text.charCodeAt(i))) {
    while (i < text.length && isAsciiWord(text.charCodeAt(i))) i++;
    return { number: undefined, next: i };
  }
  const end = unit === '' ? i : gap + unit.length;
  const kind = unit === '%' || unit === 'パーセント' ? 'percent' : currency || moneyUnits.has(unit) ? 'money' : unit === '' ? 'number' : 'quantity';
  return { number: { span: { start, end }, value, unit, kind }, next: Math.max(end, at + 1) };
}

/** Where the bare number with its scale ends, without unit. */
function numberEnd(text: string): number {
  return /^[\d,.]+[千万億]*/u.exec(text)?.[0].length ?? 0;
}

function digitAt(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c >= 48 && c <= 57;
}

/** A comma that groups thousands: exactly three digits follow. */
function isGroup(text: string, comma: number): boolean {
  return digitAt(text, comma + 1) && digitAt(text, comma + 2) && digitAt(text, comma + 3) && !digitAt(text, comma + 4);
}
