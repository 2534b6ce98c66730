import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Book } from '../core/book/book';
import { bookSources } from '../core/search/book-sources';
import { createSearcher } from '../core/search/searcher';
import { option, parseArguments, UsageError } from './args';
import type { CommandIo, ExitStatus } from './io';
import { findSettings } from './products';
import { openBook } from './starter';

/** `kobo book check`: what is wrong with a Book. `kobo book index --out FILE`: its search index, built ahead. */
export async function bookCommand(args: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: ['book', 'out'], switches: ['json'] });
  const found = option(parsed, 'book') === undefined ? await findSettings(io.cwd) : undefined;
  const book = await openBook(option(parsed, 'book') ?? found?.koboFile.settings.book, found?.root ?? io.cwd);
  switch (parsed.words[0]) {
    case 'check':
      return check(book, parsed.switches.has('json'), io);
    case 'index':
      return index(book, option(parsed, 'out'), io);
    default:
      throw new UsageError('kobo book check [--book DIR] [--json] / kobo book index --out FILE [--book DIR]');
  }
}

function check(book: Book, asJson: boolean, io: CommandIo): ExitStatus {
  const ja = io.language === 'ja';
  if (asJson) {
    io.out(`${JSON.stringify({ problems: book.problems, replacements: book.replacements })}\n`);
  } else {
    for (const { path, severity, code, message } of book.problems) io.out(`${path}: ${severity}: ${ja ? message.text : (message.en ?? message.text)} (${code})\n`);
    for (const { kind, id, by, replaced } of book.replacements) io.out(`${kind} ${id}: ${by.path} → ${replaced.layer}/${replaced.path}\n`);
    io.err(ja ? `ページ ${String(book.pages.length)} · 種別 ${String(book.types.size)} · 決まり ${String(book.rules.length)} · テンプレート ${String(book.templates.length)} · 用語 ${String(book.terms.length)}：気になるところ ${String(book.problems.length)} 件\n` : `${String(book.pages.length)} pages, ${String(book.types.size)} types, ${String(book.rules.length)} rules, ${String(book.templates.length)} templates, ${String(book.terms.length)} terms: ${String(book.problems.length)} problems\n`);
  }
  return book.problems.some((problem) => problem.severity === 'error' || problem.severity === 'warning') ? 1 : 0;
}

async function index(book: Book, out: string | undefined, io: CommandIo): Promise<ExitStatus> {
  if (out === undefined) throw new UsageError('kobo book index --out FILE');
  const sources = bookSources(book);
  const texts = new Map(sources.map((source) => [`${source.kind}\u0000${source.path}`, source.text]));
  const searcher = createSearcher({ terms: book.terms, read: (kind, path) => texts.get(`${kind}\u0000${path}`), now: io.now });
  await searcher.build(sources);
  const buffer = await searcher.encode();
  await writeFile(resolve(io.cwd, out), new Uint8Array(buffer));
  io.err(`${out}: ${String(buffer.byteLength)} bytes\n`);
  return 0;
}
