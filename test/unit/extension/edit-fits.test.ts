import assert from 'node:assert/strict';
import { editFits } from '../../../src/extension/edit-fits';

describe('edits of the server', () => {
  it('are made in the text that they are for, and in no other', () => {
    assert.equal(editFits(3, { version: 3, isDirty: true }), true);
    assert.equal(editFits(3, { version: 4, isDirty: true }), false);
    assert.equal(editFits(-1, { version: 1, isDirty: false }), false);
    // Of the file on disk: it may have been opened since, but not changed.
    assert.equal(editFits(null, undefined), true);
    assert.equal(editFits(null, { version: 1, isDirty: false }), true);
    assert.equal(editFits(null, { version: 2, isDirty: true }), false);
    // It was closed since, and its changes thrown away.
    assert.equal(editFits(2, undefined), false);
  });
});
