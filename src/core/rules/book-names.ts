import type { Attribute, Book, DocumentType, WordSet } from '../book/book';
import type { EffectiveSettings } from '../product/settings';
import { normalise } from '../text/normalise';
import type { UnitKind } from './unit';
import { builtInTypes, properties } from './verify';

/** Words that a property of a unit may be: what is compared with anything else holds never. */
export interface KnownWords {
  /** What may be written, as it is compared. */
  readonly all: ReadonlySet<string>;
  /** What is offered. */
  readonly offered: readonly string[];
}

/** The names that the types and the lifecycle of a Book have, for the rules that use them. */
export class BookNames {
  readonly book: Book;
  readonly types: readonly DocumentType[];
  readonly #settings: EffectiveSettings;

  constructor(book: Book, settings: EffectiveSettings) {
    this.book = book;
    this.#settings = settings;
    this.types = [...settings.types.values()];
  }

  /** Types that ids, class words and `type:x` name; all of them when none is named. */
  typesNamed(names: readonly string[]): readonly DocumentType[] {
    const plain = names.map(withoutType).filter((name) => this.#settings.types.has(name) || this.types.some((type) => type.class === name));
    return plain.length === 0 ? this.types : this.types.filter((type) => plain.includes(type.id) || plain.includes(type.class));
  }

  isType(name: string): boolean {
    const id = withoutType(name);
    return this.#settings.types.has(id) || builtInTypes.has(id);
  }

  get typeNames(): readonly string[] {
    return [...this.#settings.types.keys(), ...builtInTypes];
  }

  /** Fields and columns of all types. */
  get attributes(): readonly Attribute[] {
    return (this.#attributes ??= this.types.flatMap((type) => [...type.fields, ...columnsOf(type)]));
  }
  #attributes: readonly Attribute[] | undefined;

  get attributeIds(): ReadonlySet<string> {
    return (this.#attributeIds ??= new Set(this.attributes.map(({ id }) => id)));
  }
  #attributeIds: ReadonlySet<string> | undefined;

  get sectionIds(): ReadonlySet<string> {
    return (this.#sectionIds ??= new Set(this.types.flatMap((type) => type.sections.map(({ id }) => id))));
  }
  #sectionIds: ReadonlySet<string> | undefined;

  /** Fields or columns of some types that a name stands for where a unit is asked. */
  attributesNamed(name: string, kind: UnitKind, types: readonly DocumentType[]): readonly Attribute[] {
    return types.flatMap((type) => attributesOf(kind, type).filter(({ id }) => id === name));
  }

  /** Everything that can be asked of a kind of unit by name. */
  subjectsOf(kind: UnitKind, types: readonly DocumentType[]): readonly string[] {
    return [...(properties[kind] ?? []), ...types.flatMap((type) => attributesOf(kind, type).map(({ id }) => id))];
  }

  /** Whether a unit of some types has more columns than its type names. */
  isOpen(kind: UnitKind, types: readonly DocumentType[]): boolean {
    return (kind === 'row' || kind === 'cell') && types.some((type) => columnsOf(type).some((column) => column.each));
  }

  /** The words of fields or columns; `undefined` where one of them takes any. Those that a product adds are among them. */
  wordsOf(attributes: readonly Attribute[], types: readonly DocumentType[]): KnownWords | undefined {
    if (attributes.length === 0) return undefined;
    const all = new Set<string>();
    const offered: string[] = [];
    for (const attribute of attributes) {
      if (attribute.kind === 'type') {
        for (const type of this.types) for (const word of [type.id, type.title.text, ...type.aliases]) all.add(key(word));
        offered.push(...this.#settings.types.keys());
        continue;
      }
      const name = attribute.words;
      const sets = name === undefined ? [] : types.filter((type) => attributesOfType(type).includes(attribute)).flatMap((type) => type.words.get(name) ?? []);
      if (name === undefined || sets.length === 0) return undefined;
      for (const set of [...sets, ...[...this.book.overlays.values()].flatMap((overlay) => overlay.words?.get(name) ?? [])]) addSet(set, all, offered);
    }
    return { all, offered: [...new Set(offered)] };
  }

  /** Words of properties that no type file names; `undefined` for those that take any. */
  wordsOfProperty(kind: UnitKind, name: string): KnownWords | undefined {
    const { phases, gates, levels, sizes } = this.book.lifecycle;
    const titled = (list: readonly { readonly id: string; readonly title: { readonly text: string; readonly en?: string | undefined } }[]): KnownWords | undefined =>
      (list.length === 0 ? undefined : { all: new Set(list.flatMap(({ id, title }) => [id, title.text, title.en ?? id].map(key))), offered: list.map(({ id }) => id) });
    const words = (...list: readonly string[]): KnownWords => ({ all: new Set(list.map(key)), offered: list });
    switch (`${kind}.${name}`) {
      case 'product.phase':
      case 'gate.phase':
        return titled(phases);
      case 'product.size':
      case 'gate.size':
        return titled(sizes ?? []);
      case 'product.level':
      case 'gate.level':
        return titled(levels);
      case 'gate.gate':
      case 'gate.id':
      case 'gate.previous':
        return titled(gates);
      case 'gate.decision':
        return this.wordsOf(this.types.filter(({ id }) => id === 'gate-record').flatMap(({ fields }) => fields.filter(({ id }) => id === 'decision')), this.types);
      case 'document.class':
        return words('register', 'living', 'record', 'checklist');
      case 'link.kind':
        return words('file', 'anchor', 'web', 'mail', 'id', 'other');
      case 'link.to':
        return words(...this.#settings.types.keys(), 'page', 'lessons', 'ticket', 'web');
      case 'task.status':
        return this.#statuses();
      default:
        return undefined;
    }
  }

  #statuses(): KnownWords | undefined {
    const sets = this.types.flatMap((type) => type.words.get('status') ?? []);
    if (sets.length === 0) return undefined;
    const all = new Set<string>();
    const offered: string[] = [];
    for (const set of sets) addSet(set, all, offered);
    return { all, offered: [...new Set(offered)] };
  }
}

const known = new WeakMap<EffectiveSettings['types'], BookNames>();

/** The names of a Book, gathered once for all rules that are compiled with the same settings. */
export function bookNames(book: Book, settings: EffectiveSettings): BookNames {
  const names = known.get(settings.types) ?? new BookNames(book, settings);
  known.set(settings.types, names);
  return names;
}

/** A word as it is compared. */
export function key(word: string): string {
  return normalise(word).trim();
}

export function withoutType(name: string): string {
  return name.startsWith('type:') ? name.slice('type:'.length) : name;
}

export function columnsOf(type: DocumentType): readonly Attribute[] {
  return type.tables.flatMap((table) => table.columns);
}

function attributesOfType(type: DocumentType): readonly Attribute[] {
  return [...type.fields, ...columnsOf(type)];
}

/** Where a unit's subjects come from: rows and cells have columns, documents and fields have fields. */
function attributesOf(kind: UnitKind, type: DocumentType): readonly Attribute[] {
  switch (kind) {
    case 'row':
    case 'cell':
      return columnsOf(type);
    case 'document':
    case 'field':
      return type.fields;
    default:
      return [];
  }
}

function addSet(set: WordSet, all: Set<string>, offered: string[]): void {
  for (const [id, spellings] of set.words) for (const word of [id, ...spellings]) all.add(key(word));
  for (const group of set.groups.keys()) all.add(key(group));
  offered.push(...set.words.keys(), ...set.groups.keys());
}
