import type { LineIndex } from '../text/position';
import { htmlStart, type HtmlStart } from './html';
import { countCells, isDelimiterRow } from './table';

/**
 * The block structure of Markdown in one pass over the lines: CommonMark 0.31 containers and leaves with the GFM table.
 * The cost of a line is its length and the containers open at it, which are capped.
 */
type BlockKind = 'heading' | 'paragraph' | 'item' | 'fence' | 'indented' | 'html' | 'comment' | 'table' | 'rule';

export interface Block {
  readonly kind: BlockKind;
  /** Headings begin with their line, all others with their first mark or word. */
  readonly start: number;
  end: number;
  /** Of headings. */
  readonly level: number;
  /** Of headings and items: where the words begin and end. */
  contentStart: number;
  contentEnd: number;
  /** Paragraphs and tables: start and end of every line, without container marks and line ends. */
  readonly lines: number[];
  /** Index of the item whose own block this is, -1 for none. */
  readonly item: number;
  readonly quote: boolean;
  /** Of items: enclosing items. */
  readonly depth: number;
  readonly ordered: boolean;
}

/** `[label]: target` definitions by normalised label; the first of a label counts. */
export type Definitions = ReadonlyMap<string, { readonly start: number; readonly end: number }>;

export interface Blocks {
  /** By start. */
  readonly blocks: readonly Block[];
  readonly definitions: Definitions;
}

interface Container {
  readonly quote: boolean;
  /** Columns an item's lines are indented by. */
  readonly indent: number;
  /** Index of the item's block. */
  readonly item: number;
  /** The item has nothing but its marker so far. */
  bare: boolean;
}

/** Deeper containers are read as text of the innermost: no one writes them, and every line would pay for them. */
const mostContainers = 64;

const noLines: number[] = [];

export function scanBlocks(text: string, lines: LineIndex, from: number): Blocks {
  const scanner = new BlockScanner(text, lines);
  scanner.run(from);
  return { blocks: scanner.blocks, definitions: scanner.definitions };
}

/** A reference label in the form in which labels compare. */
export function normaliseLabel(label: string): string {
  return label.trim().replace(/\s+/gu, ' ').toLowerCase();
}

class BlockScanner {
  readonly blocks: Block[] = [];
  readonly definitions = new Map<string, { start: number; end: number }>();
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #stack: Container[] = [];
  /** Quotes among them. */
  #quotes = 0;
  /** Cursor within the line: offset, visual column, columns left of a tab that was used in part. */
  #at = 0;
  #column = 0;
  #carry = 0;
  #lineStart = 0;
  #lineEnd = 0;
  /** Set by #measure: the first character that is no space, and the columns before it. */
  #next = 0;
  #nextColumn = 0;
  #indent = 0;
  /** Start of the line #next belongs to. */
  #measuredFor = -1;
  /** The open leaf: its kind and, except for paragraphs, its block. */
  #leaf: 'none' | 'paragraph' | 'table' | 'fence' | 'indented' | 'html' = 'none';
  #block: Block | undefined;
  #paragraph: number[] = [];
  #fenceMark = 0;
  #fenceLength = 0;
  #html: HtmlStart | undefined;
  /** End of the last line of indented code that was not blank. */
  #codeEnd = 0;

  constructor(text: string, lines: LineIndex) {
    this.#text = text;
    this.#lines = lines;
  }

  run(from: number): void {
    const text = this.#text;
    const count = this.#lines.count;
    for (let line = this.#lines.lineAt(from); line < count; line++) {
      const start = Math.max(from, this.#lines.startOf(line));
      const next = this.#lines.startOf(line + 1);
      let end = next;
      if (end > start && text.charCodeAt(end - 1) === 10) end--;
      if (end > start && text.charCodeAt(end - 1) === 13) end--;
      if (start === next && line === count - 1) break;
      this.#line(start, end);
    }
    this.#closeLeaf();
  }

  #line(start: number, end: number): void {
    this.#lineStart = start;
    this.#lineEnd = end;
    this.#at = start;
    this.#column = 0;
    this.#carry = 0;
    const matched = this.#matchContainers();
    const all = matched === this.#stack.length;
    if (all && this.#continueLeaf()) return;
    this.#measure();
    const opened = this.#openBlocks(matched);
    if (opened === 'done') return;
    this.#addText(opened === 'containers', matched);
  }

  #measure(): void {
    // Consuming white space leaves its end where it is: long indentation is walked once, not once for every container.
    if (this.#measuredFor !== this.#lineStart || this.#next < this.#at) {
      const text = this.#text;
      let at = this.#at;
      let column = this.#column;
      for (; at < this.#lineEnd; at++) {
        const c = text.charCodeAt(at);
        if (c === 32) column++;
        else if (c === 9) column += 4 - (column & 3);
        else break;
      }
      this.#next = at;
      this.#nextColumn = column;
      this.#measuredFor = this.#lineStart;
    }
    this.#indent = this.#carry + this.#nextColumn - this.#column;
  }

  /** Moves the cursor over `columns` of white space, or less when there is less. */
  #consume(columns: number): void {
    let left = columns;
    if (this.#carry >= left) {
      this.#carry -= left;
      return;
    }
    left -= this.#carry;
    this.#carry = 0;
    while (left > 0 && this.#at < this.#lineEnd) {
      const c = this.#text.charCodeAt(this.#at);
      if (c === 32) {
        this.#at++;
        this.#column++;
        left--;
      } else if (c === 9) {
        const width = 4 - (this.#column & 3);
        this.#at++;
        this.#column += width;
        if (width > left) this.#carry = width - left;
        left -= Math.min(left, width);
      } else return;
    }
  }

  /** Moves the cursor to an offset of the line that lies behind white space and marks. */
  #moveTo(offset: number): void {
    for (; this.#at < offset; this.#at++) {
      if (this.#text.charCodeAt(this.#at) === 9) this.#column += 4 - (this.#column & 3);
      else this.#column++;
    }
    this.#carry = 0;
  }

  #matchContainers(): number {
    let matched = 0;
    for (const container of this.#stack) {
      this.#measure();
      const blank = this.#next >= this.#lineEnd;
      if (container.quote) {
        if (blank || this.#indent > 3 || this.#text.charCodeAt(this.#next) !== 62) break;
        this.#moveTo(this.#next + 1);
        this.#consume(1);
      } else if (blank) {
        if (container.bare) break;
      } else if (this.#indent >= container.indent) this.#consume(container.indent);
      else break;
      matched++;
    }
    return matched;
  }

  /** Fences, HTML and comments take the line as it is. True when the line is used up. */
  #continueLeaf(): boolean {
    const block = this.#block;
    if (block === undefined) return false;
    if (this.#leaf === 'fence') {
      this.#measure();
      block.end = this.#lineEnd;
      if (this.#indent <= 3 && this.#closesFence()) this.#endLeaf();
      return true;
    }
    if (this.#leaf === 'html' && this.#html !== undefined) {
      this.#measure();
      if (this.#html.terminators.length === 0) {
        if (this.#next >= this.#lineEnd) {
          this.#endLeaf();
          return false;
        }
        block.end = this.#lineEnd;
        block.lines.push(this.#next, this.#lineEnd);
        return true;
      }
      block.end = this.#lineEnd;
      block.lines.push(this.#next, this.#lineEnd);
      if (this.#endsHtml(this.#html, this.#at)) this.#endLeaf();
      return true;
    }
    if (this.#leaf === 'indented') {
      this.#measure();
      if (this.#next >= this.#lineEnd) return true;
      if (this.#indent >= 4) {
        this.#codeEnd = this.#lineEnd;
        return true;
      }
      this.#endLeaf();
    }
    return false;
  }

  #closesFence(): boolean {
    const text = this.#text;
    let at = this.#next;
    while (at < this.#lineEnd && text.charCodeAt(at) === this.#fenceMark) at++;
    if (at - this.#next < this.#fenceLength) return false;
    return this.#isBlankFrom(at);
  }

  #isBlankFrom(at: number): boolean {
    for (let i = at; i < this.#lineEnd; i++) {
      const c = this.#text.charCodeAt(i);
      if (c !== 32 && c !== 9) return false;
    }
    return true;
  }

  #endsHtml(html: HtmlStart, from: number): boolean {
    const line = this.#text.slice(from, this.#lineEnd);
    const compared = html.kind === 'raw' ? line.toLowerCase() : line;
    return html.terminators.some((terminator) => compared.includes(terminator));
  }

  /**
   * Opens what begins on this line, containers first. `done`: the line is used up. `containers`: something was opened
   * and text follows. `none`: nothing begins here.
   */
  #openBlocks(matched: number): 'done' | 'containers' | 'none' {
    let result: 'containers' | 'none' = 'none';
    for (;;) {
      this.#measure();
      if (this.#next >= this.#lineEnd) return result;
      const inPlace = result === 'containers' || matched === this.#stack.length;
      const inParagraph = inPlace && this.#leaf === 'paragraph';
      if (this.#indent >= 4) {
        if (this.#leaf === 'paragraph') return result;
        this.#settle(matched, result);
        this.#begin('indented', this.#next);
        this.#codeEnd = this.#lineEnd;
        return 'done';
      }
      const c = this.#text.charCodeAt(this.#next);
      if (c > 62 && c !== 95 && c !== 96 && c !== 126) return result;
      if (c === 62) {
        if (this.#stack.length >= mostContainers && inPlace) return result;
        this.#settle(matched, result);
        result = 'containers';
        this.#quotes++;
        this.#stack.push({ quote: true, indent: 0, item: -1, bare: false });
        this.#moveTo(this.#next + 1);
        this.#consume(1);
        matched = this.#stack.length;
        continue;
      }
      if (this.#openLeaf(c, matched, result, inParagraph)) return 'done';
      if (!this.#openItem(c, matched, result, inParagraph)) return result;
      result = 'containers';
      matched = this.#stack.length;
    }
  }

  #openLeaf(c: number, matched: number, result: 'containers' | 'none', inParagraph: boolean): boolean {
    if (c === 35) return this.#openHeading(matched, result);
    if (c === 96 || c === 126) return this.#openFence(c, matched, result);
    if (c === 60) return this.#openHtml(matched, result, inParagraph);
    if ((c === 45 || c === 61) && inParagraph && this.#closeAsHeading(c)) return true;
    if ((c === 45 || c === 42 || c === 95) && this.#isRule(c)) {
      this.#settle(matched, result);
      this.#push('rule', this.#next, this.#lineEnd, noLines);
      return true;
    }
    return false;
  }

  #openHeading(matched: number, result: 'containers' | 'none'): boolean {
    const text = this.#text;
    let at = this.#next;
    while (at < this.#lineEnd && text.charCodeAt(at) === 35) at++;
    const level = at - this.#next;
    const after = text.charCodeAt(at);
    if (level > 6 || (at < this.#lineEnd && after !== 32 && after !== 9)) return false;
    this.#settle(matched, result);
    let start = at;
    while (start < this.#lineEnd && isBlank(text.charCodeAt(start))) start++;
    let end = this.#lineEnd;
    while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
    let marks = end;
    while (marks > start && text.charCodeAt(marks - 1) === 35) marks--;
    if (marks === start || (marks < end && isBlank(text.charCodeAt(marks - 1)))) {
      end = marks;
      while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
    }
    const block = this.#push('heading', this.#lineStart, this.#lineEnd, noLines, level);
    block.contentStart = Math.min(start, this.#lineEnd);
    block.contentEnd = Math.max(end, block.contentStart);
    return true;
  }

  /** A paragraph underlined with `=` or `-` is a heading. */
  #closeAsHeading(c: number): boolean {
    let at = this.#next;
    while (at < this.#lineEnd && this.#text.charCodeAt(at) === c) at++;
    if (!this.#isBlankFrom(at)) return false;
    const lines = this.#takeDefinitions(this.#paragraph);
    if (lines.length === 0) return false;
    this.#leaf = 'none';
    this.#paragraph = [];
    const first = lines[0] ?? 0;
    const last = lines[lines.length - 1] ?? first;
    const block = this.#push('heading', this.#lines.startOf(this.#lines.lineAt(first)), this.#lineEnd, noLines, c === 61 ? 1 : 2);
    block.contentStart = first;
    block.contentEnd = trimEnd(this.#text, first, last);
    return true;
  }

  #openFence(c: number, matched: number, result: 'containers' | 'none'): boolean {
    const text = this.#text;
    let at = this.#next;
    while (at < this.#lineEnd && text.charCodeAt(at) === c) at++;
    const length = at - this.#next;
    if (length < 3) return false;
    if (c === 96) for (let i = at; i < this.#lineEnd; i++) if (text.charCodeAt(i) === 96) return false;
    this.#settle(matched, result);
    this.#begin('fence', this.#next);
    this.#fenceMark = c;
    this.#fenceLength = length;
    return true;
  }

  #openHtml(matched: number, result: 'containers' | 'none', inParagraph: boolean): boolean {
    // A line that may continue a paragraph lazily does not end it with an inline tag either.
    const html = htmlStart(this.#text, this.#next, this.#lineEnd, inParagraph || this.#leaf === 'paragraph');
    if (html === undefined) return false;
    this.#settle(matched, result);
    const kind = html.kind === 'comment' ? 'comment' : html.kind === 'raw' ? 'fence' : 'html';
    const block = this.#push(kind, this.#next, this.#lineEnd, [this.#next, this.#lineEnd]);
    this.#leaf = 'html';
    this.#block = block;
    this.#html = html;
    if (html.terminators.length > 0 && this.#endsHtml(html, this.#next + (html.kind === 'comment' ? 2 : 0))) this.#endLeaf();
    return true;
  }

  #isRule(c: number): boolean {
    let count = 0;
    for (let i = this.#next; i < this.#lineEnd; i++) {
      const d = this.#text.charCodeAt(i);
      if (d === c) count++;
      else if (!isBlank(d)) return false;
    }
    return count >= 3;
  }

  #openItem(c: number, matched: number, result: 'containers' | 'none', inParagraph: boolean): boolean {
    const text = this.#text;
    let at = this.#next;
    const bullet = c === 45 || c === 42 || c === 43;
    if (bullet) at++;
    else {
      while (at < this.#lineEnd && at - this.#next < 10 && isDigit(text.charCodeAt(at))) at++;
      const digits = at - this.#next;
      const mark = text.charCodeAt(at);
      if (digits === 0 || digits > 9 || at >= this.#lineEnd || (mark !== 46 && mark !== 41)) return false;
      if (inParagraph && Number(text.slice(this.#next, at)) !== 1) return false;
      at++;
    }
    if (at < this.#lineEnd && !isBlank(text.charCodeAt(at))) return false;
    const blank = this.#isBlankFrom(at);
    if (inParagraph && blank) return false;
    if (this.#stack.length >= mostContainers && (result === 'containers' || matched === this.#stack.length)) return false;
    const marker = this.#next;
    const markerIndent = this.#indent;
    this.#settle(matched, result);
    this.#moveTo(at);
    this.#measure();
    const width = at - marker;
    const gap = this.#indent;
    const indent = markerIndent + width + (blank || gap > 4 ? 1 : gap);
    const depth = this.#stack.length - this.#quotes;
    const block = this.#push('item', marker, this.#lineEnd, noLines, 0, depth, !bullet);
    this.#consume(blank || gap > 4 ? 1 : gap);
    const words = blank ? Math.min(at + 1, this.#lineEnd) : this.#next;
    block.contentStart = words;
    block.contentEnd = words;
    block.end = words;
    this.#stack.push({ quote: false, indent, item: this.blocks.length - 1, bare: blank });
    return true;
  }

  /** Text that begins no block: it continues the paragraph or table, or begins a paragraph. */
  #addText(opened: boolean, matched: number): void {
    this.#measure();
    const blank = this.#next >= this.#lineEnd;
    const all = opened || matched === this.#stack.length;
    if (blank) {
      if (!all) {
        this.#closeLeaf();
        this.#cutTo(matched);
      } else if (this.#leaf === 'paragraph' || this.#leaf === 'table') this.#closeLeaf();
      return;
    }
    if (this.#leaf === 'paragraph') {
      // A line that misses its container marks continues the paragraph all the same (lazy continuation).
      if (all && this.#startTable()) return;
      this.#paragraph.push(this.#next, this.#lineEnd);
      return;
    }
    if (!all) {
      this.#closeLeaf();
      this.#cutTo(matched);
    } else if (this.#leaf === 'table' && this.#block !== undefined) {
      this.#block.lines.push(this.#next, this.#lineEnd);
      this.#block.end = this.#lineEnd;
      return;
    }
    this.#leaf = 'paragraph';
    this.#paragraph = [this.#next, this.#lineEnd];
    this.#fill();
  }

  /** A delimiter row below a row with as many cells makes the two a table; lines before them stay a paragraph. */
  #startTable(): boolean {
    const c = this.#text.charCodeAt(this.#next);
    if (c !== 124 && c !== 45 && c !== 58) return false;
    const lines = this.#paragraph;
    const headStart = lines[lines.length - 2] ?? 0;
    const headEnd = lines[lines.length - 1] ?? 0;
    const columns = isDelimiterRow(this.#text, this.#next, this.#lineEnd);
    if (columns === 0 || countCells(this.#text, headStart, headEnd) !== columns) return false;
    lines.length -= 2;
    if (lines.length > 0) this.#closeLeaf();
    this.#paragraph = [];
    this.#leaf = 'table';
    this.#block = this.#push('table', headStart, this.#lineEnd, [headStart, headEnd, this.#next, this.#lineEnd]);
    return true;
  }

  /** Before a block is opened: closes the leaf and the containers this line does not belong to. */
  #settle(matched: number, result: 'containers' | 'none'): void {
    this.#closeLeaf();
    if (result === 'none') this.#cutTo(matched);
    this.#fill();
  }

  /** Closes all containers but the first `count`. */
  #cutTo(count: number): void {
    while (this.#stack.length > count) if (this.#stack.pop()?.quote === true) this.#quotes--;
  }

  /** The innermost item has something in it. */
  #fill(): void {
    const top = this.#stack[this.#stack.length - 1];
    if (top !== undefined) top.bare = false;
  }

  #begin(kind: 'fence' | 'indented', start: number): void {
    this.#block = this.#push(kind, start, this.#lineEnd, noLines);
    this.#leaf = kind;
  }

  #endLeaf(): void {
    if (this.#leaf === 'indented' && this.#block !== undefined) this.#block.end = this.#codeEnd;
    this.#leaf = 'none';
    this.#block = undefined;
    this.#html = undefined;
  }

  #closeLeaf(): void {
    if (this.#leaf !== 'paragraph') {
      if (this.#leaf !== 'none') this.#endLeaf();
      return;
    }
    this.#leaf = 'none';
    const lines = this.#takeDefinitions(this.#paragraph);
    this.#paragraph = [];
    const first = lines[0];
    if (first === undefined) return;
    this.#push('paragraph', first, trimEnd(this.#text, first, lines[lines.length - 1] ?? first), lines);
  }

  #push(kind: BlockKind, start: number, end: number, lines: number[], level = 0, depth = 0, ordered = false): Block {
    const top = this.#stack[this.#stack.length - 1];
    const block: Block = {
      kind,
      start,
      end,
      level,
      contentStart: start,
      contentEnd: end,
      lines,
      item: top === undefined || top.quote ? -1 : top.item,
      quote: this.#quotes > 0,
      depth,
      ordered,
    };
    this.blocks.push(block);
    return block;
  }

  /** Link definitions at the beginning of a paragraph are no text; footnotes (`[^1]: …`) are. */
  #takeDefinitions(lines: number[]): number[] {
    let used = 0;
    while (used < lines.length) {
      const start = lines[used] ?? 0;
      const end = lines[used + 1] ?? 0;
      if (this.#text.charCodeAt(start) !== 91 || !this.#readDefinition(start, end)) break;
      used += 2;
    }
    return used === 0 ? lines : lines.slice(used);
  }

  #readDefinition(start: number, end: number): boolean {
    const text = this.#text;
    let close = start + 1;
    for (; close < end; close++) {
      const c = text.charCodeAt(close);
      if (c === 92) close++;
      else if (c === 91) return false;
      else if (c === 93) break;
    }
    if (close >= end || text.charCodeAt(close + 1) !== 58 || text.charCodeAt(start + 1) === 94 || close - start > 1000) return false;
    let at = close + 2;
    while (at < end && isBlank(text.charCodeAt(at))) at++;
    const bracketed = text.charCodeAt(at) === 60;
    const target = bracketed ? at + 1 : at;
    let targetEnd = target;
    while (targetEnd < end && (bracketed ? text.charCodeAt(targetEnd) !== 62 : !isBlank(text.charCodeAt(targetEnd)))) targetEnd++;
    if (targetEnd === target && !bracketed) return false;
    let rest = bracketed ? targetEnd + 1 : targetEnd;
    if (rest > end) return false;
    const gap = rest;
    while (rest < end && isBlank(text.charCodeAt(rest))) rest++;
    if (rest < end) {
      const quote = text.charAt(rest);
      const last = text.charAt(trimEnd(text, rest, end) - 1);
      const titled = rest > gap && trimEnd(text, rest, end) > rest + 1 && ((quote === '(' && last === ')') || ((quote === '"' || quote === "'") && last === quote));
      if (!titled) return false;
    }
    const label = normaliseLabel(text.slice(start + 1, close));
    if (label === '') return false;
    if (!this.definitions.has(label)) this.definitions.set(label, { start: target, end: targetEnd });
    return true;
  }
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function trimEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isBlank(text.charCodeAt(at - 1))) at--;
  return at;
}
