import type { TypedDocument } from '../product/meaning';
import { readTarget } from '../product/links';
import { DocumentUnit } from './document-units';
import type { Env } from './env';
import { productValue } from './product-units';
import { RowUnit } from './table-units';
import type { Unit } from './unit';
import { Value } from './value';

/**
 * The value a subject of a condition names: a column, field or property of the unit, `document.x`, `product.x`, or one
 * step along a reference (`owner.active`, `superseded_by.supersedes`). `undefined` = not judged.
 */
export function valueOf(unit: Unit, subject: string, env: Env): Value | undefined {
  const dot = subject.indexOf('.');
  if (dot < 0) return unit.value(subject, env);
  const first = subject.slice(0, dot);
  const rest = subject.slice(dot + 1);
  if (first === 'document') return unit.document === undefined ? undefined : new DocumentUnit(unit.document).value(rest, env);
  if (first === 'product') return productValue(rest, env);
  const reference = unit.value(first, env);
  if (reference === undefined || reference.empty) return undefined;
  if (reference.kind === 'person' || reference.kind === 'people' || rest === 'active') return personValue(reference, rest, env);
  if (first === 'template') return templateValue(reference, rest, env);
  const target = referenced(reference.text, unit.document, env);
  return target?.value(rest, env);
}

function personValue(reference: Value, property: string, env: Env): Value | undefined {
  if (property !== 'active') return undefined;
  const active = env.isActive(reference.text);
  return active === undefined ? undefined : new Value(active ? 'yes' : 'no', reference.span);
}

function templateValue(reference: Value, property: string, env: Env): Value | undefined {
  const id = reference.text.replace(/@.*$/u, '').trim();
  const template = env.book.templates.find((each) => each.id === id);
  return template === undefined || property !== 'version' ? undefined : new Value(template.version, reference.span, { kind: 'version' });
}

/** What a reference leads to: a record, a document by its id, its path, its title or its type's name. */
export function referenced(text: string, from: TypedDocument | undefined, env: Env): Unit | undefined {
  const product = env.product;
  if (product === undefined) return undefined;
  const written = /\]\(([^()\s]{1,500})\)/u.exec(text)?.[1] ?? text.trim();
  const record = product.definitions(written)[0];
  if (record !== undefined) return record.table === undefined ? new DocumentUnit(record.document) : new RowUnit(record.document, record.table, record.row);
  const target = readTarget(written, from?.path ?? '');
  const byPath = target.kind === 'file' ? (product.document(target.path) ?? product.document(`${target.path}.md`)) : undefined;
  if (byPath !== undefined) return new DocumentUnit(byPath);
  const plain = written.normalize('NFKC');
  const named = product.documents.find((document) => {
    const title = document.fields.get('title')?.value.text.normalize('NFKC');
    return document.path === plain || document.path.endsWith(`/${plain}`) || title === plain || document.type?.id === plain || document.type?.title.text === plain;
  });
  return named === undefined ? undefined : new DocumentUnit(named);
}
