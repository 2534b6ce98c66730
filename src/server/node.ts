import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFolder } from '../host/disk-folder';
import { diskIndexFolder } from '../host/disk-index-folder';
import { languageOfEnvironment } from '../host/environment-language';
import { gitHistory } from '../host/git-history';
import { refusingAfterShutdown } from './after-shutdown';
import { filePath } from './file-path';
import { startServer } from './start';
import { jsonWire } from './wire';

/** Entry of the server as a Node process: `--node-ipc` from the extension, `--stdio` from other editors and `kobo lsp`. */
const connection = createConnection(ProposedFeatures.all, { messageStrategy: refusingAfterShutdown() });
startServer(connection, {
  diskFolder: (uri) => at(uri, diskFolder),
  indexFolder: diskIndexFolder,
  wire: jsonWire,
  readText: (path) => readFile(path, 'utf8'),
  // The build puts it beside this bundle.
  starterFile: join(__dirname, 'starter-book.json'),
  language: languageOfEnvironment(),
  history: (uri) => at(uri, gitHistory),
  now: () => performance.now(),
  clock: () => Date.now(),
  breath: () => new Promise((resolve) => setImmediate(resolve)),
});

/** Of the place of a URI on this machine; `undefined` where it has none. */
function at<T>(uri: string, make: (path: string) => T): T | undefined {
  const path = filePath(uri);
  return path === undefined ? undefined : make(path);
}
