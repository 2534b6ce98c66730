import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancellationTokenSource } from 'vscode-languageserver-protocol/node';
import { applyEdits } from '../../src/core/product/edits';
import { LineIndex } from '../../src/core/text/position';
import { methods, type FileEdit, type ImpactChange, type ImpactChoices, type ImpactPart, type ImpactResult, type LevelsView } from '../../src/server/protocol';
import { sample, startSession, type Session } from './support';

let session: Session | undefined;

const rule = (id: string, words: string, extra = ''): string =>
  `  - id: ${id}\n    title: 担当が「だれか」でない\n    types: [register]\n    on: { cells: owner }\n    forbid: { owner: { is: [${words}] } }\n    severity: warning\n    level: L1\n    message: "「{match}」ではだれも動きません。1人を書いてください。"\n    guide: pages/ours.md\n    good: 佐藤\n    bad: 《全員》\n${extra}`;
const rules = (...all: readonly string[]): string => `format: 1\ngroup: ours\ntitle: ここの決まり\nrules:\n${all.join('')}`;

/** Two products of one Book that lies beside them. */
async function start(language = 'ja'): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'kobo-impact-'));
  for (const name of ['a', 'b']) {
    cpSync(sample, join(folder, name), { recursive: true });
    const kobo = join(folder, name, 'kobo.yaml');
    writeFileSync(kobo, `book: ../book\n${readFileSync(kobo, 'utf8').replace('name: シフトナビ', `name: シフトナビ${name}`)}`);
  }
  const put = (path: string, text: string): void => {
    cpSync(join(sample, 'kobo.yaml'), join(folder, path), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  put('book/book.yaml', 'format: 1\nid: ours\nname: ほしブック\nextends: starter\n');
  put('book/pages/ours.md', '# ここの決まり\n');
  put('book/rules/ours.yaml', rules(rule('OUR-001', '全員')));
  session = await startSession({ folder, language });
  return session;
}

async function compare(from: Session, change: ImpactChange): Promise<{ readonly result: ImpactResult; readonly parts: readonly ImpactPart[] }> {
  const parts: ImpactPart[] = [];
  const listener = from.client.onNotification(methods.impactPart, (part: ImpactPart) => void parts.push(part));
  const result = await from.client.sendRequest<ImpactResult>(methods.impact, { number: 7, change });
  listener.dispose();
  return { result, parts };
}

async function edit(from: Session, path: string, text: string): Promise<void> {
  await from.client.sendNotification('textDocument/didChange', { textDocument: { uri: from.uri(path), version: 2 }, contentChanges: [{ text }] });
}

describe('the impact of a change over the protocol', function () {
  this.timeout(30_000);
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  it('compares a rule as it is written in the editor with the saved one, in every product of its Book', async () => {
    const from = await start();
    await from.open('book/rules/ours.yaml');
    await edit(from, 'book/rules/ours.yaml', rules(rule('OUR-001', '佐藤')));
    const change = { kind: 'file', uri: from.uri('book/rules/ours.yaml') } as const;
    const { result, parts } = await compare(from, change);
    const rows = parts.flatMap((part) => part.rows);
    assert.deepEqual([result.refused, result.products, result.cancelled], ['', 2, false]);
    assert.ok(result.counts.added > 0);
    assert.deepEqual(new Set(rows.map((row) => `${row.kind} ${row.rule} ${row.product}`)), new Set(['added OUR-001 シフトナビa', 'added OUR-001 シフトナビb']));
    assert.equal(rows.length, result.counts.added);
    assert.ok(parts.every((part) => part.number === 7 && part.done <= part.total));
    const last = parts.at(-1);
    assert.deepEqual([last?.done, last?.counts], [last?.total, result.counts]);
    const [row] = rows;
    const [product = ''] = row?.uri.slice(from.uri('').length + 1).split('/') ?? [];
    assert.match(readFileSync(join(from.folder, product, row?.path ?? ''), 'utf8').split(/\r?\n/)[row?.position.line ?? 0] ?? '', /佐藤/);
    assert.equal((await from.client.sendRequest<ImpactChoices>(methods.impactChoices, { uri: change.uri })).changed, 'unsaved');
  });

  it('says why there is nothing to compare', async () => {
    const from = await start();
    const refused = async (change: ImpactChange): Promise<string> => (await compare(from, change)).result.refused;
    await from.open('book/rules/ours.yaml');
    const file = { kind: 'file', uri: from.uri('book/rules/ours.yaml') } as const;
    assert.match(await refused(file), /開いたときの内容と同じ/);
    await edit(from, 'book/rules/ours.yaml', rules(rule('OUR-001', '全員').replace('cells: owner', 'celsl: owner')));
    assert.match(await refused(file), /^先に\d+行目を直してください。/);
    assert.match(await refused({ kind: 'file', uri: from.uri('a/docs/risks.md') }), /kobo\.yaml/);
    assert.match(await refused({ kind: 'level', uri: from.uri('a/docs/risks.md'), level: 'L9' }), /L9/);
  });

  it('shows rules that are not in force yet as if they were', async () => {
    const from = await start();
    const path = 'book/rules/ours.yaml';
    writeFileSync(join(from.folder, path), rules(rule('OUR-001', '全員', '    stage: draft\n').replace('全員]', '佐藤]')));
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: from.uri(path), type: 2 }] });
    await from.open(path);
    const choices = await from.client.sendRequest<ImpactChoices>(methods.impactChoices, { uri: from.uri(path) });
    assert.deepEqual(choices, { changed: 'no', staged: [{ rule: 'OUR-001', title: '担当が「だれか」でない', stage: 'draft' }] });
    const { result, parts } = await compare(from, { kind: 'in_force', uri: from.uri(path) });
    assert.ok(result.counts.added > 0);
    assert.deepEqual(new Set(parts.flatMap((part) => part.rows.map((row) => row.rule))), new Set(['OUR-001']));
  });

  it('compares a kobo.yaml in the editor with the saved one', async () => {
    const from = await start();
    const text = await from.open('a/kobo.yaml');
    await edit(from, 'a/kobo.yaml', `${text}rules: { OWN-001: off }\n`);
    const { result, parts } = await compare(from, { kind: 'file', uri: from.uri('a/kobo.yaml') });
    assert.deepEqual([result.refused, result.products], ['', 1]);
    assert.ok(result.counts.removed > 0);
    assert.deepEqual(new Set(parts.flatMap((part) => part.rows.map((row) => `${row.kind} ${row.rule}`))), new Set(['removed OWN-001']));
  });

  it('stops when it is cancelled', async () => {
    const from = await start();
    const source = new CancellationTokenSource();
    const answer = from.client
      .sendRequest<ImpactResult>(methods.impact, { number: 1, change: { kind: 'level', uri: from.uri('a/kobo.yaml'), level: 'L3' } satisfies ImpactChange }, source.token)
      .then((result) => result.cancelled, () => true);
    source.cancel();
    assert.equal(await answer, true);
  });

  it('counts what each higher level adds, and sets a level by an edit of kobo.yaml alone', async () => {
    const from = await start();
    const view = await from.client.sendRequest<LevelsView>(methods.levels, { uri: from.uri('a/docs/risks.md') });
    assert.deepEqual(view.levels.map(({ id, now }) => [id, now]), [['L0', false], ['L1', true], ['L2', false], ['L3', false]]);
    const [, , l2, l3] = view.levels;
    assert.ok((l2?.added ?? 0) > 0 && (l3?.added ?? 0) >= (l2?.added ?? 0));
    assert.deepEqual([view.levels[0]?.added, view.levels[1]?.added], [null, null]);
    const { result } = await compare(from, { kind: 'level', uri: view.uri, level: 'L2' });
    assert.equal(result.counts.added, l2?.added);
    const made = await from.client.sendRequest<FileEdit>(methods.setLevel, { uri: view.uri, level: 'L2' });
    const before = readFileSync(join(from.folder, 'a/kobo.yaml'), 'utf8');
    const lines = new LineIndex(before);
    const after = applyEdits(before, made.edits.map(({ range, newText }) => ({ span: { start: lines.offsetAt(range.start), end: lines.offsetAt(range.end) }, text: newText })));
    assert.equal(after, before.replace('level: L1', 'level: L2'));
  });

  for (const [language, meaning] of [['ja', '文書があり、責任者がいて、リンクと日付が正しい。'], ['en', 'The documents are there, somebody answers for them, links and dates are right.']] as const) {
    it(`says what the levels mean in the language of the editor (${language})`, async () => {
      const from = await start(language);
      const { levels } = await from.client.sendRequest<LevelsView>(methods.levels, { uri: from.uri('a/docs/risks.md') });
      assert.equal(levels[1]?.description, meaning);
      assert.ok(levels.every(({ title, description }) => /\p{Script=Han}/u.test(`${title}${description}`) === (language === 'ja')));
    });
  }

  it('lists rules on trial, announced and retired, with where and when', async () => {
    const from = await start();
    const path = 'book/rules/ours.yaml';
    const staged = (id: string, stage: string): string => rule(id, '全員', `    stage: ${stage}\n`);
    writeFileSync(join(from.folder, path), rules(staged('OUR-001', '{ pilot: [shift-navi] }'), staged('OUR-002', '{ pilot: [other] }'), staged('OUR-003', '{ announced: 2027-01-15 }'), staged('OUR-004', 'retired'), staged('OUR-005', 'draft')));
    await from.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: from.uri(path), type: 2 }] });
    const view = await from.client.sendRequest<LevelsView>(methods.levels, { uri: from.uri('a/docs/risks.md') });
    assert.deepEqual(view.stages.filter(({ rule: id }) => id.startsWith('OUR-')).map(({ rule: id, stage, detail, here }) => [id, stage, detail, here]), [
      ['OUR-001', 'pilot', 'shift-navi', true], ['OUR-002', 'pilot', 'other', false], ['OUR-003', 'announced', '2027-01-15', true], ['OUR-004', 'retired', '', true],
    ]);
    assert.ok(view.stages.every(({ guide }) => guide === '' || guide.startsWith('kobo-book:/')));
  });
});
