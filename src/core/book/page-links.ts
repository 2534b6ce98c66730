import { decodedPath, joinPath } from '../text/link-path';
import type { PageLinkTarget } from './page-tree';

/** Where a page's links are resolved. */
export interface LinkPlace {
  /** Id of the Book, for `kobo-book:` addresses. */
  readonly book: string;
  /** Path of the page, relative to the Book folder. */
  readonly path: string;
  /** Path prefix that links like `/handbook/…` are relative to, or empty. */
  readonly siteRoot: string;
  /** Whether the Book has something to read at a path. */
  readonly hasPage: (path: string) => boolean;
}

const dead: PageLinkTarget = { kind: 'dead' };
const longestTarget = 2000;

/**
 * Resolves the target of a link as written in a page. Inside the Book: relative and site-root paths (with or without
 * `.md`, folders by their index page), `#anchor`, `kobo-book:/<book>/<path>#<anchor>`. Outside: http, https and mailto.
 * All else is dead: other schemes, paths that leave the Book, pages it does not have.
 */
export function resolveLink(target: string, place: LinkPlace): PageLinkTarget {
  const written = target.trim();
  if (written === '' || written.length > longestTarget || hasControl(written)) return dead;
  const scheme = schemeOf(written);
  if (scheme === 'http' || scheme === 'https' || scheme === 'mailto') return { kind: 'web', url: written };
  const hash = written.indexOf('#');
  const anchor = decodedPath(hash < 0 ? '' : written.slice(hash + 1));
  const address = hash < 0 ? written : written.slice(0, hash);
  if (scheme === 'kobo-book') return inOwnBook(address.slice('kobo-book:'.length), anchor, place);
  if (scheme !== '' || written.startsWith('//')) return dead;
  const question = address.indexOf('?');
  const path = decodedPath(question < 0 ? address : address.slice(0, question));
  if (path === '') return { kind: 'page', path: place.path, anchor };
  if (path.startsWith('/')) return found(withoutRoot(path, place.siteRoot), anchor, place);
  return found(joinPath(place.path.slice(0, place.path.lastIndexOf('/') + 1), path), anchor, place);
}

function inOwnBook(address: string, anchor: string, place: LinkPlace): PageLinkTarget {
  const parts = address.split('/').filter((part) => part !== '');
  return parts.length > 1 && decodedPath(parts[0] ?? '') === place.book ? found(joinPath('', decodedPath(parts.slice(1).join('/'))), anchor, place) : dead;
}

function found(path: string | undefined, anchor: string, place: LinkPlace): PageLinkTarget {
  if (path === undefined) return dead;
  const folder = path === '' ? '' : `${path}/`;
  const candidates = [path, `${path}.md`, `${folder}index.md`, `${folder}_index.md`, `${folder}README.md`];
  if (path.endsWith('.html')) candidates.push(`${path.slice(0, -'.html'.length)}.md`);
  const page = candidates.find((candidate) => candidate !== '' && place.hasPage(candidate));
  return page === undefined ? dead : { kind: 'page', path: page, anchor };
}

function withoutRoot(path: string, siteRoot: string): string | undefined {
  const root = siteRoot.endsWith('/') ? siteRoot.slice(0, -1) : siteRoot;
  if (root !== '' && path !== root && !path.startsWith(`${root}/`)) return undefined;
  return joinPath('', path.slice(root.length));
}

/** The scheme in lower case, or empty (RFC 3986: a letter, then letters, digits, `+`, `-`, `.`, up to a colon). */
function schemeOf(target: string): string {
  for (let i = 0; i < target.length && i < 40; i++) {
    const c = target.charCodeAt(i) | 32;
    const letter = c >= 97 && c <= 122;
    if (target.charCodeAt(i) === 58) return i === 0 ? '' : target.slice(0, i).toLowerCase();
    const digit = target.charCodeAt(i) >= 48 && target.charCodeAt(i) <= 57;
    if (!letter && (i === 0 || !(digit || '+-.'.includes(target.charAt(i))))) return '';
  }
  return '';
}

function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) < 32 || text.charCodeAt(i) === 127) return true;
  return false;
}
