import type { Attribute } from '../../book/book';
import { koboFileName } from '../../product/product';
import { listEdit } from '../../product/kobo-edit';
import type { TypedDocument } from '../../product/meaning';
import type { Span } from '../../text/position';
import { tablesOf } from '../document-units';
import { isNewestFirst } from '../newest-first';
import type { Env } from '../env';
import type { AskedValue, Fix, TextChange } from '../finding';
import { nextRecordId, shorten, type Explained } from '../messages';
import { typeTitle } from '../product-parts';
import type { CompiledRule } from '../rule';
import { nextId } from '../shape';
import { valueOf } from '../subjects';
import { CellUnit, RowUnit, TableUnit } from '../table-units';
import { writtenName } from '../written-name';
import type { FixDefinition } from './definition';
import { blank, cellEdit, columnEdits, fieldEdit, lineEnd, rowEdit, sectionEdit } from './edits';
import { nameOfNew } from './names';
import { repairedRow, sortedRows, splitRow } from './rows';
import { fixValue, type FixValue } from './values';

interface Draft {
  readonly title: readonly [string, string];
  readonly edits?: readonly TextChange[];
  readonly ask?: AskedValue | undefined;
  readonly create?: Fix['create'];
  readonly rename?: string;
}

/** The fixes of a finding, the preferred one first. A fix that has nothing to do here is left out. */
export function buildFixes(rule: CompiledRule, found: Explained, span: Span, env: Env): readonly Fix[] {
  const fixes: Fix[] = [];
  for (const definition of rule.fixes) {
    for (const draft of draftsOf(definition, found, span, env)) {
      const label = env.context.language === 'ja' ? definition.label : (definition.labelEn ?? definition.label);
      const edits = draft.edits ?? [];
      if (edits.length === 0 && draft.create === undefined && draft.rename === undefined) continue;
      fixes.push({
        title: label ?? draft.title[env.context.language === 'ja' ? 0 : 1],
        // What asks or reaches into other files is never applied in bulk.
        safe: definition.safe && draft.ask === undefined && edits.every((edit) => edit.path === undefined),
        preferred: fixes.length === 0,
        edits,
        create: draft.create,
        ask: draft.ask,
        ...(draft.rename === undefined ? {} : { rename: { to: draft.rename } }),
      });
    }
  }
  return fixes;
}

function draftsOf(fix: FixDefinition, found: Explained, span: Span, env: Env): readonly Draft[] {
  const one = (draft: Draft | undefined): readonly Draft[] => (draft === undefined ? [] : [draft]);
  switch (fix.verb) {
    case 'replace':
      return one(replace(fix, found, span, env));
    case 'fill':
    case 'set_field':
      return one(fill(fix, found, env));
    case 'insert_section':
      return one(insertSections(fix, found));
    case 'insert_field':
      return one(insertFields(fix, found, env));
    case 'append':
      return one(append(fix, found, span, env));
    case 'delete':
      return one(remove(found, span));
    case 'mask':
      return found.unit.document === undefined ? [] : [{ title: ['伏せ字にする', 'Mask it'], edits: [{ path: undefined, span, text: '＊＊＊＊＊' }] }];
    case 'swap':
      return one(swap(fix, found));
    case 'sort':
      return one(sorted(fix, found, env));
    case 'repair':
      return one(repaired(found));
    case 'add_row':
      return one(addRow(fix, found, env));
    case 'add_column':
      return one(addColumns(found));
    case 'split_row':
      return one(split(found, span, env));
    case 'create_row':
    case 'move_row':
      return one(createRow(fix, found, env));
    case 'rename':
    case 'move':
      return one(rename(fix, found));
    case 'create':
      return create(fix, found, env);
    case 'add_word':
      return one(addWord(found, env));
    // Opening, searching and upgrading are commands of the host; they change nothing by themselves.
    case 'open':
    case 'search':
    case 'upgrade':
      return [];
  }
}

function quoted(text: string): string {
  return `「${shorten(text, 24)}」`;
}

function document(found: Explained): TypedDocument | undefined {
  return found.unit.document;
}

function rowOf(found: Explained): RowUnit | undefined {
  const unit = found.unit;
  return unit instanceof RowUnit ? unit : unit instanceof CellUnit ? unit.row : undefined;
}

function tableOf(found: Explained) {
  const row = rowOf(found);
  if (row !== undefined) return row.table;
  return found.unit instanceof TableUnit ? found.unit.table : undefined;
}

/** Writes over what is underlined; in a cell the table's form is kept. */
function replace(fix: FixDefinition, found: Explained, span: Span, env: Env): Draft | undefined {
  const typed = document(found);
  const cell = cellAt(found, span);
  const attribute = cell === undefined ? found.notes.find((note) => note.value !== undefined)?.value?.attribute : cell.table.columns[cell.column];
  const value = fixValue(fix.value, attribute, found, env);
  if (typed === undefined || value === undefined) return undefined;
  // Of several top headings none is right because one of them is.
  if (fix.value === 'title' && typed.document.sections.filter(({ kind, level }) => kind === 'heading' && level === 1).length > 1) return undefined;
  const whole = cell !== undefined && typed.cell(cell.table, cell.row, cell.column)?.span.start === span.start && typed.cell(cell.table, cell.row, cell.column)?.span.end === span.end;
  const written = typed.document.text.slice(span.start, span.end);
  if (written === value.text || (span.start === span.end && !whole)) return undefined;
  const edit = whole ? cellEdit(typed, cell.table, cell.row, cell.column, value.text) : { path: undefined, span, text: value.text };
  if (edit === undefined) return undefined;
  return { title: titleOf(value, attribute, found), edits: [edit], ask: value.ask };
}

/** What the document, else its type, calls a column or field, in both languages. */
function nameOf(attribute: Attribute, { unit }: Explained): readonly [string, string] {
  return [writtenName(attribute, unit, 'ja') ?? attribute.title, writtenName(attribute, unit, 'en') ?? attribute.title];
}

function titleOf(value: FixValue, attribute: Attribute | undefined, found: Explained): readonly [string, string] {
  const choice = value.ask?.choices.length === 1 ? value.ask.choices[0] : undefined;
  if (value.ask === undefined) return [`${quoted(value.text)}にする`, `Change to ${shorten(value.text, 24)}`];
  if (attribute === undefined) return ['書き直す', 'Write it anew'];
  const [name, nameEn] = nameOf(attribute, found);
  return choice === undefined ? [`${quoted(name)}を書く`, `Write ${nameEn}`] : [`${quoted(name)}を書く（${choice}など）`, `Write ${nameEn} (such as ${choice})`];
}

function cellAt(found: Explained, span: Span) {
  const row = rowOf(found);
  if (row === undefined) return undefined;
  for (let column = 0; column < row.table.columns.length; column++) {
    const value = row.document.cell(row.table, row.index, column);
    if (value !== undefined && value.span.start <= span.start && span.end <= value.span.end) return { table: row.table, row: row.index, column };
  }
  return undefined;
}

/** Writes cells of the row, or fields of the document. */
function fill(fix: FixDefinition, found: Explained, env: Env): Draft | undefined {
  const typed = document(found);
  if (typed === undefined) return undefined;
  const row = fix.verb === 'fill' ? rowOf(found) : undefined;
  const missing = new Set(found.notes.flatMap((note) => note.missingIds ?? []));
  const edits: TextChange[] = [];
  let ask: AskedValue | undefined;
  let title: readonly [string, string] | undefined;
  for (const [name, wanted] of fix.values) {
    // Of several values only those that are missing are written.
    if (fix.values.length > 1 && missing.size > 0 && !missing.has(name)) continue;
    const position = row?.table.positions.get(name);
    const field = row === undefined ? typed.fields.get(name) : undefined;
    const attribute = position === undefined ? field?.attribute : row?.table.columns[position];
    const value = fixValue(wanted, attribute, found, env);
    if (value === undefined) continue;
    // A day that is put off stays to be seen: `11/18 → 11/27`.
    const day = wanted === 'ask' && name === 'due' ? (row?.cell(name)?.text.trim() ?? '') : '';
    const edit = row !== undefined && position !== undefined ? cellEdit(typed, row.table, row.index, position, /\d/u.test(day) ? `${day} → ${value.text}` : value.text) : field === undefined ? undefined : fieldEdit(typed, field, value.text);
    if (edit === undefined) continue;
    edits.push(edit);
    ask ??= value.ask;
    const [called, calledEn] = attribute === undefined ? [name, name] : nameOf(attribute, found);
    title ??= value.ask === undefined ? [`${quoted(called)}を${quoted(value.text)}にする`, `Set ${calledEn} to ${shorten(value.text, 24)}`] : titleOf(value, attribute, found);
  }
  return title === undefined ? undefined : { title, edits: merged(edits), ask };
}

/** Insertions at one place become one edit: hosts may apply two in any order. */
function merged(edits: readonly TextChange[]): readonly TextChange[] {
  const out: TextChange[] = [];
  for (const edit of edits) {
    const last = out.at(-1);
    if (last !== undefined && last.path === edit.path && last.span.start === edit.span.start && last.span.end === edit.span.end && last.span.start === last.span.end) {
      out[out.length - 1] = { ...last, text: last.text + edit.text };
    } else {
      out.push(edit);
    }
  }
  return out;
}

function missingIds(fix: FixDefinition, found: Explained): readonly string[] {
  return fix.value === 'missing' || fix.value === '' ? [...new Set(found.notes.flatMap((note) => note.missingIds ?? []))] : [fix.value];
}

function insertSections(fix: FixDefinition, found: Explained): Draft | undefined {
  const typed = document(found);
  if (typed === undefined) return undefined;
  const ids = missingIds(fix, found).filter((id) => !typed.sections.has(id));
  const edits = ids.map((id) => sectionEdit(typed, id)).filter((edit) => edit !== undefined);
  const titles = ids.map((id) => typed.vocabulary.sections.find((section) => section.id === id)?.title ?? id);
  return edits.length === 0 ? undefined : { title: [`見出し${quoted(titles.join('、'))}を足す`, `Add the section ${shorten(titles.join(', '), 24)}`], edits: merged(edits), ask: { what: 'value', choices: [] } };
}

function insertFields(fix: FixDefinition, found: Explained, env: Env): Draft | undefined {
  const typed = document(found);
  if (typed === undefined) return undefined;
  const edits: TextChange[] = [];
  const titles: string[] = [];
  let ask: AskedValue | undefined;
  let isThere = true;
  for (const id of missingIds(fix, found)) {
    const field = typed.fields.get(id);
    const value = field === undefined ? undefined : fixValue('ask', field.attribute, found, env);
    if (field === undefined || value === undefined) continue;
    isThere &&= field.written && field.field !== undefined;
    edits.push(fieldEdit(typed, field, value.text));
    titles.push(nameOf(field.attribute, found)[0]);
    ask ??= value.ask;
  }
  return edits.length === 0 ? undefined : { title: isThere ? [`${quoted(titles.join('、'))}を書く`, `Write ${shorten(titles.join(', '), 24)}`] : [`項目${quoted(titles.join('、'))}を足す`, `Add ${shorten(titles.join(', '), 24)}`], edits: merged(edits), ask };
}

/** Adds words behind the unit. Words that would state a fact are offered as a choice for a blank. */
function append(fix: FixDefinition, found: Explained, span: Span, env: Env): Draft | undefined {
  const typed = document(found);
  if (typed === undefined) return undefined;
  const { text } = typed.document;
  const skeleton = /[:：][ \u3000]|（[^（）]{1,12}）を/u.test(fix.value) && !/^(?:該当なし|対象外|なし|N\/A)/iu.test(fix.value.trim());
  const words = env.context.language === 'ja' ? fix.value : (fix.valueEn ?? fix.value);
  const content = (skeleton ? words : blank).replaceAll('\n', lineEnd(text));
  const ask: AskedValue = { what: 'value', choices: skeleton ? [] : [words.trim()] };
  const title: readonly [string, string] = skeleton ? [`${quoted(words.trim())}を書き足す`, `Add ${shorten(words.trim(), 24)}`] : ['書き足す', 'Add what is missing'];
  const { unit } = found;
  if (unit.kind === 'section' || unit.kind === 'document') {
    const body = unit.kind === 'section' ? unit.extent : headLine(typed, unit.span);
    const end = body.start + text.slice(body.start, body.end).trimEnd().length;
    const lead = content.startsWith('\n') || content.startsWith('\r') ? '' : lineEnd(text) + lineEnd(text);
    return { title, edits: [{ path: undefined, span: { start: end, end }, text: lead + content }], ask };
  }
  const cell = cellAt(found, span);
  const within = cell === undefined ? unit.extent : (typed.cell(cell.table, cell.row, cell.column)?.span ?? span);
  const end = within.start + text.slice(within.start, within.end).trimEnd().length;
  return { title, edits: [{ path: undefined, span: { start: end, end }, text: content }], ask };
}

function headLine(typed: TypedDocument, span: Span): Span {
  const end = typed.document.text.indexOf('\n', span.end);
  return { start: span.start, end: end < 0 ? typed.document.text.length : end };
}

/** Takes out what is underlined, and its line when nothing else stands on it; what a template left among other words is to be written, for without it they say nothing. */
function remove(found: Explained, span: Span): Draft | undefined {
  const typed = document(found);
  if (typed === undefined || span.start === span.end) return undefined;
  const { text } = typed.document;
  const start = text.lastIndexOf('\n', span.start - 1) + 1;
  const stop = text.indexOf('\n', span.end);
  const before = text.slice(start, span.start);
  const after = text.slice(span.end, stop < 0 ? text.length : stop);
  const alone = before.replace(/^[\s>*+-]*(?:\d+[.)])?\s*/u, '') === '' && after.trim() === '';
  const mark = text.slice(span.start, span.end);
  if (!alone && isLeftOver.test(mark) && mark !== blank && (/[\p{L}\p{N}]\s?$/u.test(before) || /^\s?[\p{L}\p{N}]/u.test(after))) {
    return { title: [`${quoted(mark)}のところを書く`, `Write what ${shorten(mark, 24)} stands for`], edits: [{ path: undefined, span, text: blank }], ask: { what: 'value', choices: [] } };
  }
  const whole = alone ? { start, end: stop < 0 ? text.length : stop + 1 } : span;
  return { title: [`${quoted(mark)}を消す`, `Delete ${shorten(mark, 24)}`], edits: [{ path: undefined, span: whole, text: '' }] };
}

const isLeftOver = /^(?:[○◯〇XxＸ＿_]{2,}|[Yy]{4}|20[XxＸYy]{2}|[【[〔<＜{$])/u;

function swap(fix: FixDefinition, found: Explained): Draft | undefined {
  const row = rowOf(found);
  const [first = '', second = ''] = fix.names;
  const a = row?.table.positions.get(first);
  const b = row?.table.positions.get(second);
  if (row === undefined || a === undefined || b === undefined) return undefined;
  const edits = [cellEdit(row.document, row.table, row.index, a, row.cell(second)?.text ?? ''), cellEdit(row.document, row.table, row.index, b, row.cell(first)?.text ?? '')].filter((edit) => edit !== undefined);
  const names = [a, b].map((position) => row.table.columns[position]?.title ?? '');
  return edits.length < 2 ? undefined : { title: [`${quoted(names[0] ?? '')}と${quoted(names[1] ?? '')}を入れ替える`, `Swap ${names.join(' and ')}`], edits };
}

function sorted(fix: FixDefinition, found: Explained, env: Env): Draft | undefined {
  const typed = document(found);
  const table = tableOf(found);
  if (typed === undefined || table === undefined) return undefined;
  const edits = sortedRows(typed, table, fix.value, env);
  const title = table.columns[table.positions.get(fix.value) ?? -1]?.title ?? fix.value;
  return edits.length === 0 ? undefined : { title: [`${quoted(title)}の順に並べる`, `Sort by ${title}`], edits };
}

function repaired(found: Explained): Draft | undefined {
  const row = rowOf(found);
  const edit = row === undefined ? undefined : repairedRow(row.document, row.table, row.index);
  return edit === undefined ? undefined : { title: ['列の数をそろえる', 'Make the number of cells right'], edits: [edit] };
}

function addRow(fix: FixDefinition, found: Explained, env: Env): Draft | undefined {
  const typed = document(found);
  const table = tableOf(found);
  // In a table with its newest row first a row at the end would say that it is the oldest.
  if (typed === undefined || table === undefined || isNewestFirst(typed, table, env)) return undefined;
  const ids = table.table.rows.map((_, i) => typed.cell(table, i, table.positions.get('id') ?? -1)?.text ?? '');
  let ask: AskedValue | undefined;
  const cells = table.table.header.cells.map((_, position) => {
    const column = table.columns[position];
    const wanted = fix.values.find(([name]) => name === column?.id)?.[1];
    if (wanted !== undefined) {
      const value = fixValue(wanted, column, found, env);
      ask ??= value?.ask;
      return value?.text ?? '';
    }
    return column?.id === 'id' ? (nextId(typed.idShape, ids) ?? '') : '';
  });
  const edit = rowEdit(typed, table, -1, cells);
  return edit === undefined ? undefined : { title: ['行を足す', 'Add a row'], edits: [edit], ask: ask ?? { what: 'value', choices: [] } };
}

function addColumns(found: Explained): Draft | undefined {
  const typed = document(found);
  const table = tableOf(found);
  if (typed === undefined || table === undefined) return undefined;
  const row = rowOf(found);
  const ids = [...new Set(found.notes.flatMap((note) => note.missingIds ?? []))];
  const there = ids.find((id) => table.positions.has(id));
  if (there !== undefined && row !== undefined) {
    const position = table.positions.get(there) ?? -1;
    const edit = cellEdit(typed, table, row.index, position, blank);
    const title = table.columns[position]?.title ?? there;
    return edit === undefined ? undefined : { title: [`${quoted(title)}を書く`, `Write ${title}`], edits: [edit], ask: { what: 'value', choices: [] } };
  }
  const titles = ids.map((id) => table.type?.columns.find((column) => column.id === id)?.title ?? id);
  const lists = titles.map((title) => columnEdits(typed, table, title) ?? []);
  const count = lists[0]?.length ?? 0;
  const edits: TextChange[] = [];
  for (let i = 0; i < count; i++) {
    const first = lists[0]?.[i];
    if (first !== undefined) edits.push({ ...first, text: lists.map((list) => list[i]?.text ?? '').join('') });
  }
  return edits.length === 0 ? undefined : { title: [`列${quoted(titles.join('、'))}を足す`, `Add the column ${shorten(titles.join(', '), 24)}`], edits, ask: { what: 'value', choices: [] } };
}

function split(found: Explained, span: Span, env: Env): Draft | undefined {
  const row = rowOf(found);
  const cell = cellAt(found, span);
  const edits = row === undefined || cell === undefined ? [] : splitRow(row.document, row.table, row.index, cell.column, nextRecordId(row, env));
  return edits.length === 0 ? undefined : { title: ['行を分ける', 'Split the row'], edits };
}

/** Adds a row to the register of another type. The row here stays: nothing that was written is lost. */
function createRow(fix: FixDefinition, found: Explained, env: Env): Draft | undefined {
  const typeId = fix.verb === 'move_row' ? fix.value : fix.values.find(([name]) => name === 'in')?.[1];
  const target = typeId === undefined ? undefined : env.product?.ofType(typeId)[0];
  const table = target === undefined ? undefined : tablesOf(target, undefined)[0];
  if (target === undefined || table === undefined || typeId === undefined) return undefined;
  const ids = table.table.rows.map((_, i) => target.cell(table, i, table.positions.get('id') ?? -1)?.text ?? '');
  const cells = table.table.header.cells.map((_, position) => {
    const column = table.columns[position];
    if (column === undefined) return '';
    if (column.id === 'id') return nextId(target.idShape, ids) ?? '';
    const wanted = fix.verb === 'move_row' ? column.id : fix.values.find(([name]) => name === column.id)?.[1];
    const moved = fix.verb === 'move_row' && column.id === 'title' ? (valueOf(found.unit, 'title', env) ?? valueOf(found.unit, 'description', env)) : undefined;
    const value = moved ?? (wanted === undefined ? undefined : valueOf(found.unit, wanted, env));
    // A status or level of one register says something else in another.
    return value === undefined || value.empty || (fix.verb === 'move_row' && column.kind !== 'text' && column.kind !== 'person' && column.kind !== 'date') ? '' : value.text;
  });
  const edit = rowEdit(target, table, -1, cells);
  const title = typeTitle(typeId, env);
  if (edit === undefined) return undefined;
  const back = referenceTo(typeId, cells[table.positions.get('id') ?? -1] ?? '', found);
  return { title: [`${quoted(title)}に1行足す`, `Add a row to ${title}`], edits: [...(back === undefined ? [] : [back]), { ...edit, path: target.path }] };
}

/** The number of a new row, written into the row it was made for where that has a place for it. */
function referenceTo(typeId: string, id: string, found: Explained): TextChange | undefined {
  const row = rowOf(found);
  if (row === undefined || id === '') return undefined;
  const column = row.table.columns.findIndex((each) => each?.kind === 'id' && (each.refersTo === typeId || (each.refersTo === undefined && each.id === 'ticket')));
  return column >= 0 && row.document.cell(row.table, row.index, column)?.empty === true ? cellEdit(row.document, row.table, row.index, column, id) : undefined;
}

function rename(fix: FixDefinition, found: Explained): Draft | undefined {
  const typed = document(found);
  const expected = found.notes.find((note) => note.expected !== undefined)?.expected;
  if (typed === undefined) return undefined;
  const slash = typed.path.lastIndexOf('/');
  const folder = typed.path.slice(0, slash + 1);
  const file = typed.path.slice(slash + 1);
  const to = fix.verb === 'move' ? (expected === undefined ? undefined : `${expected.replace(/\/+$/u, '')}/${file}`) : renamed(expected, found, folder, file);
  if (to === undefined || to === typed.path || /(?:YYYY|MM|DD|NNN)/u.test(to)) return undefined;
  return { title: fix.verb === 'move' ? [`${quoted(to)}に移す`, `Move to ${shorten(to, 24)}`] : [`名前を${quoted(to.slice(to.lastIndexOf('/') + 1))}にする`, `Rename to ${shorten(to.slice(to.lastIndexOf('/') + 1), 24)}`], rename: to };
}

/** The expected name; for a date the name with that date; for signs that break names the name without them. */
function renamed(expected: string | undefined, found: Explained, folder: string, file: string): string | undefined {
  const { match } = found;
  if (expected !== undefined && /\.[a-z]+$/iu.test(expected)) return folder + expected;
  if (expected !== undefined) {
    const iso = /\d{4}-\d{2}-\d{2}/u.exec(expected)?.[0];
    return iso === undefined ? undefined : folder + file.replace(/\d{4}([-_.]?)\d{2}\1\d{2}/u, (_, sign: string) => iso.replaceAll('-', sign));
  }
  if (match === undefined) return undefined;
  const dot = file.lastIndexOf('.');
  const stem = (dot < 0 ? file : file.slice(0, dot)).replaceAll(match.text, match.better ?? '').replace(/[_\s-]+$/u, '').replace(/^[_\s-]+/u, '');
  return stem === '' ? undefined : folder + stem + (dot < 0 ? '' : file.slice(dot));
}

function create(fix: FixDefinition, found: Explained, env: Env): readonly Draft[] {
  const ids = fix.value === 'missing' ? [...new Set(found.notes.flatMap((note) => note.missingIds ?? []))].slice(0, 3) : [fix.value];
  return ids.flatMap((id): readonly Draft[] => {
    const type = env.typeOf(id);
    if (type?.template === undefined) return [];
    const title = typeTitle(id, env);
    return [{ title: [`${quoted(title)}を作る`, `Create ${title}`], create: { path: nameOfNew(type, env), template: type.template } }];
  });
}

/** Adds a value to the words of the product, in its `kobo.yaml`. */
function addWord(found: Explained, env: Env): Draft | undefined {
  const value = found.notes.find((note) => note.value !== undefined)?.value;
  const { koboText } = env.context;
  const set = value?.attribute?.words ?? (value?.kind === 'status' ? 'status' : undefined);
  // A day or a number in such a column stands in the wrong place; it is no word.
  if (value === undefined || koboText === undefined || set === undefined || value.number !== undefined || value.days(env.year) !== undefined) return undefined;
  const edit = listEdit(koboText, ['words', set, blank], value.text.trim());
  if (edit === undefined) return undefined;
  return {
    title: [`${quoted(value.text)}をこのプロダクトの言葉に足す`, `Add ${shorten(value.text, 24)} to the words of this product`],
    edits: [{ path: koboFileName, ...edit }],
    ask: { what: 'value', choices: value.facts.words === undefined ? [] : [...value.facts.words.words.keys()] },
  };
}
