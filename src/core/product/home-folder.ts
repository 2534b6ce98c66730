import { pathPattern } from './patterns';
import type { DocumentPattern } from './product';

/** What a product says of the places of its documents. */
export interface Homes {
  /** Paths of the documents whose type is known for sure, with it. */
  readonly types: ReadonlyMap<string, string>;
  /** Lines of `documents:` in `kobo.yaml`. */
  readonly lines: readonly DocumentPattern[];
  /** ISO day. */
  readonly today: string;
}

/** `2026`, `2026-11`, `202611`, `2026年`, `FY2026`: a folder for a time. */
const period = /^(?:FY)?(20\d{2})(?:([-_.]?)(0[1-9]|1[0-2]))?(年度?)?$/u;

/**
 * The folder that a product keeps documents of a type in: where most of them are, else what the last pattern for the type
 * begins with. Folders of years and months count as the one they are in; the new document goes into that of today.
 * @returns a path relative to the product, empty for its top; `undefined` where the product says nothing
 */
export function homeFolder(type: string, { types, lines, today }: Homes): string | undefined {
  const counts = new Map<string, number>();
  const periods = new Map<string, string>();
  for (const [path, of] of types) {
    if (of !== type) continue;
    const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')));
    const name = folder.slice(folder.lastIndexOf('/') + 1);
    const home = period.test(name) ? folder.slice(0, Math.max(0, folder.length - name.length - 1)) : folder;
    counts.set(home, (counts.get(home) ?? 0) + 1);
    if (home !== folder && name > (periods.get(home) ?? '')) periods.set(home, name);
  }
  const most = Math.max(0, ...counts.values());
  const [home, ...others] = [...counts].filter(([, count]) => count === most).map(([folder]) => folder);
  // Here one and there one: that is no place of theirs.
  if (home === undefined || others.length > 0) return folderOfPattern(lines.findLast((line) => line.type === type)?.pattern);
  const last = periods.get(home);
  return last === undefined ? home : [home, periodOf(last, today)].filter((part) => part !== '').join('/');
}

/** The folder of today, written as the last one is. */
function periodOf(last: string, today: string): string {
  const [, , dash = '', month] = period.exec(last) ?? [];
  const year = last.replace(/20\d{2}.*$/u, today.slice(0, 4));
  // A business year has no month, and begins when the company says.
  if (/^FY|年度/u.test(last)) return last;
  return `${year}${month === undefined ? '' : `${dash}${today.slice(5, 7)}`}${last.endsWith('年') ? '年' : ''}`;
}

/** What a pattern begins with before its first wildcard; `undefined` when it may match anywhere. */
function folderOfPattern(pattern: string | undefined): string | undefined {
  const [names, ...others] = pattern === undefined ? [] : pathPattern(pattern).alternatives;
  if (names === undefined || others.length > 0) return undefined;
  const folders = names.slice(0, -1);
  const wild = folders.findIndex((name) => /[*?]/u.test(name));
  if (wild === 0 || (folders.length === 0 && names[0] === '**')) return undefined;
  return (wild < 0 ? folders : folders.slice(0, wild)).join('/');
}
