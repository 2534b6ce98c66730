// The runner of the suites inside an extension host: Node, Web Worker (which has no Node) and desktop alike, so it uses
// Mocha's browser build. Evaluated before the suites, it gives them `describe` and `it`; results leave as console lines.
import 'mocha/mocha';

interface Runner {
  on(event: 'pass' | 'pending', listener: (test: Test) => void): this;
  on(event: 'fail', listener: (test: Test, error: unknown) => void): this;
}
interface Test {
  fullTitle(): string;
}
interface MochaInstance {
  fgrep(words: string): void;
  readonly suite: { emit(event: 'pre-require', globals: unknown, file: string, mocha: MochaInstance): void };
  run(done: (failures: number) => void): Runner;
}
/** Words of the titles to run, put in when the suites are bundled; empty: all. */
declare const KOBO_GREP: string;
interface MochaModule {
  readonly reporters: { readonly Base: unknown };
  new (options: { ui: 'bdd'; reporter: unknown; timeout: number; forbidOnly: boolean }): MochaInstance;
}
/** The browser build gives itself as a global. */
const Mocha = (globalThis as unknown as { readonly Mocha: MochaModule }).Mocha;

const mocha = new Mocha({
  ui: 'bdd',
  reporter: Mocha.reporters.Base,
  timeout: 30_000,
  forbidOnly: typeof process !== 'undefined' && process.env.CI === 'true',
});
if (KOBO_GREP !== '') mocha.fgrep(KOBO_GREP);
mocha.suite.emit('pre-require', globalThis, '', mocha);

const described = (error: unknown) => (error instanceof Error ? (error.stack ?? error.message) : String(error));

function report(state: 'passed' | 'failed' | 'pending', test: Test, error?: unknown): void {
  const detail = error === undefined ? {} : { error: described(error) };
  console.log(`@@kobo-test ${JSON.stringify({ state, title: test.fullTitle(), ...detail })}`);
}

/**
 * Runs every suite that was loaded after this module.
 * @returns when all have passed
 * @throws (rejects) when one failed, or when there was none to run
 */
export function run(): Promise<void> {
  return new Promise((resolve, reject) => {
    let seen = 0;
    mocha
      .run((failures) => {
        if (failures > 0) reject(new Error(`${failures} failed`));
        else if (seen === 0) reject(new Error('no test ran'));
        else resolve();
      })
      .on('pass', (test) => {
        seen += 1;
        report('passed', test);
      })
      .on('pending', (test) => {
        seen += 1;
        report('pending', test);
      })
      .on('fail', (test, error) => {
        seen += 1;
        report('failed', test, error);
      });
  });
}
