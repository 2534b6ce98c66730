import assert from 'node:assert/strict';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { usualFolder } from '../../../src/cli/kept-report';

describe('the folder of kept reports', () => {
  it('is that of the system for such things', () => {
    assert.equal(usualFolder({ XDG_CACHE_HOME: '/var/tmp/me' }, 'linux'), join('/var/tmp/me', 'kobo-guide'));
    assert.equal(usualFolder({}, 'linux'), join(homedir(), '.cache', 'kobo-guide'));
    assert.equal(usualFolder({ XDG_CACHE_HOME: 'here' }, 'linux'), join(homedir(), '.cache', 'kobo-guide'));
    assert.equal(usualFolder({}, 'darwin'), join(homedir(), 'Library', 'Caches', 'kobo-guide'));
  });
});
