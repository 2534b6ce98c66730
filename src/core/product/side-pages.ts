import { matchNames, type PathPattern } from './patterns';

/** Pages that lead into a folder, in the ways people name them. */
const entryPage = /^_?(?:readme|index|summary|目次)(?:[._-](?:ja|en|jp))?$/iu;
/** What a document of the folder starts from: `_template.md`, `0000-template.md`, `議事録テンプレート.md`, `YYYY-MM-DD_会議名.md`. */
const template = /^_?template(?:[._-](?:ja|en|jp))?$|[-_. ]template$|(?:テンプレート|ひな形|雛形)$|(?<![A-Za-z])(?:YYYY|20xx)[-_]?(?:MM|NNN|xx)/iu;

/**
 * Whether a file is only beside the documents a pattern with a wildcard means: the page that leads into the folder where
 * the pattern begins, or a template. A page that leads into a folder further down is a document that has its own folder. A
 * pattern that names the file itself means it.
 *
 * @param path relative, with `/`; the pattern matches it
 */
export function isSidePage(path: string, pattern: PathPattern): boolean {
  const names = path.normalize('NFC').split('/');
  const stem = (names.pop() ?? '').replace(/\.[^.]+$/u, '');
  const isEntry = entryPage.test(stem);
  if (!isEntry && !template.test(stem)) return false;
  return pattern.alternatives.every((alternative) => {
    if (!matchNames(alternative, [...names, path.slice(path.lastIndexOf('/') + 1)])) return true;
    let end = alternative.length;
    while (end > 0 && /[*?]/u.test(alternative[end - 1] ?? '')) end--;
    if (end === alternative.length) return false;
    return !isEntry || matchNames(alternative.slice(0, end), names);
  });
}
