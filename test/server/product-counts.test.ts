import assert from 'node:assert/strict';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods, type CheckAllResult, type ProductCountsState } from '../../src/server/protocol';
import { sample, startSession, type Session } from './support';

let session: Session | undefined;

/** A copy of the sample, with what the server tells of its counts. */
async function start(): Promise<{ readonly from: Session; readonly told: ProductCountsState[]; readonly next: (after: number, ms: number) => Promise<ProductCountsState | undefined> }> {
  const folder = join(mkdtempSync(join(tmpdir(), 'kobo-counts-')), 'product');
  cpSync(sample, folder, { recursive: true });
  const from = (session = await startSession({ folder }));
  const told: ProductCountsState[] = [];
  from.client.onNotification(methods.productCounts, (state: ProductCountsState) => void told.push(state));
  const next = async (after: number, ms: number): Promise<ProductCountsState | undefined> => {
    for (const end = Date.now() + ms; told.length <= after && Date.now() < end; ) await new Promise((resolve) => setTimeout(resolve, 50));
    return told[after];
  };
  return { from, told, next };
}

describe('the counts of a product', function () {
  this.timeout(90_000);
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  it('are found out unasked, once, and are those of the check of all documents', async () => {
    const { from, told, next } = await start();
    const counts = (await next(0, 40_000))?.counts;
    assert.equal(await next(1, 1500), undefined, 'counted twice');
    const { summary } = await from.client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });
    assert.ok(summary.errors > 0 && summary.infos > 0);
    assert.deepEqual(counts, summary);
    // Who checks everything knows the counts, too.
    assert.deepEqual(told.at(-1)?.counts, summary);
  });

  it('are found out again when a document has changed and the editor is quiet', async () => {
    const { from, next } = await start();
    const before = (await next(0, 40_000))?.counts;
    const text = await from.open('docs/risks.md');
    const [row] = text.split('\n').filter((line) => line.includes('R-003'));
    assert.ok(row);
    await from.client.sendNotification('textDocument/didChange', { textDocument: { uri: from.uri('docs/risks.md'), version: 2 }, contentChanges: [{ text: text.replace(`${row}\n`, '') }] });
    assert.equal(await next(1, 1500), undefined, 'counted while somebody types');
    const after = (await next(1, 40_000))?.counts;
    assert.ok(before && after);
    assert.ok(after.errors < before.errors, `${String(after.errors)} of ${String(before.errors)}`);
  });
});
