import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type MessageConnection,
  type PublishDiagnosticsParams,
  type Registration,
  type WorkspaceFolder,
} from 'vscode-languageserver-protocol/node';

/** `kobo lsp --stdio` as a process of its own, with a client that does what the protocol asks for and nothing else. */
export interface PlainEditor {
  readonly client: MessageConnection;
  readonly answer: InitializeResult;
  /** What the server sent, in order. */
  readonly published: PublishDiagnosticsParams[];
  readonly registrations: Registration[];
  readonly logged: string[];
  /** Methods of requests that the client does not know. */
  readonly unknown: string[];
  open(file: string, text?: string): Promise<string>;
  change(uri: string, text: string, version: number): Promise<void>;
  /** Waits until the last diagnostics that were sent for a document satisfy a condition. */
  findings(uri: string, until: (found: readonly Diagnostic[]) => boolean): Promise<readonly Diagnostic[]>;
  /** Says goodbye, once. @returns the exit status */
  stop(): Promise<number | null>;
}

export interface PlainEditorOptions {
  /** The program; the built one when left out. */
  readonly cli?: string;
  readonly root: { readonly rootUri: string | null; readonly rootPath?: string; readonly workspaceFolders?: WorkspaceFolder[] | null };
  readonly capabilities?: ClientCapabilities;
  readonly initializationOptions?: unknown;
}

const patience = 15_000;

/** Waits until something is there. */
export async function eventually<T>(what: string, look: () => T | undefined): Promise<T> {
  for (const until = Date.now() + patience; Date.now() < until; await new Promise((done) => setTimeout(done, 20))) {
    const found = look();
    if (found !== undefined) return found;
  }
  throw new Error(`${what} did not come`);
}

export async function startPlainEditor({ cli = join('dist', 'cli.js'), root, capabilities = {}, initializationOptions }: PlainEditorOptions): Promise<PlainEditor> {
  const child = spawn(process.execPath, [cli, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' } });
  const errors: string[] = [];
  child.stderr.on('data', (chunk: Buffer) => void errors.push(chunk.toString('utf8')));
  const ended = new Promise<number | null>((done) => child.on('exit', done));
  const client = createMessageConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
  let isLeaving = false;
  const published: PublishDiagnosticsParams[] = [];
  const registrations: Registration[] = [];
  const logged: string[] = [];
  const unknown: string[] = [];
  client.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => void published.push(params));
  client.onNotification('window/logMessage', ({ message }: { readonly message: string }) => void logged.push(message));
  client.onRequest('client/registerCapability', (params: { readonly registrations: readonly Registration[] }) => {
    registrations.push(...params.registrations);
    return null;
  });
  client.onRequest((method: string) => {
    unknown.push(method);
    return null;
  });
  client.listen();
  const failure = ended.then((status): never => {
    throw new Error(`the server ended (${String(status)}):\n${errors.join('')}`);
  });
  failure.catch(() => undefined);
  const answer = await Promise.race([
    client.sendRequest<InitializeResult>('initialize', { processId: process.pid, capabilities, ...root, ...(initializationOptions === undefined ? {} : { initializationOptions }) }),
    failure,
  ]);
  await client.sendNotification('initialized', {});
  return {
    client, answer, published, registrations, logged, unknown,
    open: async (file, text) => {
      const uri = pathToFileURL(file).href;
      const languageId = file.endsWith('.md') ? 'markdown' : file.endsWith('.csv') ? 'csv' : 'yaml';
      await client.sendNotification('textDocument/didOpen', { textDocument: { uri, languageId, version: 1, text: text ?? readFileSync(file, 'utf8') } });
      return uri;
    },
    change: (uri, text, version) => client.sendNotification('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ text }] }),
    findings: (uri, until) => eventually(`diagnostics of ${uri}\n${errors.join('')}`, () => {
      const last = published.filter((one) => one.uri === uri).at(-1);
      return last !== undefined && until(last.diagnostics) ? last.diagnostics : undefined;
    }),
    stop: async () => {
      if (!isLeaving) {
        await client.sendRequest('shutdown').catch(() => undefined);
        await client.sendNotification('exit');
        isLeaving = true;
      }
      const status = await ended;
      client.dispose();
      return status;
    },
  };
}
