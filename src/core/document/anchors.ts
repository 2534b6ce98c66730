import { readDocument } from './read';
import { anchorsOf } from './slug';

/**
 * Line (0-based) of the heading that a GitHub anchor names.
 * @param path of the document, for its format
 * @returns 0 when there is no such heading
 */
export function lineOfAnchor(text: string, path: string, anchor: string): number {
  if (anchor === '') return 0;
  const document = readDocument(path, text);
  const section = document.sections[anchorsOf(document).indexOf(anchor)];
  return section === undefined ? 0 : document.lines.lineAt(section.titleSpan.start);
}
