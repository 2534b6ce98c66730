import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node, Pair } from 'yaml';
import type { Span } from '../text/position';
import { mistakeAt, type YamlMistake } from './yaml-mistake';

/** Names and list positions from the top of a YAML text to a place in it. */
export type YamlPath = readonly (string | number)[];

export type YamlFault = 'syntax' | 'duplicate' | 'aliases' | 'depth' | 'size';

export interface YamlProblem {
  readonly fault: YamlFault;
  readonly span: Span;
  /** In English, for people who know YAML; the reader's sentence is chosen by `fault`. */
  readonly detail: string;
  /** What was done wrong, in plain words, where the text shows it. */
  readonly mistake?: Pick<YamlMistake, 'ja' | 'en'>;
}

/** YAML read as plain data (string keys, no tags, no merge keys) that still knows where each value is written. */
export interface YamlSource {
  /** `undefined` when the text is empty or broken. */
  readonly data: unknown;
  readonly problems: readonly YamlProblem[];
  /** Place of a value, or of its key; for a path that is not there, of the nearest part above it. UTF-16 offsets. */
  spanOf(path: YamlPath, part?: 'key' | 'value'): Span;
}

/** More aliases than any real Book needs: what stands behind them may not be multiplied (billion laughs). */
const maxAliases = 100;
const maxDepth = 60;
/** UTF-16 units. The parser takes up to 10 µs for each of a broken text, so a longer one could hold a host up for seconds. */
const longestYaml = 250_000;

/**
 * Reads one YAML text (YAML 1.2 core: dates, `off` and `yes` are strings). Broken text, a duplicate key, more than 100
 * aliases, nesting deeper than 60 and more than 250,000 characters are problems; on any but a duplicate key `data` is
 * `undefined`.
 * @param offset added to every span, for YAML inside another text.
 */
export function readYaml(text: string, offset = 0): YamlSource {
  const whole = { start: offset, end: offset + text.length };
  if (text.length > longestYaml) return unreadable({ fault: 'size', span: { start: offset, end: offset }, detail: `longer than ${longestYaml}` }, whole);
  if (tooDeep(text)) return unreadable({ fault: 'depth', span: { start: offset, end: offset }, detail: `nested deeper than ${maxDepth}` }, whole);
  let document: Document.Parsed;
  try {
    // The library compares each key with all others; duplicates are found below in one pass.
    document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false, merge: false });
  } catch (error) {
    return unreadable({ fault: 'syntax', span: { start: offset, end: offset }, detail: String(error) }, whole);
  }
  const broken = document.errors[0];
  if (broken) {
    const [start, end] = broken.pos;
    return unreadable(explained({ fault: 'syntax', span: { start: start + offset, end: Math.max(end, start) + offset }, detail: broken.message }, text, offset), whole);
  }
  const problems: YamlProblem[] = [];
  const stop = walk(document, document.contents, offset, 0, { problems, aliases: 0 });
  if (stop) return unreadable(stop.fault === 'syntax' ? explained(stop, text, offset) : stop, whole);
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: maxAliases });
  } catch (error) {
    return unreadable({ fault: 'aliases', span: { start: offset, end: offset }, detail: String(error) }, whole);
  }
  return { data: data ?? undefined, problems, spanOf: (path, part = 'value') => spanOf(document, path, part, offset, whole) };
}

/** The problem at what was done wrong, where the text shows it. */
function explained(problem: YamlProblem, text: string, offset: number): YamlProblem {
  const found = mistakeAt(text, problem.span.start - offset);
  if (found === undefined) return problem;
  const { span, ja, en } = found;
  return { ...problem, span: { start: span.start + offset, end: span.end + offset }, mistake: { ja, en } };
}

function unreadable(problem: YamlProblem, whole: Span): YamlSource {
  return { data: undefined, problems: [problem], spanOf: () => whole };
}

/** Flow brackets recurse in the parser: a text that opens thousands would end its stack before any check of ours. */
function tooDeep(text: string): boolean {
  let open = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if (c === 0x5b || c === 0x7b) {
      if (++open > 1000) return true;
    } else if ((c === 0x5d || c === 0x7d) && open > 0) open--;
    else if (c === 10) {
      let dashes = 0;
      let at = i + 1;
      while (text[at] === ' ') at++;
      while (text[at] === '-' && text[at + 1] === ' ') {
        dashes++;
        at += 2;
      }
      if (dashes > maxDepth) return true;
      if (text.charCodeAt(i + 1) !== 32 && text.charCodeAt(i + 1) !== 0x5d && text.charCodeAt(i + 1) !== 0x7d) open = 0;
    }
  }
  return false;
}

interface Walk {
  readonly problems: YamlProblem[];
  aliases: number;
}

/** Looks at every node once: duplicate keys are noted; the first thing that makes the text unusable is returned. */
function walk(document: Document.Parsed, node: unknown, offset: number, depth: number, state: Walk): YamlProblem | undefined {
  const span = () => spanOfNode(node, offset) ?? { start: offset, end: offset };
  if (depth > maxDepth) return { fault: 'depth', span: span(), detail: `nested deeper than ${maxDepth}` };
  if (isAlias(node)) {
    if (++state.aliases > maxAliases) return { fault: 'aliases', span: span(), detail: `more than ${maxAliases}` };
    return node.resolve(document) ? undefined : { fault: 'syntax', span: span(), detail: `nothing is named &${node.source}` };
  }
  if (isMap(node)) {
    const seen = new Set<string>();
    for (const pair of node.items) {
      const name = keyName(pair);
      if (seen.has(name)) {
        state.problems.push({ fault: 'duplicate', span: spanOfNode(pair.key, offset) ?? span(), detail: name });
      }
      seen.add(name);
      // A key may be an alias too (`{*a}`).
      const stop = (isAlias(pair.key) ? walk(document, pair.key, offset, depth + 1, state) : undefined) ?? walk(document, pair.value, offset, depth + 1, state);
      if (stop) return stop;
    }
  } else if (isSeq(node)) {
    for (const item of node.items) {
      const stop = walk(document, item, offset, depth + 1, state);
      if (stop) return stop;
    }
  }
  return undefined;
}

function keyName(pair: Pair): string {
  const key = pair.key;
  if (isScalar(key)) return String(key.value);
  return isAlias(key) ? `*${key.source}` : '';
}

function spanOf(document: Document.Parsed, path: YamlPath, part: 'key' | 'value', offset: number, whole: Span): Span {
  let node: unknown = document.contents;
  let best = spanOfNode(node, offset) ?? whole;
  for (const [index, step] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document);
    let key: unknown;
    if (isMap(node)) {
      const pair = node.items.findLast((item) => keyName(item) === String(step));
      if (!pair) return best;
      key = pair.key;
      node = pair.value;
    } else if (isSeq(node)) {
      const item = node.items[Number(step)];
      if (item === undefined) return best;
      node = item;
    } else {
      return best;
    }
    const last = index === path.length - 1;
    const own = spanOfNode(node, offset);
    const keySpan = spanOfNode(key, offset);
    best = (last && part === 'key' ? keySpan : own && own.end > own.start ? own : keySpan) ?? own ?? best;
  }
  return best;
}

function spanOfNode(node: unknown, offset: number): Span | undefined {
  const range = (node as Node | null | undefined)?.range;
  return range ? { start: range[0] + offset, end: range[1] + offset } : undefined;
}
