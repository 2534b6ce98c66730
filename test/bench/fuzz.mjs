// Random documents through all rules for a while; stops at the first fault and says how to see it again.
//   npm run bench -- fuzz [--seconds 600] [--seed N]
import { build } from 'esbuild';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { root } from './load.mjs';

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '600' }, seed: { type: 'string', default: String(Date.now() % 1e9) } } });
const outfile = join(root, 'out/bench/fuzz-core.mjs');
await build({ entryPoints: [join(root, 'test/unit/rules/fuzz.ts')], outfile, bundle: true, platform: 'node', packages: 'external', format: 'esm', target: 'es2022', logLevel: 'warning' });
const { fuzz } = await import(`${pathToFileURL(outfile)}?${Date.now()}`);
process.chdir(root);
const end = performance.now() + Number(values.seconds) * 1000;
const { cases, fault } = await fuzz(Number(values.seed), () => performance.now() < end);
console.log(`seed ${values.seed}: ${cases} documents${fault === undefined ? ', no fault' : ''}`);
if (fault !== undefined) {
  console.log(fault);
  process.exitCode = 1;
}
