import type { Span } from '../text/position';

/**
 * Applies edits to a text. Of edits that overlap the first in the text wins; the others are left for the next run.
 * @param edits spans in UTF-16 offsets of `text`, in any order
 */
export function applyEdits(text: string, edits: readonly { readonly span: Span; readonly text: string }[]): string {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  let result = '';
  let at = 0;
  for (const { span, text: inserted } of sorted) {
    if (span.start < at) continue;
    result += text.slice(at, span.start) + inserted;
    at = span.end;
  }
  return result + text.slice(at);
}
