import { fileURLToPath } from 'node:url';
import type { Folder, History } from '../core/workspace';
import { diskFolder } from './disk-folder';
import { gitHistory } from './git-history';

/**
 * The folder at a URI; `undefined` for one that is no place on this machine.
 * @param within as the server's platform takes it
 */
export function diskFolderAt(uri: string, within?: () => readonly string[] | undefined): Folder | undefined {
  const path = filePath(uri);
  return path === undefined ? undefined : diskFolder(path, () => within?.()?.flatMap((one) => filePath(one) ?? []));
}

/** Git history of the folder at a URI; `undefined` for one that is no place on this machine. */
export function gitHistoryAt(uri: string): History | undefined {
  const path = filePath(uri);
  return path === undefined ? undefined : gitHistory(path);
}

function filePath(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    const path = fileURLToPath(uri);
    return path.includes('\0') ? undefined : path;
  } catch {
    return undefined;
  }
}
