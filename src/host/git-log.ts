/** A saving of a file: who asks for an older text needs the name the file had then. */
export interface Saving {
  /** ISO day of the commit. */
  readonly day: string;
  readonly hash: string;
  /** Path in the repository at that commit. */
  readonly path: string;
}

/** Marks the line of a commit in what {@link readLog} reads. */
export const logFormat = '%x01%cs %H';

/**
 * Reads `git log -z -c --name-status -M` in {@link logFormat}, newest first, for many files at once, and follows each to its
 * older names the way `git log --follow` does for one.
 * @param paths names of today, in the repository
 * @returns by name of today, newest first; files that no commit names are left out
 */
export function readLog(log: string, paths: readonly string[]): ReadonlyMap<string, readonly Saving[]> {
  const savings = new Map<string, Saving[]>();
  /** Name at the commit that is read → names of today. */
  const names = new Map<string, readonly string[]>(paths.map((path) => [path, [path]]));
  const tokens = log.split('\0');
  let day = '';
  let hash = '';
  let renamed: (readonly [string, string])[] = [];
  const save = (path: string): void => {
    for (const today of names.get(path) ?? []) {
      const saved = savings.get(today);
      if (saved === undefined) savings.set(today, [{ day, hash, path }]);
      else if (saved.at(-1)?.hash !== hash) saved.push({ day, hash, path });
    }
  };
  // Only after its commit: two files that swap their names are two renames.
  const rename = (): void => {
    const moved = renamed.map(([from, to]) => [from, names.get(to) ?? []] as const);
    for (const [, to] of renamed) names.delete(to);
    for (const [from, todays] of moved) if (todays.length > 0) names.set(from, [...(names.get(from) ?? []), ...todays]);
    renamed = [];
  };
  for (let i = 0; i < tokens.length; i++) {
    const token = (tokens[i] ?? '').trimStart();
    if (token.startsWith('\u0001')) {
      rename();
      day = token.slice(1, 11);
      hash = token.slice(12);
    } else if (/^[RC]\d*$/.test(token)) {
      const from = tokens[++i] ?? '';
      const to = tokens[++i] ?? '';
      save(to);
      if (token.startsWith('R')) renamed.push([from, to]);
    } else if (/^[A-Z]+$/.test(token)) {
      save(tokens[++i] ?? '');
    }
  }
  return savings;
}
