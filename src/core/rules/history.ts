import type { TypedDocument } from '../product/meaning';
import type { Compiler } from './compiler';
import { isSame } from './compare';
import { compileDay, type Predicate } from './dates';
import { DocumentUnit, FieldUnit } from './document-units';
import type { Env } from './env';
import { CellUnit, RowUnit } from './table-units';
import { idKey } from '../product/records';
import { truthOf, UNKNOWN } from './truth';
import type { Unit } from './unit';
import type { Value } from './value';

/** `changed_since: approved`: whether the value is another than it was at the end of that day. */
export function compileHistory(since: string, compiler: Compiler): Predicate {
  compiler.needsHistory();
  const expression = compileDay(since, compiler);
  return (value, unit, env, subject) => {
    const document = unit.document;
    const day = expression.day(unit, env, 'to');
    if (document === undefined || day === undefined || env.history === undefined) return UNKNOWN;
    const before = env.history.at(document, day);
    if (before === undefined) return UNKNOWN;
    const old = subject === 'text' ? undefined : oldValue(before, unit, subject, env);
    const changed = subject === 'text' ? plainText(before) !== plainText(document) : old === undefined ? undefined : old.empty !== value.empty || !isSame(value, old, unit, env);
    if (changed === undefined) return UNKNOWN;
    env.note({ result: truthOf(changed), subject, value, ...(old === undefined ? {} : { expected: old.text }) });
    return truthOf(changed);
  };
}

/** What people read: the text without front matter (whose dates and version change on purpose) and without blanks. */
function plainText(document: TypedDocument): string {
  const { text, frontMatter } = document.document;
  return text.slice(frontMatter?.span.end ?? 0).replace(/\s+/gu, '');
}

function oldValue(before: TypedDocument, unit: Unit, subject: string, env: Env): Value | undefined {
  if (unit instanceof FieldUnit) return before.fields.get(unit.field.attribute.id)?.value;
  const row = unit instanceof RowUnit ? unit : unit instanceof CellUnit ? unit.row : undefined;
  if (row === undefined) return new DocumentUnit(before).value(subject.replace(/^document\./u, ''), env);
  const id = row.cell('id');
  if (id === undefined || id.empty) return undefined;
  for (const table of before.tables) {
    const key = table.positions.get('id');
    const column = table.positions.get(subject);
    if (key === undefined || column === undefined || table.id !== row.table.id) continue;
    for (let i = 0; i < table.table.rows.length; i++) {
      const cell = before.cell(table, i, key);
      if (cell !== undefined && idKey(cell.text) === idKey(id.text)) return before.cell(table, i, column);
    }
  }
  return undefined;
}
