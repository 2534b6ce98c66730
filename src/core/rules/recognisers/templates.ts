import { headingAbove, lineBefore } from '../../text/line';
import { matches, type Hit, type Recogniser } from './recogniser';

const parts = new RegExp(
  [
    // `{{< … >}}` and `{{% … %}}` call a part of a page (Hugo); nobody fills them in.
    '\\{\\{(?![<%])[^{}\\n]{0,120}\\}\\}',
    '\\$\\{\\d{1,2}:[^{}\\n]{0,120}\\}',
    // As the templates of the starter Book write it, with as many words as it takes.
    '【記入[：:][^【】\\n]{1,80}】',
    '[【\\[〔](?:ここに|要|未)?[^【】\\[\\]〔〕\\n]{0,30}(?:記入|入力|記載|書く|書いてください|書き換え)[^【】\\[\\]〔〕\\n]{0,20}[】\\]〕](?![(:])',
    '[（(]ここ[にへ][^（）()\\n]{0,40}(?:記入|入力|記載|書)[^（）()\\n]{0,8}(?:ください|下さい)。?[）)]',
    '＜(?:(?:会議|プロジェクト|システム|サービス|製品|案件|会社|部署|顧客|担当者?|文書|資料)名|日付|年月日|氏名|役職)＞',
    '[<＜][^<>＜＞\\n=/"]{0,40}(?:記入|入力|ここに|記載|書く)[^<>＜＞\\n="]{0,20}[>＞]',
    // `〇年〇月〇日`, `XX月XX日`, `20XX/XX/XX`.
    '(?:[○◯〇XxＸ]{1,4}年)?[○◯〇XxＸ]{1,2}月[○◯〇XxＸ]{1,2}日|(?<![A-Za-z0-9/])20[XxＸ]{2}[-/.][XxＸ]{2}[-/.][XxＸ]{2}(?![A-Za-z0-9/])',
    '(?<![○◯〇])[○◯〇]{2,}(?:[ \u3000][○◯〇]{2,})*(?![○◯〇])',
    '(?<![△□●▲])(?:△△|□□|●●|▲▲)(?=\\s?(?:株式会社|部|課|室|さん|様|氏|社|会社|支店|システム|プロジェクト|サービス|町|市|区|県))',
    '(?<![A-Za-z0-9_-])[XxＸ]{2}(?=[ \u3000]?(?:百|千)?(?:万|億)?円)',
    '(?<![A-Za-z0-9_-])[XxＸ]{3,8}(?![A-Za-z0-9_-])',
    '(?<![A-Za-z0-9/])(?:YYYY|yyyy|20[Yy]{2}|20XX|20xx)(?:[-/.](?:MM|mm)[-/.](?:DD|dd)|年(?:MM|M|mm)月(?:DD|D|dd)日)(?![A-Za-z0-9_/])',
    '(?<![A-Za-z0-9/])(?:DD[-/.]MM|MM[-/.]DD|dd[-/.]mm|mm[-/.]dd)[-/.](?:YYYY|yyyy)(?![A-Za-z0-9_/])',
    '\\[(?<=^#{1,2} \\[)[A-Z][a-z]{2,15} [Nn]ame\\]',
    '\\[(?:Name|Your [A-Za-z ]{1,30}|Date|Title|Insert [A-Za-z ]{1,30}|Project [Nn]ame|Owner|Description|TBD)\\](?![(:\\[])',
    '(?<![A-Za-z])[Ll]orem ipsum',
    '＿{2,}|[＿_]{2,}(?=[\\s\u3000。、）)|年月日,"]|$)',
  ].join('|'),
  'gmu',
);

/** What a template leaves for people to fill in: `{{…}}`, 【記入】, ○○, `YYYY-MM-DD`, a blank line of underscores. */
export const placeholder: Recogniser = (text) => {
  let filledIn: boolean | undefined;
  return matches(text, parts, (match, start): Hit | undefined => {
    const mark = match[0];
    const end = start + mark.length;
    if (mark.startsWith('{{') && (filledIn ??= fillsBraces.test(text))) return undefined;
    const after = text.slice(end, end + 12);
    // A sentence about the format itself is no blank.
    if (/^(?:[(（][^()（）\n]{0,8}[)）])?\s?(?:形式|の形|フォーマット|format|のように|[(（]\s?(?:for ex|e\.g|ex[.:)]|例))/iu.test(after)) return undefined;
    return isNotation(mark, lineBefore(text, start, 200), lineAfter(text, end), text, start) ? undefined : { start, end };
  });
};

/** Whether a mark is not left over but meant: a pattern, a mask, a variable of another language, an example. */
function isNotation(mark: string, before: string, after: string, text: string, at: number): boolean {
  if (/^(?:\[[A-Z]|[XxＸ○◯〇△□●▲])/u.test(mark) && isSample.test(captionOf(text, at))) return true;
  if (/^【記入[：:]/u.test(mark)) return isQuoted(before, after) || isShownFilledIn(before, after);
  if (/^[【[〔<＜]/u.test(mark)) return isStatement.test(mark) || isQuoted(before, after) || isButton(mark, after) || isCaption(mark, after) || isNoun(mark) || isShownFilledIn(before, after);
  const heading = headingAbove(text, at);
  if (isForm.test(heading) || (/^[○◯〇]+$/u.test(mark) && !/^\s{0,3}#/u.test(before) && isScreen.test(heading))) return true;
  if (/^[^_{[]/u.test(mark) && inSampleColumn(before, text, at)) return true;
  // `+○○円 / -○○円` is an amount that differs, not one to be written.
  if (/^[○◯〇]+$/u.test(mark) && /[+＋±−－-]$/u.test(before)) return true;
  if (mark.startsWith('{{')) return isExpression(mark, before) || isExplained(before, after);
  if (mark === '__' && opensEmphasis.test(after)) return true;
  if (/^_+$/u.test(mark)) return !isLine(mark, before, after) || isRecord.test(headingAbove(text, at));
  // What is quoted is an example of words; so is what stands behind 例： or Good:.
  if (/^(?:[XxＸ○◯〇△□●▲]+$|YYYY|yyyy|20|DD|MM|dd|mm)/u.test(mark) && before.lastIndexOf('「') > before.lastIndexOf('」') && after.includes('」')) return true;
  if (/^[XxＸ]+$/u.test(mark)) return /^\s*(?:[-*]\s*)?(?:good|better|best|bad|良い例|悪い例|例)\s?[:：]/iu.test(before) || isVariable(mark, before, after);
  if (/^(?:YYYY|yyyy|20|DD|MM|dd|mm)/u.test(mark)) return isFormat(before, after) || isQuoted(before, after) || asksFor.test(leadOf(text, at)) || describesColumns.test(headerOf(text, at));
  return false;
}

/** Words in quotation marks are said elsewhere: an issue titled "Introduce [Your Name]". */
function isQuoted(before: string, after: string): boolean {
  if (isQuotedValue(before, after)) return false;
  return (/(?:^|[\s(])['‘]$/u.test(before) && /['’]/u.test(after)) || ((before.match(/"/gu)?.length ?? 0) % 2 === 1 && after.includes('"')) || (before.lastIndexOf('“') > before.lastIndexOf('”') && after.includes('”'));
}

/** The quotes around a whole cell of CSV, or around the value of a field, are no quotation marks. */
function isQuotedValue(before: string, after: string): boolean {
  return /^"\s*(?:[,;\t]|$)/u.test(after) && (/(?:^|[,;\t])"$/u.test(before) || /^[A-Za-z_\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー][^\s:：|"]{0,30}:\s"$/u.test(before));
}

/** A section with blanks for what is measured when it is done. */
const isRecord = /記録|計測|測定|実測|observations?|measure/iu;

/** A section that shows a form for others to fill in: 不具合票テンプレート. */
const isForm = /テンプレート|ひな形|雛形|様式|\btemplate\b/iu;

/** A section that tells what a screen shows: 今週○回. */
const isScreen = /表示項目|表示内容|表示例|レイアウト|ワイヤー|モック|mock-?up|wireframe/iu;

/** What announces an example: 【例】, 「Some other examples that may work for you are:」. */
const isSample = /^[\s*_#>]*[【（([]?(?:記入|入力|設定|出力)?例(?![えの])|(?:例えば|たとえば)[^。\n]*[:：]|(?<![a-z])(?:examples?|e\.g\.)[^\n]*:\s*$/iu;

/** Brackets that say what was decided or done, or draw a part of a screen, not what to fill in: 【公開版には記載しない】, 【決定：手入力】, [ 入力ボックス ]. */
const isStatement = /^.(?:決定|結論|注|済)|^.(?:書く|記入|入力|記載)(?:する|の)?(?:順番|順序|しかた|仕方|方法|ルール|要領|手順|上の注意|ガイド).$|(?:記入|入力|記載|書か)(?:し?ない|不要|なし|済|した|され)|(?:記入|入力|記載)(?:が|も)?でき|手入力|入力(?:ボックス|欄|フォーム|フィールド|エリア|ボタン|画面|ページ)/u;

/** `[振替伝票入力の改善]`: 入力 as a part of a name, not as something to do. */
function isNoun(mark: string): boolean {
  return mark.includes('入力') && !/記入|記載|書/u.test(mark) && !/ここ|[をにへ][^】\]〕>＞]{0,8}入力|入力(?:して|する|せよ|のこと|例|欄)?[^\p{L}\p{N}]{0,2}[】\]〕>＞]$|入力して/u.test(mark);
}

/** `titled [Project name] [year] (e.g., …)`: how a name is made, with one that is. */
function isShownFilledIn(before: string, after: string): boolean {
  return /(?<![a-z])(?:titled|called|named|entitled)(?![a-z])[^.]{0,24}$/iu.test(before) && /^[^.]{0,60}[(（](?:e\.g\.|for example|例)/iu.test(after);
}

/** `【入力】利用者による報告`: what kind of step it is. */
function isCaption(mark: string, after: string): boolean {
  return /^【(?:入力|出力|記入|記載)】$/u.test(mark) && /^[\p{L}\p{N}]/u.test(after) && !/^(?:です|する|して|を|に|が|は|の|と|で)/u.test(after);
}

/** `[日付入力] ➡️ カレンダー`: what can be pressed on a screen, and what happens then. */
function isButton(mark: string, after: string): boolean {
  return /^\[[^をにへ]+入力\]$/u.test(mark) && /^[\s*`]{0,6}(?:→|⇒|➡|->|=>|を(?:押|タップ|クリック|選)|ボタン)/u.test(after);
}

/** `${{ secrets.X }}`, `{{ .Values.x }}`, `{{ page.title | upcase }}`, `style={{ padding: 24 }}`: another program fills it in. */
function isExpression(mark: string, before: string): boolean {
  return /[$=]$/u.test(before) || /^\{\{-?\s*(?:[$.#/>%!&"'*]|[A-Za-z_]+\.)|[|"'()]/u.test(mark);
}

/** A sentence of the document says that a program fills in what stands in such braces; what people are asked to replace is left over. */
const fillsBraces = /(?:テンプレート|プレースホルダー?|変数|\{\{ ?\}\})[^。\n]{0,40}(?:埋め込む|埋め込み(?:ます|$)|埋め込まれ|差し込まれ|差し込む|置き換えられ|置換され|展開され)|placeholders?[^.\n]{0,40}(?:is|are) (?:replaced|substituted|filled in) (?:by|at|when|with)/iu;

/** `| {{section}} | what is put in here |`: the first cell of a row names the mark, the next one explains it. */
function isExplained(before: string, after: string): boolean {
  return /^\s*\|\s*`?$/u.test(before) && /^`?\s*\|\s*[^|\s{【[][^|]{9,}/u.test(after);
}

/** A line of half-width underscores asks for something behind a colon or bracket, at the start of a cell, or before 年月日. */
function isLine(mark: string, before: string, after: string): boolean {
  if (/^\s*$/u.test(before) || closesEmphasis(mark, before)) return false;
  return /[:：=＝(（「『]\s*$/u.test(before) || /^\s*[年月日]/u.test(after) || (/[\s|,]$|,"$/u.test(before) && /^\s*(?:[|)）。,"]|$)/u.test(after));
}

const otherVariables = /(?<![A-Za-z])(?:(?:yyy|zzz|YYY|ZZZ|foo|bar|baz|hoge|fuga|piyo)(?![A-Za-z])|[xn] ?[件人円名])/u;
const isSampleAfter = /^.{0,3}(?:という|といった|のような|のように|の部分|のところ|の箇所|に置き換|を置き換)/u;
const isSampleBefore = /(?:例[:：]|例えば|たとえば|e\.g\.,?|for example,?|such as|like|ファイル名|ブランチ名|形式)\W{0,4}$/iu;

/** `xxx` beside `yyy`, in a path or a figure, a long mask of figures, or in the greeting of a sample letter. */
function isVariable(mark: string, before: string, after: string): boolean {
  if (mark.length > 4 || /[/\\.$=@#~]$|[\dXxＸ][,，]$/u.test(before) || /^[/\\@=]|^[,，.](?:[XxＸ]|\d{1,3}(?![\dXxＸ/-]))|^\.[a-z]/u.test(after)) return true;
  if (otherVariables.test(before) || otherVariables.test(after)) return true;
  return isSampleAfter.test(after) || isSampleBefore.test(before) || /^\W{0,4}(?:hi|hello|dear)\W{1,4}$/iu.test(before);
}

const isNaming = /名前|ファイル名|フォルダ|ディレクトリ|命名|名称|形式|書式|フォーマット|パス(?!ワード)|\bpaths?\b|接頭|接尾|件名|ブランチ|format|file ?names?|folder|director(?:y|ies)|naming|named|prefix|suffix|pattern|placeholder/iu;

/** What announces a list of forms, or of what is to be written down elsewhere when the time comes. */
const asksFor = new RegExp(`${isNaming.source}|(?:以下|次)の(?:項目|内容|情報)を`, 'iu');

/** `YYYY-MM-DD` says how to write a date where names or formats are the matter, or in brackets behind a word. */
function isFormat(before: string, after: string): boolean {
  if (/[<＜]\s*$/u.test(before) && /^\s*[>＞]/u.test(after)) return true;
  // A part of an address: `GET /sessions?range=YYYY-MM-DD..YYYY-MM-DD`.
  if (/[?&/][\w-]*=(?:YYYY-MM-DD\.\.)?$/u.test(before)) return true;
  // `| {{report_date}} | 作成日: {YYYY-MM-DD} |`: what a program puts in its place.
  if (/\{\{[^{}]+\}\}.*\{\s*$/u.test(before) && /^\s*\}/u.test(after)) return true;
  if (/[^\s|:：]\s?[(（]\s*$/u.test(before) && /^(?:\s|T?[Hh:ms]|[-_ ]|[A-Z]{2,4})*[)）]/u.test(after)) return true;
  return isNaming.test(before) || isNaming.test(after);
}

const opensBold = /(?<![\w_])__(?=[^\s_年月日。、）)|])/u;
const opensBoldItalic = /(?<![\w_])___(?=[^\s_年月日。、）)|])/u;

/** `__日時__`: behind the run stand a word and the run that closes it, not 年 or 月 and the next blank. */
const opensEmphasis = /^[^\s_][^_\n]{1,20}__(?![_\w年月日])/u;

/** `__bold:__`: the same run of underscores opens emphasis earlier in the line. A blank before 年 or a full stop opens none. */
function closesEmphasis(run: string, before: string): boolean {
  return (run === '__' && opensBold.test(before)) || (run === '___' && opensBoldItalic.test(before));
}

/** The line that announces the list a mark stands in: the nearest line above that ends in a colon, over list items and blanks only. */
function leadOf(text: string, at: number): string {
  const lines = text.slice(Math.max(0, at - 400), at).split(/\r\n|\r|\n/u).slice(0, -1).reverse();
  const lead = lines.find((line) => !/^\s*(?:[-*+]\s|\d+[.)]\s|$)/u.test(line)) ?? '';
  return /[:：]\s*$/u.test(lead) ? lead : '';
}

/** The line above the list or the table a mark stands in. */
function captionOf(text: string, at: number): string {
  const lines = text.slice(Math.max(0, at - 2000), at).split(/\r\n|\r|\n/u).slice(0, -1).reverse();
  return lines.find((line) => !/^\s*(?:[-*+|]|\d+[.)]\s|$)/u.test(line) || /^\s*\*{2}/u.test(line)) ?? '';
}

const describesColumns = /^\s*\|[^\n]*(?:表示内容|オプション|引数|\b(?:options?|arguments?|flags?)\b|カラム|パラメータ|データ型|\|\s*型\s*\||\bparameters?\b|\|\s*(?:data )?types?\s*\||列名|フィールド|入力(?:ルール|規則|制限)|書式|形式|フォーマット|\bcolumns?\b|\bfields?\b|\bformat\b)/iu;

/** The header line of the Markdown table a mark stands in, empty where it stands in none. */
function headerOf(text: string, at: number): string {
  const lines = text.slice(Math.max(0, at - 4000), at).split(/\r\n|\r|\n/u).reverse();
  const outside = lines.findIndex((line) => !/^\s*\|/u.test(line));
  const rows = outside < 0 ? lines : lines.slice(0, outside);
  const rule = rows.findIndex((line) => /^[\s|:-]+$/u.test(line));
  return rule < 0 ? '' : (rows[rule + 1] ?? '');
}

/** Whether a mark stands in a column that shows how others are filled in: 記入例. */
function inSampleColumn(before: string, text: string, at: number): boolean {
  if (!/^\s*\|/u.test(before)) return false;
  const column = before.split('|').length - 1;
  return /^\s*(?:(?:記入|入力|値の|設定|表示|出力)?例|サンプル(?:値)?|examples?|samples?(?: values?)?)\s*$/iu.test(headerOf(text, at).split('|')[column] ?? '');
}

function lineAfter(text: string, at: number): string {
  const end = text.slice(at, at + 200).search(/[\r\n]/u);
  return text.slice(at, end < 0 ? at + 200 : at + end);
}

const unsafe = /[\u3000]|[①-⑳㈱㈲㊤㊥㊦㊧㊨ⅰ-ⅹⅠ-Ⅹ㍉㎜㎏№℡]|[゙゚\u0300-\u036f]|[<>:"|?*\p{Cc}\\]|\u00a0|[\ue000-\uf8ff]/gu;

/**
 * Characters that break file names on some system: the ideographic blank, system-dependent characters, combining marks
 * of decomposed names (NFD), and those Windows forbids.
 */
export const unsafeCharacter: Recogniser = (text) =>
  matches(text, unsafe, (match, start) => ({ start, end: start + match[0].length, better: safeCharacter(match[0]) }));

function safeCharacter(char: string): string {
  const plain = char.normalize('NFKC').trim();
  return /^[\p{L}\p{N}]+$/u.test(plain) ? plain : '_';
}
