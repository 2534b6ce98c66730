import { fileProblems, newBookLayers, openBookFile, runFile } from '../core/authoring/book-file';
import { valueMeaning } from '../core/authoring/key-words';
import { guideFor, trackFor, usualLevel } from '../core/authoring/first-choices';
import { draftRule, needsOf, ruleKinds, ruleYaml, type RuleKind } from '../core/authoring/new-rule';
import { addRule, newBookYaml, ruleFileHead } from '../core/authoring/rule-edit';
import { guideChoices, nextIdWith } from '../core/authoring/suggest';
import type { Book, DocumentType } from '../core/book/book';
import { isData } from '../core/book/data';
import type { BookLayer } from '../core/book/layer';
import { readYaml } from '../core/book/yaml-source';
import { todayIn } from '../core/product/today';
import { neverCancelled } from '../core/workspace';
import { isRead, layersOf, type Authoring } from './authoring';
import { readBookAddress } from './book-address';
import type { ServerContext } from './context';
import { fileEdit } from './edits';
import type { Product } from './products';
import { methods, type FileEdit, type NewRuleChoice, type NewRuleOptions, type NewRuleParams, type NewRuleProposal, type NewRuleResult, type NewRuleType } from './protocol';
import { canonicalUri, decodePath, encodePath, nameOf } from './uri';
import { inLanguage, say, type Language, type WordKey } from './words';

const severities = ['warning', 'info', 'hint', 'error'] as const;
const recognisers = ['phone', 'email', 'personal_email', 'password', 'money', 'percent', 'date', 'time', 'number', 'quantity', 'person', 'id', 'full_width_digit'] as const;

/** A rule made in steps: what can be chosen, sentences and examples to begin with, and the text with its examples run. */
export function serveNewRule(context: ServerContext, authoring: Authoring): void {
  const { connection, products, language } = context;

  connection.onRequest(methods.newRuleOptions, async ({ uri }: { readonly uri: string }): Promise<NewRuleOptions> => {
    const located = uri === '' ? undefined : await products.locate(canonicalUri(uri));
    const open = context.documents.get(canonicalUri(uri));
    if (located !== undefined && open !== undefined) located.product.project.put(located.path, open.text);
    const recognition = located?.product.project.recognition(located.path);
    const folders = await authoring.writable(canonicalUri(uri));
    const books = await Promise.all(folders.map(async (folder) => ({ folder, shelved: await context.shelf.openAddress(readBookAddress(folder, '')) })));
    const book = books[0]?.shelved.book ?? (await products.locateOrFirst(canonicalUri(uri)))?.shelved.book ?? (await context.shelf.open('', '')).book;
    return {
      type: recognition === undefined || recognition.by === 'none' ? '' : recognition.type,
      kinds: ruleKinds.map((id) => ({ id, title: say(language, kindWord(id)), detail: say(language, kindWord(id, 'Detail')), needs: needsOf[id] })),
      types: [...book.types.values()].map((type) => typeChoice(type, language)),
      guides: guideChoices(book),
      levels: book.lifecycle.levels.map(({ id, title }) => ({ id, title: inLanguage(title, language) })),
      gates: book.lifecycle.gates.map(({ id, title }) => ({ id, title: inLanguage(title, language) })),
      severities: severities.map((id) => ({ id, title: valueMeaning(id, language) })),
      recognisers: recognisers.map((id) => ({ id, title: valueMeaning(id, language) })),
      products: (await products.all()).flatMap(({ koboFile }) => (koboFile === undefined || koboFile.settings.id === '' ? [] : [koboFile.settings.id])),
      files: (await Promise.all(books.map(({ folder, shelved }) => filesOf(context, folder, shelved.book)))).flat(),
      books: books.map(({ folder, shelved }) => ({ folder, name: bookName(shelved.book, folder, language), nextId: nextIdWith(shelved.book, 'OUR'), outside: isOutside(context, folder) })),
      level: usualLevel(book),
      named: (await Promise.all(products.folders.map(async (folder) => ({ folder, book: bookNamedBy(await productOf(context, `${folder}/x`), language) })))).filter((one) => one.book !== ''),
    };
  });

  connection.onRequest(methods.newRuleTexts, async (choice: NewRuleChoice): Promise<NewRuleProposal | null> => {
    const kind = kindOf(choice.kind);
    const folder = (await authoring.writable(''))[0];
    const { book } = folder === undefined ? await context.shelf.open('', '') : await context.shelf.openAddress(readBookAddress(folder, ''));
    return kind === undefined ? null : { ...draftRule({ ...choice, kind }, book, todayIn(book.timezone, context.platform.clock())), guide: guideFor({ kind, type: choice.type }, book) };
  });

  connection.onRequest(methods.newRule, async ({ answers, target }: NewRuleParams): Promise<NewRuleResult | null> => {
    const kind = kindOf(answers.kind);
    const place = kind === undefined ? undefined : await placeOf(context, authoring, target, answers);
    if (kind === undefined || place === undefined) return null;
    // The page of the file's head need not be said again.
    const headGuide = /^guide: *["']?([^"'#\s]+)/mu.exec(place.text)?.[1] ?? '';
    const guide = headGuide !== '' && answers.guide.startsWith(`${headGuide}#`) ? answers.guide.slice(headGuide.length) : answers.guide;
    const write = (indent: string): string => ruleYaml({ ...answers, kind, guide }, indent);
    const edit = addRule(place.text, write);
    if (edit === undefined) return null;
    const after = place.text.slice(0, edit.span.start) + edit.text + place.text.slice(edit.span.end);
    const file = openBookFile(place.layers, place.path, after, new Date(context.platform.clock()).toISOString().slice(0, 10));
    const runs = await runFile(file, language, new Set([answers.id]));
    const own = (span: { readonly start: number }): boolean => span.start >= edit.span.start && span.start <= edit.span.start + edit.text.length;
    const problems = fileProblems(file).filter(({ span, severity }) => own(span) && severity !== 'info' && severity !== 'hint');
    const uses = target.kind === 'newFile' && target.newBook ? await useBook(context, authoring, canonicalUri(target.folder), target.use === true) : null;
    return {
      yaml: write('  '),
      examples: runs.flatMap(({ examples }) => examples.map(({ kind: of, ok, reason, reasonEn }) => ({ kind: of, ok, reason: language === 'ja' ? reason : reasonEn }))),
      problems: problems.map(({ message }) => inLanguage(message, language)),
      creates: place.creates,
      uses,
      inUse: uses !== null || (await context.products.all()).some(({ shelved }) => canonicalUri(shelved.key) === place.folder),
      edit: fileEdit(context, place.uri, place.text, [edit]),
    };
  });
}

interface Place {
  /** URI of the Book's folder. */
  readonly folder: string;
  readonly uri: string;
  readonly path: string;
  readonly text: string;
  readonly layers: readonly BookLayer[];
  readonly creates: readonly { readonly uri: string; readonly text: string }[];
}

/** The rule file that is written into, with the Book around it; one that is new has its head. */
async function placeOf(
  context: ServerContext, authoring: Authoring, target: NewRuleParams['target'], { guide, level, type }: Pick<NewRuleParams['answers'], 'guide' | 'level' | 'type'>,
): Promise<Place | undefined> {
  const layersIn = async (folder: string): Promise<readonly BookLayer[]> => layersOf((await context.shelf.openAddress(readBookAddress(folder, ''))).book);
  if (target.kind === 'file') {
    const uri = canonicalUri(target.uri);
    const located = await authoring.locate(uri);
    return located === undefined ? undefined : { folder: canonicalUri(located.folder), uri, path: located.path, text: located.text, layers: await layersIn(located.folder), creates: [] };
  }
  if (!/^[a-z][a-z-]{0,40}$/u.test(target.group)) return undefined;
  const folder = canonicalUri(target.folder);
  // A Book is made inside the workspace only; outside of it a rule goes into a Book that a product has.
  if (isOutside(context, folder) && (target.newBook || !(await authoring.writable('')).some((one) => canonicalUri(one) === folder))) return undefined;
  const path = `rules/${target.group}.yaml`;
  const uri = `${folder}/${path}`;
  const starter = (await context.shelf.open('', '')).book;
  const book = target.newBook ? starter : (await context.shelf.openAddress(readBookAddress(folder, ''))).book;
  const written = await authoring.textOf(uri);
  const text = written ?? ruleFileHead({ group: target.group, title: target.title, guide: guide.split('#', 1)[0] ?? guide, owner: '全社PMO', track: trackFor(type, book), level });
  const bookYaml = newBookYaml(target.group, target.title);
  const layers = target.newBook ? newBookLayers(layersOf(starter), bookYaml) : layersOf(book);
  return { folder, uri, path, text, layers, creates: [...(target.newBook ? [{ uri: `${folder}/book.yaml`, text: bookYaml }] : []), ...(written === undefined ? [{ uri, text }] : [])] };
}

function isOutside({ products }: ServerContext, folder: string): boolean {
  return products.folderOf(`${folder}/x`) === undefined;
}

/** The product that a new Book is for: the one around it, else the only one of its workspace folder. */
async function productOf({ products }: ServerContext, uri: string): Promise<Product | undefined> {
  const top = products.folderOf(uri);
  const all = (await products.all()).filter(({ koboFile, root }) => koboFile !== undefined && top !== undefined && `${root}/`.startsWith(`${top}/`));
  return all.find(({ root }) => uri.startsWith(`${root}/`)) ?? (all.length === 1 ? all[0] : undefined);
}

/** Name, else address, of the Book that a product has beside the starter Book; empty where it has none. */
function bookNamedBy(product: Product | undefined, language: Language): string {
  if (product?.koboFile === undefined) return '';
  const { shelved, koboFile } = product;
  if (shelved.key === 'starter') return '';
  return isRead(shelved) ? bookName(shelved.book, shelved.key, language) : (koboFile.settings.book ?? decodePath(shelved.key));
}

/**
 * The edit of `kobo.yaml` that makes the product around a new Book use it; `null` where there is no product.
 * @param instead also where it has another Book
 */
async function useBook(context: ServerContext, authoring: Authoring, folder: string, instead: boolean): Promise<FileEdit | null> {
  const product = await productOf(context, `${folder}/x`);
  if (product === undefined || (!instead && bookNamedBy(product, context.language) !== '')) return null;
  const uri = `${product.root}/kobo.yaml`;
  const text = await authoring.textOf(uri);
  if (text === undefined) return null;
  const address = decodePath(folder.startsWith(`${product.root}/`) ? folder.slice(product.root.length + 1) : upTo(folder, product.root));
  const written = /^[\w./-]+$/u.test(address) ? address : JSON.stringify(address);
  const source = readYaml(text);
  const span = isData(source.data) && source.data.book !== undefined && source.data.book !== null ? source.spanOf(['book'], 'value') : undefined;
  if (span === undefined && isData(source.data) && 'book' in source.data) return null;
  const edit = span === undefined ? { span: { start: 0, end: 0 }, text: `book: ${written}\n` } : { span, text: written };
  return fileEdit(context, uri, text, [edit]);
}

/** The way from one folder to another beside or above it: `../kobo-book`. */
function upTo(to: string, from: string): string {
  const [there, here] = [to.split('/'), from.split('/')];
  const shared = there.findIndex((part, i) => part !== here[i]);
  return [...here.slice(shared).map(() => '..'), ...there.slice(shared)].join('/');
}

function bookName(book: Book, folder: string, language: Language): string {
  return inLanguage(book.name, language) || nameOf(folder);
}

async function filesOf(context: ServerContext, folder: string, book: Book): Promise<NewRuleOptions['files']> {
  const { products, language } = context;
  const entries = await products.door(folder).list(neverCancelled).catch(() => []);
  const paths = entries.filter(({ sameAs }) => sameAs === undefined).map(({ path }) => path).filter((path) => /^rules\/.+\.ya?ml$/u.test(path)).sort();
  return paths.map((path) => {
    const own = book.rules.filter((rule) => rule.origin.path === path && rule.origin.layer === book.id);
    const prefix = own[0]?.id.split('-')[0] ?? 'OUR';
    return { uri: `${folder}/${encodePath(path)}`, label: path, title: own[0]?.group ?? '', nextId: nextIdWith(book, prefix), book: bookName(book, folder, language), outside: isOutside(context, folder) };
  });
}

function typeChoice(type: DocumentType, language: Language): NewRuleType {
  const main = type.tables.filter((table) => table.main);
  const columns = (main.length > 0 ? main : type.tables).flatMap((table) => table.columns).filter((column) => !column.each);
  const status = columns.find((column) => column.id === 'status');
  const set = status?.words === undefined ? undefined : type.words.get(status.words);
  return {
    id: type.id,
    title: inLanguage(type.title, language),
    sections: type.sections.map(({ id, title }) => ({ id, title })),
    fields: type.fields.filter(({ foundIn }) => foundIn.length === 0 || foundIn.includes('front_matter')).map(({ id, title }) => ({ id, title })),
    columns: columns.map(({ id, title, kind, words }) => ({ id, title, kind, hasWords: words !== undefined && kind !== 'id' })),
    statuses: [...(set?.words ?? [])].map(([id, [first]]) => ({ id, title: first ?? id })),
  };
}

function kindOf(text: string): RuleKind | undefined {
  return ruleKinds.find((kind) => kind === text);
}

/** `rule_column_when` and `rule_column_whenDetail`: the question and its example. */
function kindWord(kind: RuleKind, part: '' | 'Detail' = ''): WordKey {
  return `rule_${kind}${part}`;
}
