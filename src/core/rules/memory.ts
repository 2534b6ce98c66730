import { PlainRow } from '../document/table';
import type { TypedDocument } from '../product/meaning';
import type { TypedTable } from '../product/typed-tables';
import type { Item } from '../document/document';
import type { Span } from '../text/position';
import type { Person } from './context';
import type { Finding } from './finding';
import type { RulePart, RuleSet } from './rule';
import { sameOutside, type Splice } from './splice';
import { CellList, RowUnit } from './table-units';
import { sameDate, type Lexicon, type TextSource } from './text-source';
import { DateList, DateUnit, TextUnit } from './text-units';
import type { Unit, Units } from './unit';

/** Units of a scope that an edit left as they were: those before `head`, and from `tail` on. */
interface Kept {
  readonly head: number;
  readonly tail: number;
  /** Index of a unit behind the change less its index before it. */
  readonly by: number;
  /** How far what is behind the change has moved: in the text, and in lines. */
  readonly moved: number;
  readonly lines: number;
}

/** One check of one version of a document, for the next version to build on. */
interface Version {
  readonly document: TypedDocument;
  readonly rules: RuleSet;
  readonly lexicon: Lexicon;
  readonly year: number;
  masked: TextSource | undefined;
  raw: TextSource | undefined;
  readonly units: Map<string, Units>;
  readonly people: readonly Person[];
  /** Units about which a part of a rule had something to say, by their index; all others it has asked in vain. */
  readonly told: Map<RulePart, Told>;
}

/** What a part of a rule said of units, by their index in ascending order; `undefined` where it has to be asked again. */
type Told = ReadonlyMap<number, readonly Finding[] | undefined>;

/** A unit that a part of a rule is to be asked about, or what it says of it, where that is known. */
export interface Asked {
  readonly index: number;
  readonly told: readonly Finding[] | undefined;
}

/**
 * What the last check of a document found out, so that a keystroke costs what it changes: the words and dates of the text
 * outside of the edit, and which rows and lines gave nothing to say. Only rules whose conditions stay inside a unit are
 * answered from it. One for each document that is open; it holds one version.
 */
export class CheckMemory {
  #now: Version | undefined;
  #before: Version | undefined;
  #kept = new Map<string, Kept | undefined>();
  /** By lists of units, which several scopes may share. */
  #lists = new Map<readonly Unit[], { readonly old: readonly Unit[]; readonly kept: Kept | undefined }>();
  #sameLinks: boolean | undefined;

  /** Begins a check. What was remembered is let go of where anything but the document's text has changed. */
  open(document: TypedDocument, rules: RuleSet, lexicon: Lexicon, people: readonly Person[], year: number): void {
    const last = this.#now;
    const isSame = last?.rules === rules && last.year === year && last.people === people && last.document.type === document.type &&
      last.document.vocabulary === document.vocabulary && last.document.path === document.path && last.document.idShape === document.idShape && sameLexicon(last.lexicon, lexicon) && sameFields(last.document, document);
    this.#before = isSame ? last : undefined;
    this.#forget();
    this.#now = { document, rules, lexicon, people, year, masked: undefined, raw: undefined, units: new Map(), told: new Map() };
  }

  /** Blanks of a template in the document that was checked last; `undefined` for any other. */
  blanksOf(document: TypedDocument): readonly Span[] | undefined {
    return this.#now?.document === document ? this.#now.masked?.recognised('placeholder').all : undefined;
  }

  /** Ends a check; only its own answers are kept. */
  close(): void {
    this.#before = undefined;
    this.#forget();
  }

  #forget(): void {
    this.#kept = new Map();
    this.#lists = new Map();
    this.#sameLinks = undefined;
  }

  /** The searched text of the version before, `undefined` when there is none. */
  before(kind: 'masked' | 'raw'): TextSource | undefined {
    return this.#before?.[kind];
  }

  keep(kind: 'masked' | 'raw', source: TextSource): void {
    if (this.#now !== undefined) this.#now[kind] = source;
  }

  /**
   * The units a part of a rule has to be asked about, in order, and those it is known to speak of; `undefined` = all.
   * @param key of the scope the units are of
   */
  pending(part: RulePart, key: string, units: Units): readonly Asked[] | undefined {
    this.#now?.units.set(key, units);
    const told = this.#before?.told.get(part);
    const kept = this.#keptOf(key, units);
    if (told === undefined || kept === undefined) return undefined;
    const pending: Asked[] = [];
    const behind: Asked[] = [];
    for (const [index, findings] of told) {
      if (index < kept.head) pending.push({ index, told: findings });
      else if (index + kept.by >= kept.tail) behind.push({ index: index + kept.by, told: findings?.map((finding) => moved(finding, kept.moved, kept.lines)) });
    }
    for (let index = kept.head; index < kept.tail; index++) pending.push({ index, told: undefined });
    pending.push(...behind);
    return pending;
  }

  /** Remembers of which units, by ascending index, a part has spoken; of all others nothing is to be said. */
  remember(part: RulePart, told: Told): void {
    this.#now?.told.set(part, told);
  }

  #keptOf(key: string, units: Units): Kept | undefined {
    if (this.#kept.has(key)) return this.#kept.get(key);
    const old = this.#before?.units.get(key);
    const kept = old === undefined ? undefined : this.#compareUnits(old, units);
    this.#kept.set(key, kept);
    return kept;
  }

  #compareUnits(old: Units, units: Units): Kept | undefined {
    if (old instanceof CellList) return units instanceof CellList ? this.#compareCells(old, units) : undefined;
    if (old instanceof DateList) return units instanceof DateList ? this.#compareDates(old, units) : undefined;
    return isList(old) && isList(units) ? this.#compareLists(old, units) : undefined;
  }

  /** Cells are kept with their rows. */
  #compareCells(old: CellList, cells: CellList): Kept | undefined {
    const rows = this.#compareLists(old.rows, cells.rows);
    if (rows === undefined) return undefined;
    let same: readonly number[] | undefined;
    let known: readonly number[] | undefined;
    const isKept = (before: number, row: number): boolean => {
      const columns = cells.columnsOf(row);
      const those = old.columnsOf(before);
      if (columns === same && those === known) return true;
      if (columns.length !== those.length || !columns.every((column, i) => column === those[i])) return false;
      same = columns;
      known = those;
      return true;
    };
    let head = 0;
    while (head < rows.head && isKept(head, head)) head++;
    let tail = cells.rows.length;
    while (tail > rows.tail && isKept(tail - 1 - rows.by, tail - 1)) tail--;
    return { ...rows, head: cells.startOf(head), tail: cells.startOf(tail), by: cells.length - old.length };
  }

  #compareLists(old: readonly Unit[], units: readonly Unit[]): Kept | undefined {
    const known = this.#lists.get(units);
    if (known?.old === old) return known.kept;
    const kept = this.#compare(old, units);
    this.#lists.set(units, { old, kept });
    return kept;
  }

  /** Dates that the edit has left where they were found are the same. */
  #compareDates(old: DateList, list: DateList): Kept | undefined {
    const edit = this.#edit();
    const { dates, from, to } = list;
    // The dates of a part are those before and behind the edit only if as many stand outside of the part as did.
    if (edit === undefined || from !== old.from || dates.length - to !== old.dates.length - old.to) return undefined;
    let head = Math.max(from, Math.min(to, old.to, dates.sharedHead(old.dates)));
    while (head > from && dates.endOf(head - 1) > edit.inner.start) head--;
    let tail = Math.max(head, dates.length - dates.sharedTail(old.dates));
    while (tail < to && dates.startOf(tail) < edit.inner.end) tail++;
    return { head: head - from, tail: Math.min(tail, to) - from, by: list.length - old.length, moved: edit.by, lines: edit.lines };
  }

  #compare(old: readonly Unit[], units: readonly Unit[]): Kept | undefined {
    const edit = this.#edit();
    if (edit === undefined) return undefined;
    const { inner, by, lines } = edit;
    const shorter = Math.min(old.length, units.length);
    const tables = new Map<TypedTable, TypedTable>();
    const isKept = (i: number, k: number, from: number, to: number, moved: number): boolean => {
      const unit = units[k];
      const known = old[i];
      return unit !== undefined && known !== undefined && alike(known, unit, from, to, moved, tables);
    };
    let head = 0;
    while (head < shorter && isKept(head, head, 0, inner.start, 0)) head++;
    let same = 0;
    while (same < shorter - head && isKept(old.length - same - 1, units.length - same - 1, inner.end, Infinity, by)) same++;
    return { head, tail: units.length - same, by: units.length - old.length, moved: by, lines };
  }

  /** What was edited since the check before; `undefined` where that check says nothing about this one. */
  #edit(): { readonly inner: Span; readonly by: number; readonly lines: number } | undefined {
    const before = this.#before;
    const now = this.#now;
    const parts = [now?.masked?.kept, now?.raw === now?.masked ? now?.masked?.kept : (now?.raw === undefined ? now?.masked?.kept : now.raw.kept)];
    const [first, second] = parts;
    if (before === undefined || now === undefined || first === undefined || second === undefined) return undefined;
    const splice = around(first, second);
    // The words of a cell or item can hang on a definition far away (`[text][name]`), which then is a link or not.
    this.#sameLinks ??= sameOutside(before.document.document.links.map(spanOf), now.document.document.links.map(spanOf), splice);
    return this.#sameLinks ? { inner: splice.inner, by: splice.by, lines: now.document.document.lines.count - before.document.document.lines.count } : undefined;
  }
}

function isList(units: Units): units is readonly Unit[] {
  return Array.isArray(units);
}

function spanOf(thing: { readonly span: Span }): Span {
  return thing.span;
}

/** The part around two changes of the same text. */
function around(a: Splice, b: Splice): Splice {
  const inner = { start: Math.min(a.inner.start, b.inner.start), end: Math.max(a.inner.end, b.inner.end) };
  return { ...a, inner };
}

/** Whether a unit is what it was, moved, and lies between two offsets: its place, and what is known of it beside its words. */
function alike(old: Unit, unit: Unit, from: number, to: number, by: number, tables: Map<TypedTable, TypedTable>): boolean {
  const { start, end } = unit.extent;
  const before = old.extent;
  if (start < from || end > to || before.start + by !== start || before.end + by !== end) return false;
  if (old instanceof RowUnit) return unit instanceof RowUnit && alikeRows(old, unit, tables);
  if (old instanceof TextUnit) return unit instanceof TextUnit && old.kind === unit.kind && alikeItems(old.item, unit.item);
  if (old instanceof DateUnit) return unit instanceof DateUnit && sameDate(old.date, unit.date);
  return false;
}

function alikeItems(old: Item | undefined, item: Item | undefined): boolean {
  if (old === undefined || item === undefined) return old === item;
  return old.kind === item.kind && old.checked === item.checked && old.text === item.text;
}

/** @param tables pairs of tables whose columns mean the same, as far as is known */
function alikeRows(old: RowUnit, row: RowUnit, tables: Map<TypedTable, TypedTable>): boolean {
  if (tables.get(row.table) !== old.table) {
    if (!alikeTables(old.table, row.table)) return false;
    tables.set(row.table, old.table);
  }
  const before = old.table.table.rows[old.index];
  const now = row.table.table.rows[row.index];
  // The same words without marks make the same cells.
  return (before instanceof PlainRow && now instanceof PlainRow) || before?.cells.length === now?.cells.length;
}

/** Whether the columns of two tables mean the same. */
function alikeTables(old: TypedTable, table: TypedTable): boolean {
  const header = table.table.header.cells;
  return old.id === table.id && old.type === table.type && old.columns.length === table.columns.length &&
    table.columns.every((column, i) => column === old.columns[i] && header[i]?.text === old.table.header.cells[i]?.text);
}

function sameLexicon(a: Lexicon, b: Lexicon): boolean {
  const { people, ownDomains, terms } = b.surroundings;
  const known = a.surroundings;
  return a.scanner === b.scanner && known.terms === terms && known.ownDomains.join() === ownDomains.join() &&
    known.people.size === people.size && [...people].every((name) => known.people.has(name));
}

/** Whether the fields of a document say the same; rules may look at them from everywhere. */
function sameFields(before: TypedDocument, after: TypedDocument): boolean {
  if (before.fields.size !== after.fields.size) return false;
  for (const [id, field] of after.fields) {
    const known = before.fields.get(id);
    if (known?.value.text !== field.value.text || known.written !== field.written || known.field?.name !== field.field?.name) return false;
  }
  return true;
}

/** A finding whose unit stands elsewhere now. */
function moved(finding: Finding, by: number, lines: number): Finding {
  if (by === 0 && lines === 0) return finding;
  const { span, range, fixes } = finding;
  return {
    ...finding,
    span: movedSpan(span, by),
    range: { start: { line: range.start.line + lines, character: range.start.character }, end: { line: range.end.line + lines, character: range.end.character } },
    fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, span: movedSpan(edit.span, by) })) })),
  };
}

function movedSpan({ start, end }: Span, by: number): Span {
  return { start: start + by, end: end + by };
}
