import type { Book, Words } from '../book/book';
import { unmanaged } from './recognise';
import type { SetupLine, SetupProposal } from './setup';

/** What the person chose from a proposal. */
export interface SetupChoices {
  readonly id: string;
  readonly name: string;
  /** Phase id; `undefined` leaves the line out, as a comment. */
  readonly phase: string | undefined;
  /** Address of the Book; `undefined` = the starter Book. */
  readonly book: string | undefined;
  /** Lines to write, in the order of the proposal. */
  readonly lines: readonly SetupLine[];
  /** Path of the roster. */
  readonly people?: string | undefined;
  /** Path of the baseline file, if one is made. */
  readonly baseline: string | undefined;
}

/** The choices a proposal starts with: what is ticked. */
export function defaultChoices(proposal: SetupProposal): SetupChoices {
  return {
    id: proposal.id.value,
    name: proposal.name.value,
    phase: proposal.phase?.value,
    book: undefined,
    lines: proposal.lines.filter((line) => line.ticked),
    people: proposal.people?.value,
    baseline: undefined,
  };
}

/**
 * The text of `kobo.yaml` for the choices: one file in plain view, each line explained in the Book's words. Lines of the
 * proposal that were not chosen stand there as comments, ready to be switched on.
 */
export function renderKoboFile(proposal: SetupProposal, choices: SetupChoices, book: Book): string {
  const { language } = proposal;
  const words = language === 'ja' ? japanese : english;
  const named = (title: Words) => (language === 'en' ? title.en ?? title.text : title.text);
  const title = (type: string) => {
    const known = book.types.get(type);
    return type === unmanaged ? words.unmanaged : known === undefined ? type : named(known.title);
  };
  const chosen = new Set(choices.lines);
  const others = proposal.lines.filter((line) => !chosen.has(line));
  const width = Math.min(48, Math.max(0, ...[...choices.lines, ...others].map((line) => entry(line).length)));
  const note = (line: SetupLine) => `${entry(line).padEnd(width)}  # ${comment(`${title(line.type)}${words.because}${line.evidence.join(words.and)}`)}`;
  const legend = (list: readonly { readonly id: string; readonly title: Words }[]) => comment(list.map((one) => `${one.id}=${named(one.title)}`).join(words.and));
  return [
    `# ${words.head(comment(named(book.name)))}`,
    'format: 1',
    '',
    ...(choices.book === undefined ? [`# book: ../kobo-book      # ${words.book}`] : [`book: ${scalar(choices.book)}`]),
    `product: { id: ${scalar(choices.id)}, name: ${scalar(choices.name)} }`,
    '',
    `# ${words.phase(legend(book.lifecycle.phases))}`,
    choices.phase === undefined ? `# phase: ${scalar(book.lifecycle.phases[0]?.id ?? '')}` : `phase: ${scalar(choices.phase)}`,
    '',
    `# ${words.documents}`,
    ...(choices.lines.length > 0 ? ['documents:', ...choices.lines.map((line) => `  ${note(line)}`)] : ['documents: {}']),
    ...(others.length > 0 ? [`# ${words.unsure}`, ...others.map((line) => `#  ${note(line)}`)] : []),
    ...unknownLines(proposal, words),
    '',
    `# ${words.level(legend(book.lifecycle.levels.filter((level) => level.id !== 'L0')))}`,
    'level: L1',
    ...(book.language.startsWith(language) ? [] : ['', `# ${words.language}`, `language: ${language}`]),
    ...(choices.people === undefined ? [] : ['', `# ${words.people}`, `people: ${scalar(choices.people)}`]),
    ...(choices.baseline === undefined ? [] : ['', `# ${words.baseline}`, `baseline: ${scalar(choices.baseline)}`]),
    '',
  ].join('\n');
}

/** So many unknown documents are named; a long list would hide what matters. */
const mostUnknown = 20;
/** So many in a folder of which nothing else is known are one line. */
const fewInFolder = 3;

/** Comments that only wait for a type: `none` until somebody writes one. */
function unknownLines({ unknown, lines, typed }: SetupProposal, words: FileWords): readonly string[] {
  if (unknown.length === 0) return [];
  const folderOf = (path: string): string => path.slice(0, path.lastIndexOf('/') + 1);
  const known = [...lines.flatMap((line) => line.files), ...typed];
  const byFolder = new Map<string, string[]>();
  for (const path of unknown) byFolder.set(folderOf(path), [...(byFolder.get(folderOf(path)) ?? []), path]);
  const entries = [...byFolder].flatMap(([folder, paths]) => (folder !== '' && paths.length > fewInFolder && !known.some((path) => folderOf(path) === folder)
    ? [`#  ${quoted(`${folder}*`)}: ${unmanaged}  # ${words.count(paths.length)}`]
    : paths.map((path) => `#  ${quoted(path)}: ${unmanaged}`)));
  return [`# ${words.unknown}`, ...entries.slice(0, mostUnknown), ...(entries.length > mostUnknown ? [`#  ${words.more(entries.length - mostUnknown)}`] : [])];
}

/** What the file says of itself. */
interface FileWords {
  readonly head: (book: string) => string;
  readonly book: string;
  readonly phase: (phases: string) => string;
  readonly documents: string;
  readonly unsure: string;
  readonly unknown: string;
  readonly count: (documents: number) => string;
  readonly more: (lines: number) => string;
  readonly level: (levels: string) => string;
  readonly language: string;
  readonly people: string;
  readonly baseline: string;
  readonly unmanaged: string;
  readonly because: string;
  readonly and: string;
}

const japanese: FileWords = {
  head: (book) => `このフォルダーを${book}で確かめるための設定です。手で直してかまいません。`,
  book: '自分たちのコボブックの場所。書かなければ付属のものを使います',
  phase: (phases) => `いまの工程（${phases}）`,
  documents: 'どのファイルを何の文書として確かめるか。いくつも当てはまるときは、下に書いた行を使います。',
  unsure: 'はっきりしなかったもの。合っていれば # を消して documents: の下に置きます。',
  unknown: '種類がわからなかった文書。確かめるものは # を消して documents: の下に置き、none を種類（minutes など）に書き換えます。',
  count: (documents) => `${String(documents)} 件`,
  more: (lines) => `ほか ${String(lines)} 行`,
  level: (levels) => `どの水準までの決まりを確かめるか（${levels}）`,
  language: '指摘の言葉（ja か en）',
  people: '名簿。担当や承認の名前をここと照らし合わせます。',
  baseline: 'これまでにあった指摘の一覧。新しい指摘だけが数えられます。',
  unmanaged: '管理しない',
  because: '：',
  and: '、',
};

const english: FileWords = {
  head: (book) => `How this folder is checked with ${book}. Change it by hand as you like.`,
  book: 'Where your own Kobo Book lies. Without it the one that comes along is used',
  phase: (phases) => `The phase the product is in (${phases})`,
  documents: 'Which file is checked as which document. Where several lines fit, the lowest one counts.',
  unsure: 'Not clear. If a line is right, take the # away and put it under documents:.',
  unknown: 'Of unknown kind. To have one checked, take the # away, put it under documents: and write a type (such as minutes) for none.',
  count: (documents) => `${String(documents)} documents`,
  more: (lines) => `${String(lines)} more lines`,
  level: (levels) => `Up to which level rules are checked (${levels})`,
  language: 'The language of findings (ja or en)',
  people: 'The roster: names of owners and approvers are compared with it.',
  baseline: 'The findings that were there already. Only new ones are counted.',
  unmanaged: 'not managed',
  because: ': ',
  and: ', ',
};

function entry(line: SetupLine): string {
  return `${quoted(line.pattern)}: ${line.type}`;
}

/** A value of the flow map: plain where nothing could be misread, else in double quotes. */
function scalar(text: string): string {
  return /^[\p{L}][\p{L}\p{N}_./-]*$/u.test(text) && !['true', 'false', 'null'].includes(text.toLowerCase()) ? text : quoted(text);
}

/** JSON strings are YAML double-quoted scalars. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

/** Words in a comment stay on one line. */
function comment(text: string): string {
  return text.replaceAll('\n', ' ').replaceAll('\r', ' ');
}
