import { normalise } from '../text/normalise';
import type { TypedDocument } from '../product/meaning';
import { idKey } from '../product/records';
import type { TypedTable } from '../product/typed-tables';
import type { Compiler } from './compiler';
import type { Predicate } from './dates';
import type { Env, OtherPlace } from './env';
import { CellUnit, ColumnUnit, RowUnit } from './table-units';
import { truthOf, UNKNOWN } from './truth';
import type { Unit } from './unit';
import type { Value } from './value';

/** `unique_in: table|document|product`: no second row, field or column says the same there. */
export function compileUnique(where: string, compiler: Compiler): Predicate {
  if (where !== 'table' && where !== 'document' && where !== 'product') compiler.fail('rule.unknown-word', `「${where}」ではなく table、document、product のどれかです。`, `${where} is not table, document or product.`);
  compiler.looksBeyond();
  if (where === 'product') compiler.needsIndex();
  return (value, unit, env, subject) => {
    if (unit instanceof ColumnUnit) {
      if (env.trace !== undefined) env.note({ result: truthOf(!unit.repeated), subject, value, matches: [{ span: unit.span, text: unit.title }] });
      return truthOf(!unit.repeated);
    }
    if (where === 'product' && env.product === undefined) return UNKNOWN;
    // Numbers without letters (`12`, `1.2.3`) name a row of their own register only.
    const isId = subject === 'id' || value.kind === 'id';
    const wide = where === 'product' && (!isId || /\p{L}/u.test(value.text));
    const others = !wide ? sameInDocument(value, unit, subject, where !== 'document') : isId ? sameInProduct(value, unit, env) : sameWords(value, unit, subject, env);
    if (env.trace !== undefined) env.note({ result: truthOf(others.length === 0), subject, value, other: others });
    return truthOf(others.length === 0);
  };
}

/** More places of one number say nothing new, and a register that repeats one number would be looked through for each of its rows. */
const mostPlaces = 20;

function sameInProduct(value: Value, unit: Unit, env: Env): readonly OtherPlace[] {
  const others: OtherPlace[] = [];
  for (const place of env.product?.definitions(value.text) ?? []) {
    if (place.document === unit.document && place.span.start === value.span.start) continue;
    if (place.document.type?.id !== unit.document?.type?.id && place.document.type?.class !== 'register') continue;
    // Two documents that count with other widths (`SEC-01`, `SEC-001`) give out numbers of their own.
    if (place.document !== unit.document && digitsOf(place.id) !== digitsOf(value.text)) continue;
    // A review that tells of the same risks again gives them no second number.
    if (place.document !== unit.document && unit.document !== undefined && isToldAgain(nameBehind(unit.document, value.span.end), nameBehind(place.document, place.span.end))) continue;
    others.push({ path: place.document.path, span: place.span, label: placeLabel(place.document, place.span.start) });
    if (others.length >= mostPlaces) break;
  }
  return others;
}

/** The same words in this column, or this field, of any document of the type. */
function sameWords(value: Value, unit: Unit, subject: string, env: Env): readonly OtherPlace[] {
  const { document } = unit;
  const type = document?.type?.id;
  const id = value.attribute?.id ?? subject;
  if (document === undefined || type === undefined) return [];
  const row = unit instanceof RowUnit ? unit : unit instanceof CellUnit ? unit.row : undefined;
  const key = idKey(value.text);
  const others: OtherPlace[] = [];
  for (const other of env.product?.ofType(type) ?? []) {
    if (row === undefined) {
      const field = other === document ? undefined : other.fields.get(id)?.value;
      if (field !== undefined && !field.empty && fieldKey(other, id, field) === key) others.push({ path: other.path, span: field.span, label: other.path });
    } else {
      for (const table of other.tables) {
        const column = table.positions.get(id);
        if (column === undefined) continue;
        for (const index of rowsByKey(other, table, column).get(key) ?? []) {
          if (other === document && table === row.table && index === row.index) continue;
          const span = other.cell(table, index, column)?.span ?? { start: 0, end: 0 };
          others.push({ path: other.path, span, label: placeLabel(other, span.start) });
          if (others.length >= mostPlaces) return others;
        }
      }
    }
    if (others.length >= mostPlaces) break;
  }
  return others;
}

const fieldKeys = new WeakMap<TypedDocument, Map<string, string>>();

function fieldKey(document: TypedDocument, id: string, value: Value): string {
  const keys = fieldKeys.get(document) ?? new Map<string, string>();
  fieldKeys.set(document, keys);
  const known = keys.get(id) ?? idKey(value.text);
  keys.set(id, known);
  return known;
}

/** How many digits each part of a number has: `SEC-001` → `3`. */
function digitsOf(id: string): string {
  return (id.normalize('NFKC').match(/\d+/gu) ?? []).map((digits) => digits.length).join('-');
}

/** What stands behind a number in its line: the next cell, or the words of the heading. */
function nameBehind({ document: { text } }: TypedDocument, end: number): string {
  const line = text.slice(end, end + 200).split(/[\r\n]/u, 1)[0] ?? '';
  return normalise(line.replace(/^[\s|:：,、.*_`"—–-]+/u, '').split(/[|,(（]/u, 1)[0] ?? '').replace(/[\s*_`"]+/gu, ' ').trim();
}

/** Whether one name is the other, or most of its words are among those of the other. */
function isToldAgain(a: string, b: string): boolean {
  if (a.length < 4 || b.length < 4) return false;
  if (a.includes(b) || b.includes(a)) return true;
  const [few, many] = [a.split(' '), b.split(' ')].sort((x, y) => x.length - y.length);
  const known = new Set(many);
  return few !== undefined && few.length > 1 && few.filter((word) => known.has(word)).length * 3 >= few.length * 2;
}

function placeLabel(document: TypedDocument, offset: number): string {
  return `${document.path}:${String(document.document.lines.lineAt(offset) + 1)}`;
}

const keyMemory = new WeakMap<TypedTable, Map<number, ReadonlyMap<string, readonly number[]>>>();

/** Rows of a table by what one of their columns says. */
export function rowsByKey(document: TypedDocument, table: TypedTable, column: number): ReadonlyMap<string, readonly number[]> {
  let columns = keyMemory.get(table);
  if (columns === undefined) {
    columns = new Map();
    keyMemory.set(table, columns);
  }
  let keys = columns.get(column) as Map<string, number[]> | undefined;
  if (keys === undefined) {
    keys = new Map();
    for (let row = 0; row < table.table.rows.length; row++) {
      const cell = document.cell(table, row, column);
      if (cell === undefined || cell.empty) continue;
      const key = idKey(cell.text);
      const rows = keys.get(key);
      if (rows === undefined) keys.set(key, [row]);
      else rows.push(row);
    }
    columns.set(column, keys);
  }
  return keys;
}

function sameInDocument(value: Value, unit: Unit, subject: string, onlyTable: boolean): readonly OtherPlace[] {
  const row = unit instanceof RowUnit ? unit : unit instanceof CellUnit ? unit.row : undefined;
  if (row === undefined) return [];
  const others: OtherPlace[] = [];
  // Plain numbers may begin anew in each group, which the column before them names.
  const group = (index: number, column: number): string => row.document.cell(row.table, index, column - 1)?.text.trim() ?? '';
  const begins = (index: number, column: number): boolean => column > 0 && /^\d+$/u.test(value.text.trim()) && group(row.index, column) !== '' && group(index, column) !== '' && group(index, column) !== group(row.index, column);
  for (const table of onlyTable ? [row.table] : row.document.tables) {
    const column = unit instanceof CellUnit && subject === 'value' ? unit.column : table.positions.get(subject);
    if (column === undefined) continue;
    for (const index of rowsByKey(row.document, table, column).get(idKey(value.text)) ?? []) {
      if (table === row.table && (index === row.index || begins(index, column))) continue;
      const span = row.document.cell(table, index, column)?.span ?? row.span;
      others.push({ path: row.document.path, span, label: placeLabel(row.document, span.start) });
      if (others.length >= mostPlaces) return others;
    }
  }
  return others;
}
