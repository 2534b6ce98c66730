import type { YamlEntry, YamlList, YamlMap, YamlNode, YamlReading, YamlScalar } from './yaml-nodes';

/**
 * Reads the YAML that people write in documents: nested maps and lists, plain, quoted and block scalars, one-line lists
 * in brackets, comments. One pass, linear, about a hundred times faster than a full parser. Anything else (anchors, tags,
 * flow maps, complex keys, escapes, tabs) stops it, and the caller decides who reads on.
 */
export function readPlainYaml(text: string, from: number, to: number): YamlReading {
  const reader = new PlainYaml(text, from, to);
  return reader.read();
}

/** Thrown inside this file only. */
class NotPlain extends Error {
  constructor(readonly at: number) {
    super('not plain');
  }
}

const deepest = 32;

class PlainYaml {
  readonly #text: string;
  readonly #to: number;
  /** Current content line: first character that is no space, end without line break, start of the next line. */
  #line: number;
  #first = 0;
  #end = 0;
  #next: number;
  /** End of the last value read, for the spans of maps and lists. */
  #last: number;
  /** Where reading stopped, once it has. */
  #stopped = -1;

  constructor(text: string, from: number, to: number) {
    this.#text = text;
    this.#to = to;
    this.#line = from;
    this.#next = from;
    this.#last = from;
  }

  read(): YamlReading {
    let root: YamlNode | undefined;
    try {
      this.#advance();
      if (!this.#isDone() && this.#startsWith('---') && this.#isBlankFrom(this.#first + 3)) this.#advance();
      if (this.#isDone()) return { root, stoppedAt: -1 };
      root = this.#block(this.#indent(), 0);
      if (this.#stopped < 0 && !this.#isDone()) this.#stopped = this.#first;
    } catch (error) {
      if (!(error instanceof NotPlain)) throw error;
      this.#stopped = error.at;
    }
    return { root, stoppedAt: this.#stopped };
  }

  #isDone(): boolean {
    return this.#line >= this.#to;
  }

  #indent(): number {
    return this.#first - this.#line;
  }

  #startsWith(mark: string): boolean {
    return this.#text.startsWith(mark, this.#first);
  }

  /** Moves to the next line that holds more than a comment. */
  #advance(): void {
    const text = this.#text;
    for (;;) {
      this.#line = this.#next;
      if (this.#line >= this.#to) return;
      let end = text.indexOf('\n', this.#line);
      if (end < 0 || end > this.#to) end = this.#to;
      this.#next = Math.min(end + 1, this.#to);
      if (end === this.#to) this.#next = this.#to;
      if (end > this.#line && text.charCodeAt(end - 1) === 13) end--;
      let first = this.#line;
      while (first < end && text.charCodeAt(first) === 32) first++;
      this.#first = first;
      this.#end = end;
      if (first === end || text.charCodeAt(first) === 35) continue;
      if (text.charCodeAt(first) === 9) {
        if (this.#isBlankFrom(first)) continue;
        throw new NotPlain(first);
      }
      return;
    }
  }

  #isBlankFrom(at: number): boolean {
    for (let i = at; i < this.#end; i++) if (!isBlank(this.#text.charCodeAt(i))) return false;
    return true;
  }

  /** The map or list whose lines are indented by `indent`. Keeps what was read when a line is not understood. */
  #block(indent: number, depth: number): YamlNode {
    if (depth > deepest) throw new NotPlain(this.#first);
    return this.#isDash() ? this.#list(indent, depth) : this.#map(indent, this.#first, depth);
  }

  #isDash(): boolean {
    return this.#text.charCodeAt(this.#first) === 45 && (this.#first + 1 >= this.#end || this.#text.charCodeAt(this.#first + 1) === 32);
  }

  #guard(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof NotPlain)) throw error;
      this.#stopped = error.at;
    }
  }

  #list(indent: number, depth: number): YamlList {
    const start = this.#first;
    const items: YamlNode[] = [];
    this.#guard(() => {
      while (this.#stopped < 0 && !this.#isDone() && this.#indent() === indent && this.#isDash()) {
        const dash = this.#first;
        let at = dash + 1;
        while (at < this.#end && this.#text.charCodeAt(at) === 32) at++;
        if (at >= this.#end || this.#text.charCodeAt(at) === 35) {
          items.push(this.#below(indent, false, dash + 1, depth));
          continue;
        }
        if (this.#text.charCodeAt(at) === 45 && (at + 1 >= this.#end || this.#text.charCodeAt(at + 1) === 32)) throw new NotPlain(at);
        const key = this.#keyEnd(at);
        if (key >= 0) {
          this.#first = at;
          items.push(this.#map(at - this.#line, at, depth + 1));
        } else items.push(this.#value(at, indent));
      }
      if (this.#stopped < 0 && !this.#isDone() && this.#indent() > indent) throw new NotPlain(this.#first);
    });
    return { kind: 'list', items, span: { start, end: Math.max(start, this.#last) } };
  }

  /** Entries whose keys stand `indent` columns in; the first begins at `start`, behind a dash perhaps. */
  #map(indent: number, start: number, depth: number): YamlMap {
    const entries: YamlEntry[] = [];
    this.#guard(() => {
      if (depth > deepest) throw new NotPlain(start);
      while (this.#stopped < 0 && !this.#isDone() && this.#first - this.#line === indent && !this.#isDash()) {
        const at = this.#first;
        const colon = this.#keyEnd(at);
        if (colon < 0) throw new NotPlain(at);
        const key = this.#key(at, colon);
        let from = colon + 1;
        while (from < this.#end && isBlank(this.#text.charCodeAt(from))) from++;
        this.#last = colon + 1;
        const blank = from >= this.#end || (this.#text.charCodeAt(from) === 35 && from > colon + 1);
        entries.push({ key, value: blank ? this.#below(indent, true, colon + 1, depth) : this.#value(from, indent) });
      }
      if (this.#stopped < 0 && !this.#isDone() && this.#indent() > indent) throw new NotPlain(this.#first);
    });
    return { kind: 'map', entries, span: { start, end: Math.max(start, this.#last) } };
  }

  /** What stands below a key or dash that has nothing behind it; nothing at all is an empty scalar. */
  #below(indent: number, ofKey: boolean, place: number, depth: number): YamlNode {
    const blank = Math.min(place + (this.#text.charCodeAt(place) === 32 ? 1 : 0), this.#to);
    this.#last = place;
    this.#advance();
    if (!this.#isDone()) {
      const below = this.#indent();
      // A list may stand as far out as its key.
      if (below > indent || (ofKey && below === indent && this.#isDash())) {
        if (!this.#isDash() && this.#keyEnd(this.#first) < 0) return this.#value(this.#first, indent);
        return this.#block(below, depth + 1);
      }
    }
    return { kind: 'scalar', text: '', span: { start: blank, end: blank }, block: false };
  }

  /** Offset of the colon behind the key at `at`, -1 when there is no plain or quoted key. */
  #keyEnd(at: number): number {
    const text = this.#text;
    const first = text.charCodeAt(at);
    let i = at;
    if (first === 34 || first === 39) {
      const close = text.indexOf(String.fromCharCode(first), at + 1);
      if (close < 0 || close >= this.#end) return -1;
      i = close + 1;
      while (i < this.#end && text.charCodeAt(i) === 32) i++;
      return text.charCodeAt(i) === 58 && i < this.#end ? i : -1;
    }
    if (isIndicator(first)) return -1;
    for (; i < this.#end && i - at < 200; i++) {
      const c = text.charCodeAt(i);
      if (c === 58 && (i + 1 >= this.#end || isBlank(text.charCodeAt(i + 1)))) return i;
      if (c === 35 && isBlank(text.charCodeAt(i - 1))) return -1;
    }
    return -1;
  }

  #key(at: number, colon: number): YamlScalar {
    const text = this.#text;
    let end = colon;
    while (end > at && text.charCodeAt(end - 1) === 32) end--;
    const first = text.charCodeAt(at);
    const quoted = first === 34 || first === 39;
    const span = quoted ? { start: at + 1, end: end - 1 } : { start: at, end };
    const words = text.slice(span.start, span.end);
    if (quoted && words.includes('\\')) throw new NotPlain(at);
    if (words === '<<') throw new NotPlain(at);
    return { kind: 'scalar', text: words, span, block: false };
  }

  /** A scalar or bracketed list that begins at `at` on the current line; moves on to the next line. */
  #value(at: number, indent: number): YamlNode {
    const c = this.#text.charCodeAt(at);
    if (c === 124 || c === 62) return this.#blockScalar(at, indent);
    if (c === 91) return this.#bracketed(at);
    if (c === 34 || c === 39) {
      const scalar = this.#quoted(at, this.#end);
      if (scalar === undefined || !this.#isBlankOrComment(scalar.span.end + 1)) throw new NotPlain(at);
      this.#last = scalar.span.end + 1;
      this.#advance();
      this.#noContinuation(indent);
      return scalar;
    }
    if (isIndicator(c)) throw new NotPlain(at);
    return this.#plain(at, indent);
  }

  #noContinuation(indent: number): void {
    if (!this.#isDone() && this.#indent() > indent) throw new NotPlain(this.#first);
  }

  #isBlankOrComment(from: number): boolean {
    let i = from;
    while (i < this.#end && isBlank(this.#text.charCodeAt(i))) i++;
    return i >= this.#end || (this.#text.charCodeAt(i) === 35 && i > from);
  }

  /** End of plain words before a comment and the blanks in front of it; throws where a colon would make them a key. */
  #plainEnd(at: number): number {
    const text = this.#text;
    let end = this.#end;
    for (let i = at; i < end; i++) {
      const c = text.charCodeAt(i);
      if (c === 58 && (i + 1 >= end || isBlank(text.charCodeAt(i + 1)))) throw new NotPlain(at);
      if (c === 35 && i > at && isBlank(text.charCodeAt(i - 1))) {
        end = i;
        break;
      }
    }
    while (end > at && isBlank(text.charCodeAt(end - 1))) end--;
    return end;
  }

  #plain(at: number, indent: number): YamlScalar {
    const text = this.#text;
    let end = this.#plainEnd(at);
    let words = text.slice(at, end);
    const commented = end < this.#end && !this.#isBlankFrom(end);
    this.#last = end;
    this.#advance();
    if (commented) this.#noContinuation(indent);
    else if (!this.#isDone() && this.#indent() > indent) {
      const parts = [words];
      while (!this.#isDone() && this.#indent() > indent) {
        end = this.#plainEnd(this.#first);
        parts.push(text.slice(this.#first, end));
        this.#last = end;
        this.#advance();
      }
      words = parts.join(' ');
    }
    const nothing = words === '~' || words === 'null' || words === 'Null' || words === 'NULL';
    return { kind: 'scalar', text: nothing ? '' : words, span: { start: at, end }, block: false };
  }

  #quoted(at: number, limit: number): YamlScalar | undefined {
    const text = this.#text;
    const quote = text.charCodeAt(at);
    let close = at + 1;
    for (; close < limit; close++) {
      const c = text.charCodeAt(close);
      if (c === 92 && quote === 34) return undefined;
      if (c !== quote) continue;
      if (quote === 39 && text.charCodeAt(close + 1) === 39) close++;
      else break;
    }
    if (close >= limit) return undefined;
    const words = text.slice(at + 1, close);
    return { kind: 'scalar', text: (quote === 39 ? words.replaceAll("''", "'") : words).trim(), span: { start: at + 1, end: close }, block: false };
  }

  #bracketed(at: number): YamlList {
    const text = this.#text;
    const items: YamlNode[] = [];
    let i = at + 1;
    for (;;) {
      while (i < this.#end && isBlank(text.charCodeAt(i))) i++;
      if (i >= this.#end) throw new NotPlain(at);
      const c = text.charCodeAt(i);
      if (c === 93) break;
      if (c === 34 || c === 39) {
        const scalar = this.#quoted(i, this.#end);
        if (scalar === undefined) throw new NotPlain(at);
        items.push(scalar);
        i = scalar.span.end + 1;
      } else {
        if (isIndicator(c)) throw new NotPlain(at);
        const start = i;
        for (; i < this.#end; i++) {
          const d = text.charCodeAt(i);
          if (d === 44 || d === 93) break;
          if (d === 91 || d === 123 || d === 125 || d === 35 || (d === 58 && isBlank(text.charCodeAt(i + 1)))) throw new NotPlain(at);
        }
        let end = i;
        while (end > start && isBlank(text.charCodeAt(end - 1))) end--;
        items.push({ kind: 'scalar', text: text.slice(start, end), span: { start, end }, block: false });
      }
      while (i < this.#end && isBlank(text.charCodeAt(i))) i++;
      if (text.charCodeAt(i) === 44 && i < this.#end) i++;
      else if (text.charCodeAt(i) !== 93 || i >= this.#end) throw new NotPlain(at);
    }
    if (!this.#isBlankOrComment(i + 1)) throw new NotPlain(at);
    this.#last = i + 1;
    this.#advance();
    return { kind: 'list', items, span: { start: at, end: i + 1 } };
  }

  #blockScalar(at: number, indent: number): YamlScalar {
    const text = this.#text;
    let i = at + 1;
    if (text.charCodeAt(i) === 45 || text.charCodeAt(i) === 43) i++;
    if (!this.#isBlankOrComment(i)) throw new NotPlain(at);
    const folded = text.charCodeAt(at) === 62;
    const parts: string[] = [];
    let start = -1;
    let end = i;
    let width = -1;
    // Here every line counts, comments and blanks too.
    let next = this.#next;
    while (next < this.#to) {
      let lineEnd = text.indexOf('\n', next);
      if (lineEnd < 0 || lineEnd > this.#to) lineEnd = this.#to;
      const after = Math.min(lineEnd + 1, this.#to);
      if (lineEnd > next && text.charCodeAt(lineEnd - 1) === 13) lineEnd--;
      let first = next;
      while (first < lineEnd && text.charCodeAt(first) === 32) first++;
      if (first < lineEnd) {
        if (first - next <= indent) break;
        if (width < 0) width = first - next;
        if (start < 0) start = first;
        end = lineEnd;
      }
      parts.push(text.slice(Math.min(next + Math.max(width, 0), lineEnd), lineEnd));
      next = after;
    }
    while (end > at && isBlank(text.charCodeAt(end - 1))) end--;
    this.#last = Math.max(i, end);
    this.#next = next;
    this.#advance();
    const words = (folded ? fold(parts) : parts.join('\n')).trim();
    return { kind: 'scalar', text: words, span: start < 0 ? { start: i, end: i } : { start, end }, block: true };
  }
}

/** Folded lines: a line break is a space, a blank line a line break. */
function fold(lines: readonly string[]): string {
  let words = '';
  for (const line of lines) {
    if (line === '') words += '\n';
    else words += words === '' || words.endsWith('\n') ? line : ` ${line}`;
  }
  return words;
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9;
}

/** Characters with a meaning of their own at the beginning of a plain scalar. */
function isIndicator(c: number): boolean {
  return (
    c === 91 || c === 93 || c === 123 || c === 125 || c === 38 || c === 42 || c === 33 || c === 124 || c === 62 || c === 37 || c === 64 || c === 96 || c === 44 || c === 63 || c === 34 || c === 39 || c === 35
  );
}
