import type { Span } from '../text/position';

/**
 * The first merge conflict left in a text: `<<<<<<< ` at the start of a line, then a line of seven `=`, then `>>>>>>> `.
 * Three native searches for nearly every text; linear.
 */
export function findConflict(text: string): Span | undefined {
  const start = lineStarting(text, '<<<<<<< ', 0);
  if (start < 0) return undefined;
  let middle = lineStarting(text, '=======', start);
  while (middle >= 0 && !isLineEnd(text, middle + 7)) middle = lineStarting(text, '=======', middle + 7);
  if (middle < 0) return undefined;
  const end = lineStarting(text, '>>>>>>> ', middle);
  if (end < 0) return undefined;
  let lineEnd = end;
  while (lineEnd < text.length && !isLineEnd(text, lineEnd)) lineEnd++;
  return { start, end: lineEnd };
}

function isLineEnd(text: string, at: number): boolean {
  return at >= text.length || text.charCodeAt(at) === 10 || text.charCodeAt(at) === 13;
}

function lineStarting(text: string, mark: string, from: number): number {
  let at = text.indexOf(mark, from);
  while (at > 0 && !isLineEnd(text, at - 1)) at = text.indexOf(mark, at + mark.length);
  return at;
}
