import type { IndexFolder } from '../core/search/kept-index';
import type { Folder, History } from '../core/workspace';
import type { Wire } from './wire';

/** What differs between the hosts of the server: a Node process and a Web Worker. */
export interface ServerPlatform {
  /**
   * Reads a folder from disk; `undefined` where there is no disk, and for a URI that is no place on it. `within` is asked at each use: URIs
   * of folders outside of which nothing is read, whatever links lead there; `undefined` = read everything.
   */
  readonly diskFolder: ((uri: string, within: () => readonly string[] | undefined) => Folder | undefined) | undefined;
  /** A folder for kept indexes at a path; `undefined` where there is no disk. */
  readonly indexFolder: ((path: string) => IndexFolder) | undefined;
  readonly wire: Wire;
  /** Text of the packed starter Book at a path; not asked for where the client sends its text. */
  readonly readText: (path: string) => Promise<string>;
  /** Path of the packed starter Book, for clients that send none; `undefined` where there is no disk. */
  readonly starterFile: string | undefined;
  /** Path of the folder of the person at the machine; `undefined` where there is no disk. */
  readonly home: string | undefined;
  /** Language of the interface, for clients that name none. */
  readonly language: string;
  /** Git history of a folder; `undefined` where git cannot be asked, and for a URI that is no place on the disk. */
  readonly history: ((uri: string) => History | undefined) | undefined;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Gives the event loop a turn. */
  readonly breath: () => Promise<void>;
}
