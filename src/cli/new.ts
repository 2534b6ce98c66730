import { mkdir, readdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import type { Book, Template, TemplateQuestion } from '../core/book/book';
import { nearest } from '../core/book/problems';
import { builtInVariables, variablesOf } from '../core/book/template-file';
import { formatOf } from '../core/document/format';
import { readFrontMatter } from '../core/document/front-matter';
import { readDocument } from '../core/document/read';
import { homeFolder, type Homes } from '../core/product/home-folder';
import { koboFileName } from '../core/product/product';
import { recognise } from '../core/product/recognise';
import { todayIn } from '../core/product/today';
import { answersWithName, fillDay, safePath, suggestPath, titleOf } from '../core/templates/path';
import { renderTemplate, type TemplateValues } from '../core/templates/render';
import { decodeText } from '../core/text/decode';
import { neverCancelled } from '../core/workspace';
import { waitingFolder } from '../host/disk-folder';
import { option, parseArguments, UsageError, type Arguments } from './args';
import { inLanguage, productsOptions } from './options';
import { printable } from './printable';
import type { CommandIo, ExitStatus } from './io';
import { findSettings, type FoundSettings } from './products';
import { openBook } from './starter';

/** `kobo new TYPE|KIT --out DIR --set key=value`: makes one document from a template, or the set of a kit. */
export async function newCommand(args: readonly string[], world: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: ['out', 'set', 'book', 'today', 'lang'], switches: [] });
  const name = parsed.words[0];
  if (name === undefined || parsed.words.length > 1) throw new UsageError('kobo new TYPE|KIT [--out DIR] [--set key=value]…');
  const options = productsOptions(parsed, world);
  const io = inLanguage(world, options);
  const { today } = options;
  const out = resolve(io.cwd, option(parsed, 'out') ?? '.');
  const found = await findSettings(out);
  const book = await openBook(option(parsed, 'book') ?? found?.koboFile.settings.book, option(parsed, 'book') === undefined ? (found?.root ?? out) : io.cwd);
  const values = valuesOf(found, book, today, io);
  const answers = answersOf(parsed);
  const root = found?.root ?? out;
  const existing = (await readdir(root, { recursive: true }).catch(() => [])).map((path) => path.split(sep).join('/'));

  // A folder inside a product is where the person wants the document; the product itself knows where its documents go.
  const chosen = relative(root, out).split(sep).join('/');
  if (chosen !== '' && safePath(`${chosen}/a.md`) === undefined) throw new UsageError(`${chosen} には文書を作れません。「.」で始まらないフォルダーにしてください。 / No document can be made in ${chosen}.`);
  const homes = found === undefined || chosen !== '' ? undefined : await homesOf(found, book, values.today);
  const files = planOf(name, book, values, answers, existing, chosen, homes);
  const written: string[] = [];
  await mkdir(root, { recursive: true });
  for (const { path, text } of files) {
    const target = await targetOf(root, path);
    try {
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, text, { flag: 'wx' });
      written.push(path);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
      io.err(io.language === 'ja' ? `${printable(path)} はすでにあるため、変えていません。\n` : `${printable(path)} exists already and is left as it is.\n`);
    }
  }
  for (const path of written) io.out(`${printable(join(root, path))}\n`);
  return 0;
}

interface PlannedFile {
  readonly path: string;
  readonly text: string;
}

/** A type, template or kit by the name of its file; a kit's existing files are skipped when they are written. */
function planOf(name: string, book: Book, values: TemplateValues, answers: Readonly<Record<string, string>>, existing: readonly string[], folder: string, homes: Homes | undefined): readonly PlannedFile[] {
  const one = (template: Template, path: string | undefined): PlannedFile => {
    const type = template.type === undefined ? undefined : book.types.get(template.type);
    const home = folder !== '' ? folder : type === undefined || homes === undefined ? undefined : homeFolder(type.id, homes);
    const place = path ?? suggestPath(template, type, { today: values.today, title: titleOf(template, answers), existing, ...(home === undefined ? {} : { folder: home }) });
    return { path: place, text: renderTemplate(template, values, answersWithName(template, type, place, answers)).text };
  };
  const template = book.templates.find((each) => each.id === name) ?? book.templates.find((each) => each.type === name && each.kind === 'document');
  if (template !== undefined) {
    expectKnown(answers, [template], []);
    return [one(template, undefined)];
  }
  const kit = book.kits.find((each) => each.id === name);
  if (kit === undefined) throw new UsageError(`「${name}」というテンプレートも一式もありません。kobo templates list で一覧が出ます。 / There is no template or kit ${name}.`);
  const parts = kit.items.flatMap((item) => {
    const found = book.templates.find((each) => each.id === item.template);
    return found === undefined ? [] : [{ found, path: fillPath(item.path, values) }];
  });
  expectKnown(answers, parts.map(({ found }) => found), kit.asks);
  return parts.map(({ found, path }) => one(found, folder === '' ? path : `${folder}/${path}`));
}

/**
 * Answers to what nobody asks would be lost, and the blank they were meant for left open.
 * @throws UsageError for the first of them
 */
function expectKnown(answers: Readonly<Record<string, string>>, templates: readonly Template[], asks: readonly TemplateQuestion[]): void {
  const asked = [...asks, ...templates.flatMap((template) => template.asks)].map(({ id }) => id);
  // The title names the file also where no template asks for it.
  const known = new Set([...asked, 'title', ...builtInVariables, ...templates.flatMap((template) => variablesOf(template.body).map(({ name }) => name))]);
  const unknown = Object.keys(answers).find((id) => !known.has(id));
  if (unknown === undefined) return;
  const near = nearest(unknown, known);
  const names = [...new Set(['title', ...asked])].join('、');
  throw new UsageError(near === undefined
    ? `--set の「${unknown}」に当たる質問がありません。使えるのは ${names} です。 / Nothing asks for ${unknown}. Known: ${names}.`
    : `--set の「${unknown}」に当たる質問がありません。「${near}」のことですか。 / Nothing asks for ${unknown}. Did you mean ${near}?`);
}

/** Types of the product's documents, as `kobo.yaml` and their own heads say. */
async function homesOf({ root, koboFile: { settings } }: FoundSettings, book: Book, today: string): Promise<Homes> {
  const folder = waitingFolder(root);
  const all = (await folder.list(neverCancelled)).filter(({ sameAs }) => sameAs === undefined).map((entry) => entry.path);
  const others = all.filter((path) => path.endsWith(`/${koboFileName}`)).map((path) => path.slice(0, -koboFileName.length));
  const paths = all.filter((path) => formatOf(path) !== undefined && path !== koboFileName && !others.some((other) => path.startsWith(other)));
  const types = new Map<string, string>();
  for (const content of await folder.read(paths, neverCancelled)) {
    const text = content.ok && formatOf(content.path) !== 'csv' ? decodeText(content.bytes).text : '';
    // The head tells the type, and whether another one follows, as in a template.
    const head = formatOf(content.path) === 'markdown' ? text.slice(0, (readFrontMatter(text)?.frontMatter.span.end ?? -4) + 4) : text;
    const recognition = recognise(readDocument(content.path, head), book, settings);
    if (recognition.by === 'front_matter' || recognition.by === 'pattern') types.set(content.path, recognition.type);
  }
  return { types, lines: settings.documents, today };
}

function fillPath(path: string, values: TemplateValues): string {
  return fillDay(path, values.today).replaceAll('{{today}}', values.today);
}

/** Absolute path of a new file; it stays inside the folder also where a folder on the way is a symbolic link. */
async function targetOf(root: string, path: string): Promise<string> {
  const safe = safePath(path);
  if (safe === undefined) throw new UsageError(`${path} は使えない置き場所です。フォルダーの中の .md・.yaml・.csv にしてください。 / ${path} is not a place inside the folder.`);
  const target = join(root, safe);
  const real = await realpath(root);
  for (let at = dirname(target); at.length > root.length; at = dirname(at)) {
    const there = await realpath(at).catch(() => undefined);
    if (there === undefined) continue;
    if (there !== real && !there.startsWith(real + sep)) throw new UsageError(`${path} はフォルダーの外になります。 / ${path} leads outside of the folder.`);
    break;
  }
  return target;
}

function valuesOf(found: FoundSettings | undefined, book: Book, today: string | undefined, io: CommandIo): TemplateValues {
  const settings = found?.koboFile.settings;
  return {
    today: today ?? todayIn(settings?.timezone ?? book.timezone, io.clock()),
    product: settings?.name ?? '',
    product_id: settings?.id ?? '',
    phase: settings?.phase ?? '',
    author: '',
  };
}

function answersOf(parsed: Arguments): Readonly<Record<string, string>> {
  const answers: Record<string, string> = {};
  for (const pair of parsed.options.get('set') ?? []) {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new UsageError(`--set は key=value の形で書きます（いまは ${pair}）。 / --set takes key=value.`);
    answers[pair.slice(0, equals)] = pair.slice(equals + 1);
  }
  return answers;
}
