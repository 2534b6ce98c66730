import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Book } from '../core/book/book';
import { bookSources } from '../core/search/book-sources';
import { createSearcher } from '../core/search/searcher';
import { option, parseArguments, UsageError } from './args';
import { checkBookCommand } from './book-check';
import { bookHere } from './book-here';
import { inLanguage, productsOptions } from './options';
import type { CommandIo, ExitStatus } from './io';
import { printable } from './printable';

const usage = 'kobo book check [DIR] [--today YYYY-MM-DD] [--lang ja|en] [--json] / kobo book index --out FILE [--book DIR]';

/** `kobo book check`: what is wrong with a Book. `kobo book index --out FILE`: its search index, built ahead. */
export async function bookCommand(args: readonly string[], world: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: ['book', 'out', 'today', 'lang'], switches: ['json'] });
  const options = productsOptions(parsed, world);
  const io = inLanguage(world, options);
  const [what, folder, ...others] = parsed.words;
  const given = option(parsed, 'book') ?? (what === 'check' ? folder : undefined);
  // A folder that is not looked at would be called clean.
  if (others.length > 0 || (folder !== undefined && given !== folder)) throw new UsageError(usage);
  const { book, folder: place } = await bookHere(given, io);
  switch (what) {
    case 'check':
      return checkBookCommand(book, place, options.today, parsed.switches.has('json'), io);
    case 'index':
      return index(book, option(parsed, 'out'), io);
    default:
      throw new UsageError(usage);
  }
}

async function index(book: Book, out: string | undefined, io: CommandIo): Promise<ExitStatus> {
  if (out === undefined) throw new UsageError('kobo book index --out FILE');
  const sources = bookSources(book);
  const texts = new Map(sources.map((source) => [`${source.kind}\u0000${source.path}`, source.text]));
  const searcher = createSearcher({ terms: book.terms, read: (kind, path) => texts.get(`${kind}\u0000${path}`), now: io.now });
  await searcher.build(sources);
  const buffer = await searcher.encode();
  await writeFile(resolve(io.cwd, out), new Uint8Array(buffer));
  io.err(`${printable(out)}: ${String(buffer.byteLength)} bytes\n`);
  return 0;
}
