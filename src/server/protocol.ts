/**
 * What the language server and its clients say to each other beyond LSP. Plain data only, and how bytes become it: this is
 * the one file of the server that the extension may import. Offsets are UTF-16; lines and characters are 0-based as in LSP.
 */
import type { Diagnostic, Position, Range, TextEdit } from 'vscode-languageserver-protocol';
import type { Bytes } from './wire';

/** How indexes are kept in a folder. */
export { isKey, keepIndex, keptKeys, readKeptIndex, type IndexFolder, type KeptIndex } from '../core/search/kept-index';
/** How bytes travel in every message. */
export { bytesOf, clonedWire, jsonWire, type Bytes, type Wire } from './wire';

// ---------------------------------------------------------------------------------------------------------------------
// Start

export interface InitializationOptions {
  /** `client`: files are read and listed through the client (web, virtual workspaces); `disk`: by the server itself. */
  readonly files: 'client' | 'disk';
  /** The packed starter Book: a path the Node server reads, its text, or its text in UTF-8 (browser). */
  readonly starter: { readonly path: string } | { readonly text: string } | { readonly bytes: Uint8Array };
  /** Language of the interface (`ja`, `en`, …). Findings follow `kobo.yaml`, then the Book, then this. */
  readonly language: string;
  readonly settings: ServerSettings;
  /** False: nothing outside of the workspace folders is read, and git is not asked, until the client tells that it is trusted. */
  readonly trusted: boolean;
  /** The client keeps the indexes of Books from one window to the next and answers `loadIndex` and `saveIndex`; left out: no. */
  readonly keepsIndexes?: boolean;
  /** The client is the extension: it has its commands, opens addresses of guides and watches files by itself; left out: no. */
  readonly extension?: boolean;
  /** Path of a folder where the server keeps the indexes itself, instead. */
  readonly indexFolder?: string;
}

/** The settings of the editor that the server needs. */
export interface ServerSettings {
  /** `kobo.book`: overrides the Book of products that name none. */
  readonly book: string;
  readonly run: 'onType' | 'onSave';
  readonly minimumSeverity: 'error' | 'warning' | 'info' | 'hint';
  /** `kobo.rules`: rule id → off or a severity. */
  readonly rules: Readonly<Record<string, string>>;
}

// ---------------------------------------------------------------------------------------------------------------------
// Files, asked of the client (server → client)

export interface ListFilesParams {
  readonly folder: string;
}
export interface ListFilesResult {
  readonly files: readonly { readonly path: string; readonly size: number }[];
}
export interface ReadFilesParams {
  readonly folder: string;
  /** At most 100 paths. */
  readonly paths: readonly string[];
}
export interface ReadFilesResult {
  /** Without `data` `error` says why. In the order asked. */
  readonly files: readonly { readonly data?: Bytes; readonly error?: 'missing' | 'forbidden' | 'too_large' | 'unreadable' }[];
}

// ---------------------------------------------------------------------------------------------------------------------
// The index of a Book, kept by the client (server → client). It travels in parts, so that neither side holds up its others.

export interface LoadIndexParams {
  /** Name of the Book's index: lower-case letters and digits, at most 16. */
  readonly key: string;
  /** From 0. */
  readonly part: number;
}
export interface LoadIndexResult {
  /** The part, or `null` when there is no whole index. */
  readonly data: Bytes | null;
  readonly parts: number;
  /** An earlier write did not come to its end. */
  readonly interrupted: boolean;
}
export interface SaveIndexParams {
  readonly key: string;
  /** In order from 0; the index is kept when the last one has come. */
  readonly part: number;
  readonly parts: number;
  readonly data: Bytes;
}

// ---------------------------------------------------------------------------------------------------------------------
// State (server → client)

/** State of the Book that the active document uses. Sent when anything of it changes. */
export interface BookState {
  readonly id: string;
  readonly name: string;
  readonly uri: string;
  /** Language of the Book's pages (BCP 47): the panel marks their text with it. */
  readonly language?: string;
  readonly phase: 'loading' | 'ready' | 'failed';
  readonly done: number;
  readonly total: number;
  readonly pages: number;
  /** One plain sentence when `phase` is `failed`; the starter Book serves meanwhile. */
  readonly message: string;
  /** One plain sentence when the kept index could not be used and was built anew. */
  readonly notice?: string;
}

/** What the status item says about one document. */
export interface DocumentState {
  readonly uri: string;
  readonly type: string;
  readonly typeTitle: string;
  readonly recognition: 'front_matter' | 'pattern' | 'guess' | 'none';
  readonly filled: number;
  readonly total: number;
  readonly counts: SeverityCounts;
  /** A rule that went over its time budget, or empty. */
  readonly slowRule: string;
  /** Something is still to be filled in. */
  readonly hasBlanks: boolean;
}

export interface BlanksParams {
  readonly uri: string;
}

export interface SeverityCounts {
  readonly error: number;
  readonly warning: number;
  readonly info: number;
  readonly hint: number;
}

/** How many findings all documents of a product have; sent when it has been found out. */
export interface ProductCountsState {
  readonly folder: string;
  readonly name: string;
  /** `null`: not known. */
  readonly counts: { readonly files: number; readonly errors: number; readonly warnings: number; readonly infos: number } | null;
  /** Documents that were not checked, as nothing says what they are. */
  readonly untyped: number;
  readonly isCounting: boolean;
}

/** Whether the workspace has a product, for the context keys and the Start view. */
export interface WorkspaceState {
  readonly products: readonly { readonly folder: string; readonly id: string; readonly name: string; readonly phase: string }[];
}

// ---------------------------------------------------------------------------------------------------------------------
// Search and reading (client → server)

export type ThingKind = 'page' | 'rule' | 'template' | 'kit' | 'term' | 'gate' | 'document';
export const thingKinds: readonly ThingKind[] = ['page', 'rule', 'template', 'kit', 'term', 'gate', 'document'];

/** UTF-16 ranges into the text beside it. */
export type Highlights = readonly (readonly [number, number])[];

export interface SearchParams {
  /** Echoed, so that the asker can drop answers that come late. */
  readonly number: number;
  readonly text: string;
  readonly kinds: readonly ThingKind[];
  readonly scope: 'product' | 'company' | 'all';
  readonly phases: readonly string[];
  readonly audiences: readonly string[];
  readonly tags: readonly string[];
  readonly offset: number;
  readonly limit: number;
  /** Document whose product and Book are meant; empty = the first. */
  readonly uri: string;
}

export interface SearchResult {
  readonly number: number;
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly counts: Readonly<Record<ThingKind, number>>;
  readonly facets: Facets;
  readonly didYouMean: readonly { readonly text: string; readonly total: number }[];
  readonly nearTerms: readonly { readonly text: string; readonly path: string }[];
  /** Set while the index is being built: the answer comes from what is read so far. */
  readonly progress: { readonly done: number; readonly total: number } | null;
  readonly tookMs: number;
}

export interface FacetValue {
  readonly value: string;
  readonly label: string;
  readonly count: number;
}
export interface Facets {
  readonly phases: readonly FacetValue[];
  readonly audiences: readonly FacetValue[];
  readonly tags: readonly FacetValue[];
  readonly products?: readonly FacetValue[];
}

export interface Hit {
  readonly kind: ThingKind;
  readonly title: string;
  readonly titleHighlights: Highlights;
  /** Breadcrumb for pages and documents, a kind line for the rest (`ルール CMP-016`). */
  readonly where: string;
  readonly snippet: string;
  readonly highlights: Highlights;
  readonly place: Place;
  /** Days past the review date; 0 = not stale. */
  readonly staleDays: number;
  /** For templates: id for `kobo.new`. */
  readonly template: string;
  /** The template is a part of a document, which is put in at the cursor. */
  readonly isSnippet?: boolean;
}

/** Where a thing is: a page of the Book (reading pane) or a project file (editor). */
export type Place =
  | { readonly kind: 'page'; readonly book: string; readonly path: string; readonly anchor: string }
  | { readonly kind: 'file'; readonly uri: string; readonly line: number };

export interface PageParams {
  readonly book: string;
  readonly path: string;
  /** What the person searched for: matches are marked in the answer. */
  readonly query: string;
  readonly uri: string;
}

/** A thing of the Book as the reading pane shows it. Rules, terms, templates and gates are shown in the same form. */
export interface PageView {
  readonly kind: ThingKind;
  readonly book: string;
  readonly path: string;
  readonly title: string;
  readonly breadcrumb: readonly string[];
  readonly language: string;
  readonly owner: string;
  /** ISO days, or empty. */
  readonly reviewed: string;
  readonly nextReview: string;
  readonly staleDays: number;
  readonly blocks: readonly Block[];
  /** Marked text ranges are already part of the inlines (`kind: 'mark'`); this is how many there are. */
  readonly matches: number;
  readonly rules: readonly RuleState[];
  readonly template: { readonly id: string; readonly title: string; readonly kind: TemplateChoice['kind'] } | null;
  readonly related: readonly { readonly title: string; readonly place: Place; readonly staleDays: number }[];
  /** The page as written, for the editor's own preview. */
  readonly markdown: string;
  /** Markdown link to paste. */
  readonly link: string;
}

/** A rule that checks what the page says, with its state in the product at hand. */
export interface RuleState {
  readonly id: string;
  readonly title: string;
  readonly state: 'passes' | 'findings' | 'waived' | 'off' | 'not_judged' | 'no_product';
  readonly findings: number;
  /** Of the worst of these findings: 1 error, 2 warning, 3 info, 4 hint; 0 without findings. */
  readonly severity: number;
  /** ISO day a waiver ends, or empty. */
  readonly until: string;
  readonly place: Place | null;
  readonly first: { readonly uri: string; readonly line: number; readonly label: string } | null;
}

/** A page as a typed tree: becomes DOM by `textContent` only. */
export type Block =
  | { readonly kind: 'heading'; readonly level: number; readonly anchor: string; readonly inlines: readonly Inline[] }
  | { readonly kind: 'paragraph'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'list'; readonly ordered: boolean; readonly start: number; readonly items: readonly ListItem[] }
  | { readonly kind: 'table'; readonly header: readonly (readonly Inline[])[]; readonly rows: readonly (readonly (readonly Inline[])[])[] }
  | { readonly kind: 'code'; readonly language: string; readonly text: string }
  | { readonly kind: 'quote'; readonly blocks: readonly Block[] }
  | { readonly kind: 'line' };

export interface ListItem {
  /** `null` for a plain item. */
  readonly checked: boolean | null;
  readonly blocks: readonly Block[];
}

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'strike'; readonly inlines: readonly Inline[] }
  | { readonly kind: 'link'; readonly target: LinkTarget; readonly inlines: readonly Inline[] }
  | { readonly kind: 'break' };

/** `dead` = a target that is not allowed (command:, data:, javascript:, file:, outside the Book): shown as text. */
export type LinkTarget =
  | { readonly kind: 'page'; readonly path: string; readonly anchor: string }
  | { readonly kind: 'web'; readonly url: string }
  | { readonly kind: 'dead' };

// ---------------------------------------------------------------------------------------------------------------------
// Guidance for the document at hand (client → server)

export interface ContextParams {
  readonly uri: string;
  readonly position: Position;
}

/** What the panel shows while nothing is searched for. */
export interface ContextView {
  /** `null` when no project document is open. */
  readonly document: {
    readonly uri: string;
    readonly name: string;
    readonly type: string;
    readonly typeTitle: string;
    readonly filled: number;
    readonly total: number;
    readonly phaseTitle: string;
  } | null;
  readonly section: { readonly title: string; readonly guides: readonly GuideLink[] } | null;
  readonly findings: readonly { readonly message: string; readonly severity: number; readonly uri: string; readonly line: number; readonly character: number; readonly fixable: boolean }[];
  readonly findingCount: number;
  /** Rules made for documents of this type and those with findings here, what is to be done first. */
  readonly rules: readonly RuleState[];
  readonly missing: readonly { readonly label: string; readonly edit: FileEdit | null }[];
  readonly actions: readonly { readonly label: string; readonly icon: string; readonly command: string; readonly argument: string }[];
  readonly examples: readonly { readonly title: string; readonly detail: string; readonly place: Place }[];
  /** For the state without a document: things to try, recent pages are the client's own memory. */
  readonly tryQueries: readonly string[];
  readonly gate: { readonly title: string; readonly guides: readonly GuideLink[] } | null;
}

export interface GuideLink {
  readonly title: string;
  readonly summary: string;
  readonly place: Place;
}

export interface FileEdit {
  readonly uri: string;
  /** Of the open document that the edits are for; `null`: the file as it is on disk. They are made in no other text. */
  readonly version: number | null;
  readonly edits: readonly TextEdit[];
}

// ---------------------------------------------------------------------------------------------------------------------
// Templates (client → server)

export interface TemplatesParams {
  readonly uri: string;
}
export interface TemplateChoice {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly kind: 'document' | 'snippet';
  readonly type: string;
  readonly forThisPhase: boolean;
  readonly asks: readonly TemplateAsk[];
  /** Suggested path inside the product, with answers and dates filled in where known. */
  readonly path: string;
}
export interface TemplateAsk {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly default: string;
  readonly choices: readonly string[];
}
export interface RenderTemplateParams {
  readonly id: string;
  readonly uri: string;
  readonly answers: Readonly<Record<string, string>>;
}
export interface RenderedTemplate {
  /** Suggested path relative to `folder`. */
  readonly path: string;
  readonly folder: string;
  /** Snippet text: only tab stops (`${1:…}`) are live, everything else is escaped. */
  readonly snippet: string;
  /** The same as plain text. */
  readonly text: string;
}

// ---------------------------------------------------------------------------------------------------------------------
// Checking (client → server)

export interface CheckAllParams {
  /** Folder URI, or empty for every workspace folder. */
  readonly folder: string;
}
export interface CheckFileParams {
  readonly uri: string;
}
/** How far "check all" or a proposal is. */
export interface CheckProgress {
  readonly done: number;
  readonly total: number;
}
export interface CheckAllResult {
  readonly files: readonly { readonly uri: string; readonly diagnostics: readonly Diagnostic[] }[];
  readonly summary: {
    readonly files: number; readonly errors: number; readonly warnings: number; readonly infos: number; readonly hints: number;
    readonly waived: number; readonly baselined: number; readonly not_judged: number;
  };
  /** Documents that are not checked because nothing says of which type they are. */
  readonly untyped: number;
  /** The `kobo.yaml` that could say so: of the product with the most of them. Empty without any. */
  readonly untypedKobo: string;
  readonly cancelled: boolean;
}

/** Carried in `Diagnostic.data`: what code actions and hovers need. */
export interface FindingData {
  readonly rule: string;
  readonly guide: string;
}

/** Carried in `Diagnostic.data` of a problem in a file of a Book: what was probably meant. */
export interface ProblemData {
  readonly better: string;
}

export interface TypesParams {
  readonly uri: string;
}
export interface TypeChoice {
  readonly id: string;
  readonly title: string;
  /** The document looks like this type. */
  readonly guess: boolean;
}
export interface ManageAsParams {
  readonly uri: string;
  readonly type: string;
}

// ---------------------------------------------------------------------------------------------------------------------
// Use this folder (client → server)

export interface ProposeSetupParams {
  readonly folder: string;
}
export interface SetupView {
  /** Set when the folder has a `kobo.yaml` already. */
  readonly exists: boolean;
  readonly id: string;
  readonly name: string;
  readonly phases: readonly { readonly id: string; readonly title: string; readonly likely: boolean; readonly evidence: string }[];
  readonly lines: readonly SetupLine[];
  /** Paths of documents of which nothing is recognised. */
  readonly unknown: readonly string[];
  readonly types: readonly { readonly id: string; readonly title: string }[];
}
export interface SetupLine {
  readonly pattern: string;
  readonly type: string;
  readonly typeTitle: string;
  readonly evidence: string;
  readonly sure: boolean;
  readonly files: number;
  readonly counts: SeverityCounts;
}
export interface RenderSetupParams {
  readonly folder: string;
  readonly id: string;
  readonly name: string;
  readonly phase: string;
  readonly lines: readonly { readonly pattern: string; readonly type: string }[];
  readonly baseline: boolean;
}
export interface RenderedSetup {
  readonly koboYaml: string;
  /** Text of the baseline file, or empty. */
  readonly baseline: string;
}

// ---------------------------------------------------------------------------------------------------------------------
// Waivers (client → server)

/** Where a waiver can be written: for one row or line, for the document, for the whole product. */
export type WaiveScope = 'row' | 'document' | 'product';

/** A finding as its diagnostic names it. */
export interface FindingPlace {
  readonly uri: string;
  readonly rule: string;
  readonly line: number;
  readonly character: number;
}

/** What a person can choose from when a finding is waived. */
export interface WaiveOptions {
  readonly rule: string;
  /** The line of the finding as it is now. */
  readonly written: string;
  readonly title: string;
  readonly message: string;
  /** A sentence when the rule cannot be waived; else empty. */
  readonly refused: string;
  /** `where` is the file (relative to the product) that the waiver is written into. */
  readonly scopes: readonly { readonly scope: WaiveScope; readonly where: string }[];
  readonly until: {
    /** ISO days. */
    readonly today: string;
    readonly last: string;
    readonly month: string;
    readonly quarter: string;
    /** `null` when no schedule says when. */
    readonly gate: { readonly title: string; readonly day: string } | null;
  };
  /** Names of the roster. */
  readonly people: readonly string[];
}

export interface WaiveParams extends FindingPlace {
  /** As {@link WaiveOptions} said it: the finding goes with its line when that moves, and is gone when it changes. */
  readonly written: string;
  readonly scope: WaiveScope;
  readonly reason: string;
  readonly approvedBy: string;
  /** ISO day. */
  readonly until: string;
}
/** Parts that are not given are not looked at. */
export interface CheckWaiverParams {
  readonly uri: string;
  readonly reason?: string;
  readonly until?: string;
}
/** An edit, or a sentence that says why there is none. */
export interface WaiveResult {
  readonly edit: FileEdit | null;
  readonly refused: string;
}

export interface WhyParams {
  readonly uri: string;
}

export type WaiverGroup = 'expired' | 'soon' | 'no_effect' | 'unused' | 'valid';

/** A waiver as the list shows it. */
export interface WaiverRow {
  readonly group: WaiverGroup;
  readonly product: string;
  readonly rule: string;
  readonly title: string;
  readonly reason: string;
  readonly approvedBy: string;
  /** Who committed the line last, with the ISO day; `null` where git does not know, or the line is not committed yet. */
  readonly committed: { readonly author: string; readonly day: string } | null;
  /** ISO day, or empty. */
  readonly until: string;
  /** What it is for: a path or pattern. */
  readonly path: string;
  /** Where it is written. */
  readonly uri: string;
  readonly position: Position;
}
export interface ChangeWaiverParams {
  /** As it was listed: it is found again when it has moved, and gone when it has changed. */
  readonly row: Pick<WaiverRow, 'uri' | 'position' | 'rule' | 'path' | 'reason' | 'approvedBy' | 'until'>;
  /** A new last day (ISO), or `null` to end the waiver. */
  readonly until: string | null;
}

// ---------------------------------------------------------------------------------------------------------------------
// What a change would do (client → server)

/** What is compared with how things are. */
export type ImpactChange =
  /** A file of a Book, or a `kobo.yaml`, as it is in the editor, with the saved text (or, when it is saved, the text it was opened with). */
  | { readonly kind: 'file'; readonly uri: string }
  /** Rules of a Book's file that are drafts, on trial or announced, as if they were in force everywhere. */
  | { readonly kind: 'in_force'; readonly uri: string }
  /** Another level for the product of a file. */
  | { readonly kind: 'level'; readonly uri: string; readonly level: string };

export interface ImpactParams {
  /** Echoed in the parts. */
  readonly number: number;
  readonly change: ImpactChange;
}
/** One finding that comes, goes or changes. */
export interface ImpactRow {
  readonly kind: 'added' | 'removed' | 'changed';
  readonly rule: string;
  readonly title: string;
  readonly severity: 'error' | 'warning' | 'info' | 'hint';
  readonly message: string;
  /** As it was, when it changes. */
  readonly before: { readonly severity: 'error' | 'warning' | 'info' | 'hint'; readonly message: string } | null;
  readonly product: string;
  readonly uri: string;
  /** Relative to the product. */
  readonly path: string;
  readonly position: Position;
}
export interface ImpactCounts {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}
/** What is known since the last part; sent while the comparison runs. */
export interface ImpactPart {
  readonly number: number;
  readonly done: number;
  readonly total: number;
  readonly rows: readonly ImpactRow[];
  /** Of everything so far, also of rows that are not sent because there are too many. */
  readonly counts: ImpactCounts;
}
export interface ImpactResult {
  /** A sentence when nothing could be compared; else empty. */
  readonly refused: string;
  readonly products: number;
  readonly documents: number;
  readonly counts: ImpactCounts;
  readonly cancelled: boolean;
}
export interface ImpactChoicesParams {
  readonly uri: string;
}
/** What can be asked about a file. */
export interface ImpactChoices {
  /** The text in the editor differs from the saved one, or from the one it was opened with. */
  readonly changed: 'unsaved' | 'since_opened' | 'no';
  /** Rules of the file that are not in force everywhere. */
  readonly staged: readonly { readonly rule: string; readonly title: string; readonly stage: 'draft' | 'pilot' | 'announced' }[];
}
export interface LevelsParams {
  readonly uri: string;
}
/** The levels of a product and the rules that are not (or no longer) in force in it. */
export interface LevelsView {
  /** The `kobo.yaml`. */
  readonly uri: string;
  readonly product: string;
  readonly levels: readonly {
    readonly id: string;
    readonly title: string;
    readonly description: string;
    readonly now: boolean;
    /** Findings that come with it; `null` for this level and those below. */
    readonly added: number | null;
  }[];
  readonly stages: readonly {
    readonly rule: string;
    readonly title: string;
    readonly stage: 'pilot' | 'announced' | 'retired';
    /** Products of a pilot, or the ISO day. */
    readonly detail: string;
    /** A pilot in this product. */
    readonly here: boolean;
    /** Address of its guide (`kobo-book:…`), or empty. */
    readonly guide: string;
  }[];
}
export interface SetLevelParams {
  readonly uri: string;
  readonly level: string;
}

// ---------------------------------------------------------------------------------------------------------------------
// Writing rules (client → server)

export interface RuleTestsParams {
  /** A rule file; empty: every rule file of the workspace's Books. */
  readonly uri: string;
  /** False: only what there is; nothing is run. */
  readonly run: boolean;
  /** Ids of the rules that are wanted; left out: all. */
  readonly rules?: readonly string[];
}
/** The rules of a file with their examples. */
export interface RuleTestFile {
  readonly uri: string;
  /** Relative to the Book folder. */
  readonly path: string;
  readonly rules: readonly RuleTest[];
}
export interface RuleTest {
  readonly id: string;
  readonly title: string;
  readonly range: Range;
  readonly examples: readonly ExampleTest[];
}
/** One example; `ok` and what follows only when it was run. */
export interface ExampleTest {
  readonly kind: 'good' | 'bad';
  readonly index: number;
  readonly label: string;
  readonly range: Range;
  readonly ok: boolean | null;
  /** Why it did not behave. */
  readonly reason: string;
  /** The example with what should be underlined and what is, between `《》`, and the findings. */
  readonly expected: string;
  readonly actual: string;
}

/** What a person can choose from when a rule is made. */
export interface NewRuleOptions {
  /** Type of the document at hand, or empty. */
  readonly type: string;
  readonly kinds: readonly { readonly id: string; readonly title: string; readonly detail: string; readonly needs: readonly string[] }[];
  readonly types: readonly NewRuleType[];
  readonly guides: readonly { readonly address: string; readonly title: string; readonly where: string }[];
  readonly levels: readonly NamedChoice[];
  readonly gates: readonly NamedChoice[];
  readonly severities: readonly NamedChoice[];
  readonly recognisers: readonly NamedChoice[];
  /** Ids of the workspace's products. */
  readonly products: readonly string[];
  /** Rule files that a rule can be put into, and Books that can take a new file. */
  readonly files: readonly { readonly uri: string; readonly label: string; readonly title: string; readonly nextId: string; readonly book: string; readonly outside: boolean }[];
  /** `outside`: it lies on disk, but in no folder of the workspace. */
  readonly books: readonly { readonly folder: string; readonly name: string; readonly nextId: string; readonly outside: boolean }[];
  /** The level that most rules of the Book have. */
  readonly level: string;
  /** Workspace folders whose `kobo.yaml` has a Book other than the starter Book, with its name or address: a new Book is in nobody's use there. */
  readonly named: readonly { readonly folder: string; readonly book: string }[];
}
export interface NamedChoice {
  readonly id: string;
  readonly title: string;
}
export interface NewRuleType extends NamedChoice {
  readonly sections: readonly NamedChoice[];
  readonly fields: readonly NamedChoice[];
  readonly columns: readonly (NamedChoice & { readonly kind: string; readonly hasWords: boolean })[];
  readonly statuses: readonly NamedChoice[];
}
/** What was chosen; keys that a kind does not need are left out. */
export interface NewRuleChoice {
  readonly kind: string;
  readonly type: string;
  readonly section?: string;
  readonly field?: string;
  readonly column?: string;
  readonly columns?: readonly string[];
  readonly status?: string;
  readonly words?: readonly string[];
  readonly days?: number;
  readonly otherType?: string;
  readonly gate?: string;
  readonly recogniser?: string;
}
/** Sentences and examples, ready to be changed. */
export interface NewRuleTexts {
  readonly title: string;
  readonly titleEn: string;
  readonly message: string;
  readonly messageEn: string;
  readonly why: string;
  readonly good: string;
  readonly bad: string;
}
/** With the address of the page that explains rules like this, or empty. */
export interface NewRuleProposal extends NewRuleTexts {
  readonly guide: string;
}
export interface NewRuleParams {
  readonly answers: NewRuleChoice & NewRuleTexts & { readonly id: string; readonly guide: string; readonly level: string; readonly severity: string; readonly pilot: readonly string[] };
  readonly target: NewRuleTarget;
}
/** A rule file that is there, or a new one of a Book that is there or is made. `use`: a `kobo.yaml` that has another Book shall use the new one. */
export type NewRuleTarget =
  | { readonly kind: 'file'; readonly uri: string }
  | { readonly kind: 'newFile'; readonly folder: string; readonly group: string; readonly title: string; readonly newBook: boolean; readonly use?: boolean };
/** The rule as it would be written, and how its examples behave. */
export interface NewRuleResult {
  readonly yaml: string;
  readonly examples: readonly { readonly kind: 'good' | 'bad'; readonly ok: boolean; readonly reason: string }[];
  readonly problems: readonly string[];
  /** Files that are made, then the edit of the rule file. */
  readonly creates: readonly { readonly uri: string; readonly text: string }[];
  /** Makes the product use a Book that is new: an edit of its `kobo.yaml`. */
  readonly uses: FileEdit | null;
  /** A product has the Book that the rule stands in, or will have it by `uses`. */
  readonly inUse: boolean;
  readonly edit: FileEdit | null;
}

// ---------------------------------------------------------------------------------------------------------------------
// Gates (client → server)

export type { GateItem, GateParams, GateView } from './gate-protocol';

// ---------------------------------------------------------------------------------------------------------------------
// Fixes in bulk, and what to say to the owner of a rule (client → server)

export interface FixAllParams {
  /** A document of the product. */
  readonly uri: string;
  /** Empty: every rule. */
  readonly rule: string;
  readonly where: 'document' | 'product';
}
/** Safe fixes only. */
export interface FixAllResult {
  readonly files: readonly FileEdit[];
  readonly fixes: number;
}
export interface FixableParams {
  readonly uri: string;
}
/** Rules whose findings in a product can be fixed in bulk. */
export interface FixableRule {
  readonly rule: string;
  readonly title: string;
  readonly fixes: number;
  readonly documents: number;
}

export interface ProposalParams extends FindingPlace {
  /** The person has agreed that a piece of the document goes into the proposal. */
  readonly excerpt: boolean;
}
/** A proposal for the owner of a rule, as a Markdown file. */
export interface Proposal {
  readonly text: string;
  /** Where it goes when the Book is in the workspace: URI of a file that is not there yet; else empty. */
  readonly uri: string;
  readonly owner: string;
}

// ---------------------------------------------------------------------------------------------------------------------
// Names

export { methods } from './methods';
