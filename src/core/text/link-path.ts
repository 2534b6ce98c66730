/**
 * Joins a folder and a path, both with `/`: `.` and empty parts vanish, `..` goes up. `undefined` when the path goes up
 * beyond where the folder begins.
 */
export function joinPath(folder: string, path: string): string | undefined {
  const parts: string[] = [];
  for (const part of `${folder}${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
}

/** A path or anchor of a link with its percent escapes resolved; as written where they are no UTF-8. */
export function decodedPath(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
