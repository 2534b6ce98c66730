import assert from 'node:assert/strict';
import { findingsIn } from './checked';
import { today } from './fill';
import { starterBook } from './starter-book';

describe('fixes that create a document', () => {
  it('name a place of the type, with an ending, and a template that is there', async () => {
    const book = await starterBook();
    const findings = await findingsIn(new Map([['docs/memo.md', '# メモ\n']]), book, today);
    const created = findings.flatMap((finding) => finding.fixes).flatMap((fix) => fix.create ?? []);
    assert.ok(created.length >= 3, String(created.length));
    for (const { path, template } of created) {
      assert.match(path, /^docs\/.*[^/]\.(?:md|csv|yaml)$/u);
      assert.ok(book.templates.some(({ id }) => id === template), template);
    }
  }).timeout(60_000);
});
