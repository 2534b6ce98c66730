import * as vscode from 'vscode';
import type { GuideClient } from '../client';
import type { ProductCountsState, WorkspaceState } from '../../server/protocol';

/**
 * The findings of all documents in the status bar, as the server counts them when the editor is quiet. A number that is
 * not known is not shown as 0. A click fills the Problems view and opens it.
 */
export function registerCountsStatus(client: GuideClient): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('kobo.findings', vscode.StatusBarAlignment.Left, 40);
  item.name = vscode.l10n.t('Kobo Guide: findings in all documents');
  item.command = 'kobo.showFindings';
  const known = new Map<string, ProductCountsState>();
  let products: WorkspaceState['products'] = [];
  const show = (): void => showCounts(item, products.map(({ folder }) => known.get(folder)));

  return vscode.Disposable.from(
    item,
    client.onWorkspaceState((state) => {
      ({ products } = state);
      show();
    }),
    client.onProductCounts((state) => {
      known.set(state.folder, state);
      show();
    }),
    vscode.workspace.onDidChangeConfiguration((change) => {
      if (change.affectsConfiguration('kobo.minimumSeverity')) show();
    }),
  );
}

/** @param states of every product; `undefined` while it is being counted for the first time */
function showCounts(item: vscode.StatusBarItem, states: readonly (ProductCountsState | undefined)[]): void {
  if (states.length === 0) {
    item.hide();
    return;
  }
  const counted = states.flatMap((state) => (state === undefined || state.counts === null ? [] : [{ name: state.name, untyped: state.untyped, ...state.counts }]));
  const isCounting = states.some((state) => state === undefined || state.isCounting);
  if (counted.length < states.length) {
    item.text = isCounting ? vscode.l10n.t('$(loading~spin) Findings …') : vscode.l10n.t('$(checklist) Findings …');
    item.tooltip = isCounting
      ? vscode.l10n.t('The findings in all documents are being counted. Click to check them now and see the list.')
      : vscode.l10n.t('The findings in all documents are not counted yet. Click to check them now and see the list.');
    item.accessibilityInformation = { label: item.tooltip };
    item.show();
    return;
  }
  const sum = (of: 'errors' | 'warnings' | 'infos'): number => counted.reduce((total, one) => total + one[of], 0);
  const wanted = vscode.workspace.getConfiguration('kobo').get<string>('minimumSeverity', 'hint');
  const parts = [`$(error) ${String(sum('errors'))}`];
  if (wanted !== 'error') parts.push(`$(warning) ${String(sum('warnings'))}`);
  if (wanted !== 'error' && wanted !== 'warning') parts.push(`$(info) ${String(sum('infos'))}`);
  item.text = vscode.l10n.t('$(checklist) Findings {0}', parts.join(' '));
  const lines = counted.flatMap(({ name, files, errors, warnings, infos, untyped }) => [
    vscode.l10n.t('{0}: {1} errors, {2} warnings and {3} remarks in {4} documents', name, errors, warnings, infos, files),
    ...(untyped === 0 ? [] : [vscode.l10n.t('{0} documents are not checked, as kobo.yaml says no type', untyped)]),
  ]);
  item.tooltip = [vscode.l10n.t('Findings in all documents, without what is waived'), ...lines, vscode.l10n.t('Click for the list.')].join('\n');
  item.accessibilityInformation = { label: lines.join(' ') };
  item.show();
}
