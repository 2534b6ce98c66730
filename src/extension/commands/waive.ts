import * as vscode from 'vscode';
import type { FileEdit, FindingPlace, WaiveOptions, WaiveScope } from '../../server/protocol';
import type { GuideClient } from '../client';
import { makeEdits, rangeOf } from '../edits';
import { back, inputStep, pickStep } from './steps';

const totalSteps = 4;

/** `kobo.waive`: scope → reason → last day → approver; ends in one visible edit that is not saved. */
export function registerWaive(client: GuideClient): vscode.Disposable {
  return vscode.commands.registerCommand('kobo.waive', async (argument: unknown) => {
    const place = isPlace(argument) ? argument : await findingAtCaret();
    if (place === undefined) return;
    const options = await client.waiveOptions({ uri: place.uri, rule: place.rule, line: place.line, character: place.character });
    if (options === null) {
      void vscode.window.showInformationMessage(vscode.l10n.t('This finding is gone.'));
      return;
    }
    if (options.refused !== '') {
      void vscode.window.showInformationMessage(options.refused);
      return;
    }
    const answers = await askAll(client, place, options, isScope(argument) ? argument.scope : undefined);
    if (answers === undefined) return;
    const result = await client.waive({ uri: place.uri, rule: place.rule, line: place.line, character: place.character, written: options.written, ...answers });
    if (result.edit === null) void vscode.window.showWarningMessage(result.refused);
    else await showEdit(result.edit);
  });
}

/** Makes the edits in the open document, unsaved, shows what was written and puts the caret there. */
export async function showEdit(edit: FileEdit): Promise<void> {
  const uri = vscode.Uri.parse(edit.uri);
  const document = await vscode.workspace.openTextDocument(uri);
  const editor = await vscode.window.showTextDocument(document);
  if (!(await makeEdits([edit]))) return;
  const [firstEdit] = edit.edits;
  if (firstEdit === undefined) return;
  const first = rangeOf(firstEdit);
  const start = document.offsetAt(first.start);
  const written = firstEdit.newText.trim();
  // Line ends of the document may be others than those of the edit.
  const from = written === '' ? first.start : document.positionAt(start + firstEdit.newText.indexOf(written));
  const to = written === '' ? first.start : document.lineAt(Math.min(document.lineCount - 1, from.line + written.split('\n').length - 1)).range.end;
  editor.selection = new vscode.Selection(from, from);
  editor.revealRange(new vscode.Range(from, to), vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

interface Answers {
  readonly scope: WaiveScope;
  readonly reason: string;
  readonly until: string;
  readonly approvedBy: string;
}

/** Walks the four steps; Back keeps what was answered, Esc ends without a trace. */
async function askAll(client: GuideClient, place: FindingPlace, options: WaiveOptions, scope: WaiveScope | undefined): Promise<Answers | undefined> {
  const title = vscode.l10n.t('Waive: {0} {1}', options.rule, options.title);
  const offered = scope === undefined ? undefined : options.scopes.find((one) => one.scope === scope)?.scope;
  const answers = { scope: offered, reason: '', until: '', approvedBy: '' };
  const first = offered === undefined ? 1 : 2;
  for (let step = first; step <= totalSteps; ) {
    const shown = { title, step, totalSteps, canGoBack: step > first };
    const answer = await askStep(client, place, options, shown, answers);
    if (answer === undefined) return undefined;
    step += answer === back ? -1 : 1;
  }
  return answers.scope === undefined ? undefined : { ...answers, scope: answers.scope };
}

interface Shown {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
  readonly canGoBack: boolean;
}

/** Asks one step and keeps its answer. @returns true, {@link back}, or `undefined` for Esc */
async function askStep(
  client: GuideClient, place: FindingPlace, options: WaiveOptions, shown: Shown,
  answers: { scope: WaiveScope | undefined; reason: string; until: string; approvedBy: string },
): Promise<true | typeof back | undefined> {
  switch (shown.step) {
    case 1: {
      const picked = await pickStep({ ...shown, placeholder: options.message, items: options.scopes.map(({ scope, where }) => ({ label: scopeLabel(scope), detail: whereLabel(scope, where), scope })) });
      if (picked === undefined || picked === back) return picked;
      answers.scope = picked.scope;
      return true;
    }
    case 2: {
      const reason = await inputStep({
        ...shown, prompt: vscode.l10n.t('Why may this stay as it is? People will judge by this (10 characters or more).'), value: answers.reason,
        validate: async (text) => (await client.checkWaiver({ uri: place.uri, reason: text })) || undefined,
      });
      if (reason === undefined || reason === back) return reason;
      answers.reason = reason;
      return true;
    }
    case 3: {
      const until = await askUntil(client, place, options, shown);
      if (until === undefined || until === back) return until;
      answers.until = until;
      return true;
    }
    default: {
      const approvedBy = await askApprover(options, shown);
      if (approvedBy === undefined || approvedBy === back) return approvedBy;
      answers.approvedBy = approvedBy;
      return true;
    }
  }
}

async function askUntil(client: GuideClient, place: FindingPlace, options: WaiveOptions, shown: Shown): Promise<string | typeof back | undefined> {
  const { gate, month, quarter, last } = options.until;
  const picked = await pickStep<vscode.QuickPickItem & { readonly day: string; readonly written?: string }>({
    ...shown, placeholder: vscode.l10n.t('Until when? After this day the finding comes back.'),
    written: (text) => ({ label: text, description: vscode.l10n.t('at most until {0}', last), day: '', written: text }),
    items: [
      ...(gate === null ? [] : [{ label: vscode.l10n.t('Until the next gate'), description: gate.day, detail: gate.title, day: gate.day }]),
      { label: vscode.l10n.t('1 month'), description: month, day: month },
      { label: vscode.l10n.t('3 months'), description: quarter, day: quarter },
      { label: vscode.l10n.t('Write a date…'), description: vscode.l10n.t('at most until {0}', last), day: '' },
    ],
  });
  if (picked === undefined || picked === back || picked.day !== '') return picked === undefined || picked === back ? picked : picked.day;
  if (picked.written !== undefined && (await client.checkWaiver({ uri: place.uri, until: picked.written })) === '') return picked.written;
  const written = await inputStep({
    ...shown, canGoBack: true, prompt: vscode.l10n.t('Last day, for example {0}', month), value: picked.written ?? '',
    validate: async (text) => (await client.checkWaiver({ uri: place.uri, until: text })) || undefined,
  });
  return written === back ? askUntil(client, place, options, shown) : written;
}

async function askApprover({ people }: WaiveOptions, shown: Shown): Promise<string | typeof back | undefined> {
  const other = { label: vscode.l10n.t('Write a name…'), other: true };
  if (people.length > 0) {
    const picked = await pickStep({ ...shown, placeholder: vscode.l10n.t('Who has approved this?'), written: (label) => ({ label, other: false }), items: [...people.map((label) => ({ label, other: false })), other] });
    if (picked === undefined || picked === back || !picked.other) return picked === undefined || picked === back ? picked : picked.label;
  }
  return inputStep({
    ...shown, canGoBack: true, prompt: vscode.l10n.t('Who has approved this?'), value: '',
    validate: (text) => (text === '' ? vscode.l10n.t('Write the name of who has approved this') : undefined),
  });
}

function scopeLabel(scope: WaiveScope): string {
  return scope === 'row' ? vscode.l10n.t('Only this row') : scope === 'document' ? vscode.l10n.t('In this document') : vscode.l10n.t('In this product');
}

function whereLabel(scope: WaiveScope, where: string): string {
  return scope === 'row'
    ? vscode.l10n.t('Written as a comment on this row of {0}', where)
    : scope === 'document'
      ? vscode.l10n.t('Written as a comment at the top of {0}', where)
      : vscode.l10n.t('Written into the list of waivers in {0}', where);
}

/** From the palette: the finding at the caret; of several the person chooses. */
export async function findingAtCaret(): Promise<FindingPlace | undefined> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  const { document, selection } = editor;
  const line = selection.active.line;
  const found = vscode.languages.getDiagnostics(document.uri).filter((one) => ruleOf(one) !== undefined && one.range.start.line <= line && line <= one.range.end.line);
  if (found.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no finding on this line.'));
    return undefined;
  }
  const items = found.map((one) => ({ label: one.message, description: ruleOf(one) ?? '', one }));
  const picked = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Which finding?') });
  if (picked === undefined) return undefined;
  const { start } = picked.one.range;
  return { uri: document.uri.toString(), rule: picked.description, line: start.line, character: start.character };
}

function ruleOf({ source, code }: vscode.Diagnostic): string | undefined {
  if (source !== 'コボガイド' && source !== 'Kobo Guide') return undefined;
  const value = typeof code === 'object' ? code.value : code;
  return value === undefined ? undefined : String(value);
}

/** Whether a command's argument names a finding. */
export function isPlace(value: unknown): value is FindingPlace {
  return (
    typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string' && 'rule' in value && typeof value.rule === 'string' &&
    'line' in value && typeof value.line === 'number' && 'character' in value && typeof value.character === 'number'
  );
}

function isScope(value: unknown): value is { readonly scope: WaiveScope } {
  return typeof value === 'object' && value !== null && 'scope' in value && (value.scope === 'row' || value.scope === 'document' || value.scope === 'product');
}
