import { readDocument } from '../document/read';
import type { ProjectDocument } from '../document/document';
import type { Finding } from '../rules/finding';
import { addMonths, isIsoDay } from '../text/calendar';
import { normalise } from '../text/normalise';
import type { Span } from '../text/position';
import { applyEdits } from './edits';
import { matchesPath, pathPattern } from './patterns';
import { readWaiverComments, waiverCommentAt } from './waiver-comments';

/** How far a waiver reaches: one row or line, one document, or the whole product. */
export type WaiveScope = 'row' | 'document' | 'product';

/** What a person decides about a waiver. */
export interface WaiverWords {
  readonly rule: string;
  readonly reason: string;
  readonly approvedBy: string;
  /** ISO day. */
  readonly until: string;
}

/** A piece of text put in the place of another. */
export interface PlacedText {
  readonly span: Span;
  readonly text: string;
}

const leastReason = 10;
const mostMonths = 6;
/** Said alone or padded, these give a reader nothing to judge by. */
const emptyReasons = ['あとで', '後で', '後ほど', 'あとで直す', '後で直す', 'あとで対応', '後で対応', 'あとで直します', '後で直します', 'later', 'fixlater', 'todo', 'tbd', '未定'];

/** Why a reason will not do: under 10 characters, or only words such as 「あとで」; `undefined` when it will. */
export function reasonFault(reason: string): 'short' | 'later' | undefined {
  const bare = Array.from(normalise(reason).toLowerCase()).filter((c) => !' 　。、.,!！?？…・-ー~〜'.includes(c)).join('');
  if (emptyReasons.includes(bare) || (bare.length >= leastReason && new Set(bare).size <= 2)) return 'later';
  return Array.from(reason.trim()).length < leastReason ? 'short' : undefined;
}

/** Why a last day will not do; `undefined` when it will. A waiver lasts six months at most. */
export function untilFault(until: string, today: string): 'no_day' | 'past' | 'too_late' | undefined {
  if (!isIsoDay(until)) return 'no_day';
  if (until < today) return 'past';
  return until > lastDay(today) ? 'too_late' : undefined;
}

/** The latest day a waiver made today may end on. */
export function lastDay(today: string): string {
  return addMonths(today, mostMonths);
}

/** Where the waiver of a scope is written: CSV has no comments, so that there the list in `kobo.yaml` names the file. */
export function waivesInKoboFile(document: ProjectDocument, scope: WaiveScope): boolean {
  return scope === 'product' || (scope === 'document' && document.format === 'csv');
}

/** The scopes a waiver of a finding can be written for, the narrowest first. */
export function waiveScopes(document: ProjectDocument, finding: Finding): readonly WaiveScope[] {
  // `課題{済,未}.csv` is a pattern, and not one of itself.
  if (document.format === 'csv') return matchesPath(pathPattern(document.path), document.path) ? ['document', 'product'] : ['product'];
  const words: WaiverWords = { rule: finding.rule, reason: 'x', approvedBy: 'x', until: '2000-01-01' };
  return [
    ...(['row', 'document'] as const).filter((scope) => waiveInDocument(document, finding, scope, words) !== undefined),
    'product' as const,
  ];
}

/**
 * The comment that waives a finding in its document, and where it goes: into the last cell of a table row, at the end of a
 * line, or above it; for the whole document below the front matter. Each place is tried by reading the text again: the
 * comment must cover the finding and change nothing else.
 * @returns `undefined` where the document has no place for it (CSV, code, the head's fence)
 */
export function waiveInDocument(document: ProjectDocument, finding: Finding, scope: 'row' | 'document', words: WaiverWords): PlacedText | undefined {
  if (document.format === 'csv') return undefined;
  const places = scope === 'document' ? documentPlaces(document, words) : rowPlaces(document, finding, words);
  return places.find((place) => holds(document, finding, scope, words, place));
}

/** The edits that give the waiver comment around an offset another last day; `undefined` when there is none. */
export function extendComment(document: ProjectDocument, offset: number, until: string): readonly PlacedText[] | undefined {
  const comment = waiverCommentAt(document, offset);
  if (comment === undefined) return undefined;
  return [comment.until === undefined ? at(comment.wordsEnd, ` until=${until}`) : { span: comment.until, text: until }];
}

/** The edits that end a rule's waiver in the comment around an offset: the rule's id, or the comment and its empty line. */
export function removeComment(document: ProjectDocument, offset: number, rule: string): readonly PlacedText[] | undefined {
  const comment = waiverCommentAt(document, offset);
  const word = comment?.ids.find((ids) => ids.text.split(',').includes(rule));
  if (comment === undefined || word === undefined) return undefined;
  const { text, lines } = document;
  const left = word.text.split(',').filter((id) => id !== '' && id !== rule);
  if (left.length > 0) return [{ span: word, text: left.join(',') }];
  if (comment.ids.length > 1) return [{ span: { start: word.start - 1, end: word.end }, text: '' }];
  const start = lines.startOf(lines.lineAt(comment.start));
  const end = lines.startOf(lines.lineAt(comment.end) + 1);
  if (text.slice(start, comment.start).trim() === '' && text.slice(comment.end, end).trim() === '') return [{ span: { start, end }, text: '' }];
  return [{ span: { start: text[comment.start - 1] === ' ' ? comment.start - 1 : comment.start, end: comment.end }, text: '' }];
}

/** `REG-013 reason="…" by="…" until=…` as it stands in a comment. */
function wordsIn(words: WaiverWords, scope: 'row' | 'document'): string {
  return `kobo:waive ${words.rule}${scope === 'document' ? ' file' : ''} reason="${quotable(words.reason)}" by="${quotable(words.approvedBy)}" until=${words.until}`;
}

/** A person's words on one line that ends neither the quotes, the comment nor a table's cell. */
function quotable(text: string): string {
  return text.replace(/\s+/gu, ' ').trim().replaceAll('"', '”').replaceAll('--', '‐‐').replaceAll('|', '｜').replaceAll('\\', '＼');
}

function documentPlaces(document: ProjectDocument, words: WaiverWords): readonly PlacedText[] {
  const end = lineEnd(document.text);
  if (document.format === 'yaml') return [at(startOf(document), `# ${wordsIn(words, 'document')}${end}`)];
  const comment = `<!-- ${wordsIn(words, 'document')} -->${end}`;
  const head = document.frontMatter?.span.end;
  if (head === undefined) return [at(startOf(document), comment)];
  const broken = head > 0 && document.text[head - 1] !== '\n' && document.text[head - 1] !== '\r';
  return [at(head, broken ? `${end}${comment}` : comment)];
}

function rowPlaces(document: ProjectDocument, finding: Finding, words: WaiverWords): readonly PlacedText[] {
  const { text, lines } = document;
  const line = finding.range.start.line;
  const start = lines.startOf(line);
  const full = text.slice(start, lines.startOf(line + 1));
  const shown = full.trimEnd();
  const indent = full.slice(0, full.length - full.trimStart().length);
  const end = lineEnd(text);
  const hash = document.format === 'yaml' || (document.frontMatter !== undefined && start < document.frontMatter.span.end);
  if (hash) return [at(start, `${indent}# ${wordsIn(words, 'row')}${end}`)];
  const comment = `<!-- ${wordsIn(words, 'row')} -->`;
  const above = at(start, `${comment}${end}`);
  const row = document.tables.flatMap((table) => [table.header, ...table.rows]).find((one) => one.span.start >= start && one.span.start < start + full.length);
  if (row !== undefined) {
    const piped = shown.endsWith('|') && !shown.endsWith('\\|');
    const place = start + shown.length - (piped ? 1 : 0);
    const before = text[place - 1] === ' ' ? '' : ' ';
    return [at(place, `${before}${comment}${piped ? ' ' : ''}`)];
  }
  const behind = at(start + shown.length, ` ${comment}`);
  return shown.trimStart().startsWith('#') ? [above, behind] : [behind, above];
}

function at(offset: number, text: string): PlacedText {
  return { span: { start: offset, end: offset }, text };
}

function startOf(document: ProjectDocument): number {
  return document.text.charCodeAt(0) === 0xfeff ? 1 : 0;
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}

/** Whether the text with the comment says the same as before, and the comment covers the finding. */
function holds(document: ProjectDocument, finding: Finding, scope: 'row' | 'document', words: WaiverWords, place: PlacedText): boolean {
  const after = readDocument(document.path, applyEdits(document.text, [place]));
  const added = place.text.split('\n').length - 1;
  const line = finding.range.start.line + (added > 0 && place.span.start <= document.lines.startOf(finding.range.start.line) ? added : 0);
  const mine = readWaiverComments(after).some(
    (waiver) =>
      waiver.rule === words.rule &&
      waiver.until === words.until &&
      (scope === 'document' ? waiver.lines === undefined : waiver.lines !== undefined && waiver.lines.from <= line && line <= waiver.lines.to),
  );
  return mine && outline(after) === outline(document);
}

/** What a document says, without places. */
function outline(document: ProjectDocument): string {
  return JSON.stringify([
    document.fields.map((field) => [field.name, field.value.trim()]),
    document.sections.map((section) => [section.level, section.title, section.empty]),
    document.tables.map((table) => [table.header, ...table.rows].map((row) => row.cells.map((cell) => cell.text.trim()))),
    document.items.map((item) => [item.kind, item.text.trim()]),
    document.problems.map((problem) => problem.kind),
  ]);
}
