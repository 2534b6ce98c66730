/**
 * Three-valued logic after Kleene (S. C. Kleene, "Introduction to Metamathematics", section 64): an empty cell, a column
 * that is not there or a document that cannot be asked makes a condition *unknown*, and an unknown condition never
 * makes a finding.
 */
export type Truth = typeof NO | typeof YES | typeof UNKNOWN;

export const NO = 0;
export const YES = 1;
export const UNKNOWN = 2;

export function truthOf(value: boolean): Truth {
  return value ? YES : NO;
}

export function not(value: Truth): Truth {
  if (value === UNKNOWN) return UNKNOWN;
  return value === YES ? NO : YES;
}

/** No wins over unknown, unknown over yes. */
export function and(a: Truth, b: Truth): Truth {
  if (a === NO || b === NO) return NO;
  return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : YES;
}

/** Yes wins over unknown, unknown over no. */
export function or(a: Truth, b: Truth): Truth {
  if (a === YES || b === YES) return YES;
  return a === UNKNOWN || b === UNKNOWN ? UNKNOWN : NO;
}
