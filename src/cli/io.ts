/** How a command speaks to the world; tests hand in their own. */
export interface CommandIo {
  /** Working directory, absolute. */
  readonly cwd: string;
  /** Machine formats and results. */
  readonly out: (text: string) => void;
  /** Everything else. */
  readonly err: (text: string) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** Milliseconds since the epoch. */
  readonly clock: () => number;
  /** Folder for what later runs may use again, absolute; `undefined` where there is no place for such things. */
  readonly cacheFolder: string | undefined;
  /** Escape sequences for colour are wanted on standard output. */
  readonly colour: boolean;
  /** `ja` or `en`: language of the tool's own words. */
  readonly language: 'ja' | 'en';
  /** The environment names that language; else it is a guess, and a product may know better. */
  readonly namesLanguage?: boolean;
}

/** 0 clean, 1 findings at or above the failing severity, 2 wrong use or unreadable configuration. */
export type ExitStatus = 0 | 1 | 2;
