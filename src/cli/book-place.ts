import { join, resolve } from 'node:path';
import { UsageError } from './args';

/** The file of the starter Book beside this program. */
export const starterFile = (): string => join(__dirname, 'starter-book.json');

/**
 * The folder that an address names, `undefined` for the starter Book.
 * @param address as `--book` or `kobo.yaml` writes it
 * @param from folder that a relative address counts from
 * @throws UsageError when the address is a git one
 */
export function bookFolder(address: string | undefined, from: string): string | undefined {
  if (address === undefined || address === 'starter') return undefined;
  if (/^(https?|ssh|git):|^[\w.-]+@[\w.-]+:|^ext::/i.test(address)) {
    throw new UsageError(`git の場所（${address}）のコボブックは、まだ取り込めません。手元のフォルダーを指定してください。 / A Book at a git address cannot be fetched yet.`);
  }
  return resolve(from, address);
}
