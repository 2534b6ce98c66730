export interface Server {
  readonly port: number;
  readonly url: string;
  readonly authority: string;
  readonly locale: 'ja' | 'en';
  readonly folder: string;
  /** Settles when the server has ended, by itself or by `stop`. */
  readonly ended: Promise<unknown>;
  readonly stop: () => Promise<void>;
}
export interface ServerOptions {
  readonly locale?: 'ja' | 'en';
  readonly install?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly trusted?: boolean;
  readonly port?: number;
  readonly testDriver?: boolean;
}
export function startServer(options?: ServerOptions): Promise<Server>;
