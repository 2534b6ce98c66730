import assert from 'node:assert/strict';
import { searchCommand, type SearchCommandHost } from '../../../src/cli/search';
import { book } from './support';

async function run(args: readonly string[], more: Partial<SearchCommandHost> = {}): Promise<{ status: number; out: string; err: string; books: (string | undefined)[] }> {
  let out = '';
  let err = '';
  const books: (string | undefined)[] = [];
  const status = await searchCommand(args, {
    sources: (dir) => {
      books.push(dir);
      return Promise.resolve({ sources: book, terms: [] });
    },
    readText: (file) => Promise.resolve(file === 'queries.txt' ? { text: 'リスク\r\n\n議事録\n' } : { problem: `${file} を開けません。` }),
    stdout: (text) => void (out += text),
    stderr: (text) => void (err += text),
    now: () => 0,
    ...more,
  });
  return { status, out, err, books };
}

describe('kobo search', () => {
  it('prints one JSON object of the agreed shape', async () => {
    const { status, out, err, books } = await run(['経費精算', '--book', '../book', '--json', '--limit', '1']);
    assert.deepEqual([status, err, books], [0, '', ['../book']]);
    const answer = JSON.parse(out) as Record<string, unknown> & { hits: Record<string, unknown>[] };
    assert.deepEqual(Object.keys(answer), ['query', 'hits', 'took_ms']);
    assert.deepEqual(Object.keys(answer.hits[0]!), ['path', 'anchor', 'title', 'heading', 'kind', 'score', 'snippet', 'highlights']);
    assert.deepEqual([answer.query, answer.hits.length, answer.hits[0]!.path, answer.hits[0]!.kind], ['経費精算', 1, 'pages/expenses.md', 'page']);
  });

  it('answers a file of queries line by line, in order, empty lines too', async () => {
    const { status, out } = await run(['--queries', 'queries.txt', '--json']);
    assert.equal(status, 0);
    const answers = out.trimEnd().split('\n').map((line) => JSON.parse(line) as { query: string; hits: { path: string }[] });
    assert.deepEqual(answers.map(({ query }) => query), ['リスク', '', '議事録']);
    assert.deepEqual([answers[1]!.hits.length, answers[2]!.hits[0]!.path], [0, 'pages/minutes.md']);
  });

  it('filters by kind', async () => {
    const { out } = await run(['リスク', '--json', '--kind', 'template,rule']);
    assert.deepEqual((JSON.parse(out) as { hits: { kind: string }[] }).hits.map(({ kind }) => kind), ['template']);
  });

  it('exits 0 without a hit and says so', async () => {
    const { status, out, err } = await run(['qqqqxxxx']);
    assert.deepEqual([status, err], [0, '']);
    assert.match(out, /見つかりませんでした/);
    assert.equal((await run(['qqqqxxxx'], { language: 'en' })).out, 'Nothing matches "qqqqxxxx". Try other words.\n');
  });

  for (const args of [[], ['--limit', '0', 'a'], ['--limit', 'x', 'a'], ['--kind', 'nothing', 'a'], ['--unknown'], ['a', '--queries', 'queries.txt', '--json'], ['--queries', 'queries.txt'], ['--queries', 'missing.txt', '--json']]) {
    it(`exits 2 and prints only to standard error: ${args.join(' ') || '(nothing)'}`, async () => {
      const { status, out, err } = await run(args);
      assert.deepEqual([status, out], [2, '']);
      assert.match(err, args.includes('missing.txt') ? /開けません/u : /。 \/ [A-Z-]/u);
    });
  }

  it('exits 2 when the Book cannot be read', async () => {
    const { status, out, err } = await run(['a'], { sources: () => Promise.resolve({ problem: 'フォルダーがありません。' }) });
    assert.deepEqual([status, out, err], [2, '', 'フォルダーがありません。\n']);
  });
});
