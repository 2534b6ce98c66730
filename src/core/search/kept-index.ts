/** A flat folder for the files of kept indexes. Errors reject, except that what cannot be read is `undefined`. */
export interface IndexFolder {
  names(): Promise<readonly string[]>;
  read(name: string): Promise<Uint8Array | undefined>;
  write(name: string, bytes: Uint8Array): Promise<void>;
  /** Takes the place of a file that is there. */
  rename(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** What was kept: the bytes in pieces, or `undefined` when there are none, they are not whole or cannot be read; and whether an earlier write did not come to its end. */
export interface KeptIndex {
  readonly pieces: readonly Uint8Array[] | undefined;
  readonly interrupted: boolean;
}

/**
 * Reads the index that is kept under a key (lower-case letters and digits, at most 16): `KEY.STAMP.N.kobo` with the bytes, and
 * the pointer `KEY.current` that names them. Rejects when the folder does.
 */
export async function readKeptIndex(folder: IndexFolder, key: string): Promise<KeptIndex> {
  const nothing: KeptIndex = { pieces: undefined, interrupted: false };
  if (!isKey(key)) return nothing;
  const names = (await folder.names()).filter((name) => name.startsWith(`${key}.`));
  if (names.length === 0) return nothing;
  const pointer = await currentOf(folder, key);
  // Side by side: through an editor each takes its way there and back.
  const read = await Promise.all((pointer?.files ?? []).map((file) => folder.read(file)));
  const pieces = read.filter((piece) => piece !== undefined);
  if (pieces.length === 0 || sizeOf(pieces) !== pointer?.bytes) return { ...nothing, interrupted: true };
  return { pieces, interrupted: names.some((name) => name !== `${key}.current` && !pointer.files.includes(name)) };
}

/** Keys of the indexes that are kept in a folder. Rejects when the folder does. */
export async function keptKeys(folder: IndexFolder): Promise<readonly string[]> {
  return (await folder.names()).filter((name) => name.endsWith('.current')).map((name) => name.slice(0, -'.current'.length)).filter(isKey);
}

/**
 * Keeps an index. A new index is new files first, one for each piece, and then a new pointer renamed over the old one, so that
 * whenever the process ends, the pointer names whole files: those before or the new ones.
 * @param pieces as long as the host can write at a stretch
 * @returns whether it is kept now
 */
export async function keepIndex(folder: IndexFolder, key: string, pieces: readonly Uint8Array[]): Promise<boolean> {
  if (!isKey(key)) return false;
  try {
    const stamp = `${key}.${Date.now().toString(36)}${Math.random().toString(36).slice(2, 8)}`;
    const files = pieces.map((_, n) => `${stamp}.${String(n)}.kobo`);
    for (const [n, piece] of pieces.entries()) await folder.write(files[n] ?? '', piece);
    const next = `${stamp}.next`;
    await folder.write(next, new TextEncoder().encode(JSON.stringify({ files, bytes: sizeOf(pieces) })));
    await folder.rename(next, `${key}.current`);
    const old = (await folder.names()).filter((name) => name.startsWith(`${key}.`) && !files.includes(name) && name !== `${key}.current`);
    for (const name of old) await folder.remove(name);
    return true;
  } catch {
    return false;
  }
}

function sizeOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, piece) => sum + piece.byteLength, 0);
}

interface Pointer {
  readonly files: readonly string[];
  readonly bytes: number;
}

async function currentOf(folder: IndexFolder, key: string): Promise<Pointer | undefined> {
  const pointer = await folder.read(`${key}.current`);
  if (pointer === undefined) return undefined;
  try {
    const read: unknown = JSON.parse(new TextDecoder().decode(pointer));
    if (typeof read !== 'object' || read === null || !('files' in read) || !('bytes' in read)) return undefined;
    const { files, bytes } = read;
    if (!Array.isArray(files) || typeof bytes !== 'number') return undefined;
    const named = files.filter((file): file is string => typeof file === 'string' && file.startsWith(`${key}.`) && /^[a-z0-9.]+$/.test(file));
    return named.length === files.length ? { files: named, bytes } : undefined;
  } catch {
    return undefined;
  }
}

/** Whether a text can name an index. */
export function isKey(key: string): boolean {
  return /^[a-z0-9]{1,16}$/.test(key);
}
