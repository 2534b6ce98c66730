import type { Folder } from '../workspace';
import type { Book, BookProblem, DocumentType, Origin, RuleSource } from './book';
import { placeOf } from './book-folder';
import type { BookLayer } from './layer';
import { assembled, loadBook, loadedLayers, type LoadOptions } from './load';
import { withFile } from './with-file';

/** A file of a Book with another text than the one that is kept. */
export interface ChangedFile {
  /** Relative to the Book folder. */
  readonly path: string;
  readonly text: string;
}

/** Whether a file of a Book can change what is found in documents: all but pages, kits and what a Book does not read. */
export function changesFindings(path: string): boolean {
  const kind = placeOf(path)?.kind;
  return kind !== undefined && kind !== 'page' && kind !== 'kit';
}

/**
 * The Book as it would be with some files changed. Its pages are those that are known already; what comes out equal
 * is shared with the Book as it is, so that comparing the two Books costs little. Only the changed files are read where that
 * gives the same as reading all.
 * @param before the Book of the same folder as it is
 */
export async function loadChanged(folder: Folder, before: Book, changes: readonly ChangedFile[], options: LoadOptions): Promise<Book> {
  const layers = relaid(before, changes);
  return layers === undefined ? reloaded(folder, before, changes, options) : sharing(before, assembled(layers));
}

/** Kinds of files that can be read alone: no other file is read in another way then. */
const readAlone: ReadonlySet<string> = new Set(['rules', 'type', 'common', 'terms', 'lifecycle', 'overlay']);

/** The layers of a Book with some files of its own read anew; `undefined` where other files may be read in another way then. */
function relaid(book: Book, changes: readonly ChangedFile[]): readonly BookLayer[] | undefined {
  const layers = loadedLayers(book);
  if (layers === undefined || changes.some(({ path }) => !readAlone.has(placeOf(path)?.kind ?? ''))) return undefined;
  const changed = changes.reduce((laid, { path, text }) => withFile(laid, path, text), layers);
  // Which of two things with one id counts hangs on the files together.
  const isSound = [layers, changed].every((each) => each.at(-1)?.problems.some(({ code }) => code.startsWith('book.duplicate-')) === false);
  return isSound ? changed : undefined;
}

async function reloaded(folder: Folder, before: Book, changes: readonly ChangedFile[], options: LoadOptions): Promise<Book> {
  const texts = new Map(changes.map(({ path, text }) => [path, new TextEncoder().encode(text)]));
  const none = new Uint8Array();
  const changed: Folder = {
    uri: folder.uri,
    list: async (cancellation) => {
      const entries = await folder.list(cancellation);
      const fresh = [...texts.keys()].filter((path) => !entries.some((entry) => entry.path === path));
      return [...entries, ...fresh.map((path) => ({ path, size: -1 }))].sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
    },
    read: async (paths, cancellation) => {
      const isPage = (path: string): boolean => placeOf(path)?.kind === 'page';
      const wanted = paths.filter((path) => !texts.has(path) && !isPage(path));
      const read = new Map((await folder.read(wanted, cancellation)).map((content) => [content.path, content]));
      return paths.map((path) => read.get(path) ?? { path, ok: true, bytes: texts.get(path) ?? none });
    },
  };
  const loaded = await loadBook(changed, options);
  return sharing(before, { ...loaded, pages: before.pages });
}

/**
 * The starter Book as it would be with some files over its own.
 * @param starter the Book of the pack in `options`
 */
export async function loadOverStarter(starter: Book, changes: readonly ChangedFile[], options: LoadOptions): Promise<Book> {
  const head = { path: 'book.yaml', text: `format: 1\nid: ${starter.id}\nname: ${JSON.stringify(starter.name.text)}\nextends: starter\n` };
  const nothing: Folder = { uri: `mem:/${starter.id}`, list: () => Promise.resolve([]), read: () => Promise.resolve([]) };
  const { name, language, timezone, siteRoot, languages, review } = starter;
  const loaded = await loadChanged(nothing, starter, [head, ...changes.filter(({ path }) => path !== head.path)], options);
  return { ...loaded, name, language, timezone, siteRoot, ...(languages === undefined ? {} : { languages }), ...(review === undefined ? {} : { review }) };
}

/** The Book with some of its rules in force, whatever their stage says. */
export function withRulesInForce(book: Book, ids: ReadonlySet<string>): Book {
  const inForce = (rule: RuleSource): RuleSource => (ids.has(rule.id) ? { ...rule, stage: { name: 'in_force' } } : rule);
  return {
    ...book,
    rules: book.rules.map(inForce),
    overlays: new Map([...book.overlays].map(([id, overlay]) => [id, { ...overlay, addedRules: overlay.addedRules.map(inForce) }])),
  };
}

function sharing(before: Book, after: Book): Book {
  const keep = <T>(old: T | undefined, made: T): T => (old !== undefined && isAlike(old, made) ? old : made);
  // Where a thing is written may have moved; what it says is shared.
  const keepAt = <T extends { readonly origin: Origin }>(old: T | undefined, made: T): T => (old !== undefined && isAlike(old, made) ? { ...old, origin: made.origin } : made);
  const rules = new Map(before.rules.map((rule) => [rule.id, rule]));
  const common = keepAt(before.common, after.common);
  return {
    ...after,
    common,
    types: new Map([...after.types].map(([id, type]): [string, DocumentType] => [id, keepAt(before.types.get(id), type)])),
    rules: after.rules.map((rule) => keepAt(rules.get(rule.id), rule)),
    terms: keep(before.terms, after.terms),
    lifecycle: keep(before.lifecycle, after.lifecycle),
    templates: keep(before.templates, after.templates),
  };
}

/** What is so wrong in the changed files that comparing says nothing: errors that were not there before. */
export function newFaults(before: Book, after: Book, paths: readonly string[]): readonly BookProblem[] {
  const keyOf = ({ path, code, message }: BookProblem): string => JSON.stringify([path, code, message.text]);
  const known = new Set(before.problems.map(keyOf));
  return after.problems.filter((problem) => problem.severity === 'error' && paths.includes(problem.path) && !known.has(keyOf(problem)));
}

/**
 * Whether two plain values (maps and sets among them) say the same; where they are written (`origin`) does not count.
 * Depth is that of the files of a Book, which the YAML reader bounds.
 */
export function isAlike(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (a instanceof Map) return b instanceof Map && a.size === b.size && isAlike([...a], [...b]);
  if (a instanceof Set) return b instanceof Set && a.size === b.size && isAlike([...a], [...b]);
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((one, i) => isAlike(one, b[i]));
  if (Array.isArray(b) || b instanceof Map || b instanceof Set) return false;
  const left = entriesOf(a);
  const right = new Map(entriesOf(b));
  return left.length === right.size && left.every(([key, value]) => right.has(key) && isAlike(value, right.get(key)));
}

function entriesOf(value: object): readonly (readonly [string, unknown])[] {
  return Object.entries(value).filter(([key, one]) => key !== 'origin' && one !== undefined);
}
