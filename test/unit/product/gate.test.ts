import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { gateNamed } from '../../../src/core/book/lifecycle';
import { createBaseline, readBaseline } from '../../../src/core/product/baseline';
import { gateAhead, gateReport, type GateReport } from '../../../src/core/product/gate';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import { filesBelow } from '../book/folders';
import { starterBook } from '../starter/starter-book';
import { smallBook } from './books';

const today = '2026-11-24';

function projectOf(files: ReadonlyMap<string, string>, book: Book, editorRules: Readonly<Record<string, string>> = {}): Project {
  const koboText = files.get('kobo.yaml') ?? '';
  const project = new Project({ book, settings: readKoboFile(koboText).settings, koboText, files: [...files.keys()], editorRules, clock: () => 0, now: () => 0, history: undefined, today });
  for (const path of project.wanted()) project.put(path, files.get(path) ?? '');
  return project;
}

const sample = (name: string): Map<string, string> => new Map(filesBelow(`templates/samples/${name}`));

/** A product whose documents all name their type. */
function product(kobo: string, documents: Readonly<Record<string, string>>): Map<string, string> {
  return new Map([['kobo.yaml', `format: 1\nproduct: { id: p, name: 製品, size: M }\n${kobo}`], ...Object.entries(documents)]);
}

const headed = (type: string, more = ''): string => `---\ntype: ${type}\n${more}---\n# 題\n`;

async function at(project: Project, id: string): Promise<GateReport> {
  const gate = gateNamed(project.book.lifecycle, id);
  assert.ok(gate, id);
  return gateReport(project, gate);
}

const states = ({ documents }: GateReport): readonly string[] => documents.map(({ type, state, path, blocks }) => `${blocks ? '!' : ''}${type} ${state} ${path ?? '-'}`);
const rules = ({ findings }: GateReport): readonly string[] => findings.map(({ finding, blocks }) => `${blocks ? '!' : ''}${finding.rule}`);

describe('what is left before a gate', function () {
  this.timeout(60_000);
  let book: Book;
  before(async () => {
    book = await starterBook();
  });

  it('are documents and findings, each told once, the worst first, for a product of the lowest level too', async () => {
    const project = projectOf(sample('trouble'), book);
    const report = await gateReport(project, gateAhead(project) ?? assert.fail('no gate'));
    assert.equal(report.label, 'G4 テスト完了');
    assert.equal(report.day, '2026-12-04');
    assert.deepEqual(states(report), [
      '!test-report missing -', '!security-checklist missing -', 'issue-log ready docs/issues.csv', 'runbook ready docs/runbooks/notify-stop.md', 'onboarding missing -',
    ]);
    assert.deepEqual(rules(report), ['!GAT-008', '!REG-003', '!SEC-002', '!SEC-001', '!GAT-003']);
    assert.equal(report.findings[0]?.place.path, 'docs/issues.csv');
    assert.equal(report.findings[0].place.range.start.line, 2);
    assert.equal(report.findings.at(-1)?.template, 'gate-record');
    assert.equal(report.left, 7);
    assert.equal(report.ready, false);
    assert.equal(report.questions.length, 3);
    assert.equal(report.documents[0]?.rule, 'GAT-001');
  });

  it('are none in the product in good order, and the questions for people hold nobody up', async () => {
    const project = projectOf(sample('healthy'), book);
    const report = await gateReport(project, gateAhead(project) ?? assert.fail('no gate'));
    assert.deepEqual([report.gate.id, report.ready, report.left, report.questions.length], ['G6', true, 0, 4]);
  });

  it('leave the check of the product as it was', async () => {
    const project = projectOf(sample('trouble'), book);
    const before = await project.reportAll();
    await at(project, 'G5');
    assert.deepEqual((await project.reportAll()).findings, before.findings);
    assert.ok(before.findings.every(({ rule }) => !rule.startsWith('GAT-')));
  });

  it('name each document that is not approved, with its status and the place of it', async () => {
    const files = product('phase: sekkei\n', {
      'docs/adr/0001-a.md': headed('adr', 'status: レビュー中\n'), 'docs/adr/0002-b.md': headed('adr', 'status: 承認済み\n'), 'docs/adr/0003-c.md': headed('adr'),
      'docs/test-plan.md': headed('test-plan'), 'docs/security.md': headed('security-checklist'),
    });
    const report = await at(projectOf(files, book), 'G2');
    const adrs = report.documents.filter(({ type }) => type === 'adr');
    assert.deepEqual(adrs.map(({ path, state, status, range }) => [path, state, status, range.start.line]), [
      ['docs/adr/0001-a.md', 'not_approved', 'レビュー中', 2], ['docs/adr/0003-c.md', 'not_approved', '', 0],
    ]);
    assert.ok(adrs.every(({ blocks, rule }) => blocks && rule === 'GAT-002'));
    assert.ok(!rules(report).some((rule) => rule.endsWith('GAT-002')), 'told twice');
  });

  it('hang on the size of the product', async () => {
    const needed = async (size: string) => {
      const files = new Map([['kobo.yaml', `format: 1\nproduct: { id: p, name: p, size: ${size} }\nphase: test\n`]]);
      return (await at(projectOf(files, book), 'G4')).documents.filter(({ blocks }) => blocks).map(({ type }) => type);
    };
    assert.deepEqual(await needed('S'), ['issue-log']);
    assert.deepEqual(await needed('M'), ['test-report', 'issue-log', 'security-checklist', 'runbook']);
  });

  it('count what only time has made, in any document, but no other error outside of the documents of the gate', async () => {
    const record = (due: string) => `${headed('gate-record', 'gate: G3\ndecision: 条件付き承認\ndecided: 2026-11-06\n')}\n## 条件\n\n| 条件 | 担当 | 期限 | 状態 |\n|---|---|---|---|\n| 負荷試験 | 佐藤 | ${due} | 対応中 |\n`;
    const report = async (due: string) => {
      const project = projectOf(product('phase: test\nlevel: L2\n', { 'docs/gates/g3.md': record(due), 'docs/handover.md': '---\ntype: ops-handover\n---\n# 引継ぎ\n\n- 管理画面のログイン名は notify-admin、パスワード：Shift-2026-navi\n' }), book);
      assert.ok((await project.reportAll()).findings.some(({ rule, severity }) => rule.startsWith('SEC-') && severity === 'error'));
      return rules(await at(project, 'G4'));
    };
    assert.ok((await report('2026-11-10')).includes('!GAT-005'));
    const early = await report('2026-12-10');
    assert.ok(!early.some((rule) => rule.endsWith('GAT-005')));
    assert.ok(!early.some((rule) => rule.includes('SEC-')), early.join(' '));
  });

  it('list what is waived, which stands in nobody\u2019s way; a check does not call the waiver of a rule of gates unused', async () => {
    const files = sample('trouble');
    files.set('kobo.yaml', `${files.get('kobo.yaml') ?? ''}\nwaivers:\n  - { rule: GAT-008, path: kobo.yaml, reason: 公開の後で直すと判定会で決めた, approved_by: 山本, until: 2026-12-31 }\n`);
    const project = projectOf(files, book);
    const report = await at(project, 'G4');
    assert.deepEqual(rules(report).at(-1), 'GAT-008');
    assert.equal(report.findings.at(-1)?.finding.suppression?.kind, 'waiver');
    assert.deepEqual([report.left, report.summary.waived], [6, 1]);
    const checked = await project.reportAll();
    assert.deepEqual(checked.findings.filter(({ rule }) => rule.startsWith('WVR-')), []);
    assert.deepEqual(checked.waivers.map(({ used }) => used), [true]);
  });

  it('let a document pass whose approval is waived, or whose rule is switched off or made information', async () => {
    const documents = { 'docs/adr/0001-a.md': headed('adr', 'status: 下書き\n'), 'docs/test-plan.md': headed('test-plan'), 'docs/security.md': headed('security-checklist') };
    const adr = async (kobo: string) => (await at(projectOf(product(`phase: sekkei\n${kobo}`, documents), book), 'G2')).documents.find(({ type }) => type === 'adr');
    assert.deepEqual(await adr('').then((one) => one?.blocks), true);
    const waived = await adr('waivers:\n  - { rule: GAT-002, path: kobo.yaml, reason: 承認者が不在のため次の回で承認する, approved_by: 山本, until: 2026-12-31 }\n');
    assert.deepEqual([waived?.state, waived?.blocks, waived?.suppression?.kind], ['not_approved', false, 'waiver']);
    assert.equal((await adr('rules: { GAT-002: off }\n'))?.blocks, false);
    assert.equal((await adr('rules: { GAT-002: info }\n'))?.blocks, false);
  });

  it('list what a product makes information without counting it', async () => {
    const files = sample('trouble');
    files.set('kobo.yaml', `${files.get('kobo.yaml') ?? ''}\nrules: { GAT-003: info }\n`);
    const report = await at(projectOf(files, book), 'G4');
    assert.equal(rules(report).at(-1), 'GAT-003');
    assert.equal(report.left, 6);
  });

  it('are not hidden by the baseline, nor by what somebody has switched off in the editor', async () => {
    const plain = await at(projectOf(sample('trouble'), book), 'G4');
    const project = projectOf(sample('trouble'), book, { 'GAT-008': 'off', 'REG-003': 'hint' });
    const { uncapped } = await project.atGate('G4').reportAll();
    project.replaceBaseline(readBaseline(createBaseline(uncapped, (path) => project.textOf(path), today), '.kobo-baseline.json').baseline);
    assert.ok((await project.reportAll()).summary.baselined > 0);
    const report = await at(project, 'G4');
    assert.deepEqual(rules(report), rules(plain));
    assert.equal(report.left, plain.left);
    assert.equal(report.summary.baselined, 0);
  });

  it('are asked by the lifecycle alone in a Book that has no rule for it', async () => {
    const files = new Map([['kobo.yaml', 'format: 1\nproduct: { id: p, name: p, size: M }\nphase: sekkei\ndocuments: { "docs/adr/**": adr }\n']]);
    assert.deepEqual(states(await at(projectOf(files, smallBook()), 'G1')), ['!adr missing -']);
    files.set('docs/adr/0001-a.md', '---\nstatus: 下書き\n---\n# 判断\n');
    assert.deepEqual(states(await at(projectOf(files, smallBook()), 'G1')), ['!adr not_approved docs/adr/0001-a.md']);
  });

  it('do not count a document whose type is only guessed', async () => {
    const files = product('phase: test\n', { 'docs/issues.md': '# 課題管理表\n\n| ID | 課題 | 担当 | 期限 | 状態 |\n|---|---|---|---|---|\n| I-1 | 遅い | 佐藤 | 2026-12-01 | 未着手 |\n' });
    const project = projectOf(files, book);
    assert.equal(project.recognition('docs/issues.md')?.by, 'guess');
    assert.ok(states(await at(project, 'G4')).includes('!issue-log missing -'));
  });
});

describe('the gate that is meant', () => {
  it('is known by id, title and both, in any case and width', async () => {
    const { lifecycle } = await starterBook();
    for (const name of ['G4', 'g4', 'Ｇ４', 'テスト完了', 'test complete', 'TEST　COMPLETE', 'G4 テスト完了', 'g4 test complete']) assert.equal(gateNamed(lifecycle, name)?.id, 'G4', name);
    for (const name of ['', 'G', 'G44', 'テスト']) assert.equal(gateNamed(lifecycle, name), undefined, name);
  });

  it('is that of the phase, by its id or title; none without a phase', async () => {
    const book = await starterBook();
    const ahead = (kobo: string) => gateAhead(projectOf(new Map([['kobo.yaml', `product: { id: p, name: p }\n${kobo}`]]), book))?.id;
    assert.deepEqual([ahead('phase: test\n'), ahead('phase: テスト\n'), ahead(''), ahead('phase: nowhere\n')], ['G4', 'G4', undefined, undefined]);
  });
});
