import * as vscode from 'vscode';
import type { BookState, ContextParams, ContextView, PageParams, PageView, SearchParams, SearchResult } from '../../server/protocol';
import { readFromPanel, type FromPanel, type Scope, type ToPanel } from '../webview/messages';
import { RecentPages, UnansweredSearches } from './panel-memory';
import { panelHtml, panelRoots } from './panel-page';
import { availableRuns, carryOut } from './panel-runs';
import { panelStrings } from './panel-strings';

const viewId = 'kobo.book';
/** Milliseconds the caret must rest before the guidance follows it. */
const caretRest = 150;

/** What the panel needs of the language server. */
export interface BookPanelServices {
  search(params: SearchParams, token: vscode.CancellationToken): Promise<SearchResult>;
  page(params: PageParams): Promise<PageView | null>;
  context(params: ContextParams): Promise<ContextView>;
  readonly onBookState: vscode.Event<BookState>;
  /** More is known for the guidance than when it was asked for. */
  readonly onContextChanged: vscode.Event<void>;
  bookState(): BookState | undefined;
  /** Asks for the Book of a document to be read and indexed now; empty = the first. */
  wake(uri: string): void;
  stopIndexing(book: string): void;
  readonly log: vscode.LogOutputChannel;
}

export interface BookPanel {
  dispose(): void;
  /** Shows the panel with the focus in its box. */
  reveal(): Promise<void>;
  /** Shows the panel reading a page; matches of `query` are marked. */
  openPage(place: { readonly book: string; readonly path: string; readonly anchor: string }, query?: string): Promise<void>;
  /** Shows the panel with these words searched for. */
  search(text: string): Promise<void>;
}

/** Registers the view `kobo.book`. Nothing is read and no server is woken before the view is shown. */
export function registerBookPanel(context: vscode.ExtensionContext, services: BookPanelServices): BookPanel {
  return new Panel(context, services);
}

class Panel implements BookPanel, vscode.WebviewViewProvider {
  readonly #extension: vscode.Uri;
  readonly #services: BookPanelServices;
  readonly #recent: RecentPages;
  readonly #unanswered: UnansweredSearches;
  readonly #disposables: vscode.Disposable[] = [];
  #view: vscode.WebviewView | undefined;
  #ready = false;
  /** What to tell the page once it is there. */
  #waiting: ToPanel[] = [];
  #searching: vscode.CancellationTokenSource | undefined;
  #context: ContextView | undefined;
  #contextAsked = 0;
  #caretTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(context: vscode.ExtensionContext, services: BookPanelServices) {
    this.#extension = context.extensionUri;
    this.#services = services;
    this.#recent = new RecentPages(context.workspaceState);
    this.#unanswered = new UnansweredSearches(context.globalState);
    const follow = (): void => this.#contextSoon();
    this.#disposables.push(
      vscode.window.registerWebviewViewProvider(viewId, this, { webviewOptions: { retainContextWhenHidden: false } }),
      services.onBookState((book) => this.#bookChanged(book)),
      services.onContextChanged(follow),
      vscode.window.onDidChangeActiveTextEditor(follow),
      vscode.window.onDidChangeTextEditorSelection((change) => {
        if (change.textEditor === vscode.window.activeTextEditor) follow();
      }),
      vscode.workspace.onDidChangeTextDocument((change) => {
        if (change.document === vscode.window.activeTextEditor?.document) follow();
      }),
      vscode.languages.onDidChangeDiagnostics((change) => {
        const active = vscode.window.activeTextEditor?.document.uri.toString();
        if (change.uris.some((uri) => uri.toString() === active)) follow();
      }),
    );
  }

  resolveWebviewView(view: vscode.WebviewView): void {
    this.#view = view;
    this.#ready = false;
    view.webview.options = { enableScripts: true, localResourceRoots: panelRoots(this.#extension) };
    view.webview.onDidReceiveMessage((message: unknown) => this.#receive(message));
    view.onDidChangeVisibility(() => {
      // The page is thrown away with the view and starts again with `ready`.
      if (!view.visible) this.#ready = false;
    });
    view.onDidDispose(() => {
      if (this.#view !== view) return;
      this.#view = undefined;
      this.#ready = false;
    });
    this.#title();
    view.webview.html = panelHtml(view.webview, this.#extension);
    this.#services.wake(activeUri());
  }

  async reveal(): Promise<void> {
    await this.#show({ kind: 'focus' });
  }

  async openPage(place: { readonly book: string; readonly path: string; readonly anchor: string }, query = ''): Promise<void> {
    await this.#show({ kind: 'open', book: place.book, path: place.path, anchor: place.anchor, query });
  }

  async search(text: string): Promise<void> {
    await this.#show({ kind: 'ask', text });
  }

  dispose(): void {
    clearTimeout(this.#caretTimer);
    this.#searching?.cancel();
    for (const disposable of this.#disposables) disposable.dispose();
  }

  async #show(message: ToPanel): Promise<void> {
    if (this.#ready && this.#view?.visible === true) this.#post(message);
    else this.#waiting.push(message);
    await vscode.commands.executeCommand(`${viewId}.focus`);
  }

  #post(message: ToPanel): void {
    void this.#view?.webview.postMessage(message);
  }

  #receive(value: unknown): void {
    const message = readFromPanel(value);
    if (message === undefined) {
      this.#services.log.warn('Panel: a message of unknown shape was dropped');
      return;
    }
    this.#answer(message).catch((error: unknown) => this.#services.log.error(`Panel: ${message.kind}`, String(error)));
  }

  async #answer(message: FromPanel): Promise<void> {
    switch (message.kind) {
      case 'ready':
        await this.#snapshot();
        return;
      case 'search':
        await this.#search(message);
        return;
      case 'page':
        await this.#page(message);
        return;
      case 'stopIndexing': {
        const book = this.#services.bookState();
        if (book !== undefined) this.#services.stopIndexing(book.id);
        return;
      }
      case 'readAgain':
        this.#services.wake(activeUri());
        return;
      case 'note':
        if (!vscode.workspace.getConfiguration('kobo').get<boolean>('notes.unanswered', true)) return;
        await this.#unanswered.note(message.text, new Date().toISOString().slice(0, 10));
        this.#post({ kind: 'noted', text: message.text });
        return;
      case 'forget':
        await this.#unanswered.forget(message.text);
        return;
      case 'run': {
        const refused = await carryOut(message.run, this.#context);
        if (refused !== undefined) this.#services.log.warn(`Panel: ${message.run.kind} was refused: ${refused}`);
        return;
      }
    }
  }

  async #snapshot(): Promise<void> {
    const runs = await availableRuns();
    this.#ready = true;
    this.#post({
      kind: 'snapshot',
      strings: panelStrings(),
      language: vscode.env.language,
      scope: defaultScope(),
      book: this.#services.bookState() ?? null,
      context: this.#context ?? null,
      recent: this.#recent.list(),
      runs,
    });
    for (const message of this.#waiting.splice(0)) this.#post(message);
    await this.#sendContext();
  }

  async #search(message: Extract<FromPanel, { readonly kind: 'search' }>): Promise<void> {
    this.#searching?.cancel();
    const searching = new vscode.CancellationTokenSource();
    this.#searching = searching;
    const { number, text, kinds, scope, phases, audiences, tags, offset, limit } = message;
    try {
      const params: SearchParams = { number, text, kinds, scope, phases, audiences, tags, offset, limit, uri: activeUri() };
      const result = await this.#services.search(params, searching.token);
      if (!searching.token.isCancellationRequested) this.#post({ kind: 'results', number, offset, result });
    } catch (error) {
      if (searching.token.isCancellationRequested) return;
      this.#services.log.error('Panel: search', String(error));
      this.#post({ kind: 'searchFailed', number });
    } finally {
      searching.dispose();
      if (this.#searching === searching) this.#searching = undefined;
    }
  }

  async #page(message: Extract<FromPanel, { readonly kind: 'page' }>): Promise<void> {
    const { number, book, path, query } = message;
    let view: PageView | null = null;
    try {
      view = await this.#services.page({ book, path, query, uri: activeUri() });
    } finally {
      this.#post({ kind: 'page', number, view });
    }
    if (view?.kind !== 'page') return;
    await this.#recent.add({ book, path, title: view.title });
    this.#post({ kind: 'recent', recent: this.#recent.list() });
  }

  #bookChanged(book: BookState): void {
    this.#title();
    if (!this.#ready) return;
    this.#post({ kind: 'book', book });
    if (book.phase !== 'loading') this.#contextSoon();
  }

  /** The view is called what the Book is called. */
  #title(): void {
    const name = this.#services.bookState()?.name ?? '';
    if (this.#view !== undefined && name !== '') this.#view.title = name;
  }

  #contextSoon(): void {
    if (!this.#ready || this.#view?.visible !== true) return;
    clearTimeout(this.#caretTimer);
    this.#caretTimer = setTimeout(() => {
      this.#sendContext().catch((error: unknown) => this.#services.log.error('Panel: guidance', String(error)));
    }, caretRest);
  }

  async #sendContext(): Promise<void> {
    const asked = ++this.#contextAsked;
    const caret = vscode.window.activeTextEditor?.selection.active;
    const context = await this.#services.context({ uri: activeUri(), position: { line: caret?.line ?? 0, character: caret?.character ?? 0 } });
    if (asked !== this.#contextAsked) return;
    this.#context = context;
    if (this.#ready) this.#post({ kind: 'context', context });
  }
}

function activeUri(): string {
  return vscode.window.activeTextEditor?.document.uri.toString() ?? '';
}

/** `kobo.search.scope`: where the panel searches at first. */
function defaultScope(): Scope {
  const chosen = vscode.workspace.getConfiguration('kobo').get<string>('search.scope');
  return chosen === 'product' || chosen === 'company' ? chosen : 'all';
}
