import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskIndexFolder } from '../host/disk-index-folder';
import { diskFolderAt, gitHistoryAt } from '../host/disk-places';
import { languageOfEnvironment } from '../host/environment-language';
import { refusingAfterShutdown } from './after-shutdown';
import { startServer } from './start';
import { jsonWire } from './wire';

/** Entry of the server as a Node process: `--node-ipc` from the extension, `--stdio` from other editors and `kobo lsp`. */
const connection = createConnection(ProposedFeatures.all, { messageStrategy: refusingAfterShutdown() });
startServer(connection, {
  diskFolder: diskFolderAt,
  indexFolder: diskIndexFolder,
  wire: jsonWire,
  readText: (path) => readFile(path, 'utf8'),
  // The build puts it beside this bundle.
  starterFile: join(__dirname, 'starter-book.json'),
  home: homedir(),
  language: languageOfEnvironment(),
  history: gitHistoryAt,
  now: () => performance.now(),
  clock: () => Date.now(),
  breath: () => new Promise((resolve) => setImmediate(resolve)),
});
