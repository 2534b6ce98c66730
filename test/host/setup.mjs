// Brings node_modules to what the lock file says. Node's own modules only.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { npmOrThrow } from './run.mjs';

async function packagesIn(file) {
  try {
    return JSON.parse(await readFile(join(root, file), 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Runs `npm ci` when a package is missing or has another version than the lock file's; optional ones may be missing. */
export async function installPackages() {
  const wanted = await packagesIn('package-lock.json');
  if (wanted === undefined) throw new Error('package-lock.json cannot be read');
  const there = (await packagesIn(join('node_modules', '.package-lock.json'))) ?? {};
  const missing = Object.entries(wanted).filter(([path, { optional, version }]) => path !== '' && !optional && there[path]?.version !== version);
  if (missing.length === 0) return;
  console.log(`npm ci: ${missing.length} packages are missing or outdated`);
  await npmOrThrow(['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}
