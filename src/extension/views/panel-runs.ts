import * as vscode from 'vscode';
import { makeEdits } from '../edits';
import type { ContextView, FileEdit } from '../../server/protocol';
import { isWebAddress, type Run, type RunKind } from '../webview/messages';

/** The commands a wish of the panel leads to; the panel can cause no other. */
const commands = {
  openToSide: 'kobo.openToSide',
  insertLink: 'kobo.insertLink',
  copyLink: 'kobo.copyLink',
  useTemplate: 'kobo.new',
  fix: 'kobo.fixAt',
  chooseBook: 'kobo.chooseBook',
  openLog: 'kobo.openLog',
  draftPage: 'kobo.draftPage',
  unanswered: 'kobo.unanswered',
  openFile: 'vscode.open',
  showProblems: 'workbench.actions.view.problems',
  whyChecked: 'kobo.whyNotChecked',
  focusEditor: 'workbench.action.focusActiveEditorGroup',
} as const satisfies Partial<Record<RunKind, string>>;

/** Wishes that can be met here: the panel shows no button for the others. */
export async function availableRuns(): Promise<readonly RunKind[]> {
  const known = new Set(await vscode.commands.getCommands(true));
  const runs = Object.entries(commands) as [keyof typeof commands, string][];
  return [...runs.filter(([, command]) => command === 'vscode.open' || known.has(command)).map(([kind]) => kind), 'openWeb', 'insertMissing', 'contextAction'];
}

/**
 * Carries out a wish of the panel. `context` is the guidance that was sent to it last: edits, commands and places of
 * findings are taken from there by index or compared with it. Gives a reason when the wish is refused.
 */
export async function carryOut(wish: Run, context: ContextView | undefined): Promise<string | undefined> {
  switch (wish.kind) {
    case 'openToSide':
    case 'insertLink':
    case 'copyLink':
      if (wish.place.kind === 'file' && !isProjectFile(vscode.Uri.parse(wish.place.uri))) return 'not a project file';
      await vscode.commands.executeCommand(commands[wish.kind], { title: wish.title, place: wish.place });
      return undefined;
    case 'useTemplate':
      await vscode.commands.executeCommand(commands.useTemplate, wish.id);
      return undefined;
    case 'openFile': {
      const uri = vscode.Uri.parse(wish.uri);
      if (!isProjectFile(uri)) return 'not a project file';
      await vscode.commands.executeCommand(commands.openFile, uri, { selection: new vscode.Range(wish.line, 0, wish.line, 0) });
      return undefined;
    }
    case 'openWeb':
      if (!isWebAddress(wish.url)) return 'not a web address';
      await vscode.env.openExternal(vscode.Uri.parse(wish.url));
      return undefined;
    case 'insertMissing': {
      const edit = context?.missing[wish.index]?.edit;
      return edit === undefined || edit === null ? 'nothing to insert' : applyEdit(edit);
    }
    case 'contextAction': {
      const action = context?.actions[wish.index];
      if (action?.command.startsWith('kobo.') !== true) return 'not one of our commands';
      await vscode.commands.executeCommand(action.command, ...(action.argument === '' ? [] : [action.argument]));
      return undefined;
    }
    case 'fix': {
      const { uri, line, character } = wish;
      const known = context?.findings.some((finding) => finding.uri === uri && finding.line === line && finding.character === character);
      if (known !== true) return 'no such finding';
      await vscode.commands.executeCommand(commands.fix, uri, line, character);
      return undefined;
    }
    case 'draftPage':
      await vscode.commands.executeCommand(commands.draftPage, wish.query);
      return undefined;
    case 'chooseBook':
    case 'openLog':
    case 'unanswered':
    case 'showProblems':
    case 'whyChecked':
    case 'focusEditor':
      await vscode.commands.executeCommand(commands[wish.kind]);
      return undefined;
  }
}

/** Inserts what is missing as one edit, unsaved, and shows where. */
async function applyEdit(edit: FileEdit): Promise<string | undefined> {
  const uri = vscode.Uri.parse(edit.uri);
  if (!isProjectFile(uri)) return 'not a project file';
  if (!(await makeEdits([edit]))) return 'the edit could not be applied';
  const start = edit.edits[0]?.range.start;
  if (start !== undefined) {
    const place = new vscode.Position(start.line, start.character);
    await vscode.window.showTextDocument(uri, { selection: new vscode.Range(place, place) });
  }
  return undefined;
}

/** A file of the workspace, or one that is open anyway. */
function isProjectFile(uri: vscode.Uri): boolean {
  return vscode.workspace.getWorkspaceFolder(uri) !== undefined || vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
}
