import type { BookProblem, Origin } from './book';
import { problem } from './problems';

/** Keeps the first of several things with one id; each other one is a problem at its place, added to `problems`. */
export function uniqueThings<T extends { readonly origin: Origin }>(
  what: string, things: readonly T[], idOf: (thing: T) => string, problems: BookProblem[],
): readonly T[] {
  const first = new Map<string, T>();
  for (const thing of things) {
    const id = idOf(thing);
    const other = first.get(id);
    if (!other) {
      first.set(id, thing);
      continue;
    }
    problems.push(problem(thing.origin.path, thing.origin.span, 'error', `duplicate-${what}`,
      `「${id}」は ${other.origin.path} にもあります。こちらは使いません。どちらかの名前を変えてください。`,
      `"${id}" is also in ${other.origin.path}. This one is not used. Rename one of them.`));
  }
  return [...first.values()];
}
