import type { Attribute, DocumentClass, DocumentType, RuleSource, TableType, ValueKind } from '../book/book';
import { readDocument } from '../document/read';
import type { EffectiveSettings } from '../product/settings';
import { isCollection } from './collections';
import { isData, textsOf, type Data } from './compiler';
import type { Scope } from './scopes';
import { hasShape } from './shape';
import { isTextOperator } from './text-operators';

/** A document an example is run on. */
export interface ExampleFile {
  readonly path: string;
  readonly text: string;
}

/** A document as an example writes it: the text may hold `《…》`. */
interface MarkedFile extends ExampleFile {
  readonly type: DocumentType | undefined;
  /** The text before the change, for history rules. */
  readonly before?: string | undefined;
}

const classWords: readonly string[] = ['register', 'living', 'record', 'checklist'];

/** Turns an example into documents: files as given, a Markdown block, a table of rows, a line, a path. */
export function buildExample(example: unknown, source: RuleSource, scopes: readonly Scope[], settings: EffectiveSettings): readonly MarkedFile[] {
  const scope = scopes[0];
  if (scope === undefined) return [];
  if (isData(example) && isData(example.files)) {
    return Object.entries(example.files).map(([path, text]) => {
      const written = textsOf(text)[0] ?? '';
      return { path, text: written, type: typeOfPath(path, written, settings) };
    });
  }
  const type = typeFor(source, scopes, settings, example);
  const map: Data = isData(example) ? example : {};
  const before = isData(map.saved) ? map.saved.before : undefined;
  const file = buildOne(example, scope, type);
  return [{ ...file, before: before === undefined ? undefined : buildOne(typeof before === 'string' ? { ...map, text: before } : { ...map, ...(isData(before) ? before : {}) }, scope, type).text }];
}

function buildOne(example: unknown, scope: Scope, type: DocumentType): MarkedFile {
  const map: Data = isData(example) ? example : {};
  const path = textsOf(map.name)[0] ?? (scope.name === 'name' ? (typeof example === 'string' ? example : undefined) : undefined) ?? 'docs/example.md';
  const head = frontMatter(map.document);
  const text = typeof example === 'string' ? example : textsOf(map.text)[0];
  if (scope.name === 'name') return { path, text: head === '' ? '# x\n' : `${head}# x\n`, type };
  if (text !== undefined) return { path, text: head + textFor(text, scope, type), type };
  if (isData(example) && (scope.name === 'rows' || scope.name === 'tables' || scope.name === 'cells' || scope.name === 'document')) {
    const rows = rowsOf(map);
    if (rows.length > 0) return { path, text: head + tableFor(rows, tableOf(scope, type)), type };
  }
  return { path, text: head, type };
}

/** Keys of an example that are no columns. */
export const contextKeys: ReadonlySet<string> = new Set(['type', 'today', 'phase', 'gate', 'params', 'document', 'row', 'rows', 'files', 'name', 'finds', 'saved', 'people', 'text']);

function rowsOf(map: Data): readonly Data[] {
  if (Array.isArray(map.rows)) return (map.rows as readonly unknown[]).filter(isData);
  if (isData(map.row)) return [map.row];
  // A rule on waivers has a column `rule`; `type` and `name` may be columns too when nothing else says so.
  const own = Object.entries(map).filter(([key]) => !contextKeys.has(key));
  return own.length === 0 ? [] : [Object.fromEntries(own)];
}

function frontMatter(value: unknown): string {
  if (!isData(value)) return '';
  return `---\n${Object.entries(value).map(([key, each]) => `${key}: ${textsOf(each)[0] ?? ''}\n`).join('')}---\n\n`;
}

function textFor(text: string, scope: Scope, type: DocumentType): string {
  switch (scope.name) {
    case 'cells':
      return /^\s*\|/u.test(text) ? `${text}\n` : cellFor(text, scope, type);
    case 'fields': {
      const field = scope.selector?.find((id) => !id.includes(':')) ?? 'title';
      return text.startsWith('---') ? text : `---\n${field}: ${text === '' ? '' : text}\n---\n\n# x\n`;
    }
    case 'dates':
      return scope.places?.includes('tables') === true && !text.includes('|') ? `| x | 値 |\n|---|---|\n| y | ${text} |\n` : `${text}\n`;
    case 'tasks':
      return /^\s*[-*]/u.test(text) ? `${text}\n` : `- [ ] ${text}\n`;
    case 'lines':
    case 'sentences': {
      const regions = ['prose', 'tables', 'code', 'headings', 'fields', 'everywhere', 'all'];
      const section = [...(scope.selector ?? []), ...(scope.places ?? [])].map((id) => type.sections.find((each) => each.id === id)).find((each) => each !== undefined);
      const named = [...(scope.selector ?? []), ...(scope.places ?? [])].find((id) => !regions.includes(id));
      if (text.startsWith('#') || named === undefined) return `${text}\n`;
      return `## ${section?.title ?? named}\n\n${text}\n`;
    }
    default:
      return text.endsWith('\n') ? text : `${text}\n`;
  }
}

function cellFor(text: string, scope: Scope, type: DocumentType): string {
  const column = type.tables.flatMap((table) => table.columns).find((each) => matches(each, scope.selector));
  const table = type.tables.find((each) => column !== undefined && each.columns.includes(column));
  const id = table?.columns.find((each) => each.id === 'id' && each !== column);
  const other = id ?? table?.columns.find((each) => each !== column && !each.each);
  return `| ${other?.title ?? 'x'} | ${column === undefined || column.each ? '値' : column.title} |\n|---|---|\n| ${id === undefined ? 'x' : 'X-1'} | ${text} |\n`;
}

function matches(column: Attribute, selector: readonly string[] | undefined): boolean {
  if (selector === undefined || selector.includes('all')) return false;
  return selector.includes(column.id) || selector.includes(`kind:${column.kind}`);
}

function tableOf(scope: Scope, type: DocumentType): TableType | undefined {
  const names = [...(scope.selector ?? []), ...(scope.places ?? [])];
  return type.tables.find((table) => names.includes(table.id)) ?? type.tables.find((table) => table.main) ?? type.tables[0];
}

function tableFor(rows: readonly Data[], table: TableType | undefined): string {
  const keys = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const own = (table?.columns ?? []).filter((column) => !column.each && !keys.includes(column.id));
  const headers = [...keys.map((key) => table?.columns.find((column) => column.id === key && !column.each)?.title ?? key), ...own.map((column) => column.title)];
  const lines = rows.map((row) => [...keys.map((key) => textsOf(row[key])[0] ?? ''), ...own.map(() => '')]);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`;
  return line(headers) + `|${'---|'.repeat(headers.length)}\n` + lines.map(line).join('');
}

/** Type of an example file: what its front matter says, else the type whose places it lies in, else `page` under `pages/`. */
function typeOfPath(path: string, text: string, settings: EffectiveSettings): DocumentType | undefined {
  const written = readDocument(path, text).fields.find((field) => field.name === 'type' || field.name === '種別')?.value;
  if (written !== undefined) return settings.types.get(written) ?? [...settings.types.values()].find((type) => type.title.text === written);
  const slash = path.lastIndexOf('/');
  const folder = slash < 0 ? '' : path.slice(0, slash);
  const name = path.slice(slash + 1);
  let best: DocumentType | undefined;
  let most = -1;
  for (const type of settings.types.values()) {
    const { folder: place, file } = type.places;
    if (file === undefined || !hasShape(file, name) || (place !== undefined && place !== folder && !folder.startsWith(`${place}/`))) continue;
    const weight = file.replace(/[*]/gu, '').length + (place?.length ?? 0);
    if (weight > most) {
      best = type;
      most = weight;
    }
  }
  if (best !== undefined) return best;
  if (path.startsWith('pages/')) return settings.types.get('page') ?? made('page', 'living', settings, []);
  const stem = name.replace(/\.[a-z]+$/u, '');
  return settings.types.get(stem) ?? [...settings.types.values()].find((type) => type.id.startsWith(stem));
}

/** The type an example is run as: named by it, the rule's first type, or one made up for a class word. */
function typeFor(source: RuleSource, scopes: readonly Scope[], settings: EffectiveSettings, example: unknown): DocumentType {
  const map: Data = isData(example) ? example : {};
  const text = typeof example === 'string' ? example : textsOf(map.text)[0];
  const written = text?.startsWith('---') === true ? /^type:[ \t]*([a-z0-9-]+)[ \t]*$/mu.exec(text.slice(0, 1000))?.[1] : undefined;
  const named = isData(map.row) || map.name !== undefined || map.text !== undefined || Array.isArray(map.rows) ? textsOf(map.type)[0] : undefined;
  const types = textsOf(source.definition.types ?? 'all');
  const selected = scopes[0]?.selector?.find((each) => each.startsWith('type:'))?.slice(5);
  const wanted = named ?? (written !== undefined && settings.types.has(written) ? written : undefined) ?? selected ?? types.find((type) => settings.types.has(type)) ?? types[0] ?? 'all';
  const known = settings.types.get(wanted);
  const columns = columnsOf(map, source, scopes);
  if (known !== undefined && (rowsOf(map).length === 0 || known.tables.some((table) => columns.some((column) => table.columns.some((each) => each.id === column || each.each))))) return known;
  const klass = classWords.find((word) => word === wanted) as DocumentClass | undefined;
  return made(known?.id ?? (klass === undefined ? wanted : 'example'), klass ?? known?.class ?? 'register', settings, columns, scopes[0]);
}

/** Columns an example's table has: those it names, and those its rule asks about. */
function columnsOf(map: Data, source: RuleSource, scopes: readonly Scope[]): readonly string[] {
  const scope = scopes[0];
  if (scope?.name !== 'cells' && scope?.name !== 'rows' && scope?.name !== 'tables') return [];
  const rows = rowsOf(map).flatMap((row) => Object.keys(row));
  const selected = scope.name === 'cells' ? (scope.selector ?? []).filter((each) => each !== 'all' && !each.includes(':')) : [];
  const asked = scope.name === 'rows' ? ['when', 'unless', 'require', 'forbid'].flatMap((key) => subjectsOf(source.definition[key])) : [];
  return [...new Set([...rows, ...selected, ...asked])];
}

function subjectsOf(condition: unknown): readonly string[] {
  if (!isData(condition)) return [];
  return Object.entries(condition).flatMap(([key, value]) => {
    if (key === 'any' || key === 'all') return Array.isArray(value) ? (value as readonly unknown[]).flatMap(subjectsOf) : [];
    if (key === 'not') return subjectsOf(value);
    return isTextOperator(key) || isCollection(key) || key.includes('.') || key === 'expr' ? [] : [key];
  });
}

const kindsByName: Readonly<Record<string, ValueKind>> = {
  start: 'date', end: 'date', due: 'date', date: 'date', closed: 'date', updated: 'date', until: 'date', received: 'date', progress: 'percent', status: 'status', owner: 'person',
  receiver: 'person', id: 'id', planned: 'number', actual: 'number', variance: 'number', executed: 'number', passed: 'number', failed: 'number', not_executed: 'number', time: 'text',
};

/** A type for examples whose own type the Book does not have: columns by name, as other types know them. */
function made(id: string, klass: DocumentClass, settings: EffectiveSettings, columns: readonly string[], scope?: Scope): DocumentType {
  const known = [...settings.types.values()].flatMap((type) => type.tables.flatMap((table) => table.columns));
  const wanted = [...new Set([...columns, 'id', 'title', 'owner', 'due', 'status', 'updated', 'priority'])];
  const plain = (name: string): Attribute => known.find((each) => each.id === name && !each.each) ?? {
    id: name, title: name, aliases: [], kind: kindsByName[name] ?? 'text', words: name === 'status' ? 'status' : settings.common.words.has(name) ? name : undefined, required: false, requiredWhen: undefined,
    hint: '', unit: '', refersTo: undefined, each: false, instead: [], foundIn: [],
  };
  const selected = scope?.selector?.find((each) => !each.includes(':') && each !== 'all');
  if (settings.common.tables.some((table) => scope?.places?.includes(table.id) === true || selected === table.id)) return { ...settings.common, id, class: klass };
  return {
    ...settings.common, id, class: klass,
    tables: [{ id: scope?.name === 'rows' && selected !== undefined ? selected : 'main', main: true, columns: wanted.map(plain) }],
  };
}
