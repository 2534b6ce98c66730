import assert from 'node:assert/strict';
import { parse } from 'yaml';
import type { Book, Template } from '../../../src/core/book/book';
import { effectiveSettings } from '../../../src/core/product/settings';
import { compileRules } from '../../../src/core/rules/compile';
import { readDocument } from '../../../src/core/document/read';
import { renderTemplate } from '../../../src/core/templates/render';
import { suggestPath } from '../../../src/core/templates/path';
import { findingsIn } from './checked';
import { filled, today } from './fill';
import { starterBook } from './starter-book';

describe('templates of the starter Book', function () {
  this.timeout(120_000);
  let book: Book;

  before(async () => {
    book = await starterBook();
  });

  it('exist for every type', () => {
    const served = new Set(book.templates.filter((template) => template.kind === 'document').map((template) => template.type));
    assert.deepEqual([...book.types.keys()].filter((type) => !served.has(type)), []);
    for (const [id, type] of book.types) assert.equal(book.templates.find((template) => template.id === type.template)?.type, id, id);
  });

  it('keep the fields at the top valid YAML, whatever is answered and whatever the product is called', () => {
    const plain = 'キカン';
    const answers = ['a: b', '基幹: 刷新', '"x"', '"x" y', "'x'", '#1', 'a #1', '- x', 'yes', 'no', '~', '2026-01-01', '1.0', '1e3', '0x1F', '[a', '{a}', '*a', '&a', '!a', '|', '>', '%a', '@a', '`a', '?', ': a', 'a:', 'a\\b', 'a\nb: c', '---', '...', plain];
    const rendered = (template: Template, answer: string): string => renderTemplate(
      template, { today, product: answer, product_id: answer, phase: answer, author: answer }, Object.fromEntries(template.asks.map(({ id }) => [id, answer])),
    ).text;
    const headOf = (template: Template, text: string): string => (template.format === 'yaml' ? text : (/^---\n(.*?)\n---\n/su.exec(text)?.[1] ?? ''));
    let checked = 0;
    for (const template of book.templates) {
      const usual = parse(headOf(template, rendered(template, plain)), { schema: 'failsafe' }) as Readonly<Record<string, unknown>> | null;
      if (usual === null) continue;
      for (const answer of answers) {
        const text = rendered(template, answer);
        const where = `${template.id} ${JSON.stringify(answer)}\n${headOf(template, text)}`;
        const expected: Readonly<Record<string, unknown>> = Object.fromEntries(Object.entries(usual).map(([key, value]) => [key, typeof value === 'string' ? value.replaceAll(plain, answer.replace('\n', ' ')) : value]));
        assert.deepEqual(parse(headOf(template, text), { schema: 'failsafe' }), expected, where);
        const document = readDocument(template.format === 'yaml' ? 'a.yaml' : 'a.md', text);
        assert.deepEqual(document.problems.filter(({ kind }) => kind === 'yaml' || kind === 'front_matter'), [], where);
        for (const field of document.fields) if (field.source === 'front_matter' && typeof expected[field.name] === 'string') assert.equal(field.value, expected[field.name], where);
        checked++;
      }
      // Nobody sees quotes where none are needed.
      assert.doesNotMatch(headOf(template, rendered(template, plain)), /"/u, template.id);
    }
    assert.ok(checked > 1000);
  });

  it('pass the rules of their type at L2 once filled in', async () => {
    const { rules } = compileRules(book, effectiveSettings(book, undefined, today));
    // What a document says about others, which are not there, is no fault of its template.
    const alone = new Set(rules.filter((rule) => rule.cost === 'local').map((rule) => rule.id));
    const faults: string[] = [];
    let checked = 0;
    for (const template of book.templates) {
      const type = template.type === undefined || template.kind === 'snippet' ? undefined : book.types.get(template.type);
      if (type === undefined) continue;
      checked++;
      const path = suggestPath(template, type, { today, title: '新しい文書', existing: [] });
      const text = filled(template, type);
      if (template.format === 'markdown') assert.match(text, /^status: (?!下書き)/mu, template.id);
      const findings = await findingsIn(new Map([[path, text]]), book, today, { [path]: type.id });
      for (const { rule, path: at, range, message } of findings) {
        if (at === path && alone.has(rule)) faults.push(`${template.id}:${String(range.start.line + 1)} ${rule} ${message}`);
      }
    }
    assert.ok(checked >= book.types.size, String(checked));
    assert.deepEqual(faults, []);
  });
});
