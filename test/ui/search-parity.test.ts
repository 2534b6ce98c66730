import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { loadBook } from '../../src/core/book/load';
import { bookSources, hashed } from '../../src/core/search/book-sources';
import type { SearchQuery, SearchSource } from '../../src/core/search/search';
import { createSearcher, type Searcher } from '../../src/core/search/searcher';
import type { SearchTerm } from '../../src/core/search/synonyms';
import { diskFolder } from '../../src/host/disk-folder';
import { root } from '../host/paths.mjs';
import { startBrowser } from '../host/window.mjs';

const shared = process.env.KOBO_SHARED ?? '../shared';
const corpusOf = { 'wf-anchor': 'AdobeDocs__workfront.ja-JP', 'wf-desc': 'AdobeDocs__workfront.ja-JP', variants: 'AdobeDocs__workfront.ja-JP', jsquad: 'jsquad' };
/** Questions of each public set; `npm run bench -- search-parity` asks all of them. */
const sample = 40;

const query = (text: string): SearchQuery => ({ text, limit: 10, offset: 0, kinds: [], products: [], phases: [], audiences: [], tags: [], typing: false });

/** What runs in the page: the same engine, with the texts handed over. */
const entry = `
import { createSearcher } from './src/core/search/searcher';
let searcher;
globalThis.koboBuild = async (sources, terms) => {
  const texts = new Map(sources.map((source) => [source.kind + ':' + source.path, source.text]));
  searcher = createSearcher({ terms, read: (kind, path) => texts.get(kind + ':' + path), now: () => 0 });
  await searcher.build(sources);
};
globalThis.koboAsk = async (queries) => {
  const answers = [];
  for (const query of queries) answers.push(JSON.stringify(await searcher.search(query)));
  return answers;
};
`;

/** The Markdown files of a corpus as pages, in code unit order. */
function pagesOf(folder: string): SearchSource[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.md'));
  const paths = files.map((entry) => relative(folder, join(entry.parentPath, entry.name)).replaceAll('\\', '/')).sort();
  return paths.map((path) =>
    hashed({ kind: 'page', path, title: '', text: readFileSync(join(folder, path), 'utf8'), aliases: [], tags: [], product: undefined, phase: [], audience: [] }),
  );
}

describe('the same answers in a browser', function () {
  this.timeout(240_000);
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await startBrowser();
    page = await browser.newPage();
    const { outputFiles } = await build({
      stdin: { contents: entry, resolveDir: root }, bundle: true, write: false, platform: 'browser', format: 'iife', target: 'es2022', minify: true, logLevel: 'error',
    });
    await page.evaluate(outputFiles[0]?.text ?? '');
  });
  after(async () => browser.close());

  async function both(sources: readonly SearchSource[], terms: readonly SearchTerm[]): Promise<Searcher> {
    const texts = new Map(sources.map((source) => [`${source.kind}:${source.path}`, source.text]));
    const searcher = createSearcher({ terms, read: (kind, path) => texts.get(`${kind}:${path}`), now: () => 0 });
    await searcher.build(sources);
    await page.evaluate(`koboBuild(${JSON.stringify(sources)}, ${JSON.stringify(terms)})`);
    return searcher;
  }

  async function same(here: Searcher, questions: readonly string[]): Promise<void> {
    const there = await page.evaluate<string[]>(`koboAsk(${JSON.stringify(questions.map(query))})`);
    assert.equal(there.length, questions.length);
    let found = 0;
    for (const [i, question] of questions.entries()) {
      const answer = await here.search(query(question));
      found += answer.hits.length;
      assert.equal(there[i], JSON.stringify(answer), question);
    }
    assert.ok(found > questions.length, 'there is something to compare');
  }

  it('over the starter Book', async () => {
    const book = await loadBook(diskFolder(join(root, 'templates')), { starter: undefined });
    await same(await both(bookSources(book), book.terms), [
      'リスク', 'りすく', 'ﾘｽｸ登録簿', '切り戻し', 'きりもどし', 'rollback', 'ステークホルター', '経費', '議事録の書き方', '種別:リスク登録簿', '"期限"', 'リスク -課題',
      'API', 'ＡＰＩ', 'R-001', 'G3 の条件', '報告書を配る', 'タスク task', '受入れ基準を決める', 'プロジェクトの計画をどこに書くか',
    ]);
  });

  for (const corpus of new Set(Object.values(corpusOf))) {
    const sets = Object.entries(corpusOf).flatMap(([name, of]) => (of === corpus ? [name] : []));
    it(`over ${corpus}, ${String(sample)} questions at most of each of ${sets.join(', ')}`, async function () {
      const folder = join(shared, 'corpora', corpus);
      if (!existsSync(folder)) {
        process.stdout.write('skipped: no corpora\n');
        this.skip();
      }
      const here = await both(pagesOf(folder), []);
      const order = (text: string): string => createHash('sha1').update(text).digest('hex');
      for (const name of sets) {
        const questions = (JSON.parse(readFileSync(join(shared, 'search', `${name}.json`), 'utf8')) as { q: string }[]).map(({ q }) => q);
        await same(here, questions.sort((a, b) => (order(a) < order(b) ? -1 : 1)).slice(0, sample));
      }
    });
  }
});
