import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { CodeAction, CodeLens, CompletionItem, DocumentLink, Hover, Location } from 'vscode-languageserver-protocol/node';
import { methods, type RuleTestFile } from '../../src/server/protocol';
import { openAt, startSession, type Session } from './support';

const rule = (change: (text: string) => string = (text) => text): string => change(`format: 1
group: hoshi
title: ほしの決まり
guide: pages/rules.md
types: [issue-log]
level: L1
track: progress
owner: 全社PMO
rules:
  - id: HOS-001
    title: 完了には完了日がある
    on: rows
    when: { status: done }
    require: { closed: filled }
    severity: warning
    message: "「{id}」は完了ですが、完了日が空です。"
    guide: "#完了"
    good: { id: I-001, status: 完了, closed: 2026-11-02 }
    bad: { id: I-001, status: 完了 }
`);

const files: Readonly<Record<string, string>> = {
  'book.yaml': 'format: 1\nid: hoshi\nname: ほしブック\nextends: starter\nadjust:\n  HOS-001: hint\n',
  'pages/rules.md': '---\ntitle: ほしの決まり\nowner: 全社PMO\n---\n# ほしの決まり\n\n## 完了\n\n終わった日を書きます。\n',
  'types/hoshi.yaml': 'type: hoshi\ntitle: ほし\nclass: register\nguide: pages/rules.md\n',
  'rules/hoshi.yaml': rule(),
};

let session: Session | undefined;

async function start(onLensRefresh?: () => void): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'kobo-authoring-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  session = await startSession({ folder, ...(onLensRefresh === undefined ? {} : { onLensRefresh }) });
  return session;
}

async function complete(from: Session, path: string, marked: string): Promise<readonly string[]> {
  const items = await from.client.sendRequest<CompletionItem[]>('textDocument/completion', await openAt(from, path, marked));
  for (const one of items) assert.ok(one.textEdit !== undefined);
  return items.map(({ label }) => label);
}

describe('writing a Book', () => {
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  it('says nothing about a rule file in which all is well, and how its examples behave above the rule', async () => {
    const from = await start();
    await from.open('rules/hoshi.yaml');
    assert.deepEqual(await from.pull('rules/hoshi.yaml'), []);
    const [lens] = await from.client.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: from.uri('rules/hoshi.yaml') } });
    assert.equal(lens?.command?.title, '例 2 件がすべて期待どおり');
  });

  it('has what stands above a rule asked anew when another file of the Book changes', async () => {
    let told: () => void = () => undefined;
    const refreshed = new Promise<void>((resolve) => (told = resolve));
    const from = await start(() => told());
    await from.open('rules/hoshi.yaml');
    await from.client.sendRequest<CodeLens[]>('textDocument/codeLens', { textDocument: { uri: from.uri('rules/hoshi.yaml') } });
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: from.uri('types/hoshi.yaml'), type: 2 }] });
    await refreshed;
  });

  it('says at the word what is wrong, with a quick fix to the nearest name', async () => {
    const from = await start();
    await from.open('rules/hoshi.yaml', rule((text) => text.replace('issue-log', 'isue-log')));
    const [found] = await from.pull('rules/hoshi.yaml');
    assert.equal(found?.range.start.line, 4);
    assert.match(JSON.stringify(found?.message), /「issue-log」のことですか/);
    const [action] = await from.client.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: from.uri('rules/hoshi.yaml') }, range: found?.range, context: { diagnostics: [found] },
    });
    assert.equal(action?.edit?.changes?.[from.uri('rules/hoshi.yaml')]?.[0]?.newText, 'issue-log');
  });

  it('runs the examples for the test view, with what was expected and what came', async () => {
    const from = await start();
    await from.open('rules/hoshi.yaml', rule((text) => text.replace('bad: { id: I-001, status: 完了 }', 'bad: { id: I-001, status: 対応中 }')));
    const [file] = await from.client.sendRequest<RuleTestFile[]>(methods.ruleTests, { uri: '', run: true });
    const [first] = file?.rules ?? [];
    assert.deepEqual(first?.examples.map(({ kind, ok }) => [kind, ok]), [['good', true], ['bad', false]]);
    assert.match(first?.examples[1]?.expected ?? '', /→ 指摘 1 件/);
    assert.match(first?.examples[1]?.actual ?? '', /→ 指摘 0 件/);
    const diagnostics = await from.pull('rules/hoshi.yaml');
    assert.equal(diagnostics[0]?.range.start.line, 18);
  });

  for (const [what, path, text, wanted] of [
    ['the keys of a rule', 'rules/hoshi.yaml', rule((one) => one.replace('    severity: warning', '    ‸')), 'why'],
    ['types', 'rules/hoshi.yaml', rule((one) => one.replace('[issue-log]', '[‸]')), 'risk-register'],
    ['scopes', 'rules/hoshi.yaml', rule((one) => one.replace('on: rows', 'on: ‸')), 'sentences'],
    ['columns of the type in a condition', 'rules/hoshi.yaml', rule((one) => one.replace('{ closed: filled }', '{ ‸ }')), 'closed'],
    ['words of a column', 'rules/hoshi.yaml', rule((one) => one.replace('{ status: done }', '{ status: ‸ }')), 'done'],
    ['predicates', 'rules/hoshi.yaml', rule((one) => one.replace('{ closed: filled }', '{ closed: ‸ }')), 'filled'],
    ['recognisers', 'rules/hoshi.yaml', rule((one) => one.replace('{ closed: filled }', '{ has: ‸ }')), 'person'],
    ['headings of the guide', 'rules/hoshi.yaml', rule((one) => one.replace('guide: "#完了"', 'guide: "‸"')), '#完了'],
    ['severities', 'rules/hoshi.yaml', rule((one) => one.replace('severity: warning', 'severity: ‸')), 'hint'],
    ['levels', 'rules/hoshi.yaml', rule((one) => one.replace('level: L1', 'level: ‸')), 'L2'],
    ['stages', 'rules/hoshi.yaml', rule((one) => one.replace('    severity: warning', '    stage: ‸')), 'draft'],
    ['kinds of columns', 'types/hoshi.yaml', 'type: hoshi\ntitle: a\ntables:\n  main:\n    columns:\n      due: { kind: ‸ }\n', 'date'],
    ['rules to adjust', 'book.yaml', 'format: 1\nid: hoshi\nextends: starter\nadjust:\n  ‸\n', 'VAG-001'],
    ['pages of a term', 'terms.yaml', 'terms:\n  - { preferred: 切り戻し, page: ‸ }\n', 'pages/rules.md'],
    ['phases', 'kobo.yaml', 'product: { id: a, name: a }\nphase: ‸\n', 'test'],
  ] as const) {
    it(`offers ${what}`, async () => {
      const from = await start();
      const found = await complete(from, path, text);
      assert.ok(found.includes(wanted), found.slice(0, 60).join());
    });
  }

  it('explains a key, a type and a guide', async () => {
    const from = await start();
    const hover = async (marked: string): Promise<string> => JSON.stringify(await from.client.sendRequest<Hover | null>('textDocument/hover', await openAt(from, 'rules/hoshi.yaml', marked)));
    assert.match(await hover(rule((text) => text.replace('require:', 'req‸uire:'))), /成り立つべきこと/);
    assert.match(await hover(rule((text) => text.replace('issue-log', 'issue‸-log'))), /課題管理表/);
    assert.match(await hover(rule((text) => text.replace('"#完了"', '"#完‸了"'))), /ほしの決まり.*kobo-book:\/hoshi\/pages\/rules\.md/);
  });

  it('goes to a rule, a type and a heading, and finds all that name them', async () => {
    const from = await start();
    const ask = async (method: string, path: string, marked: string): Promise<readonly string[]> => {
      const found = await from.client.sendRequest<Location[]>(method, { ...(await openAt(from, path, marked)), context: { includeDeclaration: true } });
      return found.map(({ uri, range }) => `${decodeURIComponent(uri.slice(uri.lastIndexOf('hoshi') < 0 ? uri.lastIndexOf('/') + 1 : uri.lastIndexOf('/') + 1))}:${String(range.start.line)}`);
    };
    assert.deepEqual(await ask('textDocument/definition', 'book.yaml', (files['book.yaml'] ?? '').replace('HOS-001', 'HOS‸-001')), ['hoshi.yaml:9']);
    assert.deepEqual(await ask('textDocument/definition', 'rules/hoshi.yaml', rule((text) => text.replace('"#完了"', '"#完‸了"'))), ['rules.md:6']);
    assert.deepEqual([...(await ask('textDocument/references', 'rules/hoshi.yaml', rule((text) => text.replace('id: HOS-001', 'id: HOS-0‸01'))))].sort(), ['book.yaml:5', 'hoshi.yaml:9']);
    const links = await from.client.sendRequest<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri: from.uri('rules/hoshi.yaml') } });
    assert.deepEqual(links.map(({ target }) => decodeURIComponent(target ?? '')), ['kobo-book:/hoshi/pages/rules.md', 'kobo-book:/hoshi/pages/rules.md#完了']);
  });
});
