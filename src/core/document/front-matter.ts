import type { Field, FrontMatter, ReadingProblem } from './document';
import { readYamlFields } from './yaml';

export interface ReadFrontMatter {
  readonly frontMatter: FrontMatter;
  readonly fields: readonly Field[];
  readonly problems: readonly ReadingProblem[];
}

/**
 * Reads the YAML between `---` lines at the top of a Markdown document. Flat `key: value` lines, which nearly all are,
 * are read by hand; anything else goes to the YAML parser.
 */
export function readFrontMatter(text: string): ReadFrontMatter | undefined {
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (!text.startsWith('---', from)) return undefined;
  let lineEnd = endOfLine(text, from);
  if (text.slice(from + 3, lineEnd).trim() !== '') return undefined;
  const bodyStart = startOfNext(text, lineEnd);
  for (let at = bodyStart; at < text.length; at = startOfNext(text, lineEnd)) {
    lineEnd = endOfLine(text, at);
    if (!isFence(text, at, lineEnd)) continue;
    const frontMatter = { span: { start: from, end: startOfNext(text, lineEnd) }, insertAt: at };
    const quick = readFlat(text, bodyStart, at);
    if (quick !== undefined) return { frontMatter, fields: quick, problems: [] };
    const { fields, problems } = readYamlFields(text.slice(bodyStart, at), bodyStart, 'front_matter');
    return { frontMatter, fields, problems };
  }
  return undefined;
}

function isFence(text: string, at: number, end: number): boolean {
  const mark = text.slice(at, at + 3);
  return (mark === '---' || mark === '...') && end - at < 40 && text.slice(at + 3, end).trim() === '';
}

function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  return end;
}

function startOfNext(text: string, lineEnd: number): number {
  return text.charCodeAt(lineEnd) === 13 && text.charCodeAt(lineEnd + 1) === 10 ? lineEnd + 2 : Math.min(lineEnd + 1, text.length);
}

interface Draft {
  readonly name: string;
  readonly nameSpan: { readonly start: number; readonly end: number };
  readonly values: string[];
  start: number;
  end: number;
}

/** The fields of flat YAML, `undefined` when any line needs a real parser. */
function readFlat(text: string, from: number, to: number): Field[] | undefined {
  const drafts: Draft[] = [];
  const names = new Set<string>();
  // A key without value may be followed by a list.
  let listOf: Draft | undefined;
  for (let at = from; at < to; ) {
    const lineEnd = Math.min(endOfLine(text, at), to);
    const next = startOfNext(text, lineEnd);
    const c = text.charCodeAt(at);
    let first = at;
    while (first < lineEnd && text.charCodeAt(first) === 32) first++;
    if (first === lineEnd || text.charCodeAt(first) === 35) {
      at = next;
      continue;
    }
    const item = text.charCodeAt(first) === 45 && text.charCodeAt(first + 1) === 32;
    if (item && listOf !== undefined) {
      const value = readScalar(text, first + 2, lineEnd);
      if (value === undefined || isMapLike(text, first + 2, lineEnd)) return undefined;
      if (listOf.values.length === 0) listOf.start = value.start;
      listOf.values.push(value.value);
      listOf.end = value.end;
      at = next;
      continue;
    }
    if (first !== at || !isKeyStart(c)) return undefined;
    const colon = keyEnd(text, at, lineEnd);
    if (colon < 0) return undefined;
    const name = text.slice(at, colon).trimEnd();
    if (names.has(name)) return undefined;
    names.add(name);
    const draft: Draft = { name, nameSpan: { start: at, end: at + name.length }, values: [], start: 0, end: 0 };
    const value = readScalar(text, colon + 1, lineEnd);
    if (value === undefined) {
      if (!readFlowList(text, colon + 1, lineEnd, draft)) return undefined;
      listOf = undefined;
    } else {
      draft.start = value.start;
      draft.end = value.end;
      if (value.value !== '') draft.values.push(value.value);
      listOf = value.start === value.end ? draft : undefined;
    }
    drafts.push(draft);
    at = next;
  }
  return drafts.map((draft) => ({
    name: draft.name,
    nameSpan: draft.nameSpan,
    value: draft.values.join('、'),
    values: draft.values,
    valueSpan: { start: draft.start, end: draft.end },
    source: 'front_matter',
    section: -1,
  }));
}

function isKeyStart(c: number): boolean {
  return (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || (c >= 0x3041 && c < 0xd800) || (c >= 0xff10 && c < 0xff5b);
}

/** Offset of the colon that ends a plain key; -1 when the key is anything else. */
function keyEnd(text: string, from: number, lineEnd: number): number {
  for (let at = from; at < lineEnd && at - from < 100; at++) {
    const c = text.charCodeAt(at);
    if (c === 58) {
      const after = at + 1 < lineEnd ? text.charCodeAt(at + 1) : 32;
      return after === 32 || after === 9 ? at : -1;
    }
    if (c === 34 || c === 39 || c === 35 || c === 123 || c === 91) return -1;
  }
  return -1;
}

/** `- key: value` is a map, not a word. */
function isMapLike(text: string, from: number, lineEnd: number): boolean {
  const quote = text.charCodeAt(from);
  if (quote === 34 || quote === 39) return false;
  for (let at = from; at < lineEnd; at++) {
    if (text.charCodeAt(at) === 58 && (at + 1 >= lineEnd || text.charCodeAt(at + 1) === 32)) return true;
  }
  return false;
}

interface Scalar {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** A plain or simply quoted one-line value; `undefined` for everything with a meaning of its own in YAML. */
function readScalar(text: string, from: number, lineEnd: number): Scalar | undefined {
  let start = from;
  while (start < lineEnd && (text.charCodeAt(start) === 32 || text.charCodeAt(start) === 9)) start++;
  // Blank: the place to write is one space behind the colon.
  const blank = start >= lineEnd || text.charCodeAt(start) === 35;
  if (blank) {
    const place = Math.min(from + 1, start);
    return { value: '', start: place, end: place };
  }
  const c = text.charCodeAt(start);
  let end = lineEnd;
  while (end > start && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9)) end--;
  if (c === 34 || c === 39) {
    const close = text.indexOf(String.fromCharCode(c), start + 1);
    if (close < 0 || close >= end) return undefined;
    const inner = text.slice(start + 1, close);
    const rest = text.slice(close + 1, end);
    if ((c === 34 && inner.includes('\\')) || (rest !== '' && !/^\s+#/.test(rest))) return undefined;
    return { value: inner, start: start + 1, end: close };
  }
  // Indicators of YAML: flow, anchors, tags, block scalars, and words that mean nothing or a directive.
  if ('[]{}&*!|>%@`,?'.includes(text.charAt(start)) || (c === 45 && (start + 1 >= end || text.charCodeAt(start + 1) === 32))) return undefined;
  for (let at = start; at < end; at++) {
    const d = text.charCodeAt(at);
    if (d === 58 && (at + 1 >= end || text.charCodeAt(at + 1) === 32)) return undefined;
    if (d === 35 && at > start && (text.charCodeAt(at - 1) === 32 || text.charCodeAt(at - 1) === 9)) {
      end = at;
      while (end > start && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 9)) end--;
      break;
    }
  }
  const value = text.slice(start, end);
  return { value: value === '~' || value === 'null' ? '' : value, start, end };
}

/** `[a, b]` of plain words. */
function readFlowList(text: string, from: number, lineEnd: number, draft: Draft): boolean {
  const line = text.slice(from, lineEnd);
  const inner = /^\s*\[([^[\]{}"'#&*!|>%@`:\\]*)\]\s*$/.exec(line)?.[1];
  if (inner === undefined) return false;
  draft.start = text.indexOf('[', from);
  draft.end = text.indexOf(']', from) + 1;
  for (const part of inner.split(',')) {
    const value = part.trim();
    if (value === '' && inner.trim() !== '') return false;
    if (value !== '') draft.values.push(value);
  }
  return true;
}
