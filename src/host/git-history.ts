import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FileHistory, History, LineHistory } from '../core/workspace';

const run = promisify(execFile);
const options = { maxBuffer: 64 * 1024 * 1024, windowsHide: true } as const;

/**
 * What git knows of the files below a folder. Unknown (every answer `undefined`) outside a repository and in a shallow
 * clone, whose first commit would look like the first saving of everything.
 * @param root absolute path
 */
export function gitHistory(root: string): History {
  let usable: Promise<boolean> | undefined;
  const git = async (args: readonly string[]): Promise<string | undefined> => {
    try {
      return (await run('git', ['-C', root, ...args], options)).stdout;
    } catch {
      return undefined;
    }
  };
  const isUsable = async (): Promise<boolean> => (await git(['rev-parse', '--is-shallow-repository']))?.trim() === 'false';

  return {
    of: async (path) => {
      usable ??= isUsable();
      if (!(await usable)) return undefined;
      const log = await git(['log', '--follow', '--format=%cs %H', '--', path]);
      const commits = (log ?? '').split('\n').filter((line) => line !== '').map((line) => ({ day: line.slice(0, 10), hash: line.slice(11) }));
      const last = commits[0];
      const first = commits.at(-1);
      if (first === undefined || last === undefined) return undefined;
      return {
        firstSaved: first.day,
        lastSaved: last.day,
        textAt: async (day) => {
          const commit = commits.find((one) => one.day <= day);
          return commit === undefined ? undefined : git(['show', `${commit.hash}:./${path}`]);
        },
        lines: async () => {
          const blame = await git(['blame', '--line-porcelain', '--', path]);
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

/**
 * The text of a file as it was committed last.
 * @param path relative to `root`, with `/`
 * @returns empty for a file that git does not know yet, `undefined` outside a repository
 */
export async function committedText(root: string, path: string): Promise<string | undefined> {
  try {
    await run('git', ['-C', root, 'rev-parse', '--git-dir'], options);
  } catch {
    return undefined;
  }
  try {
    return (await run('git', ['-C', root, 'show', `HEAD:./${path}`], options)).stdout;
  } catch {
    return '';
  }
}

/**
 * Files that differ from a revision, new ones included.
 * @returns paths relative to `root` with `/`, or `undefined` when git or the revision cannot be had
 */
export async function changedSince(root: string, revision: string): Promise<readonly string[] | undefined> {
  if (revision.startsWith('-')) return undefined;
  try {
    const changed = await run('git', ['-C', root, 'diff', '--name-only', '--relative', '-z', revision, '--'], options);
    const fresh = await run('git', ['-C', root, 'ls-files', '--others', '--exclude-standard', '-z'], options);
    return [...new Set(`${changed.stdout}${fresh.stdout}`.split('\0').filter((path) => path !== ''))].sort();
  } catch {
    return undefined;
  }
}
