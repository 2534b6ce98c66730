import type { Book } from '../book/book';
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
  const title = (type: string) => (type === unmanaged ? '管理しない' : book.types.get(type)?.title.text ?? type);
  const chosen = new Set(choices.lines);
  const others = proposal.lines.filter((line) => !chosen.has(line));
  const width = Math.min(48, Math.max(0, ...[...choices.lines, ...others].map((line) => entry(line).length)));
  const note = (line: SetupLine) => `${entry(line).padEnd(width)}  # ${comment(`${title(line.type)}：${line.evidence.join('、')}`)}`;
  const phases = book.lifecycle.phases.map((phase) => `${phase.id}=${phase.title.text}`).join(' ');
  return [
    `# このフォルダーを${comment(book.name.text)}で確かめるための設定です。手で直してかまいません。`,
    'format: 1',
    '',
    ...(choices.book === undefined ? [`# book: ../kobo-book      # ${comment('自分たちのコボブックの場所。書かなければ付属のものを使います')}`] : [`book: ${scalar(choices.book)}`]),
    `product: { id: ${scalar(choices.id)}, name: ${scalar(choices.name)} }`,
    '',
    `# いまの工程（${comment(phases)}）`,
    choices.phase === undefined ? `# phase: ${scalar(book.lifecycle.phases[0]?.id ?? '')}` : `phase: ${scalar(choices.phase)}`,
    '',
    '# どのファイルを何の文書として確かめるか。いくつも当てはまるときは、下に書いた行を使います。',
    ...(choices.lines.length > 0 ? ['documents:', ...choices.lines.map((line) => `  ${note(line)}`)] : ['documents: {}']),
    ...(others.length > 0 ? ['# はっきりしなかったもの。合っていれば # を消して documents: の下に置きます。', ...others.map((line) => `#  ${note(line)}`)] : []),
    '',
    '# ここまでの水準の決まりを確かめます（L1 が最低限）。',
    'level: L1',
    ...(choices.people === undefined ? [] : ['', '# 名簿。担当や承認の名前をここと照らし合わせます。', `people: ${scalar(choices.people)}`]),
    ...(choices.baseline === undefined ? [] : ['', '# これまでにあった指摘の一覧。新しい指摘だけが数えられます。', `baseline: ${scalar(choices.baseline)}`]),
    '',
  ].join('\n');
}

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
