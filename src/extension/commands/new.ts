import * as vscode from 'vscode';
import type { RenderedTemplate, TemplateAsk, TemplateChoice } from '../../server/protocol';
import type { GuideClient } from '../client';
import type { LastDocument } from '../last-document';
import { insertSnippet } from './insert-snippet';
import { back, inputStep, pickStep } from './steps';

const maxRecent = 5;
const recentKey = 'kobo.new.recent';

/**
 * `kobo.new`: template → what it asks → where to put it; ends in the editor on the first blank. With the id of a template
 * that is a part of a document, that part is put in at the cursor; with the URI of a file too, a document goes into its product.
 */
export function registerNew(context: vscode.ExtensionContext, client: GuideClient, last: LastDocument): vscode.Disposable {
  return vscode.commands.registerCommand('kobo.new', async (id?: unknown, place?: unknown) => {
    const uri = typeof place === 'string' ? place : activeUri();
    const all = await client.templates({ uri });
    const preset = typeof id === 'string' ? all.find((choice) => choice.id === id) : undefined;
    if (preset?.kind === 'snippet') {
      await insertSnippet(client, last, preset);
      return;
    }
    const choices = all.filter((choice) => choice.kind === 'document');
    const made = await askAll(context, client, uri, choices, preset);
    if (made === undefined) return;
    await create(made.rendered, made.path);
    const recent = [made.template.id, ...context.globalState.get<string[]>(recentKey, []).filter((other) => other !== made.template.id)];
    await context.globalState.update(recentKey, recent.slice(0, maxRecent));
  });
}

interface Made {
  readonly template: TemplateChoice;
  readonly rendered: RenderedTemplate;
  readonly path: string;
}

/** Walks the three steps; the Back button returns to the step before, Esc ends without a trace. */
async function askAll(
  context: vscode.ExtensionContext, client: GuideClient, uri: string, choices: readonly TemplateChoice[], preset: TemplateChoice | undefined,
): Promise<Made | undefined> {
  let template = preset;
  for (;;) {
    template ??= await chooseTemplate(context, choices);
    if (template === undefined) return undefined;
    const answers = await askQuestions(template);
    if (answers === undefined) return undefined;
    if (answers === back) {
      template = undefined;
      continue;
    }
    const rendered = await client.renderTemplate({ id: template.id, uri, answers });
    if (rendered === null) return undefined;
    const path = await askPath(template, rendered);
    if (path === undefined) return undefined;
    if (path === back) continue;
    return { template, rendered, path };
  }
}

async function chooseTemplate(context: vscode.ExtensionContext, choices: readonly TemplateChoice[]): Promise<TemplateChoice | undefined> {
  const recent = context.globalState.get<string[]>(recentKey, []);
  const row = (choice: TemplateChoice): vscode.QuickPickItem & { readonly choice: TemplateChoice } => ({
    label: `$(new-file) ${choice.title}`, description: choice.path, detail: choice.description, choice,
  });
  const heading = (label: string): vscode.QuickPickItem => ({ label, kind: vscode.QuickPickItemKind.Separator });
  const often = choices.filter((choice) => recent.includes(choice.id));
  const phase = choices.filter((choice) => choice.forThisPhase && !often.includes(choice));
  const rest = choices.filter((choice) => !often.includes(choice) && !phase.includes(choice));
  const rows: (vscode.QuickPickItem & { readonly choice?: TemplateChoice })[] = [];
  for (const [label, part] of [
    [vscode.l10n.t('Often used'), often],
    [vscode.l10n.t('For this phase'), phase],
    [vscode.l10n.t('All templates'), rest],
  ] as const) {
    if (part.length > 0) rows.push(heading(label), ...part.map(row));
  }
  const picked = await pickStep({ title: vscode.l10n.t('New Document from Template'), step: 1, totalSteps: 3, placeholder: vscode.l10n.t('Which document?'), items: rows, canGoBack: false });
  return picked === undefined || picked === back ? undefined : picked.choice;
}

async function askQuestions(template: TemplateChoice): Promise<Readonly<Record<string, string>> | typeof back | undefined> {
  const answers: Record<string, string> = {};
  for (let i = 0; i < template.asks.length; ) {
    const ask = template.asks[i];
    if (ask === undefined) break;
    const answer = await askOne(template, ask, i, answers[ask.id] ?? ask.default);
    if (answer === undefined) return undefined;
    if (answer === back) {
      if (i === 0) return back;
      i--;
      continue;
    }
    answers[ask.id] = answer;
    i++;
  }
  return answers;
}

async function askOne(template: TemplateChoice, ask: TemplateAsk, index: number, value: string): Promise<string | typeof back | undefined> {
  const title = vscode.l10n.t('{0} · {1} of {2}', template.title, index + 1, template.asks.length);
  if (ask.choices.length > 0) {
    const picked = await pickStep({
      title, step: 2, totalSteps: 3, placeholder: ask.title, canGoBack: true,
      items: [...ask.choices.map((label) => ({ label })), { label: vscode.l10n.t('Decide later'), empty: true }],
    });
    return picked === undefined || picked === back ? picked : 'empty' in picked ? '' : picked.label;
  }
  return inputStep({
    title, step: 2, totalSteps: 3, prompt: vscode.l10n.t('{0} (empty: fill in later)', ask.title), value, canGoBack: true,
    validate: (text) => (ask.kind === 'date' && text !== '' && !/\d/.test(text) ? vscode.l10n.t('Write a date, for example 2026-12-04') : undefined),
  });
}

async function askPath(template: TemplateChoice, rendered: RenderedTemplate): Promise<string | typeof back | undefined> {
  const folder = rendered.folder === '' ? undefined : vscode.Uri.parse(rendered.folder);
  if (folder === undefined) return rendered.path;
  return inputStep({
    title: vscode.l10n.t('Where to put {0}', template.title), step: 3, totalSteps: 3,
    prompt: vscode.l10n.t('Place inside {0}', vscode.workspace.asRelativePath(folder, true)), value: rendered.path, canGoBack: true,
    validate: async (text) => {
      if (!isSafePath(text)) return vscode.l10n.t('Write a path inside the folder that ends in .md, .yaml or .csv');
      return (await exists(vscode.Uri.joinPath(folder, text))) ? vscode.l10n.t('{0} exists already. Choose another name.', text) : undefined;
    },
  });
}

/** Makes the file by one edit and puts the caret on its first blank; without a folder, an untitled document. */
async function create(rendered: RenderedTemplate, path: string): Promise<void> {
  const folder = rendered.folder === '' ? undefined : vscode.Uri.parse(rendered.folder);
  if (folder === undefined) {
    const untitled = await vscode.workspace.openTextDocument({ language: path.endsWith('.md') ? 'markdown' : path.endsWith('.yaml') ? 'yaml' : 'plaintext', content: '' });
    const editor = await vscode.window.showTextDocument(untitled);
    await editor.insertSnippet(new vscode.SnippetString(rendered.snippet));
    return;
  }
  const uri = vscode.Uri.joinPath(folder, path);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, { overwrite: false, ignoreIfExists: false });
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} could not be made. Nothing was changed.', path));
    return;
  }
  const editor = await vscode.window.showTextDocument(uri, { preview: false });
  await editor.insertSnippet(new vscode.SnippetString(rendered.snippet), new vscode.Position(0, 0));
  await editor.document.save();
}

function isSafePath(path: string): boolean {
  const parts = path.split('/');
  return /\.(md|yaml|csv)$/.test(path) && parts.every((part) => part !== '' && !part.startsWith('.') && !/[\\:*?"<>|]/.test(part));
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  return Promise.resolve(vscode.workspace.fs.stat(uri)).then(() => true, () => false);
}

function activeUri(): string {
  return vscode.window.activeTextEditor?.document.uri.toString() ?? vscode.workspace.workspaceFolders?.[0]?.uri.toString() ?? '';
}
