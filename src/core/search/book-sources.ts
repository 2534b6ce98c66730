import type { Book, DocumentType, Gate, Kit, Origin, Page, RuleSource, Template, Term } from '../book/book';
import type { SearchSource } from './search';

/**
 * Everything of a Book that can be found: pages, rules, templates, kits, terms and gates.
 * `path` is relative to the Book folder; a thing that shares its file with others is addressed as `file#id`.
 */
export function bookSources(book: Book): readonly SearchSource[] {
  const guided = new Map([...book.types.values()].map((type) => [splitAddress(type.guide ?? '').path, type]));
  return [
    ...book.pages.map((page) => pageSource(page, guided.get(page.path))),
    ...book.rules.map(ruleSource),
    ...book.templates.map((template) => templateSource(template, book.types.get(template.type ?? ''))),
    ...book.kits.map(kitSource),
    ...book.terms.map(termSource),
    ...book.lifecycle.gates.map(gateSource),
  ];
}

/** Splits `file#id` into what a hit prints as path and anchor. */
export function splitAddress(address: string): { readonly path: string; readonly anchor: string } {
  const hash = address.indexOf('#');
  return hash < 0 ? { path: address, anchor: '' } : { path: address.slice(0, hash), anchor: address.slice(hash + 1) };
}

/** The address of a thing that shares its file with others. */
function addressOf(origin: Origin, id: string): string {
  return `${origin.path}#${id}`;
}

const plain = { product: undefined, phase: [], audience: [], tags: [], aliases: [] } as const;

/** The tags by which `種別:` finds what belongs to a type of document: its title and its id. */
export function typeTags(type: DocumentType): readonly string[] {
  return [type.title.text, type.id];
}

/** `type`: the one whose guide the page is. */
function pageSource(page: Page, type: DocumentType | undefined): SearchSource {
  const { path, title, text, aliases, product, phase, audience } = page;
  const tags = type === undefined ? page.tags : [...new Set([...page.tags, ...typeTags(type)])];
  return hashed({ kind: 'page', path, title, text, aliases, tags, product, phase, audience });
}

function ruleSource(rule: RuleSource): SearchSource {
  const { message, message_en: english } = rule.definition;
  return source('rule', addressOf(rule.origin, rule.id), rule.title.text, [rule.why?.text, asText(message)], [rule.id, rule.title.en ?? ''], asText(english));
}

function templateSource(template: Template, type: DocumentType | undefined): SearchSource {
  const made = source('template', template.origin.path, template.title.text, [template.description, template.body], [template.id, template.title.en ?? ''], '');
  return hashed({ ...made, phase: template.phase, tags: type === undefined ? [] : typeTags(type) });
}

function kitSource(kit: Kit): SearchSource {
  return source('kit', kit.origin.path, kit.title.text, [kit.description, ...kit.items.map((item) => item.note)], [kit.id, kit.title.en ?? ''], '');
}

function termSource(term: Term): SearchSource {
  const other = [term.reading, ...term.english, ...term.aliases, ...term.variants];
  return source('term', addressOf(term.origin, term.preferred), term.preferred, [term.meaning], other, '');
}

/** A gate has no place of its own in the Book's types: it is found in `lifecycle.yaml`. */
function gateSource(gate: Gate): SearchSource {
  return source('gate', `lifecycle.yaml#${gate.id}`, `${gate.id} ${gate.title.text}`, gate.questions, [gate.id, gate.title.en ?? ''], '');
}

function source(
  kind: SearchSource['kind'], path: string, title: string, texts: readonly (string | undefined)[], aliases: readonly string[], more: string,
): SearchSource {
  const text = [...texts, more].filter((part) => part !== undefined && part !== '').join('\n\n');
  const names = aliases.filter((alias) => alias !== '');
  return hashed({ ...plain, kind, path, title, text, aliases: names });
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The source with the hash of everything that is indexed of it. */
export function hashed(source: Omit<SearchSource, 'hash'>): SearchSource {
  const { title, aliases, tags, product = '', phase, audience, text } = source;
  const fields = [title, product, ...[aliases, tags, phase, audience].map((list) => list.join('\n'))].join('\u0000');
  return { ...source, hash: contentHash(`${fields}\u0000${text}`) };
}

/** 53-bit content hash (cyrb53, public domain): tells whether a text changed, guards against nothing else. */
export function contentHash(text: string): string {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    a = Math.imul(a ^ c, 2654435761);
    b = Math.imul(b ^ c, 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}
