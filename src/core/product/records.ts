import type { Link } from '../document/document';
import type { Span } from '../text/position';
import { id as findIds } from '../rules/recognisers/ids';
import { plainName } from '../rules/recognisers/people';
import type { Person } from '../rules/context';
import { headingAbove, lineBefore } from '../text/line';
import { anchorsOf, hasAnchorElsewhere, isLineOf, siteOf, type Site } from './anchors';
import { spellingsOf, type Spelling } from './glossary';
import { readTarget, type LinkTarget } from './links';
import type { TypedDocument } from './meaning';
import type { TypedTable } from './typed-tables';

/** A record of a product: a row of a register, or a document with an id of its own. */
interface RecordPlace {
  readonly id: string;
  readonly document: TypedDocument;
  readonly table: TypedTable | undefined;
  /** Row of the table, -1 for a document. */
  readonly row: number;
  readonly span: Span;
}

/** Where an id is written. */
export interface IdPlace {
  readonly document: TypedDocument;
  readonly span: Span;
}

/** An id written where it does not define anything. */
interface Mention {
  readonly id: string;
  readonly document: TypedDocument;
  readonly span: Span;
}

/** A link with what it points at. */
interface ResolvedLink {
  readonly link: Link;
  readonly target: LinkTarget;
}

interface Entry {
  readonly records: readonly RecordPlace[];
  /** Ids that head a list item or heading (`- RG-004: …`): they say what the number stands for. */
  readonly headed: ReadonlyMap<string, Span>;
  /** Ids that stand first in a row of a further table of a register, or in a heading of a document whose type gives them out. */
  readonly kept: readonly string[];
  readonly mentions: readonly Mention[];
  readonly links: readonly ResolvedLink[];
}

/**
 * The documents of one product as a whole: which records exist, who mentions them, what links where. A document is read
 * again only when it is set anew.
 */
export class ProductIndex {
  readonly #documents = new Map<string, TypedDocument>();
  readonly #entries = new Map<string, Entry>();
  readonly #files: Set<string>;
  readonly #others: Set<string>;
  readonly #anchors = new Map<string, ReadonlySet<string>>();
  readonly #site: Site;
  readonly #rosters = new Map<string, TypedDocument>();
  #people: readonly Person[] | undefined;
  readonly #glossaries = new Map<string, TypedDocument>();
  #spellings: { readonly book: readonly Spelling[]; readonly all: readonly Spelling[] } | undefined;
  #all: Merged | undefined;
  #sorted: readonly string[] | undefined;

  /**
   * @param files every file of the product (paths), also those that are no documents; `undefined` = unknown
   * @param others files below it that belong to other products
   */
  constructor(files?: Iterable<string>, others?: Iterable<string>) {
    this.#files = new Set(files);
    this.#others = new Set(others);
    this.#site = siteOf(this.#files);
  }

  /** Adds or replaces a document. */
  set(document: TypedDocument): void {
    this.#documents.set(document.path, document);
    this.#forgetLists(document.path);
    if (document.type?.id === 'glossary') {
      this.#glossaries.set(document.path, document);
      this.#spellings = undefined;
    }
    if (document.type?.id === 'roster') {
      this.#rosters.set(document.path, document);
      this.#people = undefined;
    }
    this.#files.add(document.path);
    this.#sorted = undefined;
    this.#entries.delete(document.path);
    this.#anchors.delete(document.path);
    this.#all = undefined;
  }

  /** Adds a file that is no document. */
  addFile(path: string): void {
    this.#files.add(path);
    this.#sorted = undefined;
    this.#all = undefined;
  }

  /** A file of another product below came or went. @returns whether that was not known */
  setOther(path: string, isThere: boolean): boolean {
    if (this.#others.has(path) === isThere) return false;
    if (isThere) this.#others.add(path);
    else this.#others.delete(path);
    this.#all = undefined;
    return true;
  }

  delete(path: string): void {
    this.#documents.delete(path);
    this.#forgetLists(path);
    this.#files.delete(path);
    this.#sorted = undefined;
    this.#entries.delete(path);
    this.#anchors.delete(path);
    this.#all = undefined;
  }

  /** Every document, by path in code unit order. */
  get documents(): readonly TypedDocument[] {
    return this.#merged().documents;
  }

  document(path: string): TypedDocument | undefined {
    return this.#documents.get(path);
  }

  ofType(type: string): readonly TypedDocument[] {
    return this.#merged().byType.get(type) ?? [];
  }

  /** Where an id is defined, in document order. `ADR-010` also finds a record with a name in front (`K4x-ADR-010`). */
  definitions(id: string): readonly RecordPlace[] {
    const key = idKey(id);
    const { records, tails } = this.#merged();
    return records.get(key) ?? records.get(tails.get(key) ?? '') ?? [];
  }

  /**
   * Whether a list item or heading says what an id stands for. Numbers that a type of document gives out (`R-…`) are
   * defined by its documents alone: also by a table of closed rows beside the register, or by the name of a file.
   */
  isExplained(id: string): boolean {
    const { headed, owned, kept } = this.#merged();
    const key = idKey(id);
    return kept.has(key) || (headed.has(key) && !owned.has(prefixOf(id)));
  }

  /** Whether a document of no type speaks of an id: it may be defined there, where nobody looks. */
  isSpokenOfAside(id: string): boolean {
    return this.mentions(id).some(({ document }) => document.type === undefined);
  }

  /** All ids that are defined, as written. */
  get ids(): readonly string[] {
    return this.#merged().ids;
  }

  /** The id that is written at an offset of a document: one that it defines or names. */
  idAt(path: string, offset: number): string | undefined {
    const document = this.#documents.get(path);
    if (document === undefined) return undefined;
    const { records, mentions } = this.#entry(document);
    return [...records, ...mentions].find(({ span }) => span.start <= offset && offset <= span.end)?.id;
  }

  /** Where a person finds what an id stands for: its records, else the list items and headings that say so. */
  explanations(id: string): readonly IdPlace[] {
    const records = this.definitions(id);
    if (records.length > 0) return records;
    return this.documents.flatMap((document) => {
      const span = this.#entry(document).headed.get(idKey(id));
      return span === undefined ? [] : [{ document, span }];
    });
  }

  mentions(id: string): readonly Mention[] {
    return this.#merged().mentions.get(idKey(id)) ?? [];
  }

  /**
   * Whether ids of this form (`R-…`) are kept in this product, so that an unknown one is a mistake. Where three or more of a form
   * are unknown, and more than are known, they are kept somewhere else or in a way nobody here can read
   * ({@link unreadNumbers}).
   */
  knowsPrefix(id: string): boolean {
    const prefix = prefixOf(id);
    return this.#merged().prefixes.has(prefix) && !this.#unread().has(prefix);
  }

  /** Forms of numbers (`D`) of which more are unknown than known, with the unknown ones as they are written. */
  get unreadNumbers(): ReadonlyMap<string, readonly string[]> {
    return this.#unread();
  }

  #unread(): ReadonlyMap<string, readonly string[]> {
    const merged = this.#merged();
    merged.unread ??= unreadOf(merged, (id) => this.definitions(id).length > 0 || this.isExplained(id));
    return merged.unread;
  }

  /** Documents that link to a file. */
  linksTo(path: string): readonly { readonly document: TypedDocument; readonly link: Link }[] {
    return this.#merged().linksTo.get(path) ?? [];
  }

  linksOf(document: TypedDocument): readonly ResolvedLink[] {
    return this.#entry(document).links;
  }

  mentionsOf(document: TypedDocument): readonly Mention[] {
    return this.#entry(document).mentions;
  }

  /** Whether a file or folder exists. */
  exists(path: string): boolean {
    const plain = path.replace(/\/$/u, '');
    if ([plain, plain.normalize('NFC'), `${plain}.md`].some((one) => this.#files.has(one) || this.#others.has(one))) return true;
    const { folders, unlisted } = this.#merged();
    // Nobody can tell what is in a folder that cannot be listed.
    return folders.has(plain) || unlisted.some((folder) => plain.startsWith(folder));
  }

  get files(): readonly string[] {
    this.#sorted ??= [...this.#files].sort(byCodeUnit);
    return this.#sorted;
  }

  /** Whether a document has a heading with this anchor; true when the file cannot be looked into. */
  hasAnchor(path: string, anchor: string): boolean {
    const document = this.#documents.get(path);
    if (document?.document.format !== 'markdown' || anchor === '') return true;
    let anchors = this.#anchors.get(path);
    if (anchors === undefined) {
      anchors = anchorsOf(document, this.#site);
      this.#anchors.set(path, anchors);
    }
    return anchors.has(anchor) || anchors.has(anchor.toLowerCase()) || isLineOf(document, anchor) || hasAnchorElsewhere(document, anchors, anchor);
  }

  /** Whether pages beside may have what a bare `#label` leads to. */
  get hasLabels(): boolean {
    return this.#site.labels;
  }

  /** People of the roster documents (type `roster`): a name column, and one that says who left. */
  get people(): readonly Person[] {
    this.#people ??= [...this.#rosters.values()].sort((a, b) => byCodeUnit(a.path, b.path)).flatMap(peopleOf);
    return this.#people;
  }

  /** The terms of a Book and the words of the product's own glossaries; the same list as long as neither changes. */
  spellings(book: readonly Spelling[]): readonly Spelling[] {
    if (this.#spellings?.book !== book) {
      const own = [...this.#glossaries.values()].sort((a, b) => byCodeUnit(a.path, b.path)).flatMap(spellingsOf);
      this.#spellings = { book, all: own.length === 0 ? book : [...book, ...own] };
    }
    return this.#spellings.all;
  }

  #forgetLists(path: string): void {
    if (this.#rosters.delete(path)) this.#people = undefined;
    if (this.#glossaries.delete(path)) this.#spellings = undefined;
  }

  #entry(document: TypedDocument): Entry {
    let entry = this.#entries.get(document.path);
    if (entry === undefined) {
      const records = recordsOf(document);
      const mentions = mentionsOf(document, records);
      entry = { records, headed: headedBy(mentions, document), kept: [...keptBy(document), ...headingsOf(mentions, document)], mentions, links: linksOf(document) };
      this.#entries.set(document.path, entry);
    }
    return entry;
  }

  #merged(): Merged {
    this.#all ??= this.#merge();
    return this.#all;
  }

  #merge(): Merged {
    const documents = [...this.#documents.values()].sort((a, b) => byCodeUnit(a.path, b.path));
    const merged: Merged = {
      documents, byType: new Map(), records: new Map(), tails: new Map(), mentions: new Map(), linksTo: new Map(), ids: [], prefixes: new Set(), headed: new Set(), kept: new Set(), owned: new Set(), folders: new Set(), unlisted: [...this.#files].filter((file) => file.endsWith('/')),
    };
    for (const file of this.#files) for (const key of namedBy(file, this.#documents.get(file))) merged.kept.add(key);
    for (const file of [...this.#files, ...this.#others]) {
      for (let end = file.lastIndexOf('/'); end > 0; end = file.lastIndexOf('/', end - 1)) {
        const folder = file.slice(0, end);
        if (merged.folders.has(folder)) break;
        merged.folders.add(folder);
      }
    }
    for (const document of documents) {
      if (document.type !== undefined) push(merged.byType, document.type.id, document);
      const shape = document.type?.idShape;
      if (shape !== undefined) {
        merged.prefixes.add(prefixOf(shape));
        merged.owned.add(prefixOf(shape));
      }
      const entry = this.#entry(document);
      for (const id of entry.headed.keys()) merged.headed.add(id);
      for (const id of entry.kept) merged.kept.add(id);
      for (const record of entry.records) {
        if (!merged.records.has(idKey(record.id))) merged.ids.push(record.id);
        const key = idKey(record.id);
        push(merged.records, key, record);
        const tail = /^[0-9]?[A-Z][0-9A-Z]*-([A-Z]{1,10}-[0-9]+)$/u.exec(key)?.[1];
        if (tail !== undefined) merged.tails.set(tail, key);
        merged.prefixes.add(prefixOf(record.id));
      }
      for (const mention of entry.mentions) push(merged.mentions, idKey(mention.id), mention);
      for (const link of entry.links) if (link.target.kind === 'file') push(merged.linksTo, link.target.path, { document, link: link.link });
    }
    merged.prefixes.delete('');
    return merged;
  }
}

interface Merged {
  readonly documents: readonly TypedDocument[];
  readonly byType: Map<string, TypedDocument[]>;
  readonly records: Map<string, RecordPlace[]>;
  /** `ADR-10` → `K4X-ADR-10`. */
  readonly tails: Map<string, string>;
  readonly mentions: Map<string, Mention[]>;
  readonly linksTo: Map<string, { readonly document: TypedDocument; readonly link: Link }[]>;
  readonly ids: string[];
  readonly prefixes: Set<string>;
  readonly headed: Set<string>;
  /** Ids of rows that a register keeps in a further table, and those that stand in the name of a file. */
  readonly kept: Set<string>;
  /** Prefixes of the ids that types give out. */
  readonly owned: Set<string>;
  readonly folders: Set<string>;
  /** Folders that cannot be listed, each ending in `/`. */
  readonly unlisted: readonly string[];
  unread?: ReadonlyMap<string, readonly string[]>;
}

/** From this many unknown numbers of one form on, and more than known ones, each says the same. */
const fewestUnread = 3;

function unreadOf(merged: Merged, isKnown: (id: string) => boolean): ReadonlyMap<string, readonly string[]> {
  const known = new Map<string, number>();
  const unknown = new Map<string, string[]>();
  for (const [key, [mention]] of merged.mentions) {
    const prefix = prefixOf(key);
    if (mention === undefined || !merged.prefixes.has(prefix)) continue;
    if (isKnown(key)) known.set(prefix, (known.get(prefix) ?? 0) + 1);
    else push(unknown, prefix, mention.id);
  }
  return new Map([...unknown].filter(([prefix, ids]) => ids.length >= fewestUnread && ids.length > (known.get(prefix) ?? 0)));
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}

export function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Ids compare without case, blanks and leading zeros: `R-001` = `r-1`. */
export function idKey(id: string): string {
  // Most are written as they compare, and a register has thousands.
  if (plainId.test(id)) return id.includes('-0') ? id.replace(/-0+(?=\d)/u, '-') : id;
  return id.normalize('NFKC').replace(/[\s*_`[\]]/gu, '').toUpperCase().replace(/(^|[^0-9])0+(?=\d)/gu, '$1');
}

const plainId = /^[A-Z]{1,20}-[0-9]{1,20}$/;

function prefixOf(id: string): string {
  return /^[A-Z]{1,10}(?=-[0-9N]|[0-9N]+$)/u.exec(id.normalize('NFKC').toUpperCase())?.[0] ?? '';
}

/** The records a document defines: filled id cells of its tables, and its own id. */
function recordsOf(document: TypedDocument): readonly RecordPlace[] {
  const records: RecordPlace[] = [];
  for (const table of document.tables) {
    const column = table.positions.get('id');
    if (column === undefined || (document.type !== undefined && table.id === undefined)) continue;
    // A list of milestones in a report repeats records; only the register that owns the ids defines them.
    for (let row = 0; row < table.table.rows.length; row++) {
      const value = document.cell(table, row, column);
      if (value !== undefined && !value.empty) records.push({ id: value.text.trim(), document, table, row, span: value.span });
    }
  }
  const own = document.fields.get('id');
  if (own !== undefined && !own.value.empty) records.push({ id: own.value.text.trim(), document, table: undefined, row: -1, span: own.value.span });
  else records.push(...labelledIds(document));
  return records;
}

/** Lines at the top, and units, in which a number given by a label like `Doc-ID:` or 文書番号 can stand. */
const headLines = 60;
const longestHead = 10_000;
const ownIdLabel = /^[\s>*_|#-]*(?:(?:doc(?:ument)?|adr|spec)?[-_ ]?id|(?:文書|ドキュメント|管理)\s?(?:id|番号))[*_\s]*[:：|][*_`"'\s]*$/iu;

/** The label of a number of the kind that the type gives out (`INC-NNN`): 番号, 障害番号, No. Another document's number is called so. */
const numberLabel = /^[\s>*_|#-]*(?:[^\s:：|]{0,8}番号|no\.?|number|id)[*_\s]*[:：|][*_`"'\s]*$/iu;
const ofAnother = /関連|関係|参照|前回|元の|起票|related|parent|previous/iu;
/** A heading or title that ends or begins with its number: `# 入場記録の遅れ（INC-003）`. */
const titleLine = /^(?:\s{0,3}#\s|title\s?:)[^\r\n]*$/u;

/** The rest of a line, and the line below it that makes a title of it. */
const underline = /^[^\r\n]*\r?\n=+[ \t]*(?:[\r\n]|$)/u;

/** A heading under which nothing stands but the document's number. */
const ownIdHeading = /^\s*(?:文書|管理|ドキュメント|document)?\s?(?:ID|番号|No\.?|number)\s*$/iu;

/** The document's own number where no field of its type takes it. */
function labelledIds(document: TypedDocument): readonly RecordPlace[] {
  const { text, lines } = document.document;
  const shape = document.type?.idShape;
  const own = shape === undefined ? '' : prefixOf(shape);
  const head = text.slice(0, Math.min(longestHead, lines.startOf(headLines)));
  for (const hit of findIds(head, { people: new Set(), ownDomains: [], terms: [] })) {
    const before = lineBefore(head, hit.start, 60);
    const id = head.slice(hit.start, hit.end);
    const isOwn = own !== '' && prefixOf(id) === own && !ofAnother.test(before) && (numberLabel.test(before) || standsInTitle(before, head, hit.end));
    const isAlone = before.trim() === '' && ownIdHeading.test(headingAbove(head, hit.start)) && /^\s*(?:[\r\n]|$)/u.test(head.slice(hit.end, hit.end + 20));
    if (isOwn || isAlone || ownIdLabel.test(before)) return [{ id, document, table: undefined, row: -1, span: { start: hit.start, end: hit.end } }];
  }
  return [];
}

/** Whether a number stands in brackets, or first, in the title of its document. */
function standsInTitle(before: string, head: string, end: number): boolean {
  const isUnderlined = underline.test(head.slice(end, end + 400));
  if (!isUnderlined && !titleLine.test(before)) return false;
  return (/[（(【[]\s?$/u.test(before) && /^\s?[）)】\]]/u.test(head.slice(end, end + 2))) || /^(?:\s{0,3}#|title\s?:)\s*["']?$/u.test(before) || (isUnderlined && /^[*_`]{0,3}$/u.test(before.trim()));
}

/** A section that says how numbers are given: those in it are examples. */
const isScheme = /(?:id|番号|採番|命名).{0,6}(?:規約|規則|ルール|体系|付け方|形式|方式|一覧の見方)|採番|numbering|id (?:format|scheme|convention)/iu;

/** `ADR-002 (pending)`: a number kept for what is still to be written. */
const isToCome = /^\s?[(（](?:pending|planned|reserved|to be written|TBD|予定|未作成|作成予定|欠番|予約)/iu;

function mentionsOf(document: TypedDocument, records: readonly RecordPlace[]): readonly Mention[] {
  const text = document.document.text;
  const defined = new Set(records.map((record) => record.span.start));
  const opaque = document.document.opaque.filter((span) => span.kind !== 'front_matter' && span.kind !== 'inline');
  // A document that writes its own number refers to nothing.
  const own = records.filter((record) => record.table === undefined).map((record) => idKey(record.id));
  const schemes = document.document.sections.filter((section) => isScheme.test(section.title)).map((section) => section.span);
  let at = 0;
  const mentions: Mention[] = [];
  for (const hit of findIds(text, { people: new Set(), ownDomains: [], terms: [] })) {
    if (defined.has(hit.start) || own.includes(idKey(text.slice(hit.start, hit.end)))) continue;
    while (at < opaque.length && (opaque[at]?.end ?? 0) <= hit.start) at++;
    if ((opaque[at]?.start ?? Infinity) <= hit.start) continue;
    if (isToCome.test(text.slice(hit.end, hit.end + 14))) continue;
    if (schemes.some((span) => span.start <= hit.start && hit.end <= span.end)) continue;
    mentions.push({ id: text.slice(hit.start, hit.end), document, span: { start: hit.start, end: hit.end } });
  }
  return mentions;
}

function headedBy(mentions: readonly Mention[], document: TypedDocument): ReadonlyMap<string, Span> {
  const { text } = document.document;
  const headed = new Map<string, Span>();
  for (const { id, span } of mentions) {
    const before = lineBefore(text, span.start, 40);
    const after = text.slice(span.end, span.end + 6);
    const leads = /^\s*(?:[-*+]|\d+[.)]|#{1,6})\s(?:\[[ xX]\]\s)?[*_`[]{0,3}$/u.test(before) && /^[*_`\]]{0,3}\s?[:：]/u.test(after);
    const closes = isLabelledHeading.test(before) && /^[*_`]{0,3}\s*(?:[\r\n]|$)/u.test(after);
    if (leads || closes || (isHeading.test(before) && namesHeading.test(after))) {
      if (!headed.has(idKey(id))) headed.set(idKey(id), span);
    }
  }
  return headed;
}

/**
 * What stands before and after a number that a heading begins with: `### D-61-1 七句の規則`, `## R-004: late delivery`. `## ADR-012 との関係`
 * speaks of a record that is defined elsewhere.
 */
const isHeading = /^\s{0,3}#{1,6}\s[*_`[]{0,3}$/u;
/** `### ユーザーストーリー: REPEAT-001-02`. */
const isLabelledHeading = /^\s{0,3}#{1,6}\s[^:：\r\n]{1,24}[:：]\s?[*_`]{0,3}$/u;
const namesHeading = /^[*_`\]]{0,3}(?:\s?[:：]|[ \t\u3000]+(?!と|の|は|を|が|に|で|も|へ|から|より|and |or |vs |to )[^\s]|[ \t]*(?:\r?\n|$))/u;

/** The numbers of its type that a document gives in its own headings: a log of decisions with one heading each. */
function headingsOf(mentions: readonly Mention[], document: TypedDocument): readonly string[] {
  const shape = document.type?.idShape;
  if (shape === undefined) return [];
  const { text } = document.document;
  return mentions.filter(({ id, span }) => prefixOf(id) === prefixOf(shape) && isHeading.test(lineBefore(text, span.start, 40)) && namesHeading.test(text.slice(span.end, span.end + 6)))
    // `D-19` stands for all of `D-19-1`, `D-19-2` and so on.
    .flatMap(({ id }) => [idKey(id), idKey(id.replace(/(?<=\d)-\d+$/u, ''))]);
}

/** Most numbers that a span like `T-001〜003` can stand for. */
const longestSpan = 50;

/** The numbers at the start of rows in tables of a register that are not the register itself, such as its closed rows. */
function keptBy(document: TypedDocument): readonly string[] {
  if (document.type?.class !== 'register') return [];
  return document.tables.filter((table) => table.id === undefined).flatMap(({ table }) => table.rows.flatMap((row) => {
    const [, prefix = '', first = '', last = ''] = /^[*_`[]{0,3}([A-Z]{1,10}-)(\d{1,6})(?:\s?[〜~～–-]\s?(?:\1)?(\d{1,6}))?[*_`\]]{0,3}(?=$|[^\w-])/u.exec(row.cells[0]?.text ?? '') ?? [];
    if (prefix === '') return [];
    const to = last === '' ? Number(first) : Math.min(Number(last), Number(first) + longestSpan);
    return Array.from({ length: Math.max(1, to - Number(first) + 1) }, (_, i) => idKey(`${prefix}${String(Number(first) + i)}`));
  }));
}

/** The numbers that the name of a file gives: `DOC-05_基礎.md`, and `adr-015-model.md` or `0043-keys.md` where the documents of its type are numbered. */
function namedBy(path: string, document: TypedDocument | undefined): readonly string[] {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const shape = document?.type?.idShape;
  const whole = /^[A-Z]{1,10}-\d{1,6}(?!\d)/iu.exec(name)?.[0];
  // In small letters only where the documents of its type are numbered so: `adr-015-model.md`.
  if (whole !== undefined && (/^[A-Z]/u.test(whole) || (shape !== undefined && prefixOf(whole) === prefixOf(shape)))) return [idKey(whole)];
  const number = /^\d{1,6}(?=[-_ ])/u.exec(name)?.[0];
  return number === undefined || shape === undefined ? [] : [idKey(`${prefixOf(shape)}-${number}`)];
}

function linksOf(document: TypedDocument): readonly ResolvedLink[] {
  return document.document.links.map((link) => ({ link, target: readTarget(link.target, document.path) }));
}

const nameColumns = ['name', 'person', 'member'];
const activeColumns = ['active', 'state', 'status'];

function peopleOf(document: TypedDocument): readonly Person[] {
  const people: Person[] = [];
  for (const table of document.tables) {
    const byId = nameColumns.map((id) => table.positions.get(id)).find((position) => position !== undefined);
    const name = byId ?? table.columns.findIndex((column, i) => column?.kind === 'person' || /氏名|名前|名簿|^name$/iu.test(table.table.header.cells[i]?.text ?? ''));
    const active = activeColumns.map((id) => table.positions.get(id)).find((position) => position !== undefined);
    for (let row = 0; row < table.table.rows.length; row++) {
      const written = document.cell(table, row, name);
      if (written === undefined || plainName(written.text) === '') continue;
      const state = active === undefined ? '' : (document.cell(table, row, active)?.text ?? '');
      people.push({ name: written.text.trim(), active: !/^(?:false|no|inactive|×|✗)$|異動|退職|離任|休職|left|moved/iu.test(state.trim()) });
    }
  }
  return people;
}
