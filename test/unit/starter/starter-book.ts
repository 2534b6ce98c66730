import type { Book } from '../../../src/core/book/book';
import { loadBook } from '../../../src/core/book/load';
import { filesBelow, memoryFolder } from '../book/folders';

let loaded: Promise<Book> | undefined;

/** The starter Book as its folder holds it, read once for all tests. */
export function starterBook(): Promise<Book> {
  loaded ??= loadBook(memoryFolder(filesBelow('templates', (path) => !path.startsWith('samples/')), 'mem:/templates'), { starter: undefined });
  return loaded;
}
