import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeAction, Diagnostic } from 'vscode-languageserver-protocol/node';
import { applyEdits } from '../../src/core/product/edits';
import { LineIndex } from '../../src/core/text/position';
import { methods, type FileEdit, type FixableRule, type FixAllResult, type Proposal } from '../../src/server/protocol';
import { sample, startSession, type Session } from './support';

let session: Session | undefined;

async function actions(from: Session, path: string, diagnostic: Diagnostic): Promise<readonly CodeAction[]> {
  return (await from.client.sendRequest<CodeAction[] | null>('textDocument/codeAction', { textDocument: { uri: from.uri(path) }, range: diagnostic.range, context: { diagnostics: [diagnostic] } })) ?? [];
}

function applied(text: string, { edits }: FileEdit): string {
  const lines = new LineIndex(text);
  return applyEdits(text, edits.map(({ range, newText }) => ({ span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, text: newText })));
}

const risks = 'docs/risks.md';

describe('fixes in bulk and proposals over the protocol', () => {
  beforeEach(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kobo-fixes-'));
    cpSync(sample, folder, { recursive: true });
    const edit = (path: string, change: (text: string) => string): void => writeFileSync(join(folder, path), change(readFileSync(join(folder, path), 'utf8')));
    edit('kobo.yaml', (text) => text.replace('level: L1', 'level: L3'));
    edit('docs/minutes/2026-11-10_定例.md', (text) => `${text}\nマイルストンの日付を決めた。マイルストンは来月にする。\n`.replaceAll('\n', '\r\n'));
    edit('docs/minutes/2026-11-17_定例.md', (text) => `${text}\nマイルストンを確かめた。\n`);
    session = await startSession({ folder });
  });
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  function open(): Session {
    assert.ok(session !== undefined);
    return session;
  }

  it('lists the rules that can be fixed in bulk, and takes all their findings of a product away', async () => {
    const from = open();
    const rules = await from.client.sendRequest<FixableRule[]>(methods.fixable, { uri: from.uri(risks) });
    const terms = rules.find(({ rule }) => rule === 'XDC-010');
    assert.deepEqual([terms?.fixes, terms?.documents], [3, 2]);
    const { files, fixes } = await from.client.sendRequest<FixAllResult>(methods.fixAll, { uri: from.uri(risks), rule: 'XDC-010', where: 'product' });
    assert.deepEqual([fixes, files.length], [3, 2]);
    for (const file of files) {
      const path = decodeURIComponent(file.uri.slice(from.uri('').length + 1));
      const before = readFileSync(join(from.folder, path), 'utf8');
      // Nothing but the words: line ends stay as they are.
      assert.equal(applied(before, file), before.replaceAll('マイルストンの', 'マイルストーンの').replaceAll('マイルストンは', 'マイルストーンは').replaceAll('マイルストンを', 'マイルストーンを'));
      await from.open(path, applied(before, file));
      assert.deepEqual((await from.pull(path)).filter((one) => one.code === 'XDC-010'), []);
    }
  });

  it('offers the same for one document, and shows it before where the editor can', async () => {
    const from = open();
    const path = 'docs/minutes/2026-11-10_定例.md';
    await from.open(path);
    const found = (await from.pull(path)).find((one) => one.code === 'XDC-010');
    assert.ok(found !== undefined);
    const all = (await actions(from, path, found)).find((action) => action.title.includes('この文書でまとめて直す'));
    assert.deepEqual(Object.values(all?.edit?.changes ?? {}).map((edits) => edits.length), [2]);
    const onSave = await from.client.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: from.uri(path) }, range: found.range, context: { diagnostics: [], only: ['source.fixAll.kobo'] },
    });
    assert.equal(onSave.length, 1);
    assert.deepEqual(new Set(Object.values(onSave[0]?.edit?.changes ?? {}).flat().map((edit) => edit.newText)), new Set(['マイルストーン']));
  });

  it('offers at most seven actions in the fixed order, and the way to the owner where there is room', async () => {
    const from = open();
    await from.open(risks);
    let proposals = 0;
    for (const diagnostic of await from.pull(risks)) {
      const offered = await actions(from, risks, diagnostic);
      assert.ok(offered.length <= 7);
      const commands = offered.map((action) => action.command?.command ?? '');
      const order = ['kobo.fixed', 'kobo.fixAllInProduct', 'kobo.openGuide', 'kobo.proposeRuleChange', 'kobo.waive'];
      const places = commands.filter((command) => command !== '').map((command) => order.indexOf(command));
      assert.deepEqual(places, [...places].sort((a, b) => a - b), commands.join(' '));
      proposals += commands.filter((command) => command === 'kobo.proposeRuleChange').length;
    }
    assert.ok(proposals > 0);
  });

  it('offers to write a name of the product, and a word of it, into kobo.yaml', async () => {
    const from = open();
    const kobo = readFileSync(join(from.folder, 'kobo.yaml'), 'utf8');
    const minutes = 'docs/minutes/2026-11-17_定例.md';
    for (const [path, rule, before, after, title, written] of [
      [minutes, 'CMP-011', '参加者：', '出席メンバー：', 'このプロダクトでの「参加者」の別名', 'aliases:\n  minutes: { attendees: ["出席メンバー"] }\n'],
      [risks, 'REG-006', '| 対応中 |', '| ぼちぼち |', 'このプロダクトの言葉に足す', 'words:\n  status: { ＿＿: ["ぼちぼち"] }\n'],
    ] as const) {
      const text = readFileSync(join(from.folder, path), 'utf8');
      assert.ok(text.includes(before), path);
      await from.open(path, text.replace(before, after));
      const found = (await from.pull(path)).find((one) => one.code === rule);
      assert.ok(found !== undefined, rule);
      const action = (await actions(from, path, found)).find((one) => one.title.includes(title));
      const [uri = '', edits = []] = Object.entries(action?.edit?.changes ?? {})[0] ?? [];
      assert.equal(uri, from.uri('kobo.yaml'), rule);
      assert.equal(applied(kobo, { uri, version: null, edits }), `${kobo}${written}`);
      // The editor is told that a file is changed which is not in front.
      assert.deepEqual((action?.command?.arguments as readonly unknown[] | undefined)?.[1], [from.uri('kobo.yaml')]);
    }
  });

  it('says which version of a document each edit is for, and reads what is open as it is now', async () => {
    const from = open();
    const path = 'docs/minutes/2026-11-17_定例.md';
    const all = () => from.client.sendRequest<FixAllResult>(methods.fixAll, { uri: from.uri(risks), rule: 'XDC-010', where: 'product' });
    await from.client.sendRequest(methods.checkAll, { folder: '' });
    assert.deepEqual((await all()).files.map(({ version }) => version), [null, null]);
    const text = await from.open(path);
    // Nobody asks about it: it is behind another.
    const changed = `はじめに\n\n${text}`;
    await from.client.sendNotification('textDocument/didChange', { textDocument: { uri: from.uri(path), version: 7 }, contentChanges: [{ text: changed }] });
    const { files } = await all();
    assert.deepEqual(files.map(({ version }) => version), [null, 7]);
    const file = files.find(({ version }) => version === 7) ?? assert.fail();
    assert.equal(applied(changed, file), changed.replaceAll('マイルストンを', 'マイルストーンを'));
  });

  it('writes a proposal for the owner of a rule, the document only when it may', async () => {
    const from = open();
    await from.open(risks);
    const found = (await from.pull(risks)).find((one) => one.code === 'OWN-001');
    assert.ok(found !== undefined);
    const place = { uri: from.uri(risks), rule: 'OWN-001', ...found.range.start };
    const line = readFileSync(join(from.folder, risks), 'utf8').split(/\r?\n/)[found.range.start.line] ?? '';
    const bare = await from.client.sendRequest<Proposal>(methods.proposal, { ...place, excerpt: false });
    assert.deepEqual([bare.uri, bare.owner], ['', '全社PMO']);
    const message = typeof found.message === 'string' ? found.message : found.message.value;
    for (const part of ['OWN-001', '責任者が1人', message, '## おかしいと思う理由', '2026-11-24']) assert.ok(bare.text.includes(part), part);
    assert.ok(!bare.text.includes(line));
    const full = await from.client.sendRequest<Proposal>(methods.proposal, { ...place, excerpt: true });
    assert.ok(full.text.includes(line));
    assert.equal(await from.client.sendRequest<Proposal | null>(methods.proposal, { ...place, rule: 'REG-999', excerpt: true }), null);
  });
});
