import { relative, resolve, sep } from 'node:path';
import type { CommandIo } from './io';
import { printable, printableSentence } from './printable';

/** Something of a Book that cannot be used, for a person. */
export interface BookError {
  /** Absolute; of the starter Book: relative to it. */
  readonly path: string;
  /** From 1. */
  readonly line: number;
  readonly message: string;
  /** Id of the rule that is left out. */
  readonly rule?: string;
}

/** The errors as lines for standard error, then what follows from them; empty without one. Each is told once. */
export function bookErrorLines(errors: readonly BookError[], { cwd, language }: Pick<CommandIo, 'cwd' | 'language'>): string {
  if (errors.length === 0) return '';
  const shown = (path: string): string => shownPath(path, { cwd });
  const lines = new Set(errors.map(({ path, line, message, rule }) => `${printable(shown(path))}:${String(line)}: ${printableSentence(`${rule === undefined ? '' : `${rule}${language === 'ja' ? '：' : ': '}`}${message}`)}\n`));
  return `${[...lines].join('')}${language === 'ja'
    ? 'コボブックに読めないところがあるため、そこに書いた決まりや言葉は効いていません。上の行を直してください（kobo book check が全部を示します）。\n'
    : 'Parts of the Book cannot be read, so the rules and words written there have no effect. Correct the lines above (kobo book check lists everything).\n'}`;
}

/** The path of an error as commands print it: relative to the working directory; of the starter Book as it is. */
export function shownPath(path: string, { cwd }: Pick<CommandIo, 'cwd'>): string {
  return path === resolve(path) ? relative(cwd, path).split(sep).join('/') : path;
}
