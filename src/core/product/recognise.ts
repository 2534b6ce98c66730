import type { Book, DocumentType } from '../book/book';
import type { ProjectDocument } from '../document/document';
import { normalise } from '../text/normalise';
import { guessTypes } from './guess';
import { matchesPath, pathPattern } from './patterns';
import type { PathPattern } from './patterns';
import type { DocumentPattern, ProductSettings, Recognition } from './product';
import { isSidePage } from './side-pages';

/** As a type in `documents:` of `kobo.yaml`: files that match are not managed. */
export const unmanaged = 'none';

const typeKeys: ReadonlySet<string> = new Set(['type', '種別', '文書種別', 'document type']);

/**
 * Finds the type of a document: its front matter (`type` or `種別`), else the last matching pattern of `kobo.yaml`, else a
 * guess. Without a `kobo.yaml` front matter counts only when it is the id of a type, because others use the key too; with
 * one, a type's title or alias counts as well. A guess is at most one type. Types and templates of a Book name a type too,
 * but are no documents of it.
 */
export function recognise(document: ProjectDocument, book: Book, settings: ProductSettings | undefined): Recognition {
  if (isBookFile(document) || document.path.endsWith('/')) return { by: 'none' };
  const written = typeInFrontMatter(document, book, settings !== undefined);
  if (written !== undefined) return { by: 'front_matter', type: written };
  const mapped = settings && lineFor(document.path, settings.documents)?.type;
  if (mapped === unmanaged) return { by: 'none' };
  if (mapped !== undefined) return { by: 'pattern', type: mapped };
  const guess = guessTypes(document, book)[0];
  return guess && guess.confidence >= leastConfidence ? { by: 'guess', ...guess } : { by: 'none' };
}

const templateKeys: ReadonlySet<string> = new Set([
  'format', 'id', 'version', 'type', 'title', 'title_en', 'description', 'kind', 'prefix', 'output', 'phase', 'asks', 'default',
]);

/** True for a type file, a template (front matter twice, or `asks`) and the head of a CSV template. */
function isBookFile(document: ProjectDocument): boolean {
  const head = document.fields.filter((field) => field.source === 'front_matter' || field.source === 'yaml');
  const has = (name: string) => head.some((field) => field.name === name);
  if (document.format === 'yaml') {
    if (has('class') && has('type') && (has('guide') || has('template') || has('folder'))) return true;
    return has('title') && has('version') && document.tables.length === 0 && head.every((field) => templateKeys.has(field.name));
  }
  return document.frontMatter !== undefined && (has('asks') || document.text.startsWith('---', document.frontMatter.span.end));
}

/** Below this a guess is not worth a hint. */
const leastConfidence = 0.6;

function typeInFrontMatter(document: ProjectDocument, book: Book, managed: boolean): string | undefined {
  for (const field of document.fields) {
    if (field.source !== 'front_matter' && field.source !== 'yaml') continue;
    if (!typeKeys.has(normalise(field.name))) continue;
    if (book.types.has(field.value)) return field.value;
    if (managed) return typeByName(field.value, book)?.id;
  }
  return undefined;
}

/** The type a person means by a word: its id, title or an alias, in any width and case. */
export function typeByName(name: string, book: Book): DocumentType | undefined {
  const wanted = normalise(name).trim();
  if (wanted === '') return undefined;
  for (const type of book.types.values()) {
    const names = [type.id, type.title.text, type.title.en ?? '', ...type.aliases];
    if (names.some((one) => normalise(one) === wanted)) return type;
  }
  return undefined;
}

const compiled = new WeakMap<readonly DocumentPattern[], readonly { readonly pattern: PathPattern; readonly line: DocumentPattern }[]>();

/**
 * The line of `documents:` that holds for a path: of several that match the last. Entry pages and templates that a
 * wildcard takes along are not managed.
 */
export function lineFor(path: string, lines: readonly DocumentPattern[]): DocumentPattern | undefined {
  let ready = compiled.get(lines);
  if (!ready) {
    ready = lines.map((line) => ({ pattern: pathPattern(line.pattern), line }));
    compiled.set(lines, ready);
  }
  const found = ready.findLast(({ pattern }) => matchesPath(pattern, path));
  if (found === undefined) return undefined;
  return ![unmanaged, 'template'].includes(found.line.type) && isSidePage(path, found.pattern) ? { ...found.line, type: unmanaged } : found.line;
}

/** A type is said, not guessed. */
export function isManaged(recognition: Recognition): boolean {
  return recognition.by === 'front_matter' || recognition.by === 'pattern';
}
