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
  for (const line of linesOf(templateParts(template.body).map((part) => pieceOf(part, known, titles)))) {
    for (const piece of written(line, template.format, text)) {
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
  /** It comes from an answer or a built-in value: the template could not see to its form. */
  readonly isAnswer: boolean;
}

function pieceOf(part: TemplatePart, known: ReadonlyMap<string, string>, titles: ReadonlyMap<string, string>): Piece {
  switch (part.kind) {
    case 'text':
      return { text: part.text, stop: undefined, isAnswer: false };
    case 'blank':
      return { text: part.text, stop: 'new', isAnswer: false };
    case 'stop':
      return { text: part.text, stop: part.number, isAnswer: false };
    case 'variable': {
      const value = known.get(part.id);
      if (value === undefined || value === '') return { text: `【記入：${titles.get(part.id) ?? unknownValues.get(part.id) ?? part.id}】`, stop: 'new', isAnswer: false };
      return { text: value.replace(/\s*[\r\n]+\s*/g, ' '), stop: undefined, isAnswer: true };
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

/** The pieces of each line, its line end included. */
function linesOf(pieces: readonly Piece[]): readonly (readonly Piece[])[] {
  const lines: Piece[][] = [[]];
  for (const piece of pieces) {
    for (const text of piece.stop === undefined ? piece.text.split(/(?<=\n)/u) : [piece.text]) {
      lines.at(-1)?.push({ ...piece, text });
      if (text.endsWith('\n')) lines.push([]);
    }
  }
  return lines;
}

/** A line in which answers cannot change the format around them. @param before the text above it */
function written(line: readonly Piece[], format: Template['format'], before: string): readonly Piece[] {
  if (!line.some((piece) => piece.isAnswer)) return line;
  if (format === 'csv') return line.map((piece) => (piece.isAnswer && /[",]/.test(piece.text) ? { ...piece, text: `"${piece.text.replaceAll('"', '""')}"` } : piece));
  if (format === 'yaml' || isInFrontMatter(before)) return writtenField(line);
  const isRow = line[0]?.isAnswer === false && line[0].text.trimStart().startsWith('|');
  return isRow ? line.map((piece) => (piece.isAnswer ? { ...piece, text: piece.text.replaceAll('|', '\\|') } : piece)) : line;
}

/** Key and dashes in front of a value. */
const fieldStart = /^\s*(?:-\s+)*(?:[^\s:#"'[\]{},&*!|>%@`-][^:#"']*:[ \t]+)?/u;

/** `key: value` of YAML: the value as a whole is quoted where it would not be read as it is meant, whatever stands beside the answer. */
function writtenField(line: readonly Piece[]): readonly Piece[] {
  const [first, ...others] = line;
  if (first === undefined || first.stop !== undefined || first.isAnswer) return line;
  const start = fieldStart.exec(first.text)?.[0] ?? '';
  const value = [{ ...first, text: first.text.slice(start.length) }, ...others];
  // What the template has quoted itself, a list or a block in it, is the template's.
  if (start.trim() === '' || /^["'[{|>&*!]/u.test(value[0]?.text ?? '')) return line;
  const last = value.at(-1);
  const end = last === undefined || last.isAnswer || last.stop !== undefined ? '' : (/(?:\s+#.*)?\s*$/u.exec(last.text)?.[0] ?? '');
  if (last !== undefined && end !== '') value[value.length - 1] = { ...last, text: last.text.slice(0, -end.length) };
  if (!needsQuotes(value.map((piece) => piece.text).join(''))) return line;
  const plain = (text: string): Piece => ({ text, stop: undefined, isAnswer: false });
  return [plain(`${start}"`), ...value.map((piece) => ({ ...piece, text: JSON.stringify(piece.text).slice(1, -1) })), plain(`"${end}`)];
}

function isInFrontMatter(before: string): boolean {
  return before.startsWith('---\n') && !before.includes('\n---\n', 3);
}

/** Plain YAML scalars must not begin with an indicator nor hold `: ` or ` #`, nor read as another kind of value. */
function needsQuotes(value: string): boolean {
  return /^[\s!&*?|>%@`"'#[\]{},:-]/.test(value) || /:\s|:$|\s#|\s$/.test(value) || /^(true|false|null|yes|no|on|off|~|[+-]?[\d.]+(e[+-]?\d+)?|0[xo][\da-f]+|[+-]?\.(inf|nan))$/i.test(value);
}

function escapeSnippet(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
