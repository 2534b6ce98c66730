import { FoldingRangeKind, SymbolKind, type DocumentSymbol, type FoldingRange } from 'vscode-languageserver';
import { foldsOf, partsOf, type DocumentPart } from '../core/product/symbols';
import type { LineIndex } from '../core/text/position';
import type { ServerContext } from './context';
import { managedAt } from './managed';

const kinds: Readonly<Record<DocumentPart['kind'], SymbolKind>> = { field: SymbolKind.Property, row: SymbolKind.Struct, table: SymbolKind.Array };

/** Outline and folding of documents that Kobo Guide looks after; headings are the editor's own. */
export function serveSymbols(context: ServerContext): void {
  context.connection.onDocumentSymbol(async ({ textDocument }): Promise<DocumentSymbol[]> => {
    const typed = await managedAt(context, textDocument.uri);
    return typed === undefined ? [] : partsOf(typed).map((part) => symbolOf(part, typed.document.lines));
  });
  context.connection.onFoldingRanges(async ({ textDocument }): Promise<FoldingRange[]> => {
    const typed = await managedAt(context, textDocument.uri);
    if (typed === undefined) return [];
    return foldsOf(typed).map(({ from, to, kind }) => ({ startLine: from, endLine: to, ...(kind === 'comment' ? { kind: FoldingRangeKind.Comment } : {}) }));
  });
}

function symbolOf(part: DocumentPart, lines: LineIndex): DocumentSymbol {
  return {
    name: part.name === '' ? '–' : part.name, detail: part.detail, kind: kinds[part.kind], range: lines.rangeOf(part.span), selectionRange: lines.rangeOf(part.nameSpan),
    children: part.parts.map((one) => symbolOf(one, lines)),
  };
}
