// Search: quality on the public sets, then build, load, size, memory and latency at three sizes beside plain MiniSearch with
// the same analysis in the same run. Ratios are checked, not seconds: they hold on a busy machine too.
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
const columns = ['engine', 'sections', 'pages', 'buildMs', 'heapMb', 'storedMb', 'loadMs', 'p50', 'p95', 'updateMs'];
console.log(columns.map((c) => c.padStart(10)).join(' '));
let failed = false;
for (const size of sizes.length > 0 ? sizes : [3000, 10000, 60000]) {
  const rows = ['packed', 'minisearch'].map((engine) => {
    const row = JSON.parse(run('search-scale.mjs', [engine, String(size)]));
    console.log(columns.map((c) => (typeof row[c] === 'number' && !Number.isInteger(row[c]) ? row[c].toFixed(2) : String(row[c] ?? '-')).padStart(10)).join(' '));
    return row;
  });
  const [packed, mini] = rows;
  const build = mini.buildMs / packed.buildMs;
  const heap = mini.heapMb / packed.heapMb;
  console.log(`  build ${build.toFixed(1)}x faster, heap ${heap.toFixed(1)}x smaller, store ${(mini.storedMb / packed.storedMb).toFixed(1)}x smaller, load ${(mini.loadMs / packed.loadMs).toFixed(0)}x faster`);
  if (size >= 60000 && (build < 3 || heap < 8 || packed.storedMb > 20)) failed = true;
}
console.log(`machine load at the end: ${loadavg().map((l) => l.toFixed(1)).join(' ')}`);
if (failed) {
  console.error('below the bars: build 3x faster, heap 8x smaller, index at most 20 MB at 60,000 sections');
  process.exitCode = 1;
}
