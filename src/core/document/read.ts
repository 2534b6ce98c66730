import { LineIndex } from '../text/position';
import { findConflict } from './conflict';
import { readCsv } from './csv';
import type { DocumentFormat, OpaqueSpan, ProjectDocument, ReadingProblem } from './document';
import { readMarkdown } from './markdown';
import { readYaml } from './yaml-document';

/** UTF-16 units; larger documents are not read, and a problem says so. */
const longestDocument = 5_000_000;

/** Format by the ending of the name, `undefined` for files that are no project documents. */
export function formatOf(path: string): DocumentFormat | undefined {
  const dot = path.lastIndexOf('.');
  switch (dot < 0 ? '' : path.slice(dot + 1).toLowerCase()) {
    case 'md':
    case 'markdown':
      return 'markdown';
    case 'yaml':
    case 'yml':
      return 'yaml';
    case 'csv':
      return 'csv';
    default:
      return undefined;
  }
}

/**
 * Reads a document. A path of no known ending is read as Markdown. Never throws, whatever the text: what cannot be read
 * is a problem. A text that is too large, binary, wrongly decoded (U+FFFD) or left in a merge conflict has that one
 * problem and nothing else. `path` is relative, with `/`; all spans are UTF-16 offsets into `text`.
 */
export function readDocument(path: string, text: string): ProjectDocument {
  const format = formatOf(path) ?? 'markdown';
  const obstacle = findObstacle(text);
  // The only span of a document that is too large is its beginning.
  const lines = new LineIndex(obstacle?.kind === 'too_large' ? '' : text);
  if (obstacle !== undefined) return nothingBut(path, format, text, lines, obstacle);
  const reading = format === 'markdown' ? readMarkdown(text, lines) : format === 'yaml' ? readYaml(text) : readCsv(text);
  const conflict = findConflict(text);
  if (conflict !== undefined && !insideCode(conflict.start, conflict.end, reading.opaque)) {
    const nothing = nothingBut(path, format, text, lines, { kind: 'conflict', span: conflict, detail: 'merge conflict markers' });
    // What kind of document it is stands above the conflict, so that the finding is given at all.
    const head = reading.frontMatter;
    return head === undefined || head.span.end > conflict.start ? nothing : { ...nothing, frontMatter: head, fields: reading.fields.filter((field) => field.source === 'front_matter') };
  }
  return { path, format, text, lines, ...reading };
}

function findObstacle(text: string): ReadingProblem | undefined {
  if (text.length > longestDocument) {
    return { kind: 'too_large', span: { start: 0, end: 0 }, detail: `${text.length} characters` };
  }
  const nul = text.indexOf('\0');
  if (nul >= 0) return { kind: 'binary', span: { start: nul, end: nul + 1 }, detail: 'NUL character' };
  const lost = text.indexOf('\uFFFD');
  if (lost >= 0) return { kind: 'encoding', span: { start: lost, end: lost + 1 }, detail: 'U+FFFD' };
  return undefined;
}

/** A page about Git may show conflict markers in a code block. */
function insideCode(start: number, end: number, opaque: readonly OpaqueSpan[]): boolean {
  return opaque.some((span) => (span.kind === 'fence' || span.kind === 'indented') && span.start <= start && end <= span.end);
}

function nothingBut(path: string, format: DocumentFormat, text: string, lines: LineIndex, problem: ReadingProblem): ProjectDocument {
  return {
    path,
    format,
    text,
    lines,
    frontMatter: undefined,
    fields: [],
    sections: [],
    tables: [],
    items: [],
    paragraphs: [],
    links: [],
    opaque: [],
    problems: [problem],
  };
}
