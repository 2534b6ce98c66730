import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeAll, fileUri, findings, ruleOf, until } from './support';

interface CliFinding {
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
  readonly message: string;
  readonly range: { readonly start: vscode.Position; readonly end: vscode.Position };
  readonly waived: boolean;
  readonly baselined?: boolean;
}

const severities = ['error', 'warning', 'info', 'hint'];

describe('the editor and the command line', () => {
  after(closeAll);

  it('find the same in the sample project', async () => {
    const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath ?? '';
    const cli = join(vscode.extensions.getExtension('kobo-guide.kobo-guide')?.extensionPath ?? '', 'dist', 'cli.js');
    const output = execFileSync(process.execPath, [cli, 'check', '--format', 'json', '--fail-on', 'never'], { cwd: root, encoding: 'utf8' });
    const report = JSON.parse(output) as { readonly findings: readonly CliFinding[] };
    const wanted = report.findings
      .filter((one) => !one.waived && one.baselined !== true)
      .map(({ rule, severity, path, message, range: { start, end } }) => [path, start.line, start.character, end.line, end.character, rule, severity, message].join('|'))
      .sort();
    assert.ok(wanted.length >= 25);

    await vscode.commands.executeCommand('kobo.checkAll');
    let last: readonly string[] = [];
    const seen = await until('as many findings as the command line has', () => {
      const own = vscode.languages.getDiagnostics().flatMap(([uri]) =>
        findings(uri).map((one) => {
          const { start, end } = one.range;
          const path = uri.path.slice(fileUri('').path.length).replace(/^\//, '');
          return [path, start.line, start.character, end.line, end.character, ruleOf(one), severities[one.severity], one.message].join('|');
        }),
      );
      last = own.sort();
      return own.length >= wanted.length ? last : undefined;
    }).catch(() => last);
    assert.deepEqual(seen, wanted);
  });
});
