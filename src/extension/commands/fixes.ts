import * as vscode from 'vscode';

/** What a fix leaves where only a person can say something. */
const blank = '＿＿';

/** What quick fixes and the panel's 直す button lead to. */
export function registerFixes(): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('kobo.fixed', async (ask: unknown) => {
      await vscode.commands.executeCommand('setContext', 'kobo.fixedOnce', true);
      if (isAsk(ask)) await askForBlank(ask.choices);
    }),
    vscode.commands.registerCommand('kobo.fixAt', async (uri: unknown, line: unknown, character: unknown) => {
      if (typeof uri !== 'string' || typeof line !== 'number' || typeof character !== 'number') return;
      const place = new vscode.Position(line, character);
      await vscode.window.showTextDocument(vscode.Uri.parse(uri), { selection: new vscode.Range(place, place) });
      await vscode.commands.executeCommand('editor.action.quickFix');
    }),
  );
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
