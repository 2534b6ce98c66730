import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Book, Template, Words } from '../core/book/book';
import { nearest } from '../core/book/problems';
import { templateFiles } from '../core/book/template-text';
import { decodeText } from '../core/text/decode';
import { option, parseArguments, UsageError } from './args';
import { bookHere } from './book-here';
import type { CommandIo, ExitStatus } from './io';
import { inLanguage, productsOptions } from './options';
import { printable, printableLines } from './printable';

/** `kobo templates list`: what `kobo new` can make; `kobo templates show TEMPLATE`: a template as a Book holds it. */
export async function templatesCommand(args: readonly string[], world: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: ['book', 'lang'], switches: ['json'] });
  const io = inLanguage(world, productsOptions(parsed, world));
  const [verb, name, ...more] = parsed.words;
  if ((verb !== 'list' && verb !== 'show') || more.length > 0 || (name === undefined) !== (verb === 'list')) {
    throw new UsageError('kobo templates list [--json] [--book DIR] [--lang ja|en] / kobo templates show TEMPLATE [--book DIR]');
  }
  const { book, folder } = await bookHere(option(parsed, 'book'), io);
  if (name !== undefined) return show(templateNamed(name, book), book, folder, io);
  // Programs get the Book's own words, people those of their language where the Book has them.
  const titleOf = (title: Words): string => (io.language === 'en' && !parsed.switches.has('json') ? (title.en ?? title.text) : title.text);
  const rows = [
    ...book.templates.map(({ id, title, version, type, kind }) => ({ id, title: titleOf(title), kind, type: type ?? '', version })),
    ...book.kits.map(({ id, title }) => ({ id, title: titleOf(title), kind: 'kit', type: '', version: '' })),
  ];
  if (parsed.switches.has('json')) io.out(`${JSON.stringify(rows)}\n`);
  else for (const row of rows) io.out(`${printable(`${row.id.padEnd(28)} ${row.kind.padEnd(9)} ${row.title}`)}\n`);
  return 0;
}

function templateNamed(name: string, { templates }: Book): Template {
  const found = templates.find(({ id }) => id === name) ?? templates.find(({ type, kind }) => type === name && kind === 'document') ?? templates.find(({ title }) => title.text === name);
  if (found !== undefined) return found;
  const near = nearest(name, templates.map(({ id }) => id));
  throw new UsageError(near === undefined ? `「${name}」というテンプレートはありません。kobo templates list で一覧が出ます。 / There is no template ${name}.` : `「${name}」というテンプレートはありません。「${near}」のことですか。 / There is no template ${name}. Did you mean ${near}?`);
}

/** Prints the files of a template; their names go to standard error. */
async function show(template: Template, book: Book, folder: string | undefined, io: CommandIo): Promise<ExitStatus> {
  const isOwn = folder !== undefined && template.origin.layer === book.id;
  const written = templateFiles(template);
  const at = template.origin.path.slice(0, template.origin.path.lastIndexOf('/') + 1);
  for (const [i, { name, text }] of written.entries()) {
    const path = i === 0 ? template.origin.path : `${at}${name}`;
    const own = isOwn ? decodeText(await readFile(join(folder, path))).text : text;
    io.err(`${printable(isOwn ? path : io.language === 'ja' ? `付属のコボブックの ${path}` : `${path} of the starter Book`)}\n`);
    io.out(printableLines(own.endsWith('\n') ? own : `${own}\n`));
  }
  return 0;
}
