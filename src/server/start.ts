import { CodeLensRefreshRequest, type ClientCapabilities, type Connection, type InitializeResult } from 'vscode-languageserver';
import type { Folder } from '../core/workspace';
import { Authoring } from './authoring';
import { readBookAddress } from './book-address';
import { Bookshelf } from './bookshelf';
import { serveCheckAll } from './check-all';
import { clientFolder } from './client-folder';
import { completionTriggers, serveCompletion } from './completion';
import { fixAllKind, serveCodeActions } from './code-actions';
import type { ServerContext } from './context';
import { serveContext } from './context-view';
import { serveDiagnostics } from './diagnostics';
import { serveFixes } from './fixes';
import { TableFormatting } from './formatting';
import { serveHover } from './hover';
import { serveImpact } from './impact';
import { clientIndexStore, folderIndexStore, type IndexStore } from './index-store';
import { serveLevels } from './levels';
import { serveNavigation } from './navigation';
import { serveNewRule } from './new-rule';
import { documentSync, trackDocuments } from './open-documents';
import { servePages } from './page';
import type { ServerPlatform } from './platform';
import { Products } from './products';
import { serveProposal } from './proposal';
import { methods, type InitializationOptions, type ServerSettings } from './protocol';
import { serveRuleTests } from './rule-tests';
import { serveSearch } from './search';
import { serveSetup } from './setup';
import { serveSymbols } from './symbols';
import { serveTemplates } from './templates';
import { serveTypes } from './types';
import { canonicalUri } from './uri';
import { serveWaive } from './waive';
import { serveWaivers } from './waivers';
import { serveWhy } from './why';
import { languageOf } from './words';

const refreshAfter = 150;

const defaults: InitializationOptions = {
  files: 'disk',
  starter: { path: '' },
  language: 'ja',
  settings: { book: '', run: 'onType', minimumSeverity: 'hint', rules: {} },
  trusted: true,
};

/**
 * The composition page of the language server: one start for the Node process and the Web Worker. Registers every
 * feature on the connection and begins to listen.
 */
export function startServer(connection: Connection, platform: ServerPlatform): void {
  connection.onInitialize(({ initializationOptions, workspaceFolders, capabilities }): InitializeResult => {
    const options = { ...defaults, ...(initializationOptions as Partial<InitializationOptions> | undefined) };
    const folders = workspaceFolders?.map((folder) => folder.uri) ?? [];
    serve(connection, platform, options, folders.map(canonicalUri), capabilities);
    return {
      serverInfo: { name: 'Kobo Guide' },
      capabilities: {
        textDocumentSync: documentSync,
        diagnosticProvider: { identifier: 'kobo', interFileDependencies: true, workspaceDiagnostics: false },
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix', 'refactor', fixAllKind] },
        completionProvider: { triggerCharacters: completionTriggers },
        codeLensProvider: { resolveProvider: false },
        documentSymbolProvider: true,
        foldingRangeProvider: true,
        definitionProvider: true,
        referencesProvider: true,
        documentLinkProvider: { resolveProvider: false },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  });
  connection.listen();
}

function serve(connection: Connection, platform: ServerPlatform, options: InitializationOptions, folders: readonly string[], { workspace }: ClientCapabilities): void {
  const previewsEdits = workspace?.workspaceEdit?.changeAnnotationSupport !== undefined;
  let settings: ServerSettings = options.settings;
  const log = (message: string): void => connection.console.info(message);
  const folder = (uri: string): Folder =>
    options.files === 'disk' && platform.diskFolder !== undefined && uri.startsWith('file:') ? platform.diskFolder(uri) : clientFolder(connection, uri);
  const language = languageOf(options.language);

  let pending: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const refresh = (): void => {
    clearTimeout(pending);
    // A product may still have been reading when the client said goodbye.
    if (stopped) return;
    pending = setTimeout(() => {
      void connection.languages.diagnostics.refresh();
      // What stands above a rule comes from other files of the Book too.
      if (workspace?.codeLens?.refreshSupport === true) void connection.sendRequest(CodeLensRefreshRequest.type);
    }, refreshAfter);
  };

  const shelf = new Bookshelf({
    platform,
    starter: () => starterText(options.starter, platform),
    folder,
    language,
    isTrusted: () => options.trusted,
    workspaceFolders: () => products.folders,
    onState: (state) => void connection.sendNotification(methods.bookState, state),
    indexes: indexStoreOf(connection, platform, options),
    log,
  });
  const products: Products = new Products({
    platform,
    shelf,
    folder,
    settings: () => settings,
    openText: (uri) => documents.get(uri)?.text,
    onState: (state) => void connection.sendNotification(methods.workspaceState, state),
    log,
  });
  const documents = trackDocuments(connection, {
    // A new kobo.yaml may be opened before the disk tells of it.
    opened: (document) => {
      if (document.uri.endsWith('/kobo.yaml')) void products.isKnown(document.uri).then((known) => (known ? undefined : configurationChanged(document.uri)));
    },
    changed: (document) => {
      if (isConfiguration(document.uri)) configurationChanged(document.uri);
    },
    closed: () => undefined,
  });
  const context: ServerContext = { connection, platform, language, previewsEdits, settings: () => settings, shelf, products, documents, refresh, log };
  const authoring = new Authoring(context);

  /** `kobo.yaml` and the files of a Book change what every check says. */
  const configurationChanged = (uri: string): void => {
    if (uri.endsWith('/book.yaml')) authoring.forget();
    const wasBook = shelf.forget(uri);
    if (wasBook) products.rescan();
    else products.rescan(products.folderOf(uri));
    refresh();
  };

  connection.onInitialized(() => {
    products.setFolders(folders);
    // Whoever opens the panel later is answered at once. The Book of the settings mostly is the one, and known before the folders are looked through.
    void shelf.early(readBookAddress(settings.book, ''));
    void products.bookAddress('').then((address) => shelf.early(address));
    connection.workspace.onDidChangeWorkspaceFolders((change) => {
      const removed = new Set(change.removed.map((one) => canonicalUri(one.uri)));
      products.setFolders([...products.folders.filter((uri) => !removed.has(uri)), ...change.added.map((one) => canonicalUri(one.uri))]);
      refresh();
    });
  });
  connection.onNotification(methods.settings, (changed: ServerSettings) => {
    settings = changed;
    products.rescan();
    refresh();
  });
  connection.onNotification(methods.rebuild, () => {
    shelf.rebuild();
    products.rescan();
    refresh();
  });
  connection.onDidChangeWatchedFiles(async ({ changes }) => {
    let affected = false;
    for (const { uri, type } of changes) {
      const file = canonicalUri(uri);
      if (isConfiguration(file) || shelf.holds(file)) {
        configurationChanged(file);
        affected = true;
      } else if (await products.fileChanged(file, type === 1 ? 'created' : type === 3 ? 'deleted' : 'changed')) {
        affected = true;
      }
    }
    if (affected) refresh();
  });
  connection.onShutdown(() => {
    stopped = true;
    clearTimeout(pending);
    shelf.clear();
  });

  serveDiagnostics(context, authoring, new TableFormatting(context));
  serveSymbols(context);
  serveHover(context, authoring);
  serveCodeActions(context, authoring);
  serveSearch(context);
  servePages(context);
  serveContext(context);
  serveTemplates(context);
  serveCompletion(context, authoring);
  serveTypes(context);
  serveCheckAll(context);
  serveSetup(context);
  serveWaive(context);
  serveWaivers(context);
  serveWhy(context);
  serveFixes(context);
  serveProposal(context);
  serveImpact(context);
  serveLevels(context);
  serveRuleTests(context, authoring);
  serveNavigation(context, authoring);
  serveNewRule(context, authoring);
}

function starterText(starter: InitializationOptions['starter'], platform: ServerPlatform): Promise<string> {
  if ('path' in starter) return platform.readText(starter.path);
  return Promise.resolve('text' in starter ? starter.text : new TextDecoder().decode(starter.bytes));
}

/** Where indexes are kept: by the server itself where it can, else by a client that does. */
function indexStoreOf(connection: Connection, platform: ServerPlatform, options: InitializationOptions): IndexStore | undefined {
  if (options.indexFolder !== undefined && platform.indexFolder !== undefined) return folderIndexStore(platform.indexFolder(options.indexFolder));
  return options.keepsIndexes === true ? clientIndexStore(connection, platform.wire) : undefined;
}

function isConfiguration(uri: string): boolean {
  return uri.endsWith('/kobo.yaml') || uri.endsWith('/book.yaml') || uri.endsWith('/.kobo-baseline.json');
}
