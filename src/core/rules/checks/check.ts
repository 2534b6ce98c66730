import type { Match, Note } from '../env';
import type { Env } from '../env';
import type { Unit } from '../unit';

/** What a built-in check found: a place in a document with the values of its message. */
export interface Fault {
  readonly unit: Unit;
  readonly match: Match | undefined;
  readonly note: Note;
}

/** A check that conditions cannot express; asked once for each unit of its rule's scope. */
export type Check = (unit: Unit, env: Env) => readonly Fault[];
