import assert from 'node:assert/strict';
import type { Book } from '../../../src/core/book/book';
import { changesFindings, isAlike, loadChanged, withRulesInForce } from '../../../src/core/book/change';
import { loadBook } from '../../../src/core/book/load';
import { compareFindings, impactOf, type ImpactEntry } from '../../../src/core/product/impact';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import type { Finding } from '../../../src/core/rules/finding';
import { filesBelow, memoryFolder } from '../book/folders';
import { starterBook } from '../rules/books';
import { finding } from './books';

const sample = 'templates/samples/trouble';
const bookFiles = filesBelow('templates', (path) => !path.startsWith('samples/'));
const documents = filesBelow(sample);

function projectOf(book: Book, koboText = documents.get('kobo.yaml') ?? ''): Project {
  const { settings } = readKoboFile(koboText);
  const project = new Project({ book, settings, koboText, files: [...documents.keys()], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-11-24' });
  for (const path of project.wanted()) project.put(path, documents.get(path) ?? '');
  return project;
}

const folder = memoryFolder(bookFiles, 'mem:/templates');

function changedBook(book: Book, path: string, change: (text: string) => string): Promise<Book> {
  const text = bookFiles.get(path) ?? '';
  const edited = change(text);
  assert.notEqual(edited, text, `${path} is not changed`);
  return loadChanged(folder, book, [{ path, text: edited }], { starter: undefined });
}

const line = ({ kind, finding: { rule, path, range, severity, message } }: ImpactEntry): string => `${kind} ${path}:${String(range.start.line)}:${String(range.start.character)} ${rule} ${severity} ${message}`;

/** What rules say, by a check of everything; caps do not bite in the sample. */
async function everything(project: Project): Promise<readonly Finding[]> {
  const { findings } = await project.reportAll();
  return findings.filter(({ rule }) => !rule.startsWith('kobo.') && !rule.startsWith('WVR-'));
}

const kobo = (change: (text: string) => string): string => change(documents.get('kobo.yaml') ?? '');

describe('the impact of a change', function () {
  this.timeout(60_000);
  let book: Book;
  let now: readonly Finding[];
  before(async () => {
    const starter = await starterBook();
    assert.ok(starter !== undefined);
    book = starter;
    now = await everything(projectOf(book));
  });

  /** Changes of every kind of file that can change findings. */
  const changes: readonly (readonly [string, (book: Book) => Promise<{ readonly book?: Book; readonly kobo?: string }>])[] = [
    ['a severity', async (from) => ({ book: await changedBook(from, 'rules/ownership.yaml', (text) => text.replace(/severity: \{ default: warning.*\}/u, 'severity: error')) })],
    ['a rule that is taken out', async (from) => ({ book: await changedBook(from, 'rules/ownership.yaml', (text) => text.replace('id: OWN-001', 'id: OWN-901')) })],
    ['a rule that is retired', async (from) => ({ book: await changedBook(from, 'rules/registers.yaml', (text) => text.replace('  - id: REG-004\n', '  - id: REG-004\n    stage: retired\n')) })],
    ['a message', async (from) => ({ book: await changedBook(from, 'rules/ownership.yaml', (text) => text.replace('message: "', 'message: "まず、')) })],
    ['a section that must be there', async (from) => ({ book: await changedBook(from, 'types/risk-register.yaml', (text) => text.replace('title: リスク登録簿', 'title: リスクの一覧')) })],
    ['words of all types', async (from) => ({ book: await changedBook(from, 'types/common.yaml', (text) => text.replaceAll(/完了|クローズ|対応中/g, '完遂')) })],
    ['a term', async (from) => ({ book: await changedBook(from, 'terms.yaml', (text) => text.replaceAll('variants:', 'aliases:')) })],
    ['the lifecycle', async (from) => ({ book: await changedBook(from, 'lifecycle.yaml', (text) => text.replace('id: test,', 'id: tests,')) })],
    ['a level', () => Promise.resolve({ kobo: kobo((text) => text.replace('level: L1', 'level: L2')) })],
    ['the highest level', () => Promise.resolve({ kobo: kobo((text) => text.replace('level: L1', 'level: L3')) })],
    ['a phase', () => Promise.resolve({ kobo: kobo((text) => text.replace('phase: test', 'phase: release')) })],
    ['a mapping', () => Promise.resolve({ kobo: kobo((text) => text.replace('docs/issues.csv: issue-log', 'docs/issues.csv: none')) })],
    ['the roster', () => Promise.resolve({ kobo: kobo((text) => text.replace('docs/members.md: roster', 'docs/members.md: none')) })],
    ['a rule of kobo.yaml', () => Promise.resolve({ kobo: `${kobo((text) => text)}rules: { OWN-001: off, REG-003: hint }\n` })],
    ['a waiver', () => Promise.resolve({ kobo: `${kobo((text) => text)}waivers:\n  - { rule: OWN-001, path: "**", reason: 次の会議で決めることにした, approved_by: 鈴木, until: 2026-12-20 }\n` })],
  ];
  for (const [name, change] of changes) {
    it(`of ${name} is the difference of two full checks`, async () => {
      const before = projectOf(book);
      const made = await change(book);
      const settings = made.kobo === undefined ? undefined : readKoboFile(made.kobo).settings;
      const after = before.changed({ ...(made.book === undefined ? {} : { book: made.book }), ...(settings === undefined ? {} : { settings }) });
      const told: ImpactEntry[] = [];
      const impact = await impactOf(before, after, { onEntries: (entries) => told.push(...entries) });
      const expected = compareFindings(now, await everything(projectOf(made.book ?? book, made.kobo)));
      assert.deepEqual(impact.entries.map(line), expected.map(line));
      assert.deepEqual(told.map(line).sort(), expected.map(line).sort());
    });
  }

  it('has something to say about each of these, lest comparing nothing with nothing pass', async () => {
    const counts: number[] = [];
    for (const [, change] of changes.filter(([name]) => /severity|taken out|message|level|mapping|waiver|all types/.test(name))) {
      const before = projectOf(book);
      const made = await change(book);
      const after = before.changed({ ...(made.book === undefined ? {} : { book: made.book }), ...(made.kobo === undefined ? {} : { settings: readKoboFile(made.kobo).settings }) });
      counts.push((await impactOf(before, after)).entries.length);
    }
    assert.deepEqual(counts.filter((count) => count === 0), []);
  });

  it('reads only the changed files where that gives the same Book as reading all', async () => {
    const edits: readonly (readonly [string, string])[] = [
      ['rules/ownership.yaml', 'group: ownership\nrules: []\n'], ['rules/new.yaml', (bookFiles.get('rules/ownership.yaml') ?? '').replaceAll('OWN-', 'OWX-')],
      ['rules/new.yaml', bookFiles.get('rules/ownership.yaml') ?? ''], ['rules/ownership.yaml', '- no\n'], ['types/minutes.yaml', (bookFiles.get('types/minutes.yaml') ?? '').replace('議事録', '会議録')],
      ['types/common.yaml', (bookFiles.get('types/common.yaml') ?? '').replaceAll('完了', '完遂')], ['terms.yaml', 'terms: []\n'], ['lifecycle.yaml', 'phases: []\n'],
      ['products/shift-navi/overlay.yaml', 'product: shift-navi\nrules: { OWN-001: off }\n'],
    ];
    const lean = new Map([...bookFiles].filter(([path]) => !path.startsWith('pages/') && !path.startsWith('templates/')));
    const from = await loadBook(memoryFolder(lean, 'mem:/templates'), { starter: undefined });
    for (const [path, text] of edits) {
      const quick = await loadChanged(memoryFolder(lean, 'mem:/templates'), from, [{ path, text }], { starter: undefined });
      const whole = await loadBook(memoryFolder(new Map([...lean, [path, text]]), 'mem:/templates'), { starter: undefined });
      // Rules are asked in order of their ids, wherever they stand.
      const comparable = (one: Book) => ({ ...one, pages: [], rules: [...one.rules].sort((a, b) => (a.id < b.id ? -1 : 1)) });
      assert.deepEqual(comparable(quick), comparable(whole), path);
    }
  });

  it('asks only the rules that changed', async () => {
    const before = projectOf(book);
    const impact = await impactOf(before, before.changed({ book: await changedBook(book, 'rules/ownership.yaml', (text) => text.replace('is: [全員,', 'is: [みなさん, 全員,')) }));
    assert.deepEqual(impact.rules, ['OWN-002']);
    const same = await impactOf(before, before.changed({ book: await loadChanged(folder, book, [], { starter: undefined }) }));
    assert.deepEqual([same.rules, same.entries, same.documents], [[], [], before.wanted().length]);
  });

  it('stops when it is cancelled and says so', async () => {
    const before = projectOf(book);
    const after = before.changed({ settings: readKoboFile(kobo((text) => text.replace('level: L1', 'level: L3'))).settings });
    let isCancelled = false;
    const impact = await impactOf(before, after, { cancellation: { get isCancelled() { return isCancelled; } }, progress: (done) => (isCancelled = done >= 3) });
    assert.deepEqual([impact.cancelled, impact.documents], [true, 3]);
  });

  it('leaves the project it compares with as it was', async () => {
    const before = projectOf(book);
    const reports = await everything(before);
    await impactOf(before, before.changed({ settings: readKoboFile(kobo((text) => text.replace('docs/members.md: roster', 'docs/members.md: none'))).settings }));
    assert.deepEqual(await everything(before), reports);
  });

  it('shows a draft rule as if it were in force', async () => {
    const draft = await changedBook(book, 'rules/ownership.yaml', (text) => text.replace('  - id: OWN-001\n', '  - id: OWN-001\n    stage: draft\n'));
    const before = projectOf(draft);
    const impact = await impactOf(before, before.changed({ book: withRulesInForce(draft, new Set(['OWN-001'])) }));
    assert.ok(impact.entries.length > 0);
    assert.deepEqual(new Set(impact.entries.map(({ kind, finding: { rule } }) => `${kind} ${rule}`)), new Set(['added OWN-001']));
  });

  it('keeps apart what is new, gone and said in another way, also where findings share a place', () => {
    const one = finding('AAA-001', 'a.md', 1);
    const again = { ...one, message: 'もう1つ' };
    const louder = { ...one, severity: 'error' as const };
    const waived = { ...one, suppression: { kind: 'baseline' as const } };
    const kinds = (entries: readonly ImpactEntry[]): readonly string[] => entries.map(({ kind, finding: { message, severity } }) => `${kind} ${message} ${severity}`);
    assert.deepEqual(kinds(compareFindings([one, again], [again])), ['removed だめ warning']);
    assert.deepEqual(kinds(compareFindings([one], [louder, again])), ['changed だめ error', 'added もう1つ warning']);
    assert.deepEqual(kinds(compareFindings([one, one], [one])), ['removed だめ warning']);
    assert.deepEqual(kinds(compareFindings([waived], [one])), ['added だめ warning']);
  });

  it('knows which files of a Book can change findings', () => {
    const paths = ['rules/a/b.yaml', 'types/minutes.yaml', 'book.yaml', 'terms.yaml', 'lifecycle.yaml', 'products/a/overlay.yaml', 'pages/a.md', 'kits/a.yaml', 'README.md'];
    assert.deepEqual(paths.map(changesFindings), [true, true, true, true, true, true, false, false, false]);
    assert.ok(isAlike({ a: new Map([['x', [1]]]), origin: 1 }, { a: new Map([['x', [1]]]), origin: 2 }));
    assert.ok(!isAlike({ a: new Set([1]) }, { a: new Set([2]) }));
  });
});
