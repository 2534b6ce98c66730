import type { ProjectDocument } from '../document/document';
import { readDocument } from '../document/read';
import { anchorsOf } from '../document/slug';
import type { Book, Origin, Page } from './book';
import { resolveLink } from './page-links';
import type { PageLinkTarget } from './page-tree';

/** A page as the checks see it: read once. */
export interface ReadPage {
  readonly page: Page;
  readonly document: ProjectDocument;
  /** Anchor → index of its section. */
  readonly anchors: ReadonlyMap<string, number>;
  /** Aligned with `document.links`. */
  readonly targets: readonly PageLinkTarget[];
}

/** Pages stay the same things while other files of their Book are written; each is read once. */
const known = new WeakMap<Page, { readonly document: ProjectDocument; readonly anchors: ReadonlyMap<string, number> }>();

function readOnce(page: Page): { readonly document: ProjectDocument; readonly anchors: ReadonlyMap<string, number> } {
  let read = known.get(page);
  if (read === undefined) {
    const document = readDocument(page.path, page.text);
    read = { document, anchors: new Map(anchorsOf(document).map((anchor, index) => [anchor, index])) };
    known.set(page, read);
  }
  return read;
}

/** Reads every page of a Book, by path. */
export function readPages(book: Book): ReadonlyMap<string, ReadPage> {
  const paths = new Set(book.pages.map((page) => page.path));
  const hasPage = (path: string): boolean => paths.has(path);
  return new Map(book.pages.map((page) => {
    const { document, anchors } = readOnce(page);
    const place = { book: book.id, path: page.path, siteRoot: book.siteRoot, hasPage };
    return [page.path, {
      page, document, anchors,
      targets: document.links.map((link) => resolveLink(link.target, place)),
    }];
  }));
}

/** True for what is written in the Book itself, not in the Book below it. */
export function isOwn(book: Book, thing: { readonly origin: Origin }): boolean {
  return thing.origin.layer === book.id;
}
