import { bytesToText, textToBytes, type LoadIndexParams, type LoadIndexResult, type SaveIndexParams } from '../server/protocol';

/** A flat folder for the files of the store. Errors reject, except that what cannot be read is `undefined`. */
export interface IndexFolder {
  names(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Takes the place of a file that is there. */
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
}

const partBytes = 3 << 17;
const maxBytes = 100 * 1024 * 1024;
const none: LoadIndexResult = { data: null, parts: 0, interrupted: false };

/**
 * Keeps the index of each Book from one window to the next: `KEY.STAMP.kobo` with the bytes, and the pointer `KEY.current` that names
 * it. A new index is a new file first and then a new pointer renamed over the old one, so that whenever the process ends,
 * the pointer names a whole file: the one before or the new one.
 */
export class IndexStore {
  readonly #folder: IndexFolder;
  /** Parts that have come so far, by key. */
  readonly #coming = new Map<string, Uint8Array[]>();
  /** What is being sent, so that its file is read once. */
  #sending: { readonly key: string; readonly bytes: Uint8Array } | undefined;

  constructor(folder: IndexFolder) {
    this.#folder = folder;
  }

  /** One part of a kept index; `data` is `null` when there is none, it is not whole or it cannot be read. */
  async load({ key, part }: LoadIndexParams): Promise<LoadIndexResult> {
    if (!isKey(key)) return none;
    let interrupted = false;
    if (part === 0) {
      this.#sending = undefined;
      const names = (await this.#folder.names()).filter((name) => name.startsWith(`${key}.`));
      const current = await this.#current(key);
      const bytes = current === undefined ? undefined : await this.#folder.read(current.file);
      interrupted = names.some((name) => name !== `${key}.current` && name !== current?.file);
      if (bytes === undefined || bytes.byteLength !== current?.bytes) return { ...none, interrupted: names.length > 0 };
      this.#sending = { key, bytes };
    }
    if (this.#sending?.key !== key) return none;
    const { bytes } = this.#sending;
    const parts = Math.max(1, Math.ceil(bytes.byteLength / partBytes));
    if (part >= parts - 1) this.#sending = undefined;
    return { data: bytesToText(bytes.subarray(part * partBytes, (part + 1) * partBytes)), parts, interrupted };
  }

  /** Takes one part of a new index; with the last one it replaces the kept index. @returns whether all went well so far */
  async save({ key, part, parts, data }: SaveIndexParams): Promise<boolean> {
    if (!isKey(key)) return false;
    const coming = part === 0 ? [] : (this.#coming.get(key) ?? []);
    if (coming.length !== part || part >= parts) return false;
    coming.push(textToBytes(data));
    const size = coming.reduce((sum, bytes) => sum + bytes.byteLength, 0);
    if (size > maxBytes) {
      this.#coming.delete(key);
      return false;
    }
    this.#coming.set(key, coming);
    if (part < parts - 1) return true;
    this.#coming.delete(key);
    try {
      await this.#replace(key, joined(coming, size));
      return true;
    } catch {
      return false;
    }
  }

  async #replace(key: string, bytes: Uint8Array): Promise<void> {
    const folder = this.#folder;
    const file = `${key}.${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}.kobo`;
    await folder.write(file, bytes);
    const next = `${file}.next`;
    await folder.write(next, new TextEncoder().encode(JSON.stringify({ file, bytes: bytes.byteLength })));
    await folder.rename(next, `${key}.current`);
    const old = (await folder.names()).filter((name) => name.startsWith(`${key}.`) && name !== file && name !== `${key}.current`);
    for (const name of old) await folder.remove(name);
  }

  async #current(key: string): Promise<{ readonly file: string; readonly bytes: number } | undefined> {
    const pointer = await this.#folder.read(`${key}.current`);
    if (pointer === undefined) return undefined;
    try {
      const read: unknown = JSON.parse(new TextDecoder().decode(pointer));
      if (typeof read !== 'object' || read === null || !('file' in read) || !('bytes' in read)) return undefined;
      const { file, bytes } = read;
      return typeof file === 'string' && typeof bytes === 'number' && file.startsWith(`${key}.`) && /^[a-z0-9.]+$/.test(file) ? { file, bytes } : undefined;
    } catch {
      return undefined;
    }
  }
}

function isKey(key: string): boolean {
  return /^[a-z0-9]{1,16}$/.test(key);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.byteLength;
  }
  return bytes;
}
