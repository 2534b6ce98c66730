/** Length of a passage in UTF-16 units, without the ellipses. */
export const passageLength = 120;

/** What a word of a phrase counts for the choice of a passage. */
const phraseWeight = 0.5;
/** Matches that begin within a passage are fewer. */
const room = 256;

/** A place (UTF-16 range) that holds something asked for. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly id: number;
}

/**
 * The stretch no longer than a passage with the greatest weight of distinct terms among the matches that are added in the order of
 * their starts; the earliest of equals. Keeps only the matches of the stretch it looks at.
 */
export class DensestStretch {
  /** What was told of the first and of the last match of the densest stretch; -1: nothing was added. */
  first = -1;
  last = -1;
  readonly #starts = new Int32Array(room);
  readonly #terms = new Int32Array(room);
  readonly #weights = new Float64Array(room);
  readonly #told = new Int32Array(room);
  /** By term: how often it stands in the stretch. */
  #counts = new Int32Array(room);
  #left = 0;
  #right = 0;
  #weight = 0;
  #best = -1;

  /** Forgets everything. `terms`: their numbers are below this. */
  begin(terms: number): void {
    if (this.#counts.length < terms) this.#counts = new Int32Array(terms);
    else this.#counts.fill(0, 0, terms);
    this.first = -1;
    this.last = -1;
    this.#left = 0;
    this.#right = 0;
    this.#weight = 0;
    this.#best = -1;
  }

  add(start: number, end: number, term: number, weight: number, told: number): void {
    const counts = this.#counts;
    const right = this.#right++;
    const slot = right % room;
    this.#starts[slot] = start;
    this.#terms[slot] = term;
    this.#weights[slot] = weight;
    this.#told[slot] = told;
    const times = counts[term] ?? 0;
    counts[term] = times + 1;
    if (times === 0) this.#weight += weight;
    while (this.#left < right && (end - (this.#starts[this.#left % room] ?? 0) > passageLength - 10 || right - this.#left >= room - 1)) {
      const tail = this.#left++ % room;
      const rest = (counts[this.#terms[tail] ?? 0] ?? 1) - 1;
      counts[this.#terms[tail] ?? 0] = rest;
      if (rest === 0) this.#weight -= this.#weights[tail] ?? 0;
    }
    if (this.#weight > this.#best + 1e-9) {
      this.#best = this.#weight;
      this.first = this.#told[this.#left % room] ?? 0;
      this.last = told;
    }
  }
}

const stretch = new DensestStretch();

/**
 * First and last match (indices) of the {@link DensestStretch}; 0 and 0 when there is none. What `weights` does not know is a word
 * of a phrase.
 */
export function densest(matches: readonly Match[], weights: ReadonlyMap<number, number>): readonly [number, number] {
  const terms = new Map<number, number>();
  stretch.begin(matches.length);
  matches.forEach(({ start, end, id }, i) => {
    let term = terms.get(id);
    if (term === undefined) terms.set(id, (term = terms.size));
    stretch.add(start, end, term, weights.get(id) ?? phraseWeight, i);
  });
  return [Math.max(0, stretch.first), Math.max(0, stretch.last)];
}
