import { readDocument } from '../document/read';
import { anchorsOf } from '../document/slug';
import type { Book } from './book';

/** A hover that is longer than a screen helps nobody. */
const longest = 800;

/**
 * What a guide says, for those who cannot open it: the section it names, else the beginning of its page, without what stands
 * under further headings.
 * @returns Markdown without links, pictures and HTML, cut between two blocks; empty for a page that the Book does not have
 */
export function guideText(book: Book, guide: string): string {
  const [path = '', anchor = ''] = guide.split('#', 2);
  const page = book.pages.find((one) => one.path === path);
  if (page === undefined) return '';
  const document = readDocument(path, page.text);
  const at = anchor === '' ? 0 : anchorsOf(document).indexOf(anchor);
  const section = document.sections[at];
  if (section === undefined) return page.summary;
  const next = document.sections.slice(at + 1).find((one) => one.kind === 'heading')?.span.start ?? page.text.length;
  const text = plain(page.text.slice(section.bodySpan.start, Math.min(section.bodySpan.end, next)));
  return text === '' ? page.summary : beginning(text);
}

function plain(markdown: string): string {
  return markdown
    .replace(/<!--[^]*?-->/gu, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/gu, '')
    .replace(/\[([^\]]*)\]\([^)]*\)/gu, '$1')
    .replace(/<\/?[a-z][^>]*>/giu, '')
    .trim();
}

function beginning(text: string): string {
  const [first = '', ...more] = text.split(/\n{2,}/u);
  let taken = first;
  for (const block of more) {
    if (taken.length + block.length > longest) {
      // What was cut inside of a fence ends there.
      const isOpen = (taken.match(/^```/gmu)?.length ?? 0) % 2 === 1;
      return `${taken}${isOpen ? '\n```' : ''}\n\n…`;
    }
    taken += `\n\n${block}`;
  }
  return taken;
}
