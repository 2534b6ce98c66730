import type { Origin, Template, TemplateQuestion, ValueKind } from './book';
import { listOf, mapOf, optionalText, textOf, wordsOf } from './data';
import type { Data } from './data';
import type { PageHead } from './front-matter';
import { wordsIn } from './type-file';

/** Makes a template of a Markdown text whose front matter has been read; the body begins after that front matter. */
export function readTemplate(id: string, text: string, head: PageHead, origin: Origin): Template {
  const { data } = head;
  const output = textOf(data.output);
  return {
    id,
    title: wordsIn(data, 'title', id),
    description: textOf(data.description),
    version: textOf(data.version) || '1',
    type: optionalText(data.type),
    kind: data.kind === 'snippet' ? 'snippet' : 'document',
    prefix: textOf(data.prefix),
    asks: readQuestions(data.asks),
    format: output === 'csv' || output === 'yaml' ? output : 'markdown',
    body: text.slice(head.bodyStart),
    phase: wordsOf(data.phase),
    origin,
  };
}

/** Reads `asks:` of a template or kit. */
export function readQuestions(value: unknown): readonly TemplateQuestion[] {
  return listOf(value).map((item) => {
    const map: Data = mapOf(item);
    const id = textOf(map.id);
    return {
      id,
      title: wordsIn(map, 'title', id),
      kind: (textOf(map.kind) || 'text') as ValueKind,
      default: textOf(map.default),
    };
  });
}
