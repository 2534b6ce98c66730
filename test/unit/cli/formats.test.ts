import assert from 'node:assert/strict';
import { emptySummary, summarise } from '../../../src/core/product/summary';
import { github } from '../../../src/cli/formats/github';
import { json } from '../../../src/cli/formats/json';
import { junit } from '../../../src/cli/formats/junit';
import { markdown } from '../../../src/cli/formats/markdown';
import { pretty } from '../../../src/cli/formats/pretty';
import type { CheckReport, ReportedFinding } from '../../../src/cli/formats/report';
import { sarif } from '../../../src/cli/formats/sarif';

const finding: ReportedFinding = {
  rule: 'REG-013', severity: 'error', path: 'docs/リスク a.md',
  range: { start: { line: 2, character: 5 }, end: { line: 2, character: 9 } },
  message: '「R-1」は 50% で|改行\nします <b>', guide: 'pages/rules/registers.md#対応策',
  fixable: true, suppression: undefined, timeOnly: false,
};
const waived: ReportedFinding = { ...finding, rule: 'GAT-008', fixable: false, suppression: { kind: 'waiver', reason: '移管中', approvedBy: '鈴木', until: '2026-12-31' } };
const report: CheckReport = { findings: [finding, waived], summary: summarise([finding, waived], 1, 2), language: 'ja' };

describe('check formats', () => {
  it('json keeps the contract', () => {
    const data = JSON.parse(json(report)) as { findings: Record<string, unknown>[]; summary: object };
    assert.deepEqual(data.findings[0], {
      rule: 'REG-013', severity: 'error', path: 'docs/リスク a.md', range: finding.range, message: finding.message, guide: finding.guide, fixable: true, waived: false,
    });
    assert.equal(data.findings[1]?.waived, true);
    assert.deepEqual(data.summary, { files: 1, errors: 1, warnings: 0, infos: 0, hints: 0, waived: 1, baselined: 0, not_judged: 2 });
    assert.deepEqual(Object.keys(emptySummary), Object.keys(data.summary));
  });

  it('pretty says place, message and rule, and why something is waived', () => {
    const text = pretty(false)(report);
    assert.match(text, /3:6\s+エラー {2}「R-1」/);
    assert.match(text, /見送り中 2026-12-31 まで：移管中/);
    assert.match(text, /判定なし 2）\n判定なし：.*git の履歴/u);
    assert.doesNotMatch(pretty(false)({ ...report, summary: { ...report.summary, not_judged: 0 } }), /判定なし：/u);
    assert.ok(!text.includes('\u001b['));
  });

  it('github escapes what would end a command', () => {
    assert.equal(
      github(report),
      '::error file=docs/リスク a.md,line=3,col=6,endLine=3,endColumn=10,title=REG-013::「R-1」は 50%25 で|改行%0Aします <b>\n',
    );
  });

  it('sarif has 1-based UTF-16 columns and suppressions', () => {
    const data = JSON.parse(sarif(report)) as { runs: { results: { locations: { physicalLocation: { region: object; artifactLocation: { uri: string } } }[]; suppressions?: { justification: string }[] }[] }[] };
    const [first, second] = data.runs[0]?.results ?? [];
    assert.deepEqual(first?.locations[0]?.physicalLocation.region, { startLine: 3, startColumn: 6, endLine: 3, endColumn: 10 });
    assert.equal(decodeURI(first?.locations[0]?.physicalLocation.artifactLocation.uri ?? ''), 'docs/リスク a.md');
    assert.equal(second?.suppressions?.[0]?.justification, '移管中');
  });

  it('junit counts the test cases it has', () => {
    const hint: ReportedFinding = { ...finding, severity: 'hint' };
    assert.match(junit({ ...report, findings: [finding, hint, waived] }), /<testsuites name="Kobo Guide" tests="2" failures="1">/u);
    assert.match(junit({ ...report, findings: [waived] }), /<testsuites name="Kobo Guide" tests="0" failures="0">/u);
  });

  it('junit and markdown escape their own syntax and leave waived findings out', () => {
    const xml = junit({ ...report, findings: [{ ...finding, message: 'a & <b> "c" \u0001' }] });
    assert.ok(xml.includes('a &amp; &lt;b&gt; &quot;c&quot; "'), xml);
    const table = markdown(report).split('\n');
    assert.equal(table.filter((line) => line.startsWith('| docs/')).length, 1);
    assert.ok(table.some((line) => line.includes('で\\|改行 します')));
  });
});
