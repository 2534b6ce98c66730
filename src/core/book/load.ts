import type { Breath, Cancellation, FileContent, Folder, Progress } from '../workspace';
import { neverCancelled } from '../workspace';
import type { Book } from './book';
import { isFolderOfBook, isMarkdown, placeOf } from './book-folder';
import { LayerReader } from './layer-reader';
import { assembleBook } from './layers';
import type { BookLayer } from './layer';
import type { PackedBook } from './pack';
import { packedLayer } from './pack';
import { fileStart, nearest, problem, tooLarge, unreadable } from './problems';

export interface LoadOptions {
  /** The packed starter Book, for `extends: starter`. */
  readonly starter: PackedBook | undefined;
  readonly cancellation?: Cancellation;
  readonly progress?: Progress;
  /** Called after every few files. */
  readonly breath?: Breath;
  /** Id of a folder that has no `book.yaml`; the folder's name when left out. */
  readonly id?: string;
}

const filesAtOnce = 100;
const filesABreath = 10;
/** What Books were assembled from, so that one with a changed file need not be read anew. */
const layersOf = new WeakMap<Book, readonly BookLayer[]>();

/** The layers of a Book that {@link loadBook} or {@link assembled} gave, lowest first; `undefined` for another. */
export function loadedLayers(book: Book): readonly BookLayer[] | undefined {
  return layersOf.get(book);
}

/** A Book of layers, which remembers them. */
export function assembled(layers: readonly BookLayer[]): Book {
  const book = assembleBook(layers);
  layersOf.set(book, layers);
  return book;
}

const largestYaml = 1_000_000;
const largestPage = 5_000_000;

/**
 * Loads a Book folder (one with `book.yaml`), or any folder of Markdown as a Book of pages only. Never throws: what is
 * wrong is in `problems`; a cancelled call gives the Book of what was read so far.
 */
export async function loadBook(folder: Folder, options: LoadOptions): Promise<Book> {
  const cancellation = options.cancellation ?? neverCancelled;
  const entries = (await folder.list(cancellation)).filter(({ sameAs }) => sameAs === undefined);
  const head = entries.find((entry) => placeOf(entry.path)?.kind === 'book');
  const reader = new LayerReader(options.id ?? folderName(folder.uri), head === undefined);
  const wanted = head
    ? [head, ...entries.filter((entry) => entry !== head && placeOf(entry.path) !== undefined)]
    : entries.filter((entry) => isMarkdown(entry.path));
  let done = 0;
  options.progress?.(0, wanted.length);
  const readFrom = (from: number): Promise<readonly FileContent[]> => {
    const batch = wanted.slice(from, from + filesAtOnce).filter((entry) => entry.size <= limitOf(entry.path));
    const contents = batch.length === 0 ? Promise.resolve([]) : folder.read(batch.map((entry) => entry.path), cancellation);
    // What fails before its turn comes is told at its turn.
    contents.catch(() => undefined);
    return contents;
  };
  // Rules in it would be gone without a word.
  for (const { path } of entries) if (path.endsWith('/') && (head === undefined || isFolderOfBook(path))) reader.report(unreadable(path, 'folder'));
  for (const entry of wanted) if (entry.size > limitOf(entry.path)) reader.report(tooLarge(entry.path));
  // The next files are on their way while these are looked at.
  let next = readFrom(0);
  for (let from = 0; from < wanted.length && !cancellation.isCancelled; from += filesAtOnce) {
    const contents = await next;
    next = readFrom(from + filesAtOnce);
    for (const [i, content] of contents.entries()) {
      addContent(reader, content);
      if (i % filesABreath === filesABreath - 1) await options.breath?.();
    }
    done = Math.min(done + filesAtOnce, wanted.length);
    options.progress?.(done, wanted.length);
  }
  return assembled(withStarter(reader.layer(), options.starter));
}

/** The layers under a Book that says `extends: starter`, lowest first. */
function withStarter(layer: BookLayer, starter: PackedBook | undefined): readonly BookLayer[] {
  // A slip of the pen is told where it stands, not as a hundred names that nobody has.
  if (layer.head.extends === undefined || (layer.head.extends !== 'starter' && nearest(layer.head.extends, ['starter']) === undefined)) return [layer];
  const lower = starter && packedLayer(starter);
  if (lower) return [lower, layer];
  const missing = problem('book.yaml', fileStart, 'error', 'no-starter',
    '付属のコボブックが見つからないため、extends: starter を使えません。', 'The starter Book is not available, so extends: starter has no effect.');
  return [{ ...layer, problems: [...layer.problems, missing] }];
}

function addContent(reader: LayerReader, content: FileContent): void {
  const { path } = content;
  if (!content.ok) {
    reader.report(content.code === 'too_large' ? tooLarge(path) : unreadable(path, content.message));
    return;
  }
  if (content.bytes.length > limitOf(path)) {
    reader.report(tooLarge(path));
    return;
  }
  const text = decode(content.bytes);
  if (text === undefined) {
    reader.report(problem(path, fileStart, 'error', 'encoding',
      'このファイルは UTF-8 の文章として読めません。UTF-8 で保存し直してください。', 'This file is not UTF-8 text. Save it again as UTF-8.'));
    return;
  }
  reader.add(path, text);
}

/** UTF-8 without a byte order mark; `undefined` for other encodings and for binary files. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function limitOf(path: string): number {
  return isMarkdown(path) ? largestPage : largestYaml;
}

function folderName(uri: string): string {
  const parts = uri.split('/').filter((part) => part !== '');
  const last = parts.at(-1) ?? 'book';
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
