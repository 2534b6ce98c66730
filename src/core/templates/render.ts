import type { Template } from '../book/book';
import { templateParts, type TemplatePart } from './parts';

/** What a template may use without asking: today's ISO day, the product, the phase, the author. */
export interface TemplateValues {
  readonly today: string;
  readonly product: string;
  readonly product_id: string;
  readonly phase: string;
  readonly author: string;
}

export interface Rendered {
  /** The document as plain text. */
  readonly text: string;
  /** The same in the snippet syntax of LSP: only tab stops are live, everything else is escaped. */
  readonly snippet: string;
}

/**
 * Fills a template in. Answers win over the built-in values; a question without an answer stays a blank that a person
 * fills in. Answers are written so that they cannot change the format around them (quoted in the fields at the top of a
 * document and in CSV, line breaks folded), and never become snippet syntax.
 */
export function renderTemplate(template: Template, values: TemplateValues, answers: Readonly<Record<string, string>>): Rendered {
  const known = new Map<string, string>(Object.entries(values));
  for (const ask of template.asks) if (ask.default !== '') known.set(ask.id, fillDefault(ask.default, values));
  for (const [id, answer] of Object.entries(answers)) if (answer.trim() !== '') known.set(id, answer.trim());
  const titles = new Map(template.asks.map((ask) => [ask.id, ask.title.text]));

  let text = '';
  let snippet = '';
  let nextStop = 1;
  const own = new Map<number, number>();
  for (const part of templateParts(template.body)) {
    const piece = pieceOf(part, known, titles, template, text);
    text += piece.text;
    if (piece.stop === undefined) {
      snippet += escapeSnippet(piece.text);
    } else if (piece.stop === 0) {
      snippet += '$0';
    } else {
      const number = piece.stop === 'new' ? nextStop++ : (own.get(piece.stop) ?? nextStop++);
      if (piece.stop !== 'new') own.set(piece.stop, number);
      snippet += piece.text === '' ? `$${String(number)}` : `\${${String(number)}:${escapeSnippet(piece.text)}}`;
    }
  }
  return { text, snippet };
}

/** What a blank says where a built-in value is not known. */
const unknownValues: ReadonlyMap<string, string> = new Map([
  ['author', '書いた人'],
  ['product', 'プロダクト名'],
  ['product_id', 'プロダクトのID'],
  ['phase', '工程'],
]);

interface Piece {
  readonly text: string;
  /** `undefined` = plain text; a number = the template's own tab stop; `new` = a blank of its own. */
  readonly stop: number | 'new' | undefined;
}

function pieceOf(
  part: TemplatePart,
  known: ReadonlyMap<string, string>,
  titles: ReadonlyMap<string, string>,
  template: Template,
  before: string,
): Piece {
  switch (part.kind) {
    case 'text':
      return { text: part.text, stop: undefined };
    case 'blank':
      return { text: part.text, stop: 'new' };
    case 'stop':
      return { text: part.text, stop: part.number };
    case 'variable': {
      const value = known.get(part.id);
      if (value === undefined || value === '') return { text: `【記入：${titles.get(part.id) ?? unknownValues.get(part.id) ?? part.id}】`, stop: 'new' };
      return { text: writeValue(value, template.format, before), stop: undefined };
    }
  }
}

/** A default may name a built-in value: `{{today}}`. */
function fillDefault(text: string, values: TemplateValues): string {
  const known = new Map<string, string>(Object.entries(values));
  return templateParts(text)
    .map((part) => (part.kind === 'variable' ? (known.get(part.id) ?? '') : part.kind === 'text' ? part.text : part.text))
    .join('');
}

function writeValue(value: string, format: Template['format'], before: string): string {
  const line = value.replace(/\s*[\r\n]+\s*/g, ' ');
  if (format === 'csv') return /[",]/.test(line) ? `"${line.replaceAll('"', '""')}"` : line;
  const start = before.slice(before.lastIndexOf('\n') + 1);
  const inFields = format === 'yaml' || isInFrontMatter(before);
  if (inFields && /^[\w一-龠ぁ-んァ-ヶー-]+:\s*$/u.test(start) && needsQuotes(line)) return JSON.stringify(line);
  if (!inFields && start.trimStart().startsWith('|')) return line.replaceAll('|', '\\|');
  return line;
}

function isInFrontMatter(before: string): boolean {
  return before.startsWith('---\n') && !before.includes('\n---\n', 3);
}

/** Plain YAML scalars must not begin with an indicator nor hold `: ` or ` #`, nor read as another kind of value. */
function needsQuotes(value: string): boolean {
  return (
    /^[\s!&*?|>%@`"'#[\]{},:-]/.test(value) || /: |:$| #|\s$/.test(value) || /^(true|false|null|yes|no|~|[+-]?[\d.]+)$/i.test(value)
  );
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
