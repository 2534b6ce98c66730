import * as vscode from 'vscode';
import type { ImpactChange, ImpactCounts } from '../../server/protocol';
import type { GuideClient } from '../client';
import { ImpactView } from '../views/impact';
import { showLevels } from './levels';
import { previewEdits } from './preview';

/** `kobo.previewImpact` and `kobo.nextLevel`: what a change of rules or level would do, before it is made. */
export function registerImpact(client: GuideClient): vscode.Disposable {
  const view = new ImpactView();
  const runner = new Runner(client, view);
  return vscode.Disposable.from(
    view,
    vscode.commands.registerCommand('kobo.previewImpact', async (target: unknown) => {
      const uri = target instanceof vscode.Uri ? target : vscode.window.activeTextEditor?.document.uri;
      const change = uri === undefined ? undefined : await chooseChange(client, uri);
      if (uri !== undefined && change !== undefined) await runner.run(change, nameOf(uri));
    }),
    vscode.commands.registerCommand('kobo.nextLevel', () =>
      showLevels(client, {
        look: (uri, level) => runner.run({ kind: 'level', uri, level: level.id }, vscode.l10n.t('level {0} {1}', level.id, level.title)),
        set: (uri, level) => setLevel(client, uri, level),
      })),
    vscode.commands.registerCommand('kobo.impact.setLevel', async () => {
      if (view.level !== undefined) await setLevel(client, view.level.uri, view.level.id);
    }),
  );
}

/** What of a file is to be compared: its text, or its rules that are not in force yet. Of both the person chooses. */
async function chooseChange(client: GuideClient, uri: vscode.Uri): Promise<ImpactChange | undefined> {
  const file = uri.toString();
  const { changed, staged } = await client.impactChoices({ uri: file });
  if (staged.length === 0) return { kind: 'file', uri: file };
  if (changed === 'no') return { kind: 'in_force', uri: file };
  const items = [
    {
      label: changed === 'unsaved' ? vscode.l10n.t('The unsaved changes') : vscode.l10n.t('The changes since it was opened'),
      change: { kind: 'file', uri: file } as const,
    },
    {
      label: vscode.l10n.t('With these rules in force in every product'),
      detail: staged.map(({ rule, title }) => `${title} (${rule})`).join(vscode.l10n.t(', ')),
      change: { kind: 'in_force', uri: file } as const,
    },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Preview Impact'), placeHolder: vscode.l10n.t('What should be compared with how things are?') });
  return picked?.change;
}

/** One comparison at a time: a new one ends the one before. */
class Runner {
  readonly #client: GuideClient;
  readonly #view: ImpactView;
  #number = 0;
  #current: vscode.CancellationTokenSource | undefined;

  constructor(client: GuideClient, view: ImpactView) {
    this.#client = client;
    this.#view = view;
  }

  async run(change: ImpactChange, name: string): Promise<void> {
    this.#current?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#current = source;
    const number = ++this.#number;
    const isCurrent = (): boolean => number === this.#number;
    await this.#view.begin({
      name,
      again: () => void this.run(change, name),
      level: change.kind === 'level' ? { uri: change.uri, id: change.level } : undefined,
    });
    let last: { readonly done: number; readonly counts: ImpactCounts } = { done: 0, counts: { added: 0, removed: 0, changed: 0 } };
    try {
      const result = await vscode.window.withProgress(
        { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('Comparing findings: {0}', name), cancellable: true },
        async (progress, token) => {
          token.onCancellationRequested(() => source.cancel());
          const listener = this.#client.onImpactPart((part) => {
            if (part.number !== number || !isCurrent()) return;
            const step = part.total === 0 ? 0 : ((part.done - last.done) / part.total) * 100;
            progress.report({ increment: step, message: vscode.l10n.t('{0}/{1} files', part.done, part.total) });
            this.#view.add(part.rows, part.counts);
            last = part;
          });
          try {
            return await this.#client.impact({ number, change }, source.token);
          } finally {
            listener.dispose();
          }
        },
      );
      if (!isCurrent()) return;
      if (result.refused !== '') {
        await vscode.commands.executeCommand('kobo.impact.close');
        void vscode.window.showInformationMessage(result.refused);
        return;
      }
      this.#view.end(result.counts, endText(result));
    } catch {
      // A request that was cancelled rejects: what came before it stays.
      if (isCurrent()) this.#view.end(last.counts, vscode.l10n.t('Stopped after {0} documents.', last.done));
    }
  }
}

function endText({ cancelled, products, documents, counts }: { readonly cancelled: boolean; readonly products: number; readonly documents: number; readonly counts: ImpactCounts }): string {
  if (cancelled) return vscode.l10n.t('Stopped after {0} documents.', documents);
  const nothing = counts.added + counts.removed + counts.changed === 0;
  return nothing
    ? vscode.l10n.t('No finding changes. Compared documents: {0}, products: {1}.', documents, products)
    : vscode.l10n.t('Compared documents: {0}, products: {1}.', documents, products);
}

async function setLevel(client: GuideClient, uri: string, level: string): Promise<void> {
  const edit = await client.setLevel({ uri, level });
  if (edit === null) void vscode.window.showWarningMessage(vscode.l10n.t('The level cannot be written into kobo.yaml. Check that the file can be read.'));
  else await previewEdits([edit], vscode.l10n.t('Set the level to {0}', level));
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.slice(uri.path.lastIndexOf('/') + 1);
}
