import type { Attribute } from '../book/book';
import { partTitle } from '../book/part-title';
import { cellText } from '../document/table';
import type { TypedTable } from '../product/typed-tables';
import { nextBusinessDay } from '../text/business-days';
import { weekdayNames, weekdayOf } from '../text/calendar';
import type { Compiler } from './compiler';
import { daysOf } from './days';
import type { Env, Match, Note } from './env';
import { dayName } from './predicates';
import { nextId } from './shape';
import { DocumentUnit, FieldUnit, SectionUnit } from './document-units';
import { role } from './recognisers/people';
import type { CompiledRule } from './rule';
import { surnames } from './recognisers/surnames';
import { valueOf } from './subjects';
import type { OwnName } from './own-names';
import { CellUnit, ColumnUnit, RowUnit } from './table-units';
import { textOf } from './text-source';
import { YES } from './truth';
import type { Unit } from './unit';
import { wordsOfSet, type Value } from './value';
import { writtenFieldName, writtenName } from './written-name';

type Part = { readonly text: string } | { readonly name: string } | { readonly one: string; readonly many: string; readonly of: string };

/** Values of messages that are no column, field or parameter. */
export const messageValues: readonly string[] = [
  'match', 'missing', 'expected', 'nearest', 'allowed', 'other', 'count', 'value', 'column', 'field', 'name', 'heading', 'title', 'text', 'hint', 'shape', 'length', 'share',
  'reason', 'days_past', 'days_left', 'day_name', 'next_business_day', 'next_id', 'preferred', 'half_width', 'type_name', 'gate', 'from', 'book',
];

/** A message in both languages, cut into words and values. */
export interface MessageTemplate {
  readonly ja: readonly Part[];
  readonly en: readonly Part[];
  /** It lists what is missing, so that several blanks make one finding. */
  readonly namesMissing: boolean;
}

/** Reads `message` and `message_en`; they should show the same values. */
export function readMessage(ja: string, en: string | undefined, compiler: Compiler): MessageTemplate {
  const parts = { ja: cut(ja), en: en === undefined ? cut(ja) : withNumbers(cut(en)), namesMissing: ja.includes('{missing}') };
  for (const part of [...parts.ja, ...parts.en]) if ('name' in part && part.name.startsWith('$')) compiler.param(part.name);
  if (en !== undefined) {
    const lacking = missingNames(parts.ja, parts.en);
    if (lacking !== '') compiler.warn('rule.message-values', `英語のメッセージに値 ${lacking} がありません。日本語と同じ値を入れてください。`, `The English message does not show ${lacking}. Show the same values in both.`, { about: 'message_en' });
    const more = missingNames(parts.en, parts.ja);
    if (more !== '') compiler.warn('rule.message-values', `日本語のメッセージに値 ${more} がありません。英語と同じ値を入れてください。`, `The Japanese message does not show ${more}. Show the same values in both.`, { about: 'message' });
  }
  return parts;
}

/** Values that one language shows and the other does not, as they are written. */
function missingNames(shown: readonly Part[], other: readonly Part[]): string {
  const names = namesIn(other);
  return [...new Set(namesIn(shown))].filter((name) => !names.includes(name)).map((name) => `{${name}}`).join('、');
}

/** Names of the values of a text, as they are written. */
export function namesIn(parts: readonly Part[]): readonly string[] {
  return parts.flatMap((part) => ('name' in part ? [part.name] : []));
}

function cut(text: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (const match of text.matchAll(/\{(\$?[a-z_]+(?:\.[a-z_]+)?)\}/gu)) {
    if (match.index > at) parts.push({ text: text.slice(at, match.index) });
    parts.push({ name: match[1] ?? '' });
    at = match.index + match[0].length;
  }
  if (at < text.length) parts.push({ text: text.slice(at) });
  return parts;
}

const forms = /\[([^[\]|{}]{0,30})\|([^[\]|{}]{0,30})\]/gu;

/** `[is|are]` in an English message: the form goes with the value before it, where none is with the one behind it. */
function withNumbers(parts: readonly Part[]): readonly Part[] {
  const names = parts.map((part) => ('name' in part ? part.name : undefined));
  return parts.flatMap((part, i): readonly Part[] => {
    const of = names.slice(0, i).findLast((name) => name !== undefined) ?? names.slice(i).find((name) => name !== undefined);
    if (!('text' in part) || of === undefined) return [part];
    const cutUp: Part[] = [];
    let at = 0;
    for (const match of part.text.matchAll(forms)) {
      cutUp.push({ text: part.text.slice(at, match.index) }, { one: match[1] ?? '', many: match[2] ?? '', of });
      at = match.index + match[0].length;
    }
    return [...cutUp, { text: part.text.slice(at) }].filter((one) => !('text' in one) || one.text !== '');
  });
}

/** What is known about one finding: the unit, what the conditions saw, the match it is about. */
export interface Explained {
  readonly unit: Unit;
  readonly notes: readonly Note[];
  readonly match: Match | undefined;
  /** Key of `require` that failed. */
  readonly key?: string;
}

/** The message of a finding in the language of the check. Values are on one line, at most 40 characters, without control characters. */
export function renderMessage({ message, situations }: Pick<CompiledRule, 'message' | 'situations'>, found: Explained, env: Env): string {
  const template = situations.find(({ of, holds }) => (of === undefined || of === found.key) && (holds === undefined || holds.get(found.unit.kind)?.(found.unit, env) === YES))?.message ?? message;
  const parts = env.context.language === 'en' ? template.en : template.ja;
  let before = '';
  let last = '';
  return parts.map((part) => {
    const text = 'text' in part ? afterName(before, part.text, env) : 'one' in part ? (isOne(part.of, found, env) ? part.one : part.many) : shown(part.name, found, env, last);
    last = text;
    before = 'name' in part ? text : '';
    return text;
  }).join('').trimEnd();
}

/** Whether a value names one thing, or is the number one. */
function isOne(name: string, found: Explained, env: Env): boolean {
  if (name === 'missing') return (missingTitles(found, env)?.length ?? 1) === 1;
  if (name === 'match' && found.match === undefined) return new Set(found.notes.find((note) => (note.matches?.length ?? 0) > 0)?.matches?.map((each) => each.text)).size < 2;
  if (name === 'other') return new Set(found.notes.find((note) => (note.other?.length ?? 0) > 0)?.other?.map((each) => each.label)).size < 2;
  const number = /^\d+(?:\.\d+)?(?=\s|$)/u.exec(messageValue(name, found, env) ?? '')?.[0];
  return number === undefined || Number(number) === 1;
}

/** さん stands behind the name of a person that has no title yet. */
function afterName(name: string, text: string, env: Env): string {
  if (name === '' || !text.startsWith('さん')) return text;
  // 阿部 is a name, 開発部 is none.
  const isPerson = !titled.test(name) && (surnames.has(name) || (role(name, env.lexicon.surroundings).every((hit) => hit.end < name.length) && !/[社会課室班係隊部局]$/u.test(name)));
  return isPerson ? text : text.slice('さん'.length);
}

const titled = /(?:さん|様|氏|くん|君|ちゃん|殿|先生|[（(][^（()）]*[)）])$/u;

/** The sentence that asks whether what a document calls otherwise is the missing part; it follows the rule's own message. */
export function askForName({ text, title, elsewhere, shared }: OwnName, env: Env): string {
  const [name, part] = [shorten(text, 24), shorten(title, 24)];
  if (elsewhere) return env.context.language === 'ja' ? `下のほうの「${name}」がそれなら、冒頭に移してください。` : ` If the ${name} further down is what is meant, move it to the top.`;
  if (shared) return env.context.language === 'ja' ? `「${name}」に書いてあるなら、見出しを分けてください。` : ` If it is said under "${name}", give it a heading of its own.`;
  return env.context.language === 'ja'
    ? `「${name}」が「${part}」のことなら、名前をそろえるか、kobo.yaml に別名として書いてください。`
    : ` If "${name}" is what is meant by ${part}, use that name, or give it as an alias in kobo.yaml.`;
}

function shown(name: string, found: Explained, env: Env, before: string): string {
  const value = messageValue(name, found, env) ?? '';
  const japanese = env.context.language === 'ja';
  const text = name === 'other' ? value : shorten(value, isListed(name) ? (japanese ? 50 : 90) : 40);
  if (text !== '' || name === 'hint') return text;
  if (value !== '') return japanese ? '空白' : 'a space';
  const blank = japanese ? '空欄' : 'blank';
  // Brackets inside brackets are hard to read.
  return /[（(]$/u.test(before) ? blank : japanese ? `（${blank}）` : `(${blank})`;
}

/** Values that name several things, each of them shortened. */
function isListed(name: string): boolean {
  return name === 'missing' || name === 'allowed';
}

/** One line without control characters, shortened to about 40 characters. */
export function shorten(text: string, most = 40): string {
  const line = text.replace(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]+/gu, ' ').trim();
  if (line.length <= most) return line;
  const characters = Array.from(line.slice(0, most * 2));
  return characters.length <= most ? line : `${characters.slice(0, most - 1).join('')}…`;
}

/** @param last what stands before the last value in English */
function list(values: readonly string[], env: Env, most = 8, last = ', '): string {
  const japanese = env.context.language === 'ja';
  const shortened = values.slice(0, most).map((value) => shorten(value, japanese ? 20 : 40));
  if (values.length > most) return [...shortened, '…'].join(japanese ? '、' : ', ');
  const end = shortened.at(-1);
  return japanese || end === undefined || shortened.length < 2 ? shortened.join('、') : `${shortened.slice(0, -1).join(', ')}${last}${end}`;
}

/** Names of many missing parts would be a line that nobody reads: the first say what kind of thing it is, the number how much. */
function listOfMissing(missing: readonly string[], env: Env): string {
  if (missing.length <= mostMissing) return list(missing, env, mostMissing, ' and ');
  const first = missing.slice(0, mostMissing - 1);
  const count = String(missing.length);
  return env.context.language === 'ja' ? `${list(first, env)}など${count}つ` : `${list(first, env)} and ${String(missing.length - first.length)} more`;
}

const mostMissing = 4;

/** Two places at most, long paths cut at their beginning: the file's name and line say most. */
function otherPlaces(labels: readonly string[], env: Env): string {
  const japanese = env.context.language === 'ja';
  const shownLabels = labels.slice(0, 2).map((label) => {
    const line = shorten(label, 200);
    return line.length <= 40 || !line.includes('/') ? shorten(line) : `…/${shorten(line.slice(line.lastIndexOf('/') + 1))}`;
  });
  const more = labels.length - shownLabels.length;
  const listed = shownLabels.join(japanese ? '、' : ', ');
  if (more === 0) return listed;
  return japanese ? `${listed}、ほか${String(more)}か所` : `${listed} and ${String(more)} more`;
}

function first<T>(notes: readonly Note[], get: (note: Note) => T | undefined): T | undefined {
  for (const note of notes) {
    const value = get(note);
    if (value !== undefined) return value;
  }
  return undefined;
}

/** What is missing, as people read it; `undefined` when nothing is. */
function missingTitles({ unit, notes }: Explained, env: Env): readonly string[] | undefined {
  const missing = [...new Set(notes.flatMap((note) => (note.missing ?? []).map((title, i) => titleOfMissing(title, note.missingIds?.[i], note.value?.attribute, unit, env))))];
  return missing.length === 0 ? undefined : missing;
}

/** The value of `{name}`; `undefined` when nothing has that name here. Also the values fixes put in. */
export function messageValue(name: string, found: Explained, env: Env): string | undefined {
  const { unit, notes, match } = found;
  if (name.startsWith('$')) {
    const value = env.params.get(name.slice(1));
    return value === undefined ? undefined : param(String(value), env);
  }
  switch (name) {
    case 'match': {
      if (match !== undefined) return match.text;
      const matches = first(notes, (note) => (note.matches !== undefined && note.matches.length > 0 ? note.matches : undefined));
      return matches === undefined ? undefined : list([...new Set(matches.map((each) => each.text))], env, 5);
    }
    case 'missing': {
      const missing = missingTitles(found, env);
      return missing === undefined ? undefined : listOfMissing(missing, env);
    }
    case 'expected': {
      const value = first(notes, (note) => note.expected) ?? match?.better;
      return value === undefined ? undefined : displayDay(value, env);
    }
    case 'nearest':
      return first(notes, (note) => note.nearest) ?? first(notes, (note) => note.allowed)?.[0];
    case 'allowed': {
      const allowed = first(notes, (note) => note.allowed) ?? allowedOf(notes, env);
      return allowed === undefined ? undefined : list(allowed, env);
    }
    case 'other': {
      const other = first(notes, (note) => (note.other !== undefined && note.other.length > 0 ? note.other : undefined));
      return other === undefined ? undefined : otherPlaces([...new Set(other.map((each) => each.label))], env);
    }
    case 'count':
      return number(first(notes, (note) => note.count));
    case 'length':
      return number(first(notes, (note) => note.length));
    case 'days_past':
    case 'days_left':
      return number(first(notes, (note) => note.days));
    case 'from': {
      const day = first(notes, (note) => note.from);
      return day === undefined ? undefined : displayDay(day, env);
    }
    case 'shape':
      return first(notes, (note) => note.shape);
    case 'share':
      return first(notes, (note) => note.share);
    case 'reason':
      return first(notes, (note) => note.reason);
    case 'preferred':
    case 'half_width':
      return match?.better ?? first(notes, (note) => note.matches?.find((each) => each.better !== undefined)?.better);
    case 'day_name':
    case 'next_business_day':
      return dayOff(name, found, env);
    case 'next_id':
      return nextRecordId(unit, env);
    case 'hint':
      return hintOf(found, env);
    case 'book':
      return env.context.language === 'en' ? (env.book.name.en ?? env.book.name.text) : env.book.name.text;
    case 'type_name': {
      const title = unit.document?.type?.title;
      return title === undefined ? undefined : env.context.language === 'en' ? (title.en ?? title.text) : title.text;
    }
    case 'gate':
      return unit.kind === 'gate' ? unit.label(env) : fromUnit(name, found, env);
    case 'text':
      return unit.kind === 'link' || unit.kind === 'date' ? unit.label(env) : (fromUnit(name, found, env) ?? ownText(unit, env));
    case 'field':
    case 'column':
    case 'name':
      return columnName(notes, unit, env) ?? fromUnit(name, found, env);
    case 'value': {
      const value = first(notes, (note) => note.value);
      return value === undefined ? (fromUnit(name, found, env) ?? ownText(unit, env)) : displayValue(value, unit, env);
    }
    default:
      return fromUnit(name, found, env);
  }
}

/**
 * A missing part under the name that the document has for it, else in the reader's language: types name their parts in
 * Japanese, with English among the aliases.
 */
function titleOfMissing(title: string, id: string | undefined, attribute: Attribute | undefined, unit: Unit, env: Env): string {
  const { language } = env.context;
  const written = attribute === undefined ? undefined : writtenName(attribute, unit, language);
  if (written !== undefined) return written;
  const built = attribute === undefined && title === id ? builtIn[id] : undefined;
  if (built !== undefined) return built[language === 'ja' ? 0 : 1];
  // Of the fields of a document only the ids are noted.
  const field = attribute === undefined && id !== undefined && unit.kind === 'document' && unit.document !== undefined && !unit.document.sections.has(id) ? writtenFieldName(id, unit.document, language) : undefined;
  if (field !== undefined) return field;
  const vocabulary = unit.document?.vocabulary;
  if (language === 'ja' || id === undefined || vocabulary === undefined) return title;
  const parts = [...vocabulary.sections, ...vocabulary.fields, ...vocabulary.tables.flatMap((table) => table.columns)];
  const part = parts.find((each) => each.id === id && each.title === title);
  return part === undefined ? title : partTitle(part, language);
}

/** Columns of waivers, which no type file names. */
const builtIn: Readonly<Record<string, readonly [string, string]>> = { reason: ['理由', 'reason'], approved_by: ['承認者', 'approver'], until: ['期限', 'expiry'] };

function ownText(unit: Unit, env: Env): string | undefined {
  const prose = unit.kind === 'document' || unit.kind === 'section' ? undefined : unit.prose(env);
  return prose === undefined ? undefined : textOf(prose);
}

function number(value: number | undefined): string | undefined {
  return value === undefined ? undefined : String(value);
}

/** A column, field or property of the unit, as people read it. */
function fromUnit(name: string, found: Explained, env: Env): string | undefined {
  const unit: Unit = found.unit;
  const noted = first(found.notes, (note) => (note.subject === name ? note.value : undefined));
  const value = noted ?? valueOf(unit, name, env);
  if (value !== undefined && (!value.empty || value.text.trim() !== '')) return displayValue(value, unit, env);
  if (name === 'heading' || name === 'title') return unit.label(env);
  // A row without id or name is called by what it says.
  return isNameOfRow(name) && (value !== undefined || unit.kind === 'row' || unit.kind === 'cell') ? unit.label(env) : undefined;
}

function isNameOfRow(name: string): boolean {
  return ['id', 'item', 'task', 'metric', 'action', 'condition', 'rule', 'title'].includes(name);
}

function columnName(notes: readonly Note[], unit: Unit, env: Env): string | undefined {
  const named = (attribute: Attribute): string => writtenName(attribute, unit, env.context.language) ?? attribute.title;
  const noted = first(notes, (note) => note.value?.attribute);
  if (unit instanceof CellUnit) return unit.title;
  if (unit instanceof ColumnUnit) return unit.title;
  if (unit instanceof FieldUnit) return named(unit.field.attribute);
  return noted === undefined ? undefined : named(noted);
}

/** A value as a message shows it: days as `12/4（金）`, all else as written. */
function displayValue(value: Value, unit: Unit, env: Env): string {
  if (value.kind !== 'date') return value.text.trim();
  const days = daysOf(value, unit, env);
  return days === undefined || days.from !== days.to ? value.text.trim() : displayDay(days.from, env);
}

/** An ISO day as messages show it: `12/4（金）`, with the year where it is not this one. Other texts stay. */
function displayDay(text: string, env: Env): string {
  const match = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(text);
  const weekday = weekdayOf(text);
  if (match === null || weekday === undefined) return text;
  // `10/1` alone says nothing certain to whoever reads English.
  const year = Number(match[1]) === env.year && env.context.language === 'ja' ? '' : `${match[1] ?? ''}/`;
  const day = `${year}${String(Number(match[2]))}/${String(Number(match[3]))}`;
  return env.context.language === 'ja' ? `${day}（${weekdayNames.ja[weekday] ?? ''}）` : `${day} (${(weekdayNames.en[weekday] ?? '').slice(0, 3)})`;
}

const units: Readonly<Record<string, string>> = { day: '日', days: '日', week: '週間', weeks: '週間', month: 'か月', months: 'か月' };

/** A parameter in the reader's words: `3 business days` → `3営業日`. */
function param(text: string, env: Env): string {
  const match = /^(\d+) (business )?(days?|weeks?|months?)$/u.exec(text);
  if (match === null || env.context.language === 'en') return text;
  return `${match[1] ?? ''}${match[2] === undefined ? (units[match[3] ?? ''] ?? '') : '営業日'}`;
}

function allowedOf(notes: readonly Note[], env: Env): readonly string[] | undefined {
  const set = first(notes, (note) => note.value?.facts.words);
  if (set === undefined) return undefined;
  const words = wordsOfSet(set);
  return words.ids.map((id) => words.spellingOf(id, env.context.language));
}

function dayOff(name: 'day_name' | 'next_business_day', found: Explained, env: Env): string | undefined {
  const day = first(found.notes, (note) => (note.value === undefined ? undefined : daysOf(note.value, found.unit, env)?.from));
  if (day === undefined) return undefined;
  return name === 'day_name' ? dayName(day, env.context.language, env.context.daysOff) : displayDay(nextBusinessDay(day, env.context.daysOff), env);
}

/** The next free id of the register a row stands in. */
export function nextRecordId(unit: Unit, env: Env): string | undefined {
  const row = unit instanceof RowUnit ? unit : unit instanceof CellUnit ? unit.row : undefined;
  if (row === undefined) return undefined;
  return env.nextId(row.table, () => unusedId(row, env));
}

function unusedId(row: RowUnit, env: Env): string | undefined {
  if (!row.table.positions.has('id')) return undefined;
  const { type, tables } = row.document;
  const others = type === undefined ? [] : (env.product?.ofType(type.id) ?? []).filter((document) => document.path !== row.document.path);
  // The row's own table says how numbers are written; another of its document may hold higher ones.
  const near = [row.table, ...tables.filter((table) => table !== row.table), ...others.flatMap((document) => document.tables)];
  return nextId(row.document.idShape, near.flatMap(idsIn));
}

function idsIn(table: TypedTable): readonly string[] {
  const column = table.positions.get('id');
  return column === undefined ? [] : table.table.rows.map((row) => cellText(row, column));
}

/** What to write there. Types say it in the Book's language; an English message does without a Japanese one. */
function hintOf(found: Explained, env: Env): string | undefined {
  const hint = first(found.notes, (note) => note.hint) ?? writtenHint(found);
  return hint !== undefined && env.context.language === 'en' && /[\u3040-\u30ff\u4e00-\u9fff]/u.test(hint) ? undefined : hint;
}

function writtenHint(found: Explained): string | undefined {
  const id = first(found.notes, (note) => note.missingIds?.[0]);
  const vocabulary = found.unit.document?.vocabulary;
  if (vocabulary === undefined) return undefined;
  // Of several missing parts the hint of one says nothing about the others.
  if (new Set(found.notes.flatMap((note) => note.missingIds ?? [])).size > 1) return undefined;
  if (id !== undefined) {
    const section = vocabulary.sections.find((each) => each.id === id);
    const attribute = vocabulary.fields.find((each) => each.id === id);
    return (section ?? attribute)?.hint;
  }
  if (found.unit instanceof SectionUnit) return found.unit.type.hint;
  return found.unit instanceof DocumentUnit ? '' : first(found.notes, (note) => note.value?.attribute?.hint);
}
