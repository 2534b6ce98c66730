import { stringify } from 'yaml';
import { valueMeaning } from '../core/authoring/key-words';
import type { Attribute, DocumentType, WordSet } from '../core/book/book';
import { partTitle } from '../core/book/part-title';
import { nearest } from '../core/book/problems';
import { typeByName } from '../core/product/recognise';
import { effectiveSettings } from '../core/product/settings';
import { todayIn } from '../core/product/today';
import { displayWidth } from '../core/text/width';
import { option, parseArguments, UsageError } from './args';
import { bookHere } from './book-here';
import type { CommandIo, ExitStatus } from './io';
import { printable } from './printable';

type Language = CommandIo['language'];

/** `kobo types [list]` and `kobo types show TYPE`: the names that rules, types and `kobo.yaml` use. */
export async function typesCommand(args: readonly string[], io: CommandIo): Promise<ExitStatus> {
  const parsed = parseArguments(args, { options: ['book'], switches: ['json'] });
  const [verb = 'list', name, ...more] = parsed.words;
  if ((verb !== 'list' && verb !== 'show') || more.length > 0 || (name === undefined) !== (verb === 'list')) {
    throw new UsageError('kobo types [list] [--json] [--book DIR] / kobo types show TYPE [--json] [--book DIR]');
  }
  const { book, settings } = await bookHere(option(parsed, 'book'), io);
  // With the words and names that the product adds: a rule may use them as well.
  const { types } = effectiveSettings(book, settings?.koboFile.settings, todayIn(book.timezone, io.clock()));
  const asJson = parsed.switches.has('json');
  if (name === undefined) {
    list([...types.values()], asJson, io);
    return 0;
  }
  const type = types.get(typeByName(name, book)?.id ?? '');
  if (type === undefined) throw noType(name, types);
  if (asJson) io.out(`${JSON.stringify(typeData(type))}\n`);
  else io.out(`${typeLines(type, io.language).map(printable).join('\n')}\n`);
  return 0;
}

function noType(name: string, types: ReadonlyMap<string, DocumentType>): UsageError {
  const near = nearest(name, [...types.keys()]);
  return new UsageError(near === undefined
    ? `「${name}」という文書の種類はありません。一覧は kobo types で見られます。 / There is no document type ${name}; kobo types lists them.`
    : `「${name}」という文書の種類はありません。「${near}」のことですか。 / There is no document type ${name}. Did you mean ${near}?`);
}

function titleOf({ title }: DocumentType, language: Language): string {
  return language === 'ja' ? title.text : (title.en ?? title.text);
}

function list(types: readonly DocumentType[], asJson: boolean, io: CommandIo): void {
  if (asJson) {
    io.out(`${JSON.stringify(types.map(({ id, title, aliases, class: kind }) => ({ id, title: title.text, title_en: title.en ?? title.text, class: kind, aliases })))}\n`);
    return;
  }
  const rows = types.map((type) => [type.id, titleOf(type, io.language), type.aliases.join(io.language === 'ja' ? '、' : ', ')]);
  for (const line of aligned(rows)) io.out(`${printable(line)}\n`);
}

/** Rows with their columns one under the other, in a font of fixed width. */
function aligned(rows: readonly (readonly string[])[]): readonly string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [i, cell] of row.entries()) widths[i] = Math.max(widths[i] ?? 0, displayWidth(cell));
  return rows.map((row) => row.map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - displayWidth(cell))).join('  ').trimEnd());
}

function typeLines(type: DocumentType, language: Language): readonly string[] {
  const ja = language === 'ja';
  const names = type.aliases.join(ja ? '、' : ', ');
  const block = (title: string, rows: readonly (readonly string[])[]): readonly string[] => (rows.length === 0 ? [] : ['', title, ...aligned(rows).map((line) => `  ${line}`)]);
  return [
    `${type.id}  ${titleOf(type, language)}`,
    ...(names === '' ? [] : [`${ja ? '別名：' : 'Also called: '}${names}`]),
    `${ja ? 'まとまり：' : 'Class: '}${ja ? `${valueMeaning(type.class, language)}（${type.class}）` : type.class}`,
    ...block(ja ? '項目（fields）：id、名前、値の種類' : 'Fields: id, name, kind', type.fields.map((field) => attributeRow(field, language))),
    ...block(ja ? '見出し（sections）：id、名前' : 'Sections: id, name', type.sections.map((section) => [section.id, partTitle(section, language), section.required ? required(language) : ''])),
    ...type.tables.flatMap((table) => block(
      ja ? `表 ${table.id}${table.main ? '（この種類の中心の表）' : ''}：列の id、名前、値の種類` : `Table ${table.id}${table.main ? ' (the main table)' : ''}: id of the column, name, kind`,
      table.columns.map((column) => attributeRow(column, language)),
    )),
    ...[...wordSetsOf(type)].flatMap(([name, set]) => block(ja ? `言葉 ${name}：id、書き方` : `Words ${name}: id, spellings`, [
      ...[...set.words].map(([id, spellings]) => [id, spellings.join(ja ? '、' : ', ')]),
      ...[...set.groups].map(([id, members]) => [id, ja ? `${members.join('、')} のまとめ名` : `any of ${members.join(', ')}`]),
    ])),
  ];
}

function required(language: Language): string {
  return language === 'ja' ? '必須' : 'required';
}

function attributeRow(attribute: Attribute, language: Language): readonly string[] {
  const { id, kind, words, requiredWhen } = attribute;
  const when = requiredWhen === undefined ? '' : stringify(requiredWhen, { collectionStyle: 'flow', lineWidth: 0 }).trim();
  const must = attribute.required ? required(language) : when === '' ? '' : language === 'ja' ? `${when} のとき必須` : `required when ${when}`;
  return [id, partTitle(attribute, language), words === undefined ? kind : `${kind}: ${words}`, must];
}

/** The sets of words that its fields and columns use. */
function wordSetsOf(type: DocumentType): ReadonlyMap<string, WordSet> {
  const used = new Set([...type.fields, ...type.tables.flatMap(({ columns }) => columns)].flatMap(({ words }) => (words === undefined ? [] : [words])));
  return new Map([...type.words].filter(([name]) => used.has(name)));
}

function typeData(type: DocumentType): object {
  const attribute = ({ id, title, aliases, kind, words, required: must, requiredWhen }: Attribute) => ({
    id, title, aliases, kind, words: words ?? null, required: must, required_when: requiredWhen ?? null,
  });
  return {
    id: type.id, title: type.title.text, title_en: type.title.en ?? type.title.text, class: type.class, aliases: type.aliases,
    fields: type.fields.map(attribute),
    sections: type.sections.map(({ id, title, aliases, required: must }) => ({ id, title, aliases, required: must })),
    tables: type.tables.map(({ id, main, columns }) => ({ id, main, columns: columns.map(attribute) })),
    words: Object.fromEntries([...wordSetsOf(type)].map(([name, { words, groups }]) => [name, { words: Object.fromEntries(words), groups: Object.fromEntries(groups) }])),
  };
}
