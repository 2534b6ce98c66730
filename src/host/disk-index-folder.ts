import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { IndexFolder } from '../core/search/kept-index';

/** A folder of this machine's disk for kept indexes; made when the first is written. @param path absolute */
export function diskIndexFolder(path: string): IndexFolder {
  return {
    names: () => readdir(path).catch(() => []),
    read: async (name) => {
      const bytes = await readFile(join(path, name)).catch(() => undefined);
      return bytes === undefined ? undefined : new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    },
    write: async (name, bytes) => {
      await mkdir(path, { recursive: true });
      await writeFile(join(path, name), bytes);
    },
    rename: (from, to) => rename(join(path, from), join(path, to)),
    remove: (name) => rm(join(path, name)),
  };
}
