// A check of 1,000 real documents (10 MB) on the command line, against rumdl, markdownlint-cli2 and a Node process that only reads
// the files, in turns in one run, each without what it keeps between runs ("first") and with it ("again"); then a key in a long document, and how the time of a check grows.
//   npm run bench -- check [--rounds N] [--tools FOLDER] [--only files|keys|growth]
// The tools are no dependencies of this project: `npm install rumdl markdownlint-cli2` in any folder and name it with --tools.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadEngine, median, root, shared, textsBelow } from './load.mjs';
import { growth } from './growth.mjs';
import { keystrokes } from './keystroke.mjs';

const { values } = parseArgs({ options: { rounds: { type: 'string', default: '5' }, tools: { type: 'string', default: process.env.KOBO_BENCH_TOOLS ?? '' }, only: { type: 'string' } } });
const rounds = Number(values.rounds);
const wantedFiles = 1000;
const wantedBytes = 10_000_000;
const types = ['guideline', 'runbook', 'design', 'project-plan', 'status-report', 'minutes', 'adr', 'postmortem'];

/** 1,000 Markdown files of the corpora in the order of their hashes, the smallest given up for others until there are 10 MB. */
function documents() {
  const all = [];
  for (const corpus of ['kyama0__gitlab-handbook-ja', 'OpenChain-Project__OpenChain-JWG', 'hyperledger__toc', 'kompox__kompox', 'dfds__postmortems', 'ministryofjustice__cloud-platform']) {
    const folder = join(shared, 'corpora', corpus);
    if (!existsSync(folder)) continue;
    for (const text of textsBelow(folder, (path) => path.endsWith('.md')).values()) all.push({ text, bytes: Buffer.byteLength(text), hash: createHash('sha1').update(text).digest('hex') });
  }
  all.sort((a, b) => (a.hash < b.hash ? -1 : 1));
  const chosen = all.slice(0, wantedFiles).sort((a, b) => b.bytes - a.bytes);
  let bytes = chosen.reduce((sum, each) => sum + each.bytes, 0);
  for (const other of all.slice(wantedFiles)) {
    const smallest = chosen.at(-1);
    if (bytes >= wantedBytes || smallest === undefined) break;
    if (other.bytes <= smallest.bytes) continue;
    chosen[chosen.length - 1] = other;
    bytes += other.bytes - smallest.bytes;
    chosen.sort((a, b) => b.bytes - a.bytes);
  }
  return chosen.sort((a, b) => (a.hash < b.hash ? -1 : 1));
}

function writeCorpus(folder) {
  rmSync(folder, { recursive: true, force: true });
  const chosen = documents();
  for (const type of types) mkdirSync(join(folder, 'docs', type), { recursive: true });
  chosen.forEach(({ text }, i) => writeFileSync(join(folder, 'docs', types[i % types.length], `${String(i).padStart(4, '0')}.md`), text));
  writeFileSync(join(folder, 'kobo.yaml'), `format: 1\nproduct: { id: bench, name: 計測, size: M }\nphase: unyo\nlevel: L2\nlanguage: ja\ndocuments:\n${types.map((type) => `  docs/${type}/**: ${type}\n`).join('')}`);
  return { files: chosen.length, bytes: chosen.reduce((sum, each) => sum + each.bytes, 0) };
}

const reader = "const{readFileSync,readdirSync}=require('fs');let n=0;for(const d of readdirSync('docs'))for(const f of readdirSync('docs/'+d))n+=readFileSync('docs/'+d+'/'+f,'utf8').length;console.log(n)";

function timed(folder, command, args) {
  const start = performance.now();
  const { status, error, stdout } = spawnSync(command, args, { cwd: folder, maxBuffer: 1e9, stdio: ['ignore', 'pipe', 'ignore'] });
  if (error !== undefined || status === null) return undefined;
  return { milliseconds: performance.now() - start, status, bytes: stdout.length };
}

function files() {
  if (!existsSync(join(shared, 'corpora'))) return void console.log('no corpora: set KOBO_SHARED');
  if (!existsSync(join(root, 'dist/cli.js'))) return void console.log('no dist/cli.js: npm run build');
  const folder = join(root, 'out/bench/thousand');
  const { files: count, bytes } = writeCorpus(folder);
  console.log(`${count} files, ${(bytes / 1e6).toFixed(2)} MB, ${rounds} rounds in turns`);
  const tool = (name) => join(values.tools, 'node_modules/.bin', name);
  writeFileSync(join(folder, '.markdownlint-cli2.jsonc'), '{ "config": { "MD013": false } }');
  const kobo = [join(root, 'dist/cli.js'), 'check', '--today', '2026-11-24', '--fail-on', 'never'];
  rmSync(join(root, 'out/bench/kept'), { recursive: true, force: true });
  rmSync(join(root, 'out/bench/rumdl-cache'), { recursive: true, force: true });
  const contestants = [
    ['read only (Node)', process.execPath, ['-e', reader]],
    ['kobo check, first', process.execPath, [...kobo, '--no-cache']],
    ['kobo check, again', process.execPath, [...kobo, '--cache', join(root, 'out/bench/kept')]],
    ['rumdl, first', tool('rumdl'), ['check', '--no-cache', '.']],
    ['rumdl, again', tool('rumdl'), ['check', '--cache-dir', join(root, 'out/bench/rumdl-cache'), '.']],
    ['markdownlint-cli2', tool('markdownlint-cli2'), ['**/*.md']],
  ].filter(([name, command]) => existsSync(command) || void console.log(`${name}: not there, left out (--tools)`));
  const times = new Map(contestants.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const [name, command, args] of contestants) {
      const result = timed(folder, command, args);
      if (result === undefined) console.log(`${name}: failed`);
      else times.get(name).push(result.milliseconds);
    }
  }
  for (const [name, list] of times) console.log(`  ${name.padEnd(20)} median ${median(list).toFixed(0).padStart(6)} ms  (${Math.min(...list).toFixed(0)}–${Math.max(...list).toFixed(0)})`);
  for (const run of ['first', 'again']) {
    const own = median(times.get(`kobo check, ${run}`));
    console.log(`  ${run}: ${(own / median(times.get('read only (Node)'))).toFixed(1)}x the read-only floor (bar: at most 5x)`);
    for (const name of [...times.keys()].filter((each) => !each.startsWith('kobo') && !each.startsWith('read'))) {
      console.log(`    ${name} takes ${(median(times.get(name)) / own).toFixed(1)}x as long${name.startsWith('rumdl') ? ' (bar: at least 3x)' : ''}`);
    }
  }
}

if (values.only === undefined || values.only === 'files') files();
if (values.only !== 'files') {
  const engine = await loadEngine();
  if (values.only !== 'growth') {
    for (const { name, level, kB, wall, cpu, least } of await keystrokes(engine, { keys: 300 })) {
      console.log(`  a key, ${name} (${kB} kB, ${level})  median ${wall.toFixed(2)} ms, CPU ${cpu.toFixed(2)} ms, least ${least.toFixed(2)} ms (bar: 5 ms)`);
    }
  }
  if (values.only !== 'keys' && !(await growth(engine))) process.exitCode = 1;
}
