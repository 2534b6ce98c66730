import type { Fix } from '../../../src/core/rules/finding';

/** A document's text after the edits of a fix that belong to it. Edits must not overlap. */
export function applied(text: string, fix: Fix): string {
  const edits = fix.edits.filter((edit) => edit.path === undefined).sort((a, b) => b.span.start - a.span.start || b.span.end - a.span.end);
  let last = Infinity;
  let out = text;
  for (const edit of edits) {
    if (edit.span.end > last) throw new Error(`edits overlap in "${fix.title}"`);
    last = edit.span.start;
    out = out.slice(0, edit.span.start) + edit.text + out.slice(edit.span.end);
  }
  return out;
}
