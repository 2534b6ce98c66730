import { decodedPath, joinPath } from '../text/link-path';

/** What a Markdown link points at. */
export type LinkTarget =
  | { readonly kind: 'file'; readonly path: string; readonly anchor: string }
  | { readonly kind: 'anchor'; readonly anchor: string }
  | { readonly kind: 'web' | 'mail' | 'other' }
  /** Outside the product, or a template's blank: nobody can say whether it exists. */
  | { readonly kind: 'outside' };

/**
 * Reads a link's target as seen from a document. Paths beginning with `/` count from the product's root.
 *
 * @param from path of the document, relative to the product
 */
export function readTarget(target: string, from: string): LinkTarget {
  const trimmed = target.trim();
  if (trimmed === '' || trimmed.includes('{{') || trimmed.includes('${')) return { kind: 'outside' };
  if (/^mailto:/iu.test(trimmed)) return { kind: 'mail' };
  if (/^https?:/iu.test(trimmed)) return { kind: 'web' };
  if (/^[a-z][a-z0-9+.-]*:/iu.test(trimmed) || trimmed.startsWith('//')) return { kind: 'other' };
  const hash = trimmed.indexOf('#');
  // Markdown takes the backslash off a mark: `#parts-\(new\)`.
  const anchor = readAnchor(hash < 0 ? '' : trimmed.slice(hash + 1).replace(/\\([!-/:-@[-`{-~])/gu, '$1'));
  const path = decodedPath((hash < 0 ? trimmed : trimmed.slice(0, hash)).replace(/\?.*$/u, ''));
  if (path === '') return { kind: 'anchor', anchor };
  const joined = joinPath(path.startsWith('/') ? '' : from.slice(0, from.lastIndexOf('/') + 1), path.replace(/^\/+/u, ''));
  return joined === undefined ? { kind: 'outside' } : { kind: 'file', path: joined, anchor };
}

/** Escapes of the marks that GitHub drops from a heading: ASCII ones but the hyphen, and quotation marks in pairs. */
const escapedMark = /%(?:2[1-9A-CEF]|3[A-F]|40|5[BCDE]|60|7[B-E]|E2%80%9[89CD])/iu;

/** An anchor as GitHub makes them; sites that escape the marks of a heading instead (`a%2C-b`, as markdown-it-anchor does) mean the same heading. */
function readAnchor(written: string): string {
  const anchor = decodedPath(written);
  return escapedMark.test(written) ? anchor.replace(/[!-,./:-@[-^`{-~‘’“”]/gu, '') : anchor;
}
