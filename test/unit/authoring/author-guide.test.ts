import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Book } from '../../../src/core/book/book';
import { checkBook } from '../../../src/core/book/check';
import { loadBook } from '../../../src/core/book/load';
import { packBook } from '../../../src/core/book/pack';
import { hasShape } from '../../../src/core/book/validate';
import { effectiveSettings } from '../../../src/core/product/settings';
import { compileRules } from '../../../src/core/rules/compile';
import { runExamples } from '../../../src/core/rules/examples';
import { messageValues } from '../../../src/core/rules/messages';
import { filesBelow, memoryFolder } from '../book/folders';
import { today } from './support';

const guide = readFileSync('docs/rule-language.ja.md', 'utf8');
const head = 'format: 1\ngroup: recipes\ntitle: 見本\nguide: pages/rules/registers.md\ntoday: 2026-11-24\nrules:\n';

/** The guide's blocks of YAML: the file it begins with, and every rule that can be copied. */
function blocks(): { readonly file: string; readonly rules: readonly string[] } {
  const found = [...guide.matchAll(/^```yaml ?(.*)\n([^]*?)^```$/gmu)];
  return {
    file: found.find(([, path]) => path === 'rules/hoshi.yaml')?.[2] ?? '',
    rules: found.flatMap(([, path, text = '']) => (path === '' ? [text] : [])),
  };
}

/** Code in one column of the tables below a heading. */
function codeIn(heading: string, column: number): readonly string[] {
  const start = guide.indexOf(`\n${heading}`);
  assert.ok(start >= 0, heading);
  const section = guide.slice(start + 1, guide.indexOf('\n#', start + 1));
  const rows = section.split('\n').filter((line) => line.startsWith('| ')).slice(2);
  return rows.flatMap((row) => [...(row.split(/(?<!\\)\|/u)[column] ?? '').matchAll(/`([^`]+)`/gu)].map(([, code = '']) => code));
}

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly unknown[];
}

/** Every key and word of the language, by the schema of rule files. `applies.roles` is not read. */
function wordsOfLanguage(): ReadonlySet<string> {
  const schema = JSON.parse(readFileSync('src/core/book/schemas/rule.schema.json', 'utf8')) as Schema & { readonly $defs: Record<string, Schema> };
  const words = new Set<string>();
  const walk = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { properties, enum: listed } = node as Schema;
    for (const name of Object.keys(properties ?? {})) words.add(name);
    for (const word of listed ?? []) if (typeof word === 'string') words.add(word);
    for (const each of Object.values(node)) walk(each);
  };
  walk(schema.properties);
  for (const [name, part] of Object.entries(schema.$defs)) if (!['adjustment', 'adjustments'].includes(name)) walk(part);
  for (const word of ['roles', 'yes']) words.delete(word);
  return words;
}

describe('the guide for rule authors', function () {
  this.timeout(60_000);
  let book: Book;
  const { file, rules } = blocks();

  before(async () => {
    const recipes = `${head}${rules.join('').replace(/^(?=.)/gmu, '  ')}`;
    book = await loadBook(memoryFolder(new Map([
      ['book.yaml', 'format: 1\nid: hoshi\nname: ほしブック\nlanguage: ja\nextends: starter\n'], ['rules/hoshi.yaml', file], ['rules/recipes.yaml', recipes],
    ])), { starter: packBook(filesBelow('templates', (path) => !path.startsWith('samples/'))) });
  });

  it('has rules that load without a remark', () => {
    assert.ok(rules.length >= 12 && rules.every((text) => text.startsWith('- id: ')));
    const own = book.rules.filter(({ origin }) => origin.layer === 'hoshi');
    assert.equal(own.length, rules.length + 1);
    const problems = [...book.problems, ...compileRules(book, effectiveSettings(book, undefined, today)).problems, ...checkBook(book, today)];
    assert.deepEqual(problems.filter(({ path }) => path.startsWith('rules/') && ['hoshi', 'recipes'].some((name) => path.endsWith(`${name}.yaml`))).map(({ code, message }) => `${code} ${message.text}`), []);
  });

  it('has examples that behave, and good and bad ones of each rule', async () => {
    for (const rule of book.rules.filter(({ origin }) => origin.layer === 'hoshi')) {
      const results = await runExamples(rule, book);
      assert.deepEqual(results.flatMap(({ ok, kind, index, reason }) => (ok ? [] : [`${rule.id} ${kind}[${String(index)}] ${reason}`])), []);
      assert.deepEqual([...new Set(results.map(({ kind }) => kind))], ['good', 'bad'], rule.id);
    }
  });

  it('names every key and word of the language, and every value of a message', () => {
    const code = [...guide.matchAll(/^```yaml[^\n]*\n([^]*?)^```$|`([^`\n]+)`/gmu)].map(([, block, span]) => block ?? span ?? '').join('\n');
    const named = new Set(code.match(/[a-z][a-z_]*/gu));
    assert.deepEqual([...wordsOfLanguage()].filter((word) => !named.has(word)), []);
    assert.deepEqual(messageValues.filter((value) => !code.includes(`{${value}}`)), []);
  });

  it('writes conditions in its tables as rules take them', () => {
    const conditions = [...codeIn('## 述語の一覧', 3).map((text) => [text, 'rows'] as const), ...codeIn('### 集まりを数える', 3).map((text) => [text, 'document'] as const)];
    const read = conditions.filter(([text]) => text.includes(': '));
    assert.ok(read.length >= 50, String(read.length));
    for (const [text, on] of read) {
      const rule = { id: 'HOS-999', title: 'x', types: ['issue-log'], on, message: 'x', require: parse(text) as unknown };
      assert.ok(hasShape('one-rule', rule), text);
    }
  });

  it('writes fixes, severities and what a rule applies to as rules take them', () => {
    const fixes = codeIn('## 直し（fix）', 3);
    assert.ok(fixes.length >= 20, String(fixes.length));
    for (const text of [...fixes, ...codeIn('## 段階', 2), ...codeIn('## 何を調べるか', 2), ...codeIn('## 重さ（severity）', 2)]) {
      if (!text.includes(': ') || text.startsWith('on: { …')) continue;
      const written = parse(text.startsWith('types: { ') || text.startsWith('missing: ') ? `severity: { default: warning, ${text} }` : text) as object;
      assert.ok(hasShape('one-rule', { id: 'HOS-999', title: 'x', on: 'rows', message: 'x', require: { due: 'filled' }, ...written }), text);
    }
  });
});
