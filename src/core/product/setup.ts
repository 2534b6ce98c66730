import type { Book } from '../book/book';
import { phaseOf } from '../book/lifecycle';
import type { ProjectDocument } from '../document/document';
import { normalise } from '../text/normalise';
import type { FileEntry } from '../workspace';
import { guessTypes } from './guess';
import { recognise, unmanaged } from './recognise';

/** What a proposed line would report at level L1, counted by the caller. */
export interface ReportCounts {
  readonly errors: number;
  readonly warnings: number;
  readonly others: number;
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
  readonly lines: readonly SetupLine[];
  /** Documents whose front matter already names a type: they need no line. */
  readonly typed: readonly string[];
  /** Documents read that no line covers. */
  readonly left: number;
}

export interface SetupOptions {
  /** Name of the folder that becomes the product. */
  readonly folderName: string;
  /** Counts what a line would report; left out: no counts. */
  readonly count?: (type: string, paths: readonly string[]) => ReportCounts;
}

const leastForLine = 0.4;
const leastForTick = 0.7;
/** Share of a folder's documents that must look like one type before the folder becomes one line. */
const leastShare = 0.6;

/**
 * Proposes a `kobo.yaml` for a folder: product, phase, and as few lines as cover what looks like project documents, a
 * folder in one line where its documents are alike. Pure: what it says depends on its input alone.
 * @param files every file of the folder.
 * @param documents those of them that were read.
 */
export function proposeSetup(files: readonly FileEntry[], documents: readonly ProjectDocument[], book: Book, options: SetupOptions): SetupProposal {
  const typed: string[] = [];
  const guesses = new Map<string, Guess>();
  for (const document of documents) {
    const known = recognise(document, book, undefined);
    if (known.by === 'front_matter') {
      typed.push(document.path);
      continue;
    }
    const guess = guessTypes(document, book)[0];
    guesses.set(document.path, guess && guess.confidence >= leastForLine ? guess : { type: undefined, confidence: 0, evidence: [] });
  }
  const drafts = [...linesOf('', folderTree([...guesses.keys()]), guesses)].sort((a, b) => (a.pattern < b.pattern ? -1 : 1));
  const lines = drafts.map((draft): SetupLine => ({
    ...draft,
    ticked: draft.confidence >= leastForTick,
    counts: draft.type === unmanaged ? undefined : options.count?.(draft.type, draft.files),
  }));
  const covered = new Set(lines.flatMap((line) => line.files));
  const types = new Set([...typed.flatMap((path) => typeIn(documents, path, book)), ...lines.filter((line) => line.ticked).map((line) => line.type)]);
  return {
    id: { value: slug(options.folderName), evidence: `フォルダーの名前 ${options.folderName}` },
    name: nameOf(documents, files, options.folderName),
    phase: writtenPhase(documents, book) ?? guessedPhase(types, book),
    lines: [...lines, ...exceptions(lines, documents)],
    typed: typed.sort(),
    left: [...guesses.keys()].filter((path) => !covered.has(path)).length,
  };
}

function typeIn(documents: readonly ProjectDocument[], path: string, book: Book): readonly string[] {
  const document = documents.find((one) => one.path === path);
  const known = document && recognise(document, book, undefined);
  return known?.by === 'front_matter' ? [known.type] : [];
}

interface Guess {
  readonly type: string | undefined;
  readonly confidence: number;
  readonly evidence: readonly string[];
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

function* linesOf(path: string, node: FolderNode, guesses: ReadonlyMap<string, Guess>): Generator<DraftLine> {
  const whole = path === '' ? undefined : folderLine(path, allFiles(node), guesses);
  if (whole) {
    yield whole;
    return;
  }
  for (const file of node.files) {
    const guess = guesses.get(file);
    if (guess?.type !== undefined) {
      yield { pattern: file, type: guess.type, files: [file], confidence: guess.confidence, evidence: guess.evidence };
    }
  }
  for (const [name, folder] of node.folders) yield* linesOf(path === '' ? name : `${path}/${name}`, folder, guesses);
}

/** One line for a folder whose documents look like one type and like no other. */
function folderLine(path: string, files: readonly string[], guesses: ReadonlyMap<string, Guess>): DraftLine | undefined {
  const counted = files.filter((file) => !isIntroduction(file));
  const guessed = counted.flatMap((file) => {
    const guess = guesses.get(file);
    return guess?.type === undefined ? [] : [guess];
  });
  const type = guessed[0]?.type;
  if (type === undefined || guessed.length < 2 || guessed.some((guess) => guess.type !== type)) return undefined;
  const share = guessed.length / counted.length;
  if (share < leastShare) return undefined;
  const mean = guessed.reduce((sum, guess) => sum + guess.confidence, 0) / guessed.length;
  const common = [...new Set(guessed.flatMap((guess) => guess.evidence))]
    .filter((clue) => guessed.filter((guess) => guess.evidence.includes(clue)).length * 2 > guessed.length);
  return {
    pattern: `${path}/**`,
    type,
    files: [...counted].sort(),
    confidence: Math.round(mean * share * 100) / 100,
    evidence: [`${counted.length} 件中 ${guessed.length} 件が当てはまる`, ...common.slice(0, 3)],
  };
}

/** Lines that take index pages out of the folders proposed. */
function exceptions(lines: readonly SetupLine[], documents: readonly ProjectDocument[]): readonly SetupLine[] {
  const folders = lines.filter((line) => line.ticked && line.pattern.endsWith('/**')).map((line) => line.pattern.slice(0, -2));
  const names = new Map<string, string[]>();
  for (const { path } of documents) {
    if (!isIntroduction(path) || !folders.some((folder) => path.startsWith(folder))) continue;
    const name = path.split('/').at(-1) ?? path;
    names.set(name, [...(names.get(name) ?? []), path]);
  }
  return [...names].sort().map(([name, files]) => ({
    pattern: `**/${name}`, type: unmanaged, files, confidence: 1, evidence: ['目次のページ'], ticked: true, counts: undefined,
  }));
}

function isIntroduction(path: string): boolean {
  const name = normalise(path.split('/').at(-1) ?? '');
  return name.startsWith('readme.') || name.startsWith('index.') || name.startsWith('_index.');
}

function slug(name: string): string {
  let made = '';
  for (const c of normalise(name)) made += (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ? c : '-';
  const parts = made.split('-').filter((part) => part !== '');
  return parts.join('-') || 'product';
}

function nameOf(documents: readonly ProjectDocument[], files: readonly FileEntry[], folderName: string): SetupValue {
  const votes = new Map<string, number>();
  for (const document of documents) {
    const field = document.fields.find((one) => ['product', 'プロダクト', 'プロダクト名'].includes(normalise(one.name)) && one.value !== '');
    if (field) votes.set(field.value, (votes.get(field.value) ?? 0) + 1);
  }
  const [voted] = [...votes].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  if (voted) return { value: voted[0], evidence: `文書の「プロダクト」欄 ${voted[1]} 件` };
  const readme = files.map((file) => file.path).filter((path) => normalise(path).startsWith('readme.') && !path.includes('/')).sort();
  for (const path of readme) {
    const title = documents.find((one) => one.path === path)?.sections.find((section) => section.level === 1)?.title;
    if (title) return { value: title, evidence: `${path} の題名` };
  }
  return { value: folderName, evidence: `フォルダーの名前` };
}

/** The phase the newest-looking document states: the furthest one that any front matter names. */
function writtenPhase(documents: readonly ProjectDocument[], book: Book): SetupValue | undefined {
  let best: { readonly place: number; readonly value: SetupValue } | undefined;
  for (const document of documents) {
    for (const field of document.fields) {
      if (!['phase', 'フェーズ', '工程'].includes(normalise(field.name))) continue;
      const phase = phaseOf(book.lifecycle, field.value);
      const place = phase ? book.lifecycle.phases.indexOf(phase) : -1;
      if (phase && (!best || place > best.place)) best = { place, value: { value: phase.id, evidence: `${document.path} の「${field.name}」` } };
    }
  }
  return best?.value;
}

/** The furthest phase whose gate asks for a document that is there. */
function guessedPhase(types: ReadonlySet<string>, book: Book): SetupValue | undefined {
  const { phases, gates } = book.lifecycle;
  for (const phase of [...phases].reverse()) {
    const gate = gates.find((one) => one.id === phase.gate);
    const there = gate?.documents.filter((document) => document.need !== 'optional' && types.has(document.type)) ?? [];
    if (there.length > 0) {
      const names = there.map((document) => book.types.get(document.type)?.title.text ?? document.type);
      return { value: phase.id, evidence: `${names.join('、')}があるため` };
    }
  }
  return undefined;
}
