import type { Span } from '../text/position';
import type { Data } from './data';
import { mapOf } from './data';
import type { YamlProblem } from './yaml-source';
import { readYaml } from './yaml-source';

/** The YAML between two `---` lines at the start of a Markdown text. */
export interface PageHead {
  readonly data: Data;
  readonly problems: readonly YamlProblem[];
  /** Offset of what follows the closing line; 0 without front matter. */
  readonly bodyStart: number;
  /** The text begins like front matter, whose closing line is missing. */
  readonly unclosed: boolean;
  /** Place of a key's value (or of the key) in the whole text. */
  spanOf(key: string, part?: 'key' | 'value'): Span;
}

const longestHead = 20_000;

/** Reads the front matter of a Book page or template. Text without it, or whose fence never closes, has an empty head. */
export function readPageHead(text: string): PageHead {
  const none: PageHead = { data: {}, problems: [], bodyStart: 0, unclosed: false, spanOf: () => ({ start: 0, end: 0 }) };
  if (!text.startsWith('---')) return none;
  const first = lineEnd(text, 0);
  if (text.slice(3, first).trim() !== '') return none;
  const start = nextLine(text, first);
  let at = start;
  while (at < text.length && at - start < longestHead) {
    const end = lineEnd(text, at);
    const line = text.slice(at, end);
    if (line.startsWith('---') && line.trim() === '---') {
      return read(text.slice(start, at), start, nextLine(text, end));
    }
    at = nextLine(text, end);
  }
  return { ...none, unclosed: /^[A-Za-z_]+:(?:\s|$)/u.test(text.slice(start, lineEnd(text, start))) };
}

function read(yaml: string, start: number, bodyStart: number): PageHead {
  const simple = readSimple(yaml);
  if (simple) {
    return {
      data: simple, problems: [], bodyStart, unclosed: false,
      // Asked only where there is something to report, so the full reader may do it.
      spanOf: (key, part) => readYaml(yaml, start).spanOf([key], part),
    };
  }
  const source = readYaml(yaml, start);
  return {
    data: mapOf(source.data), problems: source.problems, bodyStart, unclosed: false,
    spanOf: (key, part) => source.spanOf([key], part),
  };
}

/**
 * Most front matter is flat `key: value` lines; thousands of pages are read at a start, so those skip the YAML parser.
 * Anything that YAML might read differently gives `undefined`.
 */
function readSimple(yaml: string): Data | undefined {
  const data: Record<string, unknown> = {};
  for (const raw of yaml.split('\n')) {
    const line = raw.trimEnd();
    if (line === '') continue;
    const colon = line.indexOf(':');
    const key = line.slice(0, colon);
    if (colon < 1 || !isPlainKey(key) || key in data) return undefined;
    const rest = line.slice(colon + 1);
    if (rest !== '' && !rest.startsWith(' ')) return undefined;
    const value = simpleValue(rest.trim());
    if (value === undefined) return undefined;
    data[key] = value;
  }
  return data;
}

function isPlainKey(key: string): boolean {
  for (let i = 0; i < key.length; i++) {
    const c = key.charCodeAt(i);
    const ok = (c >= 97 && c <= 122) || (c >= 65 && c <= 90) || c === 95 || (i > 0 && (c === 45 || (c >= 48 && c <= 57)));
    if (!ok) return false;
  }
  return true;
}

function simpleValue(value: string): string | readonly string[] | undefined {
  if (value.startsWith('[') && value.endsWith(']')) {
    const inner = value.slice(1, -1).trim();
    const items = inner === '' ? [] : inner.split(',').map((item) => item.trim());
    return items.every(isPlainScalar) ? items : undefined;
  }
  const quote = value[0];
  if (quote === '"' || quote === "'") {
    const inner = value.slice(1, -1);
    const closed = value.length > 1 && value.endsWith(quote);
    return closed && !inner.includes(quote) && !inner.includes('\\') ? inner : undefined;
  }
  return value === '' || isPlainScalar(value) ? value : undefined;
}

/** Plain text to YAML too: no indicator first, no `: ` or ` #`, no tab (which counts as a blank there), no flow marks. Numbers stay text, which readers want. */
function isPlainScalar(value: string): boolean {
  if (value === '') return false;
  if ('-?:,[]{}#&*!|>\'"%@`~'.includes(value.charAt(0))) return false;
  if (value === 'null' || value === 'Null' || value === 'NULL') return false;
  for (const mark of [': ', ' #', '\t', '[', ']', '{', '}', '"', ', ']) if (value.includes(mark)) return false;
  return !value.endsWith(':');
}

function lineEnd(text: string, from: number): number {
  const at = text.indexOf('\n', from);
  if (at < 0) return text.length;
  return text.charCodeAt(at - 1) === 13 && at > from ? at - 1 : at;
}

function nextLine(text: string, end: number): number {
  if (text.charCodeAt(end) === 13) return Math.min(end + 2, text.length);
  return Math.min(end + 1, text.length);
}
