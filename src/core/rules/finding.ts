import type { Severity } from '../book/book';
import type { Range, Span } from '../text/position';

/** The repair of one finding, as edits the person sees. */
export interface Fix {
  readonly title: string;
  /** May be applied in bulk and by `--fix`: states no fact for a person. */
  readonly safe: boolean;
  readonly preferred: boolean;
  readonly edits: readonly TextChange[];
  readonly create: CreateFile | undefined;
  /** The document gets another path; links to it are the host's to update. */
  readonly rename?: RenameFile;
  /** `asks` = the inserted text holds a blank for the person; the editor puts the caret on it. */
  readonly ask: AskedValue | undefined;
}

export interface TextChange {
  /** Path inside the product; `undefined` = the document of the finding. */
  readonly path: string | undefined;
  readonly span: Span;
  readonly text: string;
}

export interface RenameFile {
  /** Path inside the product. */
  readonly to: string;
}

export interface CreateFile {
  readonly path: string;
  readonly template: string;
}

/** A value only a person can give; offered values come from the vocabulary or the roster. */
export interface AskedValue {
  readonly what: 'person' | 'date' | 'value';
  readonly choices: readonly string[];
}

export interface RelatedPlace {
  readonly path: string;
  readonly span: Span;
  readonly range: Range;
  readonly message: string;
}

export type Suppression =
  | { readonly kind: 'waiver'; readonly reason: string; readonly approvedBy: string; readonly until: string }
  | { readonly kind: 'baseline' };

/** What a rule has to say about a place. Plain data: identical in editor, CLI and reports. */
export interface Finding {
  readonly rule: string;
  readonly severity: Severity;
  /** Relative to the product root. */
  readonly path: string;
  readonly span: Span;
  readonly range: Range;
  readonly message: string;
  /** Book-relative `path#anchor`, or `undefined`. */
  readonly guide: string | undefined;
  readonly fixes: readonly Fix[];
  readonly related: readonly RelatedPlace[];
  readonly suppression: Suppression | undefined;
  /** Arises only because a day passed: fails `gate`, never `check`. */
  readonly timeOnly: boolean;
}

export interface FindingSummary {
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
  readonly waived: number;
  readonly baselined: number;
  readonly not_judged: number;
}
