import type { DocumentType, RuleSource } from '../book/book';
import type { TypedDocument } from './meaning';

/** From this many documents of one type on, what most of them lack is how the product works, not a slip in each. */
const fewestDocuments = 8;

interface Counts {
  /** Every part of the type. */
  readonly known: readonly string[];
  readonly paths: Set<string>;
  readonly having: Map<string, number>;
  lacking: ReadonlySet<string>;
}

const none: ReadonlySet<string> = new Set();

/** Name of a part in the answers of {@link Practice.lacking}. */
export function partKey(kind: 'fields' | 'sections', id: string): string {
  return `${kind}:${id}`;
}

/**
 * Which parts of a type the documents of a product really have. Where at least eight documents have a type and fewer than
 * half of them have a part, asking each of them for it says the same thing many times: it is one question to the product.
 * Counts are kept as documents come and go, so that an answer costs nothing while somebody types.
 */
export class Practice {
  readonly #parts = new Map<string, { readonly type: string; readonly parts: readonly string[] }>();
  readonly #counts = new Map<string, Counts>();

  /** Adds or replaces a document. */
  set(document: TypedDocument): void {
    this.#take(document.path);
    const { type } = document;
    if (type === undefined || document.guessed) return;
    const parts = partsOf(document);
    this.#parts.set(document.path, { type: type.id, parts });
    const counts: Counts = this.#counts.get(type.id) ?? { known: allParts(type), paths: new Set(), having: new Map(), lacking: none };
    this.#counts.set(type.id, counts);
    counts.paths.add(document.path);
    for (const part of parts) counts.having.set(part, (counts.having.get(part) ?? 0) + 1);
    judge(counts);
  }

  delete(path: string): void {
    const counts = this.#take(path);
    if (counts !== undefined) judge(counts);
  }

  /** Parts ({@link partKey}) that fewer than half of the documents of a type have. The set stays the same object while nothing changes. */
  lacking(type: string): ReadonlySet<string> {
    return this.#counts.get(type)?.lacking ?? none;
  }

  /** How many documents of a type there are. */
  size(type: string): number {
    return this.#counts.get(type)?.paths.size ?? 0;
  }

  /** Takes a document out of the counts, which are judged afterwards. */
  #take(path: string): Counts | undefined {
    const known = this.#parts.get(path);
    const counts = known === undefined ? undefined : this.#counts.get(known.type);
    if (known === undefined || counts === undefined) return undefined;
    this.#parts.delete(path);
    counts.paths.delete(path);
    for (const part of known.parts) counts.having.set(part, (counts.having.get(part) ?? 1) - 1);
    return counts;
  }
}

function judge(counts: Counts): void {
  const { size } = counts.paths;
  const lacking = size < fewestDocuments ? [] : counts.known.filter((part) => (counts.having.get(part) ?? 0) * 2 < size);
  const before = counts.lacking;
  if (before.size === lacking.length && lacking.every((part) => before.has(part))) return;
  counts.lacking = new Set(lacking);
}

function allParts(type: DocumentType): readonly string[] {
  return [...type.fields.map(({ id }) => partKey('fields', id)), ...type.sections.map(({ id }) => partKey('sections', id))];
}

/** What a document has: fields that say something, and sections. */
function partsOf(document: TypedDocument): readonly string[] {
  const fields = [...document.fields.values()].filter((field) => !field.value.empty).map((field) => partKey('fields', field.attribute.id));
  const sections = [...document.sections.values()].map((section) => partKey('sections', section.type.id));
  return [...fields, ...sections];
}

/**
 * Titles of the parts of a type that rules ask every document for and that most documents lack: what is not said of each.
 *
 * @param rules those that are in force
 */
export function unaskedParts(type: DocumentType, lacking: ReadonlySet<string>, rules: readonly RuleSource[]): readonly string[] {
  if (lacking.size === 0) return [];
  const asked = rules.filter((rule) => concernsType(rule, type));
  return [
    ...type.fields.filter((field) => lacking.has(partKey('fields', field.id)) && asked.some((rule) => asksFor(rule, 'fields', field.id, field.required))),
    ...type.sections.filter((section) => lacking.has(partKey('sections', section.id)) && asked.some((rule) => asksFor(rule, 'sections', section.id, section.required))),
  ].map((part) => part.title);
}

function concernsType(rule: RuleSource, type: DocumentType): boolean {
  const types = listOf(rule.definition.types);
  return (types.includes('all') || types.includes(type.id) || types.includes(type.class)) && !listOf(rule.definition.except).includes(type.id);
}

function asksFor(rule: RuleSource, kind: 'fields' | 'sections', id: string, required: boolean): boolean {
  const { require } = rule.definition;
  if (typeof require !== 'object' || require === null || !(kind in require)) return false;
  const names = listOf((require as Readonly<Record<string, unknown>>)[kind]);
  return names.includes(id) || (required && names.includes('required'));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}
