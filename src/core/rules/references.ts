import type { TypedDocument } from '../product/meaning';
import type { Env } from './env';
import { DocumentUnit } from './document-units';
import { rowUnits } from './table-units';
import type { Parts, Selector, Unit } from './unit';

/** Whether a document is of one of the types a selector names (`adr`, `type:adr`, a class word). */
export function isOfType(document: TypedDocument, of: Selector | undefined): boolean {
  if (of === undefined || of.includes('all')) return true;
  const type = document.type;
  if (type === undefined) return false;
  return of.some((name) => {
    const plain = name.startsWith('type:') ? name.slice(5) : name;
    return plain === type.id || plain === type.class;
  });
}

/** Who mentions a record outside the document that defines it: the row of a table, else the document. */
export function referencesTo(id: string, from: TypedDocument, of: Selector | undefined, env: Env): Parts | undefined {
  const product = env.product;
  if (product === undefined) return undefined;
  const units: Unit[] = [];
  for (const mention of product.mentions(id)) {
    if (mention.document === from || !isOfType(mention.document, of)) continue;
    units.push(rowAt(mention.document, mention.span.start) ?? new DocumentUnit(mention.document));
  }
  return { units, missing: [] };
}

/** Who links to a document or mentions its id. */
export function referencesToDocument(document: TypedDocument, of: Selector | undefined, env: Env): Parts | undefined {
  const product = env.product;
  // An entry page is where people begin: nothing has to lead there.
  if (product === undefined || /(?:^|\/)(?:index|readme)\.[a-z]+$/iu.test(document.path)) return undefined;
  const units: Unit[] = product.linksTo(document.path)
    .filter((link) => link.document !== document && isOfType(link.document, of))
    .map((link) => new DocumentUnit(link.document));
  const id = document.fields.get('id')?.value;
  if (id !== undefined && !id.empty) units.push(...(referencesTo(id.text, document, of, env)?.units ?? []));
  return { units, missing: [] };
}

function rowAt(document: TypedDocument, offset: number): Unit | undefined {
  for (const table of document.tables) {
    if (offset < table.table.span.start || offset >= table.table.span.end) continue;
    return rowUnits(document, table).find((row) => row.extent.start <= offset && offset < row.extent.end);
  }
  return undefined;
}
