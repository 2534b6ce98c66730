/**
 * URIs as this server writes them. Clients encode differently (VS Code encodes `(`, Node does not), so every URI that
 * comes in is brought into one form before it is compared.
 */

/** The one form of a URI: path decoded and encoded again, without a slash at the end. */
export function canonicalUri(uri: string): string {
  const match = /^([a-z][a-z0-9+.-]*:(?:\/\/[^/?#]*)?)([^?#]*)/i.exec(uri);
  if (match === null) return uri;
  const [, head = '', path = ''] = match;
  return `${head}${encodePath(decodePath(path))}`.replace(/\/+$/, '');
}

/** Encodes a path with `/` for a URI. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}

/** Decodes the path of a URI; a path that is no valid encoding stays as it is. */
export function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Last part of a URI, decoded. */
export function nameOf(uri: string): string {
  return decodePath(uri.slice(uri.lastIndexOf('/') + 1));
}
