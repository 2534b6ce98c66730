import type { PartAliases, RuleAdjustment, WordSet } from '../book/book';
import type { Span } from '../text/position';

/** Name of the file that says where a product stands. */
export const koboFileName = 'kobo.yaml';

/** A waiver as `kobo.yaml` or a comment in the document writes it. */
export interface Waiver {
  readonly rule: string;
  /** Glob relative to the product root. */
  readonly path: string;
  /** Row ids it is narrowed to; empty = the whole file. */
  readonly only: readonly string[];
  readonly reason: string;
  readonly approvedBy: string;
  /** ISO day, or empty when not written. */
  readonly until: string;
  /** Where it is written, in `source`. */
  readonly span: Span;
  readonly source: string;
}

export interface DocumentPattern {
  readonly pattern: string;
  readonly type: string;
  readonly span: Span;
}

/** `kobo.yaml` as read. Everything is optional in the file; what is left out has its default here. */
export interface ProductSettings {
  /** A folder, a git address, or `undefined` for the starter Book. */
  readonly book: string | undefined;
  readonly id: string;
  readonly name: string;
  readonly size: 'S' | 'M' | 'L' | undefined;
  readonly phase: string | undefined;
  /** In file order; the last match wins. */
  readonly documents: readonly DocumentPattern[];
  readonly level: string;
  readonly language: string | undefined;
  readonly timezone: string | undefined;
  readonly people: string | undefined;
  readonly baseline: string | undefined;
  readonly rules: ReadonlyMap<string, RuleAdjustment>;
  readonly words: ReadonlyMap<string, WordSet>;
  readonly places: ReadonlyMap<string, { readonly folder?: string; readonly file?: string }>;
  readonly aliases: PartAliases;
  readonly waivers: readonly Waiver[];
}

/** How the type of a document became known. A guess never gives more than one hint. */
export type Recognition =
  | { readonly by: 'front_matter' | 'pattern'; readonly type: string }
  | { readonly by: 'guess'; readonly type: string; readonly confidence: number; readonly evidence: readonly string[] }
  | { readonly by: 'none' };
