import { isAlias, isMap, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Span } from '../text/position';
import type { ReadingProblem } from './document';
import type { YamlEntry, YamlNode, YamlScalar } from './yaml-nodes';
import { readPlainYaml } from './yaml-plain';

/**
 * The full parser takes up to 30 µs a character on broken text. Longer YAML that is not plain is read as far as the
 * quick reader understands it.
 */
const longestParsed = 60_000;
const mostProblems = 20;
/** Deeper nesting than any document has would exhaust the parser's stack. */
const deepestNesting = 100;

interface ParsedYaml {
  readonly root: YamlNode | undefined;
  readonly problems: readonly ReadingProblem[];
}

/** Reads the YAML between two offsets of a document. Broken YAML gives problems with their places and what could be read. */
export function parseYaml(document: string, from: number, to: number, kind: 'yaml' | 'front_matter'): ParsedYaml {
  // A lone carriage return ends a line too; as \n it keeps its place.
  const text = document.includes('\r') ? document.replace(/\r(?!\n)/gu, '\n') : document;
  const plain = readPlainYaml(text, from, to);
  if (plain.stoppedAt < 0) return { root: plain.root, problems: [] };
  const stopped: ReadingProblem = { kind, span: lineSpan(text, plain.stoppedAt, to), detail: 'not understood from here on' };
  if (to - from > longestParsed || isTooDeep(text, from, to)) return { root: plain.root, problems: [stopped] };
  try {
    // Keys that repeat are a matter for the rules; the parser's own check is quadratic, and so are merge keys.
    const parse = (part: string) => parseDocument(part, { prettyErrors: false, uniqueKeys: false, strict: false, logLevel: 'silent' });
    const strict = parse(text.slice(from, to));
    const root = strict.errors.length === 0 ? strict : parse(onOneLine(text.slice(from, to)));
    const problems = root.errors.slice(0, mostProblems).map((error): ReadingProblem => {
      // A quote or bracket that never closes is missed at the end; what is wrong stands where it opens.
      const at = /closing|end with a/u.test(error.message) ? (openingOf(root, error.pos[0]) ?? error.pos[0]) : error.pos[0];
      const start = Math.min(from + at, to);
      return { kind, span: { start, end: Math.max(start, Math.min(from + error.pos[1], to)) }, detail: error.message };
    });
    const laugh = expandsTooFar(root) ? [{ kind, span: { start: from, end: to > from ? lineSpan(text, from, to).end : from }, detail: 'aliases of aliases' }] : [];
    return { root: new Converter(text, from, to).node(root.contents, 0), problems: [...laugh, ...problems] };
  } catch {
    return { root: plain.root, problems: [stopped] };
  }
}

/**
 * Quoted values that go on in the next lines without being indented: strict YAML refuses them, most readers do not. Their
 * line ends become blanks, so that every place stays where it is.
 */
function onOneLine(text: string): string {
  return text.replace(/^[\w-]{1,60}:[ \t]*"(?:[^"\\\n]|\\.){0,4000}(?:\n(?![\w-]{1,60}:(?:\s|$))(?:[^"\\\n]|\\.){0,4000}){1,40}"[ \t]*$/gmu, (value) => value.replace(/\n/gu, ' '));
}

/** Aliases are never written out here, but whoever reads the file elsewhere writes them out: this many parts no document has. */
const mostParts = 100_000;

/** Whether aliases of aliases make a small text a huge one ("billion laughs"). Each part is counted once, with what its aliases stand for. */
function expandsTooFar(root: ReturnType<typeof parseDocument>): boolean {
  const sizes = new Map<string, number>();
  const sizeOf = (node: unknown, depth: number): number => {
    if (isAlias(node)) return sizes.get(node.source) ?? 1;
    if (depth > deepestNesting) return 1;
    let size = 1;
    if (isMap(node)) for (const { value } of node.items) size += sizeOf(value, depth + 1);
    else if (isSeq(node)) for (const item of node.items) size += sizeOf(item, depth + 1);
    if ((isMap(node) || isSeq(node)) && node.anchor !== undefined) sizes.set(node.anchor, size);
    return size;
  };
  return sizeOf(root.contents, 0) > mostParts;
}

/** Start of the quoted text or the outermost brackets that reach up to an offset. */
function openingOf(root: ReturnType<typeof parseDocument>, offset: number): number | undefined {
  let found: number | undefined;
  const reaches = (range: readonly number[] | null | undefined): boolean => range !== null && range !== undefined && (range[0] ?? offset) < offset && offset <= (range[2] ?? 0) + 1;
  visit(root, {
    Collection: (_, { flow, range }) => {
      if (flow !== true || !reaches(range)) return undefined;
      found = range?.[0];
      return visit.BREAK;
    },
    Scalar: (_, { range, type }) => {
      if (type?.startsWith('QUOTE') === true && reaches(range)) found = range?.[0];
    },
  });
  return found;
}

function lineSpan(text: string, at: number, to: number): Span {
  let end = at;
  while (end < to && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  return { start: at, end };
}

function isTooDeep(text: string, from: number, to: number): boolean {
  let depth = 0;
  let marks = 0;
  for (let i = from; i < to; i++) {
    const c = text.charCodeAt(i);
    if (c === 10) marks = 0;
    else if (c === 91 || c === 123) depth++;
    else if (c === 93 || c === 125) depth = Math.max(0, depth - 1);
    // Compact nesting (`- - -`, `? ? ?`) and nesting by indentation.
    else if (c === 45 || c === 63 || c === 58) marks++;
    if (depth > deepestNesting || marks > 400) return true;
  }
  return false;
}

/** Turns the parser's tree into the reader's. */
class Converter {
  readonly #text: string;
  readonly #from: number;
  readonly #to: number;

  constructor(text: string, from: number, to: number) {
    this.#text = text;
    this.#from = from;
    this.#to = to;
  }

  node(node: unknown, depth: number): YamlNode {
    if (depth > deepestNesting) return this.#scalar(node);
    if (isMap(node)) {
      const entries: YamlEntry[] = [];
      for (const pair of node.items) {
        const key = this.#scalar(pair.key);
        const value = this.node(pair.value, depth + 1);
        if (key.text === '') continue;
        entries.push({ key, value: isNothing(value) ? { ...value, span: this.#placeBehind(key.span.end) } : value });
      }
      return { kind: 'map', entries, span: this.#span(node.range, true) };
    }
    if (isSeq(node)) {
      return { kind: 'list', items: node.items.map((item) => this.node(item, depth + 1)), span: this.#span(node.range, true) };
    }
    return this.#scalar(node);
  }

  #scalar(node: unknown): YamlScalar {
    if (isScalar(node)) {
      const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
      const block = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED';
      const text = node.value === null ? '' : typeof node.value === 'string' ? node.value : (node.source ?? '');
      let { start, end } = this.#span(node.range, !quoted);
      if (quoted && end - start >= 2) {
        start++;
        end--;
      } else if (block) {
        const lineEnd = this.#text.indexOf('\n', start);
        if (lineEnd >= 0 && lineEnd < end) start = lineEnd + 1;
        while (start < end && isSpace(this.#text.charCodeAt(start))) start++;
      }
      return { kind: 'scalar', text: text.trim(), span: { start, end }, block };
    }
    if (isAlias(node)) return { kind: 'scalar', text: `*${node.source}`, span: this.#span(node.range, true), block: false };
    if (isMap(node) || isSeq(node)) {
      const span = this.#span(node.range, true);
      return { kind: 'scalar', text: this.#text.slice(span.start, Math.min(span.end, span.start + 2000)), span, block: false };
    }
    return { kind: 'scalar', text: '', span: { start: this.#from, end: this.#from }, block: false };
  }

  #placeBehind(key: number): Span {
    const colon = this.#text.indexOf(':', key);
    const behind = colon < 0 || colon >= this.#to ? key : colon + 1;
    const place = Math.min(behind + (this.#text.charCodeAt(behind) === 32 ? 1 : 0), this.#to);
    return { start: place, end: place };
  }

  #span(range: readonly number[] | null | undefined, trimmed: boolean): Span {
    const start = Math.min(this.#from + (range?.[0] ?? 0), this.#to);
    let end = Math.max(start, Math.min(this.#from + (range?.[1] ?? 0), this.#to));
    if (trimmed) while (end > start && isSpace(this.#text.charCodeAt(end - 1))) end--;
    return { start, end };
  }
}

function isNothing(node: YamlNode): node is YamlScalar {
  return node.kind === 'scalar' && node.text === '' && node.span.start === node.span.end;
}

function isSpace(c: number): boolean {
  return c === 32 || c === 9 || c === 10 || c === 13;
}
