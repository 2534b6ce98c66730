import { fileProblems, newBookLayers, openBookFile, runFile } from '../core/authoring/book-file';
import { valueMeaning } from '../core/authoring/key-words';
import { draftRule, needsOf, ruleKinds, ruleYaml, type RuleKind } from '../core/authoring/new-rule';
import { addRule, newBookYaml, ruleFileHead } from '../core/authoring/rule-edit';
import { guideChoices, nextIdWith } from '../core/authoring/suggest';
import type { Book, DocumentType } from '../core/book/book';
import type { BookLayer } from '../core/book/layer';
import { LineIndex } from '../core/text/position';
import { neverCancelled } from '../core/workspace';
import { layersOf, type Authoring } from './authoring';
import { readBookAddress } from './book-address';
import type { ServerContext } from './context';
import { methods, type FileEdit, type NewRuleChoice, type NewRuleOptions, type NewRuleParams, type NewRuleResult, type NewRuleTexts, type NewRuleType } from './protocol';
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
    const folders = await authoring.books();
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
      books: books.map(({ folder, shelved }) => ({ folder, name: inLanguage(shelved.book.name, language) || nameOf(folder) })),
    };
  });

  connection.onRequest(methods.newRuleTexts, async (choice: NewRuleChoice): Promise<NewRuleTexts | null> => {
    const kind = kindOf(choice.kind);
    const folder = (await authoring.books())[0];
    const { book } = folder === undefined ? await context.shelf.open('', '') : await context.shelf.openAddress(readBookAddress(folder, ''));
    return kind === undefined ? null : draftRule({ ...choice, kind }, book);
  });

  connection.onRequest(methods.newRule, async ({ answers, target }: NewRuleParams): Promise<NewRuleResult | null> => {
    const kind = kindOf(answers.kind);
    const place = kind === undefined ? undefined : await placeOf(context, authoring, target, answers.guide);
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
    return {
      yaml: write('  '),
      examples: runs.flatMap(({ examples }) => examples.map(({ kind: of, ok, reason, reasonEn }) => ({ kind: of, ok, reason: language === 'ja' ? reason : reasonEn }))),
      problems: problems.map(({ message }) => inLanguage(message, language)),
      creates: place.creates,
      uses: target.kind === 'newFile' && target.newBook ? await useBook(context, canonicalUri(target.folder)) : null,
      edit: { uri: place.uri, edits: [{ range: new LineIndex(place.text).rangeOf(edit.span), newText: edit.text }] },
    };
  });
}

interface Place {
  readonly uri: string;
  readonly path: string;
  readonly text: string;
  readonly layers: readonly BookLayer[];
  readonly creates: readonly { readonly uri: string; readonly text: string }[];
}

/** The rule file that is written into, with the Book around it; one that is new has its head. */
async function placeOf(context: ServerContext, authoring: Authoring, target: NewRuleParams['target'], guide: string): Promise<Place | undefined> {
  if (target.kind === 'file') {
    const uri = canonicalUri(target.uri);
    const located = await authoring.locate(uri);
    if (located === undefined) return undefined;
    const layers = layersOf((await context.shelf.openAddress(readBookAddress(located.folder, ''))).book);
    return { uri, path: located.path, text: located.text, layers, creates: [] };
  }
  if (!/^[a-z][a-z-]{0,40}$/u.test(target.group)) return undefined;
  const folder = canonicalUri(target.folder);
  if (context.products.folderOf(`${folder}/x`) === undefined) return undefined;
  const path = `rules/${target.group}.yaml`;
  const uri = `${folder}/${path}`;
  const track = (await context.shelf.open('', '')).book.lifecycle.tracks[0]?.id ?? 'progress';
  const text = ruleFileHead({ group: target.group, title: target.title, guide: guide.split('#', 1)[0] ?? guide, owner: '全社PMO', track });
  const bookYaml = newBookYaml(target.group, target.title);
  const layers = target.newBook ? newBookLayers(layersOf((await context.shelf.open('', '')).book), bookYaml) : layersOf((await context.shelf.openAddress(readBookAddress(folder, ''))).book);
  return { uri, path, text, layers, creates: [...(target.newBook ? [{ uri: `${folder}/book.yaml`, text: bookYaml }] : []), { uri, text }] };
}

/** The line of `kobo.yaml` that makes the product around a new Book use it; `null` where it names a Book already. */
async function useBook({ products }: ServerContext, folder: string): Promise<FileEdit | null> {
  const product = (await products.all()).find(({ root, koboFile }) => koboFile !== undefined && koboFile.settings.book === undefined && folder.startsWith(`${root}/`));
  if (product === undefined) return null;
  const start = { line: 0, character: 0 };
  return { uri: `${product.root}/kobo.yaml`, edits: [{ range: { start, end: start }, newText: `book: ${decodePath(folder.slice(product.root.length + 1))}\n` }] };
}

async function filesOf({ products }: ServerContext, folder: string, book: Book): Promise<NewRuleOptions['files']> {
  const entries = await products.door(folder).list(neverCancelled).catch(() => []);
  const paths = entries.map(({ path }) => path).filter((path) => /^rules\/.+\.ya?ml$/u.test(path)).sort();
  return paths.map((path) => {
    const own = book.rules.filter((rule) => rule.origin.path === path && rule.origin.layer === book.id);
    const prefix = own[0]?.id.split('-')[0] ?? 'OUR';
    return { uri: `${folder}/${encodePath(path)}`, label: path, title: own[0]?.group ?? '', nextId: nextIdWith(book, prefix) };
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
