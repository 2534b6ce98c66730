import type { CommandIo } from './io';

/** How `kobo search` is written. */
export const searchUsage = `kobo search QUERY [--book DIR] [--json] [--limit N] [--kind page,rule,…] [--lang ja|en]
kobo search --queries FILE --json`;

/** How `kobo gate` is written. */
export const gateUsage = 'kobo gate [GATE] [PATH] [--format NAME] [--today YYYY-MM-DD] [--lang ja|en] [--book DIR]';

/** How each command is written; words in capitals stand for what the person fills in. */
const usages: ReadonlyMap<string, string> = new Map([
  ['init', 'kobo init [DIR] [--book DIR] [--yes]'],
  ['check', `kobo check [PATH…] [--since REVISION | --staged] [--today YYYY-MM-DD] [--lang ja|en] [--format NAME] [--fix]
kobo check [PATH…] [--severity SEVERITY] [--fail-on SEVERITY] [--max-warnings N] [--fail-empty]
kobo check [PATH…] [--baseline FILE] [--write-baseline] [--hide-baselined]
kobo check [PATH…] [--book DIR] [--no-cache | --cache DIR]`],
  ['gate', gateUsage],
  ['search', searchUsage],
  ['new', 'kobo new TYPE|KIT [--out DIR] [--set key=value]…'],
  ['templates', `kobo templates list [--json] [--book DIR] [--lang ja|en]
kobo templates show TEMPLATE [--book DIR]`],
  ['rules', `kobo rules list [--json] [--book DIR]
kobo rules list --fired [PATH…] [--json] [--today YYYY-MM-DD] [--lang ja|en]
kobo rules test [RULE…] [--book DIR]
kobo rules explain RULE [--book DIR] [--lang ja|en]
kobo rules show RULE [--book DIR]
kobo rules impact [PATH…] --rule FILE | --level LEVEL | --in-force RULE | --against DIR`],
  ['types', `kobo types [list] [--json] [--book DIR]
kobo types show TYPE [--json] [--book DIR]`],
  ['book', `kobo book check [DIR] [--today YYYY-MM-DD] [--lang ja|en] [--json]
kobo book index --out FILE [--book DIR]`],
  ['lsp', 'kobo lsp --stdio'],
]);

type HelpLine = readonly [word: string, ja: string, en: string];

/** What the options of a command mean, and what its exit status says; of those that a build runs. */
const explained: ReadonlyMap<string, { readonly options: readonly HelpLine[]; readonly exits: readonly HelpLine[] }> = new Map([
  ['check', {
    options: [
      ['--format NAME', 'pretty（ふつう）、json、markdown、sarif、junit、github のどれか', 'pretty (usual), json, markdown, sarif, junit or github'],
      ['--fail-on SEVERITY', 'この重さから失敗にする：error（ふつう）、warning、info、hint、never', 'fail from this severity on: error (usual), warning, info, hint, never'],
      ['--severity SEVERITY', 'この重さから出す（json はいつも全部）。失敗にする指摘は必ず出る', 'show from this severity on (json: always all); what fails is always shown'],
      ['--max-warnings N', '警告がこれより多いと失敗にする', 'fail with more warnings than these'],
      ['--fail-empty', '確かめた文書がないとき、2 で終わる', 'end with 2 when no document was checked'],
      ['--since REVISION', 'git のこの版と分かれてから変わった文書と、消したファイルのために出た指摘だけを知らせる', 'only documents that changed since the work left a git revision, and what removed files caused'],
      ['--staged', 'コミットする前の、ステージした文書だけを、ステージした内容で確かめる', 'only documents staged for the next commit, as they are staged'],
      ['--fix', '書き方だけの直しを先に行う。内容は変えない', 'first make the fixes of form; no content is changed'],
      ['--baseline FILE', '前からあった指摘の一覧。載っているものでは失敗しない', 'findings that were there before; they fail nothing'],
      ['--write-baseline', 'いまの指摘を、その一覧（なければ kobo.yaml の baseline）に書く', 'write the findings of today into that file, else into the one of kobo.yaml'],
      ['--hide-baselined', '前からあった指摘を、人が読む一覧に出さない', 'leave findings of the baseline out of what people read'],
      ['--today YYYY-MM-DD', '今日の代わりの日', 'a day in place of today'],
      ['--lang ja|en', '指摘と案内の言葉', 'language of the findings and of what is said about them'],
      ['--book DIR', 'このコボブックで確かめる', 'check with this Kobo Book'],
      ['--cache DIR', '前回の結果を置くフォルダー', 'folder for the report that is kept'],
      ['--no-cache', '前回の結果を使わず、残さない', 'keep and use no report'],
    ],
    exits: [
      ['0', '失敗にする指摘はない', 'nothing that fails'],
      ['1', '失敗にする指摘がある', 'a finding that fails'],
      ['2', '書き方がちがう、または kobo.yaml やコボブックに読めない・効かないところがある', 'wrong use, or a kobo.yaml or Book of which a part cannot be read or used'],
    ],
  }],
  ['gate', {
    options: [
      ['GATE', 'ゲートの id か名前（G4、テスト完了）。書かなければ kobo.yaml の phase の次のゲート', 'id or title of a gate (G4, Test complete); left out: the gate of the phase in kobo.yaml'],
      ['PATH', 'プロダクトのフォルダー。書かなければいまのフォルダー。中に何件もあれば、順に確かめる', 'folder of a product; left out: this folder. Several products below are asked one after the other'],
      ['--format NAME', 'pretty（ふつう）、json、markdown、sarif、junit、github のどれか', 'pretty (usual), json, markdown, sarif, junit or github'],
      ['--today YYYY-MM-DD', '今日の代わりの日', 'a day in place of today'],
      ['--lang ja|en', '指摘と案内の言葉', 'language of the findings and of what is said about them'],
      ['--book DIR', 'このコボブックで確かめる', 'check with this Kobo Book'],
    ],
    exits: [
      ['0', 'そろっている。人が確かめる問いは、答えを待たない', 'ready; the questions for people are not waited for'],
      ['1', '残っていることがある。日がたっただけで出た指摘も数える', 'something is left; findings that only time has made count too'],
      ['2', '書き方がちがう、または kobo.yaml やコボブックに読めないところがある', 'wrong use, or a kobo.yaml or Book that cannot be read in full'],
    ],
  }],
]);

/** What `kobo NAME --help` prints: what the command is for, how it is written, and what its options mean. */
export function usageText(name: string, about: string, io: CommandIo): string {
  const ja = io.language === 'ja';
  const more = explained.get(name);
  const list = (title: string, lines: readonly HelpLine[]): string => {
    const width = Math.max(...lines.map(([word]) => word.length));
    return `\n${title}\n${lines.map(([word, japanese, english]) => `  ${word.padEnd(width)}  ${ja ? japanese : english}\n`).join('')}`;
  };
  const usage = `${about}\n\n${ja ? '書き方：' : 'Usage:'}\n${(usages.get(name) ?? `kobo ${name}`).replace(/^/gmu, '  ')}\n`;
  return more === undefined ? usage : `${usage}${list(ja ? '指定：' : 'Options:', more.options)}${list(ja ? '終わりの番号：' : 'Exit status:', more.exits)}`;
}
