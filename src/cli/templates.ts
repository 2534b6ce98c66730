import { option, parseArguments, UsageError } from './args';
import { bookHere } from './book-here';
import type { CommandIo, ExitStatus } from './io';
import { printable } from './printable';

/** `kobo templates list`: what `kobo new` can make. */
export async function templatesCommand(args: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: ['book'], switches: ['json'] });
  if (parsed.words[0] !== 'list') throw new UsageError('kobo templates list [--json]');
  const { book } = await bookHere(option(parsed, 'book'), io);
  const rows = [
    ...book.templates.map(({ id, title, version, type, kind }) => ({ id, title: title.text, kind, type: type ?? '', version })),
    ...book.kits.map(({ id, title }) => ({ id, title: title.text, kind: 'kit', type: '', version: '' })),
  ];
  if (parsed.switches.has('json')) io.out(`${JSON.stringify(rows)}\n`);
  else for (const row of rows) io.out(`${printable(`${row.id.padEnd(28)} ${row.kind.padEnd(9)} ${row.title}`)}\n`);
  return 0;
}
