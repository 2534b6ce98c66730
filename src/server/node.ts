import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { diskFolder } from '../host/disk-folder';
import { diskIndexFolder } from '../host/disk-index-folder';
import { gitHistory } from '../host/git-history';
import { startServer } from './start';
import { jsonWire } from './wire';

/** Entry of the server as a Node process: `--node-ipc` from the extension, `--stdio` from other editors and `kobo lsp`. */
const connection = createConnection(ProposedFeatures.all);
startServer(connection, {
  diskFolder: (uri) => diskFolder(fileURLToPath(uri)),
  indexFolder: diskIndexFolder,
  wire: jsonWire,
  readText: (path) => readFile(path, 'utf8'),
  history: (uri) => gitHistory(fileURLToPath(uri)),
  now: () => performance.now(),
  clock: () => Date.now(),
  breath: () => new Promise((resolve) => setImmediate(resolve)),
});
