import { Analyser, firstBigram, termKind } from './analyse';
import { unitClass } from './fold';
import { nearWords } from './fuzzy';
import { documentFrequency, type LiveSegment } from './live';
import type { RankWeights, Slot } from './rank';
import type { SynonymMatch, Synonyms } from './synonyms';

const maxSlots = 200;
const maxPrefixWords = 40;
const maxReadings = 12;

/** What the query asks of the index. */
export interface Expansion {
  readonly slots: readonly Slot[];
  /** The query as typed and as it may be meant (slips and hiragana put right, synonyms in place), to compare titles with. */
  readonly readings: readonly string[];
  /** Whether a word of hiragana alone is asked for. */
  readonly hiragana: boolean;
  /** Words that are not in the index, with the nearest one that is. */
  readonly corrections: readonly { readonly typed: string; readonly near: string }[];
}

/** Turns the words of a query into slots; the same analysis as the index. */
export class Expander {
  readonly #analyser = new Analyser();
  readonly #synonyms: Synonyms;
  readonly #weights: RankWeights;

  constructor(synonyms: Synonyms, weights: RankWeights) {
    this.#synonyms = synonyms;
    this.#weights = weights;
  }

  /** `typing`: the last word may go on where the index has no such word. One that it has is asked for as it is: the same words give the same order everywhere. */
  expand(text: string, segments: readonly LiveSegment[], typing: boolean): Expansion {
    const slots = new SlotList();
    const corrections: { typed: string; near: string }[] = [];
    const words: string[] = [];
    const analyser = this.#analyser;
    analyser.analyse(text, (word) => words.push(word) - 1);
    const { classes, length } = analyser.folder;
    const later: (() => void)[] = [];
    const meant: Replacement[] = [];
    let hiragana = false;
    for (let i = 0; i < analyser.count; i++) {
      const kind = analyser.kinds[i] ?? 0;
      const id = analyser.ids[i] ?? 0;
      const from = analyser.from[i] ?? 0;
      const to = analyser.to[i] ?? 0;
      const last = typing && to === length;
      if (kind === termKind.bigram) slots.add(id, 1);
      else if (kind === termKind.mixed) slots.add(id, this.#weights.mixed);
      else if (kind === termKind.hiragana) {
        if (!aloneInHiragana(classes, from, length)) continue;
        hiragana = true;
        slots.add(id, 1);
      } else if (kind === termKind.end) {
        const alone = from === 0 || (classes[from - 1] ?? 0) < unitClass.hiragana;
        if (alone) slots.addSlot(slotOf(bigramsFrom(segments, (id >>> 16) & 0xffff), 1));
      } else {
        const word = words[id] ?? '';
        const weight = kind === termKind.katakana ? this.#weights.katakana : kind === termKind.fragment ? this.#weights.fragment : 1;
        const known = documentFrequency(segments, word) > 0;
        if (last && !known && (word.length >= 2 || analyser.count === 1)) {
          slots.addSlot(slotOf(wordsFrom(segments, word), weight * this.#weights.prefix));
          continue;
        }
        slots.add(word, weight);
        if (!known && word.length >= (kind === termKind.katakana ? 4 : 5) && !/\d/.test(word)) {
          const near = nearWords(segments, word, 3);
          const nearest = near[0];
          if (nearest === undefined) continue;
          corrections.push({ typed: word, near: nearest.word });
          meant.push({ start: analyser.startOf(i), end: analyser.endOf(i), by: nearest.word });
          if (kind === termKind.katakana) later.push(() => this.#addWords(slots, nearest.word, this.#weights.near));
          else slots.addSlot(slotOf(near.filter((n) => n.distance === nearest.distance).map((n) => ({ key: n.word, weight: 1 })), this.#weights.near));
        }
      }
    }
    for (const { run, from } of hiraganaRuns(analyser)) {
      for (const { word, at } of katakanaIn(run, segments)) {
        meant.push({ start: analyser.folder.starts[from + at] ?? 0, end: analyser.folder.endOf(from + at + word.length - 1), by: word });
        later.push(() => this.#addWords(slots, word, 1));
      }
    }
    for (const add of later) add();
    const matches = this.#synonyms.find(text);
    for (const { read, start, end } of matches) {
      if (read === '') continue;
      meant.push({ start, end, by: read });
      this.#addWords(slots, read, 1);
    }
    for (const match of matches) this.#addSynonyms(slots, text.slice(match.start, match.end), match, segments);
    if (slots.size === 0) this.#addWords(slots, text, 1, true);
    if (slots.size === 0) slots.addSlot(slotOf(begunBy(text, analyser, segments), 1));
    return { slots: slots.all(), readings: readingsOf(text, meant, matches), corrections, hiragana };
  }

  /** Adds the other spellings of what was typed. One that stands on more pages than the word typed counts more. */
  #addSynonyms(slots: SlotList, form: string, { others, own }: SynonymMatch, segments: readonly LiveSegment[]): void {
    const keys = this.#termsOf(form, false).map(({ key }) => key);
    const typed = Math.max(1, keys.length);
    const typedPages = this.#pagesWith(keys, segments);
    const { everyday, synonym, usual } = this.#weights;
    for (const other of others) {
      const terms = this.#termsOf(other, false);
      const pages = this.#pagesWith(terms.map(({ key }) => key), segments);
      const least = own ? synonym : everyday;
      const base = least + Math.max(0, usual - least) * (1 - (2 * typedPages + 1) / (typedPages + Math.max(pages, typedPages) + 1));
      const words = wordsOfPhrase(other);
      if (words !== undefined) {
        slots.addSlot(slotOf(words.flatMap((word) => this.#termsOf(word, false)).map(({ key }) => ({ key, weight: 1 })), base * Math.min(typed, words.length), true, true));
        continue;
      }
      const weight = base * Math.min(1, typed / Math.max(1, terms.length));
      for (const { key, weight: share } of terms) slots.add(key, weight * share, terms.length === 1 ? keys : []);
    }
  }

  /** At most so many pages hold all the terms. */
  #pagesWith(keys: readonly (number | string)[], segments: readonly LiveSegment[]): number {
    return keys.length === 0 ? 0 : Math.min(...keys.map((key) => documentFrequency(segments, key)));
  }

  #addWords(slots: SlotList, text: string, weight: number, hiragana = false): void {
    for (const { key, weight: share } of this.#termsOf(text, hiragana)) slots.add(key, weight * share);
  }

  #termsOf(text: string, hiragana: boolean): { key: number | string; weight: number }[] {
    const words: string[] = [];
    const analyser = this.#analyser;
    analyser.analyse(text, (word) => words.push(word) - 1);
    const terms: { key: number | string; weight: number }[] = [];
    for (let i = 0; i < analyser.count; i++) {
      const kind = analyser.kinds[i] ?? 0;
      const id = analyser.ids[i] ?? 0;
      if (kind === termKind.end || (kind === termKind.hiragana && !hiragana)) continue;
      const weight = kind === termKind.mixed ? this.#weights.mixed : kind === termKind.katakana ? this.#weights.katakana : kind === termKind.fragment ? this.#weights.fragment : 1;
      terms.push({ key: id < firstBigram ? (words[id] ?? '') : id, weight });
    }
    return terms;
  }
}

/** The words of a spelling in Latin letters with hyphens or spaces (`back-out`): each alone means something else. */
function wordsOfPhrase(text: string): readonly string[] | undefined {
  const words = text.normalize('NFKC').split(/[-\s]+/).filter((word) => word !== '');
  return words.length > 1 && words.every((word) => /^[A-Za-z0-9]+$/.test(word)) ? words : undefined;
}

/** Another word for a stretch of the query (UTF-16 offsets). */
interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

/** The text; the text as it may be meant; and that with each synonym in place of what was typed. A few at most. */
function readingsOf(text: string, meant: readonly Replacement[], matches: readonly SynonymMatch[]): string[] {
  const readings = new Set([text, replaced(text, meant)]);
  for (const { start, end, others } of matches) {
    const rest = meant.filter((other) => other.end <= start || other.start >= end);
    for (const by of others) if (readings.size < maxReadings) readings.add(replaced(text, [...rest, { start, end, by }]));
  }
  return [...readings];
}

/** The text with every stretch replaced; of two that overlap the first. */
function replaced(text: string, by: readonly Replacement[]): string {
  let result = '';
  let at = 0;
  for (const one of [...by].sort((a, b) => a.start - b.start)) {
    if (one.start < at) continue;
    result += text.slice(at, one.start) + one.by;
    at = one.end;
  }
  return result + text.slice(at);
}

const nothing: readonly never[] = [];

/** Slots all have the same shape: code that reads them stays optimised. */
function slotOf(terms: Slot['terms'], weight: number, synonym = false, together = false, covers: Slot['covers'] = nothing): Slot {
  return { weight, terms, together, synonym, covers };
}

/** Slots without doubles: what is asked twice counts once, at its higher weight. */
class SlotList {
  readonly #slots: Slot[] = [];
  readonly #single = new Map<number | string, number>();

  get size(): number {
    return this.#slots.length;
  }

  /** `synonymOf`: the terms that were typed, when this one is another word for them. */
  add(key: number | string, weight: number, synonymOf?: readonly (number | string)[]): void {
    const at = this.#single.get(key);
    const known = at === undefined ? undefined : this.#slots[at];
    const isSynonym = synonymOf !== undefined && known?.synonym !== false;
    const covers = known === undefined ? (synonymOf ?? nothing) : [...known.covers, ...(synonymOf ?? nothing)];
    const slot = slotOf([{ key, weight: 1 }], Math.max(weight, known?.weight ?? 0), isSynonym, false, covers);
    if (at !== undefined) this.#slots[at] = slot;
    else if (this.#slots.length < maxSlots) {
      this.#single.set(key, this.#slots.length);
      this.#slots.push(slot);
    }
  }

  addSlot(slot: Slot): void {
    if (slot.terms.length > 0 && this.#slots.length < maxSlots) this.#slots.push(slot);
  }

  all(): readonly Slot[] {
    return this.#slots;
  }
}

/** Whether the run of Japanese around a unit is hiragana only: then it is what the person asks for. */
function aloneInHiragana(classes: Uint8Array, at: number, length: number): boolean {
  let from = at;
  while (from > 0 && classes[from - 1] === unitClass.hiragana) from--;
  let to = at;
  while (to < length && classes[to] === unitClass.hiragana) to++;
  return to - from <= 12 && (from === 0 || (classes[from - 1] ?? 0) < unitClass.hiragana) && (to >= length || (classes[to] ?? 0) < unitClass.hiragana);
}

/** Runs of three and more hiragana, folded, with the folded unit they begin at. */
function hiraganaRuns(analyser: Analyser): { readonly run: string; readonly from: number }[] {
  const { codes, classes, length } = analyser.folder;
  const runs: { run: string; from: number }[] = [];
  let run = '';
  for (let i = 0; i <= length; i++) {
    if (i < length && classes[i] === unitClass.hiragana) run += String.fromCharCode(codes[i] ?? 0);
    else {
      if (run.length >= 3) runs.push({ run, from: i - run.length });
      run = '';
    }
  }
  return runs;
}

/** Katakana words of the index that stand in a run typed in hiragana (りりーすの → リリース), the longest at each place. */
function katakanaIn(run: string, segments: readonly LiveSegment[]): { readonly word: string; readonly at: number }[] {
  const found: { word: string; at: number }[] = [];
  for (let i = 0; i + 3 <= run.length; ) {
    let word = '';
    for (let length = Math.min(16, run.length - i); length >= 3 && word === ''; length--) {
      const candidate = run.slice(i, i + length);
      if (documentFrequency(segments, candidate) > 0) word = candidate;
    }
    if (word === '') i++;
    else {
      found.push({ word, at: i });
      i += word.length;
    }
  }
  return found;
}

function bigramsFrom(segments: readonly LiveSegment[], unit: number): { key: number; weight: number }[] {
  const keys = new Set<number>();
  for (const { segment } of segments) {
    const [from, to] = segment.bigramTerms(unit);
    for (let i = from; i < to; i++) keys.add(segment.tables.bigrams[i] ?? 0);
  }
  return [...keys].sort((a, b) => a - b).map((key) => ({ key, weight: 1 }));
}

/** What begins with the one kana that is all there is of a query: katakana words, else pairs. */
function begunBy(text: string, analyser: Analyser, segments: readonly LiveSegment[]): Slot['terms'] {
  analyser.analyse(text, () => -1);
  const { classes, codes, length } = analyser.folder;
  const units = [...classes.subarray(0, length).keys()].filter((at) => classes[at] !== unitClass.separator);
  const at = units[0];
  if (at === undefined || units.length > 1 || (classes[at] ?? 0) < unitClass.hiragana) return [];
  const unit = codes[at] ?? 0;
  const words = wordsFrom(segments, String.fromCharCode(unit)).filter(({ key }) => key.length > 1);
  return words.length > 0 ? words.map(({ key }) => ({ key, weight: 1 })) : bigramsFrom(segments, unit);
}

/** Words that begin with `prefix`: itself first, then those on most pages. */
function wordsFrom(segments: readonly LiveSegment[], prefix: string): { key: string; weight: number }[] {
  const found = new Set<string>([prefix]);
  for (const { segment } of segments) {
    for (let i = segment.lowerWord(prefix); i < segment.wordCount && found.size < 2000; i++) {
      const word = segment.word(i);
      if (!word.startsWith(prefix)) break;
      found.add(word);
    }
  }
  return [...found]
    .map((word) => ({ word, pages: documentFrequency(segments, word) }))
    .filter(({ word, pages }) => pages > 0 || word === prefix)
    .sort((a, b) => b.pages - a.pages || (a.word < b.word ? -1 : 1))
    .slice(0, maxPrefixWords)
    .map(({ word }) => ({ key: word, weight: word === prefix ? 1 : 0.7 }));
}
