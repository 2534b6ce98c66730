import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LineIndex } from '../../src/core/text/position';
import { applyEdits } from '../../src/core/product/edits';
import { methods, type ChangeWaiverParams, type WaiverRow, type WaiveResult } from '../../src/server/protocol';
import { sample, startSession, type Session } from './support';

let session: Session | undefined;

const rest = 'reason: 次のリリースで直すことに合意した, approved_by: 鈴木';

async function start(): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'kobo-waivers-'));
  cpSync(sample, folder, { recursive: true });
  appendFileSync(join(folder, 'kobo.yaml'), [
    '', 'waivers:', `  - { rule: REG-006, path: "**", ${rest}, until: 2026-12-01 }`, `  - { rule: REG-003, path: "**", ${rest}, until: 2027-03-31 }`,
    `  - { rule: REG-008, path: none/**, ${rest}, until: 2027-03-31 }`, `  - { rule: REG-009, path: "**", ${rest}, until: 2026-11-20 }`,
    `  - { rule: REG-013, path: "**", ${rest}, until: 2027-03-31 } # 見送れない`, ''].join('\n'));
  appendFileSync(join(folder, 'docs/risks.md'), '\n<!-- kobo:waive REG-004 file reason="会議で合意したので待つ" by="鈴木" until=2026-11-01 -->\n');
  session = await startSession({ folder });
  return session;
}

const list = (from: Session) => from.client.sendRequest<WaiverRow[]>(methods.waivers, {});

async function changed(from: Session, row: WaiverRow, until: string | null): Promise<string> {
  const { edit, refused } = await from.client.sendRequest<WaiveResult>(methods.changeWaiver, { row, until } satisfies ChangeWaiverParams);
  assert.ok(edit !== null, refused);
  const text = readFileSync(new URL(edit.uri), 'utf8');
  const lines = new LineIndex(text);
  return applyEdits(text, edit.edits.map(({ range, newText }) => ({ span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, text: newText })));
}

describe('the list of waivers over the protocol', () => {
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  it('says what has become of each, worst first, with its place', async () => {
    const from = await start();
    const rows = await list(from);
    assert.deepEqual(rows.map((row) => `${row.group} ${row.rule} ${row.until}`), [
      'expired REG-004 2026-11-01', 'expired REG-009 2026-11-20', 'soon REG-006 2026-12-01', 'no_effect REG-013 2027-03-31', 'unused REG-008 2027-03-31', 'valid REG-003 2027-03-31',
    ]);
    const [comment, kobo] = rows;
    assert.equal(comment?.uri, from.uri('docs/risks.md'));
    assert.equal(kobo?.uri, from.uri('kobo.yaml'));
    assert.match(readFileSync(join(from.folder, 'kobo.yaml'), 'utf8').split('\n')[kobo.position.line] ?? '', /REG-009/);
    assert.deepEqual([kobo.approvedBy, kobo.reason, kobo.product], ['鈴木', '次のリリースで直すことに合意した', 'シフトナビ']);
    assert.notEqual(kobo.title, 'REG-009');
  });

  it('extends and ends one by edits that touch nothing else', async () => {
    const from = await start();
    const rows = await list(from);
    const kobo = readFileSync(join(from.folder, 'kobo.yaml'), 'utf8');
    const risks = readFileSync(join(from.folder, 'docs/risks.md'), 'utf8');
    const row = (rule: string) => rows.find((one) => one.rule === rule) ?? assert.fail(rule);
    assert.equal(await changed(from, row('REG-009'), '2027-01-31'), kobo.replace('2026-11-20', '2027-01-31'));
    assert.equal(await changed(from, row('REG-013'), null), kobo.replace(/ {2}- \{ rule: REG-013.*\n/, ''));
    assert.equal(await changed(from, row('REG-004'), '2027-01-31'), risks.replace('until=2026-11-01', 'until=2027-01-31'));
    assert.equal(await changed(from, row('REG-004'), null), risks.replace(/<!-- kobo:waive.*-->\n/, ''));
  });

  it('refuses a day too late and a waiver that is gone', async () => {
    const from = await start();
    const row = (await list(from)).find((one) => one.rule === 'REG-009') ?? assert.fail();
    const ask = async (params: ChangeWaiverParams) => from.client.sendRequest<WaiveResult>(methods.changeWaiver, params);
    const late = await ask({ row, until: '2028-01-01' });
    assert.deepEqual([late.edit, late.refused.includes('最長6か月')], [null, true]);
    const kobo = readFileSync(join(from.folder, 'kobo.yaml'), 'utf8');
    const written = kobo.split('\n').find((line) => line.includes('REG-009')) ?? assert.fail();
    await from.open('kobo.yaml', kobo.replace(`${written}\n`, ''));
    const gone = await ask({ row, until: null });
    assert.deepEqual([gone.edit, gone.refused.includes('もうそこにありません')], [null, true]);
    // Another stands where it was.
    const change = (version: number, text: string) => from.client.sendNotification('textDocument/didChange', { textDocument: { uri: from.uri('kobo.yaml'), version }, contentChanges: [{ text }] });
    const other = written.replace('REG-009', 'REG-007');
    await change(2, kobo.replace(written, other));
    assert.equal((await ask({ row, until: null })).edit, null);
    await change(3, kobo.replace(written, `${other}\n${written}`));
    const moved = await ask({ row, until: null });
    assert.deepEqual(moved.edit?.edits.map(({ range }) => range.start.line), [row.position.line + 1]);
  });

  it('says who committed a waiver, beside who is named in it; nobody where git does not know', async () => {
    const { folder } = await start();
    await session?.stop();
    const git = (...args: readonly string[]): void => void execFileSync('git', ['-C', folder, '-c', 'user.name=田中', '-c', 'user.email=t@example.com', ...args]);
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'x', '--date=2026-11-20T10:00:00+0900');
    appendFileSync(join(folder, 'docs/risks.md'), '\n<!-- kobo:waive REG-005 file reason="まだ記録していない見送り" by="鈴木" until=2026-12-20 -->\n');
    session = await startSession({ folder, history: true });
    const rows = await list(session);
    const of = (rule: string) => rows.find((row) => row.rule === rule)?.committed;
    assert.deepEqual([of('REG-006'), of('REG-004'), of('REG-005')], [{ author: '田中', day: '2026-11-20' }, { author: '田中', day: '2026-11-20' }, null]);
    assert.deepEqual(rows.filter((row) => row.rule === 'REG-006').map((row) => row.approvedBy), ['鈴木']);
  });
});
