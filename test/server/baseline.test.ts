import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods, type CheckAllResult, type RenderedSetup, type SetupView } from '../../src/server/protocol';
import { startSession, type Session } from './support';

describe('the baseline over the protocol', () => {
  let folder: string;
  let session: Session | undefined;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'kobo-baseline-'));
    mkdirSync(join(folder, 'docs'));
  });
  afterEach(async () => {
    await session?.stop();
    session = undefined;
    rmSync(folder, { recursive: true, force: true });
  });

  async function start(): Promise<Session> {
    await session?.stop();
    session = await startSession({ folder });
    return session;
  }

  it('that is made with kobo.yaml holds every finding, those too that a list leaves out', async () => {
    const rows = Array.from({ length: 150 }, (_, i) => `| R-${String(i + 1).padStart(3, '0')} | サーバ${String(i)}が止まる | 高 | 高 |  | 山田 | 2027-01-01 | 対応中 |`);
    writeFileSync(join(folder, 'docs', 'risks.md'), `---\ntype: risk-register\ntitle: リスク\nowner: 山田\nupdated: 2026-11-01\n---\n# リスク\n\n| ID | リスク | 影響 | 発生確率 | 対策 | 担当 | 期限 | 状態 |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`);
    const { client, uri } = await start();
    const view = await client.sendRequest<SetupView>(methods.proposeSetup, { folder: uri('') });
    const { koboYaml, baseline } = await client.sendRequest<RenderedSetup>(methods.renderSetup, {
      folder: uri(''), id: view.id, name: view.name, phase: '', lines: view.lines.map(({ pattern, type }) => ({ pattern, type })), baseline: true,
    });
    writeFileSync(join(folder, 'kobo.yaml'), koboYaml);
    writeFileSync(join(folder, '.kobo-baseline.json'), baseline);
    const { summary } = await (await start()).client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });
    assert.deepEqual([summary.errors, summary.warnings], [0, 0]);
    assert.ok(summary.baselined >= 150, String(summary.baselined));
  });

  it('that is made with kobo.yaml hides no document that could not be checked', async () => {
    const head = '---\ntype: minutes\ntitle: 定例\ndate: 2026-11-02\n---\n# 定例\n';
    writeFileSync(join(folder, 'docs', 'a.md'), head);
    writeFileSync(join(folder, 'docs', 'b.md'), `${head}<<<<<<< ours\n決定\n=======\n保留\n>>>>>>> theirs\n`);
    const { client, uri } = await start();
    const view = await client.sendRequest<SetupView>(methods.proposeSetup, { folder: uri('') });
    const { koboYaml, baseline } = await client.sendRequest<RenderedSetup>(methods.renderSetup, {
      folder: uri(''), id: view.id, name: view.name, phase: '', lines: view.lines.map(({ pattern, type }) => ({ pattern, type })), baseline: true,
    });
    assert.match(baseline, /"docs\/a\.md"/u);
    assert.doesNotMatch(baseline, /"DOC-/u);
    writeFileSync(join(folder, 'kobo.yaml'), koboYaml);
    writeFileSync(join(folder, '.kobo-baseline.json'), baseline);
    const { summary } = await (await start()).client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });
    assert.deepEqual([summary.errors, summary.warnings], [1, 0]);
  });

  it('that is made with kobo.yaml holds no link that leads into a product further down', async () => {
    writeFileSync(join(folder, 'docs', 'a.md'), '---\ntype: minutes\n---\n# 定例\n\n[ある](../sub/docs/b.md)と[ない](../sub/docs/none.md)\n');
    mkdirSync(join(folder, 'sub', 'docs'), { recursive: true });
    writeFileSync(join(folder, 'sub', 'kobo.yaml'), 'format: 1\nproduct: { id: sub, name: 下 }\n');
    writeFileSync(join(folder, 'sub', 'docs', 'b.md'), '# 文書\n');
    const { client, uri } = await start();
    const view = await client.sendRequest<SetupView>(methods.proposeSetup, { folder: uri('') });
    const { baseline } = await client.sendRequest<RenderedSetup>(methods.renderSetup, {
      folder: uri(''), id: view.id, name: view.name, phase: '', lines: view.lines.map(({ pattern, type }) => ({ pattern, type })), baseline: true,
    });
    const { findings } = JSON.parse(baseline) as { readonly findings: readonly { readonly rule: string }[] };
    assert.equal(findings.filter(({ rule }) => rule === 'XDC-002').length, 1, baseline);
  });

  it('that is missing, broken or outside is told of where kobo.yaml names it', async () => {
    writeFileSync(join(folder, 'docs', 'broken.json'), '{');
    writeFileSync(join(folder, 'docs', 'abs.json'), '{ "format": 1, "findings": [] }');
    for (const [name, why] of [['nope.json', /がありません/u], ['docs/broken.json', /を読めません/u], ['../other.json', /フォルダーの中/u], [join(folder, 'docs', 'abs.json'), /フォルダーの中/u]] as const) {
      writeFileSync(join(folder, 'kobo.yaml'), `format: 1\nbaseline: ${name}\n`);
      const from = await start();
      await from.open('kobo.yaml');
      const found = (await from.pull('kobo.yaml')).filter(({ code }) => code === 'kobo.book.baseline');
      assert.deepEqual(found.map(({ range, severity }) => [range.start, severity]), [[{ line: 1, character: 10 }, 1]], name);
      assert.match(JSON.stringify(found), why);
    }
  });
});
