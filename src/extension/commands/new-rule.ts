import * as vscode from 'vscode';
import type { NewRuleChoice, NewRuleOptions, NewRuleParams, NewRuleResult, NewRuleTarget, NewRuleType } from '../../server/protocol';
import type { GuideClient } from '../client';
import { back, inputStep, pickStep, tickStep } from './steps';
import { showEdit } from './waive';

/** What a person has answered so far. */
interface Answers {
  kind: string;
  type: string;
  section?: string;
  field?: string;
  column?: string;
  columns?: readonly string[];
  status?: string;
  words?: readonly string[];
  days?: number;
  otherType?: string;
  gate?: string;
  recogniser?: string;
  title: string;
  titleEn: string;
  message: string;
  messageEn: string;
  why: string;
  guide: string;
  level: string;
  severity: string;
  pilot: readonly string[];
  good: string;
  bad: string;
  id: string;
  target: NewRuleTarget | undefined;
  /** What the sentences and the page were proposed for; another choice proposes them anew. */
  proposedFor: string;
  /** The page was given with the command. */
  readonly hasGuide: boolean;
}

interface Shown {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}
type Answered = true | typeof back | undefined;
type Ask = (shown: Shown) => Promise<Answered>;

/**
 * `kobo.newRule`: plain questions, then sentences and examples that are proposed and run, then the place. Ends in one
 * visible edit of a rule file that is not saved.
 */
export function registerNewRule(client: GuideClient): vscode.Disposable {
  return vscode.commands.registerCommand('kobo.newRule', async (uri: unknown, guide: unknown) => {
    const document = typeof uri === 'string' ? uri : (vscode.window.activeTextEditor?.document.uri.toString() ?? '');
    const options = await client.newRuleOptions(document);
    const answers: Answers = {
      kind: '', type: options.type, title: '', titleEn: '', message: '', messageEn: '', why: '', guide: typeof guide === 'string' ? guide : '', level: options.level, severity: 'warning', pilot: [], good: '', bad: '', id: 'OUR-001', target: undefined, proposedFor: '', hasGuide: typeof guide === 'string' && guide !== '',
    };
    if (!(await askAll(client, options, answers))) return;
    const params = paramsOf(answers);
    const result = params === undefined ? null : await client.newRule(params);
    if (!result?.edit) {
      void vscode.window.showWarningMessage(vscode.l10n.t('The rule could not be written into this file. Choose another one.'));
      return;
    }
    await write(result);
  });
}

/** Walks the steps; Back keeps what was answered, Esc ends without a trace. */
async function askAll(client: GuideClient, options: NewRuleOptions, answers: Answers): Promise<boolean> {
  for (let at = 0; ; ) {
    const steps = stepsOf(client, options, answers);
    const ask = steps[at];
    if (ask === undefined) return true;
    const answer = await ask({ title: vscode.l10n.t('New Rule'), step: at + 1, totalSteps: steps.length, canGoBack: at > 0 });
    if (answer === undefined) return false;
    at += answer === back ? -1 : 1;
  }
}

/** The steps that follow from what is answered so far. */
function stepsOf(client: GuideClient, options: NewRuleOptions, answers: Answers): readonly Ask[] {
  const needs = options.kinds.find((kind) => kind.id === answers.kind)?.needs ?? [];
  const text = (key: 'title' | 'message' | 'messageEn' | 'why', prompt: string, optional = false): Ask => async (shown) => {
    if (key === 'title') await propose(client, answers);
    return keep(await inputStep({ ...shown, prompt, value: answers[key], validate: (value) => (value === '' && !optional ? vscode.l10n.t('Write a sentence.') : undefined) }), (value) => (answers[key] = value));
  };
  return [
    pick(vscode.l10n.t('What shall hold?'), () => options.kinds.map(({ id, title, detail }) => ({ label: title, detail, id })), (id) => (answers.kind = id)),
    pick(vscode.l10n.t('In which kind of document?'), () => firstOf(options.types.map(({ id, title }) => ({ label: title, description: id, id })), answers.type), (id) => (answers.type = id)),
    ...needs.flatMap((need) => stepFor(need, options, answers)),
    text('title', vscode.l10n.t('Name of the rule: what must hold, in a few words')),
    text('message', vscode.l10n.t('What shall the writer read? Say what is missing and what to do. {name} shows a value.')),
    text('messageEn', vscode.l10n.t('The same in English (may be left empty)'), true),
    text('why', vscode.l10n.t('Why is it needed? One or two sentences for whoever asks.'), true),
    pick(vscode.l10n.t('Which page explains it? Type to search.'), () => firstOf(options.guides.map(({ address, title, where }) => ({ label: title, description: where, id: address })), answers.guide), (id) => (answers.guide = id)),
    pick(vscode.l10n.t('How serious is it?'), () => options.severities.map(({ id, title }) => ({ label: title, description: id, id })), (id) => (answers.severity = id)),
    pick(vscode.l10n.t('From which level on?'), () => firstOf(options.levels.map(({ id, title }) => ({ label: id, description: title, id })), answers.level), (id) => (answers.level = id)),
    pick(vscode.l10n.t('Where does it begin?'), () => stages(options), (id) => (answers.pilot = id === '' ? [] : id.split(' '))),
    target(options, answers),
    exampleStep(client, answers, 'good', vscode.l10n.t('A good example: it gives no finding. It is tried at once. ⏎ or \\n begins a new line.')),
    exampleStep(client, answers, 'bad', vscode.l10n.t('An example to improve: it gives a finding. It is tried at once.')),
  ];
}

interface Choice extends vscode.QuickPickItem {
  readonly id: string;
}

function pick(placeholder: string, items: () => readonly Choice[], use: (id: string) => void): Ask {
  return async (shown) => keep(await pickStep({ ...shown, placeholder, items: items() }), ({ id }) => use(id));
}

function keep<T>(answer: T | typeof back | undefined, use: (answer: T) => void): Answered {
  if (answer === undefined) return undefined;
  if (answer === back) return back;
  use(answer);
  return true;
}

/** The row with an id first, so that Enter takes it. */
function firstOf(items: readonly Choice[], id: string): readonly Choice[] {
  return [...items.filter((item) => item.id === id), ...items.filter((item) => item.id !== id)];
}

/** The question for something that a kind of rule needs to know. */
function stepFor(need: string, options: NewRuleOptions, answers: Answers): readonly Ask[] {
  const type = (): NewRuleType | undefined => options.types.find((one) => one.id === answers.type);
  const choices = (list: readonly { readonly id: string; readonly title: string }[] | undefined): readonly Choice[] => (list ?? []).map(({ id, title }) => ({ label: title, description: id, id }));
  const columns = (wanted: (kind: string, hasWords: boolean) => boolean): readonly Choice[] => choices(type()?.columns.filter((column) => wanted(column.kind, column.hasWords)));
  const column = (placeholder: string, wanted: (kind: string, hasWords: boolean) => boolean): Ask => pick(placeholder, () => columns(wanted), (id) => (answers.column = id));
  switch (need) {
    case 'section':
      return [pick(vscode.l10n.t('Which heading?'), () => choices(type()?.sections), (id) => (answers.section = id))];
    case 'field':
      return [pick(vscode.l10n.t('Which field?'), () => choices(type()?.fields), (id) => (answers.field = id))];
    case 'column':
      return [column(vscode.l10n.t('Which column?'), () => true)];
    case 'date_column':
      return [column(vscode.l10n.t('Which date?'), (kind) => kind === 'date')];
    case 'number_column':
      return [column(vscode.l10n.t('Which number?'), (kind) => ['number', 'money', 'percent', 'level'].includes(kind))];
    case 'word_column':
      return [column(vscode.l10n.t('Which column?'), (_, hasWords) => hasWords)];
    case 'status_word':
      return [pick(vscode.l10n.t('In rows of which status?'), () => choices(type()?.statuses), (id) => (answers.status = id))];
    case 'other_type':
      return [pick(vscode.l10n.t('Which other document?'), () => choices(options.types.filter((one) => one.id !== answers.type)), (id) => (answers.otherType = id))];
    case 'gate':
      return [pick(vscode.l10n.t('At which gate?'), () => options.gates.map(({ id, title }) => ({ label: id, description: title, id })), (id) => (answers.gate = id))];
    case 'recogniser':
      return [pick(vscode.l10n.t('What must not be written?'), () => choices(options.recognisers), (id) => (answers.recogniser = id))];
    case 'columns':
      return [async (shown) => {
        const items = columns((kind) => ['number', 'money', 'percent', 'level'].includes(kind)).filter(({ id }) => id !== answers.column);
        return keep(await tickStep({ ...shown, placeholder: vscode.l10n.t('Which numbers are multiplied?'), prompt: vscode.l10n.t('Tick two or more.'), items, ticked: items.filter(({ id }) => answers.columns?.includes(id) === true) }), (ticked) => (answers.columns = ticked.map(({ id }) => id)));
      }];
    case 'words':
      return [async (shown) => keep(await inputStep({
        ...shown, prompt: vscode.l10n.t('Which words? Put a comma between several.'), value: (answers.words ?? []).join('、'),
        validate: (value) => (wordsOf(value).length === 0 ? vscode.l10n.t('Write a word.') : undefined),
      }), (value) => (answers.words = wordsOf(value)))];
    case 'days':
      return [async (shown) => keep(await inputStep({
        ...shown, prompt: vscode.l10n.t('After how many days?'), value: String(answers.days ?? 14),
        validate: (value) => (/^[1-9]\d{0,3}$/u.test(value) ? undefined : vscode.l10n.t('Write a number of days, for example 14.')),
      }), (value) => (answers.days = Number(value)))];
    default:
      return [];
  }
}

function wordsOf(text: string): readonly string[] {
  return [...new Set(text.split(/[,、，]/u).map((word) => word.trim()).filter((word) => word !== ''))];
}

function stages({ products }: NewRuleOptions): readonly Choice[] {
  return [
    ...(products.length === 0 ? [] : [{ label: vscode.l10n.t('Try it here first'), description: products.join('、'), detail: vscode.l10n.t('Findings only in the products of this window. Widen it when it has proved itself.'), id: products.join(' ') }]),
    { label: vscode.l10n.t('Keep it as a draft'), detail: vscode.l10n.t('No findings yet; its examples are run.'), id: 'draft' },
    { label: vscode.l10n.t('In force everywhere'), detail: vscode.l10n.t('Findings in every product that uses this Book.'), id: '' },
  ];
}

/** Proposes title, sentences and examples, and again when another rule was chosen. */
async function propose(client: GuideClient, answers: Answers): Promise<void> {
  const choice = choiceOf(answers);
  const key = JSON.stringify(choice);
  if (key === answers.proposedFor) return;
  const texts = await client.newRuleTexts(choice);
  if (texts !== null) Object.assign(answers, texts, { proposedFor: key }, answers.hasGuide ? { guide: answers.guide } : {});
}

/** Where it is written: a rule file, a new file of a Book, or a Book that is made now. */
function target(options: NewRuleOptions, answers: Answers): Ask {
  return async (shown) => {
    const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.toString());
    const where = (book: string, outside: boolean): { readonly detail?: string } => (outside ? { detail: vscode.l10n.t('In the Book “{0}”, which this product uses. It lies outside of the open folder.', book) } : {});
    const items: (vscode.QuickPickItem & { readonly make: () => Promise<NewRuleTarget | typeof back | undefined>; readonly nextId: string })[] = [
      ...options.files.map(({ uri, label, nextId, book, outside }) => ({ label, description: nextId, ...where(book, outside), make: () => Promise.resolve<NewRuleTarget>({ kind: 'file', uri }), nextId })),
      ...options.books.map(({ folder, name, nextId, outside }) => ({ label: vscode.l10n.t('A new rule file in {0}…', name), ...where(name, outside), make: () => newFile(shown, folder, false), nextId })),
      ...(options.books.some(({ outside }) => !outside) ? [] : folders.map((folder) => ({
        label: vscode.l10n.t('Make a Book of your own for it…'), description: vscode.workspace.asRelativePath(vscode.Uri.parse(folder)),
        detail: vscode.l10n.t('A folder “kobo-book” that lies over the starter Book. Everything of the starter Book stays.'), make: () => newBook(shown, `${folder}/kobo-book`, bookNamedIn(options, folder)), nextId: 'OUR-001',
      }))),
    ];
    const picked = await pickStep({ ...shown, placeholder: vscode.l10n.t('Which file shall hold it?'), items });
    if (picked === undefined || picked === back) return picked;
    const made = await picked.make();
    if (made === undefined || made === back) return made === back ? target(options, answers)(shown) : undefined;
    answers.target = made;
    answers.id = picked.nextId;
    return true;
  };
}

/** The Book that the `kobo.yaml` of a workspace folder has; empty where that is the starter Book. */
function bookNamedIn({ named }: NewRuleOptions, folder: string): string {
  return named.find((one) => vscode.Uri.parse(one.folder).toString() === vscode.Uri.parse(folder).toString())?.book ?? '';
}

/** A Book that is made now; where `kobo.yaml` has another one, nothing changes there unasked. */
async function newBook(shown: Shown, folder: string, other: string): Promise<NewRuleTarget | typeof back | undefined> {
  const made = await newFile(shown, folder, true);
  if (made === undefined || made === back || made.kind === 'file' || other === '') return made;
  const picked = await pickStep({
    ...shown, canGoBack: true, placeholder: vscode.l10n.t('kobo.yaml uses the Book “{0}”. Which Book shall it use from now on?', other),
    items: [
      { label: vscode.l10n.t('Keep “{0}”', other), detail: vscode.l10n.t('The new rule gives no findings as long as kobo.yaml does not name the new Book.'), use: false },
      { label: vscode.l10n.t('Use the new Book'), detail: vscode.l10n.t('The line “book:” of kobo.yaml is changed and shown, not saved. Rules and pages of “{0}” are no longer used.', other), use: true },
    ],
  });
  return picked === undefined || picked === back ? picked : { ...made, use: picked.use };
}

async function newFile(shown: Shown, folder: string, isNewBook: boolean): Promise<NewRuleTarget | typeof back | undefined> {
  const title = await inputStep({ ...shown, canGoBack: true, prompt: isNewBook ? vscode.l10n.t('Name of your Book') : vscode.l10n.t('What are the rules of the new file about?'), value: vscode.l10n.t('Our rules'), validate: (value) => (value === '' ? vscode.l10n.t('Write a name.') : undefined) });
  if (title === undefined || title === back) return title;
  return { kind: 'newFile', folder, group: 'our-rules', title, newBook: isNewBook };
}

/** An example is run while it is written; the sentence under the box says what came out. */
function exampleStep(client: GuideClient, answers: Answers, kind: 'good' | 'bad', prompt: string): Ask {
  return async (shown) => keep(await inputStep({
    ...shown, prompt, value: answers[kind].replaceAll('\n', lineSign),
    validate: async (value) => {
      const params = paramsOf({ ...answers, [kind]: linesOf(value) });
      const result = params === undefined ? null : await client.newRule(params);
      return result?.examples.find((one) => one.kind === kind && !one.ok)?.reason ?? result?.problems[0];
    },
  }), (value) => (answers[kind] = linesOf(value)));
}

/** Stands for a line break in a box of one line. */
const lineSign = '⏎';

function linesOf(value: string): string {
  return value.replaceAll(/⏎|\\n/gu, '\n');
}

function choiceOf({ kind, type, section, field, column, columns, status, words, days, otherType, gate, recogniser }: Answers): NewRuleChoice {
  return JSON.parse(JSON.stringify({ kind, type, section, field, column, columns, status, words, days, otherType, gate, recogniser })) as NewRuleChoice;
}

function paramsOf(answers: Answers): NewRuleParams | undefined {
  const { title, titleEn, message, messageEn, why, guide, level, severity, pilot, good, bad, id, target: place } = answers;
  return place === undefined ? undefined : { answers: { ...choiceOf(answers), title, titleEn, message, messageEn, why, guide, level, severity, pilot, good, bad, id }, target: place };
}

/** Makes what is missing and shows the rule where it stands, unsaved. */
async function write({ creates, edit, uses, inUse, examples }: NewRuleResult): Promise<void> {
  if (edit === null) return;
  const made = new vscode.WorkspaceEdit();
  for (const { uri, text } of creates) made.createFile(vscode.Uri.parse(uri), { ignoreIfExists: true, contents: new TextEncoder().encode(text) });
  if (creates.length > 0 && !(await vscode.workspace.applyEdit(made))) return;
  if (uses !== null) await showEdit(uses);
  await showEdit(edit);
  if (!inUse) {
    void vscode.window.showWarningMessage(vscode.l10n.t('The rule is written, but no kobo.yaml uses its Book: it gives no findings. Write the folder of that Book behind “book:” in kobo.yaml, or put the rule into the Book that is used.'));
    return;
  }
  const good = examples.filter((one) => one.ok).length;
  void vscode.window.showInformationMessage(vscode.l10n.t('The rule is written. {0} of {1} examples behave. Save the file to put it into force.', good, examples.length));
}
