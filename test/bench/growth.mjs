// How the time of a check grows with rows, files and rules: 1x, 4x and 16x of each, as the exponent of the growth.
//   npm run bench -- growth
import { join } from 'node:path';
import { cpu, loadEngine, projectOver, root, textsBelow } from './load.mjs';
import { register } from './keystroke.mjs';

const bar = 1.1;
const steps = [1, 4, 16];

/** Least CPU of some runs: what the work costs when nothing else gets in its way. */
async function least(work) {
  const times = [];
  for (let i = 0; i < 5; i++) times.push(await cpu(work));
  return Math.min(...times);
}

/** Exponent of a power law through the first and the last size. */
function exponentOf(times) {
  return Math.log(times.at(-1) / times[0]) / Math.log(steps.at(-1) / steps[0]);
}

async function rows(engine, sample, step) {
  const project = projectOver(engine, sample, { settings: { level: 'L2' } });
  const text = register(400 * step);
  let version = 0;
  return () => {
    project.remove('docs/risks.md');
    project.put('docs/risks.md', `${text}\n${String(version++)}`);
    return project.report('docs/risks.md', { network: false });
  };
}

async function files(engine, sample, step) {
  const texts = new Map(sample);
  const own = [...sample].filter(([path]) => path.startsWith('docs/minutes/') || path.startsWith('docs/reports/'));
  for (let i = 0; i < 15 * step; i++) for (const [path, text] of own) texts.set(path.replace(/([^/]+)$/u, `${String(i)}-$1`), text);
  return () => projectOver(engine, texts, { settings: { level: 'L2' } }).reportAll();
}

async function rules(engine, sample, step) {
  const copies = (source, n) => ({ ...source, id: `${source.id}${String.fromCharCode(65 + (n >> 4), 65 + (n & 15))}` });
  const all = Array.from({ length: step }, (_, n) => engine.book.rules.map((source) => (n === 0 ? source : copies(source, n)))).flat();
  const project = projectOver({ ...engine, book: { ...engine.book, rules: all } }, sample, { settings: { level: 'L2' } });
  const text = register(300);
  let version = 0;
  return () => {
    project.remove('docs/risks.md');
    project.put('docs/risks.md', `${text}\n${String(version++)}`);
    return project.report('docs/risks.md', { network: false });
  };
}

/** Prints the growth of each. @returns whether all stay below the bar */
export async function growth(engine) {
  const sample = textsBelow(join(root, 'templates/samples/healthy'));
  let fine = true;
  for (const [name, prepare] of Object.entries({ rows, files, rules })) {
    const times = [];
    for (const step of steps) {
      const work = await prepare(engine, sample, step);
      await work();
      times.push(await least(work));
    }
    const exponent = exponentOf(times);
    fine &&= exponent <= bar;
    console.log(`  growth with ${name.padEnd(6)} ${times.map((time, i) => `${String(steps[i])}x ${time.toFixed(1)} ms`).join(', ')}: exponent ${exponent.toFixed(2)} (bar: ${String(bar)})${exponent > bar ? ' OVER' : ''}`);
  }
  return fine;
}

if (process.argv[1]?.endsWith('growth.mjs') && !(await growth(await loadEngine()))) process.exitCode = 1;
