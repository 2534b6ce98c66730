import { fileURLToPath } from 'node:url';

/** The path of a URI on this machine; `undefined` for one of another scheme, and for one that names no file here. */
export function filePath(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const path = fileURLToPath(uri);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}
