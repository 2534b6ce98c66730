import type { ProjectDocument } from '../document/document';
import type { Range, Span } from '../text/position';

/** The edit that writes a document's type into it; `undefined` where the format has no place for it. */
export function typeEdit(document: ProjectDocument, type: string): { readonly range: Range; readonly text: string } | undefined {
  if (document.format === 'csv') return undefined;
  const written = document.fields.find((field) => field.source === 'front_matter' && (field.name === 'type' || field.name === '種別'));
  const at = (span: Span, text: string) => ({ range: document.lines.rangeOf(span), text });
  if (written !== undefined) return at(written.valueSpan, type);
  if (document.format === 'yaml') return at({ start: 0, end: 0 }, `type: ${type}\n`);
  const end = document.text.includes('\r\n') ? '\r\n' : '\n';
  if (document.frontMatter !== undefined) return at({ start: document.frontMatter.insertAt, end: document.frontMatter.insertAt }, `type: ${type}${end}`);
  return at({ start: 0, end: 0 }, `---${end}type: ${type}${end}---${end}${end}`);
}
