import { canonicalUri, encodePart, encodePath } from './uri';

/** Where a Book is. */
export type BookAddress =
  | { readonly kind: 'starter' }
  | { readonly kind: 'folder'; readonly uri: string }
  /** A git address: fetched only by an explicit command, until then a clear error. */
  | { readonly kind: 'remote'; readonly address: string }
  /** Counts from a folder where there is none. */
  | { readonly kind: 'nowhere'; readonly address: string };

/**
 * Reads a `book:` of `kobo.yaml` or the setting `kobo.book`: a path as any system writes it, or a URI. Folders have canonical URIs.
 * @param from URI of the folder that relative paths count from, or empty
 * @param home path that `~` stands for; left out: it is a name as any other
 */
export function readBookAddress(text: string, from: string, home?: string): BookAddress {
  const ofHome = home === undefined ? null : /^~(?=[\\/]|$)(.*)/su.exec(text.trim());
  if (ofHome !== null) return readBookAddress(`${home ?? ''}${ofHome[1] ?? ''}`, from);
  const address = text.trim();
  if (address === '' || address === 'starter') return { kind: 'starter' };
  if (/^(https?|ssh|git):/i.test(address) || /^[\w.-]+@[\w.-]+:/.test(address) || address.startsWith('ext::')) return { kind: 'remote', address };
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(address)) return { kind: 'folder', uri: canonicalUri(/^file:/i.test(address) ? address.replace(/\\|%5c/gi, '/') : address) };
  if (/^[a-z]:[\\/]/i.test(address)) return { kind: 'folder', uri: canonicalUri(`file:///${encodePath(address.replaceAll('\\', '/'))}`) };
  const share = /^\\\\([^\\/]+)(.*)/su.exec(address);
  if (share !== null) return { kind: 'folder', uri: canonicalUri(`file://${encodePart(share[1] ?? '')}${encodePath((share[2] ?? '').replaceAll('\\', '/'))}`) };
  if (address.startsWith('/')) return { kind: 'folder', uri: canonicalUri(`file://${encodePath(address)}`) };
  if (from === '') return { kind: 'nowhere', address };
  const base = from.endsWith('/') ? from : `${from}/`;
  return { kind: 'folder', uri: canonicalUri(`${base}${encodePath(address.replaceAll('\\', '/'))}`) };
}

/** Whether a folder is one of the others or lies below one. All are canonical: any other form could hide where it is. */
export function isWithin(uri: string, folders: readonly string[]): boolean {
  return folders.some((folder) => uri === folder || uri.startsWith(folder.endsWith('/') ? folder : `${folder}/`));
}
