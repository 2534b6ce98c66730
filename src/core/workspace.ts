/**
 * The only doors through which the outside world reaches the core. A host (server, CLI, test) hands them in; nothing in
 * the core reads a file, a clock or a setting in any other way.
 */

/** Asked between units of work; a cancelled call returns what it has or `undefined`, it never throws. */
export interface Cancellation {
  readonly isCancelled: boolean;
}

/** Never cancelled: for callers that have no token. */
export const neverCancelled: Cancellation = { isCancelled: false };

/**
 * A file as a listing shows it. `path` is relative to the folder, with `/`. `size` in bytes, -1 when unknown. A folder of which nobody can
 * tell what is in it stands there too, with `/` at its end (`./` for the listed folder itself).
 */
export interface FileEntry {
  readonly path: string;
  readonly size: number;
  /** Path of the file that this one is only a link to, or is reached through one: it is there, but it is no file of its own. */
  readonly sameAs?: string;
}

/** A symbolic link that a listing came by; both are relative to the folder. There need not be anything where it leads. */
export interface FolderLink {
  readonly path: string;
  /** `undefined`: out of the folder. */
  readonly to: string | undefined;
}

/** The bytes of one file, or why they cannot be had (`message` is for the log, `code` for the reader). */
export type FileContent =
  | { readonly path: string; readonly ok: true; readonly bytes: Uint8Array }
  | { readonly path: string; readonly ok: false; readonly code: FileErrorCode; readonly message: string };

export type FileErrorCode = 'missing' | 'forbidden' | 'too_large' | 'unreadable';

/** A folder that can be listed and read: a Book, a product, a workspace folder. Paths never leave it. */
export interface Folder {
  /** For messages and identity only; the core never parses it. */
  readonly uri: string;
  /** Every file below, without those git ignores, `node_modules` and dot-folders; sorted by code unit. */
  list(cancellation: Cancellation, onLink?: (link: FolderLink) => void): Promise<readonly FileEntry[]>;
  /** What is at a path now, links not followed. Left out: nobody can tell. */
  kindOf?(path: string): Promise<'file' | 'folder' | 'link' | 'none'>;
  /** The path by which a listing names the file or folder at this path; `undefined`: by this one. Left out: there are no links. */
  sameAs?(path: string): Promise<string | undefined>;
  /** Whether a listing would name a file at this path, which need not be there (yet). Left out: it would. */
  lists?(path: string): Promise<boolean>;
  /** The answers come in the order of `paths`. Hosts batch (100 files or 4 MB a request). */
  read(paths: readonly string[], cancellation: Cancellation): Promise<readonly FileContent[]>;
}

/** What git knows of one file; every date is an ISO day. Missing where history is missing: such rules are not judged. */
export interface FileHistory {
  readonly firstSaved: string;
  readonly lastSaved: string;
  /** The text as it was at the end of `day`, or `undefined` if the file did not exist. */
  textAt(day: string): Promise<string | undefined>;
  /** Who committed each line last, as the file is on disk; `undefined` where git does not tell, per line where it is not committed. */
  lines?(): Promise<readonly LineHistory[] | undefined>;
}

/** A line of a file with its last commit; empty author = not committed yet. */
export interface LineHistory {
  readonly text: string;
  readonly author: string;
  /** ISO day, or empty. */
  readonly day: string;
}

/** Git history of a folder; `undefined` = unknown (no repository, shallow clone, browser). */
export interface History {
  of(path: string): Promise<FileHistory | undefined>;
  /** Another text once answers may be others: there is a new commit. */
  state?(): Promise<string>;
  /** There may be a new commit, however short ago it was looked for. */
  renew?(): void;
}

/** Progress of a long piece of work. `total` may grow. */
export type Progress = (done: number, total: number) => void;

/** Gives the host's event loop a turn; long loops call it every 10 ms. */
export type Breath = () => Promise<void>;
