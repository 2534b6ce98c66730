import type { Cancellation } from '../workspace';
import type { Spelling } from '../product/glossary';
import type { DaysOff } from '../text/business-days';
import type { Caps } from './caps';

/** Somebody of the roster. */
export interface Person {
  readonly name: string;
  /** False for people who moved or left. */
  readonly active: boolean;
}

/** What a check knows beside the documents. Nothing is read from a clock or a setting in any other way. */
export interface CheckContext {
  /** ISO day. */
  readonly today: string;
  readonly language: 'ja' | 'en';
  /** Level of the product (`L1`…); rules above it give no finding. */
  readonly level: string;
  readonly phase: string | undefined;
  readonly size: 'S' | 'M' | 'L' | undefined;
  /** Product id, empty outside a product. */
  readonly product: string;
  /** Gate that is being decided now; `undefined` = none, gates are only looked ahead at. */
  readonly gate: string | undefined;
  /** Days off of the organisation beside weekends, and whether Japanese holidays are days off too. */
  readonly daysOff: DaysOff;
  /** The roster; empty = unknown, and nobody is missing from it. */
  readonly people: readonly Person[];
  /** The terms of the Book and the product's own; left out = those of the Book. */
  readonly terms?: readonly Spelling[];
  /**
   * Parts (`sections:x`, `fields:x`) that most of the product's documents of a type or of a document's folder lack, or that
   * an entry page says for it: that this document lacks them is not judged. Left out = every document is asked for everything.
   */
  readonly lacking?: ((type: string, path?: string) => ReadonlySet<string>) | undefined;
  /** As `lacking`, of the newest record too: what it is asked for all the same is new to the team. */
  readonly unusual?: ((type: string, path: string) => ReadonlySet<string>) | undefined;
  /** Parts that three quarters or more of the documents of a type, or of a document's folder, have. */
  readonly usual?: ((type: string, path: string) => ReadonlySet<string>) | undefined;
  /** Whether only a pattern of `kobo.yaml` says what a document is. Left out = every document is taken as if it said so itself. */
  readonly isMapped?: ((path: string) => boolean) | undefined;
  /** Whether a record of a series has a later one of its type beside it. */
  readonly isSuperseded?: (type: string, path: string) => boolean;
  /** Text of the product's `kobo.yaml`, for repairs that write into it; `undefined` where there is none. */
  readonly koboText?: string | undefined;
  /** Mail domains of the organisation. */
  readonly ownDomains: readonly string[];
  readonly cancellation: Cancellation;
  /** Milliseconds from any start, for the time budget. */
  readonly clock: () => number;
  /** Milliseconds a rule may take for one document; a rule over it is stopped and named. */
  readonly budget: number;
  /** How long lists are shortened; `undefined` = not at all (for baselines and reports, which count). */
  readonly caps: Caps | undefined;
  /** Also count what rules above the level would find. */
  readonly countNextLevel: boolean;
}

/** A context in which everything optional is left out; for tests and for documents outside a product. */
export function contextOf(given: Partial<CheckContext> & Pick<CheckContext, 'today'>): CheckContext {
  return {
    language: 'ja', level: 'L3', phase: undefined, size: undefined, product: '', gate: undefined, daysOff: new Set(), people: [],
    ownDomains: [], cancellation: { isCancelled: false }, clock: () => 0, budget: Infinity, caps: undefined, countNextLevel: false,
    ...given,
  };
}
