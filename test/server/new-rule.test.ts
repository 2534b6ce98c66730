import assert from 'node:assert/strict';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods, type NewRuleOptions, type NewRuleParams, type NewRuleResult, type NewRuleTexts } from '../../src/server/protocol';
import { sample, startSession, type Session } from './support';

let session: Session | undefined;

async function start(): Promise<Session> {
  const folder = mkdtempSync(join(tmpdir(), 'kobo-new-rule-'));
  cpSync(sample, folder, { recursive: true });
  session = await startSession({ folder });
  return session;
}

describe('a rule made in steps', () => {
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  it('offers plain questions, the parts of the type at hand, and pages', async () => {
    const from = await start();
    await from.open('docs/risks.md');
    const options = await from.client.sendRequest<NewRuleOptions>(methods.newRuleOptions, { uri: from.uri('docs/risks.md') });
    assert.equal(options.type, 'risk-register');
    assert.equal(options.kinds.length, 15);
    const type = options.types.find(({ id }) => id === options.type);
    assert.ok(type?.columns.some(({ id, title }) => id === 'due' && title === '期限'));
    assert.ok(options.guides.some(({ address }) => address === 'pages/rules/registers.md#必須の列'));
    assert.deepEqual([options.files, options.books], [[], []]);
  });

  it('writes a rule into a Book that is made with it, its examples run, and has the product use that Book', async () => {
    const from = await start();
    const choice = { kind: 'column', type: 'risk-register', column: 'trigger' };
    const texts = await from.client.sendRequest<NewRuleTexts>(methods.newRuleTexts, choice);
    const params = (change: Partial<NewRuleTexts>): NewRuleParams => ({
      answers: { ...choice, ...texts, ...change, id: 'OUR-001', guide: 'pages/rules/registers.md#必須の列', level: 'L1', severity: 'warning', pilot: ['shift-navi'] },
      target: { kind: 'newFile', folder: from.uri('kobo-book'), group: 'our-rules', title: 'ほしブック', newBook: true },
    });
    const result = await from.client.sendRequest<NewRuleResult>(methods.newRule, params({}));
    assert.deepEqual(result.examples.map(({ kind, ok }) => [kind, ok]), [['good', true], ['bad', true]]);
    assert.deepEqual(result.problems, []);
    assert.deepEqual(result.creates.map(({ uri }) => uri.slice(from.uri('').length)), ['kobo-book/book.yaml', 'kobo-book/rules/our-rules.yaml'].map((path) => (from.uri('').endsWith('/') ? path : `/${path}`)));
    assert.match(result.edit?.edits[0]?.newText ?? '', /- id: OUR-001\n[^]*guide: "#必須の列"/);
    assert.match(result.uses?.edits[0]?.newText ?? '', /^book: kobo-book\n$/);
    const wrong = await from.client.sendRequest<NewRuleResult>(methods.newRule, params({ good: '{ id: R-001 }' }));
    assert.match(wrong.examples.find(({ kind }) => kind === 'good')?.reason ?? '', /良い例で指摘が出ました/);
  });

  it('writes nowhere but into the workspace, and no file by any other name', async () => {
    const from = await start();
    const choice = { kind: 'approval', type: 'project-plan' };
    const texts = await from.client.sendRequest<NewRuleTexts>(methods.newRuleTexts, choice);
    const answers = { ...choice, ...texts, id: 'OUR-001', guide: 'pages/rules/approval.md', level: 'L1', severity: 'warning', pilot: [] };
    for (const target of [{ folder: 'file:///etc', group: 'our' }, { folder: from.uri('kobo-book'), group: '../x' }] as const) {
      assert.equal(await from.client.sendRequest(methods.newRule, { answers, target: { kind: 'newFile', title: 'a', newBook: true, ...target } }), null);
    }
  });
});
