import type { Attribute, ValueKind, WordSet } from '../book/book';
import { daysInMonth, isoDay } from '../text/calendar';
import { findDates, parseDate } from '../text/date';
import { parseDuration, type Duration } from '../text/duration';
import { normalise } from '../text/normalise';
import { parseNumber } from '../text/number';
import type { Span } from '../text/position';
import { createVocabulary, nullMark, spellingIn, type Vocabulary } from '../text/words';
import { findQuarter } from '../text/quarter';

/** First and last day a value names; the same day twice for a date. ISO. */
export interface DayRange {
  readonly from: string;
  readonly to: string;
}

/** What is known of a value beside its text. */
export interface ValueFacts {
  readonly attribute?: Attribute | undefined;
  readonly words?: WordSet | undefined;
  readonly kind?: ValueKind;
  /** Whether it is as it should be, where its unit knows (`weekday`, `file`); else `valid` goes by the kind. */
  readonly valid?: boolean | undefined;
  /** What it should be instead. */
  readonly expected?: string;
  readonly days?: DayRange | undefined;
  /** Cells of tables and other parts written in the document's text; else the text stands for itself. */
  readonly inText?: boolean;
  /** A day stands here, but not as the value: it is compared with nothing. */
  readonly aside?: boolean;
}

/**
 * A cell, field or property: what is written, where, and what it means. Its meanings (day, number, word) are read when
 * first asked for, because most rules never ask.
 */
export class Value {
  readonly text: string;
  readonly span: Span;
  readonly facts: ValueFacts;
  #empty: boolean | undefined;
  #word: string | undefined | null = null;
  #number: number | undefined | null = null;
  #days: DayRange | undefined | null = null;
  #year = 0;

  constructor(text: string, span: Span, facts: ValueFacts = {}) {
    this.text = text;
    this.span = span;
    this.facts = facts;
  }

  get attribute(): Attribute | undefined {
    return this.facts.attribute;
  }

  get kind(): ValueKind {
    return this.facts.kind ?? this.facts.attribute?.kind ?? 'text';
  }

  /**
   * Whether nothing is said: blank, a dash, 未定, TBD; for what is required also なし and N/A, which elsewhere are
   * answers. A word of the value's own vocabulary is never empty.
   */
  get empty(): boolean {
    if (this.#empty === undefined) {
      const mark = markOf(this.text);
      this.#empty =
        mark !== undefined &&
        (mark === 'empty' || (this.facts.attribute?.required ?? false)) &&
        (this.text.trim() === '' || this.word === undefined);
    }
    return this.#empty;
  }

  /** Id of the word it means, `undefined` when it has no vocabulary or is none of its words. */
  get word(): string | undefined {
    if (this.#word === null) this.#word = this.facts.words === undefined ? undefined : wordsOfSet(this.facts.words).idOf(this.text);
    return this.#word;
  }

  /** The day or days it names; `year` completes dates without one. */
  days(year: number): DayRange | undefined {
    if (this.facts.aside === true) return undefined;
    if (this.facts.days !== undefined) return this.facts.days;
    if (this.#days === null || this.#year !== year) {
      this.#days = daysOf(this.text, year);
      this.#year = year;
    }
    return this.#days;
  }

  get number(): number | undefined {
    if (this.#number === null) this.#number = this.text.length > 60 ? undefined : numberMemory.of(this.text);
    return this.#number;
  }

  get duration(): Duration | undefined {
    return parseDuration(this.text);
  }

  /** Comparable form of the text. */
  get plain(): string {
    return normalise(this.text).trim();
  }
}

/** A bounded memory of answers: emptied when full, so hostile input cannot grow it. */
export class Memory<T> {
  readonly #answers = new Map<string, T>();
  readonly #most: number;
  readonly #answer: (key: string) => T;

  constructor(most: number, answer: (key: string) => T) {
    this.#most = most;
    this.#answer = answer;
  }

  of(key: string): T {
    const known = this.#answers.get(key);
    if (known !== undefined || this.#answers.has(key)) return known as T;
    if (this.#answers.size >= this.#most) this.#answers.clear();
    const made = this.#answer(key);
    this.#answers.set(ownCopy(key), made);
    return made;
  }
}

/** The same text without the whole document that a part cut out of it keeps in memory; short parts are copies already. */
function ownCopy(text: string): string {
  return text.length < 13 ? text : ` ${text}`.slice(1);
}

const markMemory = new Memory(8192, nullMark);

function markOf(text: string): ReturnType<typeof nullMark> {
  if (text === '') return 'empty';
  return text.length > 24 ? nullMark(text) : markMemory.of(text);
}

const numberMemory = new Memory(4096, (text) => parseNumber(text)?.value);

const dayMemories = new Map<number, Memory<DayRange | undefined>>();

/** Days a text names: one date, a range `A〜B`, a month (`2026年11月`) or a quarter. `undefined`: no day, or none that exists. */
function daysOf(text: string, year: number): DayRange | undefined {
  if (text.length > 80) return undefined;
  let memory = dayMemories.get(year);
  if (memory === undefined) {
    if (dayMemories.size >= 16) dayMemories.clear();
    memory = new Memory(8192, (day) => readDays(day, year));
    dayMemories.set(year, memory);
  }
  return memory.of(text);
}

function readDays(text: string, year: number): DayRange | undefined {
  const read = parseDate(text, { year });
  if (read.ok) return { from: read.day, to: read.day };
  switch (read.reason) {
    case 'range': {
      const days = findDates(text, { year }).map((date) => date.day);
      const from = days[0];
      const to = days[days.length - 1];
      return from === undefined || to === undefined ? undefined : { from, to };
    }
    case 'more_text': {
      // `2026-11-20 10:00 会議室A`: one date and a remark is that date.
      const dates = findDates(text, { year });
      const only = dates.length === 1 ? dates[0]?.day : undefined;
      return only === undefined ? undefined : { from: only, to: only };
    }
    case 'month_only': {
      const month = /(\d{4})\s*[-/.年]\s*(\d{1,2})/.exec(text.normalize('NFKC'));
      const y = Number(month?.[1]);
      const m = Number(month?.[2]);
      const last = daysInMonth(y, m);
      return month === null || last === 0 ? undefined : { from: isoDay(y, m, 1), to: isoDay(y, m, last) };
    }
    default: {
      const quarter = findQuarter(text);
      return quarter === undefined ? undefined : { from: quarter.from, to: quarter.to };
    }
  }
}

/** A word set ready to be asked. */
interface WordsOfSet {
  idOf(text: string): string | undefined;
  /** Ids that a name in a rule stands for: a word id, a group, or one of the spellings; `undefined` for none. */
  idsOf(name: string): ReadonlySet<string> | undefined;
  /** 0 = the first word, which ranks highest. -1 for an unknown id. */
  rankOf(id: string): number;
  readonly ids: readonly string[];
  /** First spelling of a word; in English the first in Latin letters, if there is one. */
  spellingOf(id: string, language: 'ja' | 'en'): string;
}

const sets = new WeakMap<WordSet, WordsOfSet>();

export function wordsOfSet(set: WordSet): WordsOfSet {
  const known = sets.get(set);
  if (known !== undefined) return known;
  const vocabulary: Vocabulary = createVocabulary(Object.fromEntries(set.words));
  const memory = new Memory(2048, (text) => vocabulary.idOf(text));
  const names = new Memory<ReadonlySet<string> | undefined>(512, (name) => {
    const group = set.groups.get(name);
    if (group !== undefined) return new Set(group);
    if (set.words.has(name)) return new Set([name]);
    const spelled = vocabulary.idOf(name);
    return spelled === undefined ? undefined : new Set([spelled]);
  });
  const ids = [...set.words.keys()];
  const made: WordsOfSet = {
    ids,
    idOf: (text) => (text.length > 80 ? undefined : memory.of(text)),
    idsOf: (name) => names.of(name),
    rankOf: (id) => ids.indexOf(id),
    spellingOf: (id, language) => spellingIn(set.words.get(id) ?? [], language) ?? id,
  };
  sets.set(set, made);
  return made;
}
