// Search: quality on the public sets, then build, load, size, memory and latency at three sizes beside plain MiniSearch with
// the same analysis in the same run, and how each grows from the smallest to the largest. Ratios are checked, not seconds: they
// hold on a busy machine too, and so does processor time (`cpu`).
//   npm run bench -- search [SECTIONS…] [--no-quality]
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { root } from './load.mjs';

const args = process.argv.slice(2);
const sizes = args.map(Number).filter((n) => n > 0);
const run = (file, more) => {
  const done = spawnSync(process.execPath, ['--expose-gc', '--max-old-space-size=3000', join(root, 'test/bench', file), ...more], { encoding: 'utf8', maxBuffer: 1 << 26 });
  if (done.status !== 0) throw new Error(done.stderr);
  return done.stdout;
};
console.log(`machine load at the start: ${loadavg().map((l) => l.toFixed(1)).join(' ')}`);
if (!args.includes('--no-quality')) console.log(run('search-quality.mjs', []));
const columns = ['engine', 'sections', 'pages', 'buildMs', 'buildCpu', 'heapMb', 'storedMb', 'loadMs', 'p50', 'cpuP50', 'p95', 'cpuP95', 'updateMs'];
const done = { packed: [], minisearch: [] };
console.log(columns.map((c) => c.padStart(10)).join(' '));
let failed = false;
for (const size of sizes.length > 0 ? sizes : [3000, 10000, 60000]) {
  const rows = ['packed', 'minisearch'].map((engine) => {
    const row = JSON.parse(run('search-scale.mjs', [engine, String(size)]));
    console.log(columns.map((c) => (typeof row[c] === 'number' && !Number.isInteger(row[c]) ? row[c].toFixed(2) : String(row[c] ?? '-')).padStart(10)).join(' '));
    done[engine].push(row);
    return row;
  });
  const [packed, mini] = rows;
  const build = mini.buildMs / packed.buildMs;
  const heap = mini.heapMb / packed.heapMb;
  console.log(`  build ${build.toFixed(1)}x faster, heap ${heap.toFixed(1)}x smaller, store ${(mini.storedMb / packed.storedMb).toFixed(1)}x smaller, load ${(mini.loadMs / packed.loadMs).toFixed(0)}x faster, query p95 ${(mini.p95 / packed.p95).toFixed(1)}x faster (${(mini.cpuP95 / packed.cpuP95).toFixed(1)}x by processor time)`);
  if (size >= 60000 && (build < 3 || heap < 8 || packed.storedMb > 20)) failed = true;
}
// Exponents of a power law through the smallest and the largest size: 1 grows as the sections do.
for (const [engine, rows] of Object.entries(done)) {
  const [first, last] = [rows[0], rows.at(-1)];
  if (rows.length < 2) continue;
  const exponents = ['buildCpu', 'heapMb', 'storedMb', 'cpuP50', 'cpuP95'].map((column) => `${column} ${(Math.log(last[column] / first[column]) / Math.log(last.sections / first.sections)).toFixed(2)}`);
  console.log(`${engine}: growth from ${first.sections} to ${last.sections} sections, as exponents: ${exponents.join(', ')}`);
}
console.log(`machine load at the end: ${loadavg().map((l) => l.toFixed(1)).join(' ')}`);
if (failed) {
  console.error('below the bars: build 3x faster, heap 8x smaller, index at most 20 MB at 60,000 sections');
  process.exitCode = 1;
}
