import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, findingOf, findings, show, until } from './support';

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: { readonly properties: Readonly<Record<string, { readonly default: unknown }>> };
    readonly keybindings: readonly { readonly command: string; readonly key: string }[];
  };
}

/** What the screens' contribution list names and this version covers. */
const commands = ['search', 'openBook', 'new', 'nextBlank', 'checkAll', 'waive', 'setup', 'newRule', 'whyNotChecked', 'previewImpact', 'nextLevel', 'fixAllInProduct', 'proposeRuleChange'];
const views = ['kobo.book', 'kobo.start', 'kobo.waivers', 'kobo.impact'];
const settings = ['kobo.book', 'kobo.run', 'kobo.minimumSeverity', 'kobo.rules', 'kobo.search.scope', 'kobo.notes.unanswered'];

function manifest(): Manifest {
  return vscode.extensions.getExtension('kobo-guide.kobo-guide')?.packageJSON as Manifest;
}

/** Changes a setting, does something, and puts the setting back. */
async function withSetting(name: string, value: unknown, act: () => Promise<void>): Promise<void> {
  const configuration = (): vscode.WorkspaceConfiguration => vscode.workspace.getConfiguration('kobo');
  await configuration().update(name, value, vscode.ConfigurationTarget.Workspace);
  try {
    await act();
  } finally {
    await configuration().update(name, undefined, vscode.ConfigurationTarget.Workspace);
  }
}

describe('contributions', () => {
  afterEach(closeAll);

  it('has every command, view and setting that this version covers', () => {
    const { contributes } = manifest();
    const named = contributes.commands.map(({ command }) => command);
    assert.deepEqual(commands.filter((command) => !named.includes(`kobo.${command}`)), []);
    const shown = Object.values(contributes.views).flat().map(({ id }) => id);
    assert.deepEqual(views.filter((view) => !shown.includes(view)), []);
    assert.deepEqual(settings.filter((setting) => !(setting in contributes.configuration.properties)), []);
    assert.deepEqual(contributes.keybindings.map(({ command }) => command).sort(), ['kobo.new', 'kobo.search']);
  });

  it('registers every command it names', async () => {
    await vscode.extensions.getExtension('kobo-guide.kobo-guide')?.activate();
    const known = new Set(await vscode.commands.getCommands(true));
    assert.deepEqual(manifest().contributes.commands.map(({ command }) => command).filter((command) => !known.has(command)), []);
  });

  it('opens every view it names', async () => {
    await vscode.extensions.getExtension('kobo-guide.kobo-guide')?.activate();
    for (const view of ['kobo.book', 'kobo.waivers']) await vscode.commands.executeCommand(`${view}.focus`);
  });

  it('shows only what is as grave as kobo.minimumSeverity asks', async () => {
    const editor = await show('docs/risks.md');
    await findingOf(editor.document.uri, 'OWN-001');
    await withSetting('minimumSeverity', 'error', async () => {
      await until('only errors are shown', () => (findings(editor.document.uri).every((one) => one.severity === vscode.DiagnosticSeverity.Error) ? true : undefined));
    });
    await findingOf(editor.document.uri, 'OWN-001');
  });

  it('leaves out a rule that kobo.rules turns off, but never a locked one', async () => {
    const editor = await show('docs/risks.md');
    await findingOf(editor.document.uri, 'OWN-001');
    await withSetting('rules', { 'OWN-001': 'off', 'REG-013': 'off' }, async () => {
      await until('OWN-001 is gone', () => (findings(editor.document.uri).some((one) => JSON.stringify(one.code ?? '').includes('OWN-001')) ? undefined : true));
      await findingOf(editor.document.uri, 'REG-013');
    });
    await findingOf(editor.document.uri, 'OWN-001');
  });
});
