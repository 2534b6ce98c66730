import type { FileHistory, History, LineHistory } from '../core/workspace';
import { git, gitBytes } from './git';
import { logFormat, readLog, type Saving } from './git-log';

/** Files asked about one by one before everything is read at once. */
const fewFiles = 3;
/** Milliseconds for which the same commit is taken to be the newest. */
const headHolds = 1000;

interface Head {
  readonly hash: string;
  /** Of the folder in its repository: empty, or ending in `/`. */
  readonly prefix: string;
}

/**
 * What git knows of the files below a folder. Unknown (every answer `undefined`) outside a repository and in a shallow
 * clone, whose first commit would look like the first saving of everything. One process for a file; whoever asks about
 * more than a few gets them from one reading of the whole log, until there is a new commit.
 * @param root absolute path
 */
export function gitHistory(root: string): History {
  const readHead = async (): Promise<Head | undefined> => {
    const [isShallow, hash = '', prefix = ''] = ((await git(root, ['rev-parse', '--is-shallow-repository', 'HEAD', '--show-prefix'])) ?? '').split('\n');
    return isShallow === 'false' && hash !== '' ? { hash, prefix } : undefined;
  };
  const one = async (path: string, { prefix }: Head): Promise<readonly Saving[]> => {
    const log = await git(root, ['log', '--follow', '-z', '-c', '--name-status', `--format=${logFormat}`, '--', path]);
    return readLog(log ?? '', [`${prefix}${path}`]).get(`${prefix}${path}`) ?? [];
  };
  const all = async ({ prefix }: Head): Promise<ReadonlyMap<string, readonly Saving[]> | undefined> => {
    const files = await git(root, ['ls-files', '-z']);
    const log = await git(root, ['log', '-z', '-c', '-M', '--name-status', `--format=${logFormat}`]);
    if (files === undefined || log === undefined) return undefined;
    return readLog(log, files.split('\0').filter((path) => path !== '').map((path) => `${prefix}${path}`));
  };

  let head: { readonly read: Promise<Head | undefined>; readonly at: number } | undefined;
  let known: { readonly hash: string; readonly asked: Set<string>; all: ReturnType<typeof all> | undefined } | undefined;
  const newest = (): Promise<Head | undefined> => {
    if (head === undefined || performance.now() - head.at > headHolds) head = { read: readHead(), at: performance.now() };
    return head.read;
  };
  const savingsOf = async (path: string): Promise<readonly Saving[]> => {
    const now = await newest();
    if (now === undefined) return [];
    if (known?.hash !== now.hash) known = { hash: now.hash, asked: new Set(), all: undefined };
    known.asked.add(path);
    if (known.all === undefined && known.asked.size <= fewFiles) return one(path, now);
    known.all ??= all(now);
    const together = await known.all;
    return together === undefined ? one(path, now) : (together.get(`${now.prefix}${path}`) ?? []);
  };

  return {
    state: async () => (await newest())?.hash ?? '',
    renew: () => {
      head = undefined;
    },
    of: async (path) => {
      const savings = await savingsOf(path);
      const last = savings[0];
      const first = savings.at(-1);
      if (first === undefined || last === undefined) return undefined;
      return {
        firstSaved: first.day,
        lastSaved: last.day,
        textAt: async (day) => {
          const saving = savings.find((each) => each.day <= day);
          return saving === undefined ? undefined : git(root, ['show', `${saving.hash}:${saving.path}`]);
        },
        lines: async () => {
          const blame = await git(root, ['blame', '--line-porcelain', '--', path]);
          return blame === undefined ? undefined : readBlame(blame);
        },
      } satisfies FileHistory;
    },
  };
}

/** Reads `git blame --line-porcelain`: a head of keys before each line, which begins with a tab. */
function readBlame(blame: string): readonly LineHistory[] {
  const lines: LineHistory[] = [];
  let hash = '';
  let keys = new Map<string, string>();
  for (const line of blame.split('\n')) {
    if (line.startsWith('\t')) {
      const seconds = Number(keys.get('author-time'));
      const isCommitted = !/^0+$/.test(hash) && Number.isFinite(seconds);
      const offset = /^([+-])(\d{2})(\d{2})$/.exec(keys.get('author-tz') ?? '');
      const minutes = offset === null ? 0 : (offset[1] === '-' ? -1 : 1) * (Number(offset[2]) * 60 + Number(offset[3]));
      lines.push({
        text: line.slice(1),
        author: isCommitted ? (keys.get('author') ?? '') : '',
        day: isCommitted ? new Date((seconds + minutes * 60) * 1000).toISOString().slice(0, 10) : '',
      });
      hash = '';
      keys = new Map();
    } else if (hash === '') {
      hash = line.slice(0, line.indexOf(' '));
    } else {
      const space = line.indexOf(' ');
      keys.set(space < 0 ? line : line.slice(0, space), space < 0 ? '' : line.slice(space + 1));
    }
  }
  return lines;
}

/** What {@link gitHistory} answers from, for {@link hasSameHistory}; empty outside a repository. */
export async function historyState(root: string): Promise<string> {
  return (await git(root, ['rev-parse', '--is-shallow-repository', 'HEAD', '--show-prefix'])) ?? '';
}

/**
 * Whether {@link gitHistory} gives the answers it gave: no commit that is in one of the two histories only touches the files.
 * @param before as {@link historyState} gave it
 * @param patterns of git, for the files that were asked about
 */
export async function hasSameHistory(root: string, before: string, patterns: readonly string[]): Promise<boolean> {
  const now = await historyState(root);
  if (now === before) return true;
  const [wasShallow, from = '', fromPrefix] = before.split('\n');
  const [isShallow, to = '', toPrefix] = now.split('\n');
  if (wasShallow !== 'false' || isShallow !== 'false' || fromPrefix !== toPrefix || !/^[0-9a-f]{40,64}$/.test(from)) return false;
  return (await git(root, ['rev-list', '-1', '--full-history', `${from}...${to}`, '--', ...patterns])) === '';
}

/**
 * The text of a file as it was committed last.
 * @param path relative to `root`, with `/`
 * @returns empty for a file that git does not know yet, `undefined` outside a repository
 */
export async function committedText(root: string, path: string): Promise<string | undefined> {
  if ((await git(root, ['rev-parse', '--git-dir'])) === undefined) return undefined;
  return (await git(root, ['show', `HEAD:./${path}`])) ?? '';
}

/** What became of the files below a folder since a revision; paths are relative to it, with `/`. */
export interface Changes {
  /** Files that are not what they were, new ones included. */
  readonly changed: readonly string[];
  /** Files that are no more. */
  readonly gone: readonly string[];
  /** The commit it is compared with. */
  readonly base: string;
}

/** Why there are none: no repository (or no git), a clone without the commits that tell, or a revision that nobody knows. */
export type NoChanges = 'no_repository' | 'shallow' | 'unknown';

/**
 * What changed since the commit at which the work at hand left a revision (their merge base), as a review shows it: what others have
 * changed there meanwhile is not part of it. A range (`A..B`, `A...B`) is taken as git takes it.
 */
export async function changesSince(root: string, revision: string): Promise<Changes | NoChanges> {
  const isShallow = (await git(root, ['rev-parse', '--is-shallow-repository']))?.trim();
  if (isShallow === undefined) return 'no_repository';
  if (revision.startsWith('-')) return 'unknown';
  const isRange = revision.includes('..');
  const shared = isRange ? revision : (await git(root, ['merge-base', revision, 'HEAD']))?.trim();
  // Without a common commit: histories that begin apart, or a clone that is cut off above it.
  if (shared === undefined && isShallow === 'true') return 'shallow';
  const base = shared ?? revision;
  const diff = ['diff', '--ignore-submodules=all', '--no-renames', '--name-only', '--relative', '-z'];
  const changed = await git(root, [...diff, base, '--']);
  const fresh = await git(root, ['ls-files', '--others', '--exclude-standard', '-z']);
  const gone = isRange ? '' : await git(root, [...diff, '--diff-filter=D', base, '--']);
  if (changed === undefined || fresh === undefined || gone === undefined) return isShallow === 'true' ? 'shallow' : 'unknown';
  return { changed: pathsIn(`${changed}${fresh}`), gone: pathsIn(gone), base };
}

/** What the next commit of a repository would hold, as far as it lies below a folder. */
export interface Staged extends Changes {
  /** Every file of it. */
  readonly files: ReadonlySet<string>;
  /** Those of which the disk has another text, or none. */
  readonly otherwise: ReadonlySet<string>;
}

/** What is staged now, compared with the last commit; an index that git names for a hook counts. */
export async function stagedFiles(root: string): Promise<Staged | 'no_repository'> {
  const diff = ['diff', '--ignore-submodules=all', '--no-renames', '--name-only', '--relative', '-z'];
  const files = await git(root, ['ls-files', '-z']);
  const changed = await git(root, [...diff, '--cached']);
  const gone = await git(root, [...diff, '--cached', '--diff-filter=D']);
  const otherwise = await git(root, diff);
  if (files === undefined || changed === undefined || gone === undefined || otherwise === undefined) return 'no_repository';
  return { files: new Set(pathsIn(files)), changed: pathsIn(changed), gone: pathsIn(gone), otherwise: new Set(pathsIn(otherwise)), base: 'HEAD' };
}

/** The bytes of a file as it is staged. @param path relative to `root`, with `/` */
export async function stagedBytes(root: string, path: string): Promise<Uint8Array | undefined> {
  return gitBytes(root, ['show', `:./${path}`]);
}

/** The text of a file at a commit. @param path relative to `root`, with `/` */
export async function textAtCommit(root: string, commit: string, path: string): Promise<string | undefined> {
  return git(root, ['show', `${commit}:./${path}`]);
}

function pathsIn(printed: string): readonly string[] {
  return [...new Set(printed.split('\0').filter((path) => path !== ''))].sort();
}
