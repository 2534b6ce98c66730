import type { Span } from '../text/position';
import type { Splice } from './splice';

/** How found things of a kind are handled. */
export interface Kind<T> {
  readonly at: (thing: T) => Span;
  /** The thing moved by so many units. */
  readonly move: (thing: T, by: number) => T;
  /** Whether two things at the same place say the same. */
  readonly same: (a: T, b: T) => boolean;
}

/**
 * Everything that a search found in a text, in order. What was found before the text was edited is not copied: it is looked
 * up where it stood, so that a key costs what is found around it.
 */
export class Found<T> {
  readonly length: number;
  readonly #kind: Kind<T>;
  /** The first `#middleFrom` of these, then `#middle`, then those of `#tail` from `#tailFrom` on, moved by `#by`. */
  readonly #head: readonly T[];
  readonly #middleFrom: number;
  readonly #middle: readonly T[];
  readonly #tail: readonly T[];
  readonly #tailFrom: number;
  readonly #by: number;

  constructor(kind: Kind<T>, head: readonly T[], middleFrom = head.length, middle: readonly T[] = [], tail: readonly T[] = [], tailFrom = 0, by = 0) {
    this.#kind = kind;
    this.#head = head;
    this.#middleFrom = middleFrom;
    this.#middle = middle;
    this.#tail = tail;
    this.#tailFrom = tailFrom;
    this.#by = by;
    this.length = middleFrom + middle.length + tail.length - tailFrom;
  }

  at(index: number): T | undefined {
    if (index < this.#middleFrom) return this.#head[index];
    const thing = this.#placed(index);
    return thing === undefined || this.#by === 0 || index < this.#tailStart ? thing : this.#kind.move(thing, this.#by);
  }

  /** Start of a thing; behind the last, infinity. */
  startOf(index: number): number {
    const thing = this.#placed(index);
    return thing === undefined ? Infinity : this.#kind.at(thing).start + (index < this.#tailStart ? 0 : this.#by);
  }

  /** End of a thing; behind the last, infinity. */
  endOf(index: number): number {
    const thing = this.#placed(index);
    return thing === undefined ? Infinity : this.#kind.at(thing).end + (index < this.#tailStart ? 0 : this.#by);
  }

  slice(from: number, to: number): readonly T[] {
    if (to <= this.#middleFrom) return from === 0 && to === this.#head.length ? this.#head : this.#head.slice(from, to);
    const things: T[] = [];
    for (let i = from; i < to; i++) {
      const thing = this.at(i);
      if (thing !== undefined) things.push(thing);
    }
    return things;
  }

  get all(): readonly T[] {
    return this.slice(0, this.length);
  }

  /** Index of the first thing that starts at or behind an offset. */
  firstFrom(offset: number): number {
    return this.#firstWhere(0, (i) => this.startOf(i) >= offset);
  }

  /**
   * What the search finds after an edit.
   *
   * @param found in the window of the edit, with offsets of the whole text
   * @returns `undefined` when the two do not agree at the edges of the window: then the whole text has to be searched
   */
  spliced(found: readonly T[], { inner, window, by }: Splice): Found<T> | undefined {
    const oldInnerEnd = inner.end - by;
    const { at, same } = this.#kind;
    const now = new Found(this.#kind, found);
    const head = this.#firstWhere(0, (i) => this.endOf(i) > inner.start);
    const tail = this.#firstWhere(head, (i) => this.startOf(i) >= oldInnerEnd);
    const nowHead = now.#firstWhere(0, (i) => now.endOf(i) > inner.start);
    const nowTail = now.#firstWhere(nowHead, (i) => now.startOf(i) >= inner.end);
    // Nothing may lie across the edges, neither then nor now.
    if (this.startOf(head) < inner.start || (tail > head && this.endOf(tail - 1) > oldInnerEnd)) return undefined;
    if (now.startOf(nowHead) < inner.start || (nowTail > nowHead && now.endOf(nowTail - 1) > inner.end)) return undefined;
    const agree = (index: number, known: number, moved: number): boolean => {
      const own = found[index];
      const before = this.at(known);
      if (own === undefined || before === undefined) return false;
      const a = at(own);
      const b = at(before);
      return a.start === b.start + moved && a.end === b.end + moved && same(own, before);
    };
    for (let i = nowHead - 1, k = head - 1; i >= 0 || (k >= 0 && this.startOf(k) >= window.start); i--, k--) if (!agree(i, k, 0)) return undefined;
    for (let i = nowTail, k = tail; i < found.length || (k < this.length && this.endOf(k) <= window.end - by); i++, k++) if (!agree(i, k, by)) return undefined;
    const middle = found.slice(nowHead, nowTail);
    // What lies between an edit and one elsewhere is copied once.
    const isBehind = tail >= this.#tailStart;
    const [newTail, tailFrom, moved] = isBehind ? [this.#tail, tail - this.#tailStart + this.#tailFrom, this.#by + by] : [this.slice(tail, this.length), 0, by];
    return head <= this.#middleFrom
      ? new Found(this.#kind, this.#head, head, middle, newTail, tailFrom, moved)
      : new Found(this.#kind, this.slice(0, head), head, middle, newTail, tailFrom, moved);
  }

  /** How many things at the beginning are the very ones that `other` begins with. */
  sharedHead(other: Found<T>): number {
    return this.#head === other.#head ? Math.min(this.#middleFrom, other.#middleFrom) : 0;
  }

  /** How many things at the end are the very ones that `other` ends with, wherever they stand. */
  sharedTail(other: Found<T>): number {
    return this.#tail === other.#tail ? this.#tail.length - Math.max(this.#tailFrom, other.#tailFrom) : 0;
  }

  get #tailStart(): number {
    return this.#middleFrom + this.#middle.length;
  }

  /** A thing where it stood when it was found. */
  #placed(index: number): T | undefined {
    if (index < this.#middleFrom) return this.#head[index];
    const start = this.#tailStart;
    return index < start ? this.#middle[index - this.#middleFrom] : this.#tail[index - start + this.#tailFrom];
  }

  /** Index of the first thing from `from` on that a test holds for, which holds for all behind it too. */
  #firstWhere(from: number, test: (index: number) => boolean): number {
    let low = from;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (test(middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
