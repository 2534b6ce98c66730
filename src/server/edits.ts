import type { PlacedText } from '../core/product/waive';
import { LineIndex } from '../core/text/position';
import type { ServerContext } from './context';
import type { FileEdit } from './protocol';
import { canonicalUri } from './uri';

/** Of a text that is not there any more: no editor has it. */
const goneVersion = -1;

/** The version that edits of a text are for; `null` for a file that is not open. */
export function versionOf({ documents }: Pick<ServerContext, 'documents'>, uri: string, text: string): number | null {
  const open = documents.get(canonicalUri(uri));
  if (open === undefined) return null;
  return open.text === text ? open.version : goneVersion;
}

/** Edits of a text as an editor takes them. */
export function fileEdit(context: Pick<ServerContext, 'documents'>, uri: string, text: string, edits: readonly PlacedText[]): FileEdit {
  const lines = new LineIndex(text);
  return { uri, version: versionOf(context, uri, text), edits: edits.map((edit) => ({ range: lines.rangeOf(edit.span), newText: edit.text })) };
}
