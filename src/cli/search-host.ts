import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { bookSources } from '../core/search/book-sources';
import { isUsageError } from './args';
import { bookHere } from './book-here';
import type { CommandIo, ExitStatus } from './io';
import { printable } from './printable';
import { searchCommand } from './search';

/** `kobo search` with the files of this machine. */
export async function search(args: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const status = await searchCommand(args, {
    stdout: io.out,
    stderr: io.err,
    now: io.now,
    language: io.language,
    readText: async (file) => {
      try {
        return { text: await readText(file, io.cwd) };
      } catch (error) {
        return { problem: printable(`${file}: ${error instanceof Error ? error.message : String(error)}`) };
      }
    },
    sources: async (dir) => {
      try {
        const { book } = await bookHere(dir, io);
        return { sources: bookSources(book), terms: book.terms };
      } catch (error) {
        if (isUsageError(error)) return { problem: error.message };
        throw error;
      }
    },
  });
  return status === 0 ? 0 : status === 1 ? 1 : 2;
}

/** Text of a file, or of standard input for `-`. */
async function readText(file: string, cwd: string): Promise<string> {
  return file === '-' ? readFileSync(0, 'utf8') : readFile(resolve(cwd, file), 'utf8');
}
