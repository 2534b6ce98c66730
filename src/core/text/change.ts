/** What was replaced between two versions of a text: `[start, oldEnd)` before, `[start, newEnd)` now. Nothing else differs. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

const block = 2048;

/** The smallest change that makes one text of another; an empty one at the end for equal texts. Linear. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  // Whole blocks are compared natively, the rest unit by unit.
  while (start + block <= shorter && before.slice(start, start + block) === after.slice(start, start + block)) start += block;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  const most = shorter - start;
  let same = 0;
  while (same + block <= most && before.slice(before.length - same - block, before.length - same) === after.slice(after.length - same - block, after.length - same)) same += block;
  while (same < most && before.charCodeAt(before.length - same - 1) === after.charCodeAt(after.length - same - 1)) same++;
  return { start, oldEnd: before.length - same, newEnd: after.length - same };
}
