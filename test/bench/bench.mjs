// npm run bench -- NAME [ARGUMENT…] runs test/bench/NAME.mjs; without a name it lists what there is.
import { existsSync, readdirSync } from 'node:fs';

const [name, ...rest] = process.argv.slice(2);
const folder = new URL('.', import.meta.url);
const file = new URL(`${name}.mjs`, folder);
const helpers = new Set(['bench.mjs', 'load.mjs']);
if (name === undefined || !/^[a-z-]+$/.test(name) || helpers.has(`${name}.mjs`) || !existsSync(file)) {
  const names = readdirSync(folder).filter((entry) => entry.endsWith('.mjs') && !helpers.has(entry)).map((entry) => entry.slice(0, -4));
  console.error(`npm run bench -- ${names.join('|')}`);
  process.exitCode = 2;
} else {
  process.argv = [process.argv[0], file.pathname, ...rest];
  await import(file.href);
}
