import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Book } from '../core/book/book';
import { loadBook } from '../core/book/load';
import { packedLayer, unpackBook, type PackedBook } from '../core/book/pack';
import { waitingFolder } from '../host/disk-folder';
import { UsageError } from './args';
import { bookFolder, starterFile } from './book-place';

/** The starter Book that is packed beside this program. */
export async function starterPack(): Promise<PackedBook> {
  const packed: unknown = JSON.parse(await readFile(starterFile(), 'utf8'));
  if (packedLayer(packed) === undefined) throw new Error('starter-book.json');
  return packed as PackedBook;
}

/** The rule files of the starter Book as they were written, by their paths in it. */
export async function starterRuleFiles(): Promise<Readonly<Record<string, string>>> {
  const files: unknown = JSON.parse(await readFile(join(dirname(starterFile()), 'starter-rules.json'), 'utf8'));
  return files as Readonly<Record<string, string>>;
}

/**
 * The Book at a folder, or the starter Book.
 * @param address as `--book` or `kobo.yaml` writes it; `undefined` for the starter Book
 * @param from folder that a relative address counts from
 * @throws UsageError when the folder holds no Book, or the address is a git one
 */
export async function openBook(address: string | undefined, from: string): Promise<Book> {
  const starter = await starterPack();
  const folder = bookFolder(address, from);
  if (folder === undefined) return unpackBook(starter);
  const book = await loadBook(waitingFolder(folder), { starter });
  // Of one whose files are all broken, its errors tell.
  if (book.pages.length === 0 && book.rules.length === 0 && book.types.size === 0 && !book.problems.some(({ severity }) => severity === 'error')) {
    throw new UsageError(`コボブックがありません：${folder} / There is no Book in ${folder}.`);
  }
  return book;
}
