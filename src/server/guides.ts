import type { Book } from '../core/book/book';
import { guideText } from '../core/book/guide-text';
import type { ServerContext } from './context';
import { escapeMarkdown } from './markdown';
import type { Product } from './products';
import { encodePart, encodePath } from './uri';
import { say, type Language } from './words';

/** A Book with the URI of its folder; the starter Book has none. */
export interface GuideHome {
  readonly book: Book;
  readonly folder: string | undefined;
}

/** The Book of a product. One that could not be read is stood in for by the starter Book, which does not lie in its folder. */
export function homeOf({ shelved }: Pick<Product, 'shelved'>): GuideHome {
  const isFolder = shelved.key !== 'starter' && shelved.state.phase !== 'failed';
  return { book: shelved.book, folder: isFolder ? shelved.key : undefined };
}

/** Address of a guide that the extension understands: `kobo-book:/<book>/<path>#<anchor>`. */
export function guideAddress(product: Product, guide: string): string {
  return bookAddress(product.shelved.book.id, guide);
}

/** Where the client can open a guide: in the panel of the extension, else as a file; `undefined` for a page that is no file. */
export function guideTarget({ client }: Pick<ServerContext, 'client'>, { book, folder }: GuideHome, guide: string): string | undefined {
  if (client.isExtension) return bookAddress(book.id, guide);
  const path = guide.split('#', 1)[0] ?? '';
  const page = book.pages.find((one) => one.path === path);
  return folder?.startsWith('file:') === true && page?.origin.layer === book.id ? `${folder}/${encodePath(path)}` : undefined;
}

/** A guide in a hover: a link to it where the client can open it, else what it says. */
export function guideInHover(context: Pick<ServerContext, 'client'>, home: GuideHome, guide: string, title: string, language: Language): string {
  const words = say(language, 'guide', escapeMarkdown(title));
  const target = guideTarget(context, home, guide);
  if (target !== undefined) return `[${words}](${target})`;
  const text = guideText(home.book, guide);
  return text === '' ? words : `**${words}**\n\n${text}`;
}

function bookAddress(book: string, guide: string): string {
  const hash = guide.indexOf('#');
  const path = hash < 0 ? guide : guide.slice(0, hash);
  const anchor = hash < 0 ? '' : `#${encodePart(guide.slice(hash + 1))}`;
  return `kobo-book:/${encodePart(book)}/${encodePath(path)}${anchor}`;
}
