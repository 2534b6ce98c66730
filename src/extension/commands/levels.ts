import * as vscode from 'vscode';
import type { LevelsView } from '../../server/protocol';
import type { GuideClient } from '../client';

type Level = LevelsView['levels'][number];

export interface LevelActions {
  /** Shows what a level would ask. */
  readonly look: (uri: string, level: Level) => Promise<void>;
  /** Offers the edit that sets a level. */
  readonly set: (uri: string, level: string) => Promise<void>;
}

interface Row extends vscode.QuickPickItem {
  readonly level?: Level;
  readonly guide?: string;
}

/** The levels of the product at hand with what each higher one would add, and the rules on their way in or out. */
export async function showLevels(client: GuideClient, actions: LevelActions): Promise<void> {
  const source = new vscode.CancellationTokenSource();
  const pick = vscode.window.createQuickPick<Row>();
  pick.title = vscode.l10n.t('Levels and stages');
  pick.placeholder = vscode.l10n.t('Counting what the next levels would ask…');
  pick.busy = true;
  pick.matchOnDescription = true;
  const setButton: vscode.QuickInputButton = { iconPath: new vscode.ThemeIcon('edit'), tooltip: vscode.l10n.t('Set this level in kobo.yaml…') };
  pick.onDidHide(() => {
    source.cancel();
    pick.dispose();
  });
  pick.show();
  const view = await client.levels({ uri: vscode.window.activeTextEditor?.document.uri.toString() ?? '' }, source.token).catch(() => null);
  if (source.token.isCancellationRequested) return;
  if (view === null) {
    pick.hide();
    void vscode.window.showInformationMessage(vscode.l10n.t('There is no product here. Use This Folder makes one.'));
    return;
  }
  pick.busy = false;
  pick.title = vscode.l10n.t('Levels and stages: {0}', view.product);
  pick.placeholder = vscode.l10n.t('Choose a level to see what it would ask');
  pick.items = rowsOf(view, setButton);
  pick.onDidTriggerItemButton(({ item }) => {
    pick.hide();
    if (item.level !== undefined) void actions.set(view.uri, item.level.id);
  });
  pick.onDidAccept(() => {
    const [row] = pick.selectedItems;
    if (row?.level?.now === true) return;
    pick.hide();
    if (row?.level !== undefined) void actions.look(view.uri, row.level);
    else if (row?.guide !== undefined && row.guide !== '') void vscode.commands.executeCommand('kobo.openGuide', row.guide);
  });
}

function rowsOf({ levels, stages }: LevelsView, setButton: vscode.QuickInputButton): readonly Row[] {
  const levelRows = levels.map((level): Row => ({
    label: `$(layers) ${level.id} ${level.title}`,
    description: level.now ? vscode.l10n.t('This product stands here') : level.added === null ? '' : vscode.l10n.t('{0} more findings', level.added),
    detail: level.description,
    buttons: level.now ? [] : [setButton],
    level,
  }));
  const of = (stage: LevelsView['stages'][number]['stage'], label: string, detail: (row: LevelsView['stages'][number]) => string): readonly Row[] => {
    const rows = stages.filter((row) => row.stage === stage);
    return rows.length === 0
      ? []
      : [{ label, kind: vscode.QuickPickItemKind.Separator }, ...rows.map((row): Row => ({ label: `$(law) ${row.title}`, description: detail(row), guide: row.guide }))];
  };
  return [
    ...levelRows,
    ...of('pilot', vscode.l10n.t('On trial'), ({ rule, detail, here }) => `${here ? vscode.l10n.t('in this product') : vscode.l10n.t('only in {0}', detail)} · ${rule}`),
    ...of('announced', vscode.l10n.t('Announced: hints until the day'), ({ rule, detail }) => `${vscode.l10n.t('in force from {0}', detail)} · ${rule}`),
    ...of('retired', vscode.l10n.t('Retired'), ({ rule }) => rule),
  ];
}
