import { isIsoDay } from '../core/text/calendar';
import { option, UsageError, type Arguments } from './args';
import type { CommandIo } from './io';

/** What every command over documents is told. */
export interface ProductsOptions {
  readonly cwd: string;
  /** `--book`. */
  readonly book: string | undefined;
  /** `--today`. */
  readonly today: string | undefined;
  /** `--lang`. */
  readonly language: 'ja' | 'en' | undefined;
  /** Of the environment, where it names one. */
  readonly environment?: 'ja' | 'en' | undefined;
  readonly clock: () => number;
  readonly now: () => number;
}

/** The world of a command that speaks the language of `--lang`, where it is given. */
export function inLanguage(io: CommandIo, { language }: Pick<ProductsOptions, 'language'>): CommandIo {
  return language === undefined ? io : { ...io, language };
}

/** The options that every command over documents understands. */
export function productsOptions(parsed: Arguments, io: CommandIo): ProductsOptions {
  const today = option(parsed, 'today');
  if (today !== undefined && !isIsoDay(today)) throw new UsageError(`--today は 2026-11-24 のように書きます（いまは ${today}）。 / --today takes a day like 2026-11-24.`);
  const language = option(parsed, 'lang');
  if (language !== undefined && language !== 'ja' && language !== 'en') throw new UsageError('--lang は ja か en です。 / --lang is ja or en.');
  return { cwd: io.cwd, book: option(parsed, 'book'), today, language, environment: io.namesLanguage === true ? io.language : undefined, clock: io.clock, now: io.now };
}

/** What a `kobo.yaml` says of its language, also where the rest of it cannot be read. */
export function writtenLanguage(koboText: string): 'ja' | 'en' | undefined {
  const [, language] = /^language:[ \t]*["']?(ja|en)\b/mu.exec(koboText) ?? [];
  return language === 'ja' || language === 'en' ? language : undefined;
}
