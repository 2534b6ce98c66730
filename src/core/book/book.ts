import type { Span } from '../text/position';

/** Of a Book that names no time zone. */
export const defaultTimezone = 'Asia/Tokyo';

/** Severity of a finding; the words of LSP. */
export type Severity = 'error' | 'warning' | 'info' | 'hint';

/** Where in the Book a thing is written. `layer` is the id of the Book or overlay it came from. */
export interface Origin {
  readonly layer: string;
  /** Relative to the Book folder, with `/`. */
  readonly path: string;
  readonly span: Span;
}

/** Words in the Book's language and in English; `en` falls back to `text`. */
export interface Words {
  readonly text: string;
  readonly en: string | undefined;
}

export type PageKind = 'tutorial' | 'how-to' | 'reference' | 'explanation';

/** A page of knowledge. `text` is the Markdown as written, front matter included. */
export interface Page {
  /** Relative to the Book folder: its identity in links and guides. */
  readonly path: string;
  readonly title: string;
  readonly summary: string;
  readonly owner: string;
  /** ISO day, or empty. */
  readonly reviewed: string;
  /** As written (`90d`, `6 months`), or empty. */
  readonly reviewCycle: string;
  readonly audience: readonly string[];
  readonly phase: readonly string[];
  readonly kind: PageKind | undefined;
  readonly tags: readonly string[];
  readonly aliases: readonly string[];
  /** Product id for pages under `products/<id>/`, else `undefined`. */
  readonly product: string | undefined;
  readonly text: string;
  readonly origin: Origin;
}

/** The kinds of value a field or column may hold (rule-language section 7). */
export type ValueKind =
  | 'text' | 'id' | 'date' | 'period' | 'duration' | 'person' | 'people' | 'status' | 'level' | 'number' | 'percent'
  | 'money' | 'version' | 'document' | 'template' | 'type' | 'mark';

export type FoundIn = 'front_matter' | 'label' | 'heading' | 'name' | 'section' | 'table' | 'text' | 'history' | 'head';

/** A field of a type, or a column of one of its tables. */
export interface Attribute {
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly kind: ValueKind;
  /** Name of the word set its values come from. */
  readonly words: string | undefined;
  readonly required: boolean;
  /** A condition of the rule language, not yet compiled. */
  readonly requiredWhen: unknown;
  /** Fields that say as much: where one of them is written, this one is not asked for. */
  readonly instead: readonly string[];
  readonly hint: string;
  readonly unit: string;
  readonly refersTo: string | undefined;
  /** For columns: stands for all columns without a name of their own (RACI). */
  readonly each: boolean;
  /** For fields: where people write it. */
  readonly foundIn: readonly FoundIn[];
}

export interface SectionType {
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
  readonly required: boolean;
  readonly hint: string;
  /** A section that is a record inside a living document. */
  readonly record: boolean;
  /** Id of the section it stands after. */
  readonly after: string | undefined;
}

export interface TableType {
  readonly id: string;
  readonly main: boolean;
  readonly columns: readonly Attribute[];
}

/** A named set of words: canonical id → spellings, in rank order; groups name several ids. */
export interface WordSet {
  readonly words: ReadonlyMap<string, readonly string[]>;
  readonly groups: ReadonlyMap<string, readonly string[]>;
}

export type DocumentClass = 'register' | 'living' | 'record' | 'checklist';

/** What a kind of document is made of; everything of `types/common.yaml` is already merged in. */
export interface DocumentType {
  readonly id: string;
  readonly title: Words;
  readonly aliases: readonly string[];
  readonly class: DocumentClass;
  /** Page path, optionally with `#anchor`. */
  readonly guide: string | undefined;
  readonly template: string | undefined;
  readonly owner: string;
  readonly places: { readonly folder: string | undefined; readonly file: string | undefined };
  /** Shape of its record ids (`R-NNN`), or `undefined`. */
  readonly idShape: string | undefined;
  /** Field that dates the document. */
  readonly date: string | undefined;
  readonly series: 'folder' | 'product' | undefined;
  readonly fields: readonly Attribute[];
  readonly sections: readonly SectionType[];
  readonly tables: readonly TableType[];
  readonly words: ReadonlyMap<string, WordSet>;
  readonly origin: Origin;
}

/** A rule as its file says it, defaults of the file head filled in; `rules/compile` turns it into a check. */
export interface RuleSource {
  readonly id: string;
  readonly title: Words;
  readonly group: string;
  /** The YAML map of the rule as plain data (string keys), for the compiler and the examples. */
  readonly definition: Readonly<Record<string, unknown>>;
  readonly severity: Severity | SeverityTable;
  readonly level: string;
  readonly track: string;
  readonly gate: string | undefined;
  readonly stage: RuleStage;
  readonly guide: string | undefined;
  readonly why: Words | undefined;
  readonly owner: string;
  readonly locked: boolean;
  readonly origin: Origin;
}

export interface SeverityTable {
  readonly default: Severity;
  readonly guessed?: Severity | 'off';
  readonly at_gate?: Severity;
  /** Where a third or more of what the rule asks for, or of the type's required sections, is missing: the document follows another form. */
  readonly other_form?: Severity;
  /** Where the document has something of a like name (移行チーム for 移行体制) that nothing else claims: it may be what is missing. */
  readonly own_name?: Severity;
  /** In a record that was written over 90 days ago: it stays in the list, but nobody corrects an archive. */
  readonly old?: Severity;
  /** In a record of a series after which a later one has been written beside it: what is open lives on there. */
  readonly superseded?: Severity;
  /** Of a part that hardly any document of the type, or of its folder, has: the newest record is asked for it, as something new. */
  readonly unusual?: Severity;
  /** Where only `kobo.yaml` says what the document is, and the documents beside it do not have what is missing as a rule: nobody promised it. */
  readonly mapped?: Severity;
  /** Of a mask (〇〇, `YYYY-MM-DD`) that stands among other words: it may be meant as it stands. */
  readonly embedded?: Severity;
  /** In a row whose work is over. */
  readonly finished?: Severity;
  /** Where at most one in ten of five rows or more fills in the column: said once, of the column. */
  readonly blank_column?: Severity;
  /** Where a built-in check says that what it found is shown right all the same. */
  readonly slight?: Severity;
  /** By section, field or column, where nothing else is missing. */
  readonly missing?: Readonly<Record<string, Severity>>;
  readonly types?: Readonly<Record<string, Severity>>;
}

/** draft and retired rules give no finding; pilot only for the named products; announced gives hints until the date. */
export type RuleStage =
  | { readonly name: 'draft' | 'in_force' | 'retired' }
  | { readonly name: 'pilot'; readonly products: readonly string[] }
  | { readonly name: 'announced'; readonly from: string };

export interface TemplateQuestion {
  readonly id: string;
  readonly title: Words;
  readonly kind: ValueKind;
  readonly default: string;
}

/** How a document starts. */
export interface Template {
  /** File name without extension. */
  readonly id: string;
  readonly title: Words;
  readonly description: string;
  readonly version: string;
  /** Document type it makes, or `undefined` for a snippet. */
  readonly type: string | undefined;
  readonly kind: 'document' | 'snippet';
  /** What the snippet is typed as, for completion. */
  readonly prefix: string;
  readonly asks: readonly TemplateQuestion[];
  readonly format: 'markdown' | 'csv' | 'yaml';
  /** Body after the template's own front matter. */
  readonly body: string;
  readonly phase: readonly string[];
  readonly origin: Origin;
}

export interface KitItem {
  readonly template: string;
  readonly path: string;
  readonly owner: string;
  readonly note: string;
}

export interface Kit {
  readonly id: string;
  readonly title: Words;
  readonly description: string;
  readonly asks: readonly TemplateQuestion[];
  readonly items: readonly KitItem[];
  readonly origin: Origin;
}

export interface Term {
  readonly preferred: string;
  readonly reading: string;
  readonly english: readonly string[];
  /** Accepted spellings: search synonyms. */
  readonly aliases: readonly string[];
  /** Spellings to be replaced by `preferred`. */
  readonly variants: readonly string[];
  readonly meaning: string;
  readonly page: string | undefined;
  readonly origin: Origin;
}

export interface RequiredDocument {
  readonly type: string;
  /** `approved` = must exist and be approved, `exists` = must exist, `optional` = if applicable. */
  readonly need: 'approved' | 'exists' | 'optional';
  readonly sizes: readonly string[];
}

export interface Phase {
  readonly id: string;
  readonly title: Words;
  readonly owner: string;
  readonly gate: string | undefined;
  readonly page: string | undefined;
  readonly origin: Origin;
}

export interface Gate {
  readonly id: string;
  readonly title: Words;
  readonly phase: string;
  readonly documents: readonly RequiredDocument[];
  readonly questions: readonly string[];
  readonly page: string | undefined;
  readonly origin: Origin;
}

export interface Level {
  readonly id: string;
  readonly title: Words;
  readonly description: Words;
}

export interface Track {
  readonly id: string;
  readonly title: Words;
}

export interface Lifecycle {
  readonly phases: readonly Phase[];
  readonly gates: readonly Gate[];
  readonly levels: readonly Level[];
  readonly tracks: readonly Track[];
  /** Sizes of products (S, M, L) with what they mean. */
  readonly sizes?: readonly Level[];
  /** Results a gate may have (承認, 条件付き承認, …). */
  readonly results?: readonly Track[];
}

/** What a lower layer changes about a rule (rule-language section 8). */
export interface RuleAdjustment {
  readonly off: boolean;
  readonly severity: Severity | undefined;
  readonly params: Readonly<Record<string, string | number>>;
  readonly addTypes: readonly string[];
  readonly removeTypes: readonly string[];
  readonly addWords: readonly string[];
  readonly removeWords: readonly string[];
  /** From here on nobody may change or waive the rule. Of a Book only. */
  readonly locked?: true;
  /** Why, as whoever wrote it says. */
  readonly reason?: string;
  /** Where it is written. */
  readonly origin?: Origin;
}

/** What the Book sets for one product: `products/<id>/overlay.yaml`. */
export interface Overlay {
  readonly product: string;
  readonly rules: ReadonlyMap<string, RuleAdjustment>;
  readonly addedRules: readonly RuleSource[];
  /** Words added to the sets of the same name. */
  readonly words?: ReadonlyMap<string, WordSet>;
  /** Folder and file shape by type id. */
  readonly places?: ReadonlyMap<string, { readonly folder?: string; readonly file?: string }>;
  readonly aliases?: PartAliases;
  readonly origin: Origin;
}

/** What a product calls the parts of its documents: type id → id of a field, section or column → names. */
export type PartAliases = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Something wrong in a Book file, at its place, with what to do. */
export interface BookProblem {
  readonly path: string;
  readonly span: Span;
  readonly severity: Severity;
  /** Stable id, `book.unknown-key`. */
  readonly code: string;
  readonly message: Words;
  /** The word or key as written that it is about, when it stands inside the thing at `span`: the editor underlines that. */
  readonly about?: string;
  /** Key of the thing that `about` stands behind, where it may stand behind several. */
  readonly under?: string;
  /** What was probably meant instead of `about`. */
  readonly better?: string;
  /** Id of the rule that is left out for it. */
  readonly leavesOut?: string;
  /** Types that this rule names. */
  readonly types?: readonly string[];
}

/** A thing of a lower layer that a higher one replaces. */
export interface Replacement {
  readonly kind: 'page' | 'type' | 'rule' | 'template' | 'kit' | 'term' | 'phase' | 'gate';
  readonly id: string;
  readonly by: Origin;
  readonly replaced: Origin;
}

/** How pages are kept current; both as written (`180d`), empty when not written. */
export interface ReviewPolicy {
  /** How often pages without a `review_cycle` of their own are reviewed. */
  readonly defaultCycle: string;
  /** How long before the day the owner is told. */
  readonly warnBefore: string;
}

/** What people may search for first, as the panel offers it to somebody who has not typed yet. */
export interface SampleSearches {
  readonly ja: readonly string[];
  readonly en: readonly string[];
}

/** The knowledge base with every layer merged. */
export interface Book {
  readonly id: string;
  /** What people call it (コボブック); messages take it as a value. */
  readonly name: Words;
  readonly language: string;
  readonly version: string;
  readonly owner: string;
  /** Path prefix that links like `/handbook/…` are relative to, or empty. */
  readonly siteRoot: string;
  readonly timezone: string;
  readonly sampleSearches?: SampleSearches;
  /** Languages it has texts in, the main one first. */
  readonly languages?: readonly string[];
  readonly review?: ReviewPolicy;
  readonly pages: readonly Page[];
  readonly types: ReadonlyMap<string, DocumentType>;
  /** Fields, words and column aliases of every type, also used where no type is known. */
  readonly common: DocumentType;
  readonly rules: readonly RuleSource[];
  readonly templates: readonly Template[];
  readonly kits: readonly Kit[];
  readonly terms: readonly Term[];
  readonly lifecycle: Lifecycle;
  readonly overlays: ReadonlyMap<string, Overlay>;
  /** What `adjust:` in `book.yaml` changes about inherited rules. */
  readonly adjustments: ReadonlyMap<string, RuleAdjustment>;
  readonly replacements: readonly Replacement[];
  readonly problems: readonly BookProblem[];
}
