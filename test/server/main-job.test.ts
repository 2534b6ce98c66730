import assert from 'node:assert/strict';
import { mkdtempSync, mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeAction, Diagnostic, Hover } from 'vscode-languageserver-protocol/node';
import {
  methods,
  thingKinds,
  type CheckAllResult,
  type ContextView,
  type PageView,
  type RenderedSetup,
  type RenderedTemplate,
  type SearchParams,
  type SearchResult,
  type SetupView,
  type SeverityCounts,
  type TemplateChoice,
} from '../../src/server/protocol';
import { startSession, type Session, type SessionOptions } from './support';

let session: Session | undefined;

async function start(options?: SessionOptions): Promise<Session> {
  session = await startSession(options);
  return session;
}

function query(text: string, more: Partial<SearchParams> = {}): SearchParams {
  return { number: 1, text, kinds: [], scope: 'all', phases: [], audiences: [], tags: [], offset: 0, limit: 20, uri: '', ...more };
}

/** Asks again until the answer is complete. */
async function searchAll(from: Session, params: SearchParams): Promise<SearchResult> {
  for (let i = 0; i < 200; i++) {
    const result = await from.client.sendRequest<SearchResult>(methods.search, params);
    if (result.progress === null) return result;
  }
  assert.fail('the index is never complete');
}

describe('the language server', () => {
  afterEach(async () => {
    await session?.stop();
    session = undefined;
  });

  for (const files of ['disk', 'client'] as const) {
    it(`finds what is wrong, with files from ${files}`, async () => {
      const { open, pull } = await start({ files });
      await open('docs/risks.md');
      let found: readonly Diagnostic[] = [];
      for (let i = 0; i < 100 && !found.some((one) => one.code === 'REG-004'); i++) found = await pull('docs/risks.md');
      assert.ok(found.some((one) => one.code === 'REG-013' && one.severity === 1));
      for (const one of found) {
        assert.equal(one.source, 'コボガイド');
        if (one.codeDescription !== undefined) assert.match(one.codeDescription.href, /^kobo-book:\/starter\/pages\/[\w/-]+\.md/);
      }
    });
  }

  it('shows nothing in a folder without kobo.yaml, but what names a type itself', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kobo-loose-'));
    mkdirSync(join(folder, 'minutes'));
    writeFileSync(join(folder, 'minutes', '2026-11-20_定例.md'), '# 定例会議 議事録\n\n## 議題\n\n- 進捗\n');
    writeFileSync(join(folder, 'foreign.md'), '---\ntype: docs\n---\n# Foreign\n');
    writeFileSync(join(folder, 'typed.md'), '---\ntype: minutes\ntitle: 定例\n---\n# 定例\n');
    const { open, pull } = await start({ folder });
    for (const path of ['minutes/2026-11-20_定例.md', 'foreign.md']) {
      await open(path);
      assert.deepEqual(await pull(path), []);
    }
    await open('typed.md');
    assert.ok((await pull('typed.md')).length > 0);
  });

  it('explains in the hover and fixes by edits', async () => {
    const { client, open, pull, uri } = await start();
    await open('docs/issues.csv');
    const finding = (await pull('docs/issues.csv')).find((one) => one.code === 'REG-003');
    assert.ok(finding);
    const hover = await client.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri: uri('docs/issues.csv') }, position: finding.range.start });
    assert.match(JSON.stringify(hover), /なぜ？/);
    const actions = await client.sendRequest<CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: uri('docs/issues.csv') }, range: finding.range, context: { diagnostics: [finding] },
    });
    assert.ok(actions.some((action) => Object.keys(action.edit?.changes ?? {}).length > 0));
  });

  it('tells the days of an example as they are from today', async () => {
    const { client, open, pull, uri } = await start({ clock: Date.parse('2026-12-15T03:00:00Z') });
    await open('docs/issues.csv');
    const finding = (await pull('docs/issues.csv')).find((one) => one.code === 'FRS-001');
    assert.ok(finding);
    const hover = await client.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri: uri('docs/issues.csv') }, position: finding.range.start });
    assert.match(JSON.stringify(hover), /良い例.*2026\W+12\W+15.*直したい例.*2026\W+12\W+14/s);
  });

  it('searches everything and shows a page with its rules, safely', async () => {
    const from = await start();
    const result = await searchAll(from, query('切り戻し'));
    assert.ok(result.hits.length > 3);
    assert.match(result.hits[0]?.title ?? '', /切り戻し/);
    for (const kind of thingKinds) assert.equal(typeof result.counts[kind], 'number');
    const hit = result.hits.find((one) => one.kind === 'page' && one.place.kind === 'page');
    assert.ok(hit?.place.kind === 'page');
    const page = await from.client.sendRequest<PageView | null>(methods.page, { book: hit.place.book, path: hit.place.path, query: '切り戻し', uri: '' });
    assert.ok(page !== null && page.blocks.length > 0 && page.matches > 0);
    assert.ok(!JSON.stringify(page.blocks).includes('javascript:'));
  });

  it('finds project documents beside the Book once the product is read', async () => {
    const from = await start();
    await from.open('docs/risks.md');
    await from.client.sendRequest(methods.checkAll, { folder: '' });
    const result = await searchAll(from, query('シフトナビ', { uri: from.uri('docs/risks.md'), kinds: ['document'] }));
    assert.ok(result.hits.some((hit) => hit.place.kind === 'file' && hit.place.uri.includes('/docs/')));
  });

  it('says what belongs to the document at hand', async () => {
    const { client, open, uri } = await start();
    await open('docs/risks.md');
    const view = await client.sendRequest<ContextView>(methods.context, { uri: uri('docs/risks.md'), position: { line: 18, character: 2 } });
    assert.equal(view.document?.type, 'risk-register');
    assert.ok((view.document?.total ?? 0) > 0);
    assert.ok(view.findingCount > 0 && view.findings.length <= 3);
    assert.ok((view.section?.guides.length ?? 0) > 0);
  });

  it('names the rules for the document at hand, those with findings first', async () => {
    const { client, open, uri, pull } = await start();
    await open('docs/risks.md');
    await client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });
    const codes = new Set((await pull('docs/risks.md')).map(({ code }) => String(code)));
    const { rules, findingCount } = await client.sendRequest<ContextView>(methods.context, { uri: uri('docs/risks.md'), position: { line: 0, character: 0 } });
    const found = rules.filter((rule) => rule.state === 'findings');
    assert.deepEqual(new Set(found.map(({ id }) => id)), codes);
    assert.equal(found.reduce((sum, rule) => sum + rule.findings, 0), findingCount);
    assert.deepEqual(rules.slice(0, found.length), found);
    assert.ok(rules.some((rule) => rule.state === 'passes'));
  });

  it('offers what the Book names to search for first, each with an answer', async () => {
    const from = await start();
    const { tryQueries } = await from.client.sendRequest<ContextView>(methods.context, { uri: '', position: { line: 0, character: 0 } });
    assert.equal(tryQueries[0], '議事録の書き方');
    for (const text of tryQueries) assert.ok((await searchAll(from, query(text))).hits.length > 0, text);
  });

  it('calls no rule kept in a document that it cannot read', async () => {
    const { client, open, uri } = await start();
    await open('docs/risks.md', `---\ntype: risk-register\n---\n# ${'\uFFFD'.repeat(40)}\n`);
    await client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });
    const { rules } = await client.sendRequest<ContextView>(methods.context, { uri: uri('docs/risks.md'), position: { line: 0, character: 0 } });
    assert.ok(rules.length > 0);
    assert.ok(rules.every(({ state }) => state !== 'passes'));
  });

  it('checks all documents, with a summary', async () => {
    const { client } = await start();
    const all = await client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });
    assert.ok(all.files.some((file) => file.diagnostics.length > 0));
    assert.ok(all.summary.files >= 10 && all.summary.errors > 0);
    assert.equal(all.cancelled, false);
  });

  it('renders a template whose answers cannot become snippet syntax', async () => {
    const { client, uri } = await start();
    const choices = await client.sendRequest<TemplateChoice[]>(methods.templates, { uri: uri('docs/risks.md') });
    const minutes = choices.find((choice) => choice.id === 'minutes');
    assert.ok(minutes);
    assert.match(minutes.path, /^docs\/minutes\/2026-11-24_定例会議\.md$/);
    const rendered = await client.sendRequest<RenderedTemplate>(methods.renderTemplate, { id: 'minutes', uri: uri('docs/risks.md'), answers: { meeting: '$1 ${TM_FILENAME} }' } });
    assert.ok(rendered.text.includes('$1 ${TM_FILENAME} }'));
    assert.ok(rendered.snippet.includes('\\$1 \\${TM_FILENAME\\} \\}'));
  });

  it('shows a template as a person reads it: titles of fields, blanks in words', async () => {
    const { client } = await start();
    const page = async (name: string): Promise<string> => {
      const view = await client.sendRequest<PageView | null>(methods.page, { book: 'starter', path: `templates/${name}`, query: '', uri: '' });
      assert.ok(view !== null, name);
      const [first] = view.blocks.filter(({ kind }) => kind !== 'paragraph');
      assert.equal(first?.kind, 'table', name);
      return view.markdown + JSON.stringify(view.blocks);
    };
    const incident = await page('incident-report.md');
    for (const words of ['| 種別 | 障害報告 |', '| 責任者 | 【記入：書いた人】 |', '| 題名 | 【記入：何が起きているか（短く）】 障害報告 |', '| 重大度 | 【記入：重大度（Sev1〜Sev4）】 |']) assert.ok(incident.includes(words), words);
    assert.doesNotMatch(incident, /\{\{|template_version|incident-report/u);
    const register = await page('risk-register-csv.yaml');
    assert.match(register, /\| ID \| 起票日 \|/u);
    assert.doesNotMatch(register, /\{\{/u);
  });

  it('puts a new document where the product keeps its like', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kobo-home-'));
    writeFileSync(join(folder, 'kobo.yaml'), 'format: 1\nproduct: { id: navi, name: ナビ }\ndocuments:\n  "議事録/**": minutes\n  "障害/*.md": incident-report\n');
    for (const [path, text] of [['議事録/20261111_週次.md', '# 週次\n'], ['報告/週報.md', '---\ntype: status-report\n---\n# 週報\n']] as const) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { client, uri } = await start({ folder });
    const placed = async (id: string): Promise<string> =>
      (await client.sendRequest<RenderedTemplate>(methods.renderTemplate, { id, uri: uri('kobo.yaml'), answers: {} })).path;
    assert.match(await placed('minutes'), /^議事録\/2026-11-24_/u);
    assert.match(await placed('incident-report'), /^障害\/2026-11-24_/u);
    assert.match(await placed('status-report'), /^報告\//u);
    assert.match(await placed('adr'), /^docs\/adr\//u);
  });

  it('proposes a kobo.yaml with evidence, and what each line would report', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kobo-setup-'));
    mkdirSync(join(folder, 'docs', 'minutes'), { recursive: true });
    for (const day of ['10', '17', '24']) {
      writeFileSync(join(folder, 'docs', 'minutes', `2026-11-${day}_定例.md`), `# 定例会議 議事録\n\n日時：2026-11-${day}\n\n## 議題\n\n- 進捗\n\n## アクション\n\n| アクション | 担当 | 期限 |\n|---|---|---|\n| 連絡 | 佐藤 | 2026-11-31 |\n`);
    }
    const { client, uri } = await start({ folder });
    const view = await client.sendRequest<SetupView>(methods.proposeSetup, { folder: uri('') });
    const line = view.lines.find((one) => one.type === 'minutes');
    assert.ok(line?.sure, JSON.stringify(view.lines));
    assert.ok(line.evidence !== '' && line.files === 3);
    assert.ok(line.counts.warning + line.counts.error > 0, 'no count of what it would report');
    const rendered = await client.sendRequest<RenderedSetup>(methods.renderSetup, {
      folder: uri(''), id: view.id, name: view.name, phase: 'test', lines: view.lines.map(({ pattern, type }) => ({ pattern, type })), baseline: true,
    });
    assert.match(rendered.koboYaml, /minutes/);
    assert.match(rendered.koboYaml, /baseline/);
    assert.ok((JSON.parse(rendered.baseline) as { findings: unknown[] }).findings.length > 0);

    // The check says as many as the proposal did.
    writeFileSync(join(folder, 'kobo.yaml'), rendered.koboYaml.replace(/^baseline:.*$/mu, ''));
    const first = (await (await start({ folder })).client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' })).summary;
    assert.deepEqual(
      [first.errors, first.warnings, first.infos, first.hints],
      (['error', 'warning', 'info', 'hint'] as const).map((severity) => view.lines.reduce((sum, each) => sum + each.counts[severity], 0)),
    );
    await session?.stop();

    // What was there before is told no more in the editor either; what is new is.
    writeFileSync(join(folder, 'kobo.yaml'), rendered.koboYaml);
    writeFileSync(join(folder, '.kobo-baseline.json'), rendered.baseline);
    const after = await start({ folder });
    await after.open('docs/minutes/2026-11-24_定例.md');
    assert.deepEqual(await after.pull('docs/minutes/2026-11-24_定例.md'), []);
    const all = await after.client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });
    assert.deepEqual([all.summary.errors, all.summary.warnings], [0, 0]);
    assert.ok(all.summary.baselined > 0);
    writeFileSync(join(folder, 'docs', 'minutes', '2026-11-25_臨時.md'), '# 臨時会議 議事録\n\n日時：2026-11-25（月）\n');
    await after.stop();
    const later = await start({ folder });
    await later.open('docs/minutes/2026-11-25_臨時.md');
    assert.ok((await later.pull('docs/minutes/2026-11-25_臨時.md')).length > 0);
  });

  it('promises as many findings as the check then shows, remarks and what is said at kobo.yaml included', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kobo-setup-'));
    for (const name of ['手順書', '議事録', '障害']) mkdirSync(join(folder, name));
    const files: Readonly<Record<string, string>> = {
      '課題一覧.md': '# 課題一覧\n\n| No | 課題 | 担当 | 期限 | 状況 |\n|---|---|---|---|---|\n| 1 | 帳票の数字が合わない | 三浦 | 2026-10-21 | 対応中 |\n| 2 | 画面が遅い | | 2026-12-27 | 完了 |\n',
      '引継書.md': '# 引継書\n\n作成：三浦\n\n[再起動](手順書/再起動.md)\n',
      '手順書/再起動手順書.md': '# 再起動手順書\n\n作成：三浦\n\n## 手順\n1. 止める\n', '手順書/月次手順書.md': '# 月次手順書\n\n1. 回す\n',
      '障害/20260915_障害報告.md': '# 障害報告：受付画面\n\n発生日時：2026年9月15日\n\n## 影響\n全社\n', 'FAQ.md': '# FAQ\n', '運用/メモ.md': '# 運用 runbook\n',
    };
    for (const n of [1, 2, 3, 4, 5]) writeFileSync(join(folder, '議事録', `2026110${String(n)}_定例.md`), `# 定例 議事録\n\n日時：2026-11-0${String(n)}\n\n## アクション\n- 連絡\n`);
    for (const path of Object.keys(files)) {
      mkdirSync(join(folder, path, '..'), { recursive: true });
      writeFileSync(join(folder, path), files[path] ?? '');
    }
    const { client, uri } = await start({ folder });
    const view = await client.sendRequest<SetupView>(methods.proposeSetup, { folder: uri('') });
    assert.ok(view.unknown.includes('FAQ.md'), view.unknown.join(' '));
    const params = {
      folder: uri(''), id: view.id, name: view.name, phase: 'unyo', lines: view.lines.filter((line) => line.sure).map(({ pattern, type }) => ({ pattern, type })), baseline: false,
    };
    const promised = await client.sendRequest<SeverityCounts>(methods.countSetup, params);
    writeFileSync(join(folder, 'kobo.yaml'), (await client.sendRequest<RenderedSetup>(methods.renderSetup, params)).koboYaml);
    await session?.stop();
    const all = await (await start({ folder })).client.sendRequest<CheckAllResult>(methods.checkAll, { folder: '' });
    const { errors, warnings, infos, hints } = all.summary;
    assert.deepEqual(promised, { error: errors, warning: warnings, info: infos, hint: hints });
    assert.ok(errors + warnings > 0 && infos > 0, JSON.stringify(promised));
    assert.ok(all.files.some((file) => file.uri.endsWith('kobo.yaml') && file.diagnostics.length > 0), 'nothing at kobo.yaml');
    // Whoever accepts what is ticked is told how much is left out.
    assert.deepEqual([all.untyped > 0, all.untypedKobo], [true, uri('kobo.yaml')]);
    // A row names its remarks: no file has more than its row says.
    for (const line of view.lines.filter((each) => each.sure && !each.pattern.includes('*'))) {
      const own = all.files.find((file) => file.uri === uri(line.pattern))?.diagnostics ?? [];
      assert.equal(own.length, line.counts.error + line.counts.warning + line.counts.info + line.counts.hint, line.pattern);
    }
  });

  it('says of any table of a product that it is garbled, once, with the fix that reads it anew', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'kobo-garbled-'));
    // 「課題」 in Shift_JIS.
    const word = [0x89, 0xdb, 0x91, 0xe8];
    const bytes = Buffer.from([...Array.from({ length: 12 }, () => [...word, 0x2c]).flat(), 0x0a, ...Array.from({ length: 12 }, () => [...word, 0x2c]).flat(), 0x0a]);
    for (const name of ['表.csv', 'メモ.md']) writeFileSync(join(folder, name), bytes);
    writeFileSync(join(folder, 'kobo.yaml'), 'product: { id: p, name: p }\nlanguage: ja\n');
    const { client, open, pull, uri } = await start({ folder });
    await open('表.csv', bytes.toString('utf8'));
    const found = await pull('表.csv');
    assert.deepEqual(found.map(({ code, severity }) => [code, severity]), [['DOC-002', 4]]);
    const actions = await client.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: uri('表.csv') }, range: found[0]?.range, context: { diagnostics: found } });
    const reopen = actions.find((action) => action.command?.command === 'kobo.reopen');
    assert.deepEqual(reopen?.command?.arguments, [uri('表.csv'), 'shiftjis']);
    // Read in its encoding there is nothing to say; nor of a page that nobody called a document.
    await open('メモ.md', bytes.toString('utf8'));
    assert.deepEqual(await pull('メモ.md'), []);
    assert.deepEqual((await client.sendRequest<Diagnostic[]>(methods.checkFile, { uri: uri('メモ.md') })), []);
  });

  it('says in one sentence why a Book cannot be read, and goes on with the starter Book', async () => {
    for (const [book, trusted, sentence] of [
      ['/no/such/book', true, /読めませんでした/],
      ['https://example.com/book.git', true, /まだ取り込めません/],
      [tmpdir(), false, /信頼/],
    ] as const) {
      const other = await startSession({ folder: mkdtempSync(join(tmpdir(), 'kobo-empty-')), settings: { book }, trusted });
      const found = await searchAll(other, query('議事録'));
      assert.ok(found.hits.length > 0, 'the starter Book does not answer');
      assert.ok(other.bookStates.some((state) => state.phase === 'failed' && sentence.test(state.message)), JSON.stringify(other.bookStates.at(-1)));
      await other.stop();
    }
  });
});
