import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ClientCapabilities, CodeAction, CompletionItem, Diagnostic, DocumentDiagnosticReport, DocumentLink, Hover, Location, TextEdit } from 'vscode-languageserver-protocol/node';
import { vsixOfThisRun } from '../host/vsix';
import { unpackVsix } from '../host/zip.mjs';
import { eventually, startPlainEditor, type PlainEditor, type PlainEditorOptions } from './lsp-client';

const kobo = 'format: 1\nproduct: { id: small, name: 小さい }\nphase: test\nlevel: L3\nlanguage: ja\ndocuments:\n  docs/requirements.md: requirements\n  docs/risks.md: risk-register\n  docs/tests.md: test-plan\n';
const requirements = '# 要件一覧\n\n| 要件ID | 要件 | 優先度 | 受入条件 | 出典 | 状態 |\n|---|---|---|---|---|---|\n| REQ-001 | 希望を出せる | 必須 | 1分以内に画面に出る | 聞き取り | 合意 |\n';
const risks = '# リスク管理表\n\n| ID | リスク | 確率 | 影響 | 対応 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|---|---|---|\n| R-001 | 通知が遅れる | 高 | 高 |  |  |  | 対応中 |\n';
const tests = '# テスト計画書\n\n希望の画面（REQ-001）を先に確かめる。\n\n## テスト項目\n\n| ID | 要件ID | 項目 |\n|---|---|---|\n| T-001 | REQ-001 | 希望を出す |\n| T-002 | REQ-009 | 通知を受け取る |\n';

const pulling: ClientCapabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
const watching: ClientCapabilities = { workspace: { workspaceFolders: true, didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true } } };

const ownRule = (message: string): string => `group: own\ntitle: 自社の決まり\nguide: rules.md\nlevel: L1\nseverity: warning\nrules:\n  - { id: OWN-200, title: 責任者, types: [test-plan], on: document, require: { owner: filled }, message: ${message} }\n`;

describe('kobo lsp --stdio', function () {
  this.timeout(60_000);
  let scratch: string;
  let root: string;
  let editor: PlainEditor | undefined;
  beforeEach(() => {
    scratch = realpathSync(mkdtempSync(join(tmpdir(), 'kobo-lsp-')));
    root = join(scratch, '小さい (1)');
    mkdirSync(join(root, 'docs'), { recursive: true });
    writeFileSync(join(root, 'kobo.yaml'), kobo);
    for (const [name, text] of [['requirements', requirements], ['risks', risks], ['tests', tests]] as const) writeFileSync(join(root, 'docs', `${name}.md`), text);
  });
  afterEach(async () => {
    await editor?.stop();
    editor = undefined;
    rmSync(scratch, { recursive: true, force: true });
  });
  const start = async (options: Partial<PlainEditorOptions> = {}): Promise<PlainEditor> => {
    editor = await startPlainEditor({ root: { rootUri: pathToFileURL(root).href }, ...options });
    return editor;
  };
  const at = (text: string, word: string, of = 0) => {
    const line = text.split('\n').findIndex((one, i) => i >= of && one.includes(word));
    return { line, character: (text.split('\n')[line] ?? '').indexOf(word) + 2 };
  };
  const has = (code: string) => (found: readonly Diagnostic[]): boolean => found.some((one) => one.code === code);
  const says = (words: string) => (found: readonly Diagnostic[]): boolean => JSON.stringify(found).includes(words);
  const isEmpty = (found: readonly Diagnostic[]): boolean => found.length === 0;
  const isSome = (found: readonly Diagnostic[]): boolean => found.length > 0;

  it('finds in a small product what is wrong, for a client that says nothing of itself', async () => {
    const one = await start();
    const uri = await one.open(join(root, 'docs', 'risks.md'));
    const found = await one.findings(uri, isSome);
    assert.ok(found.every(({ source, message }) => source === 'コボガイド' && message !== ''));
    // What needs another document comes when all are read.
    await one.findings(await one.open(join(root, 'docs', 'tests.md')), says('REQ-009'));
    assert.deepEqual(one.registrations, []);
    assert.deepEqual(one.unknown, []);
    assert.deepEqual(one.logged.filter((line) => /support|error/iu.test(line)), []);
    assert.equal(await one.stop(), 0);
  });

  it('does so from the package', async () => {
    const extension = join(scratch, 'extension');
    await unpackVsix(vsixOfThisRun(), extension);
    const one = await start({ cli: join(extension, 'dist', 'cli.js') });
    await one.findings(await one.open(join(root, 'docs', 'risks.md')), isSome);
    assert.equal(await one.stop(), 0);
  });

  it('takes the folder as older clients name it', async () => {
    const one = await start({ root: { rootPath: root, rootUri: null } });
    await one.findings(await one.open(join(root, 'docs', 'risks.md')), isSome);
  });

  it('finds the product above a document where no folder is open', async () => {
    const one = await start({ root: { rootUri: null, workspaceFolders: null } });
    await one.findings(await one.open(join(root, 'docs', 'risks.md')), isSome);
    await one.findings(await one.open(join(root, 'docs', 'tests.md')), says('REQ-009'));
  });

  it('says once that there is no product where no folder is open', async () => {
    const one = await start({ root: { rootUri: null } });
    rmSync(join(root, 'kobo.yaml'));
    mkdirSync(join(root, '.git'));
    for (const name of ['risks', 'tests']) assert.deepEqual(await one.findings(await one.open(join(root, 'docs', `${name}.md`)), isEmpty), []);
    await eventually('the sentence', () => one.logged.find((line) => line.includes('kobo.yaml')));
    assert.equal(one.logged.filter((line) => line.includes('kobo init')).length, 1);
  });

  it('sends what changed with the text and with other documents, and takes it back', async () => {
    const one = await start();
    const uri = await one.open(join(root, 'docs', 'tests.md'));
    const unknown = says('REQ-009');
    await one.findings(uri, unknown);
    const other = await one.open(join(root, 'docs', 'requirements.md'));
    await one.change(other, `${requirements}| REQ-009 | 通知を受け取れる | 必須 | 10分以内に届く | 聞き取り | 合意 |\n`, 2);
    await one.findings(uri, (found) => !unknown(found));
    await one.change(uri, tests.replace('REQ-009', 'REQ-008'), 2);
    await one.findings(uri, says('REQ-008'));
    assert.equal(one.published.filter((sent) => sent.uri === uri).at(-1)?.version, 2);
    await one.client.sendNotification('textDocument/didClose', { textDocument: { uri: other } });
    await one.change(uri, tests, 3);
    // What was not saved is gone.
    await one.findings(uri, says('REQ-009'));
    const risk = await one.open(join(root, 'docs', 'risks.md'));
    await one.findings(risk, isSome);
    await one.client.sendNotification('textDocument/didClose', { textDocument: { uri: risk } });
    await one.findings(risk, isEmpty);
  });

  it('says what is wrong in a kobo.yaml before it is saved', async () => {
    const one = await start();
    const uri = await one.open(join(root, 'kobo.yaml'));
    await one.findings(uri, () => true);
    await one.change(uri, kobo.replace('phase: test', 'phase: abc'), 2);
    await one.findings(uri, has('kobo.book.unknown-phase'));
  });

  it('sends nothing to a client that asks itself', async () => {
    const one = await start({ capabilities: pulling });
    assert.ok(one.answer.capabilities.diagnosticProvider);
    const uri = await one.open(join(root, 'docs', 'risks.md'));
    const report = await one.client.sendRequest<DocumentDiagnosticReport>('textDocument/diagnostic', { textDocument: { uri } });
    assert.ok(report.kind === 'full' && report.items.length > 0);
    await eventually('the request to ask again', () => one.unknown.find((method) => method === 'workspace/diagnostic/refresh'));
    assert.deepEqual(one.published, []);
  });

  it('has the client watch the files it reads, and sees what changes outside of the editor', async () => {
    const book = join(scratch, 'book');
    cpSync('test/fixtures/books/overlaid', book, { recursive: true });
    writeFileSync(join(root, 'kobo.yaml'), kobo.replace('phase:', 'book: ../book\nphase:'));
    const one = await start({ capabilities: watching, root: { rootUri: pathToFileURL(root).href, workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'small' }] } });
    await eventually('the watcher of the Book', () => (one.registrations.length > 1 ? true : undefined));
    assert.ok(one.registrations.every(({ method }) => method === 'workspace/didChangeWatchedFiles'));
    const patterns = JSON.stringify(one.registrations.map(({ registerOptions }) => registerOptions as unknown));
    assert.match(patterns, /\*\*\/\*\.\{md,markdown,yaml,yml,csv\}/u);
    assert.ok(patterns.includes(`"baseUri":"${pathToFileURL(book).href}"`), patterns);
    const uri = await one.open(join(root, 'docs', 'tests.md'));
    const unknown = says('REQ-009');
    await one.findings(uri, unknown);
    const file = join(root, 'docs', 'requirements.md');
    writeFileSync(file, requirements.replace('REQ-001', 'REQ-009'));
    await one.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(file).href, type: 2 }] });
    await one.findings(uri, (found) => !unknown(found));
    const rules = join(book, 'rules', 'own.yaml');
    writeFileSync(rules, ownRule('責任者を書いてください。'));
    await one.client.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ uri: pathToFileURL(rules).href, type: 2 }] });
    await one.findings(uri, has('OWN-200'));
  });

  it('sees a file of the Book that is saved in an editor that watches nothing', async () => {
    const book = join(scratch, 'book');
    cpSync('test/fixtures/books/overlaid', book, { recursive: true });
    writeFileSync(join(root, 'kobo.yaml'), kobo.replace('phase:', 'book: ../book\nphase:'));
    const one = await start();
    const uri = await one.open(join(root, 'docs', 'tests.md'));
    await one.findings(uri, isSome);
    const file = join(book, 'rules', 'own.yaml');
    const rules = await one.open(file);
    writeFileSync(file, ownRule('責任者を書いてください。'));
    await one.client.sendNotification('textDocument/didSave', { textDocument: { uri: rules } });
    const found = await one.findings(uri, has('OWN-200'));
    // The page that explains it is a file on this machine.
    assert.equal(found.find(({ code }) => code === 'OWN-200')?.codeDescription?.href, pathToFileURL(join(book, 'pages', 'rules.md')).href);
    assert.deepEqual(one.registrations, []);
  });

  it('gives plain edits, formats without being registered and leaves lenses out', async () => {
    const one = await start();
    assert.equal(one.answer.capabilities.documentFormattingProvider, true);
    assert.equal(one.answer.capabilities.documentRangeFormattingProvider, true);
    assert.equal(one.answer.capabilities.codeLensProvider, undefined);
    const uri = await one.open(join(root, 'docs', 'risks.md'));
    const found = await one.findings(uri, isSome);
    assert.ok(found.every(({ codeDescription }) => codeDescription === undefined));
    const actions = await one.client.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri }, range: found[0]?.range, context: { diagnostics: found } });
    assert.ok(actions.length > 0);
    assert.deepEqual(actions.filter(({ command, edit }) => command !== undefined || edit === undefined), []);
    assert.deepEqual(actions.filter(({ edit }) => edit?.documentChanges !== undefined), []);
    const edits = await one.client.sendRequest<TextEdit[]>('textDocument/formatting', { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } });
    assert.equal(edits.length, 1);
  });

  it('renames files and fills snippets in only for a client that can', async () => {
    const able: ClientCapabilities = {
      workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename'] } },
      textDocument: { completion: { completionItem: { snippetSupport: true } } },
    };
    mkdirSync(join(root, 'docs', 'minutes'));
    writeFileSync(join(root, 'docs', 'minutes', '定例.md'), '---\ntype: minutes\ndate: 2026-11-20\n---\n# 定例\n');
    const offered = async (capabilities: ClientCapabilities): Promise<{ readonly renames: boolean; readonly snippet: boolean }> => {
      const one = await start({ capabilities });
      const minutes = await one.open(join(root, 'docs', 'minutes', '定例.md'));
      const found = await one.findings(minutes, has('NAM-001'));
      const actions = await one.client.sendRequest<CodeAction[]>('textDocument/codeAction', { textDocument: { uri: minutes }, range: found[0]?.range, context: { diagnostics: found } });
      const renames = actions.some(({ edit }) => edit?.documentChanges !== undefined);
      const uri = await one.open(join(root, 'memo.md'), '\n');
      const items = await one.client.sendRequest<CompletionItem[]>('textDocument/completion', { textDocument: { uri }, position: { line: 0, character: 0 } });
      assert.ok(items.length > 0);
      await one.stop();
      return { renames, snippet: items.some(({ insertTextFormat }) => insertTextFormat === 2) };
    };
    assert.deepEqual(await offered({}), { renames: false, snippet: false });
    assert.deepEqual(await offered(able), { renames: true, snippet: true });
  });

  it('says in a hover what the guide says, without addresses that only the extension opens', async () => {
    const one = await start();
    const uri = await one.open(join(root, 'docs', 'risks.md'));
    const found = await one.findings(uri, isSome);
    const hovers = await Promise.all(found.map(({ range }) => one.client.sendRequest<Hover | null>('textDocument/hover', { textDocument: { uri }, position: range.start })));
    const texts = hovers.map((hover) => JSON.stringify(hover?.contents ?? ''));
    assert.ok(texts.some((text) => text.includes('手引き「')));
    assert.deepEqual(texts.filter((text) => /kobo-\w+:|command:/u.test(text)), []);
    assert.ok(texts.some((text) => /手引き「[^」]*」\*\*\\n\\n.{20}/u.test(text)), texts.join('\n'));
  });

  it('links to pages of a Book that are files', async () => {
    const book = join(scratch, 'book');
    cpSync('test/fixtures/books/overlaid', book, { recursive: true });
    const one = await start({ root: { rootUri: pathToFileURL(book).href } });
    const uri = await one.open(join(book, 'rules', 'own.yaml'));
    const links = await one.client.sendRequest<DocumentLink[]>('textDocument/documentLink', { textDocument: { uri } });
    assert.ok(links.length > 0 && links.every(({ target }) => target?.startsWith(`${pathToFileURL(book).href}/`)), JSON.stringify(links));
  });

  it('goes from a number to its record and to all places that name it', async () => {
    const one = await start();
    const uri = await one.open(join(root, 'docs', 'tests.md'));
    const record = { uri: pathToFileURL(join(root, 'docs', 'requirements.md')).href, range: { start: { line: 4, character: 2 }, end: { line: 4, character: 9 } } };
    const same = (one: Location | undefined) => one && { ...one, uri: decodeURIComponent(one.uri) };
    for (const position of [at(tests, 'REQ-001'), at(tests, 'REQ-001', 5)]) {
      const places = await one.client.sendRequest<Location[]>('textDocument/definition', { textDocument: { uri }, position });
      assert.deepEqual(places.map(same), [same(record)]);
    }
    const references = (includeDeclaration: boolean) => one.client.sendRequest<Location[]>('textDocument/references', { textDocument: { uri }, position: at(tests, 'REQ-001'), context: { includeDeclaration } });
    assert.deepEqual((await references(false)).map(({ range }) => range.start.line), [2, 8]);
    assert.equal((await references(true)).length, 3);
    assert.deepEqual(await one.client.sendRequest('textDocument/definition', { textDocument: { uri }, position: at(tests, 'REQ-009') }), []);
  });

  it('refuses what is asked after the shutdown', async () => {
    const one = await start();
    const uri = await one.open(join(root, 'docs', 'risks.md'));
    await one.client.sendRequest('shutdown');
    await assert.rejects(one.client.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line: 0, character: 0 } }), { code: -32600 });
    assert.equal(await one.stop(), 0);
  });
});
