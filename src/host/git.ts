import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import { access, realpath, stat } from 'node:fs/promises';
import { delimiter, isAbsolute, join, sep } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * A repository can name programs that git runs while it only looks: a file watcher, hooks, signature checkers, helpers of
 * partial clones, and (where a folder is a bare repository) all of them in files that a clone brings along. None is wanted.
 */
const harmless = [
  '--no-pager', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'log.showSignature=false', '-c', 'safe.bareRepository=explicit',
];
/** For commands that compare contents: no converters and programs of the repository. */
const plainDiff = ['--no-textconv', '--no-ext-diff'];
const comparing = new Set(['blame', 'diff', 'log', 'show']);
/** Commands that read files of the work tree through the filters of the repository. */
const filtering = new Set(['blame', 'diff']);

/**
 * Asks git about a folder, so that nothing of its repository is run and nothing is written. Commands that compare are told to do it by
 * themselves; filters, which only the repository knows by name, are switched off one by one.
 * @param root absolute path
 * @param args a command that reads, with its arguments
 * @returns what it prints; `undefined` when it fails, or where there is no git but one that lies in the folder
 */
export async function git(root: string, args: readonly string[]): Promise<string | undefined> {
  return (await gitBytes(root, args))?.toString('utf8');
}

/** The same for what need not be UTF-8: contents of files. */
export async function gitBytes(root: string, [command = '', ...args]: readonly string[]): Promise<Buffer | undefined> {
  const program = await gitProgram(root);
  if (program === undefined) return undefined;
  const filters = filtering.has(command) ? await filtersOff(program, root) : [];
  if (filters === undefined) return undefined;
  return printed(program, root, [...filters, command, ...(comparing.has(command) ? plainDiff : []), ...args]);
}

async function printed(program: string, root: string, args: readonly string[]): Promise<Buffer | undefined> {
  const env = { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', GIT_ALLOW_PROTOCOL: ':', GIT_NO_LAZY_FETCH: '1' };
  try {
    return (await run(program, [...harmless, '-C', root, ...args], { maxBuffer: 256 * 1024 * 1024, windowsHide: true, env, encoding: 'buffer' })).stdout;
  } catch {
    return undefined;
  }
}

/** Settings that switch off every filter; `undefined` where one has a name that cannot be written so. */
async function filtersOff(program: string, root: string): Promise<readonly string[] | undefined> {
  const keys = (await printed(program, root, ['config', '--null', '--name-only', '--get-regexp', '^filter\\.']))?.toString('utf8');
  const names = new Set((keys ?? '').split('\0').flatMap((key) => /^filter\.(.*)\.[^.]*$/su.exec(key)?.[1] ?? []));
  if ([...names].some((name) => /[=\n]/u.test(name))) return undefined;
  return [...names].flatMap((name) => ['clean=', 'process=', 'required=false'].flatMap((setting) => ['-c', `filter.${name}.${setting}`]));
}

const programs = new Map<string, string>();

/**
 * The git of this machine. Systems look for a program in the working folder too (Windows always, others where `PATH` says `.`),
 * and package managers put folders of the product at hand into `PATH`: what lies there is not taken.
 */
async function gitProgram(root: string): Promise<string | undefined> {
  const { PATH: path = '' } = process.env;
  const key = `${root}\0${path}`;
  const known = programs.get(key);
  if (known !== undefined) return known;
  const home = await realpath(root).catch(() => root);
  for (const folder of path.split(delimiter)) {
    if (!isAbsolute(folder)) continue;
    const program = join(folder, process.platform === 'win32' ? 'git.exe' : 'git');
    const target = await realpath(program).catch(() => undefined);
    if (target === undefined || [program, target].some((at) => isBelow(root, at) || isBelow(home, at) || at.split(sep).includes('node_modules'))) continue;
    if (!(await isProgram(target))) continue;
    programs.set(key, program);
    return program;
  }
  return undefined;
}

function isBelow(root: string, file: string): boolean {
  return file.startsWith(root.endsWith(sep) ? root : root + sep);
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
