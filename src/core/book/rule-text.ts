/**
 * One rule out of the text of a rule file, with its comments, below the head of the file: a rule file by itself, and what
 * a rule of one's own can begin with.
 * @param at offset of the rule's id in the text
 */
export function ruleFileOf(text: string, at: number): string {
  const lines = text.split('\n');
  const here = text.slice(0, at).split('\n').length - 1;
  const dash = /^( *)- /u;
  const start = lines.findLastIndex((line, i) => i <= here && dash.test(line));
  const indent = dash.exec(lines[start] ?? '')?.[1] ?? '';
  const isNext = (line: string): boolean => line.startsWith(`${indent}- `) || (line.trim() !== '' && !line.startsWith(`${indent} `) && !line.trimStart().startsWith('#'));
  const next = lines.findIndex((line, i) => i > start && isNext(line));
  const list = lines.findLastIndex((line, i) => i < start && /^(?:rules|add_rules):/u.test(line));
  const first = firstComment(lines, start);
  const last = next < 0 ? lines.length : firstComment(lines, next);
  const head = list < 0 ? ['rules:'] : [...lines.slice(0, list).filter((line) => !line.startsWith('product:')), 'rules:'];
  return `${[...head, ...lines.slice(first, last)].join('\n').trimEnd()}\n`;
}

/** The line of the first comment directly above a line. */
function firstComment(lines: readonly string[], line: number): number {
  let first = line;
  while (first > 0 && lines[first - 1]?.trimStart().startsWith('#') === true) first--;
  return first;
}
