import { requiredAt } from '../book/lifecycle';
import type { TypedDocument } from '../product/meaning';
import { DocumentUnit, tablesOf } from './document-units';
import type { Env } from './env';
import { isOfType } from './references';
import { rowUnits } from './table-units';
import type { Parts, Selector, Unit } from './unit';

/** Documents of the product, or rows of its registers, narrowed to types. */
export function productParts(name: 'documents' | 'rows', of: Selector | undefined, env: Env): Parts | undefined {
  const product = env.product;
  if (product === undefined) return undefined;
  const documents = product.documents.filter((document) => document.type !== undefined && !document.guessed && isOfType(document, of));
  if (name === 'rows') return { units: documents.flatMap((document): Unit[] => tablesOf(document, undefined).flatMap((table) => [...rowUnits(document, table)])), missing: [] };
  const missing = (of ?? [])
    .filter((id) => id !== 'required' && id !== 'all' && !documents.some((document) => isOfType(document, [id])))
    .map((id) => ({ id: plainType(id), title: typeTitle(id, env) }));
  return { units: documents.map((document) => new DocumentUnit(document)), missing };
}

function plainType(id: string): string {
  return id.startsWith('type:') ? id.slice(5) : id;
}

export function typeTitle(id: string, env: Env): string {
  const type = env.typeOf(plainType(id));
  if (type === undefined) return plainType(id);
  return env.context.language === 'en' ? (type.title.en ?? type.title.text) : type.title.text;
}

/** Documents of a gate by what it asks of them: those it needs at all (`required`) or approved (`approval_required`). */
export function gateParts(gate: string, of: Selector, env: Env): Parts | undefined {
  const product = env.product;
  const found = env.book.lifecycle.gates.find((each) => each.id === gate);
  if (product === undefined || found === undefined) return undefined;
  const needed = requiredAt(found, env.context.size).filter(({ need }) => need === 'approved' || (need === 'exists' && of.includes('required')));
  const units: Unit[] = [];
  const missing: { id: string; title: string }[] = [];
  for (const document of needed) {
    const there: readonly TypedDocument[] = product.ofType(document.type).filter((each) => !each.guessed);
    units.push(...there.map((each) => new DocumentUnit(each)));
    if (there.length === 0) missing.push({ id: document.type, title: typeTitle(document.type, env) });
  }
  return { units, missing: of.includes('required') ? missing : [] };
}
