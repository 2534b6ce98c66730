import * as vscode from 'vscode';
import type { WaiverGroup, WaiverRow } from '../../server/protocol';
import type { GuideClient } from '../client';
import { showEdit } from '../commands/waive';
import { back, inputStep } from '../commands/steps';

/** Changes come in bursts (typing, saving): the list is read again when they are over. */
const refreshAfter = 1500;

type Node = { readonly kind: 'group'; readonly group: WaiverGroup; readonly rows: readonly WaiverRow[] } | { readonly kind: 'row'; readonly row: WaiverRow };

/**
 * `kobo.waivers`: all waivers by what has become of them. The list is read when the view is shown and, while it is, again
 * after changes; extending and ending a waiver are edits that are not saved.
 */
export function registerWaiversView(client: GuideClient): vscode.Disposable {
  const changed = new vscode.EventEmitter<undefined>();
  let nodes: Promise<readonly Node[]> | undefined;
  const provider: vscode.TreeDataProvider<Node> = {
    onDidChangeTreeData: changed.event,
    getChildren: async (node) => {
      if (node !== undefined) return node.kind === 'group' ? node.rows.map((row) => ({ kind: 'row', row }) as const) : [];
      nodes ??= client.waivers().then(groupsOf);
      return [...(await nodes)];
    },
    getTreeItem: (node) => (node.kind === 'group' ? groupItem(node.group, node.rows.length) : rowItem(node.row)),
  };
  const view = vscode.window.createTreeView('kobo.waivers', { treeDataProvider: provider });
  const show = async (): Promise<void> => {
    const groups = await nodes;
    if (groups === undefined) return;
    const due = groups.flatMap((node) => (node.kind === 'group' && node.group === 'expired' ? node.rows : [])).length;
    view.badge = due === 0 ? undefined : { value: due, tooltip: vscode.l10n.t('{0} waivers have expired', due) };
    view.message = groups.length === 0 ? vscode.l10n.t('There are no waivers.') : '';
  };
  let pending: ReturnType<typeof setTimeout> | undefined;
  const refresh = (): void => {
    nodes = undefined;
    if (!view.visible) return;
    nodes = client.waivers().then(groupsOf);
    void nodes.then(show, () => undefined);
    changed.fire(undefined);
  };
  const refreshSoon = (): void => {
    clearTimeout(pending);
    pending = setTimeout(refresh, refreshAfter);
  };
  return vscode.Disposable.from(
    view,
    changed,
    { dispose: () => clearTimeout(pending) },
    view.onDidChangeVisibility(({ visible }) => {
      if (visible && nodes === undefined) refresh();
    }),
    client.onDocumentState(refreshSoon),
    client.onWorkspaceState(refreshSoon),
    vscode.commands.registerCommand('kobo.waivers.refresh', refresh),
    vscode.commands.registerCommand('kobo.waivers.open', (row: unknown) => (isRow(row) ? openRow(row) : undefined)),
    vscode.commands.registerCommand('kobo.waivers.extend', (node: unknown) => (isNode(node) ? extend(client, node.row) : undefined)),
    vscode.commands.registerCommand('kobo.waivers.end', (node: unknown) => (isNode(node) ? change(client, node.row, null) : undefined)),
  );
}

function groupsOf(rows: readonly WaiverRow[]): readonly Node[] {
  const groups = [...new Set(rows.map(({ group }) => group))];
  return groups.map((group) => ({ kind: 'group', group, rows: rows.filter((row) => row.group === group) }));
}

function groupItem(group: WaiverGroup, count: number): vscode.TreeItem {
  const item = new vscode.TreeItem(groupLabel(group), group === 'valid' ? vscode.TreeItemCollapsibleState.Collapsed : vscode.TreeItemCollapsibleState.Expanded);
  item.id = group;
  item.description = String(count);
  return item;
}

function groupLabel(group: WaiverGroup): string {
  switch (group) {
    case 'expired':
      return vscode.l10n.t('Expired');
    case 'soon':
      return vscode.l10n.t('Expiring soon');
    case 'no_effect':
      return vscode.l10n.t('Without effect');
    case 'unused':
      return vscode.l10n.t('Unused');
    case 'valid':
      return vscode.l10n.t('In force');
  }
}

function rowItem(row: WaiverRow): vscode.TreeItem {
  const item = new vscode.TreeItem(row.title);
  const facts = [row.until, row.approvedBy, committedText(row)].filter((fact) => fact !== '');
  item.description = facts.join(' · ');
  item.iconPath = new vscode.ThemeIcon(row.group === 'valid' || row.group === 'unused' ? 'eye-closed' : 'warning', row.group === 'expired' ? new vscode.ThemeColor('problemsWarningIcon.foreground') : undefined);
  item.tooltip = [`${row.title} (${row.rule})`, row.reason, [row.product, row.path].filter((fact) => fact !== '').join(' · '), vscode.l10n.t('Approved by (as written): {0}', row.approvedBy), committedText(row)].filter((line) => line !== '').join('\n');
  item.contextValue = 'waiver';
  item.command = { command: 'kobo.waivers.open', title: vscode.l10n.t('Open'), arguments: [row] };
  item.accessibilityInformation = { label: [row.title, groupLabel(row.group), ...facts].join(vscode.l10n.t(', ')) };
  return item;
}

/** A name in the text is no approval: who committed the line stands beside it. */
function committedText({ committed }: WaiverRow): string {
  return committed === null ? '' : vscode.l10n.t('committed by {0} {1}', committed.author, committed.day);
}

async function openRow(row: WaiverRow): Promise<void> {
  const place = new vscode.Position(row.position.line, row.position.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(row.uri), { selection: new vscode.Range(place, place) });
}

async function extend(client: GuideClient, row: WaiverRow): Promise<void> {
  const until = await inputStep({
    title: vscode.l10n.t('Extend: {0}', row.title), step: 1, totalSteps: 1, canGoBack: false,
    prompt: vscode.l10n.t('New last day. Is the reason still true? {0}', row.reason), value: row.until,
    validate: async (text) => (await client.checkWaiver({ uri: row.uri, until: text })) || undefined,
  });
  if (until !== undefined && until !== back) await change(client, row, until);
}

async function change(client: GuideClient, row: WaiverRow, until: string | null): Promise<void> {
  const result = await client.changeWaiver({ row, until });
  if (result.edit === null) void vscode.window.showWarningMessage(result.refused);
  else await showEdit(result.edit);
}

function isRow(value: unknown): value is WaiverRow {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string' && 'position' in value && 'rule' in value;
}

function isNode(value: unknown): value is { readonly kind: 'row'; readonly row: WaiverRow } {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'row' && 'row' in value && isRow(value.row);
}
