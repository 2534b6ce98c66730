import { maskOpaque } from '../document/prose';
import type { TypedDocument } from '../product/meaning';
import type { Span } from '../text/position';
import { placeholder } from './recognisers/templates';

/** How far a document is filled in. */
export interface DocumentProgress {
  readonly filled: number;
  readonly total: number;
  /** What is still to be written over, or the empty place to write at, in document order. */
  readonly blanks: readonly Span[];
}

const mostBlanks = 100;

/**
 * Counts the parts that a document's type asks for (required fields, sections, the main table) and those that are filled
 * in. A part with a template's blank in it is not.
 *
 * @param known every blank of a template in the document's text, where somebody has looked for them already
 */
export function progressOf(typed: TypedDocument, known?: readonly Span[]): DocumentProgress {
  const { document, type } = typed;
  if (type === undefined) return { filled: 0, total: 0, blanks: [] };
  const left = [...(known ?? placeholder(maskOpaque(document), { people: new Set(), ownDomains: [], terms: [] })), ...outsideProse(document)];
  const holdsBlank = (span: Span): boolean => left.some((hit) => hit.start < span.end && hit.end > span.start);
  const blanks: Span[] = left.map(({ start, end }) => ({ start, end }));
  let filled = 0;
  let total = 0;
  const count = (isFilled: boolean, empty: Span | undefined): void => {
    total++;
    if (isFilled) filled++;
    // There is nothing in it to be replaced: it is a place to write at.
    else if (empty !== undefined) blanks.push({ start: empty.start, end: empty.start });
  };
  if (document.format !== 'csv') {
    for (const { attribute, value, written } of typed.fields.values()) {
      if (attribute.required) count(!value.empty && !holdsBlank(value.span), written && value.empty ? value.span : undefined);
    }
  }
  if (document.format === 'markdown') {
    for (const section of type.sections) {
      if (!section.required) continue;
      const found = typed.sections.get(section.id);
      const places = (found?.indexes ?? []).flatMap((index) => document.sections[index] ?? []);
      const written = places.find((place) => !place.empty && !holdsBlank(place.bodySpan));
      count(written !== undefined || (found?.label?.value ?? '') !== '', places.find((place) => place.empty)?.bodySpan);
    }
  }
  if (type.tables.some((table) => table.main)) {
    const main = typed.tables.filter((table) => table.main);
    count(main.some((table) => table.table.rows.some((row) => row.cells.some((cell) => cell.text !== '') && !holdsBlank(row.span))), undefined);
  }
  blanks.sort((a, b) => a.start - b.start || a.end - b.end);
  return { filled, total, blanks: blanks.filter((blank, i) => blank.start !== blanks[i - 1]?.start).slice(0, mostBlanks) };
}

/** Blanks as our templates write them at the top of a document and in its comments, where no prose is looked for. */
function outsideProse({ text, opaque }: TypedDocument['document']): readonly Span[] {
  return opaque.flatMap(({ kind, start, end }) => {
    if (kind !== 'front_matter' && kind !== 'comment') return [];
    return [...text.slice(start, end).matchAll(/【記入(?:[：:][^【】\n]{1,80})?】/gu)].map(({ index, 0: mark }) => ({ start: start + index, end: start + index + mark.length }));
  });
}
