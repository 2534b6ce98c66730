import type { Book, DocumentType } from '../book/book';
import type { EffectiveSettings } from '../product/settings';
import type { TypedDocument } from '../product/meaning';
import type { TypedTable } from '../product/typed-tables';
import type { ProductIndex } from '../product/records';
import { addBusinessDays } from '../text/business-days';
import { addDays } from '../text/calendar';
import { addDuration, parseDuration } from '../text/duration';
import type { Span } from '../text/position';
import type { CheckContext } from './context';
import type { CheckMemory } from './memory';
import { candidatesOf, type Candidates } from './nearest';
import { plainName, withoutDepartment } from './recognisers/people';
import type { RuleSet } from './rule';
import { MaskedText, TextSource, WholeText, type Lexicon, type Prose } from './text-source';
import type { Truth } from './truth';
import type { Unit, Units } from './unit';
import type { Value } from './value';
import type { WordScanner } from './words';

/** What one predicate saw: the values of messages, the place to underline, what a fix puts in. */
export interface Note {
  readonly result: Truth;
  readonly subject?: string;
  readonly value?: Value;
  /** Places of the text that matched, in the unit's document. */
  readonly matches?: readonly Match[];
  readonly missing?: readonly string[];
  /** How many parts were asked for by name, those that are there among them. */
  readonly asked?: number;
  /** Ids behind `missing`, for fixes. */
  readonly missingIds?: readonly string[];
  readonly expected?: string;
  readonly nearest?: string;
  readonly allowed?: readonly string[];
  readonly count?: number;
  readonly other?: readonly OtherPlace[];
  readonly days?: number;
  readonly from?: string;
  readonly shape?: string;
  readonly length?: number;
  readonly share?: string;
  readonly reason?: string;
  /** What helps, in the language of the check. */
  readonly hint?: string;
  /** Shown right all the same: the rule may weigh it less. */
  readonly slight?: boolean;
  /** Fails only because a day passed. */
  readonly time?: boolean;
  /** The part that failed, when it is not the unit itself. */
  readonly part?: Unit;
}

export interface Match {
  readonly span: Span;
  readonly text: string;
  readonly better?: string | undefined;
}

export interface OtherPlace {
  readonly path: string;
  readonly span: Span;
  /** What people call it: an id, a title. */
  readonly label: string;
}

/** What history says of a document; answers that are not there yet are asked for and make the condition unknown. */
export interface HistoryView {
  firstSaved(document: TypedDocument): string | undefined;
  lastSaved(document: TypedDocument): string | undefined;
  /** The document as it was at the end of a day. */
  at(document: TypedDocument, day: string): TypedDocument | undefined;
}

export type ParamValue = string | number;

/** Everything conditions are asked with. One for each check; texts and parts of documents are remembered in it. */
export class Env {
  readonly context: CheckContext;
  readonly book: Book;
  readonly settings: EffectiveSettings;
  readonly product: ProductIndex | undefined;
  readonly history: HistoryView | undefined;
  readonly lexicon: Lexicon;
  /** Names of the roster as they are compared. */
  readonly people: ReadonlySet<string>;
  readonly year: number;
  /** Parameters of the rule being asked. */
  params: ReadonlyMap<string, ParamValue> = new Map();
  /** Columns about which the rule that is asked has said that hardly any row fills them in. */
  toldColumns = new Set<string>();
  /** Filled while a finding is being explained. */
  trace: Note[] | undefined;
  /** The unit around the parts of a collection that is being asked (`where: { gate: { same_as: previous } }`). */
  outer: Unit | undefined;
  /** Parts of documents, made once: lines, sentences, links … */
  readonly parts = new Map<TypedDocument, Map<string, Units>>();
  readonly #active: ReadonlyMap<string, boolean>;
  readonly #masked = new Map<TypedDocument, TextSource>();
  readonly #raw = new Map<TypedDocument, TextSource>();
  readonly #values = new WeakMap<Value, TextSource>();

  #memory: CheckMemory | undefined;

  constructor(book: Book, settings: EffectiveSettings, scanner: WordScanner, context: CheckContext, product?: ProductIndex, history?: HistoryView) {
    this.book = book;
    this.settings = settings;
    this.context = context;
    this.product = product;
    this.history = history;
    this.year = Number(context.today.slice(0, 4));
    const people = [...context.people, ...(product?.people ?? [])].map(({ name, active }) => [plainName(name), active] as const);
    this.people = new Set(people.map(([name]) => name));
    // Of two of the same name the first counts.
    this.#active = new Map(people.reverse());
    this.lexicon = { scanner, surroundings: { people: this.people, ownDomains: context.ownDomains, terms: context.terms ?? book.terms } };
  }

  get memory(): CheckMemory | undefined {
    return this.#memory;
  }

  /** Checks one document with what is remembered of its version before. */
  remember(document: TypedDocument, rules: RuleSet, memory: CheckMemory): void {
    memory.open(document, rules, this.lexicon, this.context.people, this.yearOf(document));
    this.#memory = memory;
    // What has changed is read off the texts, so they have to be there before units are compared.
    if (memory.before('masked') !== undefined) this.masked(document);
    if (memory.before('raw') !== undefined) this.raw(document);
  }

  /** The next free number of a register; counted once for all findings that name it. */
  nextId(table: TypedTable, count: () => string | undefined): string | undefined {
    if (!this.#nextIds.has(table)) this.#nextIds.set(table, count());
    return this.#nextIds.get(table);
  }
  readonly #nextIds = new Map<TypedTable, string | undefined>();

  /** Lets go of what was remembered of a document that has been asked. */
  forget(document: TypedDocument): void {
    this.parts.delete(document);
    this.#masked.delete(document);
    this.#raw.delete(document);
    for (const table of document.tables) this.#nextIds.delete(table);
  }

  /** Says that a condition has looked at the rows beside the unit being asked. */
  lookBeside(): void {
    this.#lookedBeside = true;
  }

  /** Whether any has, since this was asked last. */
  takeLookedBeside(): boolean {
    const looked = this.#lookedBeside;
    this.#lookedBeside = false;
    return looked;
  }
  #lookedBeside = false;

  note(note: Note): void {
    this.trace?.push(note);
  }

  /** The document's text with code, comments and front matter blanked out; offsets stay. */
  masked(document: TypedDocument): TextSource {
    let source = this.#masked.get(document);
    if (source === undefined) {
      const opaque = document.document.opaque;
      source = opaque.length === 0
        ? this.raw(document)
        : new TextSource(new MaskedText(document.document), this.lexicon, codeOf(document), this.#memory?.before('masked'));
      this.#masked.set(document, source);
      this.#memory?.keep('masked', source);
    }
    return source;
  }

  raw(document: TypedDocument): TextSource {
    let source = this.#raw.get(document);
    if (source === undefined) {
      source = new TextSource(new WholeText(document.document.text), this.lexicon, codeOf(document), this.#memory?.before('raw'));
      this.#raw.set(document, source);
      this.#memory?.keep('raw', source);
    }
    return source;
  }

  /** The text of a value: the part of the document it stands in, or a text of its own. */
  proseOf(value: Value, document: TypedDocument | undefined): Prose {
    const { start, end } = value.span;
    if (value.facts.inText === true && document?.document.text.slice(start, end) === value.text) {
      const inFrontMatter = end <= (document.document.frontMatter?.span.end ?? 0);
      return { source: inFrontMatter ? this.raw(document) : this.masked(document), from: start, to: end, offset: 0, whole: value.span };
    }
    let source = this.#values.get(value);
    if (source === undefined) {
      source = new TextSource(new WholeText(value.text), this.lexicon);
      this.#values.set(value, source);
    }
    return { source, from: 0, to: value.text.length, offset: undefined, whole: value.span };
  }

  /** Year for dates without one in a document. */
  yearOf(document: TypedDocument | undefined): number {
    if (document === undefined) return this.year;
    let year = this.#years.get(document);
    if (year === undefined) {
      year = document.year ?? this.year;
      this.#years.set(document, year);
    }
    return year;
  }
  readonly #years = new Map<TypedDocument, number>();

  /** A day moved by a duration as written (`3 business days`, `90d`); `undefined` for no duration. */
  shift(day: string, duration: string, sign: 1 | -1): string | undefined {
    const key = `${day}${sign === 1 ? '+' : '-'}${duration}`;
    if (this.#shifted.has(key)) return this.#shifted.get(key);
    const shifted = this.#shift(day, duration, sign);
    if (this.#shifted.size > 4096) this.#shifted.clear();
    this.#shifted.set(key, shifted);
    return shifted;
  }
  readonly #shifted = new Map<string, string | undefined>();

  #shift(day: string, duration: string, sign: 1 | -1): string | undefined {
    const parsed = parseDuration(duration);
    if (parsed === undefined) return undefined;
    if (parsed.unit === 'business_day') return addBusinessDays(day, sign * parsed.amount, this.context.daysOff);
    if (parsed.unit === 'day') return addDays(day, sign * Math.trunc(parsed.amount));
    return addDuration(day, parsed, sign, this.context.daysOff);
  }

  /**
   * Whether somebody of the roster is still there; `undefined` for who is not in it. A surname is enough where all of that
   * name have left, or none has.
   */
  isActive(name: string): boolean | undefined {
    if (!this.#found.has(name)) this.#found.set(name, this.#isActive(name));
    return this.#found.get(name);
  }
  readonly #found = new Map<string, boolean | undefined>();

  #isActive(name: string): boolean | undefined {
    const plain = [name, withoutDepartment(name)].map(plainName);
    const known = plain.find((each) => this.#active.has(each));
    if (known !== undefined) return this.#active.get(known);
    const [surname = ''] = plain.slice(-1);
    // A surname of one character, or letters that may begin another name, could be anybody's.
    if (!/^[\u3005\u4e00-\u9fff]{2,}$/u.test(surname)) return undefined;
    const answers = new Set([...this.#active].filter(([each]) => each.startsWith(surname)).map(([, active]) => active));
    return answers.size === 1 ? [...answers][0] : undefined;
  }

  /** Ids of the product, for "did you mean". */
  nearIds(): Candidates {
    this.#nearIds ??= candidatesOf(this.product?.ids ?? []);
    return this.#nearIds;
  }
  #nearIds: Candidates | undefined;

  /** Files of the kind that is `written`, as seen from the document at `path`, for "did you mean". */
  nearFiles(path: string, written: string): Candidates {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const ending = written.slice(written.lastIndexOf('/') + 1).slice(-4);
    const key = `${folder}\0${ending}`;
    let near = this.#nearFiles.get(key);
    if (near === undefined) {
      const files = (this.product?.files ?? []).filter((file) => file.endsWith(ending));
      near = candidatesOf(files.map((file) => (folder !== '' && file.startsWith(folder) ? file.slice(folder.length) : file)));
      if (this.#nearFiles.size > 64) this.#nearFiles.clear();
      this.#nearFiles.set(key, near);
    }
    return near;
  }
  readonly #nearFiles = new Map<string, Candidates>();

  typeOf(id: string): DocumentType | undefined {
    return this.settings.types.get(id);
  }
}

function codeOf(document: TypedDocument): readonly Span[] {
  return document.document.opaque.filter((span) => span.kind === 'inline' || span.kind === 'fence' || span.kind === 'indented');
}
