import type { Book, BookProblem, DocumentType, RuleSource } from '../book/book';
import { isAlike } from '../book/change';
import { unreadable } from '../book/problems';
import { readYaml } from '../book/yaml-source';
import type { ProjectDocument } from '../document/document';
import { formatOf } from '../document/format';
import { hasNoText, readDocument, withoutText } from '../document/read';
import type { Finding, TextChange } from '../rules/finding';
import { LineIndex, type Range } from '../text/position';
import { renderTemplate, type Rendered } from '../templates/render';
import { decodeText } from '../text/decode';
import { neverCancelled, type Breath, type Cancellation, type FileContent, type Progress } from '../workspace';
import { compileRules } from '../rules/compile';
import type { CheckContext } from '../rules/context';
import type { RuleSet } from '../rules/rule';
import { CheckMemory } from '../rules/memory';
import { checkDocument, checkProduct, waitsForGate, type CheckResult, type ProductCheckResult } from '../rules/run';
import { progressOf } from '../rules/progress';
import { daysOffOf } from '../text/business-days';
import { capFindings, usualCaps } from '../rules/caps';
import { cannotBeOpened, ownGuides, readingRules } from '../rules/reading';
import { baselineFileName, missingBaseline, readBaseline, type Baseline } from './baseline';
import { GoneFiles } from './baseline-renames';
import { checkKoboPaths, koboProblems } from './kobo-check';
import { leavesAllOut, practiceFindings, practiceRule, problemFindings, underSetting, unreadParts } from './kobo-findings';
import { Guides } from './guides';
import { understand, type TypedDocument } from './meaning';
import { byPlace, groupedByPath } from './order';
import { underOwnRules } from './own-rules';
import { koboFileName, type ProductSettings, type Recognition, type Waiver } from './product';
import { isManaged, lineFor, recognise, unmanaged } from './recognise';
import { Practice } from './practice';
import type { ProjectOptions } from './project-options';
import type { ProjectParts } from './project-parts';
import { byWaiver, type DocumentReport, type ProductReport, type WaiverUse } from './report';
import { typeEdit } from './type-edit';
import { ProductIndex, type IdPlace } from './records';
import { effectiveSettings, type EffectiveSettings, type RuleState } from './settings';
import { addSummaries, emptySummary, summarise } from './summary';
import { todayIn } from './today';
import { bookFoldersIn, isUntyped } from './untyped';
import { suppress } from './suppress';

interface Entry {
  readonly document: ProjectDocument;
  readonly recognition: Recognition;
  readonly typed: TypedDocument;
  /** Of the check of the version before; made with the second version, so that documents nobody edits keep nothing. */
  readonly memory: CheckMemory | undefined;
  /** What the rules that look at this document alone said, and the rules they were. */
  local: { readonly rules: RuleSet; readonly practice: number; readonly terms: CheckContext['terms']; readonly result: CheckResult } | undefined;
  /** What the rules that look at other documents too said, when all documents were as they are at a revision, and history at a commit. */
  network: { readonly rules: RuleSet; readonly revision: number; readonly past: string; readonly result: CheckResult } | undefined;
}

interface Day {
  readonly today: string;
  readonly effective: EffectiveSettings;
  /** Compiled when they are first asked. */
  readonly rules: RuleSet;
}

/** Milliseconds that one rule may take for one document while somebody waits for it. */
const usualBudget = 1000;
const breathEvery = 10;

/**
 * A product: its documents, read through their types, and what the rules say about them. The editor and the command line
 * both check through this class, so that they say the same.
 */
export class Project {
  readonly #options: ProjectOptions;
  readonly #entries = new Map<string, Entry>();
  #index: ProductIndex;
  #practice = new Practice();
  readonly #files: Set<string>;
  readonly #koboProblems: readonly BookProblem[];
  #bookFolders: readonly string[] | undefined;
  readonly #guides: Guides;
  #day: Day | undefined;
  /** Counts every change of any document. */
  #revision = 0;
  #baseline: Baseline | undefined;
  #baselineProblems: readonly BookProblem[] = [];
  readonly #gone = new GoneFiles();
  /** What the last check of all documents said of the product itself, and how it used the waivers. */
  #told: { readonly findings: readonly Finding[]; readonly usage: Map<Waiver, WaiverUse> | undefined } | undefined;

  constructor(options: ProjectOptions) {
    this.#options = options;
    this.#guides = new Guides(options.book);
    this.#files = new Set(options.files);
    this.#index = new ProductIndex(options.files, options.others);
    const { koboText, isKoboUnreadable = false, settings, book } = options;
    this.#koboProblems =
      koboText === undefined || settings === undefined ? []
      : isKoboUnreadable ? [unreadable(koboFileName, '')]
      : koboProblems(koboText, settings, book);
    for (const path of options.files) if (path.endsWith('/')) this.#putUnreadable(path);
  }

  get book(): Book {
    return this.#options.book;
  }

  /** ISO day in the time zone of the product or its Book. */
  get today(): string {
    const { today, clock } = this.#options;
    return today ?? todayIn(this.timezone, clock());
  }

  /** That of the product or its Book. */
  get timezone(): string {
    const { settings, book } = this.#options;
    return settings?.timezone ?? book.timezone;
  }

  /** Whether rules ask how documents came to be as they are. */
  get usesHistory(): boolean {
    return this.#current().rules.rules.some((rule) => rule.cost === 'history' && rule.setting.state !== 'above_level');
  }

  /** Language of findings. */
  get language(): 'ja' | 'en' {
    return this.#options.language ?? (this.#current().effective.language === 'ja' ? 'ja' : 'en');
  }

  /** Types with the words and places of the product. */
  get types(): ReadonlyMap<string, DocumentType> {
    return this.#current().effective.types;
  }

  get files(): readonly string[] {
    return [...this.#files];
  }

  /** Whether a file is one of the product. */
  holds(path: string): boolean {
    return this.#files.has(path);
  }

  /** Names of the roster. */
  get people(): readonly string[] {
    return this.#index.people.filter((person) => person.active).map((person) => person.name);
  }

  /** What makes the settings or the baseline they name unreadable; such a product must not be called clean. */
  get unreadable(): readonly { readonly path: string; readonly line: number; readonly message: string }[] {
    return unreadParts([...this.#koboProblems, ...this.#baselineProblems], this.#koboLines(), this.language);
  }

  /** Nothing of `kobo.yaml` is known: what only follows from that need not be told. */
  get #isKoboUnread(): boolean {
    return this.#koboProblems.some(leavesAllOut);
  }

  /** What makes the Book, or rules of it, unreadable: with parts left out no product must be called clean either. */
  get bookErrors(): readonly BookProblem[] {
    return [...this.book.problems, ...this.#current().rules.problems].filter((problem) => problem.severity === 'error');
  }

  /** Files worth reading: those of a known format, but `kobo.yaml` and what a Book or baseline keeps. */
  wanted(): readonly string[] {
    if (this.#options.settings === undefined) return [];
    return [...this.#files].filter((path) => formatOf(path) !== undefined && path !== koboFileName).sort();
  }

  /** Rules of the Book and of its overlay for this product. */
  get rules(): readonly RuleSource[] {
    return this.#current().effective.rules;
  }

  rule(id: string): RuleSource | undefined {
    return this.#current().effective.rules.find((rule) => rule.id === id);
  }

  /** Whether a rule gives no findings here, whatever the documents say. */
  isOff(id: string): boolean {
    const state = this.#current().effective.ruleSetting(id)?.state;
    return state !== 'on' && state !== 'announced';
  }

  /** What every rule does here: gives findings, hints, or nothing, and why not. */
  ruleStates(): readonly { readonly id: string; readonly state: RuleState }[] {
    const { effective } = this.#current();
    return effective.rules.flatMap(({ id }) => {
      const setting = effective.ruleSetting(id);
      return setting === undefined ? [] : [{ id, state: setting.state }];
    });
  }

  /** Words for a guide link: the heading it leads to, else the page's title. */
  guideTitle(guide: string): string {
    return this.#guides.titleOf(guide);
  }

  /** Reads a document; a text that did not change costs nothing. */
  put(path: string, text: string): void {
    const known = this.#entries.get(path)?.document;
    const before = known !== undefined && hasNoText(known) ? undefined : known;
    // What is to be said about `kobo.yaml` is said by the product.
    if (formatOf(path) === undefined || path === koboFileName || before?.text === text) return;
    this.putDocument(readDocument(path, text, before));
  }

  putDocument(document: ProjectDocument): void {
    const { settings, book } = this.#options;
    const { effective } = this.#current();
    const recognition = recognise(document, book, settings);
    const type = recognition.by === 'none' ? undefined : effective.types.get(recognition.type);
    const typed = understand(document, type, effective.common, recognition.by === 'guess');
    if (!this.#files.has(document.path)) this.#bookFolders = undefined;
    this.#files.add(document.path);
    const before = this.#entries.get(document.path);
    const memory = before === undefined ? undefined : (before.memory ?? new CheckMemory());
    this.#entries.set(document.path, { document, recognition, typed, memory, local: undefined, network: undefined });
    if (settings !== undefined || recognition.by === 'front_matter') this.#index.set(typed);
    if (settings !== undefined) this.#practice.set(typed);
    this.#revision++;
  }

  /** Reads a document as a folder gave it. One that cannot be had is told of, unless it is gone meanwhile or `kobo.yaml` wants nothing of it. */
  putFile(content: FileContent): void {
    if (content.ok) this.put(content.path, decodeText(content.bytes).text);
    else if (content.code === 'too_large') this.putDocument(withoutText(content.path, 'too_large'));
    else if (content.code !== 'missing') this.#putUnreadable(content.path);
  }

  #putUnreadable(path: string): void {
    const lines = this.#options.settings?.documents ?? [];
    // Of a folder: what a document in it would be.
    if (lineFor(path.endsWith('/') ? `${path}a.md` : path, lines)?.type !== unmanaged) this.putDocument(withoutText(path, 'unreadable'));
  }

  /** A file that is no document is there now: links may lead to it. */
  addFile(path: string): void {
    this.#files.add(path);
    this.#bookFolders = undefined;
    this.#index.addFile(path);
    this.#revision++;
  }

  /** A file of a product below this one came or went: links may lead to it. @returns whether that was not known */
  setOther(path: string, isThere: boolean): boolean {
    const isNews = this.#index.setOther(path, isThere);
    if (isNews) this.#revision++;
    return isNews;
  }

  remove(path: string): void {
    this.#files.delete(path);
    this.#bookFolders = undefined;
    this.#entries.delete(path);
    this.#index.delete(path);
    this.#practice.delete(path);
    this.#revision++;
  }

  /**
   * Findings that the baseline which `kobo.yaml` names lists are marked as there before. One that is missing or broken hides nothing and is told of there.
   * @param text `undefined`: it cannot be had
   */
  setBaseline(text: string | undefined): void {
    const { settings, koboText } = this.#options;
    const name = settings?.baseline ?? baselineFileName;
    const { baseline, problems } = text === undefined ? { baseline: undefined, problems: [missingBaseline(name)] } : readBaseline(text, name);
    this.#baseline = baseline;
    this.#baselineProblems = problems.map((problem) => ({ ...problem, path: koboFileName, span: readYaml(koboText ?? '').spanOf(['baseline']) }));
  }

  /** Another baseline in place of the one that `kobo.yaml` names. */
  replaceBaseline(baseline: Baseline): void {
    this.#baseline = baseline;
    this.#baselineProblems = [];
  }

  /** There may be a new commit. */
  committed(): void {
    this.#options.history?.renew?.();
  }

  textOf(path: string): string | undefined {
    return this.#entries.get(path)?.document.text;
  }

  typed(path: string): TypedDocument | undefined {
    return this.#entries.get(path)?.typed;
  }

  /** The number of a record (`R-001`) at an offset of a document. */
  numberAt(path: string, offset: number): string | undefined {
    return this.#index.idAt(path, offset);
  }

  /** Where a number is defined, and where it is named; of the documents that are known. */
  placesOfNumber(id: string): { readonly defined: readonly IdPlace[]; readonly named: readonly IdPlace[] } {
    const defined = this.#index.explanations(id);
    const named = this.#index.mentions(id).filter((mention) => !defined.some(({ document, span }) => document === mention.document && span.start === mention.span.start));
    return { defined, named };
  }

  recognition(path: string): Recognition | undefined {
    return this.#entries.get(path)?.recognition;
  }

  /**
   * The same documents under other settings.
   * @param koboText the file they are read from, where what is said of it is wanted too
   */
  withSettings(settings: ProductSettings, koboText?: string): Project {
    const project = new Project({ ...this.#options, settings, koboText });
    for (const { document } of this.#entries.values()) project.putDocument(document);
    return project;
  }

  /**
   * The same documents under another Book or other settings. They are not read again; those whose type says the same are
   * understood as they were, and where all are, what is known of them together is shared: such a project is for looking only.
   */
  changed(change: { readonly book?: Book; readonly settings?: ProductSettings }): Project {
    const project = new Project({ ...this.#options, ...change, koboText: undefined, editorRules: {} });
    const { effective: before } = this.#current();
    const { effective: after } = project.#current();
    const { book, settings } = project.#options;
    const alike = new Map<string, boolean>();
    const isKept = (type: string): boolean => {
      const known = alike.get(type) ?? isAlike(before.types.get(type), after.types.get(type));
      alike.set(type, known);
      return known;
    };
    const commonIsKept = isAlike(before.common, after.common);
    const recognitionIsKept = isAlike(mappingsOf(this.#options.settings), mappingsOf(settings))
      && before.types.size === after.types.size && [...before.types.keys()].every(isKept);
    let isUntouched = true;
    for (const [path, entry] of this.#entries) {
      const recognition = recognitionIsKept ? entry.recognition : recognise(entry.document, book, settings);
      const type = recognition.by === 'none' ? undefined : after.types.get(recognition.type);
      const guessed = recognition.by === 'guess';
      const isSame = commonIsKept && entry.typed.type?.id === type?.id && entry.typed.guessed === guessed && (type === undefined || isKept(type.id));
      isUntouched &&= isSame;
      const typed = isSame ? entry.typed : understand(entry.document, type, after.common, guessed);
      project.#entries.set(path, { document: entry.document, recognition, typed, memory: undefined, local: undefined, network: undefined });
    }
    project.#baseline = this.#baseline;
    // Waivers are read anew with the file, so that nobody has used them yet.
    project.#told = this.#told === undefined ? undefined : { findings: this.#told.findings, usage: undefined };
    if (isUntouched) {
      project.#index = this.#index;
      project.#practice = this.#practice;
    } else {
      for (const { typed } of project.#entries.values()) {
        project.#index.set(typed);
        project.#practice.set(typed);
      }
    }
    return project;
  }

  /**
   * The same documents as they are judged at a gate, for looking only. What a person's editor changes does not count there, nor does the
   * baseline: that keeps old findings from failing a build, and a gate asks how the documents are, not what is new in them.
   */
  atGate(gate: string): Project {
    const project = new Project({ ...this.#options, files: [...this.#files], editorRules: {}, gate });
    for (const [path, entry] of this.#entries) project.#entries.set(path, { ...entry, memory: undefined, local: undefined, network: undefined });
    project.#index = this.#index;
    project.#practice = this.#practice;
    project.#day = this.#current();
    return project;
  }

  /** What a comparison works with; a view that holds until a document changes. */
  parts(): ProjectParts {
    const day = this.#current();
    const { book, settings } = this.#options;
    const empty = readDocument(koboFileName, '');
    return {
      book, settings,
      effective: day.effective,
      get rules() {
        return day.rules;
      },
      context: this.#context(),
      index: this.#index,
      past: this.#pastOf(),
      documents: new Map([...this.#entries.keys()].sort().flatMap((path) => {
        const entry = this.#entries.get(path);
        return entry === undefined ? [] : [[path, entry.typed] as const];
      })),
      suppress: (findings, path) => this.#suppress(findings, this.#entries.get(path)?.document ?? empty, undefined, () => false),
    };
  }

  /**
   * Everything to be said about one document.
   * @param options `network: false` leaves out what needs the product's other documents; of `kobo.yaml` what the last check of all said of the product is told
   * @returns `undefined` for a path that was never put
   */
  async report(path: string, options: { readonly network: boolean }): Promise<DocumentReport | undefined> {
    if (path === koboFileName) return this.#koboReport(this.#told?.findings ?? [], this.#told?.usage);
    const entry = this.#entries.get(path);
    if (entry === undefined) return undefined;
    return this.#reportOf(entry, options.network ? await this.#networkOf(entry) : undefined);
  }

  /**
   * Everything to be said about every document, `kobo.yaml` included.
   * @param options `only`: some documents, without what is to be said at `kobo.yaml`
   */
  async reportAll(
    options: { readonly only?: ReadonlySet<string>; readonly cancellation?: Cancellation; readonly breath?: Breath; readonly progress?: Progress } = {},
  ): Promise<ProductReport> {
    const { only, cancellation = neverCancelled, breath, progress } = options;
    let lastBreath = this.#options.now();
    const pause = async (): Promise<void> => {
      if (breath === undefined || this.#options.now() - lastBreath < breathEvery) return;
      await breath();
      lastBreath = this.#options.now();
    };
    const network = await this.#checkProduct(cancellation, pause, only);
    // A rule on the product may speak of any of its documents.
    const byPath = groupedByPath(network.findings);
    const paths = [...this.#entries.keys()].filter((path) => only?.has(path) !== false).sort();
    const documents: DocumentReport[] = [];
    const usage = new Map<Waiver, WaiverUse>();
    for (const [i, path] of paths.entries()) {
      if (cancellation.isCancelled) break;
      const entry = this.#entries.get(path);
      if (entry === undefined) continue;
      documents.push(this.#reportOf(entry, { ...network, notJudged: 0, stopped: [], ...network.documents.get(path), findings: byPath.get(path) ?? [] }, usage));
      progress?.(i + 1, paths.length);
      await pause();
    }
    if (only === undefined && !cancellation.isCancelled) this.#told = { findings: byPath.get(koboFileName) ?? [], usage };
    const kobo = only === undefined ? this.#koboReport(byPath.get(koboFileName) ?? [], cancellation.isCancelled ? undefined : usage) : undefined;
    if (kobo !== undefined) documents.push(kobo);
    const summary = documents.map((report) => summarise(report.findings, report.managed ? 1 : 0, report.notJudged)).reduce(addSummaries, emptySummary);
    return {
      documents, findings: documents.flatMap((report) => report.findings).sort(byPlace), uncapped: documents.flatMap((report) => report.uncapped).sort(byPlace),
      summary, waivers: [...usage.values()].sort(byWaiver),
    };
  }

  /** Ranges of a fix's edits; paths are those of the product. */
  rangesOf(path: string, edits: readonly TextChange[]): readonly { readonly path: string; readonly range: Range; readonly text: string }[] {
    return edits.flatMap((edit) => {
      const target = edit.path ?? path;
      const lines = target === koboFileName ? this.#koboLines() : this.#entries.get(target)?.document.lines;
      return lines === undefined ? [] : [{ path: target, range: lines.rangeOf(edit.span), text: edit.text }];
    });
  }

  #koboLines(): LineIndex | undefined {
    const { koboText } = this.#options;
    return koboText === undefined ? undefined : new LineIndex(koboText);
  }

  /** The edit that writes a document's type into it; `undefined` where the format has no place for it. */
  manageAs(path: string, type: string): { readonly range: Range; readonly text: string } | undefined {
    const document = this.#entries.get(path)?.document;
    return document === undefined || !this.types.has(type) ? undefined : typeEdit(document, type);
  }

  /** A template filled in with what is known of the product. */
  render(template: string): Rendered | undefined {
    const { settings, book } = this.#options;
    const found = book.templates.find((one) => one.id === template) ?? book.templates.find((one) => one.type === template);
    if (found === undefined) return undefined;
    const values = { today: this.today, product: settings?.name ?? '', product_id: settings?.id ?? '', phase: settings?.phase ?? '', author: '' };
    return renderTemplate(found, values, {});
  }

  #current(): Day {
    const { today } = this;
    if (this.#day?.today !== today) {
      const { book, settings } = this.#options;
      const effective = effectiveSettings(book, settings, today);
      let rules: RuleSet | undefined;
      this.#day = {
        today, effective,
        get rules() {
          return (rules ??= compileRules(book, effective));
        },
      };
    }
    return this.#day;
  }

  #context(): CheckContext {
    const { settings, now, book, koboText } = this.#options;
    const { effective, today } = this.#current();
    return {
      today,
      language: this.language,
      level: effective.level,
      phase: settings?.phase,
      // Without a size, neither the short nor the full form is promised.
      size: settings === undefined ? undefined : (settings.size ?? 'M'),
      product: settings?.id ?? '',
      gate: this.#options.gate,
      daysOff: daysOffOf(effective.language, this.timezone),
      people: this.#index.people,
      terms: this.#index.spellings(book.terms),
      koboText,
      // Who aims at the highest level wants every document complete.
      ...(effective.level === book.lifecycle.levels.at(-1)?.id ? {} : {
        lacking: (type: string, path?: string) => this.#practice.lacking(type, path),
        unusual: (type: string, path: string) => this.#practice.unusual(type, path),
        usual: (type: string, path: string) => this.#practice.usual(type, path),
        // A register in CSV cannot say what it is.
        isMapped: (path: string) => this.#entries.get(path)?.recognition.by === 'pattern' && formatOf(path) === 'markdown',
      }),
      isSuperseded: (type, path) => this.#practice.isSuperseded(type, path),
      ownDomains: [],
      cancellation: neverCancelled,
      clock: now,
      budget: this.#options.ruleBudget ?? usualBudget,
      caps: undefined,
      countNextLevel: false,
    };
  }

  /** Whether anything but a type of its own may be said about documents: there is a `kobo.yaml`. */
  get #isProduct(): boolean {
    return this.#options.settings !== undefined;
  }

  #reportOf(entry: Entry, network: CheckResult | undefined, usage?: Map<Waiver, WaiverUse>): DocumentReport {
    const { document, recognition, typed } = entry;
    const managed = isManaged(recognition);
    const local = managed || this.#isProduct || cannotBeOpened(document) ? this.#localOf(entry) : undefined;
    const other = managed || this.#isProduct ? network : undefined;
    const own = [...(local?.findings ?? []), ...(other?.findings ?? [])].filter(({ rule }) => rule !== readingRules.guessed || !this.#isKoboUnread).sort(byPlace);
    const findings = this.#suppress(this.#forEditor(own), document, usage);
    return {
      path: document.path,
      findings: capFindings(findings, usualCaps, this.language).map((finding) => this.#guides.linked(finding)),
      uncapped: findings.map((finding) => this.#guides.linked(finding)),
      recognition,
      managed,
      untyped: this.#isProduct && !this.#isKoboUnread && isUntyped(document, recognition, this.#options.settings?.documents ?? [], (this.#bookFolders ??= bookFoldersIn(this.#files))),
      typed,
      progress: managed ? progressOf(typed, entry.memory?.blanksOf(typed)) : { filled: 0, total: 0, blanks: [] },
      notJudged: (local?.notJudged ?? 0) + (other?.notJudged ?? 0),
      slowRules: [...(local?.stopped ?? []), ...(other?.stopped ?? [])],
      language: this.language,
    };
  }

  #localOf(entry: Entry): CheckResult {
    const { rules } = this.#current();
    const context = this.#context();
    const practice = this.#practice.stamp(entry.typed.type?.id ?? '');
    const { terms } = context;
    if (entry.local?.rules !== rules || entry.local.practice !== practice || entry.local.terms !== terms) entry.local = { rules, practice, terms, result: checkDocument(rules, entry.typed, context, entry.memory) };
    return entry.local.result;
  }

  async #networkOf(entry: Entry): Promise<CheckResult> {
    const { rules } = this.#current();
    const past = this.usesHistory ? ((await this.#options.history?.state?.()) ?? '') : '';
    const revision = this.#revision;
    if (entry.network?.rules === rules && entry.network.revision === revision && entry.network.past === past) return entry.network.result;
    const result = await checkProduct(rules, this.#index, this.#context(), { ...this.#pastOf(), paths: new Set([entry.document.path]) });
    if (revision === this.#revision) entry.network = { rules, revision, past, result };
    return result;
  }

  #checkProduct(cancellation: Cancellation, breathe: Breath, paths?: ReadonlySet<string>): Promise<ProductCheckResult> {
    return checkProduct(this.#current().rules, this.#index, { ...this.#context(), cancellation }, { ...this.#pastOf(), breathe, whole: true, ...(paths === undefined ? {} : { paths }) });
  }

  #pastOf() {
    const { common } = this.#current().effective;
    return {
      history: this.#options.history,
      readOld: ({ path, type }: TypedDocument, text: string) => understand(readDocument(path, text), type, common),
    };
  }

  /**
   * `kobo.yaml` is a document too: what is wrong in it, and what is to be said about the product as a whole.
   * @param usage of waivers in all documents; without it nobody can say that a waiver is unused
   */
  #koboReport(product: readonly Finding[], usage: Map<Waiver, WaiverUse> | undefined): DocumentReport | undefined {
    const { koboText, settings } = this.#options;
    if (koboText === undefined) return undefined;
    const document = readDocument(koboFileName, koboText);
    const { effective } = this.#current();
    const { language } = this;
    const problems = [...this.#koboProblems, ...this.#baselineProblems, ...(settings === undefined ? [] : checkKoboPaths(koboText, settings, this.#files))];
    const about = problemFindings(document, problems, language, this.#guides);
    const practice = practiceFindings(document, {
      types: this.#context().lacking === undefined ? [] : [...effective.types.values()],
      rules: effective.rules.filter((rule) => !this.isOff(rule.id)),
      practice: this.#practice, numbers: this.#index.unreadNumbers, patterns: settings?.documents ?? [], language, guides: this.#guides,
    });
    const findings = [...about, ...this.#suppress([...underSetting(practice, settings?.rules.get(practiceRule)), ...this.#forEditor(product)], document, usage, (waiver) => usage?.get(waiver)?.used === false)].sort(byPlace);
    return {
      path: koboFileName,
      findings,
      uncapped: findings,
      recognition: { by: 'none' },
      managed: false,
      untyped: false,
      typed: understand(document, undefined, this.#current().effective.common),
      progress: { filled: 0, total: 0, blanks: [] },
      notJudged: 0,
      slowRules: [],
      language: this.language,
    };
  }

  /** `kobo.rules` of the editor: for one person, never for a locked rule. */
  #forEditor(findings: readonly Finding[]): readonly Finding[] {
    return underOwnRules(findings, this.#options.editorRules, (rule) => this.rule(rule)?.locked === true);
  }

  #suppress(findings: readonly Finding[], document: ProjectDocument, usage?: Map<Waiver, WaiverUse>, isJudged?: (waiver: Waiver) => boolean): readonly Finding[] {
    return suppress(findings, document, {
      waivers: this.#options.settings?.waivers ?? [], today: this.today, language: this.language, guide: this.#guides.own(ownGuides.waiver),
      isLocked: (rule) => this.rule(rule)?.locked === true, ruleIds: () => this.#current().effective.rules.map(({ id }) => id), isJudged, usage,
      waits: ({ rule }) => waitsForGate(this.#current().rules, rule, this.#options.settings?.phase),
      baseline: this.#baseline, goneFiles: () => this.#gone.of(this.#baseline, this.#files, this.#revision), textOf: (path) => this.textOf(path),
    });
  }
}

function mappingsOf(settings: ProductSettings | undefined) {
  return settings?.documents.map(({ pattern, type }) => ({ pattern, type }));
}
