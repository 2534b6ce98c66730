// Bundles the tests that need no editor around them (unit, server, user interface) and runs them in a process of their own.
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root, scratch } from './paths.mjs';
import { count, countFailure, emptyTally, resultIn } from './results.mjs';

async function filesBelow(folder, ending) {
  if (!existsSync(folder)) return [];
  const entries = await readdir(folder, { recursive: true });
  return entries.filter((entry) => entry.endsWith(ending)).sort().map((entry) => join(folder, entry));
}

/**
 * Runs every `*.test.ts` below a folder.
 * @param {string} folder relative to the project, `test/unit`
 * @param {{ env?: Record<string, string>, timeout?: number, onResult?: (result: import('./results.mjs').Result) => void }} [options]
 *   timeout of one test in ms
 * @returns {Promise<import('./results.mjs').Tally & { notes: string[] }>} notes: what the tests printed
 */
export async function runFolder(folder, options = {}) {
  const tally = { ...emptyTally(), notes: [] };
  const entryPoints = await filesBelow(join(root, folder), '.test.ts');
  if (entryPoints.length === 0) return tally;
  const outdir = join(scratch, folder.replaceAll('/', '-'));
  try {
    await build({
      entryPoints, outdir, outbase: join(root, folder),
      bundle: true, splitting: true, platform: 'node', format: 'esm', packages: 'external', sourcemap: 'inline',
      outExtension: { '.js': '.mjs' }, chunkNames: 'chunks/[name]-[hash]', logLevel: 'silent',
    });
  } catch (error) {
    countFailure(tally, `${folder} cannot be bundled\n${error.message}`);
    return tally;
  }
  const files = (await filesBelow(outdir, '.test.mjs'));
  const child = spawn(process.execPath, ['--enable-source-maps', join(root, 'test', 'host', 'mocha-child.mjs'), String(options.timeout ?? 20_000), ...files], {
    cwd: root,
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const take = (line) => {
    const result = resultIn(line);
    if (result === undefined) return void tally.notes.push(line);
    count(tally, result);
    options.onResult?.(result);
  };
  const streams = [child.stdout, child.stderr].map(
    (input) => new Promise((resolve) => createInterface({ input }).on('line', take).on('close', resolve)),
  );
  const code = await new Promise((resolve) => child.on('close', (status, signal) => resolve(signal ?? status)));
  await Promise.all(streams);
  if (code !== 0 && tally.failed === 0) countFailure(tally, `${folder} stopped (${code})\n${tally.notes.slice(-15).join('\n')}`);
  await rm(outdir, { recursive: true, force: true });
  return tally;
}
