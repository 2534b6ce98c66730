import type { FileEdit } from '../../server/protocol';
import { makeEdits } from '../edits';

/** Shows edits in VS Code's own refactor preview; they are made when the person applies them there, and can be undone. */
export function previewEdits(edits: readonly FileEdit[], label: string): Promise<boolean> {
  return makeEdits(edits, { needsConfirmation: true, label });
}
