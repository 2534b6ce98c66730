import assert from 'node:assert/strict';
import { decodedPath, joinPath } from '../../../src/core/text/link-path';
import { relativeLink } from '../../../src/extension/relative-link';

describe('the link that is inserted for a project file', () => {
  const cases = [
    ['/ws/docs/minutes/a.md', '/ws/docs/risks.md', '../risks.md'],
    ['/ws/a.md', '/ws/docs/リスク 一覧.md', 'docs/リスク 一覧.md'],
    ['/ws/docs/a.md', '/ws/docs/b.md', 'b.md'],
    ['/ws/docs/a.md', '/ws/docs/a.md', 'a.md'],
    ['/ws/docs/a.md', '/other/b.md', '../../other/b.md'],
    ['/ws/docs/a.md', '/ws/docs/100% #1?<b>.md', '100%25 %231%3F%3Cb%3E.md'],
    ['/ws/docs/a.md', '/ws/docs/10:00.md', './10:00.md'],
    ['/c:/ws/a.md', '/C:/ws/b.md', 'b.md'],
    ['/c:/ws/a.md', '/d:/ws/b.md', undefined],
  ] as const;
  for (const [from, to, link] of cases) it(`${from} → ${to}`, () => assert.equal(relativeLink(from, to), link));

  it('leads to the file when it is read the way findings read it', () => {
    for (const [from, to, link] of cases) {
      if (link === undefined || from.startsWith('/c:')) continue;
      assert.equal(joinPath(from.slice(0, from.lastIndexOf('/') + 1), decodedPath(link)), to.slice(1));
    }
  });
});
