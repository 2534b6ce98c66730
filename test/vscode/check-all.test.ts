import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileUri, findingOf, findings, ruleOf, show, until } from './support';

describe('Check All Project Documents', () => {
  after(closeAll);

  it('finds what no one has opened, shows no file twice, and gives entries back when a tab closes', async () => {
    await vscode.commands.executeCommand('kobo.checkAll');
    const register = fileUri('docs/risks.md');
    await findingOf(register, 'REG-013');
    const all = vscode.languages.getDiagnostics().flatMap(([, own]) => own.filter((one) => one.source === 'コボガイド'));
    assert.ok(all.length >= 25, `${String(all.length)} findings`);

    const isToldOnce = (): true | undefined => {
      const rules = findings(register).map((one) => `${ruleOf(one)} ${String(one.range.start.line)}:${String(one.range.start.character)}`);
      return rules.length > 0 && new Set(rules).size === rules.length ? true : undefined;
    };
    await show('docs/risks.md');
    await until('each finding is there once', isToldOnce);

    // Its tab goes to the background, and everything is checked once more.
    await vscode.commands.executeCommand('workbench.action.keepEditor');
    await show('docs/charter.md');
    await vscode.commands.executeCommand('kobo.checkAll');
    await until('each finding is there once in the background too', isToldOnce);
    await show('docs/risks.md');
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await findingOf(register, 'REG-013');
  });
});
