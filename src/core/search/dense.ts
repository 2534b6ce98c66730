/** Length of a passage in UTF-16 units, without the ellipses. */
export const passageLength = 120;

/** What a word of a phrase counts for the choice of a passage. */
const phraseWeight = 0.5;

/** A place (UTF-16 range) that holds something asked for. */
export interface Match {
  readonly start: number;
  readonly end: number;
  readonly id: number;
}

/**
 * First and last match (indices) of the stretch no longer than a passage with the greatest weight of distinct terms; the earliest
 * of equals. `matches` are in the order of their starts; what `weights` does not know is a word of a phrase.
 */
export function densest(matches: readonly Match[], weights: ReadonlyMap<number, number>): readonly [number, number] {
  const counts = new Map<number, number>();
  let weight = 0;
  let best = -1;
  let range: readonly [number, number] = [0, 0];
  let left = 0;
  for (let right = 0; right < matches.length; right++) {
    const match = matches[right];
    if (match === undefined) break;
    const times = counts.get(match.id) ?? 0;
    counts.set(match.id, times + 1);
    if (times === 0) weight += weights.get(match.id) ?? phraseWeight;
    for (let tail = matches[left]; tail !== undefined && left < right && match.end - tail.start > passageLength - 10; tail = matches[left]) {
      const rest = (counts.get(tail.id) ?? 1) - 1;
      counts.set(tail.id, rest);
      if (rest === 0) weight -= weights.get(tail.id) ?? phraseWeight;
      left++;
    }
    if (weight > best + 1e-9) {
      best = weight;
      range = [left, right];
    }
  }
  return range;
}
