import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const cli = resolve('dist/cli.js');

interface GateData {
  readonly product: { readonly id: string; readonly name: string; readonly path: string };
  readonly gate: { readonly id: string; readonly title: string; readonly day: string | null };
  readonly ready: boolean;
  readonly left: number;
  readonly documents: readonly { readonly type: string; readonly need: string; readonly state: string; readonly path: string | null; readonly optional: boolean; readonly waived: boolean; readonly command: string | null }[];
  readonly findings: readonly { readonly rule: string; readonly severity: string; readonly path: string; readonly waived: boolean; readonly blocks: boolean }[];
  readonly questions: readonly string[];
  readonly summary: { readonly errors: number; readonly warnings: number; readonly waived: number; readonly baselined: number };
}

describe('kobo gate', function () {
  this.timeout(120_000);
  let root: string;
  before(() => {
    root = mkdtempSync(join(tmpdir(), 'kobo-gate-'));
    for (const name of ['trouble', 'healthy']) cpSync(`templates/samples/${name}`, join(root, name), { recursive: true });
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  function run(folder: string, ...args: readonly string[]) {
    return spawnSync(process.execPath, [cli, 'gate', '--today', '2026-11-24', ...args], { cwd: join(root, folder), encoding: 'utf8', env: { ...process.env, LANG: 'ja_JP.UTF-8', LC_ALL: 'ja_JP.UTF-8' } });
  }

  function parsed(folder: string, ...args: readonly string[]): unknown {
    const { stdout, stderr } = run(folder, ...args, '--format', 'json');
    assert.equal(stderr, '');
    return JSON.parse(stdout);
  }
  const json = (folder: string, ...args: readonly string[]): GateData => parsed(folder, ...args) as GateData;

  /** A copy of the product in trouble, changed. */
  function changed(name: string, change: (kobo: string) => string): string {
    cpSync(join(root, 'trouble'), join(root, name), { recursive: true });
    const kobo = join(root, name, 'kobo.yaml');
    writeFileSync(kobo, change(readFileSync(kobo, 'utf8')));
    return name;
  }

  it('ends with 0 for the product that is ready, and with 1 for the one that is not, with what to do next', () => {
    const ready = run('healthy');
    assert.deepEqual([ready.status, ready.stderr], [0, '']);
    assert.match(ready.stdout, /^お知らせ便 {2}G6 定期サービスレビューの準備ができています$/mu);
    assert.match(ready.stdout, /人が確かめること/u);
    const not = run('trouble');
    assert.deepEqual([not.status, not.stderr], [1, '']);
    assert.match(not.stdout, /^シフトナビ {2}G4 テスト完了（予定 2026-12-04）まで あと 7 件$/mu);
    assert.match(not.stdout, /^ {2}ありません +テスト報告書 +kobo new test-report --out \.$/mu);
    assert.match(not.stdout, /^ {2}docs\/issues\.csv:3:1 +エラー {2}.*GAT-008$/mu);
    assert.match(not.stdout, /kobo new gate-record --out \. で作れます。 GAT-003$/mu);
    assert.doesNotMatch(not.stdout, /GAT-001/u);
  });

  it('names commands that make what is missing, and counts it then', () => {
    changed('made', (kobo) => kobo);
    const before = json('.', 'G4', 'made');
    const command = before.documents.find(({ type }) => type === 'test-report')?.command;
    assert.equal(command, 'kobo new test-report --out made');
    const made = spawnSync(process.execPath, [cli, ...command.split(' ').slice(1)], { cwd: root, encoding: 'utf8' });
    assert.equal(made.status, 0, made.stderr);
    const after = json('.', 'G4', 'made');
    assert.equal(after.documents.find(({ type }) => type === 'test-report')?.state, 'ready');
  });

  it('writes commands that a shell takes as they are, whatever a folder is called', () => {
    const command = (folder: string) => json('.', 'G4', changed(folder, (kobo) => kobo)).documents[0]?.command;
    assert.equal(command('two words'), 'kobo new test-report --out "two words"');
    assert.equal(command('製品A'), 'kobo new test-report --out 製品A');
    if (process.platform !== 'win32') assert.equal(command("it's $(here)"), "kobo new test-report --out 'it'\\''s $(here)'");
  });

  it('takes a gate by id and title in any case and width, and a folder alone', () => {
    for (const name of ['G5', 'g5', 'Ｇ５', 'リリース判定会', 'release decision', 'G5 リリース判定会']) assert.equal(json('trouble', name).gate.id, 'G5', name);
    assert.equal(json('.', './trouble').product.id, 'shift-navi');
    assert.equal(json('.', 'trouble').product.id, 'shift-navi');
    assert.equal(json('trouble/docs').product.path, '..');
    // The name of a gate is a gate, also where a folder has it.
    mkdirSync(join(root, 'trouble', 'G5'));
    assert.equal(json('trouble', 'g5').gate.id, 'G5');
    assert.equal(json('trouble', './G5').gate.id, 'G4');
    rmSync(join(root, 'trouble', 'G5'), { recursive: true });
  });

  it('asks several products one after the other', () => {
    const all = parsed('.', 'G4', '.') as { readonly products: readonly GateData[]; readonly ready: boolean; readonly left: number };
    assert.deepEqual(all.products.filter(({ product }) => ['healthy', 'trouble'].includes(product.path)).map(({ gate }) => gate.id), ['G4', 'G4']);
    assert.equal(all.ready, false);
    assert.equal(all.left, all.products.reduce((sum, { left }) => sum + left, 0));
    assert.equal(run('.').status, 1);
  });

  it('tells the documents, findings, questions and counts as JSON', () => {
    const { product, gate, ready, left, documents, findings, questions, summary } = json('trouble');
    assert.deepEqual(product, { id: 'shift-navi', name: 'シフトナビ', path: '.' });
    assert.deepEqual(gate, { id: 'G4', title: 'テスト完了', day: '2026-12-04' });
    assert.deepEqual([ready, left, questions.length], [false, 7, 3]);
    assert.deepEqual(documents.map(({ type, need, state, path, optional }) => [type, need, state, path, optional]), [
      ['test-report', 'exists', 'missing', null, false], ['security-checklist', 'exists', 'missing', null, false], ['issue-log', 'exists', 'ready', 'docs/issues.csv', false],
      ['runbook', 'exists', 'ready', 'docs/runbooks/notify-stop.md', false], ['onboarding', 'optional', 'missing', null, true],
    ]);
    assert.deepEqual(findings.map(({ rule }) => rule), ['GAT-008', 'REG-003', 'SEC-002', 'SEC-001', 'GAT-003']);
    assert.deepEqual([summary.errors, summary.warnings], [4, 1]);
    assert.equal(json('trouble', '--lang', 'en').gate.title, 'Test complete');
  });

  it('tells the missing documents as findings in forms that know nothing else', () => {
    const github = run('trouble', '--format', 'github').stdout;
    assert.match(github, /^::error file=kobo\.yaml,.*title=GAT-001::G4 テスト完了：「テスト報告書」がありません。kobo new test-report --out \. で作れます。$/mu);
    assert.equal(github.trim().split('\n').length, 7);
    const sarif = JSON.parse(run('trouble', '--format', 'sarif').stdout) as { readonly runs: readonly { readonly results: readonly unknown[] }[] };
    assert.equal(sarif.runs[0]?.results.length, 7);
    assert.match(run('trouble', '--format', 'junit').stdout, /<testsuites name="Kobo Guide" tests="7" failures="7" errors="0" skipped="0">/u);
    const markdown = run('trouble', '--format', 'markdown').stdout;
    assert.match(markdown, /^## シフトナビ：G4 テスト完了（予定 2026-12-04）まで あと 7 件$/mu);
    assert.match(markdown, /^\| ありません \| テスト報告書 \| `kobo new test-report --out \.` \|$/mu);
    assert.match(markdown, /^- \[ \] 計画したテスト/mu);
  });

  it('is wrong use with a gate that is not there, and names those that are', () => {
    const { status, stdout, stderr } = run('trouble', 'G44');
    assert.deepEqual([status, stdout], [2, '']);
    assert.match(stderr, /「G44」というゲートはありません。/u);
    assert.match(stderr, /G0 企画承認、G1 要件承認、.*G7 完了承認/u);
    assert.equal(run('trouble', 'G4', '.', 'more').status, 2);
    assert.equal(run('trouble', '--format', 'xml').status, 2);
    assert.equal(run('trouble', 'nowhere/at/all').status, 2);
  });

  it('says what to do where there is no kobo.yaml, no phase, or a phase without a gate', () => {
    mkdirSync(join(root, 'empty'));
    const none = run('empty');
    assert.equal(none.status, 2);
    assert.match(none.stderr, /kobo\.yaml がない.*kobo init/u);
    const phaseless = run(changed('phaseless', (kobo) => kobo.replace(/^phase: .*\n/mu, '')));
    assert.equal(phaseless.status, 2);
    assert.match(phaseless.stderr, /phase に kikaku（企画）、.*を書くか、kobo gate G0 のようにゲートを指定/u);
    assert.equal(run('phaseless', 'G4').status, 1);
    assert.match(run(changed('lost', (kobo) => kobo.replace(/^phase: .*$/mu, 'phase: nowhere'))).stderr, /「nowhere」にゲートがない/u);
    const broken = run(changed('broken', () => 'product: { id: [\n'));
    assert.equal(broken.status, 2);
    assert.match(broken.stderr, /^kobo\.yaml: /mu);
  });

  it('lists what is waived without counting it, until the waiver ends', () => {
    const name = changed('waived', (kobo) => `${kobo}\nwaivers:\n  - { rule: GAT-008, path: kobo.yaml, reason: 公開の後で直すと判定会で決めた, approved_by: 山本, until: 2026-11-30 }\n`);
    const now = json(name);
    assert.deepEqual([now.left, now.summary.waived], [6, 1]);
    assert.deepEqual(now.findings.filter(({ waived }) => waived).map(({ rule, blocks }) => [rule, blocks]), [['GAT-008', false]]);
    assert.match(run(name).stdout, /^見送っているもの\n.*（見送り中 2026-11-30 まで：公開の後で直すと判定会で決めた）$/mu);
    assert.ok(json(name, '--today', '2026-12-01').left >= 7);
  });

  it('takes the day that it is told for today', () => {
    const record = '---\ntype: gate-record\ngate: G3\ndecision: 条件付き承認\ndecided: 2026-11-06\n---\n# G3\n\n## 条件\n\n| 条件 | 担当 | 期限 | 状態 |\n|---|---|---|---|\n| 負荷試験 | 佐藤 | 2026-11-30 | 対応中 |\n';
    const name = changed('days', (kobo) => kobo);
    mkdirSync(join(root, name, 'docs', 'gates'));
    writeFileSync(join(root, name, 'docs', 'gates', 'g3.md'), record);
    const overdue = (day: string) => json(name, '--today', day).findings.some(({ rule }) => rule === 'GAT-005');
    assert.equal(overdue('2026-11-24'), false);
    assert.equal(overdue('2026-12-01'), false, 'GAT-005 is above the level of this product, and no rule of a gate itself');
    writeFileSync(join(root, name, 'kobo.yaml'), readFileSync(join(root, name, 'kobo.yaml'), 'utf8').replace('level: L1', 'level: L2'));
    assert.equal(overdue('2026-12-01'), true);
    // It arises only because days pass: a check fails for other things.
    const check = spawnSync(process.execPath, [cli, 'check', 'docs/gates/g3.md', '--no-cache', '--today', '2026-12-01'], { cwd: join(root, name), encoding: 'utf8' });
    assert.match(check.stdout, /GAT-005/u);
    assert.equal(check.status, 0, check.stdout);
  });

  it('counts what the baseline lists: a gate asks how things are, not what is new', () => {
    const name = changed('grown', (kobo) => `${kobo}\nbaseline: .kobo-baseline.json\n`);
    const written = spawnSync(process.execPath, [cli, 'check', '--write-baseline', '--today', '2026-11-24'], { cwd: join(root, name), encoding: 'utf8' });
    assert.equal(written.status, 0, written.stderr);
    const { left, summary } = json(name);
    assert.deepEqual([left, summary.baselined], [7, 0]);
  });
});
