// The results of tests as they travel from a test process or an extension host: one marked console line a test.
/**
 * @typedef {{ state: 'passed' | 'failed' | 'pending', title: string, error?: string }} Result
 * @typedef {{ passed: number, failed: number, pending: number, failures: string[] }} Tally
 */

const mark = '@@kobo-test ';

/** The result in a console line, or undefined. @returns {Result | undefined} */
export function resultIn(line) {
  const at = line.indexOf(mark);
  return at < 0 ? undefined : JSON.parse(line.slice(at + mark.length));
}

/** The line that carries a result. */
export const resultLine = (result) => mark + JSON.stringify(result);

/** @returns {Tally} */
export const emptyTally = () => ({ passed: 0, failed: 0, pending: 0, failures: [] });

/** Counts a result; `where` goes before the title of a failure. */
export function count(tally, result, where = '') {
  tally[result.state] += 1;
  if (result.state === 'failed') tally.failures.push(`${where}${result.title}\n${indent(result.error ?? '')}`);
}

/** Counts something that is not a test of its own: a suite that did not start or end. */
export function countFailure(tally, text) {
  tally.failed += 1;
  tally.failures.push(text);
}

/** Lines moved in by four spaces, Mocha's own frames left out. */
export function indent(text) {
  return text
    .split('\n')
    .filter((line) => !/node_modules\/mocha|at (?:callFn|Test\.run|Runner\.|next |Timeout\.|listOnTimeout|process\.processTimers)/u.test(line))
    .map((line) => `    ${line}`)
    .join('\n');
}
