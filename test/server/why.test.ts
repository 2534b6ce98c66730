import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods } from '../../src/server/protocol';
import { sample, startSession, type Session, type SessionOptions } from './support';

let session: Session | undefined;

async function start(options: SessionOptions = {}): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'kobo-why-'));
  cpSync(sample, folder, { recursive: true });
  appendFileSync(join(folder, 'kobo.yaml'), '  memo.md: none\nrules: { REG-006: off }\n');
  writeFileSync(join(folder, 'memo.md'), '# メモ\n');
  writeFileSync(join(folder, 'plain.md'), '# なにか\n\n本文\n');
  session = await startSession({ folder, ...options });
  return session;
}

async function why(from: Session, path: string): Promise<string> {
  await from.open(path);
  return from.client.sendRequest<string>(methods.why, { uri: from.uri(path) });
}

describe('why a file is not checked', () => {
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  it('says what made the type known, the level, and what is off', async () => {
    const text = await why(await start({ settings: { rules: { 'FRS-001': 'off' }, minimumSeverity: 'error' } }), 'docs/risks.md');
    assert.match(text, /文書の先頭にある種別から、「.+（risk-register）」として確かめています/);
    assert.match(text, /水準：L1/);
    assert.match(text, /切ってある決まり：1 件（REG-006）/);
    assert.match(text, /kobo\.rules で切ってある決まり：1 件（FRS-001）/);
    assert.match(text, /この水準より上の決まり：\d+ 件/);
    assert.doesNotMatch(text, /command:kobo\.manageAs/);
  });

  it('says why nothing is said, with a link to change it', async () => {
    const from = await start();
    assert.match(await why(from, 'memo.md'), /「memo\.md」の行が「管理しない」/);
    assert.match(await why(from, 'docs/issues.csv'), /kobo\.yaml の「docs\/issues\.csv」の行から、「.+（issue-log）」として確かめています/);
    assert.match(await why(from, 'plain.md'), /種別がどこにも書かれておらず.*command:kobo\.manageAs/);
  });

  it('counts what is waived', async () => {
    const from = await start();
    appendFileSync(join(from.folder, 'docs/risks.md'), '\n<!-- kobo:waive OWN-001,REG-004 file reason="会議で合意したので待つ" by="鈴木" until=2026-12-31 -->\n');
    await from.client.sendRequest(methods.checkAll, { folder: '' });
    assert.match(await why(from, 'docs/risks.md'), /見送り中：[1-9]\d* 件/);
  });

  it('speaks of a folder without kobo.yaml, and of other files', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kobo-why-'));
    writeFileSync(join(folder, 'a.md'), '# a\n');
    const from = await start({ folder, language: 'en' });
    assert.match(await why(from, 'a.md'), /no kobo\.yaml.*command:kobo\.setup/);
    assert.match(await from.client.sendRequest<string>(methods.why, { uri: from.uri('b.txt') }), /Only Markdown, YAML and CSV/);
    assert.match(await from.client.sendRequest<string>(methods.why, { uri: 'file:///elsewhere/a.md' }), /outside of the open folders/);
  });
});
