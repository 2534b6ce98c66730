// A process that runs bundled test files: mocha-child.mjs TIMEOUT FILE…
import Mocha from 'mocha';
import { resultLine } from './results.mjs';

const [timeout, ...files] = process.argv.slice(2);
const mocha = new Mocha({
  ui: 'bdd',
  reporter: Mocha.reporters.Base,
  timeout: Number(timeout),
  forbidOnly: process.env.CI === 'true',
  ...(process.env.GREP ? { fgrep: process.env.GREP } : {}),
});
for (const file of files) mocha.addFile(file);
await mocha.loadFilesAsync();
const tell = (state, test, error) =>
  console.log(resultLine({ state, title: test.fullTitle(), ...(error === undefined ? {} : { error: error?.stack ?? String(error) }) }));
mocha
  .run((failures) => {
    // What a test left open must not keep the run alive.
    process.exit(failures > 0 ? 1 : 0);
  })
  .on('pass', (test) => tell('passed', test))
  .on('pending', (test) => tell('pending', test))
  .on('fail', (test, error) => tell('failed', test, error));
