import type { Book } from '../book/book';
import type { History } from '../workspace';
import type { ProductSettings } from './product';

/** What a project is made of. */
export interface ProjectOptions {
  readonly book: Book;
  /** `undefined` without a `kobo.yaml`: only documents that name a known type are looked at. */
  readonly settings: ProductSettings | undefined;
  /** Text of the `kobo.yaml`, for the findings about it. */
  readonly koboText?: string | undefined;
  /** The `kobo.yaml` is there but cannot be opened. */
  readonly isKoboUnreadable?: boolean;
  /** Every file of the product, relative to its root. */
  readonly files: readonly string[];
  /** Files below its root that belong to other products: links may lead to them. */
  readonly others?: readonly string[];
  /** `kobo.rules` of the editor: rule id → `off` or a severity. */
  readonly editorRules: Readonly<Record<string, string>>;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  readonly history: History | undefined;
  /** Milliseconds a rule may take for one document before it is stopped; 1,000 when left out. */
  readonly ruleBudget?: number;
  /** Replaces the clock's day. */
  readonly today?: string;
  /** Replaces the language of findings. */
  readonly language?: 'ja' | 'en';
  /** Id of the gate that is being decided; left out: none is. */
  readonly gate?: string;
}
