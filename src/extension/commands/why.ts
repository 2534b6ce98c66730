import * as vscode from 'vscode';
import { commandUri } from '../addresses';
import type { GuideClient } from '../client';

const scheme = 'kobo-why';
/** Links of the page may run these commands and no others. */
const commands = ['kobo.manageAs', 'kobo.setup'];

/** `kobo.whyNotChecked`: how the file at hand is checked, as a read-only page beside it. */
export function registerWhy(client: GuideClient): vscode.Disposable {
  const changed = new vscode.EventEmitter<vscode.Uri>();
  const pages = new Map<string, Page>();
  const status = vscode.languages.createLanguageStatusItem('kobo.why', [{ language: 'markdown' }, { language: 'yaml' }, { pattern: '**/*.csv' }]);
  status.name = vscode.l10n.t('Kobo Guide: how this file is checked');
  status.text = vscode.l10n.t('How this file is checked');
  status.command = { command: 'kobo.whyNotChecked', title: vscode.l10n.t('Show') };
  return vscode.Disposable.from(
    changed,
    status,
    vscode.workspace.registerTextDocumentContentProvider(scheme, { onDidChange: changed.event, provideTextDocumentContent: async (uri) => {
      const page = pageOf(await client.why({ uri: uri.query }));
      pages.set(uri.toString(), page);
      return page.text;
    } }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => pages.delete(uri.toString())),
    vscode.languages.registerDocumentLinkProvider({ scheme }, { provideDocumentLinks: (document) => linksOf(document, pages.get(document.uri.toString())?.links ?? []) }),
    vscode.commands.registerCommand('kobo.whyNotChecked', async () => {
      const file = vscode.window.activeTextEditor?.document.uri;
      if (file === undefined || file.scheme === scheme) return;
      const name = file.path.slice(file.path.lastIndexOf('/') + 1);
      const uri = vscode.Uri.from({ scheme, path: `/${vscode.l10n.t('How this file is checked')} ${name}`, query: file.toString() });
      changed.fire(uri);
      const document = await vscode.languages.setTextDocumentLanguage(await vscode.workspace.openTextDocument(uri), 'markdown');
      await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true, preserveFocus: false });
    }),
    vscode.commands.registerCommand('kobo.why.act', async (file: unknown, command: unknown) => {
      if (typeof file !== 'string' || typeof command !== 'string' || !commands.includes(command)) return;
      await vscode.window.showTextDocument(vscode.Uri.parse(file), { viewColumn: vscode.ViewColumn.One });
      await vscode.commands.executeCommand(command);
    }),
  );
}

/** The file that such a page is about; `undefined` for everything else. */
export function fileOfWhyPage(page: vscode.Uri | undefined): vscode.Uri | undefined {
  return page?.scheme === scheme ? vscode.Uri.parse(page.query) : undefined;
}

interface Page {
  readonly text: string;
  /** Offsets in the text, and what the words there run. */
  readonly links: readonly { readonly start: number; readonly end: number; readonly command: string }[];
}

/** The page is read as text: of a link that runs a command its words alone are shown. */
function pageOf(markdown: string): Page {
  const links: { start: number; end: number; command: string }[] = [];
  let text = '';
  let from = 0;
  for (const match of markdown.matchAll(/\[([^\]]+)\]\(command:([\w.]+)\)/g)) {
    const [whole, label = '', command = ''] = match;
    text += markdown.slice(from, match.index);
    links.push({ start: text.length, end: text.length + label.length, command });
    text += label;
    from = match.index + whole.length;
  }
  return { text: text + markdown.slice(from), links };
}

/** Commands act on the file that the page is about, not on the page. */
function linksOf(document: vscode.TextDocument, links: Page['links']): vscode.DocumentLink[] {
  return links.flatMap(({ start, end, command }) => {
    if (!commands.includes(command)) return [];
    const range = new vscode.Range(document.positionAt(start), document.positionAt(end));
    const target = commandUri('kobo.why.act', [document.uri.query, command]);
    return [new vscode.DocumentLink(range, target)];
  });
}
