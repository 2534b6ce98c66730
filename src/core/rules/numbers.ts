import type { Compiler, Data } from './compiler';
import type { Env } from './env';
import { and, truthOf, UNKNOWN, YES, type Truth } from './truth';
import { parseNumber } from '../text/number';

export const rangeOperators = ['at_least', 'at_most', 'more_than', 'less_than'] as const;
export type RangeOperator = (typeof rangeOperators)[number];

export function compare(operator: RangeOperator, value: number, bound: number): boolean {
  switch (operator) {
    case 'at_least':
      return value >= bound;
    case 'at_most':
      return value <= bound;
    case 'more_than':
      return value > bound;
    case 'less_than':
      return value < bound;
  }
}

/** A number, or a `$param` that holds one; `undefined` when it does not. */
export function compileNumber(value: unknown, compiler: Compiler): (env: Env) => number | undefined {
  if (typeof value === 'number') return () => value;
  const text = typeof value === 'string' ? value : '';
  const name = compiler.param(text);
  if (name !== undefined) return (env) => numberOf(env.params.get(name));
  const number = parseNumber(text)?.value;
  if (number === undefined) compiler.fail('rule.not-a-number', `「${text}」は数ではありません。`, `${text} is not a number.`);
  return () => number;
}

export function numberOf(value: string | number | undefined): number | undefined {
  return typeof value === 'number' ? value : value === undefined ? undefined : parseNumber(value)?.value;
}

/** `{ at_least: 12, at_most: $longest }` for a number that is known. */
export function compileRange(range: Data, compiler: Compiler): (value: number, env: Env) => Truth {
  const tests = Object.entries(range).flatMap(([key, bound]) => {
    const operator = rangeOperators.find((each) => each === key);
    if (operator === undefined) {
      compiler.fail('rule.unknown-key', `「${key}」は使えません。`, `${key} cannot be used here.`);
      return [];
    }
    const limit = compileNumber(bound, compiler);
    return [(value: number, env: Env): Truth => {
      const at = limit(env);
      return at === undefined ? UNKNOWN : truthOf(compare(operator, value, at));
    }];
  });
  return (value, env) => tests.reduce<Truth>((truth, test) => and(truth, test(value, env)), YES);
}
