import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { effectiveSettings } from '../../../src/core/product/settings';
import { compileRules } from '../../../src/core/rules/compile';
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
