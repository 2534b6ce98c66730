import assert from 'node:assert/strict';
import { userInfo } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { usualFolder } from '../../../src/cli/kept-report';

describe('the folder of kept reports', () => {
  const { homedir } = userInfo();

  it('is that of the system for such things', () => {
    assert.equal(usualFolder({ XDG_CACHE_HOME: '/var/tmp/me' }, 'linux'), join('/var/tmp/me', 'kobo-guide'));
    assert.equal(usualFolder({}, 'linux'), join(homedir, '.cache', 'kobo-guide'));
    assert.equal(usualFolder({ XDG_CACHE_HOME: 'here' }, 'linux'), join(homedir, '.cache', 'kobo-guide'));
    assert.equal(usualFolder({}, 'darwin'), join(homedir, 'Library', 'Caches', 'kobo-guide'));
    assert.equal(usualFolder({ HOME: '/home/me' }, 'linux'), join('/home/me', '.cache', 'kobo-guide'));
  });

  it('never is below the working directory', () => {
    for (const HOME of ['', '.', 'home']) for (const platform of ['linux', 'darwin'] as const) assert.ok(isAbsolute(usualFolder({ HOME }, platform) ?? '/'), HOME);
  });
});
