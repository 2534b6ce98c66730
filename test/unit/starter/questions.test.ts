import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { searchCommand } from '../../../src/cli/search';
import { bookSources } from '../../../src/core/search/book-sources';
import { starterBook } from './starter-book';

interface Question {
  readonly ask: string;
  readonly pages: readonly string[];
}

interface QuestionSet {
  readonly name: string;
  readonly questions: readonly Question[];
  /** How many must find their answer among the first three pages, and how many as the very first. */
  readonly among: number;
  readonly first: number;
}

function read(path: string): readonly Question[] {
  return (parse(readFileSync(path, 'utf8')) as { readonly questions: readonly Question[] }).questions;
}

const sets: readonly QuestionSet[] = [
  { name: 'questions of newcomers', questions: read('test/fixtures/starter/questions.yaml'), among: 57, first: 45 },
  { name: 'short questions, slips and English', questions: read('test/fixtures/starter/more-questions.yaml'), among: 54, first: 42 },
];

/** The first three addresses for each question, as `kobo search` finds them with these further arguments. */
async function firstThree(questions: readonly Question[], ...more: readonly string[]): Promise<readonly (readonly string[])[]> {
  const book = await starterBook();
  let out = '';
  const status = await searchCommand(['--queries', 'questions.txt', '--json', '--limit', '3', ...more], {
    sources: () => Promise.resolve({ sources: bookSources(book), terms: book.terms }),
    readText: () => Promise.resolve({ text: questions.map(({ ask }) => ask).join('\n') }),
    stdout: (text) => void (out += text),
    stderr: (text) => assert.fail(text),
    now: () => 0,
  });
  assert.equal(status, 0);
  return out.trimEnd().split('\n').map((line) => (JSON.parse(line) as { hits: { path: string }[] }).hits.map(({ path }) => path));
}

for (const { name, questions, among, first } of sets) {
  describe(name, function () {
    this.timeout(60_000);

    it('are 60, each with a page of the Book that answers', async () => {
      const { pages } = await starterBook();
      const paths = new Set(pages.map(({ path }) => path));
      assert.equal(new Set(questions.map(({ ask }) => ask)).size, 60);
      for (const question of questions) for (const page of question.pages) assert.ok(paths.has(page), page);
    });

    it(`find their answer among the first three pages for at least ${String(among)}, first for at least ${String(first)}`, async () => {
      const answers = await firstThree(questions, '--kind', 'page');
      const ranks = questions.map(({ pages }, index) => answers[index]?.findIndex((path) => pages.includes(path)) ?? -1);
      const missed = questions.flatMap(({ ask }, index) => (ranks[index] === -1 ? [`${ask}: ${answers[index]?.join(' ') ?? ''}`] : []));
      assert.ok(ranks.filter((rank) => rank >= 0).length >= among, missed.join('\n'));
      assert.ok(ranks.filter((rank) => rank === 0).length >= first, String(ranks.filter((rank) => rank === 0).length));
    });
  });
}

describe('questions over everything in the Book', function () {
  this.timeout(60_000);
  const questions = read('test/fixtures/starter/first-answers.yaml');

  it('find a page that tells how before what only names the thing, and a term where it is all that is asked', async () => {
    const answers = await firstThree(questions);
    const missed = questions.flatMap(({ ask, pages }, index) => (pages.includes(answers[index]?.[0] ?? '') ? [] : [`${ask}: ${answers[index]?.join(' ') ?? ''}`]));
    assert.deepEqual(missed, []);
  });

  it('most questions of newcomers find their answer first without choosing pages', async () => {
    for (const [set, first] of [[sets[0], 40], [sets[1], 37]] as const) {
      const answers = await firstThree(set?.questions ?? []);
      const found = (set?.questions ?? []).filter(({ pages }, index) => pages.includes(answers[index]?.[0] ?? ''));
      assert.ok(found.length >= first, `${set?.name ?? ''}: ${String(found.length)}`);
    }
  });
});
