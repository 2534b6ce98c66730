import { DidChangeWatchedFilesNotification, WatchKind, type Disposable, type FileSystemWatcher, type GlobPattern } from 'vscode-languageserver';
import { isWithin } from './book-address';
import type { ServerContext } from './context';
import { baselineOf } from './products';
import { decodePath, globOf } from './uri';

/** Everything the server reads. The extension watches the same in the workspace. */
const patterns = ['**/*.{md,markdown,yaml,yml,csv}', '**/{.kobo-baseline.json,.gitignore}', '**/.git/logs/HEAD'];
const usualBaseline = '/.kobo-baseline.json';

/** Has the client watch the files that the server reads: those of the workspace, baselines of any name, and Books and products that lie elsewhere. */
export class Watchers {
  readonly #context: Pick<ServerContext, 'connection' | 'client' | 'products' | 'log'>;
  readonly #workspace: () => readonly string[];
  /** By what is watched. */
  readonly #registered = new Map<string, Promise<Disposable>>();

  /** @param workspace folders that the client knows */
  constructor(context: Pick<ServerContext, 'connection' | 'client' | 'products' | 'log'>, workspace: () => readonly string[]) {
    this.#context = context;
    this.#workspace = workspace;
  }

  start(): void {
    if (this.#context.client.isExtension) return;
    this.#register(watchersOf((globPattern) => globPattern)).catch(this.#failed);
  }

  /** Products came or went: so may what they name. */
  async update(): Promise<void> {
    const wanted = await this.#wanted();
    for (const [key, registered] of this.#registered) {
      if (wanted.has(key)) continue;
      this.#registered.delete(key);
      void registered.then((one) => one.dispose(), this.#failed);
    }
    for (const [key, watchers] of wanted) {
      if (this.#registered.has(key)) continue;
      const registered = this.#register(watchers);
      this.#registered.set(key, registered);
      registered.catch(this.#failed);
    }
  }

  async #wanted(): Promise<ReadonlyMap<string, FileSystemWatcher[]>> {
    const { client, products } = this.#context;
    const wanted = new Map<string, FileSystemWatcher[]>();
    if (!client.registersWatchers) return wanted;
    const all = await products.all();
    for (const uri of all.flatMap((product) => baselineOf(product) ?? [])) {
      if (uri.endsWith(usualBaseline)) continue;
      const slash = uri.lastIndexOf('/');
      const name = globOf(decodePath(uri.slice(slash + 1)));
      wanted.set(uri, [{ globPattern: client.watchesElsewhere ? { baseUri: uri.slice(0, slash), pattern: name } : `**/${name}` }]);
    }
    if (!client.watchesElsewhere) return wanted;
    const schemes = ['file:', ...products.folders.map((uri) => uri.slice(0, uri.indexOf(':') + 1))];
    for (const uri of [...all.map(({ shelved }) => shelved.key), ...products.folders]) {
      if (!schemes.some((scheme) => uri.startsWith(scheme)) || isWithin(uri, this.#workspace())) continue;
      wanted.set(uri, watchersOf((pattern) => ({ baseUri: uri, pattern })));
    }
    return wanted;
  }

  async #register(watchers: FileSystemWatcher[]): Promise<Disposable> {
    const { connection, client } = this.#context;
    return client.registersWatchers ? connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }) : { dispose: () => undefined };
  }

  readonly #failed = (error: unknown): void => this.#context.log(`watching files: ${String(error)}`);
}

function watchersOf(placed: (pattern: string) => GlobPattern): FileSystemWatcher[] {
  // A folder that comes or goes may be all that is told of what is in it.
  return [...patterns.map((pattern) => ({ globPattern: placed(pattern) })), { globPattern: placed('**'), kind: WatchKind.Create | WatchKind.Delete }];
}
