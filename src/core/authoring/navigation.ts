import type { Book } from '../book/book';
import { isData, textOf } from '../book/data';
import { pagePathOf } from '../book/layers';
import { readYaml, type YamlPath } from '../book/yaml-source';
import { readDocument } from '../document/read';
import { anchorsOf } from '../document/slug';
import type { Span } from '../text/position';
import { yamlPlaceAt } from './yaml-place';

/** Where a thing of the Book is written. */
export interface ThingPlace {
  /** Relative to the Book folder. */
  readonly path: string;
  /** Its place in the text of that file. */
  spanIn(text: string): Span;
}

/**
 * Where the thing that a word names is written: a rule, a type, a template, a page or its heading. `undefined` for other
 * words and for things of the Book below.
 */
export function placeOfThing(book: Book, path: string, text: string, word: { readonly text: string; readonly span: Span }): ThingPlace | undefined {
  const place = yamlPlaceAt(text, word.span.end);
  const last = place?.path.filter((step) => typeof step === 'string').at(-1);
  if (last === 'guide' || last === 'page' || word.text.startsWith('#')) return guidePlace(book, word.text, place?.maps[0]?.get('guide') ?? '');
  const rule = book.rules.find((one) => one.id === word.text) ?? [...book.overlays.values()].flatMap((one) => one.addedRules).find((one) => one.id === word.text);
  const template = last === 'template' ? book.templates.find((one) => one.id === word.text) : undefined;
  const thing = rule ?? template ?? book.types.get(word.text) ?? book.templates.find((one) => one.id === word.text);
  if (thing?.origin.layer !== book.id) return undefined;
  const { path: at, span } = thing.origin;
  return at === path && span.start === word.span.start ? undefined : { path: at, spanIn: () => span };
}

function guidePlace(book: Book, written: string, head: string): ThingPlace | undefined {
  const address = written.startsWith('#') ? head.replace(/["']/gu, '') + written : written;
  const found = pagePathOf(address, new Set(book.pages.map((page) => page.path)));
  const [path = '', anchor = ''] = (found ?? '').split('#', 2);
  const page = book.pages.find((one) => one.path === path);
  if (page?.origin.layer !== book.id) return undefined;
  return {
    path,
    spanIn: (text) => {
      const document = readDocument(path, text);
      return document.sections[anchor === '' ? 0 : anchorsOf(document).indexOf(anchor)]?.titleSpan ?? { start: 0, end: 0 };
    },
  };
}

/** Texts for people, in which a word names nothing. */
const prose: ReadonlySet<string> = new Set(['title', 'title_en', 'message', 'message_en', 'why', 'why_en', 'good', 'bad', 'hint', 'reason', 'meaning', 'description']);

/** Every place of a YAML text where a key or a plain value is just this word. */
export function placesOfWord(text: string, word: string): readonly Span[] {
  const source = readYaml(text);
  const found: Span[] = [];
  visit(source.data, [], (path, part, value) => {
    if (value === word) found.push(source.spanOf(path, part));
  });
  return found;
}

/** The guides of a YAML file with the pages they open. */
export function guideLinksOf(book: Book, text: string): readonly { readonly span: Span; readonly guide: string; readonly title: string }[] {
  const source = readYaml(text);
  const paths = new Set(book.pages.map((page) => page.path));
  const head = isData(source.data) ? textOf(source.data.guide) : '';
  const found: { readonly span: Span; readonly guide: string; readonly title: string }[] = [];
  visit(source.data, [], (path, part, value) => {
    const key = path.at(-1);
    if (part !== 'value' || (key !== 'guide' && key !== 'page')) return;
    const guide = pagePathOf(value.startsWith('#') ? head + value : value, paths);
    const page = book.pages.find((one) => one.path === guide?.split('#', 1)[0]);
    if (guide !== undefined && page !== undefined) found.push({ span: source.spanOf(path), guide, title: page.title });
  });
  return found;
}

function visit(value: unknown, path: YamlPath, tell: (path: YamlPath, part: 'key' | 'value', value: string) => void): void {
  if (Array.isArray(value)) (value as readonly unknown[]).forEach((item, i) => visit(item, [...path, i], tell));
  else if (isData(value)) {
    for (const [key, item] of Object.entries(value)) {
      tell([...path, key], 'key', key);
      if (!prose.has(key)) visit(item, [...path, key], tell);
    }
  } else if (value !== undefined && value !== null) tell(path, 'value', textOf(value));
}
