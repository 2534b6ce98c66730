import type { Words } from '../core/book/book';
import { knownAudiences } from '../core/book/check-page-heads';

/**
 * The server's own words, in both languages side by side so that neither can be forgotten. Those about a finding follow
 * the language of findings (`kobo.yaml`, else the Book); the rest the language of the interface.
 */
export type Language = 'ja' | 'en';

const words = {
  why: { ja: 'なぜ？', en: 'Why?' },
  good: { ja: '良い例', en: 'Good' },
  toImprove: { ja: '直したい例', en: 'To improve' },
  guide: { ja: '手引き「{0}」', en: 'Guide “{0}”' },
  notManaged: { ja: '確かめない', en: 'not checked' },
  reopenWith: { ja: '{0} で開き直す', en: 'Reopen with {0}' },
  openGuide: { ja: '手引き「{0}」を開く', en: 'Open the guide “{0}”' },
  fixAllHere: { ja: '{0} の指摘をこの文書でまとめて直す（{1} 件）', en: 'Fix all findings of {0} in this document ({1})' },
  fixAllProduct: { ja: '{0} の指摘をこのプロダクトでまとめて直す…', en: 'Fix all findings of {0} in this product…' },
  proposeChange: { ja: 'この決まりがおかしいと伝える…', en: 'Tell the owner that this rule is wrong…' },
  manageAs: { ja: 'この文書を「{0}」として確かめる', en: 'Check this document as “{0}”' },
  dontAsk: { ja: 'この文書では聞かない', en: 'Do not ask for this document' },
  rule: { ja: 'ルール {0}', en: 'Rule {0}' },
  template: { ja: 'テンプレート', en: 'Template' },
  fieldAtTop: { ja: '冒頭の項目', en: 'Field at the top' },
  fieldValue: { ja: '書くこと', en: 'What to write' },
  kit: { ja: '一式', en: 'Kit' },
  term: { ja: '用語', en: 'Term' },
  gate: { ja: 'ゲート', en: 'Gate' },
  document: { ja: '文書', en: 'Document' },
  missing: { ja: '「{0}」がありません', en: '“{0}” is missing' },
  newDocument: { ja: 'テンプレートから文書を作る', en: 'New document from a template' },
  nextBlank: { ja: '次の空欄へ', en: 'Next blank' },
  checkAll: { ja: 'すべての文書を確認', en: 'Check all documents' },
  setUp: { ja: 'このフォルダーを使う', en: 'Use this folder' },
  bookFailed: {
    ja: 'コボブック「{0}」を読めませんでした。フォルダーがあるか確かめてください。いまは付属のコボブックを使っています。',
    en: 'The Book “{0}” could not be read. Check that the folder is there. The starter Book is used meanwhile.',
  },
  productFailed: {
    ja: '{0} のファイルを読めなかったので、このフォルダーは含めていません（{1}）。つながっているか確かめて、もう一度実行してください。',
    en: 'The files of {0} could not be read, so this folder is left out ({1}). Check the connection and try again.',
  },
  bookUntrusted: {
    ja: 'コボブック「{0}」はこのワークスペースの外にあります。ワークスペースを信頼すると読み込みます。',
    en: 'The Book “{0}” lies outside of this workspace. It is read once you trust the workspace.',
  },
  bookRemote: {
    ja: 'git の場所（{0}）のコボブックは、まだ取り込めません。手元のフォルダーを指定してください。',
    en: 'A Book at a git address ({0}) cannot be fetched yet. Name a folder on this machine.',
  },
  indexRebuilt: { ja: '検索の索引を作り直しました（{0}）。', en: 'The search index was built anew ({0}).' },
  indexInterrupted: { ja: '前回の保存が途中で終わっていました', en: 'its last write did not come to its end' },
  indexDamaged: { ja: '保存した索引が壊れていました', en: 'the kept one was damaged' },
  indexOther: { ja: '別の版で作られた索引でした', en: 'the kept one was made by another version' },
  prebuiltDamaged: { ja: 'コボブックに付いている search-index.kobo が壊れていました', en: 'search-index.kobo of the Book was damaged' },
  prebuiltOther: { ja: 'コボブックに付いている search-index.kobo は別の版で作られています', en: 'search-index.kobo of the Book was made by another version' },
  noFolder: {
    ja: 'フォルダーが開かれておらず、文書の上のフォルダーに {0} もありません。{0} のあるフォルダーを開くか、kobo init で作ってください。',
    en: 'No folder is open, and there is no {0} above the document. Open the folder of a {0}, or make one with kobo init.',
  },
  setUpElsewhere: { ja: 'このフォルダーは開いているワークスペースの中にありません。', en: 'This folder is not inside the open workspace.' },
  waiveRow: { ja: '{0} を見送る：この行だけ…', en: 'Waive {0}: only this row…' },
  waiveDocument: { ja: '{0} を見送る：この文書では…', en: 'Waive {0}: in this document…' },
  waiveProduct: { ja: '{0} を見送る：このプロダクトでは…', en: 'Waive {0}: in this product…' },
  waiveLink: { ja: '見送る…', en: 'Waive…' },
  waiveLocked: { ja: 'この決まりは見送れません。相談先：{0}', en: 'This rule cannot be waived. Ask: {0}' },
  waiveLockedAlone: { ja: 'この決まりは見送れません。', en: 'This rule cannot be waived.' },
  waiveGone: { ja: 'この指摘はもうありません。', en: 'This finding is gone.' },
  waiveNoPlace: { ja: 'ここには見送りを書けません。ほかの範囲を選んでください。', en: 'A waiver cannot be written here. Choose another scope.' },
  waiveKobo: { ja: 'kobo.yaml に見送りを書けません。ファイルが読める形か確かめてください。', en: 'The waiver cannot be written into kobo.yaml. Check that the file can be read.' },
  waiverGone: { ja: 'この見送りはもうそこにありません。一覧を読み直してください。', en: 'This waiver is not there any more. Refresh the list.' },
  reasonShort: { ja: '読む人が判断できるように、理由を10文字以上で書いてください。', en: 'Give a reason of at least 10 characters that others can judge by.' },
  reasonLater: { ja: '「あとで」だけでは、読む人が判断できません。', en: '“Later” alone tells the reader nothing.' },
  untilNoDay: { ja: '日付を 2026-12-04 のように書いてください。', en: 'Write a date like 2026-12-04.' },
  untilPast: { ja: '今日（{0}）より前の日です。', en: 'This is before today ({0}).' },
  untilLate: { ja: '見送れるのは最長6か月、{0} までです。', en: 'A waiver lasts six months at most, until {0}.' },
  impactNoPlace: { ja: '決まり・種別・用語のファイルか kobo.yaml を開いてから選んでください。', en: 'Open a file of rules, types or terms, or a kobo.yaml, first.' },
  impactSame: { ja: '開いたときの内容と同じなので、比べるものがありません。', en: 'The text is as it was opened: there is nothing to compare.' },
  impactNoProduct: { ja: 'このコボブックを使うプロダクトが、開いているフォルダーにありません。', en: 'No product in the open folders uses this Book.' },
  impactBroken: { ja: '先に{0}行目を直してください。{1}', en: 'Correct line {0} first. {1}' },
  impactNoLevel: { ja: '水準「{0}」はありません。', en: 'There is no level {0}.' },
  examplesGood: { ja: '例 {0} 件がすべて期待どおり', en: 'All {0} examples behave' },
  examplesBad: { ja: '例 {0} 件中 {1} 件が期待どおりではありません', en: '{1} of {0} examples do not behave' },
  examplesNone: { ja: '例がありません。良い例と直したい例を1つずつ書いてください', en: 'No examples yet. Write one good and one bad example' },
  goodExample: { ja: '良い例 {0}', en: 'Good example {0}' },
  badExample: { ja: '直したい例 {0}', en: 'Bad example {0}' },
  replaceBy: { ja: '「{0}」に直す', en: 'Change to “{0}”' },
  rule_section: { ja: 'この見出しが必ずある', en: 'This heading must be there' },
  rule_sectionDetail: { ja: '例：議事録に「決定事項」がある', en: 'e.g. minutes have “Decisions”' },
  rule_field: { ja: '先頭の項目が書いてある', en: 'This field at the top is filled in' },
  rule_fieldDetail: { ja: '例：計画書に承認者がある', en: 'e.g. a plan names its approver' },
  rule_column: { ja: 'この列が空でない', en: 'This column is not empty' },
  rule_columnDetail: { ja: '例：課題に担当がいる', en: 'e.g. every issue has an owner' },
  rule_column_when: { ja: 'ある状態の行では、この列が空でない', en: 'In rows of one status this column is not empty' },
  rule_column_whenDetail: { ja: '例：完了の行には完了日がある', en: 'e.g. a done row has a closing date' },
  rule_vocabulary: { ja: 'この列は決めた言葉で書く', en: 'This column uses the agreed words' },
  rule_vocabularyDetail: { ja: '例：対応区分は回避・軽減・移転・受容', en: 'e.g. avoid, reduce, transfer, accept' },
  rule_words: { ja: 'この言葉を使わない', en: 'These words are not used' },
  rule_wordsDetail: { ja: '例：「なるべく」「早めに」を使わない', en: 'e.g. no “as soon as possible”' },
  rule_overdue: { ja: '日付が期限を過ぎていない', en: 'A date has not passed' },
  rule_overdueDetail: { ja: '例：終わっていない行の期限が過ぎていない', en: 'e.g. unfinished rows are not overdue' },
  rule_stale: { ja: '最後の更新から日がたっていない', en: 'It was updated not long ago' },
  rule_staleDetail: { ja: '例：リスクを14日ごとに見直す', en: 'e.g. risks are reviewed every 14 days' },
  rule_unique: { ja: 'この列の値が重ならない', en: 'Values of this column occur once' },
  rule_uniqueDetail: { ja: '例：同じ番号が2回ない', en: 'e.g. no id is used twice' },
  rule_agrees: { ja: '別の文書と同じことが書いてある', en: 'Another document says the same' },
  rule_agreesDetail: { ja: '例：リリース日が日程表と同じ', en: 'e.g. the release day agrees with the schedule' },
  rule_traced: { ja: '別の文書から参照されている', en: 'Another document refers to each row' },
  rule_tracedDetail: { ja: '例：要件にテストがある', en: 'e.g. each requirement has a test' },
  rule_figures: { ja: '数字が掛け算と合っている', en: 'A number equals a product' },
  rule_figuresDetail: { ja: '例：評価点＝発生確率×影響度', en: 'e.g. score = probability × impact' },
  rule_approval: { ja: '承認済みなら、だれがいつ承認したかがある', en: 'What is approved says who and when' },
  rule_approvalDetail: { ja: '例：承認済みの計画書に承認者と承認日がある', en: 'e.g. an approved plan names approver and day' },
  rule_gate: { ja: 'このゲートまでに、この文書がある', en: 'This document exists at this gate' },
  rule_gateDetail: { ja: '例：リリース判定までに手順書がある', en: 'e.g. a runbook at the release decision' },
  rule_contains: { ja: 'この種類のものを書かない', en: 'Things of this kind are not written' },
  rule_containsDetail: { ja: '例：電話番号やパスワードを書かない', en: 'e.g. no phone numbers or passwords' },
  newRuleFrom: { ja: 'この指摘に似たルールを作る…', en: 'New rule like this finding…' },
  approverMissing: { ja: '承認した人の名前を書いてください。', en: 'Name who has approved this.' },
} as const satisfies Readonly<Record<string, Readonly<Record<Language, string>>>>;

export type WordKey = keyof typeof words;

/** The sentence in a language, `{0}`, `{1}` … filled in. */
export function say(language: Language, key: WordKey, ...values: readonly (string | number)[]): string {
  return words[key][language].replace(/\{(\d)\}/g, (whole, index: string) => String(values[Number(index)] ?? whole));
}

/** Findings and the interface exist in Japanese and English; every other language reads English. */
export function languageOf(tag: string): Language {
  return tag.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

const audiences: Readonly<Record<(typeof knownAudiences)[number], Words>> = {
  coordinator: { text: 'コーディネーター', en: 'Coordinators' },
  'product-team': { text: 'プロダクトチーム', en: 'Product team' },
  analyst: { text: 'アナリスト', en: 'Analysts' },
  manager: { text: 'マネージャー', en: 'Managers' },
  director: { text: 'ディレクター', en: 'Directors' },
  'product-pmo': { text: 'プロダクトPMO', en: 'Product PMO' },
  'book-editor': { text: 'コボブックを書く人', en: 'Editors of the Book' },
};

/** Title of an audience that pages name; a Book's own stays as it is written. */
export function audienceTitle(audience: string, language: Language): string {
  const known = knownAudiences.find((one) => one === audience);
  return known === undefined ? audience : inLanguage(audiences[known], language);
}

/** Words of the Book in a language; without a translation, as the Book says them. */
export function inLanguage(words: Words, language: Language): string {
  return language === 'en' ? (words.en ?? words.text) : words.text;
}
