import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods, type ContextView, type PageView } from '../../src/server/protocol';
import { startSession, type Session } from './support';

describe('a document with more findings than are listed', () => {
  let folder: string;
  let session: Session | undefined;
  afterEach(async () => {
    await session?.stop();
    session = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  it('has all of them counted at their rules, and no rule passes because its findings are left out', async () => {
    folder = mkdtempSync(join(tmpdir(), 'kobo-many-'));
    mkdirSync(join(folder, 'docs'));
    writeFileSync(join(folder, 'kobo.yaml'), 'format: 1\nproduct: { id: p, name: 製品 }\n');
    const rows = Array.from({ length: 150 }, (_, i) => `| R-${String(i + 1).padStart(3, '0')} | サーバ${String(i)}が止まる | 高 | 高 |  | 山田 | 2027-01-01 | 対応中 |`);
    writeFileSync(join(folder, 'docs', 'risks.md'), `---\ntype: risk-register\ntitle: リスク\nowner: 山田\nupdated: 2026-11-01\n---\n# リスク\n\n| ID | リスク | 影響 | 発生確率 | 対策 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`);
    session = await startSession({ folder });
    await session.open('docs/risks.md');
    await session.pull('docs/risks.md');
    const { rules } = await session.client.sendRequest<ContextView>(methods.context, { uri: session.uri('docs/risks.md'), position: { line: 0, character: 0 } });
    const worst = rules.find(({ findings }) => findings >= 150);
    assert.ok(worst !== undefined, JSON.stringify(rules.map(({ id, findings }) => [id, findings])));
    const page = await session.client.sendRequest<PageView | null>(methods.page, { book: 'starter', path: 'pages/rules/registers.md', query: '', uri: session.uri('docs/risks.md') });
    assert.equal(page?.rules.find(({ id }) => id === worst.id)?.findings, worst.findings);
  });
});
