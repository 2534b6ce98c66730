import type { TypedDocument } from '../product/meaning';
import type { Span } from '../text/position';
import { DocumentUnit, FieldUnit, itemUnits, NameUnit, sectionsNamed, sectionUnits, sentenceUnits, tablesOf } from './document-units';
import type { Env } from './env';
import { isOfType } from './references';
import { CellList, rowUnits, TableUnit, type RowUnit } from './table-units';
import { dateUnits, linkUnits, remembered, TextUnit } from './text-units';
import type { Selector, Unit, UnitKind, Units } from './unit';

export const scopeNames = [
  'document', 'fields', 'sections', 'tables', 'rows', 'cells', 'tasks', 'steps', 'sentences', 'lines', 'links', 'dates', 'name', 'product', 'gate',
] as const;
export type ScopeName = (typeof scopeNames)[number];

/** Parts of a document that `in` may name beside sections and tables. */
export const regions: readonly string[] = ['prose', 'tables', 'code', 'headings', 'fields', 'everywhere'];

/** One scope of a rule: what it looks at, narrowed. */
export interface Scope {
  readonly name: ScopeName;
  readonly kind: UnitKind;
  readonly selector: Selector | undefined;
  /** `in`: sections, tables, regions. */
  readonly places: Selector | undefined;
  /** A rule for all types looks at every table, one for a type at the type's main table. */
  readonly everyTable: boolean;
  /** Equal for scopes that have the same units, which are then made once. */
  readonly key: string;
}

export function kindOf(name: ScopeName): UnitKind {
  switch (name) {
    case 'document':
    case 'name':
    case 'product':
    case 'gate':
      return name;
    default:
      return name.slice(0, -1) as UnitKind;
  }
}

/** Whether a scope looks at prose as one source, so that the words of its rule can be looked for at once. */
export function readsSource(scope: Scope): boolean {
  return scope.name === 'sentences' || scope.name === 'lines' || scope.name === 'rows' || scope.name === 'cells' || scope.name === 'tasks' || scope.name === 'steps';
}

/** Whether code counts: the source a scope's units read. */
export function readsCode(scope: Scope): boolean {
  return scope.name === 'lines' && (scope.places?.some((place) => place === 'everywhere' || place === 'code' || place === 'fields') ?? false);
}

/** The units of a document for a scope, in order; rules with the same scope share them. */
export function unitsOf(scope: Scope, document: TypedDocument, env: Env): Units {
  return remembered<Units>(document, env, scope.key, () => makeUnits(scope, document, env));
}

function makeUnits(scope: Scope, document: TypedDocument, env: Env): Units {
  const { selector } = scope;
  switch (scope.name) {
    case 'document':
      return isOfType(document, selector) ? [new DocumentUnit(document)] : [];
    case 'fields':
      return [...document.fields.values()]
        .filter((field) => field.written && (selector === undefined || selector.includes('all') || selector.includes(field.attribute.id) || selector.includes(`kind:${field.attribute.kind}`) || (selector.includes('required') && field.attribute.required)))
        .map((field) => new FieldUnit(document, field));
    case 'sections':
      return inPlaces(sectionUnits(document, selector), scope, document);
    case 'tables':
      return inPlaces(tables(scope, document).map((table) => new TableUnit(document, table)), scope, document);
    case 'rows':
      if (selector?.some((each) => each.startsWith('type:')) === true && !isOfType(document, selector)) return [];
      return inPlaces(rowsOf(tables(scope, document), document), scope, document);
    case 'cells': {
      const known = selector === undefined || selector.includes('all') ? document.tables : document.tables.filter((table) => table.id !== undefined || !document.vocabulary.tables.some((each) => each.main));
      return new CellList(inPlaces(rowsOf(known, document), scope, document), selector);
    }
    case 'tasks':
    case 'steps':
      return inPlaces(itemUnits(document, scope.name, selector), scope, document);
    case 'sentences':
      return inPlaces(inSections(remembered(document, env, 'sentences', () => sentenceUnits(document)), selector, document), scope, document);
    case 'lines':
      return inSections(lines(scope, document, env), selector, document);
    case 'links':
      return inPlaces(linkUnits(document, env), scope, document);
    case 'dates':
      return datesIn(scope, document, env);
    case 'name':
      return [new NameUnit(document)];
    case 'product':
    case 'gate':
      return [];
  }
}

/** Body rows of tables; those of a single one as they are remembered. */
function rowsOf(tables: TypedDocument['tables'], document: TypedDocument): readonly RowUnit[] {
  const [first] = tables;
  return tables.length === 1 && first !== undefined ? rowUnits(document, first) : tables.flatMap((table) => rowUnits(document, table));
}

function tables(scope: Scope, document: TypedDocument): TypedDocument['tables'] {
  const { selector } = scope;
  if (selector?.some((each) => each.startsWith('type:')) === true) return tablesOf(document, undefined);
  const named = scope.places?.filter((place) => document.vocabulary.tables.some((table) => table.id === place)) ?? [];
  if (selector === undefined && named.length > 0) return tablesOf(document, named);
  if (selector === undefined && (scope.everyTable || (scope.places?.length ?? 0) > 0)) return document.tables;
  return tablesOf(document, selector);
}

function inSections(units: readonly Unit[], selector: Selector | undefined, document: TypedDocument): readonly Unit[] {
  if (selector === undefined || selector.includes('all')) return units;
  return inside(units, sectionsNamed(document, selector));
}

function isEverywhere({ places }: Scope): boolean {
  return places === undefined || places.includes('everywhere');
}

/** Narrows units to the sections, tables and regions of `in`. */
function inPlaces<T extends Unit>(units: readonly T[], scope: Scope, document: TypedDocument): readonly T[] {
  const { places } = scope;
  if (places === undefined || isEverywhere(scope)) return units;
  const spans = places.flatMap((place) => spansOf(place, document));
  return inside(units, spans);
}

function spansOf(place: string, document: TypedDocument): readonly Span[] {
  if (place === 'tables') return document.document.tables.map((table) => table.span);
  if (place === 'prose') return [...document.document.paragraphs.map((part) => part.span), ...document.document.items.map((part) => part.span)];
  if (place === 'headings') return document.document.sections.map((section) => section.titleSpan);
  if (place === 'fields') return document.document.fields.map((field) => field.valueSpan);
  const tables = document.tables.filter((table) => table.id === place).map((table) => table.table.span);
  return [...tables, ...sectionsNamed(document, [place])];
}

function datesIn(scope: Scope, document: TypedDocument, env: Env): Units {
  const dates = dateUnits(document, env);
  if (isEverywhere(scope)) return dates;
  const spans = merged((scope.places ?? []).flatMap((place) => spansOf(place, document)));
  const [first] = spans;
  return spans.length === 1 && first !== undefined ? dates.within(first) : inPlaces(dates.all, scope, document);
}

/** Spans in order, those that touch as one. */
function merged(spans: readonly Span[]): readonly Span[] {
  const sorted = [...spans].sort((a, b) => a.start - b.start);
  const joined: { start: number; end: number }[] = [];
  for (const span of sorted) {
    const last = joined[joined.length - 1];
    if (last !== undefined && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else joined.push({ ...span });
  }
  return joined;
}

function inside<T extends Unit>(units: readonly T[], spans: readonly Span[]): readonly T[] {
  if (spans.length === 0) return [];
  const places = merged(spans);
  return units.filter((unit) => {
    let low = 0;
    let high = places.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.start ?? 0) <= unit.extent.start) low = middle + 1;
      else high = middle;
    }
    const span = places[low - 1];
    return span !== undefined && unit.extent.end <= span.end;
  });
}

/** Lines of prose and tables; which regions, `in` says. Sections in `in` narrow them. */
function lines(scope: Scope, document: TypedDocument, env: Env): readonly Unit[] {
  const wanted = scope.places?.filter((place) => regions.includes(place)) ?? [];
  const where = wanted.length === 0 ? ['prose', 'tables'] : wanted;
  const units = remembered(document, env, `lines:${where.join(' ')}`, () => lineUnits(where, document));
  const sections = scope.places?.filter((place) => !regions.includes(place)) ?? [];
  return sections.length === 0 ? units : inside(units, sections.flatMap((place) => spansOf(place, document)));
}

function lineUnits(where: readonly string[], document: TypedDocument): readonly TextUnit[] {
  const { text, format } = document.document;
  if (where.includes('everywhere') || format === 'yaml') {
    return physicalLines(text, { start: 0, end: text.length }).map((span) => new TextUnit('line', document, span, where.includes('everywhere')));
  }
  const units: TextUnit[] = [];
  const add = (span: Span, code: boolean) => units.push(new TextUnit('line', document, span, code));
  if (where.includes('prose')) {
    for (const paragraph of document.document.paragraphs) for (const line of physicalLines(text, paragraph.span)) add(line, false);
    for (const item of document.document.items) units.push(new TextUnit('line', document, item.span, false, item.kind === 'task' ? item : undefined));
  }
  if (where.includes('tables')) for (const table of document.document.tables) for (const row of table.rows) add(row.span, false);
  if (where.includes('headings')) for (const section of document.document.sections) if (section.kind === 'heading') add(section.titleSpan, false);
  if (where.includes('fields')) for (const field of document.document.fields) if (field.source === 'front_matter') add(field.valueSpan, true);
  if (where.includes('code')) for (const span of document.document.opaque) if (span.kind === 'fence' || span.kind === 'indented') for (const line of physicalLines(text, span)) add(line, true);
  units.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  // A paragraph inside a list item would be seen twice.
  const kept: TextUnit[] = [];
  let end = -1;
  for (const unit of units) {
    if (unit.span.start < end) continue;
    kept.push(unit);
    end = unit.span.end;
  }
  return kept;
}

function physicalLines(text: string, span: Span): readonly Span[] {
  const spans: Span[] = [];
  let start = span.start;
  for (let i = span.start; i <= span.end; i++) {
    const c = i === span.end ? 10 : text.charCodeAt(i);
    if (c !== 10 && c !== 13) continue;
    let from = start;
    let to = i;
    while (from < to && /\s/u.test(text.charAt(from))) from++;
    while (to > from && /\s/u.test(text.charAt(to - 1))) to--;
    if (to > from) spans.push({ start: from, end: to });
    start = i + 1;
  }
  return spans;
}
