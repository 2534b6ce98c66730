/** What stands before an offset on its line, at most so many units: a line may be as long as the text. */
export function lineBefore(text: string, at: number, most: number): string {
  const behind = text.slice(Math.max(0, at - most), at);
  return behind.slice(behind.lastIndexOf('\n') + 1);
}
