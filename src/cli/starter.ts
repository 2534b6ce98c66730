import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Book } from '../core/book/book';
import { loadBook } from '../core/book/load';
import { packedLayer, unpackBook, type PackedBook } from '../core/book/pack';
import { waitingFolder } from '../host/disk-folder';
import { UsageError } from './args';

/** The file of the starter Book beside this program. */
export const starterFile = (): string => join(__dirname, 'starter-book.json');

/** The starter Book that is packed beside this program. */
export async function starterPack(): Promise<PackedBook> {
  const packed: unknown = JSON.parse(await readFile(starterFile(), 'utf8'));
  if (packedLayer(packed) === undefined) throw new Error('starter-book.json');
  return packed as PackedBook;
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
  if (book.pages.length === 0 && book.rules.length === 0 && book.types.size === 0) {
    throw new UsageError(`コボブックがありません：${folder} / There is no Book in ${folder}.`);
  }
  return book;
}

/**
 * The folder that an address names, `undefined` for the starter Book.
 * @throws UsageError when the address is a git one
 */
export function bookFolder(address: string | undefined, from: string): string | undefined {
  if (address === undefined || address === 'starter') return undefined;
  if (/^(https?|ssh|git):|^[\w.-]+@[\w.-]+:|^ext::/i.test(address)) {
    throw new UsageError(`git の場所（${address}）のコボブックは、まだ取り込めません。手元のフォルダーを指定してください。 / A Book at a git address cannot be fetched yet.`);
  }
  return resolve(from, address);
}
