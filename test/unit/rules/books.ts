import type { Book } from '../../../src/core/book/book';
import { loadBook } from '../../../src/core/book/load';
import { filesBelow, memoryFolder, shared } from '../book/folders';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The starter Book of this repository; `undefined` while its rules and types are not there. */
export async function starterBook(): Promise<Book | undefined> {
  if (!existsSync('templates/types') || !existsSync('templates/rules')) return undefined;
  return loadBook(memoryFolder(filesBelow('templates', (path) => !path.startsWith('samples/')), 'mem:/templates'), { starter: undefined });
}

/** The starter Book with the reference rules instead of its own; `undefined` where the reference material is not at hand. */
export async function referenceBook(): Promise<Book | undefined> {
  const folder = join(shared, 'rule-language');
  if (!existsSync(folder) || !existsSync('templates/types')) return undefined;
  const files = filesBelow('templates', (path) => !path.startsWith('samples/') && !path.startsWith('rules/'));
  for (const [path, text] of filesBelow(join(folder, 'rules'))) files.set(`rules/${path}`, text);
  for (const [path, text] of filesBelow(join(folder, 'types'))) if (!files.has(`types/${path}`)) files.set(`types/${path}`, text);
  return loadBook(memoryFolder(files, 'mem:/reference'), { starter: undefined });
}
