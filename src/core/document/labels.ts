import type { Span } from '../text/position';

/**
 * Label lines: how people write metadata and headings without marks for either (`日時：…`, `**日時:** …`, `■ 決定事項`, `【参加者】`).
 * Read conservatively: a name is short and no sentence.
 */
export interface Label {
  readonly name: string;
  readonly nameSpan: Span;
  /** What stands behind the colon, trimmed; where it would stand when nothing does. */
  readonly valueSpan: Span;
  /** False for lines that are only a name set apart (`**決定事項**`, `■ 決定事項`). */
  readonly colon: boolean;
  /** Bold, in 【】, or behind a mark such as ■. */
  readonly setApart: boolean;
  /** The mark before the name, empty for none. */
  readonly mark: string;
}

const longestName = 20;
/** Marks that begin a heading of its own, and those that begin a point of a list. */
const headingMarks = '■□◆◇▼▽';
const pointMarks = '・●○◎〇◯★☆▲△⚫︎➢➤▶►';
/** A name holds none of these: they end a sentence, a clause, or belong to code. */
const notInNames = '。．、，,.!?！？「」『』|`<>=;；"“”*~\\[]{}$^';

/** Reads one line, given without container marks; `undefined` when it is no label line. */
export function readLabel(text: string, start: number, end: number): Label | undefined {
  let at = skipBlank(text, start, end);
  let mark = '';
  if (headingMarks.includes(text.charAt(at)) || pointMarks.includes(text.charAt(at))) {
    mark = text.charAt(at);
    at = skipBlank(text, at + 1, end);
  }
  if (at >= end) return undefined;
  const c = text.charCodeAt(at);
  if (c === 0x3010) return readBracketed(text, at, end, mark);
  if (c === 42 || c === 95) return readBold(text, at, end, mark);
  return readPlain(text, at, end, mark);
}

/** The labels behind the first words of a cover line (`第1.1版 2026年6月30日  作成：佐藤`), none for a line that is a label itself. */
export function labelsBehind(text: string, start: number, end: number): readonly Label[] {
  for (let i = start; i < end; i++) {
    if (!isBlank(text.charCodeAt(i))) continue;
    const gap = i;
    i = skipBlank(text, i, end);
    const next = i < end && (text.charCodeAt(gap) === 0x3000 || i - gap > 1) ? readBeside(text, i, end) : undefined;
    if (next !== undefined) return labelsBeside(text, next);
    i--;
  }
  return [];
}

/** The labels of a line that has several beside each other (`日時：11/10  場所：会議室`): wide blanks stand between them, or a mark that stands alone. Linear. */
export function labelsBeside(text: string, label: Label): readonly Label[] {
  const labels: Label[] = [];
  let current = label;
  const end = label.valueSpan.end;
  // An empty one has the next label where its value would stand.
  let i = Math.min(label.valueSpan.start, Math.max(label.nameSpan.end, backOverBlank(text, label.valueSpan.start)));
  while (i < end) {
    if (!isBlank(text.charCodeAt(i))) {
      i++;
      continue;
    }
    const gap = i;
    i = skipBlank(text, i, end);
    const wide = text.charCodeAt(gap) === 0x3000 || i - gap > 1;
    const divided = !wide && gap > 0 && i < end && divides(text, gap - 1);
    const next = (wide || divided) && i < end ? readBeside(text, i, end, divided && text.charAt(i) === '*') : undefined;
    if (next === undefined) continue;
    const before = divided ? backOverBlank(text, gap - 1) : gap;
    labels.push({ ...current, valueSpan: { start: Math.min(current.valueSpan.start, before), end: before } });
    current = next;
    i = backOverBlank(text, next.valueSpan.start);
  }
  return [...labels, current];
}

/** @param apart it is set apart, so that its name may have blanks */
function readBeside(text: string, at: number, end: number, apart = false): Label | undefined {
  const label = text.charAt(at) === '*' ? readBold(text, at, end, '') : readPlain(text, at, end, '');
  return label?.colon === true && (apart || !/[\s・]/u.test(label.name)) ? label : undefined;
}

/** Whether a mark that people put between labels stands alone here: `**Owner:** Sato · **Phase:** 2`. */
function divides(text: string, at: number): boolean {
  return '·・|｜/／•'.includes(text.charAt(at)) && isBlank(text.charCodeAt(at - 1));
}

function backOverBlank(text: string, from: number): number {
  let at = from;
  while (at > 0 && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9 || c === 0x3000 || c === 0xa0;
}

function skipBlank(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && isBlank(text.charCodeAt(at))) at++;
  return at;
}

function isColon(c: number): boolean {
  return c === 58 || c === 0xff1a;
}

function make(text: string, nameStart: number, nameEnd: number, valueFrom: number, end: number, parts: Pick<Label, 'colon' | 'setApart' | 'mark'>): Label | undefined {
  const from = skipBlank(text, nameStart, nameEnd);
  let to = nameEnd;
  while (to > from && isBlank(text.charCodeAt(to - 1))) to--;
  if (!isName(text, from, to)) return undefined;
  let valueStart = skipBlank(text, valueFrom, end);
  let valueEnd = end;
  while (valueEnd > valueStart && isBlank(text.charCodeAt(valueEnd - 1))) valueEnd--;
  // A backslash at the end is a line break, not a value.
  if (valueEnd > valueStart && text.charCodeAt(valueEnd - 1) === 92) {
    valueEnd--;
    while (valueEnd > valueStart && isBlank(text.charCodeAt(valueEnd - 1))) valueEnd--;
  }
  if (valueStart >= valueEnd) valueStart = valueEnd = Math.min(valueFrom, end);
  return { name: text.slice(from, to), nameSpan: { start: from, end: to }, valueSpan: { start: valueStart, end: valueEnd }, ...parts };
}

function isName(text: string, from: number, to: number): boolean {
  if (to <= from || to - from > longestName) return false;
  let words = 1;
  let letters = false;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (notInNames.includes(text.charAt(i)) || c < 32) return false;
    if (isBlank(c)) words++;
    if ((c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c >= 0x3005) letters = true;
  }
  if (!letters || words > 4 || text.charCodeAt(from) === 45 || text.charCodeAt(from) === 43) return false;
  const name = text.slice(from, to);
  if ((to - from === 1 && name < '\u0100') || asides.has(name.toLowerCase())) return false;
  return isBalanced(name) && !leadsOn(name.slice(-4));
}

/** Words before a colon that announce an aside, not a name. */
const asides = new Set(['例', '例えば', 'たとえば', '注', '注意', '注記', '但し', 'ただし', 'なお', 'また', 'つまり', '以下', '次', 'note', 'example', 'e.g', 'tip', 'warning', 'caution', 'important']);

/** `次のとおりです：`, `設定するには：`, `目標は：` are sentences that lead to a list. */
function leadsOn(tail: string): boolean {
  return /([はにをがでもへてば]|です|ます|ました|ません|ください|である|とおり|通り|たい|する|した|れる|から|ため|より)$/u.test(tail);
}

/** `警告閾値（例：80%）` has its colon inside brackets. */
function isBalanced(name: string): boolean {
  let depth = 0;
  for (const character of name) {
    if (character === '(' || character === '（') depth++;
    else if (character === ')' || character === '）') depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}

const longestSpacedOut = 2;

function readPlain(text: string, at: number, end: number, mark: string): Label | undefined {
  const apart = mark !== '' && headingMarks.includes(mark) ? valueApart(text, at, end) : undefined;
  if (apart !== undefined) return make(text, at, apart.from, apart.to, end, { colon: true, setApart: true, mark });
  const limit = Math.min(end, at + longestName + 2);
  for (let i = at; i < limit; i++) {
    const c = text.charCodeAt(i);
    if (!isColon(c)) {
      // `日  時：` is a name spaced out, `手順書の修正  担当：` is words before a name.
      if (notInNames.includes(text.charAt(i)) || (c === 0x3000 && i - at > longestSpacedOut)) return undefined;
      continue;
    }
    if (i === at || !colonEndsName(text, at, i, end)) return undefined;
    return make(text, at, i, i + 1, end, { colon: true, setApart: mark !== '' && headingMarks.includes(mark), mark });
  }
  if (mark === '' || !headingMarks.includes(mark)) return undefined;
  return make(text, at, end, end, end, { colon: false, setApart: true, mark });
}

const longestNameApart = 8;

/** The wide blank between a short name behind a mark and its value (`■日時  11月17日`); a numbered heading has none. */
function valueApart(text: string, at: number, end: number): { readonly from: number; readonly to: number } | undefined {
  if (/[第0-9０-９①-⑳(（]/u.test(text.charAt(at))) return undefined;
  for (let i = at + 1; i < Math.min(end, at + longestNameApart + 1); i++) {
    if (!isBlank(text.charCodeAt(i))) continue;
    const to = skipBlank(text, i, end);
    if (to < end && isColonAhead(text, to, end)) return undefined;
    return to < end && (text.charCodeAt(i) === 0x3000 || to - i > 1) ? { from: i, to } : undefined;
  }
  return undefined;
}

/** `■日  時：…`: the name goes on behind the blank. */
function isColonAhead(text: string, at: number, end: number): boolean {
  for (let i = at; i < Math.min(end, at + longestSpacedOut + 1); i++) if (isColon(text.charCodeAt(i))) return true;
  return false;
}

/** Not the colon of a time, an address, a ratio or a path. */
function colonEndsName(text: string, start: number, colon: number, end: number): boolean {
  const first = text.charCodeAt(start);
  if ((first >= 48 && first <= 57) || first === 35 || first === 47) return false;
  if (text.charCodeAt(colon) === 0xff1a) return !isDigit(text.charCodeAt(colon - 1)) || !isDigit(text.charCodeAt(colon + 1));
  const after = colon + 1 < end ? text.charCodeAt(colon + 1) : 32;
  if (after === 47 || isColon(after)) return false;
  if (isBlank(after)) return true;
  // `日時:2026-11-24` is written without a space, `std::x` and `10:30` are not labels.
  return text.charCodeAt(colon - 1) > 0x3000;
}

function isDigit(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 0xff10 && c <= 0xff19);
}

/** `【記入：背景】` is a blank of a template, not a heading. */
const toBeFilledIn = /^(?:ここに|要|未)?(?:記入|入力|記載)|書いてください|書き換え/u;

function readBracketed(text: string, at: number, end: number, mark: string): Label | undefined {
  const limit = Math.min(end, at + longestName + 4);
  let close = at + 1;
  while (close < limit && text.charCodeAt(close) !== 0x3011) close++;
  if (close >= limit || toBeFilledIn.test(text.slice(at + 1, close))) return undefined;
  let after = skipBlank(text, close + 1, end);
  const colon = after < end && isColon(text.charCodeAt(after));
  if (colon) after++;
  const label = make(text, at + 1, close, colon ? after : close + 1, end, { colon: true, setApart: true, mark: mark === '' ? '【' : mark });
  if (label === undefined) return undefined;
  return label.valueSpan.start === label.valueSpan.end ? { ...label, colon } : label;
}

/** `**日時: 2026-11-20**`: a line that is bold as a whole. */
function readWholeBold(text: string, open: number, end: number, c: number, width: number, mark: string): Label | undefined {
  const last = backOverBlank(text, end);
  const close = last - width;
  if (close <= open) return undefined;
  for (let i = last - 1; i >= close; i--) if (text.charCodeAt(i) !== c) return undefined;
  // Another run inside: only the name is bold.
  for (let i = open; i < close; i++) if (text.charCodeAt(i) === c) return undefined;
  const label = readPlain(text, open, close, mark);
  return label?.colon === true && label.valueSpan.end > label.valueSpan.start ? label : undefined;
}

function readBold(text: string, at: number, end: number, mark: string): Label | undefined {
  const c = text.charCodeAt(at);
  let open = at;
  while (open < end && text.charCodeAt(open) === c) open++;
  const width = open - at;
  if (width > 3) return undefined;
  const whole = readWholeBold(text, open, end, c, width, mark);
  if (whole !== undefined) return whole;
  const limit = Math.min(end, open + longestName + 4);
  let close = open;
  while (close < limit && text.charCodeAt(close) !== c) close++;
  if (close >= limit || close === open) return undefined;
  let after = close;
  while (after < end && text.charCodeAt(after) === c) after++;
  if (after - close !== width) return undefined;
  let nameEnd = close;
  while (nameEnd > open && isBlank(text.charCodeAt(nameEnd - 1))) nameEnd--;
  const inside = isColon(text.charCodeAt(nameEnd - 1));
  if (inside) return make(text, open, nameEnd - 1, after, end, { colon: true, setApart: true, mark });
  const next = skipBlank(text, after, end);
  if (next < end && isColon(text.charCodeAt(next))) return make(text, open, close, next + 1, end, { colon: true, setApart: true, mark });
  if (next < end || width < 2) return undefined;
  return make(text, open, close, end, end, { colon: false, setApart: true, mark });
}

/** `**開催日** 2026-11-19`: a bold name and its value without a colon, which tells a label only where lines beside it are written so too. */
export function readBoldApart(text: string, start: number, end: number): Label | undefined {
  const at = skipBlank(text, start, end);
  const run = text.slice(at, at + 2);
  if (run !== '**' && run !== '__') return undefined;
  const close = text.indexOf(run, at + 2);
  if (close < 0 || close - at > longestName + 2 || close + 2 >= end || !isBlank(text.charCodeAt(close + 2))) return undefined;
  const label = make(text, at + 2, close, close + 2, end, { colon: true, setApart: true, mark: '' });
  return label === undefined || label.valueSpan.end === label.valueSpan.start ? undefined : label;
}
