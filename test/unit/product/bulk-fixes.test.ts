import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bulkFixes, mergedEdits } from '../../../src/core/product/bulk-fixes';
import { applyEdits } from '../../../src/core/product/edits';
import type { Finding, Fix } from '../../../src/core/rules/finding';
import { finding } from './books';

const fixes: fc.Arbitrary<Fix> = fc.record({
  title: fc.constant('直す'), safe: fc.boolean(), preferred: fc.boolean(),
  edits: fc.array(fc.record({ path: fc.constantFrom(undefined, 'a.md', 'b.md'), start: fc.nat(30), length: fc.nat(5), text: fc.constantFrom('', 'x', 'ながい') }), { maxLength: 3 })
    .map((edits) => edits.map(({ path, start, length, text }) => ({ path, span: { start, end: start + length }, text }))),
  create: fc.constantFrom(undefined, { path: 'c.md', template: 't' }),
  ask: fc.constantFrom(undefined, { what: 'person' as const, choices: [] }),
});
const findings: fc.Arbitrary<readonly Finding[]> = fc.array(
  fc.record({ rule: fc.constantFrom('AAA-001', 'AAA-002'), own: fc.array(fixes, { maxLength: 3 }), isWaived: fc.boolean() })
    .map(({ rule, own, isWaived }) => ({ ...finding(rule, 'a.md', 0), fixes: own, suppression: isWaived ? { kind: 'baseline' as const } : undefined })),
  { maxLength: 6 },
);

describe('fixes in bulk', () => {
  it('are only safe edits of open findings that ask nothing and make no file', () => {
    fc.assert(fc.property(findings, fc.constantFrom(undefined, 'AAA-001'), (all, rule) => {
      for (const { finding: one, fix } of bulkFixes(all, rule)) {
        assert.ok(fix.safe && fix.ask === undefined && fix.create === undefined && fix.rename === undefined && fix.edits.length > 0);
        assert.ok(one.suppression === undefined && (rule === undefined || one.rule === rule));
      }
    }));
  });

  it('leave out none that may be made', () => {
    const safe: Fix = { title: '直す', safe: true, preferred: true, edits: [{ path: undefined, span: { start: 0, end: 1 }, text: '' }], create: undefined, ask: undefined };
    const all = [{ ...finding('AAA-001', 'a.md', 0), fixes: [{ ...safe, safe: false }, safe] }, { ...finding('AAA-001', 'a.md', 0), fixes: [safe] }];
    assert.equal(bulkFixes(all, 'AAA-001').length, 2);
  });

  it('never touch each other, and a fix is made whole or not at all', () => {
    fc.assert(fc.property(findings, (all) => {
      const chosen = bulkFixes(all, undefined);
      const merged = mergedEdits(chosen);
      for (const edits of merged.values()) {
        const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
        assert.equal(applyEdits('0123456789'.repeat(4), edits).length, 40 + sorted.reduce((sum, { span, text }) => sum + text.length - (span.end - span.start), 0));
      }
      const kept = chosen.filter(({ finding: one, fix }) => fix.edits.every((edit) => (merged.get(edit.path ?? one.path) ?? []).some(({ span, text }) => span === edit.span && text === edit.text)));
      const count = [...merged.values()].flat().length;
      assert.equal(kept.reduce((sum, { fix }) => sum + fix.edits.length, 0), count);
    }));
  });
});
