import type { Connection } from 'vscode-languageserver';
import type { Bookshelf } from './bookshelf';
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
  /** The client can show the edits of an action before it makes them. */
  readonly previewsEdits: boolean;
  readonly settings: () => ServerSettings;
  readonly shelf: Bookshelf;
  readonly products: Products;
  readonly documents: OpenDocuments;
  /** Asks the client to pull the diagnostics of all shown documents again, soon. */
  readonly refresh: () => void;
  readonly log: (message: string) => void;
}
