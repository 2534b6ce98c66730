import { Folder, unitClass } from './fold';

/** What search takes of a glossary entry: all its spellings mean the same. */
export interface SearchTerm {
  readonly preferred: string;
  readonly reading: string;
  readonly english: readonly string[];
  readonly aliases: readonly string[];
  readonly variants: readonly string[];
}

/** A spelling found in a query (UTF-16 offsets), and the other spellings of its terms. */
export interface SynonymMatch {
  readonly start: number;
  readonly end: number;
  readonly others: readonly string[];
  /** Whether the organisation says so, and not only everyday language. */
  readonly own: boolean;
  /** The word itself when it was typed by its reading, else empty. */
  readonly read: string;
}

interface Form {
  readonly folded: string;
  readonly form: string;
  readonly group: readonly string[];
  readonly own: boolean;
  readonly read: string;
}

/** No query of a person holds more terms than this. */
const maxMatches = 24;

/** The organisation's words as synonyms: finds the spellings of a glossary in a query. */
export class Synonyms {
  /** Forms by their first unit, longest first. */
  readonly #byFirst = new Map<number, Form[]>();
  readonly #folder = new Folder();

  /** `terms`: the organisation's; `everyday`: words of the language. */
  constructor(terms: readonly SearchTerm[], everyday: readonly SearchTerm[]) {
    for (const term of [...terms, ...everyday]) {
      const own = terms.includes(term);
      const group = [...new Set([term.preferred, ...term.english, ...term.aliases, ...term.variants].filter((form) => form !== ''))];
      const keys = term.reading.length > 2 ? [...group, term.reading] : group;
      for (const form of keys) {
        const folded = this.#fold(form);
        if (folded.length < 2) continue;
        const first = folded.charCodeAt(0);
        const list = this.#byFirst.get(first) ?? [];
        list.push({ folded, form, group, own, read: form === term.reading && !group.includes(form) ? term.preferred : '' });
        this.#byFirst.set(first, list);
      }
    }
    for (const list of this.#byFirst.values()) list.sort((a, b) => b.folded.length - a.folded.length || Number(b.own) - Number(a.own));
  }

  /** Spellings in `text`, longest first at each place, not overlapping. */
  find(text: string): readonly SynonymMatch[] {
    if (this.#byFirst.size === 0) return [];
    const folder = this.#folder;
    const folded = this.#fold(text);
    const found: SynonymMatch[] = [];
    for (let i = 0; i < folded.length && found.length < maxMatches; ) {
      const matches = (this.#byFirst.get(folded.charCodeAt(i)) ?? []).filter(
        (form) => folded.startsWith(form.folded, i) && standsAlone(folder.classes, i, i + form.folded.length),
      );
      const longest = matches[0]?.folded.length ?? 0;
      const others = new Set<string>();
      const own = matches.some((match) => match.own && match.folded.length === longest);
      for (const match of matches) {
        if (match.folded.length < longest || (own && !match.own)) break;
        for (const other of match.group) if (other !== match.form) others.add(other);
      }
      if (others.size > 0) found.push({ start: folder.starts[i] ?? 0, end: folder.endOf(i + longest - 1), others: [...others], own, read: matches[0]?.read ?? '' });
      i += Math.max(1, longest);
    }
    return found;
  }

  #fold(text: string): string {
    const folder = this.#folder;
    folder.fold(text.slice(0, 1000));
    let folded = '';
    for (let i = 0; i < folder.length; i++) folded += String.fromCharCode(folder.codes[i] ?? 0);
    return folded;
  }
}

/** A Latin spelling must not begin or end inside a longer word; Japanese has no such borders. */
function standsAlone(classes: Uint8Array, from: number, to: number): boolean {
  return !(isLatin(classes[from]) && from > 0 && isLatin(classes[from - 1])) && !(isLatin(classes[to - 1]) && isLatin(classes[to]));
}

function isLatin(cls: number | undefined): boolean {
  return cls === unitClass.lower || cls === unitClass.upper || cls === unitClass.digit;
}
