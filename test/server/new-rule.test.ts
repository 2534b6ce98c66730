import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { methods, type NewRuleChoice, type NewRuleOptions, type NewRuleParams, type NewRuleProposal, type NewRuleResult, type NewRuleTarget, type NewRuleTexts, type RuleTestFile } from '../../src/server/protocol';
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

  const bookYaml = 'format: 1\nid: hoshi\nname: ほしブック\nlanguage: ja\nlanguages: [ja, en]\nextends: starter\n';
  const ruleText = 'format: 1\ngroup: hoshi\ntitle: ほしの決まり\nguide: pages/rules/registers.md\nowner: PMO\ntrack: startup\nlevel: L1\nrules: []\n';

  /** A product beside its Book, which is in no folder of the workspace. */
  async function startBeside(book = 'book: ../book\n'): Promise<Session> {
    const all = mkdtempSync(join(tmpdir(), 'kobo-new-rule-'));
    cpSync(sample, join(all, 'prod'), { recursive: true });
    const kobo = join(all, 'prod', 'kobo.yaml');
    writeFileSync(kobo, book + readFileSync(kobo, 'utf8').replace(/^book:.*\n/mu, ''));
    mkdirSync(join(all, 'book', 'rules'), { recursive: true });
    writeFileSync(join(all, 'book', 'book.yaml'), bookYaml);
    writeFileSync(join(all, 'book', 'rules', 'hoshi.yaml'), ruleText);
    session = await startSession({ folder: join(all, 'prod') });
    return session;
  }

  const write = async (from: Session, target: NewRuleTarget): Promise<NewRuleResult | null> => {
    const choice: NewRuleChoice = { kind: 'column', type: 'risk-register', column: 'trigger' };
    const texts = await from.client.sendRequest<NewRuleProposal>(methods.newRuleTexts, choice);
    return from.client.sendRequest<NewRuleResult | null>(methods.newRule, { answers: { ...choice, ...texts, id: 'OUR-001', level: 'L2', severity: 'warning', pilot: [] }, target });
  };

  it('goes into the Book that the product uses where that lies outside of the workspace', async () => {
    const from = await startBeside();
    await from.open('docs/risks.md');
    const options = await from.client.sendRequest<NewRuleOptions>(methods.newRuleOptions, { uri: from.uri('docs/risks.md') });
    assert.deepEqual(options.books.map(({ name, outside }) => [name, outside]), [['ほしブック', true]]);
    assert.deepEqual(options.files.map(({ label, book, outside }) => [label, book, outside]), [['rules/hoshi.yaml', 'ほしブック', true]]);
    assert.deepEqual(options.named.map(({ book }) => book), ['ほしブック']);
    const [file] = options.files;
    const [book] = options.books;
    const into = await write(from, { kind: 'file', uri: file?.uri ?? '' });
    assert.deepEqual([into?.inUse, into?.creates, into?.uses, into?.problems], [true, [], null, []]);
    assert.match(into?.edit?.uri ?? '', /\/book\/rules\/hoshi\.yaml$/);
    const beside = await write(from, { kind: 'newFile', folder: book?.folder ?? '', group: 'our-rules', title: 'うち', newBook: false });
    assert.deepEqual([beside?.inUse, beside?.creates.map(({ uri }) => uri.replace(/^.*\/book\//u, ''))], [true, ['rules/our-rules.yaml']]);
    // A file of that name is added to, not begun anew.
    const again = await write(from, { kind: 'newFile', folder: book?.folder ?? '', group: 'hoshi', title: 'うち', newBook: false });
    assert.deepEqual([again?.creates, again?.edit], [[], into?.edit]);
    // Opened, its examples are run like those of a Book inside.
    const opened = await from.client.sendRequest<readonly RuleTestFile[]>(methods.ruleTests, { uri: file?.uri ?? '', run: true });
    assert.deepEqual(opened.map(({ path }) => path), ['rules/hoshi.yaml']);
    // Nothing else outside of the workspace is written into.
    for (const folder of [`${book?.folder ?? ''}s`, `${book?.folder ?? ''}/..`]) assert.equal(await write(from, { kind: 'newFile', folder, group: 'our', title: 'a', newBook: false }), null);
    assert.equal(await write(from, { kind: 'newFile', folder: book?.folder ?? '', group: 'our', title: 'a', newBook: true }), null);
    assert.equal(await write(from, { kind: 'file', uri: `${book?.folder ?? ''}/rules/../../prod/kobo.yaml` }), null);
  });

  it('is in no use in a Book that is made beside the one that kobo.yaml names, unless that shall change', async () => {
    for (const [line, replaced] of [['book: ../book\n', '../book'], ['book: ../nowhere   # ours\n', '../nowhere']] as const) {
      const from = await startBeside(line);
      const target = { kind: 'newFile', folder: from.uri('kobo-book'), group: 'our-rules', title: 'ほし', newBook: true } as const;
      const kept = await write(from, target);
      assert.deepEqual([kept?.uses, kept?.inUse], [null, false]);
      const used = await write(from, { ...target, use: true });
      const [edit] = used?.uses?.edits ?? [];
      assert.deepEqual([used?.inUse, edit?.newText, edit?.range], [true, 'kobo-book', { start: { line: 0, character: 6 }, end: { line: 0, character: 6 + replaced.length } }]);
      await from.stop();
    }
    const from = await startBeside('book: starter\n');
    assert.deepEqual((await write(from, { kind: 'newFile', folder: from.uri('kobo-book'), group: 'our-rules', title: 'ほし', newBook: true }))?.uses?.edits[0]?.newText, 'kobo-book');
  });

  it('begins with what most rules have, and with examples that can be read at a glance', async () => {
    const from = await start();
    const options = await from.client.sendRequest<NewRuleOptions>(methods.newRuleOptions, { uri: from.uri('docs/risks.md') });
    assert.equal(options.level, 'L2');
    const texts = async (choice: NewRuleChoice): Promise<NewRuleProposal> => from.client.sendRequest<NewRuleProposal>(methods.newRuleTexts, choice);
    const guides = await Promise.all(([
      { kind: 'column', type: 'risk-register', column: 'trigger' }, { kind: 'approval', type: 'project-plan' }, { kind: 'overdue', type: 'risk-register', column: 'due' }, { kind: 'words', type: 'minutes', words: ['早急に'] }, { kind: 'section', type: 'minutes', section: 'decisions' },
      { kind: 'gate', type: 'slo', gate: 'G5' },
    ] as const).map(async (choice) => (await texts(choice)).guide));
    for (const guide of guides) assert.ok(options.guides.some(({ address }) => address === guide), guide);
    assert.deepEqual(guides.map((guide) => guide.replace(/#.*$/u, '')), ['pages/rules/registers.md', 'pages/rules/approval.md', 'pages/rules/freshness.md', 'pages/rules/wording.md', 'pages/rules/completeness.md', 'pages/rules/gates.md']);
    assert.deepEqual([guides[1], guides[3]], ['pages/rules/approval.md#承認済み', 'pages/rules/wording.md']);
    assert.equal((await texts({ kind: 'unique', type: 'risk-register', column: 'due' })).good, '{ rows: [{ due: 2026-12-08 }, { due: 2026-12-09 }] }');
    const section = await texts({ kind: 'section', type: 'minutes', section: 'decisions' });
    assert.match(section.good, /^# 議事録\n\n## 決定事項\n/);
    const overdue = await texts({ kind: 'overdue', type: 'risk-register', column: 'due' });
    // The session's clock stands on 2026-11-24; the 10th working day from there.
    assert.match(overdue.good, /^\{ today: 2026-11-24, id: .*, due: 2026-12-08 \}$/);
    assert.match((await texts({ kind: 'words', type: 'minutes', words: ['早急に'] })).good, /^12月8日（火）/);
    const made = await from.client.sendRequest<NewRuleResult>(methods.newRule, {
      answers: { kind: 'approval', type: 'project-plan', ...(await texts({ kind: 'approval', type: 'project-plan' })), id: 'OUR-001', level: 'L2', severity: 'warning', pilot: [] },
      target: { kind: 'newFile', folder: from.uri('kobo-book'), group: 'our-rules', title: 'ほし', newBook: true },
    });
    assert.match(made.edit?.edits[0]?.newText ?? '', /\n {4}good: \|\n {6}---\n {6}status: 承認済み\n {6}approver: 佐藤\n {6}approved: 2026-11-20\n {6}---\n {6}# プロジェクト計画書\n/);
    assert.match(made.creates.find(({ uri }) => uri.endsWith('our-rules.yaml'))?.text ?? '', /^level: L2$/mu);
    assert.doesNotMatch(made.creates.map(({ text }) => text).join(''), /track: startup/);
    assert.deepEqual([made.examples.every(({ ok }) => ok), made.problems], [true, []]);
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
