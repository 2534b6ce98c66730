import { isData } from '../book/data';
import { readYaml } from '../book/yaml-source';
import type { Span } from '../text/position';

/** A change of a rule file's text. */
export interface RuleEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * Puts a rule behind the last one of a rule file. `write` gives its YAML for the indentation that the file has.
 * @returns `undefined` when the file cannot be read as a rule file
 */
export function addRule(text: string, write: (indent: string) => string): RuleEdit | undefined {
  const source = readYaml(text);
  if (!isData(source.data)) return undefined;
  const { rules } = source.data;
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const put = (at: number, end: number, lead: string, yaml: string): RuleEdit => ({ span: { start: at, end }, text: `${lead}${yaml}`.replaceAll('\n', newline) });
  if (rules === undefined) return put(text.length, text.length, `${text === '' || text.endsWith('\n') ? '' : '\n'}rules:\n`, write('  '));
  if (rules === null || (Array.isArray(rules) && rules.length === 0)) {
    const span = source.spanOf(['rules'], rules === null ? 'key' : 'value');
    const end = rules === null ? text.indexOf(':', span.end) + 1 : span.end;
    return put(rules === null ? end : span.start, end, '\n', write('  ').trimEnd());
  }
  if (!Array.isArray(rules)) return undefined;
  const first = source.spanOf(['rules', 0]).start;
  const line = text.lastIndexOf('\n', first - 1) + 1;
  const indent = /^ */u.exec(text.slice(line, first))?.[0] ?? '';
  if (text[line + indent.length] !== '-') return undefined;
  const last = source.spanOf(['rules', rules.length - 1]).end;
  // Blank lines and comments behind the last rule stay with what follows it.
  let at = last;
  while (at > 0 && /\s/u.test(text[at - 1] ?? '')) at--;
  const rest = text.indexOf('\n', at);
  const end = rest < 0 ? text.length : rest + 1;
  return put(end, end, `${rest < 0 ? '\n' : ''}\n`, write(indent));
}

/** Head of a new rule file; rules follow. */
export function ruleFileHead(head: { readonly group: string; readonly title: string; readonly guide: string; readonly owner: string; readonly track: string | undefined; readonly level: string }): string {
  return `format: 1\ngroup: ${head.group}\ntitle: ${JSON.stringify(head.title)}\nguide: ${head.guide}\nowner: ${JSON.stringify(head.owner)}\n${head.track === undefined ? '' : `track: ${head.track}\n`}level: ${head.level}\nrules:\n`;
}

/** `book.yaml` of a new Book that lies over the starter Book. */
export function newBookYaml(id: string, name: string): string {
  return `format: 1\nid: ${id}\nname: ${JSON.stringify(name)}\nlanguage: ja\nlanguages: [ja, en]\nextends: starter\n`;
}
