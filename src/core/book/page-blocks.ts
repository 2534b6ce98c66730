import { readFrontMatter } from '../document/front-matter';
import { readMarkdown } from '../document/markdown';
import { normaliseLabel, scanBlocks, type Block, type Definitions } from '../document/markdown-blocks';
import { anchorsOf } from '../document/slug';
import { readRow } from '../document/table';
import { LineIndex } from '../text/position';
import { readInlines, type InlineContext } from './page-inlines';
import { resolveLink, type LinkPlace } from './page-links';
import type { PageBlock, PageInline, PageListItem } from './page-tree';

export interface PageBlocksOptions extends LinkPlace {
  /** Ranges of a text that match what was searched for (UTF-16, ascending); `undefined` marks nothing. */
  readonly mark: ((text: string) => readonly (readonly [number, number])[]) | undefined;
}

export interface PageBlocks {
  readonly blocks: readonly PageBlock[];
  /** How many marks the blocks hold. */
  readonly matches: number;
}

/** Longer texts are read up to here. */
const longestPage = 2_000_000;

/**
 * Reads a page into its typed tree: front matter left out, links resolved, matches marked, headings with the anchors
 * that search and guides use (GitHub's). HTML becomes its words; comments, scripts and pictures' files are left out.
 *
 * @param text Markdown as written
 */
export function pageBlocks(text: string, options: PageBlocksOptions): PageBlocks {
  const builder = new TreeBuilder(text.length > longestPage ? text.slice(0, longestPage) : text, options);
  return { blocks: builder.build(), matches: builder.matches };
}

interface OpenItem {
  /** Index of the item's block. */
  readonly index: number;
  readonly depth: number;
  readonly blocks: PageBlock[];
}

interface OpenList {
  readonly kind: 'list';
  readonly ordered: boolean;
  readonly start: number;
  readonly items: PageListItem[];
}

/** The page, or a quote in it: a place with lists of its own. */
interface Room {
  readonly blocks: PageBlock[];
  readonly items: OpenItem[];
}

class TreeBuilder {
  matches = 0;
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #options: PageBlocksOptions;
  readonly #blocks: readonly Block[];
  readonly #anchors = new Map<number, string>();
  readonly #inline: InlineContext;
  readonly #page: Room = { blocks: [], items: [] };
  #quote: Room | undefined;

  constructor(text: string, options: PageBlocksOptions) {
    this.#text = text;
    this.#lines = new LineIndex(text);
    this.#options = options;
    const from = readFrontMatter(text)?.frontMatter.span.end ?? (text.charCodeAt(0) === 0xfeff ? 1 : 0);
    const { blocks, definitions } = scanBlocks(text, this.#lines, from);
    this.#blocks = blocks;
    const { sections } = readMarkdown(text, this.#lines);
    anchorsOf({ sections, text }).forEach((anchor, i) => {
      const section = sections[i];
      if (section?.kind === 'heading') this.#anchors.set(section.titleSpan.start, anchor);
    });
    this.#inline = this.#inlineContext(definitions);
  }

  build(): readonly PageBlock[] {
    this.#blocks.forEach((block, index) => {
      this.#add(block, index);
    });
    return this.#page.blocks;
  }

  #inlineContext(definitions: Definitions): InlineContext {
    return {
      link: (target, inlines) => ({ kind: 'link', target: resolveLink(target, this.#options), inlines }),
      definition: (label) => {
        const span = definitions.get(normaliseLabel(label));
        return span === undefined ? undefined : this.#text.slice(span.start, span.end);
      },
      text: (text) => this.#marked(text),
    };
  }

  #marked(text: string): readonly PageInline[] {
    const ranges = this.#options.mark?.(text) ?? [];
    const out: PageInline[] = [];
    let at = 0;
    for (const [start, end] of ranges) {
      if (start < at || end <= start || end > text.length) continue;
      if (start > at) out.push({ kind: 'text', text: text.slice(at, start) });
      out.push({ kind: 'mark', text: text.slice(start, end) });
      this.matches++;
      at = end;
    }
    if (at < text.length) out.push({ kind: 'text', text: text.slice(at) });
    return out;
  }

  #add(block: Block, index: number): void {
    const room = this.#roomOf(block);
    if (block.kind === 'item') {
      this.#addItem(block, index, room);
      return;
    }
    const place = placeIn(room, block);
    const item = room.items[room.items.length - 1];
    const read = this.#read(block, place === item?.blocks && place.length === 0 ? item : undefined);
    if (read !== undefined) place.push(read);
  }

  /** Quoted blocks that follow each other stand in one quote. */
  #roomOf(block: Block): Room {
    if (!block.quote) {
      this.#quote = undefined;
      return this.#page;
    }
    if (this.#quote === undefined) {
      this.#quote = { blocks: [], items: [] };
      // A quote that is indented belongs to the list item above it.
      const lineStart = this.#lines.startOf(this.#lines.lineAt(block.start));
      const indented = this.#text.charCodeAt(lineStart) === 32 || this.#text.charCodeAt(lineStart) === 9;
      const item = indented ? this.#page.items[this.#page.items.length - 1] : undefined;
      if (item === undefined) this.#page.items.length = 0;
      (item?.blocks ?? this.#page.blocks).push({ kind: 'quote', blocks: this.#quote.blocks });
    }
    return this.#quote;
  }

  #addItem(block: Block, index: number, room: Room): void {
    while ((room.items[room.items.length - 1]?.depth ?? -1) >= block.depth) room.items.pop();
    const parent = room.items[room.items.length - 1];
    const place = parent?.blocks ?? room.blocks;
    const last = place[place.length - 1];
    let list: OpenList;
    if (last?.kind === 'list' && last.ordered === block.ordered && isOpen(last)) list = last;
    else {
      list = { kind: 'list', ordered: block.ordered, start: block.ordered ? numberAt(this.#text, block.start) : 1, items: [] };
      place.push(list);
    }
    const blocks: PageBlock[] = [];
    list.items.push({ checked: null, blocks });
    room.items.push({ index, depth: block.depth, blocks });
  }

  /** `item`: the list item whose first block this is. */
  #read(block: Block, item: OpenItem | undefined): PageBlock | undefined {
    switch (block.kind) {
      case 'heading':
        return this.#heading(block);
      case 'paragraph':
        return this.#paragraph(block, item);
      case 'table':
        return this.#table(block);
      case 'fence':
        return this.#fence(block);
      case 'indented':
        return { kind: 'code', language: '', text: this.#codeLines(block, block.start, block.end) };
      case 'html': {
        const inlines = readInlines(this.#joined(block), this.#inline);
        return inlines.some((inline) => inline.kind !== 'break' && !(inline.kind === 'text' && inline.text.trim() === '')) ? { kind: 'paragraph', inlines } : undefined;
      }
      case 'rule':
        return { kind: 'line' };
      case 'comment':
      case 'item':
        return undefined;
    }
  }

  #heading(block: Block): PageBlock {
    const written = this.#text.slice(block.contentStart, block.contentEnd);
    // `{#id}` behind a heading names its anchor and is no word of it.
    const own = /^(.*?)\s*\{#[^{}\s]{1,100}\}$/u.exec(written.slice(-1200));
    const words = own === null ? written : written.slice(0, -1200) + (own[1] ?? '');
    return { kind: 'heading', level: block.level, anchor: this.#anchors.get(block.contentStart) ?? '', inlines: readInlines(words, this.#inline) };
  }

  #paragraph(block: Block, item: OpenItem | undefined): PageBlock {
    let source = this.#joined(block);
    const checked = item === undefined ? undefined : checkBox(source);
    if (item !== undefined && checked !== undefined) {
      source = source.slice(3).trimStart();
      this.#check(item, checked);
    }
    return { kind: 'paragraph', inlines: readInlines(source, this.#inline) };
  }

  #check(item: OpenItem, checked: boolean): void {
    const room = this.#quote ?? this.#page;
    const parent = room.items[room.items.length - 2];
    const place = parent?.blocks ?? room.blocks;
    const list = place[place.length - 1];
    if (list?.kind !== 'list' || !isOpen(list)) return;
    list.items[list.items.length - 1] = { checked, blocks: item.blocks };
  }

  /** The lines of a block joined by `\n`, without container marks. */
  #joined(block: Block): string {
    const parts: string[] = [];
    for (let k = 0; k < block.lines.length; k += 2) parts.push(this.#text.slice(block.lines[k], Math.min(block.lines[k + 1] ?? 0, block.end)));
    return parts.join('\n');
  }

  #table(block: Block): PageBlock {
    const cells = (k: number): (readonly PageInline[])[] => {
      const row = readRow(this.#text, block.lines[k] ?? 0, block.lines[k + 1] ?? 0, (start, end) => this.#text.slice(start, end));
      return row.cells.map((cell) => (cell.text === '' ? [] : readInlines(cell.text, this.#inline)));
    };
    const header = cells(0);
    const rows: (readonly (readonly PageInline[])[])[] = [];
    for (let k = 4; k < block.lines.length; k += 2) {
      const row = cells(k);
      rows.push(header.map((_, column) => row[column] ?? []));
    }
    return { kind: 'table', header, rows };
  }

  #fence(block: Block): PageBlock | undefined {
    const text = this.#text;
    const mark = text.charAt(block.start);
    if (mark === '<') {
      // Raw HTML: of scripts and styles nothing is shown, of preformatted text its words.
      if (text.slice(block.start, block.start + 4).toLowerCase() !== '<pre') return undefined;
      return { kind: 'code', language: '', text: withoutTags(text.slice(block.start, block.end)).trim() };
    }
    const firstLine = this.#lines.lineAt(block.start);
    let open = block.start;
    while (text.charAt(open) === mark) open++;
    const infoEnd = Math.min(block.end, this.#lineEnd(firstLine));
    const language = text.slice(open, infoEnd).trim().split(/\s/u)[0] ?? '';
    const lastLine = this.#lines.lineAt(Math.max(block.start, block.end - 1));
    const last = this.#stripped(block, lastLine).trim();
    const closed = lastLine > firstLine && last.length >= open - block.start && last === mark.repeat(last.length);
    const lines: string[] = [];
    for (let line = firstLine + 1; line <= (closed ? lastLine - 1 : lastLine); line++) lines.push(this.#stripped(block, line));
    return { kind: 'code', language: language.replace(/[{}]/gu, ''), text: lines.join('\n') };
  }

  #codeLines(block: Block, start: number, end: number): string {
    const lines: string[] = [];
    for (let line = this.#lines.lineAt(start); line <= this.#lines.lineAt(Math.max(start, end - 1)); line++) lines.push(this.#stripped(block, line));
    return lines.join('\n').trimEnd();
  }

  /** A line of code without what its containers put before it. */
  #stripped(block: Block, line: number): string {
    const text = this.#text;
    const start = this.#lines.startOf(line);
    const end = this.#lineEnd(line);
    let left = block.start - this.#lines.startOf(this.#lines.lineAt(block.start));
    let at = start;
    for (; left > 0 && at < end; left--, at++) {
      const c = text.charAt(at);
      if (c !== ' ' && c !== '\t' && !(block.quote && c === '>')) break;
    }
    return text.slice(at, end);
  }

  /** Offset of the end of a line, before its line break. */
  #lineEnd(line: number): number {
    let end = this.#lines.startOf(line + 1);
    const start = this.#lines.startOf(line);
    while (end > start && (this.#text.charCodeAt(end - 1) === 10 || this.#text.charCodeAt(end - 1) === 13)) end--;
    return end;
  }
}

/** Where a block goes: into the list item it stands in, else into the room itself. */
function placeIn(room: Room, block: Block): PageBlock[] {
  if (block.item < 0) {
    room.items.length = 0;
    return room.blocks;
  }
  while (room.items.length > 0 && room.items[room.items.length - 1]?.index !== block.item) room.items.pop();
  return room.items[room.items.length - 1]?.blocks ?? room.blocks;
}

/** Lists are built here only, so their items can still be added to. */
function isOpen(list: Extract<PageBlock, { readonly kind: 'list' }>): list is OpenList {
  return Array.isArray(list.items);
}

function numberAt(text: string, at: number): number {
  let end = at;
  while (end < at + 9 && text.charCodeAt(end) >= 48 && text.charCodeAt(end) <= 57) end++;
  return end === at ? 1 : Number(text.slice(at, end));
}

/** State of a `[ ]` or `[x]` at the start of an item's words, `undefined` when there is none. */
function checkBox(source: string): boolean | undefined {
  if (!source.startsWith('[') || source.charAt(2) !== ']' || ![' ', '\n', '\t'].includes(source.charAt(3))) return undefined;
  const c = source.charAt(1);
  if (c === ' ') return false;
  return c === 'x' || c === 'X' ? true : undefined;
}

function withoutTags(html: string): string {
  let out = '';
  let at = 0;
  for (;;) {
    const open = html.indexOf('<', at);
    const close = open < 0 ? -1 : html.indexOf('>', open);
    if (close < 0) return out + html.slice(at);
    out += html.slice(at, open);
    at = close + 1;
  }
}
