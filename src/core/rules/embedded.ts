import type { ProjectDocument } from '../document/document';
import type { Span } from '../text/position';

/** A value says more than its mask from so many letters on: `XXX万円以内` is one to be filled in, `XXX部分は投稿の番号` is not. */
const fewLetters = 4;
const longestLine = 400;

/** Every mark that stands for something to be written: circles, `XXX`, days, underscores. */
const masks = /\{\{[^{}]*\}\}|(?:[○◯〇XxＸ]{1,4}年)?[○◯〇XxＸ]{1,2}月[○◯〇XxＸ]{1,2}日|20[XxＸ]{2}[-/.][XxＸ]{2}[-/.][XxＸ]{2}|[○◯〇]+|[XxＸ]{2,}|[＿_]{2,}|[Yy]{4}(?:[-/.](?:MM|mm)[-/.](?:DD|dd)|年[Mm]{1,2}月[Dd]{1,2}日)/gu;

/**
 * Whether a mask is a small part of what stands in its place: the cell of a table, the words behind a label, the line or
 * item. One that is nearly all of it waits to be filled in; among other words it may say how something is written, or
 * hide a name, or a program puts something there. A line to be signed waits too, until the boxes of its checklist are ticked. Words in brackets (`【記入】`, `{{Insert the name}}`) ask by themselves, and a heading is a name as a whole.
 *
 * @param span of the mask
 */
export function isEmbedded({ text, format, items }: Pick<ProjectDocument, 'text' | 'format' | 'items'>, { start, end }: Span): boolean {
  // `承認者：____` is signed when the boxes are ticked.
  if (/^[＿_]+$/u.test(text.slice(start, end)) && items.some((item) => item.kind === 'task' && !item.checked)) return true;
  if (/^(?:[【[〔<＜$]|\{\{\s*[^\s{}]+\s+[^\s{}]|lorem)/iu.test(text.slice(start, end))) return false;
  const before = lineUpTo(text, start);
  const after = lineFrom(text, end);
  // A company whose name is hidden.
  if (/(?:株式|有限|合同)会社\s?$/u.test(before) || /^\s?(?:(?:株式|有限|合同)会社|社\p{L})/u.test(after)) return true;
  if (/^\s{0,3}(?:#|title:|題名[:：])/u.test(before)) return false;
  const divider = format === 'csv' ? /[,\t]/u : /^\s*\|/u.test(before) ? /\|/u : undefined;
  const left = divider === undefined ? behindLabel(before) : (before.split(divider).at(-1) ?? '');
  const right = divider === undefined ? after : (after.split(divider, 1)[0] ?? '');
  // In the middle of a word it is a part of a name: イオン○○店.
  if (/\p{L}{2}$/u.test(left) && /^\p{L}/u.test(right)) return true;
  // In brackets behind a word it says how that is written.
  if (/[\p{L}\p{N}][（(][^（()）]*$/u.test(left)) return true;
  const rest = [left, right].map((side) => side.replace(/[（(][^（()）]*[)）]|<!--.*?-->/gu, ' ').replace(masks, ' ')).join(' ');
  return (rest.match(/\p{L}/gu)?.length ?? 0) > fewLetters;
}

/** What stands behind the last label of a line (`担当：`), or the line without its mark of a list. */
function behindLabel(line: string): string {
  const colon = Math.max(line.lastIndexOf('：'), line.lastIndexOf(':'));
  return colon < 0 ? line.replace(/^\s*(?:[-*+>]|\d+[.)])\s+(?:\[[ xX]\]\s+)?/u, '') : line.slice(colon + 1);
}

function lineUpTo(text: string, at: number): string {
  const before = text.slice(Math.max(0, at - longestLine), at);
  return before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
}

function lineFrom(text: string, at: number): string {
  return text.slice(at, at + longestLine).split(/[\r\n]/u, 1)[0] ?? '';
}
