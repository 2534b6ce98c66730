/** A flat folder for the files of kept indexes. Errors reject, except that what cannot be read is `undefined`. */
export interface IndexFolder {
  names(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Takes the place of a file that is there. */
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** What was kept: the bytes, or `undefined` when there are none, they are not whole or cannot be read; and whether an earlier write did not come to its end. */
export interface KeptIndex {
  readonly bytes: Uint8Array | undefined;
  readonly interrupted: boolean;
}

/**
 * Reads the index that is kept under a key (lower-case letters and digits, at most 16): `KEY.STAMP.kobo` with the bytes, and the
 * pointer `KEY.current` that names it. Rejects when the folder does.
 */
export async function readKeptIndex(folder: IndexFolder, key: string): Promise<KeptIndex> {
  const nothing: KeptIndex = { bytes: undefined, interrupted: false };
  if (!isKey(key)) return nothing;
  const names = (await folder.names()).filter((name) => name.startsWith(`${key}.`));
  if (names.length === 0) return nothing;
  const pointer = await currentOf(folder, key);
  const bytes = pointer === undefined ? undefined : await folder.read(pointer.file);
  if (bytes === undefined || bytes.byteLength !== pointer?.bytes) return { bytes: undefined, interrupted: true };
  return { bytes, interrupted: names.some((name) => name !== `${key}.current` && name !== pointer.file) };
}

/**
 * Keeps an index. A new index is a new file first and then a new pointer renamed over the old one, so that whenever the process
 * ends, the pointer names a whole file: the one before or the new one.
 * @returns whether it is kept now
 */
export async function keepIndex(folder: IndexFolder, key: string, bytes: Uint8Array): Promise<boolean> {
  if (!isKey(key)) return false;
  try {
    const file = `${key}.${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}.kobo`;
    await folder.write(file, bytes);
    const next = `${file}.next`;
    await folder.write(next, new TextEncoder().encode(JSON.stringify({ file, bytes: bytes.byteLength })));
    await folder.rename(next, `${key}.current`);
    const old = (await folder.names()).filter((name) => name.startsWith(`${key}.`) && name !== file && name !== `${key}.current`);
    for (const name of old) await folder.remove(name);
    return true;
  } catch {
    return false;
  }
}

async function currentOf(folder: IndexFolder, key: string): Promise<{ readonly file: string; readonly bytes: number } | undefined> {
  const pointer = await folder.read(`${key}.current`);
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

/** Whether a text can name an index. */
export function isKey(key: string): boolean {
  return /^[a-z0-9]{1,16}$/.test(key);
}
