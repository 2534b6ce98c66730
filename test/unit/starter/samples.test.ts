import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import type { Book } from '../../../src/core/book/book';
import { loadBook } from '../../../src/core/book/load';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { Project } from '../../../src/core/product/project';
import { filesBelow, memoryFolder } from '../book/folders';

interface Planted {
  readonly rule: string;
  readonly path: string;
  readonly line: number;
  readonly text: string;
  readonly why: string;
}

const list = parse(readFileSync('test/fixtures/samples/planted.yaml', 'utf8')) as { readonly today: string; readonly planted: readonly Planted[] };

async function starter(): Promise<Book> {
  return loadBook(memoryFolder(filesBelow('templates', (path) => !path.startsWith('samples/')), 'mem:/templates'), { starter: undefined });
}

/** What the rules say about a sample, each finding with the words it underlines; without history, as in an opened copy. */
async function findingsOf(sample: string, book: Book, level?: string): Promise<readonly (Omit<Planted, 'why'> & { readonly message: string })[]> {
  const files = filesBelow(`templates/samples/${sample}`);
  const koboText = files.get('kobo.yaml') ?? '';
  const settings = { ...readKoboFile(koboText).settings, ...(level === undefined ? {} : { level }) };
  const project = new Project({
    book, settings, koboText, files: [...files.keys()], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: list.today,
  });
  for (const path of project.wanted()) project.put(path, files.get(path) ?? '');
  const report = await project.reportAll();
  return report.findings.map(({ rule, path, range, span, message }) => ({
    rule, path, line: range.start.line + 1, text: (files.get(path) ?? '').slice(span.start, span.end), message,
  }));
}

const keyOf = ({ rule, path, line, text }: Omit<Planted, 'why'>): string => `${path}:${String(line)} ${rule} [${text}]`;

describe('samples of the starter Book', function () {
  this.timeout(60_000);
  let book: Book;

  before(async () => {
    book = await starter();
  });

  it('lists 25 planted mistakes, each with a reason', () => {
    assert.equal(list.planted.length, 25);
    for (const planted of list.planted) assert.notEqual(planted.why, '', keyOf(planted));
  });

  it('finds exactly the planted mistakes in the product in trouble', async () => {
    const found = await findingsOf('trouble', book);
    assert.deepEqual(found.map(keyOf).sort(), list.planted.map(keyOf).sort());
  });

  it('finds nothing in the product in good order, up to the highest level', async () => {
    for (const level of ['L2', 'L3']) {
      const found = await findingsOf('healthy', book, level);
      assert.deepEqual(found.map((finding) => `${keyOf(finding)} ${finding.message}`), []);
    }
  });

  it('shows documents of every phase in the product in good order', () => {
    const files = [...filesBelow('templates/samples/healthy').keys()].filter((path) => path.startsWith('docs/'));
    assert.ok(files.length >= 35, String(files.length));
    for (const ending of ['.md', '.csv', '.yaml']) assert.ok(files.some((path) => path.endsWith(ending)), ending);
  });
});
