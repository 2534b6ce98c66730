import * as vscode from 'vscode';
import { readableUri } from '../addresses';
import type { GuideClient } from '../client';
import type { Place } from '../../server/protocol';
import { relativeLink } from '../relative-link';

/** What the link commands take: a place and the words to show for it. */
export interface LinkTarget {
  readonly title: string;
  readonly place: Place;
  /** How a copied link is written; Markdown when left out. */
  readonly form?: 'slack';
}

/**
 * Open to the side, insert link, copy link: for hits in the palette and the panel.
 * @param extension id of the extension, for addresses that lead here from outside
 */
export function registerLinkCommands(client: GuideClient, extension: string): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('kobo.openToSide', (target: unknown) => withTarget(target, (t) => openToSide(client, t))),
    vscode.commands.registerCommand('kobo.insertLink', (target: unknown) => withTarget(target, insertLink)),
    vscode.commands.registerCommand('kobo.copyLink', (target: unknown) =>
      withTarget(target, async (t) => {
        await vscode.env.clipboard.writeText(t.form === 'slack' ? slackLink(t, extension) : markdownLink(t, vscode.window.activeTextEditor?.document.uri));
        vscode.window.setStatusBarMessage(vscode.l10n.t('Link copied'), 3000);
      }),
    ),
    vscode.workspace.registerTextDocumentContentProvider('kobo-page', {
      provideTextDocumentContent: async (uri) => {
        const page = await client.page({ book: uri.authority, path: uri.path.slice(1), query: '', uri: '' });
        return page === null ? vscode.l10n.t('This page is not in the Book any more.') : page.markdown;
      },
    }),
  );
}

async function withTarget(target: unknown, action: (target: LinkTarget) => Promise<void>): Promise<void> {
  if (isTarget(target)) await action(target);
}

function isTarget(value: unknown): value is LinkTarget {
  if (typeof value !== 'object' || value === null || !('title' in value) || !('place' in value)) return false;
  const place = value.place;
  return typeof place === 'object' && place !== null && 'kind' in place && (place.kind === 'page' || place.kind === 'file');
}

/** Opens a project file beside; a page of the Book is shown in VS Code's own Markdown preview. */
async function openToSide(client: GuideClient, target: LinkTarget): Promise<void> {
  await client.start();
  if (target.place.kind === 'file') {
    const line = new vscode.Range(target.place.line, 0, target.place.line, 0);
    await vscode.window.showTextDocument(vscode.Uri.parse(target.place.uri), { viewColumn: vscode.ViewColumn.Beside, selection: line });
    return;
  }
  const uri = vscode.Uri.from({ scheme: 'kobo-page', authority: target.place.book, path: `/${target.place.path}` });
  await vscode.commands.executeCommand('markdown.showPreviewToSide', uri);
}

async function insertLink(target: LinkTarget): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open a document first, then insert the link.'));
    return;
  }
  const link = markdownLink(target, editor.document.uri);
  await editor.edit((edit) => editor.selections.forEach((selection) => edit.replace(selection, link)));
}

/** Markdown link of a hit. @param from the document it is for: Markdown counts paths from there */
function markdownLink({ title, place }: LinkTarget, from: vscode.Uri | undefined): string {
  const words = title.replace(/[[\]\\]/g, '\\$&');
  return `[${words}](<${place.kind === 'file' ? filePath(place.uri, from) : bookAddress(place)}>)`;
}

/** Without a document that is a file beside it, the path in the project is all that can be said. */
function filePath(uri: string, from: vscode.Uri | undefined): string {
  const to = vscode.Uri.parse(uri);
  const relative = from?.scheme === to.scheme && from.authority === to.authority ? relativeLink(from.path, to.path) : undefined;
  return relative ?? projectPath(uri);
}

/**
 * Link in the form of Slack's messages (`<address|words>`, with `&`, `<` and `>` escaped; docs.slack.dev, "Formatting
 * message text"). A page of the Book opens in the panel of whoever follows it; a project file goes by its path.
 */
function slackLink({ title, place }: LinkTarget, extension: string): string {
  const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const words = escaped(title.replace(/[\r\n|]+/g, ' '));
  if (place.kind === 'file') return `${words} (${escaped(projectPath(place.uri))})`;
  return `<${vscode.env.uriScheme}://${extension}/guide?${encodeURIComponent(bookAddress(place))}|${words}>`;
}

function projectPath(uri: string): string {
  return vscode.workspace.asRelativePath(vscode.Uri.parse(uri), false);
}

/** Pages of the Book are addressed independently of where the Book lies. */
function bookAddress(place: Extract<Place, { readonly kind: 'page' }>): string {
  return readableUri(vscode.Uri.from({ scheme: 'kobo-book', path: `/${place.book}/${place.path}`, fragment: place.anchor }));
}
