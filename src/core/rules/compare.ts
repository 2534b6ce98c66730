import { normalise } from '../text/normalise';
import { bareWord } from '../text/words';
import { namesYear } from './days';
import type { Env } from './env';
import type { TypedDocument } from '../product/meaning';
import { idKey } from '../product/records';
import { namesIn, plainName } from './recognisers/people';
import { hasShape } from './shape';
import type { Unit } from './unit';
import { Memory, wordsOfSet, type Value } from './value';

/** A word as a rule names it, ready to be compared with many values. */
export interface Literal {
  readonly text: string;
  readonly number: number | undefined;
  readonly name: string;
  readonly bare: string;
}

export function literalOf(text: string): Literal {
  return { text, number: /^-?\d+(?:\.\d+)?$/u.test(text) ? Number(text) : undefined, name: plainName(text), bare: bareWord(text) };
}

/** Whether a value is what a rule names: one of its words or groups, a number, or the same text. */
export function isLiteral(value: Value, literal: Literal): boolean {
  const set = value.facts.words;
  if (set !== undefined) {
    const word = value.word;
    const ids = wordsOfSet(set).idsOf(literal.text);
    if (word !== undefined && ids !== undefined) return ids.has(word);
    if (ids !== undefined && set.words.has(literal.text)) return false;
  }
  if (literal.number !== undefined) {
    const written = value.number;
    if (written !== undefined) return written === literal.number;
  }
  if ((value.kind === 'person' || value.kind === 'people') && nameOf(value.text) === literal.name) return true;
  return bareOf(value.text) === literal.bare;
}

const bareMemory = new Memory(8192, bareWord);
const nameMemory = new Memory(8192, plainName);

function bareOf(text: string): string {
  return text.length > 80 ? bareWord(text) : bareMemory.of(text);
}

function nameOf(text: string): string {
  return text.length > 80 ? plainName(text) : nameMemory.of(text);
}

/** Whether two values say the same: as days, names, words, ids, numbers or text. */
export function isSame(a: Value, b: Value, unit: Unit, env: Env): boolean {
  if (a.kind === 'person' || b.kind === 'person' || a.kind === 'people' || b.kind === 'people') return sameNames(a.text, b.text);
  if (isDay(a) || isDay(b)) {
    const year = env.yearOf(unit.document);
    // `1/8` here and 2027-01-08 there are the same day.
    const x = a.days(yearNamed(b, a, year) ?? year);
    const y = b.days(yearNamed(a, b, year) ?? year);
    if (x !== undefined && y !== undefined) return x.from <= y.to && y.from <= x.to;
  }
  if (a.kind === 'id' || b.kind === 'id') return idKey(a.text) === idKey(b.text);
  if (a.kind === 'version' || b.kind === 'version') return plainVersion(a.text) === plainVersion(b.text);
  const set = a.facts.words ?? b.facts.words;
  if (set !== undefined) {
    const words = wordsOfSet(set);
    const x = words.idOf(a.text);
    const y = words.idOf(b.text);
    if (x !== undefined && y !== undefined) return x === y;
  }
  const x = a.number;
  const y = b.number;
  if (x !== undefined && y !== undefined) return x === y;
  return normalise(bareWord(a.text)).replace(/\s+/gu, '') === normalise(bareWord(b.text)).replace(/\s+/gu, '');
}

/** The year of a day that a value without one stands beside. */
function yearNamed(value: Value, beside: Value, year: number): number | undefined {
  if (namesYear(beside.text) || !namesYear(value.text)) return undefined;
  const day = value.days(year)?.from;
  return day === undefined ? undefined : Number(day.slice(0, 4));
}

/** Whether two titles of a document say the same, one of them with the document's own number in front (`ADR-0003 …`). */
export function isSameTitle(a: string, b: string, { document }: Unit): boolean {
  if (document === undefined) return false;
  const key = (title: string): string => normalise(bareWord(title)).replace(/\s+/gu, '');
  return key(withoutOwnNumber(a, document)) === key(b) || key(a) === key(withoutOwnNumber(b, document));
}

function withoutOwnNumber(title: string, document: TypedDocument): string {
  const match = /^[\s([【「]*((?:[a-z]{1,8}[-_ ]?)?\d{1,8})[\s)\]】」:.、_-]+/iu.exec(title.normalize('NFKC'));
  const number = match?.[1];
  if (match === null || number === undefined) return title;
  const own = document.fields.get('id')?.value.text ?? '';
  const shape = document.type?.idShape;
  const digits = /\d+$/u;
  const isOwn = idKey(number) === idKey(own) || (shape !== undefined && hasShape(shape, number)) ||
    (/^\d+$/u.test(number) && own !== '' && Number(number) === Number(digits.exec(own)?.[0]));
  return isOwn ? title.normalize('NFKC').slice(match[0].length) : title;
}

export function isDay(value: Value): boolean {
  return value.kind === 'date' || value.kind === 'period';
}

function plainVersion(text: string): string {
  return normalise(text).trim().replace(/^(?:v(?:er)?\.?|第)\s*/u, '').replace(/\s*版$/u, '').replace(/(?<=^\d+)\.0$/u, '');
}

/** 佐藤 and 佐藤さん, and 佐藤 and 佐藤太郎, are taken for the same person. */
function sameNames(a: string, b: string): boolean {
  const x = namesIn(a).map(plainName);
  const y = namesIn(b).map(plainName);
  if (x.length !== y.length) return false;
  return x.every((name, i) => {
    const other = y[i] ?? '';
    return name === other || (name.length >= 2 && other.length >= 2 && (name.startsWith(other) || other.startsWith(name)));
  });
}
