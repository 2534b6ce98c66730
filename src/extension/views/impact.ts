import * as vscode from 'vscode';
import type { ImpactCounts, ImpactRow } from '../../server/protocol';
import { severityLabel } from '../severity-label';

/** What a preview is about. */
export interface ImpactSubject {
  /** For the title of the view: a file's name or a level. */
  readonly name: string;
  /** Runs the same comparison again. */
  readonly again: () => void;
  /** The level that was looked at, with a file of the product; else `undefined`. */
  readonly level: { readonly uri: string; readonly id: string } | undefined;
}

type Node =
  | { readonly kind: 'group'; readonly level: 'rule' | 'product' | 'file'; readonly key: string; readonly rows: readonly ImpactRow[] }
  | { readonly kind: 'row'; readonly row: ImpactRow };

const scheme = 'kobo-impact';
const icons = { rule: 'law', product: 'folder', file: 'file' } as const;
const kindIcons = { added: 'diff-added', removed: 'diff-removed', changed: 'diff-modified' } as const;

/**
 * `kobo.impact`: what a change would newly flag and no longer flag, by rule, product, file and place. The view is there
 * while it has something to show; the same lists can be read side by side in a diff.
 */
export class ImpactView implements vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #documents = new vscode.EventEmitter<vscode.Uri>();
  readonly #view: vscode.TreeView<Node>;
  readonly #disposables: vscode.Disposable;
  #rows: ImpactRow[] = [];
  #subject: ImpactSubject | undefined;

  constructor() {
    this.#view = vscode.window.createTreeView<Node>('kobo.impact', {
      treeDataProvider: {
        onDidChangeTreeData: this.#changed.event,
        getChildren: (node) => [...(node === undefined ? groups(this.#rows, 'rule', '') : node.kind === 'group' ? this.#below(node) : [])],
        getTreeItem: itemOf,
      },
      showCollapseAll: true,
    });
    this.#disposables = vscode.Disposable.from(
      this.#view,
      this.#changed,
      this.#documents,
      vscode.workspace.registerTextDocumentContentProvider(scheme, {
        onDidChange: this.#documents.event,
        provideTextDocumentContent: (uri) => listing(this.#rows, uri.path.startsWith('/before') ? 'before' : 'after'),
      }),
      vscode.commands.registerCommand('kobo.impact.open', (row: unknown) => (isRow(row) ? openRow(row) : undefined)),
      vscode.commands.registerCommand('kobo.impact.again', () => this.#subject?.again()),
      vscode.commands.registerCommand('kobo.impact.diff', () => this.#showDiff()),
      vscode.commands.registerCommand('kobo.impact.close', () => this.#close()),
    );
  }

  /** The level that the view tells about, with a file of its product. */
  get level(): ImpactSubject['level'] {
    return this.#subject?.level;
  }

  /** Begins anew. */
  async begin(subject: ImpactSubject): Promise<void> {
    this.#rows = [];
    this.#subject = subject;
    // Not in the title: the editor shows titles with capital letters, and names of files are to stay as they are.
    this.#view.description = subject.name;
    this.#view.message = '';
    await vscode.commands.executeCommand('setContext', 'kobo.hasImpact', true);
    await vscode.commands.executeCommand('setContext', 'kobo.impactLevel', subject.level !== undefined);
    this.#changed.fire(undefined);
    await vscode.commands.executeCommand('kobo.impact.focus');
  }

  add(rows: readonly ImpactRow[], counts: ImpactCounts): void {
    this.#describe(counts);
    if (rows.length === 0) return;
    this.#rows.push(...rows);
    this.#changed.fire(undefined);
  }

  /** Says how it ended: which part of all documents was compared, and that more was found than is listed. */
  end(counts: ImpactCounts, message: string): void {
    const all = counts.added + counts.removed + counts.changed;
    const more = all > this.#rows.length ? vscode.l10n.t('{0} of {1} are listed.', this.#rows.length, all) : '';
    this.#view.message = [message, more].filter((part) => part !== '').join(' ');
    this.#describe(counts);
    for (const side of ['before', 'after']) this.#documents.fire(vscode.Uri.from({ scheme, path: `/${side}.txt` }));
  }

  #describe(counts: ImpactCounts): void {
    this.#view.description = [this.#subject?.name ?? '', countsText(counts)].filter((part) => part !== '').join(' · ');
  }

  dispose(): void {
    this.#disposables.dispose();
  }

  #below(node: Node & { readonly kind: 'group' }): readonly Node[] {
    switch (node.level) {
      case 'rule':
        // One product alone needs no row of its own.
        return new Set(this.#rows.map((row) => row.product)).size > 1 ? groups(node.rows, 'product', node.key) : groups(node.rows, 'file', node.key);
      case 'product':
        return groups(node.rows, 'file', node.key);
      case 'file':
        return node.rows.map((row) => ({ kind: 'row', row }));
    }
  }

  async #showDiff(): Promise<void> {
    const [before, after] = ['before', 'after'].map((side) => vscode.Uri.from({ scheme, path: `/${side}.txt` }));
    await vscode.commands.executeCommand('vscode.diff', before, after, vscode.l10n.t('Findings before and after: {0}', this.#subject?.name ?? ''), { preview: true });
  }

  async #close(): Promise<void> {
    this.#rows = [];
    this.#subject = undefined;
    // Else the rows of now are there for a moment when the next preview begins.
    this.#changed.fire(undefined);
    await vscode.commands.executeCommand('setContext', 'kobo.hasImpact', false);
    await vscode.commands.executeCommand('setContext', 'kobo.impactLevel', false);
  }
}

const keyOf = { rule: (row: ImpactRow) => row.rule, product: (row: ImpactRow) => row.product, file: (row: ImpactRow) => row.uri } as const;

function groups(rows: readonly ImpactRow[], level: 'rule' | 'product' | 'file', above: string): readonly Node[] {
  const byKey = new Map<string, ImpactRow[]>();
  for (const row of rows) {
    const list = byKey.get(keyOf[level](row));
    if (list === undefined) byKey.set(keyOf[level](row), [row]);
    else list.push(row);
  }
  const sorted = [...byKey].sort(([a, left], [b, right]) => (level === 'rule' ? right.length - left.length : 0) || (a < b ? -1 : 1));
  return sorted.map(([key, list]) => ({ kind: 'group', level, key: `${above}/${key}`, rows: list }));
}

function itemOf(node: Node): vscode.TreeItem {
  if (node.kind === 'row') return rowItem(node.row);
  const { level, rows, key } = node;
  const [first] = rows;
  const label = first === undefined ? '' : level === 'rule' ? first.title : level === 'product' ? first.product : first.path;
  const item = new vscode.TreeItem(label, level === 'file' ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed);
  const counts = countsText(countRows(rows));
  item.id = key;
  item.description = level === 'rule' ? `${counts} · ${first?.rule ?? ''}` : counts;
  item.iconPath = new vscode.ThemeIcon(icons[level]);
  item.tooltip = level === 'rule' ? `${label} (${first?.rule ?? ''})\n${counts}` : `${label}\n${counts}`;
  item.accessibilityInformation = { label: [label, counts].join(vscode.l10n.t(', ')) };
  return item;
}

function rowItem(row: ImpactRow): vscode.TreeItem {
  const item = new vscode.TreeItem(row.message);
  const kind = kindLabel(row.kind);
  const line = vscode.l10n.t('line {0}', row.position.line + 1);
  item.description = `${kind} · ${line}`;
  item.iconPath = new vscode.ThemeIcon(kindIcons[row.kind]);
  item.tooltip = [row.message, ...(row.before === null ? [] : [vscode.l10n.t('Before: {0}', row.before.message)]), [kind, severityText(row), row.path, line].join(' · ')].join('\n');
  item.command = { command: 'kobo.impact.open', title: vscode.l10n.t('Open'), arguments: [row] };
  item.accessibilityInformation = { label: [kind, row.message, line].join(vscode.l10n.t(', ')) };
  return item;
}

function severityText({ severity, before }: ImpactRow): string {
  return before === null || before.severity === severity ? severityLabel(severity) : `${severityLabel(before.severity)} → ${severityLabel(severity)}`;
}

function kindLabel(kind: ImpactRow['kind']): string {
  switch (kind) {
    case 'added':
      return vscode.l10n.t('New');
    case 'removed':
      return vscode.l10n.t('Gone');
    case 'changed':
      return vscode.l10n.t('Changed');
  }
}

function countRows(rows: readonly ImpactRow[]): ImpactCounts {
  const counts = { added: 0, removed: 0, changed: 0 };
  for (const { kind } of rows) counts[kind]++;
  return counts;
}

function countsText({ added, removed, changed }: ImpactCounts): string {
  return [
    ...(added > 0 || removed + changed === 0 ? [vscode.l10n.t('{0} new', added)] : []),
    ...(removed > 0 ? [vscode.l10n.t('{0} gone', removed)] : []),
    ...(changed > 0 ? [vscode.l10n.t('{0} changed', changed)] : []),
  ].join(' · ');
}

/** The findings of one side as text: what both sides share are the headings, so that a diff lines up. */
function listing(rows: readonly ImpactRow[], side: 'before' | 'after'): string {
  const lines: string[] = [];
  for (const rule of groups(rows, 'rule', '')) {
    if (rule.kind !== 'group') continue;
    const [head] = rule.rows;
    lines.push(`${head?.title ?? ''} (${head?.rule ?? ''})`);
    for (const row of [...rule.rows].sort((a, b) => (a.uri === b.uri ? a.position.line - b.position.line : a.uri < b.uri ? -1 : 1))) {
      if ((row.kind === 'added' && side === 'before') || (row.kind === 'removed' && side === 'after')) continue;
      const { severity, message } = side === 'before' && row.before !== null ? row.before : row;
      lines.push(`  ${row.product} ${row.path}:${String(row.position.line + 1)}  ${severityLabel(severity)}  ${message}`);
    }
    lines.push('');
  }
  return lines.join('\n');
}

async function openRow(row: ImpactRow): Promise<void> {
  const place = new vscode.Position(row.position.line, row.position.character);
  await vscode.window.showTextDocument(vscode.Uri.parse(row.uri), { selection: new vscode.Range(place, place), preview: true });
}

function isRow(value: unknown): value is ImpactRow {
  return typeof value === 'object' && value !== null && 'uri' in value && typeof value.uri === 'string' && 'position' in value && 'rule' in value;
}
