import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeAction, Diagnostic, Hover } from 'vscode-languageserver-protocol/node';
import { LineIndex } from '../../src/core/text/position';
import { applyEdits } from '../../src/core/product/edits';
import { methods, type FindingPlace, type WaiveOptions, type WaiveParams, type WaiveResult } from '../../src/server/protocol';
import { sample, startSession, type Session, type SessionOptions } from './support';

let session: Session | undefined;

async function start(options: SessionOptions = {}): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'kobo-waive-'));
  cpSync(sample, folder, { recursive: true });
  session = await startSession({ folder, ...options });
  return session;
}

/** The first finding of a rule, asked for until the product is read. */
async function find(from: Session, path: string, rule: string): Promise<Diagnostic> {
  for (let i = 0; i < 200; i++) {
    const found = (await from.pull(path)).find((one) => one.code === rule);
    if (found !== undefined) return found;
  }
  assert.fail(`${rule} is not found in ${path}`);
}

function placeOf(from: Session, path: string, finding: Diagnostic): FindingPlace & Pick<WaiveParams, 'written'> {
  const written = readFileSync(join(from.folder, path), 'utf8').split('\n')[finding.range.start.line] ?? '';
  return { uri: from.uri(path), rule: String(finding.code), written: written.trimEnd(), ...finding.range.start };
}

function edited(text: string, { edit }: WaiveResult): string {
  assert.ok(edit !== null);
  const lines = new LineIndex(text);
  return applyEdits(text, edit.edits.map(({ range, newText }) => ({ span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, text: newText })));
}

const answers = { reason: '次のリリースで表示を直すことに合意した', approvedBy: '鈴木', until: '2026-12-31' };

describe('waiving over the protocol', () => {
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  async function actionsFor(from: Session, path: string, finding: Diagnostic): Promise<readonly CodeAction[]> {
    return from.client.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: from.uri(path) }, range: finding.range, context: { diagnostics: [finding] } });
  }

  it('is the last thing the lightbulb offers, and a link in the hover', async () => {
    const from = await start();
    await from.open('docs/risks.md');
    const finding = await find(from, 'docs/risks.md', 'REG-004');
    const actions = await actionsFor(from, 'docs/risks.md', finding);
    assert.ok(actions.length <= 7);
    const last = actions.slice(-3).map((action) => action.command?.command);
    assert.equal(last.at(-1), 'kobo.waive');
    assert.match(actions.at(-1)?.title ?? '', /このプロダクトでは/);
    const hover = await from.client.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri: from.uri('docs/risks.md') }, position: finding.range.start });
    assert.match(JSON.stringify(hover), new RegExp(`見送る…\\]\\(kobo-waive:/${String(finding.code)}/${String(finding.range.start.line)}/`));
  });

  it('refuses a locked rule with a sentence and has no entries for it', async () => {
    const from = await start();
    await from.open('docs/risks.md');
    const finding = await find(from, 'docs/risks.md', 'REG-013');
    const waive = (await actionsFor(from, 'docs/risks.md', finding)).filter((action) => action.command?.command === 'kobo.waive');
    assert.deepEqual(waive.map((action) => /^この決まりは見送れません。相談先：.+/.test(action.title)), [true]);
    const options = await from.client.sendRequest<WaiveOptions | null>(methods.waiveOptions, placeOf(from, 'docs/risks.md', finding));
    assert.equal(options?.refused, waive[0]?.title);
    const result = await from.client.sendRequest<WaiveResult>(methods.waive, { ...placeOf(from, 'docs/risks.md', finding), scope: 'row', ...answers } satisfies WaiveParams);
    assert.deepEqual(result, { edit: null, refused: options?.refused });
    const hover = await from.client.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri: from.uri('docs/risks.md') }, position: finding.range.start });
    assert.doesNotMatch(JSON.stringify(hover), new RegExp('kobo-waive:/REG-013'));
  });

  it('offers the day of the next gate, people of the roster and where it is written', async () => {
    const from = await start();
    await from.open('docs/issues.csv');
    await from.client.sendRequest(methods.checkAll, { folder: '' });
    const finding = await find(from, 'docs/issues.csv', 'REG-003');
    const options = await from.client.sendRequest<WaiveOptions | null>(methods.waiveOptions, placeOf(from, 'docs/issues.csv', finding));
    // A CSV file has no comments: kobo.yaml names it.
    assert.deepEqual(options?.scopes, [{ scope: 'document', where: 'kobo.yaml' }, { scope: 'product', where: 'kobo.yaml' }]);
    assert.deepEqual(options.until.gate, { title: 'G4 テスト完了', day: '2026-12-04' });
    assert.deepEqual([options.until.month, options.until.quarter, options.until.last], ['2026-12-24', '2027-02-24', '2027-05-24']);
    assert.ok(options.people.includes('鈴木'));
  });

  it('lets the findings of a CSV file pass in that file alone', async () => {
    const from = await start();
    await from.open('docs/issues.csv');
    await from.client.sendRequest(methods.checkAll, { folder: '' });
    const finding = await find(from, 'docs/issues.csv', 'REG-003');
    const kobo = readFileSync(join(from.folder, 'kobo.yaml'), 'utf8');
    const result = await from.client.sendRequest<WaiveResult>(methods.waive, { ...placeOf(from, 'docs/issues.csv', finding), scope: 'document', ...answers } satisfies WaiveParams);
    assert.equal(result.edit?.uri, from.uri('kobo.yaml'));
    const after = edited(kobo, result);
    assert.match(after, /path: ["']?docs\/issues\.csv/u);
    await from.open('kobo.yaml', after);
    await from.client.sendNotification('textDocument/didChange', { textDocument: { uri: from.uri('kobo.yaml'), version: 2 }, contentChanges: [{ text: after }] });
    assert.deepEqual((await from.pull('docs/issues.csv')).filter((one) => one.code === 'REG-003'), []);
  });

  it('lets the finding pass once the edit is made, in a row, a document and the product', async () => {
    const from = await start();
    const original = await from.open('docs/risks.md');
    let version = 1;
    const change = async (text: string) => from.client.sendNotification('textDocument/didChange', { textDocument: { uri: from.uri('docs/risks.md'), version: ++version }, contentChanges: [{ text }] });
    const first = await find(from, 'docs/risks.md', 'REG-004');
    for (const scope of ['row', 'document'] as const) {
      await change(original);
      const result = await from.client.sendRequest<WaiveResult>(methods.waive, { ...placeOf(from, 'docs/risks.md', first), scope, ...answers } satisfies WaiveParams);
      await change(edited(original, result));
      const left = (await from.pull('docs/risks.md')).filter((one) => one.code === first.code && one.message === first.message);
      assert.deepEqual(left, [], scope);
    }
    await change(original);
    const kobo = readFileSync(join(from.folder, 'kobo.yaml'), 'utf8');
    const result = await from.client.sendRequest<WaiveResult>(methods.waive, { ...placeOf(from, 'docs/risks.md', first), scope: 'product', ...answers } satisfies WaiveParams);
    assert.equal(result.edit?.uri, from.uri('kobo.yaml'));
    // Open and unsaved, it holds already.
    await from.open('kobo.yaml', edited(kobo, result));
    await from.client.sendNotification('textDocument/didChange', { textDocument: { uri: from.uri('kobo.yaml'), version: 2 }, contentChanges: [{ text: edited(kobo, result) }] });
    assert.deepEqual((await from.pull('docs/risks.md')).filter((one) => one.code === first.code), []);
  });

  it('refuses an answer that will not do, in words', async () => {
    const from = await start();
    await from.open('docs/issues.csv');
    const finding = await find(from, 'docs/issues.csv', 'REG-003');
    const ask = async (more: Partial<WaiveParams>) =>
      (await from.client.sendRequest<WaiveResult>(methods.waive, { ...placeOf(from, 'docs/issues.csv', finding), scope: 'product', ...answers, ...more } satisfies WaiveParams)).refused;
    assert.match(await ask({ reason: 'あとで' }), /「あとで」だけでは、読む人が判断できません。/);
    assert.match(await ask({ until: '2027-06-30' }), /最長6か月/);
    assert.match(await ask({ approvedBy: ' ' }), /承認した人/);
    assert.match(await ask({ scope: 'row' }), /ほかの範囲/);
    assert.equal(await from.client.sendRequest(methods.checkWaiver, { uri: from.uri('docs/issues.csv'), reason: '短い' }), '読む人が判断できるように、理由を10文字以上で書いてください。');
    assert.equal(await from.client.sendRequest(methods.checkWaiver, { uri: from.uri('docs/issues.csv'), until: '2026-12-04' }), '');
  });

  it('waives what the person was asked about, although lines moved meanwhile', async () => {
    const from = await start();
    const head = '---\ntype: risk-register\n---\n# 台帳\n\n| ID | リスク | 影響 | 発生確率 | 対策 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n';
    const row = (id: string, state: string): string => `| ${id} | 通知が遅れる | 高 | 高 | 手順を作る | 山田 | 2027-01-01 | ${state} |\n`;
    const before = head + row('R-801', 'へん') + row('R-802', '対応中');
    await from.open('docs/own.md', before);
    const finding = await find(from, 'docs/own.md', 'REG-006');
    const place: FindingPlace = { uri: from.uri('docs/own.md'), rule: 'REG-006', ...finding.range.start };
    const options = await from.client.sendRequest<WaiveOptions | null>(methods.waiveOptions, place);
    let version = 1;
    const waived = async (text: string): Promise<WaiveResult> => {
      await from.client.sendNotification('textDocument/didChange', { textDocument: { uri: place.uri, version: ++version }, contentChanges: [{ text }] });
      return from.client.sendRequest<WaiveResult>(methods.waive, { ...place, scope: 'row', ...answers, written: options?.written ?? '' } satisfies WaiveParams);
    };
    // Another row with the same finding is now where it was.
    const moved = head + row('R-800', 'ちがう') + row('R-801', 'へん') + row('R-802', '対応中');
    const lines = edited(moved, await waived(moved)).split('\n');
    assert.doesNotMatch(lines.find((line) => line.includes('R-800')) ?? '', /kobo:waive/u);
    assert.match(lines.find((line) => line.includes('R-801')) ?? '', /kobo:waive REG-006/u);
    // It is not said any more of what the person read, or of more than one line.
    for (const text of [head + row('R-800', 'ちがう') + row('R-802', '対応中'), head + row('R-800', 'ちがう') + row('R-801', 'へん') + row('R-801', 'へん')]) assert.equal((await waived(text)).edit, null);
  });
});
