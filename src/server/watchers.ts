import { DidChangeWatchedFilesNotification, type Disposable, type FileSystemWatcher } from 'vscode-languageserver';
import { isWithin } from './book-address';
import type { ServerContext } from './context';

/** Everything the server reads. The extension watches the same in the workspace. */
const patterns = ['**/*.{md,markdown,yaml,yml,csv}', '**/{.kobo-baseline.json,.gitignore}', '**/.git/logs/HEAD'];

/** Has the client watch the files that the server reads: those of the workspace, and Books and products that lie elsewhere. */
export class Watchers {
  readonly #context: Pick<ServerContext, 'connection' | 'client' | 'products' | 'log'>;
  readonly #workspace: () => readonly string[];
  readonly #elsewhere = new Map<string, Promise<Disposable>>();

  /** @param workspace folders that the client knows */
  constructor(context: Pick<ServerContext, 'connection' | 'client' | 'products' | 'log'>, workspace: () => readonly string[]) {
    this.#context = context;
    this.#workspace = workspace;
  }

  start(): void {
    if (this.#context.client.isExtension) return;
    void this.#register(patterns.map((globPattern) => ({ globPattern })))?.catch(this.#failed);
  }

  /** Products came or went: so may Books that lie outside of the workspace. */
  async update(): Promise<void> {
    const { client, products } = this.#context;
    if (!client.registersWatchers || !client.watchesElsewhere) return;
    const keys = (await products.all()).map(({ shelved }) => shelved.key);
    const schemes = ['file:', ...products.folders.map((uri) => uri.slice(0, uri.indexOf(':') + 1))];
    const wanted = new Set([...keys, ...products.folders].filter((uri) => schemes.some((scheme) => uri.startsWith(scheme)) && !isWithin(uri, this.#workspace())));
    for (const [uri, registered] of this.#elsewhere) {
      if (wanted.has(uri)) continue;
      this.#elsewhere.delete(uri);
      void registered.then((one) => one.dispose(), this.#failed);
    }
    for (const baseUri of wanted) {
      if (this.#elsewhere.has(baseUri)) continue;
      const registered = this.#register(patterns.map((pattern) => ({ globPattern: { baseUri, pattern } })));
      if (registered === undefined) continue;
      this.#elsewhere.set(baseUri, registered);
      registered.catch(this.#failed);
    }
  }

  #register(watchers: FileSystemWatcher[]): Promise<Disposable> | undefined {
    const { connection, client } = this.#context;
    return client.registersWatchers ? connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }) : undefined;
  }

  readonly #failed = (error: unknown): void => this.#context.log(`watching files: ${String(error)}`);
}
