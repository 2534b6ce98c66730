import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { methods, type CheckAllResult, type WaiverRow } from '../../src/server/protocol';
import { sample, startSession, type Session, type SessionOptions } from './support';

describe('a workspace that is not trusted', function () {
  this.timeout(60_000);
  const path = process.env.PATH;
  let scratch: string;
  let session: Session | undefined;
  beforeEach(() => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-trust-')));
  });
  afterEach(async () => {
    process.env.PATH = path;
    await session?.stop();
    session = undefined;
    rmSync(scratch, { recursive: true, force: true });
  });
  const start = async (folder: string, options: Partial<SessionOptions> = {}): Promise<Session> => {
    session = await startSession({ folder, trusted: false, ...options });
    return session;
  };
  const checkAll = ({ client }: Session): Promise<CheckAllResult> => client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });

  it('has git asked nothing, whatever needs its history', async () => {
    const folder = join(scratch, 'product');
    cpSync(sample, folder, { recursive: true });
    appendFileSync(join(folder, 'docs/risks.md'), '\n<!-- kobo:waive REG-005 file reason="まだ決めていない見送り" by="鈴木" until=2026-12-20 -->\n');
    for (const args of [['init', '-q'], ['add', '.'], ['-c', 'user.name=x', '-c', 'user.email=x@example.com', 'commit', '-qm', 'x']]) execFileSync('git', ['-C', folder, ...args]);
    const bin = join(scratch, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'git'), `#!/bin/sh\ntouch '${join(scratch, 'asked')}'\nPATH='${path ?? ''}' exec git "$@"\n`, { mode: 0o755 });
    process.env.PATH = [bin, path].join(delimiter);
    const one = await start(folder, { history: true });
    await checkAll(one);
    const rows = await one.client.sendRequest<WaiverRow[]>(methods.waivers, {});
    assert.ok(rows.length > 0 && rows.every(({ committed }) => committed === null));
    assert.ok(!existsSync(join(scratch, 'asked')));
  });

  const ruleFile = 'group: own\ntitle: 外の決まり\nguide: pages/rules.md\nlevel: L1\nseverity: warning\nrules:\n  - { id: OUT-001, title: 題名, types: [risk-register], on: document, require: { owner: filled }, message: 責任者がありません }\n';
  const risks = '---\ntype: risk-register\n---\n# リスク管理表\n\n| ID | リスク | 確率 | 影響 | 対応 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|---|---|---|\n| R-001 | 通知が遅れる | 高 | 高 |  |  |  | 対応中 |\n';
  /** A workspace `ws` with a Book beside it. @returns folder of the workspace */
  const beside = (kobo: string): string => {
    const [folder, book] = [join(scratch, 'ws'), join(scratch, 'book')];
    mkdirSync(join(folder, 'docs'), { recursive: true });
    mkdirSync(join(book, 'rules'), { recursive: true });
    writeFileSync(join(book, 'book.yaml'), 'format: 1\nid: outside\nname: 外のコボブック\nextends: starter\n');
    writeFileSync(join(book, 'rules', 'own.yaml'), ruleFile);
    writeFileSync(join(folder, 'kobo.yaml'), `format: 1\nproduct: { id: p, name: P }\n${kobo}`);
    writeFileSync(join(folder, 'docs', 'risks.md'), risks);
    symlinkSync(book, join(folder, 'link'));
    symlinkSync(scratch, join(folder, 'up'));
    return folder;
  };
  const codes = ({ files }: CheckAllResult): readonly unknown[] => files.flatMap(({ diagnostics }) => diagnostics.map(({ code }) => code));

  for (const address of ['../book', '/ROOT/book', 'file:///ROOT/ws/../book', 'file:///ROOT/ws/%2e%2e/book', 'file:///ROOT/ws/..%2Fbook', 'file:///ROOT/ws/./.%2E/book', 'FILE:///ROOT/ws/../book', 'file://localhost/ROOT/book', 'docs/../../book', '..\\\\book', 'link', './up/book', 'file:///ROOT/ws/link']) {
    it(`reads no Book outside of it: ${address}`, async () => {
      const one = await start(beside(`book: "${address.replace('/ROOT', scratch)}"\n`));
      assert.ok(!codes(await checkAll(one)).includes('OUT-001'));
      assert.match(one.bookStates.at(-1)?.message ?? '', /信頼すると読み込みます/u);
      // As soon as it is trusted, without being opened anew.
      await one.client.sendNotification(methods.trusted, {});
      assert.ok(codes(await checkAll(one)).includes('OUT-001'));
      assert.equal(one.bookStates.at(-1)?.name, '外のコボブック');
    });
  }

  it('reads a Book in it, by whatever address', async () => {
    const folder = beside('book: "file:///ROOT/ws/docs/%2e%2e/own"\n'.replace('/ROOT', scratch));
    cpSync(join(scratch, 'book'), join(folder, 'own'), { recursive: true });
    assert.ok(codes(await checkAll(await start(folder))).includes('OUT-001'));
  });

  it('has git asked once it is trusted, without being opened anew', async () => {
    const folder = join(scratch, 'product');
    cpSync(sample, folder, { recursive: true });
    appendFileSync(join(folder, 'docs/risks.md'), '\n<!-- kobo:waive REG-005 file reason="まだ決めていない見送り" by="鈴木" until=2026-12-20 -->\n');
    for (const args of [['init', '-q'], ['add', '.'], ['-c', 'user.name=田中', '-c', 'user.email=x@example.com', 'commit', '-qm', 'x']]) execFileSync('git', ['-C', folder, ...args]);
    const one = await start(folder, { history: true });
    await checkAll(one);
    await one.client.sendNotification(methods.trusted, {});
    assert.ok((await one.client.sendRequest<WaiverRow[]>(methods.waivers, {})).some(({ committed }) => committed?.author === '田中'));
  });
});
