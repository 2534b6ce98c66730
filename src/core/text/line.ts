/** What stands before an offset on its line, at most so many units: a line may be as long as the text. */
export function lineBefore(text: string, at: number, most: number): string {
  const behind = text.slice(Math.max(0, at - most), at);
  return behind.slice(behind.lastIndexOf('\n') + 1);
}

/** UTF-16 units within which a heading is looked for: thousands of places in one section must not look far each. */
const longestSection = 3000;

/** The heading under which a place stands, empty when there is none near. */
export function headingAbove(text: string, at: number): string {
  const from = Math.max(0, at - longestSection);
  const before = text.slice(from, at);
  const start = before.lastIndexOf('\n#') + 1;
  return start === 0 && from > 0 ? '' : (/^#{2,6}[ \t\u3000]+([^\n]{1,120})/u.exec(before.slice(start, start + 140))?.[1] ?? '');
}
