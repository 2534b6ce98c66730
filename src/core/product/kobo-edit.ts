import { isData, mapOf } from '../book/data';
import { readYaml, type YamlSource } from '../book/yaml-source';
import type { Span } from '../text/position';

/** One insertion into the text of a `kobo.yaml`. */
export interface KoboEdit {
  readonly span: Span;
  readonly text: string;
}

/** Keys from the top of `kobo.yaml` to a list of names: `aliases`, a type, a part; `words`, a set, a word. */
export type ListPath = readonly [top: 'aliases' | 'words', group: string, key: string];

/**
 * Adds a name to a list of `kobo.yaml` in one insertion, whatever of the way there is written already, in block or flow
 * form. What is there stays as it is.
 *
 * @param text of the `kobo.yaml`
 * @returns `undefined` where the text is broken or the name is there
 */
export function listEdit(text: string, [top, group, key]: ListPath, name: string): KoboEdit | undefined {
  const source = readKept(text);
  if (source.data === undefined ? text.replace(/^\s*(?:#.*)?$/gmu, '') !== '' : !isData(source.data)) return undefined;
  const all = mapOf(source.data);
  const written = JSON.stringify(name);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  if (!(top in all)) {
    const lead = text === '' || text.endsWith('\n') ? '' : end;
    return insertion(text.length, `${lead}${top}:${end}  ${group}: { ${key}: [${written}] }${end}`);
  }
  const groups = mapOf(all[top]);
  const into = (path: readonly string[], map: object, entry: string): KoboEdit | undefined => {
    const first = Object.keys(map)[0];
    const at = source.spanOf(path).start;
    if (text.charAt(at) === '{') return insertion(at + 1, first === undefined ? ` ${entry} ` : ` ${entry},`);
    if (first !== undefined) {
      const { start } = source.spanOf([...path, first], 'key');
      return insertion(start, `${entry}${end}${' '.repeat(columnOf(text, start))}`);
    }
    // A key with nothing behind it: `aliases:`.
    const after = source.spanOf(path, 'key').end;
    return text.charAt(after) === ':' ? insertion(after + 1, ` { ${entry} }`) : undefined;
  };
  if (!(group in groups)) return into([top], groups, `${group}: { ${key}: [${written}] }`);
  const lists = mapOf(groups[group]);
  if (!(key in lists)) return into([top, group], lists, `${key}: [${written}]`);
  const names = lists[key];
  const list = source.spanOf([top, group, key]);
  if (!Array.isArray(names)) {
    return typeof names === 'string' && names !== name ? { span: list, text: `[${text.slice(list.start, list.end)}, ${written}]` } : undefined;
  }
  if (names.includes(name)) return undefined;
  if (text.charAt(list.start) === '[') return insertion(list.start + 1, names.length === 0 ? written : `${written}, `);
  const first = source.spanOf([top, group, key, 0]).start;
  return insertion(first, `${written}${end}${' '.repeat(Math.max(0, columnOf(text, first) - 2))}- `);
}

/** The text read last: many findings of a check, and those of every key, ask about the same `kobo.yaml`. */
let last: { readonly text: string; readonly source: YamlSource } | undefined;

function readKept(text: string): YamlSource {
  if (last?.text !== text) last = { text, source: readYaml(text) };
  return last.source;
}

function insertion(at: number, text: string): KoboEdit {
  return { span: { start: at, end: at }, text };
}

function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
}
