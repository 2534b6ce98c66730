// The part of node:assert/strict that suites use, for the Web Worker extension host, which has no Node.

class AssertionError extends Error {}

const shown = (value) => (typeof value === 'string' || value instanceof Error ? String(value) : JSON.stringify(value, null, 1)) ?? String(value);

function fails(message, fallback) {
  if (message instanceof Error) throw message;
  throw new AssertionError(message ?? fallback);
}

function same(left, right) {
  if (Object.is(left, right)) return true;
  if (typeof left !== 'object' || typeof right !== 'object' || left === null || right === null) return false;
  if (Object.getPrototypeOf(left) !== Object.getPrototypeOf(right)) return false;
  if (left instanceof Map || left instanceof Set) return same([...left], [...right]);
  const keys = Object.keys(left);
  return keys.length === Object.keys(right).length && keys.every((key) => Object.hasOwn(right, key) && same(left[key], right[key]));
}

function expects(error, expected, message) {
  if (expected === undefined) return;
  const fits =
    expected instanceof RegExp ? expected.test(String(error))
    : typeof expected === 'function' ? (expected === Error || expected.prototype instanceof Error ? error instanceof expected : expected(error) === true)
    : Object.entries(expected).every(([key, value]) => (value instanceof RegExp ? value.test(String(error[key])) : same(error[key], value)));
  if (!fits) fails(message, `another error than expected: ${shown(error)}`);
}

export function ok(value, message) {
  if (!value) fails(message, `expected a true value, got ${shown(value)}`);
}
export function equal(actual, expected, message) {
  if (!Object.is(actual, expected)) fails(message, `expected ${shown(expected)}, got ${shown(actual)}`);
}
export function notEqual(actual, expected, message) {
  if (Object.is(actual, expected)) fails(message, `expected another value than ${shown(actual)}`);
}
export function deepEqual(actual, expected, message) {
  if (!same(actual, expected)) fails(message, `expected ${shown(expected)}, got ${shown(actual)}`);
}
export function notDeepEqual(actual, expected, message) {
  if (same(actual, expected)) fails(message, `expected another value than ${shown(actual)}`);
}
export function match(text, pattern, message) {
  if (!pattern.test(text)) fails(message, `${shown(text)} does not match ${pattern}`);
}
export function doesNotMatch(text, pattern, message) {
  if (pattern.test(text)) fails(message, `${shown(text)} matches ${pattern}`);
}
export function fail(message) {
  fails(message, 'failed');
}
export function throws(action, expected, message) {
  try {
    action();
  } catch (error) {
    return expects(error, expected, message);
  }
  fails(message, 'expected an error, got none');
}
export async function rejects(action, expected, message) {
  try {
    await (typeof action === 'function' ? action() : action);
  } catch (error) {
    return expects(error, expected, message);
  }
  fails(message, 'expected a rejection, got none');
}

const assert = Object.assign((value, message) => ok(value, message), {
  AssertionError, deepEqual, deepStrictEqual: deepEqual, doesNotMatch, equal, fail, match, notDeepEqual, notEqual,
  notStrictEqual: notEqual, ok, rejects, strictEqual: equal, throws,
});
export { AssertionError, deepEqual as deepStrictEqual, equal as strictEqual, notEqual as notStrictEqual };
export default assert;
