// npm test: sets up what is missing, runs the stages and ends with "N passed, N failed".
//   npm test                 all stages
//   npm test -- unit ui      these only (and the package they need)
// Node's own modules only up to installPackages(): a fresh clone has no others.
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { editor } from './download.mjs';
import { out, scratch } from './paths.mjs';
import { npm, run } from './run.mjs';
import { installPackages } from './setup.mjs';

const vsix = join(out, 'kobo-guide.vsix');

/** A stage that is one test: it passes when every command does. */
async function commands(title, list) {
  const failures = [];
  for (const [command, ...args] of list) {
    const { code, output } = await (command === 'npx' ? npm(['exec', '--no', '--', ...args]) : run(command, args));
    if (code !== 0) failures.push(`${title}: ${args.join(' ')}\n${output.trim()}`);
  }
  return { passed: failures.length === 0 ? 1 : 0, failed: failures.length === 0 ? 0 : 1, pending: 0, failures };
}

let packaged;
/** The package of this run: built once, for whichever stage asks first. */
const thePackage = () => (packaged ??= import('./package.mjs').then(({ packageExtension }) => packageExtension(vsix)));

const folder = async (...args) => (await import('./mocha.mjs')).runFolder(...args);

const stages = {
  types: () => commands('types', [['npx', 'tsc', '-p', 'tsconfig.json'], ['npx', 'tsc', '-p', 'src/core/tsconfig.json']]),
  lint: () => commands('lint', [['npx', 'eslint', '--max-warnings', '0', '.'], ['npx', 'knip']]),
  unit: () => folder('test/unit'),
  server: () => folder('test/server'),
  package: async () => {
    const { size } = await stat(await thePackage());
    const tally = await folder('test/package', { env: { KOBO_VSIX: vsix } });
    return { ...tally, notes: [`${(size / 1e6).toFixed(2)} MB`] };
  },
  vscode: async () => (await import('./vscode.mjs')).runInVscode(await thePackage()),
  ui: async () => folder('test/ui', { env: { KOBO_VSIX: await thePackage() }, timeout: 120_000 }),
};

/** At most 80 lines: the rest says the same. */
function shortened(text) {
  const lines = text.split('\n');
  return lines.length <= 80 ? text : [...lines.slice(0, 80), `    … ${lines.length - 80} more lines`].join('\n');
}

/**
 * Two lanes for two cores; each stage waits for those before it in its lane. What an editor shows takes its time, and its
 * tests wait for it: the stages with an editor begin when all others have ended, one after the other.
 */
const lanes = [['lint', 'package'], ['types', 'unit', 'server']];

const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)} s`;

/** What a stage comes to; one that cannot run is a failure of its own. */
async function outcome(name) {
  const since = performance.now();
  const result = await stages[name]().catch((error) => ({ passed: 0, failed: 1, pending: 0, failures: [error.stack ?? String(error)] }));
  return { ...result, took: seconds(since) };
}

/** Starts stages. @returns {Map<string, Promise<object>>} their outcomes, none of which rejects */
function start(names) {
  const outcomes = new Map();
  const after = (before, name) => {
    const result = before.then(() => outcome(name));
    outcomes.set(name, result);
    return result;
  };
  const ends = lanes.map((lane) => lane.filter((name) => names.includes(name)).reduce(after, Promise.resolve()));
  names.filter((name) => !outcomes.has(name)).reduce(after, Promise.all(ends));
  return outcomes;
}

async function main() {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !Object.hasOwn(stages, name));
  if (unknown.length > 0) {
    console.error(`There is no stage ${unknown.join(', ')}; there are ${Object.keys(stages).join(', ')}.`);
    return 2;
  }
  const since = performance.now();
  await installPackages();
  await mkdir(scratch, { recursive: true });
  const names = asked.length > 0 ? [...new Set(asked)] : Object.keys(stages);
  if (names.includes('vscode') || names.includes('ui')) void editor().catch(() => undefined); // told by the stage that needs it
  let passed = 0;
  let failed = 0;
  const outcomes = start(names);
  for (const name of names) {
    const result = await outcomes.get(name);
    passed += result.passed;
    failed += result.failed;
    const skipped = result.pending > 0 ? `, ${result.pending} skipped` : '';
    console.log(`${name.padEnd(8)} ${result.passed} passed, ${result.failed} failed${skipped}  ${result.took}`);
    for (const note of [...new Set(result.notes ?? [])]) console.log(`  ${note}`);
    for (const failure of result.failures) console.log(`\n  ✗ ${shortened(failure)}\n`);
  }
  console.log(`${seconds(since)} in all`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error.message);
  console.log('0 passed, 1 failed');
  process.exitCode = 1;
} finally {
  await rm(scratch, { recursive: true, force: true });
}
