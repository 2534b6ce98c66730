import { ErrorCodes, ResponseError, type Connection } from 'vscode-languageserver';
import type { FileContent, FileEntry, Folder } from '../core/workspace';
import { bytesOf, methods, type ListFilesParams, type ListFilesResult, type ReadFilesParams, type ReadFilesResult } from './protocol';

/** At most so many files a call: enough to keep the editor busy, few enough that a question in between is soon answered. */
const batchSize = 25;

/** A folder that is listed and read through the client: what web and virtual workspaces have. */
export function clientFolder(connection: Connection, uri: string): Folder {
  return {
    uri,
    list: async () => {
      const params: ListFilesParams = { folder: uri };
      const { files } = await connection.sendRequest<ListFilesResult>(methods.listFiles, params);
      return files satisfies readonly FileEntry[];
    },
    // The client knows nothing of what git ignores; these folders it leaves out.
    lists: (path) => Promise.resolve(!path.split('/').slice(0, -1).some((name) => name.startsWith('.') || name === 'node_modules')),
    read: async (paths, cancellation) => {
      const answers: FileContent[] = [];
      for (let i = 0; i < paths.length; i += batchSize) {
        const batch = paths.slice(i, i + batchSize);
        if (cancellation.isCancelled) {
          answers.push(...batch.map((path) => ({ path, ok: false, code: 'unreadable', message: 'cancelled' }) as const));
          continue;
        }
        const params: ReadFilesParams = { folder: uri, paths: batch };
        const { files } = await connection.sendRequest<ReadFilesResult>(methods.readFiles, params).catch((error: unknown): ReadFilesResult => {
          // Other clients than the extension do not lend files, of whatever scheme their folders are; one that fails may answer next time.
          if (!(error instanceof ResponseError) || error.code !== ErrorCodes.MethodNotFound) throw error;
          connection.console.info(`${uri}: ${String(error)}`);
          return { files: [] };
        });
        batch.forEach((path, k) => {
          const file = files[k];
          answers.push(
            file?.data === undefined
              ? { path, ok: false, code: file?.error ?? 'unreadable', message: file?.error ?? 'no answer' }
              : { path, ok: true, bytes: bytesOf(file.data) },
          );
        });
      }
      return answers;
    },
  };
}
