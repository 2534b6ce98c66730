import type { Diagnostic } from 'vscode-languageserver';
import type { ServerContext } from './context';
import type { OpenDocument } from './open-documents';

/** Sends diagnostics to a client that does not ask for them. */
export interface PushedDiagnostics {
  opened(document: OpenDocument): void;
  changed(document: OpenDocument): void;
  /** What is said of every open document may have changed. */
  all(): void;
  closed(document: OpenDocument): void;
  /** Nothing is sent any more. */
  stop(): void;
}

/** While somebody types, each character would be checked by itself. */
const changeAfter = 150;
/** The other open documents may mention what was changed; they can wait for a pause. */
const othersAfter = 500;

/** @param find what is to be said about an open document */
export function pushDiagnostics(context: Pick<ServerContext, 'connection' | 'documents' | 'settings' | 'log'>, find: (uri: string) => Promise<readonly Diagnostic[]>): PushedDiagnostics {
  const { connection, documents, settings, log } = context;
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  /** Number of the last check of a document that began: an answer that comes late is dropped. */
  const begun = new Map<string, number>();
  let checks = 0;
  let others: ReturnType<typeof setTimeout> | undefined;
  const send = async (uri: string): Promise<void> => {
    const check = ++checks;
    begun.set(uri, check);
    const version = documents.get(uri)?.version;
    const diagnostics = await find(uri);
    const open = documents.get(uri);
    if (open === undefined || open.version !== version || begun.get(uri) !== check) return;
    await connection.sendDiagnostics({ uri: open.clientUri, version: open.version, diagnostics: [...diagnostics] });
  };
  const soon = (uri: string, after: number): void => {
    clearTimeout(waiting.get(uri));
    waiting.set(uri, setTimeout(() => {
      waiting.delete(uri);
      void send(uri).catch((error: unknown) => log(`${uri}: ${String(error)}`));
    }, after));
  };
  const forget = (uri: string): void => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    begun.delete(uri);
  };
  const all = (but?: string): void => {
    for (const { uri } of documents.all()) if (uri !== but) soon(uri, 0);
  };
  return {
    opened: ({ uri }) => soon(uri, 0),
    changed: (document) => {
      if (!document.saved && settings().run === 'onSave') return;
      soon(document.uri, changeAfter);
      clearTimeout(others);
      others = setTimeout(() => all(document.uri), othersAfter);
    },
    all,
    closed: ({ uri, clientUri }) => {
      forget(uri);
      void connection.sendDiagnostics({ uri: clientUri, diagnostics: [] });
    },
    stop: () => {
      clearTimeout(others);
      for (const uri of [...waiting.keys()]) forget(uri);
      begun.clear();
    },
  };
}
