import type { BookProblem } from '../book/book';
import { isData, listOf, mapOf, textOf } from '../book/data';
import { unknownFormat } from '../book/layer-reader';
import { fileStart, problem } from '../book/problems';
import type { Finding } from '../rules/finding';
import { tellsOfUnread } from '../rules/reading';
import { normalise } from '../text/normalise';
import { baselinePath } from './baseline-path';

/** Where `kobo.yaml` usually keeps it. */
export const baselineFileName = '.kobo-baseline.json';

/** Findings that were there before, as counts: `rule path fingerprint` → number. */
export interface Baseline {
  readonly counts: ReadonlyMap<string, number>;
  /** The same by file: {@link entryKey} → number. */
  readonly files: ReadonlyMap<string, ReadonlyMap<string, number>>;
}

/** Names a finding within its file. */
export function entryKey(rule: string, fingerprint: string): string {
  return `${rule}\u0000${fingerprint}`;
}

/** Text of a file of the product, `undefined` when it is not at hand. */
export type TextOf = (path: string) => string | undefined;

/**
 * The JSON of a baseline of all findings not waived, but those that tell why a document was not checked: `{ format, created, findings: [{ rule, path, fingerprint, count }] }`,
 * sorted, one entry a line, so that a diff shows what changed.
 * @param created ISO day.
 */
export function createBaseline(findings: readonly Finding[], textOf: TextOf, created: string): string {
  const counts = new Map<string, { readonly entry: Entry; count: number }>();
  for (const finding of findings) {
    if (finding.suppression?.kind === 'waiver' || tellsOfUnread(finding.rule)) continue;
    const entry = { rule: finding.rule, path: finding.path, fingerprint: fingerprintOf(finding, textOf(finding.path)) };
    const key = keyOf(entry);
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { entry, count: 1 });
  }
  const lines = [...counts.keys()].sort().map((key) => {
    const one = counts.get(key);
    return `    ${JSON.stringify({ ...one?.entry, count: one?.count })}`;
  });
  return `{\n  "format": 1,\n  "created": ${JSON.stringify(created)},\n  "findings": [${lines.length > 0 ? `\n${lines.join(',\n')}\n  ` : ''}]\n}\n`;
}

interface Entry {
  readonly rule: string;
  readonly path: string;
  readonly fingerprint: string;
}

function keyOf(entry: Entry): string {
  return `${entry.path}\u0000${entry.rule}\u0000${entry.fingerprint}`;
}

/**
 * Whether the text of a file is a baseline, or was one before a merge broke it: nothing else may be written over.
 * @param path tells which broken texts may have been one: JSON
 */
export function isBaselineText(text: string, path: string): boolean {
  const isJson = path.endsWith('.json');
  if (text.trim() === '') return isJson;
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return isJson && /"format"\s*:\s*\d/u.test(text) && /"findings"\s*:\s*\[/u.test(text);
  }
  if (!isData(data) || !Array.isArray(data.findings)) return false;
  // Reports have a list of findings too, but neither a format nor fingerprints.
  return (typeof data.format === 'number' || data.findings.length > 0) && listOf(data.findings).every((item) => isData(item) && typeof item.fingerprint === 'string');
}

/** Reads a baseline; a broken one is empty and a problem, so that nothing is hidden by accident. */
export function readBaseline(text: string, path: string = baselineFileName): { readonly baseline: Baseline; readonly problems: readonly BookProblem[] } {
  const none: Baseline = { counts: new Map(), files: new Map() };
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    data = undefined;
  }
  if (!isData(data) || !Array.isArray(data.findings)) {
    return { baseline: none, problems: [problem(path, fileStart, 'error', 'baseline',
      `これまでの指摘の一覧「${path}」を読めません。kobo check --write-baseline で作り直してください。`, `The baseline "${path}" cannot be read. Make it again with kobo check --write-baseline.`)] };
  }
  if (data.format !== undefined && data.format !== 1) {
    const unknown = unknownFormat(path, data.format, fileStart);
    return { baseline: none, problems: [{ ...unknown, message: { text: `「${path}」：${unknown.message.text}`, en: `${path}: ${unknown.message.en ?? ''}` } }] };
  }
  const counts = new Map<string, number>();
  const files = new Map<string, Map<string, number>>();
  for (const item of listOf(data.findings)) {
    const { rule, path: file, fingerprint, count } = mapOf(item);
    const entry: Entry = { rule: textOf(rule), path: textOf(file), fingerprint: textOf(fingerprint) };
    const number = typeof count === 'number' && count > 0 ? Math.floor(count) : 1;
    const own = files.get(entry.path) ?? new Map<string, number>();
    files.set(entry.path, own);
    for (const [map, key] of [[counts, keyOf(entry)], [own, entryKey(entry.rule, entry.fingerprint)]] as const) map.set(key, (map.get(key) ?? 0) + number);
  }
  return { baseline: { counts, files }, problems: [] };
}

/** Why there is no text of a baseline. @param path as `kobo.yaml` writes it */
export function missingBaseline(path: string): BookProblem {
  return baselinePath(path) === undefined
    ? problem(path, fileStart, 'error', 'baseline',
      `これまでの指摘の一覧（baseline）の「${path}」を読めません。プロダクトのフォルダーの中に置いて、その名前を書いてください。`, `The baseline "${path}" is not read. Put it into the folder of the product.`)
    : problem(path, fileStart, 'error', 'baseline',
      `これまでの指摘の一覧（baseline）の「${path}」がありません。kobo check --write-baseline で作るか、この行を消してください。`, `There is no baseline "${path}" that can be read. Make it with kobo check --write-baseline, or remove this line.`);
}

/** Findings with those of the baseline marked, and how many of the baseline are gone. */
export interface BaselineResult {
  readonly findings: readonly Finding[];
  readonly gone: number;
}

/**
 * Marks as many findings of each kind as the baseline has, in the given order; waived ones and those that tell why a document was not checked are left.
 * @param former what the file of these findings was called when the baseline was written, where it had another name
 */
export function applyBaseline(findings: readonly Finding[], baseline: Baseline, textOf: TextOf, former?: string): BaselineResult {
  const left = new Map(baseline.counts);
  const marked = findings.map((finding): Finding => {
    if (finding.suppression || tellsOfUnread(finding.rule)) return finding;
    const key = keyOf({ rule: finding.rule, path: former ?? finding.path, fingerprint: fingerprintOf(finding, textOf(finding.path)) });
    const count = left.get(key) ?? 0;
    if (count === 0) return finding;
    left.set(key, count - 1);
    return { ...finding, suppression: { kind: 'baseline' } };
  });
  let gone = 0;
  for (const count of left.values()) gone += count;
  return { findings: marked, gone };
}

/**
 * What makes a finding the same one after lines moved: the words underlined, and in a table row its first cell. A finding
 * about a whole file has an empty one. 16 hexadecimal digits (two FNV-1a hashes of 32 bits).
 */
export function fingerprintOf(finding: Finding, text: string | undefined): string {
  if (text === undefined || finding.span.end === 0) return hash('');
  const words = squeeze(text.slice(finding.span.start, Math.min(finding.span.end, finding.span.start + 500)));
  return hash(`${words}\n${rowKey(text, finding.span.start)}`);
}

function rowKey(text: string, offset: number): string {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  const line = text.slice(start, end < 0 ? text.length : end).trim();
  if (!line.startsWith('|')) return '';
  return squeeze(line.slice(1).split('|', 1)[0] ?? '');
}

function squeeze(text: string): string {
  return normalise(text).split(/\s+/u).join(' ').trim();
}

/** Fingerprint of a finding about a whole file. */
export const wholeFile = hash('');

/** FNV-1a (Fowler, Noll, Vo) over UTF-16 units, from two starting values. */
function hash(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x01000193;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ (c & 0xff), 0x01000193);
    a = Math.imul(a ^ (c >>> 8), 0x01000193);
    b = Math.imul(b ^ (c >>> 8), 0x01000193);
    b = Math.imul(b ^ (c & 0xff), 0x01000193);
  }
  return (a >>> 0).toString(16).padStart(8, '0') + (b >>> 0).toString(16).padStart(8, '0');
}
