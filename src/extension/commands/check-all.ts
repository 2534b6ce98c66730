import * as vscode from 'vscode';
import type { Diagnostic } from 'vscode-languageserver-protocol';
import type { CheckAllResult } from '../../server/protocol';
import type { GuideClient } from '../client';
import { linkGuide } from '../guide-links';

/**
 * `kobo.checkAll`: every project document of the workspace, with progress and cancel, into a collection of its own. A
 * file's entries there go when its own diagnostics are pulled (it is shown), stay away while a tab has it, and come back when that closes.
 */
export function registerCheckAll(client: GuideClient): vscode.Disposable {
  const collection = vscode.languages.createDiagnosticCollection('kobo-all');
  const found = new Map<string, readonly vscode.Diagnostic[]>();
  // The editor keeps what was pulled for a tab that is in the background now.
  const pulled = new Set<string>();
  const show = (uri: vscode.Uri): void => {
    const key = uri.toString();
    collection.set(uri, isVisible(uri) || (pulled.has(key) && hasTab(key)) ? undefined : found.get(key));
  };

  const fill = async (): Promise<CheckAllResult | undefined> => {
    const result = await run(client);
    if (result === undefined) return undefined;
    collection.clear();
    found.clear();
    for (const file of result.files) {
      const uri = vscode.Uri.parse(file.uri);
      found.set(uri.toString(), file.diagnostics.map(toDiagnostic));
      show(uri);
    }
    return result;
  };

  return vscode.Disposable.from(
    collection,
    vscode.commands.registerCommand('kobo.checkAll', async () => {
      const result = await fill();
      if (result !== undefined) report(result);
    }),
    // What the numbers in the status bar lead to.
    vscode.commands.registerCommand('kobo.showFindings', async () => {
      if ((await fill()) !== undefined) await vscode.commands.executeCommand('workbench.actions.view.problems');
    }),
    client.onDiagnosticsPulled((uri) => {
      pulled.add(uri.toString());
      collection.delete(uri);
      if (found.has(uri.toString())) found.set(uri.toString(), []);
    }),
    // Tabs and visible editors change at different moments in different hosts: whichever comes last decides.
    vscode.window.onDidChangeVisibleTextEditors(() => {
      for (const uri of found.keys()) show(vscode.Uri.parse(uri));
    }),
    vscode.window.tabGroups.onDidChangeTabs((change) => {
      for (const tab of change.closed) {
        const uri = tab.input instanceof vscode.TabInputText ? tab.input.uri : undefined;
        if (uri === undefined) continue;
        if (!hasTab(uri.toString())) pulled.delete(uri.toString());
        if (found.has(uri.toString())) void recheck(client, uri, found).then(() => show(uri));
      }
    }),
  );
}

async function run(client: GuideClient): Promise<CheckAllResult | undefined> {
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Checking all project documents'), cancellable: true },
    async (progress, token) => {
      let last = 0;
      const listener = client.onCheckProgress(({ done, total }) => {
        const percent = total === 0 ? 0 : (done / total) * 100;
        progress.report({ increment: percent - last, message: vscode.l10n.t('{0}/{1} files', done, total) });
        last = percent;
      });
      try {
        const result = await client.checkAll({ folder: '' }, token);
        return result.cancelled ? undefined : result;
      } catch {
        return undefined;
      } finally {
        listener.dispose();
      }
    },
  );
}

/** A file that was shown may have changed: its entries are asked for again when its tab closes. */
async function recheck(client: GuideClient, uri: vscode.Uri, found: Map<string, readonly vscode.Diagnostic[]>): Promise<void> {
  const diagnostics = await client.checkFile({ uri: uri.toString() });
  found.set(uri.toString(), diagnostics.map(toDiagnostic));
}

function report(result: CheckAllResult): void {
  const { files, errors, warnings, infos } = result.summary;
  const message =
    files === 0
      ? vscode.l10n.t('There is no document to check here. Use This Folder says which files are documents.')
      : errors + warnings === 0
        ? infos === 0
          ? vscode.l10n.t('{0} documents checked: nothing to fix.', files)
          : vscode.l10n.t('{0} documents checked: no errors or warnings. {1} remarks to read when there is time.', files, infos)
        : vscode.l10n.t('{0} documents checked: {1} errors, {2} warnings, {3} remarks.', files, errors, warnings, infos);
  const { untyped, untypedKobo } = result;
  const showProblems = vscode.l10n.t('Show Problems');
  const openKobo = vscode.l10n.t('Open kobo.yaml');
  const choices = [...(errors + warnings + infos === 0 ? [] : [showProblems]), ...(untyped === 0 ? [] : [openKobo])];
  void vscode.window.showInformationMessage(untyped === 0 ? message : vscode.l10n.t('{0} {1} documents have no type in kobo.yaml.', message, untyped), ...choices).then((choice) => {
    if (choice === showProblems) void vscode.commands.executeCommand('workbench.actions.view.problems');
    if (choice === openKobo) void vscode.window.showTextDocument(vscode.Uri.parse(untypedKobo));
  });
}

function hasTab(uri: string): boolean {
  return vscode.window.tabGroups.all.some((group) => group.tabs.some((tab) => tab.input instanceof vscode.TabInputText && tab.input.uri.toString() === uri));
}

function isVisible(uri: vscode.Uri): boolean {
  return vscode.window.visibleTextEditors.some((editor) => editor.document.uri.toString() === uri.toString());
}

const severities: Readonly<Record<number, vscode.DiagnosticSeverity>> = {
  1: vscode.DiagnosticSeverity.Error,
  2: vscode.DiagnosticSeverity.Warning,
  3: vscode.DiagnosticSeverity.Information,
  4: vscode.DiagnosticSeverity.Hint,
};

function toDiagnostic(item: Diagnostic): vscode.Diagnostic {
  const { start, end } = item.range;
  const message = typeof item.message === 'string' ? item.message : item.message.value;
  const diagnostic = new vscode.Diagnostic(
    new vscode.Range(start.line, start.character, end.line, end.character),
    message,
    severities[item.severity ?? 1] ?? vscode.DiagnosticSeverity.Error,
  );
  if (item.source !== undefined) diagnostic.source = item.source;
  if (item.code !== undefined) {
    diagnostic.code = item.codeDescription === undefined ? item.code : { value: item.code, target: vscode.Uri.parse(item.codeDescription.href) };
  }
  linkGuide(diagnostic);
  return diagnostic;
}
