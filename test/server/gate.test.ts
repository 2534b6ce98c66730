import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods, type GateParams, type GateView } from '../../src/server/protocol';
import { startSession, type Session } from './support';

let session: Session | undefined;

/** @param prepare what is changed in the copies of the samples before the server starts */
async function start(samples: readonly string[], prepare: (root: string) => void = () => undefined): Promise<Session> {
  const root = mkdtempSync(join(tmpdir(), 'kobo-gate-'));
  const [only] = samples;
  for (const name of samples) cpSync(`templates/samples/${name}`, join(root, name), { recursive: true });
  prepare(root);
  return (session = await startSession({ folder: samples.length === 1 && only !== undefined ? join(root, only) : root }));
}

const ask = (from: Session, params: Partial<GateParams> = {}): Promise<GateView | null> => from.client.sendRequest(methods.gate, { uri: '', gate: '', ...params } satisfies GateParams);
const there = (view: GateView | null): GateView => view ?? assert.fail('no product');

describe('a gate as the editor asks for it', function () {
  this.timeout(90_000);
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  it('tells what is left, the worst first, with places to open and templates to start from', async () => {
    const from = await start(['trouble']);
    const view = there(await ask(from));
    assert.deepEqual([view.product, view.gate?.label, view.gate?.day, view.ready, view.left], ['シフトナビ', 'G4 テスト完了', '2026-12-04', false, 7]);
    assert.equal(view.kobo, from.uri('kobo.yaml'));
    assert.match(view.gate?.guide ?? '', /^kobo-book:\/[^/]+\/pages\/lifecycle\/test\.md/u);
    assert.deepEqual(view.items.map(({ kind, state, rule, template, blocks, path }) => [blocks, kind, state, rule, template, path]), [
      [true, 'document', 'missing', 'GAT-001', 'test-report', ''],
      [true, 'document', 'missing', 'GAT-001', 'security-checklist', ''],
      [true, 'finding', '', 'GAT-008', '', 'docs/issues.csv'],
      [true, 'finding', '', 'REG-003', '', 'docs/issues.csv'],
      [true, 'finding', '', 'SEC-002', '', 'docs/runbooks/notify-stop.md'],
      [true, 'finding', '', 'SEC-001', '', 'docs/runbooks/notify-stop.md'],
      [true, 'finding', '', 'GAT-003', 'gate-record', 'kobo.yaml'],
      [false, 'document', 'ready', '', '', 'docs/issues.csv'],
      [false, 'document', 'ready', '', '', 'docs/runbooks/notify-stop.md'],
      [false, 'document', 'missing', '', 'onboarding', ''],
    ]);
    assert.deepEqual(view.items[2]?.position, { line: 2, character: 0 });
    assert.equal(view.items[2].uri, from.uri('docs/issues.csv'));
    assert.equal(view.questions.length, 3);
    assert.deepEqual(view.gates.filter(({ isAhead }) => isAhead).map(({ id }) => id), ['G4']);
    assert.equal(view.gates.length, 8);
  });

  it('takes documents as they are in the editor, and another gate', async () => {
    const from = await start(['trouble']);
    const text = readFileSync(join(from.folder, 'docs/issues.csv'), 'utf8');
    assert.equal(there(await ask(from)).items.filter(({ rule }) => rule === 'GAT-008').length, 1);
    await from.open('docs/issues.csv', text.replace(/(?<=^I-00[24],.*)対応中/gmu, '完了'));
    assert.deepEqual(there(await ask(from)).items.filter(({ rule }) => rule === 'GAT-008'), []);
    const next = there(await ask(from, { gate: 'G5' }));
    assert.equal(next.gate?.id, 'G5');
    assert.ok(next.items.some(({ state, rule }) => state === 'not_approved' && rule === 'GAT-002'), JSON.stringify(next.items));
  });

  it('is of the product of the document, else of the first; all are named', async () => {
    const from = await start(['healthy', 'trouble']);
    const second = there(await ask(from, { uri: from.uri('trouble/docs/risks.md') }));
    assert.deepEqual([second.product, second.gate?.id], ['シフトナビ', 'G4']);
    assert.deepEqual(second.products.map(({ name }) => name), ['お知らせ便', 'シフトナビ']);
    const first = there(await ask(from));
    assert.deepEqual([first.product, first.gate?.id, first.ready, first.left], ['お知らせ便', 'G6', true, 0]);
    assert.equal(there(await ask(from, { uri: second.kobo })).product, 'シフトナビ');
  });

  it('is none where kobo.yaml names no phase: the gates are there to choose from', async () => {
    const from = await start(['trouble'], (root) => {
      const kobo = join(root, 'trouble', 'kobo.yaml');
      writeFileSync(kobo, readFileSync(kobo, 'utf8').replace(/^phase: .*\n/mu, ''));
    });
    const view = there(await ask(from));
    assert.deepEqual([view.gate, view.ready, view.items.length, view.gates.length], [null, false, 0, 8]);
    assert.equal(there(await ask(from, { gate: 'G4' })).left, 7);
  });

  it('is not asked of a folder without a product', async () => {
    const folder = join(mkdtempSync(join(tmpdir(), 'kobo-gate-')), 'empty');
    mkdirSync(folder);
    session = await startSession({ folder });
    assert.equal(await ask(session), null);
  });
});
