import type { Span } from '../text/position';

/** A map that the caret stands in, with the keys written beside it (raw values). */
export type Siblings = ReadonlyMap<string, string>;

/** Where in a YAML text a caret stands. Works on half-written text: lines and indentation, no parser. */
export interface YamlPlace {
  /** Keys and list positions from the top to the map or value the caret is in; list positions are 0 for flow lists. */
  readonly path: readonly (string | number)[];
  /** A key is being written; else a value of the last step of `path`. */
  readonly inKey: boolean;
  /** The word being written, up to the caret. */
  readonly span: Span;
  /** Keys beside the caret's innermost map. */
  readonly siblings: Siblings;
  /** Keys of each map from the top down, beside its step in `path`: `maps[i]` is the map that `path[i]` is a key of. */
  readonly maps: readonly Siblings[];
}

const longestLine = 2000;
const mostLines = 5000;

interface Line {
  readonly start: number;
  readonly text: string;
  /** Columns of `- ` marks before the content. */
  readonly dashes: readonly number[];
  readonly column: number;
  readonly key: string | undefined;
  /** Column where the value of the key begins. */
  readonly value: number;
  readonly blank: boolean;
}

/** Where an offset of a YAML text stands; `undefined` in comments, block texts, and where lines are too long to be told. */
export function yamlPlaceAt(text: string, offset: number): YamlPlace | undefined {
  const starts: number[] = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  let row = starts.length - 1;
  while (row > 0 && (starts[row] ?? 0) > offset) row--;
  const lineOf = (index: number): Line => readLine(text, starts[index] ?? 0, (starts[index + 1] ?? text.length + 1) - 1);
  const start = starts[row] ?? 0;
  if (offset - start > longestLine) return undefined;
  const before = text.slice(start, offset);
  if (/^\s*#/u.test(before) || /\s#\s[^"'}\]]*$/u.test(before)) return undefined;
  const line = readLine(text, start, offset);
  const { path, maps, inText } = ancestors(row, line, lineOf);
  if (inText) return undefined;
  const siblings = siblingsAt(row, line.column, lineOf, starts.length);
  const content = before.slice(line.column);
  if (line.key !== undefined) return inValue(before, line.value, start, [...path, line.key], [...maps, siblings], siblings);
  if (/^[[{]/u.test(content)) return inValue(before, line.column, start, path, maps, siblings);
  return { path, maps, siblings, inKey: true, span: { start: start + line.column, end: offset } };
}

function readLine(text: string, start: number, end: number): Line {
  const raw = text.slice(start, Math.min(end, start + longestLine)).replace(/\r$/u, '');
  const dashes: number[] = [];
  let column = 0;
  const skip = (): void => {
    while (raw[column] === ' ') column++;
  };
  skip();
  while (raw[column] === '-' && (raw[column + 1] === ' ' || raw[column + 1] === undefined)) {
    dashes.push(column);
    column++;
    skip();
  }
  const rest = raw.slice(column);
  const found = /^(?:"([^"]*)"|'([^']*)'|([^\s#{}[\],&*!|>'"%@`:][^:#{}[\]]*?)) *:(?: +|$)/u.exec(rest);
  const key = found === null ? undefined : (found[1] ?? found[2] ?? found[3] ?? '');
  return { start, text: raw, dashes, column, key, value: column + (found?.[0].length ?? 0), blank: rest === '' ? dashes.length === 0 : rest.startsWith('#') };
}

/** Keys and list positions above a line, and the keys beside each. */
function ancestors(row: number, line: Line, lineOf: (row: number) => Line): { readonly path: readonly (string | number)[]; readonly maps: readonly Siblings[]; readonly inText: boolean } {
  const path: (string | number)[] = [];
  const maps: Siblings[] = [];
  const child = { column: line.column, inList: false };
  const leave = (dashes: readonly number[], at: number): void => {
    for (const dash of [...dashes].reverse()) {
      if (dash >= child.column) continue;
      path.unshift(countItems(at, dash, lineOf));
      maps.unshift(new Map());
      child.column = dash;
      child.inList = true;
    }
  };
  leave(line.dashes, row);
  for (let at = row - 1; at >= 0 && row - at < mostLines && (child.column > 0 || child.inList); at--) {
    const other = lineOf(at);
    if (other.blank) continue;
    const parent = other.key !== undefined && (other.column < child.column || (child.inList && other.column === child.column && other.dashes.length === 0));
    if (parent) {
      if (/^[|>]/u.test(other.text.slice(other.value))) return { path, maps, inText: true };
      path.unshift(other.key);
      maps.unshift(siblingsAt(at, other.column, lineOf, at + mostLines));
      child.column = other.column;
      child.inList = false;
      leave(other.dashes, at);
    } else if (other.column <= child.column && other.dashes.some((dash) => dash < child.column)) {
      leave(other.dashes, at);
    }
  }
  return { path, maps, inText: false };
}

/** How many items of the same list stand above. */
function countItems(row: number, dash: number, lineOf: (row: number) => Line): number {
  let count = 0;
  for (let at = row - 1; at >= 0 && row - at < mostLines; at--) {
    const other = lineOf(at);
    if (other.blank) continue;
    const first = other.dashes[0] ?? other.column;
    if (other.dashes.includes(dash)) count++;
    if (first < dash || (first === dash && !other.dashes.includes(dash))) break;
  }
  return count;
}

/** Keys of the block map whose keys stand in a column, around a line. */
function siblingsAt(row: number, column: number, lineOf: (row: number) => Line, end: number): Siblings {
  const found = new Map<string, string>();
  const note = (other: Line): void => {
    if (other.column === column && other.key !== undefined) found.set(other.key, other.text.slice(other.value).trim());
  };
  for (let at = row; at >= 0 && row - at < mostLines; at--) {
    const other = lineOf(at);
    if (other.blank && at !== row) continue;
    if (other.column < column) break;
    if (at !== row) note(other);
    if (other.column === column && other.dashes.length > 0) break;
  }
  for (let at = row + 1; at < end && at - row < mostLines; at++) {
    const other = lineOf(at);
    if (other.text === '' && other.start === 0 && at > row) break;
    if (other.blank) continue;
    if (other.column < column || other.dashes.some((dash) => dash < column)) break;
    note(other);
  }
  return found;
}

/** A place inside what stands behind a key: a plain value, or a flow map or list. */
function inValue(before: string, from: number, start: number, path: readonly (string | number)[], maps: readonly Siblings[], siblings: Siblings): YamlPlace {
  const steps: { readonly list: boolean; key: string | undefined; readonly keys: Map<string, string> }[] = [];
  let word = from;
  let quote = '';
  for (let i = from; i < before.length; i++) {
    const c = before[i] ?? '';
    if (quote !== '') {
      if (c === quote) quote = '';
      continue;
    }
    const top = steps.at(-1);
    if ((c === '"' || c === "'") && before.slice(word, i).trim() === '') quote = c;
    else if (c === '{' || c === '[') {
      if (before.slice(word, i).trim() !== '') continue;
      steps.push({ list: c === '[', key: undefined, keys: new Map() });
      word = i + 1;
    } else if ((c === '}' || c === ']') && top !== undefined) {
      steps.pop();
      word = i + 1;
    } else if (c === ',' && top !== undefined) {
      if (top.key !== undefined) top.keys.set(top.key, before.slice(word, i).trim());
      top.key = undefined;
      word = i + 1;
    } else if (c === ':' && top !== undefined && !top.list && top.key === undefined && (before[i + 1] === ' ' || before[i + 1] === undefined)) {
      top.key = before.slice(word, i).trim().replace(/^["']|["']$/gu, '');
      top.keys.set(top.key, '');
      word = i + 1;
    }
  }
  const full: (string | number)[] = [...path];
  const inner: Siblings[] = [...maps];
  for (const step of steps) {
    if (step.list) {
      full.push(0);
      inner.push(new Map());
    } else if (step.key !== undefined) {
      full.push(step.key);
      inner.push(step.keys);
    }
  }
  while (before[word] === ' ') word++;
  const last = steps.at(-1);
  const inKey = last !== undefined && !last.list && last.key === undefined;
  const quoted = quote !== '' && /^["']/u.test(before.slice(word)) ? 1 : 0;
  return { path: full, maps: inner, siblings: last === undefined || last.list ? siblings : last.keys, inKey, span: { start: start + Math.min(word + quoted, before.length), end: start + before.length } };
}
