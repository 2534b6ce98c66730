import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { parseDocument, stringify } from 'yaml';
import { readPageHead } from '../../../src/core/book/front-matter';
import { packBook, unpackBook, type PackedBook } from '../../../src/core/book/pack';
import { loadBook } from '../../../src/core/book/load';
import { hasShape } from '../../../src/core/book/validate';
import { checkKoboFile } from '../../../src/core/product/kobo-check';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { effectiveSettings } from '../../../src/core/product/settings';
import { readWaiverComments } from '../../../src/core/product/waiver-comments';
import { runExamples } from '../../../src/core/rules/examples';
import { compileRules } from '../../../src/core/rules/compile';
import { readDocument } from '../../../src/core/document/read';
import { filesBelow, memoryFolder } from './folders';

/** The fenced examples of docs/formats.md that name a file: path → text. */
function examples(): Map<string, string> {
  const files = new Map<string, string>();
  let path: string | undefined;
  let lines: string[] = [];
  for (const line of readFileSync('docs/formats.md', 'utf8').split('\n')) {
    if (path !== undefined && line === '```') {
      files.set(path, `${lines.join('\n')}\n`);
      path = undefined;
    } else if (path !== undefined) {
      lines.push(line);
    } else if (line.startsWith('```') && line.includes(' ')) {
      path = line.slice(line.indexOf(' ') + 1);
      lines = [];
    }
  }
  return files;
}

describe('the examples of the format documentation', () => {
  const files = examples();
  let starter: PackedBook;

  before(function () {
    this.timeout(60_000);
    starter = packBook(filesBelow('templates', (path) => !path.startsWith('samples/')));
  });

  it('are a Book without problems', () => {
    const book = unpackBook(packBook(files));
    // The example adjusts rules of the starter Book, which is not under it here.
    assert.deepEqual(book.problems.filter((one) => one.code !== 'book.unknown-rule').map((one) => `${one.path} ${one.message.text}`), []);
    assert.deepEqual([book.pages.length, book.types.size, book.rules.length, book.templates.length, book.kits.length, book.terms.length], [1, 1, 1, 2, 1, 1]);
    assert.deepEqual([...book.types.get('minutes')!.words.get('status')!.words], [['open', ['未着手', '未対応']], ['waiting', ['先方待ち']], ['done', ['完了', '済']]]);
    assert.equal(book.rules[0]?.guide, 'pages/documents/minutes.md#決定事項');
    assert.equal(book.templates.find((template) => template.id === 'issues-csv')?.format, 'csv');
  });

  it('do over the starter Book what they say: nothing in them is without effect', async function () {
    this.timeout(60_000);
    const book = await loadBook(memoryFolder(files), { starter });
    const ownFiles = (path: string): boolean => files.has(path);
    assert.deepEqual(book.problems.map((one) => `${one.path} ${one.message.text}`), []);
    const text = files.get('kobo.yaml') ?? '';
    const { settings } = readKoboFile(text);
    const { problems } = compileRules(book, effectiveSettings(book, settings, '2026-11-24'));
    assert.deepEqual(problems.filter((one) => ownFiles(one.path)).map((one) => one.message.text), []);
    assert.deepEqual(checkKoboFile(text, settings, book).map((one) => one.message.text), []);
    assert.equal(book.rules.find((rule) => rule.id === 'REG-009')?.locked, true);
    const own = book.rules.find((rule) => rule.id === 'HOS-001');
    assert.ok(own);
    for (const result of await runExamples(own, book, 'ja')) assert.ok(result.ok, result.ok ? '' : result.reason);
  });

  it('of waivers in documents let pass what they name: rules that are there and may be waived', function () {
    this.timeout(60_000);
    const { rules } = unpackBook(starter);
    for (const name of ['docs/formats.md', 'docs/other-editors.md']) {
      const doc = readFileSync(name, 'utf8');
      const named = [...doc.matchAll(/kobo:waive (?<id>[A-Z]{2,6}-\d{3})|\{ "(?<own>[A-Z]{2,6}-\d{3})": "/gu)].map(({ groups }) => groups?.id ?? groups?.own);
      assert.ok(named.length > 0, name);
      for (const id of named) assert.equal(rules.find((rule) => rule.id === id)?.locked, false, `${name} ${String(id)}`);
    }
    const comments = readFileSync('docs/formats.md', 'utf8').split('\n').filter((line) => line.startsWith('<!-- kobo:waive'));
    const read = readWaiverComments(readDocument('docs/a.md', `# 題\n\n${comments.map((line) => `${line}\n文。\n`).join('\n')}`));
    assert.equal(read.length, comments.length);
    for (const waiver of read) assert.deepEqual([waiver.reason, waiver.approvedBy, waiver.until].filter((part) => part === ''), []);
  });

  it('hold a kobo.yaml without problems', () => {
    const { settings, problems } = readKoboFile(files.get('kobo.yaml') ?? '');
    assert.deepEqual(problems, []);
    assert.equal(settings.waivers[0]?.until, '2026-12-31');
  });

  it('use every key that the schemas of whole files know at their top', () => {
    const doc = readFileSync('docs/formats.md', 'utf8');
    for (const name of ['book', 'kobo', 'kit', 'terms', 'lifecycle', 'overlay', 'template', 'page', 'type']) {
      const schema = JSON.parse(readFileSync(`src/core/book/schemas/${name}.schema.json`, 'utf8')) as { properties: Record<string, unknown> };
      for (const key of Object.keys(schema.properties)) assert.ok(doc.includes(key), `${name}: ${key}`);
    }
  });
});

describe('the schemas', () => {
  it('explain every key to the editor', () => {
    for (const file of readdirSync('src/core/book/schemas')) {
      const silent: string[] = [];
      const walk = (node: unknown, at: string): void => {
        if (typeof node !== 'object' || node === null) return;
        for (const [key, value] of Object.entries(node)) {
          if (key === 'properties' && typeof value === 'object') {
            for (const [name, property] of Object.entries(value as Record<string, Record<string, unknown>>)) {
              if (property.description === undefined && property.$ref === undefined && !at.includes('adjustment') && !at.includes('params')) silent.push(`${at}/${name}`);
            }
          }
          walk(value, `${at}/${key}`);
        }
      };
      const schema = JSON.parse(readFileSync(`src/core/book/schemas/${file}`, 'utf8')) as Record<string, unknown>;
      walk(schema, file);
      assert.deepEqual(silent, []);
      assert.equal(schema.$schema, 'https://json-schema.org/draft/2020-12/schema');
      assert.equal(typeof schema.title, 'string');
    }
  });

  it('accept Japanese anchors and pages in folders as guides', () => {
    const rule = (guide: string) => ({ id: 'AAA-001', title: 'x', on: 'document', message: 'x', forbid: { words: 'x' }, guide });
    for (const guide of ['#必須の列', 'rules/登録簿.md#列の数', 'pages/a/b-c.md', 'a.md#最新・コピー']) assert.ok(hasShape('one-rule', rule(guide)), guide);
    for (const guide of ['a b.md', '#', 'https://x.example/ a']) assert.ok(!hasShape('one-rule', rule(guide)), guide);
  });

  it('refuse what is reserved or contradictory', () => {
    const rule = (rest: Record<string, unknown>) => ({ id: 'AAA-001', title: 'x', on: 'document', message: 'x', ...rest });
    assert.ok(!hasShape('one-rule', rule({ require: { expr: 'row.a > 1' } })));
    assert.ok(!hasShape('one-rule', rule({})));
    assert.ok(!hasShape('one-rule', rule({ require: { owner: 'filled' }, forbid: { owner: 'empty' } })));
    assert.ok(!hasShape('one-rule', rule({ forbid: { owner: 'empty', due: 'empty' } })));
    assert.ok(hasShape('one-rule', rule({ require: { owner: 'filled' }, stage: { pilot: ['a'] } })));
  });
});

describe('front matter of pages', () => {
  it('reads like YAML whether it takes the short way or not', function () {
    this.timeout(60_000);
    compare('a: a\t#\n');
    const key = fc.stringMatching(/^[a-z][a-z_-]{0,8}$/u);
    const scalar = fc.oneof(fc.string({ maxLength: 12 }), fc.string({ unit: fc.constantFrom('a', ' ', ':', '#', '"', "'", '[', ',', '-', '|', 'あ', '：', '\t', '{', '&', '*', '!', '%', '@', '`', '?', '~', '\\'), maxLength: 10 }), fc.integer().map(String));
    fc.assert(fc.property(fc.dictionary(key, fc.oneof(scalar, fc.array(scalar, { maxLength: 3 })), { maxKeys: 5 }), fc.boolean(), (data, flow) => {
      const yaml = Object.keys(data).length === 0 ? '' : stringify(data, { collectionStyle: flow ? 'flow' : 'block' });
      compare(yaml);
    }), { numRuns: 200 });
    fc.assert(fc.property(fc.array(fc.tuple(key, scalar.filter((text) => !text.includes('\n') && !text.includes('\r'))), { maxLength: 4 }), (lines) =>
      compare(lines.map(([name, value]) => `${name}: ${value}\n`).join(''))), { numRuns: 300 });
  });

  function compare(yaml: string): void {
    const head = readPageHead(`---\n${yaml}---\nbody\n`);
    const document = parseDocument(yaml, { logLevel: 'silent' });
    if (document.errors.length > 0) return;
    let expected: unknown;
    try {
      expected = document.toJS();
    } catch {
      // An alias of nothing.
      assert.deepEqual(head.problems.map((one) => one.fault), ['syntax']);
      return;
    }
    if (typeof expected !== 'object' || expected === null || Array.isArray(expected) || yaml.includes('\n---')) return;
    const text = (value: unknown): unknown => (Array.isArray(value) ? value.map(text) : value === null ? '' : typeof value === 'number' || typeof value === 'boolean' ? String(value) : value);
    const plain = (map: object) => Object.fromEntries(Object.entries(map).map(([name, value]) => [name, numeric(text(value))]));
    assert.deepEqual(plain(head.data), plain(expected), yaml);
    assert.equal(head.bodyStart, `---\n${yaml}---\n`.length);
  }

  /** Numbers keep their spelling on the short way (`1e3`, `007`), which is what a reader of a page wants. */
  function numeric(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(numeric);
    return typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
  }

  it('needs its closing line, and keeps CRLF offsets', () => {
    assert.deepEqual(readPageHead('---\ntitle: a\n').data, {});
    assert.equal(readPageHead('--- x\n---\n').bodyStart, 0);
    const text = '---\r\ntitle: "題 名"\r\ntags: [a, b]\r\n---\r\n本文';
    const head = readPageHead(text);
    assert.deepEqual(head.data, { title: '題 名', tags: ['a', 'b'] });
    assert.equal(text.slice(head.bodyStart), '本文');
    const span = head.spanOf('title');
    assert.equal(text.slice(span.start, span.end), '"題 名"');
  });
});
