import assert from 'node:assert/strict';
import { decodedPath, joinPath } from '../../../src/core/text/link-path';

describe('path of a link', () => {
  it('is joined to its folder, without going up beyond it', () => {
    assert.equal(joinPath('a/b/', '../c//./d.md'), 'a/c/d.md');
    assert.equal(joinPath('', 'x/..'), '');
    assert.equal(joinPath('a/', '../../b.md'), undefined);
  });

  it('is decoded where it is UTF-8, else taken as written', () => {
    assert.equal(decodedPath('%E7%B5%8C%E8%B2%BB.md'), '経費.md');
    assert.equal(decodedPath('100%25'), '100%');
    assert.equal(decodedPath('100%zz'), '100%zz');
  });
});
