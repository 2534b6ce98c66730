import assert from 'node:assert/strict';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CompletionItem, Hover } from 'vscode-languageserver-protocol/node';
import { methods } from '../../src/server/protocol';
import { openAt, sample, startSession, type Session } from './support';

let session: Session | undefined;

async function start(): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'kobo-completion-'));
  cpSync(sample, folder, { recursive: true });
  session = await startSession({ folder });
  // People of the roster are known once the product is read.
  await session.client.sendRequest(methods.checkAll, { folder: '' });
  return session;
}

async function complete(from: Session, path: string, marked: string): Promise<readonly CompletionItem[]> {
  return from.client.sendRequest<CompletionItem[]>('textDocument/completion', { ...(await openAt(from, path, marked)), context: { triggerKind: 2, triggerCharacter: ' ' } });
}

const labels = (items: readonly CompletionItem[]) => items.map((item) => item.label);
const risks = (row: string) => `---\ntype: risk-register\ntitle: リスク\n---\n# リスク登録簿\n\n| ID | リスク | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| R-001 | a | 佐藤 | 2026-12-01 | 対応中 |\n${row}\n`;

describe('completion in documents', () => {
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  it('offers the keys of the head that are not written, and words for their values', async () => {
    const from = await start();
    const keys = labels(await complete(from, 'docs/risks.md', '---\ntype: risk-register\ntitle: a\n‸\n---\n# a\n'));
    assert.ok(keys.includes('owner:') && keys.includes('status:') && !keys.includes('title:'), keys.join());
  });

  for (const [what, marked, wanted] of [
    ['a status', '---\ntype: risk-register\nstatus: ‸\n---\n# a\n', '承認済み'],
    ['a person', '---\ntype: risk-register\nowner: ‸\n---\n# a\n', '佐藤'],
    ['today', '---\ntype: risk-register\nupdated: ‸\n---\n# a\n', '2026-11-24'],
    ['a type', '---\ntype: ‸\n---\n# a\n', 'minutes'],
    ['the next id', risks('| ‸'), 'R-002'],
    ['a person in a cell', risks('| R-002 | b | ‸ | | |'), '佐藤'],
    ['a status in a cell', risks('| R-002 | b | 佐藤 | | ‸ |'), '対応中'],
  ] as const) {
    it(`offers ${what}`, async () => {
      const from = await start();
      const found = labels(await complete(from, 'docs/risks.md', marked));
      assert.ok(found.includes(wanted), found.join());
    });
  }

  it('offers the sections that a document still lacks', async () => {
    const from = await start();
    const found = labels(await complete(from, 'docs/minutes/2026-11-24_x.md', '---\ntype: minutes\n---\n# 定例\n\n## 決定事項\n\n- なし\n\n## ‸\n'));
    assert.ok(found.length > 0 && !found.includes('決定事項'), found.join());
  });

  it('offers words in the cells of a CSV register', async () => {
    const from = await start();
    const found = labels(await complete(from, 'docs/issues.csv', 'ID,課題,担当,期限,状態\nI-001,a,佐藤,2026-12-01,‸\n'));
    assert.ok(found.includes('対応中'), found.join());
  });

  it('offers nothing in prose, by itself', async () => {
    const from = await start();
    assert.deepEqual(await complete(from, 'docs/risks.md', '---\ntype: risk-register\n---\n# a\n\n本文 ‸\n'), []);
  });

  it('says in the hover what belongs in a column', async () => {
    const from = await start();
    const at = await openAt(from, 'docs/risks.md', risks('').replace('状態', '状‸態'));
    const hover = await from.client.sendRequest<Hover | null>('textDocument/hover', at);
    assert.match(JSON.stringify(hover), /\*\*状態\*\*/);
  });
});
