import type { Kit, Origin } from './book';
import { listOf, mapOf, textOf } from './data';
import { readQuestions } from './template-file';
import { wordsIn } from './type-file';

/** Reads one file under `kits/`. */
export function readKit(value: unknown, id: string, origin: Origin): Kit {
  const map = mapOf(value);
  return {
    id,
    title: wordsIn(map, 'title', id),
    description: textOf(map.description),
    asks: readQuestions(map.asks),
    items: listOf(map.items).map((item) => {
      const entry = mapOf(item);
      return {
        template: textOf(entry.template),
        path: textOf(entry.path),
        owner: textOf(entry.owner),
        note: textOf(entry.note),
      };
    }),
    origin,
  };
}

/** True for a place a document may be made at: inside the folder, no dot-folder, one of the three formats. */
export function isSafePath(path: string): boolean {
  if (path === '' || path.startsWith('/') || path.includes('\\') || path.includes(':') || path.includes('\0')) return false;
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part.startsWith('.'))) return false;
  const name = (parts.at(-1) ?? '').toLowerCase();
  return name.endsWith('.md') || name.endsWith('.yaml') || name.endsWith('.csv');
}
