import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { FileHistory, History } from '../core/workspace';

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
      } satisfies FileHistory;
    },
  };
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
