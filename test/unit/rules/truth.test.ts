import assert from 'node:assert/strict';
import { and, NO, not, or, truthOf, UNKNOWN, YES } from '../../../src/core/rules/truth';

describe('three-valued logic', () => {
  const values = [NO, YES, UNKNOWN] as const;
  const name = ['no', 'yes', 'unknown'] as const;
  const table = (of: (a: (typeof values)[number], b: (typeof values)[number]) => number) =>
    values.map((a) => values.map((b) => name[of(a, b) as 0 | 1 | 2]).join(' '));

  it('has the tables of Kleene', () => {
    // Rows and columns: no, yes, unknown.
    assert.deepEqual(table(and), ['no no no', 'no yes unknown', 'no unknown unknown']);
    assert.deepEqual(table(or), ['no yes unknown', 'yes yes yes', 'unknown yes unknown']);
    assert.deepEqual(values.map(not), [YES, NO, UNKNOWN]);
    assert.deepEqual([truthOf(true), truthOf(false)], [YES, NO]);
  });

  it('obeys De Morgan', () => {
    for (const a of values) for (const b of values) assert.equal(not(and(a, b)), or(not(a), not(b)));
  });
});
