import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Range } from 'vscode-languageserver-protocol/node';
import { LineIndex } from '../../src/core/text/position';
import { methods, type RenderedTemplate, type TemplateChoice } from '../../src/server/protocol';
import { startSession, type Session } from './support';

let session: Session | undefined;

/** A product whose `kobo.yaml` says of every CSV what it is. */
async function startProduct(): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'kobo-blanks-'));
  const registers = ['budget', 'change-log', 'decision-log', 'issue-log', 'portfolio', 'risk-register', 'stakeholder-register', 'wbs'];
  writeFileSync(join(folder, 'kobo.yaml'), ['format: 1', 'product: { id: new, name: 新製品 }', 'documents:', ...registers.map((type) => `  "${type}-csv.csv": ${type}`), ''].join('\n'));
  session = await startSession({ folder });
  return session;
}

/** Texts of the blanks, as the server finds them in the text that is open. */
async function blanksOf({ client, uri }: Session, path: string, text: string): Promise<readonly string[]> {
  const ranges = await client.sendRequest<Range[] | null>(methods.blanks, { uri: uri(path) });
  const lines = new LineIndex(text);
  return (ranges ?? []).map(({ start, end }) => text.slice(lines.offsetAt(start), lines.offsetAt(end)));
}

describe('blanks', () => {
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  it('are all that the templates of the starter Book leave, each from its first to its last sign', async () => {
    const from = await startProduct();
    const templates = await from.client.sendRequest<TemplateChoice[]>(methods.templates, { uri: from.uri('kobo.yaml') });
    let asked = 0;
    for (const { id, kind, path } of templates) {
      const rendered = await from.client.sendRequest<RenderedTemplate>(methods.renderTemplate, { id, uri: from.uri('kobo.yaml'), answers: {} });
      const text = kind === 'snippet' ? `---\ntype: minutes\nowner: 田中\n---\n# 定例\n\n${rendered.text}\n` : rendered.text;
      const file = `${id}.${path.slice(path.lastIndexOf('.') + 1)}`;
      await from.open(file, text);
      const left = (text.match(/【[^【】\n]*】/gu) ?? []).slice(0, 100);
      const found = (await blanksOf(from, file, text)).filter((blank) => blank !== '');
      assert.deepEqual(found.slice(0, left.length), left, id);
      asked += left.length;
    }
    assert.ok(asked > 700, String(asked));
  });

  it('are empty places where a required part has no words', async () => {
    const from = await startProduct();
    const text = '---\ntype: incident-report\noccurred: 2026-11-24\nseverity:\n---\n# 遅延\n\n## 概要\n\n## 影響\nなし\n';
    await from.open('incident.md', text);
    assert.deepEqual(await blanksOf(from, 'incident.md', text), ['', '']);
  });
});
