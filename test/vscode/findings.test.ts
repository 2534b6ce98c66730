import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { closeAll, fileUri, findingOf, findings, ruleOf, show, until } from './support';

const register = 'docs/risks.md';

describe('findings in the editor', () => {
  afterEach(closeAll);

  it('marks the cell, links the guide and says the rule behind the text', async () => {
    const editor = await show(register);
    const finding = await findingOf(editor.document.uri, 'REG-013');
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.match(finding.message, /R-003/);
    assert.ok(finding.range.isSingleLine);
    assert.ok(typeof finding.code === 'object', 'no link to the guide');
    assert.equal(finding.code.target.scheme, 'command');
    assert.match(decodeURIComponent(finding.code.target.toString(true)), /kobo\.openGuide.*pages\/rules\/registers\.md/);
  });

  it('explains why, with examples and the guide, in the hover', async () => {
    const editor = await show(register);
    const finding = await findingOf(editor.document.uri, 'REG-013');
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', editor.document.uri, finding.range.start);
    const text = hovers.flatMap((hover) => hover.contents.map((content) => (content instanceof vscode.MarkdownString ? content.value : ''))).join('\n');
    const places = ['なぜ？', '良い例', '直したい例', '手引き'].map((word) => text.indexOf(word));
    assert.ok(places.every((place) => place >= 0), text);
    assert.deepEqual([...places].sort((a, b) => a - b), places, 'the order of the hover');
    assert.ok(!text.includes(finding.message), 'the message is said twice');
  });

  it('offers fixes that are edits; applying one makes the finding vanish and undo brings the bytes back', async () => {
    const editor = await show('docs/schedule.yaml').then(() => show('docs/issues.csv'));
    const { document } = editor;
    const before = document.getText();
    const finding = await findingOf(document.uri, 'REG-003');
    const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', document.uri, finding.range);
    const fix = actions.find((action) => action.edit !== undefined);
    assert.ok(fix?.edit, `no fix with an edit among ${actions.map((action) => action.title).join(', ')}`);
    assert.ok(actions.length <= 7, 'more than seven entries');
    assert.ok(await vscode.workspace.applyEdit(fix.edit));
    await until('the finding is gone', () => (findings(document.uri).some((one) => ruleOf(one) === 'REG-003') ? undefined : true));
    await vscode.commands.executeCommand('undo');
    await until('the text is back', () => (document.getText() === before ? true : undefined));
  });

  it('follows typing', async () => {
    const editor = await show(register);
    await findingOf(editor.document.uri, 'REG-013');
    const line = editor.document.getText().split('\n').findIndex((text) => text.includes('R-003'));
    await editor.edit((edit) => edit.delete(editor.document.lineAt(line).rangeIncludingLineBreak));
    await until('REG-013 is gone', () => (findings(editor.document.uri).some((one) => ruleOf(one) === 'REG-013') ? undefined : true));
    await vscode.commands.executeCommand('undo');
    await findingOf(editor.document.uri, 'REG-013');
  });

  it('reads YAML and CSV as documents too', async () => {
    const yaml = await show('docs/schedule.yaml');
    await findingOf(yaml.document.uri, 'FRS-007');
    const csv = await show('docs/issues.csv');
    await findingOf(csv.document.uri, 'REG-006');
  });

  it('opens a file of another encoding again, by a fix of what is garbled', async () => {
    const file = fileUri('docs/issues-excel.md');
    // 「課題」 in Shift_JIS, twenty times.
    const words = Array.from({ length: 20 }, () => [0x89, 0xdb, 0x91, 0xe8]).flat();
    await vscode.workspace.fs.writeFile(file, Uint8Array.from([...new TextEncoder().encode('---\ntype: issue-log\n---\n# '), ...words, 0x0a]));
    try {
      const editor = await show('docs/issues-excel.md');
      const finding = await findingOf(file, 'DOC-002');
      const actions = await vscode.commands.executeCommand<vscode.CodeAction[]>('vscode.executeCodeActionProvider', file, finding.range);
      const reopen = actions.find((action) => action.title.includes('Shift_JIS'));
      assert.ok(reopen?.command, actions.map(({ title }) => title).join(', '));
      assert.ok(finding.message.includes(`「${reopen.title}」`), finding.message);
      const given: readonly unknown[] = reopen.command.arguments ?? [];
      await vscode.commands.executeCommand(reopen.command.command, ...given);
      await until('the text is read in its encoding', () => (editor.document.getText().includes('課題') ? true : undefined));
      await until('DOC-002 is gone', () => (findings(file).some((one) => ruleOf(one) === 'DOC-002') ? undefined : true));
    } finally {
      await closeAll();
      await vscode.workspace.fs.delete(file);
    }
  });

  it('names what is wrong in kobo.yaml at its place', async () => {
    const editor = await show('kobo.yaml');
    const text = editor.document.getText();
    await editor.edit((edit) => edit.insert(new vscode.Position(0, 0), 'phse: test\n'));
    const finding = await until('a finding in kobo.yaml', () => findings(fileUri('kobo.yaml'))[0]);
    assert.equal(finding.range.start.line, 0);
    assert.match(finding.message, /phase/);
    await vscode.commands.executeCommand('undo');
    assert.equal(editor.document.getText(), text);
  });
});
