/**
 * How a Markdown document names another file of the same disk: relative to its own folder, with what a link would read
 * otherwise escaped. For use between `<` and `>`.
 * @param from path of the document, as `Uri.path` has it
 * @param to path of the file
 * @returns `undefined` where there is no way from one to the other
 */
export function relativeLink(from: string, to: string): string | undefined {
  const folder = from.split('/').slice(0, -1);
  const target = to.split('/');
  const drive = (parts: readonly string[]): string => (/^[a-z]:$/iu.test(parts[1] ?? '') ? (parts[1] ?? '').toLowerCase() : '');
  if (drive(folder) !== drive(target)) return undefined;
  if (drive(folder) !== '') target[1] = folder[1] ?? '';
  let same = 0;
  while (same < folder.length && same < target.length - 1 && folder[same] === target[same]) same++;
  const path = [...folder.slice(same).map(() => '..'), ...target.slice(same)].join('/').replace(/[%#?<>\\\r\n]/gu, encodeURIComponent);
  // What has a colon before its first slash would be read as an address.
  return /^[^/]*:/u.test(path) ? `./${path}` : path;
}
