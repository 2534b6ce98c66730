/**
 * URIs as this server writes them. Clients encode differently (VS Code encodes `(`, Node does not), so every URI that
 * comes in is brought into one form before it is compared.
 */

/**
 * The one form of a URI: path decoded and encoded again, without `.` and `..` and without a slash at the end; scheme, drive and (of files)
 * host in small letters.
 */
export function canonicalUri(uri: string): string {
  const match = /^([a-z][a-z0-9+.-]*:(?:\/\/[^/?#]*)?)([^?#]*)/i.exec(uri);
  if (match === null) return uri;
  const [, written = '', path = ''] = match;
  const scheme = written.slice(0, written.indexOf(':')).toLowerCase();
  const isFile = scheme === 'file';
  const authority = written.slice(scheme.length);
  const host = isFile ? authority.toLowerCase().replace(/^:\/\/localhost$/, '://') : authority;
  const decoded = withoutDots(decodePath(path));
  const known = isFile ? decoded.replace(/^\/[A-Z]:(?=\/|$)/, (drive) => drive.toLowerCase()) : decoded;
  return `${scheme}${host}${encodePath(known)}`.replace(/\/+$/, '');
}

/** A path as it is read: written with dots, it would seem to lie where it does not. */
function withoutDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '.') continue;
    if (part !== '..') parts.push(part);
    // The first part is empty: what a path begins with.
    else if (parts.length > 1) parts.pop();
  }
  return parts.join('/');
}

/** Encodes a path with `/` for a URI. */
export function encodePath(path: string): string {
  return path.split('/').map(encodePart).join('/');
}

/** Encodes a part of a URI. Half a character, which no URI can hold, becomes the mark for what is unreadable. */
export function encodePart(part: string): string {
  return encodeURIComponent(part.replace(/\p{Surrogate}/gu, '\uFFFD'));
}

/** Decodes the path of a URI; a path that is no valid encoding stays as it is. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** A pattern that matches a path: characters that mean something in one match any one character. */
export function globOf(path: string): string {
  return path.replace(/[[\]{}*?!,]/gu, '?');
}

/** A pattern that matches the file of a URI and as good as no other, in the form in which clients name files: `/a/b.md`, `c:/a/b.md`, `//server/a/b.md`. */
export function filePattern(uri: string): string {
  const [, host = '', path = uri] = /^[a-z][a-z0-9+.-]*:(?:\/\/([^/?#]*))?([^?#]*)/iu.exec(uri) ?? [];
  const decoded = decodePath(path);
  // A drive has no slash before it, and is written small.
  const file = /^\/[a-z]:/iu.test(decoded) ? `${decoded.charAt(1).toLowerCase()}${decoded.slice(2)}` : decoded;
  return globOf(uri.startsWith('file:') && host !== '' ? `//${host}${file}` : file);
}

/** Last part of a URI, decoded. */
export function nameOf(uri: string): string {
  return decodePath(uri.slice(uri.lastIndexOf('/') + 1));
}
