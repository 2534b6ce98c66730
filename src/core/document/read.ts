import { LineIndex } from '../text/position';
import { findConflict } from './conflict';
import { readCsv } from './csv';
import type { DocumentFormat, OpaqueSpan, ProjectDocument, ReadingProblem } from './document';
import { formatOf } from './format';
import { readMarkdown } from './markdown';
import { rereadRow } from './reread';
import { readYaml } from './yaml-document';

/** UTF-16 units; larger documents are not read, and a problem says so. */
const longestDocument = 3_000_000;
/** A register of 27,000 rows is read; a text of more lines than this is made by a program. */
const mostLines = 100_000;

/**
 * Parts that a document people write never has so many of. A text of millions of headings, items or links is made by a program;
 * asking every rule about each of them would hold up whoever waits for the check.
 */
const mostParts = { sections: 10_000, items: 50_000, links: 20_000, paragraphs: 100_000, fields: 20_000, columns: 5000 } as const;

/** UTF-16 units in which front matter ends, if there is any. */
const longestHead = 20_000;

/**
 * Reads a document. A path of no known ending is read as Markdown. Never throws, whatever the text: what cannot be read
 * is a problem. A text that is too large, binary, wrongly decoded (U+FFFD) or left in a merge conflict has that one
 * problem and, beside the front matter above it, nothing else. `path` is relative, with `/`; all spans are UTF-16 offsets into `text`.
 *
 * @param before the document before an edit; what is read is the same without, only slower
 */
export function readDocument(path: string, text: string, before?: ProjectDocument): ProjectDocument {
  const reread = before?.path === path && text.length <= longestDocument ? rereadRow(before, text) : undefined;
  if (reread !== undefined) return reread;
  const format = formatOf(path) ?? 'markdown';
  const obstacle = findObstacle(text);
  // The only span of a document that is too large is its beginning.
  const lines = new LineIndex(obstacle?.kind === 'too_large' ? '' : text);
  const without = (problem: ReadingProblem): ProjectDocument => nothingBut(path, format, text, lines, problem);
  if (obstacle !== undefined) return without(obstacle);
  if (lines.count > mostLines) return without(tooLarge(`${String(lines.count)} lines`));
  const reading = format === 'markdown' ? readMarkdown(text, lines) : format === 'yaml' ? readYaml(text) : readCsv(text);
  const conflict = findConflict(text);
  if (conflict !== undefined && !insideCode(conflict.start, conflict.end, reading.opaque)) return without({ kind: 'conflict', span: conflict, detail: 'merge conflict markers' });
  const most = tooMany(reading);
  return most === undefined ? { path, format, text, lines, ...reading } : without(tooLarge(most));
}

/** What a file is of which there is no text: too large to be read, or not to be opened. A folder that cannot be listed (its path ends in `/`) is told of like one. */
export function withoutText(path: string, kind: 'too_large' | 'unreadable'): ProjectDocument {
  // A name in another encoding has no path by which it could be opened.
  const detail = kind === 'too_large' ? '' : path.endsWith('/') ? unlistedFolder : path.includes('\uFFFD') ? garbledName : '';
  return nothingBut(path, formatOf(path) ?? 'markdown', '', new LineIndex(''), { kind, span: { start: 0, end: 0 }, detail });
}

/** Whether a document was made by {@link withoutText}. */
export function hasNoText({ text, problems }: ProjectDocument): boolean {
  return text === '' && problems.some(({ kind }) => kind === 'too_large' || kind === 'unreadable');
}

/** `detail` of a file that cannot be opened because of its name, and of a folder. */
export const garbledName = 'name';
export const unlistedFolder = 'folder';

function tooLarge(detail: string): ReadingProblem {
  return { kind: 'too_large', span: { start: 0, end: 0 }, detail };
}

/** What a document has too much of to be checked. */
function tooMany(reading: Omit<ProjectDocument, 'path' | 'format' | 'text' | 'lines'>): string | undefined {
  for (const part of ['sections', 'items', 'links', 'paragraphs', 'fields'] as const) {
    if (reading[part].length > mostParts[part]) return `${String(reading[part].length)} ${part}`;
  }
  const isWide = reading.tables.some((table) => [table.header, ...table.rows].some((row) => row.span.end - row.span.start > mostParts.columns && row.cells.length > mostParts.columns));
  return isWide ? `a row of more than ${String(mostParts.columns)} cells` : undefined;
}

function findObstacle(text: string): ReadingProblem | undefined {
  if (text.length > longestDocument) {
    return tooLarge(`${String(text.length)} characters`);
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) return { kind: 'binary', span: { start: nul, end: nul + 1 }, detail: 'NUL character' };
  if (!text.includes('\uFFFD')) return undefined;
  // Alone between blanks or quotes it is what the text is about.
  const lost = text.search(/\uFFFD(?![ \t"'`」』)）,，、])|(?<![ \t"'`「『(（,，、])\uFFFD/u);
  if (lost >= 0) return { kind: 'encoding', span: { start: lost, end: lost + 1 }, detail: hasFewLost(text) ? lostCharacters : 'U+FFFD' };
  return undefined;
}

/** `detail` of a text of which single characters were lost before it was saved: no other encoding brings them back. */
export const lostCharacters = 'lost characters';
const mostLost = 20;

/** Whether only single characters are lost; a text in another encoding has them everywhere. */
function hasFewLost(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf('\uFFFD'); at >= 0 && count <= mostLost; at = text.indexOf('\uFFFD', at + 1)) count++;
  return count <= mostLost && count * 20 < text.length;
}

/** A page about Git may show conflict markers in a code block. */
function insideCode(start: number, end: number, opaque: readonly OpaqueSpan[]): boolean {
  return opaque.some((span) => (span.kind === 'fence' || span.kind === 'indented') && span.start <= start && end <= span.end);
}

/** What kind of document it is stands above what cannot be read: without it nothing would be said at all. */
function nothingBut(path: string, format: DocumentFormat, text: string, lines: LineIndex, problem: ReadingProblem): ProjectDocument {
  const readable = text.slice(0, problem.kind === 'too_large' ? longestHead : Math.min(problem.span.start, longestHead));
  const { frontMatter, fields } = format === 'markdown' ? readMarkdown(readable, new LineIndex(readable)) : { frontMatter: undefined, fields: [] };
  return {
    path,
    format,
    text,
    lines,
    frontMatter,
    fields: frontMatter === undefined ? [] : fields.filter((field) => field.source === 'front_matter'),
    sections: [],
    tables: [],
    items: [],
    paragraphs: [],
    links: [],
    opaque: [],
    problems: [problem],
  };
}
