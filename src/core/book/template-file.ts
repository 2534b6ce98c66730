import type { Span } from '../text/position';
import type { Origin, Template, TemplateQuestion, ValueKind } from './book';
import { listOf, mapOf, optionalText, textOf, wordsOf } from './data';
import type { Data } from './data';
import { wordsIn } from './type-file';

/**
 * Makes a template of its head (front matter of a Markdown file, or the YAML file beside a CSV) and its body, what the
 * new document begins with.
 */
export function readTemplate(id: string, data: Data, body: string, csv: boolean, origin: Origin): Template {
  return {
    id,
    title: wordsIn(data, 'title', id),
    description: textOf(data.description),
    version: textOf(data.version) || '1',
    type: optionalText(data.type),
    kind: data.kind === 'snippet' ? 'snippet' : 'document',
    prefix: textOf(data.prefix),
    asks: readQuestions(data.asks),
    format: csv ? 'csv' : data.output === 'yaml' ? 'yaml' : 'markdown',
    body,
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

/** What every template may show without asking. */
export const builtInVariables: readonly string[] = ['today', 'product', 'product_id', 'phase', 'author'];

/** Variables (`{{customer}}`) of a template, with their places in its body. */
export function variablesOf(body: string): readonly { readonly name: string; readonly span: Span }[] {
  return [...body.matchAll(/\{\{\s*([\p{L}_][\p{L}\p{N}_-]*)\s*\}\}/gu)].map((match) => ({ name: match[1] ?? '', span: { start: match.index, end: match.index + match[0].length } }));
}
