import assert from 'node:assert/strict';
import { fuzz } from './fuzz';

describe('Documents as chance makes them', function () {
  this.timeout(300_000);

  it('stop no rule, and a check after an edit says what a whole one says', async () => {
    const { fault, cases } = await fuzz(1, (count) => count < 200);
    assert.equal(fault, undefined);
    assert.equal(cases, 200);
  });
});
