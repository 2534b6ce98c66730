import type { Attribute, DocumentClass, DocumentType, FoundIn, Origin, SectionType, TableType, ValueKind, Words, WordSet } from './book';
import { entriesOf, isData, mapOf, optionalText, textOf, wordsOf } from './data';
import type { AttributeSource, TableSource, TypeSource, WordSetSource } from './layer';

const classes: readonly string[] = ['register', 'living', 'record', 'checklist'];
const defaultPlacesOfField: readonly FoundIn[] = ['front_matter', 'label', 'table'];

/** Title and its translation, from the flat keys `name` and `name_en`. */
export function wordsIn(map: Readonly<Record<string, unknown>>, name: string, fallback = ''): Words {
  return { text: textOf(map[name]) || fallback, en: optionalText(map[`${name}_en`]) };
}

/** Reads one file under `types/`; parts of the wrong shape are left out (validation has reported them). */
export function readType(value: unknown, id: string, origin: Origin): TypeSource {
  const map = mapOf(value);
  const places = mapOf(map.places);
  const kind = textOf(map.class);
  const series = textOf(map.series);
  return {
    id,
    title: wordsIn(map, 'title', id),
    aliases: wordsOf(map.aliases),
    class: classes.includes(kind) ? (kind as DocumentClass) : undefined,
    guide: optionalText(map.guide),
    template: optionalText(map.template),
    owner: textOf(map.owner),
    places: { folder: optionalText(folderOf(places.folder)), file: optionalText(places.file) },
    idShape: optionalText(map.id),
    date: optionalText(map.date),
    series: series === 'folder' || series === 'product' ? series : undefined,
    fields: entriesOf(map.fields).map(([name, field]) => readAttribute(name, field)),
    sections: entriesOf(map.sections).map(([name, section]) => readSection(name, section)),
    tables: entriesOf(map.tables).map(([name, table]) => readTable(name, table)),
    columnAliases: Object.fromEntries(entriesOf(map.aliases_of_columns).map(([name, words]) => [name, wordsOf(words)])),
    words: readWordSets(map.words),
    origin,
  };
}

/** A folder as the paths of a product are written: without `/` or `./` in front, where people write them. */
export function folderOf(value: unknown): string {
  return textOf(value).replace(/^(?:\.?\/)+/u, '');
}

function readAttribute(id: string, value: unknown): AttributeSource {
  const map = mapOf(value);
  const has = (key: string) => map[key] !== undefined;
  return {
    id,
    ...(has('title') ? { title: textOf(map.title) } : {}),
    ...(has('aliases') ? { aliases: wordsOf(map.aliases) } : {}),
    ...(has('kind') ? { kind: textOf(map.kind) as ValueKind } : {}),
    ...(has('words') ? { words: optionalText(map.words) } : {}),
    ...(has('required') ? { required: map.required === true } : {}),
    ...(has('required_when') ? { requiredWhen: map.required_when } : {}),
    ...(has('instead') ? { instead: wordsOf(map.instead) } : {}),
    ...(has('hint') ? { hint: textOf(map.hint) } : {}),
    ...(has('unit') ? { unit: textOf(map.unit) } : {}),
    ...(has('refers_to') ? { refersTo: optionalText(map.refers_to) } : {}),
    ...(has('each') ? { each: map.each === true } : {}),
    ...(has('found_in') ? { foundIn: wordsOf(map.found_in) as readonly FoundIn[] } : {}),
  };
}

function readSection(id: string, value: unknown): SectionType {
  const map = mapOf(value);
  return {
    id,
    title: textOf(map.title) || id,
    aliases: wordsOf(map.aliases),
    required: map.required === true,
    hint: textOf(map.hint),
    record: map.class === 'record',
    after: optionalText(map.after),
  };
}

function readTable(id: string, value: unknown): TableSource {
  const map = mapOf(value);
  return {
    id,
    main: map.main === true,
    columns: entriesOf(map.columns).map(([name, column]) => readAttribute(name, column)),
  };
}

/** Reads `words:` of a type file, an overlay or `kobo.yaml`: set name → word id → spellings, or `{ group: ids }`. */
export function readWordSets(value: unknown): Readonly<Record<string, WordSetSource>> {
  const sets: Record<string, WordSetSource> = {};
  for (const [name, set] of entriesOf(value)) {
    const words: Record<string, readonly string[]> = {};
    const groups: Record<string, readonly string[]> = {};
    for (const [id, spellings] of entriesOf(set)) {
      if (isData(spellings)) groups[id] = wordsOf(spellings.group);
      else words[id] = wordsOf(spellings);
    }
    sets[name] = { words, groups };
  }
  return sets;
}

/** The contract's form of a word set. */
export function toWordSet(source: WordSetSource): WordSet {
  return { words: new Map(Object.entries(source.words)), groups: new Map(Object.entries(source.groups)) };
}

/** Lays one `common.yaml` over another: what it writes replaces entry by entry, the rest stays. */
export function overCommon(upper: TypeSource, lower: TypeSource): TypeSource {
  return {
    ...lower,
    ...upper,
    fields: overAttributes(upper.fields, lower.fields),
    sections: overById(upper.sections, lower.sections),
    tables: overById(upper.tables, lower.tables),
    columnAliases: { ...lower.columnAliases, ...upper.columnAliases },
    words: overWords(upper.words, lower.words),
  };
}

/** What is left of a type when `common.yaml` is under it: every attribute complete, own words over shared ones. */
export function mergeType(source: TypeSource, common: TypeSource | undefined): DocumentType {
  const columnAliases = { ...common?.columnAliases, ...source.columnAliases };
  const isCommon = source === common;
  const fields = isCommon || !common ? source.fields : overAttributes(source.fields, common.fields);
  const tables = isCommon || !common ? source.tables : overById(source.tables, common.tables);
  const words = isCommon || !common ? source.words : overWords(source.words, common.words);
  return {
    id: source.id,
    title: source.title,
    aliases: source.aliases,
    class: source.class ?? 'living',
    guide: source.guide,
    template: source.template,
    owner: source.owner,
    places: source.places,
    idShape: source.idShape,
    date: source.date,
    series: source.series,
    fields: fields.map((field) => complete(field, [])),
    sections: isCommon || !common ? source.sections : overById(source.sections, common.sections),
    tables: tables.map((table): TableType => ({
      id: table.id,
      main: table.main,
      columns: table.columns.map((column) => complete(column, columnAliases[column.id] ?? [])),
    })),
    words: new Map(Object.entries(words).map(([name, set]) => [name, toWordSet(set)])),
    origin: source.origin,
  };
}

function complete(source: AttributeSource, moreAliases: readonly string[]): Attribute {
  const title = source.title ?? moreAliases[0] ?? source.id;
  return {
    id: source.id,
    title,
    aliases: [...new Set([...(source.aliases ?? []), ...moreAliases])].filter((alias) => alias !== title),
    kind: source.kind ?? 'text',
    words: source.words,
    required: source.required ?? false,
    requiredWhen: source.requiredWhen,
    instead: source.instead ?? [],
    hint: source.hint ?? '',
    unit: source.unit ?? '',
    refersTo: source.refersTo,
    each: source.each ?? false,
    foundIn: source.foundIn ?? defaultPlacesOfField,
  };
}

/** Own attributes first, each completed by the shared one of the same id; then the shared ones left. */
function overAttributes(own: readonly AttributeSource[], shared: readonly AttributeSource[]): readonly AttributeSource[] {
  const lower = new Map(shared.map((attribute) => [attribute.id, attribute]));
  const merged = own.map((attribute) => ({ ...lower.get(attribute.id), ...attribute }));
  const taken = new Set(own.map((attribute) => attribute.id));
  return [...merged, ...shared.filter((attribute) => !taken.has(attribute.id))];
}

function overById<T extends { readonly id: string }>(own: readonly T[], shared: readonly T[]): readonly T[] {
  const taken = new Set(own.map((part) => part.id));
  return [...own, ...shared.filter((part) => !taken.has(part.id))];
}

/** Word by word: own words in their order, then the shared ones that the own set does not name. */
function overWords(
  own: Readonly<Record<string, WordSetSource>>, shared: Readonly<Record<string, WordSetSource>>,
): Readonly<Record<string, WordSetSource>> {
  const merged: Record<string, WordSetSource> = { ...shared };
  for (const [name, set] of Object.entries(own)) {
    const lower = shared[name];
    merged[name] = lower
      ? { words: { ...set.words, ...omit(lower.words, set.words) }, groups: { ...lower.groups, ...set.groups } }
      : set;
  }
  return merged;
}

function omit<T>(from: Readonly<Record<string, T>>, named: Readonly<Record<string, unknown>>): Record<string, T> {
  return Object.fromEntries(Object.entries(from).filter(([key]) => !(key in named)));
}
