import { matches, type Hit, type Recogniser } from './recogniser';

const parts = new RegExp(
  [
    // `{{< … >}}` and `{{% … %}}` call a part of a page (Hugo); nobody fills them in.
    '\\{\\{(?![<%])[^{}\\n]{0,120}\\}\\}',
    '\\$\\{\\d{1,2}:[^{}\\n]{0,120}\\}',
    '[【\\[〔](?:ここに|要|未)?[^【】\\[\\]〔〕\\n]{0,30}(?:記入|入力|記載|書く|書いてください|書き換え)[^【】\\[\\]〔〕\\n]{0,20}[】\\]〕](?![(:])',
    '[<＜][^<>＜＞\\n=/"]{0,40}(?:記入|入力|ここに|記載|書く)[^<>＜＞\\n="]{0,20}[>＞]',
    '(?<![○◯〇])(?:[○◯〇]{2,})(?![○◯〇])',
    '(?<![A-Za-z0-9_-])[XxＸ]{3,8}(?![A-Za-z0-9_-])',
    '(?<![A-Za-z0-9/])(?:YYYY|yyyy|20[Yy]{2}|20XX|20xx)(?:[-/.](?:MM|mm)[-/.](?:DD|dd)|年(?:MM|M|mm)月(?:DD|D|dd)日)(?![A-Za-z0-9_/])',
    '\\[(?:Name|Your [A-Za-z ]{1,30}|Date|Title|Insert [A-Za-z ]{1,30}|Project [Nn]ame|Owner|Description|TBD)\\](?![(:\\[])',
    '(?<![A-Za-z])[Ll]orem ipsum',
    '[＿_]{2,}(?=[\\s\u3000。、）)|年月日]|$)',
  ].join('|'),
  'gmu',
);

/** What a template leaves for people to fill in: `{{…}}`, 【記入】, ○○, `YYYY-MM-DD`, a blank line of underscores. */
export const placeholder: Recogniser = (text) => matches(text, parts, (match, start): Hit | undefined => {
  const after = text.slice(start + match[0].length, start + match[0].length + 8);
  // A sentence about the format itself is no blank; nor is a rule or emphasis mark made of underscores.
  if (/^\s?(?:形式|の形|フォーマット|format|のように|[(（]\s?(?:for ex|e\.g|ex[.:)]|例))/iu.test(after)) return undefined;
  if (/^_+$/.test(match[0])) {
    const before = lineBefore(text, start);
    if (/^\s*$/.test(before) || !/\S/.test(text.charAt(start - 1)) || closesEmphasis(match[0], before)) return undefined;
  }
  return { start, end: start + match[0].length };
});

const opensBold = /(?<![\w_])__(?=[^\s_年月日。、）)|])/u;
const opensBoldItalic = /(?<![\w_])___(?=[^\s_年月日。、）)|])/u;

/** `__bold:__`: the same run of underscores opens emphasis earlier in the line. A blank before 年 or a full stop opens none. */
function closesEmphasis(run: string, before: string): boolean {
  return (run === '__' && opensBold.test(before)) || (run === '___' && opensBoldItalic.test(before));
}

function lineBefore(text: string, at: number): string {
  const from = Math.max(text.lastIndexOf('\n', at - 1) + 1, at - 200);
  return text.slice(from, at);
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
