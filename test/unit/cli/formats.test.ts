import assert from 'node:assert/strict';
import { emptySummary, summarise } from '../../../src/core/product/summary';
import { github } from '../../../src/cli/formats/github';
import { json } from '../../../src/cli/formats/json';
import { junit } from '../../../src/cli/formats/junit';
import { markdown } from '../../../src/cli/formats/markdown';
import { pretty } from '../../../src/cli/formats/pretty';
import type { CheckNote, CheckReport, ReportedFinding } from '../../../src/cli/formats/report';
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

  it('junit counts the test cases it has, and what fails is what makes the command fail', () => {
    const hint: ReportedFinding = { ...finding, severity: 'hint' };
    assert.match(junit({ ...report, findings: [finding, hint, waived] }), /<testsuites name="Kobo Guide" tests="2" failures="1" errors="0" skipped="0">/u);
    assert.match(junit({ ...report, findings: [finding, hint], fails: () => false }), /tests="2" failures="0"/u);
    assert.match(junit({ ...report, findings: [finding, hint], fails: () => true }), /tests="2" failures="2"/u);
  });

  it('junit has a case for each clean document, and none of the same name', () => {
    const clean = junit({ ...report, findings: [waived], documents: [waived.path, 'docs/b.md'] });
    assert.match(clean, /<testsuites name="Kobo Guide" tests="2" failures="0"/u);
    assert.match(clean, /<testcase name="kobo check" classname="docs\/b" file="docs\/b\.md"\/>/u);
    const twice = junit({ ...report, findings: [finding, finding] });
    const names = [...twice.matchAll(/<testcase name="([^"]*)"/gu)].map(([, name]) => name);
    assert.equal(new Set(names).size, 2);
    assert.ok(names.every((name) => !/:\d/u.test(name ?? '')), names.join());
    assert.match(twice, /file="docs\/リスク a\.md" line="3"><failure message="[^"]*" type="error">docs\/リスク a\.md:3:6: /u);
  });

  it('says what is to be said of the whole check in the way of each form', () => {
    const notes: readonly CheckNote[] = [{ level: 'warning', message: '文書はありません。' }, { level: 'error', message: '読めません。', path: 'kobo.yaml', line: 3 }];
    const empty: CheckReport = { ...report, findings: [], notes };
    assert.equal(github(empty), '::warning title=Kobo Guide::文書はありません。\n::error file=kobo.yaml,line=3,title=Kobo Guide::読めません。\n');
    assert.match(junit(empty), /tests="2" failures="0" errors="1" skipped="1"/u);
    assert.match(junit(empty), /<skipped message="文書はありません。">.*<error message="読めません。" type="kobo">kobo\.yaml:3: 読めません。<\/error>/su);
    assert.match(markdown(empty), /\*\*文書はありません。\*\*\n\n\*\*kobo\.yaml:3: 読めません。\*\*\n$/u);
    const { runs: [run] } = JSON.parse(sarif(empty)) as { runs: { invocations: { executionSuccessful: boolean; toolExecutionNotifications: object[] }[] }[] };
    assert.equal(run?.invocations[0]?.executionSuccessful, false);
    assert.deepEqual(run?.invocations[0]?.toolExecutionNotifications[1], { level: 'error', message: { text: '読めません。' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'kobo.yaml' }, region: { startLine: 3 } } }] });
    assert.equal(json(empty), json({ ...report, findings: [] }));
  });

  it('github and sarif count paths from the top of the repository', () => {
    const base = { uri: 'file:///r/', pathOf: (path: string) => `services/a/${path}` };
    assert.match(github({ ...report, base }), /file=services\/a\/docs/u);
    const { runs: [run] } = JSON.parse(sarif({ ...report, base, rules: [{ id: 'REG-013', title: '題', why: '理由。', guide: 'pages/a.md#b' }] })) as { runs: { originalUriBaseIds: object; tool: { driver: { version: string; rules: object[] } }; results: { ruleIndex: number; locations: { physicalLocation: { artifactLocation: object } }[] }[] }[] };
    assert.deepEqual(run?.originalUriBaseIds, { '%SRCROOT%': { uri: 'file:///r/' } });
    assert.deepEqual(run?.results[0]?.locations[0]?.physicalLocation.artifactLocation, { uri: `services/a/docs/${encodeURIComponent('リスク a.md')}`, uriBaseId: '%SRCROOT%' });
    assert.deepEqual(run?.tool.driver.rules, [{ id: 'GAT-008' }, { id: 'REG-013', shortDescription: { text: '題' }, fullDescription: { text: '理由。' }, help: { text: '理由。\n\nコボブックのページ：pages/a.md#b' } }]);
    assert.equal(run?.results[0]?.ruleIndex, 1);
    assert.match(run?.tool.driver.version ?? '', /^\d+\.\d+\.\d+$/u);
  });

  it('pretty leaves what was there before out of the list where asked, and says how much there is', () => {
    const old: ReportedFinding = { ...finding, message: '前から', suppression: { kind: 'baseline' } };
    const mixed: CheckReport = { ...report, findings: [finding, old], summary: summarise([finding, old], 1, 0), language: 'en' };
    const fewer: CheckReport = { ...mixed, hidesBaselined: true };
    assert.doesNotMatch(pretty(false)(fewer), /前から/u);
    assert.match(pretty(false)(fewer), /1 file: 1 error, 0 warnings.*\n1 finding of the baseline not shown/u);
    assert.match(pretty(false)(mixed), /前から/u);
    assert.match(pretty(false)({ ...mixed, lesser: 3 }), /3 findings less grave/u);
  });

  it('junit and markdown escape their own syntax and leave waived findings out', () => {
    const xml = junit({ ...report, findings: [{ ...finding, message: 'a & <b> "c" \u0001' }] });
    assert.ok(xml.includes('a &amp; &lt;b&gt; &quot;c&quot; "'), xml);
    const table = markdown(report).split('\n');
    assert.equal(table.filter((line) => line.startsWith('| docs/')).length, 1);
    assert.ok(table.some((line) => line.includes('で\\|改行 します')));
  });
});
