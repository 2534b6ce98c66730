import { isMap, isScalar, isSeq, parseDocument, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import { applyEdits } from './edits';
import { readKoboFile } from './kobo-file';
import type { PlacedText, WaiverWords } from './waive';

/** A waiver for `kobo.yaml`. */
export interface KoboWaiver extends WaiverWords {
  /** Glob relative to the product root. */
  readonly path: string;
}

/**
 * The edit that adds a waiver at the end of `waivers:` in a `kobo.yaml`, in the manner of those that are there; every
 * other byte stays.
 * @returns `undefined` when the file cannot be read, or has something else than a list there
 */
export function addKoboWaiver(text: string, waiver: KoboWaiver): PlacedText | undefined {
  const end = lineEnd(text);
  const place = placeOf(text);
  if (place === undefined) return undefined;
  const flow = inline(waiver);
  const edit = ((): PlacedText | undefined => {
    if (place.key === undefined) return insert(text.length, `${endsLine(text) ? '' : end}${text.trim() === '' ? '' : end}waivers:${end}  - ${flow}${end}`);
    const { list } = place;
    const last = list?.items.at(-1);
    if (list === undefined || last === undefined) {
      if (list !== undefined) return { span: { start: list.range?.[0] ?? 0, end: list.range?.[1] ?? 0 }, text: `${end}  - ${flow}` };
      const after = nextLine(text, place.key);
      return insert(after, `${endsLine(text.slice(0, after)) ? '' : end}  - ${flow}${end}`);
    }
    const range = rangeOf(last);
    if (range === undefined) return undefined;
    if (list.flow === true) return insert(range.end, `, ${flow}`);
    const after = nextLine(text, trimmedEnd(text, range));
    const indent = indentOf(text, range.start);
    const item = isMap(last) && last.flow !== true ? block(waiver, `${indent}  `, end) : flow;
    return insert(after, `${endsLine(text.slice(0, after)) ? '' : end}${indent}- ${item}${end}`);
  })();
  return edit !== undefined && wrote(text, edit, waiver) ? edit : undefined;
}

/** The edits that give a waiver of `kobo.yaml` another last day. @param offset anywhere in the waiver */
export function extendKoboWaiver(text: string, offset: number, until: string): readonly PlacedText[] | undefined {
  const item = itemAt(text, offset);
  if (item === undefined) return undefined;
  const pair = item.map.items.find((one) => nameOf(one) === 'until');
  const value = pair === undefined ? undefined : rangeOf(pair.value);
  if (value !== undefined && value.end > value.start) return [{ span: value, text: until }];
  if (pair !== undefined) {
    const key = rangeOf(pair.key);
    const colon = key === undefined ? -1 : text.indexOf(':', key.end);
    return colon < 0 ? undefined : [insert(colon + 1, ` ${until}`)];
  }
  const last = item.map.items.at(-1);
  const range = last === undefined ? undefined : (rangeOf(last.value) ?? rangeOf(last.key));
  const first = rangeOf(item.map.items[0]?.key);
  if (range === undefined || first === undefined) return undefined;
  const column = first.start - lineStart(text, first.start);
  return [insert(trimmedEnd(text, range), item.map.flow === true ? `, until: ${until}` : `${lineEnd(text)}${' '.repeat(column)}until: ${until}`)];
}

/** The edits that take a waiver out of `kobo.yaml`; comments beside the others stay. @param offset anywhere in the waiver */
export function removeKoboWaiver(text: string, offset: number): readonly PlacedText[] | undefined {
  const item = itemAt(text, offset);
  const range = item === undefined ? undefined : rangeOf(item.map);
  if (item === undefined || range === undefined) return undefined;
  const { list, index, key } = item;
  const only = list.items.length === 1;
  if (list.flow === true) {
    const before = index === 0 ? undefined : rangeOf(list.items[index - 1]);
    const after = rangeOf(list.items[index + 1]);
    if (before !== undefined) return [{ span: { start: before.end, end: range.end }, text: '' }];
    return [{ span: { start: range.start, end: after?.start ?? range.end }, text: '' }];
  }
  const lines = { start: lineStart(text, range.start), end: nextLine(text, trimmedEnd(text, range)) };
  const colon = text.indexOf(':', key);
  if (only && colon < 0) return undefined;
  return [...(only ? [insert(colon + 1, ' []')] : []), { span: lines, text: '' }];
}

interface Place {
  /** End of the key `waivers`; `undefined` when there is none. */
  readonly key: number | undefined;
  readonly list: YAMLSeq | undefined;
}

function placeOf(text: string): Place | undefined {
  if (readKoboFile(text).problems.some((problem) => problem.code === 'yaml' || problem.code === 'format' || problem.code === 'encoding')) return undefined;
  const document = parseDocument(text, { uniqueKeys: false, logLevel: 'silent', prettyErrors: false, merge: false });
  if (document.contents === null) return { key: undefined, list: undefined };
  if (!isMap(document.contents) || document.contents.flow === true) return undefined;
  const pair = document.contents.items.findLast((one) => nameOf(one) === 'waivers');
  if (pair === undefined) return { key: undefined, list: undefined };
  const key = rangeOf(pair.key)?.end;
  if (isSeq(pair.value)) return { key, list: pair.value };
  return isScalar(pair.value) && pair.value.value === null ? { key, list: undefined } : undefined;
}

interface ListItem {
  readonly list: YAMLSeq;
  readonly index: number;
  readonly map: YAMLMap;
  /** Offset of the key `waivers`. */
  readonly key: number;
}

function itemAt(text: string, offset: number): ListItem | undefined {
  const place = placeOf(text);
  if (place?.list === undefined || place.key === undefined) return undefined;
  const { list, key } = place;
  const index = list.items.findIndex((one) => {
    const range = rangeOf(one);
    return range !== undefined && range.start <= offset && offset <= range.end;
  });
  const map = list.items[index];
  return isMap(map) ? { list, index, map, key } : undefined;
}

/** Whether the edit adds just this waiver. */
function wrote(text: string, edit: PlacedText, waiver: KoboWaiver): boolean {
  const before = readKoboFile(text).settings.waivers;
  const after = readKoboFile(applyEdits(text, [edit])).settings.waivers;
  const last = after.at(-1);
  return (
    after.length === before.length + 1 && last?.rule === waiver.rule && last.path === waiver.path && last.reason === waiver.reason &&
    last.approvedBy === waiver.approvedBy && last.until === waiver.until
  );
}

function inline({ rule, path, reason, approvedBy, until }: KoboWaiver): string {
  return `{ rule: ${rule}, path: ${JSON.stringify(path)}, reason: ${JSON.stringify(reason)}, approved_by: ${JSON.stringify(approvedBy)}, until: ${until} }`;
}

function block({ rule, path, reason, approvedBy, until }: KoboWaiver, indent: string, end: string): string {
  return [`rule: ${rule}`, `path: ${JSON.stringify(path)}`, `reason: ${JSON.stringify(reason)}`, `approved_by: ${JSON.stringify(approvedBy)}`, `until: ${until}`].join(`${end}${indent}`);
}

function nameOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

function rangeOf(node: unknown): { readonly start: number; readonly end: number } | undefined {
  if (typeof node !== 'object' || node === null || !('range' in node) || !Array.isArray(node.range)) return undefined;
  const [start, end] = node.range as readonly unknown[];
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined;
}

/** A block value's range takes the line breaks and comments behind it along; the words end before them. */
function trimmedEnd(text: string, range: { readonly start: number; readonly end: number }): number {
  return range.start + text.slice(range.start, range.end).trimEnd().length;
}

function insert(offset: number, text: string): PlacedText {
  return { span: { start: offset, end: offset }, text };
}

function lineStart(text: string, offset: number): number {
  return text.lastIndexOf('\n', offset - 1) + 1;
}

function nextLine(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end < 0 ? text.length : end + 1;
}

function indentOf(text: string, offset: number): string {
  const line = text.slice(lineStart(text, offset), offset);
  return line.slice(0, line.length - line.trimStart().length);
}

function endsLine(text: string): boolean {
  return text === '' || text.endsWith('\n');
}

function lineEnd(text: string): string {
  return text.includes('\r\n') ? '\r\n' : '\n';
}
