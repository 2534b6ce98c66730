import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Book } from '../core/book/book';
import { bookFolder } from './book-place';
import type { CommandIo } from './io';
import { printable } from './printable';
import { findSettings, type FoundSettings } from './products';
import { openBook } from './starter';

/** The Book a command works with. */
export interface BookHere {
  readonly book: Book;
  /** Absolute; `undefined` for the starter Book. */
  readonly folder: string | undefined;
  /** Of the nearest `kobo.yaml`, where its product uses this Book or the Book was named. */
  readonly settings: FoundSettings | undefined;
}

/**
 * The Book that is named, else that of the folder the person stands in: whichever is nearer at or above it, a Book folder or a `kobo.yaml`
 * (whose own `book:` goes before a Book in the same folder), else the starter Book. Says which one it is where that is not the starter Book.
 * @param named as `--book` writes it
 * @throws UsageError when there is no Book
 */
export async function bookHere(named: string | undefined, io: CommandIo): Promise<BookHere> {
  const settings = await findSettings(io.cwd);
  const own = named === undefined ? await bookAbove(io.cwd) : undefined;
  const written = settings?.koboFile.settings.book;
  const isNearer = own !== undefined && (settings === undefined || own.length > settings.root.length || (own === settings.root && written === undefined));
  const address = isNearer ? own : (named ?? written);
  const from = named === undefined && settings !== undefined ? settings.root : io.cwd;
  const folder = bookFolder(address, from);
  const book = await openBook(address, from);
  if (folder !== undefined) {
    const shown = relative(io.cwd, folder).split(sep).join('/') || '.';
    io.err(`${printable(io.language === 'ja' ? `コボブック：${book.name.text}（${shown}）` : `Book: ${book.name.en ?? book.name.text} (${shown})`)}\n`);
  }
  const uses = !isNearer || own === settings?.root || (settings !== undefined && written !== undefined && bookFolder(written, settings.root) === own);
  return { book, folder, settings: uses ? settings : undefined };
}

/** The nearest folder with a `book.yaml` at or above a folder; the search ends at the top of a git repository. */
async function bookAbove(folder: string): Promise<string | undefined> {
  const has = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined)) !== undefined;
  for (let at = resolve(folder); ; at = dirname(at)) {
    if ((await has(join(at, 'book.yaml'))) || (await has(join(at, 'book.yml')))) return at;
    if ((await has(join(at, '.git'))) || dirname(at) === at) return undefined;
  }
}
