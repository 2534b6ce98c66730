import { DocumentFormattingRequest, DocumentRangeFormattingRequest, type Disposable, type TextEdit } from 'vscode-languageserver';
import { formatTables } from '../core/document/format-table';
import type { ServerContext } from './context';
import { managedAt } from './managed';
import { canonicalUri, filePattern } from './uri';

/**
 * Formatting: aligns Markdown tables. A formatter is registered for each managed document by itself, so that in all other
 * Markdown files the person's own formatter stays the only one. Where the client takes no such registration, it is named
 * once as it starts and changes nothing in other documents.
 */
export class TableFormatting {
  readonly #context: ServerContext;
  readonly #registered = new Map<string, Promise<readonly Disposable[]>>();

  constructor(context: ServerContext) {
    this.#context = context;
    const { connection } = context;
    connection.onDocumentFormatting(({ textDocument }) => this.#format(textDocument.uri));
    connection.onDocumentRangeFormatting(({ textDocument, range }) => this.#format(textDocument.uri, range));
  }

  /** Offers formatting for a document, or takes it back. */
  offer(uri: string, isManaged: boolean): void {
    const { connection: { client }, client: abilities } = this.#context;
    if (isManaged === this.#registered.has(uri)) return;
    if (!isManaged) {
      void this.#registered.get(uri)?.then((all) => all.forEach((one) => one.dispose()));
      this.#registered.delete(uri);
      return;
    }
    const options = { documentSelector: [{ language: 'markdown', pattern: filePattern(uri) }] };
    const made = Promise.all([
      ...(abilities.registersFormatting ? [client.register(DocumentFormattingRequest.type, options)] : []),
      ...(abilities.registersRangeFormatting ? [client.register(DocumentRangeFormattingRequest.type, options)] : []),
    ]);
    this.#registered.set(uri, made.catch((error: unknown) => {
      this.#context.log(String(error));
      return [];
    }));
  }

  async #format(uri: string, range?: TextEdit['range']): Promise<TextEdit[]> {
    const typed = await managedAt(this.#context, canonicalUri(uri));
    if (typed === undefined) return [];
    const { document } = typed;
    const within = range === undefined ? undefined : { start: document.lines.offsetAt(range.start), end: document.lines.offsetAt(range.end) };
    return formatTables(document, within).map(({ span, text }) => ({ range: document.lines.rangeOf(span), newText: text }));
  }
}
