import * as vscode from 'vscode';
import type { GuideClient } from '../client';
import type { LastDocument } from '../last-document';
import type { BookState, DocumentState } from '../../server/protocol';

const selector = [{ language: 'markdown' }, { language: 'yaml' }, { pattern: '**/*.csv' }];

/**
 * The language status (type and counts of the document, state of the index), the progress in the status bar, and the
 * context keys. All read the same two states that the server sends, so that none can disagree with another.
 */
export function registerStatus(client: GuideClient, last: LastDocument): vscode.Disposable {
  const typeStatus = vscode.languages.createLanguageStatusItem('kobo.type', selector);
  typeStatus.name = vscode.l10n.t('Kobo Guide: document type');
  const indexStatus = vscode.languages.createLanguageStatusItem('kobo.index', selector);
  indexStatus.name = vscode.l10n.t('Kobo Guide: search index');
  const progress = vscode.window.createStatusBarItem('kobo.progress', vscode.StatusBarAlignment.Right, 90);
  progress.name = vscode.l10n.t('Kobo Guide: filled parts');
  progress.command = 'kobo.nextBlank';

  const documents = new Map<string, DocumentState>();
  const showDocument = (): void => {
    const uri = vscode.window.activeTextEditor?.document.uri.toString();
    const state = uri === undefined ? undefined : documents.get(uri);
    showType(typeStatus, state);
    showProgress(progress, state);
    void vscode.commands.executeCommand('setContext', 'kobo.docType', state === undefined || state.recognition === 'none' || state.recognition === 'guess' ? '' : state.type);
  };
  showIndex(indexStatus, undefined);
  showDocument();

  return vscode.Disposable.from(
    typeStatus,
    indexStatus,
    progress,
    client.onDocumentState((state) => {
      documents.set(state.uri, state);
      showDocument();
    }),
    client.onBookState((state) => showIndex(indexStatus, state)),
    client.onWorkspaceState((state) => void vscode.commands.executeCommand('setContext', 'kobo.hasProduct', state.products.length > 0)),
    vscode.window.onDidChangeActiveTextEditor(showDocument),
    vscode.workspace.onDidCloseTextDocument((document) => documents.delete(document.uri.toString())),
    vscode.commands.registerCommand('kobo.nextBlank', () => goToNextBlank(client, last)),
  );
}

function showType(item: vscode.LanguageStatusItem, state: DocumentState | undefined): void {
  const typed = state !== undefined && (state.recognition === 'front_matter' || state.recognition === 'pattern');
  item.text = typed ? state.typeTitle : vscode.l10n.t('Not a managed document');
  item.severity = state?.slowRule ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
  item.detail = state?.slowRule
    ? vscode.l10n.t('Rule {0} took too long and was stopped', state.slowRule)
    : typed
      ? vscode.l10n.t('{0} errors · {1} warnings · {2} infos', state.counts.error, state.counts.warning, state.counts.info)
      : '';
  item.command = { command: 'kobo.manageAs', title: typed ? vscode.l10n.t('Change type') : vscode.l10n.t('Choose type') };
}

function showProgress(item: vscode.StatusBarItem, state: DocumentState | undefined): void {
  const typed = state !== undefined && (state.recognition === 'front_matter' || state.recognition === 'pattern');
  if (!typed || state.total === 0) {
    item.hide();
    return;
  }
  item.text = vscode.l10n.t('$(book) {0} {1}/{2}', state.typeTitle, state.filled, state.total);
  item.tooltip = state.hasBlanks ? vscode.l10n.t('Go to the next blank') : vscode.l10n.t('Every part is filled in');
  item.accessibilityInformation = { label: vscode.l10n.t('{0}, {1} of {2} parts filled', state.typeTitle, state.filled, state.total) };
  item.show();
}

function showIndex(item: vscode.LanguageStatusItem, state: BookState | undefined): void {
  item.busy = state?.phase === 'loading';
  item.severity = state?.phase === 'failed' ? vscode.LanguageStatusSeverity.Warning : vscode.LanguageStatusSeverity.Information;
  item.command = { command: 'kobo.rebuildIndex', title: vscode.l10n.t('Rebuild') };
  if (state === undefined) {
    item.text = vscode.l10n.t('The Book is read when it is needed');
    item.detail = '';
  } else if (state.phase === 'loading') {
    item.text = vscode.l10n.t('Reading {0}', state.name);
    item.detail = vscode.l10n.t('{0}/{1} pages', state.done, state.total);
  } else {
    item.text = state.name;
    const pages = vscode.l10n.t('{0} pages', state.pages);
    item.detail = state.phase === 'failed' ? state.message : state.notice === undefined ? pages : `${pages} · ${state.notice}`;
  }
}

/** Selects the next part to fill in, so that typing replaces it; after the last comes the first. */
async function goToNextBlank(client: GuideClient, last: LastDocument): Promise<void> {
  const { document } = last;
  if (document === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t('Open the document first.'));
    return;
  }
  const found = await client.blanks({ uri: document.uri.toString() });
  // From the panel and from a page of another kind the keys go to the document again.
  const editor = await vscode.window.showTextDocument(document);
  if (found === null) {
    vscode.window.setStatusBarMessage(vscode.l10n.t('Not a managed document'), 3000);
    return;
  }
  const { selection } = editor;
  const blanks = found.map(({ start, end }) => new vscode.Range(start.line, start.character, end.line, end.character)).filter((blank) => !blank.isEqual(selection));
  const next = blanks.find((blank) => (blank.isEmpty ? blank.start.isAfterOrEqual(selection.active) : blank.end.isAfter(selection.active))) ?? blanks[0];
  if (next === undefined) {
    if (found.length === 0) vscode.window.setStatusBarMessage(vscode.l10n.t('Every part is filled in'), 3000);
    return;
  }
  editor.selection = new vscode.Selection(next.start, next.end);
  editor.revealRange(next, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}
