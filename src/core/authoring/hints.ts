import { pagePathOf } from '../book/layers';
import { readDocument } from '../document/read';
import { anchorsOf } from '../document/slug';
import type { Span } from '../text/position';
import { keyExample, keyMeaning, valueMeaning } from './key-words';
import { meaningAt } from './schema-walk';
import { schemaOf, type AuthoringFacts } from './suggest';
import { yamlPlaceAt } from './yaml-place';

/** What a hover says about a word of a Book's file. */
export interface AuthoringHint {
  readonly span: Span;
  readonly title: string;
  readonly text: string;
  /** As YAML. */
  readonly example: string | undefined;
  /** Guide address inside the Book, to open. */
  readonly guide: string | undefined;
}

/** What the key, id or guide at an offset means; `undefined` where there is nothing to say. */
export function hintInBook(path: string, text: string, offset: number, facts: AuthoringFacts): AuthoringHint | undefined {
  const schema = schemaOf(path);
  const word = wordAt(text, offset);
  if (schema === undefined || word === undefined) return undefined;
  const place = yamlPlaceAt(text, word.span.end);
  if (place === undefined) return undefined;
  const { book, language } = facts;
  const isKey = place.inKey && /^\s*["']?\s*:(?:\s|$)/u.test(text.slice(word.span.end, word.span.end + 8));
  if (isKey) {
    const meaning = keyMeaning(meaningAt(schema, [...place.path, word.text]), language) || valueMeaning(word.text, language);
    if (meaning !== '') return { span: word.span, title: word.text, text: meaning, example: keyExample(word.text), guide: undefined };
  }
  const rule = book.rules.find((one) => one.id === word.text);
  if (rule !== undefined) return { span: word.span, title: rule.id, text: language === 'en' ? (rule.title.en ?? rule.title.text) : rule.title.text, example: undefined, guide: rule.guide };
  const last = place.path.filter((step) => typeof step === 'string').at(-1);
  if (last === 'guide' || last === 'page') return guideHint(word, place.maps[0]?.get('guide') ?? '', facts);
  const type = book.types.get(word.text);
  if (type !== undefined) {
    const names = [type.title.text, type.title.en ?? '', ...type.aliases].filter((name) => name !== '');
    return { span: word.span, title: word.text, text: [...new Set(names)].slice(0, 8).join('、'), example: undefined, guide: type.guide };
  }
  for (const attribute of [...book.types.values()].flatMap((one) => [...one.tables.flatMap((table) => table.columns), ...one.fields])) {
    if (attribute.id === word.text && isKey) return { span: word.span, title: attribute.title, text: attribute.hint, example: undefined, guide: undefined };
  }
  const value = valueMeaning(word.text, language);
  return value === '' ? undefined : { span: word.span, title: word.text, text: value, example: undefined, guide: undefined };
}

function guideHint(word: Word, headGuide: string, { book, language }: AuthoringFacts): AuthoringHint | undefined {
  const head = headGuide.replace(/["']/gu, '');
  const address = word.text.startsWith('#') ? head + word.text : word.text;
  const paths = new Set(book.pages.map((page) => page.path));
  const found = pagePathOf(address, paths);
  const [path = '', anchor = ''] = (found ?? '').split('#', 2);
  const page = book.pages.find((one) => one.path === path);
  if (found === undefined || page === undefined) return undefined;
  const document = readDocument(page.path, page.text);
  const section = anchor === '' ? undefined : document.sections[anchorsOf(document).indexOf(anchor)];
  const missing = anchor !== '' && section === undefined ? (language === 'ja' ? `「#${anchor}」はありません` : `there is no #${anchor}`) : undefined;
  return { span: word.span, title: page.title, text: missing ?? section?.title ?? page.summary, example: undefined, guide: found };
}

interface Word {
  readonly text: string;
  readonly span: Span;
}

const longestWord = 200;

/** The word at an offset: an id, a key, an address; quotes are left out. */
export function wordAt(text: string, offset: number): Word | undefined {
  const stops = /[\s,{}[\]"'|>&*!]/u;
  let start = offset;
  let end = offset;
  while (start > 0 && offset - start < longestWord && !stops.test(text[start - 1] ?? '')) start--;
  while (end < text.length && end - offset < longestWord && !stops.test(text[end] ?? '')) end++;
  while (end > start && text[end - 1] === ':') end--;
  return end <= start ? undefined : { text: text.slice(start, end), span: { start, end } };
}
