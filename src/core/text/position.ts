/** Half-open range of UTF-16 offsets into a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Line and character, both 0-based; character in UTF-16 units, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** Line starts of a text: `\n`, `\r\n` and a lone `\r` each end a line, as in LSP. */
export class LineIndex {
  readonly #starts: Uint32Array;
  readonly #length: number;

  constructor(text: string, known?: Uint32Array) {
    this.#length = text.length;
    this.#starts = known ?? lineStarts(text);
  }

  /** The lines after a change within the line that ends at `from`: those behind it have moved. */
  moved(text: string, from: number, by: number): LineIndex {
    const starts = this.#starts.slice();
    for (let line = this.lineAt(from) + 1; line < starts.length; line++) starts[line] = (starts[line] ?? 0) + by;
    return new LineIndex(text, starts);
  }

  /** Number of lines; an empty text has one. */
  get count(): number {
    return this.#starts.length;
  }

  /** Offset at which a line begins; lines past the end give the text's length. */
  startOf(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  /** Line that holds an offset (clamped into the text). */
  lineAt(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  positionAt(offset: number): Position {
    const at = Math.max(0, Math.min(offset, this.#length));
    const line = this.lineAt(at);
    return { line, character: at - this.startOf(line) };
  }

  offsetAt(position: Position): number {
    const start = this.startOf(position.line);
    return Math.min(start + position.character, this.startOf(position.line + 1));
  }

  rangeOf(span: Span): Range {
    return { start: this.positionAt(span.start), end: this.positionAt(span.end) };
  }
}

function lineStarts(text: string): Uint32Array {
  const length = text.length;
  // Searching natively for line feeds beats looking at every character; a carriage return anywhere makes us look.
  const plain = !text.includes('\r');
  let starts = new Uint32Array(Math.max(16, length >> 5));
  let count = 1;
  const add = (start: number): void => {
    if (count === starts.length) {
      const larger = new Uint32Array(count * 2);
      larger.set(starts);
      starts = larger;
    }
    starts[count++] = start;
  };
  if (plain) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) add(at + 1);
  } else {
    for (let i = 0; i < length; i++) {
      const c = text.charCodeAt(i);
      if (c === 10 || (c === 13 && text.charCodeAt(i + 1) !== 10)) add(i + 1);
    }
  }
  return starts.slice(0, count);
}
