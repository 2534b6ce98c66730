import type { Field, FrontMatter, ReadingProblem } from './document';
import { readYamlFields } from './yaml-document';

interface ReadFrontMatter {
  readonly frontMatter: FrontMatter;
  readonly fields: readonly Field[];
  readonly problems: readonly ReadingProblem[];
}

/** Reads the YAML between `---` lines at the top of a Markdown document; `undefined` when there is none. */
export function readFrontMatter(text: string): ReadFrontMatter | undefined {
  const from = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  if (!text.startsWith('---', from)) return undefined;
  let lineEnd = endOfLine(text, from);
  if (text.slice(from + 3, lineEnd).trim() !== '') return undefined;
  const bodyStart = startOfNext(text, lineEnd);
  for (let at = bodyStart; at < text.length; at = startOfNext(text, lineEnd)) {
    lineEnd = endOfLine(text, at);
    if (!isFence(text, at, lineEnd)) continue;
    if (isRuled(text, bodyStart, at)) return undefined;
    const frontMatter = { span: { start: from, end: startOfNext(text, lineEnd) }, insertAt: at };
    return { frontMatter, ...readYamlFields(text, bodyStart, at) };
  }
  return undefined;
}

/** A line drawn above the title, and another below: the first line between them is blank or the only one, and none gives a name a value. */
function isRuled(text: string, from: number, to: number): boolean {
  if (/^[^\r\n:：=-][^\r\n:：=]{0,200}(?:\r\n?|\n)?$/u.test(text.slice(from, to))) return true;
  return text.slice(from, endOfLine(text, from)).trim() === '' && to > from && !/^[^\s#>*|`-][^:\r\n]{0,80}:(?:[ \t\r\n]|$)/mu.test(text.slice(from, to)) && text.slice(from, to).trim() !== '';
}

function isFence(text: string, at: number, end: number): boolean {
  const mark = text.slice(at, at + 3);
  return (mark === '---' || mark === '...') && end - at < 40 && text.slice(at + 3, end).trim() === '';
}

function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== 10 && text.charCodeAt(end) !== 13) end++;
  return end;
}

function startOfNext(text: string, lineEnd: number): number {
  return text.charCodeAt(lineEnd) === 13 && text.charCodeAt(lineEnd + 1) === 10 ? lineEnd + 2 : Math.min(lineEnd + 1, text.length);
}
