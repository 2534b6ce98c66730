import type { Folder } from '../core/workspace';

/** A folder at an address that leads nowhere on this machine: it holds nothing. */
export function noFolder(uri: string): Folder {
  return {
    uri,
    list: () => Promise.resolve([]),
    read: (paths) => Promise.resolve(paths.map((path) => ({ path, ok: false, code: 'missing', message: `${uri} is no place on this machine` }) as const)),
  };
}
