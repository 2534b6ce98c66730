import type { Book, DocumentType } from '../book/book';
import type { ProjectDocument, Table } from '../document/document';
import { isAsciiWord, normalise } from '../text/normalise';

/** A type a document may be of, with what speaks for it, in the order of weight. */
export interface TypeGuess {
  readonly type: string;
  /** 0 to 1. */
  readonly confidence: number;
  /** Each a short phrase to show: `見出し 3/4`, `ファイル名 issues`. */
  readonly evidence: readonly string[];
  /** A folder around it is called by a name of the type that is no other word: `手順書`. */
  readonly inNamedFolder: boolean;
}

/** A type's names and parts in comparable form; names also dashed. */
interface Signature {
  readonly type: DocumentType;
  readonly names: readonly string[];
  /** Of the names those that say by themselves what is so called. */
  readonly telling: ReadonlySet<string>;
  readonly folder: string;
  readonly fileStart: string;
  /** One entry a required section: its accepted headings. */
  readonly sections: readonly (readonly string[])[];
  /** The same for every section. */
  readonly allSections: readonly (readonly string[])[];
  /** One entry a required column of the main table: its accepted headers. */
  readonly columns: readonly (readonly string[])[];
  /** Of these headers the ones that few types have: task, owner, due and status say nothing. */
  readonly ownHeaders: ReadonlySet<string>;
}

/** How sure a name in the path and the same in the title make it. */
const namedTwice = 0.7;

/** How sure a name that is no other word makes it: alone; and as the end of a longer one, or of a folder that may hold other things too. */
const toldByName = 0.7;
const toldInPart = 0.6;

/** A name that the names of so many other types end with says little: 「計画書」. */
const mostEnding = 3;

/** What a name that is no other word ends with in Japanese: it speaks of a document, not of what the document is about. */
const documentWord = /(?:書|録|集|図|表|簿|票|一覧|台帳|報告|チェックリスト|マニュアル)$/u;

/** A header that the main tables of more types ask for is no clue by itself. */
const mostSharing = 4;

const signatures = new WeakMap<Book, readonly Signature[]>();

/** Folder names too general to say anything. */
export const plainFolders: ReadonlySet<string> = new Set(['docs', 'doc', 'documents', 'pages', 'src', '']);

/** File names that introduce other documents. */
const introductions: ReadonlySet<string> = new Set([
  'readme', 'index', '_index', 'summary', 'toc', 'contents', 'changelog', 'contributing', 'license', 'code-of-conduct',
  'code_of_conduct', 'security', 'support', 'metadata', '目次',
]);

/** Folders and name parts of what is no document of the product any more, or not yet. */
const asideNames: ReadonlySet<string> = new Set([
  'template', 'templates', '_template', '_templates', 'テンプレート', 'ひな形', '雛形', '様式', 'archive', 'archives', 'archived',
  '_archive', 'アーカイブ', 'old', '_old', '旧', '過去', '保管', 'sample', 'samples', 'サンプル', 'example', 'examples', '記入例',
]);

/**
 * Guesses the type of a document from its path, title, headings and table headers; best guess first, none below 0.2.
 * Index pages, templates, archives and cancelled meetings are not guessed. Two types that look alike give a low
 * confidence each.
 * @param language the evidence is worded in, `ja` or `en`
 */
export function guessTypes(document: ProjectDocument, book: Book, language: string = book.language): readonly TypeGuess[] {
  if (document.problems.length > 0 || isAside(document)) return [];
  const known = signaturesOf(book);
  const path = normalise(document.path).split('/');
  const stem = withoutVersion(comparableName(stemOf(path.at(-1) ?? '')));
  const folders = path.slice(0, -1).map(comparableName).filter((folder) => !plainFolders.has(folder));
  const title = withoutVersion(comparableName(titleOf(document)));
  const [stemEnd, titleEnd] = [longestEnd(stem, known), longestEnd(title, known)];
  const words = language.startsWith('ja') ? japanese : english;
  const headings = new Set(document.sections.map((section) => bareHeading(section.title)));
  const tables = document.tables.map(headersOf);
  const guesses = known.flatMap((signature) => {
    const names = [...pathClues(signature, folders, stem, stemEnd, words), ...titleClues(signature, title, titleEnd, words)];
    const clues = [...names, ...partClues(signature, headings, tables, names.length > 0, words)];
    if (clues.length === 0) return [];
    clues.sort((a, b) => b.weight - a.weight);
    const likely = 1 - clues.reduce((left, clue) => left * (1 - clue.weight), 1);
    // Called so in its path and in its title: whoever wrote it says what it is.
    const confidence = names.length >= 2 ? Math.max(likely, namedTwice) : likely;
    return confidence < 0.2 ? [] : [{
      type: signature.type.id, confidence, evidence: clues.map((clue) => clue.text), inNamedFolder: folders.some((folder) => signature.telling.has(folder)),
    }];
  });
  guesses.sort((a, b) => b.confidence - a.confidence || (a.type < b.type ? -1 : 1));
  const [best, second] = guesses;
  // Two types that fit alike: neither is a guess to bother a person with.
  const doubt = best && second ? Math.max(0, 0.15 - (best.confidence - second.confidence)) * 2 : 0;
  return guesses.map((guess) => ({ ...guess, confidence: Math.round(Math.max(0, guess.confidence - doubt) * 100) / 100 }));
}

interface Clue {
  readonly weight: number;
  readonly text: string;
}

interface EvidenceWords {
  readonly folder: string;
  readonly file: string;
  readonly title: string;
  readonly headings: string;
  readonly columns: string;
}

const japanese: EvidenceWords = { folder: 'フォルダー', file: 'ファイル名', title: '題名', headings: '見出し', columns: '表の列' };
const english: EvidenceWords = { folder: 'folder', file: 'file name', title: 'title', headings: 'headings', columns: 'columns' };

/** Folder and file name are one clue: where a file lies and what it is called usually say the same. */
function pathClues(signature: Signature, folders: readonly string[], stem: string, end: string, words: EvidenceWords): readonly Clue[] {
  const folder = folders.find((one) => one === signature.folder || signature.names.some((name) => sameName(one, name)));
  const named = (signature.fileStart !== '' && startsAsWord(stem, signature.fileStart)) || isNamed(signature, stem, end);
  const ownEnd = signature.names.includes(end);
  const last = stem.slice(stem.lastIndexOf('-') + 1);
  // A folder of procedures may hold what calls itself something else.
  const inPart = (folder !== undefined && signature.telling.has(folder) && (end === '' || ownEnd)) || (ownEnd && signature.telling.has(end));
  const told = signature.telling.has(stem) || signature.telling.has(last) ? toldByName : inPart ? toldInPart : 0;
  if (folder === undefined) return named ? [{ weight: Math.max(0.45, told), text: `${words.file} ${stem}` }] : [];
  return [{ weight: Math.max(named ? 0.55 : 0.5, told), text: named ? `${words.folder} ${folder} ${words.file} ${stem}` : `${words.folder} ${folder}` }];
}

function titleClues(signature: Signature, title: string, end: string, words: EvidenceWords): readonly Clue[] {
  const name = title === '' ? undefined : signature.names.find((one) => isNameIn(signature, title, one, end));
  return name === undefined ? [] : [{ weight: 0.4, text: `${words.title} ${name}` }];
}

function isNamed(signature: Signature, text: string, end: string): boolean {
  return signature.names.some((name) => isNameIn(signature, text, name, end));
}

/** @param end of all names the longest that ends the text: 「リリース手順書」 is no 「手順書」 */
function isNameIn(signature: Signature, text: string, name: string, end: string): boolean {
  const isPartOfOther = end.length > name.length && end.endsWith(name) && !signature.names.includes(end);
  return isPartOfOther ? startsAsWord(text, name) : endsOrStarts(text, name);
}

/** Of the names of all types the longest that ends a text, else nothing. All in comparable form. */
function longestEnd(text: string, known: readonly Signature[]): string {
  let longest = '';
  for (const { names } of known) for (const name of names) if (name.length > longest.length && endsAsWord(text, name)) longest = name;
  return longest;
}

/**
 * The more parts of a type a document has, the less likely that is chance. Columns that many types have only add to what else speaks for it.
 * @param named whether its path or title names the type
 */
function partClues(signature: Signature, headings: ReadonlySet<string>, tables: readonly ReadonlySet<string>[], named: boolean, words: EvidenceWords): readonly Clue[] {
  const clues: Clue[] = [];
  const add = (found: number, all: number, text: string): void => {
    clues.push({ weight: (found / all) * Math.min(0.9, 0.3 + 0.1 * found), text: `${text} ${found}/${all}` });
  };
  const sections = signature.sections.filter((names) => names.some((name) => headings.has(name))).length;
  if (sections >= 2) add(sections, signature.sections.length, words.headings);
  else {
    // A type may ask for few of the headings it knows.
    const any = signature.allSections.filter((names) => names.some((name) => headings.has(name))).length;
    if (any >= 3) clues.push({ weight: Math.min(0.45, 0.12 * any), text: `${words.headings} ${String(any)}` });
  }
  const columns = Math.max(0, ...tables.map((headers) => signature.columns.filter((names) => names.some((name) => headers.has(name))).length));
  const telling = tables.some((headers) => [...headers].some((header) => signature.ownHeaders.has(header)));
  if (columns >= 3 && (telling || clues.length > 0 || named)) add(columns, signature.columns.length, words.columns);
  return clues;
}

function signaturesOf(book: Book): readonly Signature[] {
  const known = signatures.get(book);
  if (known) return known;
  const asked = new Map([...book.types.values()].map((type) => [type.id, askedColumns(type)]));
  const sharing = new Map<string, number>();
  for (const columns of asked.values()) for (const header of new Set(columns.flat())) sharing.set(header, (sharing.get(header) ?? 0) + 1);
  const namesOf = new Map([...book.types.values()].map((type) => [
    type.id, [...new Set([type.id, type.title.text, type.title.en ?? '', ...type.aliases].map((name) => comparableName(normalise(name))))].filter((name) => name.length > 1),
  ]));
  const isTelling = (name: string, own: string): boolean => name.length > 2 && documentWord.test(name)
    && [...namesOf].filter(([type, names]) => type !== own && names.some((one) => one.endsWith(name))).length < mostEnding;
  const made = [...book.types.values()].map((type): Signature => {
    const names = namesOf.get(type.id) ?? [];
    const columns = asked.get(type.id) ?? [];
    const file = type.places.file ?? '';
    const star = file.search(/[*YMDN?]/u);
    return {
      type,
      names,
      telling: new Set(names.filter((name) => isTelling(name, type.id))),
      folder: comparableName(normalise(type.places.folder?.split('/').filter(Boolean).at(-1) ?? '')),
      fileStart: comparableName(stemOf(normalise(star < 0 ? file : file.slice(0, star)))),
      sections: type.sections.filter((section) => section.required).map((section) => [section.title, ...section.aliases].map(bareHeading)),
      allSections: type.sections.map((section) => [section.title, ...section.aliases].map(bareHeading)),
      columns,
      ownHeaders: new Set(columns.flat().filter((header) => (sharing.get(header) ?? 0) <= mostSharing)),
    };
  });
  signatures.set(book, made);
  return made;
}

/** The accepted headers of each required column of a type's main table. */
function askedColumns(type: DocumentType): readonly (readonly string[])[] {
  const main = type.tables.find((table) => table.main);
  return (main?.columns ?? []).filter((column) => column.required).map((column) => [column.title, ...column.aliases].map(bareHeading));
}

/** True for files that stand beside the product's documents: index pages, templates, archives, cancelled meetings. */
export function isAside(document: ProjectDocument): boolean {
  const path = normalise(document.path).split('/');
  const stem = stemOf(path.at(-1) ?? '');
  if (introductions.has(stem) || introductions.has(stemOf(stem))) return true;
  if (path.slice(0, -1).some((folder) => asideNames.has(folder))) return true;
  const title = titleOf(document);
  const [name, heading] = [comparableName(stem), comparableName(title)];
  for (const aside of asideNames) if (endsOrStarts(name, aside) || endsOrStarts(heading, aside)) return true;
  return isCancelled(document, title);
}

/** A stub that says a meeting did not take place. */
function isCancelled(document: ProjectDocument, title: string): boolean {
  const words = ['cancelled', 'canceled', '中止', '休会', '開催なし', '開催せず', 'キャンセル'];
  if (words.some((word) => title.includes(word))) return true;
  return document.text.length < 600 && words.some((word) => normalise(document.text).includes(word));
}

function titleOf(document: ProjectDocument): string {
  const field = document.fields.find((one) => one.source === 'front_matter' && ['title', '題名'].includes(normalise(one.name)));
  return normalise(field?.value ?? document.sections.find((section) => section.level === 1 && section.kind === 'heading')?.title ?? firstLine(document)).trim();
}

const longestTitle = 40;

/** The title of a text without headings: its first line, when that is short and no sentence. */
function firstLine(document: ProjectDocument): string {
  if (document.format !== 'markdown' || document.sections.some((section) => section.kind === 'heading')) return '';
  const start = document.frontMatter?.span.end ?? 0;
  const line = /\S[^\r\n]{0,80}/u.exec(document.text.slice(start, start + 400))?.[0].trim() ?? '';
  return line.length <= longestTitle && !/[。|<>]/u.test(line) ? line : '';
}

function headersOf(table: Table): ReadonlySet<string> {
  return new Set(table.header.cells.map((cell) => bareHeading(cell.text)));
}

/** A heading without numbering and marks, in comparable form. */
function bareHeading(text: string): string {
  return trimEnds(normalise(text));
}

/** Without digits, dots, brackets, colons and spaces at both ends. */
function trimEnds(text: string): string {
  const loose = (c: string | undefined) => c !== undefined && (c <= '@' || ':：、。．・()（）[]【】「」-_~〜#*＊ 　'.includes(c));
  let start = 0;
  let end = text.length;
  while (start < end && loose(text[start])) start++;
  while (end > start && loose(text[end - 1])) end--;
  return text.slice(start, end);
}

function stemOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? name.slice(0, dot) : name;
}

/** Both in comparable form; a Latin plural is the same name. */
function sameName(part: string, name: string): boolean {
  return part === name || (part.length - name.length === 1 && part === `${name}s`) || (name.length - part.length === 1 && name === `${part}s`);
}

/** `name` at the start or the end of `text`, as a word of its own where letters are Latin. Both in comparable form. */
function endsOrStarts(text: string, name: string): boolean {
  if (name === '' || text.length < name.length) return false;
  return startsAsWord(text, name) || endsAsWord(text, name);
}

function endsAsWord(text: string, name: string): boolean {
  return text.endsWith(name) && !(isAsciiWord(name.charCodeAt(0)) && isAsciiWord(text.charCodeAt(text.length - name.length - 1)));
}

const particles = 'のをとにはがでへや';

function startsAsWord(text: string, start: string): boolean {
  if (!text.startsWith(start)) return false;
  // 「議事録の書き方」 is about minutes, it is none.
  if (particles.includes(text.charAt(start.length)) && text.length > start.length) return false;
  return text.length === start.length || !(isAsciiWord(start.charCodeAt(start.length - 1)) && isAsciiWord(text.charCodeAt(start.length)));
}

/** Words of a name however they are joined and numbered: `01_risk_register`, `risk register` and `risk-register` are one. */
function comparableName(normalised: string): string {
  return trimEnds(normalised).replaceAll('_', '-').replaceAll(' ', '-');
}

const version = /[-.(（]*(?:(?<=[-.(（])(?:v|ver|rev|r)\.?[\d.]*|第[\d.]+版|最新版?|確定版?|改訂版|修正版|(?<=[-.(（])(?:案|改|初版)|(?:\d{4}年(?:度|\d{1,2}月(?:\d{1,2}日)?)?|\d{1,2}月(?:\d{1,2}日|度|分)?))$/u;

/** A name in comparable form without what tells one version or month of it from others: `_v2`, 「（案）」, 「_2026年10月」. */
function withoutVersion(name: string): string {
  let left = name;
  for (let i = 0; i < 3; i++) {
    const shorter = trimEnds(left.replace(version, ''));
    if (shorter === left || shorter === '') return left;
    left = shorter;
  }
  return left;
}
