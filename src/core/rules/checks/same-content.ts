import type { TypedDocument } from '../../product/meaning';
import { normalise } from '../../text/normalise';
import type { Span } from '../../text/position';
import { DocumentUnit } from '../document-units';
import { numberOf } from '../numbers';
import { NO } from '../truth';
import type { Check, Fault } from './check';

interface Piece {
  readonly document: TypedDocument;
  readonly span: Span;
  readonly key: string;
}

/**
 * The same run of paragraphs, or the same rows of a table, in two living documents. Pieces are compared by their whole
 * text; runs are looked up by their first piece, so the work grows with the text and not with its square.
 */
export const sameContent: Check = (unit, env) => {
  const product = env.product;
  if (unit.kind !== 'product' || product === undefined) return [];
  const documents = product.documents.filter((document) => document.type?.class === 'living' && !document.guessed);
  const paragraphs = numberOf(env.params.get('paragraphs')) ?? 3;
  const rows = numberOf(env.params.get('rows')) ?? 5;
  return [...repeated(documents, paragraphsOf, paragraphs), ...repeated(documents, rowsOf, rows)];
};

function paragraphsOf(document: TypedDocument): readonly Piece[] {
  const { text } = document.document;
  return document.document.paragraphs.map((paragraph) => pieceOf(document, paragraph.span, text.slice(paragraph.span.start, paragraph.span.end))).filter((piece) => piece.key.length >= 20);
}

function rowsOf(document: TypedDocument): readonly Piece[] {
  return document.document.tables.flatMap((table) => table.rows.map((row) => pieceOf(document, row.span, row.cells.map((cell) => cell.text).join('|')))).filter((piece) => piece.key.length >= 8);
}

function pieceOf(document: TypedDocument, span: Span, text: string): Piece {
  return { document, span, key: normalise(text).replace(/\s+/gu, '') };
}

/** Most places that are looked at for one repeated piece; more are no news. */
const mostPlaces = 20;

function repeated(documents: readonly TypedDocument[], piecesOf: (document: TypedDocument) => readonly Piece[], least: number): readonly Fault[] {
  const all = documents.map(piecesOf);
  const places = new Map<string, { readonly list: readonly Piece[]; readonly at: number }[]>();
  const faults: Fault[] = [];
  for (const list of all) {
    for (let i = 0; i + least <= list.length; ) {
      const piece = list[i];
      if (piece === undefined) break;
      const earlier = (places.get(piece.key) ?? []).slice(0, mostPlaces).map((place) => ({ place, length: runLength(list, i, place) })).find((run) => run.length >= least);
      const first = earlier?.place.list[earlier.place.at];
      if (earlier === undefined || first === undefined) {
        i++;
        continue;
      }
      faults.push({
        unit: new DocumentUnit(piece.document),
        match: { span: firstLine(piece), text: '' },
        note: { result: NO, count: earlier.length, other: [{ path: first.document.path, span: first.span, label: first.document.path }] },
      });
      i += earlier.length;
    }
    list.forEach((piece, at) => {
      const known = places.get(piece.key);
      if (known === undefined) places.set(piece.key, [{ list, at }]);
      else known.push({ list, at });
    });
  }
  return faults;
}

function runLength(list: readonly Piece[], from: number, place: { readonly list: readonly Piece[]; readonly at: number }): number {
  if (list === place.list) return 0;
  let length = 0;
  while (list[from + length] !== undefined && list[from + length]?.key === place.list[place.at + length]?.key) length++;
  return length;
}

function firstLine(piece: Piece): Span {
  const { text } = piece.document.document;
  const line = text.slice(piece.span.start, piece.span.end).search(/[\r\n]/u);
  return { start: piece.span.start, end: line < 0 ? piece.span.end : piece.span.start + line };
}
