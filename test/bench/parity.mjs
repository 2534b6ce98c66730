// Editor and command line over all mapped corpora: the same findings from `kobo check`, from the server as the desktop runs
// it (files from disk) and from the browser's server (its bundle in a worker, files through the client). Exits 1 on a
// difference.  npm run bench -- parity [CORPUS…]
import { execFile, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { pathToFileURL, fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Worker } from 'node:worker_threads';
import { root, shared } from './load.mjs';

const severities = ['', 'error', 'warning', 'info', 'hint'];
const dist = join(root, 'dist');
const mappings = readdirSync(join(root, 'test/fixtures/corpora')).filter((name) => name.endsWith('.kobo.yaml')).map((name) => basename(name, '.kobo.yaml'));
const wanted = process.argv.slice(2).length > 0 ? process.argv.slice(2) : mappings;
if (!existsSync(join(shared, 'corpora'))) {
  console.log('skipped: no corpora');
  process.exit(0);
}

/** A client that only speaks JSON-RPC: requests by number, and the files the server asks for. */
function client(send, folder) {
  const waiting = new Map();
  let number = 0;
  const listing = () => readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll('\\', '/'))
    .filter((path) => !path.split('/').some((part) => part.startsWith('.') || part === 'node_modules'))
    .sort().map((path) => ({ path, size: -1 }));
  const answers = {
    'kobo/files/list': () => ({ files: listing() }),
    'kobo/files/read': async ({ paths }) => ({
      files: await Promise.all(paths.map((path) => readFile(join(folder, path)).then((bytes) => ({ data: bytes.toString('base64') }), () => ({ error: 'missing' })))),
    }),
  };
  return {
    async receive(message) {
      if (message.method !== undefined && message.id !== undefined) send({ jsonrpc: '2.0', id: message.id, result: (await answers[message.method]?.(message.params)) ?? null });
      else if (message.method === undefined) {
        const { resolve, reject } = waiting.get(message.id);
        if (message.error === undefined) resolve(message.result);
        else reject(new Error(message.error.message));
      }
    },
    request: (method, params) => new Promise((resolve, reject) => {
      waiting.set(++number, { resolve, reject });
      send({ jsonrpc: '2.0', id: number, method, params });
    }),
    notify: (method, params) => send({ jsonrpc: '2.0', method, params }),
  };
}

/** The server on standard input and output, as `kobo lsp` starts it. */
function onStdio(folder) {
  const child = spawn(process.execPath, [join(dist, 'cli.js'), 'lsp', '--stdio'], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
  const speaker = client((message) => {
    const text = JSON.stringify(message);
    child.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
  }, folder);
  let buffer = Buffer.alloc(0);
  child.stdout.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const end = buffer.indexOf('\r\n\r\n');
      if (end < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(buffer.subarray(0, end).toString())?.[1]);
      if (buffer.length < end + 4 + length) return;
      void speaker.receive(JSON.parse(buffer.subarray(end + 4, end + 4 + length).toString()));
      buffer = buffer.subarray(end + 4 + length);
    }
  });
  return { ...speaker, stop: async () => void child.kill() };
}

/** The browser's server: its bundle in a worker that has what a Web Worker has. */
function inWorker(folder) {
  const source = `
    const { parentPort } = require('node:worker_threads');
    const listeners = new Map();
    globalThis.self = globalThis;
    globalThis.postMessage = (data) => parentPort.postMessage(data);
    globalThis.addEventListener = (kind, listener, options) => { if (kind === 'message') listeners.set(listener, options?.once === true); };
    globalThis.removeEventListener = (kind, listener) => listeners.delete(listener);
    parentPort.on('message', (data) => {
      const event = { data };
      globalThis.onmessage?.(event);
      for (const [listener, once] of [...listeners]) {
        if (once) listeners.delete(listener);
        listener(event);
      }
    });
    require('node:vm').runInThisContext(require('node:fs').readFileSync(${JSON.stringify(join(dist, 'browser/server.js'))}, 'utf8'));`;
  const worker = new Worker(source, { eval: true });
  const speaker = client((message) => worker.postMessage(message), folder);
  worker.on('message', (message) => void speaker.receive(message));
  worker.on('error', (error) => console.error(error));
  // The first message is the client's signal to begin.
  worker.postMessage({});
  return { ...speaker, stop: () => worker.terminate() };
}

async function findingsOf(server, folder, files) {
  const uri = pathToFileURL(folder).href;
  const starter = files === 'client' ? { text: readFileSync(join(dist, 'starter-book.json'), 'utf8') } : { path: join(dist, 'starter-book.json') };
  await server.request('initialize', {
    processId: null, rootUri: uri, capabilities: {}, workspaceFolders: [{ uri, name: 'corpus' }],
    initializationOptions: { files, starter, language: 'ja', settings: { book: '', run: 'onType', minimumSeverity: 'hint', rules: {} }, trusted: true },
  });
  server.notify('initialized', {});
  const { files: found } = await server.request('kobo/check/all', { folder: '' });
  await server.stop();
  return found.flatMap(({ uri: file, diagnostics }) => diagnostics.map(({ range: { start, end }, code, severity, message }) =>
    [fileURLToPath(file).slice(folder.length + 1).replaceAll('\\', '/'), start.line, start.character, end.line, end.character, code, severities[severity], message].join('|'))).sort();
}

async function onCommandLine(folder) {
  const { stdout } = await promisify(execFile)(process.execPath, [join(dist, 'cli.js'), 'check', '--format', 'json', '--fail-on', 'never'], { cwd: folder, maxBuffer: 1 << 30 });
  return JSON.parse(stdout).findings
    .filter((one) => !one.waived && one.baselined !== true)
    .map(({ path, range: { start, end }, rule, severity, message }) => [path, start.line, start.character, end.line, end.character, rule, severity, message].join('|')).sort();
}

function differences(name, left, right) {
  const [a, b] = [new Set(left), new Set(right)];
  const lines = [...left.filter((line) => !b.has(line)).map((line) => `  command line only: ${line}`), ...right.filter((line) => !a.has(line)).map((line) => `  ${name} only: ${line}`)];
  for (const line of lines.slice(0, 10)) console.log(line.slice(0, 240));
  return lines.length;
}

let bad = 0;
for (const name of wanted) {
  const folder = mkdtempSync(join(tmpdir(), 'kobo-parity-'));
  try {
    cpSync(join(shared, 'corpora', name), folder, { recursive: true, filter: (path) => !/[/\\]\.git$|\.(?:png|jpe?g|gif|svg|pdf|pptx?|xlsx?)$/i.test(path) });
    cpSync(join(root, 'test/fixtures/corpora', `${name}.kobo.yaml`), join(folder, 'kobo.yaml'));
    const wantedFindings = await onCommandLine(folder);
    const desktop = differences('desktop', wantedFindings, await findingsOf(onStdio(folder), folder, 'disk'));
    const browser = differences('browser', wantedFindings, await findingsOf(inWorker(folder), folder, 'client'));
    bad += desktop + browser;
    console.log(`${desktop + browser === 0 ? 'ok  ' : 'MISS'} ${name.padEnd(36)} ${String(wantedFindings.length).padStart(6)} findings · differences: desktop ${desktop}, browser ${browser}`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exitCode = bad === 0 ? 0 : 1;
