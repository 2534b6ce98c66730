import { isAlias, isMap, isScalar, isSeq, parseDocument, type Document, type Node, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Span } from '../text/position';
import type { Cell, Field, FieldSource, Item, OpaqueSpan, Paragraph, ProjectDocument, ReadingProblem, Row, Table } from './document';
import { SectionBuilder } from './sections';

type Reading = Omit<ProjectDocument, 'path' | 'format' | 'text' | 'lines'>;

/** Larger YAML is not read: the parser takes about half a second for a megabyte. */
export const longestYaml = 1_500_000;
const mostColumns = 200;
const mostProblems = 20;
const deepestMap = 6;
/** Deeper nesting than any document has would exhaust the parser's stack. */
const deepestFlow = 200;

interface Parsed {
  readonly root: Document.Parsed | undefined;
  readonly problems: readonly ReadingProblem[];
}

function parse(source: string, offset: number, kind: 'yaml' | 'front_matter'): Parsed {
  if (tooDeep(source)) {
    return { root: undefined, problems: [{ kind, span: { start: offset, end: offset }, detail: 'nested too deeply' }] };
  }
  try {
    // Keys that repeat are a matter for the reader; checking them here is quadratic. No merge keys, for the same reason.
    const root = parseDocument(source, { prettyErrors: false, uniqueKeys: false, strict: false, logLevel: 'silent' });
    const problems = root.errors.slice(0, mostProblems).map((error): ReadingProblem => {
      const start = offset + Math.min(error.pos[0], source.length);
      return { kind, span: { start, end: Math.max(start, offset + Math.min(error.pos[1], source.length)) }, detail: error.message };
    });
    return { root, problems };
  } catch (error) {
    return { root: undefined, problems: [{ kind, span: { start: offset, end: offset }, detail: error instanceof Error ? error.message : String(error) }] };
  }
}

function tooDeep(source: string): boolean {
  let depth = 0;
  for (let i = 0; i < source.length; i++) {
    const c = source.charCodeAt(i);
    if (c === 91 || c === 123) {
      if (++depth > deepestFlow) return true;
    } else if (c === 93 || c === 125) depth = Math.max(0, depth - 1);
    else if (c === 10) {
      // Compact sequences (`- - - -`) nest without indentation.
      let at = i + 1;
      let dashes = 0;
      while (source.charCodeAt(at) === 32 || ((source.charCodeAt(at) === 45 || source.charCodeAt(at) === 63) && source.charCodeAt(at + 1) === 32)) {
        if (source.charCodeAt(at) !== 32 && ++dashes > deepestFlow) return true;
        at++;
      }
      if (at - i > 2000) return true;
      i = Math.max(i, at - 1);
    }
  }
  return false;
}

/** Reads the top-level fields of a piece of YAML that stands at `offset` of its document: front matter that is not flat. */
export function readYamlFields(
  source: string,
  offset: number,
  fieldSource: FieldSource,
): { readonly fields: readonly Field[]; readonly problems: readonly ReadingProblem[] } {
  if (source.length > longestYaml) {
    return { fields: [], problems: [{ kind: 'front_matter', span: { start: offset, end: offset }, detail: 'too large' }] };
  }
  const { root, problems } = parse(source, offset, 'front_matter');
  const reader = new YamlReader(source, offset, fieldSource);
  if (root !== undefined && isMap(root.contents)) reader.fieldsOf(root.contents, '', 0);
  else if (root?.contents !== null && root !== undefined && problems.length === 0 && !isBlankScalar(root.contents)) {
    return { fields: [], problems: [{ kind: 'front_matter', span: { start: offset, end: offset + source.trimEnd().length }, detail: 'not a list of keys' }] };
  }
  return { fields: reader.fields, problems };
}

function isBlankScalar(node: unknown): boolean {
  return isScalar(node) && (node.value === null || node.value === '');
}

/** Reads a YAML document: scalars are fields, lists of maps are tables, other keys with something below are sections. */
export function readYaml(text: string): Reading {
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const { root, problems } = parse(from === 1 ? text.slice(1) : text, from, 'yaml');
  const reader = new YamlReader(from === 1 ? text.slice(1) : text, from, 'yaml');
  const contents = root?.contents;
  if (isMap(contents)) reader.document(contents, 1);
  else if (isSeq(contents)) reader.list(contents, undefined);
  return {
    frontMatter: undefined,
    fields: reader.fields,
    sections: reader.sections.finish(text.length),
    tables: reader.tables,
    items: reader.items,
    paragraphs: reader.paragraphs,
    links: [],
    opaque: reader.comments(),
    problems,
  };
}

class YamlReader {
  readonly fields: Field[] = [];
  readonly sections = new SectionBuilder();
  readonly tables: Table[] = [];
  readonly items: Item[] = [];
  readonly paragraphs: Paragraph[] = [];
  readonly #source: string;
  readonly #offset: number;
  readonly #fieldSource: FieldSource;

  constructor(source: string, offset: number, fieldSource: FieldSource) {
    this.#source = source;
    this.#offset = offset;
    this.#fieldSource = fieldSource;
  }

  /** Whole-line comments; they are no content. */
  comments(): OpaqueSpan[] {
    const found: OpaqueSpan[] = [];
    for (let at = 0; at < this.#source.length; ) {
      let end = this.#source.indexOf('\n', at);
      if (end < 0) end = this.#source.length;
      let first = at;
      while (first < end && (this.#source.charCodeAt(first) === 32 || this.#source.charCodeAt(first) === 9)) first++;
      if (this.#source.charCodeAt(first) === 35 && first < end) {
        const stop = this.#source.charCodeAt(end - 1) === 13 ? end - 1 : end;
        found.push({ kind: 'comment', start: this.#offset + first, end: this.#offset + stop });
      }
      at = end + 1;
    }
    return found;
  }

  /** Fields of a map and, as `key.child`, of the maps below. */
  fieldsOf(map: YAMLMap, prefix: string, depth: number): void {
    for (const pair of map.items) {
      const key = this.#keyOf(pair);
      if (key === undefined) continue;
      const value = pair.value as Node | null;
      if (isMap(value) && depth < deepestMap) this.fieldsOf(value, `${prefix}${key.text}.`, depth + 1);
      else this.#addField(`${prefix}${key.text}`, key.span, value);
    }
  }

  document(map: YAMLMap, level: number): void {
    for (const pair of map.items) {
      const key = this.#keyOf(pair);
      if (key === undefined) continue;
      const value = pair.value as Node | null;
      if (isMap(value) && level <= deepestMap) {
        this.#openSection(level, key);
        this.document(value, level + 1);
      } else if (isSeq(value)) {
        if (value.items.every((item) => !isMap(item))) this.#addField(key.text, key.span, value);
        this.#openSection(level, key);
        this.list(value, key);
      } else if (isScalar(value) && (value.type === 'BLOCK_LITERAL' || value.type === 'BLOCK_FOLDED')) {
        this.#addField(key.text, key.span, value);
        this.#openSection(level, key);
        const span = this.#spanOf(value);
        if (span.end > span.start) {
          this.paragraphs.push({ span, section: this.sections.current, quote: false });
          this.sections.fill();
        }
      } else {
        this.#addField(key.text, key.span, value);
        this.sections.fill();
      }
    }
  }

  /** A list of maps is a table, any other list items. */
  list(seq: YAMLSeq, key: Cell | undefined): void {
    const maps = seq.items.filter((item): item is YAMLMap => isMap(item));
    if (maps.length > 0) {
      this.#addTable(seq, maps, key);
      return;
    }
    for (const item of seq.items) {
      const node = item as Node | null;
      const text = this.#textOf(node);
      if (text === '') continue;
      this.items.push({ kind: 'bullet', checked: false, text, span: this.#spanOf(node), depth: 0, section: this.sections.current });
      this.sections.fill();
    }
  }

  #openSection(level: number, key: Cell): void {
    const at = this.#source.lastIndexOf('\n', key.span.start - this.#offset - 1) + 1;
    const bodyStart = Math.min(key.span.end + 1, this.#offset + this.#source.length);
    this.sections.open(Math.min(level, 6), 'heading', key.text, key.span, { start: Math.max(this.#offset + at, 0), end: key.span.end }, bodyStart);
  }

  #addTable(seq: YAMLSeq, maps: readonly YAMLMap[], key: Cell | undefined): void {
    const columns = new Map<string, number>();
    const header: Cell[] = [];
    const rows: Row[] = [];
    for (const map of maps) {
      const row: (Cell | undefined)[] = [];
      const span = this.#spanOf(map);
      for (const pair of map.items) {
        const name = this.#keyOf(pair);
        if (name === undefined) continue;
        let column = columns.get(name.text);
        if (column === undefined) {
          if (columns.size >= mostColumns) continue;
          column = columns.size;
          columns.set(name.text, column);
          header.push(name);
        }
        const value = pair.value as Node | null;
        const text = this.#textOf(value);
        // A blank value shows its key, so that there is something to see.
        row[column] = { text, span: text === '' ? name.span : this.#spanOf(value) };
      }
      const first = map.items[0] === undefined ? undefined : this.#keyOf(map.items[0]);
      const missing: Cell = { text: '', span: first?.span ?? span };
      rows.push({ span, cells: Array.from(row, (cell) => cell ?? missing) });
    }
    const start = header[0]?.span.start ?? this.#spanOf(seq).start;
    const end = header[header.length - 1]?.span.end ?? start;
    const whole = this.#spanOf(seq);
    this.tables.push({
      span: { start: Math.min(whole.start, key?.span.start ?? whole.start), end: whole.end },
      header: { span: { start, end: Math.max(start, end) }, cells: header },
      rows,
      section: this.sections.current,
    });
    this.sections.fill();
  }

  #keyOf(pair: Pair): Cell | undefined {
    const key = pair.key as Node | null;
    if (!isScalar(key)) return undefined;
    const text = this.#textOf(key);
    return text === '' ? undefined : { text, span: this.#spanOf(key) };
  }

  #addField(name: string, nameSpan: Span, node: Node | null): void {
    const values = isSeq(node)
      ? node.items.map((item) => this.#textOf(item as Node | null)).filter((text) => text !== '')
      : [this.#textOf(node)].filter((text) => text !== '');
    const at = nameSpan.end - this.#offset;
    // Blank: the place to write is one space behind the colon.
    const colon = this.#source.indexOf(':', at);
    const place = Math.min(this.#offset + (colon < 0 ? at : colon + (this.#source.charCodeAt(colon + 1) === 32 ? 2 : 1)), this.#offset + this.#source.length);
    const valueSpan = values.length === 0 ? { start: place, end: place } : this.#spanOf(node);
    this.fields.push({ name, nameSpan, value: values.join('、'), values, valueSpan, source: this.#fieldSource, section: this.sections.current });
  }

  /** A scalar as written, without quotes; a list of words joined by 、; anything else as it stands. */
  #textOf(node: Node | null): string {
    if (node === null || isAlias(node)) return node === null ? '' : `*${node.source}`;
    if (isScalar(node)) {
      if (node.value === null) return '';
      return (typeof node.value === 'string' ? node.value : (node.source ?? '')).trim();
    }
    if (isSeq(node) && node.items.every((item) => isScalar(item))) {
      return node.items.map((item) => this.#textOf(item as Node)).join('、');
    }
    const { start, end } = this.#spanOf(node);
    return this.#source.slice(start - this.#offset, Math.min(end - this.#offset, start - this.#offset + 2000)).trim();
  }

  /** Where a node is written, without quotes and the white space behind. */
  #spanOf(node: Node | null): Span {
    const range = node?.range;
    if (range === undefined || range === null) return { start: this.#offset, end: this.#offset };
    let start = Math.min(range[0], this.#source.length);
    let end = Math.min(range[1], this.#source.length);
    if (isScalar(node) && (node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE')) {
      if (end - start >= 2) {
        start++;
        end--;
      }
    } else {
      if (isScalar(node) && (node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED')) {
        const lineEnd = this.#source.indexOf('\n', start);
        if (lineEnd >= 0 && lineEnd < end) start = lineEnd + 1;
        while (start < end && isSpace(this.#source.charCodeAt(start))) start++;
      }
      while (end > start && isSpace(this.#source.charCodeAt(end - 1))) end--;
    }
    return { start: this.#offset + start, end: this.#offset + Math.max(start, end) };
  }
}

function isSpace(c: number): boolean {
  return c === 32 || c === 9 || c === 10 || c === 13;
}
