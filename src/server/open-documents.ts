import { TextDocumentSyncKind, type Connection } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { canonicalUri } from './uri';

/** A document that is open in the editor. */
export interface OpenDocument {
  readonly uri: string;
  /** Its URI as the client writes it. */
  readonly clientUri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  /** False while there are changes that are not on disk. */
  readonly saved: boolean;
  /** The text it was opened with. */
  readonly opened: string;
}

export interface OpenDocuments {
  get(uri: string): OpenDocument | undefined;
  all(): readonly OpenDocument[];
}

export interface DocumentEvents {
  readonly opened: (document: OpenDocument) => void;
  readonly changed: (document: OpenDocument) => void;
  readonly closed: (document: OpenDocument) => void;
  readonly saved: (document: OpenDocument) => void;
}

export const documentSync = { openClose: true, change: TextDocumentSyncKind.Incremental, save: true } as const;

/** Keeps the texts of open documents in step with the editor. URIs are in the one form of `uri.ts`. */
export function trackDocuments(connection: Connection, events: DocumentEvents): OpenDocuments {
  const documents = new Map<string, { document: TextDocument; saved: boolean; readonly opened: string; readonly clientUri: string }>();
  const view = (uri: string): OpenDocument | undefined => {
    const entry = documents.get(uri);
    if (entry === undefined) return undefined;
    const { languageId, version } = entry.document;
    return { uri, clientUri: entry.clientUri, languageId, version, text: entry.document.getText(), saved: entry.saved, opened: entry.opened };
  };
  const tell = (event: (document: OpenDocument) => void, uri: string): void => {
    const document = view(uri);
    if (document !== undefined) event(document);
  };
  connection.onDidOpenTextDocument(({ textDocument: { uri, languageId, version, text } }) => {
    const key = canonicalUri(uri);
    documents.set(key, { document: TextDocument.create(key, languageId, version, text), saved: true, opened: text, clientUri: uri });
    tell(events.opened, key);
  });
  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const key = canonicalUri(textDocument.uri);
    const entry = documents.get(key);
    if (entry === undefined) return;
    documents.set(key, { ...entry, document: TextDocument.update(entry.document, contentChanges, textDocument.version), saved: false });
    tell(events.changed, key);
  });
  connection.onDidSaveTextDocument(({ textDocument }) => {
    const entry = documents.get(canonicalUri(textDocument.uri));
    if (entry === undefined) return;
    entry.saved = true;
    tell(events.changed, canonicalUri(textDocument.uri));
    tell(events.saved, canonicalUri(textDocument.uri));
  });
  connection.onDidCloseTextDocument(({ textDocument }) => {
    const key = canonicalUri(textDocument.uri);
    const closed = view(key);
    documents.delete(key);
    if (closed !== undefined) events.closed(closed);
  });
  return { get: view, all: () => [...documents.keys()].flatMap((uri) => view(uri) ?? []) };
}
