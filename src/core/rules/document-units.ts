import type { SectionType } from '../book/book';
import type { Section } from '../document/document';
import { headSpan, type TypedDocument, type TypedField } from '../product/meaning';
import { titleKey } from '../product/part-names';
import { findDates } from '../text/date';
import type { Span } from '../text/position';
import type { Env } from './env';
import { referencesToDocument } from './references';
import { isRequired } from './required';
import { placeOfFile } from './places';
import { productParts } from './product-parts';
import { TextSource, WholeText, type Prose } from './text-source';
import { cellUnits, rowUnits, TableUnit } from './table-units';
import { linkUnits, remembered, splitSentences, TextUnit } from './text-units';
import type { CollectionName, Parts, Selector, Unit } from './unit';
import { Value } from './value';

/** A whole document; underlined at its top heading. */
export class DocumentUnit implements Unit {
  readonly kind = 'document';
  readonly document: TypedDocument;

  constructor(document: TypedDocument) {
    this.document = document;
  }

  get span(): Span {
    return headSpan(this.document.document);
  }

  get extent(): Span {
    return { start: 0, end: this.document.document.text.length };
  }

  label(): string {
    const title = this.document.fields.get('title')?.value.text;
    return title === undefined || title === '' ? this.document.path : title;
  }

  prose(env: Env): Prose {
    const source = env.masked(this.document);
    return { source, from: 0, to: source.length, offset: 0, whole: this.span };
  }

  value(name: string, env: Env): Value | undefined {
    const document = this.document;
    if (name === 'date') {
      const dated = document.vocabulary.date;
      if (dated !== undefined) return document.fields.get(dated)?.value;
    }
    const field = document.fields.get(name);
    // A table by itself has no place for fields of its own.
    if (field !== undefined) return document.document.format === 'csv' && field.value.empty ? undefined : field.value;
    switch (name) {
      case 'heading':
        return new Value(document.document.format === 'markdown' ? (document.document.sections.find((section) => section.level === 1 && section.kind === 'heading')?.title ?? '') : '', this.span);
      case 'text':
        return new Value(document.document.text, this.span, { inText: true });
      case 'class':
        return new Value(document.type?.class ?? '', this.span);
      case 'first_saved':
        return dayValue(env.history?.firstSaved(document), this.span);
      case 'last_saved':
        return dayValue(env.history?.lastSaved(document), this.span);
      case 'written':
        return dayValue(lastWritten(document, env), this.span);
      default:
        return undefined;
    }
  }

  parts(name: CollectionName, of: Selector | undefined, env: Env): Parts | undefined {
    const document = this.document;
    switch (name) {
      case 'fields':
        return fieldParts(document, of);
      case 'sections':
        return sectionParts(document, of);
      case 'headings':
        // The keys of a YAML document are no headings of a page.
        if (document.document.format === 'yaml') return undefined;
        return { units: document.document.sections.filter((section) => section.kind === 'heading').map((section) => new HeadingUnit(document, section)), missing: [] };
      case 'tables':
        return { units: tablesOf(document, of).map((table) => new TableUnit(document, table)), missing: [] };
      case 'columns': {
        const table = tablesOf(document, undefined)[0];
        return table === undefined ? undefined : new TableUnit(document, table).parts('columns', of);
      }
      case 'rows':
        if (of?.some((each) => each.startsWith('type:')) === true) return productParts('rows', of, env);
        return { units: tablesOf(document, of).flatMap((table) => rowUnits(document, table)), missing: [] };
      case 'cells':
        return { units: tablesOf(document, undefined).flatMap((table) => rowUnits(document, table)).flatMap((row) => cellUnits(row, of)), missing: [] };
      case 'tasks':
      case 'steps':
      case 'items':
        return { units: itemUnits(document, name, of), missing: [] };
      case 'sentences':
        return { units: remembered(document, env, 'sentences', () => sentenceUnits(document)), missing: [] };
      case 'links':
        return { units: linkUnits(document, env), missing: [] };
      case 'documents':
        return productParts('documents', of, env);
      case 'referenced_by':
        return referencesToDocument(document, of, env);
    }
  }
}

function dayValue(day: string | undefined, span: Span): Value | undefined {
  return day === undefined ? undefined : new Value(day, span, { kind: 'date' });
}

/**
 * The last day a document gives for itself: the latest of its own date, its update and its making, else the day or year in
 * its name or its folders' names (`PM2021-011` = the last day of 2021).
 */
function lastWritten(document: TypedDocument, env: Env): string | undefined {
  const ids = [document.vocabulary.date, 'updated', 'created'].filter((id) => id !== undefined);
  const days = ids.flatMap((id) => document.fields.get(id)?.value.days(env.yearOf(document))?.to ?? []);
  if (days.length > 0) return days.reduce((a, b) => (a < b ? b : a));
  for (const name of document.path.split('/').reverse()) {
    const day = findDates(name, { inName: true })[0]?.day ?? shortDay(name);
    if (day !== undefined) return day;
    const year = /(?<!\d)(?:19|20)\d\d(?!\d)/u.exec(name)?.[0];
    if (year !== undefined) return `${year}-12-31`;
  }
  return undefined;
}

/** `260210_定例.md`: a day of six figures, as many teams begin their file names. */
function shortDay(name: string): string | undefined {
  const [, year = '', month = '', date = ''] = /^(\d\d)(\d\d)(\d\d)(?=[\s_-])/u.exec(name) ?? [];
  if (year < '10' || year > '49' || month < '01' || month > '12' || date < '01' || date > '31') return undefined;
  return `20${year}-${month}-${date}`;
}

/** The tables a selector names; without one the main table, or every table where the type has no main one. */
export function tablesOf(document: TypedDocument, of: Selector | undefined): TypedDocument['tables'] {
  if (of === undefined) {
    const main = document.tables.filter((table) => table.main);
    const hasMain = document.vocabulary.tables.some((table) => table.main);
    return hasMain ? main : document.tables;
  }
  if (of.includes('all')) return document.tables;
  return document.tables.filter((table) => table.id !== undefined && of.includes(table.id));
}

export function itemUnits(document: TypedDocument, name: 'tasks' | 'steps' | 'items', of: Selector | undefined): readonly TextUnit[] {
  const kind = name === 'tasks' ? 'task' : name === 'steps' ? 'step' : 'item';
  const inSections = of === undefined || of.includes('all') ? undefined : sectionsNamed(document, of);
  return document.document.items
    .filter((item) => (kind === 'item' || item.kind === kind) && (inSections === undefined || inSections.some((span) => span.start <= item.span.start && item.span.end <= span.end)))
    .map((item) => new TextUnit(kind, document, item.span, kind === 'step', item, kind === 'step' ? withBelow(document.document.text, item.span) : item.span));
}

const itemBegins = /^\s*(?:[-*+]|\d{1,9}[.)])\s/u;

/** A step with the indented lines below it, as far as the next item: the code to be run, and what it shows. */
function withBelow(text: string, { start, end }: Span): Span {
  let whole = end;
  for (let at = text.indexOf('\n', end) + 1; at > 0 && at < text.length; ) {
    const next = text.indexOf('\n', at);
    const line = text.slice(at, next < 0 ? text.length : next);
    const isBlank = line.trim() === '';
    if (!isBlank && (!/^(?: {2}|\t)/u.test(line) || itemBegins.test(line))) break;
    if (!isBlank) whole = at + line.trimEnd().length;
    if (next < 0) break;
    at = next + 1;
  }
  return { start, end: whole };
}

/** Spans of the sections of some ids. */
export function sectionsNamed(document: TypedDocument, ids: Selector): readonly Span[] {
  return ids.flatMap((id) => {
    const typed = document.sections.get(id);
    if (typed === undefined) return [];
    const spans = typed.indexes.map((index) => document.document.sections[index]?.span).filter((span) => span !== undefined);
    return typed.label === undefined ? spans : [...spans, { start: typed.label.nameSpan.start, end: typed.label.valueSpan.end }];
  });
}

/** Sentences of paragraphs and list items. */
export function sentenceUnits(document: TypedDocument): readonly TextUnit[] {
  const text = document.document.text;
  const spans = [...document.document.paragraphs.map((paragraph) => paragraph.span), ...document.document.items.map((item) => item.span)];
  spans.sort((a, b) => a.start - b.start || a.end - b.end);
  const units: TextUnit[] = [];
  let end = 0;
  for (const span of spans) {
    if (span.start < end) continue;
    end = span.end;
    for (const sentence of splitSentences(text, span)) units.push(new TextUnit('sentence', document, sentence, false));
  }
  return units;
}

/* Fields */

export class FieldUnit implements Unit {
  readonly kind = 'field';
  readonly document: TypedDocument;
  readonly field: TypedField;

  constructor(document: TypedDocument, field: TypedField) {
    this.document = document;
    this.field = field;
  }

  get span(): Span {
    return this.field.value.span;
  }

  get extent(): Span {
    return this.field.field === undefined ? this.span : { start: this.field.field.nameSpan.start, end: this.field.field.valueSpan.end };
  }

  label(): string {
    return this.field.attribute.title;
  }

  prose(env: Env): Prose {
    return env.proseOf(this.field.value, this.document);
  }

  value(name: string, env: Env): Value | undefined {
    if (name === 'value') return this.field.value;
    if (name === 'field' || name === 'column') return new Value(this.field.attribute.title, this.span);
    return new DocumentUnit(this.document).value(name, env);
  }

  parts(name: CollectionName, of: Selector | undefined, env: Env): Parts | undefined {
    // A field stands in no table.
    return name === 'columns' ? undefined : new DocumentUnit(this.document).parts(name, of, env);
  }
}

function fieldParts(document: TypedDocument, of: Selector | undefined): Parts {
  const fields = [...document.fields.values()];
  const wanted = of === undefined
    ? fields
    : fields.filter((field) => of.includes(field.attribute.id) || of.includes(`kind:${field.attribute.kind}`) || (of.includes('required') && isRequired(field.attribute, (id) => document.fields.get(id)?.value) && !(field.value.empty && isSaidElsewhere(field, document))));
  const filled = wanted.filter((field) => !field.value.empty);
  const missing = of === undefined ? [] : wanted.filter((field) => field.value.empty).map((field) => ({ id: field.attribute.id, title: field.attribute.title }));
  return { units: filled.map((field) => new FieldUnit(document, field)), missing };
}

/** Said by a field that may stand in for it. Front matter in the form of a template (`author:`) has the field itself too, so it is asked for. */
function isSaidElsewhere(field: TypedField, document: TypedDocument): boolean {
  return field.attribute.instead.some((id) => {
    const other = document.fields.get(id);
    return other?.value.empty === false && !(other.field?.source === 'front_matter' && other.field.name === id);
  });
}

/* Sections */

export class SectionUnit implements Unit {
  readonly kind = 'section';
  readonly document: TypedDocument;
  readonly type: SectionType;
  readonly index: number;

  /** @param index into `document.sections`, -1 when a label line stands for the section */
  constructor(document: TypedDocument, type: SectionType, index: number) {
    this.document = document;
    this.type = type;
    this.index = index;
  }

  get section(): Section | undefined {
    return this.document.document.sections[this.index];
  }

  get span(): Span {
    return this.section?.titleSpan ?? this.#label?.nameSpan ?? headSpan(this.document.document);
  }

  get extent(): Span {
    const label = this.#label;
    return this.section?.span ?? (label === undefined ? this.span : { start: label.nameSpan.start, end: label.valueSpan.end });
  }

  get #label() {
    return this.index < 0 ? this.document.sections.get(this.type.id)?.label : undefined;
  }

  get #body(): Span {
    return this.section?.bodySpan ?? this.#label?.valueSpan ?? this.span;
  }

  label(): string {
    return this.section?.title ?? this.type.title;
  }

  prose(env: Env): Prose {
    const { start, end } = this.#body;
    return { source: env.masked(this.document), from: start, to: end, offset: 0, whole: this.span };
  }

  value(name: string): Value | undefined {
    switch (name) {
      case 'content': {
        const { start, end } = this.#body;
        const empty = (this.section === undefined ? (this.#label?.value ?? '') === '' : this.section.empty) || saysNothing(this.document.document.text, start, end);
        return new Value(empty ? '' : 'filled', this.span);
      }
      case 'heading':
      case 'title':
        return new Value(this.label(), this.span);
      case 'level':
        return new Value(String(this.section?.level ?? 0), this.span, { kind: 'number' });
      default:
        return undefined;
    }
  }

  parts(name: CollectionName, of: Selector | undefined, env: Env): Parts | undefined {
    const { start, end } = this.#body;
    const all = new DocumentUnit(this.document).parts(name, name === 'rows' || name === 'tables' ? (of ?? ['all']) : of, env);
    if (all === undefined) return undefined;
    return { units: all.units.filter((unit) => unit.extent.start >= start && unit.extent.end <= end), missing: all.missing };
  }
}

/** More than these units are more than a dash with blank lines around it. */
const longestBlank = 40;

/** Whether nothing but a dash or 未記入 stands in a part of a text; what is left open (未定) is asked for as that. */
function saysNothing(text: string, start: number, end: number): boolean {
  if (end - start > longestBlank) return false;
  const plain = text.slice(start, end).normalize('NFKC').trim().replace(/^[-*+] +/u, '').replace(/^[([【]|[)\]】]$/gu, '').trim();
  return /^(?:[-‐‑–—―ー−─━~〜…・.]+|未記入|空欄|未入力|要記入)$/u.test(plain);
}

export function sectionUnits(document: TypedDocument, of: Selector | undefined): readonly SectionUnit[] {
  const units: SectionUnit[] = [];
  for (const typed of document.sections.values()) {
    if (of !== undefined && !of.includes('all') && !of.includes(typed.type.id) && !(of.includes('required') && typed.type.required)) continue;
    // A section inside one of the same meaning (目標 > 目標) is part of it.
    let end = -1;
    for (const index of typed.indexes) {
      const section = document.document.sections[index];
      if (section === undefined || section.span.start < end) continue;
      if (section.level > 1) end = section.span.end;
      units.push(new SectionUnit(document, typed.type, index));
    }
    if (typed.indexes.length === 0 && typed.label !== undefined) units.push(new SectionUnit(document, typed.type, -1));
  }
  return units.sort((a, b) => a.extent.start - b.extent.start);
}

function sectionParts(document: TypedDocument, of: Selector | undefined): Parts | undefined {
  const units = sectionUnits(document, of);
  if (of === undefined || of.includes('all')) return { units, missing: [] };
  // A table by itself has no place for sections.
  if (document.document.format === 'csv') return undefined;
  const known = document.vocabulary.sections;
  // Which sections a document needs is not known without its type.
  if (of.includes('required') && document.type === undefined) return undefined;
  const missing = known
    .filter((section) => (of.includes(section.id) || (of.includes('required') && section.required)) && !units.some((unit) => unit.type.id === section.id))
    .filter((section) => (!saidInOpening.has(section.id) || !opensWithOverview(document)) && !isTitledAs(document, section.title))
    .map((section) => ({ id: section.id, title: section.title }));
  const unknown = of.filter((id) => id !== 'required' && !known.some((section) => section.id === id));
  return { units, missing: [...missing, ...unknown.map((id) => ({ id, title: id }))] };
}

/** `# マイルストーン表` right above the table: the document as a whole is that section. */
function isTitledAs({ document }: TypedDocument, section: string): boolean {
  const title = document.tables.length === 0 ? '' : titleKey(document.sections.find(({ kind, level }) => kind === 'heading' && level === 1)?.title ?? '');
  return title.startsWith(section) && /^(?:一覧)?(?:表|リスト)?$/u.test(title.slice(section.length));
}

/** Sections that a paragraph before the first heading stands for: what this is about and what it is for. */
const saidInOpening: ReadonlySet<string> = new Set(['overview', 'purpose', 'summary', 'context']);
/** Characters such a paragraph has at least; a Japanese one counts double. */
const shortestOverview = 60;
/** The same of a `description:` in the front matter, which is a line by nature. */
const shortestDescription = 30;

/** Whether a document says what it is about before its first section: a paragraph there is an overview without a heading. */
function opensWithOverview({ document }: TypedDocument): boolean {
  const described = document.fields.find((field) => field.source === 'front_matter' && field.name.toLowerCase() === 'description')?.value ?? '';
  if (lengthOf(described) >= shortestDescription) return true;
  const headings = document.sections.filter((section) => section.kind === 'heading');
  const title = headings[0]?.level === 1 ? headings[0] : undefined;
  const first = headings[title === undefined ? 0 : 1];
  const start = title?.bodySpan.start ?? document.frontMatter?.span.end ?? 0;
  if (first === undefined || first.span.start - start > 20_000) return false;
  const body = document.text.slice(start, first.span.start).replace(/<!--[\s\S]*?-->/gu, '');
  const words = body.split(/\r\n|\r|\n/u).filter((line) => !/^\s*(?:[|>!<{#*+-]|\d+[.)]\s)/u.test(line));
  const opening = words.join('').trim();
  return lengthOf(opening) >= shortestOverview;
}

/** Characters of a text, Japanese ones counted double. */
function lengthOf(text: string): number {
  return text.length + (text.match(/[\u3040-\u30ff\u4e00-\u9fff]/gu)?.length ?? 0);
}

class HeadingUnit implements Unit {
  readonly kind = 'heading';
  readonly document: TypedDocument;
  readonly section: Section;

  constructor(document: TypedDocument, section: Section) {
    this.document = document;
    this.section = section;
  }

  get span(): Span {
    return this.section.titleSpan;
  }

  get extent(): Span {
    return this.section.titleSpan;
  }

  label(): string {
    return this.section.title;
  }

  prose(env: Env): Prose {
    const { start, end } = this.section.titleSpan;
    return { source: env.raw(this.document), from: start, to: end, offset: 0, whole: this.span };
  }

  value(name: string): Value | undefined {
    if (name === 'level') return new Value(String(this.section.level), this.span, { kind: 'number' });
    if (name === 'title' || name === 'heading' || name === 'value') return new Value(this.section.title, this.span);
    return undefined;
  }

  parts(): undefined {
    return undefined;
  }
}

/* The file's name */

/** The path of a document; a finding about it is at 0:0. */
export class NameUnit implements Unit {
  readonly kind = 'name';
  readonly document: TypedDocument;
  readonly span: Span = { start: 0, end: 0 };
  readonly extent: Span = { start: 0, end: 0 };

  constructor(document: TypedDocument) {
    this.document = document;
  }

  label(): string {
    return this.document.path;
  }

  prose(env: Env): Prose {
    const path = this.document.path;
    const source = new TextSource(new WholeText(path), env.lexicon);
    return { source, from: 0, to: path.length, offset: undefined, whole: this.span };
  }

  value(name: string, env: Env): Value | undefined {
    const path = this.document.path;
    switch (name) {
      case 'value':
      case 'text':
        return new Value(path, this.span);
      case 'file':
        return placeOfFile(this.document, 'file', env);
      case 'folder':
        return placeOfFile(this.document, 'folder', env);
      case 'date': {
        const found = findDates(path.slice(path.lastIndexOf('/') + 1), { inName: true })[0];
        if (found === undefined) return undefined;
        return new Value(found.day ?? '', this.span, { kind: 'date' });
      }
      default:
        return undefined;
    }
  }

  parts(): undefined {
    return undefined;
  }
}

