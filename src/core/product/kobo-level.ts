import { isMap, isScalar, parseDocument } from 'yaml';
import { applyEdits } from './edits';
import { readKoboFile } from './kobo-file';
import type { PlacedText } from './waive';

/**
 * The edit that sets `level:` in a `kobo.yaml`; every other byte stays.
 * @returns `undefined` when the file cannot be read, or the edit would not do just that
 */
export function setKoboLevel(text: string, level: string): PlacedText | undefined {
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false, merge: false });
  if (document.errors.length > 0 || (document.contents !== null && (!isMap(document.contents) || document.contents.flow === true))) return undefined;
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const pair = document.contents?.items.findLast((one) => isScalar(one.key) && one.key.value === 'level');
  const key = isScalar(pair?.key) ? pair.key.range : undefined;
  const value = isScalar(pair?.value) ? pair.value.range : undefined;
  const edit = ((): PlacedText | undefined => {
    if (pair === undefined) return { span: { start: text.length, end: text.length }, text: `${text === '' || text.endsWith('\n') ? '' : end}level: ${level}${end}` };
    if (value && value[1] > value[0]) return { span: { start: value[0], end: value[1] }, text: level };
    const colon = key ? text.indexOf(':', key[1]) : -1;
    return colon < 0 ? undefined : { span: { start: colon + 1, end: colon + 1 }, text: ` ${level}` };
  })();
  if (edit === undefined) return undefined;
  const before = readKoboFile(text).settings;
  const after = readKoboFile(applyEdits(text, [edit])).settings;
  return after.level === level && after.rules.size === before.rules.size && after.waivers.length === before.waivers.length && after.documents.length === before.documents.length
    ? edit
    : undefined;
}
