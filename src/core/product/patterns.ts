/**
 * Glob patterns of `kobo.yaml` and of waivers: `*` and `?` inside one name, `**` over folders, `{a,b}` alternatives;
 * everything else stands for itself. No pattern becomes a regular expression, so a stranger's file cannot make matching
 * slow: a path is matched in time proportional to pattern × path.
 */

/** A pattern made ready; ask {@link matchesPath}. */
export interface PathPattern {
  readonly source: string;
  /** Alternatives, each a list of names, `**` among them. */
  readonly alternatives: readonly (readonly string[])[];
}

const mostAlternatives = 64;
const longestPattern = 1000;

/**
 * Makes a pattern ready. A leading `./` or `/`, backslashes and Unicode form do not matter; a trailing `/` means
 * everything below. A pattern over 1,000 characters or with over 64 alternatives matches nothing.
 */
export function pathPattern(source: string): PathPattern {
  if (source.length > longestPattern) return { source, alternatives: [] };
  let text = source.trim().normalize('NFC').replaceAll('\\', '/');
  while (text.startsWith('./')) text = text.slice(2);
  while (text.startsWith('/')) text = text.slice(1);
  if (text.endsWith('/')) text += '**';
  const expanded = expand(text);
  return { source, alternatives: text === '' || !expanded ? [] : expanded.map((one) => one.split('/').filter((name) => name !== '')) };
}

/** The pattern that stands for a path or the start of one: `?` where a character of it would mean something else. */
export function literalPattern(path: string): string {
  return path.replace(/[*{\\]|^[\s]|[\s]$/gu, '?');
}

/** True when a path (relative, with `/`) matches a pattern as a whole; case matters. */
export function matchesPath(pattern: PathPattern, path: string): boolean {
  const names = path.normalize('NFC').split('/');
  return pattern.alternatives.some((alternative) => matchNames(alternative, names));
}

/** The first-level alternatives of `{a,b}`, expanded; nested braces too. `undefined` when there are too many. */
function expand(text: string): readonly string[] | undefined {
  let done: string[] = [''];
  let rest = text;
  for (;;) {
    const open = rest.indexOf('{');
    const close = open < 0 ? -1 : closing(rest, open);
    if (open < 0 || close < 0) return done.map((start) => start + rest);
    const options = splitTop(rest.slice(open + 1, close));
    const inner: string[] = [];
    for (const option of options) {
      const more = expand(option);
      if (!more) return undefined;
      inner.push(...more);
    }
    // `{a}` without a comma stands for itself.
    const choices = options.length > 1 ? inner : inner.map((option) => `{${option}}`);
    if (done.length * choices.length > mostAlternatives) return undefined;
    const before = rest.slice(0, open);
    done = done.flatMap((start) => choices.map((choice) => start + before + choice));
    rest = rest.slice(close + 1);
  }
}

function closing(text: string, open: number): number {
  let depth = 0;
  for (let i = open; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}' && --depth === 0) return i;
  }
  return -1;
}

function splitTop(text: string): readonly string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i < text.length; i++) {
    if (text[i] === '{') depth++;
    else if (text[i] === '}') depth--;
    else if (text[i] === ',' && depth === 0) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  parts.push(text.slice(start));
  return parts;
}

/** Whether names of folders and a file match an alternative. `**` takes any number of names; trying again only from the last one is enough. */
export function matchNames(pattern: readonly string[], names: readonly string[]): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let mark = 0;
  while (n < names.length) {
    if (pattern[p] === '**') {
      star = p++;
      mark = n;
    } else if (p < pattern.length && matchName(pattern[p] ?? '', names[n] ?? '')) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '**') p++;
  return p === pattern.length;
}

function matchName(pattern: string, name: string): boolean {
  let p = 0;
  let n = 0;
  let star = -1;
  let mark = 0;
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = n;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
