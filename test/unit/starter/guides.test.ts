import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { pageBlocks } from '../../../src/core/book/page-blocks';
import type { PageBlock } from '../../../src/core/book/page-tree';
import { starterBook } from './starter-book';

/** What a reader sees below the heading that a guide opens; `undefined` when it opens none. */
function opened(book: Book, guide: string): readonly PageBlock[] | undefined {
  const [path = '', anchor = ''] = guide.split('#');
  const page = book.pages.find((one) => one.path === path);
  if (page === undefined) return undefined;
  const hasPage = (target: string): boolean => book.pages.some((one) => one.path === target);
  const { blocks } = pageBlocks(page.text, { book: book.id, path, siteRoot: book.siteRoot, hasPage, mark: undefined });
  if (anchor === '') return blocks.slice(1);
  const from = blocks.findIndex((block) => block.kind === 'heading' && block.anchor === anchor);
  if (from < 0) return undefined;
  const next = blocks.findIndex((block, index) => index > from && block.kind === 'heading');
  return blocks.slice(from + 1, next < 0 ? undefined : next);
}

describe('guides of the starter Book', function () {
  this.timeout(60_000);
  let book: Book;

  before(async () => {
    book = await starterBook();
  });

  it('open a section that says something, for every rule', () => {
    for (const { id, guide = '' } of book.rules) {
      assert.match(guide, /#./u, id);
      assert.ok((opened(book, guide) ?? []).length > 0, `${id} ${guide}`);
    }
  });

  it('open a page that says something, for every type, term, phase and gate', () => {
    const guides = [
      ...[...book.types].map(([id, type]): [string, string | undefined] => [id, type.guide]),
      ...[...book.lifecycle.phases, ...book.lifecycle.gates].map((one): [string, string | undefined] => [one.id, one.page]),
    ];
    for (const [id, guide] of guides) assert.ok((opened(book, guide ?? '') ?? []).length > 1, `${id} ${guide ?? ''}`);
    for (const { preferred, page } of book.terms) if (page !== undefined) assert.ok((opened(book, page) ?? []).length > 0, `${preferred} ${page}`);
  });
});
