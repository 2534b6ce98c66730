import assert from 'node:assert/strict';
import { isAlike } from '../../../src/core/book/change';
import { packBook } from '../../../src/core/book/pack';
import { ruleFileOf } from '../../../src/core/book/rule-text';
import { templateFiles } from '../../../src/core/book/template-text';
import { filesBelow } from './folders';

describe('the text of what a Book below holds', function () {
  this.timeout(60_000);

  it('of every template of the starter Book makes the same template', () => {
    const { templates, kits } = packBook(filesBelow('templates', (path) => !path.startsWith('samples/'))).layer;
    const again = packBook(new Map(templates.flatMap((template) => templateFiles(template).map(({ name, text }) => [`templates/${name}`, text] as const)))).layer;
    assert.ok(kits.length > 0);
    assert.deepEqual(again.problems.filter(({ code }) => code !== 'book.unknown-variable'), []);
    const made = new Map(again.templates.map((template) => [template.id, template]));
    for (const template of templates) assert.ok(isAlike(made.get(template.id), template), template.id);
  });

  it('of every rule of the starter Book makes the same rule', () => {
    const files = filesBelow('templates/rules');
    const { rules } = packBook(new Map([...files].map(([path, text]) => [`rules/${path}`, text]))).layer;
    for (const rule of rules) {
      const text = ruleFileOf(files.get(rule.origin.path.slice('rules/'.length)) ?? '', rule.origin.span.start);
      const { rules: [again], problems } = packBook(new Map([['rules/a.yaml', text]])).layer;
      assert.deepEqual(problems, [], rule.id);
      assert.ok(isAlike(again, rule), rule.id);
    }
  });
});
