import type { DocumentType } from '../book/book';
import { partTitle } from '../book/part-title';
import type { TypedDocument } from '../product/meaning';
import { titleKey } from '../product/part-names';
import type { Span } from '../text/position';
import { TableUnit } from './table-units';
import type { Unit } from './unit';

/** What a document calls something that may well be the part that was not found. */
export interface OwnName {
  /** As written. */
  readonly text: string;
  readonly span: Span;
  /** Id of the part that was not found. */
  readonly part: string;
  /** What the type calls that part, in the script of the document. */
  readonly title: string;
  /** The name is one that the type knows, or would be no better if it were: it stands where it is not looked for. */
  readonly elsewhere: boolean;
  /** It stands for another part as well, so that it can neither be renamed nor be an alias. */
  readonly shared: boolean;
}

interface Part {
  readonly id: string;
  readonly title: string;
  readonly aliases: readonly string[];
}

interface Written {
  readonly text: string;
  readonly span: Span;
  /** It stands for another part already (手順 in `ロールバックの条件と手順`), so that only a word that no other part has tells. */
  readonly claimed?: boolean;
  /** A label that would be no field under the right name either. */
  readonly isFarDown?: boolean;
}

/**
 * A heading, label or column of the document that nothing else claims and whose words resemble a missing part: it
 * holds one of its names, or a word of one (a run of kanji or katakana, the beginning of a Latin word) that tells it from the other parts and
 * from the subject of the document.
 *
 * @param unit what lacks the parts: the document, or a table for columns
 * @param missing ids of sections, fields or columns of the document's type
 */
export function ownNameOf(unit: Unit, missing: readonly string[]): OwnName | undefined {
  const { document } = unit;
  const type = document?.type;
  if (document === undefined || type === undefined) return undefined;
  for (const id of missing) {
    const { part, beside, written } = askedPart(id, unit, document, type);
    if (part === undefined) continue;
    const near = nearestWritten(part, beside, written(), document, type);
    if (near !== undefined) return { shared: near.claimed === true, elsewhere: near.isFarDown === true || namesOf(part).includes(titleKey(near.text)), text: near.text, span: near.span, part: part.id, title: partTitle(part, /[\u3040-\u30ff\u4e00-\u9fff]/u.test(near.text) ? 'ja' : 'en') };
  }
  return undefined;
}

interface Asked {
  readonly part: Part | undefined;
  /** The other parts of its kind. */
  readonly beside: readonly Part[];
  readonly written: () => readonly Written[];
}

function askedPart(id: string, unit: Unit, document: TypedDocument, type: DocumentType): Asked {
  if (unit instanceof TableUnit) {
    const columns = unit.table.type?.columns ?? [];
    const { header } = unit.table.table;
    const written = () => header.cells.filter((_, i) => unit.table.columns[i]?.each ?? true);
    return { part: columns.find((column) => column.id === id), beside: columns, written };
  }
  const section = type.sections.find((each) => each.id === id);
  if (section !== undefined) return { part: section, beside: type.sections, written: () => [...ownHeadings(document), ...ownLabels(document)] };
  const field = type.fields.find((each) => each.id === id);
  const mayBeSection = field?.foundIn.includes('section') === true;
  return { part: field, beside: type.fields, written: () => [...ownLabels(document, id), ...(mayBeSection ? ownHeadings(document) : [])] };
}

/** 前回の宿題: of another meeting. */
const ofOthers = /^(?:[\s\d.．、■●◆□○*_]|第.{1,3}[章節])*(?:前回|前週|前月|先週|先月|昨年|前年|過去|last|previous)/iu;

/** Headings but the title (many documents have headings of the first level throughout), those that are no section of the type first. */
function ownHeadings(document: TypedDocument): readonly Written[] {
  const claimed = new Set([...document.sections.values()].flatMap((section) => section.indexes));
  const title = document.document.sections.findIndex((section) => section.level === 1);
  const written = document.document.sections.flatMap((section, i): readonly Written[] =>
    (i === title || section.empty || ofOthers.test(section.title) ? [] : [{ text: section.title, span: section.titleSpan, claimed: claimed.has(i) }]));
  return [...written.filter((heading) => heading.claimed !== true), ...written.filter((heading) => heading.claimed === true)];
}

/** Labels that are no field and no section of the type. @param asked id of a field that one may be */
function ownLabels(document: TypedDocument, asked?: string): readonly Written[] {
  const claimed = new Set([...[...document.fields.values()].map(({ field }) => field), ...[...document.sections.values()].map(({ label }) => label)]);
  return document.document.fields.flatMap((field) => (claimed.has(field) || field.value === '' ? [] : [{ text: field.name, span: field.nameSpan, isFarDown: asked !== undefined && document.isTooFarDown(field, asked) }]));
}

function nearestWritten(part: Part, beside: readonly Part[], written: readonly Written[], document: TypedDocument, type: DocumentType): Written | undefined {
  if (written.length === 0) return undefined;
  const known = partWords(part, beside);
  let subject: readonly string[] | undefined;
  const isOfSubject = (word: string): boolean => (subject ??= subjectOf(document, type)).some((key) => holds(key, word));
  return written.find(({ text, claimed }) => {
    const { names, words } = likenessOf(text, known);
    return (claimed !== true && names.length > 0) || words.some((word) => !isOfSubject(word));
  });
}

/** What the names of a part are, and the words in them that the names of no other part beside it have. */
interface PartWords {
  readonly names: readonly string[];
  readonly words: readonly string[];
  /** By heading or label as written: the same stand in a document from key to key. */
  readonly likeness: Map<string, Likeness>;
}

/** Names and words of a part that a heading holds. */
interface Likeness {
  readonly names: readonly string[];
  readonly words: readonly string[];
}

/** A part belongs to one type, and the parts beside it stay the same. */
const wordsOfParts = new WeakMap<Part, PartWords>();

function partWords(part: Part, beside: readonly Part[]): PartWords {
  const known = wordsOfParts.get(part);
  if (known !== undefined) return known;
  const others = beside.filter((other) => other.id !== part.id).flatMap(namesOf);
  const names = namesOf(part);
  const words = [...new Set(names.flatMap(wordsOf))].filter((word) => !others.some((other) => holds(other, word)));
  const made = { names: names.filter((name) => name.length >= 2), words, likeness: new Map<string, Likeness>() };
  wordsOfParts.set(part, made);
  return made;
}

const mostRemembered = 2000;

function likenessOf(text: string, { names, words, likeness }: PartWords): Likeness {
  const known = likeness.get(text);
  if (known !== undefined) return known;
  const key = titleKey(text);
  const held = (all: readonly string[]): readonly string[] => all.filter((word) => word.length * leastShare >= key.length && holds(key, word));
  const made = { names: held(names), words: held(words) };
  if (likeness.size >= mostRemembered) likeness.clear();
  if (text.length <= longestName) likeness.set(text, made);
  return made;
}

const longestName = 200;

/** What the document as a whole is about: its type and its title. */
function subjectOf(document: TypedDocument, type: DocumentType): readonly string[] {
  const title = document.document.sections.find((section) => section.level === 1)?.title ?? '';
  return [type.title.text, type.title.en ?? '', type.id.replaceAll('-', ' '), title].map(titleKey);
}

/** What resembles a name is at most this many times as long as the word they share: more is a sentence about something else. */
const leastShare = 3;

/** Whether a heading holds a word; one in Latin letters as a word of its own, or by its beginning. */
function holds(key: string, word: string): boolean {
  if (!/^[\x20-\x7e]+$/u.test(word)) return key.includes(word);
  const at = ` ${key.replace(/[^a-z0-9]+/gu, ' ')} `;
  return at.includes(` ${word} `) || (word.length > beginning && !word.includes(' ') && at.includes(` ${word.slice(0, beginning)}`));
}

/** Latin words are told by their beginnings: `attending`, `attendees`. */
const beginning = 5;

function namesOf(part: Part): readonly string[] {
  return [part.title, ...part.aliases].map(titleKey);
}

/** Runs of kanji or katakana, and Latin words of four letters or more. */
function wordsOf(key: string): readonly string[] {
  return [...key.matchAll(/[\u4e00-\u9fff\u3005]{2,}|[\u30a1-\u30fa\u30fc]{2,}|[a-z]{4,}/gu)].map(([run]) => run);
}
