import type { SearchKind } from './search';

export type FilterField = 'kind' | 'product' | 'phase' | 'tag' | 'audience';

/** `種別:リスク` as written in a query. `raw` goes back into the words when nothing has such a value. */
export interface FieldFilter {
  readonly field: FilterField;
  readonly value: string;
  readonly raw: string;
}

/** A query taken apart. */
export interface ParsedQuery {
  /** Everything to be ranked, phrases included. */
  readonly words: string;
  /** Quoted: must stand in the text as they are. */
  readonly phrases: readonly string[];
  /** After a minus: must not. */
  readonly excluded: readonly string[];
  readonly filters: readonly FieldFilter[];
}

/** A query longer than this is cut: nobody types it, and time stays bounded. */
const maxLength = 600;

const fieldNames: Readonly<Record<string, FilterField>> = {
  種別: 'kind', 種類: 'kind', kind: 'kind', type: 'kind',
  product: 'product', プロダクト: 'product', 製品: 'product',
  phase: 'phase', フェーズ: 'phase', 工程: 'phase', 段階: 'phase',
  tag: 'tag', タグ: 'tag',
  audience: 'audience', 対象: 'audience', 対象者: 'audience',
};

const kindNames: Readonly<Record<string, SearchKind>> = {
  page: 'page', ページ: 'page', 記事: 'page',
  rule: 'rule', ルール: 'rule', 規則: 'rule',
  template: 'template', テンプレート: 'template', 雛形: 'template', ひな形: 'template',
  kit: 'kit', 一式: 'kit', キット: 'kit',
  term: 'term', 用語: 'term',
  gate: 'gate', ゲート: 'gate',
  document: 'document', 文書: 'document', ドキュメント: 'document',
};

/** Kind that a word names, in Japanese or English. */
export function kindNamed(word: string): SearchKind | undefined {
  const name = word.normalize('NFKC').toLowerCase();
  return Object.hasOwn(kindNames, name) ? kindNames[name] : undefined;
}

/** Each name of a kind as it stands among other words: in Latin letters as a word of its own. */
const kindMentions = Object.entries(kindNames).map(([name, kind]) => ({ kind, mention: new RegExp(/^[a-z]/.test(name) ? `\\b${name}s?\\b` : name, 'u') }));

/** Kinds that a text in NFKC and lower case names. */
export function kindsNamedIn(text: string): readonly SearchKind[] {
  return kindMentions.flatMap(({ kind, mention }) => (mention.test(text) ? [kind] : []));
}

/**
 * Takes a query apart: `"…"` phrases, `-word` exclusions (not before a digit, and not when nothing else is asked), and
 * `field:value` filters, with full-width marks too. Anything that is not clearly one of these is words.
 */
export function parseQuery(text: string): ParsedQuery {
  const source = text.slice(0, maxLength);
  const words: string[] = [];
  const phrases: string[] = [];
  const excluded: string[] = [];
  const excludedRaw: string[] = [];
  const filters: FieldFilter[] = [];
  for (let i = 0; i < source.length; ) {
    if (isSpace(source.charCodeAt(i))) {
      i++;
      continue;
    }
    const minus = isMinus(source.charAt(i)) && i + 1 < source.length && !/[\s\d\p{Nd}\-－]/u.test(source.charAt(i + 1));
    const from = minus ? i + 1 : i;
    const quoted = quotedAt(source, from);
    const end = quoted?.end ?? wordEnd(source, from);
    const word = quoted?.text ?? source.slice(from, end);
    const raw = source.slice(i, end);
    if (minus) {
      excluded.push(word);
      excludedRaw.push(raw);
    } else if (quoted !== undefined) {
      if (word.trim() !== '') {
        phrases.push(word);
        words.push(word);
      }
    } else {
      const filter = filterOf(source, i, end);
      if (filter !== undefined) {
        filters.push(filter.filter);
        i = filter.end;
        continue;
      }
      words.push(word);
    }
    i = end;
  }
  if (words.length === 0 && filters.length === 0) return { words: excludedRaw.join(' '), phrases: [], excluded: [], filters: [] };
  return { words: words.join(' '), phrases, excluded, filters };
}

function filterOf(source: string, from: number, end: number): { filter: FieldFilter; end: number } | undefined {
  const match = /^([A-Za-z]{3,10}|[\p{Script=Katakana}ー\p{Script=Han}]{2,6})[:：]/u.exec(source.slice(from, end));
  if (match?.[1] === undefined) return undefined;
  const name = match[1].toLowerCase();
  const field = Object.hasOwn(fieldNames, name) ? fieldNames[name] : undefined;
  if (field === undefined) return undefined;
  const at = from + match[0].length;
  const quoted = quotedAt(source, at);
  const stop = quoted?.end ?? wordEnd(source, at);
  const value = (quoted?.text ?? source.slice(at, stop)).trim();
  if (value === '') return undefined;
  return { filter: { field, value, raw: source.slice(from, stop) }, end: stop };
}

function quotedAt(source: string, at: number): { text: string; end: number } | undefined {
  const open = source.charAt(at);
  const closers = open === '"' || open === '＂' ? '"＂' : open === '“' ? '”"' : open === '”' ? '”“' : '';
  if (closers === '') return undefined;
  for (let i = at + 1; i < source.length; i++) {
    if (closers.includes(source.charAt(i))) return { text: source.slice(at + 1, i), end: i + 1 };
  }
  return undefined;
}

function wordEnd(source: string, from: number): number {
  let i = from;
  while (i < source.length && !isSpace(source.charCodeAt(i))) i++;
  return Math.max(i, from + 1);
}

function isSpace(c: number): boolean {
  return c === 0x20 || c === 0x3000 || c === 0x09 || c === 0x0a || c === 0x0d || c === 0xa0;
}

function isMinus(c: string): boolean {
  return c === '-' || c === '－' || c === '−';
}
