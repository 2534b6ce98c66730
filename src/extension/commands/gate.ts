import * as vscode from 'vscode';
import type { GateItem, GateView } from '../../server/protocol';
import type { GuideClient } from '../client';
import { severityLabel } from '../severity-label';
import { keepOrder } from './quick-pick';

/** What Enter on a row does; none: the list stays as it is. */
interface Row extends vscode.QuickPickItem {
  readonly run?: () => void;
}

/** `kobo.checkGate`: what is left before a gate as a list, what stands in the way first; another gate, or product, is a row away. */
export function registerGate(client: GuideClient): vscode.Disposable {
  return vscode.commands.registerCommand('kobo.checkGate', () => new GateList(client).show(vscode.window.activeTextEditor?.document.uri.toString() ?? ''));
}

class GateList {
  readonly #client: GuideClient;
  readonly #pick = vscode.window.createQuickPick<Row>();
  #asking = new vscode.CancellationTokenSource();
  /** What Back returns to; `undefined` where there is nothing to go back to. */
  #before: GateView | undefined;

  constructor(client: GuideClient) {
    this.#client = client;
    const pick = this.#pick;
    pick.matchOnDescription = true;
    pick.matchOnDetail = true;
    keepOrder(pick);
    pick.onDidAccept(() => pick.selectedItems[0]?.run?.());
    pick.onDidTriggerButton(() => {
      if (this.#before !== undefined) this.#tell(this.#before);
    });
    pick.onDidHide(() => {
      this.#asking.cancel();
      this.#asking.dispose();
      pick.dispose();
    });
  }

  /** @param uri a document of the product that is meant */
  async show(uri: string): Promise<void> {
    this.#pick.show();
    await this.#ask(uri, '');
  }

  async #ask(uri: string, gate: string): Promise<void> {
    const pick = this.#pick;
    this.#asking.cancel();
    this.#asking.dispose();
    const { token } = (this.#asking = new vscode.CancellationTokenSource());
    pick.title = vscode.l10n.t('Check Gate');
    pick.placeholder = vscode.l10n.t('Checking what the gate asks for…');
    pick.items = [];
    pick.buttons = [];
    pick.busy = true;
    try {
      const view = await this.#client.gate({ uri, gate }, token);
      if (token.isCancellationRequested) return;
      if (view === null) {
        pick.hide();
        void vscode.window.showInformationMessage(vscode.l10n.t('There is no product here. Use This Folder makes one.'));
      } else if (view.gate === null) {
        this.#tellGates(view);
      } else {
        this.#tell(view);
      }
    } catch (error) {
      if (token.isCancellationRequested) return;
      pick.hide();
      void vscode.window.showErrorMessage(vscode.l10n.t('The gate could not be checked: {0}', error instanceof Error ? error.message : String(error)));
    }
  }

  #tell(view: GateView): void {
    const pick = this.#pick;
    this.#before = undefined;
    pick.busy = false;
    pick.buttons = [];
    pick.value = '';
    pick.title = titleOf(view);
    pick.placeholder = vscode.l10n.t('{0}: Enter opens the place', view.product);
    pick.items = this.#rowsOf(view);
  }

  /** The gates of the Book, and the other products of the workspace. */
  #tellGates(view: GateView): void {
    const pick = this.#pick;
    this.#before = view.gate === null ? undefined : view;
    pick.busy = false;
    pick.buttons = this.#before === undefined ? [] : [vscode.QuickInputButtons.Back];
    pick.value = '';
    pick.title = vscode.l10n.t('Choose a gate: {0}', view.product);
    pick.placeholder = view.gate === null ? vscode.l10n.t('kobo.yaml names no phase with a gate. Which gate?') : vscode.l10n.t('Which gate?');
    const others = view.products.filter(({ kobo }) => kobo !== view.kobo);
    pick.items = [
      ...view.gates.map(({ id, label, isAhead }): Row => ({
        label: `$(milestone) ${label}`, description: isAhead ? vscode.l10n.t('the next one') : '', run: () => void this.#ask(view.kobo, id),
      })),
      ...section(vscode.l10n.t('Other products'), others.map(({ kobo, name }): Row => ({ label: `$(package) ${name}`, run: () => void this.#ask(kobo, '') }))),
      ...(view.gates.length > 0 ? [] : [{ label: `$(info) ${vscode.l10n.t('This Book has no gates.')}` }]),
    ];
  }

  #rowsOf(view: GateView): readonly Row[] {
    const { items, questions, gate, gates, products } = view;
    const row = (item: GateItem): Row => ({ ...wordsOf(item), run: () => this.#open(view, item) });
    const of = (belongs: (item: GateItem) => boolean): readonly Row[] => items.filter(belongs).map(row);
    const guide = gate?.guide ?? '';
    return [
      ...(gates.length > 1 || products.length > 1
        ? [{ label: `$(milestone) ${vscode.l10n.t('Choose another gate…')}`, description: gate?.label ?? '', alwaysShow: true, run: () => this.#tellGates(view) }]
        : []),
      ...section(vscode.l10n.t('Left to do'), of((item) => item.blocks)),
      ...section(vscode.l10n.t('Waived'), of((item) => item.waived)),
      ...section(vscode.l10n.t('In place'), of((item) => !item.blocks && !item.waived && item.state === 'ready')),
      ...section(vscode.l10n.t('Not needed for the gate'), of((item) => !item.blocks && !item.waived && item.state !== 'ready')),
      ...section(vscode.l10n.t('For people to answer'), questions.map((question): Row => ({
        label: `$(question) ${question}`, ...(guide === '' ? {} : { run: () => this.#leave('kobo.openGuide', guide) }),
      }))),
    ];
  }

  #open(view: GateView, item: GateItem): void {
    if (item.template !== '') {
      this.#leave('kobo.new', item.template, view.kobo);
    } else {
      this.#pick.hide();
      const place = new vscode.Position(item.position.line, item.position.character);
      void vscode.window.showTextDocument(vscode.Uri.parse(item.uri === '' ? view.kobo : item.uri), { selection: new vscode.Range(place, place) });
    }
  }

  #leave(command: string, ...values: readonly string[]): void {
    this.#pick.hide();
    void vscode.commands.executeCommand(command, ...values);
  }
}

function section(label: string, rows: readonly Row[]): readonly Row[] {
  return rows.length === 0 ? [] : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...rows];
}

function titleOf({ gate, ready, left }: GateView): string {
  const label = gate?.label ?? '';
  return ready ? vscode.l10n.t('Ready for {0}', label) : vscode.l10n.t('{0} left to {1}', left, label);
}

/** An icon never says alone what the words do not: screen readers read the words. */
function wordsOf(item: GateItem): Pick<Row, 'label' | 'description' | 'detail'> {
  const { message, rule, path, position, template } = item;
  const makes = template === '' ? undefined : vscode.l10n.t('Enter makes it from its template');
  const place = path === '' ? undefined : item.kind === 'document' ? path : vscode.l10n.t('{0}, line {1}', path, position.line + 1);
  const where = makes ?? place ?? vscode.l10n.t('There is no template for it. Enter opens kobo.yaml, where documents names files.');
  // The words of a finding may fill the row: what it weighs stands below, where nothing cuts it off.
  return { label: `$(${iconOf(item)}) ${message}`, ...(item.kind === 'finding' ? { description: '', detail: `${stateOf(item)} · ${rule} · ${where}` } : { description: stateOf(item), detail: where }) };
}

function iconOf({ waived, state, severity }: GateItem): string {
  if (waived) return 'eye-closed';
  if (state === 'missing') return 'circle-slash';
  if (state === 'ready') return 'pass';
  return severity === 'hint' ? 'info' : severity;
}

function stateOf({ kind, waived, optional, state, severity }: GateItem): string {
  if (waived) return vscode.l10n.t('waived');
  if (kind === 'document') return optional ? vscode.l10n.t('optional') : state === 'ready' ? vscode.l10n.t('in place') : vscode.l10n.t('required');
  return severityLabel(severity);
}
