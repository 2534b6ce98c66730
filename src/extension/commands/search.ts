import * as vscode from 'vscode';
import type { Hit, SearchResult, ThingKind } from '../../server/protocol';
import type { GuideClient } from '../client';
import type { BookPanel } from '../views/book-panel';
import { openHit } from './open';
import { keepOrder } from './quick-pick';

/** What each toggle stands for, in this order. */
const groups: readonly { readonly kinds: readonly ThingKind[]; readonly icon: string; readonly label: () => string }[] = [
  { kinds: ['page'], icon: 'book', label: () => vscode.l10n.t('Pages') },
  { kinds: ['rule'], icon: 'law', label: () => vscode.l10n.t('Rules') },
  { kinds: ['template', 'kit'], icon: 'new-file', label: () => vscode.l10n.t('Templates') },
  { kinds: ['term', 'gate'], icon: 'quote', label: () => vscode.l10n.t('Terms') },
  { kinds: ['document'], icon: 'file', label: () => vscode.l10n.t('Documents') },
];

const kindIcon: Readonly<Record<ThingKind, string>> = {
  page: 'book', rule: 'law', template: 'new-file', kit: 'package', term: 'quote', gate: 'milestone', document: 'file',
};

interface Row extends vscode.QuickPickItem {
  readonly hit?: Hit;
  readonly action?: () => void;
}

interface KindToggle extends vscode.QuickInputButton {
  readonly group: number;
}

interface HitButton extends vscode.QuickInputButton {
  readonly command: string;
  /** How a copied link is written; Markdown when left out. */
  readonly form?: 'slack';
}

/** `kobo.search`: live results over everything in the order of the panel, with the kinds as toggles inside the box. */
export function registerSearch(client: GuideClient, panel: BookPanel): vscode.Disposable {
  return vscode.commands.registerCommand('kobo.search', (text?: unknown) => {
    const pick = new SearchPick(client, panel);
    pick.show(typeof text === 'string' ? text : '');
  });
}

class SearchPick {
  readonly #client: GuideClient;
  readonly #panel: BookPanel;
  readonly #pick = vscode.window.createQuickPick<Row>();
  readonly #listeners: { dispose(): unknown }[] = [];
  readonly #checked = new Set<number>();
  #number = 0;
  #request: vscode.CancellationTokenSource | undefined;

  constructor(client: GuideClient, panel: BookPanel) {
    this.#client = client;
    this.#panel = panel;
    keepOrder(this.#pick);
    this.#pick.title = vscode.l10n.t('Search {0}', client.bookState?.name ?? vscode.l10n.t('the Kobo Book'));
    this.#pick.placeholder = vscode.l10n.t('What would you like to know?');
    this.#pick.matchOnDescription = false;
    this.#pick.matchOnDetail = false;
    this.#showToggles(undefined);
    this.#listeners.push(
      this.#pick,
      this.#pick.onDidChangeValue(() => void this.#search()),
      this.#pick.onDidTriggerButton((button) => this.#toggle(button as KindToggle)),
      this.#pick.onDidTriggerItemButton(({ item, button }) => this.#runButton(item, button as HitButton)),
      this.#pick.onDidAccept(() => this.#accept()),
      this.#pick.onDidHide(() => this.#dispose()),
      client.onBookState((state) => {
        this.#pick.title = vscode.l10n.t('Search {0}', state.name);
        void this.#search();
      }),
    );
  }

  show(text: string): void {
    this.#pick.value = text;
    this.#pick.show();
    void this.#search();
  }

  async #search(): Promise<void> {
    const number = ++this.#number;
    const text = this.#pick.value;
    this.#request?.cancel();
    this.#request = new vscode.CancellationTokenSource();
    this.#pick.busy = true;
    try {
      const kinds = [...this.#checked].flatMap((group) => groups[group]?.kinds ?? []);
      const result = await this.#client.palette(
        { number, text, kinds, scope: 'all', phases: [], audiences: [], tags: [], offset: 0, limit: 50, uri: vscode.window.activeTextEditor?.document.uri.toString() ?? '' },
        this.#request.token,
      );
      if (number !== this.#number) return;
      this.#pick.busy = result.progress !== null;
      this.#showToggles(result);
      this.#pick.items = this.#rows(result, text);
    } catch (error) {
      if (number !== this.#number) return;
      this.#pick.busy = false;
      this.#pick.items = [{ label: vscode.l10n.t('The search is not available'), detail: error instanceof Error ? error.message : String(error), alwaysShow: true, action: () => void vscode.commands.executeCommand('kobo.openLog') }];
    }
  }

  #rows(result: SearchResult, text: string): readonly Row[] {
    if (result.hits.length === 0 && text.trim() !== '' && result.progress === null) return this.#nothingFound(result, text);
    return result.hits.map(hitRow);
  }

  #nothingFound(result: SearchResult, text: string): readonly Row[] {
    return [
      ...result.didYouMean.slice(0, 3).map((guess) => ({
        label: vscode.l10n.t('Did you mean: {0}', guess.text),
        alwaysShow: true,
        action: () => {
          this.#pick.value = guess.text;
          void this.#search();
        },
      })),
      { label: vscode.l10n.t('Change the conditions in the panel'), alwaysShow: true, action: () => void this.#panel.search(text) },
      { label: vscode.l10n.t('New document from a template'), alwaysShow: true, action: () => void vscode.commands.executeCommand('kobo.new') },
    ];
  }

  #showToggles(result: SearchResult | undefined): void {
    this.#pick.buttons = groups.map((group, index): KindToggle => {
      const count = result === undefined ? undefined : group.kinds.reduce((sum, kind) => sum + result.counts[kind], 0);
      return {
        group: index,
        iconPath: new vscode.ThemeIcon(group.icon),
        tooltip: count === undefined ? group.label() : vscode.l10n.t('{0} ({1})', group.label(), count),
        location: vscode.QuickInputButtonLocation.Input,
        toggle: { checked: this.#checked.has(index) },
      };
    });
  }

  #toggle(button: KindToggle): void {
    if (this.#checked.has(button.group)) this.#checked.delete(button.group);
    else this.#checked.add(button.group);
    void this.#search();
  }

  #runButton(row: Row, button: HitButton): void {
    if (row.hit === undefined) return;
    if (button.command === 'kobo.new') void vscode.commands.executeCommand('kobo.new', row.hit.template);
    else void vscode.commands.executeCommand(button.command, { title: row.hit.title, place: row.hit.place, form: button.form });
    if (button.command !== 'kobo.copyLink') this.#pick.hide();
  }

  #accept(): void {
    const row = this.#pick.selectedItems[0];
    if (row === undefined) return;
    if (row.action !== undefined) {
      const keepOpen = row.label.startsWith(vscode.l10n.t('Did you mean: {0}', ''));
      row.action();
      if (!keepOpen) this.#pick.hide();
      return;
    }
    if (row.hit === undefined) return;
    this.#pick.hide();
    void openHit(this.#panel, row.hit, this.#pick.value);
  }

  #dispose(): void {
    this.#request?.cancel();
    for (const listener of this.#listeners) listener.dispose();
  }
}

function hitRow(hit: Hit): Row {
  const button = (icon: string, tooltip: string, command: string, form?: HitButton['form']): HitButton => ({
    iconPath: new vscode.ThemeIcon(icon), tooltip, command, ...(form === undefined ? {} : { form }),
  });
  const stale = hit.staleDays > 0 ? `$(warning) ${vscode.l10n.t('Review overdue')} · ` : '';
  return {
    label: `$(${kindIcon[hit.kind]}) ${hit.title}`,
    description: `${stale}${hit.where}`,
    detail: hit.snippet,
    alwaysShow: true,
    hit,
    buttons: [
      ...(hit.template === '' ? [] : [button('new-file', hit.isSnippet === true ? vscode.l10n.t('Insert at the cursor') : vscode.l10n.t('Use this template'), 'kobo.new')]),
      button('split-horizontal', vscode.l10n.t('Open to side'), 'kobo.openToSide'),
      button('link', vscode.l10n.t('Insert link'), 'kobo.insertLink'),
      button('copy', vscode.l10n.t('Copy link'), 'kobo.copyLink'),
      button('comment', vscode.l10n.t('Copy link for Slack'), 'kobo.copyLink', 'slack'),
    ],
  };
}
