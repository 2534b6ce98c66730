import { bytesOf, isKey, keepIndex, keptKeys, readKeptIndex, type IndexFolder, type KeptIndex, type LoadIndexParams, type LoadIndexResult, type SaveIndexParams, type Wire } from '../server/protocol';

const maxBytes = 100 * 1024 * 1024;
/** Books of one folder whose indexes are read ahead: mostly it has one. */
const mostAhead = 2;
const unread: KeptIndex = { pieces: undefined, interrupted: false };
const none: LoadIndexResult = { data: null, parts: 0, interrupted: false };

/** Keeps the index of each Book from one window to the next for a server that has no disk: lends its files in parts. */
export class IndexStore {
  readonly #folder: IndexFolder;
  readonly #wire: Wire;
  /** Parts that have come so far, by key. */
  readonly #coming = new Map<string, Uint8Array[]>();
  /** What is being sent, so that its files are read once. */
  #sending: { readonly key: string; readonly pieces: readonly Uint8Array[] } | undefined;
  #isAsked = false;
  /** What is read before it is asked for, by key. */
  readonly #ahead = new Map<string, Promise<KeptIndex>>();

  constructor(folder: IndexFolder, wire: Wire) {
    this.#folder = folder;
    this.#wire = wire;
  }

  /** Whether any index is kept: the Book has been used here before. Never rejects. */
  async holdsAny(): Promise<boolean> {
    return (await keptKeys(this.#folder).catch(() => [])).length > 0;
  }

  /** Begins to read what is kept for this folder, while the server that will ask for it starts. Never rejects. */
  async readAhead(): Promise<void> {
    const keys = await keptKeys(this.#folder).catch(() => []);
    if (this.#isAsked || keys.length > mostAhead) return;
    for (const key of keys) this.#ahead.set(key, readKeptIndex(this.#folder, key).catch(() => unread));
  }

  /** One part of a kept index; `data` is `null` when there is none, it is not whole or it cannot be read. */
  async load({ key, part }: LoadIndexParams): Promise<LoadIndexResult> {
    if (!isKey(key)) return none;
    let interrupted = false;
    if (part === 0) {
      this.#isAsked = true;
      this.#sending = undefined;
      const kept = await (this.#ahead.get(key) ?? readKeptIndex(this.#folder, key));
      this.#ahead.clear();
      interrupted = kept.interrupted;
      if (kept.pieces === undefined) return { ...none, interrupted };
      this.#sending = { key, pieces: kept.pieces };
    }
    if (this.#sending?.key !== key) return none;
    const { pieces } = this.#sending;
    if (part >= pieces.length - 1) this.#sending = undefined;
    return { data: this.#wire.pack(pieces[part] ?? new Uint8Array()), parts: pieces.length, interrupted };
  }

  /** Takes one part of a new index; with the last one it replaces the kept index. @returns whether all went well so far */
  async save({ key, part, parts, data }: SaveIndexParams): Promise<boolean> {
    if (!isKey(key)) return false;
    this.#ahead.clear();
    const coming = part === 0 ? [] : (this.#coming.get(key) ?? []);
    if (coming.length !== part || part >= parts) return false;
    coming.push(bytesOf(data));
    const size = coming.reduce((sum, bytes) => sum + bytes.byteLength, 0);
    if (size > maxBytes) {
      this.#coming.delete(key);
      return false;
    }
    this.#coming.set(key, coming);
    if (part < parts - 1) return true;
    this.#coming.delete(key);
    return keepIndex(this.#folder, key, coming);
  }
}
