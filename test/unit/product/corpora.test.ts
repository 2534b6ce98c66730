import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Book } from '../../../src/core/book/book';
import { loadBook } from '../../../src/core/book/load';
import { readKoboFile } from '../../../src/core/product/kobo-file';
import { matchesPath, pathPattern } from '../../../src/core/product/patterns';
import { Project } from '../../../src/core/product/project';
import { filesBelow, memoryFolder, shared } from '../book/folders';

const mappings = 'test/fixtures/corpora';
const suffix = '.kobo.yaml';

describe('documents that no one here wrote', function () {
  this.timeout(120_000);
  // Of some corpora only the mapping is kept.
  const names = readdirSync(mappings).filter((file) => file.endsWith(suffix)).map((file) => file.slice(0, -suffix.length))
    .filter((name) => !existsSync(join(shared, 'corpora')) || existsSync(join(shared, 'corpora', name)));

  let book: Book;

  before(async function () {
    if (existsSync(join(shared, 'corpora'))) {
      book = await loadBook(memoryFolder(filesBelow('templates', (path) => !path.startsWith('samples/')), 'mem:/templates'), { starter: undefined });
      return;
    }
    process.stdout.write('skipped: no corpora\n');
    this.skip();
  });

  for (const name of names) {
    it(`give no finding without a mapping: ${name}`, async () => {
      const files = filesBelow(join(shared, 'corpora', name), (path) => path.endsWith('.md'));
      const project = new Project({ book, settings: undefined, files: [...files.keys()], editorRules: {}, clock: () => 0, now: () => 0, history: undefined, today: '2026-06-01' });
      for (const [path, text] of files) project.put(path, text);
      assert.deepEqual((await project.reportAll()).findings, []);
    });

    it(`match every line of the mapping: ${name}`, () => {
      const files = readdirSync(join(shared, 'corpora', name), { recursive: true, encoding: 'utf8' }).map((path) => path.replaceAll('\\', '/'));
      const { settings, problems } = readKoboFile(readFileSync(join(mappings, `${name}${suffix}`), 'utf8'));
      assert.deepEqual(problems, []);
      const mapped = settings.documents.filter(({ type }) => type !== 'none');
      assert.notEqual(mapped.length, 0);
      for (const { pattern } of mapped) assert.ok(files.some((path) => matchesPath(pathPattern(pattern), path)), pattern);
    });
  }
});
