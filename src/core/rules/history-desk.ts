import type { TypedDocument } from '../product/meaning';
import type { FileHistory, History } from '../workspace';
import type { HistoryView } from './env';

/** Reads an older text of a document the way the document itself was read. */
export type ReadOld = (document: TypedDocument, text: string) => TypedDocument;

/**
 * Answers rules about history. What is not fetched yet is written down as a wish, and the rule is asked again once it is
 * there: conditions stay plain functions.
 */
export class HistoryDesk implements HistoryView {
  readonly #history: History;
  readonly #readOld: ReadOld;
  readonly #files = new Map<string, FileHistory>();
  readonly #old = new Map<string, TypedDocument | undefined>();
  #wishes = new Map<string, { readonly document: TypedDocument; readonly day: string }>();

  constructor(history: History, readOld: ReadOld) {
    this.#history = history;
    this.#readOld = readOld;
  }

  /** Fetches what is known of a document; false when nothing is. */
  async open(document: TypedDocument): Promise<boolean> {
    const known = await this.#history.of(document.path);
    if (known !== undefined) this.#files.set(document.path, known);
    return known !== undefined;
  }

  /** Fetches what was wished for; false when there was nothing. */
  async fetch(): Promise<boolean> {
    const wishes = this.#wishes;
    this.#wishes = new Map();
    for (const [key, { document, day }] of wishes) {
      const text = await this.#files.get(document.path)?.textAt(day);
      this.#old.set(key, text === undefined ? undefined : this.#readOld(document, text));
    }
    return wishes.size > 0;
  }

  firstSaved(document: TypedDocument): string | undefined {
    return this.#files.get(document.path)?.firstSaved;
  }

  lastSaved(document: TypedDocument): string | undefined {
    return this.#files.get(document.path)?.lastSaved;
  }

  at(document: TypedDocument, day: string): TypedDocument | undefined {
    if (!this.#files.has(document.path)) return undefined;
    const key = `${day} ${document.path}`;
    if (!this.#old.has(key)) this.#wishes.set(key, { document, day });
    return this.#old.get(key);
  }
}
