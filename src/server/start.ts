import { CodeLensRefreshRequest, FileChangeType, type Connection, type DidChangeWatchedFilesParams, type InitializeParams, type InitializeResult } from 'vscode-languageserver';
import type { Folder, History } from '../core/workspace';
import { serveRefusal } from './after-shutdown';
import { Authoring } from './authoring';
import { inBackground } from './background';
import { readBookAddress } from './book-address';
import { Bookshelf } from './bookshelf';
import { serveBlanks } from './blanks';
import { serveCheckAll } from './check-all';
import { abilitiesOf, type ClientAbilities } from './client-abilities';
import { clientFolder } from './client-folder';
import { completionTriggers, serveCompletion } from './completion';
import { fixAllKind, serveCodeActions } from './code-actions';
import type { ServerContext } from './context';
import { serveContext } from './context-view';
import { diagnosticsOf, serveDiagnostics } from './diagnostics';
import { serveFixes } from './fixes';
import { TableFormatting } from './formatting';
import { serveGate } from './gate';
import { serveHover } from './hover';
import { serveImpact } from './impact';
import { clientIndexStore, folderIndexStore, type IndexStore } from './index-store';
import { serveLevels } from './levels';
import { LoneDocuments } from './lone-documents';
import { serveNavigation } from './navigation';
import { serveNewRule } from './new-rule';
import { noFolder } from './no-folder';
import { documentSync, trackDocuments } from './open-documents';
import { servePages } from './page';
import type { ServerPlatform } from './platform';
import { optionsOf, settingsOf } from './options';
import { ProductCounts } from './product-counts';
import { Products } from './products';
import { serveProposal } from './proposal';
import { methods, type InitializationOptions, type ServerSettings } from './protocol';
import { pushDiagnostics } from './push-diagnostics';
import { serveRuleTests } from './rule-tests';
import { serveSearch } from './search';
import { serveSetup } from './setup';
import { serveSymbols } from './symbols';
import { serveTemplates } from './templates';
import { serveTypes } from './types';
import { canonicalUri } from './uri';
import { serveWaive } from './waive';
import { serveWaivers } from './waivers';
import { Watchers } from './watchers';
import { serveWhy } from './why';
import { languageOf } from './words';

const refreshAfter = 150;

/**
 * The composition page of the language server: one start for the Node process and the Web Worker. Registers every
 * feature on the connection and begins to listen.
 */
export function startServer(connection: Connection, platform: ServerPlatform): void {
  serveRefusal(connection);
  connection.onInitialize((params): InitializeResult => {
    const options = optionsOf(params, platform);
    const client = abilitiesOf(params.capabilities, options);
    serve(connection, platform, options, foldersOf(params), client);
    return {
      serverInfo: { name: 'Kobo Guide' },
      capabilities: {
        textDocumentSync: documentSync,
        ...(client.pullsDiagnostics ? { diagnosticProvider: { identifier: 'kobo', interFileDependencies: true, workspaceDiagnostics: false } } : {}),
        hoverProvider: true,
        codeActionProvider: { codeActionKinds: ['quickfix', 'refactor', fixAllKind] },
        completionProvider: { triggerCharacters: completionTriggers },
        // A lens is there to be clicked, and its command is the extension's.
        ...(client.isExtension ? { codeLensProvider: { resolveProvider: false } } : {}),
        ...(client.registersFormatting ? {} : { documentFormattingProvider: true }),
        ...(client.registersRangeFormatting ? {} : { documentRangeFormattingProvider: true }),
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

/** The folders of the client. */
function foldersOf(params: InitializeParams): readonly string[] {
  const folders = params.workspaceFolders?.map((folder) => folder.uri) ?? [];
  // Older clients name just one, in either of two ways.
  const { rootUri, rootPath }: { readonly rootUri?: string | null; readonly rootPath?: string | null } = params;
  if (folders.length > 0) return folders.map(canonicalUri);
  if (typeof rootUri === 'string' && rootUri !== '') return [canonicalUri(rootUri)];
  const address = readBookAddress(rootPath ?? '', '');
  return address.kind === 'folder' ? [canonicalUri(address.uri)] : [];
}

function serve(connection: Connection, platform: ServerPlatform, options: InitializationOptions, folders: readonly string[], client: ClientAbilities): void {
  let settings: ServerSettings = options.settings;
  let { trusted } = options;
  /** Folders that the client knows of. */
  let workspace = folders;
  const log = (message: string): void => connection.console.info(message);
  /** Links, and addresses that a file of the workspace names, lead nowhere else. */
  const within = (): readonly string[] | undefined => (trusted ? undefined : [...workspace, ...products.folders]);
  const folder = (uri: string): Folder =>
    options.files === 'disk' && platform.diskFolder !== undefined && uri.startsWith('file:') ? (platform.diskFolder(uri, within) ?? noFolder(uri)) : clientFolder(connection, uri);
  // A repository can name programs for git to run.
  const history = (uri: string): History | undefined => (trusted ? platform.history?.(uri) : undefined);
  const language = languageOf(options.language);

  const unanswered = (error: unknown): void => log(`refresh: ${String(error)}`);

  let pending: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  const refresh = (): void => {
    clearTimeout(pending);
    // A product may still have been reading when the client said goodbye.
    if (stopped) return;
    pending = setTimeout(() => {
      if (client.pullsDiagnostics) connection.languages.diagnostics.refresh().catch(unanswered);
      else pushed.all();
      // What stands above a rule comes from other files of the Book too.
      if (client.refreshesLenses) connection.sendRequest(CodeLensRefreshRequest.type).catch(unanswered);
    }, refreshAfter);
  };

  const shelf = new Bookshelf({
    platform,
    starter: () => starterText(options.starter, platform),
    folder,
    language,
    isTrusted: () => trusted,
    workspaceFolders: () => products.folders,
    onState: (state) => void connection.sendNotification(methods.bookState, state),
    indexes: indexStoreOf(connection, platform, options),
    log,
  });
  const products: Products = new Products({
    platform,
    shelf,
    folder,
    history,
    settings: () => settings,
    openText: (uri) => documents.get(uri)?.text,
    onState: (state) => {
      void connection.sendNotification(methods.workspaceState, state);
      inBackground(log, watchers.update());
      counts.changed();
    },
    log,
  });
  const documents = trackDocuments(connection, {
    // A new kobo.yaml may be opened before the disk tells of it.
    opened: (document) => {
      if (document.uri.endsWith('/kobo.yaml')) inBackground(log, products.isKnown(document.uri).then((known) => (known ? undefined : configurationChanged(document.uri))));
      if (isLone()) inBackground(log, lone.opened(document.uri));
      if (!client.pullsDiagnostics) pushed.opened(document);
    },
    changed: (document) => {
      if (isConfiguration(document.uri)) configurationChanged(document.uri);
      if (!client.pullsDiagnostics) pushed.changed(document);
      counts.changed();
    },
    saved: ({ uri }) => {
      // Not every editor watches files, least of all a Book that lies elsewhere: saving one in it tells that it changed.
      const isWatched = client.isExtension && products.folderOf(uri) !== undefined;
      inBackground(log, products.saved(uri));
      if (!isWatched && !isConfiguration(uri) && shelf.holds(uri)) configurationChanged(uri);
    },
    closed: (document) => {
      formatting.offer(document.uri, false);
      if (!client.pullsDiagnostics) pushed.closed(document);
      // From now on it is as it is on disk: changes that were thrown away are gone, and so is a file that was deleted meanwhile.
      if (isConfiguration(document.uri) && document.saved) return;
      inBackground(log, products.fileChanged(document.uri, 'changed').then((isAffected) => (isAffected ? refresh() : undefined)));
    },
  });
  const context: ServerContext = { connection, platform, language, client, settings: () => settings, history, shelf, products, documents, refresh, log };
  const counts: ProductCounts = new ProductCounts(context);
  const authoring = new Authoring(context);
  const formatting = new TableFormatting(context);
  const pushed = pushDiagnostics(context, async (uri) => (await diagnosticsOf(context, authoring, formatting, uri)).items);
  const watchers = new Watchers(context, () => workspace);
  /** The extension shows what belongs to its workspace; other editors also open a single file. */
  const isLone = (): boolean => workspace.length === 0 && !client.isExtension && options.files === 'disk' && platform.diskFolder !== undefined;
  const lone = new LoneDocuments(context);

  /** `kobo.yaml` and the files of a Book change what every check says. */
  const configurationChanged = (uri: string): void => {
    if (uri.endsWith('/book.yaml')) authoring.forget();
    const wasBook = shelf.forget(uri);
    if (wasBook) products.rescan();
    else products.rescan(uri);
    refresh();
  };

  connection.onInitialized(() => {
    products.setFolders(folders);
    // Whoever opens the panel later is answered at once. The Book of the settings mostly is the one, and known before the folders are looked through.
    void shelf.early(products.settingsBook(folders[0] ?? ''));
    inBackground(log, products.bookAddress('').then((address) => shelf.early(address)));
    watchers.start();
    if (!client.tellsFolders) return;
    connection.workspace.onDidChangeWorkspaceFolders((change) => {
      const removed = new Set(change.removed.map((one) => canonicalUri(one.uri)));
      const added = change.added.map((one) => canonicalUri(one.uri));
      workspace = [...workspace.filter((uri) => !removed.has(uri)), ...added];
      products.setFolders([...products.folders.filter((uri) => !removed.has(uri)), ...added]);
      if (isLone()) for (const { uri } of documents.all()) inBackground(log, lone.opened(uri));
      refresh();
    });
  });
  connection.onNotification(methods.settings, (changed: unknown) => {
    settings = settingsOf(changed);
    products.rescan();
    refresh();
  });
  connection.onNotification(methods.trusted, () => {
    trusted = true;
    shelf.clear();
    authoring.forget();
    products.rescan();
    refresh();
  });
  connection.onNotification(methods.rebuild, () => {
    shelf.rebuild();
    products.rescan();
    refresh();
  });
  const changedOnDisk = async ({ changes }: DidChangeWatchedFilesParams): Promise<void> => {
    let affected = false;
    for (const { uri, type } of changes) {
      const file = canonicalUri(uri);
      // A folder may be all that is told of what came or went with it.
      if (type !== FileChangeType.Changed) authoring.forget();
      if (isConfiguration(file) || shelf.holds(file)) {
        configurationChanged(file);
        affected = true;
      } else if (await products.fileChanged(file, type === FileChangeType.Created ? 'created' : type === FileChangeType.Deleted ? 'deleted' : 'changed')) {
        affected = true;
      }
    }
    if (!affected) return;
    counts.changed();
    refresh();
  };
  connection.onDidChangeWatchedFiles((params) => products.inTurn(() => changedOnDisk(params)));
  connection.onShutdown(() => {
    stopped = true;
    clearTimeout(pending);
    pushed.stop();
    counts.stop();
    products.stop();
    shelf.clear();
  });

  serveDiagnostics(context, authoring, formatting);
  serveSymbols(context);
  serveHover(context, authoring);
  serveCodeActions(context, authoring);
  serveSearch(context);
  servePages(context);
  serveContext(context);
  serveTemplates(context);
  serveCompletion(context, authoring);
  serveTypes(context);
  serveCheckAll(context, counts);
  serveGate(context);
  serveBlanks(context);
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
  return uri.endsWith('/kobo.yaml') || uri.endsWith('/book.yaml') || uri.endsWith('/.kobo-baseline.json') || uri.endsWith('/.gitignore');
}
