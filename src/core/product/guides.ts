import type { Book } from '../book/book';
import { readDocument } from '../document/read';
import { anchorsOf } from '../document/slug';
import type { Finding } from '../rules/finding';

/** The pages of a Book as guides of findings. */
export class Guides {
  readonly #book: Book;
  readonly #titles = new Map<string, string>();

  constructor(book: Book) {
    this.#book = book;
  }

  /**
   * Words for a guide link: the heading it leads to, else the page's title.
   * @param guide `path#anchor` in the Book
   */
  titleOf(guide: string): string {
    const known = this.#titles.get(guide);
    if (known !== undefined) return known;
    const [path = '', anchor = ''] = guide.split('#');
    const page = this.#book.pages.find((one) => one.path === path);
    const document = page === undefined || anchor === '' ? undefined : readDocument(path, page.text);
    const heading = document?.sections[anchorsOf(document).indexOf(anchor)]?.title;
    const title = heading ?? page?.title ?? path;
    this.#titles.set(guide, title);
    return title;
  }

  /** Where the engine's own findings are explained; `undefined` when the Book has no such page. */
  own(guide: string): string | undefined {
    const path = guide.split('#')[0];
    return this.#book.pages.some((page) => page.path === path) ? guide : undefined;
  }

  /** The built-in findings about documents name a guide of the starter Book; in a Book without that page they have none. */
  linked(finding: Finding): Finding {
    return finding.rule.startsWith('DOC-') && finding.guide !== undefined && this.own(finding.guide) === undefined ? { ...finding, guide: undefined } : finding;
  }
}
