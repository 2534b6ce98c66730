import type { Book } from '../book/book';
import { phaseOf } from '../book/lifecycle';
import type { ProjectDocument } from '../document/document';
import { normalise } from '../text/normalise';
import type { FileEntry } from '../workspace';
import { guessPhase } from './guess-phase';
import { guessTypes, isAside, plainFolders } from './guess';
import { literalPattern, matchesPath, pathPattern } from './patterns';
import { recognise, unmanaged } from './recognise';
import { bookFoldersIn, isUntyped } from './untyped';
import { writtenLanguage, type WrittenLanguage } from './written-language';

/** What a proposed line would report (`setup-counts.ts`). */
export interface ReportCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
}

/** One proposed line of `documents:`. */
export interface SetupLine {
  readonly pattern: string;
  /** A type id, or `none`: these files stay unmanaged. */
  readonly type: string;
  /** The files it covers and no later line takes away, sorted. */
  readonly files: readonly string[];
  /** 0 to 1. */
  readonly confidence: number;
  /** Short phrases to show, `フォルダー minutes`. */
  readonly evidence: readonly string[];
  /** Sure enough to be chosen from the start. */
  readonly ticked: boolean;
  readonly counts: ReportCounts | undefined;
}

/** A value with what it was read from. */
export interface SetupValue {
  readonly value: string;
  readonly evidence: string;
}

/** What `kobo.yaml` could say about a folder. Nothing is written until a person agrees. */
export interface SetupProposal {
  readonly id: SetupValue;
  readonly name: SetupValue;
  readonly phase: SetupValue | undefined;
  /** What most documents are written in: findings, evidence and the file itself are worded in it. */
  readonly language: WrittenLanguage;
  /** Path of the roster, if one is among the documents. */
  readonly people: SetupValue | undefined;
  readonly lines: readonly SetupLine[];
  /** Documents whose front matter already names a type: they need no line. */
  readonly typed: readonly string[];
  /** Pages and tables of which nothing is recognised: a person may say what they are. */
  readonly unknown: readonly string[];
}

export interface SetupOptions {
  /** Name of the folder that becomes the product. */
  readonly folderName: string;
}

/** Built-in type of the list of people. */
const rosterType = 'roster';
const leastForLine = 0.4;
const leastForTick = 0.7;
/** Share of a folder's documents that must look like one type before the folder becomes one line. */
const leastShare = 0.6;
/** Of so many documents each can have a line of its own. */
const fewDocuments = 10;

/**
 * Proposes a `kobo.yaml` for a folder: product, phase, and as few lines as cover what looks like project documents, a
 * folder in one line where its documents are alike. Pure: what it says depends on its input alone.
 * @param files every file of the folder.
 * @param documents those of them that were read.
 */
export function proposeSetup(files: readonly FileEntry[], documents: readonly ProjectDocument[], book: Book, options: SetupOptions): SetupProposal {
  const language = writtenLanguage(documents) ?? (book.language.startsWith('ja') ? 'ja' : 'en');
  const words = language === 'ja' ? japanese : english;
  const typed = new Map<string, string>();
  const guesses = new Map<string, Guess>();
  for (const document of documents) {
    const known = recognise(document, book, undefined);
    if (known.by === 'front_matter') {
      typed.set(document.path, known.type);
      continue;
    }
    const guess = guessTypes(document, book, language)[0];
    const aside = isAside(document);
    guesses.set(document.path, guess && guess.confidence >= leastForLine ? { ...guess, aside } : { type: undefined, confidence: 0, evidence: [], inNamedFolder: false, aside });
  }
  const drafts = usable([...linesOf('', folderTree([...guesses.keys()]), guesses, words)]).sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
  const lines = drafts.map((draft): SetupLine => ({
    ...draft,
    ticked: draft.confidence >= leastForTick,
    counts: undefined,
  }));
  const books = bookFoldersIn(files.map((file) => file.path));
  const covered = new Set(lines.flatMap((line) => line.files));
  const types = new Set([...typed.values(), ...lines.filter((line) => line.ticked).map((line) => line.type)]);
  return {
    id: { value: slug(options.folderName), evidence: words.folderName },
    name: productName(documents, files, options.folderName, words),
    phase: writtenPhase(documents, book, words) ?? guessedPhase(types, book, words),
    language,
    people: rosterOf(typed, lines, book, words),
    lines: [...lines, ...exceptions(lines, guesses, words)],
    typed: [...typed.keys()].sort(),
    unknown: documents.filter((document) => guesses.has(document.path) && !covered.has(document.path) && isUntyped(document, { by: 'none' }, [], books)).map(({ path }) => path).sort(),
  };
}

/** The phrases that say what a proposal rests on. */
interface SetupWords {
  readonly folderName: string;
  readonly aside: string;
  readonly fits: (count: number, of: number) => string;
  readonly votes: (count: number) => string;
  readonly titleOf: (path: string) => string;
  readonly fieldOf: (path: string, field: string) => string;
  readonly typeName: (book: Book, type: string) => string;
  readonly because: (types: readonly string[]) => string;
}

const japanese: SetupWords = {
  folderName: 'フォルダーの名前',
  aside: '目次やひな形のページ',
  fits: (count, of) => `${of} 件中 ${count} 件が当てはまる`,
  votes: (count) => `文書の「プロダクト」欄 ${count} 件`,
  titleOf: (path) => `${path} の題名`,
  fieldOf: (path, field) => `${path} の「${field}」`,
  typeName: (book, type) => book.types.get(type)?.title.text ?? type,
  because: (types) => `${types.join('、')}があるため`,
};

const english: SetupWords = {
  folderName: 'name of the folder',
  aside: 'index page or template',
  fits: (count, of) => `${count} of ${of} fit`,
  votes: (count) => `"product" in ${count} document(s)`,
  titleOf: (path) => `title of ${path}`,
  fieldOf: (path, field) => `"${field}" in ${path}`,
  typeName: (book, type) => book.types.get(type)?.title.en ?? type,
  because: (types) => `there is: ${types.join(', ')}`,
};

interface Guess {
  /** An index page, a template, an archive: no document of the product. */
  readonly aside: boolean;
  readonly type: string | undefined;
  readonly confidence: number;
  readonly evidence: readonly string[];
  readonly inNamedFolder: boolean;
}

interface FolderNode {
  readonly files: string[];
  readonly folders: Map<string, FolderNode>;
}

function folderTree(paths: readonly string[]): FolderNode {
  const root: FolderNode = { files: [], folders: new Map() };
  for (const path of paths) {
    let node = root;
    for (const folder of path.split('/').slice(0, -1)) {
      let next = node.folders.get(folder);
      if (!next) {
        next = { files: [], folders: new Map() };
        node.folders.set(folder, next);
      }
      node = next;
    }
    node.files.push(path);
  }
  return root;
}

function allFiles(node: FolderNode): readonly string[] {
  return [...node.files, ...[...node.folders.values()].flatMap(allFiles)];
}

type DraftLine = Omit<SetupLine, 'ticked' | 'counts'>;

/** Those whose pattern matches the files it is shown with (a very long one matches nothing), each pattern once: `kobo.yaml` takes no key twice. */
function usable(drafts: readonly DraftLine[]): DraftLine[] {
  const seen = new Map<string, DraftLine>();
  for (const draft of drafts) {
    const pattern = pathPattern(draft.pattern);
    if (!seen.has(draft.pattern) && draft.files.every((path) => matchesPath(pattern, path))) seen.set(draft.pattern, draft);
  }
  return [...seen.values()];
}

function* linesOf(path: string, node: FolderNode, guesses: ReadonlyMap<string, Guess>, words: SetupWords): Generator<DraftLine> {
  const whole = path === '' ? undefined : groupLine(`${literalPattern(path)}/**`, allFiles(node), guesses, words, plainFolders.has(normalise(nameOf(path))));
  if (whole) {
    yield whole;
    return;
  }
  yield* fileLines(path, node.files, guesses, words);
  for (const [name, folder] of node.folders) yield* linesOf(path === '' ? name : `${path}/${name}`, folder, guesses, words);
}

/** Lines for the files directly in a folder: one for those of a type that share the start of their names, else one each. */
function* fileLines(folder: string, files: readonly string[], guesses: ReadonlyMap<string, Guess>, words: SetupWords): Generator<DraftLine> {
  const types = new Map<string, string[]>();
  for (const file of files) {
    const type = guesses.get(file)?.type;
    if (type !== undefined) types.set(type, [...(types.get(type) ?? []), file]);
  }
  for (const [type, own] of types) {
    const start = sharedStart(own.map((file) => nameOf(file)));
    const ending = own.every((file) => file.endsWith('.md')) ? '.md' : undefined;
    const prefix = folder === '' ? '' : `${folder}/`;
    const alike = files.filter((file) => ending !== undefined && file.startsWith(prefix + start) && file.endsWith(ending));
    const line = start.length >= 2 && ending !== undefined ? groupLine(`${literalPattern(prefix + start)}*${ending}`, alike, guesses, words) : undefined;
    if (line) {
      yield line;
      continue;
    }
    for (const file of own) {
      const guess = guesses.get(file);
      if (guess) yield { pattern: literalPattern(file), type, files: [file], confidence: guess.confidence, evidence: guess.evidence };
    }
  }
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** What all names begin with, without digits and joints at its end. */
function sharedStart(names: readonly string[]): string {
  const [first = '', ...others] = names;
  let length = first.length;
  for (const name of others) {
    let same = 0;
    while (same < length && name[same] === first[same]) same++;
    length = same;
  }
  while (length > 0 && /[\d\s._-]/u.test(first.charAt(length - 1))) length--;
  return first.slice(0, length);
}

/**
 * One line for files that look like one type and like no other.
 * @param isPlain the folder says nothing: of a few documents in it, one that is something else stays apart
 */
function groupLine(pattern: string, files: readonly string[], guesses: ReadonlyMap<string, Guess>, words: SetupWords, isPlain = false): DraftLine | undefined {
  const counted = files.filter((file) => guesses.get(file)?.aside === false);
  const guessed = counted.flatMap((file) => {
    const guess = guesses.get(file);
    return guess?.type === undefined ? [] : [guess];
  });
  const type = guessed[0]?.type;
  if (type === undefined || guessed.length < 2 || guessed.some((guess) => guess.type !== type)) return undefined;
  const share = guessed.length / counted.length;
  if (share < leastShare || (isPlain && share < 1 && counted.length <= fewDocuments)) return undefined;
  const mean = guessed.reduce((sum, guess) => sum + guess.confidence, 0) / guessed.length;
  const common = [...new Set(guessed.flatMap((guess) => guess.evidence))]
    .filter((clue) => guessed.filter((guess) => guess.evidence.includes(clue)).length * 2 > guessed.length);
  // Many files alike are hardly all alike by chance.
  const likely = Math.min(0.99, mean * share + Math.min(0.15, guessed.length / 100));
  const isNamed = share === 1 && guessed.every((guess) => guess.inNamedFolder);
  return {
    pattern,
    type,
    files: [...counted].sort(),
    confidence: Math.round((isNamed ? Math.max(leastForTick, likely) : likely) * 100) / 100,
    evidence: [words.fits(guessed.length, counted.length), ...common.slice(0, 3)],
  };
}

/** Lines that take index pages and templates out of the patterns proposed. */
function exceptions(lines: readonly SetupLine[], guesses: ReadonlyMap<string, Guess>, words: SetupWords): readonly SetupLine[] {
  const patterns = lines.filter((line) => line.ticked && /[*?]/u.test(line.pattern)).map((line) => pathPattern(line.pattern));
  const taken = new Map<string, string[]>();
  for (const [path, guess] of guesses) {
    if (!guess.aside || !patterns.some((pattern) => matchesPath(pattern, path))) continue;
    const name = nameOf(path);
    const pattern = isIntroduction(name) ? `**/${literalPattern(name)}` : literalPattern(path);
    taken.set(pattern, [...(taken.get(pattern) ?? []), path]);
  }
  return [...taken].sort((a, b) => (a[0] < b[0] ? -1 : 1)).map(([pattern, files]) => ({
    pattern, type: unmanaged, files, confidence: 1, evidence: [words.aside], ticked: true, counts: undefined,
  }));
}

function isIntroduction(name: string): boolean {
  const lower = normalise(name);
  return lower.startsWith('readme.') || lower.startsWith('index.') || lower.startsWith('_index.');
}

function slug(name: string): string {
  let made = '';
  for (const c of normalise(name)) made += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
  const parts = made.split('-').filter((part) => part !== '');
  return parts.join('-') || 'product';
}

function productName(documents: readonly ProjectDocument[], files: readonly FileEntry[], folderName: string, words: SetupWords): SetupValue {
  const votes = new Map<string, number>();
  for (const document of documents) {
    const field = document.fields.find((one) => ['product', 'プロダクト', 'プロダクト名'].includes(normalise(one.name)) && one.value !== '');
    if (field) votes.set(field.value, (votes.get(field.value) ?? 0) + 1);
  }
  const [voted] = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (voted) return { value: voted[0], evidence: words.votes(voted[1]) };
  const readme = files.map((file) => file.path).filter((path) => normalise(path).startsWith('readme.') && !path.includes('/')).sort();
  for (const path of readme) {
    const title = documents.find((one) => one.path === path)?.sections.find((section) => section.level === 1)?.title;
    if (title) return { value: title, evidence: words.titleOf(path) };
  }
  return { value: folderName, evidence: words.folderName };
}

/** The phase the newest-looking document states: the furthest one that any front matter names. */
function writtenPhase(documents: readonly ProjectDocument[], book: Book, words: SetupWords): SetupValue | undefined {
  let best: { readonly place: number; readonly value: SetupValue } | undefined;
  for (const document of documents) {
    for (const field of document.fields) {
      if (!['phase', 'フェーズ', '工程'].includes(normalise(field.name))) continue;
      const phase = phaseOf(book.lifecycle, field.value);
      const place = phase ? book.lifecycle.phases.indexOf(phase) : -1;
      if (phase && (!best || place > best.place)) best = { place, value: { value: phase.id, evidence: words.fieldOf(document.path, field.name) } };
    }
  }
  return best?.value;
}

/** The one document that is a roster, by its front matter or by a line that is sure. */
function rosterOf(typed: ReadonlyMap<string, string>, lines: readonly SetupLine[], book: Book, words: SetupWords): SetupValue | undefined {
  const written = [...typed].filter(([, type]) => type === rosterType).map(([path]) => path);
  const found = [...written, ...lines.filter((line) => line.ticked && line.type === rosterType).flatMap((line) => line.files)];
  const [only] = found;
  return only !== undefined && found.length === 1 ? { value: only, evidence: words.typeName(book, rosterType) } : undefined;
}

function guessedPhase(types: ReadonlySet<string>, book: Book, words: SetupWords): SetupValue | undefined {
  const guess = guessPhase(types, book);
  return guess && { value: guess.phase, evidence: words.because(guess.types.map((type) => words.typeName(book, type))) };
}
