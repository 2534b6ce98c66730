import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyBaseline, createBaseline, fingerprintOf, readBaseline } from '../../../src/core/product/baseline';
import { formerPath } from '../../../src/core/product/baseline-renames';
import type { Finding } from '../../../src/core/rules/finding';
import { LineIndex } from '../../../src/core/text/position';
import { finding } from './books';

const before = '# 表\n\n| ID | 状態 |\n|---|---|\n| R-1 | ぼちぼち |\n| R-2 | ぼちぼち |\n';

function at(text: string, word: string, from = 0, rule = 'REG-006'): Finding {
  const start = text.indexOf(word, from);
  const span = { start, end: start + word.length };
  return { ...finding(rule, 'a.md', 0), span, range: new LineIndex(text).rangeOf(span) };
}

describe('baseline', () => {
  const findings = [at(before, 'ぼちぼち'), at(before, 'ぼちぼち', before.indexOf('R-2')), finding('CMP-001', 'a.md', 0)];
  const json = createBaseline(findings, () => before, '2026-11-24');

  it('marks what was there, though lines moved, and nothing else', () => {
    const after = `${before.replace('# 表\n', '# 表\n\n前書き\n').replace('| R-1 | ぼちぼち |', '| R-1 |   ぼちぼち | ')}| R-3 | ぼちぼち |\n`;
    const now = [...['R-1', 'R-2', 'R-3'].map((id) => at(after, 'ぼちぼち', after.indexOf(id))), finding('CMP-001', 'a.md', 0), finding('CMP-001', 'b.md', 0)];
    const { baseline, problems } = readBaseline(json);
    assert.deepEqual(problems, []);
    const result = applyBaseline(now, baseline, () => after);
    assert.deepEqual(result.findings.map((one) => one.suppression?.kind), ['baseline', 'baseline', undefined, 'baseline', undefined]);
    assert.equal(result.gone, 0);
  });

  it('counts: more of a kind than before are new, fewer are gone', () => {
    const twice = createBaseline([finding('CMP-001', 'a.md', 0), finding('CMP-001', 'a.md', 0)], () => '', '2026-11-24');
    const { baseline } = readBaseline(twice);
    assert.equal(applyBaseline([finding('CMP-001', 'a.md', 0)], baseline, () => '').gone, 1);
    const three = applyBaseline([1, 2, 3].map(() => finding('CMP-001', 'a.md', 0)), baseline, () => '');
    assert.deepEqual(three.findings.map((one) => one.suppression?.kind), ['baseline', 'baseline', undefined]);
  });

  it('follows a document to its new name, but takes no other for it', () => {
    const text = '# SSO\n\nTBD one\n\nTBD two\n\nTBD three\n\nTBD four\n';
    const words = ['TBD one', 'TBD two', 'TBD three', 'TBD four'];
    const here = (path: string, ...these: readonly string[]): readonly Finding[] => these.map((word) => ({ ...at(text, word), path }));
    const { baseline } = readBaseline(createBaseline([...here('docs/024-sso.md', ...words), finding('CMP-001', 'docs/024-sso.md', 0)], () => text, '2026-11-24'));
    const gone = ['docs/024-sso.md'];
    const former = (path: string, ...these: readonly string[]) => formerPath(path, here(path, ...these), baseline, gone, () => text);
    assert.equal(former('docs/124-SSO.md', ...words), 'docs/024-sso.md');
    assert.equal(former('docs/single-sign-on.md', ...words), 'docs/024-sso.md');
    assert.equal(former('old/024-sso.md', ...words), 'docs/024-sso.md');
    assert.equal(former('docs/125-sso.md', 'TBD one'), undefined);
    assert.equal(former('docs/other.md', 'TBD one', 'TBD two'), undefined);
    assert.equal(former('old/other.md', ...words), undefined);
    assert.equal(former('docs/024-sso.csv', ...words), undefined);
    assert.equal(formerPath('docs/124-sso.md', [finding('CMP-001', 'docs/124-sso.md', 0)], baseline, gone, () => text), undefined);
    assert.equal(formerPath('docs/124-sso.md', here('docs/124-sso.md', ...words), baseline, [], () => text), undefined);
    const moved = here('docs/124-sso.md', ...words, 'SSO');
    assert.deepEqual(applyBaseline(moved, baseline, () => text, 'docs/024-sso.md').findings.map((one) => one.suppression?.kind), ['baseline', 'baseline', 'baseline', 'baseline', undefined]);
  });

  it('is the same file whatever the order, without waived findings', () => {
    const waived: Finding = { ...finding('REG-009', 'a.md', 0), suppression: { kind: 'waiver', reason: 'x', approvedBy: 'y', until: '2026-12-31' } };
    assert.equal(createBaseline([...findings.toReversed(), waived], () => before, '2026-11-24'), json);
    assert.deepEqual((JSON.parse(json) as { findings: { rule: string }[] }).findings.map((one) => one.rule), ['CMP-001', 'REG-006', 'REG-006']);
  });

  it('that is broken hides nothing', () => {
    for (const text of ['', '[]', '{"findings": 1}', '{"format": 2, "findings": []}']) {
      const { baseline, problems } = readBaseline(text);
      assert.deepEqual([baseline.counts.size, problems.length], [0, 1], text);
    }
  });

  it('has fingerprints that lines above do not change and other words do', () => {
    fc.assert(fc.property(fc.array(fc.constantFrom('', 'x', '| a | b |', '## 見出し')), (lines) => {
      const moved = `${lines.join('\n')}\n${before}`;
      assert.equal(fingerprintOf(at(moved, 'ぼちぼち'), moved), fingerprintOf(findings[0]!, before));
    }));
    assert.notEqual(fingerprintOf(findings[0]!, before), fingerprintOf(findings[1]!, before));
  });
});
