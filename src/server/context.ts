import type { Connection } from 'vscode-languageserver';
import type { History } from '../core/workspace';
import type { Bookshelf } from './bookshelf';
import type { ClientAbilities } from './client-abilities';
import type { OpenDocuments } from './open-documents';
import type { ServerPlatform } from './platform';
import type { Products } from './products';
import type { ServerSettings } from './protocol';
import type { Language } from './words';

/** What every language feature works with; made once by `startServer`. */
export interface ServerContext {
  readonly connection: Connection;
  readonly platform: ServerPlatform;
  /** Language of the interface. */
  readonly language: Language;
  readonly client: ClientAbilities;
  readonly settings: () => ServerSettings;
  /** Git history of a folder; `undefined` where git cannot or must not be asked. */
  readonly history: (uri: string) => History | undefined;
  readonly shelf: Bookshelf;
  readonly products: Products;
  readonly documents: OpenDocuments;
  /** Has the diagnostics of all shown documents made anew, soon. */
  readonly refresh: () => void;
  readonly log: (message: string) => void;
}
