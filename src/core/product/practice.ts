import type { DocumentType, RuleSource } from '../book/book';
import { partTitle } from '../book/part-title';
import type { TypedDocument } from './meaning';

/** From this many documents of one type on, what most of them lack is how the product works, not a slip in each. */
const fewestDocuments = 8;
/** Fewer are enough in one folder, when hardly any document there has a part. */
const fewestInFolder = 4;

interface Counts {
  readonly type: string;
  /** Every part of the type. */
  readonly known: readonly string[];
  readonly paths: Set<string>;
  readonly having: Map<string, number>;
  /** Documents from which on, and part of them below which, a part counts as not kept. */
  readonly fewest: number;
  readonly least: number;
  lacking: ReadonlySet<string>;
  usual: ReadonlySet<string>;
}

/** Share of documents from which on a part is one they have as a rule. */
const most = 0.75;

const none: ReadonlySet<string> = new Set();

/** A page that stands for its folder: what it says holds for the pages beside and below it. */
const entryPage = /^_?(?:readme|index)(?:[._-](?:ja|en|jp))?\.md$/iu;

function numbersIn(path: string): Pick<Known, 'pathShape' | 'pathNumbers'> {
  return { pathShape: path.replace(/\d+/gu, '0'), pathNumbers: (path.match(/\d+/gu) ?? []).map(Number) };
}

function isAfter(numbers: readonly number[], others: readonly number[]): boolean {
  for (const [i, number] of numbers.entries()) {
    const other = others[i] ?? 0;
    if (number !== other) return number > other;
  }
  return false;
}

/** Name of a part in the answers of {@link Practice.lacking}. */
export function partKey(kind: 'fields' | 'sections', id: string): string {
  return `${kind}:${id}`;
}

interface Known {
  readonly type: string;
  readonly parts: readonly string[];
  /** ISO day of a record, empty when it has none or the type is no record. */
  readonly day: string;
  /** It is one of a series: the next one goes on where it ended. */
  readonly inSeries: boolean;
  /** Its path without the numbers in it, and those: `ietf104/minutes.md` and `ietf119/minutes.md` are of one kind. */
  readonly pathShape: string;
  readonly pathNumbers: readonly number[];
}

/** A folder of a type whose documents lack what the others of the type have. */
export interface FolderPractice {
  readonly folder: string;
  readonly size: number;
  readonly lacking: ReadonlySet<string>;
}

/**
 * Which parts of a type the documents of a product really have. Where at least eight documents have a type and fewer than
 * half of them have a part, asking each of them for it says the same thing many times: it is one question to the product.
 * So it is in a folder of at least four where not more than a quarter has it. A page below an entry page of the same type
 * (`_index.md`, `README.md`) needs no field that the entry page carries. The newest record of a folder is asked for
 * all sections the same: what a team has left out so far, whoever writes today can begin with. Counts are kept as documents come and go, so that
 * an answer costs nothing while somebody types; nothing else enters into them, so that it is the same everywhere.
 */
export class Practice {
  readonly #parts = new Map<string, Known>();
  /** By type, and by type and folder. */
  readonly #counts = new Map<string, Counts>();
  /** Entry pages by their folder. */
  readonly #entries = new Map<string, string>();
  /** By type: how often an answer about its documents may have changed. */
  readonly #stamps = new Map<string, number>();

  /** Adds or replaces a document. */
  set(document: TypedDocument): void {
    const known = this.#parts.get(document.path);
    const before = this.#take(document.path);
    const { type } = document;
    if (type === undefined || document.guessed) {
      this.#judge(before);
      if (known !== undefined) this.#changed(known.type);
      return;
    }
    const parts = partsOf(document);
    const dated = type.class === 'record' && type.date !== undefined ? document.fields.get(type.date)?.value.days(document.year ?? 0)?.to : undefined;
    const now: Known = { type: type.id, parts, day: dated ?? '', inSeries: type.series !== undefined, ...numbersIn(document.path) };
    this.#parts.set(document.path, now);
    const folder = folderOf(document.path);
    const isEntry = entryPage.test(document.path.slice(document.path.lastIndexOf('/') + 1));
    if (isEntry) this.#entries.set(folder, document.path);
    const all = allParts(type);
    const after = [
      this.#countsOf(type.id, all, fewestDocuments, 0.5),
      this.#countsOf(folderKey(type.id, folder), all, fewestInFolder, 0.26),
    ];
    for (const counts of after) {
      counts.paths.add(document.path);
      for (const part of parts) counts.having.set(part, (counts.having.get(part) ?? 0) + 1);
    }
    this.#judge([...new Set([...before, ...after])]);
    if (known?.type !== now.type || known.day !== now.day || (isEntry && known.parts.join() !== parts.join())) {
      this.#changed(now.type);
      if (known !== undefined && known.type !== now.type) this.#changed(known.type);
    }
  }

  delete(path: string): void {
    const known = this.#parts.get(path);
    this.#judge(this.#take(path));
    if (known !== undefined) this.#changed(known.type);
  }

  /** Changes whenever an answer about a document of the type may have changed; typing in one seldom does. */
  stamp(type: string): number {
    return this.#stamps.get(type) ?? 0;
  }

  /** Whether a record of a series has a later one beside it: its tasks live on there. A postmortem's do not. Without a day its number counts. */
  isSuperseded(type: string, path: string): boolean {
    const known = this.#parts.get(path);
    if (known?.inSeries !== true) return false;
    return known.day === '' ? this.#hasNext(type, known) : !this.#isNewest(type, path);
  }

  /** Whether the path of another record is the same but for a higher number. */
  #hasNext(type: string, { pathShape, pathNumbers }: Known): boolean {
    for (const path of this.#counts.get(type)?.paths ?? []) {
      const other = this.#parts.get(path);
      if (other?.pathShape === pathShape && isAfter(other.pathNumbers, pathNumbers)) return true;
    }
    return false;
  }

  /**
   * Parts ({@link partKey}) that fewer than half of the documents of a type have. The set stays the same object while
   * nothing changes.
   *
   * @param path also what this document's folder does not keep, and what an entry page above it says for it
   */
  lacking(type: string, path?: string): ReadonlySet<string> {
    if (path === undefined) return this.#counts.get(type)?.lacking ?? none;
    const all = this.unusual(type, path);
    // Sections only: fields at the top are the form a team has chosen.
    return [...all].some(isSection) && this.#isNewest(type, path) ? new Set([...all].filter((part) => !isSection(part))) : all;
  }

  /** As {@link lacking}, of the newest record too: it is asked for sections, but as something that is new to the team. */
  unusual(type: string, path: string): ReadonlySet<string> {
    const ofType = this.#counts.get(type)?.lacking ?? none;
    const ofFolder = this.#counts.get(folderKey(type, folderOf(path)))?.lacking ?? none;
    const said = this.#saidAbove(type, path);
    return ofFolder.size === 0 && said.length === 0 ? ofType : new Set([...ofType, ...ofFolder, ...said]);
  }

  /** Parts that documents of a type, or of this document's folder, have as a rule: three quarters of them or more. */
  usual(type: string, path: string): ReadonlySet<string> {
    const ofType = this.#counts.get(type)?.usual ?? none;
    const ofFolder = this.#counts.get(folderKey(type, folderOf(path)))?.usual ?? none;
    return ofFolder.size === 0 ? ofType : new Set([...ofType, ...ofFolder]);
  }

  /** How many documents of a type there are. */
  size(type: string): number {
    return this.#counts.get(type)?.paths.size ?? 0;
  }

  /** Folders whose documents of a type lack more than the type's documents as a whole, by path. */
  folders(type: string): readonly FolderPractice[] {
    const ofType = this.lacking(type);
    const found: FolderPractice[] = [];
    for (const [key, counts] of this.#counts) {
      if (!key.startsWith(`${type}\n`)) continue;
      const lacking = new Set([...counts.lacking].filter((part) => !ofType.has(part)));
      if (lacking.size > 0) found.push({ folder: key.slice(type.length + 1), size: counts.paths.size, lacking });
    }
    return found.sort((a, b) => (a.folder < b.folder ? -1 : 1));
  }

  /** Whether a record is the newest of its folder, or of its type where it stands alone in its folder. */
  #isNewest(type: string, path: string): boolean {
    const day = this.#parts.get(path)?.day ?? '';
    if (day === '') return false;
    const beside = this.#counts.get(folderKey(type, folderOf(path)))?.paths;
    const all = beside !== undefined && beside.size > 1 ? beside : this.#counts.get(type)?.paths;
    for (const other of all ?? []) {
      const its = this.#parts.get(other)?.day ?? '';
      if (its > day || (its === day && other > path)) return false;
    }
    return true;
  }

  /** Fields that an entry page of the same type above a document carries. */
  #saidAbove(type: string, path: string): readonly string[] {
    for (let folder = folderOf(path); ; folder = folderOf(folder)) {
      const entry = this.#entries.get(folder);
      const known = entry === undefined || entry === path ? undefined : this.#parts.get(entry);
      if (known?.type === type) return known.parts.filter((part) => part.startsWith('fields:') && part !== partKey('fields', 'title'));
      if (folder === '') return [];
    }
  }

  #changed(type: string): void {
    this.#stamps.set(type, this.stamp(type) + 1);
  }

  #judge(touched: readonly Counts[]): void {
    for (const counts of touched) if (judge(counts)) this.#changed(counts.type);
  }

  #countsOf(key: string, known: readonly string[], fewest: number, least: number): Counts {
    const counts: Counts = this.#counts.get(key) ?? { type: key.split('\n')[0] ?? key, known, paths: new Set(), having: new Map(), fewest, least, lacking: none, usual: none };
    this.#counts.set(key, counts);
    return counts;
  }

  /** Takes a document out of the counts, which are judged afterwards. */
  #take(path: string): readonly Counts[] {
    const known = this.#parts.get(path);
    if (known === undefined) return [];
    const folder = folderOf(path);
    this.#parts.delete(path);
    if (this.#entries.get(folder) === path) this.#entries.delete(folder);
    const touched = [this.#counts.get(known.type), this.#counts.get(folderKey(known.type, folder))].filter((counts) => counts !== undefined);
    for (const counts of touched) {
      counts.paths.delete(path);
      for (const part of known.parts) counts.having.set(part, (counts.having.get(part) ?? 1) - 1);
    }
    return touched;
  }
}

function isSection(part: string): boolean {
  return part.startsWith('sections:');
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function folderKey(type: string, folder: string): string {
  return `${type}\n${folder}`;
}

/** @returns whether the answer has changed */
function judge(counts: Counts): boolean {
  const { size } = counts.paths;
  const known = size < counts.fewest ? [] : counts.known;
  const lacking = known.filter((part) => (counts.having.get(part) ?? 0) < size * counts.least);
  const usual = known.filter((part) => (counts.having.get(part) ?? 0) >= size * most);
  if (isSame(counts.lacking, lacking) && isSame(counts.usual, usual)) return false;
  counts.lacking = new Set(lacking);
  counts.usual = new Set(usual);
  return true;
}

function isSame(before: ReadonlySet<string>, now: readonly string[]): boolean {
  return before.size === now.length && now.every((part) => before.has(part));
}

function allParts(type: DocumentType): readonly string[] {
  return [...type.fields.map(({ id }) => partKey('fields', id)), ...type.sections.map(({ id }) => partKey('sections', id))];
}

/** What a document has: fields that say something, and sections. */
function partsOf(document: TypedDocument): readonly string[] {
  const fields = [...document.fields.values()].filter((field) => !field.value.empty).map((field) => partKey('fields', field.attribute.id));
  const sections = [...document.sections.values()].map((section) => partKey('sections', section.type.id));
  return [...fields, ...sections];
}

/** Folders a message names before it says "and others". */
const mostFolders = 3;

/**
 * What is said once about the documents of a type instead of in each of them.
 *
 * @param rules those that are in force; what none of them asks for is not said
 * @returns one sentence about the type as a whole, one about folders of it; none where documents have what is asked for
 */
export function practiceMessages(type: DocumentType, practice: Practice, rules: readonly RuleSource[], language: 'ja' | 'en'): readonly string[] {
  const messages: string[] = [];
  const name = language === 'en' ? (type.title.en ?? type.title.text) : type.title.text;
  const ofType = unaskedParts(type, practice.lacking(type.id), rules, language);
  const count = String(practice.size(type.id));
  if (ofType.length > 0) {
    messages.push(language === 'en'
      ? `Of ${count} documents of the type ${name}, more than half have no ${ofType.join(', ')}. This is said here once, not in each of them.`
      : `「${name}」${count}件の半分より多くに${quoted(ofType)}がありません。1件ずつは指摘せず、ここにまとめました。書くかどうかをチームで決めてください。`);
  }
  const folders = practice.folders(type.id).map((each) => ({ ...each, parts: unaskedParts(type, each.lacking, rules, language) })).filter((each) => each.parts.length > 0);
  if (folders.length > 0) {
    const parts = [...new Set(folders.flatMap((each) => each.parts))];
    const shown = folders.slice(0, mostFolders).map((each) => (each.folder === '' ? '.' : each.folder));
    const more = folders.length - shown.length;
    messages.push(language === 'en'
      ? `Hardly any ${name} in ${shown.join(', ')}${more > 0 ? ` and ${String(more)} more folders` : ''} has ${parts.join(', ')}. This is said here once, not in each of them.`
      : `「${name}」のうち、フォルダー ${shown.join('、')}${more > 0 ? ` ほか${String(more)}か所` : ''} の文書のほとんどに${quoted(parts)}がありません。1件ずつは指摘せず、ここにまとめました。`);
  }
  return messages;
}

/** What is said once about numbers (`D-12`) that nobody defines, where more of their form are unknown than known. */
export function numberMessages(unread: ReadonlyMap<string, readonly string[]>, language: 'ja' | 'en'): readonly string[] {
  return [...unread].sort(([a], [b]) => (a < b ? -1 : 1)).map(([prefix, ids]) => {
    const shown = ids.slice(0, 3).join(language === 'ja' ? '、' : ', ');
    const more = ids.length > 3;
    return language === 'en'
      ? `${String(ids.length)} numbers beginning with ${prefix} (${shown}${more ? ' …' : ''}) are defined in no document of this product, more than are. Add the document that defines them to documents, if it is here. This is said here once, not at each of them.`
      : `「${prefix}」で始まる番号のうち${String(ids.length)}個（${shown}${more ? ' など' : ''}）は、どの文書にも元がありません。元の文書があれば documents に加えてください。1か所ずつは指摘せず、ここにまとめました。`;
  });
}

function quoted(titles: readonly string[]): string {
  return titles.map((title) => `「${title}」`).join('');
}

/** Titles of the parts of a type that rules ask every document for and that documents lack: what is not said of each. */
function unaskedParts(type: DocumentType, lacking: ReadonlySet<string>, rules: readonly RuleSource[], language: 'ja' | 'en'): readonly string[] {
  if (lacking.size === 0) return [];
  const asked = rules.filter((rule) => concernsType(rule, type));
  return [
    ...type.fields.filter((field) => lacking.has(partKey('fields', field.id)) && asked.some((rule) => asksFor(rule, 'fields', field.id, field.required))),
    ...type.sections.filter((section) => lacking.has(partKey('sections', section.id)) && asked.some((rule) => asksFor(rule, 'sections', section.id, section.required))),
  ].map((part) => partTitle(part, language));
}

function concernsType(rule: RuleSource, type: DocumentType): boolean {
  const types = listOf(rule.definition.types);
  return (types.includes('all') || types.includes(type.id) || types.includes(type.class)) && !listOf(rule.definition.except).includes(type.id);
}

function asksFor(rule: RuleSource, kind: 'fields' | 'sections', id: string, required: boolean): boolean {
  const { require } = rule.definition;
  if (typeof require !== 'object' || require === null) return false;
  const asked = require as Readonly<Record<string, unknown>>;
  if (kind === 'fields' && rule.definition.on === 'document' && asked[id] === 'filled') return true;
  const names = listOf(asked[kind]);
  return names.includes(id) || (required && names.includes('required'));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
