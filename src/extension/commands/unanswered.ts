import * as vscode from 'vscode';
import { UnansweredSearches } from '../views/panel-memory';

/** The searches that found nothing, kept on this computer, and the page that would answer one. */
export function registerUnanswered(context: vscode.ExtensionContext): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('kobo.draftPage', (query: unknown) => (typeof query === 'string' ? draftPage(query) : undefined)),
    vscode.commands.registerCommand('kobo.unanswered', async () => {
      const searches = new UnansweredSearches(context.globalState).list();
      const picked = await vscode.window.showQuickPick(
        searches.map(({ text, times, last }) => ({ label: text, description: vscode.l10n.t('{0} times, last on {1}', times, last), text })),
        { title: vscode.l10n.t('Unanswered searches'), placeHolder: vscode.l10n.t('Choose one to draft a page. Nothing is sent anywhere.') },
      );
      if (picked !== undefined) await draftPage(picked.text);
    }),
  );
}

/** An untitled page with the fields that a Book page has; where it goes is for the person to say. */
async function draftPage(query: string): Promise<void> {
  const title = query.replace(/[\r\n]+/g, ' ').trim();
  const today = new Date().toISOString().slice(0, 10);
  const content = ['---', `title: ${JSON.stringify(title)}`, 'summary: ', 'owner: ', `reviewed: ${today}`, 'review_cycle: 180d', 'kind: how-to', `aliases: [${JSON.stringify(title)}]`, '---', '', `# ${title}`, '', ''].join('\n');
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
}
