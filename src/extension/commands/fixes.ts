import * as vscode from 'vscode';
import type { GuideClient } from '../client';
import { previewEdits } from './preview';

/** What a fix leaves where only a person can say something. */
const blank = '＿＿';

/** What quick fixes and the panel's 直す button lead to. */
export function registerFixes(client: GuideClient): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('kobo.fixed', async (ask: unknown, elsewhere: unknown) => {
      await vscode.commands.executeCommand('setContext', 'kobo.fixedOnce', true);
      const others = Array.isArray(elsewhere) ? elsewhere.filter((uri) => typeof uri === 'string') : [];
      if (isAsk(ask)) {
        // The blank is where the fix has written.
        if (others[0] !== undefined) await vscode.window.showTextDocument(vscode.Uri.parse(others[0]));
        await askForBlank(ask.choices);
      }
      tellUnsaved(others);
    }),
    vscode.commands.registerCommand('kobo.fixAllInProduct', async (argument: unknown) => {
      const asked = isRuleOf(argument) ? argument : await chooseRule(client);
      if (asked === undefined) return;
      const { files, fixes } = await client.fixAll({ ...asked, where: 'product' });
      if (fixes === 0) void vscode.window.showInformationMessage(vscode.l10n.t('There is nothing to fix in bulk.'));
      else if (await previewEdits(files, vscode.l10n.t('Fix {0} findings of {1}', fixes, asked.rule))) await vscode.commands.executeCommand('setContext', 'kobo.fixedOnce', true);
    }),
    vscode.commands.registerCommand('kobo.fixAt', async (uri: unknown, line: unknown, character: unknown) => {
      if (typeof uri !== 'string' || typeof line !== 'number' || typeof character !== 'number') return;
      const place = new vscode.Position(line, character);
      await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(place, place) });
      await vscode.commands.executeCommand('editor.action.quickFix');
    }),
  );
}

/** A fix has written into files that are not in front: they count for others, and for `kobo check`, once they are saved. */
function tellUnsaved(uris: readonly string[]): void {
  const unsaved = (): readonly vscode.TextDocument[] => vscode.workspace.textDocuments.filter((document) => document.isDirty && uris.some((uri) => vscode.Uri.parse(uri).toString() === document.uri.toString()));
  const documents = unsaved();
  if (documents.length === 0) return;
  const names = documents.map(({ uri }) => vscode.workspace.asRelativePath(uri)).join(', ');
  const save = vscode.l10n.t('Save');
  const look = vscode.l10n.t('Show');
  const message = vscode.l10n.t('The fix was written into {0}, which is not saved yet. Other people and “kobo check” see it once it is saved.', names);
  void vscode.window.showInformationMessage(message, save, look).then(async (choice) => {
    if (choice === save) for (const document of unsaved()) await document.save();
    if (choice === look && documents[0] !== undefined) await vscode.window.showTextDocument(documents[0]);
  });
}

/** From the palette: the rules whose findings can be fixed without stating a fact for anybody. */
async function chooseRule(client: GuideClient): Promise<{ readonly uri: string; readonly rule: string } | undefined> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString() ?? '';
  const source = new vscode.CancellationTokenSource();
  const rules = client.fixable({ uri }, source.token).then((found) =>
    found.map(({ rule, title, fixes, documents }) => ({ label: title, description: rule, detail: vscode.l10n.t('{0} findings in {1} documents', fixes, documents), rule })));
  const picked = await vscode.window.showQuickPick(rules, {
    title: vscode.l10n.t('Fix all findings of a rule in this product'), placeHolder: vscode.l10n.t('Only fixes that state no fact for anybody; each is shown before it is made'),
  });
  source.dispose();
  return picked === undefined ? undefined : { uri, rule: picked.rule };
}

function isRuleOf(value: unknown): value is { readonly uri: string; readonly rule: string } {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string' && 'rule' in value && typeof value.rule === 'string';
}

function isAsk(value: unknown): value is { readonly choices: readonly string[] } {
  return typeof value === 'object' && value !== null && 'choices' in value && Array.isArray(value.choices);
}

/** Selects the blank that the fix has left and offers what may stand there; typing over it is just as good. */
async function askForBlank(choices: readonly string[]): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const text = editor.document.getText();
  const near = editor.document.offsetAt(new vscode.Position(editor.selection.active.line, 0));
  const at = [text.indexOf(blank, near), text.indexOf(blank)].find((offset) => offset >= 0);
  if (at === undefined) return;
  const range = new vscode.Range(editor.document.positionAt(at), editor.document.positionAt(at + blank.length));
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range);
  if (choices.length === 0) return;
  const picked = await vscode.window.showQuickPick(choices, { placeHolder: vscode.l10n.t('What should stand here? Esc: write it yourself') });
  if (picked !== undefined) await editor.edit((edit) => edit.replace(range, picked));
}
