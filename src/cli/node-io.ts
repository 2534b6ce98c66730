import { writeSync } from 'node:fs';
import { isatty } from 'node:tty';
import { environmentNamesLanguage, languageOfEnvironment } from '../host/environment-language';
import type { CommandIo } from './io';
import { usualFolder } from './kept-report';
import { printableLines } from './printable';

/** The world of a real command line. Writes at once, so that nothing is lost when the process ends. */
export function nodeIo(): CommandIo {
  return {
    cwd: process.cwd(),
    out: (text) => writeAll(1, text),
    err: (text) => {
      try {
        writeAll(2, printableLines(text));
      } catch {
        // There is nobody left who could be told.
      }
    },
    now: () => performance.now(),
    clock: () => Date.now(),
    cacheFolder: usualFolder(process.env, process.platform),
    // Not asked of `process.stdout`: making that would put a pipe into the mode in which writing may fail for the moment.
    colour: isatty(1) && process.env.NO_COLOR === undefined,
    language: languageOfEnvironment(),
    namesLanguage: environmentNamesLanguage(),
  };
}

/** A pipe may take less than asked for, or nothing for a moment. */
function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text, 'utf8');
  for (let offset = 0; offset < bytes.length; ) {
    try {
      offset += writeSync(descriptor, bytes, offset);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : '';
      if (code === 'EPIPE') return;
      if (code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
