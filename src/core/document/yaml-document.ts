import type { Cell, Field, FieldSource, Item, OpaqueSpan, Paragraph, ProjectDocument, ReadingProblem, Row, Table } from './document';
import { plainLinks } from './plain-links';
import { SectionBuilder } from './sections';
import { parseYaml } from './yaml';
import type { YamlEntry, YamlList, YamlMap, YamlNode } from './yaml-nodes';

type Reading = Omit<ProjectDocument, 'path' | 'format' | 'text' | 'lines'>;

const mostColumns = 200;
const deepestMap = 6;
/** Larger values are cut: a cell or field shows no more. */
const longestRaw = 2000;

/** The fields of front matter between two offsets; maps below give `key.child`. */
export function readYamlFields(text: string, from: number, to: number): { readonly fields: readonly Field[]; readonly problems: readonly ReadingProblem[] } {
  const { root, problems } = parseYaml(text, from, to, 'front_matter');
  const reader = new YamlReader(text, 'front_matter');
  if (root?.kind === 'map') reader.fieldsOf(root, '', 0);
  else if (problems.length === 0 && root !== undefined && !(root.kind === 'scalar' && root.text === '')) {
    return { fields: [], problems: [{ kind: 'front_matter', span: root.span, detail: 'not a list of keys' }] };
  }
  return { fields: reader.fields, problems };
}

/**
 * Reads a YAML document: words behind a key are a field, a list of maps is a table, and a key with more than a line below
 * it is a section. Linear; never throws.
 */
export function readYaml(text: string): Reading {
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  const { root, problems } = parseYaml(text, from, text.length, 'yaml');
  const reader = new YamlReader(text, 'yaml');
  if (root?.kind === 'map') reader.document(root, 1);
  else if (root?.kind === 'list') reader.list(root, undefined);
  const comments = commentsOf(text, from);
  return {
    frontMatter: undefined,
    fields: reader.fields,
    sections: reader.sections.finish(text.length),
    tables: reader.tables,
    items: reader.items,
    paragraphs: reader.paragraphs,
    links: plainLinks(text, from, comments),
    opaque: comments,
    problems,
  };
}

/** Comments that have a line of their own; they are no content. */
function commentsOf(text: string, from: number): OpaqueSpan[] {
  const found: OpaqueSpan[] = [];
  for (let at = text.indexOf('#', from); at >= 0; ) {
    let first = at;
    while (first > from && (text.charCodeAt(first - 1) === 32 || text.charCodeAt(first - 1) === 9)) first--;
    let end = text.indexOf('\n', at);
    if (end < 0) end = text.length;
    if (first === from || text.charCodeAt(first - 1) === 10) {
      found.push({ kind: 'comment', start: at, end: text.charCodeAt(end - 1) === 13 ? end - 1 : end });
    }
    at = text.indexOf('#', end);
  }
  return found;
}

class YamlReader {
  readonly fields: Field[] = [];
  readonly sections = new SectionBuilder();
  readonly tables: Table[] = [];
  readonly items: Item[] = [];
  readonly paragraphs: Paragraph[] = [];
  readonly #text: string;
  readonly #source: FieldSource;

  constructor(text: string, source: FieldSource) {
    this.#text = text;
    this.#source = source;
  }

  fieldsOf(map: YamlMap, prefix: string, depth: number): void {
    for (const entry of map.entries) {
      const name = prefix + entry.key.text;
      if (entry.value.kind === 'map' && depth < deepestMap) this.fieldsOf(entry.value, `${name}.`, depth + 1);
      else this.#addField(name, entry);
    }
  }

  document(map: YamlMap, level: number): void {
    for (const entry of map.entries) {
      const { value } = entry;
      if (value.kind === 'map' && level <= deepestMap) {
        this.#openSection(level, entry);
        this.document(value, level + 1);
      } else if (value.kind === 'list') {
        if (value.items.every((item) => item.kind !== 'map')) this.#addField(entry.key.text, entry);
        this.#openSection(level, entry);
        this.list(value, entry);
      } else if (value.kind === 'scalar' && value.block) {
        this.#addField(entry.key.text, entry);
        this.#openSection(level, entry);
        if (value.text === '') continue;
        this.paragraphs.push({ span: value.span, section: this.sections.current, quote: false });
        this.sections.fill();
      } else {
        this.#addField(entry.key.text, entry);
        this.sections.fill();
      }
    }
  }

  /** A list of maps is a table, any other a list of items. */
  list(list: YamlList, entry: YamlEntry | undefined): void {
    const maps = list.items.filter((item): item is YamlMap => item.kind === 'map');
    if (maps.length > 0) {
      this.#addTable(list, maps, entry);
      return;
    }
    for (const item of list.items) {
      const text = this.#textOf(item);
      if (text === '') continue;
      this.items.push({ kind: 'bullet', checked: false, text, span: item.span, depth: 0, section: this.sections.current });
      this.sections.fill();
    }
  }

  #openSection(level: number, entry: YamlEntry): void {
    const { key } = entry;
    // Indentation belongs to the section; in flow form other entries stand on the same line.
    let start = key.span.start;
    while (start > 0 && (this.#text.charAt(start - 1) === ' ' || this.#text.charAt(start - 1) === '\t')) start--;
    const line = { start, end: key.span.end };
    this.sections.open(Math.min(level, 6), 'heading', key.text, key.span, line, Math.min(key.span.end + 1, this.#text.length));
  }

  #addTable(list: YamlList, maps: readonly YamlMap[], entry: YamlEntry | undefined): void {
    const columns = new Map<string, number>();
    const header: Cell[] = [];
    const rows: Row[] = [];
    for (const map of maps) {
      const row: (Cell | undefined)[] = [];
      for (const { key, value } of map.entries) {
        let column = columns.get(key.text);
        if (column === undefined) {
          if (columns.size >= mostColumns) continue;
          column = columns.size;
          columns.set(key.text, column);
          header.push({ text: key.text, span: key.span });
        }
        const text = this.#textOf(value);
        // A blank value shows its key, so that there is something to see.
        row[column] = { text, span: text === '' ? key.span : value.span };
      }
      const missing: Cell = { text: '', span: map.entries[0]?.key.span ?? map.span };
      rows.push({ span: map.span, cells: Array.from(row, (cell) => cell ?? missing) });
    }
    const start = header[0]?.span.start ?? list.span.start;
    const end = header.reduce((last, cell) => Math.max(last, cell.span.end), start);
    this.tables.push({
      span: { start: Math.min(list.span.start, entry?.key.span.start ?? list.span.start), end: list.span.end },
      header: { span: { start, end }, cells: header },
      rows,
      section: this.sections.current,
    });
    this.sections.fill();
  }

  #addField(name: string, { key, value }: YamlEntry): void {
    const texts = value.kind === 'list' ? value.items.map((item) => this.#textOf(item)) : [this.#textOf(value)];
    const values = texts.filter((text) => text !== '');
    this.fields.push({
      name,
      nameSpan: key.span,
      value: values.join('、'),
      values,
      valueSpan: value.span,
      source: this.#source,
      section: this.sections.current,
    });
  }

  /** Words as written; a list of words joined by 、; anything else as it stands. */
  #textOf(node: YamlNode): string {
    if (node.kind === 'scalar') return node.text;
    if (node.kind === 'list' && node.items.every((item) => item.kind === 'scalar')) return node.items.map((item) => this.#textOf(item)).join('、');
    return this.#text.slice(node.span.start, Math.min(node.span.end, node.span.start + longestRaw)).trim();
  }
}
