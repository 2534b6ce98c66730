import * as vscode from 'vscode';
import type { Diagnostic, Range } from 'vscode-languageserver-protocol';
import type { BaseLanguageClient, LanguageClientOptions } from 'vscode-languageclient';
import {
  methods,
  type BlanksParams,
  type BookState,
  type CheckAllParams,
  type CheckAllResult,
  type CheckFileParams,
  type ChangeWaiverParams,
  type CheckProgress,
  type CheckWaiverParams,
  type ContextParams,
  type ContextView,
  type DocumentState,
  type FixableParams,
  type FixableRule,
  type FixAllParams,
  type FixAllResult,
  type GateParams,
  type GateView,
  type ImpactChoices,
  type ImpactChoicesParams,
  type ImpactParams,
  type ImpactPart,
  type ImpactResult,
  type InitializationOptions,
  type FileEdit,
  type FindingPlace,
  type ListFilesParams,
  type LevelsParams,
  type LevelsView,
  type LoadIndexParams,
  type ManageAsParams,
  type NewRuleChoice,
  type NewRuleOptions,
  type NewRuleParams,
  type NewRuleResult,
  type NewRuleProposal,
  type PageParams,
  type PageView,
  type ProductCountsState,
  type Proposal,
  type ProposalParams,
  type ProposeSetupParams,
  type ReadFilesParams,
  type RenderedSetup,
  type RenderedTemplate,
  type RenderSetupParams,
  type SeverityCounts,
  type RenderTemplateParams,
  type RuleTestFile,
  type RuleTestsParams,
  type SaveIndexParams,
  type SearchParams,
  type SearchResult,
  type ServerSettings,
  type SetLevelParams,
  type SetupView,
  type TemplateChoice,
  type TemplatesParams,
  type TypeChoice,
  type TypesParams,
  type WaiveOptions,
  type WaiveParams,
  type WaiveResult,
  type WaiverRow,
  type WhyParams,
  type Wire,
  type WorkspaceState,
} from '../server/protocol';
import { listFiles, readFiles } from './files';
import { guideMiddleware } from './guide-links';
import type { IndexStore } from './index-store';

/** How an entry (Node, browser) starts its language client. */
export type StartClient = (options: LanguageClientOptions) => BaseLanguageClient | Promise<BaseLanguageClient>;

export interface ClientHost {
  readonly files: InitializationOptions['files'];
  readonly starter: () => Promise<InitializationOptions['starter']>;
  readonly start: StartClient;
  readonly wire: Wire;
  /** Where the server keeps indexes itself; `undefined`: the extension does. */
  readonly indexFolder: string | undefined;
}

/** The documents that the server looks at. VS Code has no language for CSV, hence the pattern. */
const selector = [{ language: 'markdown' }, { language: 'yaml' }, { pattern: '**/*.csv' }];

/**
 * The one way to the language server. Starts it at the first request (or {@link start}), never before: a folder that
 * has nothing to do with Kobo Guide costs nothing.
 */
export class GuideClient implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #host: ClientHost;
  readonly #indexes: IndexStore;
  readonly #bookState = new vscode.EventEmitter<BookState>();
  readonly #documentState = new vscode.EventEmitter<DocumentState>();
  readonly #workspaceState = new vscode.EventEmitter<WorkspaceState>();
  readonly #productCounts = new vscode.EventEmitter<ProductCountsState>();
  readonly #checkProgress = new vscode.EventEmitter<CheckProgress>();
  readonly #impactPart = new vscode.EventEmitter<ImpactPart>();
  readonly #shown = new vscode.EventEmitter<vscode.Uri>();
  readonly #contextChanged = new vscode.EventEmitter<void>();
  #client: Promise<BaseLanguageClient> | undefined;
  #lastBookState: BookState | undefined;
  #disposed = false;

  readonly onBookState = this.#bookState.event;
  readonly onDocumentState = this.#documentState.event;
  readonly onWorkspaceState = this.#workspaceState.event;
  /** The findings of a whole product have been counted. */
  readonly onProductCounts = this.#productCounts.event;
  readonly onCheckProgress = this.#checkProgress.event;
  /** More is known for the guidance of the panel. */
  readonly onContextChanged = this.#contextChanged.event;
  readonly onImpactPart = this.#impactPart.event;
  /** A document's own diagnostics were pulled: entries of "check all" for it are out of date. */
  readonly onDiagnosticsPulled = this.#shown.event;

  constructor(host: ClientHost, indexes: IndexStore, log: vscode.LogOutputChannel) {
    this.#host = host;
    this.#indexes = indexes;
    this.#log = log;
  }

  get started(): boolean {
    return this.#client !== undefined;
  }

  get bookState(): BookState | undefined {
    return this.#lastBookState;
  }

  /** Starts the server once; later calls wait for the same start. Rejects when it cannot start. */
  start(): Promise<BaseLanguageClient> {
    if (this.#disposed) return Promise.reject(new Error('disposed'));
    this.#client ??= this.#startOnce().catch((error: unknown) => {
      this.#client = undefined;
      this.#log.error(String(error));
      throw error;
    });
    return this.#client;
  }

  async #startOnce(): Promise<BaseLanguageClient> {
    if (this.#host.indexFolder === undefined) void this.#indexes.readAhead();
    const options: LanguageClientOptions = {
      documentSelector: selector,
      outputChannel: this.#log,
      diagnosticCollectionName: 'kobo',
      initializationOptions: {
        files: this.#host.files,
        starter: await this.#host.starter(),
        language: vscode.env.language,
        settings: readSettings(),
        trusted: vscode.workspace.isTrusted,
        keepsIndexes: true,
        extension: true,
        ...(this.#host.indexFolder === undefined ? {} : { indexFolder: this.#host.indexFolder }),
      } satisfies InitializationOptions,
      diagnosticPullOptions: { onChange: true, onSave: true, onTabs: false },
      synchronize: { fileEvents: fileWatchers() },
      middleware: { ...guideMiddleware((uri) => this.#shown.fire(uri)), workspace: { didChangeWatchedFile: (event, next) => (isNoise(event.uri) ? Promise.resolve() : next(event)) } },
      markdown: { isTrusted: { enabledCommands: ['kobo.openGuide'] }, supportHtml: false },
    };
    const client = await this.#host.start(options);
    client.onRequest(methods.listFiles, (params: ListFilesParams, token: vscode.CancellationToken) => listFiles(params, token));
    client.onRequest(methods.readFiles, (params: ReadFilesParams, token: vscode.CancellationToken) => readFiles(params, this.#host.wire, token));
    client.onRequest(methods.loadIndex, (params: LoadIndexParams) => this.#indexes.load(params));
    client.onRequest(methods.saveIndex, (params: SaveIndexParams) => this.#indexes.save(params));
    client.onNotification(methods.bookState, (state: BookState) => {
      this.#lastBookState = state;
      this.#bookState.fire(state);
    });
    client.onNotification(methods.contextChanged, () => this.#contextChanged.fire());
    client.onNotification(methods.documentState, (state: DocumentState) => this.#documentState.fire(state));
    client.onNotification(methods.workspaceState, (state: WorkspaceState) => this.#workspaceState.fire(state));
    client.onNotification(methods.productCounts, (state: ProductCountsState) => this.#productCounts.fire(state));
    client.onNotification(methods.checkProgress, (progress: CheckProgress) => this.#checkProgress.fire(progress));
    client.onNotification(methods.impactPart, (part: ImpactPart) => this.#impactPart.fire(part));
    await client.start();
    return client;
  }

  async #request<R>(method: string, params: unknown, token?: vscode.CancellationToken): Promise<R> {
    const client = await this.start();
    return token === undefined ? client.sendRequest<R>(method, params) : client.sendRequest<R>(method, params, token);
  }

  search(params: SearchParams, token?: vscode.CancellationToken): Promise<SearchResult> {
    return this.#request(methods.search, params, token);
  }
  palette(params: SearchParams, token?: vscode.CancellationToken): Promise<SearchResult> {
    return this.#request(methods.palette, params, token);
  }
  page(params: PageParams): Promise<PageView | null> {
    return this.#request(methods.page, params);
  }
  context(params: ContextParams): Promise<ContextView> {
    return this.#request(methods.context, params);
  }
  templates(params: TemplatesParams): Promise<readonly TemplateChoice[]> {
    return this.#request(methods.templates, params);
  }
  renderTemplate(params: RenderTemplateParams): Promise<RenderedTemplate | null> {
    return this.#request(methods.renderTemplate, params);
  }
  checkAll(params: CheckAllParams, token: vscode.CancellationToken): Promise<CheckAllResult> {
    return this.#request(methods.checkAll, params, token);
  }
  blanks(params: BlanksParams): Promise<readonly Range[] | null> {
    return this.#request(methods.blanks, params);
  }
  checkFile(params: CheckFileParams): Promise<readonly Diagnostic[]> {
    return this.#request(methods.checkFile, params);
  }
  gate(params: GateParams, token: vscode.CancellationToken): Promise<GateView | null> {
    return this.#request(methods.gate, params, token);
  }
  types(params: TypesParams): Promise<readonly TypeChoice[]> {
    return this.#request(methods.types, params);
  }
  manageAs(params: ManageAsParams): Promise<FileEdit | null> {
    return this.#request(methods.manageAs, params);
  }
  proposeSetup(params: ProposeSetupParams, token: vscode.CancellationToken): Promise<SetupView> {
    return this.#request(methods.proposeSetup, params, token);
  }
  countSetup(params: RenderSetupParams): Promise<SeverityCounts> {
    return this.#request(methods.countSetup, params);
  }
  renderSetup(params: RenderSetupParams): Promise<RenderedSetup> {
    return this.#request(methods.renderSetup, params);
  }
  waiveOptions(params: FindingPlace): Promise<WaiveOptions | null> {
    return this.#request(methods.waiveOptions, params);
  }
  checkWaiver(params: CheckWaiverParams): Promise<string> {
    return this.#request(methods.checkWaiver, params);
  }
  waive(params: WaiveParams): Promise<WaiveResult> {
    return this.#request(methods.waive, params);
  }
  why(params: WhyParams): Promise<string> {
    return this.#request(methods.why, params);
  }
  waivers(): Promise<readonly WaiverRow[]> {
    return this.#request(methods.waivers, {});
  }
  changeWaiver(params: ChangeWaiverParams): Promise<WaiveResult> {
    return this.#request(methods.changeWaiver, params);
  }

  impactChoices(params: ImpactChoicesParams): Promise<ImpactChoices> {
    return this.#request(methods.impactChoices, params);
  }
  impact(params: ImpactParams, token: vscode.CancellationToken): Promise<ImpactResult> {
    return this.#request(methods.impact, params, token);
  }
  levels(params: LevelsParams, token: vscode.CancellationToken): Promise<LevelsView | null> {
    return this.#request(methods.levels, params, token);
  }
  setLevel(params: SetLevelParams): Promise<FileEdit | null> {
    return this.#request(methods.setLevel, params);
  }
  fixAll(params: FixAllParams): Promise<FixAllResult> {
    return this.#request(methods.fixAll, params);
  }
  fixable(params: FixableParams, token: vscode.CancellationToken): Promise<readonly FixableRule[]> {
    return this.#request(methods.fixable, params, token);
  }
  proposal(params: ProposalParams): Promise<Proposal | null> {
    return this.#request(methods.proposal, params);
  }
  ruleTests(params: RuleTestsParams): Promise<readonly RuleTestFile[]> {
    return this.#request(methods.ruleTests, params);
  }
  newRuleOptions(uri: string): Promise<NewRuleOptions> {
    return this.#request(methods.newRuleOptions, { uri });
  }
  newRuleTexts(choice: NewRuleChoice): Promise<NewRuleProposal | null> {
    return this.#request(methods.newRuleTexts, choice);
  }
  newRule(params: NewRuleParams): Promise<NewRuleResult | null> {
    return this.#request(methods.newRule, params);
  }

  /** Tells the server that the panel is shown: the Book and its index are wanted now. */
  wake(uri: string): void {
    void this.start().then((client) => client.sendNotification(methods.wake, { uri }), ignoreFailedStart);
  }

  stopIndexing(book: string): void {
    void this.#client?.then((client) => client.sendNotification(methods.stopIndexing, { book }), ignoreFailedStart);
  }

  /** Throws the index away and reads the Book anew. */
  rebuild(): void {
    void this.start().then((client) => client.sendNotification(methods.rebuild, {}), ignoreFailedStart);
  }

  /** Tells a server that runs that the workspace is trusted now; one that starts later is told at its start. */
  tellTrust(): void {
    void this.#client?.then((client) => client.sendNotification(methods.trusted, {}), ignoreFailedStart);
  }

  sendSettings(): void {
    void this.#client?.then((client) => client.sendNotification(methods.settings, readSettings()), ignoreFailedStart);
  }

  dispose(): void {
    this.#disposed = true;
    void this.#client?.then((client) => client.dispose(), ignoreFailedStart);
    for (const emitter of [this.#bookState, this.#documentState, this.#workspaceState, this.#productCounts, this.#checkProgress, this.#impactPart, this.#shown, this.#contextChanged]) emitter.dispose();
  }
}

/** What the server reads, and folders: one that comes or goes may be all that is told of what is in it. */
function fileWatchers(): vscode.FileSystemWatcher[] {
  const patterns = ['**/*.{md,markdown,yaml,yml,csv}', '**/{.kobo-baseline.json,.gitignore}', '**/.git/logs/HEAD'];
  return [...patterns.map((pattern) => vscode.workspace.createFileSystemWatcher(pattern)), vscode.workspace.createFileSystemWatcher('**', false, true, false)];
}

/** Where nothing is a document and much comes and goes. */
function isNoise(uri: string): boolean {
  return /\/(?:node_modules|\.git)\//u.test(uri) && !uri.endsWith('/.git/logs/HEAD');
}

/** The start itself has logged and shown the failure. */
function ignoreFailedStart(): void {
  return;
}

function readSettings(): ServerSettings {
  const settings = vscode.workspace.getConfiguration('kobo');
  return {
    book: settings.get('book', ''),
    run: settings.get<ServerSettings['run']>('run', 'onType'),
    minimumSeverity: settings.get<ServerSettings['minimumSeverity']>('minimumSeverity', 'hint'),
    // The editor hands out a proxy, which cannot be sent to a worker.
    rules: { ...settings.get<Record<string, string>>('rules', {}) },
  };
}
