// Texts made to break or stall a reader, near the largest that is read: reading, all rules at L2, every fix, and a key in it.
//   npm run bench -- hostile [--size UNITS] [--only WORDS] [--cli]
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { cpu, load, loadEngine, projectOver, root, textsBelow } from './load.mjs';

const bar = 2000;
const { values } = parseArgs({ options: { size: { type: 'string', default: '2900000' }, only: { type: 'string', default: '' }, cli: { type: 'boolean' } } });
const { hostiles } = await load('test/unit/rules/hostile.ts');
const engine = await loadEngine();
const sample = textsBelow(join(root, 'templates/samples/healthy'));
const cases = hostiles(Number(values.size)).filter(({ name }) => name.includes(values.only));
const slow = [];

function line(name, units, milliseconds, used, findings) {
  const isSlow = used > bar;
  if (isSlow) slow.push(name);
  console.log(`${name.padEnd(44)} ${(units / 1e6).toFixed(1).padStart(5)} M units  ${milliseconds.toFixed(0).padStart(6)} ms  CPU ${used.toFixed(0).padStart(6)} ms${isSlow ? ' OVER' : ''}  ${findings}`);
}

for (const { name, path, text } of cases) {
  const project = projectOver(engine, sample);
  const content = text();
  content.indexOf('\0');
  let report;
  let start = performance.now();
  const used = await cpu(async () => {
    project.put(path, content);
    report = await project.report(path, { network: true });
  });
  line(name, content.length, performance.now() - start, used, `${report.findings.length} findings: ${[...new Set(report.findings.map(({ rule }) => rule))].join(' ')}`);
  if (content.length > 3_000_000) continue;
  const edited = `${content.slice(0, content.length >> 1)}あ${content.slice(content.length >> 1)}`;
  edited.indexOf('\0');
  start = performance.now();
  const key = await cpu(async () => {
    project.put(path, edited);
    await project.report(path, { network: false });
  });
  line(`  a key in it`, edited.length, performance.now() - start, key, '');
}

if (values.cli && existsSync(join(root, 'dist/cli.js'))) {
  for (const { name, path, text } of cases) {
    const folder = mkdtempSync(join(tmpdir(), 'kobo-hostile-'));
    cpSync(join(root, 'templates/samples/healthy'), folder, { recursive: true });
    const content = text();
    writeFileSync(join(folder, path), content);
    const start = performance.now();
    let said;
    try {
      said = execFileSync(process.execPath, [join(root, 'dist/cli.js'), 'check', path, '--today', '2026-11-24', '--fail-on', 'never'], { cwd: folder, encoding: 'utf8', maxBuffer: 1e9 });
    } catch (error) {
      said = `status ${error.status} ${error.signal ?? ''} ${error.stderr}`;
    }
    line(`cli: ${name}`, content.length, performance.now() - start, performance.now() - start, said.split('\n').find((each) => each.trim() !== '')?.slice(0, 80) ?? 'nothing');
    rmSync(folder, { recursive: true });
  }
}
console.log(slow.length === 0 ? `all within ${bar} ms of CPU` : `over ${bar} ms: ${slow.join(', ')}`);
