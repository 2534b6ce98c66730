import type { BookProblem } from '../book/book';
import { isData } from '../book/data';
import { readYaml, type YamlPath, type YamlSource } from '../book/yaml-source';
import type { Span } from '../text/position';

/**
 * Problems of one YAML file of a Book at the word they are about. A problem found when the whole Book is seen knows only
 * the thing it is about (its id); where in that thing the word stands, the text says.
 */
export function atTheirWords(problems: readonly BookProblem[], text: string): readonly BookProblem[] {
  if (!problems.some((problem) => problem.about !== undefined)) return problems;
  const source = readYaml(text);
  if (source.data === undefined) return problems;
  return problems.map((problem) => {
    const { about, span, under } = problem;
    if (about === undefined || text.slice(span.start, span.end).trim() === about) return problem;
    const thing = thingAt(source, span);
    // Defaults of all rules stand in the head of their file.
    const place = (under === undefined ? undefined : findWord(source, [...thing, under], about)) ?? findWord(source, thing, about) ?? (thing.length === 0 ? undefined : findWord(source, [], about, String(thing[0])));
    return place === undefined ? problem : { ...problem, span: place };
  });
}

/** The item of a list (a rule, a term) that a span lies in; the whole file for anything else. */
function thingAt(source: YamlSource, span: Span): YamlPath {
  if (!isData(source.data)) return [];
  for (const [key, value] of Object.entries(source.data)) {
    if (!Array.isArray(value)) continue;
    for (const index of value.keys()) {
      const own = source.spanOf([key, index]);
      if (own.start <= span.start && span.end <= own.end) return [key, index];
    }
  }
  return [];
}

/** First place below `at` where a key or a plain value is just this word; `leaveOut` is a key not looked into. Below `good` and `bad` themselves all is looked at. */
function findWord(source: YamlSource, at: YamlPath, word: string, leaveOut?: string): Span | undefined {
  const inExample = at.some((step) => step === 'good' || step === 'bad');
  // Texts for people are keys of the thing itself; deeper down `title` is a field that a condition asks for.
  const isText = (key: string, path: YamlPath): boolean => skipped.has(key) && path.length === at.length && typeof at.at(-1) !== 'string';
  const look = (value: unknown, path: YamlPath): { readonly path: YamlPath; readonly part: 'key' | 'value' } | undefined => {
    if (Array.isArray(value)) {
      for (const [index, item] of (value as readonly unknown[]).entries()) {
        const found = look(item, [...path, index]);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    if (isData(value)) {
      for (const [key, item] of Object.entries(value)) {
        if (key === word) return { path: [...path, key], part: valueIsMeant(key) ? 'value' : 'key' };
        if ((isText(key, path) && !inExample) || (path.length === 0 && key === leaveOut)) continue;
        const found = look(item, [...path, key]);
        if (found !== undefined) return found;
      }
      return undefined;
    }
    return String(value) === word && (path.length > at.length || typeof at.at(-1) === 'string') ? { path, part: 'value' } : undefined;
  };
  let top: unknown = source.data;
  for (const step of at) top = Array.isArray(top) ? (top as readonly unknown[])[Number(step)] : isData(top) ? top[String(step)] : undefined;
  const found = look(top, at);
  return found === undefined ? undefined : source.spanOf(found.path, found.part);
}

/** Texts for people: a word in them is not the one that is meant. */
const skipped: ReadonlySet<string> = new Set(['id', 'title', 'title_en', 'message', 'message_en', 'why', 'why_en', 'good', 'bad', 'source']);

/** Keys whose value is what is wrong, not the key. */
function valueIsMeant(key: string): boolean {
  return key === 'guide' || key === 'message' || key === 'message_en' || key === 'page';
}
