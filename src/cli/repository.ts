import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ReportBase } from './formats/report';

/**
 * The top of the repository of a folder: the nearest one above that git would take, else the workspace of a GitHub runner that holds it
 * (a source without `.git`). Where a check-out lies deeper in the workspace the repository counts: servers show files of that.
 * @param cwd absolute
 */
export function reportBase(cwd: string, environment: Readonly<Record<string, string | undefined>>): ReportBase | undefined {
  const top = repositoryTop(cwd) ?? workspaceOf(cwd, environment);
  if (top === undefined) return undefined;
  const uri = pathToFileURL(top).href;
  return { uri: uri.endsWith('/') ? uri : `${uri}/`, pathOf: (path) => relative(top, resolve(cwd, path)).split(sep).join('/') };
}

function repositoryTop(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function workspaceOf(cwd: string, { GITHUB_WORKSPACE: workspace = '' }: Readonly<Record<string, string | undefined>>): string | undefined {
  if (workspace === '') return undefined;
  const path = relative(workspace, cwd);
  return path === '' || (path !== '..' && !path.startsWith(`..${sep}`)) ? resolve(workspace) : undefined;
}
