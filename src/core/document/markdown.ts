import type { LineIndex, Span } from '../text/position';
import { normalise } from '../text/normalise';
import type { Field, Item, OpaqueSpan, Paragraph, ProjectDocument, Table } from './document';
import { readFrontMatter } from './front-matter';
import { isKnownTag, tagEnd } from './html';
import { labelsBehind, labelsBeside, readBoldApart, readLabel, type Label } from './labels';
import { scanBlocks, type Block } from './markdown-blocks';
import { InlineReader, isPlain } from './markdown-inline';
import { SectionBuilder } from './sections';
import { PlainRow, readRow, rowSpan } from './table';

type Reading = Omit<ProjectDocument, 'path' | 'format' | 'text' | 'lines'>;

/** Reads Markdown into the parts of a project document. Linear; never throws. */
export function readMarkdown(text: string, lines: LineIndex): Reading {
  const front = readFrontMatter(text);
  const from = front?.frontMatter.span.end ?? (text.charCodeAt(0) === 0xfeff ? 1 : 0);
  const builder = new MarkdownBuilder(text, lines, from);
  if (front !== undefined) builder.opaque.push({ kind: 'front_matter', ...front.frontMatter.span });
  const read = builder.build();
  return {
    ...read,
    frontMatter: front?.frontMatter,
    fields: front === undefined ? read.fields : [...front.fields, ...read.fields],
    problems: front?.problems ?? [],
  };
}

type Draft<T> = { -readonly [K in keyof T]: T[K] };

/** A label whose value is the list below it. */
interface ListField {
  readonly field: Draft<Field>;
  readonly items: readonly number[];
}

const mostListValues = 50;
const mostAttributes = 40;

class MarkdownBuilder {
  readonly #text: string;
  readonly #lines: LineIndex;
  readonly #blocks: readonly Block[];
  readonly #inline: InlineReader;
  readonly #sections = new SectionBuilder();
  readonly #fields: Draft<Field>[] = [];
  readonly #tables: Table[] = [];
  readonly #items: Draft<Item>[] = [];
  readonly #paragraphs: Paragraph[] = [];
  readonly #listFields: ListField[] = [];
  /** Item by its block, and whether its own words have been met. */
  readonly #itemOf = new Map<number, Draft<Item>>();
  readonly #worded = new Set<number>();

  constructor(text: string, lines: LineIndex, from: number) {
    this.#text = text;
    this.#lines = lines;
    const { blocks, definitions } = scanBlocks(text, lines, from);
    this.#blocks = blocks;
    this.#inline = new InlineReader(text, definitions);
  }

  get opaque(): OpaqueSpan[] {
    return this.#inline.opaque;
  }

  build(): Omit<Reading, 'frontMatter' | 'problems'> {
    this.#blocks.forEach((block, index) => {
      this.#add(block, index);
    });
    for (const { field, items } of this.#listFields) this.#fillListField(field, items);
    const attributes = this.#attributes();
    const fields = attributes.length === 0 ? this.#fields : [...this.#fields, ...attributes].sort((a, b) => a.nameSpan.start - b.nameSpan.start);
    return {
      fields,
      sections: this.#sections.finish(this.#text.length),
      tables: this.#tables,
      items: this.#items,
      paragraphs: this.#paragraphs,
      links: this.#inline.links,
      opaque: this.#inline.opaque,
    };
  }

  #add(block: Block, index: number): void {
    switch (block.kind) {
      case 'heading':
        this.#addHeading(block);
        return;
      case 'paragraph':
        this.#addParagraph(block, index);
        return;
      case 'item':
        this.#addItem(block, index);
        return;
      case 'table':
        this.#addTable(block);
        return;
      case 'fence':
      case 'indented':
        this.opaque.push({ kind: block.kind === 'fence' ? 'fence' : 'indented', start: block.start, end: block.end });
        this.#sections.fill();
        return;
      case 'comment':
        this.#addComment(block);
        return;
      case 'html':
        this.#addHtml(block);
        return;
      case 'rule':
        return;
    }
  }

  #addHeading(block: Block): void {
    const title = this.#inline.read(block.contentStart, block.contentEnd);
    if (block.item >= 0 || block.quote) {
      // A heading inside a list or a quote opens no section of the document.
      const item = this.#wordless(block.item);
      const span = { start: block.contentStart, end: block.contentEnd };
      if (item !== undefined) {
        this.#worded.add(block.item);
        item.text = tidy(title);
        item.span = span;
      } else this.#paragraphs.push({ span, section: this.#sections.current, quote: block.quote });
      this.#sections.fill();
      return;
    }
    const span = { start: block.contentStart, end: block.contentEnd };
    const { words, end } = withoutAnchor(title, span, this.#text);
    this.#sections.open(block.level, 'heading', tidy(words), { start: span.start, end }, block, this.#nextLine(block.end));
  }

  #nextLine(offset: number): number {
    return this.#lines.startOf(this.#lines.lineAt(offset) + 1);
  }

  #wordless(block: number): Draft<Item> | undefined {
    return block < 0 || this.#worded.has(block) ? undefined : this.#itemOf.get(block);
  }

  #addItem(block: Block, index: number): void {
    const item: Draft<Item> = {
      kind: block.ordered ? 'step' : 'bullet',
      checked: false,
      text: '',
      span: { start: block.contentStart, end: block.contentEnd },
      depth: block.depth,
      section: this.#sections.current,
    };
    // The list marker of an outer item whose first child this is leaves the outer one without words.
    if (block.item >= 0) this.#worded.add(block.item);
    this.#items.push(item);
    this.#itemOf.set(index, item);
  }

  #addParagraph(block: Block, index: number): void {
    const item = this.#wordless(block.item);
    if (item !== undefined) {
      this.#worded.add(block.item);
      this.#addItemWords(item, block, index);
      return;
    }
    if (block.quote || block.item >= 0) {
      this.#inline.collect(block.start, block.end);
      this.#paragraphs.push({ span: { start: block.start, end: block.end }, section: this.#sections.current, quote: block.quote });
      this.#sections.fill();
      return;
    }
    this.#addProse(block, index);
  }

  /** A paragraph at the top level, where label lines count. */
  #addProse(block: Block, index: number): void {
    const lines = block.lines;
    let from = block.start;
    let to = -1;
    let previous: Label | undefined;
    let next = this.#labelAt(lines, 0);
    const flush = (): void => {
      if (to < 0) return;
      // Closing marks of a line belong to it, so inline parts are read over the whole piece.
      this.#inline.collect(from, to);
      this.#paragraphs.push({ span: { start: from, end: to }, section: this.#sections.current, quote: false });
      this.#sections.fill();
      to = -1;
    };
    for (let k = 0; k < lines.length; k += 2) {
      const label = next;
      next = this.#labelAt(lines, k + 2);
      const start = lines[k] ?? 0;
      const end = Math.min(lines[k + 1] ?? 0, block.end);
      if (label !== undefined && this.#isTitle(label, next, previous, k + 2 >= lines.length, index)) {
        flush();
        const line = { start: this.#lines.startOf(this.#lines.lineAt(start)), end };
        this.#sections.open(7, 'label', label.name, label.nameSpan, line, this.#nextLine(end));
        if (label.colon && k + 2 >= lines.length) this.#addListField(label, index, 0);
      } else {
        if (to < 0) from = start;
        to = end;
        // `参加者：` right over `- 司会：佐藤` has these as its values, though each is one of its own.
        if (label?.colon === true && k + 2 >= lines.length && isBlankLabel(label) && this.#isRightAbove(end, this.#below(index))) this.#addListField(label, index, 0);
        else {
          const beside = label?.colon === true ? labelsBeside(this.#text, label) : this.#inHead ? this.#headLabels(lines, k, start, end) : [];
          for (const each of beside) this.#addField(each);
        }
      }
      previous = label;
    }
    flush();
  }

  /** Labels of a line of the head that is none by itself. */
  #headLabels(lines: readonly number[], k: number, start: number, end: number): readonly Label[] {
    const apart = this.#boldApart(lines, k);
    const several = apart !== undefined && (this.#boldApart(lines, k - 2) ?? this.#boldApart(lines, k + 2)) !== undefined;
    return several ? [apart] : labelsBehind(this.#text, start, end);
  }

  #boldApart(lines: readonly number[], k: number): Label | undefined {
    const start = lines[k];
    const end = lines[k + 1];
    return start === undefined || end === undefined ? undefined : readBoldApart(this.#text, start, end);
  }

  /** Above the first heading below the title. */
  get #inHead(): boolean {
    return this.#sections.current <= 0;
  }

  #labelAt(lines: readonly number[], k: number): Label | undefined {
    const start = lines[k];
    const end = lines[k + 1];
    return start === undefined || end === undefined ? undefined : readLabel(this.#text, start, end);
  }

  /** Whether a label line stands for a heading: nothing on its line, something of its own below. */
  #isTitle(label: Label, next: Label | undefined, previous: Label | undefined, last: boolean, index: number): boolean {
    if (label.valueSpan.end > label.valueSpan.start) return false;
    // ■ before every line marks the points of a list.
    const points = label.mark !== '' && (next?.mark === label.mark || previous?.mark === label.mark);
    if (!label.colon) return !points;
    if (!last) return next === undefined;
    const at = this.#indexBelow(index);
    const below = this.#blocks[at];
    if (below === undefined || below.kind === 'heading' || below.kind === 'rule') return false;
    if (below.kind === 'paragraph') return below.quote || this.#labelAt(below.lines, 0) === undefined;
    if (below.kind !== 'item') return true;
    // A list of `name: value` is metadata of its own, not what this label leaves open.
    const words = this.#blocks[at + 1];
    const first = words?.kind === 'paragraph' && words.item === at ? this.#labelAt(words.lines, 0) : undefined;
    return first === undefined || first.valueSpan.start === first.valueSpan.end;
  }

  /** Whether an item stands on the line after an offset. */
  #isRightAbove(at: number, block: Block | undefined): boolean {
    return block?.kind === 'item' && this.#lines.lineAt(block.start) === this.#lines.lineAt(at) + 1;
  }

  #indexBelow(index: number): number {
    let next = index + 1;
    while (this.#blocks[next]?.kind === 'comment') next++;
    return next;
  }

  #below(index: number): Block | undefined {
    return this.#blocks[this.#indexBelow(index)];
  }

  #addField(label: Label): Draft<Field> {
    const { start, end } = label.valueSpan;
    const value = start === end ? '' : tidy(this.#inline.words(start, end));
    const field: Draft<Field> = {
      name: label.name,
      nameSpan: label.nameSpan,
      value,
      values: value === '' ? [] : [value],
      valueSpan: label.valueSpan,
      source: 'label',
      section: this.#sections.current,
    };
    this.#fields.push(field);
    return field;
  }

  /** A label over a list is a field too: `参加者：` and the names below it. */
  #addListField(label: Label, index: number, depth: number): void {
    const items: number[] = [];
    for (let k = index + 1; k < this.#blocks.length && items.length < mostListValues; k++) {
      const block = this.#blocks[k];
      if (block === undefined || block.kind === 'comment') continue;
      if (block.kind === 'item') {
        if (block.depth < depth || block.quote) break;
        if (block.depth === depth) items.push(k);
      } else if (block.item < 0) break;
    }
    if (items.length > 0) this.#listFields.push({ field: this.#addField(label), items });
  }

  #fillListField(field: Draft<Field>, blocks: readonly number[]): void {
    const items = blocks.map((block) => this.#itemOf.get(block)).filter((item) => item !== undefined && item.text !== '');
    const first = items[0];
    const last = items[items.length - 1];
    if (first === undefined || last === undefined) return;
    field.values = items.map((item) => item?.text ?? '');
    field.value = field.values.join('、');
    field.valueSpan = { start: first.span.start, end: last.span.end };
  }

  #addItemWords(item: Draft<Item>, block: Block, index: number): void {
    const text = this.#text;
    let start = block.start;
    const box = item.kind === 'bullet' || item.kind === 'step' ? checkBox(text, start, block.end) : undefined;
    if (box !== undefined) {
      item.kind = 'task';
      item.checked = box.checked;
      start = box.end;
    }
    item.text = tidy(this.#inline.read(start, block.end));
    item.span = { start, end: block.end };
    const label = box === undefined && !block.quote ? this.#labelAt(block.lines, 0) : undefined;
    if (label === undefined) {
      if (item.text !== '') this.#sections.fill();
      return;
    }
    const single = block.lines.length === 2;
    const below = this.#below(index);
    const children = single && below?.kind === 'item' && below.depth > item.depth && !below.quote;
    const blank = label.valueSpan.start === label.valueSpan.end;
    if (blank && children && item.depth === 0 && item.kind === 'bullet') {
      const line = { start: this.#lines.startOf(this.#lines.lineAt(start)), end: block.end };
      this.#sections.open(8, 'label', label.name, label.nameSpan, line, this.#nextLine(block.end));
      item.section = this.#sections.current;
    } else if (item.text !== '') this.#sections.fill();
    if (!label.colon) return;
    if (blank && children) this.#addListField(label, index, item.depth + 1);
    // A point that leads to a table says what stands in it.
    else if (blank && single && below?.kind === 'table') this.#addField({ ...label, valueSpan: { start: below.start, end: Math.min(below.lines[1] ?? below.end, below.end) } });
    else if (!blank || single) for (const each of labelsBeside(this.#text, label)) this.#addField(each);
  }

  #addTable(block: Block): void {
    const rows = [];
    const plain = (start: number, end: number): string => this.#inline.read(start, end);
    for (let k = 0; k < block.lines.length; k += 2) {
      if (k === 2) continue;
      const start = block.lines[k] ?? 0;
      const end = block.lines[k + 1] ?? 0;
      const span = rowSpan(this.#text, start, end);
      rows.push(isPlain(this.#text, start, end) ? new PlainRow(this.#text, span) : readRow(this.#text, span.start, span.end, plain));
    }
    const [header, ...body] = rows;
    if (header === undefined) return;
    const last = body[body.length - 1];
    const end = Math.max(block.lines[3] ?? block.end, last?.span.end ?? 0);
    this.#tables.push({ span: { start: block.start, end }, header, rows: body, section: this.#sections.current });
    if (block.item >= 0) this.#worded.add(block.item);
    this.#sections.fill();
  }

  #addComment(block: Block): void {
    const close = this.#text.startsWith('<!--', block.start) ? this.#text.indexOf('-->', block.start + 2) : -1;
    const end = close < 0 || close + 3 > block.end ? block.end : close + 3;
    this.opaque.push({ kind: 'comment', start: block.start, end });
    if (end < block.end) this.#addRaw(end, block.end, block.quote);
  }

  #addHtml(block: Block): void {
    this.#addRaw(block.start, block.end, block.quote);
  }

  /** HTML is prose between tags: the tags are set aside, Markdown inside is not read. */
  #addRaw(from: number, to: number, quote: boolean): void {
    const text = this.#text;
    let words = false;
    let start = -1;
    let end = to;
    for (let at = from; at < to; ) {
      const c = text.charCodeAt(at);
      if (c === 60) {
        const comment = text.startsWith('<!--', at);
        const close = comment ? text.indexOf('-->', at + 4) : isKnownTag(text, at, to) ? tagEnd(text, at, to) : -1;
        const stop = comment ? (close < 0 || close + 3 > to ? to : close + 3) : close;
        if (stop > 0) {
          this.opaque.push({ kind: comment ? 'comment' : 'inline', start: at, end: stop });
          if (!comment) {
            if (start < 0) start = at;
            end = stop;
            words ||= /^<(img|video|iframe|picture|svg)\b/i.test(text.slice(at, at + 9));
          }
          at = stop;
          continue;
        }
      }
      if (c > 32 && c !== 0x3000) {
        words = true;
        if (start < 0) start = at;
        end = at + 1;
      }
      at++;
    }
    if (start < 0) return;
    this.#paragraphs.push({ span: { start, end: Math.max(end, start) }, section: this.#sections.current, quote });
    if (words) this.#sections.fill();
  }

  /** The attribute table (`属性 | 値`): the first table, two columns, near the top. */
  #attributes(): Field[] {
    const table = this.#tables[0];
    if (table === undefined || table.section > 1 || table.header.cells.length !== 2 || table.rows.length > mostAttributes) return [];
    const [name, value] = table.header.cells;
    if (!attributeHeads.has(normalise(name?.text ?? '').trim()) || !valueHeads.has(normalise(value?.text ?? '').trim())) return [];
    const fields: Field[] = [];
    for (const row of table.rows) {
      const [key, cell] = row.cells;
      if (key === undefined || key.text === '' || key.text.length > 40) continue;
      const text = cell?.text ?? '';
      const valueSpan = cell?.span ?? { start: row.span.end, end: row.span.end };
      fields.push({ name: key.text, nameSpan: key.span, value: text, values: text === '' ? [] : [text], valueSpan, source: 'table', section: table.section });
    }
    return fields;
  }
}

const attributeHeads = new Set(['', '属性', '項目', '項目名', '名称', 'メタデータ', 'プロパティ', 'metadata', 'property', 'attribute', 'field', 'key', 'item']);
const valueHeads = new Set(['', '値', '内容', '記入欄', '設定値', 'value', 'values', 'details', 'detail']);

/** `[ ]`, `[x]` or `[X]` before a space or the end of the line. */
function checkBox(text: string, start: number, end: number): { checked: boolean; end: number } | undefined {
  if (text.charCodeAt(start) !== 91 || text.charCodeAt(start + 2) !== 93) return undefined;
  const mark = text.charAt(start + 1);
  if (mark !== ' ' && mark !== 'x' && mark !== 'X') return undefined;
  let at = start + 3;
  const after = at < end ? text.charCodeAt(at) : 10;
  if (after !== 32 && after !== 9 && after !== 10 && after !== 13 && after !== 0x3000) return undefined;
  while (at < end && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9 || text.charCodeAt(at) === 0x3000)) at++;
  return { checked: mark !== ' ', end: Math.min(at, end) };
}

/** Line ends of a leaf become `\n`, without the indentation of the next line. */
function tidy(words: string): string {
  if (!words.includes('\n') && !words.includes('\r')) return words.trim();
  return words
    .split(/\r\n|\r|\n/u)
    .map((line) => line.trim())
    .join('\n')
    .trim();
}

/** A heading may name its own anchor: `見出し {#id}`. The anchor is no word of it. */
function withoutAnchor(title: string, span: Span, text: string): { words: string; end: number } {
  if (!title.endsWith('}')) return { words: title, end: span.end };
  const open = title.lastIndexOf('{#');
  if (open < 0) return { words: title, end: span.end };
  const raw = text.lastIndexOf('{#', span.end);
  if (raw <= span.start) return { words: title, end: span.end };
  let end = raw;
  while (end > span.start && /\s/u.test(text.charAt(end - 1))) end--;
  return { words: title.slice(0, open), end };
}

function isBlankLabel({ valueSpan }: Label): boolean {
  return valueSpan.start === valueSpan.end;
}
