import type { Attribute, Book, Template } from '../core/book/book';
import { readDocument } from '../core/document/read';
import { readFrontMatter } from '../core/document/front-matter';
import { renderTemplate, type TemplateValues } from '../core/templates/render';
import { inLanguage, say, type Language } from './words';

/** Fields that say where a document comes from: nobody fills them in. */
const ofTheTemplate: ReadonlySet<string> = new Set(['template', 'template_version']);

/**
 * A template as a person reads it before it is used: blanks with the words of what belongs there, the fields at the top as a
 * table with their titles, a register as a table.
 * @returns Markdown
 */
export function templateText(template: Template, book: Book, values: TemplateValues, language: Language): string {
  const { text } = renderTemplate(template, values, {});
  const shown = template.format === 'csv' ? csvTable(text) : template.format === 'yaml' ? ['```yaml', text.trimEnd(), '```'].join('\n') : withFieldTable(text, template, book, language);
  return `${template.description}\n\n${shown}`;
}

function csvTable(text: string): string {
  const [table] = readDocument('template.csv', text).tables;
  return table === undefined ? text : markdownTable([table.header, ...table.rows].map(({ cells }) => cells.map((cell) => cell.text)));
}

function withFieldTable(text: string, template: Template, book: Book, language: Language): string {
  const found = readFrontMatter(text)?.frontMatter;
  if (found === undefined) return text;
  const attributes: readonly Attribute[] = [...(book.types.get(template.type ?? '')?.fields ?? []), ...book.common.fields];
  const rows = readDocument('template.md', text).fields.filter(({ source, name }) => source === 'front_matter' && !ofTheTemplate.has(name)).map(({ name, value }) => {
    const attribute = attributes.find(({ id }) => id === name);
    const type = name === 'type' ? book.types.get(value) : undefined;
    return [attribute?.title ?? name, type === undefined ? value : inLanguage(type.title, language)];
  });
  return [markdownTable([[say(language, 'fieldAtTop'), say(language, 'fieldValue')], ...rows]), '', text.slice(found.span.end)].join('\n');
}

function markdownTable([header = [], ...rows]: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll('\n', ' ')).join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}
