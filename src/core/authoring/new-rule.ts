import type { Attribute, Book, DocumentType, TableType } from '../book/book';
import { addBusinessDays } from '../text/business-days';
import { addDays, isIsoDay, weekdayNames, weekdayOf } from '../text/calendar';

/** What a new rule can ask for; each is one plain question. */
export const ruleKinds = [
  'section', 'field', 'column', 'column_when', 'vocabulary', 'words', 'overdue', 'stale', 'unique', 'agrees', 'traced', 'figures', 'approval', 'gate', 'contains',
] as const;
export type RuleKind = (typeof ruleKinds)[number];

/** What has to be chosen for a kind, beside the type of the document. */
export type RuleNeed = 'section' | 'field' | 'column' | 'date_column' | 'number_column' | 'word_column' | 'status_word' | 'words' | 'days' | 'other_type' | 'columns' | 'gate' | 'recogniser';

/** In the order they are asked. */
export const needsOf: Readonly<Record<RuleKind, readonly RuleNeed[]>> = {
  section: ['section'], field: ['field'], column: ['column'], column_when: ['status_word', 'column'], vocabulary: ['word_column'], words: ['words'],
  overdue: ['date_column'], stale: ['date_column', 'days'], unique: ['column'], agrees: ['column', 'other_type'], traced: ['other_type'],
  figures: ['number_column', 'columns'], approval: [], gate: ['gate'], contains: ['recogniser'],
};

/** Everything a person has answered. Texts are in the Book's language; ids are those of the Book. */
export interface RuleAnswers {
  readonly kind: RuleKind;
  readonly id: string;
  readonly type: string;
  readonly section?: string;
  readonly field?: string;
  readonly column?: string;
  readonly columns?: readonly string[];
  readonly status?: string;
  readonly words?: readonly string[];
  readonly days?: number;
  readonly otherType?: string;
  readonly gate?: string;
  readonly recogniser?: string;
  readonly title: string;
  readonly titleEn: string;
  readonly message: string;
  readonly messageEn: string;
  readonly why: string;
  readonly guide: string;
  readonly level: string;
  readonly severity: string;
  /** Products that try it first; empty: in force, `draft` alone: a draft. */
  readonly pilot: readonly string[];
  readonly good: string;
  readonly bad: string;
}

/** The answers that can be proposed before anybody writes a sentence. */
export interface RuleDraft {
  readonly title: string;
  readonly titleEn: string;
  readonly message: string;
  readonly messageEn: string;
  readonly why: string;
  readonly good: string;
  readonly bad: string;
}

type Chosen = Pick<RuleAnswers, 'kind' | 'type' | 'section' | 'field' | 'column' | 'columns' | 'status' | 'words' | 'days' | 'otherType' | 'gate' | 'recogniser'>;

/**
 * Title, message, reason and both examples for what was chosen, ready to be changed.
 * @param today ISO day that the days of the examples count from
 */
export function draftRule(chosen: Chosen, book: Book, today: string): RuleDraft {
  const type = book.types.get(chosen.type);
  const name = type?.title.text ?? chosen.type;
  const nameEn = type?.title.en ?? name;
  const column = columnOf(type, chosen.column);
  const part = column?.title ?? chosen.column ?? '';
  const other = book.types.get(chosen.otherType ?? '')?.title;
  const made = sentences(chosen, type, { name, nameEn, part, other: other?.text ?? '', otherEn: other?.en ?? other?.text ?? '' }, book);
  return { ...made, ...examples(chosen, type, book, today) };
}

interface Names {
  readonly name: string;
  readonly nameEn: string;
  readonly part: string;
  readonly other: string;
  readonly otherEn: string;
}

function sentences(chosen: Chosen, type: DocumentType | undefined, { name, nameEn, part, other, otherEn }: Names, book: Book): Omit<RuleDraft, 'good' | 'bad'> {
  const id = chosen.column ?? '';
  switch (chosen.kind) {
    case 'section': {
      const title = type?.sections.find((section) => section.id === chosen.section)?.title ?? chosen.section ?? '';
      return { title: `${name}に「${title}」がある`, titleEn: `${nameEn} has ${title}`, message: `「{missing}」の節がありません。見出しを足して書いてください。`, messageEn: 'The section {missing} is missing. Add the heading.', why: `「${title}」がないと、読む人は知りたいことを書いた人に聞くしかありません。` };
    }
    case 'field': {
      const title = type?.fields.find((field) => field.id === chosen.field)?.title ?? chosen.field ?? '';
      return { title: `${name}に${title}がある`, titleEn: `${nameEn} names ${chosen.field ?? ''}`, message: `「{missing}」が空です。先頭の項目に書いてください。`, messageEn: '{missing} is empty. Write it at the top.', why: `${title}がないと、だれのいつの文書かがわかりません。` };
    }
    case 'column':
      return { title: `${part}が書いてある`, titleEn: `${id} is filled in`, message: `「{missing}」が空です。書いてください。`, messageEn: '{missing} is empty. Fill it in.', why: `${part}がない行は、あとから見た人が動けません。` };
    case 'column_when': {
      const status = statusTitle(type, chosen.status ?? '');
      return { title: `${status}の行には${part}がある`, titleEn: `${id} is filled in when ${chosen.status ?? ''}`, message: `状態が「${status}」なのに「{missing}」が空です。書いてください。`, messageEn: `The status is ${chosen.status ?? ''} but {missing} is empty. Fill it in.`, why: `${status}の行に${part}がないと、本当にそうなのかを確かめられません。` };
    }
    case 'vocabulary':
      return { title: `${part}は決めた言葉で書く`, titleEn: `${id} uses the agreed words`, message: `${part}の「{value}」は決めた言葉にありません。{allowed}から選んでください。`, messageEn: '{value} is not one of the agreed words: {allowed}.', why: '言葉がそろっていないと、数えることも並べることもできません。' };
    case 'words': {
      const [first = ''] = chosen.words ?? [];
      return { title: `「${first}」を使わない`, titleEn: `Do not write ${first}`, message: `「{match}」は人によって受け取り方が違います。具体的な言葉に替えてください。`, messageEn: '{match} means something else to each reader. Be specific.', why: `「${first}」と書かれると、読む人はそれぞれ違うことを思い浮かべます。` };
    }
    case 'overdue':
      return { title: `${part}を過ぎていない`, titleEn: `${id} has not passed`, message: `${part}（{${id}}）を過ぎています。終わったか、新しい日を書いてください。`, messageEn: `${id} ({${id}}) has passed. Close it or write a new day.`, why: '過ぎたままの日付があると、ほかの日付も信じてもらえなくなります。' };
    case 'stale':
      return { title: `${part}が古くない`, titleEn: `${id} is not old`, message: `${part}（{${id}}）から${String(chosen.days ?? 14)}日を過ぎています。見直して日付を書いてください。`, messageEn: `More than ${String(chosen.days ?? 14)} days since ${id} ({${id}}). Review it and write the day.`, why: '長く見直していない行は、いまの姿と違っていることがあります。' };
    case 'unique':
      return { title: `${part}が重ならない`, titleEn: `${id} occurs once`, message: `${part}「{${id}}」が2回使われています。別のものにしてください。`, messageEn: `{${id}} is used twice. Use another one.`, why: '同じものが2つあると、どちらを指しているのかがわかりません。' };
    case 'agrees':
      return { title: `${part}が${other}と同じ`, titleEn: `${id} agrees with ${otherEn}`, message: `ここでは{${id}}、{other}では{expected}です。そろえてください。`, messageEn: `It is {${id}} here but {expected} in {other}. Make them equal.`, why: '文書ごとに違うことが書かれていると、人によって違うことを伝えてしまいます。' };
    case 'traced':
      return { title: `${other}から参照されている`, titleEn: `Is referenced by ${otherEn}`, message: `「{id}」が${other}から参照されていません。番号を書き足してください。`, messageEn: `{id} is not referenced by ${otherEn}. Add its id there.`, why: 'どこからも指されていない行は、作り忘れか、確かめ忘れです。' };
    case 'figures': {
      const parts = (chosen.columns ?? []).map((one) => columnOf(type, one)?.title ?? one).join('×');
      return { title: `${part}が${parts}と合う`, titleEn: `${id} equals the product`, message: `${part}が{value}ですが、${parts}は{expected}です。直してください。`, messageEn: 'It is {value} but should be {expected}. Correct it.', why: '計算が合わない数字があると、順番も判断も変わってしまいます。' };
    }
    case 'approval':
      return { title: `承認済みの${name}に承認者と承認日がある`, titleEn: `Approved ${nameEn} names who and when`, message: '承認済みですが「{missing}」が空です。承認した人と日を書いてください。', messageEn: 'It is approved but {missing} is empty. Write who approved it and when.', why: 'だれがいつ承認したかがないと、あとで確かめる相手がいません。' };
    case 'gate': {
      const gate = book.lifecycle.gates.find((one) => one.id === chosen.gate);
      return { title: `${chosen.gate ?? ''}までに${name}がある`, titleEn: `${nameEn} exists at ${chosen.gate ?? ''}`, message: `${gate?.title.text ?? chosen.gate ?? ''}に必要な${name}がありません。ひな形から作れます。`, messageEn: `${nameEn}, needed at ${gate?.title.en ?? chosen.gate ?? ''}, does not exist. Start it from the template.`, why: '判定の日に文書がないと、判定できずに会議がもう1回増えます。' };
    }
    case 'contains':
      return { title: `${name}に書かないものがある`, titleEn: `${nameEn} does not show it`, message: '「{match}」はこの文書に書けません。消すか、置き場所を書いてください。', messageEn: '{match} must not stand here. Remove it, or write where it is kept.', why: '一度書いて共有すると、消しても履歴に残ります。' };
  }
}

/** The part of the rule that is asked: scope, conditions, fix. Flow maps, one a line. */
function body(answers: RuleAnswers): readonly string[] {
  const column = answers.column ?? '';
  switch (answers.kind) {
    case 'section':
      return ['on: document', `require: { sections: [${answers.section ?? ''}] }`, `fix: { insert_section: ${answers.section ?? ''} }`];
    case 'field':
      return ['on: document', `require: { ${answers.field ?? ''}: filled }`, `fix: { insert_field: ${answers.field ?? ''} }`];
    case 'column':
      return ['on: rows', `require: { ${column}: filled }`, `fix: { fill: { ${column}: ask } }`];
    case 'column_when':
      return ['on: rows', `when: { status: ${answers.status ?? ''} }`, `require: { ${column}: filled }`, `fix: { fill: { ${column}: ask } }`];
    case 'vocabulary':
      return [`on: { cells: ${column} }`, 'require: { value: valid }', 'fix: { replace: nearest }'];
    case 'words':
      return ['on: sentences', `forbid: { words: [${(answers.words ?? []).map((word) => scalar(word, true)).join(', ')}] }`];
    case 'overdue':
      return ['on: rows', 'when: { status: unfinished }', `forbid: { ${column}: { before: today } }`, `mark: ${column}`];
    case 'stale':
      return ['on: rows', 'when: { status: unfinished }', `forbid: { ${column}: { older_than: $days } }`, `params: { days: ${String(answers.days ?? 14)} days }`, `mark: ${column}`];
    case 'unique':
      return ['on: rows', `require: { ${column}: { unique_in: table } }`, `mark: ${column}`];
    case 'agrees':
      return ['on: rows', `require: { ${column}: { agrees_with: ${answers.otherType ?? ''}, by: id } }`, `mark: ${column}`];
    case 'traced':
      return ['on: rows', `require: { referenced_by: { of: ${answers.otherType ?? ''}, at_least: 1 } }`, 'mark: id'];
    case 'figures':
      return ['on: rows', `require: { ${column}: { product_of: [${(answers.columns ?? []).join(', ')}] } }`, `fix: { fill: { ${column}: expected }, safe: true }`];
    case 'approval':
      return ['on: document', 'when: { status: approved }', 'require: { approver: filled, approved: filled }'];
    case 'gate':
      return ['on: gate', `applies: { gates: ${answers.gate ?? ''} }`, `require: { documents: { of: ${answers.type}, at_least: 1 } }`];
    case 'contains':
      return ['on: lines', `forbid: { has: ${answers.recogniser ?? ''} }`];
  }
}

/** The rule as YAML, its first line an item of a list; `indent` stands before the dash. */
export function ruleYaml(answers: RuleAnswers, indent = '  '): string {
  const inner = `${indent}  `;
  const types = answers.kind === 'gate' ? 'all' : `[${answers.type}]`;
  const stage = answers.pilot.length === 0 ? [] : answers.pilot[0] === 'draft' ? ['stage: draft'] : [`stage: { pilot: [${answers.pilot.map((id) => scalar(id, true)).join(', ')}] }`];
  const [scope = '', ...rest] = body(answers);
  const lines = [
    `id: ${answers.id}`, `title: ${scalar(answers.title)}`, ...(answers.titleEn === '' ? [] : [`title_en: ${scalar(answers.titleEn)}`]),
    `types: ${types}`, scope, ...rest,
    `severity: ${answers.severity}`, `message: ${quoted(answers.message)}`, ...(answers.messageEn === '' ? [] : [`message_en: ${quoted(answers.messageEn)}`]),
    ...(answers.why === '' ? [] : [`why: ${scalar(answers.why)}`]),
    // Without one of its own a rule has the page of its file.
    ...(answers.guide === '' ? [] : [`guide: ${scalar(answers.guide)}`]), `level: ${answers.level}`, ...stage,
    ...example('good', answers.good, inner), ...example('bad', answers.bad, inner),
  ];
  return lines.map((line, i) => `${indent}${i === 0 ? '- ' : '  '}${line}\n`).join('');
}

/** Examples are written as the person sees them: a map in braces as YAML, several lines as lines, everything else as text. */
function example(key: 'good' | 'bad', text: string, indent: string): readonly string[] {
  if (text === '') return [];
  if (/^\{.*\}$/su.test(text.trim()) && !text.includes('\n')) return [`${key}: ${text.trim()}`];
  const lines = text.replace(/\n$/u, '').split('\n');
  // A block says the same as the quoted text only where its first line shows the indentation, and nothing needs an escape.
  const isPlain = lines.length > 1 && !/^\s|^$/u.test(lines[0] ?? '') && !/[^\P{Cc}\n]|[\u2028\u2029\ufeff]|\n\n$/u.test(text) && lines.every((line) => line === line.trimEnd());
  if (!isPlain) return [`${key}: ${quoted(text)}`];
  return [`${key}: |${text.endsWith('\n') ? '' : '-'}\n${lines.map((line) => (line === '' ? '' : `${indent}  ${line}`)).join('\n')}`];
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

/** A YAML scalar: plain where nothing in it could be read as YAML, else in quotes. */
function scalar(text: string, inFlow = false): string {
  if (isIsoDay(text)) return text;
  const plain = /^[\p{L}\p{N}「（][^:#\n"'{}[\],&*!|>%@`]*$/u.test(text) && !/^(?:true|false|null|yes|no|on|off|~|[\d.,_-]+)$/iu.test(text) && !text.endsWith(' ');
  return plain && !(inFlow && /\s$/u.test(text)) ? text : quoted(text);
}

interface Examples {
  readonly good: string;
  readonly bad: string;
}

/** A good and a bad example, made of the type's own columns, headings and words. */
function examples(chosen: Chosen, type: DocumentType | undefined, book: Book, today: string): Examples {
  const row = (cells: Readonly<Record<string, string>>): string => `{ ${Object.entries(cells).map(([key, value]) => `${key}: ${scalar(value, true)}`).join(', ')} }`;
  const id = (type?.idShape ?? 'A-NNN').replace(/N+/u, (digits) => '1'.padStart(digits.length, '0'));
  const column = columnOf(type, chosen.column);
  const key = chosen.column ?? '';
  const value = column === undefined ? '内容' : sample(column, type, today);
  const open = { status: wordOf(type, 'open') };
  // The rule names its type, so that the example need not.
  const heading = `# ${type?.title.text ?? chosen.type}\n`;
  const frontMatter = (fields: string): string => `---\n${fields}---\n${heading}`;
  switch (chosen.kind) {
    case 'section': {
      const title = type?.sections.find((section) => section.id === chosen.section)?.title ?? chosen.section ?? '';
      return { good: `${heading}\n## ${title}\n\n・ここに書きます。\n`, bad: `${heading}\n## ほかの見出し\n\n・ここに書きます。\n` };
    }
    case 'field': {
      const field = type?.fields.find((one) => one.id === chosen.field);
      const key = chosen.field ?? '';
      return { good: frontMatter(`${key}: ${field === undefined ? '佐藤' : sample(field, type, today)}\n`), bad: heading };
    }
    case 'column':
      return { good: row(key === 'id' ? { id } : { id, [key]: value }), bad: row(key === 'id' ? { title: '内容' } : { id }) };
    case 'column_when': {
      const status = statusTitle(type, chosen.status ?? '');
      return { good: row({ id, status, [key]: value }), bad: row({ id, status }) };
    }
    case 'vocabulary':
      return { good: value, bad: 'てきとうな言葉' };
    case 'words': {
      const [first = ''] = chosen.words ?? [];
      return { good: `${spoken(soon(today))}17時までに送ります。`, bad: `《${first}》送ります。` };
    }
    case 'overdue':
      return { good: row({ today, id, ...open, [key]: soon(today) }), bad: row({ today, id, ...open, [key]: addBusinessDays(today, -5) }) };
    case 'stale':
      return { good: row({ today, id, ...open, [key]: dayBefore(today, 0) }), bad: row({ today, id, ...open, [key]: dayBefore(today, (chosen.days ?? 14) + 7) }) };
    case 'unique': {
      const rows = (a: string, b: string): string => `{ rows: [{ ${key}: ${scalar(a, true)} }, { ${key}: ${scalar(b, true)} }] }`;
      const [a, b] = key === 'id' ? [id, id.replace(/1$/u, '2')] : [value, column?.kind === 'date' ? addBusinessDays(value, 1) : `${value}2`];
      return { good: rows(a, b), bad: `${rows(a, a).slice(0, -2)}, finds: 2 }` };
    }
    case 'agrees': {
      const files = (other: string): string => filesExample([[`docs/a.md`, chosen.otherType ?? '', tableText(book.types.get(chosen.otherType ?? ''), key, id, value)], ['docs/b.md', chosen.type, tableText(type, key, id, other)]]);
      return { good: files(value), bad: files(column?.kind === 'date' ? addBusinessDays(soon(today), 5) : `${value}ではないもの`) };
    }
    case 'traced': {
      const own = tableText(type, column?.id ?? 'title', id, '内容');
      const files = (text: string): string => filesExample([['docs/a.md', chosen.type, own], ['docs/b.md', chosen.otherType ?? '', `# 文書\n\n${text}\n`]]);
      return { good: files(`${id} のために作りました。`), bad: files('番号を書いていません。') };
    }
    case 'figures': {
      const columns = chosen.columns ?? [];
      const cells = Object.fromEntries(columns.map((one) => [one, '2']));
      return { good: row({ id, ...cells, [key]: String(2 ** columns.length) }), bad: row({ id, ...cells, [key]: String(2 ** columns.length + 1) }) };
    }
    case 'approval':
      return { good: frontMatter(`status: 承認済み\napprover: 佐藤\napproved: ${dayBefore(today, 1)}\n`), bad: frontMatter('status: 承認済み\n') };
    case 'gate': {
      const files = (of: string): string => `{ gate: ${chosen.gate ?? ''}, files: { docs/a.md: ${quoted(`---\ntype: ${of}\n---\n# 文書\n`)} } }`;
      const other = [...book.types.keys()].find((one) => one !== chosen.type) ?? 'minutes';
      return { good: files(chosen.type), bad: files(other) };
    }
    case 'contains':
      return { good: '置き場所は社内の一覧に書いています。', bad: chosen.recogniser === 'date' ? `《${spoken(soon(today), false)}》に送ります。` : (recognised[chosen.recogniser ?? ''] ?? '') };
  }
}

/** A working day in about two weeks. */
function soon(today: string): string {
  return addBusinessDays(today, 10);
}

/** The working day at or before some days ago. */
function dayBefore(today: string, days: number): string {
  return addBusinessDays(addDays(today, 1 - days), -1);
}

/** `12月11日（金）`. */
function spoken(day: string, withWeekday = true): string {
  const [, month = '', date = ''] = day.split('-');
  const weekday = withWeekday ? `（${weekdayNames.ja[weekdayOf(day) ?? 0] ?? ''}）` : '';
  return `${String(Number(month))}月${String(Number(date))}日${weekday}`;
}

/** A text in which each recogniser finds something, marked. */
const recognised: Readonly<Record<string, string>> = {
  phone: '連絡先は《090-1234-5678》です。', email: '連絡先は《sato@example.com》です。', personal_email: '連絡先は《sato.taro@gmail.com》です。', money: '費用は《50,000円》です。', time: '《17時》に始めます。',
  percent: '達成は《80%》です。', number: '全部で《12》です。', quantity: '《3人日》かかります。', person: '《佐藤》さんが進めます。', id: '《R-001》のとおりです。', password: 'パスワード: 《Abc12345!》', full_width_digit: '全部で《１２》です。',
};

function filesExample(files: readonly (readonly [string, string, string])[]): string {
  return `{ files: { ${files.map(([path, type, text]) => `${path}: ${quoted(`---\ntype: ${type}\n---\n${text}`)}`).join(', ')} } }`;
}

function tableText(type: DocumentType | undefined, column: string, id: string, value: string): string {
  const title = columnOf(type, column)?.title ?? column;
  const idTitle = columnOf(type, 'id')?.title ?? 'ID';
  return `# 文書\n\n| ${idTitle} | ${title} |\n|---|---|\n| ${id} | ${value} |\n`;
}

/** Tables that rows are looked at in. */
function mainTable(type: DocumentType | undefined): TableType | undefined {
  return type?.tables.find((table) => table.main) ?? type?.tables[0];
}

function columnOf(type: DocumentType | undefined, id: string | undefined): Attribute | undefined {
  return mainTable(type)?.columns.find((column) => column.id === id) ?? type?.tables.flatMap((table) => table.columns).find((column) => column.id === id);
}

function sample(attribute: Attribute, type: DocumentType | undefined, today: string): string {
  const set = attribute.words === undefined ? undefined : type?.words.get(attribute.words);
  const [first] = [...(set?.words.values() ?? [])];
  if (first?.[0] !== undefined) return first[0];
  switch (attribute.kind) {
    case 'date':
      return soon(today);
    case 'person':
    case 'people':
      return '佐藤';
    case 'number':
    case 'money':
      return '12';
    case 'percent':
      return '80%';
    case 'id':
      return 'A-001';
    default:
      return '具体的な内容';
  }
}

/** First spelling of a word of the status column, or of a member of the group it is. */
function wordOf(type: DocumentType | undefined, id: string): string {
  const name = columnOf(type, 'status')?.words ?? 'status';
  const set = type?.words.get(name);
  const own = set?.words.get(id) ?? set?.words.get(set.groups.get(id)?.[0] ?? '');
  return own?.[0] ?? '未対応';
}

function statusTitle(type: DocumentType | undefined, id: string): string {
  return wordOf(type, id);
}
