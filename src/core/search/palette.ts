import MiniSearch from 'minisearch';
import { Analyser, firstBigram, termKind } from './analyse';
import { Marker } from './snippet';

/** One row of a quick list: a page, a heading, a term, a template, a rule, an open document. */
export interface PaletteItem {
  /** Unique in the list. */
  readonly id: string;
  /** What is searched and shown. */
  readonly title: string;
  /** Searched with less weight: aliases, English, the page a heading stands on. */
  readonly detail: string;
}

export interface PaletteHit<Item extends PaletteItem> {
  readonly item: Item;
  readonly score: number;
  /** UTF-16 ranges in the title. */
  readonly highlights: readonly (readonly [number, number])[];
}

/** A short live list that is searched as one types. Its scores are its own: never put them beside those of a `Searcher`. */
export interface Palette<Item extends PaletteItem> {
  /** Adds items, or replaces those with the same id. */
  put(items: readonly Item[]): void;
  remove(ids: readonly string[]): void;
  /** The best `limit` items, best first; equal scores by id in code unit order. An empty text gives nothing. */
  search(text: string, limit: number): readonly PaletteHit<Item>[];
  readonly size: number;
}

/** Makes an empty list. It understands what the full index understands: width, case, kana, camelCase, word parts. */
export function createPalette<Item extends PaletteItem>(): Palette<Item> {
  const analyser = new Analyser();
  const items = new Map<string, Item>();
  const terms = (text: string): string[] => termsOf(analyser, text);
  const index = new MiniSearch<Item>({ idField: 'id', fields: ['title', 'detail'], tokenize: terms, processTerm: (term) => term });
  return {
    put: (added) => {
      for (const item of added) {
        if (items.has(item.id)) index.discard(item.id);
        items.set(item.id, item);
        index.add(item);
      }
    },
    remove: (ids) => {
      for (const id of ids) if (items.delete(id)) index.discard(id);
    },
    search: (text, limit) => {
      const asked = terms(text);
      if (asked.length === 0) return [];
      const last = asked.at(-1);
      const found = index.search(text, {
        boost: { title: 3 },
        combineWith: 'OR',
        prefix: (term) => term === last || term.length === 1,
        fuzzy: (term) => (/^[a-z]{5,}$/.test(term) ? 0.2 : false),
      });
      const marker = new Marker(keysOf(analyser, text), true);
      const hits: PaletteHit<Item>[] = [];
      for (const { id, score, queryTerms } of found) {
        const item = items.get(String(id));
        // Of a longer query at least half must be there: a list of chance bigrams helps nobody.
        if (item === undefined || new Set(queryTerms).size * 2 < new Set(asked).size) continue;
        hits.push({ item, score: Math.round(score * 1e6) / 1e6, highlights: marker.mark(item.title).highlights });
      }
      hits.sort((a, b) => b.score - a.score || (a.item.id < b.item.id ? -1 : 1));
      return hits.slice(0, limit);
    },
    get size() {
      return items.size;
    },
  };
}

/** Terms as strings: words as they are, bigrams as two units, a lone ideograph as one. */
function termsOf(analyser: Analyser, text: string): string[] {
  return [...keysOf(analyser, text)].map(([key]) =>
    typeof key === 'string' ? key : String.fromCharCode(key >>> 16) + ((key & 0xffff) === 0 ? '' : String.fromCharCode(key & 0xffff)),
  );
}

function keysOf(analyser: Analyser, text: string): readonly (readonly [number | string, number])[] {
  const words: string[] = [];
  const keys: (readonly [number | string, number])[] = [];
  analyser.analyse(text.slice(0, 400), (word) => words.push(word) - 1);
  for (let i = 0; i < analyser.count; i++) {
    const kind = analyser.kinds[i];
    const id = analyser.ids[i] ?? 0;
    if (kind === termKind.katakana || (kind === termKind.end && analyser.count > 1)) continue;
    keys.push([id < firstBigram ? (words[id] ?? '') : id, 1]);
  }
  return keys;
}
