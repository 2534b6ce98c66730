import type { Span } from '../text/position';
import type { TypedDocument } from './meaning';

/** A part of a document that an outline lists. */
export interface DocumentPart {
  readonly kind: 'field' | 'row' | 'table';
  readonly name: string;
  readonly detail: string;
  readonly span: Span;
  readonly nameSpan: Span;
  readonly parts: readonly DocumentPart[];
}

const mostRows = 2000;
const titleColumns = ['title', 'description', 'summary', 'action', 'decision', 'name'];

/**
 * Fields and register rows of a document whose type is known. Headings of Markdown are left out: every editor lists those
 * by itself.
 */
export function partsOf(typed: TypedDocument): readonly DocumentPart[] {
  const fields = [...typed.fields.values()].flatMap(({ attribute, field }): DocumentPart[] => (field === undefined ? [] : [
    { kind: 'field', name: attribute.title, detail: field.value.slice(0, 80), span: { start: field.nameSpan.start, end: Math.max(field.nameSpan.end, field.valueSpan.end) }, nameSpan: field.nameSpan, parts: [] },
  ]));
  const tables = typed.tables.filter(({ id }) => id !== undefined).map((table): DocumentPart => {
    const { header, span, rows } = table.table;
    const section = typed.document.sections[table.table.section]?.title;
    return {
      kind: 'table', name: section ?? header.cells.slice(0, 3).map((cell) => cell.text).join(' · '), detail: String(rows.length), span, nameSpan: header.span,
      parts: rows.slice(0, mostRows).flatMap((row) => {
        const cell = (id: string): string => row.cells[table.positions.get(id) ?? -1]?.text ?? '';
        const title = titleColumns.map(cell).find((text) => text !== '') ?? row.cells.map(({ text }) => text).find((text) => text !== '') ?? '';
        const id = cell('id');
        if (id === '' && title === '') return [];
        return [{ kind: 'row', name: id === '' ? title.slice(0, 80) : id, detail: id === '' ? '' : title.slice(0, 80), span: row.span, nameSpan: row.cells[0]?.span ?? row.span, parts: [] }];
      }),
    };
  });
  return [...fields, ...tables.filter(({ parts }) => parts.length > 0)].sort((a, b) => a.span.start - b.span.start);
}

/** Parts that can be folded: the head, tables, comments of several lines. Lines are 0-based. */
export function foldsOf({ document }: TypedDocument): readonly { readonly from: number; readonly to: number; readonly kind: 'head' | 'table' | 'comment' }[] {
  const { lines, frontMatter, tables, opaque } = document;
  const lastLine = (span: Span): number => lines.lineAt(Math.max(span.start, span.end - 1));
  const folds = [
    ...(frontMatter === undefined ? [] : [{ from: lines.lineAt(frontMatter.span.start), to: lastLine(frontMatter.span), kind: 'head' as const }]),
    ...(document.format === 'markdown' ? tables.map(({ span }) => ({ from: lines.lineAt(span.start), to: lastLine(span), kind: 'table' as const })) : []),
    ...opaque.filter(({ kind }) => kind === 'comment').map((span) => ({ from: lines.lineAt(span.start), to: lastLine(span), kind: 'comment' as const })),
  ];
  return folds.filter(({ from, to }) => to > from);
}
