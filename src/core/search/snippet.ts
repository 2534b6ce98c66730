import { Analyser, termKind } from './analyse';
import { densest, passageLength, type Match } from './dense';
import { LongSections, longSection, type Part } from './long-section';

/** A piece of text with the ranges (UTF-16) that match the query. */
export interface Marked {
  readonly text: string;
  readonly highlights: readonly (readonly [number, number])[];
}

/** A section longer than this is searched for its passage in its beginning only. */
const maxText = 40_000;

/** For every marker: each text is gone through at a stretch, and a new analyser has to learn every unit. */
const analyser = new Analyser();

/** Finds and marks what a query asks for in texts as they were written. */
export class Marker {
  readonly #numbers = new Map<string, number>();
  /** Weight by term id; words are numbered by `#numbers`. */
  readonly #weights = new Map<number, number>();

  /** 1 where {@link place} of something asked for is: most terms of a text are passed over by one look here. */
  readonly #maybe = new Uint8Array(4096);
  readonly #hiragana: boolean;
  #long: LongSections | undefined;
  /** Pairs of kana that are asked for: several are parts of one word. */
  #kanaPairs = 0;
  readonly #phrases: number[][] = [];
  /** Words that are asked for in phrases only. */
  readonly #ofPhrases: ReadonlySet<number>;

  /**
   * `keys`: what the query asks for (bigram keys and words) and how much it counts. `hiragana`: words of hiragana alone count.
   * `phrases`: words that count where they follow each other.
   */
  constructor(keys: Iterable<readonly [number | string, number]>, hiragana: boolean, phrases: readonly (readonly string[])[] = []) {
    this.#hiragana = hiragana;
    for (const [key, weight] of keys) {
      let id = key;
      if (typeof id === 'string') {
        const word = id;
        id = this.#numbers.get(word) ?? this.#numbers.size;
        this.#numbers.set(word, id);
      }
      if (typeof key === 'number' && !this.#weights.has(id) && isKana(key >>> 16) && isKana(key & 0xffff)) this.#kanaPairs++;
      this.#weights.set(id, Math.max(weight, this.#weights.get(id) ?? 0));
    }
    for (const words of phrases) {
      this.#phrases.push(words.map((word) => {
        const id = this.#numbers.get(word) ?? this.#numbers.size;
        this.#numbers.set(word, id);
        return id;
      }));
    }
    for (const id of this.#weights.keys()) this.#maybe[place(id)] = 1;
    for (const ids of this.#phrases) for (const id of ids) this.#maybe[place(id)] = 1;
    this.#ofPhrases = new Set(this.#phrases.flat().filter((id) => !this.#weights.has(id)));
  }

  /** The part of a section that is worth reading closely for its passage. */
  densePart(text: string, section: Part): Part {
    if (section.end - section.start <= longSection) return section;
    return (this.#long ??= new LongSections(this.#weights, this.#numbers, this.#hiragana)).densePart(text, section);
  }

  /** Marks every match in a text. */
  mark(text: string): Marked {
    return { text, highlights: joined(this.#matches(text)) };
  }

  /**
   * The passage of about 120 units that holds most of what is asked for, cut at sentences where possible. `goesOn`: whether there is
   * more of the text before and behind `source`.
   */
  passage(source: string, goesOn: readonly [boolean, boolean] = [false, false]): Marked {
    const text = source.slice(0, maxText).replace(/\s+/g, ' ').trim();
    const matches = this.#matches(text);
    const [first, last] = densest(matches, this.#weights);
    const start = matches.length === 0 ? 0 : startOf(text, matches[first]?.start ?? 0, matches[last]?.end ?? 0);
    const end = endOf(text, start);
    const before = start > 0 || goesOn[0] ? '…' : '';
    const after = end < text.length || goesOn[1] ? '…' : '';
    const inside = matches.filter((match) => match.start >= start && match.end <= end);
    const shift = before.length - start;
    return {
      text: before + text.slice(start, end) + after,
      highlights: joined(inside).map(([from, to]) => [from + shift, to + shift] as const),
    };
  }

  #matches(text: string): Match[] {
    analyser.analyse(text, (word) => this.#numbers.get(word) ?? -1);
    const found: Match[] = [];
    for (let i = 0; i < analyser.count; i++) {
      const id = analyser.ids[i] ?? 0;
      const kind = analyser.kinds[i] ?? 0;
      if (kind === termKind.end || this.#maybe[place(id)] !== 1 || (!this.#weights.has(id) && !this.#ofPhrases.has(id))) continue;
      // Hiragana alone is mostly particles that happen to fold to the same kana: only what goes on from a match is marked.
      if (kind === termKind.hiragana && !this.#hiragana && (found.at(-1)?.end ?? 0) <= analyser.startOf(i)) continue;
      // A match across a joined space is marked on both sides, the space with it.
      found.push({ start: analyser.startOf(i), end: analyser.endOf(i), id });
    }
    found.sort((a, b) => a.start - b.start || a.end - b.end);
    const whole = this.#kanaPairs < 2 ? found : found.filter((match, i) => !isFragment(text, match, found[i - 1], found[i + 1]));
    return this.#ofPhrases.size === 0 ? whole : whole.filter((match, i) => !this.#ofPhrases.has(match.id) || this.#inPhrase(whole, i));
  }

  /** Whether a match is a word of a phrase whose other words stand right before and behind it. */
  #inPhrase(found: readonly Match[], at: number): boolean {
    return this.#phrases.some((phrase) =>
      phrase.some((id, place) => {
        const first = at - place;
        return id === found[at]?.id && phrase.every((word, k) => found[first + k]?.id === word && (k === 0 || (found[first + k]?.start ?? 0) - (found[first + k - 1]?.end ?? 0) <= 2));
      }),
    );
  }
}

/** A small number for a term id. */
function place(id: number): number {
  return (id ^ (id >>> 13)) & 4095;
}

/** One pair alone inside a longer katakana word is there by chance: 「ック」 of ロールバック in ランブック. */
function isFragment(text: string, { start, end }: Match, before: Match | undefined, after: Match | undefined): boolean {
  if (end - start !== 2 || (before !== undefined && before.end > start) || (after !== undefined && after.start < end)) return false;
  if (!isKatakana(text.charCodeAt(start)) || !isKatakana(text.charCodeAt(start + 1))) return false;
  return isKatakana(text.charCodeAt(start - 1)) || isKatakana(text.charCodeAt(end));
}

function isKatakana(c: number): boolean {
  return (c >= 0x30a1 && c <= 0x30fa) || c === 0x30fc;
}

function isKana(c: number): boolean {
  return (c >= 0x3041 && c <= 0x30fa) || c === 0x30fc;
}

/** Bigrams of a passage overlap: ranges that touch become one. */
function joined(matches: readonly Match[]): [number, number][] {
  const ranges: [number, number][] = [];
  for (const { start, end } of matches) {
    const last = ranges.at(-1);
    if (last !== undefined && start <= last[1]) last[1] = Math.max(last[1], end);
    else ranges.push([start, end]);
  }
  return ranges;
}

/** A passage begins with its sentence when that leaves room for the matches, else a little before the first match. */
function startOf(text: string, first: number, last: number): number {
  const room = Math.max(0, passageLength - (last - first));
  const earliest = Math.max(0, first - Math.min(room, 60));
  if (earliest === 0) return 0;
  for (let i = first - 1; i >= earliest; i--) if (isSentenceEnd(text, i)) return skipSpace(text, i + 1);
  return wholePair(text, Math.max(0, first - Math.min(room, 16)));
}

function endOf(text: string, start: number): number {
  const latest = start + passageLength;
  if (latest >= text.length) return text.length;
  for (let i = latest - 1; i > latest - 40; i--) if (isSentenceEnd(text, i)) return i + 1;
  return wholePair(text, latest);
}

function isSentenceEnd(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  if (c === 0x3002 || c === 0xff01 || c === 0xff1f || c === 0xff0e) return true;
  return (c === 0x2e || c === 0x21 || c === 0x3f) && text.charCodeAt(at + 1) === 0x20;
}

function skipSpace(text: string, at: number): number {
  return text.charCodeAt(at) === 0x20 ? at + 1 : at;
}

/** Never between the halves of a surrogate pair. */
function wholePair(text: string, at: number): number {
  const c = text.charCodeAt(at);
  return c >= 0xdc00 && c <= 0xdfff ? at + 1 : at;
}

