import type { Attribute, BookProblem, DocumentClass, Kit, Lifecycle, Origin, Page, ReviewPolicy, RuleAdjustment, RuleSource, SampleSearches, SectionType, Template, Term, Words } from './book';
import type { Span } from '../text/position';

/**
 * One Book folder as read, before layers are laid over each other. Plain JSON (no Map, no class), so that a packed Book
 * is a layer written to a file.
 */
export interface BookLayer {
  readonly head: BookHead;
  readonly pages: readonly Page[];
  readonly common: TypeSource | undefined;
  readonly types: readonly TypeSource[];
  readonly rules: readonly RuleSource[];
  readonly templates: readonly Template[];
  readonly kits: readonly Kit[];
  readonly terms: readonly Term[];
  readonly lifecycle: LifecycleSource | undefined;
  readonly overlays: readonly OverlaySource[];
  readonly problems: readonly BookProblem[];
}

/** `book.yaml` as read. */
export interface BookHead {
  readonly id: string;
  readonly name: Words;
  readonly language: string;
  readonly version: string;
  readonly owner: string;
  readonly siteRoot: string;
  readonly timezone: string;
  readonly sampleSearches: SampleSearches;
  readonly extends: string | undefined;
  readonly languages: readonly string[];
  readonly review: ReviewPolicy;
  readonly adjust: Readonly<Record<string, AdjustmentSource>>;
}

/** An adjustment with the place it is written at. */
export interface AdjustmentSource extends RuleAdjustment {
  readonly origin: Origin;
  /** Where each part of the change is written, by its path (`params/days`). Not in Books packed before it was kept. */
  readonly parts?: Readonly<Record<string, Span>>;
}

/** An attribute of which only some keys may be written; the rest comes from `common.yaml` or has its default. */
export type AttributeSource = Partial<Attribute> & { readonly id: string };

export interface WordSetSource {
  readonly words: Readonly<Record<string, readonly string[]>>;
  readonly groups: Readonly<Record<string, readonly string[]>>;
}

export interface TableSource {
  readonly id: string;
  readonly main: boolean;
  readonly columns: readonly AttributeSource[];
}

/** A name that a type file uses for something that stands elsewhere in it, in `common.yaml` or in the Book. */
export interface TypeUse {
  readonly kind: 'part' | 'words' | 'word' | 'member' | 'section' | 'type';
  readonly name: string;
  readonly span: Span;
  /** Table whose columns are meant; fields where left out. */
  readonly table?: string;
  /** The field or column that a word is asked of, the set that a member is of. */
  readonly of?: string;
}

/** A type file as read, before `common.yaml` is merged in. */
export interface TypeSource {
  readonly id: string;
  readonly title: Words;
  readonly aliases: readonly string[];
  readonly class: DocumentClass | undefined;
  readonly guide: string | undefined;
  readonly template: string | undefined;
  readonly owner: string;
  readonly places: { readonly folder: string | undefined; readonly file: string | undefined };
  readonly idShape: string | undefined;
  readonly date: string | undefined;
  readonly series: 'folder' | 'product' | undefined;
  readonly fields: readonly AttributeSource[];
  readonly sections: readonly SectionType[];
  readonly tables: readonly TableSource[];
  readonly columnAliases: Readonly<Record<string, readonly string[]>>;
  readonly words: Readonly<Record<string, WordSetSource>>;
  readonly origin: Origin;
  /** Not in Books packed before they were kept. */
  readonly uses?: readonly TypeUse[];
}

/** `lifecycle.yaml` as read; a phase has the gate that is written at it. */
export interface LifecycleSource extends Lifecycle {
  /** The phases and gates of the Book below are not taken over (`extends: none`). */
  readonly alone: boolean;
}

/** Names by type id and id of a part. */
export type PartAliasesSource = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

export interface OverlaySource {
  readonly product: string;
  readonly rules: Readonly<Record<string, AdjustmentSource>>;
  readonly addedRules: readonly RuleSource[];
  readonly words: Readonly<Record<string, WordSetSource>>;
  readonly places: Readonly<Record<string, { readonly folder?: string; readonly file?: string }>>;
  /** Not in Books packed before there was such a key. */
  readonly aliases?: PartAliasesSource;
  readonly origin: Origin;
}
