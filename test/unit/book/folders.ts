import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { FileContent, Folder } from '../../../src/core/workspace';

/** A folder in memory; a value may be bytes. */
export function memoryFolder(files: ReadonlyMap<string, string | Uint8Array>, uri = 'mem:/folder'): Folder {
  return {
    uri,
    list: () => Promise.resolve([...files].map(([path, text]) => ({ path, size: Buffer.byteLength(text) }))
      .sort((a, b) => (a.path < b.path ? -1 : 1))),
    read: (paths) => Promise.resolve(paths.map((path): FileContent => {
      const text = files.get(path);
      if (text === undefined) return { path, ok: false, code: 'missing', message: 'no such file' };
      return { path, ok: true, bytes: typeof text === 'string' ? new TextEncoder().encode(text) : text };
    })),
  };
}

/** Every file below a folder on disk, as text. */
export function filesBelow(folder: string, keep: (path: string) => boolean = () => true): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = entry.replaceAll('\\', '/');
    if (keep(path) && statSync(join(folder, entry)).isFile()) files.set(path, readFileSync(join(folder, entry), 'utf8'));
  }
  return files;
}

export const fixtures = 'test/fixtures/books';

/** Reference material outside the repository, where it is at hand. */
export const shared = process.env.KOBO_SHARED ?? '../shared';
