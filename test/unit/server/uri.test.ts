import assert from 'node:assert/strict';
import { filePattern } from '../../../src/server/uri';

describe('the pattern for a single file', () => {
  for (const [uri, pattern] of [
    ['file:///ws/docs/%E3%83%AA%E3%82%B9%E3%82%AF%20(1).md', '/ws/docs/リスク (1).md'],
    ['file:///c%3A/ws/docs/r.md', 'c:/ws/docs/r.md'],
    ['file:///C:/ws/docs/r.md', 'c:/ws/docs/r.md'],
    ['file://server/share/r.md', '//server/share/r.md'],
    ['file:///ws/a%5B1%5D%2C%7Bx%7D.md', '/ws/a?1???x?.md'],
    ['vscode-vfs://github/owner/repo/r.md', '/owner/repo/r.md'],
    ['untitled:r.md', 'r.md'],
  ] as const) it(`${uri} → ${pattern}`, () => assert.equal(filePattern(uri), pattern));
});
