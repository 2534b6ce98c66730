import type { Attribute, DocumentType } from '../book/book';
import { isIsoDay } from '../text/calendar';
import { columnsOf, key as wordKey, withoutType, type BookNames, type KnownWords } from './book-names';
import { isCollection } from './collections';
import { isData, textsOf, type Data } from './compiler';
import { dateOperators } from './dates';
import { nearestOf } from './nearest';
import { rangeOperators } from './numbers';
import { regions } from './scopes';
import { isTextOperator, textOperators } from './text-operators';
import { collectionNames, type CollectionName, type UnitKind } from './unit';
import { properties } from './verify';

/** Something that nothing has the name of, told at its word. */
export interface Told {
  readonly code: string;
  readonly ja: string;
  readonly en: string;
  readonly about: string;
  readonly better: string | undefined;
}

/** What a parameter has to be where it is used. */
export type ParamUse = 'duration' | 'number';

/** The unit a condition is asked of. */
interface Asked {
  readonly kind: UnitKind;
  /** Types its document may be of; none for built-in types, whose columns no file names. */
  readonly types: readonly DocumentType[];
  /** What cells or fields are narrowed to, which is what `value` stands for. */
  readonly of: readonly string[] | undefined;
  readonly outer?: Asked;
}

const kinds: ReadonlySet<string> = new Set([
  'text', 'id', 'date', 'period', 'duration', 'person', 'people', 'status', 'level', 'number', 'percent', 'money', 'version', 'document', 'template', 'type', 'mark',
]);
/** Words of the language that stand where a subject does. */
const words: readonly string[] = [...textOperators, ...collectionNames, 'any', 'all', 'not'];
/** Kinds of values that are no day, whatever is written. */
const noDays: ReadonlySet<string> = new Set(['person', 'people', 'status', 'level', 'id', 'percent', 'money', 'version']);
const states: ReadonlySet<string> = new Set(['filled', 'empty', 'valid', 'exists', 'single', 'holiday', 'skipped', 'yes', 'no', 'true', 'false']);
/** Parts that have no names in the types. */
const unnamedCollections: ReadonlySet<string> = new Set(['headings', 'sentences', 'links']);
const unnamedScopes: ReadonlySet<string> = new Set(['links']);
const ofDocuments: ReadonlySet<string> = new Set(['required', 'approval_required', 'all']);

/** Looks at every name, word and day of the conditions of one scope of a rule: what nobody has makes a condition that never holds. */
export class ConditionReader {
  readonly told: Told[] = [];
  readonly uses = new Map<string, ParamUse>();
  readonly #names: BookNames;

  constructor(names: BookNames) {
    this.#names = names;
  }

  /** Reads `when`, `unless`, `require` or `forbid`. */
  condition(value: unknown, asked: Asked): void {
    if (!isData(value)) return;
    for (const [key, part] of Object.entries(value)) {
      if (key === 'any' || key === 'all') {
        for (const one of Array.isArray(part) ? (part as readonly unknown[]) : []) this.condition(one, asked);
      } else if (key === 'not') this.condition(part, asked);
      else if (key === 'length' && isData(part)) this.#bounds(part);
      else if (isTextOperator(key)) continue;
      else if (isCollection(key)) this.#collection(key, part, asked);
      else this.#subject(key, part, asked);
    }
  }

  /** Names that a scope or a collection is narrowed to. */
  selector(name: string, list: readonly string[], asked: Pick<Asked, 'kind' | 'types'>, unnamed: ReadonlySet<string> = unnamedScopes): void {
    for (const one of list) {
      if (unnamed.has(name)) {
        if (one !== 'all') this.#tell('rule.unknown-part', one, undefined, `${name} は名前では絞れません。where に条件を書いてください。`, `${name} cannot be narrowed by name. Write a condition under where.`);
      } else if (one.startsWith('type:')) this.#type(one, 'type:');
      else if (one.startsWith('kind:')) {
        if (!kinds.has(one.slice('kind:'.length))) this.#unknown('rule.unknown-part', one, [...kinds].map((kind) => `kind:${kind}`), '値の種類', 'kind of value');
      } else {
        const known = this.#partsOf(name, asked);
        if (known !== undefined && !known.includes(one)) this.#part(one, known);
      }
    }
  }

  /** Sections, tables and regions that `in` names. */
  places(list: readonly string[], types: readonly DocumentType[]): void {
    if (types.length === 0) return;
    const known = [...regions, ...types.flatMap((type) => [...type.sections, ...type.tables].map(({ id }) => id))];
    for (const one of list) if (!known.includes(one)) this.#part(one, known);
  }

  #part(name: string, known: readonly string[]): void {
    const near = nearestOf(name, known);
    this.#tell('rule.unknown-part', name, near,
      `「${name}」という部分は、この種類の文書にありません。${near === undefined ? '種類の定義にある名前を書いてください。' : `「${near}」のことですか。`}`,
      `These documents have no part ${name}.${near === undefined ? ' Write a name that their type has.' : ` Did you mean ${near}?`}`);
  }

  #type(name: string, prefix = ''): void {
    if (this.#names.isType(name)) return;
    const near = nearestOf(withoutType(name), this.#names.typeNames);
    this.#tell('rule.unknown-type', name, near === undefined ? undefined : prefix + near,
      `種類「${withoutType(name)}」がありません。${near === undefined ? '' : `「${near}」のことですか。`}`,
      `There is no type ${withoutType(name)}.${near === undefined ? '' : ` Did you mean ${near}?`}`);
  }

  /** Ids a selector may name; `undefined` where anything may stand. */
  #partsOf(name: string, { kind, types }: Pick<Asked, 'kind' | 'types'>): readonly string[] | undefined {
    if (types.length === 0) return undefined;
    switch (name) {
      case 'documents':
      case 'referenced_by':
      case 'document':
        return [...this.#names.typeNames, ...(kind === 'gate' ? ofDocuments : ['all', 'required'])];
      case 'rows':
      case 'tables':
        return [...types.flatMap((type) => type.tables.map(({ id }) => id)), 'all', ...(kind === 'product' || kind === 'gate' ? this.#names.typeNames : [])];
      case 'cells':
      case 'columns':
        return types.some((type) => columnsOf(type).some((column) => column.each)) ? undefined : [...types.flatMap((type) => columnsOf(type).map(({ id }) => id)), 'all', 'required'];
      case 'fields':
        return [...types.flatMap((type) => type.fields.map(({ id }) => id)), 'all', 'required'];
      case 'sections':
      case 'sentences':
      case 'lines':
      case 'tasks':
      case 'steps':
      case 'items':
        return [...types.flatMap((type) => type.sections.map(({ id }) => id)), 'all', 'required'];
      default:
        return undefined;
    }
  }

  #collection(name: CollectionName, value: unknown, asked: Asked): void {
    const map: Data = isData(value) ? value : { of: value };
    const of = map.of === undefined ? undefined : textsOf(map.of);
    const named = (of ?? []).filter((one) => one.startsWith('type:'));
    const ofOthers = name === 'documents' || name === 'referenced_by' || asked.kind === 'product' || asked.kind === 'gate';
    const types = ofOthers ? this.#names.typesNamed(of ?? []) : named.length > 0 ? this.#names.typesNamed(named) : asked.types;
    if (of !== undefined) this.selector(name, of, { kind: asked.kind, types: ofOthers ? this.#names.types : asked.types }, unnamedCollections);
    if (map.in !== undefined && types.length > 0) {
      const known = types.flatMap((type) => [...type.sections, ...type.tables].map(({ id }) => id));
      for (const one of textsOf(map.in)) if (!known.includes(one)) this.#part(one, known);
    }
    const inner: Asked = { kind: ofOthers && name !== 'rows' ? 'document' : unitOf(name), types, of, outer: asked };
    for (const part of [map.where, map.every]) {
      const documents = this.#toldOf(part, inner);
      // What names a record is a row of a register, or a document as a whole.
      const rows = name === 'referenced_by' ? this.#toldOf(part, { ...inner, kind: 'row' }) : documents;
      this.told.push(...documents.filter((told) => rows.some((other) => other.about === told.about)));
    }
    this.#bounds({ at_least: map.at_least, at_most: map.at_most, exactly: map.exactly });
    for (const subject of textsOf(map.ascending)) this.#reference(subject, inner);
    if (isData(map.gap)) this.#duration(map.gap.at_most);
  }

  #toldOf(condition: unknown, asked: Asked): readonly Told[] {
    const before = this.told.length;
    this.condition(condition, asked);
    return this.told.splice(before);
  }

  #subject(name: string, value: unknown, asked: Asked): void {
    if (!this.#reference(name, asked)) return;
    const words = this.#wordsOf(name, asked);
    if (!isData(value)) {
      this.#words(name, Array.isArray(value) || !states.has(textsOf(value)[0] ?? '') ? textsOf(value) : [], words);
      return;
    }
    this.#words(name, [...textsOf(value.is), ...textsOf(value.not)], words);
    for (const operator of rangeOperators) if (value[operator] !== undefined) this.#rank(name, value[operator], words, asked);
    for (const operator of dateOperators) {
      const text = textsOf(value[operator])[0];
      if (text === undefined) continue;
      if (operator === 'older_than' || operator === 'within') this.#duration(text);
      else this.#day(text, asked);
    }
    for (const text of textsOf(value.changed_since)) this.#day(text, asked);
    for (const operator of ['same_as', 'differs_from', 'exceeds', 'product_of', 'difference_of'] as const) {
      for (const other of textsOf(value[operator])) this.#reference(other, asked, operator === 'same_as' || operator === 'differs_from');
    }
    this.#sum(textsOf(value.sum_of), asked);
    if (isData(value.length)) this.#bounds(value.length);
    if (value.exceeds !== undefined && typeof value.by === 'string') this.#number(value.by.replace(/%$/u, ''), value.by);
    if (value.agrees_with !== undefined) this.#agreement(textsOf(value.agrees_with)[0] ?? '', textsOf(value.by)[0]);
    if (isData(value.count_of)) for (const [collection, part] of Object.entries(value.count_of)) if (isCollection(collection)) this.#collection(collection, part, asked);
  }

  /** `sum_of: [a, b]`, or `sum_of: rows.amount` for a column as a whole. */
  #sum(operands: readonly string[], asked: Asked): void {
    const [only = ''] = operands;
    if (operands.length !== 1 || !only.startsWith('rows.')) {
      for (const other of operands) this.#reference(other, asked);
      return;
    }
    const ids = asked.types.flatMap((type) => columnsOf(type).map(({ id }) => id));
    const column = only.slice('rows.'.length);
    if (asked.types.length > 0 && !ids.includes(column)) this.#subjectUnknown(only, column, ids);
  }

  /** The same record in another type: `schedule.milestones` by a column that this type has. */
  #agreement(source: string, by: string | undefined): void {
    const [id = '', table] = source.split('.');
    const type = this.#names.types.find((one) => one.id === id);
    if (type === undefined) {
      const near = nearestOf(id, this.#names.types.map((one) => one.id));
      this.#tell('rule.unknown-type', source, near === undefined ? undefined : source.replace(id, near), `種類「${id}」がありません。${near === undefined ? '' : `「${near}」のことですか。`}`, `There is no type ${id}.${near === undefined ? '' : ` Did you mean ${near}?`}`);
      return;
    }
    const tables = type.tables.map((one) => one.id);
    if (table !== undefined && !tables.includes(table)) {
      const near = nearestOf(table, tables);
      this.#tell('rule.unknown-part', source, near === undefined ? undefined : `${id}.${near}`,
        `種類「${id}」に表「${table}」はありません。${near === undefined ? `あるのは ${tables.join('、')} です。` : `「${near}」のことですか。`}`,
        `The type ${id} has no table ${table}.${near === undefined ? ` It has ${tables.join(', ')}.` : ` Did you mean ${near}?`}`);
      return;
    }
    const columns = columnsOf({ ...type, tables: type.tables.filter((one) => table === undefined || one.id === table) }).map((column) => column.id);
    if (by === undefined || by === 'field' || columns.includes(by)) return;
    this.#subjectUnknown(by, by, columns);
  }

  /** Whether a subject can be asked of a unit; says so where it cannot. */
  #reference(name: string, asked: Asked, orOuter = false): boolean {
    const dot = name.indexOf('.');
    const first = dot < 0 ? name : name.slice(0, dot);
    const rest = dot < 0 ? undefined : name.slice(dot + 1);
    if (rest === undefined || asked.kind === 'product') return this.#own(name, asked, name, (near) => near) || (orOuter && asked.outer !== undefined && this.#isOwn(name, asked.outer) && this.#takeBack());
    if (first === 'document') return this.#own(rest, { kind: 'document', types: asked.types.length === 0 ? [] : this.#names.types, of: undefined }, name, (near) => `document.${near}`);
    if (first === 'product') return this.#own(rest, { kind: 'product', types: this.#names.types, of: undefined }, name, (near) => `product.${near}`);
    if (!this.#own(first, asked, name, (near) => `${near}.${rest}`)) return false;
    const attributes = this.#names.attributesNamed(first, asked.kind, asked.types);
    const isPerson = attributes.length > 0 && attributes.every(({ kind }) => kind === 'person' || kind === 'people');
    const known = isPerson || (asked.kind === 'task' && first === 'owner') ? ['active'] : first === 'template' ? ['version']
      : ['active', ...(properties.document ?? []), ...this.#names.attributeIds];
    if (known.includes(rest)) return true;
    this.#subjectUnknown(name, rest, known, (near) => `${first}.${near}`);
    return false;
  }

  #takeBack(): true {
    this.told.pop();
    return true;
  }

  #isOwn(name: string, { kind, types }: Asked): boolean {
    if ((types.length === 0 && kind !== 'product' && kind !== 'gate') || this.#names.isOpen(kind, types)) return true;
    if (kind === 'cell' && name === 'owner') return true;
    return name === 'status' && (kind === 'row' || kind === 'cell') ? true : this.#names.subjectsOf(kind === 'field' ? 'document' : kind, types).includes(name) || properties[kind]?.includes(name) === true;
  }

  #own(name: string, asked: Asked, written: string, whole: (near: string) => string): boolean {
    if (this.#isOwn(name, asked)) return true;
    const { kind, types } = asked;
    const own = [...new Set([...(properties[kind] ?? []), ...this.#names.subjectsOf(kind === 'field' ? 'document' : kind, types)])];
    if (kind !== 'row' && kind !== 'cell' && kind !== 'document' && kind !== 'field') {
      const near = nearestOf(name, [...own, ...words]);
      this.#tell('rule.unknown-subject', written, near === undefined ? undefined : whole(near),
        `「${name}」はここでは調べられません。${near === undefined ? `調べられるのは ${own.join('、')} です。` : `「${near}」のことですか。`}`,
        `${name} cannot be asked here.${near === undefined ? ` What can be asked: ${own.join(', ')}.` : ` Did you mean ${near}?`}`);
      return false;
    }
    if (this.#names.attributeIds.has(name)) {
      this.#tell('rule.unknown-subject', written, undefined,
        `「${name}」という${kind === 'row' || kind === 'cell' ? '列' : '項目'}は、この種類の文書にありません。`, `These documents have no ${kind === 'row' || kind === 'cell' ? 'column' : 'field'} ${name}.`);
      return false;
    }
    this.#subjectUnknown(written, name, own, whole);
    return false;
  }

  #subjectUnknown(written: string, name: string, known: readonly string[], whole: (near: string) => string = (near) => near): void {
    const near = nearestOf(name, [...known, ...words]) ?? nearestOf(name, this.#names.attributeIds);
    this.#tell('rule.unknown-subject', written, near === undefined ? undefined : whole(near),
      `「${name}」という列や項目はどの種類にもありません。${near === undefined ? '' : `「${near}」のことですか。`}`,
      `No type has a column or field ${name}.${near === undefined ? '' : ` Did you mean ${near}?`}`);
  }

  /** The words that a subject may be; `undefined` where any may be written. */
  #wordsOf(name: string, asked: Asked): KnownWords | undefined {
    const [first = '', rest] = name.split('.');
    if (rest === 'active') return { all: new Set(['yes', 'no', 'true', 'false']), offered: ['yes', 'no'] };
    if (first === 'product' && rest !== undefined) return this.#names.wordsOfProperty('product', rest);
    if (first === 'document' && rest !== undefined) {
      const types = asked.types.length === 0 ? this.#names.types : asked.types;
      return this.#names.wordsOfProperty('document', rest) ?? this.#names.wordsOf(this.#names.attributesNamed(rest, 'document', types), types);
    }
    if (rest !== undefined) return this.#names.wordsOf(this.#names.attributes.filter(({ id }) => id === rest), this.#names.types);
    return this.#names.wordsOfProperty(asked.kind, name) ?? this.#names.wordsOf(this.#attributes(name, asked), asked.types);
  }

  #attributes(name: string, { kind, types, of }: Asked): readonly Attribute[] {
    if (name !== 'value') return this.#names.attributesNamed(name, kind, types);
    if (of === undefined || (kind !== 'cell' && kind !== 'field')) return [];
    const all = types.flatMap((type) => (kind === 'cell' ? columnsOf(type) : type.fields));
    return of.flatMap((one) => all.filter((attribute) => attribute.id === one || `kind:${attribute.kind}` === one));
  }

  #words(subject: string, list: readonly string[], known: KnownWords | undefined): void {
    if (known === undefined) return;
    for (const word of list) {
      if (states.has(word) || word.startsWith('$') || /^[0-9]/u.test(word) || known.all.has(wordKey(word))) continue;
      const near = nearestOf(word, known.offered) ?? nearestOf(word, known.all);
      this.#tell('rule.unknown-word', word, near,
        `「${word}」は「${subject}」の言葉にありません。${near === undefined ? `使えるのは ${known.offered.slice(0, 12).join('、')} です。` : `「${near}」のことですか。`}`,
        `${word} is no word of ${subject}.${near === undefined ? ` Known: ${known.offered.slice(0, 12).join(', ')}.` : ` Did you mean ${near}?`}`);
    }
  }

  /** `at_least` and the like of a subject: a number, a step of its scale, or another subject that holds a number. */
  #rank(subject: string, bound: unknown, words: KnownWords | undefined, asked: Asked): void {
    if (typeof bound !== 'string') return;
    if (bound.startsWith('$')) {
      if (words === undefined) this.uses.set(bound.slice(1), 'number');
    } else if (words !== undefined) this.#words(subject, [bound], words);
    else this.#reference(bound, asked);
  }

  #bounds(map: Data): void {
    for (const bound of Object.values(map)) if (typeof bound === 'string') this.#number(bound, bound);
  }

  #number(text: string, written: string): void {
    if (text.startsWith('$')) this.uses.set(text.slice(1), 'number');
    else if (!/^\d+(?:\.\d+)?$/u.test(text)) {
      this.#tell('rule.not-a-number', written, undefined, `「${written}」は数ではありません。数か、params の値（$名前）を書いてください。`, `${written} is not a number. Write a number or a parameter ($name).`);
    }
  }

  #duration(value: unknown): void {
    for (const text of textsOf(value)) if (text.startsWith('$')) this.uses.set(text.slice(1), 'duration');
  }

  /** `today`, an ISO day or a subject, each with `+` or `-` a duration. */
  #day(text: string, asked: Asked): void {
    const match = /^(\S+)(?: ([+-]) (.+))?$/u.exec(text.trim());
    const [base = '', length = ''] = [match?.[1], match?.[3]];
    if (length.startsWith('$')) this.uses.set(length.slice(1), 'duration');
    else if (/^[a-z]/u.test(length) && !this.#isSubject(length, asked)) this.#subjectUnknown(text, length, this.#names.subjectsOf(asked.kind, asked.types), (near) => text.replace(length, near));
    if (base === 'today' || isIsoDay(base)) return;
    if (/^\d/u.test(base)) {
      this.#tell('rule.not-a-day', text, undefined, `「${base}」という日はありません。日付は 2026-12-31 の形で書きます。`, `There is no day ${base}. Days are written like 2026-12-31.`);
      return;
    }
    if (!this.#isSubject(base, asked)) {
      const own = this.#names.subjectsOf(asked.kind, asked.types);
      const near = nearestOf(base, ['today', ...own, ...own.map((id) => `document.${id}`)]);
      this.#tell('rule.not-a-day', text, near === undefined ? undefined : text.replace(base, near),
        `「${base}」は日付として読めません。${near === undefined ? 'today、2026-12-31 のような日付、日付の列や項目の id のどれかを書いてください。' : `「${near}」のことですか。`}`,
        `${base} is not a day.${near === undefined ? ' Write today, a day like 2026-12-31, or the id of a column or field that holds a day.' : ` Did you mean ${near}?`}`);
      return;
    }
    const attributes = base.includes('.') ? [] : this.#attributes(base, asked);
    if (attributes.length > 0 && attributes.every(({ kind }) => noDays.has(kind))) {
      this.#tell('rule.not-a-day', text, undefined, `「${base}」に書かれるのは日付ではないので、いつも比べられません。日付の列や項目の id を書いてください。`, `${base} does not hold a day, so that nothing is ever compared. Write the id of a column or field that does.`);
    }
  }

  #isSubject(name: string, asked: Asked): boolean {
    const before = this.told.length;
    const yes = this.#reference(name, asked);
    this.told.length = before;
    return yes;
  }

  #unknown(code: string, word: string, known: readonly string[], ja: string, en: string): void {
    const near = nearestOf(word, known);
    this.#tell(code, word, near, `「${word}」という${ja}はありません。${near === undefined ? '' : `「${near}」のことですか。`}`, `There is no ${en} ${word}.${near === undefined ? '' : ` Did you mean ${near}?`}`);
  }

  #tell(code: string, about: string, better: string | undefined, ja: string, en: string): void {
    this.told.push({ code, ja, en, about, better });
  }
}

/** Kind of unit that a collection is made of. */
function unitOf(name: CollectionName): UnitKind {
  return name === 'referenced_by' || name === 'documents' ? 'document' : (name.slice(0, -1) as UnitKind);
}
