import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { closeAll, fileUri, findings, until } from './support';

const register = '---\ntype: risk-register\ntitle: 台帳\n---\n# 台帳\n\n| ID | リスク | 影響 | 発生確率 | 対策 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n| R-901 | 通知が遅れる | 高 | 高 |  | 山田 | 2027-01-01 | へん |\n';

describe('a folder that is moved outside of the editor', () => {
  let staging: string;
  let moved: string;
  before(() => {
    staging = join(fileUri('').fsPath, '.staging');
    moved = join(fileUri('docs').fsPath, 'moved');
    mkdirSync(staging);
    writeFileSync(join(staging, 'register.md'), register);
  });
  after(async () => {
    for (const folder of [staging, moved]) rmSync(folder, { recursive: true, force: true });
    await closeAll();
    await vscode.commands.executeCommand('kobo.checkAll');
  });

  it('comes and goes with all that is in it', async () => {
    const uri = fileUri('docs/moved/register.md');
    const checked = async (): Promise<number> => {
      await vscode.commands.executeCommand('kobo.checkAll');
      return findings(uri).length;
    };
    await checked();
    renameSync(staging, moved);
    await until('findings in what has come', async () => ((await checked()) > 0 ? true : undefined));
    renameSync(moved, staging);
    await until('none in what has gone', async () => ((await checked()) === 0 ? true : undefined));
  });
});
