import type { Book, Page } from '../book/book';
import type { Item } from '../document/document';
import type { TypedDocument } from '../product/meaning';
import { readTarget } from '../product/links';
import type { FoundDate } from '../text/date';
import { daysBetween, isoDay, isRealDay, weekdayNames, weekdayOf } from '../text/calendar';
import type { Span } from '../text/position';
import type { Env } from './env';
import type { Found } from './found';
import { likelyYear } from './likely-year';
import { dueDayOf } from './task-day';
import { within, type Prose } from './text-source';
import type { CollectionName, Parts, Selector, Unit, UnitKind, Units } from './unit';
import { Value } from './value';

const labelledOwner = /(?:担当者?|対応者?|責任者|owner)\s?[:：]\s?([^\s\u3000、。,;)）(（|／/]{1,20})/iu;

/** A sentence, line, list item, numbered step or check box. */
export class TextUnit implements Unit {
  readonly kind: UnitKind;
  readonly document: TypedDocument;
  readonly span: Span;
  readonly item: Item | undefined;
  readonly #code: boolean;
  readonly #whole: Span;

  /**
   * @param code whether code, comments and front matter count as its text
   * @param whole with what belongs to it below: a step's code and the lines behind it
   */
  constructor(kind: 'sentence' | 'line' | 'task' | 'step' | 'item', document: TypedDocument, span: Span, code: boolean, item?: Item, whole = span) {
    this.kind = kind;
    this.document = document;
    this.span = span;
    this.item = item;
    this.#code = code;
    this.#whole = whole;
  }

  get extent(): Span {
    return this.#whole;
  }

  get text(): string {
    return this.document.document.text.slice(this.span.start, this.span.end);
  }

  label(): string {
    return this.text.slice(0, 40);
  }

  prose(env: Env): Prose {
    const source = this.#code ? env.raw(this.document) : env.masked(this.document);
    return { source, from: this.#whole.start, to: this.#whole.end, offset: 0, whole: this.span };
  }

  value(name: string, env: Env): Value | undefined {
    switch (name) {
      case 'text':
      case 'value':
      case 'action':
        return new Value(this.text, this.span, { inText: true });
      case 'status':
        return this.item === undefined ? undefined : this.#status();
      case 'owner':
        return this.item === undefined ? undefined : (this.#everybody() ?? this.#first('person', env));
      case 'due':
        return this.item === undefined ? undefined : this.#due(env);
      case 'id':
        return this.item === undefined ? undefined : this.#first('id', env);
      default:
        return undefined;
    }
  }

  #status(): Value {
    const words = this.document.vocabulary.words.get('status');
    return new Value(this.item?.checked === true ? 'done' : 'open', this.span, { kind: 'status', words });
  }

  #due(env: Env): Value {
    const prose = this.prose(env);
    const due = dueDayOf(prose.source.slice(prose.from, prose.to), within(prose.source.recognised('date'), prose).map(({ start, end }) => ({ start: start - prose.from, end: end - prose.from })));
    if (due === undefined) return new Value('', this.span, { kind: 'date' });
    const [start, end] = [due.day.start + prose.from, due.day.end + prose.from];
    // A day that may be another than the one it is due on is there, and is compared with nothing.
    return new Value(prose.source.slice(start, end), { start, end }, { kind: 'date', inText: true, aside: !due.sure });
  }

  #first(name: 'person' | 'id', env: Env): Value {
    const prose = this.prose(env);
    const hit = within(prose.source.recognised(name), prose)[0] ?? (name === 'person' ? this.#labelled() : undefined);
    const kind = name;
    if (hit === undefined) return new Value('', this.span, { kind });
    return new Value(prose.source.slice(hit.start, hit.end), { start: hit.start, end: hit.end }, { kind, inText: true });
  }

  /** `全員：資料を読む`, `各自 …`: said to everybody, whoever else the line names. */
  #everybody(): Value | undefined {
    const match = /^(?:[-*+]\s+)?(?:\[.\]\s+)?(全員|各自|参加者全員|チーム全員|メンバー全員|全メンバー|各メンバー|各担当者?|関係者全員|everyone|all)(?:\s?[:：]|[\s\u3000]+(?![!-~]))/iu.exec(this.text);
    const name = match?.[1];
    if (match === null || name === undefined || labelledOwner.test(this.text)) return undefined;
    const start = this.span.start + match[0].lastIndexOf(name);
    return new Value(name, { start, end: start + name.length }, { kind: 'person', inText: true });
  }

  /** What stands behind 担当：, also when it is nobody (全員). */
  #labelled(): Span | undefined {
    const match = labelledOwner.exec(this.text) ?? /[(（]([^()（）、,\s]{1,12})(?:[、,][^()（）]{0,20})?[)）]\s*$/u.exec(this.text);
    const name = match?.[1];
    if (match === null || name === undefined) return undefined;
    const start = this.span.start + match.index + match[0].indexOf(name);
    return { start, end: start + name.length };
  }

  parts(name: CollectionName, of: Selector | undefined, env: Env): Parts | undefined {
    if (name === 'links') return { units: linkUnits(this.document, env).filter((link) => link.span.start >= this.span.start && link.span.end <= this.span.end), missing: [] };
    if (name === 'sentences') return { units: splitSentences(this.document.document.text, this.span).map((span) => new TextUnit('sentence', this.document, span, false)), missing: [] };
    return undefined;
  }
}

/** Spans of the sentences of a part of a text, without outer blanks. A sentence ends with 。！？, with `.!?` before a blank, or with an empty line. */
export function splitSentences(text: string, span: Span): readonly Span[] {
  const sentences: Span[] = [];
  let start = span.start;
  let depth = 0;
  const close = (end: number) => {
    let from = start;
    let to = end;
    while (from < to && isBlank(text, from)) from++;
    while (to > from && isBlank(text, to - 1)) to--;
    if (to > from) sentences.push({ start: from, end: to });
    start = end;
  };
  for (let i = span.start; i < span.end; i++) {
    switch (text.charCodeAt(i)) {
      case 0x300c: // 「
      case 0x300e: // 『
      case 0xff08: // （
      case 0x28:
        depth++;
        break;
      case 0x300d: // 」
      case 0x300f: // 』
      case 0xff09: // ）
      case 0x29:
        if (depth > 0) depth--;
        break;
      case 0x3002: // 。
      case 0xff01: // ！
      case 0xff1f: // ？
        if (depth === 0) close(i + 1);
        break;
      case 0x2e:
      case 0x21:
      case 0x3f:
        if (depth === 0 && (i + 1 >= text.length || isBlank(text, i + 1))) close(i + 1);
        break;
      case 0x0a:
        if (text.charCodeAt(i - 1) === 0x0a || /^[ \t]*\r?\n/u.test(text.slice(i + 1, i + 40))) {
          depth = 0;
          close(i);
        }
        break;
    }
  }
  close(span.end);
  return sentences;
}

/** What `\s` takes for a blank. */
function isBlank(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c <= 0x20 ? c === 0x20 || (c >= 0x09 && c <= 0x0d) : c >= 0xa0 && /\s/u.test(text.charAt(at));
}

/** A Markdown link, a bare address, or the mention of an id. */
class LinkUnit implements Unit {
  readonly kind = 'link';
  readonly document: TypedDocument;
  readonly span: Span;
  readonly link: { readonly text: string; readonly target: string; readonly targetSpan: Span; readonly isId: boolean };

  constructor(document: TypedDocument, span: Span, link: LinkUnit['link']) {
    this.document = document;
    this.span = span;
    this.link = link;
  }

  get extent(): Span {
    return this.span;
  }

  label(): string {
    return this.link.text || this.link.target;
  }

  prose(env: Env): Prose {
    const { start, end } = this.link.targetSpan;
    return { source: env.raw(this.document), from: start, to: end, offset: 0, whole: this.link.targetSpan };
  }

  get linkKind(): string {
    if (this.link.isId) return 'id';
    const { kind } = readTarget(this.link.target, this.document.path);
    // A badge leads to no page about the matter.
    return kind === 'web' && /^(?:!|\[!\[)/u.test(this.document.document.text.slice(this.span.start, this.span.start + 3)) ? 'picture' : kind;
  }

  value(name: string, env: Env): Value | undefined {
    switch (name) {
      case 'kind':
        return new Value(this.linkKind, this.span);
      case 'target':
        return new Value(this.link.target, this.link.targetSpan, { kind: this.link.isId ? 'id' : 'document', valid: this.#exists(env), inText: true });
      case 'text':
        return new Value(this.link.text, this.span);
      case 'to': {
        const to = this.#to(env);
        return to === undefined ? undefined : new Value(to.join(' '), this.span);
      }
      default:
        return undefined;
    }
  }

  #exists(env: Env): boolean | undefined {
    const product = env.product;
    if (product === undefined) return undefined;
    if (this.link.isId) {
      if (!product.knowsPrefix(this.link.target)) return undefined;
      return product.definitions(this.link.target).length > 0 || product.isExplained(this.link.target) || product.isSpokenOfAside(this.link.target);
    }
    const target = readTarget(this.link.target, this.document.path);
    if (target.kind === 'anchor') return product.hasLabels || product.hasAnchor(this.document.path, target.anchor);
    if (target.kind !== 'file') return undefined;
    if (isBookPage(target.path, env)) return true;
    return product.exists(target.path) && product.hasAnchor(target.path, target.anchor);
  }

  /** What it leads to: the type of the document, `page`, `lessons`, `ticket`. */
  #to(env: Env): readonly string[] | undefined {
    if (this.link.isId) {
      const places = env.product?.definitions(this.link.target) ?? [];
      const types = places.map((place) => place.document.type?.id ?? '').filter((type) => type !== '');
      return types.length > 0 ? types : ['ticket'];
    }
    const target = readTarget(this.link.target, this.document.path);
    if (target.kind === 'web') {
      const page = bookPage(this.link.target, env);
      if (page !== undefined) return page;
      return /\/(?:issues?|tickets?|browse|pull|merge_requests|work_items|tasks?)\//iu.test(this.link.target) ? ['ticket', 'web'] : ['web'];
    }
    if (target.kind !== 'file') return target.kind === 'other' ? (bookPage(this.link.target, env) ?? ['web']) : [];
    const document = env.product?.document(target.path);
    if (document?.type !== undefined) return [document.type.id];
    return bookPage(target.path, env) ?? [];
  }

  parts(): undefined {
    return undefined;
  }
}

function bookPage(target: string, env: Env): readonly string[] | undefined {
  const page = pageAt(target.replace(/[#?].*$/u, ''), env.book);
  if (page === undefined) return undefined;
  const lessons = page.tags.some((tag) => /lessons?|教訓/iu.test(tag)) || /lessons?|教訓/iu.test(`${page.path} ${page.title}`);
  return lessons ? ['page', 'lessons'] : ['page'];
}

const pagesByPath = new WeakMap<Book, ReadonlyMap<string, number>>();

/** The first page of a Book at whose path an address ends. */
function pageAt(address: string, book: Book): Page | undefined {
  let known = pagesByPath.get(book);
  if (known === undefined) {
    // Of two pages of one path the first counts.
    known = new Map([...book.pages.entries()].reverse().map(([i, page]) => [page.path, i]));
    pagesByPath.set(book, known);
  }
  let first = Infinity;
  for (let at = 0; ; at = address.indexOf('/', at) + 1) {
    first = Math.min(first, known.get(address.slice(at)) ?? Infinity);
    if (!address.includes('/', at)) return book.pages[first];
  }
}

function isBookPage(path: string, env: Env): boolean {
  return bookPage(path, env) !== undefined;
}

const address = /https?:\/\/[^\s<>"'）)」』】、。|]{3,2000}/gu;

/** Links of a document in order: Markdown links, bare addresses, mentions of ids. */
/** Whether an offset lies in one of some spans; they may overlap. */
function insideOf(spans: readonly Span[]): (at: number) => boolean {
  const apart: { start: number; end: number }[] = [];
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start)) {
    const last = apart[apart.length - 1];
    if (last !== undefined && start <= last.end) last.end = Math.max(last.end, end);
    else apart.push({ start, end });
  }
  return (at) => {
    let from = 0;
    let to = apart.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((apart[middle]?.end ?? 0) <= at) from = middle + 1;
      else to = middle;
    }
    return (apart[from]?.start ?? Infinity) <= at;
  };
}

export function linkUnits(document: TypedDocument, env: Env): readonly LinkUnit[] {
  return remembered<readonly LinkUnit[]>(document, env, 'links', () => {
    const units: LinkUnit[] = document.document.links.map((link) =>
      new LinkUnit(document, link.span, { text: link.text, target: link.target, targetSpan: link.targetSpan, isId: false }));
    const inside = insideOf(units.map((unit) => unit.span));
    const text = env.masked(document).text;
    const bare: LinkUnit[] = [];
    for (const match of text.matchAll(address)) {
      if (inside(match.index)) continue;
      const span = { start: match.index, end: match.index + match[0].length };
      bare.push(new LinkUnit(document, span, { text: match[0], target: match[0], targetSpan: span, isId: false }));
    }
    const mentions = env.product?.mentionsOf(document) ?? [];
    const ids = mentions.filter((mention) => !inside(mention.span.start)).map((mention) =>
      new LinkUnit(document, mention.span, { text: mention.id, target: mention.id, targetSpan: mention.span, isId: true }));
    return [...units, ...bare, ...ids].sort((a, b) => a.span.start - b.span.start);
  });
}

/** A date written anywhere in a text. */
export class DateUnit implements Unit {
  readonly kind = 'date';
  readonly document: TypedDocument;
  readonly date: FoundDate;

  constructor(document: TypedDocument, date: FoundDate) {
    this.document = document;
    this.date = date;
  }

  get span(): Span {
    return this.date.span;
  }

  get extent(): Span {
    return this.date.span;
  }

  get text(): string {
    return this.document.document.text.slice(this.span.start, this.span.end);
  }

  label(): string {
    return this.text;
  }

  prose(env: Env): Prose {
    return { source: env.raw(this.document), from: this.span.start, to: this.span.end, offset: 0, whole: this.span };
  }

  value(name: string, env: Env): Value | undefined {
    const date = this.date;
    switch (name) {
      case 'value':
        return new Value(this.text, date.span, { kind: 'date', valid: date.valid, days: date.day === undefined ? undefined : { from: date.day, to: date.day } });
      case 'text':
        return new Value(this.text, date.span, { kind: 'date' });
      case 'weekday':
        return this.#weekday();
      case 'year':
        return new Value(date.yearWritten ? String(date.year) : '', date.span, { kind: 'number', expected: withYear(this.text, date, likelyYear(date.month, date.date, this.document, env)) });
      default:
        return undefined;
    }
  }

  /**
   * A date without a year is that of its document, or of the year beside unless it lies near the document's own day: what fits in none
   * of these is wrong.
   */
  #weekday(): Value | undefined {
    const { weekday, day, weekdayRight, yearWritten, valid, month, date } = this.date;
    if (weekday === undefined) return undefined;
    if (day !== undefined && weekdayRight !== undefined) return new Value(weekday.name, weekday.span, { valid: weekdayRight, expected: weekdayLike(weekday.name, day) });
    const year = yearWritten || !valid ? undefined : this.document.year;
    if (year === undefined) return undefined;
    const own = this.document.day;
    const all = [year, year + 1, year - 1].filter((each) => isRealDay(each, month, date)).map((each) => isoDay(each, month, date));
    const meant = own === undefined ? [] : all.filter((each) => Math.abs(daysBetween(own, each) ?? nearest) < nearest);
    const days = meant.length > 0 ? meant : all;
    const [first] = days;
    if (first === undefined) return undefined;
    return new Value(weekday.name, weekday.span, { valid: days.some((each) => weekdayOf(each) === weekday.index), expected: weekdayLike(weekday.name, first) });
  }

  parts(): undefined {
    return undefined;
  }
}

/** Days from a document's own day within which a date without a year means nothing but the day near it. */
const nearest = 60;

/** The right weekday, written as the wrong one was: 木, Thu, Thursday. */
function weekdayLike(written: string, day: string): string {
  const index = weekdayOf(day) ?? 0;
  if (!/^[A-Za-z]/u.test(written)) return weekdayNames.ja[index] ?? written;
  const name = weekdayNames.en[index] ?? written;
  const cut = written.length <= 4 ? name.slice(0, 3) : name;
  return written === written.toUpperCase() ? cut.toUpperCase() : written === written.toLowerCase() ? cut.toLowerCase() : cut;
}

function withYear(text: string, date: FoundDate, year: number): string {
  if (date.yearWritten) return text;
  // `Dec 4, 2026` and `4 Dec 2026`.
  if (date.format === 'english') return /^[A-Za-z]/u.test(text) ? `${text}, ${String(year)}` : `${text} ${String(year)}`;
  return text.includes('月') ? `${String(year)}年${text}` : `${String(year)}/${text}`;
}

/** Dates of a document's prose and tables, in order, made as they are asked for. */
export class DateList implements Units {
  readonly dates: Found<FoundDate>;
  readonly from: number;
  readonly to: number;
  readonly #document: TypedDocument;

  /** @param from index of the first, and @param to index behind the last of the dates that count here */
  constructor(document: TypedDocument, dates: Found<FoundDate>, from = 0, to = dates.length) {
    this.#document = document;
    this.dates = dates;
    this.from = from;
    this.to = to;
  }

  get length(): number {
    return this.to - this.from;
  }

  get all(): readonly DateUnit[] {
    return this.dates.slice(this.from, this.to).map((date) => new DateUnit(this.#document, date));
  }

  at(index: number): DateUnit | undefined {
    const date = index < 0 || index >= this.length ? undefined : this.dates.at(this.from + index);
    return date === undefined ? undefined : new DateUnit(this.#document, date);
  }

  /** Those that lie in a part of the text. */
  within({ start, end }: Span): DateList {
    const from = this.dates.firstFrom(start);
    let to = this.dates.firstFrom(end);
    while (to > from && this.dates.endOf(to - 1) > end) to--;
    return new DateList(this.#document, this.dates, from, to);
  }
}

export function dateUnits(document: TypedDocument, env: Env): DateList {
  return remembered(document, env, 'dates', () => new DateList(document, env.masked(document).countedDates));
}

/** Parts of a document that are made once for a check. */
export function remembered<T extends Units>(document: TypedDocument, env: Env, key: string, make: () => T): T {
  let parts = env.parts.get(document);
  if (parts === undefined) {
    parts = new Map();
    env.parts.set(document, parts);
  }
  const known = parts.get(key);
  if (known !== undefined) return known as T;
  const made = make();
  parts.set(key, made);
  return made;
}
