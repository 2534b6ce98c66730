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
}

/** A type's names and parts in comparable form. */
interface Signature {
  readonly type: DocumentType;
  readonly names: readonly string[];
  readonly folder: string;
  readonly fileStart: string;
  /** One entry a required section: its accepted headings. */
  readonly sections: readonly (readonly string[])[];
  /** One entry a required column of the main table: its accepted headers. */
  readonly columns: readonly (readonly string[])[];
}

const signatures = new WeakMap<Book, readonly Signature[]>();

/** Folder names too general to say anything. */
const plainFolders: ReadonlySet<string> = new Set(['docs', 'doc', 'documents', 'pages', 'src', '']);

/** File names that introduce other documents. */
const introductions: ReadonlySet<string> = new Set([
  'readme', 'index', '_index', 'summary', 'toc', 'contents', 'changelog', 'contributing', 'license', 'code-of-conduct',
  'code_of_conduct', 'security', 'support', 'metadata', '目次',
]);

/** Folders and name parts of what is no document of the product any more, or not yet. */
const asideNames: readonly string[] = [
  'template', 'templates', '_template', '_templates', 'テンプレート', 'ひな形', '雛形', '様式', 'archive', 'archives', 'archived',
  '_archive', 'アーカイブ', 'old', '_old', '旧', '過去', '保管', 'sample', 'samples', 'サンプル', 'example', 'examples', '記入例',
];

/**
 * Guesses the type of a document from its path, title, headings and table headers; best guess first, none below 0.2.
 * Index pages, templates, archives and cancelled meetings are not guessed. Two types that look alike give a low
 * confidence each.
 */
export function guessTypes(document: ProjectDocument, book: Book): readonly TypeGuess[] {
  if (document.problems.length > 0 || isAside(document)) return [];
  const known = signaturesOf(book);
  const path = normalise(document.path).split('/');
  const stem = stemOf(path.at(-1) ?? '');
  const folders = path.slice(0, -1);
  const title = titleOf(document);
  const headings = new Set(document.sections.map((section) => bareHeading(section.title)));
  const tables = document.tables.map(headersOf);
  const guesses = known.flatMap((signature) => {
    const clues = [...pathClues(signature, folders, stem), ...titleClues(signature, title), ...partClues(signature, headings, tables)];
    if (clues.length === 0) return [];
    clues.sort((a, b) => b.weight - a.weight);
    const confidence = 1 - clues.reduce((left, clue) => left * (1 - clue.weight), 1);
    return confidence < 0.2 ? [] : [{ type: signature.type.id, confidence, evidence: clues.map((clue) => clue.text) }];
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

function pathClues(signature: Signature, folders: readonly string[], stem: string): readonly Clue[] {
  const clues: Clue[] = [];
  const ownFolder = folders.find((folder) => folder === signature.folder && !plainFolders.has(folder));
  const namedFolder = ownFolder ?? folders.find((folder) => signature.names.some((name) => sameName(folder, name)));
  if (namedFolder !== undefined) clues.push({ weight: 0.5, text: `フォルダー ${namedFolder}` });
  if (signature.fileStart !== '' && startsAsWord(stem, signature.fileStart)) {
    clues.push({ weight: 0.45, text: `ファイル名 ${stem}` });
  } else if (signature.names.some((name) => endsOrStarts(stem, name))) {
    clues.push({ weight: 0.4, text: `ファイル名 ${stem}` });
  }
  return clues;
}

function titleClues(signature: Signature, title: string): readonly Clue[] {
  const name = signature.names.find((one) => endsOrStarts(title, one));
  return name === undefined ? [] : [{ weight: 0.4, text: `題名 ${name}` }];
}

function partClues(signature: Signature, headings: ReadonlySet<string>, tables: readonly ReadonlySet<string>[]): readonly Clue[] {
  const clues: Clue[] = [];
  const sections = signature.sections.filter((names) => names.some((name) => headings.has(name))).length;
  if (sections >= 2) clues.push({ weight: 0.6 * (sections / signature.sections.length), text: `見出し ${sections}/${signature.sections.length}` });
  const columns = Math.max(0, ...tables.map((headers) => signature.columns.filter((names) => names.some((name) => headers.has(name))).length));
  if (columns >= 3) clues.push({ weight: 0.65 * (columns / signature.columns.length), text: `表の列 ${columns}/${signature.columns.length}` });
  return clues;
}

function signaturesOf(book: Book): readonly Signature[] {
  const known = signatures.get(book);
  if (known) return known;
  const made = [...book.types.values()].map((type): Signature => {
    const main = type.tables.find((table) => table.main);
    const file = type.places.file ?? '';
    const star = file.search(/[*YMDN?]/u);
    return {
      type,
      names: [...new Set([type.id, type.title.text, type.title.en ?? '', ...type.aliases].map(normalise))].filter((name) => name.length > 1),
      folder: normalise(type.places.folder?.split('/').filter(Boolean).at(-1) ?? ''),
      fileStart: trimEnds(stemOf(normalise(star < 0 ? file : file.slice(0, star)))),
      sections: type.sections.filter((section) => section.required).map((section) => [section.title, ...section.aliases].map(bareHeading)),
      columns: (main?.columns ?? []).filter((column) => column.required).map((column) => [column.title, ...column.aliases].map(bareHeading)),
    };
  });
  signatures.set(book, made);
  return made;
}

/** True for files that stand beside the product's documents: index pages, templates, archives, cancelled meetings. */
function isAside(document: ProjectDocument): boolean {
  const path = normalise(document.path).split('/');
  const stem = stemOf(path.at(-1) ?? '');
  if (introductions.has(stem) || introductions.has(stemOf(stem))) return true;
  if (path.slice(0, -1).some((folder) => asideNames.includes(folder))) return true;
  const title = titleOf(document);
  if (asideNames.some((name) => endsOrStarts(stem, name) || endsOrStarts(title, name))) return true;
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
  return normalise(field?.value ?? document.sections.find((section) => section.level === 1 && section.kind === 'heading')?.title ?? '').trim();
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

function sameName(part: string, name: string): boolean {
  const a = dashed(trimEnds(part));
  const b = dashed(name);
  return a === b || a === `${b}s` || `${a}s` === b;
}

/** `name` at the start or the end of `text`, as a word of its own where letters are Latin. */
function endsOrStarts(text: string, name: string): boolean {
  const a = dashed(trimEnds(text));
  const b = dashed(name);
  if (b === '') return false;
  if (a === b) return true;
  if (startsAsWord(a, b)) return true;
  return a.endsWith(b) && !(isAsciiWord(b.charCodeAt(0)) && isAsciiWord(a.charCodeAt(a.length - b.length - 1)));
}

function startsAsWord(text: string, start: string): boolean {
  if (!text.startsWith(start)) return false;
  if (text.length === start.length) return true;
  return !(isAsciiWord(start.charCodeAt(start.length - 1)) && isAsciiWord(text.charCodeAt(start.length)) && text[start.length] !== '_');
}

/** Words of a name however they are joined: `risk_register`, `risk register` and `risk-register` are one. */
function dashed(text: string): string {
  return text.replaceAll('_', '-').replaceAll(' ', '-');
}
