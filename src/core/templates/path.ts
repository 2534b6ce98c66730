import type { DocumentType, Template } from '../book/book';
import { variablesOf } from '../book/template-file';
import { formatOf } from '../document/format';

export interface PathParts {
  /** ISO day. */
  readonly today: string;
  /** Title of the new document, for the `*` of a dated or numbered name. */
  readonly title: string;
  /** Paths that exist in the product. */
  readonly existing: readonly string[];
  /** Folder instead of the type's own, relative to the product: chosen, or where the product keeps such documents. Empty: its top. */
  readonly folder?: string;
}

/**
 * Where a new document goes: the place its type names, with `YYYY MM DD N *` filled in, never an existing path.
 * @returns a path relative to the product, with `/`, that {@link safePath} accepts
 */
export function suggestPath(template: Template, type: DocumentType | undefined, parts: PathParts): string {
  const extension = template.format === 'csv' ? '.csv' : template.format === 'yaml' ? '.yaml' : '.md';
  const shape = type?.places.file ?? `*.md`;
  const series = dayShape.test(shape) || numberShape.test(shape);
  const words = series || shape === '*.md' ? fileWords(parts.title === '' ? template.title.text : parts.title) : '';
  const taken = new Set(parts.existing);
  const own = type?.places.folder ?? 'docs';
  // The product may keep its like in a folder whose name no other system takes: then the type's own place.
  for (const folder of [parts.folder ?? own, own]) {
    const name = fillShape(shape, folder, parts, words).replace(/\.[a-z]+$/, '');
    const path = safePath(freePath(`${folder === '' ? '' : `${folder}/`}${name}`, extension, taken));
    if (path !== undefined) return path;
  }
  return freePath(`docs/${template.id}`, extension, taken);
}

function freePath(start: string, extension: string, taken: ReadonlySet<string>): string {
  let path = `${start}${extension}`;
  for (let n = 2; taken.has(path); n++) path = `${start}-${String(n)}${extension}`;
  return path;
}

function fillShape(shape: string, folder: string, parts: PathParts, words: string): string {
  const digits = numberShape.exec(shape)?.[0].length ?? 0;
  const number = digits === 0 ? '' : String(nextNumber(folder, parts.existing, digits)).padStart(digits, '0');
  return fillDay(shape.replace(numberShape, number), parts.today).replaceAll('*', () => words);
}

/** A day, month or year in a path: `MM` and `DD` are letters of other words anywhere else. */
const dayShape = /(?<![A-Za-z])YYYY(?:([-_./]?)MM(?:\1DD)?)?(?![A-Za-z])/u;
/** A number of so many digits. */
const numberShape = /(?<![A-Za-z])N{2,}(?![A-Za-z])/u;

/** A path with the day in every place that asks for it. @param today ISO day */
export function fillDay(path: string, today: string): string {
  const [year = '', month = '', day = ''] = today.split('-');
  return path.replace(new RegExp(dayShape, 'gu'), (shape) => shape.replace('YYYY', year).replace('MM', month).replace('DD', day));
}

/** A name that begins with a day or a month: that is no number. */
const datedName = /^(?:19|20)\d{2}(?:年|([-_.]?)(?:0[1-9]|1[0-2])(?:\1(?:0[1-9]|[12]\d|3[01]))?(?!\d))/u;

/** One more than the highest number of so many digits that a document directly in the folder begins with, and not given yet. */
function nextNumber(folder: string, existing: readonly string[], digits: number): number {
  const start = folder === '' ? '' : `${folder}/`;
  const given = new Set<number>();
  let highest = 0;
  for (const path of existing) {
    const name = path.startsWith(start) ? path.slice(start.length) : '';
    // A folder of a year is listed beside the documents.
    if (name.includes('/') || formatOf(name) === undefined || datedName.test(name)) continue;
    const number = /^\d+/.exec(name)?.[0] ?? '';
    if (number === '') continue;
    given.add(Number(number));
    if (number.length <= digits) highest = Math.max(highest, Number(number));
  }
  let next = highest + 1;
  while (given.has(next)) next++;
  return next;
}

/** What a new document is called in its file name: its title if it was asked for, else the first words that were. */
export function titleOf(template: Template, answers: Readonly<Record<string, string>>): string {
  const first = template.asks.find((ask) => ask.kind === 'text');
  return answers.title ?? (first === undefined ? '' : (answers[first.id] ?? first.default));
}

/**
 * Answers with what they and the new file's name say of what nobody answered: a title is the words that the template puts into its
 * heading, and a number in the name is the number inside.
 * @param path as {@link suggestPath} gives it
 */
export function answersWithName(template: Template, type: DocumentType | undefined, path: string, answers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const asked = new Map(template.asks.map((ask) => [ask.id, ask]));
  const heading = /^# .*$/mu.exec(template.body)?.[0] ?? '';
  const named = variablesOf(heading).map(({ name }) => name).find((name) => asked.get(name)?.kind === 'text');
  const number = numberShape.exec(type?.places.file ?? '')?.index === 0 ? /^\d+/u.exec(path.slice(path.lastIndexOf('/') + 1))?.[0] : undefined;
  return {
    ...(answers.title === undefined || named === undefined || asked.has('title') ? {} : { [named]: answers.title }),
    ...(number === undefined || !asked.has('number') ? {} : { number }),
    ...answers,
  };
}

/** Words that are safe in a file name on every system: no separators, no reserved characters, no dots at the ends. */
function fileWords(title: string): string {
  const cleaned = title
    .normalize('NFC')
    .replace(/[\\/:*?"<>|\p{Cc}\s]+/gu, '-')
    .replace(/^[.-]+|[.-]+$/g, '');
  return cleaned.slice(0, 60);
}

/**
 * Checks a path that came from a template, a kit or a person.
 * @returns the normalised path, or `undefined` when it would leave the folder, go into a dot-folder, or is no
 *   `.md`, `.yaml` or `.csv` file
 */
export function safePath(path: string): string | undefined {
  const parts: string[] = [];
  for (const part of path.replaceAll('\\', '/').split('/')) {
    if (part === '' || part === '.') continue;
    if (part.startsWith('.') || /[:*?"<>|\p{Cc}]/u.test(part)) return undefined;
    parts.push(part);
  }
  const name = parts.at(-1);
  if (name === undefined || path.startsWith('/') || /^[a-z]:/i.test(path)) return undefined;
  return /\.(md|yaml|csv)$/.test(name) ? parts.join('/') : undefined;
}
