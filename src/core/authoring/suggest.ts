import type { Book, DocumentType, Page, RuleSource } from '../book/book';
import { placeOf } from '../book/book-folder';
import type { SchemaName } from '../book/validate';
import { readDocument } from '../document/read';
import { anchorsOf } from '../document/slug';
import type { Span } from '../text/position';
import { keyExample, keyMeaning, valueMeaning } from './key-words';
import { keysAt, valuesAt } from './schema-walk';
import { yamlPlaceAt, type YamlPlace } from './yaml-place';

/** What can be offered that the Book's files do not say. */
export interface AuthoringFacts {
  readonly book: Book;
  readonly language: 'ja' | 'en';
  /** Names of people and products that are at hand. */
  readonly people: readonly string[];
  readonly products: readonly string[];
}

export interface AuthoringItem {
  readonly text: string;
  readonly kind: 'key' | 'value' | 'reference';
  /** One plain sentence. */
  readonly detail: string;
  /** A small example as YAML. */
  readonly example: string | undefined;
}

export interface AuthoringItems {
  readonly span: Span;
  readonly items: readonly AuthoringItem[];
}

/** The schema a file of a Book (or `kobo.yaml`) is written by; `undefined` for other files. */
export function schemaOf(path: string): SchemaName | undefined {
  if (/(?:^|\/)kobo\.ya?ml$/u.test(path)) return 'kobo';
  const kind = placeOf(path)?.kind;
  switch (kind) {
    case 'book':
    case 'terms':
    case 'lifecycle':
    case 'kit':
    case 'overlay':
    case 'type':
      return kind;
    case 'common':
      return 'type';
    case 'rules':
      return 'rule';
    default:
      return undefined;
  }
}

/**
 * What can be written at an offset of a file of the Book: the keys its schema knows with what they mean, words of the rule
 * language, and names that the Book has (types, columns, pages with their headings, levels, rules …).
 */
export function suggestInBook(path: string, text: string, offset: number, facts: AuthoringFacts): AuthoringItems | undefined {
  const schema = schemaOf(path);
  const place = schema === undefined ? undefined : yamlPlaceAt(text, offset);
  if (schema === undefined || place === undefined) return undefined;
  const items = place.inKey ? keyItems(schema, place, facts) : valueItems(schema, place, facts);
  return items.length === 0 ? undefined : { span: place.span, items };
}

const ruleRoots: ReadonlySet<string> = new Set(['rules', 'add_rules']);
const conditionKeys: ReadonlySet<string> = new Set(['when', 'unless', 'require', 'forbid']);

function keyItems(schema: SchemaName, place: YamlPlace, facts: AuthoringFacts): readonly AuthoringItem[] {
  const { language } = facts;
  const known = keysAt(schema, place.path).filter(({ name }) => !place.siblings.has(name));
  const keys = known.map(({ name, description, required }) => ({ name, required, item: item(`${name}: `, 'key', keyMeaning(description, language) || valueMeaning(name, language), keyExample(name)) }));
  const sorted = [...keys.filter((key) => key.required), ...keys.filter((key) => !key.required)].map((key) => key.item);
  const names = referencesFor(schema, [...place.path, ''], place, facts, true).filter(({ text }) => !place.siblings.has(text)).map((one) => ({ ...one, text: `${one.text}: ` }));
  // A list of plain words is begun like a map: both belong here.
  const values = typeof place.path.at(-1) === 'number' ? valueItems(schema, place, facts) : [];
  return isCondition(schema, place.path) ? [...names, ...sorted] : [...sorted, ...names, ...values];
}

function valueItems(schema: SchemaName, place: YamlPlace, facts: AuthoringFacts): readonly AuthoringItem[] {
  const { language } = facts;
  const words = valuesAt(schema, place.path).map((word) => item(word, 'value', valueMeaning(word, language), undefined));
  const names = referencesFor(schema, place.path, place, facts, false);
  const seen = new Set<string>();
  return [...names, ...words].filter(({ text }) => !seen.has(text) && seen.add(text));
}

function item(text: string, kind: AuthoringItem['kind'], detail: string, example?: string): AuthoringItem {
  return { text, kind, detail, example };
}

/** Whether a map at a path is a condition of the rule language. */
function isCondition(schema: SchemaName, path: readonly (string | number)[]): boolean {
  const last = path.filter((step): step is string => typeof step === 'string').at(-1) ?? '';
  return (schema === 'rule' || schema === 'overlay') && (conditionKeys.has(last) || ['any', 'all', 'not', 'where', 'every'].includes(last)) && path.some((step) => ruleRoots.has(String(step)));
}

/** Names that the Book has, for the value (or key) at the end of a path. */
function referencesFor(schema: SchemaName, path: readonly (string | number)[], place: YamlPlace, facts: AuthoringFacts, isKey: boolean): readonly AuthoringItem[] {
  const { book, language } = facts;
  const named = path.filter((step): step is string => typeof step === 'string');
  const last = named.at(-1) ?? '';
  const parent = named.at(-2) ?? '';
  const reference = (text: string, detail: string): AuthoringItem => item(text, 'reference', detail);
  const titled = (list: readonly { readonly id: string; readonly title: { readonly text: string; readonly en: string | undefined } }[]) =>
    list.map(({ id, title }) => reference(id, language === 'en' ? (title.en ?? title.text) : title.text));
  const types = (): readonly AuthoringItem[] => titled([...book.types.values()]);
  const inRule = (schema === 'rule' || schema === 'overlay') && named.some((step) => ruleRoots.has(step)) && named.length > 1 && !(schema === 'overlay' && named[0] === 'rules');

  if (isKey) {
    if (schema === 'kobo' && parent === 'rules') return rulesOf(book, language);
    if ((schema === 'book' && parent === 'adjust') || (schema === 'overlay' && parent === 'rules')) return rulesOf(book, language);
    if (parent === 'places' && schema !== 'type') return types();
    if (inRule && (isCondition(schema, path.slice(0, -1)) || ['fill', 'swap', 'replace', 'set_field'].includes(parent))) return attributes(typesOf(place, book), ['fields', 'columns']);
    return [];
  }
  switch (last) {
    case 'types':
    case 'except':
      if (schema === 'type') return [];
      return [...types(), ...['register', 'living', 'record', 'checklist', 'all', 'untyped'].map((word) => item(word, 'value', valueMeaning(word, language)))];
    case 'type':
    case 'refers_to':
      return schema === 'type' && last === 'type' ? [] : types();
    case 'guide':
    case 'page':
      return guides(book, schema === 'rule' && named.includes('rules') ? (place.maps[0]?.get('guide') ?? '') : '');
    case 'track':
      return titled(book.lifecycle.tracks);
    case 'level':
      return titled(book.lifecycle.levels);
    case 'gate':
    case 'gates':
      return titled(book.lifecycle.gates);
    case 'phase':
    case 'phases':
    case 'from':
    case 'to':
      return titled(book.lifecycle.phases);
    case 'size':
    case 'sizes':
      return titled(book.lifecycle.sizes ?? []);
    case 'pilot':
    case 'products':
      return [...new Set([...facts.products, ...book.overlays.keys()])].map((id) => reference(id, ''));
    case 'owner':
      return owners(book, facts.people);
    case 'approved_by':
      return facts.people.map((name) => reference(name, ''));
    case 'template':
      return titled(book.templates);
    case 'rule':
      return rulesOf(book, language);
    case 'words':
      if (schema === 'type') return [...book.common.words.keys()].map((name) => reference(name, [...(book.common.words.get(name)?.words.keys() ?? [])].slice(0, 6).join('、')));
      break;
    case 'extends':
      return [item('starter', 'value', valueMeaning('starter', language))];
    case 'id':
      return inRule && named.length === 2 ? [reference(nextRuleId(book, place), '')] : [];
    default:
      break;
  }
  if (schema === 'kobo' && parent === 'documents') return [...types(), item('none', 'value', valueMeaning('none', language))];
  if ((schema === 'kobo' && parent === 'rules') || (schema === 'book' && parent === 'adjust') || (schema === 'overlay' && parent === 'rules')) {
    return ['off', 'error', 'warning', 'info', 'hint'].map((word) => item(word, 'value', valueMeaning(word, language)));
  }
  if (!inRule) return [];
  const own = typesOf(place, book);
  if (last === 'mark') return [...attributes(own, ['fields', 'columns']), ...['match', 'row', 'heading', 'section', 'name'].map((word) => item(word, 'value', valueMeaning(word, language)))];
  if (last === 'in') return [...sections(own), ...tables(own), ...['prose', 'tables', 'headings', 'code', 'everywhere'].map((word) => item(word, 'value', valueMeaning(word, language)))];
  if (last === 'sections' || parent === 'on' && ['sentences', 'lines', 'tasks', 'steps'].includes(last)) return sections(own);
  if (last === 'rows' || last === 'tables') return tables(own);
  if (last === 'fields') return attributes(own, ['fields']);
  if (last === 'columns' || last === 'cells') return attributes(own, ['columns']);
  if (last === 'documents' || last === 'referenced_by' || last === 'of') return [...types(), item('required', 'value', valueMeaning('required', language))];
  if (parent === 'fill' || parent === 'set_field' || last === 'replace') return ['ask', 'today', 'next_id', 'expected', 'nearest', 'preferred', 'half_width'].map((word) => item(word, 'value', valueMeaning(word, language)));
  if (conditionKeys.has(parent) || ['any', 'all', 'not', 'where', 'every', 'is'].includes(parent) || last === 'is') return wordsFor(own, last === 'is' ? parent : last, language);
  return [];
}

function rulesOf(book: Book, language: 'ja' | 'en'): readonly AuthoringItem[] {
  return book.rules.map(({ id, title }: RuleSource) => item(id, 'reference', language === 'en' ? (title.en ?? title.text) : title.text));
}

/** Types of the rule the caret is in, as far as they are written. */
function typesOf(place: YamlPlace, book: Book): readonly DocumentType[] {
  const maps = place.path.length >= 2 && ruleRoots.has(String(place.path[0])) ? [place.maps[2] ?? place.siblings, place.maps[0]] : [place.siblings];
  const written = maps.map((map) => map?.get('types')).find((text) => text !== undefined && text !== '') ?? '';
  const names = written.replace(/[[\]"']/gu, ' ').split(/[\s,]+/u);
  const found = [...book.types.values()].filter((type) => names.includes(type.id) || names.includes(type.class));
  return found.length > 0 ? found : [...book.types.values()];
}

function attributes(types: readonly DocumentType[], of: readonly ('fields' | 'columns')[]): readonly AuthoringItem[] {
  const found = new Map<string, string>();
  for (const type of types) {
    const all = [...(of.includes('columns') ? type.tables.flatMap((table) => table.columns) : []), ...(of.includes('fields') ? type.fields : [])];
    for (const { id, title, hint, each } of all) if (!each && !found.has(id)) found.set(id, hint === '' ? title : `${title}：${hint}`);
  }
  return [...found].map(([id, detail]) => item(id, 'reference', detail));
}

function sections(types: readonly DocumentType[]): readonly AuthoringItem[] {
  const found = new Map(types.flatMap((type) => type.sections.map(({ id, title }): readonly [string, string] => [id, title])));
  return [...found].map(([id, title]) => item(id, 'reference', title));
}

function tables(types: readonly DocumentType[]): readonly AuthoringItem[] {
  const found = new Map(types.flatMap((type) => type.tables.map(({ id, columns }): readonly [string, string] => [id, columns.slice(0, 5).map((column) => column.title).join('、')])));
  return [...found].map(([id, detail]) => item(id, 'reference', detail));
}

/** States, and the words a column or field may have. */
function wordsFor(types: readonly DocumentType[], subject: string, language: 'ja' | 'en'): readonly AuthoringItem[] {
  const words = new Map<string, string>();
  for (const type of types) {
    for (const { id, words: name } of [...type.fields, ...type.tables.flatMap((table) => table.columns)]) {
      const set = id === subject && name !== undefined ? type.words.get(name) : undefined;
      for (const [word, spellings] of set?.words ?? []) if (!words.has(word)) words.set(word, spellings.slice(0, 4).join('、'));
      for (const [group, members] of set?.groups ?? []) if (!words.has(group)) words.set(group, members.join('、'));
    }
  }
  return [...['filled', 'empty', 'valid'].map((word) => item(word, 'value', valueMeaning(word, language))), ...[...words].map(([word, detail]) => item(word, 'reference', detail))];
}

function owners(book: Book, people: readonly string[]): readonly AuthoringItem[] {
  const found = new Set([...book.rules.map((rule) => rule.owner), ...[...book.types.values()].map((type) => type.owner), ...people].filter((name) => name !== ''));
  return [...found].map((name) => item(name, 'reference', ''));
}

const anchors = new WeakMap<object, readonly (readonly [string, string])[]>();

/** Anchors of a page with their headings; a page is read once. */
function headingsOf(page: Page): readonly (readonly [string, string])[] {
  let known = anchors.get(page);
  if (known === undefined) {
    const document = readDocument(page.path, page.text);
    known = anchorsOf(document).map((anchor, i) => [anchor, document.sections[i]?.title ?? ''] as const).filter(([anchor]) => anchor !== '');
    anchors.set(page, known);
  }
  return known;
}

/** Pages and their headings; headings of the page of the file head first, as `#heading`. */
function guides(book: Book, headPage: string): readonly AuthoringItem[] {
  const head = headPage.replace(/["']/gu, '');
  const own = book.pages.find((page) => page.path === head || page.path === `pages/${head}`);
  return [
    ...(own === undefined ? [] : headingsOf(own).map(([anchor, title]) => item(`"#${anchor}"`, 'reference', `${own.title} › ${title}`))),
    ...book.pages.map((page) => item(page.path, 'reference', page.title)),
    ...(own === undefined ? book.pages.flatMap((page) => headingsOf(page).slice(0, 30).map(([anchor, title]) => item(`${page.path}#${anchor}`, 'reference', `${page.title} › ${title}`))) : []),
  ];
}

/** The next free number with the prefix that the file's other rules, or the Book's, have. */
function nextRuleId(book: Book, place: YamlPlace): string {
  const group = place.maps[0]?.get('group') ?? '';
  const prefix = book.rules.find((rule) => rule.group === group)?.id.split('-')[0] ?? 'OUR';
  return nextIdWith(book, prefix);
}

/** The next free rule id with a prefix. */
export function nextIdWith(book: Book, prefix: string): string {
  const numbers = book.rules.filter(({ id }) => id.startsWith(`${prefix}-`)).map(({ id }) => Number(id.slice(prefix.length + 1)) || 0);
  return `${prefix}-${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`;
}

/** Every page and heading that can explain a rule. */
export function guideChoices(book: Book): readonly { readonly address: string; readonly title: string; readonly where: string }[] {
  return book.pages.flatMap((page) => [
    { address: page.path, title: page.title, where: page.path },
    ...headingsOf(page).map(([anchor, title]) => ({ address: `${page.path}#${anchor}`, title, where: page.title })),
  ]);
}
