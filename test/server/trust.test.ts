import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { appendFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
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
});
