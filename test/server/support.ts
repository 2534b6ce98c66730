import { readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type DocumentDiagnosticReport,
  type ProtocolConnection,
  type Registration,
} from 'vscode-languageserver-protocol/node';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { LineIndex } from '../../src/core/text/position';
import { packBook, type PackedBook } from '../../src/core/book/pack';
import { diskFolder } from '../../src/host/disk-folder';
import { diskIndexFolder } from '../../src/host/disk-index-folder';
import { diskFolderAt, gitHistoryAt } from '../../src/host/disk-places';
import type { IndexStore } from '../../src/extension/index-store';
import { refusingAfterShutdown } from '../../src/server/after-shutdown';
import { jsonWire, methods, type BookState, type InitializationOptions, type ListFilesParams, type LoadIndexParams, type ReadFilesParams, type ReadFilesResult, type SaveIndexParams } from '../../src/server/protocol';
import { startServer } from '../../src/server/start';

const projectRoot = resolve(process.env.KOBO_ROOT ?? process.cwd());
export const sample = join(projectRoot, 'templates', 'samples', 'trouble');

let packed: string | undefined;

/** The starter Book as the build packs it. */
function starter(): string {
  if (packed === undefined) {
    const files = new Map<string, string>();
    const root = join(projectRoot, 'templates');
    for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name).slice(root.length + 1).replaceAll('\\', '/');
      if (entry.isFile() && !path.startsWith('samples/')) files.set(path, readFileSync(join(root, path), 'utf8'));
    }
    packed = JSON.stringify(packBook(files));
  }
  return packed;
}

/** The starter Book, to lay another over it. */
export function starterBook(): PackedBook {
  return JSON.parse(starter()) as PackedBook;
}

/** A language server and a client in one process, speaking over streams. */
export interface Session {
  readonly client: ProtocolConnection;
  readonly folder: string;
  readonly bookStates: BookState[];
  /** What the server logged. */
  readonly logged: string[];
  /** What the client does for the server now. */
  readonly registrations: Registration[];
  /** URI of a file below the folder. */
  uri(path: string): string;
  open(path: string, text?: string): Promise<string>;
  pull(path: string): Promise<readonly Diagnostic[]>;
  stop(): Promise<void>;
}

export interface SessionOptions {
  readonly folder?: string;
  readonly files?: 'disk' | 'client';
  readonly settings?: Partial<InitializationOptions['settings']>;
  readonly trusted?: boolean;
  readonly language?: string;
  /** Milliseconds since the epoch; the day of the sample's mistakes when left out. */
  readonly clock?: number;
  /** Git history is asked, as on a desktop; left out: unknown. */
  readonly history?: boolean;
  /** What the client keeps indexes in; a client without one when left out. */
  readonly indexes?: IndexStore;
  /** A folder where the server keeps them itself. */
  readonly indexFolder?: string;
  /** The client asks for what stands above a line anew when it is told to: called then. */
  readonly onLensRefresh?: () => void;
  /** What a reading of files through the client waits for. @param paths relative to the folder `at`, a URI */
  readonly beforeRead?: (paths: readonly string[], at: string) => Promise<void>;
}

export async function startSession(options: SessionOptions = {}): Promise<Session> {
  const folder = options.folder ?? sample;
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(ProposedFeatures.all, new StreamMessageReader(toServer), new StreamMessageWriter(toClient), { messageStrategy: refusingAfterShutdown() });
  const at = options.clock ?? Date.parse('2026-11-24T03:00:00Z');
  startServer(server, {
    diskFolder: diskFolderAt,
    indexFolder: diskIndexFolder,
    wire: jsonWire,
    readText: () => Promise.reject(new Error('not asked for')),
    history: options.history === true ? gitHistoryAt : undefined,
    starterFile: undefined,
    home: homedir(),
    language: 'ja',
    now: () => performance.now(),
    clock: () => at,
    breath: () => new Promise((done) => setImmediate(done)),
  });
  const client = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));
  const bookStates: BookState[] = [];
  client.onNotification(methods.bookState, (state: BookState) => void bookStates.push(state));
  const logged: string[] = [];
  client.onNotification('window/logMessage', ({ message }: { readonly message: string }) => void logged.push(message));
  const registrations: Registration[] = [];
  client.onRequest('client/registerCapability', (params: { readonly registrations: readonly Registration[] }) => (registrations.push(...params.registrations), null));
  client.onRequest('client/unregisterCapability', (params: { readonly unregisterations: readonly { readonly id: string }[] }) => {
    for (const { id } of params.unregisterations) registrations.splice(registrations.findIndex((one) => one.id === id), 1);
    return null;
  });
  const { indexes } = options;
  if (indexes !== undefined) {
    client.onRequest(methods.loadIndex, (params: LoadIndexParams) => indexes.load(params));
    client.onRequest(methods.saveIndex, (params: SaveIndexParams) => indexes.save(params));
  }
  const door = (at: string) => diskFolder(fileURLToPath(at));
  client.onRequest(methods.listFiles, async ({ folder: at }: ListFilesParams) => ({ files: await door(at).list({ isCancelled: false }) }));
  client.onRequest(methods.readFiles, async ({ folder: at, paths }: ReadFilesParams): Promise<ReadFilesResult> => {
    await options.beforeRead?.(paths, at);
    const contents = await door(at).read(paths, { isCancelled: false });
    return { files: contents.map((content) => (content.ok ? { data: Buffer.from(content.bytes).toString('base64') } : { error: content.code })) };
  });
  client.onRequest('workspace/diagnostic/refresh', () => null);
  client.onRequest('workspace/codeLens/refresh', () => (options.onLensRefresh?.(), null));
  client.listen();
  const root = pathToFileURL(folder).href;
  await client.sendRequest('initialize', {
    processId: null,
    rootUri: root,
    capabilities: abilities(options),
    workspaceFolders: [{ uri: root, name: 'sample' }],
    initializationOptions: {
      files: options.files ?? 'disk',
      starter: { text: starter() },
      language: options.language ?? 'ja',
      settings: { book: '', run: 'onType', minimumSeverity: 'hint', rules: {}, ...options.settings },
      trusted: options.trusted ?? true,
      extension: true,
      keepsIndexes: indexes !== undefined,
      ...(options.indexFolder === undefined ? {} : { indexFolder: options.indexFolder }),
    } satisfies InitializationOptions,
  });
  await client.sendNotification('initialized', {});

  const uri = (path: string): string => pathToFileURL(join(folder, path)).href;
  return {
    client,
    folder,
    bookStates,
    logged,
    registrations,
    uri,
    open: async (path, text) => {
      const content = text ?? readFileSync(join(folder, path), 'utf8');
      const languageId = path.endsWith('.md') ? 'markdown' : path.endsWith('.csv') ? 'plaintext' : 'yaml';
      await client.sendNotification('textDocument/didOpen', { textDocument: { uri: uri(path), languageId, version: 1, text: content } });
      return content;
    },
    pull: async (path) => {
      const report = await client.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri: uri(path) } });
      return report.kind === 'full' ? report.items : [];
    },
    stop: async () => {
      await client.sendRequest('shutdown');
      client.dispose();
      server.dispose();
    },
  };
}

/** What the extension's client says of itself, as far as the server asks. */
function abilities({ onLensRefresh }: SessionOptions): ClientCapabilities {
  const registered = { dynamicRegistration: true };
  return {
    workspace: {
      workspaceFolders: true,
      diagnostics: { refreshSupport: true },
      workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
      didChangeWatchedFiles: { ...registered, relativePatternSupport: true },
      ...(onLensRefresh === undefined ? {} : { codeLens: { refreshSupport: true } }),
    },
    textDocument: { diagnostic: registered, formatting: registered, rangeFormatting: registered, completion: { completionItem: { snippetSupport: true } } },
  };
}

/** Opens a text with `‸` at the caret. @returns the parameters of a request at that place */
export async function openAt(from: Session, path: string, marked: string) {
  const at = marked.indexOf('‸');
  const text = marked.replace('‸', '');
  await from.open(path, text);
  return { textDocument: { uri: from.uri(path) }, position: new LineIndex(text).positionAt(at) };
}
