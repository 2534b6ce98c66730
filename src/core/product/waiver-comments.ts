import type { ProjectDocument } from '../document/document';
import type { Span } from '../text/position';
import type { Waiver } from './product';

/** A waiver written as a comment in the document it is for. */
export interface DocumentWaiver extends Waiver {
  /** Lines whose findings it lets pass (0-based, both ends included); `undefined` = the whole file. */
  readonly lines: { readonly from: number; readonly to: number } | undefined;
}

const mark = 'kobo:waive';
const mostComments = 1000;

/**
 * Reads the waivers in a document's comments:
 *
 *     <!-- kobo:waive REG-013 reason="…" by="鈴木" until=2026-12-31 -->      the line it stands on, or the next one
 *     <!-- kobo:waive REG-013 file reason="…" by="鈴木" until=2026-12-31 --> the whole file
 *
 * `only=R-001,R-002` narrows it to rows and covers the whole file. In YAML documents and in front matter the comment begins with `#`. CSV
 * has no comments: its waivers stand in `kobo.yaml`. A comment alone on its line is for the next line that is not blank,
 * any other for its own line. Several ids make several waivers.
 */
export function readWaiverComments(document: ProjectDocument): readonly DocumentWaiver[] {
  if (document.format === 'csv' || !document.text.includes(mark)) return [];
  return commentsOf(document).slice(0, mostComments).flatMap((comment) => readComment(document, comment));
}

/** A comment that holds the mark: its span, and the words inside. */
interface Comment extends Span {
  readonly words: string;
}

/** Where the parts of a waiver comment stand in the document's text. */
export interface WaiverCommentPlaces extends Span {
  /** Words of ids (`REG-013,REG-014`). */
  readonly ids: readonly (Span & { readonly text: string })[];
  /** The last day without quotes; `undefined` when it is not written. */
  readonly until: Span | undefined;
  /** End of the words. */
  readonly wordsEnd: number;
}

/** The waiver comment around an offset, `undefined` when there is none. */
export function waiverCommentAt(document: ProjectDocument, offset: number): WaiverCommentPlaces | undefined {
  if (document.format === 'csv') return undefined;
  const comment = commentsOf(document).find(({ start, end }) => start <= offset && offset <= end);
  if (comment === undefined) return undefined;
  const from = document.text.indexOf(mark, comment.start) + mark.length;
  const { idPlaces, until } = wordsOfComment(comment.words.slice(mark.length));
  const moved = (span: Span): Span => ({ start: span.start + from, end: span.end + from });
  return {
    start: comment.start,
    end: comment.end,
    ids: idPlaces.map((place) => ({ ...moved(place), text: place.text })),
    until: until === undefined ? undefined : moved(until),
    wordsEnd: from + comment.words.length - mark.length,
  };
}

function commentsOf(document: ProjectDocument): readonly Comment[] {
  const { text } = document;
  if (document.format === 'yaml') return hashComments(text, 0, text.length);
  const head = document.frontMatter ? hashComments(text, document.frontMatter.span.start, document.frontMatter.span.end) : [];
  const body = document.opaque
    .filter((span) => span.kind === 'comment')
    .map(({ start, end }) => ({ start, end, words: inside(text.slice(start, end)) }))
    .filter((comment) => comment.words.startsWith(mark));
  return [...head, ...body];
}

/** The words of an HTML comment without `<!--` and `-->`. */
function inside(comment: string): string {
  const from = comment.startsWith('<!--') ? 4 : 0;
  const to = comment.endsWith('-->') ? comment.length - 3 : comment.length;
  return comment.slice(from, to).trim();
}

function hashComments(text: string, from: number, to: number): readonly Comment[] {
  const found: Comment[] = [];
  for (let at = text.indexOf(mark, from); at >= 0 && at < to; at = text.indexOf(mark, at + 1)) {
    let start = at - 1;
    while (start >= from && text[start] === ' ') start--;
    if (text[start] !== '#') continue;
    const before = text[start - 1];
    if (start > from && before !== ' ' && before !== '\n' && before !== '\t') continue;
    let end = text.indexOf('\n', at);
    if (end < 0 || end > to) end = to;
    if (text[end - 1] === '\r') end--;
    found.push({ start, end, words: text.slice(at, end).trim() });
  }
  return found;
}

function readComment(document: ProjectDocument, comment: Comment): readonly DocumentWaiver[] {
  const { ids, wholeFile, values } = wordsOfComment(comment.words.slice(mark.length));
  const only = (values.get('only') ?? '').split(',').map((id) => id.trim()).filter((id) => id !== '');
  const waiver = {
    path: document.path,
    only,
    reason: values.get('reason') ?? '',
    approvedBy: values.get('by') ?? '',
    until: values.get('until') ?? '',
    span: { start: comment.start, end: comment.end },
    source: document.path,
    lines: wholeFile || only.length > 0 ? undefined : linesFor(document, comment),
  };
  return ids.map((rule) => ({ ...waiver, rule }));
}

interface CommentWords {
  readonly ids: readonly string[];
  readonly wholeFile: boolean;
  readonly values: ReadonlyMap<string, string>;
  readonly idPlaces: readonly (Span & { readonly text: string })[];
  readonly until: Span | undefined;
}

/** Splits `REG-013 file reason="a b" until=2026-12-31`; quotes may be `"` or `「」`. */
function wordsOfComment(text: string): CommentWords {
  const ids: string[] = [];
  const idPlaces: (Span & { readonly text: string })[] = [];
  let until: Span | undefined;
  const values = new Map<string, string>();
  let wholeFile = false;
  let at = 0;
  while (at < text.length) {
    if (isSpace(text[at])) {
      at++;
      continue;
    }
    let end = at;
    while (end < text.length && !isSpace(text[end]) && text[end] !== '=') end++;
    const word = text.slice(at, end);
    if (text[end] === '=') {
      const value = valueAt(text, end + 1);
      values.set(word.toLowerCase(), value.text.trim());
      if (word.toLowerCase() === 'until') until = value.span;
      at = value.end;
      continue;
    }
    if (word === 'file') wholeFile = true;
    else {
      ids.push(...word.split(',').filter((id) => id !== ''));
      idPlaces.push({ start: at, end, text: word });
    }
    at = end;
  }
  return { ids, wholeFile, values, idPlaces, until };
}

/** @returns the value without quotes, where it stands, and where reading goes on */
function valueAt(text: string, from: number): { readonly text: string; readonly span: Span; readonly end: number } {
  const close = text[from] === '"' ? '"' : text[from] === '「' ? '」' : undefined;
  if (close !== undefined) {
    const end = text.indexOf(close, from + 1);
    const span = { start: from + 1, end: end < 0 ? text.length : end };
    return { text: text.slice(span.start, span.end), span, end: end < 0 ? text.length : end + 1 };
  }
  let end = from;
  while (end < text.length && !isSpace(text[end])) end++;
  return { text: text.slice(from, end), span: { start: from, end }, end };
}

function isSpace(c: string | undefined): boolean {
  return c === ' ' || c === '\t' || c === '\n' || c === '\r' || c === '　';
}

function linesFor(document: ProjectDocument, comment: Span): { readonly from: number; readonly to: number } {
  const { text, lines } = document;
  const first = lines.lineAt(comment.start);
  const last = lines.lineAt(comment.end);
  const before = text.slice(lines.startOf(first), comment.start);
  const after = text.slice(comment.end, lines.startOf(last + 1));
  if (before.trim() !== '' || after.trim() !== '') return { from: first, to: last };
  let next = last + 1;
  while (next < lines.count - 1 && text.slice(lines.startOf(next), lines.startOf(next + 1)).trim() === '') next++;
  return { from: next, to: next };
}

/** Texts of the cells of the row that holds an offset: what `only` is compared with. Empty outside tables. */
export function rowTextsAt(document: ProjectDocument, offset: number): readonly string[] {
  for (const table of document.tables) {
    if (offset < table.span.start || offset > table.span.end) continue;
    const row = table.rows.find((one) => offset >= one.span.start && offset <= one.span.end);
    if (row) return row.cells.map((cell) => cell.text);
  }
  return [];
}
