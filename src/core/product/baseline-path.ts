import { joinPath } from '../text/link-path';

/**
 * Where a baseline lies, from the folder of its product.
 * @param name as `kobo.yaml` writes it
 * @returns `undefined` for a name that leads outside, or is one of this machine alone
 */
export function baselinePath(name: string): string | undefined {
  if (/^(?:[/\\]|[A-Za-z]:)/u.test(name) || joinPath('', name.replaceAll('\\', '/')) === undefined) return undefined;
  const path = joinPath('', name);
  return path === '' ? undefined : path;
}
