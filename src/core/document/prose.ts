import type { OpaqueSpan, ProjectDocument } from './document';
import type { Span } from '../text/position';

/** A sentence of a paragraph or list item; inline code and links in it are part of it. */
export interface Sentence {
  readonly span: Span;
  /** Index into `sections`, -1 before the first. */
  readonly section: number;
  readonly kind: 'paragraph' | 'item';
}

/** A line of prose, a list item, or a body row of a table. */
export interface DocumentLine {
  readonly span: Span;
  readonly section: number;
  readonly kind: 'prose' | 'item' | 'row';
}

/**
 * The text with every character of code, comments, tags and front matter replaced by a space; same length, line ends
 * kept. What searches for words or dates looks at, so that nothing is found in code.
 */
export function maskOpaque(document: Pick<ProjectDocument, 'text' | 'opaque'>): string {
  if (document.opaque.length === 0) return document.text;
  let masked = maskMemory.get(document);
  if (masked === undefined) {
    masked = mask(document);
    maskMemory.set(document, masked);
  }
  return masked;
}

const maskMemory = new WeakMap<object, string>();

function mask(document: Pick<ProjectDocument, 'text' | 'opaque'>): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end } of document.opaque) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    parts.push(document.text.slice(at, from), blanked(document.text, from, end));
    at = end;
  }
  parts.push(document.text.slice(at));
  return parts.join('');
}

/** A part of the masked text, without making the whole of it. */
export function maskPart(document: Pick<ProjectDocument, 'text' | 'opaque'>, start: number, end: number): string {
  const known = maskMemory.get(document);
  if (known !== undefined) return known.slice(start, end);
  const inside = document.opaque.filter((span) => span.start < end && span.end > start);
  if (inside.length === 0) return document.text.slice(start, end);
  const opaque = inside.map((span): OpaqueSpan => ({ kind: span.kind, start: Math.max(span.start, start) - start, end: Math.min(span.end, end) - start }));
  return mask({ text: document.text.slice(start, end), opaque });
}

function blanked(text: string, start: number, end: number): string {
  const parts: string[] = [];
  let at = start;
  for (let i = start; i <= end; i++) {
    const c = i < end ? text.charCodeAt(i) : 10;
    if (c !== 10 && c !== 13) continue;
    if (i > at) parts.push(' '.repeat(i - at));
    if (i < end) parts.push(c === 10 ? '\n' : '\r');
    at = i + 1;
  }
  return parts.join('');
}

/** The sentences of paragraphs and list items, in document order. */
export function sentencesOf(document: ProjectDocument): readonly Sentence[] {
  const { text } = document;
  const found: Sentence[] = [];
  const closed = closedSpans(document);
  const breaks = labelStarts(document);
  const add = (start: number, end: number, section: number, kind: Sentence['kind']): void => {
    let from = start;
    let to = end;
    while (from < to && isSpace(text.charCodeAt(from))) from++;
    while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
    if (to > from) found.push({ span: { start: from, end: to }, section, kind });
  };
  for (const part of proseOf(document)) {
    let start = part.span.start;
    let depth = 0;
    let skip = firstEndingAfter(closed, start);
    for (let at = start; at < part.span.end; ) {
      let next = closed[skip];
      while (next !== undefined && next.end <= at) next = closed[++skip];
      if (next !== undefined && at >= next.start) {
        at = Math.max(at + 1, next.end);
        continue;
      }
      const c = text.charCodeAt(at);
      if (c === 0x300c || c === 0x300e || c === 0xff08 || c === 40) depth++;
      else if (c === 0x300d || c === 0x300f || c === 0xff09 || c === 41) depth = Math.max(0, depth - 1);
      const end = c === 10 || c === 13 ? lineBreak(text, at, part.span.end, breaks) : depth === 0 ? sentenceEnd(text, at, part.span.end) : 0;
      if (end === 0) {
        at++;
        continue;
      }
      add(start, end, part.section, part.kind);
      start = end;
      at = end;
      depth = 0;
    }
    add(start, part.span.end, part.section, part.kind);
  }
  return found;
}

/** Lines of prose, list items and table rows, in document order. */
export function linesOf(document: ProjectDocument): readonly DocumentLine[] {
  const found: DocumentLine[] = [];
  for (const paragraph of document.paragraphs) {
    let start = paragraph.span.start;
    while (start < paragraph.span.end) {
      let end = start;
      while (end < paragraph.span.end && document.text.charCodeAt(end) !== 10 && document.text.charCodeAt(end) !== 13) end++;
      let from = start;
      // Marks of a quote and indentation are no words.
      while (from < end && (isSpace(document.text.charCodeAt(from)) || (paragraph.quote && document.text.charCodeAt(from) === 62))) from++;
      let to = end;
      while (to > from && isSpace(document.text.charCodeAt(to - 1))) to--;
      if (to > from) found.push({ span: { start: from, end: to }, section: paragraph.section, kind: 'prose' });
      start = end + 1;
    }
  }
  for (const item of document.items) {
    if (item.span.end > item.span.start) found.push({ span: item.span, section: item.section, kind: 'item' });
  }
  for (const table of document.tables) {
    for (const row of table.rows) found.push({ span: row.span, section: table.section, kind: 'row' });
  }
  return found.sort((a, b) => a.span.start - b.span.start);
}

interface Prose {
  readonly span: Span;
  readonly section: number;
  readonly kind: Sentence['kind'];
}

function proseOf(document: ProjectDocument): readonly Prose[] {
  const parts: Prose[] = document.paragraphs.map(({ span, section }) => ({ span, section, kind: 'paragraph' }));
  for (const { span, section } of document.items) parts.push({ span, section, kind: 'item' });
  return parts.sort((a, b) => a.span.start - b.span.start);
}

/** Opaque spans and links, in which no sentence ends, merged and in order. */
function closedSpans(document: ProjectDocument): readonly Span[] {
  const spans: Span[] = [...document.opaque, ...document.links.map((link) => link.span)].sort((a, b) => a.start - b.start);
  const merged: Span[] = [];
  for (const span of spans) {
    const last = merged[merged.length - 1];
    if (last !== undefined && span.start < last.end) merged[merged.length - 1] = { start: last.start, end: Math.max(last.end, span.end) };
    else merged.push(span);
  }
  return merged;
}

function firstEndingAfter(spans: readonly Span[], offset: number): number {
  let low = 0;
  let high = spans.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.end ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function labelStarts(document: ProjectDocument): ReadonlySet<number> {
  const starts = new Set<number>();
  for (const field of document.fields) if (field.source === 'label') starts.add(document.lines.lineAt(field.nameSpan.start));
  const offsets = new Set<number>();
  for (const line of starts) offsets.add(document.lines.startOf(line)).add(document.lines.startOf(line + 1));
  return offsets;
}

/** Where the sentence before a line end stops for good: at a hard break, beside a label line, before a point of a list. */
function lineBreak(text: string, at: number, end: number, breaks: ReadonlySet<number>): number {
  const next = text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
  if (next >= end) return 0;
  const hard = text.charCodeAt(at - 1) === 92 || (text.charCodeAt(at - 1) === 32 && text.charCodeAt(at - 2) === 32);
  let first = next;
  while (first < end && isSpace(text.charCodeAt(first))) first++;
  return hard || breaks.has(next) || '・■□◆◇●○※①②③④⑤⑥⑦⑧⑨'.includes(text.charAt(first)) ? next : 0;
}

/** End of the sentence if the character at `at` ends one, else 0. */
function sentenceEnd(text: string, at: number, limit: number): number {
  const c = text.charCodeAt(at);
  const japanese = c === 0x3002 || c === 0xff01 || c === 0xff1f || c === 0xff0e || c === 0xff61;
  if (!japanese && c !== 46 && c !== 33 && c !== 63) return 0;
  let end = at + 1;
  while (end < limit && isCloser(text.charCodeAt(end))) end++;
  if (end >= limit) return limit;
  if (japanese && c !== 0xff0e) return end;
  if (!isSpace(text.charCodeAt(end))) return text.charCodeAt(end) > 0x2fff && c !== 0xff0e && c !== 46 ? end : 0;
  let next = end;
  while (next < limit && isSpace(text.charCodeAt(next))) next++;
  const following = text.charCodeAt(next);
  // `e.g. this` and `No. 5` go on; a capital, a quote or Japanese begins a sentence.
  return (following >= 65 && following <= 90) || following > 0x2fff || following === 34 || following === 91 || following === 42 ? end : 0;
}

function isCloser(c: number): boolean {
  return c === 0x3002 || c === 0xff01 || c === 0xff1f || c === 33 || c === 63 || c === 46 || c === 0x300d || c === 0x300f || c === 0xff09 || c === 41 || c === 34 || c === 39 || c === 42 || c === 95;
}

function isSpace(c: number): boolean {
  return c === 32 || (c >= 9 && c <= 13) || c === 0x3000 || c === 0xa0 || c === 0xfeff || (c >= 0x2000 && c <= 0x200a) || c === 0x2028 || c === 0x2029 || c === 0x202f || c === 0x205f || c === 0x1680;
}
