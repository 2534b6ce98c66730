import * as vscode from 'vscode';
import type { IndexFolder, ListFilesParams, ListFilesResult, ReadFilesParams, ReadFilesResult, Wire } from '../server/protocol';

const excluded = '{**/node_modules/**,**/.*/**}';
const maxFileBytes = 50 * 1024 * 1024;

/** Lends the server the list of files below a folder, through the editor: works in web and virtual workspaces. */
export async function listFiles(params: ListFilesParams, token: vscode.CancellationToken): Promise<ListFilesResult> {
  const folder = vscode.Uri.parse(params.folder);
  const files = vscode.workspace.getWorkspaceFolder(folder) === undefined
    ? await walk(folder, token)
    : await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*'), excluded, undefined, token);
  const prefix = folder.path.endsWith('/') ? folder.path : `${folder.path}/`;
  const paths = files.filter((file) => file.path.startsWith(prefix)).map((file) => file.path.slice(prefix.length));
  return { files: paths.sort(byCodeUnit).map((path) => ({ path, size: -1 })) };
}

/** Lends the server the bytes of files below a folder. */
export async function readFiles(params: ReadFilesParams, wire: Wire, token: vscode.CancellationToken): Promise<ReadFilesResult> {
  const folder = vscode.Uri.parse(params.folder);
  return {
    files: await Promise.all(
      params.paths.map(async (path) => {
        if (token.isCancellationRequested) return { error: 'unreadable' as const };
        if (path.split('/').includes('..')) return { error: 'forbidden' as const };
        try {
          const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(folder, path));
          return bytes.byteLength > maxFileBytes ? { error: 'too_large' as const } : { data: wire.pack(bytes) };
        } catch (error) {
          return { error: errorCode(error) };
        }
      }),
    ),
  };
}

/** Folders asked for at once: each answer takes its way through the editor. */
const foldersAtOnce = 24;

/** A folder outside of the workspace (a Book beside it): `findFiles` does not see it. */
async function walk(folder: vscode.Uri, token: vscode.CancellationToken): Promise<readonly vscode.Uri[]> {
  const found: vscode.Uri[] = [];
  let level: readonly vscode.Uri[] = [folder];
  const visit = async (uri: vscode.Uri): Promise<readonly vscode.Uri[]> => {
    const children = token.isCancellationRequested ? [] : await Promise.resolve(vscode.workspace.fs.readDirectory(uri)).catch(() => []);
    const below: vscode.Uri[] = [];
    for (const [name, type] of children) {
      if (name.startsWith('.') || name === 'node_modules' || (type & vscode.FileType.SymbolicLink) !== 0) continue;
      const child = vscode.Uri.joinPath(uri, name);
      if ((type & vscode.FileType.Directory) !== 0) below.push(child);
      else found.push(child);
    }
    return below;
  };
  for (let depth = 0; depth <= 32 && level.length > 0; depth++) {
    const next: vscode.Uri[] = [];
    for (let at = 0; at < level.length; at += foldersAtOnce) {
      next.push(...(await Promise.all(level.slice(at, at + foldersAtOnce).map(visit))).flat());
    }
    level = next;
  }
  return found;
}

function errorCode(error: unknown): 'missing' | 'forbidden' | 'unreadable' {
  const code = error instanceof vscode.FileSystemError ? error.code : '';
  return code === 'FileNotFound' ? 'missing' : code === 'NoPermissions' ? 'forbidden' : 'unreadable';
}

/** The folder of the extension's storage where the indexes of Books are kept. */
export function indexesUri(context: vscode.ExtensionContext): vscode.Uri {
  return vscode.Uri.joinPath(context.storageUri ?? context.globalStorageUri, 'indexes');
}

/** A folder of the extension's storage, through the editor: on disk, in a browser and on a remote machine alike. */
export function storageFolder(folder: vscode.Uri): IndexFolder {
  const at = (name: string): vscode.Uri => vscode.Uri.joinPath(folder, name);
  const { fs } = vscode.workspace;
  return {
    names: async () => (await Promise.resolve(fs.readDirectory(folder)).catch(() => [])).map(([name]) => name),
    read: async (name) => Promise.resolve(fs.readFile(at(name))).catch(() => undefined),
    write: async (name, bytes) => {
      await fs.createDirectory(folder);
      await fs.writeFile(at(name), bytes);
    },
    rename: async (from, to) => fs.rename(at(from), at(to), { overwrite: true }),
    remove: async (name) => fs.delete(at(name)),
  };
}

function byCodeUnit(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
